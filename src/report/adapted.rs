//! What a local checklist changed in the one that it extends.

use serde::{Deserialize, Serialize};

use crate::model::checklist::{Change, Checklist, Question};
use crate::text::one_line;

/// What a local checklist changed.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ChangeRow {
    what: String,
    change: &'static str,
    why: String,
}

/// What a local checklist changed in the one it extends, for the reader of a report.
pub(super) fn changes(checklist: &Checklist) -> Vec<ChangeRow> {
    let row = |what: String, change: &Change| match change {
        Change::Kept => None,
        Change::Reworded { why, .. } => {
            Some(ChangeRow { what, change: "Reworded", why: reason(why) })
        }
        Change::Added { why } => Some(ChangeRow { what, change: "Added", why: reason(why) }),
    };
    let name = |question: &Question| question.name().replacen('q', "Q", 1);
    let of_steps = checklist.steps.iter().flat_map(|step| {
        let own = row(format!("Step {}, {}", step.id.value, step.title), &step.change);
        let questions = step.questions.iter().filter_map(|q| row(name(q), &q.change));
        own.into_iter().chain(questions.collect::<Vec<_>>())
    });
    let of_context = checklist.context.iter().filter_map(|q| row(name(q), &q.change));
    let dropped = checklist.adapted.iter().flat_map(|adapted| &adapted.dropped);
    let left_out = dropped.map(|dropped| ChangeRow {
        what: format!("{}, {}", dropped.id, dropped.title).trim_end_matches(", ").to_owned(),
        change: "Left out",
        why: reason(&dropped.why),
    });
    of_steps.chain(of_context).chain(left_out).collect()
}

fn reason(why: &str) -> String {
    match one_line(why) {
        why if why.is_empty() => "No reason given".to_owned(),
        why => why,
    }
}
