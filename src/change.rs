//! From what a person wants to change in an assessment to edits of its text: which value stands where,
//! and how it is written.
//!
//! Pure. Whether a value is right is for the rules to say, once it stands in the text.

use jiff::civil::Date;

use crate::model::assessment::{
    ACTION, ASSESSMENT, Action, ActionStatus, Assessment, ENTRY, Evidence, Origin, RESPONSE, STEP,
};
use crate::model::checklist::{self, Checklist, Kind, Question};
use crate::model::standing::{NOT_APPLICABLE, TOO_EARLY};
use crate::syntax::decode::Given;
use crate::syntax::edit::{Edit, Step, Value};
use crate::text::{join_words, nearest, quoted};

/// The name by which the whole assessment is meant, rather than a question or a step.
pub(crate) const WHOLE: &str = "whole";

/// What a change is about.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Subject<'c> {
    /// A question of a step.
    Question(&'c Question),
    /// A question that is answered before scrutiny starts.
    Context(&'c Question),
    /// A step.
    Step(&'c checklist::Step),
    /// The whole assessment.
    Whole,
}

/// The keys that can be set on a question, on a step, on the whole and on an action.
const ON_QUESTION: [&str; 9] = [
    "rating",
    "answer",
    "because",
    "remaining",
    "reason",
    "dissent",
    "review-by",
    "wording",
    "notes",
];
const ON_STEP: [&str; 3] = ["summary", "assurance", "notes"];
const ON_WHOLE: [&str; 7] =
    ["assessor", "as-at", "status", "covers", "summary", "assurance", "notes"];
const ON_ACTION: [&str; 14] = [
    "task",
    "lead",
    "due",
    "status",
    "success",
    "response.said",
    "response.date",
    "response.reason",
    "impact",
    "review-by",
    "closed",
    "carried-from",
    "covers",
    "notes",
];

/// What a name stands for: a question's id, a step's id, or the whole. A step whose id is also that of
/// a question is written "step:3".
pub(crate) fn subject<'c>(checklist: &'c Checklist, name: &str) -> Result<Subject<'c>, String> {
    let step = |id: &str| checklist.step(id).map(Subject::Step);
    let context = || checklist.context_question(name);
    let found = match name.strip_prefix("step:") {
        Some(id) => step(id),
        None => checklist
            .question(name)
            .map(Subject::Question)
            .or_else(|| context().map(Subject::Context))
            .or_else(|| step(name))
            .or((name == WHOLE).then_some(Subject::Whole)),
    };
    found.ok_or_else(|| {
        let questions = checklist.questions().chain(&checklist.context);
        let steps = checklist.steps.iter().map(|step| step.id.value.as_str());
        let known = questions.map(|question| question.id.value.as_str()).chain(steps);
        match nearest(name, known) {
            Some(near) => format!(
                "there is no question or step {} in the checklist {}: did you mean {near}?",
                quoted(name),
                checklist.id.value
            ),
            None => format!(
                "there is no question or step {} in the checklist {}: \
                 `scrutiny checklist show {1}` lists them",
                quoted(name),
                checklist.id.value
            ),
        }
    })
}

impl Subject<'_> {
    /// Its name in messages.
    pub(crate) fn name(&self) -> String {
        match self {
            Subject::Question(question) | Subject::Context(question) => question.name(),
            Subject::Step(step) => format!("step {}", step.id.value),
            Subject::Whole => "the whole assessment".to_owned(),
        }
    }

    /// The way to it from the top of the file.
    fn way(&self, checklist: &Checklist) -> Vec<Step> {
        let ids = |ids: &mut dyn Iterator<Item = &str>| ids.map(str::to_owned).collect::<Vec<_>>();
        match self {
            Subject::Whole => Vec::new(),
            Subject::Question(question) => {
                let all = &mut checklist.questions().map(|question| question.id.value.as_str());
                vec![key("ratings", &ASSESSMENT), Step::Key(question.id.value.clone(), ids(all))]
            }
            Subject::Context(question) => {
                let all = &mut checklist.context.iter().map(|own| own.id.value.as_str());
                vec![key("context", &ASSESSMENT), Step::Key(question.id.value.clone(), ids(all))]
            }
            Subject::Step(step) => {
                let all = &mut checklist.steps.iter().map(|step| step.id.value.as_str());
                vec![key("steps", &ASSESSMENT), Step::Key(step.id.value.clone(), ids(all))]
            }
        }
    }
}

