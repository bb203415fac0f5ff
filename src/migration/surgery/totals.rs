//! The totals of single steps that the assessment says it comes to: they go to the step that took its
//! place. Those of a step without one become comments, because nothing can be counted for it.

use super::super::Trouble;
use super::steps::Gone;
use super::{Pair, Surgeon, find};
use crate::syntax::edit::Splice;
use crate::syntax::page::key as id_key;

impl<'a, 't> Surgeon<'a, 't> {
    pub(super) fn totals(&mut self) -> Result<(), Trouble> {
        let task = self.task;
        let next = |id: &str| task.mapping.step(id).and_then(|mapped| mapped.new.value());
        let ids = task.assessment.expect.steps.iter().map(|(id, _)| id.value.as_str());
        let (going, gone): (Vec<&'a str>, Vec<&'a str>) = ids.partition(|id| next(id).is_some());
        if going.is_empty() && gone.is_empty() {
            return Ok(());
        }
        let (key, steps) = self.of_all_steps().ok_or(Trouble::Unproven)?;
        if going.is_empty() {
            // A key with nothing under it would count as a word.
            self.comment_out(key, steps, &[], &gone, Gone::Totals)?;
        } else {
            for id in &gone {
                let (key, value) = find(steps, id).ok_or(Trouble::Unproven)?;
                self.comment_out(key, value, &[], &[id], Gone::Totals)?;
            }
        }
        for id in going {
            let (key, _) = find(steps, id).ok_or(Trouble::Unproven)?;
            if let Some(next) = next(id).filter(|next| *next != id) {
                let with = id_key(next).into_owned();
                self.splices.push(Splice { at: key.span().range(), with });
            }
        }
        self.made.gone_totals = gone;
        Ok(())
    }

    /// The key `steps` under `expect`, with what stands there.
    fn of_all_steps(&self) -> Option<Pair<'t>> {
        find(find(self.root, "expect")?.1, "steps")
    }
}
