//! Holds a form that came back to what was asked: its facts, its questions with their wording, and the
//! words that can be answered.

use super::{Problem, Returned, Row, Written, table};
use crate::form::{FACTS, Facts, Field, Form, Item, KIND, Mode};
use crate::interview::reply::{Manner, Menu, Offer, hidden, number_words};
use crate::model::assessment::Answer;
use crate::model::checklist::{Checklist, Question};
use crate::model::standing::{NOT_APPLICABLE, TOO_EARLY, read_answer};
use crate::model::wording::fingerprint;
use crate::source::{SourceId, Span, Spanned};
use crate::syntax::decode;
use crate::text::{join_words, nearest, one_line, quoted};

/// A question with what was answered to it, as a file holds it.
#[derive(Debug)]
pub(crate) struct Answered<'c> {
    /// The question.
    pub question: &'c Question,
    /// What was filled in, each with its place.
    pub values: Vec<(Field, Written)>,
}

/// What a form says that it is of.
pub(crate) fn facts(returned: &Returned) -> Result<Facts, Vec<Problem>> {
    let mut problems = returned.problems.clone();
    let before = problems.len();
    let mut fact = |name: &str, word: &str| {
        let found = returned.facts.iter().find(|(own, _)| *own == name);
        match found.map(|(_, written)| table::without(&written.text, word)) {
            Some(text) if !text.is_empty() => text,
            Some(_) | None => {
                problems.push(Problem::whole(format!("the form does not say its {name}")));
                String::new()
            }
        }
    };
    let [form, partnership, period, perspective, checklist, edition] = FACTS;
    let kind = fact(form, "");
    let facts = Facts {
        partnership: fact(partnership, ""),
        period: fact(period, "period"),
        perspective: fact(perspective, ""),
        checklist: fact(checklist, "checklist"),
        edition: match fact(edition, "edition") {
            none if none == "none" => String::new(),
            edition => edition,
        },
    };
    if !kind.is_empty() && kind != KIND {
        let message = format!("{} is not a form that is known here", quoted(&kind));
        problems.push(Problem::whole(message));
    }
    if problems.len() == before { Ok(facts) } else { Err(problems) }
}

/// Holds the facts of a form to those of the file that it is to go into.
pub(crate) fn compare(returned: &Returned, own: &Facts, file: &Facts) -> Vec<Problem> {
    let [_, partnership, period, perspective, checklist, edition] = FACTS;
    let pairs = [
        (partnership, &own.partnership, &file.partnership),
        (period, &own.period, &file.period),
        (perspective, &own.perspective, &file.perspective),
        (checklist, &own.checklist, &file.checklist),
        (edition, &own.edition, &file.edition),
    ];
    let differs =
        |one: &str, other: &str| one_line(one).to_lowercase() != one_line(other).to_lowercase();
    let mut problems = Vec::new();
    for (name, own, file) in pairs.into_iter().filter(|(_, own, file)| differs(own, file)) {
        let found = returned.facts.iter().find(|(fact, _)| *fact == name);
        let place = found.map(|(_, written)| written.place.as_str()).unwrap_or_default();
        let or_none = |text: &str| if text.is_empty() { "none".to_owned() } else { quoted(text) };
        let message = format!(
            "{name} is {} in the form and {} in the file: name the file that it belongs to",
            or_none(own),
            or_none(file)
        );
        problems.push(Problem::at(place, message));
    }
    problems
}

/// Holds what came back to what was asked. Every problem is told.
pub(crate) fn check<'c>(
    returned: &Returned,
    form: &Form,
    checklist: &'c Checklist,
) -> Result<Vec<Answered<'c>>, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut answered: Vec<Answered<'c>> = Vec::new();
    let mut seen: Vec<&Written> = Vec::new();
    for row in &returned.rows {
        let item = form.items().find(|item| item.id == row.id.text);
        let question = checklist.question(&row.id.text);
        let (Some(item), Some(question)) = (item, question) else {
            problems.push(Problem::at(&row.id.place, unknown(&row.id.text, form, question)));
            continue;
        };
        if let Some(first) = seen.iter().find(|first| first.text == row.id.text) {
            let message = format!("question {} stands here again, after {}", item.id, first.place);
            problems.push(Problem::at(&row.id.place, message));
            continue;
        }
        seen.push(&row.id);
        problems.extend(altered(row, item));
        let menu = Menu::of(checklist, question);
        let values = values(row, item, &menu, &mut problems);
        if !values.is_empty() {
            answered.push(Answered { question, values });
        }
    }
    if returned.rows.is_empty() {
        problems.push(Problem::whole("there is no question in this form"));
    }
    if problems.is_empty() { Ok(answered) } else { Err(problems) }
}

fn unknown(id: &str, form: &Form, question: Option<&Question>) -> String {
    let whose = &form.respondent;
    if question.is_some() {
        return format!("question {} is not put to {whose}: remove it from the form", quoted(id));
    }
    let meant = nearest(id, form.items().map(|item| item.id.as_str()));
    let meant = meant.map(|meant| format!(": did you mean {meant}?")).unwrap_or_default();
    format!("there is no question {} in the checklist{meant}", quoted(id))
}