fn key(name: &str, order: &[&str]) -> Step {
    Step::Key(name.to_owned(), order.iter().map(|key| (*key).to_owned()).collect())
}

/// Gives a value to a key of a question, a step or the whole; an empty text takes the value away. An
/// answer is kept with the fingerprint of the wording that it answers.
pub(crate) fn set(
    checklist: &Checklist,
    subject: Subject<'_>,
    name: &str,
    text: &str,
) -> Result<Vec<Edit>, String> {
    let mut way = subject.way(checklist);
    let text = tidy(text);
    match subject {
        Subject::Question(question) => {
            if let Some(perspective) = name.strip_prefix("views.") {
                way.push(key("views", &ENTRY));
                way.push(Step::Key(perspective.to_owned(), Vec::new()));
                return Ok(vec![Edit::Set(way, rating(checklist, question, &text))]);
            }
            known(name, &ON_QUESTION, &subject)?;
            fits(question, name)?;
            let value = answer(checklist, question, name, &text);
            let is_answered = matches!(name, "rating" | "answer") && value != Value::Nothing;
            let mut wording = way.clone();
            way.push(key(name, &ENTRY));
            let mut edits = vec![Edit::Set(way, value)];
            if is_answered {
                wording.push(key("wording", &ENTRY));
                edits.push(Edit::Set(wording, Value::Word(question.wording())));
            }
            Ok(edits)
        }
        Subject::Context(question) => {
            known(name, &ON_QUESTION, &subject)?;
            fits(question, name)?;
            // The answer may stand behind the id itself.
            way.push(match name {
                "answer" => Step::KeyOrSelf(name.to_owned(), keys(&ENTRY)),
                _ => key(name, &ENTRY),
            });
            Ok(vec![Edit::Set(way, answer(checklist, question, name, &text))])
        }
        Subject::Step(_) => {
            known(name, &ON_STEP, &subject)?;
            way.push(key(name, &STEP));
            Ok(vec![Edit::Set(way, value(name, &text))])
        }
        Subject::Whole => {
            known(name, &ON_WHOLE, &subject)?;
            way.push(key(name, &ASSESSMENT));
            Ok(vec![Edit::Set(way, value(name, &text))])
        }
    }
}

/// Confirms that an answer holds for the wording that its question has now.
pub(crate) fn confirm(checklist: &Checklist, question: &Question) -> Edit {
    let mut way = Subject::Question(question).way(checklist);
    way.push(key("wording", &ENTRY));
    Edit::Set(way, Value::Word(question.wording()))
}

/// A piece of evidence that is to be added.
#[derive(Clone, Debug, Default)]
pub(crate) struct NewEvidence {
    /// What it is.
    pub source: String,
    /// How it was gathered.
    pub method: Option<String>,
    /// When.
    pub date: Option<String>,
    /// Whose voice is heard in it.
    pub voices: Vec<String>,
    /// What it says.
    pub says: Option<String>,
    /// When it should be looked at again.
    pub review_by: Option<String>,
    /// Whether it must not leave in a public output.
    pub restricted: bool,
}

