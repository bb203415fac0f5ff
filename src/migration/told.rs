//! What a person has to know of an assessment that was taken over, sentence by sentence.

use std::collections::HashSet;

use super::Migrated;
use super::decide::{Decision, Going, says_something};
use crate::model::checklist::Checklist;
use crate::text::{count, join_words};

impl Migrated<'_> {
    /// What a person has to know of the new file.
    pub(crate) fn told(&self, now: &Checklist) -> Vec<String> {
        let all = || self.decisions.iter();
        let ids = |own: Vec<&Decision<'_>>| {
            let name = |own: &&Decision<'_>| match own.to == own.entry.id.value {
                true => own.to.clone(),
                false => format!("{} as {}", own.entry.id.value, own.to),
            };
            join_words(&own.iter().map(name).collect::<Vec<_>>(), "and")
        };
        let is_said = |own: &&Decision<'_>| says_something(own.entry);
        let on: Vec<_> = all().filter(|own| own.going == Going::On).filter(is_said).collect();
        let stale: Vec<_> = all().filter(|own| own.going == Going::Stale).collect();
        let orphans: Vec<_> = all().filter(|own| matches!(own.going, Going::Orphan(_))).collect();
        let mut told = vec![format!("{} carried over unchanged.", count(on.len(), "answer"))];
        let moved: Vec<_> = on.into_iter().filter(|own| own.to != own.entry.id.value).collect();
        if !moved.is_empty() {
            told.push(format!("Under another id: {}.", ids(moved)));
        }
        if !stale.is_empty() {
            let number = count(stale.len(), "answer");
            told.push(format!(
                "{number} to read again, because the words are others: {}.",
                ids(stale)
            ));
        }
        if !orphans.is_empty() {
            let number = count(orphans.len(), "orphan");
            told.push(format!("{number} kept, in no count: {}.", ids(orphans)));
        }
        let answered: HashSet<&str> = all().filter(is_said).map(|own| own.to.as_str()).collect();
        let open = now.questions().chain(&now.context);
        let open: Vec<&str> =
            open.map(|own| own.id.value.as_str()).filter(|id| !answered.contains(id)).collect();
        if !open.is_empty() {
            told.push(format!(
                "{} to answer: {}.",
                count(open.len(), "question"),
                join_words(&open, "and")
            ));
        }
        if !self.moved_actions.is_empty() {
            let actions = join_words(&self.moved_actions, "and");
            told.push(format!(
                "On the whole now, because their step or its questions moved: {actions}."
            ));
        }
        if !self.gone_steps.is_empty() {
            let steps = join_words(&self.gone_steps, "and");
            told.push(format!("Words on steps that are gone stand in comments: {steps}."));
        }
        if !self.gone_totals.is_empty() {
            let steps = join_words(&self.gone_totals, "and");
            told.push(format!("Totals of steps that are gone stand in comments: {steps}."));
        }
        if let Some(covers) = &self.covers {
            told.push(format!("It covers these steps now: {}.", join_words(covers, "and")));
        }
        if self.is_reopened {
            told.push("It was final; it is a draft until somebody has read it through.".to_owned());
        }
        told
    }
}
