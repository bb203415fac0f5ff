//! What is known of one open text: the file with all that it refers to, read as it is now.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;
use serde_json::Value;

use super::documents::{Document, Documents};
use super::neighbours::Own;
use crate::commands::inputs::{How, Input, Inputs, declares_itself, shown};
use crate::commands::load::{Content, Loaded, LoadedChecklist, Loader};
use crate::commands::schema::of_settings;
use crate::commands::survey::survey;
use crate::editor::{Kind, Knowledge};
use crate::finding::{Level, Located};
use crate::model::checklist::Checklist;
use crate::schema;
use crate::shipped;

/// A text as it is read.
pub(super) struct Analysis {
    loaded: Loaded,
    kind: Kind,
    schema: Value,
    shipped: Vec<(&'static str, String)>,
}

/// Texts as they were read for the last answers.
#[derive(Default)]
pub(super) struct Analyses {
    all: HashMap<String, Option<Analysis>>,
}

impl Analyses {
    /// A text with all that it refers to; nothing where it is not ours.
    pub(super) fn get(
        &mut self,
        address: &str,
        document: &Document,
        documents: &Documents,
    ) -> Result<Option<&Analysis>> {
        if !self.all.contains_key(address) {
            self.all.insert(address.to_owned(), Analysis::of(documents, document)?);
        }
        Ok(self.all.get(address).and_then(Option::as_ref))
    }
}

/// What is found in an open text.
#[derive(Default)]
pub(super) struct Found {
    /// The findings in the file itself.
    pub(super) own: Vec<Located>,
    /// The other files with errors, as shown: what depends on them could not be checked.
    pub(super) broken: BTreeSet<String>,
    /// What other files are held to.
    pub(super) ids: Option<Own>,
}

/// The findings in an open text, as `validate` would show them if it were saved. Nothing is found in a
/// file that is not ours.
pub(super) fn findings(documents: &Documents, document: &Document) -> Result<Found> {
    if !declares_itself(&document.path, document.text.as_bytes()) {
        return Ok(Found::default());
    }
    let loader = Loader::new().over(documents.texts());
    let input = Input::File(document.path.clone(), How::Named);
    let inputs = Inputs { list: vec![input], folders: Vec::new() };
    let survey = survey(&inputs, &loader, |loaded, _| {
        let actions = loaded.content.new_actions().into();
        Own { source: loaded.source, actions }
    })?;
    let name = shown(&document.path);
    let (own, others): (Vec<Located>, Vec<Located>) =
        survey.findings.into_iter().partition(|finding| *finding.place.path == *name);
    let errors = others.into_iter().filter(|finding| finding.level == Level::Error);
    let broken = errors.map(|finding| finding.place.file.to_string()).collect();
    Ok(Found { own, broken, ids: survey.files.into_iter().next() })
}

impl Analysis {
    /// Reads a text with all that it refers to; nothing where it is not ours.
    fn of(documents: &Documents, document: &Document) -> Result<Option<Analysis>> {
        if !declares_itself(&document.path, document.text.as_bytes()) {
            return Ok(None);
        }
        let loader = Loader::new().over(documents.texts());
        let loaded = loader.load(&Input::File(document.path.clone(), How::Named))?;
        let kind = match &loaded.content {
            Content::Assessment(..) => Kind::Assessment,
            Content::Programme(..) => Kind::Programme,
            Content::Checklist(_) => Kind::Checklist,
            Content::Mapping(_) => Kind::Mapping,
            Content::Workspace => Kind::Workspace,
            // Half a line may hide what the file is.
            Content::Nothing => match said(&document.text) {
                Some(kind) => kind,
                None => return Ok(None),
            },
        };
        let schema = match kind {
            Kind::Assessment => schema::schema(checklist(&loaded.content)),
            Kind::Programme => schema::programme::schema(),
            Kind::Checklist => schema::checklist::schema(),
            Kind::Mapping => schema::mapping::schema(),
            Kind::Workspace => of_settings(),
        };
        let title = |own: &'static shipped::Shipped| {
            let loaded = loader.shipped(own);
            let title = loaded.checklist.as_ref().map(|own| own.title.clone());
            (own.id, title.unwrap_or_default())
        };
        let shipped = shipped::SHIPPED.iter().map(title).collect();
        Ok(Some(Analysis { loaded, kind, schema, shipped }))
    }

    pub(super) fn loaded(&self) -> &Loaded {
        &self.loaded
    }

    pub(super) fn knowledge(&self) -> Knowledge<'_> {
        let Loaded { content, workspace, .. } = &self.loaded;
        let earlier = match content {
            Content::Mapping(Some(mapping)) => whole(mapping.from.as_ref()),
            _ => None,
        };
        let assessment = match content {
            Content::Assessment(assessment, _) => assessment.as_deref(),
            _ => None,
        };
        Knowledge {
            kind: self.kind,
            schema: &self.schema,
            checklist: checklist(content),
            earlier,
            workspace: workspace.as_ref().and_then(|own| own.workspace.as_ref()),
            assessment,
            shipped: &self.shipped,
        }
    }

    /// Where the file that is named in the text lies, if it is there.
    pub(super) fn file(&self, document: &Document, name: &str) -> Option<PathBuf> {
        let folder = document.path.parent()?;
        let path = folder.join(name.trim().replace('\\', "/"));
        path.is_file().then_some(path)
    }
}

fn whole(loaded: Option<&Arc<LoadedChecklist>>) -> Option<&Checklist> {
    loaded.and_then(|own| own.checklist.as_ref())
}

/// The checklist that a file answers or is, or leads to.
fn checklist(content: &Content) -> Option<&Checklist> {
    match content {
        Content::Assessment(_, own) | Content::Programme(_, own) => whole(own.as_ref()),
        Content::Checklist(own) => own.checklist.as_ref(),
        Content::Mapping(Some(mapping)) => whole(mapping.to.as_ref()),
        Content::Mapping(None) | Content::Workspace | Content::Nothing => None,
    }
}

/// What the first line says that a file is.
fn said(text: &str) -> Option<Kind> {
    let line =
        text.lines().find(|line| line.trim_start_matches('\u{feff}').starts_with("scrutiny"))?;
    let (_, said) = line.split_once([':', '='])?;
    match said.trim().trim_matches('"') {
        "assessment" => Some(Kind::Assessment),
        "programme" => Some(Kind::Programme),
        "checklist" => Some(Kind::Checklist),
        "mapping" => Some(Kind::Mapping),
        _ => None,
    }
}
