//! `scrutiny init`: a new assessment, the next period of an earlier one, or the folder of a
//! partnership. All texts are made and proven first; only then is anything written.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, anyhow, bail};
use jiff::civil::Date;

use super::assess::{self, Read, assessments};
use super::inputs::{here, shown};
use super::load::{LoadedChecklist, LoadedWorkspace, Loader};
use super::output::{Output, Overwrite};
use super::report::refuses;
use super::survey::survey;
use super::{Exit, checklist, detours, inputs, parse_date, prove, relative};
use crate::actions::same_name;
use crate::model::assessment::Assessment;
use crate::model::checklist::Checklist;
use crate::model::period::{self, Fault, Period};
use crate::model::standing::PERSPECTIVES;
use crate::model::workspace::{FIRST_MONTH, Workspace};
use crate::schema;
use crate::shipped;
use crate::start::workspace::{self as folder, Folder};
use crate::start::{Plan, Previous, assessment, carried, programme};
use crate::text::{join_words, nearest, nearest_or_longer, one_line, quoted, visible};

/// Start a new assessment, the next period, a programme, or the folder of a partnership
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  scrutiny init --checklist six-steps-2019 --period 2026-27 -o year.yaml
  scrutiny init --from q2/scrutineer.yaml -o q3/scrutineer.yaml
  scrutiny init --workspace northmoor --checklist six-steps-2019 \\
    --partnership \"Northmoor Safeguarding Children Partnership\" \\
    --period \"2026-27 Q3\"
  scrutiny init --programme --checklist six-steps-2019 --period 2026-27 \\
    -o programme.yaml

What scrutiny.toml says of the partnership need not be said again. With --from
no rating is taken over: last time's stand as comments, and every action that
is not closed goes on with its id.")]
pub(super) struct Args {
    /// The checklist to answer: the id of a shipped one, or the path to a file
    #[arg(long, value_name = "ID or FILE")]
    checklist: Option<PathBuf>,
    /// The partnership [default: that of scrutiny.toml]
    #[arg(long, value_name = "NAME")]
    partnership: Option<String>,
    /// The period, such as 2026-27, "2026-27 H1" or "2026-27 Q2"
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
    /// Whose view it is [default: scrutineer]
    #[arg(long, value_name = "WHOSE")]
    perspective: Option<String>,
    /// The role of whoever makes it, such as "Independent Scrutineer"
    #[arg(long, value_name = "ROLE")]
    assessor: Option<String>,
    /// The day on which the ratings will hold, such as 2026-09-30
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    as_at: Option<Date>,
    /// The assessment of the period before, to go on from
    #[arg(long, value_name = "PREVIOUS", conflicts_with = "workspace")]
    from: Option<PathBuf>,
    /// Start the programme of a year, in place of an assessment
    #[arg(long, conflicts_with_all = ["from", "workspace", "perspective"])]
    programme: bool,
    /// Write to this file instead of standard output
    #[arg(short, long = "output", value_name = "FILE")]
    output: Option<PathBuf>,
    /// Make this folder, with settings, a first assessment and a page on how to use them
    #[arg(long, value_name = "DIR", conflicts_with = "output")]
    workspace: Option<PathBuf>,
    /// Replace files that are there already
    #[arg(long)]
    force: bool,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    let loader = Loader::new();
    let previous = match &args.from {
        Some(file) => match read_previous(file, &loader, output)? {
            Some(read) => Some(read),
            None => return Ok(Exit::Findings),
        },
        None => None,
    };
    let checklist = match (&args.checklist, &previous) {
        (Some(name), _) => checklist::load(name, &loader)?,
        (None, Some(read)) => Arc::clone(&read.checklist),
        (None, None) => bail!(
            "which checklist is to be answered? Add --checklist and an id, such as \
             six-steps-2019; `scrutiny checklist list` shows them all"
        ),
    };
    if refuses(&checklist::findings(&checklist), output)? {
        return Ok(Exit::Findings);
    }
    let made = match &args.workspace {
        Some(root) => make_workspace(args, root, &checklist)?,
        None => {
            let settings = loader.workspace(&folder_of(args.target()))?;
            let located = settings.as_ref().map(|own| own.findings.locate(&own.sources));
            if refuses(&located.unwrap_or_default(), output)? {
                return Ok(Exit::Findings);
            }
            match args.programme {
                true => make_programme(args, &checklist, settings.as_deref())?,
                false => make_assessment(args, &checklist, settings.as_deref(), previous.as_ref())?,
            }
        }
    };
    write(made, args, output)?;
    Ok(Exit::Clean)
}

