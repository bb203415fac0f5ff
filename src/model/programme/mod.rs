//! A programme as it is written: what a year's scrutiny was agreed to be, and what became of it.
//!
//! Days are counted in halves and money in pence. What has no date yet, or no days, is left open; the
//! rules ask for it.

mod amount;
mod decode;
mod keys;
mod when;

use jiff::civil::Date;

use crate::model::assessment::Prose;
use crate::model::period::Period;
use crate::source::{SourceId, Span, Spanned};
use crate::syntax::decode::Given;

pub(crate) use amount::{Days, Money};
pub(crate) use decode::decode;
pub(crate) use keys::*;
pub(crate) use when::When;

/// One programme file.
#[derive(Clone, Debug)]
pub(crate) struct Programme {
    /// The file.
    pub source: SourceId,
    /// The checklist whose steps it touches: an id or a path.
    pub checklist: Given<String>,
    /// The partnership's name.
    pub partnership: Given<String>,
    /// The year, or another period, that it is agreed for.
    pub year: Given<Period>,
    /// The role of whoever does the work.
    pub scrutineer: Given<String>,
    /// The day on which the partnership agreed it.
    pub agreed: Given<Date>,
    /// The date on which what it says held.
    pub as_at: Given<Date>,
    /// The scrutineer's own words on how scrutiny was done.
    pub summary: Given<String>,
    /// What it may take.
    pub budget: Budget,
    /// What is done.
    pub activities: Vec<Activity>,
    /// The meetings that are attended, or whose papers are read.
    pub meetings: Vec<Meeting>,
    /// What was asked for.
    pub information: Vec<Request>,
    /// What was challenged.
    pub challenges: Vec<Challenge>,
    /// What is looked into in depth.
    pub deep_dives: Vec<DeepDive>,
}

impl Programme {
    /// All prose that may reach a reader, each with the id of what it belongs to, or nothing for the
    /// whole. Internal notes are left out.
    pub(crate) fn all_prose(&self) -> Vec<Prose<'_>> {
        let mut all = Vec::new();
        fn push<'a>(all: &mut Vec<Prose<'a>>, id: &'a Given<String>, texts: &[&'a Given<String>]) {
            let about = id.value().map(String::as_str);
            let read = texts.iter().filter_map(|text| text.read());
            all.extend(read.map(|text| Prose { about, text }));
        }
        push(&mut all, &Given::Absent, &[&self.scrutineer, &self.summary]);
        for own in &self.activities {
            push(&mut all, &own.id, &[&own.what, &own.how]);
        }
        for own in &self.meetings {
            push(&mut all, &own.id, &[&own.group]);
        }
        for own in &self.information {
            push(&mut all, &own.id, &[&own.what, &own.asked_of]);
        }
        for own in &self.challenges {
            push(&mut all, &own.id, &[&own.to, &own.what, &own.response, &own.outcome]);
        }
        for own in &self.deep_dives {
            push(&mut all, &own.id, &[&own.title]);
            let about = own.id.value().map(String::as_str);
            all.extend(own.lines.iter().map(|text| Prose { about, text }));
        }
        all
    }
}

/// What a programme may take.
#[derive(Clone, Debug)]
pub(crate) struct Budget {
    /// Where it stands, or would.
    pub span: Span,
    /// The most days.
    pub days: Given<Days>,
    /// What a day costs.
    pub day_rate: Given<Money>,
    /// The most that a day may cost.
    pub day_rate_cap: Given<Money>,
    /// The most that all of it may cost: the fee, and expenses that are paid beside it.
    pub cost_cap: Given<Money>,
    /// Whether expenses are a part of the fee.
    pub expenses: Expenses,
    /// From how many per cent of a cap on it is said that the cap is near.
    pub warn_at: i64,
}

/// Whether expenses are a part of the fee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expenses {
    /// The fee covers them.
    Inside,
    /// They are paid beside the fee.
    Outside,
}

/// From how many per cent of a cap on it is said that the cap is near, unless the file says otherwise.
pub(crate) const WARN_AT: i64 = 80;

