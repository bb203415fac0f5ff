//! Gaps in words: the published value for programs, from which the sheet and the table are laid out.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::origin::Origin;
use super::sheet::Sheet;
use super::{Material, filled, tool};
use crate::gaps::{About, Found, Gap, Kind};
use crate::model::audience::Audience;
use crate::text::{count, join_words, once_each};

/// The version of the published value. It is raised when a field changes its meaning.
const VERSION: u32 = 1;

/// The gaps of some assessments: the published value.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) struct Gaps {
    version: u32,
    tool: String,
    /// What is looked at, where that is not everything.
    shown: Option<String>,
    assessments: Vec<AssessmentPart>,
    questions: Share,
    actions: Share,
    kinds: Vec<KindPart>,
    gaps: Vec<GapPart>,
    not_looked_at: Vec<String>,
    markings: Vec<String>,
    attributions: Vec<String>,
}

/// So many of so many.
#[derive(Debug, Serialize, Deserialize)]
struct Share {
    with_gaps: usize,
    of: usize,
}

/// An assessment that was looked at.
#[derive(Debug, Serialize, Deserialize)]
struct AssessmentPart {
    file: String,
    partnership: String,
    period: String,
    perspective: String,
    #[serde(skip)]
    perspective_words: String,
    status: &'static str,
    as_at: Option<String>,
    judged_on: Option<String>,
    checklist: String,
    edition: Option<String>,
    /// The file of the earlier assessment that it was held against.
    since: Option<String>,
    questions: Share,
    actions: Share,
}

/// What can be missing, and how often it is.
#[derive(Debug, Serialize, Deserialize)]
struct KindPart {
    kind: &'static str,
    title: &'static str,
    count: usize,
    of: usize,
    base: &'static str,
}

/// A gap.
#[derive(Debug, Serialize, Deserialize)]
struct GapPart {
    id: String,
    kind: &'static str,
    /// "question" or "action".
    about: &'static str,
    about_id: String,
    title: Option<String>,
    /// What it is about, with its title.
    #[serde(skip)]
    name: String,
    steps: Vec<String>,
    words: String,
    file: String,
    partnership: String,
    period: String,
    perspective: String,
    /// What a row of a table says of where it comes from: the date of judging, the attribution, the
    /// marking.
    #[serde(skip)]
    origin: [String; 3],
}

/// What was found in one assessment.
#[derive(Debug)]
pub(crate) struct Looked<'a> {
    /// The assessment.
    pub material: Material<'a>,
    /// The file of the earlier assessment that it was held against.
    pub since: Option<String>,
    /// What was found.
    pub found: Found,
}

