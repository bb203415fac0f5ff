//! Actions as reports and trackers show them.

use serde::{Deserialize, Serialize};

use super::control::{Control, control, tool};
use super::{Material, VERSION, filled, sentence, to_line};
use crate::actions::{self, EvidenceWords, Group, Timing, Tracked, TrackedResponse};
use crate::model::assessment::ActionStatus;
use crate::model::audience::Audience;
use crate::model::definition::capitalised;
use crate::model::period::long_date;
use crate::text::{count, once_each};

/// An action in a report or a tracker. No field is empty: what is not there is said so.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ActionPart {
    id: String,
    task: String,
    /// The task, and how anyone will know that it worked.
    task_and_success: String,
    lead: String,
    due: String,
    status: String,
    /// The status with where it was carried from.
    history: String,
    origin: String,
    /// What it covers; nothing where it covers what it stands on.
    covers: Option<String>,
    response: String,
    partnership: String,
    period: String,
}

impl ActionPart {
    /// Whether it names what it covers.
    pub(super) fn has_covers(&self) -> bool {
        self.covers.is_some()
    }
}

/// What came of an action.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Outcome {
    id: String,
    task: String,
    lead: String,
    status: String,
    evidence: String,
    impact: String,
}

/// A part of the action plan.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct PlanGroup {
    title: String,
    actions: Vec<ActionPart>,
    /// What came of those that were carried out, and of others of which that is said.
    outcomes: Vec<Outcome>,
}

/// An action in words.
pub(super) fn action_part(action: &Tracked) -> ActionPart {
    let task = filled(&action.task).unwrap_or_else(|| "Not stated".to_owned());
    let covers = filled(&action.covers_words);
    let origin = first_capital(&action.origin);
    let status = status_words(action);
    ActionPart {
        id: action.id.clone(),
        task_and_success: match action.success.as_str() {
            "" => task.clone(),
            success => format!("{} Success: {}", sentence(&task), sentence(success)),
        },
        task,
        lead: filled(&action.lead).unwrap_or_else(|| "No lead yet".to_owned()),
        due: action.due.map_or("No date yet".to_owned(), long_date),
        history: match carried_from(action) {
            "" => status.clone(),
            from => format!("{status}; carried from {from}"),
        },
        status,
        origin: match &covers {
            Some(covers) => format!("{origin}; covers {covers}"),
            None => origin,
        },
        covers: covers.map(|covers| first_capital(&covers)),
        response: action.response.as_ref().map_or("None yet".to_owned(), response_words),
        partnership: action.partnership.clone(),
        period: action.period.clone(),
    }
}

/// Where an action was carried from; its own id is not said again.
fn carried_from(action: &Tracked) -> &str {
    let period = action.carried_from.strip_suffix(action.id.as_str());
    period.and_then(|period| period.strip_suffix('/')).unwrap_or(&action.carried_from)
}

fn first_capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().collect::<String>());
    first.unwrap_or_default() + letters.as_str()
}

fn status_words(action: &Tracked) -> String {
    let status = capitalised(action.status.word());
    match (action.timing, action.closed) {
        (Timing::Overdue(days), _) => {
            format!("{status}, overdue by {}", count(days.unsigned_abs() as usize, "day"))
        }
        (_, Some(closed)) => format!("{status} on {}", long_date(closed)),
        _ => status,
    }
}

/// The partnership's answer in words: "Partly, 13 July 2026: the training, not the post".
fn response_words(response: &TrackedResponse) -> String {
    let said = match response.said.as_str() {
        "" => "Not stated".to_owned(),
        said => capitalised(said),
    };
    let date = response.date.map(|date| format!(", {}", long_date(date))).unwrap_or_default();
    match response.reason.as_str() {
        "" => format!("{said}{date}"),
        reason => format!("{said}{date}: {reason}"),
    }
}

fn evidence_words(evidence: &[EvidenceWords]) -> String {
    let words = |item: &EvidenceWords| match &item.says {
        Some(says) => format!("{}: {}", item.name, to_line(says)),
        None => item.name.clone(),
    };
    match evidence {
        [] => "None named".to_owned(),
        items => items.iter().map(words).collect::<Vec<_>>().join("; "),
    }
}

fn impact_words(action: &Tracked) -> String {
    let review = action.review_by.map(|day| format!("To be reviewed by {}", long_date(day)));
    match (action.impact.as_str(), review) {
        ("", None) => "Not stated".to_owned(),
        ("", Some(review)) => review,
        (impact, None) => impact.to_owned(),
        (impact, Some(review)) => format!("{} {review}.", sentence(impact)),
    }
}

/// Groups of actions in words.
pub(super) fn groups(groups: Vec<Group>) -> Vec<PlanGroup> {
    let part = |group: Group| PlanGroup {
        title: group.title,
        actions: group.actions.iter().map(action_part).collect(),
        outcomes: group.actions.iter().filter_map(outcome).collect(),
    };
    groups.into_iter().map(part).collect()
}

/// The actions of a sort, by what presses most.
pub(super) fn timed(tracked: &[Tracked], wanted: fn(Timing) -> bool) -> Vec<ActionPart> {
    let mut own: Vec<Tracked> =
        tracked.iter().filter(|action| wanted(action.timing)).cloned().collect();
    actions::sort(&mut own);
    own.iter().map(action_part).collect()
}

