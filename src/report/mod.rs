//! The report: everything that any format shows, already computed, in types of its own.
//!
//! Formats only lay it out, so that no two of them can disagree. The fields are what templates see;
//! `version` is raised when one changes its meaning. Short texts are plain; fields of the type
//! [`Prose`] hold the small Markdown that people write.

pub(crate) mod action_list;
mod adapted;
mod asks;
pub(crate) mod audience;
mod chart;
pub(crate) mod collate;
pub(crate) mod compare;
mod control;
pub(crate) mod diff;
pub(crate) mod due;
pub(crate) mod editions;
pub(crate) mod enquiry;
mod evidence;
pub(crate) mod gaps;
pub(crate) mod html;
pub(crate) mod kind;
mod look;
pub(crate) mod markdown;
pub(crate) mod moderate;
mod origin;
mod plan;
pub(crate) mod programme;
mod prose;
mod questions;
pub(crate) mod returns;
mod sample;
pub(crate) mod sheet;
mod since;
mod standings;
mod tables;
pub(crate) mod template;
pub(crate) mod trend;
mod young;

use serde::{Deserialize, Serialize};

use crate::actions::{self, Basis, Grouping, Timing, Tracked};
use crate::model::audience::Audience;
use crate::model::checklist::{RollUp, Step};
use crate::model::definition::capitalised;
use crate::model::standing;
use crate::programme::Overview;
use crate::summary;
use crate::syntax::decode::{Given, line};

use adapted::{ChangeRow, changes};
use control::{Control, banners, control};
use evidence::Base;
use kind::Kind;
use plan::{ActionPart, Outcome, PlanGroup, Responses};
use programme::Done;
use questions::{QuestionPart, StepPart};
use since::Since;
use standings::{Heading, Standings};
use tables::{AnswerTable, Definition, Table};
use young::Young;

pub(crate) use control::{perspective_words, tool};
pub(crate) use plan::Tracker;
pub(crate) use prose::to_line;
pub(crate) use tables::rolled_up_words;

/// The version of the report's fields.
const VERSION: u32 = 3;

/// Text in the small Markdown that people write, as they wrote it.
type Prose = String;

/// A report on one assessment. docs/templates.md describes each field.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Report {
    version: u32,
    kind: &'static str,
    title: String,
    audience: &'static str,
    /// What stands on every page: the marking, and that it is a draft.
    banners: Vec<String>,
    control: Control,
    summary_words: Option<Prose>,
    /// The first paragraph of the words on the whole.
    lead: Option<Prose>,
    assurance: Option<String>,
    since: Option<Since>,
    tables: Vec<Table>,
    derives: bool,
    definitions: Vec<Definition>,
    answers: Option<AnswerTable>,
    not_covered: Vec<String>,
    standings: Standings,
    headings: Vec<Heading>,
    steps: Vec<StepPart>,
    set_aside: Vec<QuestionPart>,
    context: Vec<QuestionPart>,
    actions: String,
    plan: Vec<PlanGroup>,
    overdue: Vec<ActionPart>,
    open: Vec<ActionPart>,
    proposed: Vec<ActionPart>,
    outcomes: Vec<Outcome>,
    responses: Responses,
    asks: Vec<String>,
    young: Option<Young>,
    evidence: Base,
    /// How scrutiny was done, where a programme is given.
    programme: Option<Done>,
    changes: Vec<ChangeRow>,
}

/// What a report is made from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Material<'a> {
    /// The assessment and what belongs to it.
    pub basis: Basis<'a>,
    /// How many points are not done yet; nothing where readers are not to see that.
    pub unfinished: Option<usize>,
}

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Order<'a> {
    /// For whom and for what it is laid out.
    pub kind: Kind,
    /// Who may read it.
    pub audience: Audience,
    /// The step, by id, of a report on one.
    pub step: Option<&'a str>,
    /// The earlier assessment, where it is to say what moved.
    pub since: Option<Basis<'a>>,
    /// The programme, where it is to say how scrutiny was done.
    pub programme: Option<&'a Overview<'a>>,
}

impl Order<'_> {
    /// The full report, with everything in it.
    pub(crate) const FULL: Order<'static> = Order {
        kind: Kind::Full,
        audience: Audience::Internal,
        step: None,
        since: None,
        programme: None,
    };
}

impl Report {
    /// Computes everything that a report shows, out of what its audience may see.
    pub(crate) fn of(material: Material<'_>, order: &Order<'_>) -> Self {
        let material = audience::material(material, order.audience);
        let Basis { assessment, checklist, .. } = material.basis;
        let shared = audience::shared(assessment, checklist, order.audience);
        let basis = Basis { assessment: &shared, ..material.basis };
        let material = Material { basis, ..material };
        let Some(old) = order.since else { return Report::alone(material, order, None) };
        let old = match order.audience {
            Audience::Internal => old,
            Audience::Partnership | Audience::Public => audience::basis_without_file(old),
        };
        let was = audience::shared(old.assessment, old.checklist, order.audience);
        let old = Basis { assessment: &was, ..old };
        Report::alone(material, order, Some(Since::of(old, basis, order.step)))
    }