impl Gaps {
    /// Puts what was found into words. `shown` says what is looked at, where that is not everything;
    /// `kinds` are those that were looked for.
    pub(crate) fn of(looked: &[Looked<'_>], kinds: &[Kind], shown: Option<String>) -> Self {
        let all = || looked.iter().map(|own| &own.found);
        let markings = looked.iter().filter_map(|own| origin(own).marking);
        let checklists = looked.iter().map(|own| own.material.basis.checklist);
        let attributions = checklists.flat_map(|own| &own.attribution);
        Gaps {
            version: VERSION,
            tool: tool(),
            shown,
            assessments: looked.iter().map(assessment).collect(),
            questions: sum(all().map(questions)),
            actions: sum(all().map(of_actions)),
            kinds: kinds.iter().map(|kind| kind_part(*kind, looked)).collect(),
            gaps: looked
                .iter()
                .flat_map(|own| own.found.gaps.iter().map(|g| gap(own, g)))
                .collect(),
            not_looked_at: not_looked_at(looked, kinds),
            markings: once_each(markings),
            attributions: once_each(attributions.cloned()),
        }
    }

    /// Whether there is a gap.
    pub(crate) fn is_any(&self) -> bool {
        !self.gaps.is_empty()
    }

    /// The gaps as a table, the first row being its header.
    pub(crate) fn rows(&self) -> Vec<Vec<String>> {
        let header = [
            "Gap",
            "Kind",
            "What is missing",
            "About",
            "Id",
            "Title",
            "Step",
            "File",
            "Partnership",
            "Period",
            "Perspective",
            "Judged on",
            "Attribution",
            "Marking",
            "Made with",
        ];
        let row = |gap: &GapPart| {
            let [judged_on, attribution, marking] = gap.origin.clone();
            vec![
                gap.id.clone(),
                gap.kind.to_owned(),
                gap.words.clone(),
                gap.about.to_owned(),
                gap.about_id.clone(),
                gap.title.clone().unwrap_or_default(),
                gap.steps.join(", "),
                gap.file.clone(),
                gap.partnership.clone(),
                gap.period.clone(),
                gap.perspective.clone(),
                judged_on,
                attribution,
                marking,
                self.tool.clone(),
            ]
        };
        let header = header.map(str::to_owned).to_vec();
        std::iter::once(header).chain(self.gaps.iter().map(row)).collect()
    }
}

fn sum(shares: impl Iterator<Item = Share>) -> Share {
    shares.fold(Share { with_gaps: 0, of: 0 }, |sum, share| Share {
        with_gaps: sum.with_gaps + share.with_gaps,
        of: sum.of + share.of,
    })
}

fn questions(found: &Found) -> Share {
    Share {
        with_gaps: different(found, |about| matches!(about, About::Question(..))),
        of: found.questions,
    }
}

fn of_actions(found: &Found) -> Share {
    Share {
        with_gaps: different(found, |about| !matches!(about, About::Question(..))),
        of: found.actions,
    }
}

/// How many different questions or actions have a gap.
fn different(found: &Found, wanted: fn(&About) -> bool) -> usize {
    let about = found.gaps.iter().map(|gap| &gap.about).filter(|about| wanted(about));
    about.collect::<HashSet<_>>().len()
}

/// Where gaps come from. The list is for those who work with the files.
fn origin(looked: &Looked<'_>) -> Origin {
    Origin::of(&looked.material.basis, Audience::Internal)
}

fn judged_on(looked: &Looked<'_>) -> Option<String> {
    looked.material.basis.as_at.map(|day| day.to_string())
}

fn assessment(looked: &Looked<'_>) -> AssessmentPart {
    let origin = origin(looked);
    AssessmentPart {
        file: looked.material.basis.file.to_owned(),
        partnership: origin.partnership,
        period: origin.period,
        perspective: origin.perspective,
        perspective_words: origin.perspective_words,
        status: origin.status,
        as_at: origin.as_at,
        judged_on: judged_on(looked),
        checklist: origin.checklist,
        edition: origin.edition,
        since: looked.since.clone(),
        questions: questions(&looked.found),
        actions: of_actions(&looked.found),
    }
}

fn gap(looked: &Looked<'_>, gap: &Gap) -> GapPart {
    let origin = origin(looked);
    let (about, name, title) = match &gap.about {
        About::Question(id, title) => ("question", format!("question {id}"), title),
        About::Action(id, task) => ("action", format!("action {id}"), task),
        About::NamelessAction(_, task) => ("action", "an action without an id".to_owned(), task),
    };
    let judged_on = judged_on(looked).unwrap_or_default();
    let titled = filled(title).map(|title| format!(", {title}")).unwrap_or_default();
    GapPart {
        id: gap.id(),
        kind: gap.kind.id(),
        about,
        about_id: gap.about.id().to_owned(),
        title: filled(title),
        name: format!("{name}{titled}"),
        steps: gap.steps.clone(),
        words: gap.words.clone(),
        file: looked.material.basis.file.to_owned(),
        partnership: origin.partnership,
        period: origin.period,
        perspective: origin.perspective,
        origin: [judged_on, origin.attribution, origin.marking.unwrap_or_default()],
    }
}

fn kind_part(kind: Kind, looked: &[Looked<'_>]) -> KindPart {
    let own = |looked: &Looked<'_>| looked.found.gaps.iter().filter(|gap| gap.kind == kind).count();
    let (title, base) = words(kind);
    KindPart {
        kind: kind.id(),
        title,
        count: looked.iter().map(own).sum(),
        of: looked.iter().map(|looked| looked.found.base(kind)).sum(),
        base,
    }
}

/// What is missing as a heading, and of what it is counted, in the plural.
fn words(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::NoChildVoice => ("No child's or family's voice", "rated questions"),
        Kind::NoPractitionerVoice => ("No practitioner's voice", "rated questions"),
        Kind::OneSource => ("One source only", "rated questions with evidence"),
        Kind::BestOnSelfReport => {
            ("The best rating on self-report alone", "questions with the best rating and evidence")
        }
        Kind::OldEvidence => {
            ("Evidence older than a year, or past its review date", "rated questions with evidence")
        }
        Kind::ProcessOnly => (
            "Evidence of what is done, and none of what came of it",
            "rated questions with evidence",
        ),
        Kind::DoneWithoutImpact => ("Done without impact", "actions done or closed"),
        Kind::TooEarlyDue => ("Too early to rate then, and due now", "questions too early to rate"),
        Kind::AcceptedInPrinciple => ("Accepted in principle", "actions with a response"),
        Kind::NoLead => ("Nobody leads", "actions open, done or closed"),
        Kind::UpWithoutEvidence => (
            "A rating up without new evidence",
            "ratings that moved up since the earlier assessment",
        ),
    }
}

/// What could not be told, and why.
fn not_looked_at(looked: &[Looked<'_>], kinds: &[Kind]) -> Vec<String> {
    let mut reasons = Vec::new();
    let without = |is_without: fn(&Looked<'_>) -> bool| {
        let own = looked.iter().filter(|looked| is_without(looked));
        own.map(|looked| looked.material.basis.file).collect::<Vec<_>>()
    };
    let undated = without(|looked| looked.material.basis.as_at.is_none());
    if !undated.is_empty() && kinds.iter().any(|kind| kind.needs_date()) {
        reasons.push(format!(
            "Old evidence, and what was too early and is due, in {}: no as-at date; add `as-at` to the \
             file, or --as-at.",
            join_words(&undated, "and")
        ));
    }
    let alone = without(|looked| looked.since.is_none());
    if !alone.is_empty() && kinds.contains(&Kind::UpWithoutEvidence) {
        let why = match alone.len() == looked.len() {
            true => "add --since and the earlier assessment".to_owned(),
            false => format!("there is no earlier assessment for {}", join_words(&alone, "and")),
        };
        reasons.push(format!("Ratings that moved up without new evidence: {why}."));
    }
    reasons
}

/// Lays gaps out.
pub(crate) fn sheet(gaps: &Gaps) -> Sheet {
    let mut sheet = Sheet::new(title(gaps));
    sheet.markings.clone_from(&gaps.markings);
    sheet.sentence(
        "Each line is a question to ask, not a fault of the file and never a score. A gap may be \
         right as it is.",
    );
    sheet.made_from = made_from(gaps);
    if let Some(shown) = &gaps.shown {
        sheet.sentence(format!("Shown: {shown}."));
    }
    for kind in gaps.kinds.iter().filter(|kind| kind.count > 0) {
        sheet.heading(2, format!("{}: {} of {} {}", kind.title, kind.count, kind.of, kind.base));
        let own = gaps.gaps.iter().filter(|gap| gap.kind == kind.kind);
        sheet.list(own.map(|gap| line(gap, gaps)).collect());
    }
    sheet.heading(2, "In all");
    sheet.sentence(tally(gaps));
    let none = gaps.kinds.iter().filter(|kind| kind.count == 0 && kind.of > 0);
    let none: Vec<String> =
        none.map(|kind| format!("{}: 0 of {} {}", kind.title, kind.of, kind.base)).collect();
    if !none.is_empty() {
        sheet.sentence("Looked for and not found:");
        sheet.list(none);
    }
    if !gaps.not_looked_at.is_empty() {
        sheet.sentence("Not looked at:");
        sheet.list(gaps.not_looked_at.clone());
    }
    sheet
}

fn title(gaps: &Gaps) -> String {
    match gaps.assessments.as_slice() {
        [only] => format!("{}: gaps, {}", only.partnership, only.period),
        _ => "Gaps".to_owned(),
    }
}

/// A gap on one line. Files of several partnerships may have the same name.
fn line(gap: &GapPart, gaps: &Gaps) -> String {
    let names = gaps.assessments.iter().map(|own| own.partnership.as_str());
    let partnership = match crate::actions::different(names) {
        0 | 1 => String::new(),
        _ => format!(" ({})", gap.partnership),
    };
    format!("{}{partnership}, {}: {}", gap.file, gap.name, gap.words)
}

fn tally(gaps: &Gaps) -> String {
    let words = |share: &Share, noun: &str, which: &str| {
        let all = count(share.of, noun);
        (share.of > 0).then(|| format!("{} of {all}{which}", share.with_gaps))
    };
    let parts = [
        words(&gaps.questions, "question", " rated or too early to rate"),
        words(&gaps.actions, "action", ""),
    ];
    match parts.into_iter().flatten().collect::<Vec<_>>().as_slice() {
        [] => "Nothing is rated yet, and there are no actions.".to_owned(),
        parts => format!("With a gap: {}.", parts.join(", and ")),
    }
}

fn made_from(gaps: &Gaps) -> Vec<String> {
    let date = |date: &Option<String>| {
        let date = date.as_ref().and_then(|date| date.parse().ok());
        date.map(crate::model::period::long_date)
    };
    let words = |own: &AssessmentPart| {
        let as_at = match (date(&own.as_at), date(&own.judged_on)) {
            (Some(as_at), _) if own.as_at == own.judged_on => format!("as at {as_at}"),
            (Some(as_at), Some(judged)) => format!("as at {as_at}, judged on {judged}"),
            (None, Some(judged)) => format!("no as-at date, judged on {judged}"),
            (_, None) => "no as-at date".to_owned(),
        };
        let edition =
            own.edition.as_ref().map(|own| format!(", edition {own}")).unwrap_or_default();
        let since = own.since.as_ref().map(|file| format!("; since {file}")).unwrap_or_default();
        format!(
            "{}: {}, {}, {}, {}, {as_at}; {}{edition}{since}",
            own.file, own.partnership, own.period, own.perspective_words, own.status, own.checklist
        )
    };
    let mut lines: Vec<String> = gaps.assessments.iter().map(words).collect();
    lines.extend(gaps.attributions.iter().map(|line| super::to_line(line)));
    lines.push(format!("Made with {}", gaps.tool));
    lines
}
