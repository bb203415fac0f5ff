//! Reads and judges all inputs of a run, on all cores, and gathers what was found.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, bail};

use super::inputs::{self, Input, Inputs, SETTINGS, shown};
use super::load::{Content, Loaded, LoadedChecklist, LoadedWorkspace, Loader};
use super::threads;
use crate::finding::{Findings, Located, Tally};
use crate::rules::{self, NewActions, Uses};
use crate::source::{SourceId, Sources};

/// What a run found, and what each file was kept as.
pub(super) struct Survey<T> {
    /// All findings, in order of place.
    pub(super) findings: Vec<Located>,
    /// What was kept of each file, in the order of the inputs.
    pub(super) files: Vec<T>,
}

/// What is known of a file when it has been judged.
struct Judged<T> {
    kept: T,
    input: Input,
    path: Arc<str>,
    name: String,
    source: SourceId,
    located: Vec<Located>,
    actions: NewActions,
    uses: Uses,
    workspace: Option<Arc<LoadedWorkspace>>,
    /// The checklists that the file refers to or is, the one that extends first.
    checklists: Vec<Arc<LoadedChecklist>>,
}

/// Reads and judges all inputs. `keep` says what is needed of each file afterwards; the rest of it is
/// let go at once, so that memory does not grow with the number of files.
pub(super) fn survey<T: Send>(
    inputs: &Inputs,
    loader: &Loader,
    keep: impl Fn(Loaded, &[Located]) -> T + Sync,
) -> Result<Survey<T>> {
    let judged = threads::each(&inputs.list, |input| judge(input, loader, &keep))?;
    let mut judged: Vec<Judged<T>> = judged.into_iter().flatten().collect();
    refuse_empty(inputs, judged.iter().map(|file| &file.input))?;
    let mut findings: Vec<Located> = Vec::new();
    for file in &mut judged {
        findings.append(&mut file.located);
    }
    between_files(&judged, loader, &mut findings);
    let mut uses = referred(&judged, loader, &mut findings);
    settings(&judged, inputs, loader, &mut uses, &mut findings);
    findings.sort_by(|a, b| a.key().cmp(&b.key()));
    // A file that is named and also referred to, or a default that many take, is reported once.
    findings.dedup_by(|a, b| a.key() == b.key() && a.message == b.message);
    let files = judged.into_iter().map(|file| file.kept).collect();
    Ok(Survey { findings, files })
}

fn judge<T>(
    input: &Input,
    loader: &Loader,
    keep: &impl Fn(Loaded, &[Located]) -> T,
) -> Result<Option<Judged<T>>> {
    let Some(mut loaded) = loader.load_if_ours(input)? else { return Ok(None) };
    let workspace = loaded.workspace.clone();
    let settings = workspace.as_ref().and_then(|own| own.workspace.as_ref());
    let (assessment, checklists) = match &loaded.content {
        Content::Assessment(assessment, checklist) => {
            (assessment.as_deref(), checklist.iter().flat_map(chain).collect())
        }
        Content::Programme(_, checklist) => (None, checklist.iter().flat_map(chain).collect()),
        Content::Checklist(checklist) => (None, chain(checklist)),
        Content::Mapping(Some(mapping)) => {
            (None, mapping.from.iter().chain(&mapping.to).flat_map(chain).collect())
        }
        Content::Mapping(None) | Content::Workspace | Content::Nothing => (None, Vec::new()),
    };
    let mut uses = Uses::default();
    rules::apply_heeding(
        loader.heed(),
        settings,
        &loaded.name,
        assessment,
        &mut loaded.findings,
        &mut uses,
    );
    let actions = loaded.content.new_actions();
    let located = loaded.findings.locate(&loaded.sources);
    Ok(Some(Judged {
        input: input.clone(),
        path: Arc::clone(&loaded.source.path),
        name: loaded.name.clone(),
        source: loaded.source.id,
        actions,
        uses,
        workspace,
        checklists,
        kept: keep(loaded, &located),
        located,
    }))
}

/// A folder in which nothing is ours was named by mistake; saying nothing would look like good news.
pub(super) fn refuse_empty<'i>(
    inputs: &Inputs,
    read: impl Iterator<Item = &'i Input> + Clone,
) -> Result<()> {
    for folder in &inputs.folders {
        let mut paths = read.clone().filter_map(|input| match input {
            Input::File(path, _) => Some(path),
            Input::Standard => None,
        });
        // A file that was named in two ways may be known by the other one.
        let is_in = paths.clone().any(|path| path.starts_with(folder))
            || paths.any(|path| inputs::holds(folder, path));
        if !is_in {
            bail!(
                "there is nothing to read in {}: none of its .yaml and .toml files begins with \
                 `scrutiny: assessment`, `scrutiny: programme` or `scrutiny = \"checklist\"`",
                shown(folder)
            );
        }
    }
    Ok(())
}

