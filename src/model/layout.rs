//! How the files are laid out: the order of the keys in each kind of group, and what their values are.
//!
//! It is the order of the examples and of `docs/formats.md`. Which keys there are, the decoders say;
//! a key is in one of these tables exactly if it is in one of theirs.

#[cfg(test)]
mod generated;

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::model::assessment::ActionStatus;
use crate::model::programme::{ActivityStatus, MeetingKind, Presence, STAGES};
use crate::model::standing::{NOT_APPLICABLE, TOO_EARLY};
use crate::model::workspace::TEMPLATES;
use crate::syntax::layout::Form;

/// The words for how far an assessment is.
const STATUS: [&str; 2] = ["draft", "final"];

/// The words of a table of words and what they stand for.
macro_rules! words_of {
    ($table:expr) => {{
        let mut words = [""; $table.len()];
        let mut place = 0;
        while place < words.len() {
            words[place] = $table[place].0;
            place += 1;
        }
        words
    }};
}

/// The words for how far an action is.
const ACTION_STATUS: [&str; ActionStatus::WORDS.len()] = words_of!(ActionStatus::WORDS);

/// The words of a programme: for how far an activity is, what sort of group meets, what became of a
/// meeting, and where expenses stand.
const ACTIVITY_STATUS: [&str; ActivityStatus::WORDS.len()] = words_of!(ActivityStatus::WORDS);
const MEETING_KIND: [&str; MeetingKind::WORDS.len()] = words_of!(MeetingKind::WORDS);
const PRESENCE: [&str; Presence::WORDS.len()] = words_of!(Presence::WORDS);
const EXPENSES: [&str; 2] = ["inside", "outside"];

/// The words that stand in place of a rating in any assessment.
pub(crate) const NO_RATING: [&str; 2] = [NOT_APPLICABLE, TOO_EARLY];

/// The layout of an assessment, with the words that can be given as ratings.
pub(crate) fn assessment<'w>(ratings: &'w [&'w str]) -> Form<'w> {
    Form::Group(vec![
        ("scrutiny", Form::Text),
        ("checklist", Form::Text),
        ("partnership", Form::Text),
        ("period", period()),
        ("perspective", Form::Text),
        ("assessor", Form::Text),
        ("as-at", Form::Date),
        ("status", Form::Word(&STATUS)),
        ("covers", Form::Text),
        ("expect", expect()),
        ("summary", Form::Prose),
        ("assurance", Form::Text),
        ("notes", Form::Prose),
        ("context", Form::ByIds(Box::new(entry(ratings)))),
        ("ratings", Form::ByIds(Box::new(entry(ratings)))),
        ("steps", Form::ByIds(Box::new(step()))),
        ("actions", list(action())),
        ("evidence", Form::ByIds(Box::new(evidence()))),
    ])
}

/// Whether a word is a key of any of our files.
pub(crate) fn is_key(word: &str) -> bool {
    static KEYS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
        let mut keys = HashSet::new();
        for form in [assessment(&[]), checklist(), workspace()] {
            add_keys(&form, &mut keys);
        }
        keys
    });
    KEYS.contains(word)
}

fn add_keys(form: &Form<'_>, keys: &mut HashSet<&'static str>) {
    match form {
        Form::Text | Form::Prose | Form::Date | Form::Word(_) => {}
        Form::Group(group) => {
            for (key, value) in group {
                keys.insert(key);
                add_keys(value, keys);
            }
        }
        Form::ByIds(inner) | Form::List(inner) => add_keys(inner, keys),
    }
}