impl NewEvidence {
    /// What an assessment has: one that is cited by its id is taken with its words.
    fn of(assessment: &Assessment, item: &Evidence) -> Self {
        let cited = item.cites.value().and_then(|id| assessment.cited(id.trim()));
        let items = || std::iter::once(item).chain(cited);
        let text = |field: fn(&Evidence) -> &Given<String>| {
            items().find_map(|item| field(item).value()).cloned()
        };
        let date = |field: fn(&Evidence) -> &Given<Date>| {
            items().find_map(|item| field(item).value()).map(ToString::to_string)
        };
        let voices = items().map(|item| &item.voices).find(|voices| !voices.is_empty());
        NewEvidence {
            source: text(|item| &item.source)
                .or_else(|| text(|item| &item.cites))
                .unwrap_or_default(),
            method: text(|item| &item.method),
            date: date(|item| &item.date),
            voices: voices.into_iter().flatten().map(|voice| voice.value.clone()).collect(),
            says: text(|item| &item.says),
            review_by: date(|item| &item.review_by),
            restricted: items().any(|item| item.restricted),
        }
    }

    /// A line where nothing but its source is known, otherwise keys with values.
    fn value(&self) -> Value {
        let mut entries = vec![("source".to_owned(), Value::Text(tidy(&self.source)))];
        let mut word = |name: &str, text: &Option<String>| {
            let text = text.as_ref().filter(|text| !text.trim().is_empty());
            entries.extend(text.map(|text| (name.to_owned(), Value::Word(text.trim().to_owned()))));
        };
        word("method", &self.method);
        word("date", &self.date);
        match self.voices.as_slice() {
            [] => {}
            [voice] => word("voice", &Some(voice.clone())),
            voices => entries.push(("voice".to_owned(), words(voices))),
        }
        if let Some(says) = &self.says {
            entries.push(("says".to_owned(), Value::Text(tidy(says))));
        }
        if let Some(date) = &self.review_by {
            entries.push(("review-by".to_owned(), Value::Word(date.clone())));
        }
        if self.restricted {
            entries.push(("restricted".to_owned(), Value::Word("true".to_owned())));
        }
        match entries.len() {
            1 => entries.remove(0).1,
            _ => Value::Map(entries),
        }
    }
}

/// Adds a piece of evidence to the answer to a question.
pub(crate) fn add_evidence(
    checklist: &Checklist,
    subject: Subject<'_>,
    evidence: &NewEvidence,
) -> Result<Edit, String> {
    let (Subject::Question(_) | Subject::Context(_)) = subject else {
        return Err("evidence stands on a question or an action: give the id of one".to_owned());
    };
    let mut way = subject.way(checklist);
    way.push(key("evidence", &ENTRY));
    Ok(Edit::Append(way, evidence.value()))
}

/// Adds a piece of evidence to an action.
pub(crate) fn add_action_evidence(
    assessment: &Assessment,
    id: &str,
    evidence: &NewEvidence,
) -> Result<Edit, String> {
    let mut way = way_of_action(assessment, id)?;
    way.push(key("evidence", &ACTION));
    Ok(Edit::Append(way, evidence.value()))
}

/// An action that is to be added.
#[derive(Clone, Debug, Default)]
pub(crate) struct NewAction {
    /// Its id.
    pub id: String,
    /// What will be done.
    pub task: String,
    /// The role or agency that leads on it.
    pub lead: Option<String>,
    /// The day by which it is to be done.
    pub due: Option<String>,
    /// How far it is.
    pub status: Option<String>,
    /// How anyone will know that it worked.
    pub success: Option<String>,
    /// The questions that it covers.
    pub covers: Vec<String>,
}

/// Adds an action to a question, a step or the whole.
pub(crate) fn add_action(checklist: &Checklist, on: Subject<'_>, action: &NewAction) -> Edit {
    let mut entries = vec![("id".to_owned(), Value::Word(action.id.clone()))];
    if !action.covers.is_empty() {
        entries.push(("covers".to_owned(), words(&action.covers)));
    }
    entries.push(("task".to_owned(), Value::Text(tidy(&action.task))));
    let mut give = |name: &str, text: &Option<String>| {
        let text = text.as_ref().map(|text| tidy(text)).filter(|text| !text.is_empty());
        entries.extend(text.map(|text| (name.to_owned(), value(name, &text))));
    };
    give("lead", &action.lead);
    give("due", &action.due);
    give("status", &action.status);
    give("success", &action.success);
    Edit::Append(way_to_actions(checklist, on), Value::Map(entries))
}

