//! From answers to changes of an assessment: what is there already is no change, and what is not
//! answered stays as it is.

use super::Problem;
use super::check::{Answered, lacking};
use crate::change::{self, NewEvidence, Subject};
use crate::form::{Field, Mode};
use crate::model::assessment::{Answer, Assessment, Entry};
use crate::model::checklist::{Checklist, Question};
use crate::syntax::edit::Edit;
use crate::text::one_line;

/// What changes on one question.
#[derive(Debug)]
pub(crate) struct Change {
    /// The question, as messages name it.
    pub name: String,
    /// What becomes of its values.
    pub values: Vec<Becomes>,
    /// The edits that make it so.
    pub edits: Vec<Edit>,
}

/// What becomes of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Becomes {
    /// The key.
    pub key: &'static str,
    /// What stands there; empty where nothing does.
    pub from: String,
    /// What will stand there.
    pub to: String,
}

/// The changes, in the order of the answers.
pub(crate) fn changes(
    answered: &[Answered<'_>],
    checklist: &Checklist,
    assessment: &Assessment,
) -> Result<Vec<Change>, Vec<Problem>> {
    let mut changes = Vec::new();
    let mut problems = Vec::new();
    for one in answered {
        let entry = assessment.rating(&one.question.id.value);
        problems.extend(lacks(one, entry));
        match change(one, checklist, entry) {
            Ok(change) if change.edits.is_empty() => {}
            Ok(change) => changes.push(change),
            Err(message) => problems.push(Problem::whole(message)),
        }
    }
    if problems.is_empty() { Ok(changes) } else { Err(problems) }
}

/// A value that needs something beside it, which neither the form nor the file has.
fn lacks(answered: &Answered<'_>, entry: Option<&Entry>) -> Option<Problem> {
    let (_, answer) = answered.values.iter().find(|(field, _)| *field == Field::Answer)?;
    let (field, message) = lacking(&answer.text)?;
    let is_there = match field {
        Field::Because => entry.is_some_and(|entry| !entry.because.is_absent()),
        Field::ReviewBy => entry.is_some_and(|entry| !entry.review_by.is_absent()),
        Field::Answer | Field::Evidence | Field::Remaining => false,
    };
    let is_given = answered.values.iter().any(|(own, _)| *own == field);
    (!is_there && !is_given).then(|| Problem::at(&answer.place, message))
}

fn change(
    answered: &Answered<'_>,
    checklist: &Checklist,
    entry: Option<&Entry>,
) -> Result<Change, String> {
    let question = answered.question;
    let subject = Subject::Question(question);
    let mut change = Change { name: question.name(), values: Vec::new(), edits: Vec::new() };
    for (field, written) in &answered.values {
        if *field == Field::Evidence {
            evidence(&mut change, checklist, subject, &written.text, entry)?;
            continue;
        }
        let key = key(*field, question);
        let from = entry.map(|entry| now(entry, *field)).unwrap_or_default();
        let is_same = match field {
            Field::Answer if Mode::of(question) != Mode::Words => same_words(&from, &written.text),
            _ => plain(&from) == plain(&written.text),
        };
        let is_stale = *field == Field::Answer && is_stale(entry, question);
        if is_same && !is_stale {
            continue;
        }
        change.edits.extend(change::set(checklist, subject, key, &plain(&written.text))?);
        let to = match is_same {
            true => format!("{}, for the wording as it is now", one_line(&written.text)),
            false => one_line(&written.text),
        };
        change.values.push(Becomes { key, from: one_line(&from), to });
    }
    Ok(change)
}

/// Adds the pieces of evidence that are not there yet.
fn evidence(
    change: &mut Change,
    checklist: &Checklist,
    subject: Subject<'_>,
    written: &str,
    entry: Option<&Entry>,
) -> Result<(), String> {
    let mut there: Vec<String> = entry
        .into_iter()
        .flat_map(|entry| &entry.evidence)
        .filter_map(|item| item.source.value())
        .map(|source| one_line(source).to_lowercase())
        .collect();
    for line in written.lines().map(unmarked) {
        let known = one_line(line).to_lowercase();
        if known.is_empty() || there.contains(&known) {
            continue;
        }
        there.push(known);
        let source = one_line(line);
        let new = NewEvidence { source: source.clone(), ..NewEvidence::default() };
        change.edits.push(change::add_evidence(checklist, subject, &new)?);
        change.values.push(Becomes { key: "evidence", from: String::new(), to: source });
    }
    Ok(())
}

/// A line without the mark of a list, which a blank follows: without one it is a part of a figure.
fn unmarked(line: &str) -> &str {
    let line = line.trim();
    let rest = line.strip_prefix(['-', '*', '•']);
    let rest = rest.filter(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace));
    rest.map_or(line, str::trim_start)
}

fn key(field: Field, question: &Question) -> &'static str {
    match field {
        Field::Answer if question.is_rated() => "rating",
        Field::Answer => "answer",
        Field::Because => "because",
        Field::Evidence => "evidence",
        Field::Remaining => "remaining",
        Field::ReviewBy => "review-by",
    }
}

/// What a file holds now.
fn now(entry: &Entry, field: Field) -> String {
    let text = match field {
        Field::Answer => match (entry.rating.value(), &entry.answer) {
            (Some(rating), _) => Some(rating.clone()),
            (None, Answer::One(text)) => Some(text.value.clone()),
            (None, Answer::Many(list, _)) => {
                let words = list.iter().map(|text| text.value.trim());
                Some(words.collect::<Vec<_>>().join(", "))
            }
            (None, Answer::Absent | Answer::Unreadable) => None,
        },
        Field::Because => entry.because.value().cloned(),
        Field::Remaining => entry.remaining.value().cloned(),
        Field::ReviewBy => entry.review_by.value().map(ToString::to_string),
        Field::Evidence => None,
    };
    text.unwrap_or_default()
}

/// Whether the answer in the file is one to other words.
fn is_stale(entry: Option<&Entry>, question: &Question) -> bool {
    let wording = entry.and_then(|entry| entry.wording.value());
    wording.is_some_and(|wording| wording.trim() != question.wording())
}

/// Whether two lists of words say the same, in whatever order and letter case.
fn same_words(one: &str, other: &str) -> bool {
    let words = |text: &str| {
        let mut words: Vec<String> =
            text.split(',').map(|word| one_line(word).to_lowercase()).collect();
        words.sort();
        words
    };
    words(one) == words(other)
}

/// A text without blanks at the ends of its lines.
fn plain(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_of_a_list_goes_and_a_sign_of_a_figure_stays() {
        let check = |line, expected| assert_eq!(unmarked(line), expected, "{line}");
        check("- Minutes of June", "Minutes of June");
        check("  •\tMinutes of June ", "Minutes of June");
        check("* -5% re-referrals", "-5% re-referrals");
        check("-5% re-referrals", "-5% re-referrals");
        check("**Minutes**", "**Minutes**");
        check("-", "");
        check("", "");
    }
}