fn list(form: Form<'_>) -> Form<'_> {
    Form::List(Box::new(form))
}

fn period<'w>() -> Form<'w> {
    Form::Group(vec![("from", Form::Date), ("to", Form::Date)])
}

/// Totals by word, and under `steps` by step and word.
fn expect<'w>() -> Form<'w> {
    let by_ids = |form| Form::ByIds(Box::new(form));
    by_ids(by_ids(by_ids(Form::Text)))
}

fn entry<'w>(ratings: &'w [&'w str]) -> Form<'w> {
    Form::Group(vec![
        ("rating", Form::Word(ratings)),
        ("answer", Form::Prose),
        ("wording", Form::Text),
        ("review-by", Form::Date),
        ("because", Form::Prose),
        ("evidence", list(evidence())),
        ("remaining", Form::Prose),
        ("actions", list(action())),
        ("views", Form::ByIds(Box::new(Form::Word(ratings)))),
        ("reason", Form::Prose),
        ("dissent", Form::Prose),
        ("notes", Form::Prose),
    ])
}

fn evidence<'w>() -> Form<'w> {
    Form::Group(vec![
        ("ref", Form::Text),
        ("source", Form::Prose),
        ("method", Form::Text),
        ("date", Form::Date),
        ("voice", Form::Text),
        ("says", Form::Prose),
        ("review-by", Form::Date),
        ("restricted", Form::Text),
    ])
}

fn action<'w>() -> Form<'w> {
    Form::Group(vec![
        ("id", Form::Text),
        ("covers", Form::Text),
        ("task", Form::Prose),
        ("lead", Form::Text),
        ("due", Form::Date),
        ("status", Form::Word(&ACTION_STATUS)),
        ("success", Form::Prose),
        ("response", response()),
        ("evidence", list(evidence())),
        ("impact", Form::Prose),
        ("review-by", Form::Date),
        ("closed", Form::Date),
        ("carried-from", Form::Text),
        ("carried", Form::Text),
        ("notes", Form::Prose),
    ])
}

fn response<'w>() -> Form<'w> {
    Form::Group(vec![("said", Form::Text), ("date", Form::Date), ("reason", Form::Prose)])
}

fn step<'w>() -> Form<'w> {
    Form::Group(vec![
        ("summary", Form::Prose),
        ("assurance", Form::Text),
        ("notes", Form::Prose),
        ("actions", list(action())),
    ])
}

/// The layout of a programme.
pub(crate) fn programme() -> Form<'static> {
    Form::Group(vec![
        ("scrutiny", Form::Text),
        ("checklist", Form::Text),
        ("partnership", Form::Text),
        ("year", period()),
        ("scrutineer", Form::Text),
        ("agreed", Form::Date),
        ("as-at", Form::Date),
        ("summary", Form::Prose),
        ("notes", Form::Prose),
        ("budget", budget()),
        ("activities", list(activity())),
        ("meetings", list(meeting())),
        ("information", list(request())),
        ("challenges", list(challenge())),
        ("deep-dives", list(deep_dive())),
    ])
}

fn budget() -> Form<'static> {
    let mut keys = texts(&["days", "day-rate", "day-rate-cap", "cost-cap"]);
    keys.extend([("expenses", Form::Word(&EXPENSES)), ("warn-at", Form::Text)]);
    Form::Group(keys)
}

fn activity() -> Form<'static> {
    Form::Group(vec![
        ("id", Form::Text),
        ("what", Form::Prose),
        ("how", Form::Prose),
        ("when", Form::Text),
        ("steps", Form::Text),
        ("planned", Form::Text),
        ("used", Form::Text),
        ("expenses", Form::Text),
        ("status", Form::Word(&ACTIVITY_STATUS)),
        ("notes", Form::Prose),
    ])
}

fn meeting() -> Form<'static> {
    Form::Group(vec![
        ("id", Form::Text),
        ("group", Form::Text),
        ("kind", Form::Word(&MEETING_KIND)),
        ("at-least", Form::Text),
        ("steps", Form::Text),
        ("dates", list(sitting())),
        ("notes", Form::Prose),
    ])
}

