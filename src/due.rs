//! What is due, out of assessments and programmes of one or many partnerships: actions, reviews,
//! meetings, information, activities, stages of deep dives and challenges.
//!
//! A pure function over the model. Each row belongs to one partnership and is made from its files
//! alone. What is late depends on a date that is given, never on a clock.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use crate::actions::{self, EvidenceWords, Tracked, same_name};
use crate::model::assessment::{ActionStatus, Answer, Assessment, Entry};
use crate::model::programme::{Days, When};
use crate::model::standing::TOO_EARLY;
use crate::model::workspace::Workspace;
use crate::programme::{Item, ItemKind, Overview, Standing};
use crate::syntax::decode::line;
use crate::text::one_line;

/// Something that is due.
#[derive(Clone, Debug)]
pub(crate) struct Due {
    /// The partnership.
    pub partnership: String,
    /// Its short name, where its settings have one; else the whole.
    pub short: String,
    /// What it is.
    pub kind: Kind,
    /// The id of the action, question, activity, group, request, challenge or deep dive; may be empty.
    pub id: String,
    /// What it is about, on one line.
    pub title: String,
    /// The role or agency that leads on it; may be empty.
    pub lead: String,
    /// When.
    pub when: When,
    /// The days of work that are planned for it.
    pub days: Days,
    /// By how many days it is late.
    pub late: Option<i32>,
    /// The period or the year of the file that it stands in.
    pub period: String,
    /// What tells it from others of its kind for ever, beside the partnership.
    pub mark: Vec<String>,
    /// The file, as shown.
    pub file: String,
    /// The marking of its workspace; may be empty.
    pub marking: String,
    /// The authors of its checklist, as they want to be named; may be empty.
    pub attribution: String,
}

/// What is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// An action that is open or proposed.
    Action,
    /// The impact of an action that was done.
    ImpactReview,
    /// A question that it was too early to rate.
    QuestionReview,
    /// A piece of evidence that should be looked at again.
    EvidenceReview,
    /// Something of a programme.
    Programme(ItemKind),
}

impl Kind {
    /// As people read it.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Kind::Action => "Action",
            Kind::ImpactReview => "Impact review",
            Kind::QuestionReview => "Question to look at again",
            Kind::EvidenceReview => "Evidence to look at again",
            Kind::Programme(kind) => kind.words(),
        }
    }

    /// As programs read it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Kind::Action => "action",
            Kind::ImpactReview => "impact-review",
            Kind::QuestionReview => "question-review",
            Kind::EvidenceReview => "evidence-review",
            Kind::Programme(ItemKind::Activity) => "activity",
            Kind::Programme(ItemKind::Meeting) => "meeting",
            Kind::Programme(ItemKind::Stage(_)) => "stage",
            Kind::Programme(ItemKind::Request) => "request",
            Kind::Programme(ItemKind::Challenge) => "challenge",
        }
    }
}

/// The days that a list is about, both included. What is late is due as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    /// The day on which it is judged what is late.
    pub as_at: Date,
    /// The last day that is looked ahead to.
    pub until: Date,
}

