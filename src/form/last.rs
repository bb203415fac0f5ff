//! What the respondent said last time, and nothing that anybody else said.

use std::collections::HashMap;

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

/// What was said last time, by the words of the questions: an answer to other words is not shown.
pub(super) struct Last<'p> {
    whose: Whose,
    /// The answers to each wording, by its fingerprint.
    worded: HashMap<String, Vec<&'p Entry>>,
}

impl<'p> Last<'p> {
    /// Finds out which words each answer was given to.
    pub(super) fn of(plan: &Plan<'p>) -> Option<Self> {
        let previous = plan.previous?;
        let mut worded: HashMap<String, Vec<&Entry>> = HashMap::new();
        for entry in &previous.assessment.ratings {
            let asked = || previous.checklist.question(&entry.id.value).map(Question::wording);
            let own = entry.wording.value().map(|own| own.trim().to_owned());
            if let Some(wording) = own.or_else(asked) {
                worded.entry(wording).or_default().push(entry);
            }
        }
        Some(Last { whose: whose(plan, previous), worded })
    }

    /// The answer to the same words: under the same id, or under another, which is named then.
    fn find(&self, question: &Question, wording: &str) -> Option<(&'p Entry, Option<&'p str>)> {
        let answers = self.worded.get(wording)?;
        let same = answers.iter().find(|entry| entry.id.value == question.id.value);
        let other = || answers.first().map(|entry| (*entry, Some(entry.id.value.as_str())));
        same.map(|entry| (*entry, None)).or_else(other)
    }

    /// What was said to a question.
    fn said(
        &self,
        plan: &Plan<'_>,
        question: &Question,
        wording: &str,
        menu: &Menu<'_>,
    ) -> Option<String> {
        let (entry, other_id) = self.find(question, wording)?;
        let own = match self.whose {
            Whose::Own => whole(entry, menu),
            Whose::Agreed => {
                let mut views = entry.views.iter();
                let own = views.find(|(whose, _)| whose.value.trim() == plan.facts.perspective);
                own.map(|(_, rating)| {
                    format!("{}.", label(&Shown::of(&menu.offers), &rating.value))
                })
                .unwrap_or_default()
            }
            Whose::Others => String::new(),
        };
        let said: String = own.chars().take(LONGEST).collect();
        let cut = if said.len() < own.len() { "… (cut)" } else { "" };
        match (said.as_str(), other_id) {
            ("", _) => None,
            (said, None) => Some(format!("{said}{cut}")),
            (said, Some(id)) => Some(format!("As question {id}: {said}{cut}")),
        }
    }
}

/// What was said to a question with a wording, or that there is nothing to show.
pub(super) fn said(
    last: Option<&Last<'_>>,
    plan: &Plan<'_>,
    question: &Question,
    wording: &str,
    menu: &Menu<'_>,
) -> String {
    let said = last.and_then(|last| last.said(plan, question, wording, menu));
    said.unwrap_or_else(|| "Nothing to show.".to_owned())
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
