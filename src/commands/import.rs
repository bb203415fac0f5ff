//! `scrutiny import`: takes the answers of a form into an assessment. Every change is listed first, and
//! where anything is wrong nothing is written.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::edit::{self, Applied, Tried, errors, parts, refuse};
use super::inputs::{self, How, Input, LARGEST, shown};
use super::load::Loader;
use super::output::{Output, Overwrite};
use super::report::refuses;
use super::{Exit, checklist, form, init};
use crate::actions::same_name;
use crate::export::patch;
use crate::form::{Facts, Form};
use crate::intake::changes::{Change, changes};
use crate::intake::{Problem, Returned, check, read};
use crate::model::assessment::Assessment;
use crate::model::checklist::Checklist;
use crate::model::workspace::Workspace;
use crate::privacy::{self, Dress};
use crate::shipped;
use crate::text::{count, one_line, quoted};

/// Take the answers of a form into an assessment
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  scrutiny import police.xlsx --into q3/police.yaml --dry-run
  scrutiny import police.xlsx --into q3/police.yaml
  scrutiny import reply.txt --into q3/police.yaml --yes

A workbook, a table (CSV) or the text of an e-mail with the form in it. Answers
go to their questions by number, wherever they stand. What was not answered
changes nothing, and evidence is only ever added. The file is made where it is
not there.")]
pub(super) struct Args {
    /// The form that came back; - reads it from standard input
    form: PathBuf,
    /// The assessment that the answers go into
    #[arg(long, value_name = "FILE")]
    into: PathBuf,
    /// The checklist of a new file, where it does not come with scrutiny
    #[arg(long, value_name = "ID or FILE")]
    checklist: Option<PathBuf>,
    /// List the changes, show them as a patch, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Write without asking
    #[arg(short, long)]
    yes: bool,
}

/// The text that the answers go into.
struct Ground {
    /// The text.
    text: String,
    /// Files that come with a new text, such as the schema for editors.
    beside: Option<(PathBuf, String)>,
    /// Whether the file is there already.
    standing: Standing,
}

/// Whether a file is there already.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    There,
    New,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    let returned = match read(&bytes(args)?) {
        Ok(returned) => returned,
        Err(problems) => return tell(args, &problems, output),
    };
    let facts = match check::facts(&returned) {
        Ok(facts) => facts,
        Err(problems) => return tell(args, &problems, output),
    };
    let loader = Loader::new();
    let Some(ground) = ground(args, &facts, &loader, output)? else { return Ok(Exit::Findings) };
    let input = Input::File(args.into.clone(), How::Named);
    let loaded = loader.load_bytes(&input, ground.text.as_bytes().to_vec())?;
    let workspace = loaded.workspace.clone();
    let settings = form::settings(workspace.as_deref());
    let Some((assessment, checklist)) = parts(&loaded) else {
        let findings = errors(loaded);
        if findings.is_empty() {
            bail!("{} is not an assessment: name one with --into", shown(&args.into));
        }
        return refuse(&findings, output);
    };
    let returned = Returning { returned: &returned, facts: &facts, settings };
    let planned = match returned.plan(assessment, checklist) {
        Ok(planned) => planned,
        Err(problems) => return tell(args, &problems, output),
    };
    if planned.is_empty() {
        let name = shown(&args.into);
        output.note(&match ground.standing {
            Standing::There => format!("{name} says so already: nothing was written"),
            Standing::New => format!("nothing is answered in the form: {name} was not made"),
        })?;
        return Ok(Exit::Clean);
    }
    list(&planned, &loader, output)?;
    let apply = |assessment: &Assessment, checklist: &Checklist| {
        let again = returned.plan(assessment, checklist);
        let again = again.map_err(|problems| problems[0].message.clone())?;
        let told = |changes: &[Change]| -> Vec<_> {
            changes.iter().map(|own| (own.name.clone(), own.values.clone())).collect()
        };
        if told(&again) != told(&planned) {
            return Err(
                "the file was changed in the meantime: nothing was written, try again".to_owned()
            );
        }
        Ok(again.into_iter().flat_map(|change| change.edits).collect())
    };
    // Whether the answers can stand in the file is known before anybody is asked.
    let new = match edit::attempt(&loader, &input, &ground.text, apply)? {
        Tried::Right(new) => new,
        Tried::Refused(findings) => return refuse(&findings, output),
    };
    if args.dry_run {
        let old = if ground.standing == Standing::New { "" } else { ground.text.as_str() };
        output.print(&format!("\n{}", patch::render(&shown(&args.into), old, &new)))?;
        return Ok(Exit::Clean);
    }
    if !is_agreed(args, planned.len(), output)? {
        output.note("Nothing was written.")?;
        return Ok(Exit::Clean);
    }
    if ground.standing == Standing::There {
        return match edit::apply(&loader, &args.into, apply)? {
            Applied::Refused(findings) => refuse(&findings, output),
            Applied::Written | Applied::Same => {
                output.note(&format!("Wrote {}", shown(&args.into)))?;
                Ok(Exit::Clean)
            }
        };
    }
    output.write(&args.into, &new, Overwrite::Refuse)?;
    if let Some((path, text)) = &ground.beside {
        output.write(&init::shown_path(path), text, Overwrite::Force)?;
    }
    Ok(Exit::Clean)
}