/// What is due in a window, the earliest first, then by partnership.
pub(crate) fn due(
    assessments: &[actions::Basis<'_>],
    programmes: &[Overview<'_>],
    window: Window,
) -> Vec<Due> {
    let mut all = of_actions(assessments, window.as_at);
    for basis in latest(assessments) {
        all.extend(of_reviews(basis, window.as_at));
    }
    for overview in programmes {
        all.extend(of_programme(overview));
    }
    // What takes longer is due by its last day.
    all.retain(|due| due.when.to <= window.until);
    all.sort_by(|a, b| a.key().cmp(&b.key()));
    all
}

impl Due {
    fn key(&self) -> impl Ord + '_ {
        (self.when.to, same_name(&self.partnership), self.kind, self.id.as_str(), &self.title)
    }

    /// A list may be divided by it.
    pub(crate) fn of(&self, partnership: &str) -> bool {
        same_name(&self.partnership) == same_name(partnership)
    }
}

/// The days that are planned for what is due, by partnership in the order of their names.
pub(crate) fn days(list: &[Due]) -> Vec<(&str, Days)> {
    let mut days: BTreeMap<String, (&str, Days)> = BTreeMap::new();
    for due in list {
        let entry = days.entry(same_name(&due.partnership));
        let (_, sum) = entry.or_insert((&due.partnership, Days::default()));
        *sum = *sum + due.days;
    }
    days.into_values().collect()
}

/// The short name of a partnership, for tables.
fn short_name(workspace: Option<&Workspace>, name: &str) -> String {
    let short = workspace.and_then(|own| line(&own.short_name));
    short.unwrap_or_else(|| name.to_owned())
}

fn late(when: When, as_at: Date) -> Option<i32> {
    let is_late = when.to < as_at;
    is_late.then(|| when.to.until(as_at).map_or(0, |span| span.get_days()))
}

/// The actions that are to be done, and those whose impact is to be looked at, each as it stands in the
/// latest file.
fn of_actions(assessments: &[actions::Basis<'_>], as_at: Date) -> Vec<Due> {
    let mut tracked: Vec<Tracked> = assessments.iter().flat_map(actions::track).collect();
    actions::keep_latest(&mut tracked);
    let mut shorts: HashMap<String, String> = HashMap::new();
    for basis in assessments {
        let name = basis.partnership();
        shorts.entry(same_name(&name)).or_insert_with(|| short_name(basis.workspace, &name));
    }
    let short = |own: &Tracked| {
        let short = shorts.get(&same_name(&own.partnership));
        short.unwrap_or(&own.partnership).clone()
    };
    tracked.iter().filter_map(|own| of_action(own, short(own), as_at)).collect()
}

fn of_action(own: &Tracked, short: String, as_at: Date) -> Option<Due> {
    let (kind, day) = match own.status {
        ActionStatus::Proposed | ActionStatus::Open => (Kind::Action, own.due?),
        ActionStatus::Done | ActionStatus::Closed if own.impact.is_empty() => {
            (Kind::ImpactReview, own.review_by?)
        }
        ActionStatus::Done | ActionStatus::Closed | ActionStatus::Dropped => return None,
    };
    let when = When::day(day);
    // The same as in the calendar of actions, so that taking in both makes one event.
    let (first, id) = match own.carried_from.rsplit_once('/') {
        Some((period, id)) if !id.trim().is_empty() => (period, id),
        _ => (own.period.as_str(), own.id.as_str()),
    };
    let id = match own.id.as_str() {
        "none" => format!("without an id: {}", own.task),
        _ => id.to_owned(),
    };
    let title = match own.status {
        ActionStatus::Proposed => format!("{} (proposed)", own.task),
        _ => own.task.clone(),
    };
    Some(Due {
        partnership: own.partnership.clone(),
        short,
        kind,
        id: if own.id == "none" { String::new() } else { own.id.clone() },
        title: if title.is_empty() { "Task not stated".to_owned() } else { title },
        lead: own.lead.clone(),
        when,
        days: Days::default(),
        late: late(when, as_at),
        period: own.period.clone(),
        mark: vec![first.to_owned(), id],
        file: own.made_from.file.clone(),
        marking: own.made_from.marking.clone(),
        attribution: own.made_from.attribution.clone(),
    })
}

/// Of each partnership, perspective and checklist the assessment of the latest period: what an earlier
/// one wanted to look at again, the later one has looked at, or wants to again.
fn latest<'a, 'b>(assessments: &'b [actions::Basis<'a>]) -> Vec<&'b actions::Basis<'a>> {
    let key = |basis: &actions::Basis<'_>| {
        let perspective = basis.assessment.perspective.value().map(|own| same_name(own));
        (same_name(&basis.partnership()), perspective, basis.checklist.id.value.clone())
    };
    let end = |basis: &actions::Basis<'_>| basis.assessment.period.value().map(|own| own.to);
    let mut ends: HashMap<_, Option<Date>> = HashMap::new();
    for basis in assessments {
        let last = ends.entry(key(basis)).or_default();
        *last = (*last).max(end(basis));
    }
    assessments.iter().filter(|basis| ends.get(&key(basis)) == Some(&end(basis))).collect()
}