/// Adds an action that an earlier assessment holds, whole: its first origin stays, and it counts how
/// often it was carried. `from` is the period and id under which the earlier assessment has it.
pub(crate) fn carry(
    checklist: &Checklist,
    on: Subject<'_>,
    earlier: &Assessment,
    action: &Action,
    from: &str,
) -> Edit {
    let word =
        |name: &str, text: Option<String>| text.map(|text| (name.to_owned(), Value::Word(text)));
    let line = |name: &str, text: Option<&String>| {
        text.map(|text| (name.to_owned(), Value::Text(text.clone())))
    };
    let covers: Vec<String> = action.covers.iter().map(|id| id.value.clone()).collect();
    let origin = action.carried_from.value().map_or(from, |first| first.trim());
    let carried = action.times_carried() + 1;
    let evidence = action.evidence.iter().map(|item| NewEvidence::of(earlier, item).value());
    let evidence: Vec<Value> = evidence.collect();
    let entries = [
        word("id", action.id.value().cloned()),
        (!covers.is_empty()).then(|| ("covers".to_owned(), words(&covers))),
        line("task", action.task.value()),
        line("lead", action.lead.value()),
        word("due", action.due.value().map(ToString::to_string)),
        word("status", Some(action.status.value.word().to_owned())),
        line("success", action.success.value()),
        response(action),
        (!evidence.is_empty()).then(|| ("evidence".to_owned(), Value::List(evidence))),
        line("impact", action.impact.value()),
        word("review-by", action.review_by.value().map(ToString::to_string)),
        word("closed", action.closed.value().map(ToString::to_string)),
        word("carried-from", Some(origin.to_owned())),
        (carried > 1).then(|| ("carried".to_owned(), Value::Word(carried.to_string()))),
    ];
    let entries = entries.into_iter().flatten().collect();
    Edit::Append(way_to_actions(checklist, on), Value::Map(entries))
}

/// The partnership's answer: on one line where there is no reason to give.
fn response(action: &Action) -> Option<(String, Value)> {
    let response = action.response.as_ref()?;
    let mut entries = Vec::new();
    let said = response.said.value().cloned();
    entries.extend(said.map(|said| ("said".to_owned(), Value::Word(said))));
    let date = response.date.value().map(ToString::to_string);
    entries.extend(date.map(|date| ("date".to_owned(), Value::Word(date))));
    let value = match response.reason.value() {
        None => Value::Inline(entries),
        Some(reason) => {
            entries.push(("reason".to_owned(), Value::Text(reason.clone())));
            Value::Map(entries)
        }
    };
    Some(("response".to_owned(), value))
}

fn way_to_actions(checklist: &Checklist, on: Subject<'_>) -> Vec<Step> {
    let mut way = on.way(checklist);
    way.push(match on {
        Subject::Question(_) | Subject::Context(_) => key("actions", &ENTRY),
        Subject::Step(_) => key("actions", &STEP),
        Subject::Whole => key("actions", &ASSESSMENT),
    });
    way
}

/// Gives a value to a key of an action; an empty text takes the value away.
pub(crate) fn update_action(
    assessment: &Assessment,
    id: &str,
    name: &str,
    text: &str,
) -> Result<Edit, String> {
    let mut way = way_of_action(assessment, id)?;
    if !ON_ACTION.contains(&name) {
        return Err(unknown_key(name, &ON_ACTION, &format!("action {id}")));
    }
    let text = tidy(text);
    let last = match name.split_once('.') {
        Some((group, name)) => {
            way.push(key(group, &ACTION));
            way.push(key(name, &RESPONSE));
            name
        }
        None => {
            way.push(key(name, &ACTION));
            name
        }
    };
    Ok(Edit::Set(way, value(last, &text)))
}

