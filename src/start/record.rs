//! What was written before, written again: actions, evidence and answers of an earlier file in the
//! words that they had.

use crate::model::assessment::{Action, Answer, Entry, Evidence, Response};
use crate::syntax::decode::Given;
use crate::syntax::page::Field;

/// The keys of a piece of evidence.
pub(super) fn evidence(item: &Evidence) -> Vec<Field<'_>> {
    let mut fields = Vec::new();
    put_word(&mut fields, "ref", &item.cites);
    put_text(&mut fields, "source", &item.source);
    put_word(&mut fields, "method", &item.method);
    put_word(&mut fields, "date", &item.date);
    match item.voices.as_slice() {
        [] => {}
        [voice] => fields.push(Field::Word("voice", voice.value.clone())),
        voices => {
            let voices = voices.iter().map(|voice| voice.value.as_str()).collect();
            fields.push(Field::Words("voice", voices));
        }
    }
    put_text(&mut fields, "says", &item.says);
    put_word(&mut fields, "review-by", &item.review_by);
    if item.restricted {
        fields.push(Field::Word("restricted", "true".to_owned()));
    }
    match fields.as_slice() {
        [Field::Text("source", text)] if !text.contains('\n') => vec![Field::Item(text)],
        _ => fields,
    }
}

/// The keys of an action, with what it covers now, apart from those that say where it comes from.
pub(super) fn action<'a>(action: &'a Action, covers: &[&'a str]) -> Vec<Field<'a>> {
    let mut fields = Vec::new();
    put_word(&mut fields, "id", &action.id);
    if !covers.is_empty() {
        fields.push(Field::Words("covers", covers.to_vec()));
    }
    put_text(&mut fields, "task", &action.task);
    put_text(&mut fields, "lead", &action.lead);
    put_word(&mut fields, "due", &action.due);
    fields.push(Field::Word("status", action.status.value.word().to_owned()));
    put_text(&mut fields, "success", &action.success);
    if let Some(given) = &action.response {
        fields.extend(response(given));
    }
    put_evidence(&mut fields, &action.evidence);
    put_text(&mut fields, "impact", &action.impact);
    put_word(&mut fields, "review-by", &action.review_by);
    put_word(&mut fields, "closed", &action.closed);
    fields
}

fn response(response: &Response) -> Option<Field<'_>> {
    let said = response.said.value().map(|said| ("said", said.clone()));
    let date = response.date.value().map(|date| ("date", date.to_string()));
    let pairs: Vec<(&str, String)> = said.into_iter().chain(date).collect();
    let Some(reason) = response.reason.value() else {
        return (!pairs.is_empty()).then_some(Field::Pairs("response", pairs));
    };
    let pairs = pairs.into_iter().map(|(key, text)| Field::Word(key, text));
    let fields = pairs.chain([Field::Text("reason", reason)]).collect();
    Some(Field::Group("response", fields))
}

/// The keys of an answer, apart from its actions. The fingerprint of the wording that it answered is
/// always there, so that it is known for what it is.
pub(super) fn answer<'a>(entry: &'a Entry, wording: &str) -> Vec<Field<'a>> {
    let mut fields = Vec::new();
    put_word(&mut fields, "rating", &entry.rating);
    match &entry.answer {
        Answer::One(text) => fields.push(Field::Text("answer", &text.value)),
        Answer::Many(texts, _) => {
            let texts = texts.iter().map(|text| text.value.as_str()).collect();
            fields.push(Field::Words("answer", texts));
        }
        Answer::Absent | Answer::Unreadable => {}
    }
    if !wording.is_empty() {
        fields.push(Field::Word("wording", wording.to_owned()));
    }
    put_word(&mut fields, "review-by", &entry.review_by);
    put_text(&mut fields, "because", &entry.because);
    put_evidence(&mut fields, &entry.evidence);
    put_text(&mut fields, "remaining", &entry.remaining);
    if !entry.views.is_empty() {
        let view = |(whose, rating): &'a (crate::source::Spanned<String>, _)| {
            let rating: &crate::source::Spanned<String> = rating;
            Field::Word(whose.value.as_str(), rating.value.clone())
        };
        fields.push(Field::Group("views", entry.views.iter().map(view).collect()));
    }
    put_text(&mut fields, "reason", &entry.reason);
    put_text(&mut fields, "dissent", &entry.dissent);
    fields
}

fn put_evidence<'a>(fields: &mut Vec<Field<'a>>, items: &'a [Evidence]) {
    let items: Vec<Vec<Field<'a>>> =
        items.iter().map(evidence).filter(|item| !item.is_empty()).collect();
    if !items.is_empty() {
        fields.push(Field::List("evidence", items));
    }
}

fn put_text<'a>(fields: &mut Vec<Field<'a>>, key: &'a str, given: &'a Given<String>) {
    fields.extend(given.value().map(|text| Field::Text(key, text)));
}

fn put_word<'a, T: ToString>(fields: &mut Vec<Field<'a>>, key: &'a str, given: &Given<T>) {
    fields.extend(given.value().map(|value| Field::Word(key, value.to_string())));
}
