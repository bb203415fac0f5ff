//! `scrutiny trend`: one partnership over time.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use anyhow::{Result, bail};
use clap::ValueEnum;

use super::collate::{Kept, ending, keep, nothing, refuse_unknown, say_unusable, unusable};
use super::inputs::{here, shown};
use super::load::Loader;
use super::output::{Destination, Output};
use super::progress::Progress;
use super::revisions::Repository;
use super::survey::survey;
use super::{Exit, inputs};
use crate::comparison::same_name;
use crate::comparison::trend::{Moment, Snapshot, gaps, trend};
use crate::export::svg;
use crate::finding::Located;
use crate::model::assessment::Status;
use crate::model::checklist::Checklist;
use crate::model::workspace::FIRST_MONTH;
use crate::report::markdown;
use crate::report::trend::{Around, Timeline, Unit, sheet};
use crate::text::{join_words, nearest, quoted};

/// What is told of a history that was fetched only down to some commit.
const NOT_FETCHED: &str = "whatever is older than these revisions, because the history was not fetched \
                           whole: fetch all of it (in a pipeline, fetch-depth: 0)";

/// How many partnerships an error names.
const NAMES: usize = 20;

/// Show one partnership over time: what moved, what has stood, what became of actions
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  scrutiny trend northmoor
  scrutiny trend region --partnership Northmoor --format markdown -o trend.md
  scrutiny trend northmoor --format svg -o trend.svg
  scrutiny trend --history northmoor/2026-27-q2/scrutineer.yaml

A period without an assessment is a gap. Answers to other words are shown, and
never compared.")]
pub(super) struct Args {
    /// Assessments, folders to look through, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Follow one file through its revisions in git, in place of periods
    #[arg(long)]
    history: bool,
    /// The partnership, where there are several: its name, or a part of it that no other has
    #[arg(long, value_name = "NAME")]
    partnership: Option<String>,
    /// Only this perspective, such as self [default: agreed where every period has it, else
    /// scrutineer]
    #[arg(long, value_name = "WHO")]
    perspective: Option<String>,
    /// The checklist, where there are several
    #[arg(long, value_name = "ID")]
    checklist: Option<String>,
    /// How it is laid out
    #[arg(long, value_name = "NAME", default_value = "human")]
    format: Format,
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
    /// The chart alone
    Svg,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    let Found { findings, mut kept, names, days, is_cut } = match args.history {
        true => in_history(args)?,
        false => in_files(args, output)?,
    };
    let unusable = unusable(&findings, &mut kept);
    say_unusable(&unusable, output)?;
    if kept.is_empty() && names.is_empty() {
        return nothing(&unusable);
    }
    let kept = of_one_partnership(kept, args.partnership.as_deref(), &names)?;
    let kept = on_one_checklist(kept, args.checklist.as_deref())?;
    let (mut shown, mut left_out) = of_one_perspective(kept, args.perspective.as_deref())?;
    let (moments, unit) = match &days {
        Some(days) => (revisions(&shown, days), Unit::Revision),
        None => {
            one_of_each_period(&mut shown, &mut left_out);
            (moments(&shown), Unit::Period)
        }
    };
    if is_cut {
        left_out.insert(0, NOT_FETCHED.to_owned());
    }
    let trend = trend(&moments);
    let workspace = shown.last().and_then(|one| one.settings()).cloned();
    let around = Around { workspace, left_out, unusable, unit };
    let Some(timeline) = Timeline::of(&moments, &trend, &around) else {
        bail!("there is no assessment among these files");
    };
    let text = match args.format {
        Format::Json => format!("{}\n", serde_json::to_string_pretty(&timeline)?),
        Format::Markdown => markdown::render_sheet(&sheet(&timeline)),
        Format::Human => output.screen.sheet(&sheet(&timeline)),
        Format::Svg => {
            let (title, description) = timeline.chart_words();
            svg::render(&title, &description, &trend.bars)
        }
    };
    args.destination.deliver(&text, output)?;
    ending(&findings, output)
}

/// What was found to follow.
struct Found {
    findings: Vec<Located>,
    kept: Vec<Kept<Snapshot>>,
    /// The partnerships that are not asked for.
    names: BTreeSet<String>,
    /// The day of each revision by its path, in a history.
    days: Option<BTreeMap<String, String>>,
    /// Whether there may be older revisions that were not fetched.
    is_cut: bool,
}

