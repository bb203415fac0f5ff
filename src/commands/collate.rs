//! `scrutiny collate`: many partnerships, by question.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Result, bail};
use clap::ValueEnum;

use super::audience::Readers;
use super::load::{Content, Loaded, LoadedChecklist, LoadedWorkspace, Loader};
use super::output::{Destination, Output};
use super::progress::Progress;
use super::publish::{Finished, stop_if_personal};
use super::report::exit;
use super::survey::survey;
use super::{Exit, inputs, origins};
use crate::actions::Basis;
use crate::comparison::collate::{
    self, Candidate, Choice, Instrument, Naming, Origin, Return, SHORTEST_KEY, Scope, Terms,
};
use crate::export::csv;
use crate::finding::{Level, Located};
use crate::model::checklist::Checklist;
use crate::model::workspace::Workspace;
use crate::privacy::Dress;
use crate::report::collate::{Collated, Unusable, sheet};
use crate::report::markdown;
use crate::shipped;
use crate::text::{join_words, nearest, quoted};

/// Bring many partnerships together by question: how many said what
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  scrutiny collate region
  scrutiny collate returns --perspective self --format csv -o figures.csv
  scrutiny collate region --audience public --format markdown -o region.md
  SCRUTINY_CODE_KEY=... scrutiny collate region --anonymous

Partnerships are listed by name, never by their ratings. One assessment of each
counts, the latest: what was agreed, else the scrutineer's. What is left out is
counted and named.")]
pub(super) struct Args {
    /// Assessments, folders to look through, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Only assessments of this period, such as "2026-27 Q2" [default: the latest of each]
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
    /// Only this perspective, such as self [default: agreed, else scrutineer]
    #[arg(long, value_name = "WHO")]
    perspective: Option<String>,
    /// Only questions of this step
    #[arg(long, value_name = "ID")]
    step: Option<String>,
    /// Only this question
    #[arg(long, value_name = "ID")]
    question: Option<String>,
    /// Who will read it: for the public, counts of 1 to 5 are held back and nobody is named
    #[arg(long, value_name = "WHO", default_value = "internal")]
    audience: Readers,
    /// Name partnerships by codes; nothing that anybody wrote is shown
    #[arg(long)]
    anonymous: bool,
    /// The secret from which codes are made, 16 characters at least; the same key gives the same
    /// codes
    #[arg(long, value_name = "TEXT", env = "SCRUTINY_CODE_KEY", hide_env_values = true)]
    code_key: Option<String>,
    /// How the counts are laid out
    #[arg(long, value_name = "NAME", default_value = "human")]
    format: Format,
    #[command(flatten)]
    names: super::names::NamesArgs,
    #[command(flatten)]
    destination: Destination,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For the screen
    Human,
    /// Markdown
    Markdown,
    /// For programs
    Json,
    /// A table that opens in Excel
    Csv,
}

/// What is kept of a file.
pub(super) struct Kept<T> {
    /// The file, as shown.
    pub(super) path: Arc<str>,
    /// What is counted of it.
    pub(super) content: T,
    /// Its checklist.
    pub(super) checklist: Arc<LoadedChecklist>,
    /// The settings that apply to it.
    workspace: Option<Arc<LoadedWorkspace>>,
}

impl<T> Kept<T> {
    /// The id of the checklist that its checklist extends in the end: its own, where that stands alone.
    pub(super) fn root_id(&self) -> &str {
        let root = root(&self.checklist);
        root.checklist.as_ref().map_or(root.key.as_str(), |checklist| &checklist.id.value)
    }

    /// The settings that apply to it.
    pub(super) fn settings(&self) -> Option<&Workspace> {
        self.workspace.as_ref().and_then(|own| own.workspace.as_ref())
    }
}