impl Args {
    /// What is asked of a new assessment by another command.
    pub(super) fn of(
        partnership: &Option<String>,
        period: &Option<String>,
        perspective: &str,
    ) -> Self {
        Args {
            checklist: None,
            partnership: partnership.clone(),
            period: period.clone(),
            perspective: Some(perspective.to_owned()),
            assessor: None,
            as_at: None,
            from: None,
            programme: false,
            output: None,
            workspace: None,
            force: false,
        }
    }

    /// The same, for a file.
    pub(super) fn into_file(self, file: &Path) -> Self {
        Args { output: Some(file.to_owned()), ..self }
    }
}

/// The text of a new assessment, and the schema for editors where it is to be written too.
pub(super) fn new_assessment(
    args: &Args,
    loaded: &LoadedChecklist,
    workspace: Option<&LoadedWorkspace>,
) -> Result<(String, Option<(PathBuf, String)>)> {
    match make_assessment(args, loaded, workspace, None)? {
        Made::Print(text) => Ok((text, None)),
        Made::Files { mut new, schema } => {
            let (_, text) = new.pop().expect("an assessment is one file");
            Ok((text, schema))
        }
    }
}

/// What was made, before it is written.
enum Made {
    /// A text for standard output.
    Print(String),
    /// Files, and those among them that may be there already.
    Files { new: Vec<(PathBuf, String)>, schema: Option<(PathBuf, String)> },
}

impl Args {
    /// The file that is to be written; one that goes to standard output is made as if it stood where
    /// the user stands.
    fn target(&self) -> Option<&Path> {
        self.output.as_deref().filter(|file| *file != Path::new("-"))
    }
}

/// The folder of a file that may not be there yet, or where the user stands.
pub(super) fn folder_of(file: Option<&Path>) -> PathBuf {
    let file = detours::real(file.unwrap_or(Path::new("assessment.yaml")));
    file.parent().map(Path::to_owned).unwrap_or_default()
}

/// The assessment of the period before; nothing where something in it is wrong, which is shown.
pub(super) fn read_previous(
    file: &Path,
    loader: &Loader,
    output: &mut Output,
) -> Result<Option<Read>> {
    let inputs = inputs::find(&[file.to_owned()])?;
    let survey = survey(&inputs, loader, assess::keep)?;
    if refuses(&survey.findings, output)? {
        return Ok(None);
    }
    let mut read = assessments(survey.files)?;
    if read.len() > 1 {
        let paths: Vec<&str> = read.iter().map(|one| one.path.as_str()).collect();
        bail!(
            "{} holds {} assessments: name the one to go on from, {}",
            shown(file),
            paths.len(),
            join_words(&paths, "or")
        );
    }
    Ok(read.pop())
}

/// A new assessment, alone or after another.
fn make_assessment(
    args: &Args,
    loaded: &LoadedChecklist,
    workspace: Option<&LoadedWorkspace>,
    previous: Option<&Read>,
) -> Result<Made> {
    let checklist = whole(loaded)?;
    let settings = workspace.and_then(|own| own.workspace.as_ref());
    if let Some(previous) = previous {
        check_words(previous, settings)?;
    }
    let folder = folder_of(args.target());
    let (schema_path, schema_name) = schema_place(args, workspace, &schema::file_name(checklist));
    let plan = Plan {
        reference: reference(loaded, &folder)?,
        schema: schema_name,
        file: bare_name(args.target().unwrap_or(Path::new("FILE"))),
        ..header(args, checklist, settings, previous, first_month(settings, previous))?
    };
    let text = prove_rendered(&plan, settings)?;
    let Some(target) = args.target() else { return Ok(Made::Print(text)) };
    if let Some(previous) = &args.from
        && detours::real(previous) == detours::real(target)
    {
        bail!("{} is the assessment to go on from: name another file with -o", shown(target));
    }
    let schema = schema_file(&schema_path, schema::render(Some(checklist)))?;
    Ok(Made::Files { new: vec![(target.to_owned(), text)], schema })
}