/// The assessments among the files that are named.
fn in_files(args: &Args, output: &mut Output) -> Result<Found> {
    let inputs = inputs::find(&args.paths)?;
    let progress = Progress::new(inputs.list.len(), output.manner());
    let others = Others::default();
    let survey = survey(&inputs, &Loader::new(), |loaded, _| {
        progress.step();
        let path = loaded.source.path.to_string();
        keep(loaded, |side| others.wanted(Snapshot::of(side)?, args, path))
    })?;
    progress.finish();
    let kept: Vec<Kept<Snapshot>> = survey.files.into_iter().flatten().collect();
    let (names, paths) = others.into_inner();
    let findings: Vec<Located> = survey
        .findings
        .into_iter()
        .filter(|finding| !paths.contains(&*finding.place.path))
        .collect();
    Ok(Found { findings, kept, names, days: None, is_cut: false })
}

/// The revisions of a file. Each is judged by itself, because all hold the same actions.
fn in_history(args: &Args) -> Result<Found> {
    let [path] = args.paths.as_slice() else {
        bail!("with --history, name one file");
    };
    if here().join(path).is_dir() {
        bail!("{} is a folder: with --history, name one file", shown(path));
    }
    let history = Repository::of(path)?.history(path)?;
    let mut found = Found {
        findings: Vec::new(),
        kept: Vec::new(),
        names: BTreeSet::new(),
        days: None,
        is_cut: history.is_cut,
    };
    let mut days = BTreeMap::new();
    let loader = Loader::new();
    for (day, place) in &history.versions {
        let inputs = inputs::find(std::slice::from_ref(place))?;
        let survey = survey(&inputs, &loader, |loaded, _| keep(loaded, Snapshot::of))?;
        days.insert(shown(place), day.clone());
        found.findings.extend(survey.findings);
        found.kept.extend(survey.files.into_iter().flatten());
    }
    found.days = Some(days);
    Ok(found)
}

/// The revisions as moments, each by its day; a second one of a day has its number behind it.
fn revisions<'k>(shown: &'k [Kept<Snapshot>], days: &BTreeMap<String, String>) -> Vec<Moment<'k>> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    shown
        .iter()
        .map(|one| {
            let day = days.get(&*one.path).map_or("", String::as_str);
            let number = seen.entry(day).or_default();
            *number += 1;
            let label = if *number == 1 { day.to_owned() } else { format!("{day} ({number})") };
            let checklist = one.checklist.checklist.as_ref();
            let assessed = checklist.map(|checklist: &Checklist| (&one.content, checklist));
            Moment { label, assessed }
        })
        .collect()
}

/// The partnerships that are not asked for: of their files only the names are kept.
#[derive(Default)]
struct Others(Mutex<(BTreeSet<String>, BTreeSet<String>)>);

impl Others {
    /// A file of the partnership that is asked for; of any other the names are noted.
    fn wanted(&self, snapshot: Snapshot, args: &Args, path: String) -> Option<Snapshot> {
        let Some(wanted) = args.partnership.as_deref() else { return Some(snapshot) };
        if same_name(&snapshot.partnership).contains(&same_name(wanted)) {
            return Some(snapshot);
        }
        let mut others = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        others.0.insert(snapshot.partnership);
        others.1.insert(path);
        None
    }