fn sitting() -> Form<'static> {
    Form::Group(vec![
        ("when", Form::Text),
        ("presence", Form::Word(&PRESENCE)),
        ("planned", Form::Text),
        ("used", Form::Text),
        ("expenses", Form::Text),
        ("notes", Form::Prose),
    ])
}

fn request() -> Form<'static> {
    Form::Group(vec![
        ("id", Form::Text),
        ("what", Form::Prose),
        ("asked-of", Form::Text),
        ("asked", Form::Date),
        ("promised", Form::Date),
        ("received", Form::Date),
        ("withdrawn", Form::Date),
        ("notes", Form::Prose),
    ])
}

fn challenge() -> Form<'static> {
    Form::Group(vec![
        ("id", Form::Text),
        ("date", Form::Date),
        ("to", Form::Text),
        ("what", Form::Prose),
        ("response", Form::Prose),
        ("outcome", Form::Prose),
        ("review-by", Form::Date),
        ("notes", Form::Prose),
    ])
}

fn deep_dive() -> Form<'static> {
    Form::Group(vec![
        ("id", Form::Text),
        ("title", Form::Text),
        ("lines-of-enquiry", list(Form::Prose)),
        ("steps", Form::Text),
        ("planned", Form::Text),
        ("used", Form::Text),
        ("expenses", Form::Text),
        ("stages", stages()),
        ("notes", Form::Prose),
    ])
}

fn stages() -> Form<'static> {
    Form::Group(STAGES.iter().map(|key| (*key, stage())).collect())
}

fn stage() -> Form<'static> {
    Form::Group(vec![("planned", Form::Text), ("done", Form::Date)])
}

/// The layout of a checklist. Its tables stay in the author's order, only their keys are put in order.
pub(crate) fn checklist() -> Form<'static> {
    let mut keys = texts(&HEAD);
    keys.extend([
        ("scales", Form::ByIds(Box::new(list(group(&VALUE))))),
        ("step", list(with_questions(&STEP))),
        ("context", list(group(&QUESTION))),
        ("add", list(with_questions(&ADD))),
        ("drop", list(group(&DROP))),
        ("reword", list(group(&REWORD))),
    ]);
    Form::Group(keys)
}

/// The layout of `scrutiny.toml`.
pub(crate) fn workspace() -> Form<'static> {
    let mut keys = texts(&SETTINGS);
    keys.extend([
        ("assessors", Form::ByIds(Box::new(Form::Text))),
        ("partner", list(group(&AGENCY))),
        ("agency", list(group(&AGENCY))),
        ("evidence", group(&EVIDENCE)),
        ("templates", group(&TEMPLATES)),
        ("findings", Form::ByIds(Box::new(group(&LEVEL)))),
        ("exception", list(group(&EXCEPTION))),
    ]);
    Form::Group(keys)
}

/// The layout of a mapping.
pub(crate) fn mapping() -> Form<'static> {
    let mut keys = texts(&MAPPING);
    keys.extend([("question", list(group(&MAPPED))), ("step", list(group(&MAPPED_STEP)))]);
    Form::Group(keys)
}

const HEAD: [&str; 11] = [
    "scrutiny",
    "id",
    "title",
    "edition",
    "extends",
    "about",
    "source",
    "attribution",
    "roll-up",
    "scale",
    "assurance",
];
const VALUE: [&str; 8] =
    ["value", "label", "means", "evidence", "remaining", "action", "partial", "young-people"];
const STEP: [&str; 4] = ["id", "title", "part", "from"];
const QUESTION: [&str; 19] = [
    "id",
    "title",
    "ask",
    "points",
    "from",
    "kind",
    "scale",
    "means",
    "evidence",
    "not-applicable",
    "respondents",
    "only-if",
    "choices",
    "unit",
    "min",
    "max",
    "themes",
    "prompts",
    "young-people",
];
const ADD: [&str; 23] = [
    "step",
    "after",
    "id",
    "title",
    "part",
    "ask",
    "points",
    "from",
    "kind",
    "scale",
    "means",
    "evidence",
    "not-applicable",
    "respondents",
    "only-if",
    "choices",
    "unit",
    "min",
    "max",
    "why",
    "themes",
    "prompts",
    "young-people",
];
const DROP: [&str; 2] = ["id", "why"];
const REWORD: [&str; 5] = ["id", "title", "ask", "points", "why"];
const SETTINGS: [&str; 6] =
    ["partnership", "short-name", "first-month", "yearly-report", "marking", "perspectives"];
