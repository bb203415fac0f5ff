//! Gaps: what a reader would ask about an assessment. Each is a question to the scrutineer, never a
//! fault of a file and never a score.
//!
//! Pure functions over the model and over what moved. Nothing is a gap that is only not known: where a
//! method or a date is not said, no gap rests on it.

use jiff::civil::Date;

use crate::actions::{self, Basis, Tracked};
use crate::comparison::diff::Diff;
use crate::model::assessment::{Action, Assessment, Origin};
use crate::model::facts::Piece;
use crate::model::period::long_date;
use crate::model::standing::{self, Asked, Standing};
use crate::text::{join_words, one_line};

/// What is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// No child and no family is heard in what a rating rests on.
    NoChildVoice,
    /// Nobody who does the work is heard in it.
    NoPractitionerVoice,
    /// It rests on one source.
    OneSource,
    /// The best rating rests on self-report alone.
    BestOnSelfReport,
    /// Evidence is older than a year, or past its review date.
    OldEvidence,
    /// Evidence shows what is done, and none what came of it.
    ProcessOnly,
    /// An action is done, and its impact is not said.
    DoneWithoutImpact,
    /// It was too early to rate, and the date to look again is past.
    TooEarlyDue,
    /// An action is accepted in principle.
    AcceptedInPrinciple,
    /// Nobody leads on an action.
    NoLead,
    /// A rating moved up, and no evidence was added.
    UpWithoutEvidence,
}

impl Kind {
    /// All of them, in the order in which they are shown.
    pub(crate) const ALL: [Kind; 11] = [
        Kind::NoChildVoice,
        Kind::NoPractitionerVoice,
        Kind::OneSource,
        Kind::BestOnSelfReport,
        Kind::OldEvidence,
        Kind::ProcessOnly,
        Kind::DoneWithoutImpact,
        Kind::TooEarlyDue,
        Kind::AcceptedInPrinciple,
        Kind::NoLead,
        Kind::UpWithoutEvidence,
    ];

    /// The word by which it is asked for, and with which its identifiers begin.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Kind::NoChildVoice => "no-child-voice",
            Kind::NoPractitionerVoice => "no-practitioner-voice",
            Kind::OneSource => "one-source",
            Kind::BestOnSelfReport => "best-on-self-report",
            Kind::OldEvidence => "old-evidence",
            Kind::ProcessOnly => "process-only",
            Kind::DoneWithoutImpact => "done-without-impact",
            Kind::TooEarlyDue => "too-early-due",
            Kind::AcceptedInPrinciple => "accepted-in-principle",
            Kind::NoLead => "no-lead",
            Kind::UpWithoutEvidence => "up-without-evidence",
        }
    }

    /// What it is, in a line.
    pub(crate) fn about(self) -> &'static str {
        match self {
            Kind::NoChildVoice => "No child and no family is heard in the evidence",
            Kind::NoPractitionerVoice => "No practitioner is heard in the evidence",
            Kind::OneSource => "A rating rests on one source",
            Kind::BestOnSelfReport => "The best rating rests on self-report alone",
            Kind::OldEvidence => "Evidence older than a year, or past its review date",
            Kind::ProcessOnly => "Evidence of what is done, and none of what came of it",
            Kind::DoneWithoutImpact => "An action is done, and its impact is not said",
            Kind::TooEarlyDue => "Too early to rate then, and due now",
            Kind::AcceptedInPrinciple => "An action is accepted in principle",
            Kind::NoLead => "Nobody leads on an action",
            Kind::UpWithoutEvidence => "A rating moved up without new evidence; needs --since",
        }
    }

    /// Whether it can be told only on a date.
    pub(crate) fn needs_date(self) -> bool {
        matches!(self, Kind::OldEvidence | Kind::TooEarlyDue)
    }

    fn place(self) -> usize {
        self as usize
    }
}

/// Something that is missing.
#[derive(Debug)]
pub(crate) struct Gap {
    /// What is missing.
    pub kind: Kind,
    /// What it is about.
    pub about: About,
    /// The steps that this belongs to, by id.
    pub steps: Vec<String>,
    /// What is missing, in words.
    pub words: String,
}