/// The days and the expenses of a piece of work.
#[derive(Clone, Debug)]
pub(crate) struct Effort {
    /// The days that it was thought to take.
    pub planned: Given<Days>,
    /// The days that it took so far.
    pub used: Given<Days>,
    /// The expenses so far.
    pub expenses: Given<Money>,
}

/// A piece of work.
#[derive(Clone, Debug)]
pub(crate) struct Activity {
    /// Where it stands.
    pub span: Span,
    /// Its id.
    pub id: Given<String>,
    /// What it is.
    pub what: Given<String>,
    /// How it is done.
    pub how: Given<String>,
    /// When.
    pub when: Given<When>,
    /// The steps that it touches, by id.
    pub steps: Vec<Spanned<String>>,
    /// What it takes.
    pub effort: Effort,
    /// How far it is; planned unless it is said.
    pub status: Given<ActivityStatus>,
}

impl Activity {
    /// How far it is.
    pub(crate) fn status(&self) -> ActivityStatus {
        self.status.value().copied().unwrap_or(ActivityStatus::Planned)
    }
}

/// How far an activity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ActivityStatus {
    /// To be done.
    Planned,
    /// Begun.
    UnderWay,
    /// Finished.
    Done,
    /// Given up.
    Dropped,
}

impl ActivityStatus {
    /// All of them, with the words that files use.
    pub(crate) const WORDS: [(&'static str, ActivityStatus); 4] = [
        ("planned", ActivityStatus::Planned),
        ("under-way", ActivityStatus::UnderWay),
        ("done", ActivityStatus::Done),
        ("dropped", ActivityStatus::Dropped),
    ];

    /// The word that files use.
    pub(crate) fn word(self) -> &'static str {
        match self {
            ActivityStatus::Planned => "planned",
            ActivityStatus::UnderWay => "under-way",
            ActivityStatus::Done => "done",
            ActivityStatus::Dropped => "dropped",
        }
    }
}

/// A group whose meetings are attended, or whose papers are read.
#[derive(Clone, Debug)]
pub(crate) struct Meeting {
    /// Where it stands.
    pub span: Span,
    /// Its id.
    pub id: Given<String>,
    /// Its name.
    pub group: Given<String>,
    /// What sort of group it is.
    pub kind: MeetingKind,
    /// How many times in the year it should be attended; one for a subgroup unless it is said.
    pub at_least: Given<u32>,
    /// The steps that it touches, by id.
    pub steps: Vec<Spanned<String>>,
    /// Its meetings.
    pub dates: Vec<Sitting>,
}

impl Meeting {
    /// How many times in the year it should be attended.
    pub(crate) fn wanted(&self) -> u32 {
        let usual = match self.kind {
            MeetingKind::Subgroup => 1,
            MeetingKind::Partnership | MeetingKind::Other => 0,
        };
        self.at_least.value().copied().unwrap_or(usual)
    }
}

/// What sort of group meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MeetingKind {
    /// The partnership, its executive, its board.
    Partnership,
    /// A subgroup of it.
    Subgroup,
    /// A network or another body.
    Other,
}

impl MeetingKind {
    /// All of them, with the words that files use.
    pub(crate) const WORDS: [(&'static str, MeetingKind); 3] = [
        ("partnership", MeetingKind::Partnership),
        ("subgroup", MeetingKind::Subgroup),
        ("other", MeetingKind::Other),
    ];
}

/// One meeting of a group.
#[derive(Clone, Debug)]
pub(crate) struct Sitting {
    /// Where it stands.
    pub span: Span,
    /// When.
    pub when: Given<When>,
    /// What became of it; to come unless it is said.
    pub presence: Given<Presence>,
    /// What it takes.
    pub effort: Effort,
}

impl Sitting {
    /// What became of it.
    pub(crate) fn presence(&self) -> Presence {
        self.presence.value().copied().unwrap_or(Presence::Planned)
    }
}

/// What became of a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// It is to come.
    Planned,
    /// The scrutineer was there.
    Attended,
    /// The scrutineer read its papers.
    PapersRead,
    /// The scrutineer was not there.
    Missed,
    /// It did not take place.
    Cancelled,
}