    /// The names of the partnerships, and the paths of their files.
    fn into_inner(self) -> (BTreeSet<String>, BTreeSet<String>) {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The assessments of one partnership. Nothing of one is ever put beside another's.
fn of_one_partnership(
    mut kept: Vec<Kept<Snapshot>>,
    wanted: Option<&str>,
    others: &BTreeSet<String>,
) -> Result<Vec<Kept<Snapshot>>> {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for one in &kept {
        let name = &one.content.partnership;
        names.entry(same_name(name)).or_insert_with(|| name.clone());
    }
    if let Some(wanted) = wanted {
        // A name that is given in full is that one, also where it is a part of another.
        if names.contains_key(&same_name(wanted)) {
            kept.retain(|one| same_name(&one.content.partnership) == same_name(wanted));
            return Ok(kept);
        }
        if names.is_empty() {
            let known: Vec<&str> = others.iter().map(String::as_str).collect();
            let meant = nearest(wanted, known.iter().copied());
            let meant = meant.map(|meant| format!(": did you mean {meant}?")).unwrap_or_default();
            bail!(
                "there is no partnership {}{meant}; there are {}",
                quoted(wanted),
                listed(&known)
            );
        }
    }
    if names.len() > 1 {
        let known: Vec<&str> = names.values().map(String::as_str).collect();
        bail!("there are several partnerships: name one with --partnership, {}", listed(&known));
    }
    Ok(kept)
}

/// Names in a row, the first of them where they are many.
fn listed(names: &[&str]) -> String {
    match names.len() {
        ..=NAMES => join_words(names, "and"),
        many => format!("{} and {} more", names[..NAMES].join(", "), many - NAMES),
    }
}

/// The assessments on one checklist, with those that extend it.
fn on_one_checklist(
    mut kept: Vec<Kept<Snapshot>>,
    wanted: Option<&str>,
) -> Result<Vec<Kept<Snapshot>>> {
    let ids: BTreeSet<String> = kept.iter().map(|one| one.root_id().to_owned()).collect();
    let known: BTreeSet<&str> = ids.iter().map(String::as_str).collect();
    refuse_unknown("checklist", wanted, &known)?;
    match wanted {
        Some(wanted) => kept.retain(|one| one.root_id().eq_ignore_ascii_case(wanted.trim())),
        None if known.len() > 1 => {
            let known: Vec<&str> = known.into_iter().collect();
            bail!(
                "there are assessments on several checklists: name one with --checklist, {}",
                join_words(&known, "or")
            );
        }
        None => {}
    }
    Ok(kept)
}

/// The assessments of one perspective, and the others in words. One perspective is followed through
/// all periods, because a movement from one to another would be none.
fn of_one_perspective(
    kept: Vec<Kept<Snapshot>>,
    wanted: Option<&str>,
) -> Result<(Vec<Kept<Snapshot>>, Vec<String>)> {
    let perspectives: BTreeSet<String> =
        kept.iter().map(|one| one.content.perspective.clone()).collect();
    let known: BTreeSet<&str> = perspectives.iter().map(String::as_str).collect();
    refuse_unknown("perspective", wanted, &known)?;
    let periods = |perspective: &str| -> BTreeSet<&str> {
        let own = kept.iter().filter(|one| one.content.perspective == perspective);
        own.map(|one| one.content.period.name.as_str()).collect()
    };
    let (agreed, scrutineer) = (periods("agreed"), periods("scrutineer"));
    let chosen = match wanted {
        Some(wanted) => wanted.trim(),
        None if !agreed.is_empty() && scrutineer.is_subset(&agreed) => "agreed",
        None if !scrutineer.is_empty() => "scrutineer",
        None => {
            let known: Vec<&str> = known.into_iter().collect();
            bail!(
                "nothing is agreed here, and nothing is the scrutineer's: name a perspective with \
                 --perspective, {}",
                join_words(&known, "or")
            );
        }
    }
    .to_owned();
    let (shown, others): (Vec<_>, Vec<_>) =
        kept.into_iter().partition(|one| one.content.perspective == chosen);
    let mut left_out: Vec<String> = others
        .iter()
        .map(|one| format!("{}, {}", one.content.period.name, one.content.perspective))
        .collect();
    left_out.sort_unstable();
    Ok((shown, left_out))
}

/// Sorts by time, and leaves one assessment for each period: what is final before what is not, then
/// what is as at a later day.
fn one_of_each_period(shown: &mut Vec<Kept<Snapshot>>, left_out: &mut Vec<String>) {
    fn key(own: &Snapshot) -> impl Ord + use<'_> {
        let period = (own.period.to, own.period.from);
        (period, std::cmp::Reverse((own.status == Status::Final, own.as_at)), own.file.as_str())
    }
    shown.sort_by(|a, b| key(&a.content).cmp(&key(&b.content)));
    let mut seen = BTreeSet::new();
    shown.retain(|one| {
        let own = &one.content;
        let is_first = seen.insert((own.period.from, own.period.to));
        if !is_first {
            left_out.push(format!("{}, a second file: {}", own.period.name, own.file));
        }
        is_first
    });
}

/// The assessments as moments, with the periods between them that nobody assessed.
fn moments(shown: &[Kept<Snapshot>]) -> Vec<Moment<'_>> {
    let mut moments: Vec<Moment<'_>> = Vec::new();
    let mut before: Option<&Snapshot> = None;
    for one in shown {
        let own = &one.content;
        let first_month = own.first_month.unwrap_or(FIRST_MONTH);
        let between = before.map(|then| gaps(&then.period, &own.period, first_month));
        let gap = |label| Moment { label, assessed: None };
        moments.extend(between.unwrap_or_default().into_iter().map(gap));
        let assessed =
            one.checklist.checklist.as_ref().map(|checklist: &Checklist| (own, checklist));
        moments.push(Moment { label: own.period.name.clone(), assessed });
        before = Some(own);
    }
    moments
}