/// What came back, and what it is held to.
#[derive(Clone, Copy)]
struct Returning<'r> {
    returned: &'r Returned,
    facts: &'r Facts,
    settings: Option<&'r Workspace>,
}

impl Returning<'_> {
    /// The changes that the answers come to.
    fn plan(
        &self,
        assessment: &Assessment,
        checklist: &Checklist,
    ) -> Result<Vec<Change>, Vec<Problem>> {
        let text = |given: &crate::syntax::decode::Given<String>| {
            given.value().cloned().unwrap_or_default()
        };
        let period = assessment.period.value().map(|period| period.name.clone());
        let own = form::facts(
            checklist,
            &text(&assessment.partnership),
            &period.unwrap_or_default(),
            &text(&assessment.perspective),
        );
        let mut problems = self.returned.problems.clone();
        let others = check::compare(self.returned, self.facts, &own);
        if !others.is_empty() {
            // The questions of another form say nothing about this file.
            problems.extend(others);
            return Err(problems);
        }
        let asked = Form::of(&form::plan(checklist, own, self.settings, None));
        let answered = match check::check(self.returned, &asked, checklist) {
            Ok(answered) => answered,
            Err(more) => {
                problems.extend(more);
                return Err(problems);
            }
        };
        match changes(&answered, checklist, assessment) {
            Ok(changes) if problems.is_empty() => Ok(changes),
            Ok(_) => Err(problems),
            Err(more) => {
                problems.extend(more);
                Err(problems)
            }
        }
    }
}

fn bytes(args: &Args) -> Result<Vec<u8>> {
    let inputs = inputs::find(std::slice::from_ref(&args.form))?;
    let ([input], []) = (inputs.list.as_slice(), inputs.folders.as_slice()) else {
        bail!("{} is a folder: name the form in it", shown(&args.form));
    };
    if args.into == Path::new("-") {
        bail!("name the file of the assessment with --into");
    }
    if args.into.is_dir() {
        bail!("{} is a folder: name a file in it with --into", shown(&args.into));
    }
    let bytes = inputs::read(input)?;
    if bytes.len() as u64 > LARGEST {
        bail!("{} is larger than 10 MiB: a form is not", shown(&args.form));
    }
    Ok(bytes)
}

