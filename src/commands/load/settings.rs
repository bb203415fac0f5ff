//! The settings of workspaces: those of the nearest `scrutiny.toml` upwards, read once in a run.

use std::path::Path;
use std::sync::{Arc, PoisonError};

use anyhow::Result;

use super::{Content, Loaded, LoadedWorkspace, Loader, folder_of, lasting_name};
use crate::commands::inputs::{How, Input, SETTINGS, shown};
use crate::commands::origins;
use crate::finding::Findings;
use crate::model::way::{self, Vouchers};
use crate::model::workspace;
use crate::privacy::Dress;
use crate::rules;
use crate::source::{Source, Sources};
use crate::syntax::toml;

impl Loader {
    /// The settings that apply in a folder: those of the nearest `scrutiny.toml` upwards.
    pub(crate) fn workspace(&self, folder: &Path) -> Result<Option<Arc<LoadedWorkspace>>> {
        {
            let workspaces = self.workspaces.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(known) = workspaces.get(folder) {
                return Ok(known.clone());
            }
        }
        let path = folder.join(SETTINGS);
        let found = match (path.is_file(), folder.parent()) {
            (true, _) => Some(self.read_workspace(&path)?),
            (false, Some(above)) => self.workspace(above)?,
            (false, None) => {
                origins::note("settings: the defaults, where no folder above has a scrutiny.toml");
                None
            }
        };
        let mut workspaces = self.workspaces.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(workspaces.entry(folder.to_owned()).or_insert(found).clone())
    }

    fn read_workspace(&self, path: &Path) -> Result<Arc<LoadedWorkspace>> {
        let bytes = self.read(&Input::File(path.to_owned(), How::Named))?;
        origins::note_file(path);
        let (loaded, _) = self.understand_workspace(path, bytes);
        Ok(Arc::new(loaded))
    }

    /// Takes bytes for the settings of a workspace.
    pub(crate) fn load_settings(&self, input: &Input, path: &Path, bytes: Vec<u8>) -> Loaded {
        let (own, source) = self.understand_workspace(path, bytes);
        Loaded {
            name: lasting_name(input, Some(&own)),
            source,
            content: Content::Workspace,
            workspace: None,
            findings: own.findings,
            sources: own.sources,
        }
    }

    fn understand_workspace(&self, path: &Path, bytes: Vec<u8>) -> (LoadedWorkspace, Arc<Source>) {
        let mut findings = Findings::default();
        let (source, is_text) =
            match self.read_text(&shown(path), bytes, Dress::Text, &mut findings) {
                Ok(source) => (source, true),
                Err(source) => (source, false),
            };
        let mut sources = Sources::default();
        sources.add(&source);
        let workspace = is_text.then(|| {
            let tree = toml::parse(&source, &mut findings);
            rules::say_where(tree.root(), &mut findings);
            let workspace = workspace::decode(tree.root(), &mut findings);
            if let Some(workspace) = &workspace {
                rules::check_workspace(workspace, &mut findings);
            }
            let own = Vouchers { checklist: None, workspace: workspace.as_ref() };
            way::mark(tree.root(), own, &mut findings);
            workspace
        });
        let workspace = workspace.flatten();
        let path = path.to_owned();
        let root = folder_of(&path);
        (LoadedWorkspace { path, root, workspace, findings, sources }, source)
    }
}
