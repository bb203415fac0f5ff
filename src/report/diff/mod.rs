//! What moved between two assessments, in words: first a paragraph that can be read aloud, then the
//! tables; and the same as a published value for programs.

mod pairs;
mod sheet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::questions::{answer_words, standing_words};
use super::{filled, perspective_words, rolled_up_words, text};
use crate::actions::Basis;
use crate::actions::{Timing, carried_words};
use crate::comparison::diff::{
    ActionPair, Diff, Event, Movement, QuestionPair, StepPair, StepState,
};
use crate::model::assessment::{ActionStatus, Entry, Status};
use crate::model::definition::capitalised;
use crate::model::period::long_date;
use crate::model::standing::{Asked, Standing};
use crate::syntax::decode::line;
use crate::text::{count, join_words, one_line, quoted};

pub(crate) use pairs::Pairs;
pub(crate) use sheet::sheet;

/// The version of the published value. It is raised when a field changes its meaning.
const VERSION: u32 = 1;

/// What moved, in words and counts: the published value.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) struct Moves {
    version: u32,
    tool: String,
    pub(super) old: SideWords,
    new: SideWords,
    /// Whether anything differs at all.
    pub(crate) differs: bool,
    pub(super) opening: Vec<String>,
    remarks: Vec<Remark>,
    pub(super) questions: Vec<QuestionMove>,
    pub(super) context: Vec<QuestionMove>,
    pub(super) steps: Vec<StepMove>,
    pub(super) actions: Vec<ActionMove>,
    pub(super) whole: Vec<FactMove>,
}

/// Something that deserves a second look.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Remark {
    /// The rule that it comes from.
    pub(crate) rule: &'static str,
    /// What it is, as a sentence.
    pub(crate) words: String,
}

/// One of the two assessments.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct SideWords {
    pub(super) partnership: String,
    pub(super) period: String,
    pub(super) perspective: String,
    pub(super) status: &'static str,
    /// The day on which it holds, in words.
    pub(super) as_at: Option<String>,
    /// The same day as files write it.
    as_at_date: Option<String>,
    pub(super) checklist: String,
    pub(super) edition: String,
    pub(super) file: Option<String>,
}

/// A question that moved, or whose evidence did.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct QuestionMove {
    id: String,
    title: String,
    moved_from: Option<String>,
    movement: &'static str,
    was: String,
    is: String,
    words: String,
    /// Whether one of the answers is to a wording that its checklist does not have any more.
    is_stale: bool,
    /// The wordings, where they differ.
    old_wording: Option<String>,
    new_wording: Option<String>,
    /// The reasons that are given now, where they are other than before.
    reasons: Option<String>,
    evidence_added: Vec<String>,
    evidence_withdrawn: Vec<String>,
}

/// A step whose value, opinion or words changed.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct StepMove {
    id: String,
    title: String,
    derived_was: String,
    derived_is: String,
    assurance_was: String,
    assurance_is: String,
    /// The new words, where they changed.
    words: Option<String>,
    has_new_words: bool,
}

/// An action to which something happened.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ActionMove {
    id: String,
    task: String,
    lead: String,
    due: String,
    /// The day by which it is due, as files write it.
    due_date: Option<String>,
    status: &'static str,
    events: Vec<String>,
}

/// A fact about the whole.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct FactMove {
    pub(super) what: &'static str,
    was: String,
    is: String,
}

impl Moves {
    /// Puts into words what moved, with what deserves a second look.
    pub(crate) fn of(diff: &Diff<'_>, remarks: Vec<Remark>) -> Self {
        let question = |pair: &QuestionPair<'_>| question_move(diff, pair);
        let moves = Moves {
            version: VERSION,
            tool: super::tool(),
            old: side_words(&diff.old),
            new: side_words(&diff.new),
            differs: false,
            opening: opening(diff),
            remarks,
            questions: diff.questions.iter().filter_map(question).collect(),
            context: diff.context.iter().filter_map(question).collect(),
            steps: diff.steps.iter().filter_map(step_move).collect(),
            actions: diff.actions.iter().filter_map(action_move).collect(),
            whole: whole(diff),
        };
        let differs = !(moves.questions.is_empty()
            && moves.context.is_empty()
            && moves.steps.is_empty()
            && moves.actions.is_empty()
            && moves.whole.is_empty());
        Moves { differs, ..moves }
    }
}