/// Questions that it was too early to rate, and evidence that should be looked at again.
fn of_reviews(basis: &actions::Basis<'_>, as_at: Date) -> Vec<Due> {
    let made_from = actions::made_from(basis);
    let assessment = basis.assessment;
    let period = assessment.period.value().map(|own| own.name.clone()).unwrap_or_default();
    let perspective = assessment.perspective.value().map(|own| one_line(own)).unwrap_or_default();
    let make = |kind, id: &str, title: String, day: Date| Due {
        partnership: basis.partnership(),
        short: short_name(basis.workspace, &basis.partnership()),
        kind,
        id: one_line(id),
        mark: vec![period.clone(), id.to_owned(), perspective.clone(), title.clone()],
        title,
        lead: String::new(),
        when: When::day(day),
        days: Days::default(),
        late: late(When::day(day), as_at),
        period: period.clone(),
        file: made_from.file.clone(),
        marking: made_from.marking.clone(),
        attribution: made_from.attribution.clone(),
    };
    let mut all = Vec::new();
    for entry in assessment.context.iter().chain(&assessment.ratings) {
        if let Some(day) = entry.review_by.value().filter(|_| is_too_early(entry)) {
            let question = basis.checklist.question(&entry.id.value);
            let title = question.map_or_else(String::new, |question| one_line(&question.title));
            all.push(make(Kind::QuestionReview, &entry.id.value, title, *day));
        }
    }
    all.extend(
        evidence(assessment)
            .into_iter()
            .map(|(id, title, day)| make(Kind::EvidenceReview, id, title, day)),
    );
    all
}

/// A question that was rated in the meantime is not looked at again for having been too early.
fn is_too_early(entry: &Entry) -> bool {
    let is_word = |word: &String| word.trim().eq_ignore_ascii_case(TOO_EARLY);
    let is_answer = matches!(&entry.answer, Answer::One(answer) if is_word(&answer.value));
    is_answer || entry.rating.value().is_some_and(is_word)
}

/// Evidence with a day on which it should be looked at again: where it stands, what it is, the day.
/// What is cited stands once, under its own id.
fn evidence(assessment: &Assessment) -> Vec<(&str, String, Date)> {
    let entries = assessment.context.iter().chain(&assessment.ratings);
    let on_answers =
        entries.flat_map(|entry| entry.evidence.iter().map(|item| (entry.id.value.as_str(), item)));
    let listed = assessment.evidence.iter().map(|(id, item)| (id.value.as_str(), item));
    on_answers
        .chain(listed)
        .filter_map(|(id, item)| {
            Some((id, EvidenceWords::of(assessment, item).name, *item.review_by.value()?))
        })
        .collect()
}

/// Everything of a programme that has a date and is not settled.
pub(crate) fn of_programme(overview: &Overview<'_>) -> Vec<Due> {
    overview.items.iter().filter_map(|item| of_item(overview, item)).collect()
}

fn of_item(overview: &Overview<'_>, item: &Item<'_>) -> Option<Due> {
    let late = match item.standing {
        Standing::Late(days) => Some(days),
        Standing::ToCome => None,
        Standing::Undated | Standing::Settled => return None,
    };
    let basis = &overview.basis;
    let year = basis.programme.year.value().map(|own| own.name.clone()).unwrap_or_default();
    let mut mark = vec![year.clone(), item.id.to_owned()];
    mark.extend(match item.kind {
        ItemKind::Stage(name) => Some(name.key().to_owned()),
        // A group has several meetings, told apart by their place among them.
        ItemKind::Meeting | ItemKind::Activity | ItemKind::Request | ItemKind::Challenge => {
            item.place.map(|place| place.to_string())
        }
    });
    if item.id.is_empty() {
        mark.push(item.title.clone());
    }
    let marking = basis.workspace.and_then(|own| own.marking.value());
    let attribution = basis.checklist.map(|own| own.attribution.join(" "));
    Some(Due {
        partnership: basis.partnership(),
        short: short_name(basis.workspace, &basis.partnership()),
        kind: Kind::Programme(item.kind),
        id: item.id.to_owned(),
        title: if item.title.is_empty() { "Not stated".to_owned() } else { item.title.clone() },
        lead: String::new(),
        when: item.when?,
        days: item.days,
        late,
        period: year,
        mark,
        file: basis.file.to_owned(),
        marking: marking.map(|own| one_line(own)).unwrap_or_default(),
        attribution: attribution.map(|own| one_line(&own)).unwrap_or_default(),
    })
}