/// Closes an action on a piece of evidence.
pub(crate) fn close_action(
    assessment: &Assessment,
    id: &str,
    evidence: &NewEvidence,
    closed: Option<&str>,
) -> Result<Vec<Edit>, String> {
    let status = ActionStatus::Closed.word();
    let mut edits = vec![update_action(assessment, id, "status", status)?];
    edits.push(add_action_evidence(assessment, id, evidence)?);
    if let Some(closed) = closed {
        edits.push(update_action(assessment, id, "closed", closed)?);
    }
    Ok(edits)
}

/// An action by its id, and what it stands on.
pub(crate) fn find_action<'a>(
    assessment: &'a Assessment,
    id: &str,
) -> Result<(Origin<'a>, &'a Action), String> {
    let is_it = |action: &Action| action.id.value().is_some_and(|own| own.trim() == id);
    let mut found = assessment.all_actions().filter(|(_, action)| is_it(action));
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        (Some(_), Some(_)) => {
            Err(format!("there are several actions {id}: give each an id of its own first"))
        }
        (None, _) => {
            let ids = assessment.all_actions().filter_map(|(_, action)| action.id.value());
            let near = nearest(id, ids.map(String::as_str));
            let hint = near.map_or(String::new(), |near| format!(": did you mean {near}?"));
            Err(format!("there is no action {}{hint}", quoted(id)))
        }
    }
}

/// What an action stands on, in the terms of the checklist.
pub(crate) fn subject_of<'c>(
    checklist: &'c Checklist,
    origin: Origin<'_>,
) -> Result<Subject<'c>, String> {
    match origin {
        Origin::Question(id) => subject(checklist, &id.value),
        Origin::Step(id) => subject(checklist, &format!("step:{}", id.value)),
        Origin::Whole => Ok(Subject::Whole),
    }
}

fn way_of_action(assessment: &Assessment, id: &str) -> Result<Vec<Step>, String> {
    let (origin, _) = find_action(assessment, id)?;
    // What stands on a question that the checklist does not know can be changed as well.
    let own = |part: &str, id: &str| {
        vec![key(part, &ASSESSMENT), Step::Key(id.to_owned(), Vec::new()), key("actions", &ENTRY)]
    };
    let mut way = match origin {
        Origin::Whole => vec![key("actions", &ASSESSMENT)],
        Origin::Step(step) => own("steps", &step.value),
        Origin::Question(question) => {
            let is_here = |entry: &&crate::model::assessment::Entry| entry.id == *question;
            match assessment.context.iter().find(is_here) {
                Some(_) => own("context", &question.value),
                None => own("ratings", &question.value),
            }
        }
    };
    way.push(Step::Item("id", id.to_owned()));
    Ok(way)
}

/// The id for the next action: the highest number that was ever used, and one more, in the same form.
pub(crate) fn next_id<'i>(ids: impl IntoIterator<Item = &'i str>) -> String {
    let split = |id: &'i str| {
        // "2025-26 Q4/A-07" names the action A-07.
        let id = id.rsplit('/').next().unwrap_or(id).trim();
        let digits = id.len() - id.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let (prefix, number) = id.split_at(id.len() - digits);
        number.parse::<u64>().ok().map(|value| (value, prefix, digits))
    };
    match ids.into_iter().filter_map(split).max_by_key(|(value, _, _)| *value) {
        Some((value, prefix, digits)) => format!("{prefix}{:0digits$}", value + 1),
        None => "A-01".to_owned(),
    }
}

fn keys(order: &[&str]) -> Vec<String> {
    order.iter().map(|key| (*key).to_owned()).collect()
}