/// What a gap is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum About {
    /// A question, by its id and its short title.
    Question(String, String),
    /// An action, by its id and its task.
    Action(String, String),
    /// An action without an id, by what it stands on and where it comes in the file, and its task.
    NamelessAction(String, String),
}

impl About {
    /// Its id, or what takes the place of one.
    pub(crate) fn id(&self) -> &str {
        match self {
            About::Question(id, _) | About::Action(id, _) | About::NamelessAction(id, _) => id,
        }
    }
}

impl Gap {
    /// The identifier, which stays the same from run to run and from period to period.
    pub(crate) fn id(&self) -> String {
        format!("{}/{}", self.kind.id(), self.about.id())
    }
}

/// What is looked for.
#[derive(Clone, Debug)]
pub(crate) struct Scope {
    /// Only in this step.
    pub step: Option<String>,
    /// Only these kinds.
    pub kinds: Vec<Kind>,
}

impl Scope {
    fn holds_step(&self, id: &str) -> bool {
        self.step.as_deref().is_none_or(|step| step == id)
    }

    fn holds(&self, action: &Tracked) -> bool {
        self.step.is_none() || action.steps.iter().any(|step| self.holds_step(&step.id))
    }
}

/// What was found in an assessment, with the bases of all counts.
#[derive(Debug)]
pub(crate) struct Found {
    /// The gaps, by kind, and within it in the order of the checklist and of the file.
    pub gaps: Vec<Gap>,
    /// Of how many questions or actions each kind could be a gap; by kind.
    pub bases: [usize; Kind::ALL.len()],
    /// How many questions are rated, or said to be too early to rate.
    pub questions: usize,
    /// How many actions there are.
    pub actions: usize,
}

impl Found {
    /// Of how many questions or actions this could be a gap.
    pub(crate) fn base(&self, kind: Kind) -> usize {
        self.bases[kind.place()]
    }

    fn add(&mut self, kind: Kind, about: &About, steps: &[String], words: Option<String>) {
        self.bases[kind.place()] += 1;
        let (about, steps) = (about.clone(), steps.to_vec());
        self.gaps.extend(words.map(|words| Gap { kind, about, steps, words }));
    }
}

/// The gaps of some assessments. `since` has, for each, what moved since an earlier one, where that is
/// known. An action that stands in several files is looked at once, as it stands in the latest.
pub(crate) fn find(bases: &[Basis<'_>], since: &[Option<Diff<'_>>], scope: &Scope) -> Vec<Found> {
    let tracked: Vec<Vec<Tracked>> = bases.iter().map(actions::track).collect();
    let all: Vec<&Tracked> = tracked.iter().flatten().collect();
    let mut is_latest = actions::latest_entries(&all).into_iter();
    let own = bases.iter().zip(&tracked).zip(since);
    own.map(|((basis, tracked), since)| {
        let latest: Vec<bool> = is_latest.by_ref().take(tracked.len()).collect();
        let mut found =
            Found { gaps: Vec::new(), bases: [0; Kind::ALL.len()], questions: 0, actions: 0 };
        questions(basis, scope, &mut found);
        of_actions(basis, tracked, &latest, scope, &mut found);
        since.iter().for_each(|diff| moved_up(diff, scope, &mut found));
        found.gaps.retain(|gap| scope.kinds.contains(&gap.kind));
        found.gaps.sort_by_key(|gap| gap.kind);
        found
    })
    .collect()
}

