//! The gate before an output that everybody can read: where it gives somebody away, it is not made.

use std::collections::HashSet;
use std::path::Path;

use anyhow::Result;

use super::Exit;
use super::inputs::{Inputs, shown};
use super::load::{Content, Loaded, LoadedChecklist, Loader};
use super::output::Output;
use super::screen::FindingFormat;
use crate::finding::{Findings, Level, Located};
use crate::model::audience::Audience;
use crate::model::workspace::Workspace;
use crate::privacy::{Dress, Match};
use crate::rules;
use crate::source::{Source, Sources};
use crate::text::count;

/// An output that is finished, but neither printed nor written yet.
pub(super) struct Finished<'a> {
    /// What everybody will read; of a workbook, the text of its cells.
    pub(super) text: &'a str,
    /// What it is written in.
    pub(super) dress: Dress,
    /// Where it is to be written; standard output where nothing is said.
    pub(super) file: Option<&'a Path>,
}

/// Personal data of one input, with what an exception allows.
struct Known {
    matches: Vec<Match>,
    /// The findings that no exception sets aside.
    findings: Findings,
    sources: Sources,
}

/// Stops an output for the public that holds personal data: says where it stands in the inputs, or
/// else in the output, and how the run ends. For other readers, and where nothing is found, nothing
/// happens. To be called before anything is printed or written.
pub(super) fn stop_if_personal(
    audience: Audience,
    finished: &[Finished<'_>],
    inputs: &Inputs,
    loader: &Loader,
    output: &mut Output,
) -> Result<Option<Exit>> {
    match audience {
        Audience::Public => {}
        Audience::Internal | Audience::Partnership => return Ok(None),
    }
    let mut located: Vec<Located> = Vec::new();
    let mut known: Option<Vec<Known>> = None;
    for own in finished {
        let name = own.file.map_or_else(|| "the output".to_owned(), shown);
        let mut findings = Findings::default();
        let source =
            loader.look_through(loader.id(), &name, own.text.to_owned(), own.dress, &mut findings);
        if findings.is_empty() {
            continue;
        }
        if known.is_none() {
            known = Some(read_again(inputs, loader)?);
        }
        let known = known.as_deref().unwrap_or_default();
        let matches = loader.scan(own.text, own.dress);
        let mut sources = Sources::default();
        sources.add(&source);
        findings.retain(|finding| {
            let own = matches.iter().find(|own| own.range.start == finding.span.start as usize);
            own.is_none_or(|own| !is_explained(own, known, &mut located))
        });
        located.extend(findings.locate(&sources));
    }
    if located.is_empty() {
        return Ok(None);
    }
    located.iter_mut().for_each(|finding| finding.level = Level::Error);
    located.sort_by(|a, b| a.key().cmp(&b.key()));
    located.dedup_by(|a, b| a.key() == b.key());
    let shown = output.screen.findings(&located, FindingFormat::Human);
    output.complain(&shown)?;
    output.complain(&format!(
        "Nothing was written: {} of personal data would have been public.\n\
         Change the text, or set a place aside in scrutiny.toml with an [[exception]] and the reason.\n",
        count(located.len(), "piece")
    ))?;
    Ok(Some(Exit::Findings))
}

/// Whether the inputs say where something comes from: then their places are reported, unless
/// exceptions allow all of them, or it stands in a checklist that comes with the program.
fn is_explained(own: &Match, known: &[Known], located: &mut Vec<Located>) -> bool {
    let mut is_there = false;
    for input in known {
        let same = |other: &&Match| other.essence == own.essence;
        let starts: HashSet<usize> =
            input.matches.iter().filter(same).map(|other| other.range.start).collect();
        is_there |= !starts.is_empty();
        let mut findings = input.findings.clone();
        findings.retain(|finding| starts.contains(&(finding.span.start as usize)));
        located.extend(findings.locate(&input.sources));
    }
    is_there
}

/// The personal data of all inputs and of what they refer to.
fn read_again(inputs: &Inputs, loader: &Loader) -> Result<Vec<Known>> {
    let mut all = Vec::new();
    let mut seen = HashSet::new();
    for input in &inputs.list {
        let Some(loaded) = loader.load_if_ours(input)? else { continue };
        let own = loaded.workspace.as_ref().and_then(|own| own.workspace.as_ref());
        all.push(known(&loaded.source, &loaded.findings, &loaded.name, own, loader));
        for checklist in checklists(&loaded) {
            if seen.insert(checklist.key.clone()) {
                let root = loaded.workspace.as_ref().map(|own| own.root.as_path());
                let name = super::inputs::from_root(Path::new(&checklist.key), root);
                for source in checklist.sources.iter() {
                    all.push(known(source, &checklist.findings, &name, own, loader));
                }
            }
        }
        if let Some(workspace) = &loaded.workspace
            && seen.insert(workspace.path.to_string_lossy().into_owned())
        {
            for source in workspace.sources.iter() {
                let name = super::inputs::SETTINGS;
                all.push(known(source, &workspace.findings, name, own, loader));
            }
        }
    }
    Ok(all)
}

/// The checklist of a file, and those that it extends.
fn checklists(loaded: &Loaded) -> Vec<&LoadedChecklist> {
    let first = match &loaded.content {
        Content::Assessment(_, checklist) | Content::Programme(_, checklist) => {
            checklist.as_deref()
        }
        Content::Checklist(checklist) => Some(checklist.as_ref()),
        Content::Mapping(_) | Content::Workspace | Content::Nothing => None,
    };
    std::iter::successors(first, |own| own.base.as_deref()).collect()
}

fn known(
    source: &std::sync::Arc<Source>,
    findings: &Findings,
    name: &str,
    workspace: Option<&Workspace>,
    loader: &Loader,
) -> Known {
    let mut findings = findings.clone();
    findings
        .retain(|finding| rules::is_personal(finding.rule.id) && finding.span.source == source.id);
    rules::set_aside(workspace, name, &mut findings);
    let mut sources = Sources::default();
    sources.add(source);
    Known { matches: loader.scan(&source.text, Dress::Text), findings, sources }
}
