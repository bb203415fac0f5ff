//! What moved since an earlier assessment, as a report shows it: the facts of the comparison in the
//! words that it has, and how things stood then.

use serde::{Deserialize, Serialize};

use super::Prose;
use super::diff::{ActionMove, FactMove, Moves, QuestionMove, SideWords, StepMove, WORDS};
use super::tables::{Table, table};
use crate::actions::Basis;
use crate::comparison::diff::diff;
use crate::model::standing;
use crate::summary;

/// What moved since an earlier assessment.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Since {
    /// The earlier assessment.
    was: SideWords,
    /// The counts per step at that time.
    tables: Vec<Table>,
    /// What moved, as sentences that can be read aloud.
    opening: Vec<Prose>,
    questions: Vec<QuestionMove>,
    context: Vec<QuestionMove>,
    steps: Vec<StepMove>,
    actions: Vec<ActionMove>,
    whole: Vec<FactMove>,
}

impl Since {
    /// What moved between two assessments; with a step, only what belongs to it.
    pub(super) fn of(old: Basis<'_>, new: Basis<'_>, step: Option<&str>) -> Self {
        let mut diff = diff(old, new);
        if let Some(step) = step {
            diff.keep_step(step);
        }
        let Moves { old: was, opening, questions, context, steps, actions, mut whole, .. } =
            Moves::of(&diff, Vec::new());
        // The report has the words themselves.
        whole.retain(|fact| fact.what != WORDS);
        let asked = standing::stand(old.checklist, old.assessment);
        let summary = summary::summarise(old.checklist, &asked);
        let tables = summary.tables.iter().map(|own| table(old.checklist, own)).collect();
        Since { was, tables, opening, questions, context, steps, actions, whole }
    }
}
