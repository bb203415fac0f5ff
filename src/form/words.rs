//! What a form says of its own: how it is filled in, how each question is answered, what the values
//! of a scale mean.

use std::collections::{BTreeSet, HashMap};

use super::{Form, Plan};
use crate::interview::reply::{Manner, Menu, Offer, number_words};
use crate::model::checklist::{Checklist, Question};
use crate::model::standing;
use crate::text::{join_words, one_line, visible};

/// How a form is filled in; each with a few words that say what it is about.
pub(super) fn instructions(form: &Form) -> Vec<(&'static str, String)> {
    let mut said = vec![
        (
            "What this is",
            format!(
                "Questions to {} for the independent scrutiny of {}, {}. Answer what you can: what \
                 stays empty changes nothing.",
                form.respondent, form.facts.partnership, form.facts.period
            ),
        ),
        (
            "Rating or answer",
            "Each question says under \"How to answer\" what can be written. Nothing else is \
             taken."
                .to_owned(),
        ),
        ("Because", "The reasons, in your own words.".to_owned()),
        (
            "Evidence",
            "What the answer rests on, such as minutes or an audit with its date: one piece on \
             each line. No names of children, families or staff."
                .to_owned(),
        ),
        ("Still to do", "What is not done yet, where a part is.".to_owned()),
        (
            "Review by",
            "Only where it is too early to say: the day on which to look again, written as \
             2026-12-18."
                .to_owned(),
        ),
    ];
    said.push(("Last time", form.last_time.clone()));
    said.push((
        "Leave as it is",
        "The questions and their numbers, and what is said about this form: the answers are known \
         by them. The order of the questions does not matter."
            .to_owned(),
    ));
    said
}

/// What the values of the scales mean that the questions of a form are rated on.
pub(super) fn meanings(plan: &Plan<'_>) -> Vec<(String, String)> {
    let perspective = &plan.facts.perspective;
    let put = plan.checklist.questions().filter(|own| standing::is_put_to(own, perspective));
    let mut meanings = Vec::new();
    for question in put.filter(|question| question.means.is_empty()) {
        for meaning in of_scale(plan.checklist, question) {
            if !meanings.contains(&meaning) {
                meanings.push(meaning);
            }
        }
    }
    meanings
}

/// What the values of a question's scale mean.
pub(super) fn of_scale(checklist: &Checklist, question: &Question) -> Vec<(String, String)> {
    let values = checklist.scale_of(question).map(|scale| scale.values.as_slice());
    let values = values.unwrap_or_default().iter().filter(|value| !value.means.is_empty());
    values.map(|value| (one_line(&value.label), one_line(&visible(&value.means)))).collect()
}

/// The words by which the answers of a menu are chosen: labels, but the value itself where a label
/// would be taken for another or for several.
pub(super) struct Shown<'m> {
    offers: &'m [Offer],
    /// The labels and values in small letters, each with the values that are known by it.
    names: BTreeSet<(String, &'m str)>,
    /// The first offer of each value in small letters.
    places: HashMap<String, usize>,
}

impl<'m> Shown<'m> {
    pub(super) fn of(offers: &'m [Offer]) -> Self {
        let names = offers.iter().flat_map(|offer| {
            let value = offer.value.as_str();
            [(name(&offer.label), value), (value.to_ascii_lowercase(), value)]
        });
        let places = offers.iter().enumerate().rev();
        let places = places.map(|(place, offer)| (offer.value.to_ascii_lowercase(), place));
        Shown { offers, names: names.collect(), places: places.collect() }
    }

    pub(super) fn all(&self) -> Vec<String> {
        self.offers.iter().map(|offer| self.offer(offer)).collect()
    }

    /// The words for the first offer of a value.
    pub(super) fn of_value(&self, value: &str) -> Option<String> {
        let place = self.places.get(&value.to_ascii_lowercase())?;
        Some(self.offer(&self.offers[*place]))
    }

    fn offer(&self, offer: &Offer) -> String {
        let name = name(&offer.label);
        let alike = self.names.range((name.clone(), "")..).take_while(|(own, _)| *own == name);
        let label = one_line(&visible(&offer.label));
        let is_unclear = label.is_empty()
            || label.contains([',', ';', '\''])
            || alike.into_iter().any(|(_, value)| *value != offer.value);
        if is_unclear { offer.value.clone() } else { label }
    }
}

/// Letter case does not matter.
fn name(label: &str) -> String {
    label.trim().to_ascii_lowercase()
}

/// How a question is answered.
pub(super) fn how(checklist: &Checklist, question: &Question, menu: &Menu<'_>) -> String {
    let words = Shown::of(&menu.offers).all();
    let mut how = match menu.manner {
        Manner::One => format!("Choose one: {}.", join_words(&words, "or")),
        Manner::Several => {
            format!("Choose any, with commas between them: {}.", join_words(&words, "or"))
        }
        Manner::Number => format!("Write {}.", number_words(&question.kind)),
        Manner::Text => "Write your answer.".to_owned(),
    };
    let offers = menu.offers.iter().zip(&words);
    for (offer, _) in offers.filter(|(offer, word)| **word != one_line(&offer.label)) {
        how.push_str(&format!(" {} is: {}.", offer.value, one_line(&visible(&offer.label))));
    }
    if menu.manner == Manner::Number && question.not_applicable {
        how.push_str(" Or write Not applicable.");
    }
    if question.not_applicable {
        how.push_str(" Where it does not apply, say why.");
    }
    if let Some(only_if) = &question.only_if {
        let other = checklist.question(&only_if.value.question);
        let value = match other {
            Some(other) => Menu::of(checklist, other)
                .label(&only_if.value.value)
                .map_or(only_if.value.value.clone(), str::to_owned),
            None => only_if.value.value.clone(),
        };
        let other = &only_if.value.question;
        how.push_str(&format!(" Only if question {other} is answered {}.", one_line(&value)));
    }
    if !question.prompts.is_empty() {
        how.push_str(&format!(" Look for: {}.", one_line(&visible(&question.prompts.join("; ")))));
    }
    how
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(value: &str, label: &str) -> Offer {
        Offer { value: value.to_owned(), label: label.to_owned(), letter: None }
    }

    #[test]
    fn labels_that_are_alike_give_way_to_their_values() {
        let check = |offers: &[(&str, &str)], expected: &[&str]| {
            let offers: Vec<Offer> =
                offers.iter().map(|(value, label)| offer(value, label)).collect();
            assert_eq!(Shown::of(&offers).all(), expected);
        };
        check(&[("a", "One"), ("b", "Two")], &["One", "Two"]);
        check(&[("a", "One"), ("b", " one"), ("c", "Two, too")], &["a", "b", "c"]);
        check(&[("a", "B"), ("b", "Two"), ("d", "D")], &["a", "Two", "D"]);
        let many: Vec<String> = (0..30_000).map(|number| format!("v{number}")).collect();
        let offers: Vec<Offer> = many.iter().map(|value| offer(value, value)).collect();
        assert_eq!(Shown::of(&offers).all(), many);
    }
}