fn side_words(side: &Basis<'_>) -> SideWords {
    let assessment = side.assessment;
    SideWords {
        partnership: line(&assessment.partnership).unwrap_or_default(),
        period: assessment.period.value().map(|period| period.name.clone()).unwrap_or_default(),
        perspective: perspective_words(
            &line(&assessment.perspective).unwrap_or_default(),
            side.workspace,
        ),
        status: status_word(assessment.status.value),
        as_at: assessment.as_at.value().map(|date| long_date(*date)),
        as_at_date: assessment.as_at.value().map(ToString::to_string),
        checklist: side.checklist.id.value.clone(),
        edition: side.checklist.edition.clone(),
        file: filled(side.file),
    }
}

fn status_word(status: Status) -> &'static str {
    match status {
        Status::Draft => "Draft",
        Status::Final => "Final",
    }
}

/// The paragraph that a chair can read aloud, as one or two sentences.
fn opening(diff: &Diff<'_>) -> Vec<String> {
    let since = match diff.old.assessment.as_at.value() {
        Some(date) => format!("Since {}", long_date(*date)),
        None => match diff.old.assessment.period.value() {
            Some(period) => format!("Since {}", period.name),
            None => "Since the earlier assessment".to_owned(),
        },
    };
    let questions = question_counts(diff);
    let actions = action_counts(diff);
    let parts: Vec<String> = [questions, actions, opinion_counts(diff)]
        .into_iter()
        .filter(|parts| !parts.is_empty())
        .map(|parts| join_words(&parts, "and"))
        .collect();
    match parts.is_empty() {
        true => vec![format!("{since}: nothing has moved.")],
        false => vec![format!("{since}: {}.", parts.join("; "))],
    }
}

/// "3 questions moved up", "1 moved down" and so on: what there is any of, with the noun once.
fn counted<const N: usize>(counts: [(usize, &str); N], noun: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::with_capacity(N);
    for (number, what) in counts.into_iter().filter(|(number, _)| *number > 0) {
        words.push(match words.is_empty() {
            true => format!("{} {what}", count(number, noun)),
            false => format!("{number} {what}"),
        });
    }
    words
}