/// Refuses a key that cannot be set there.
fn known(name: &str, keys: &[&str], subject: &Subject<'_>) -> Result<(), String> {
    if keys.contains(&name) {
        return Ok(());
    }
    Err(unknown_key(name, keys, &subject.name()))
}

fn unknown_key(name: &str, keys: &[&str], about: &str) -> String {
    match nearest(name, keys.iter().copied()) {
        Some(near) => format!("{} cannot be set on {about}: did you mean {near}?", quoted(name)),
        None => format!(
            "{} cannot be set on {about}: the keys that can are {}",
            quoted(name),
            join_words(keys, "and")
        ),
    }
}

/// Refuses a rating for a question that is answered, and the other way round.
fn fits(question: &Question, name: &str) -> Result<(), String> {
    match (name, question.is_rated()) {
        ("answer", true) => Err(format!("{} is rated: write rating=...", question.name())),
        ("rating", false) => {
            Err(format!("{} is answered, not rated: write answer=...", question.name()))
        }
        _ => Ok(()),
    }
}

fn answer(checklist: &Checklist, question: &Question, name: &str, text: &str) -> Value {
    match (name, &question.kind) {
        ("rating", _) => rating(checklist, question, text),
        ("answer", Kind::Choices(_)) if text.eq_ignore_ascii_case(NOT_APPLICABLE) => {
            Value::Word(NOT_APPLICABLE.to_owned())
        }
        ("answer", Kind::Choices(_)) => {
            let chosen: Vec<String> = text.split(',').map(|word| word.trim().to_owned()).collect();
            if text.is_empty() { Value::Nothing } else { words(&chosen) }
        }
        ("answer", Kind::YesNo | Kind::Choice(_) | Kind::Number(_)) if !text.is_empty() => {
            Value::Word(text.to_owned())
        }
        _ => value(name, text),
    }
}

/// A rating as its scale writes it, whatever the letter case.
fn rating(checklist: &Checklist, question: &Question, text: &str) -> Value {
    let own = checklist.scale_of(question).and_then(|scale| scale.find(text));
    let other = [NOT_APPLICABLE, TOO_EARLY].into_iter().find(|w| w.eq_ignore_ascii_case(text));
    match (text, own, other) {
        ("", _, _) => Value::Nothing,
        (_, Some(value), _) => Value::Word(value.value.value.clone()),
        (_, None, Some(word)) => Value::Word(word.to_owned()),
        (_, None, None) => Value::Word(text.to_owned()),
    }
}

/// A value as its key asks: a list, a word, or a text.
fn value(name: &str, text: &str) -> Value {
    match name {
        _ if text.is_empty() => Value::Nothing,
        "covers" => {
            let ids: Vec<String> = text.split(',').map(|id| id.trim().to_owned()).collect();
            words(&ids)
        }
        "status" | "assurance" | "said" => Value::Word(text.to_lowercase()),
        "due" | "date" | "closed" | "review-by" | "as-at" | "wording" | "carried-from" => {
            Value::Word(text.to_owned())
        }
        _ => Value::Text(text.to_owned()),
    }
}

fn words(texts: &[String]) -> Value {
    Value::List(texts.iter().map(|text| Value::Word(text.trim().to_owned())).collect())
}

/// A text as files hold it: one kind of line end, nothing but words at its end.
fn tidy(text: &str) -> String {
    text.replace("\r\n", "\n").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_the_next_free_id() {
        let check = |ids: &[&str], next| assert_eq!(next_id(ids.iter().copied()), next, "{ids:?}");
        check(&[], "A-01");
        check(&["A-07", "A-03"], "A-08");
        check(&["A-09"], "A-10");
        check(&["A-99"], "A-100");
        check(&["A-2", "2025-26 Q4/A-15", "note"], "A-16");
        check(&["NM/7"], "8");
        check(&["Action 12"], "Action 13");
    }
}