const AGENCY: [&str; 3] = ["id", "label", "kind"];
const EVIDENCE: [&str; 2] = ["methods", "voices"];
const LEVEL: [&str; 2] = ["level", "why"];
const MAPPING: [&str; 3] = ["scrutiny", "from", "to"];
const MAPPED: [&str; 5] = ["old", "new", "carry", "kind", "reason"];
const MAPPED_STEP: [&str; 3] = ["old", "new", "reason"];
const EXCEPTION: [&str; 4] = ["rule", "file", "at", "why"];

fn texts(keys: &[&'static str]) -> Vec<(&'static str, Form<'static>)> {
    keys.iter().map(|key| (*key, Form::Text)).collect()
}

fn group(keys: &[&'static str]) -> Form<'static> {
    Form::Group(texts(keys))
}

fn with_questions(keys: &[&'static str]) -> Form<'static> {
    let mut keys = texts(keys);
    keys.push(("question", list(group(&QUESTION))));
    Form::Group(keys)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{assessment, definition, mapping, programme, workspace};

    #[test]
    fn every_key_has_its_place_in_the_layout() {
        let check = |form: &Form<'_>, keys: &[&str]| {
            let Form::Group(known) = form else { panic!("{keys:?} are keys of a group") };
            let mut known: Vec<&str> = known.iter().map(|(key, _)| *key).collect();
            let mut keys = keys.to_vec();
            known.sort_unstable();
            keys.sort_unstable();
            assert_eq!(known, keys);
        };
        check(&super::assessment(&[]), &assessment::ASSESSMENT);
        check(&entry(&[]), &assessment::ENTRY);
        check(&evidence(), &assessment::EVIDENCE);
        check(&action(), &assessment::ACTION);
        check(&response(), &assessment::RESPONSE);
        check(&step(), &assessment::STEP);
        check(&period(), &assessment::PERIOD);
        check(&super::programme(), &programme::PROGRAMME);
        check(&budget(), &programme::BUDGET);
        check(&activity(), &programme::ACTIVITY);
        check(&meeting(), &programme::MEETING);
        check(&sitting(), &programme::SITTING);
        check(&request(), &programme::REQUEST);
        check(&challenge(), &programme::CHALLENGE);
        check(&deep_dive(), &programme::DEEP_DIVE);
        check(&stages(), &programme::STAGES);
        check(&stage(), &programme::STAGE);
        check(&checklist(), &definition::CHECKLIST);
        check(&group(&VALUE), &definition::VALUE);
        check(&with_questions(&STEP), &definition::STEP);
        check(&group(&QUESTION), &definition::QUESTION);
        check(&with_questions(&ADD), &definition::ADD);
        check(&group(&DROP), &definition::DROP);
        check(&group(&REWORD), &definition::REWORD);
        check(&super::mapping(), &mapping::MAPPING);
        check(&group(&MAPPED), &mapping::MAPPED);
        check(&group(&MAPPED_STEP), &mapping::MAPPED_STEP);
        check(&super::workspace(), &workspace::WORKSPACE);
        check(&group(&AGENCY), &workspace::AGENCY);
        check(&group(&EVIDENCE), &workspace::EVIDENCE);
        check(&group(&TEMPLATES), &workspace::TEMPLATES);
        check(&group(&LEVEL), &workspace::LEVEL);
        check(&group(&EXCEPTION), &workspace::EXCEPTION);
    }
}