impl Presence {
    /// All of them, with the words that files use.
    pub(crate) const WORDS: [(&'static str, Presence); 5] = [
        ("planned", Presence::Planned),
        ("attended", Presence::Attended),
        ("papers-read", Presence::PapersRead),
        ("missed", Presence::Missed),
        ("cancelled", Presence::Cancelled),
    ];

    /// The word that files use.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Presence::Planned => "planned",
            Presence::Attended => "attended",
            Presence::PapersRead => "papers-read",
            Presence::Missed => "missed",
            Presence::Cancelled => "cancelled",
        }
    }
}

/// Something that was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// Where it stands.
    pub span: Span,
    /// Its id.
    pub id: Given<String>,
    /// What was asked for.
    pub what: Given<String>,
    /// The role or agency that was asked.
    pub asked_of: Given<String>,
    /// When it was asked for.
    pub asked: Given<Date>,
    /// By when it was promised.
    pub promised: Given<Date>,
    /// When it came.
    pub received: Given<Date>,
    /// When it was no longer wanted.
    pub withdrawn: Given<Date>,
}

/// Something that was challenged.
#[derive(Clone, Debug)]
pub(crate) struct Challenge {
    /// Where it stands.
    pub span: Span,
    /// Its id.
    pub id: Given<String>,
    /// When it was made.
    pub date: Given<Date>,
    /// To whom.
    pub to: Given<String>,
    /// What it was.
    pub what: Given<String>,
    /// What was answered.
    pub response: Given<String>,
    /// What came of it.
    pub outcome: Given<String>,
    /// When it is looked at again.
    pub review_by: Given<Date>,
}

/// Something that is looked into in depth.
#[derive(Clone, Debug)]
pub(crate) struct DeepDive {
    /// Where it stands.
    pub span: Span,
    /// Its id.
    pub id: Given<String>,
    /// What it is on.
    pub title: Given<String>,
    /// What it asks.
    pub lines: Vec<Spanned<String>>,
    /// The steps that it touches, by id.
    pub steps: Vec<Spanned<String>>,
    /// What it takes.
    pub effort: Effort,
    /// Its stages, each in its place; a stage of which nothing is said is empty.
    pub stages: Vec<Stage>,
}

impl DeepDive {
    /// The last stage that was reached.
    pub(crate) fn reached(&self) -> Option<StageName> {
        let reached = |stage: &&Stage| stage.done.read().is_some();
        self.stages.iter().rev().find(reached).map(|stage| stage.name)
    }
}

/// How far a deep dive is in one respect.
#[derive(Clone, Debug)]
pub(crate) struct Stage {
    /// Where it stands, or would.
    pub span: Span,
    /// Which it is.
    pub name: StageName,
    /// When it is to be reached.
    pub planned: Given<When>,
    /// When it was reached.
    pub done: Given<Date>,
}

/// The stages of a deep dive, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum StageName {
    /// What is looked into has been agreed.
    ScopeAgreed,
    /// Files are read, people are talked to.
    Fieldwork,
    /// It is written up.
    WrittenUp,
    /// Those who took part have seen it.
    Shared,
    /// The executive has had it.
    Executive,
    /// Its recommendations have been agreed.
    RecommendationsAgreed,
    /// What became of the recommendations is followed.
    Tracked,
}

impl StageName {
    /// All of them in order, with the keys that files use.
    pub(crate) const KEYS: [(&'static str, StageName); 7] = [
        ("scope-agreed", StageName::ScopeAgreed),
        ("fieldwork", StageName::Fieldwork),
        ("written-up", StageName::WrittenUp),
        ("shared", StageName::Shared),
        ("executive", StageName::Executive),
        ("recommendations-agreed", StageName::RecommendationsAgreed),
        ("tracked", StageName::Tracked),
    ];

    /// Its key in a file.
    pub(crate) fn key(self) -> &'static str {
        StageName::KEYS[self as usize].0
    }

    /// As people read it.
    pub(crate) fn words(self) -> &'static str {
        match self {
            StageName::ScopeAgreed => "Scope agreed",
            StageName::Fieldwork => "Fieldwork",
            StageName::WrittenUp => "Written up",
            StageName::Shared => "Shared with those who took part",
            StageName::Executive => "Seen by the executive",
            StageName::RecommendationsAgreed => "Recommendations agreed",
            StageName::Tracked => "Recommendations tracked",
        }
    }
}
