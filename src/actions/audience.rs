//! What of an action each audience sees. The one place that decides it, for every format: a reader
//! who is not to see a field gets a value in which it is not there.

use std::sync::Arc;

use super::{EvidenceWords, Group, MadeFrom, Tracked, TrackedResponse};
use crate::model::audience::Audience;

/// What stands in place of evidence that readers may not see. That there is some is no secret: a
/// rating does not rest on nothing.
pub(crate) const WITHHELD: &str = "Restricted evidence";

/// The same groups as an audience sees them.
pub(crate) fn seen_by(groups: Vec<Group>, audience: Audience) -> Vec<Group> {
    let seen = |group: Group| Group {
        title: group.title,
        actions: group.actions.into_iter().map(|action| seen(action, audience)).collect(),
    };
    groups.into_iter().map(seen).collect()
}

/// The same action as an audience sees it, field by field: a new field does not leave before it is
/// decided here. File paths and restricted evidence stay behind, and for the public the reasons of a
/// response.
pub(crate) fn seen(action: Tracked, audience: Audience) -> Tracked {
    if audience == Audience::Internal {
        return action;
    }
    Tracked {
        made_from: Arc::new(origin(&action.made_from)),
        partnership: action.partnership,
        period: action.period,
        period_end: action.period_end,
        perspective: action.perspective,
        id: action.id,
        task: action.task,
        lead: action.lead,
        due: action.due,
        status: action.status,
        timing: action.timing,
        origin: action.origin,
        steps: action.steps,
        covers: action.covers,
        covers_words: action.covers_words,
        success: action.success,
        response: action.response.map(|own| response(own, audience)),
        closed: action.closed,
        evidence: action.evidence.into_iter().map(evidence).collect(),
        impact: action.impact,
        review_by: action.review_by,
        carried_from: action.carried_from,
    }
}

fn origin(made_from: &MadeFrom) -> MadeFrom {
    MadeFrom {
        status: made_from.status,
        as_at: made_from.as_at,
        judged_on: made_from.judged_on,
        checklist: made_from.checklist.clone(),
        edition: made_from.edition.clone(),
        attribution: made_from.attribution.clone(),
        marking: made_from.marking.clone(),
        file: String::new(),
    }
}

fn response(response: TrackedResponse, audience: Audience) -> TrackedResponse {
    let reason = match audience {
        Audience::Internal | Audience::Partnership => response.reason,
        Audience::Public => String::new(),
    };
    TrackedResponse { said: response.said, date: response.date, reason }
}

fn evidence(words: EvidenceWords) -> EvidenceWords {
    match words.restricted {
        true => EvidenceWords { name: WITHHELD.to_owned(), says: None, restricted: true },
        false => words,
    }
}
