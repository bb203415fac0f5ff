//! What the respondent said last time, and nothing that anybody else said.

use super::Plan;
use super::words::Shown;
use crate::interview::reply::Menu;
use crate::model::assessment::{Answer, Entry};
use crate::model::checklist::Question;
use crate::model::standing::{AGREED, NOT_APPLICABLE, TOO_EARLY};
use crate::start::Previous;
use crate::text::{one_line, visible};

/// The most that is shown of what was said, in characters.
const LONGEST: usize = 1500;

/// Whose words an earlier assessment holds, as far as this respondent is concerned.
enum Whose {
    /// The respondent's own assessment.
    Own,
    /// The agreed one, which names the rating that they gave.
    Agreed,
    /// Somebody else's.
    Others,
}

fn whose(plan: &Plan<'_>, previous: Previous<'_>) -> Whose {
    let perspective = previous.assessment.perspective.value().map(|whose| whose.trim());
    match perspective {
        Some(whose) if whose == plan.facts.perspective => Whose::Own,
        Some(AGREED) => Whose::Agreed,
        Some(_) | None => Whose::Others,
    }
}

/// What is shown of last time.
pub(super) fn sentence(plan: &Plan<'_>) -> String {
    let Some(previous) = plan.previous else {
        return "Nothing was given to this form from an earlier period.".to_owned();
    };
    let period = previous.assessment.period.value().map(|period| period.name.clone());
    let period = period.unwrap_or_else(|| "the period before".to_owned());
    match whose(plan, previous) {
        Whose::Own => format!("Your own answers for {period} are shown; nobody else's are."),
        Whose::Agreed => format!(
            "The ratings that you gave for {period} are shown, as far as they were kept; nobody \
             else's are."
        ),
        Whose::Others => format!("No answers of yours for {period} were given to this form."),
    }
}

/// What was said to a question. It is found by its wording: an answer to other words is not shown.
pub(super) fn said(plan: &Plan<'_>, question: &Question, menu: &Menu<'_>) -> String {
    const NOTHING: &str = "Nothing to show.";
    let Some(previous) = plan.previous else { return NOTHING.to_owned() };
    let Some((entry, other_id)) = find(previous, question) else { return NOTHING.to_owned() };
    let own = match whose(plan, previous) {
        Whose::Own => whole(entry, menu),
        Whose::Agreed => {
            let mut views = entry.views.iter();
            let own = views.find(|(whose, _)| whose.value.trim() == plan.facts.perspective);
            own.map(|(_, rating)| format!("{}.", label(&Shown::of(&menu.offers), &rating.value)))
                .unwrap_or_default()
        }
        Whose::Others => String::new(),
    };
    let said: String = own.chars().take(LONGEST).collect();
    let cut = if said.len() < own.len() { "… (cut)" } else { "" };
    match (said.as_str(), other_id) {
        ("", _) => NOTHING.to_owned(),
        (said, None) => format!("{said}{cut}"),
        (said, Some(id)) => format!("As question {id}: {said}{cut}"),
    }
}

/// The answer to the same words: under the same id, or under another, which is named then.
fn find<'p>(previous: Previous<'p>, question: &Question) -> Option<(&'p Entry, Option<&'p str>)> {
    let wording = question.wording();
    let answered = |entry: &Entry| {
        let of_checklist = || previous.checklist.question(&entry.id.value).map(Question::wording);
        let own = entry.wording.value().map(|own| own.trim().to_owned());
        own.or_else(of_checklist).is_some_and(|own| own == wording)
    };
    let entries = || previous.assessment.ratings.iter().filter(|entry| answered(entry));
    let same = entries().find(|entry| entry.id.value == question.id.value);
    same.map(|entry| (entry, None))
        .or_else(|| entries().next().map(|entry| (entry, Some(entry.id.value.as_str()))))
}

/// A rating or an answer with its reasons. Evidence and notes stay where they are.
fn whole(entry: &Entry, menu: &Menu<'_>) -> String {
    let shown = Shown::of(&menu.offers);
    let answer = match (entry.rating.value(), &entry.answer) {
        (Some(rating), _) => label(&shown, rating),
        (None, Answer::One(text)) => label(&shown, &text.value),
        (None, Answer::Many(list, _)) => {
            let labels = list.iter().map(|text| label(&shown, &text.value));
            labels.collect::<Vec<_>>().join(", ")
        }
        (None, Answer::Absent | Answer::Unreadable) => String::new(),
    };
    let mut parts = vec![answer];
    parts.extend(entry.because.value().map(|because| plain(because)));
    parts.extend(entry.remaining.value().map(|rest| format!("Still to do: {}", plain(rest))));
    parts.retain(|part| !part.is_empty());
    let end = |part: &String| match part.ends_with(['.', '!', '?']) {
        true => part.clone(),
        false => format!("{part}."),
    };
    parts.iter().map(end).collect::<Vec<_>>().join(" ")
}

fn label(shown: &Shown<'_>, value: &str) -> String {
    let value = value.trim();
    match shown.of_value(value) {
        Some(words) => words,
        None if value.eq_ignore_ascii_case(NOT_APPLICABLE) => "Not applicable".to_owned(),
        None if value.eq_ignore_ascii_case(TOO_EARLY) => "Too early to say".to_owned(),
        None => plain(value),
    }
}

fn plain(text: &str) -> String {
    one_line(&visible(text))
}
