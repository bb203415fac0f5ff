//! The other files of a workspace, as far as they matter to an open one: an action id stands for one
//! action in all files of a partnership. Of each file only the ids are kept, until it changes.

use std::collections::{HashMap, HashSet};
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use anyhow::Result;

use super::documents::{Document, Documents};
use crate::commands::detours::{absolute, real};
use crate::commands::inputs::{self, How, Input};
use crate::commands::load::Loader;
use crate::finding::{Findings, Located};
use crate::rules::{self, NewActions};
use crate::source::{Source, SourceId, Sources};

/// What is known of the files around the open ones.
#[derive(Default)]
pub(super) struct Neighbours {
    known: HashMap<PathBuf, Known>,
}

/// What is known of a file.
struct Known {
    stamp: Stamp,
    shown: Arc<str>,
    actions: Arc<NewActions>,
}

/// What tells whether a file has changed.
#[derive(PartialEq, Eq)]
enum Stamp {
    /// When it was written, its size, and which file it is since when, where the system tells.
    Disk(Option<SystemTime>, u64, Option<(u64, i64, i64)>),
    /// The text in the editor.
    Open(Arc<str>),
}

/// The ids of the open text that is looked at.
pub(super) struct Own {
    pub(super) source: Arc<Source>,
    pub(super) actions: Arc<NewActions>,
}

impl Neighbours {
    /// What is found between an open text and the other files of its workspace, as `validate` finds it
    /// in the folder of the `scrutiny.toml`. Without that, it is not known which files belong together.
    pub(super) fn between(
        &mut self,
        own: &Own,
        document: &Document,
        documents: &Documents,
    ) -> Result<Vec<Located>> {
        let path = absolute(&document.path);
        let root = path.parent().and_then(inputs::settings_folder);
        let Some(root) = root.filter(|_| !own.actions.is_empty()) else { return Ok(Vec::new()) };
        let texts = documents.texts();
        let loader = Loader::new().over(texts.clone());
        let place = real(&path);
        let mut actions = Vec::new();
        let mut others = HashMap::new();
        for (id, (file, input)) in (own.source.id.0 + 1..).zip(files(root, &texts)?) {
            if file == place {
                actions.push((own.source.id, Arc::clone(&own.actions)));
                continue;
            }
            let Some(known) = self.known(&file, &input, texts.get(&file), &loader) else {
                continue;
            };
            let id = SourceId(id);
            actions.push((id, Arc::clone(&known.actions)));
            others.insert(id, (input, Arc::clone(&known.shown)));
        }
        let mut findings = Findings::default();
        rules::check_between(actions.iter().map(|(id, own)| (*id, &**own)), &mut findings);
        findings.retain(|finding| finding.span.source == own.source.id);
        let mut sources = Sources::default();
        sources.add(&own.source);
        let also = findings.iter().flat_map(|finding| &finding.also);
        for id in also.map(|label| label.span.source).collect::<HashSet<_>>() {
            if let Some((input, shown)) = others.get(&id) {
                sources.add(&loader.again(id, input, shown));
            }
        }
        Ok(findings.locate(&sources))
    }

    /// What is known of a file as it is now; nothing where it cannot be read.
    fn known(
        &mut self,
        file: &Path,
        input: &Input,
        text: Option<&Arc<str>>,
        loader: &Loader,
    ) -> Option<&Known> {
        let stamp = match text {
            Some(text) => Stamp::Open(Arc::clone(text)),
            None => {
                let metadata = std::fs::metadata(file).ok()?;
                Stamp::Disk(metadata.modified().ok(), metadata.len(), identity(&metadata))
            }
        };
        if self.known.get(file).is_none_or(|known| known.stamp != stamp) {
            let loaded = loader.load_if_ours(input).ok()?;
            let actions = loaded.as_ref().map(|loaded| loaded.content.new_actions());
            let shown = loaded.map_or_else(|| "".into(), |loaded| Arc::clone(&loaded.source.path));
            let known = Known { stamp, shown, actions: actions.unwrap_or_default().into() };
            self.known.insert(file.to_owned(), known);
        }
        self.known.get(file)
    }
}

/// What changes with a file whatever time and size it is given.
#[cfg(unix)]
fn identity(metadata: &Metadata) -> Option<(u64, i64, i64)> {
    use std::os::unix::fs::MetadataExt;
    Some((metadata.ino(), metadata.ctime(), metadata.ctime_nsec()))
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> Option<(u64, i64, i64)> {
    None
}

/// The files of a workspace by their real paths, in the order in which `validate` reads them; with those
/// that are open and not on the disk yet.
fn files(root: &Path, texts: &HashMap<PathBuf, Arc<str>>) -> Result<Vec<(PathBuf, Input)>> {
    let top = real(root);
    let mut inputs = inputs::find(&[root.to_owned()])?.list;
    let is_new =
        |path: &&PathBuf| path.starts_with(&top) && !path.exists() && inputs::is_candidate(path);
    inputs.extend(texts.keys().filter(is_new).map(|path| Input::File(path.clone(), How::Found)));
    inputs.sort();
    let placed = |input: Input| match &input {
        Input::File(path, _) => Some((real(path), input)),
        Input::Standard => None,
    };
    Ok(inputs.into_iter().filter_map(placed).collect())
}