/// The checklist that one extends in the end.
fn root(checklist: &Arc<LoadedChecklist>) -> &Arc<LoadedChecklist> {
    let chain = std::iter::successors(Some(checklist), |own| own.base.as_ref());
    chain.last().unwrap_or(checklist)
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    let terms = terms(args)?;
    let inputs = inputs::find(&args.paths)?;
    let progress = Progress::new(inputs.list.len(), output.manner());
    let loader = Loader::with_names(args.names.read()?);
    let survey = survey(&inputs, &loader, |loaded, _| {
        progress.step();
        keep(loaded, |side| Return::of(side, &terms.scope))
    })?;
    progress.finish();
    let mut kept: Vec<Kept<Return>> = survey.files.into_iter().flatten().collect();
    let unusable = unusable(&survey.findings, &mut kept);
    say_unusable(&unusable, output)?;
    if kept.is_empty() {
        return nothing(&unusable);
    }
    check_scope(&terms.scope, &kept)?;
    let choice = Choice { period: args.period.clone(), perspective: args.perspective.clone() };
    check_choice(&choice, &kept)?;
    let instruments = instruments(&kept);
    let candidates: Vec<Candidate<'_>> = kept
        .iter()
        .map(|one| Candidate {
            given: &one.content,
            instrument: &instruments[one.checklist.key.as_str()],
        })
        .collect();
    let collation = collate::collate(&candidates, &choice, &terms);
    let collated = Collated::of(&collation, &choice, &terms, &unusable);
    let text = match args.format {
        Format::Json => format!("{}\n", serde_json::to_string_pretty(&collated)?),
        Format::Csv => csv::render_rows(&collated.rows()),
        Format::Markdown => markdown::render_sheet(&sheet(&collated)),
        Format::Human => output.screen.sheet(&sheet(&collated)),
    };
    // What wraps on the screen is looked through as it would be without.
    let unwrapped = match args.format {
        Format::Human => markdown::render_sheet(&sheet(&collated)),
        Format::Json | Format::Csv | Format::Markdown => String::new(),
    };
    let file = args.destination.file();
    let finished = [&text, &unwrapped].map(|text| Finished { text, dress: Dress::Text, file });
    if let Some(exit) = stop_if_personal(terms.audience, &finished, &inputs, &loader, output)? {
        return Ok(exit);
    }
    args.destination.deliver(&text, output)?;
    ending(&survey.findings, output)
}

/// What may be shown, and of which questions.
fn terms(args: &Args) -> Result<Terms> {
    let naming = match (args.anonymous, args.code_key.as_deref().map(str::trim)) {
        (false, _) => Naming::Names,
        // The key is never printed, not even where it is refused.
        (true, Some(key)) if key.chars().count() >= SHORTEST_KEY => {
            origins::note_either("code key", "--code-key", "SCRUTINY_CODE_KEY");
            Naming::Codes(key.to_owned())
        }
        (true, Some(_)) => {
            bail!("the key for codes is too short: give at least {SHORTEST_KEY} characters")
        }
        (true, None) => bail!(
            "--anonymous needs a key from which the codes are made: set SCRUTINY_CODE_KEY, or add \
             --code-key; keep it secret, and keep it, so that the next output has the same codes"
        ),
    };
    let scope = Scope { step: args.step.clone(), question: args.question.clone() };
    Ok(Terms { audience: args.audience.into(), naming, scope })
}

/// Keeps what is counted of an assessment, and lets its text go.
pub(super) fn keep<T>(
    loaded: Loaded,
    take: impl FnOnce(&Basis<'_>) -> Option<T>,
) -> Option<Kept<T>> {
    let Content::Assessment(Some(assessment), Some(checklist)) = loaded.content else {
        return None;
    };
    let workspace = loaded.workspace;
    let side = Basis {
        assessment: &assessment,
        checklist: checklist.checklist.as_ref()?,
        workspace: workspace.as_ref().and_then(|own| own.workspace.as_ref()),
        file: &loaded.name,
        as_at: assessment.as_at.value().copied(),
    };
    let content = take(&side)?;
    Some(Kept { path: Arc::clone(&loaded.source.path), content, checklist, workspace })
}

/// Takes out the files in which something is wrong by nature, and says which they are: nothing is made
/// out of them. A fault in a checklist or in settings counts for every file that it applies to.
pub(super) fn unusable<T>(findings: &[Located], kept: &mut Vec<Kept<T>>) -> Vec<Unusable> {
    let mut faults: BTreeMap<String, usize> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.rule.level == Level::Error) {
        *faults.entry(finding.place.path.to_string()).or_default() += 1;
    }
    let is_faulty = |findings: &crate::finding::Findings| {
        findings.iter().any(|finding| finding.rule.level == Level::Error)
    };
    let mut behind: BTreeSet<String> = BTreeSet::new();
    kept.retain(|one| {
        let mut chain = std::iter::successors(Some(&one.checklist), |own| own.base.as_ref());
        let is_behind = chain.any(|own| is_faulty(&own.findings))
            || one.workspace.as_ref().is_some_and(|own| is_faulty(&own.findings));
        if is_behind {
            behind.insert(one.path.to_string());
        }
        !is_behind && !faults.contains_key(&*one.path)
    });
    behind.retain(|path| !faults.contains_key(path));
    let own = faults.into_iter().map(|(file, errors)| Unusable { file, errors });
    own.chain(behind.into_iter().map(|file| Unusable { file, errors: 0 })).collect()
}

