//! What of an action each audience sees. The one place that decides it, for every format: a reader
//! who is not to see a field gets a value in which it is not there.

use std::sync::Arc;

use super::{EvidenceWords, Group, MadeFrom, Tracked, TrackedResponse};
use crate::model::audience::Audience;

/// The same groups as an audience sees them.
pub(crate) fn seen_by(groups: Vec<Group>, audience: Audience) -> Vec<Group> {
    let seen = |group: Group| Group {
        title: group.title,
        actions: group.actions.into_iter().map(|action| seen(action, audience)).collect(),
    };
    groups.into_iter().map(seen).collect()
}

/// The same action as an audience sees it.
fn seen(action: Tracked, audience: Audience) -> Tracked {
    match audience {
        Audience::Internal | Audience::Partnership => action,
        Audience::Public => public(action),
    }
}

/// What the public sees, field by field: a new field does not leave before it is decided here. File
/// paths, restricted evidence and the reasons of a response stay behind.
fn public(action: Tracked) -> Tracked {
    Tracked {
        made_from: Arc::new(public_origin(&action.made_from)),
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
        response: action.response.map(|response| TrackedResponse {
            said: response.said,
            date: response.date,
            reason: String::new(),
        }),
        closed: action.closed,
        evidence: action.evidence.into_iter().filter(EvidenceWords::is_open).collect(),
        impact: action.impact,
        review_by: action.review_by,
        carried_from: action.carried_from,
    }
}

fn public_origin(made_from: &MadeFrom) -> MadeFrom {
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