/// The file as it stands, or a new one as `init` makes it. Nothing where something in the checklist or
/// the settings is wrong, which is shown.
fn ground(
    args: &Args,
    facts: &Facts,
    loader: &Loader,
    output: &mut Output,
) -> Result<Option<Ground>> {
    if args.into.exists() {
        let text = inputs::read_text(&Input::File(args.into.clone(), How::Named))?;
        return Ok(Some(Ground { text, beside: None, standing: Standing::There }));
    }
    let name = match &args.checklist {
        Some(name) => name.clone(),
        None if shipped::find(&facts.checklist).is_some() => PathBuf::from(&facts.checklist),
        None => bail!(
            "{} is not there, and the checklist {} does not come with scrutiny: add --checklist \
             with its file",
            shown(&args.into),
            quoted(&facts.checklist)
        ),
    };
    let loaded = checklist::load(&name, loader)?;
    if refuses(&checklist::findings(&loaded), output)? {
        return Ok(None);
    }
    let workspace = loader.workspace(&init::folder_of(Some(&args.into)))?;
    let located = workspace.as_ref().map(|own| own.findings.locate(&own.sources));
    if refuses(&located.unwrap_or_default(), output)? {
        return Ok(None);
    }
    let settings = form::settings(workspace.as_deref());
    let theirs = settings.and_then(|own| own.partnership.value());
    if let Some(theirs) = theirs.filter(|own| same_name(own) != same_name(&facts.partnership)) {
        bail!(
            "the form is of {}, and the folder of {} is that of {}: nothing was written; name a \
             file in the folder of its own partnership with --into",
            quoted(&facts.partnership),
            shown(&args.into),
            quoted(&one_line(theirs))
        );
    }
    let (partnership, period) = (Some(facts.partnership.clone()), Some(facts.period.clone()));
    let wanted = init::Args::of(&partnership, &period, &facts.perspective).into_file(&args.into);
    let (text, beside) = init::new_assessment(&wanted, &loaded, workspace.as_deref())?;
    Ok(Some(Ground { text, beside, standing: Standing::New }))
}

/// Lists the changes: what stands there, and what will.
fn list(planned: &[Change], loader: &Loader, output: &mut Output) -> Result<()> {
    let screen = output.screen;
    let mut text = screen.heading(&match planned.len() {
        1 => "1 answer changes".to_owned(),
        number => format!("{number} answers change"),
    });
    for change in planned {
        text.push_str(&screen.item("", &change.name));
        for value in &change.values {
            let from = if value.from.is_empty() { "nothing" } else { &value.from };
            let line = match value.key {
                "evidence" => format!("evidence: adds {}", value.to),
                key => format!("{key}: {from} -> {}", value.to),
            };
            text.push_str(&screen.item("  ", &masked(loader, &line)));
        }
    }
    output.print(&text)
}

/// A line as it may be shown: what looks like personal data in it is not.
fn masked(loader: &Loader, line: &str) -> String {
    privacy::masked(line, &loader.scan(line, Dress::Text))
}

/// Whether the changes are to be written; on a terminal this is asked.
fn is_agreed(args: &Args, number: usize, output: &mut Output) -> Result<bool> {
    if args.yes {
        return Ok(true);
    }
    let is_asked = std::io::stdin().is_terminal() && args.form != Path::new("-");
    if !is_asked {
        bail!(
            "nothing was written: add --yes to write these changes, or --dry-run to look at them"
        );
    }
    output.flush()?;
    let mut screen = anstream::stderr();
    let answers = count(number, "answer");
    write!(screen, "Write {answers} to {}? [y/N] ", shown(&args.into))
        .and_then(|()| screen.flush())
        .context("cannot ask")?;
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).context("cannot read the answer")?;
    Ok(["y", "yes"].contains(&line.trim().to_lowercase().as_str()))
}

/// Tells all that stands in the way.
fn tell(args: &Args, problems: &[Problem], output: &mut Output) -> Result<Exit> {
    let name = match args.form == Path::new("-") {
        true => "standard input".to_owned(),
        false => shown(&args.form),
    };
    let loader = Loader::new();
    for problem in problems {
        let place = match problem.place.as_str() {
            "" => String::new(),
            place => format!(", {place}"),
        };
        let message = masked(&loader, &problem.message);
        let line = output.screen.item("", &format!("error: {name}{place}: {message}"));
        output.complain(&line)?;
    }
    let many = count(problems.len(), "problem");
    output.complain(&format!("Nothing was written: {many} in the form.\n"))?;
    Ok(Exit::Findings)
}
