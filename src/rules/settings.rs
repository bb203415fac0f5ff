//! What the settings of a workspace make of findings: levels of rules, exceptions by place.

use crate::finding::{Finding, Findings, Level};
use crate::model::assessment::{Assessment, Status};
pub(super) use crate::model::faults::UNKNOWN_RULE;
use crate::model::workspace::{Exception, Workspace};
use crate::syntax::decode::suggest;
use crate::text::{nearest, quoted};

/// Which exceptions and levels of a workspace set something aside.
#[derive(Debug, Default)]
pub(crate) struct Uses {
    levels: Vec<bool>,
    exceptions: Vec<bool>,
}

/// What of the settings of a workspace counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Heed {
    /// The levels of rules, and exceptions by place.
    Everything,
    /// Exceptions by place alone: no rule is off in what everybody can read.
    ExceptionsOnly,
}

/// Settings may only name rules that exist, and never make less of an error.
pub(super) fn check(workspace: &Workspace, findings: &mut Findings) {
    let ids: Vec<&str> = super::all().map(|rule| rule.id).collect();
    let levels = workspace.levels.iter().map(|level| (&level.rule, level.level));
    let exceptions = workspace.exceptions.iter().map(|exception| (&exception.rule, None));
    for (name, level) in levels.chain(exceptions) {
        match super::find(&name.value) {
            None => {
                let message = format!("There is no rule {}", quoted(&name.value));
                let finding = findings.report(&UNKNOWN_RULE, name.span, message);
                match nearest(&name.value, ids.iter().copied()) {
                    Some(meant) => suggest(finding, Some(meant), &[]),
                    None => {
                        finding.help("`scrutiny rules` lists them");
                    }
                }
            }
            Some(rule) if rule.level == Level::Error && level != Some(Level::Error) => {
                let message = format!("{} is an error by nature and cannot be set aside", rule.id);
                findings
                    .report(&UNKNOWN_RULE, name.span, message)
                    .help("remove this setting, and correct what the rule reports");
            }
            Some(_) => {}
        }
    }
}

/// Gives the findings on one file their level: that of the workspace, raised where the assessment is
/// final; and removes those that an exception sets aside. `file` is the path from the workspace.
pub(crate) fn apply(
    workspace: Option<&Workspace>,
    file: &str,
    assessment: Option<&Assessment>,
    findings: &mut Findings,
    uses: &mut Uses,
) {
    apply_heeding(Heed::Everything, workspace, file, assessment, findings, uses);
}

/// The same where less of the settings may count.
pub(crate) fn apply_heeding(
    heed: Heed,
    workspace: Option<&Workspace>,
    file: &str,
    assessment: Option<&Assessment>,
    findings: &mut Findings,
    uses: &mut Uses,
) {
    let is_final = assessment.is_some_and(|assessment| assessment.status.value == Status::Final);
    let levels = workspace.map(|workspace| workspace.levels.as_slice()).unwrap_or_default();
    let exceptions = workspace.map(|workspace| workspace.exceptions.as_slice()).unwrap_or_default();
    uses.levels.resize(levels.len(), false);
    uses.exceptions.resize(exceptions.len(), false);
    findings.retain(|finding| {
        let is_error = finding.rule.level == Level::Error;
        if let Some(index) = excepted(exceptions, file, finding) {
            uses.exceptions[index] = true;
            return false;
        }
        if heed == Heed::ExceptionsOnly {
            return true;
        }
        let level = levels.iter().position(|level| level.rule.value == finding.rule.id);
        if let Some(index) = level.filter(|_| !is_error) {
            uses.levels[index] = true;
            match levels[index].level {
                Some(level) => finding.level = level,
                None => return false,
            }
        }
        let is_own = assessment.is_some_and(|own| own.source == finding.span.source);
        if is_final && is_own && finding.level == Level::Unfinished {
            finding.level = Level::Error;
        }
        true
    });
}

/// The exception that sets a finding on a file aside.
fn excepted(exceptions: &[Exception], file: &str, finding: &Finding) -> Option<usize> {
    let is_error = finding.rule.level == Level::Error;
    exceptions.iter().filter(|_| !is_error).position(|exception| {
        let at = exception.at.value();
        let is_here = at.is_none_or(|at| finding.about.as_deref() == Some(at.trim()));
        is_here && exception.rule.value == finding.rule.id && exception.file.value == file
    })
}

/// Removes what an exception sets aside at its place, whatever the levels of rules are: what counts
/// for an output that everybody can read. `file` is the path from the workspace.
pub(crate) fn set_aside(workspace: Option<&Workspace>, file: &str, findings: &mut Findings) {
    let exceptions = workspace.map(|workspace| workspace.exceptions.as_slice()).unwrap_or_default();
    findings.retain(|finding| excepted(exceptions, file, finding).is_none());
}

impl Uses {
    /// Counts in what set something aside in another file of the workspace.
    pub(crate) fn add(&mut self, other: &Uses) {
        let or = |mine: &mut Vec<bool>, theirs: &[bool]| {
            mine.resize(mine.len().max(theirs.len()), false);
            mine.iter_mut().zip(theirs).for_each(|(mine, theirs)| *mine |= theirs);
        };
        or(&mut self.levels, &other.levels);
        or(&mut self.exceptions, &other.exceptions);
    }
}

/// Reports exceptions that set nothing aside: those for a file that was read or is gone, and, where
/// the whole workspace was read, rules that are off and never reported anything. A rule that was not
/// looked for, such as one that needs a list of names, is passed over.
pub(crate) fn report_unused(
    workspace: &Workspace,
    uses: &Uses,
    is_settled: impl Fn(&str) -> bool,
    is_whole: bool,
    is_looked_for: impl Fn(&str) -> bool,
    findings: &mut Findings,
) {
    let used = |list: &[bool], index: usize| list.get(index).copied().unwrap_or_default();
    for (index, exception) in workspace.exceptions.iter().enumerate() {
        let is_known = super::find(&exception.rule.value).is_some_and(|r| r.level != Level::Error)
            && is_looked_for(&exception.rule.value);
        if is_known && !used(&uses.exceptions, index) && is_settled(&exception.file.value) {
            let finding = super::unused_exception::report(&exception.rule, findings);
            // What hides nothing now would hide a child's name one day.
            if super::is_personal(&exception.rule.value) {
                finding.level = Level::Error;
            }
        }
    }
    for (index, level) in workspace.levels.iter().enumerate() {
        let is_known =
            super::find(&level.rule.value).is_some_and(|rule| rule.level != Level::Error);
        if is_known && is_whole && level.level.is_none() && !used(&uses.levels, index) {
            super::unused_exception::report(&level.rule, findings);
        }
    }
}