fn questions(basis: &Basis<'_>, scope: &Scope, found: &mut Found) {
    let asked = standing::stand(basis.checklist, basis.assessment);
    for asked in asked.iter().filter(|asked| scope.holds_step(step_of(asked))) {
        match asked.standing {
            Standing::Rated(value) => {
                found.questions += 1;
                let scale = basis.checklist.scale_of(asked.question);
                let is_best = scale.is_some_and(|scale| scale.rank(value) == 0);
                let rated = Rated {
                    asked,
                    label: &value.label,
                    pieces: pieces(basis.assessment, asked),
                    is_best,
                };
                rated.look(basis, found);
            }
            Standing::TooEarly => {
                found.questions += 1;
                if let Some(day) = basis.as_at {
                    let review_by = asked.entry.and_then(|entry| entry.review_by.value()).copied();
                    let due = review_by.filter(|review_by| *review_by <= day);
                    let words = due.map(|due| {
                        format!(
                            "too early to rate, and to be looked at again by {}",
                            long_date(due)
                        )
                    });
                    found.add(Kind::TooEarlyDue, &about(asked), &steps_of(asked), words);
                }
            }
            Standing::Answered
            | Standing::NotApplicable
            | Standing::NotYet
            | Standing::Unreadable
            | Standing::NotAsked => {}
        }
    }
}

fn step_of<'a>(asked: &Asked<'a>) -> &'a str {
    asked.step.map_or("", |step| &step.id.value)
}

fn steps_of(asked: &Asked<'_>) -> Vec<String> {
    vec![step_of(asked).to_owned()]
}

fn about(asked: &Asked<'_>) -> About {
    About::Question(asked.question.id.value.clone(), one_line(&asked.question.title))
}

fn pieces<'a>(assessment: &'a Assessment, asked: &Asked<'a>) -> Vec<Piece<'a>> {
    let items = asked.entry.into_iter().flat_map(|entry| &entry.evidence);
    items.map(|item| Piece::of(assessment, item)).collect()
}

/// A question that is rated, with what the rating rests on.
struct Rated<'a> {
    asked: &'a Asked<'a>,
    label: &'a str,
    pieces: Vec<Piece<'a>>,
    is_best: bool,
}

impl Rated<'_> {
    fn look(&self, basis: &Basis<'_>, found: &mut Found) {
        let perspective = basis.assessment.perspective.value().map_or("", |own| own.trim());
        let mut add =
            |kind, words| found.add(kind, &about(self.asked), &steps_of(self.asked), words);
        // Where young people rate themselves, theirs is the voice.
        let is_own = perspective == "young-people";
        let hears_children = is_own || self.pieces.iter().any(Piece::hears_children);
        add(Kind::NoChildVoice, (!hears_children).then(|| self.heard("a child's or family's")));
        let hears_practitioners = self.pieces.iter().any(Piece::hears_practitioners);
        let unheard = (!hears_practitioners).then(|| self.heard("a practitioner's"));
        add(Kind::NoPractitionerVoice, unheard);
        if self.pieces.is_empty() {
            return;
        }
        add(Kind::OneSource, self.one_source());
        if let Some(day) = basis.as_at {
            add(Kind::OldEvidence, self.old(day));
        }
        let is_process = self.pieces.iter().all(Piece::is_process);
        add(
            Kind::ProcessOnly,
            is_process.then(|| {
                format!(
                    "rated {} on evidence of what is done, and none of what came of it: {}",
                    self.label,
                    self.methods()
                )
            }),
        );
        if self.is_best {
            let is_told = self.pieces.iter().all(Piece::is_self_report);
            add(
                Kind::BestOnSelfReport,
                is_told.then(|| {
                    format!("rated {} on self-report alone: {}", self.label, self.methods())
                }),
            );
        }
    }

    fn heard(&self, whose: &str) -> String {
        let mut voices: Vec<String> = self
            .pieces
            .iter()
            .flat_map(|piece| &piece.voices)
            .map(|voice| one_line(&voice.replace('-', " ")))
            .collect();
        voices.sort();
        voices.dedup();
        let heard = match (self.pieces.is_empty(), voices.as_slice()) {
            (true, _) => "there is no evidence".to_owned(),
            (false, []) => "the evidence names no voice".to_owned(),
            (false, voices) => format!("heard: {}", join_words(voices, "and")),
        };
        format!("rated {} without {whose} voice; {heard}", self.label)
    }

    fn one_source(&self) -> Option<String> {
        let mut sources: Vec<String> =
            self.pieces.iter().map(|piece| piece.source.to_lowercase()).collect();
        sources.sort();
        sources.dedup();
        (sources.len() == 1)
            .then(|| format!("rated {} on one source only: {}", self.label, named(&self.pieces[0])))
    }

    fn old(&self, day: Date) -> Option<String> {
        let words = |piece: &Piece<'_>| {
            let age = piece.date.filter(|_| piece.is_older_than_a_year(day));
            let age = age.map(|date| format!("of {}", long_date(date)));
            let review = piece.review_by.filter(|_| piece.is_past_review(day));
            let review = review.map(|date| format!("to be reviewed by {}", long_date(date)));
            let facts: Vec<String> = age.into_iter().chain(review).collect();
            (!facts.is_empty()).then(|| format!("{}, {}", named(piece), facts.join(", ")))
        };
        let old: Vec<String> = self.pieces.iter().filter_map(words).collect();
        (!old.is_empty()).then(|| {
            format!("evidence older than a year or past its review date: {}", old.join("; "))
        })
    }

    /// The pieces with their methods.
    fn methods(&self) -> String {
        let words = |piece: &Piece<'_>| match piece.method {
            Some(method) => format!("{} ({})", named(piece), one_line(&method.replace('-', " "))),
            None => named(piece),
        };
        self.pieces.iter().map(words).collect::<Vec<_>>().join("; ")
    }
}