/// A checklist and those that it extends, one after another.
fn chain(checklist: &Arc<LoadedChecklist>) -> Vec<Arc<LoadedChecklist>> {
    let mut chain = vec![Arc::clone(checklist)];
    while let Some(base) = chain.last().and_then(|last| last.base.clone()) {
        chain.push(base);
    }
    chain
}

/// What can be seen only when all files have been read.
fn between_files<T>(judged: &[Judged<T>], loader: &Loader, located: &mut Vec<Located>) {
    let mut findings = Findings::default();
    let actions = judged.iter().map(|file| (file.source, &file.actions));
    rules::check_between(actions, &mut findings);
    debug_assert!(findings.iter().all(|finding| rules::takes_several(finding.rule.id)));
    let wanted: HashSet<SourceId> = findings
        .iter()
        .flat_map(|finding| {
            let also = finding.also.iter().map(|label| label.span.source);
            std::iter::once(finding.span.source).chain(also).collect::<Vec<_>>()
        })
        .collect();
    let mut sources = Sources::default();
    for file in judged.iter().filter(|file| wanted.contains(&file.source)) {
        sources.add(&loader.again(file.source, &file.input, &file.path));
    }
    located.extend(findings.locate(&sources));
}

/// What exceptions and levels set aside in the files that others refer to, by the settings' file.
type UsesBySettings = BTreeMap<PathBuf, (Uses, Vec<String>)>;

/// What was found in the checklists that the files refer to, once for each.
fn referred<T>(
    judged: &[Judged<T>],
    loader: &Loader,
    located: &mut Vec<Located>,
) -> UsesBySettings {
    let mut seen = HashSet::new();
    let mut all = UsesBySettings::new();
    for file in judged {
        for checklist in &file.checklists {
            if !seen.insert(checklist.key.as_str()) {
                continue;
            }
            let mut findings = checklist.findings.clone();
            if let Some(own) = &file.workspace {
                let name = inputs::from_root(Path::new(&checklist.key), Some(&own.root));
                let (uses, names) = all.entry(own.path.clone()).or_default();
                let (heed, settings) = (loader.heed(), own.workspace.as_ref());
                rules::apply_heeding(heed, settings, &name, None, &mut findings, uses);
                names.push(name);
            }
            located.extend(findings.locate(&checklist.sources));
        }
    }
    all
}

/// What was found in the settings that apply to the files, once for each, with the exceptions that
/// set nothing aside any more.
fn settings<T>(
    judged: &[Judged<T>],
    inputs: &Inputs,
    loader: &Loader,
    others: &mut UsesBySettings,
    located: &mut Vec<Located>,
) {
    let mut by_path: BTreeMap<&Path, (&Arc<LoadedWorkspace>, Uses, Vec<String>)> = BTreeMap::new();
    for file in judged {
        let Some(workspace) = &file.workspace else { continue };
        let entry = by_path.entry(&workspace.path);
        let (_, uses, files) = entry.or_insert_with(|| (workspace, Uses::default(), Vec::new()));
        uses.add(&file.uses);
        files.push(file.name.clone());
    }
    for (workspace, mut uses, mut files) in by_path.into_values() {
        let mut findings = workspace.findings.clone();
        let own = workspace.workspace.as_ref();
        rules::apply_heeding(loader.heed(), own, SETTINGS, None, &mut findings, &mut uses);
        located.extend(findings.locate(&workspace.sources));
        let Some(settings) = own else { continue };
        if let Some((more, names)) = others.get_mut(&workspace.path) {
            uses.add(more);
            files.append(names);
        }
        files.push(SETTINGS.to_owned());
        let mut findings = Findings::default();
        let is_whole = inputs.folders.iter().any(|folder| inputs::holds(folder, &workspace.root));
        let is_settled = |file: &str| {
            files.iter().any(|read| read == file) || !workspace.root.join(file).exists()
        };
        let is_looked_for = |rule: &str| rule != rules::KNOWN_NAME || loader.knows_names();
        rules::report_unused(settings, &uses, is_settled, is_whole, is_looked_for, &mut findings);
        located.extend(findings.locate(&workspace.sources));
    }
}

/// Whether something was found that is wrong by nature, so that nothing should be made out of it.
pub(super) fn is_wrong<'f>(findings: impl IntoIterator<Item = &'f Located>) -> bool {
    let is_error = |finding: &Located| finding.rule.level == crate::finding::Level::Error;
    findings.into_iter().any(is_error)
}

/// The tally in words, for the last line of a run.
pub(super) fn tally_words(tally: Tally) -> String {
    use crate::text::count;
    let Tally { errors, unfinished, advice } = tally;
    let mut parts = Vec::new();
    if errors > 0 {
        parts.push(count(errors, "error"));
    }
    if unfinished > 0 {
        parts.push(format!("{unfinished} unfinished"));
    }
    if advice > 0 {
        parts.push(format!("{} of advice", count(advice, "piece")));
    }
    match parts.is_empty() {
        true => "nothing to report".to_owned(),
        false => parts.join(", "),
    }
}