/// A new programme.
fn make_programme(
    args: &Args,
    loaded: &LoadedChecklist,
    workspace: Option<&LoadedWorkspace>,
) -> Result<Made> {
    let checklist = whole(loaded)?;
    let settings = workspace.and_then(|own| own.workspace.as_ref());
    let (schema_path, schema_name) = schema_place(args, workspace, schema::programme::FILE_NAME);
    let plan = Plan {
        reference: reference(loaded, &folder_of(args.target()))?,
        schema: schema_name,
        file: bare_name(args.target().unwrap_or(Path::new("FILE"))),
        ..header(args, checklist, settings, None, first_month(settings, None))?
    };
    let text = programme::render(&plan);
    prove::programme(&text, checklist, settings)?;
    let Some(target) = args.target() else { return Ok(Made::Print(text)) };
    let schema = schema_file(&schema_path, schema::print(&schema::programme::schema()))?;
    Ok(Made::Files { new: vec![(target.to_owned(), text)], schema })
}

/// Where the editor's schema of a new file stands, and how the file names it: beside the settings, or
/// beside the file where there are none.
fn schema_place(args: &Args, workspace: Option<&LoadedWorkspace>, name: &str) -> (PathBuf, String) {
    let folder = folder_of(args.target());
    let path = workspace.map_or(folder.as_path(), |own| own.root.as_path()).join(name);
    let seen = match args.target() {
        Some(_) => relative::seen_from(&folder, &path),
        None => name.to_owned(),
    };
    (path, seen)
}

/// The text of a new assessment, proven.
fn prove_rendered(plan: &Plan<'_>, settings: Option<&Workspace>) -> Result<String> {
    let rolled = carried::roll(plan);
    let text = assessment::render(plan, rolled.as_ref());
    let tasks = rolled.as_ref().map(carried::Rolled::tasks).unwrap_or_default();
    prove::assessment(&text, plan.checklist, settings, &tasks)?;
    Ok(text)
}

/// The folder of a partnership.
fn make_workspace(args: &Args, root: &Path, loaded: &LoadedChecklist) -> Result<Made> {
    let checklist = whole(loaded)?;
    let wanted = args.period.as_deref().unwrap_or_default().trim();
    // The year of a partnership that writes "2026 Q2" starts in January.
    let fits = |first_month| period::parse(wanted, first_month).is_ok();
    let first_month = if !fits(FIRST_MONTH) && fits(1) { 1 } else { FIRST_MONTH };
    let mut plan = header(args, checklist, None, None, first_month)?;
    let place = format!("{}/{}.yaml", folder::folder_name(&plan.period), plan.perspective);
    let path = root.join(&place);
    plan.reference = reference(loaded, &folder_of(Some(&path)))?;
    let schema_name = schema::file_name(checklist);
    plan.schema = format!("../{schema_name}");
    plan.file = place.clone();
    let known_as = match shipped::find(&loaded.key) {
        Some(shipped) => shipped.id.to_owned(),
        None => relative::seen_from(&detours::real(root), Path::new(&loaded.key)),
    };
    let next = plan.period.next(first_month);
    let about = Folder {
        partnership: &plan.partnership,
        first_month,
        assessment: &place,
        checklist: &known_as,
        title: &checklist.title,
        period: &plan.period,
        next: &format!("{}/{}.yaml", folder::folder_name(&next), plan.perspective),
        schema: &schema_name,
    };
    let settings_text = folder::settings(&about);
    let settings = prove::settings(&settings_text)?;
    let text = prove_rendered(&plan, Some(&settings))?;
    let schema = schema_file(&root.join(&schema_name), schema::render(Some(checklist)))?;
    let new = vec![
        (root.join(inputs::SETTINGS), settings_text),
        (path, text),
        (root.join("README.md"), folder::readme(&about)),
        (root.join(".gitattributes"), folder::attributes()),
        (root.join(".gitignore"), folder::ignored()),
    ];
    Ok(Made::Files { new, schema })
}

/// The checklist, which has been found to be without errors.
pub(super) fn whole(loaded: &LoadedChecklist) -> Result<&Checklist> {
    loaded.checklist.as_ref().ok_or_else(|| anyhow!("the checklist cannot be read"))
}

