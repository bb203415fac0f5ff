//! Proves a text that was made here before it is written: it is read as a file would be, and judged
//! by all rules. An error in it is a fault of ours, so nothing is written and the program ends with 3.

use anyhow::Result;

use super::writer::Unproven;
use crate::finding::{Findings, Level};
use crate::model::assessment::{self, Assessment};
use crate::model::checklist::Checklist;
use crate::model::programme;
use crate::model::workspace::{self, FIRST_MONTH, Workspace};
use crate::model::{adapt, definition};
use crate::rules;
use crate::source::{Source, SourceId};
use crate::syntax::tree::Node;
use crate::syntax::{check_signs, toml, yaml};

/// The id and the task of an action, as far as they are there.
type Task<'a> = (Option<&'a str>, Option<&'a str>);

/// Proves an assessment: it has no error by nature, and the actions that are to be in it are.
pub(super) fn assessment(
    text: &str,
    checklist: &Checklist,
    settings: Option<&Workspace>,
    tasks: &[Task<'_>],
) -> Result<()> {
    let source = source(text);
    let mut findings = Findings::default();
    let decoded = read(&source, settings, assessment::decode, &mut findings)?;
    rules::check_assessment(&source, &decoded, checklist, settings, &mut findings);
    refuse(&findings)?;
    match lacks(&decoded, tasks) {
        None => Ok(()),
        Some(id) => Err(Unproven(format!("the action {id} would not come over whole")).into()),
    }
}

/// Reads a text in YAML as what `decode` makes of it.
fn read<M>(
    source: &Source,
    settings: Option<&Workspace>,
    decode: impl FnOnce(Node<'_>, i8, &mut Findings) -> Option<M>,
    findings: &mut Findings,
) -> Result<M> {
    rules::check_text(source, findings);
    let tree = yaml::parse(source, findings);
    let first_month = settings.map_or(FIRST_MONTH, |settings| settings.first_month);
    let decoded = tree.as_ref().and_then(|tree| {
        check_signs(tree, source, findings);
        decode(tree.root(), first_month, findings)
    });
    decoded.ok_or_else(|| fault(findings))
}

/// The action that should be in an assessment and is not.
fn lacks<'a>(assessment: &Assessment, tasks: &[Task<'a>]) -> Option<&'a str> {
    let mut there: Vec<Task<'_>> = assessment
        .all_actions()
        .map(|(_, action)| (action.id.value(), action.task.value()))
        .map(|(id, task)| (id.map(String::as_str), task.map(|task| task.trim())))
        .collect();
    tasks.iter().find_map(|(id, task)| {
        let wanted = (*id, task.map(str::trim));
        match there.iter().position(|own| *own == wanted) {
            Some(at) => {
                there.swap_remove(at);
                None
            }
            None => Some(id.unwrap_or("without an id")),
        }
    })
}

/// Proves a programme.
pub(super) fn programme(
    text: &str,
    checklist: &Checklist,
    settings: Option<&Workspace>,
) -> Result<()> {
    let source = source(text);
    let mut findings = Findings::default();
    let decoded = read(&source, settings, programme::decode, &mut findings)?;
    rules::check_programme(&source, &decoded, Some(checklist), settings, &mut findings);
    refuse(&findings)
}

/// Proves the settings of a workspace, and returns them.
pub(super) fn settings(text: &str) -> Result<Workspace> {
    let source = source(text);
    let mut findings = Findings::default();
    rules::check_text(&source, &mut findings);
    let tree = toml::parse(&source, &mut findings);
    let decoded = workspace::decode(tree.root(), &mut findings);
    let Some(decoded) = decoded else { return Err(fault(&findings)) };
    rules::check_workspace(&decoded, &mut findings);
    refuse(&findings)?;
    Ok(decoded)
}

/// Proves a checklist on top of the one that it extends.
pub(super) fn checklist(text: &str, base: Option<&Checklist>) -> Result<()> {
    let source = source(text);
    let mut findings = Findings::default();
    rules::check_text(&source, &mut findings);
    let tree = toml::parse(&source, &mut findings);
    let decoded = definition::decode(tree.root(), &mut findings);
    let Some(decoded) = decoded else { return Err(fault(&findings)) };
    let whole = adapt::adapt(decoded, base, &mut findings);
    rules::check_checklist(&whole, &mut findings);
    refuse(&findings)
}

/// A text that no file holds yet.
fn source(text: &str) -> Source {
    Source::new(SourceId(u32::MAX), "the new file", text.to_owned())
}

fn refuse(findings: &Findings) -> Result<()> {
    match findings.iter().any(|finding| finding.rule.level == Level::Error) {
        true => Err(fault(findings)),
        false => Ok(()),
    }
}

fn fault(findings: &Findings) -> anyhow::Error {
    let first = findings.iter().find(|finding| finding.rule.level == Level::Error);
    let what = match first {
        Some(finding) => format!("{} [{}]", finding.message, finding.rule.id),
        None => "it cannot be read".to_owned(),
    };
    Unproven(format!("the new file would have an error: {what}")).into()
}
