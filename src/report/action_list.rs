//! The action list as the published value for programs, and what the cover of a workbook says of it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::origin::Origin;
use super::plan::title;
use super::{Material, filled, tool};
use crate::actions::{self, Group, Timing, Tracked};
use crate::model::audience::Audience;
use crate::text::once_each;

/// The version of the published value. It is raised when a field changes its meaning.
const VERSION: u32 = 1;

/// A list of actions: the published value. Dates are written as 2026-12-18; what is not said is null.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ActionList {
    version: u32,
    tool: String,
    title: String,
    audience: &'static str,
    /// What is shown, where something is left out.
    shown: Option<String>,
    /// Other entries of actions that were carried forward or taken over.
    left_out: usize,
    made_from: Vec<Origin>,
    tally: String,
    groups: Vec<GroupPart>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct GroupPart {
    title: String,
    actions: Vec<ActionPart>,
}

#[derive(Debug, Serialize, Deserialize)]
struct ActionPart {
    id: Option<String>,
    task: Option<String>,
    lead: Option<String>,
    due: Option<String>,
    status: &'static str,
    /// overdue, due, undated, proposed, done, closed or dropped.
    timing: &'static str,
    days_overdue: Option<i32>,
    stands_on: String,
    steps: Vec<String>,
    covers: Vec<String>,
    success: Option<String>,
    response: Option<ResponsePart>,
    closed: Option<String>,
    evidence: Vec<EvidencePart>,
    impact: Option<String>,
    review_by: Option<String>,
    carried_from: Option<String>,
    partnership: String,
    period: String,
    perspective: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct ResponsePart {
    said: Option<String>,
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct EvidencePart {
    name: String,
    says: Option<String>,
}

impl ActionList {
    /// The list of some groups of actions, as their audience may see them.
    pub(crate) fn of(
        materials: &[Material<'_>],
        parts: &[Group],
        shown: Option<String>,
        left_out: usize,
        audience: Audience,
    ) -> Self {
        let made_from: Vec<Origin> =
            materials.iter().map(|material| Origin::of(&material.basis, audience)).collect();
        ActionList {
            version: VERSION,
            tool: tool(),
            title: title(made_from.iter().map(|own| (&*own.partnership, &*own.period))),
            audience: audience.word(),
            shown,
            left_out,
            tally: actions::tally(parts.iter().flat_map(|group| &group.actions)),
            groups: parts.iter().map(group).collect(),
            made_from,
        }
    }

    /// The title.
    pub(crate) fn title(&self) -> &str {
        &self.title
    }

    /// All markings, each once; empty where there is none.
    pub(crate) fn marking(&self) -> String {
        let markings = self.made_from.iter().filter_map(|origin| origin.marking.clone());
        once_each(markings).join("; ")
    }

    /// A sentence where anything that it was made from is a draft; empty otherwise.
    pub(crate) fn draft(&self) -> &'static str {
        match self.made_from.iter().any(|origin| origin.status == "draft") {
            true => "Draft: not final",
            false => "",
        }
    }

    /// What the list is and what it was made from, each with a word that says what it is.
    pub(crate) fn notes(&self, audience: Audience) -> Vec<(String, String)> {
        let note = |item: &str, value: &str| (item.to_owned(), value.to_owned());
        let mut notes = vec![note("Made for", audience_words(audience))];
        notes.push(note("Actions", &self.tally));
        notes.extend(self.shown.as_ref().map(|shown| note("Shown", shown)));
        if self.left_out > 0 {
            notes.push(note(
                "Left out",
                &format!(
                    "An action that was carried forward, or taken over by the agreed assessment, \
                     is shown once, as it stands in the latest file; other entries left out: {}",
                    self.left_out
                ),
            ));
        }
        for origin in &self.made_from {
            notes.push(note("Made from", &origin.words()));
        }
        for attribution in once_each(self.made_from.iter().map(|origin| origin.attribution.clone()))
        {
            notes.push(note("Attribution", &attribution));
        }
        notes.push(note("Made with", &self.tool));
        notes
    }
}

fn audience_words(audience: Audience) -> &'static str {
    match audience {
        Audience::Internal => "Internal use",
        Audience::Partnership => "The partnership: its partners and agencies",
        Audience::Public => "Everybody (public)",
    }
}

fn date(date: Option<Date>) -> Option<String> {
    date.map(|date| date.to_string())
}

fn group(group: &Group) -> GroupPart {
    GroupPart {
        title: group.title.clone(),
        actions: group.actions.iter().map(action_part).collect(),
    }
}

fn action_part(action: &Tracked) -> ActionPart {
    let (timing, days_overdue) = timing(action.timing);
    ActionPart {
        id: Some(action.id.clone()).filter(|id| id != "none"),
        task: filled(&action.task),
        lead: filled(&action.lead),
        due: date(action.due),
        status: action.status.word(),
        timing,
        days_overdue,
        stands_on: action.origin.clone(),
        steps: action.steps.iter().map(|step| step.id.clone()).collect(),
        covers: action.covers.clone(),
        success: filled(&action.success),
        response: action.response.as_ref().map(|response| ResponsePart {
            said: filled(&response.said),
            date: date(response.date),
            reason: filled(&response.reason),
        }),
        closed: date(action.closed),
        evidence: action
            .evidence
            .iter()
            .map(|item| EvidencePart { name: item.name.clone(), says: item.says.clone() })
            .collect(),
        impact: filled(&action.impact),
        review_by: date(action.review_by),
        carried_from: filled(&action.carried_from),
        partnership: action.partnership.clone(),
        period: action.period.clone(),
        perspective: action.perspective.clone(),
        file: filled(&action.made_from.file),
    }
}

fn timing(timing: Timing) -> (&'static str, Option<i32>) {
    match timing {
        Timing::Overdue(days) => ("overdue", Some(days)),
        Timing::Due => ("due", None),
        Timing::Undated => ("undated", None),
        Timing::Proposed => ("proposed", None),
        Timing::Done => ("done", None),
        Timing::Closed => ("closed", None),
        Timing::Dropped => ("dropped", None),
    }
}