fn question_counts(diff: &Diff<'_>) -> Vec<String> {
    let movements: Vec<Movement<'_>> = diff.questions.iter().map(QuestionPair::movement).collect();
    let of = |is: fn(&Movement<'_>) -> bool| movements.iter().filter(|own| is(own)).count();
    let counts = [
        (of(|own| matches!(own, Movement::Up(..))), "moved up"),
        (of(|own| matches!(own, Movement::Down(..))), "moved down"),
        (of(|own| matches!(own, Movement::NewlyRated(..))), "newly rated"),
        (of(|own| matches!(own, Movement::NoLongerRated(..))), "no longer rated"),
        (of(|own| matches!(own, Movement::Answered)), "answered otherwise"),
        (of(|own| matches!(own, Movement::Restated(..))), "set aside otherwise"),
        (of(|own| matches!(own, Movement::NotComparable)), "not comparable"),
        (of(|own| matches!(own, Movement::New)), "asked for the first time"),
        (of(|own| matches!(own, Movement::Gone)), "no longer asked"),
        (of(|own| matches!(own, Movement::Unchanged(own) if is_given(*own))), "unchanged"),
    ];
    counted(counts, "question")
}

fn is_given(standing: Standing<'_>) -> bool {
    !matches!(standing, Standing::NotYet | Standing::Unreadable | Standing::NotAsked)
}

fn action_counts(diff: &Diff<'_>) -> Vec<String> {
    let events: Vec<Event<'_>> = diff.actions.iter().flat_map(ActionPair::events).collect();
    let of = |is: fn(&Event<'_>) -> bool| events.iter().filter(|own| is(own)).count();
    let overdue =
        diff.actions.iter().filter_map(|pair| pair.new).filter(|placed| {
            matches!(Timing::of(placed.action, diff.new.as_at), Timing::Overdue(_))
        });
    let counts = [
        (of(|own| matches!(own, Event::Closed(1..))), "closed with evidence"),
        (of(|own| matches!(own, Event::Closed(0))), "closed without evidence"),
        (of(|own| matches!(own, Event::Done)), "done"),
        (of(|own| matches!(own, Event::Dropped)), "dropped"),
        (of(|own| matches!(own, Event::Reopened(_))), "opened again"),
        (of(|own| matches!(own, Event::Opened(_))), "new"),
        (of(|own| matches!(own, Event::Slipped(..))), "put off to a later date"),
        (of(|own| matches!(own, Event::Reassigned(..))), "given to another lead"),
        (of(|own| matches!(own, Event::Responded(_))), "answered by the partnership"),
        (of(|own| matches!(own, Event::NoLongerListed(_))), "no longer listed"),
        (overdue.count(), "overdue"),
    ];
    counted(counts, "action")
}

/// Opinions are the assessor's own, and are told apart from what is derived.
fn opinion_counts(diff: &Diff<'_>) -> Vec<String> {
    let assurance = |state: Option<StepState<'_>>| {
        state.and_then(|state| state.assurance).map(str::to_lowercase)
    };
    let is_other = |pair: &&StepPair<'_>| assurance(pair.old) != assurance(pair.new);
    let steps = diff.steps.iter().filter(is_other).count();
    let whole = line(&diff.old.assessment.assurance) != line(&diff.new.assessment.assurance);
    let mut words = Vec::new();
    words.extend((steps > 0).then(|| format!("another opinion on {}", count(steps, "step"))));
    words.extend(whole.then(|| "another opinion on the whole".to_owned()));
    words
}

fn question_move(diff: &Diff<'_>, pair: &QuestionPair<'_>) -> Option<QuestionMove> {
    let movement = pair.movement();
    let evidence = diff.evidence(pair);
    let (old_reasons, new_reasons) = (reasons(pair.old), reasons(pair.new));
    let has_moved = !matches!(movement, Movement::Unchanged(_)) || pair.moved_from().is_some();
    let has_new_reasons = old_reasons != new_reasons;
    if !has_moved && !has_new_reasons && evidence.added.is_empty() && evidence.withdrawn.is_empty()
    {
        return None;
    }
    let latest = pair.latest();
    let wording = |asked: Option<Asked<'_>>| asked.map(|own| one_line(&own.question.ask.value));
    let is_reworded = movement == Movement::NotComparable;
    let (old_wording, new_wording) = match is_reworded && wording(pair.old) != wording(pair.new) {
        true => (wording(pair.old), wording(pair.new)),
        false => (None, None),
    };
    Some(QuestionMove {
        id: latest.question.id.value.clone(),
        title: title(&latest),
        moved_from: pair.moved_from().map(str::to_owned),
        movement: movement_word(movement),
        was: pair.old.map_or("Not asked".to_owned(), |asked| state(&asked)),
        is: pair.new.map_or("Not asked".to_owned(), |asked| state(&asked)),
        words: movement_words(pair, movement),
        is_stale: is_reworded && old_wording.is_none(),
        old_wording,
        new_wording,
        reasons: new_reasons.filter(|_| has_new_reasons).map(str::to_owned),
        evidence_added: evidence.added,
        evidence_withdrawn: evidence.withdrawn,
    })
}

fn reasons<'a>(asked: Option<Asked<'a>>) -> Option<&'a str> {
    let entry: &'a Entry = asked?.entry?;
    entry.because.value().map(|text| text.trim()).filter(|text| !text.is_empty())
}

fn title(asked: &Asked<'_>) -> String {
    match asked.question.title.as_str() {
        "" => one_line(&asked.question.ask.value),
        title => title.to_owned(),
    }
}