/// What came of all actions of which there is something to say.
pub(super) fn outcomes(tracked: &[Tracked]) -> Vec<Outcome> {
    tracked.iter().filter_map(outcome).collect()
}

/// What the partnership answered to the actions, counted.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Responses {
    /// All actions: the base of the counts.
    of: usize,
    answers: Vec<Answered>,
    /// Those without an answer.
    none: usize,
    /// Those carried out: done or closed.
    carried_out: usize,
    /// Those carried out whose impact is told.
    with_impact: usize,
}

/// How many actions got an answer.
#[derive(Debug, Serialize, Deserialize)]
struct Answered {
    word: String,
    actions: usize,
}

impl Responses {
    pub(super) fn of(tracked: &[Tracked]) -> Self {
        let mut responses = Responses { of: tracked.len(), ..Responses::default() };
        for action in tracked {
            if matches!(action.status, ActionStatus::Done | ActionStatus::Closed) {
                responses.carried_out += 1;
                responses.with_impact += usize::from(!action.impact.is_empty());
            }
            let Some(said) = action.response.as_ref().filter(|own| !own.said.is_empty()) else {
                responses.none += 1;
                continue;
            };
            let word = capitalised(&said.said);
            match responses.answers.iter_mut().find(|own| own.word == word) {
                Some(own) => own.actions += 1,
                None => responses.answers.push(Answered { word, actions: 1 }),
            }
        }
        responses.answers.sort_by(|a, b| b.actions.cmp(&a.actions).then(a.word.cmp(&b.word)));
        responses
    }
}

fn outcome(action: &Tracked) -> Option<Outcome> {
    let is_carried_out = matches!(action.status, ActionStatus::Done | ActionStatus::Closed);
    let is_said =
        !action.evidence.is_empty() || !action.impact.is_empty() || action.review_by.is_some();
    let part = action_part(action);
    (is_carried_out || is_said).then(|| Outcome {
        id: action.id.clone(),
        task: part.task,
        lead: part.lead,
        status: part.status,
        evidence: evidence_words(&action.evidence),
        impact: impact_words(action),
    })
}

/// A tracker of actions out of one or many files.
#[derive(Debug, Serialize)]
pub(crate) struct Tracker {
    version: u32,
    title: String,
    controls: Vec<Control>,
    markings: Vec<String>,
    attributions: Vec<String>,
    groups: Vec<PlanGroup>,
    tally: String,
    with_partnership: bool,
    with_period: bool,
    with_judged_on: bool,
    with_file: bool,
    filter: Option<String>,
    left_out: usize,
    tool: String,
}

impl Tracker {
    /// Lays groups of actions out, with what they were made from. `filter` says in words what is
    /// left out, and `left_out` counts other entries of actions that were carried forward or taken
    /// over. The groups are what the audience may see; so is what is said of their origin.
    pub(crate) fn of(
        materials: &[Material<'_>],
        parts: Vec<Group>,
        filter: Option<String>,
        left_out: usize,
        audience: Audience,
    ) -> Self {
        let control = |material: &Material<'_>| seen(control(*material), audience);
        let controls: Vec<Control> = materials.iter().map(control).collect();
        let all = || parts.iter().flat_map(|group| &group.actions);
        let partnerships =
            actions::different(controls.iter().map(|control| control.partnership.as_str()));
        Tracker {
            version: VERSION,
            title: title(controls.iter().map(|own| (&*own.partnership, &*own.period))),
            markings: once_each(controls.iter().filter_map(|control| control.marking.clone())),
            attributions: once_each(
                controls.iter().flat_map(|control| control.attribution.clone()),
            ),
            tally: match (all().next(), &filter) {
                (None, Some(_)) => "There are no such actions.".to_owned(),
                _ => actions::tally(all()),
            },
            with_partnership: partnerships > 1,
            with_period: controls.len() > 1,
            with_judged_on: controls.iter().any(|control| control.judged_on.is_some()),
            with_file: controls.iter().any(|control| control.file.is_some()),
            groups: groups(parts),
            controls,
            filter,
            left_out,
            tool: tool(),
        }
    }
}

/// What an audience sees of where a list comes from: as in reports, others than those inside see no path,
/// and nothing of work that is not done.
fn seen(control: Control, audience: Audience) -> Control {
    match audience {
        Audience::Internal => control,
        Audience::Partnership | Audience::Public => {
            Control { file: None, unfinished: None, ..control }
        }
    }
}

/// The title of a list of actions, from the partnerships and periods that they were taken from.
pub(super) fn title<'t>(origins: impl Iterator<Item = (&'t str, &'t str)> + Clone) -> String {
    let partnerships = actions::different(origins.clone().map(|(partnership, _)| partnership));
    let mut all = origins.clone();
    match (all.next(), all.next()) {
        (Some((partnership, period)), None) => format!("{partnership}: actions, {period}"),
        (Some((partnership, _)), Some(_)) if partnerships == 1 => format!("{partnership}: actions"),
        _ => "Actions".to_owned(),
    }
}
