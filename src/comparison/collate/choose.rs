//! Which assessments count: of each partnership one on each checklist, the latest, of the perspective
//! that is asked for. What does not count is counted and named.

use std::collections::BTreeMap;

use super::{Instrument, Return};
use crate::comparison::same_name;
use crate::model::assessment::Status;

/// The perspectives that count where none is asked for, the one that counts first last.
const USUAL: [&str; 2] = ["scrutineer", "agreed"];

/// An assessment that may count, with the checklist that it answers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate<'a> {
    /// What was kept of it.
    pub given: &'a Return,
    /// Its checklist.
    pub instrument: &'a Instrument<'a>,
}

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Choice {
    /// Only assessments of this period, as it is written; the latest of each partnership otherwise.
    pub period: Option<String>,
    /// Only assessments of this perspective; otherwise what was agreed, else the scrutineer's.
    pub perspective: Option<String>,
}

/// Why an assessment does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Why {
    /// Another period is asked for.
    OtherPeriod,
    /// Another perspective is asked for, or counts before it.
    OtherPerspective,
    /// A later one of the same partnership counts.
    Superseded,
    /// Another one of the same partnership, period and perspective counts.
    Second,
}

/// An assessment that does not count.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LeftOut<'a> {
    /// What was kept of it.
    pub given: &'a Return,
    /// Why it does not count.
    pub why: Why,
}

/// What counts and what does not.
#[derive(Debug, Default)]
pub(crate) struct Chosen<'a> {
    /// One assessment for each partnership and checklist.
    pub used: Vec<Candidate<'a>>,
    /// The rest.
    pub left_out: Vec<LeftOut<'a>>,
    /// The partnerships of which nothing counts, with the perspectives that they have.
    pub without: Vec<(&'a str, Vec<&'a str>)>,
}

/// Chooses what counts. The order of the candidates makes no difference.
pub(crate) fn choose<'a>(candidates: &[Candidate<'a>], choice: &Choice) -> Chosen<'a> {
    let mut by_partnership: BTreeMap<(String, &str), Vec<Candidate<'a>>> = BTreeMap::new();
    for candidate in candidates {
        let key = (same_name(&candidate.given.partnership), candidate.instrument.root_id());
        by_partnership.entry(key).or_default().push(*candidate);
    }
    let mut chosen = Chosen::default();
    for mut own in by_partnership.into_values() {
        own.sort_by(|a, b| weight(b.given).cmp(&weight(a.given)));
        choose_one(&own, choice, &mut chosen);
    }
    chosen
}

/// What counts first: the later period, then the perspective, what is final, what is as at a later
/// day, and in the end the name of the file, so that the choice is always the same.
fn weight(given: &Return) -> impl Ord + use<'_> {
    let perspective = USUAL.iter().position(|usual| *usual == given.perspective);
    let period = (given.period.to, given.period.from);
    (period, perspective, given.status == Status::Final, given.as_at, &given.file)
}

/// Chooses among the assessments of one partnership on one checklist, what counts first coming first.
fn choose_one<'a>(own: &[Candidate<'a>], choice: &Choice, chosen: &mut Chosen<'a>) {
    let is_period = |given: &Return| {
        let name = &given.period.name;
        choice.period.as_ref().is_none_or(|wanted| wanted.trim().eq_ignore_ascii_case(name))
    };
    let is_perspective = |given: &Return| match &choice.perspective {
        Some(wanted) => given.perspective == wanted.trim(),
        None => USUAL.contains(&given.perspective.as_str()),
    };
    let counts = |one: &&Candidate<'a>| is_period(one.given) && is_perspective(one.given);
    let used = own.iter().find(counts).map(|one| one.given);
    for one in own {
        let given = one.given;
        let why = match used {
            Some(used) if std::ptr::eq(used, given) => {
                chosen.used.push(*one);
                continue;
            }
            _ if !is_period(given) => Why::OtherPeriod,
            _ if !is_perspective(given) => Why::OtherPerspective,
            Some(used) if used.period != given.period => Why::Superseded,
            Some(used) if used.perspective != given.perspective => Why::OtherPerspective,
            _ => Why::Second,
        };
        chosen.left_out.push(LeftOut { given, why });
    }
    let in_period = || own.iter().map(|one| one.given).filter(|given| is_period(given));
    if let (None, Some(first)) = (used, in_period().next()) {
        let mut seen: Vec<&str> = in_period().map(|given| given.perspective.as_str()).collect();
        seen.sort_unstable();
        seen.dedup();
        chosen.without.push((&first.partnership, seen));
    }
}