/// What stands at the top of the new file: what the flags say, else the assessment before, else the
/// settings.
pub(super) fn header<'a>(
    args: &Args,
    checklist: &'a Checklist,
    settings: Option<&Workspace>,
    previous: Option<&'a Read>,
    first_month: i8,
) -> Result<Plan<'a>> {
    let before = previous.map(|read| &read.assessment);
    let clean = |text: &str| one_line(&visible(text));
    let flag = |flag: &Option<String>| flag.as_deref().map(clean).filter(|text| !text.is_empty());
    one_partnership(flag(&args.partnership), settings, before.map(|own| &**own))?;
    let partnership = flag(&args.partnership)
        .or_else(|| before.and_then(|own| own.partnership.value()).map(|name| clean(name)))
        .or_else(|| settings.and_then(|own| own.partnership.value()).map(|name| clean(name)));
    let period = match (flag(&args.period), before.and_then(|own| own.period.value())) {
        (Some(written), before) => {
            let period = read_period(&written, first_month)?;
            if let Some(before) = before.filter(|before| period.from <= before.from) {
                bail!("{} is not later than {}, from which it goes on", period.name, before.name);
            }
            Some(period)
        }
        (None, Some(before)) => Some(before.next(first_month)),
        (None, None) => None,
    };
    let (partnership, period) = match (partnership, period) {
        (Some(partnership), Some(period)) => (partnership, period),
        (Some(_), None) => bail!("which period is it? Add --period \"2026-27 Q2\""),
        (None, Some(_)) => bail!(
            "which partnership is it? Add --partnership \"...\", or put it into scrutiny.toml"
        ),
        (None, None) => bail!(
            "which partnership and period is it? Add --partnership \"...\" and --period \
             \"2026-27 Q2\"; the partnership may also stand in scrutiny.toml"
        ),
    };
    let perspective = flag(&args.perspective)
        .or_else(|| before.and_then(|own| own.perspective.value()).map(|whose| clean(whose)))
        .unwrap_or_else(|| "scrutineer".to_owned());
    check_perspective(&perspective, checklist, settings)?;
    let assessor = flag(&args.assessor)
        .or_else(|| before.and_then(|own| own.assessor.value()).map(|role| clean(role)));
    let of_previous =
        previous.map(|read| Previous { assessment: &read.assessment, checklist: read.checklist() });
    Ok(Plan {
        checklist,
        reference: String::new(),
        schema: String::new(),
        partnership,
        period,
        perspective,
        assessor,
        as_at: args.as_at,
        file: String::new(),
        previous: of_previous,
    })
}

/// What one partnership said last time is not taken over into a file of another.
fn one_partnership(
    flag: Option<String>,
    settings: Option<&Workspace>,
    before: Option<&Assessment>,
) -> Result<()> {
    let Some(before) = before.and_then(|own| own.partnership.value()) else { return Ok(()) };
    let own = settings.and_then(|own| own.partnership.value()).map(|name| one_line(name));
    let other = flag.into_iter().chain(own).find(|name| same_name(name) != same_name(before));
    let Some(other) = other else { return Ok(()) };
    bail!(
        "the earlier assessment is of {}, and this is for {}: what one partnership said is not \
         taken over to another. Where the name has changed, change it in the earlier file first",
        quoted(&one_line(before)),
        quoted(&other)
    )
}

/// The month in which the partnership's year starts.
pub(super) fn first_month(settings: Option<&Workspace>, previous: Option<&Read>) -> i8 {
    let before = previous.and_then(|read| read.workspace.as_ref());
    let before = before.and_then(|own| own.workspace.as_ref());
    settings.or(before).map_or(FIRST_MONTH, |settings| settings.first_month)
}

fn read_period(written: &str, first_month: i8) -> Result<Period> {
    match period::parse(written.trim(), first_month) {
        Ok(period) => Ok(period),
        Err(Fault::Unclear(Some(meant))) => {
            bail!(
                "the period {} is not written as a period is: did you mean {}?",
                quoted(written),
                meant.name
            )
        }
        Err(Fault::Unclear(None)) => bail!(
            "the period {} is not written as a period is: write 2026-27, \"2026-27 H1\", \
             \"2026-27 Q2\" or \"2026-04-01 to 2026-09-30\"",
            quoted(written)
        ),
        Err(Fault::EndsBeforeItBegins) => {
            bail!("the period {} ends before it begins", quoted(written))
        }
        Err(Fault::Date(repair)) => {
            bail!("a date in the period {} does not exist: {repair}", quoted(written))
        }
    }
}