/// Where a question stands, or its short answer.
fn state(asked: &Asked<'_>) -> String {
    match (asked.standing, asked.entry) {
        (Standing::Answered, Some(entry)) => {
            let (long, short) = answer_words(Some(asked.question), entry);
            let words = short.or(long).unwrap_or_default();
            quoted(&words)
        }
        _ => standing_words(asked),
    }
}

/// The word for a movement that programs read.
fn movement_word(movement: Movement<'_>) -> &'static str {
    match movement {
        Movement::Up(..) => "up",
        Movement::Down(..) => "down",
        Movement::Unchanged(_) => "unchanged",
        Movement::NewlyRated(..) => "newly-rated",
        Movement::NoLongerRated(..) => "no-longer-rated",
        Movement::Answered => "answered-otherwise",
        Movement::Restated(..) => "restated",
        Movement::NotComparable => "not-comparable",
        Movement::New => "new",
        Movement::Gone => "gone",
    }
}

/// The movement in words.
fn movement_words(pair: &QuestionPair<'_>, movement: Movement<'_>) -> String {
    let words = match movement {
        Movement::Up(..) => "Up",
        Movement::Down(..) => "Down",
        Movement::Unchanged(_) => "Unchanged",
        Movement::NewlyRated(_, Standing::Answered) => "Newly answered",
        Movement::NewlyRated(..) => "Newly rated",
        Movement::NoLongerRated(Standing::Answered, _) => "No longer answered",
        Movement::NoLongerRated(..) => "No longer rated",
        Movement::Answered => "Answered otherwise",
        Movement::Restated(..) => "Set aside otherwise",
        Movement::NotComparable => "Not comparable",
        Movement::New => "Asked for the first time",
        Movement::Gone => "No longer asked",
    };
    match pair.moved_from() {
        Some(id) => format!("{words}; it was {id}"),
        None => words.to_owned(),
    }
}

fn step_move(pair: &StepPair<'_>) -> Option<StepMove> {
    if pair.old == pair.new {
        return None;
    }
    let derived = |state: Option<StepState<'_>>| match state.and_then(|state| state.derived) {
        Some(derived) => rolled_up_words(derived),
        None => "Not derived".to_owned(),
    };
    let assurance = |state: Option<StepState<'_>>| {
        let word = state.and_then(|state| state.assurance);
        word.map_or("Not stated".to_owned(), |word| capitalised(&one_line(word)))
    };
    let (old_words, new_words) = (step_words(pair.old), step_words(pair.new));
    let has_new_words = old_words.map(one_line) != new_words.map(one_line);
    let one = StepMove {
        id: pair.step.id.value.clone(),
        title: pair.step.title.clone(),
        derived_was: derived(pair.old),
        derived_is: derived(pair.new),
        assurance_was: assurance(pair.old),
        assurance_is: assurance(pair.new),
        words: new_words.filter(|_| has_new_words).map(str::to_owned),
        has_new_words,
    };
    let is_same = one.derived_was == one.derived_is && one.assurance_was == one.assurance_is;
    (!is_same || has_new_words).then_some(one)
}

fn step_words<'a>(state: Option<StepState<'a>>) -> Option<&'a str> {
    state.and_then(|state| state.summary)
}

fn action_move(pair: &ActionPair<'_>) -> Option<ActionMove> {
    let events: Vec<String> = pair.events().into_iter().map(event_words).collect();
    if events.is_empty() {
        return None;
    }
    let action = pair.latest().action;
    Some(ActionMove {
        id: line(&action.id).unwrap_or("None".to_owned()),
        task: line(&action.task).unwrap_or("Not stated".to_owned()),
        lead: line(&action.lead).unwrap_or("Not stated".to_owned()),
        due: action.due.value().map_or("Not stated".to_owned(), |due| long_date(*due)),
        due_date: action.due.value().map(ToString::to_string),
        status: status_words(action.status.value),
        events,
    })
}