    fn alone(material: Material<'_>, order: &Order<'_>, since: Option<Since>) -> Self {
        let basis = material.basis;
        let Basis { assessment, checklist, .. } = basis;
        let is_shown = |id: &str| order.step.is_none_or(|step| step == id);
        let of_step = |own: &Option<&Step>| own.is_none_or(|step| is_shown(&step.id.value));
        let mut asked = standing::stand(checklist, assessment);
        asked.retain(|asked| of_step(&asked.step));
        let context = standing::stand_context(checklist, assessment);
        let summary = summary::summarise(checklist, &asked);
        let mut tracked: Vec<Tracked> = actions::track(&basis)
            .into_iter()
            .map(|action| actions::seen(action, order.audience))
            .collect();
        tracked
            .retain(|own| order.step.is_none() || own.steps.iter().any(|step| is_shown(&step.id)));
        let is_open = |step: &&Step| !standing::covers(assessment, step);
        let parts = questions::Parts::of(basis, &summary, &asked, &tracked);
        let control = control(material);
        let standings = Standings::of(checklist, &asked);
        let assurance = line(&assessment.assurance).map(|word| capitalised(&word));
        let steps = checklist.steps.iter().filter(|step| is_shown(&step.id.value));
        let timed = |wanted: fn(Timing) -> bool| plan::timed(&tracked, wanted);
        Report {
            version: VERSION,
            kind: order.kind.word(),
            title: control::title(order.kind, &control, order.step),
            audience: order.audience.word(),
            banners: banners(&control),
            summary_words: text(&assessment.summary),
            lead: text(&assessment.summary).map(|words| first_paragraph(&words)),
            since,
            tables: summary.tables.iter().map(|own| tables::table(checklist, own)).collect(),
            derives: checklist.roll_up.value != RollUp::None && !summary.tables.is_empty(),
            definitions: tables::definitions(checklist),
            answers: tables::answers(&summary),
            not_covered: checklist.steps.iter().filter(is_open).map(step_name).collect(),
            headings: standings::headings(&basis, &asked),
            steps: steps.filter_map(|step| parts.step(step)).collect(),
            set_aside: parts.set_aside(),
            context: context.iter().map(|asked| parts.question(asked)).collect(),
            overdue: timed(|timing| matches!(timing, Timing::Overdue(_))),
            open: timed(|timing| matches!(timing, Timing::Due | Timing::Undated)),
            proposed: timed(|timing| timing == Timing::Proposed),
            outcomes: plan::outcomes(&tracked),
            responses: Responses::of(&tracked),
            asks: asks::asks(checklist, assurance.as_deref(), &standings, &tracked),
            young: Young::of(checklist, assessment, &asked, &tracked),
            evidence: Base::of(assessment, asked.iter().chain(&context)),
            programme: order.programme.map(|own| Done::of(own, order.audience)),
            changes: changes(checklist),
            actions: actions::tally(&tracked),
            plan: plan::groups(actions::group(tracked, Grouping::Timing)),
            assurance,
            standings,
            control,
        }
    }
}

/// Whether a checklist has words for young readers, without which there is no page for them.
pub(crate) use young::has_words as has_words_for_young_people;

/// The first paragraph of prose that is one, and no list or heading.
fn first_paragraph(prose: &str) -> Prose {
    let is_blank = |line: &&str| line.trim().is_empty();
    let lines: Vec<&str> = prose.lines().take_while(|line| !is_blank(line)).collect();
    lines.join("\n")
}

fn text(given: &Given<String>) -> Option<Prose> {
    given.value().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn filled(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// A text as a sentence, with a stop where it has none.
fn sentence(text: &str) -> String {
    let text = text.trim_end();
    let ends = text.trim_end_matches(['"', '\'', '”', '’', ')', '*', '_']);
    match ends.ends_with(['.', '!', '?', '…', ':', ';']) {
        true => text.to_owned(),
        false => format!("{text}."),
    }
}

fn step_name(step: &Step) -> String {
    format!("{}. {}", step.id.value, step.title)
}

#[cfg(test)]
mod tests {
    use super::sentence;

    #[test]
    fn ends_a_sentence_once() {
        let check = |text: &str, expected: &str| assert_eq!(sentence(text), expected);
        check("Agree the budget", "Agree the budget.");
        check("Agree the budget.", "Agree the budget.");
        check("Who pays?", "Who pays?");
        check("Publish \"What next?\"", "Publish \"What next?\"");
        check("Meet (monthly)", "Meet (monthly).");
    }
}