/// Whether the question that was answered is still the one that was asked.
fn altered(row: &Row, item: &Item) -> Option<Problem> {
    let again = format!(
        "the wording of question {} is not the one that was asked: make the form again, and have it \
         answered again",
        item.id
    );
    let Some(wording) = &row.wording else {
        let message = format!("the fingerprint of the wording of question {} is missing", item.id);
        return Some(Problem::at(&row.id.place, message));
    };
    if wording.text != item.wording {
        return Some(Problem::at(&wording.place, again));
    }
    let Some(asked) = &row.asked else {
        let message = format!("the wording of question {} is missing", item.id);
        return Some(Problem::at(&row.id.place, message));
    };
    // Spaces, signs and letter case do not count: the lines may have been broken anew.
    (fingerprint(&asked.text, []) != item.wording).then(|| Problem::at(&asked.place, again))
}

/// What was filled in, as a file holds it.
fn values(
    row: &Row,
    item: &Item,
    menu: &Menu<'_>,
    problems: &mut Vec<Problem>,
) -> Vec<(Field, Written)> {
    let mut values = Vec::new();
    for (field, written) in &row.filled {
        let at = |message: String| Problem::at(&written.place, message);
        if !item.mode.fields().contains(field) {
            let message = format!(
                "{} is not asked for question {}: empty the cell, or write it under {}",
                field.column(),
                item.id,
                item.mode.fields()[1].column()
            );
            problems.push(at(message));
            continue;
        }
        let text = written.text.replace("\r\n", "\n").replace('\r', "\n");
        if let Some(words) = hidden(&text) {
            problems.push(at(words));
            continue;
        }
        let read = match field {
            Field::Answer => answer(&text, item, menu),
            Field::ReviewBy => date(&text),
            Field::Because | Field::Evidence | Field::Remaining => Ok(text),
        };
        match read {
            Ok(text) => {
                values.push((*field, Written { text, place: written.place.clone() }));
            }
            Err(message) => problems.push(at(message)),
        }
    }
    values
}

fn date(text: &str) -> Result<String, String> {
    let text = one_line(text);
    decode::parse_date(&text)
        .map(|date| date.to_string())
        .map_err(|repair| format!("{} is no date: {repair}", quoted(&text)))
}

/// A rating or an answer as a file holds it.
fn answer(text: &str, item: &Item, menu: &Menu<'_>) -> Result<String, String> {
    let typed = one_line(text);
    let named = |typed: &str| named(typed, menu).map(|offer| offer.value.clone());
    match menu.manner {
        Manner::Text if named(&typed).is_none() => Ok(text.to_owned()),
        Manner::Number if named(&typed).is_none() => {
            let written = Spanned::new(typed.clone(), Span::beginning(SourceId(0)));
            match read_answer(&menu.question.kind, &Answer::One(written)) {
                Ok(_) => Ok(typed),
                Err(_) => Err(format!(
                    "{} does not fit question {}: write {}",
                    quoted(&typed),
                    item.id,
                    number_words(&menu.question.kind)
                )),
            }
        }
        Manner::One | Manner::Text | Manner::Number => {
            named(&typed).ok_or_else(|| off_the_list(&typed, item, menu))
        }
        Manner::Several => {
            let mut chosen: Vec<String> = Vec::new();
            let parts = text.split([',', ';', '\n']).map(one_line);
            for part in parts.filter(|part| !part.is_empty()) {
                let value = named(&part).ok_or_else(|| off_the_list(&part, item, menu))?;
                if !chosen.contains(&value) {
                    chosen.push(value);
                }
            }
            match chosen.len() > 1 && chosen.iter().any(|value| value == NOT_APPLICABLE) {
                true => Err("Not applicable stands alone".to_owned()),
                false => Ok(chosen.join(", ")),
            }
        }
    }
}

/// The offer that is meant: by its value, or by its label.
fn named<'m>(typed: &str, menu: &'m Menu<'_>) -> Option<&'m Offer> {
    let typed = typed.trim_matches(['.', '*', '"', ' ', '\u{201c}', '\u{201d}']).to_lowercase();
    let is = |text: &str| one_line(text).to_lowercase() == typed;
    let mut offers = menu.offers.iter();
    offers.clone().find(|offer| is(&offer.value)).or_else(|| offers.find(|offer| is(&offer.label)))
}

fn off_the_list(typed: &str, item: &Item, menu: &Menu<'_>) -> String {
    let what = if item.mode == Mode::Rated { "a rating" } else { "an answer" };
    let labels: Vec<String> = menu.offers.iter().map(|offer| one_line(&offer.label)).collect();
    let help = match nearest(typed, labels.iter().map(String::as_str)) {
        Some(meant) => format!("did you mean {meant}?"),
        None => format!("write {}", join_words(&labels, "or")),
    };
    format!("{} is not {what} of question {}: {help}", quoted(typed), item.id)
}

/// What a value needs beside it that is not there: a reason, or a day.
pub(super) fn lacking(value: &str) -> Option<(Field, &'static str)> {
    match value {
        NOT_APPLICABLE => {
            Some((Field::Because, "what does not apply needs a reason: write it under Because"))
        }
        TOO_EARLY => Some((
            Field::ReviewBy,
            "what it is too early to rate needs the day on which to look again: write it under \
             Review by",
        )),
        _ => None,
    }
}