fn named(piece: &Piece<'_>) -> String {
    match piece.source.as_str() {
        "" => "a source that is not stated".to_owned(),
        source => source.to_owned(),
    }
}

fn of_actions(
    basis: &Basis<'_>,
    tracked: &[Tracked],
    latest: &[bool],
    scope: &Scope,
    found: &mut Found,
) {
    let all = basis.assessment.all_actions().zip(tracked).zip(latest);
    for (index, (((origin, action), tracked), is_latest)) in all.enumerate() {
        if !is_latest || !scope.holds(tracked) {
            continue;
        }
        found.actions += 1;
        let about = known_as(origin, action, index, tracked.task.clone());
        let steps: Vec<String> = tracked.steps.iter().map(|step| step.id.clone()).collect();
        let mut add = |kind, words| found.add(kind, &about, &steps, words);
        if action.is_carried_out() {
            add(Kind::DoneWithoutImpact, impact(action, basis.as_at));
        }
        if let Some(response) = &action.response {
            let words = "accepted in principle, which commits nobody to anything";
            add(Kind::AcceptedInPrinciple, response.is_in_principle().then(|| words.to_owned()));
        }
        if action.is_agreed() {
            let status = action.status.value.word();
            add(
                Kind::NoLead,
                action.lacks_lead().then(|| format!("{status}, and nobody leads on it")),
            );
        }
    }
}

/// An action by its id; one that has none by what it stands on and where it comes in the file.
fn known_as(origin: Origin<'_>, action: &Action, index: usize, task: String) -> About {
    if let Some(id) = action.id.value() {
        return About::Action(one_line(id), task);
    }
    let place = match origin {
        Origin::Question(id) | Origin::Step(id) => id.value.as_str(),
        Origin::Whole => "whole",
    };
    About::NamelessAction(format!("{place}-action-{}", index + 1), task)
}

/// That the impact of an action is not said, nor when it will be looked at; or that it should have been
/// looked at.
fn impact(action: &Action, as_at: Option<Date>) -> Option<String> {
    let status = action.status.value.word();
    if action.lacks_impact() {
        return Some(format!("{status}, and its impact is not said"));
    }
    action.impact_due(as_at).map(|review_by| {
        let day = long_date(review_by);
        format!("{status}, and its impact, to be reviewed by {day}, is not said")
    })
}

fn moved_up(diff: &Diff<'_>, scope: &Scope, found: &mut Found) {
    for up in diff.moved_up() {
        let Some(asked) = up.pair.new.filter(|asked| scope.holds_step(step_of(asked))) else {
            continue;
        };
        let since = diff.old.assessment.period.value().map_or("last time", |period| &period.name);
        let words = up.is_unsupported.then(|| {
            let (from, to) = (&up.from.label, &up.to.label);
            format!("moved up from {from} to {to} since {since}, and no evidence was added")
        });
        found.add(Kind::UpWithoutEvidence, &about(&asked), &steps_of(&asked), words);
    }
}