/// Names the files that could not be used on standard error, which is for those who made them.
pub(super) fn say_unusable(unusable: &[Unusable], output: &mut Output) -> Result<()> {
    if unusable.is_empty() {
        return Ok(());
    }
    let files = match unusable.len() {
        1 => "1 file could not be used and is".to_owned(),
        number => format!("{number} files could not be used and are"),
    };
    let mut said = format!("{files} left out:\n");
    for one in unusable {
        said.push_str(&format!("  {}: {}\n", one.file, one.reason()));
    }
    said.push_str("scrutiny validate shows what is wrong.\n");
    output.complain(&said)
}

/// How a run ends in which something was made. What is not finished in a final assessment is an error,
/// and does not stand in the way of counting it.
pub(super) fn ending(findings: &[Located], output: &mut Output) -> Result<Exit> {
    let is_unfinished =
        |finding: &&Located| finding.level == Level::Error && finding.rule.level != Level::Error;
    let points = match findings.iter().filter(is_unfinished).count() {
        0 => return Ok(exit(findings)),
        1 => "1 point is".to_owned(),
        number => format!("{number} points are"),
    };
    output.complain(&format!(
        "In final assessments, which count all the same, {points} not finished.\nscrutiny validate \
         shows what is missing.\n"
    ))?;
    Ok(exit(findings))
}

/// How a run ends in which nothing can be used.
pub(super) fn nothing(unusable: &[Unusable]) -> Result<Exit> {
    match unusable {
        [] => bail!("there is no assessment among these files"),
        _ => Ok(Exit::Findings),
    }
}

/// The checklists, each with the one that it extends in the end.
fn instruments<T>(kept: &[Kept<T>]) -> BTreeMap<&str, Instrument<'_>> {
    let mut instruments = BTreeMap::new();
    for one in kept {
        let root = root(&one.checklist);
        let origin = match shipped::find(&root.key) {
            Some(_) => Origin::Shipped,
            None => Origin::Local,
        };
        let (Some(checklist), Some(root)) = (&one.checklist.checklist, &root.checklist) else {
            continue;
        };
        let instrument = Instrument { checklist, root, origin };
        instruments.insert(one.checklist.key.as_str(), instrument);
    }
    instruments
}

/// A step or a question that no checklist has would give an empty output that looks like good news.
fn check_scope<T>(scope: &Scope, kept: &[Kept<T>]) -> Result<()> {
    let checklists = || kept.iter().filter_map(|one| one.checklist.checklist.as_ref());
    let steps: fn(&Checklist) -> Vec<&str> =
        |own| own.steps.iter().map(|step| step.id.value.as_str()).collect();
    let questions: fn(&Checklist) -> Vec<&str> = |own| {
        let all = own.questions().chain(&own.context);
        all.map(|question| question.id.value.as_str()).collect()
    };
    for (what, wanted, ids) in
        [("step", &scope.step, steps), ("question", &scope.question, questions)]
    {
        let Some(wanted) = wanted else { continue };
        let mut known: Vec<&str> = Vec::new();
        for id in checklists().flat_map(ids) {
            if !known.contains(&id) {
                known.push(id);
            }
        }
        if !known.contains(&wanted.as_str()) {
            let meant = nearest(wanted, known.iter().copied());
            let meant = meant.map(|meant| format!(": did you mean {meant}?")).unwrap_or_default();
            let known = join_words(&known, "and");
            bail!("there is no {what} {}{meant}; the {what}s are {known}", quoted(wanted));
        }
    }
    Ok(())
}

/// A period or a perspective that no file has is a mistake, and not an empty result.
fn check_choice(choice: &Choice, kept: &[Kept<Return>]) -> Result<()> {
    let periods: BTreeSet<&str> = kept.iter().map(|one| one.content.period.name.as_str()).collect();
    let perspectives: BTreeSet<&str> =
        kept.iter().map(|one| one.content.perspective.as_str()).collect();
    refuse_unknown("period", choice.period.as_deref(), &periods)?;
    refuse_unknown("perspective", choice.perspective.as_deref(), &perspectives)
}

pub(super) fn refuse_unknown(
    what: &str,
    wanted: Option<&str>,
    known: &BTreeSet<&str>,
) -> Result<()> {
    let Some(wanted) = wanted.map(str::trim) else { return Ok(()) };
    if known.iter().any(|known| known.eq_ignore_ascii_case(wanted)) {
        return Ok(());
    }
    let known: Vec<&str> = known.iter().copied().collect();
    let meant = nearest(wanted, known.iter().copied());
    let meant = meant.map(|meant| format!(": did you mean {meant}?")).unwrap_or_default();
    bail!(
        "there is no assessment of the {what} {}{meant}; there are those of {}",
        quoted(wanted),
        join_words(&known, "and")
    );
}