/// A misspelt perspective would be an error in the new file, and is told before.
fn check_perspective(
    perspective: &str,
    checklist: &Checklist,
    settings: Option<&Workspace>,
) -> Result<()> {
    let mut known: Vec<&str> = PERSPECTIVES.to_vec();
    known.extend(settings.into_iter().flat_map(Workspace::agency_ids));
    let ordered = settings.into_iter().flat_map(|own| &own.perspectives);
    let respondents = checklist.questions().flat_map(|question| &question.respondents);
    known.extend(ordered.chain(respondents).map(|word| word.value.as_str()));
    if known.contains(&perspective) {
        return Ok(());
    }
    let meant = nearest(perspective, known.iter().copied());
    let longer = nearest_or_longer(perspective, &known);
    match (meant.or(longer), known.len() > PERSPECTIVES.len()) {
        (Some(meant), _) => {
            bail!("{} is not a perspective: did you mean {meant}?", quoted(perspective))
        }
        (None, true) => bail!(
            "{} is not a perspective: write {}, or add the agency to scrutiny.toml",
            quoted(perspective),
            join_words(&known, "or")
        ),
        // No agencies are declared, so it may well be one.
        (None, false) => Ok(()),
    }
}

/// Evidence comes over with its actions. A method or a voice that the earlier file's settings allow,
/// and those of the new one do not, would be an error there, and is told before.
fn check_words(previous: &Read, settings: Option<&Workspace>) -> Result<()> {
    let Some(before) = previous.workspace.as_ref().and_then(|own| own.workspace.as_ref()) else {
        return Ok(());
    };
    let used: Vec<&str> = previous
        .assessment
        .all_evidence()
        .flat_map(|item| item.method.read().into_iter().chain(&item.voices))
        .map(|word| word.value.as_str())
        .collect();
    let known: Vec<&str> = settings
        .into_iter()
        .flat_map(|own| own.methods.iter().chain(&own.voices))
        .map(|word| word.value.as_str())
        .collect();
    let lacks = |word: &&str| used.contains(word) && !known.contains(word);
    let own = before.methods.iter().chain(&before.voices).map(|word| word.value.as_str());
    match own.into_iter().find(lacks) {
        Some(word) => bail!(
            "{} uses {}, which only its own settings allow: add the word to the scrutiny.toml of \
             the new file",
            previous.path,
            quoted(word)
        ),
        None => Ok(()),
    }
}

/// How a file in a folder names a checklist.
fn reference(loaded: &LoadedChecklist, folder: &Path) -> Result<String> {
    if let Some(shipped) = shipped::find(&loaded.key) {
        return Ok(shipped.id.to_owned());
    }
    let path = Path::new(&loaded.key);
    match inputs::is_inside(path, folder) {
        true => Ok(relative::seen_from(folder, path)),
        false => bail!(
            "{} lies outside the workspace of the new file: copy it into that workspace first",
            shown(path)
        ),
    }
}

/// The bare name of a file.
fn bare_name(path: &Path) -> String {
    path.file_name().map(|name| visible(&name.to_string_lossy()).into_owned()).unwrap_or_default()
}

/// The editor's schema, where it is not there yet or says something else. A file of that name that is
/// not a schema of ours is never replaced.
fn schema_file(path: &Path, text: String) -> Result<Option<(PathBuf, String)>> {
    if !path.exists() {
        return Ok(Some((path.to_owned(), text)));
    }
    let bytes = inputs::read(&inputs::Input::File(path.to_owned(), inputs::How::Named))?;
    let there = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
    match (there == text, schema::is_ours(&there)) {
        (true, _) => Ok(None),
        (false, true) => Ok(Some((path.to_owned(), text))),
        (false, false) => bail!(
            "{} is there already and was not made by scrutiny: give it another name",
            shown(path)
        ),
    }
}

/// Writes what was made: all of it, or nothing where something stands in the way.
fn write(made: Made, args: &Args, output: &mut Output) -> Result<()> {
    let (new, schema) = match made {
        Made::Print(text) => return output.print(&text),
        Made::Files { new, schema } => (new, schema),
    };
    let overwrite = Overwrite::from_flag(args.force);
    let there: Vec<String> = new
        .iter()
        .filter(|(path, _)| overwrite == Overwrite::Refuse && path.exists())
        .map(|(path, _)| shown(path))
        .collect();
    match there.as_slice() {
        [] => {}
        [only] => bail!("{only} is there already: add --force to replace it"),
        several => {
            bail!("{} are there already: add --force to replace them", join_words(several, "and"))
        }
    }
    for (path, text) in &new {
        output.write(path, text, overwrite)?;
    }
    match schema {
        Some((path, text)) => output.write(&shown_path(&path), &text, Overwrite::Force),
        None => Ok(()),
    }
}

/// A path as the user would write it, where it lies below where they stand.
pub(super) fn shown_path(path: &Path) -> PathBuf {
    let below = detours::real(here());
    path.strip_prefix(&below).map_or_else(|_| path.to_owned(), Path::to_owned)
}
