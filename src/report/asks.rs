//! What a committee is asked to do. Every request follows from something that the assessment says; none
//! is a judgement that its author did not write.

use super::standings::Standings;
use crate::actions::{Timing, Tracked};
use crate::model::checklist::Checklist;
use crate::text::{count, join_words, once_each};

/// The requests, each as a sentence.
pub(super) fn asks(
    checklist: &Checklist,
    assurance: Option<&str>,
    standings: &Standings,
    tracked: &[Tracked],
) -> Vec<String> {
    let number =
        |wanted: fn(Timing) -> bool| tracked.iter().filter(|own| wanted(own.timing)).count();
    let overdue = number(|timing| matches!(timing, Timing::Overdue(_)));
    let proposed = number(|timing| timing == Timing::Proposed);
    let mut asks = vec![match assurance {
        Some(word) => {
            format!("Note the opinion on the whole that this assessment states: {word}.")
        }
        None => "Note this assessment. It states no opinion on the whole.".to_owned(),
    }];
    let (lowest, open) = (standings.lowest.len(), standings.open.len());
    if lowest > 0 {
        let labels = once_each(standings.lowest.iter().map(|brief| brief.standing.clone()));
        asks.push(format!(
            "Consider {} rated {}, the lowest rating, and ask who will act on {}.",
            counted(lowest, "question"),
            join_words(&labels, "or"),
            if lowest == 1 { "it" } else { "them" }
        ));
    }
    if overdue > 0 {
        asks.push(format!(
            "Ask for {} to be done, or for a new date and the reason for it.",
            counted(overdue, "overdue action")
        ));
    }
    if proposed > 0 {
        asks.push(format!("Decide on {}.", counted(proposed, "proposed action")));
    }
    if open > 0 {
        asks.push(format!("Note that {} not yet rated.", are(open)));
    }
    if standings.is_empty() && !checklist.questions().any(|question| question.is_rated()) {
        asks.push("Note the answers: this checklist asks for no ratings.".to_owned());
    }
    asks
}

fn counted(number: usize, noun: &str) -> String {
    match number {
        1 => format!("the {noun}"),
        _ => format!("the {}", count(number, noun)),
    }
}

fn are(number: usize) -> String {
    format!("{} {}", count(number, "question"), if number == 1 { "is" } else { "are" })
}