fn status_words(status: ActionStatus) -> &'static str {
    match status {
        ActionStatus::Proposed => "Proposed",
        ActionStatus::Open => "Open",
        ActionStatus::Done => "Done",
        ActionStatus::Closed => "Closed",
        ActionStatus::Dropped => "Dropped",
    }
}

fn event_words(event: Event<'_>) -> String {
    let dates = |from: Date, to: Date| {
        let days = from.until(to).map_or(0, |span| span.get_days()).unsigned_abs() as usize;
        format!("by {}, from {} to {}", count(days, "day"), long_date(from), long_date(to))
    };
    match event {
        Event::Opened(ActionStatus::Proposed) => "New, proposed".to_owned(),
        Event::Opened(ActionStatus::Open) => "New".to_owned(),
        Event::Opened(status) => format!("New, {} already", status.word()),
        Event::NoLongerListed(status) => {
            format!("No longer listed; it was {}", status.word())
        }
        Event::Closed(0) => "Closed without evidence".to_owned(),
        Event::Closed(pieces) => {
            format!("Closed on {} of evidence", count(pieces, "piece"))
        }
        Event::Done => "Done".to_owned(),
        Event::Dropped => "Dropped".to_owned(),
        Event::Reopened(from) => format!("Opened again; it was {}", from.word()),
        Event::Status(from, to) => format!("From {} to {}", from.word(), to.word()),
        Event::Slipped(from, to) => format!("Put off {}", dates(from, to)),
        Event::BroughtForward(from, to) => format!("Brought forward {}", dates(from, to)),
        Event::Dated(to) => format!("Due on {}", long_date(to)),
        Event::Undated(from) => format!("Without a date; it was due on {}", long_date(from)),
        Event::Reassigned(from, to) => {
            let name = |lead: Option<&str>| lead.map_or("nobody".to_owned(), one_line);
            format!("Lead changed from {} to {}", name(from), name(to))
        }
        Event::Responded(Some(said)) => {
            format!("Response: {}", capitalised(&one_line(said)).to_lowercase())
        }
        Event::Responded(None) => "The response was withdrawn".to_owned(),
        Event::Impact => "Its impact is told".to_owned(),
        Event::Evidence(pieces) => format!("{} of evidence more", count(pieces, "piece")),
        Event::Reworded => "The task is worded otherwise".to_owned(),
        Event::Moved(from, to) => {
            let place = |id: Option<&str>| id.map_or("the whole".to_owned(), one_line);
            format!("It stands on {} now; it stood on {}", place(to), place(from))
        }
        Event::Carried(times) => carried_words(times),
    }
}

/// That the words on the whole changed.
pub(super) const WORDS: &str = "Words on the whole";

/// What changed on the whole: status, opinion, checklist, words.
fn whole(diff: &Diff<'_>) -> Vec<FactMove> {
    let (old, new) = (&diff.old, &diff.new);
    let stated = |words: Option<String>| words.unwrap_or("Not stated".to_owned());
    let checklist =
        |side: &Basis<'_>| format!("{} ({})", side.checklist.id.value, side.checklist.edition);
    let opinion =
        |side: &Basis<'_>| stated(line(&side.assessment.assurance).map(|word| capitalised(&word)));
    let status = |side: &Basis<'_>| status_word(side.assessment.status.value).to_owned();
    let words = |side: &Basis<'_>| match text(&side.assessment.summary) {
        Some(words) => quoted(&words),
        None => "Not stated".to_owned(),
    };
    let has_new_words = text(&old.assessment.summary) != text(&new.assessment.summary);
    let facts = [
        ("Status", status(old), status(new)),
        ("Checklist", checklist(old), checklist(new)),
        ("Opinion on the whole", opinion(old), opinion(new)),
    ];
    let mut moved: Vec<FactMove> = facts
        .into_iter()
        .filter(|(_, was, is)| was != is)
        .map(|(what, was, is)| FactMove { what, was, is })
        .collect();
    if has_new_words {
        moved.push(FactMove { what: WORDS, was: words(old), is: words(new) });
    }
    moved
}
