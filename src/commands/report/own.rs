//! Templates of a user's: read from the disk with those beside them, and their mistakes as findings.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};

use crate::commands::assess::Read;
use crate::commands::detours::canonical;
use crate::commands::inputs::{self, How, Input, shown};
use crate::commands::load::Loader;
use crate::finding::{Findings, Located};
use crate::model::faults::TEMPLATE_FAULT;
use crate::report::kind::{Format, Kind};
use crate::report::template::{Fault, Own};
use crate::source::{Sources, Span};
use crate::text::quoted;

/// A template with the file that it was read from.
pub(super) struct Template {
    pub(super) own: Own,
    pub(super) format: Format,
    /// Its folder, as it was named; templates that it takes in lie there or below.
    folder: PathBuf,
}

/// The format that a file is a template of, by its ending.
fn format_of(file: &Path) -> Option<Format> {
    let ending = file.extension()?.to_str()?.to_lowercase();
    match ending.as_str() {
        "md" | "markdown" => Some(Format::Markdown),
        "html" | "htm" => Some(Format::Html),
        _ => None,
    }
}

/// Reads a template.
pub(super) fn read(file: &Path) -> Result<Template> {
    let Some(format) = format_of(file) else {
        bail!(
            "{} is not the name of a template: one of a Markdown report ends in .md, one of a web \
             page in .html",
            shown(file)
        );
    };
    let text = inputs::read_text(&Input::File(file.to_owned(), How::Named))?;
    let folder = file.parent().map(Path::to_owned).unwrap_or_default();
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
    let root = canonical(if folder.as_os_str().is_empty() { Path::new(".") } else { &folder })
        .with_context(|| format!("cannot read the folder of {}", shown(file)))?;
    let find = move |wanted: &str| beside(&root, wanted);
    let own = Own { name: name.unwrap_or_default(), text, find: Arc::new(find) };
    Ok(Template { own, format, folder })
}

/// The text of a template beside another; it may not lie outside of that folder, be it by its name or
/// through a link.
fn beside(root: &Path, wanted: &str) -> Result<Option<String>, String> {
    let leaves = || format!("{} is not in the folder of this template", quoted(wanted));
    let is_plain = |part: &str| !part.is_empty() && part != "." && part != "..";
    if wanted.contains(['\\', ':', '\0']) || !wanted.split('/').all(is_plain) {
        return Err(leaves());
    }
    let Ok(real) = canonical(&root.join(wanted)) else { return Ok(None) };
    if !real.starts_with(root) {
        return Err(leaves());
    }
    if !real.is_file() {
        return Ok(None);
    }
    let text = inputs::read_text(&Input::File(real, How::Named));
    text.map(Some).map_err(|error| error.to_string())
}

/// The template that the workspace names for a kind of report, where there is one of the format.
pub(super) fn of_workspace(
    read_file: &Read,
    kind: Kind,
    format: Format,
) -> Result<Option<Template>> {
    let Some(loaded) = &read_file.workspace else { return Ok(None) };
    let templates = loaded.workspace.iter().flat_map(|own| &own.templates);
    let of_kind = templates.filter(|(own, _)| *own == kind.word()).flat_map(|(_, files)| files);
    let named = of_kind.map(|file| file.value.trim().replace('\\', "/"));
    let mut files = named.filter(|file| format_of(Path::new(file)) == Some(format));
    let Some(file) = files.next() else { return Ok(None) };
    let path = loaded.root.join(&file);
    let settings = shown(&loaded.path);
    let Ok(real) = canonical(&path) else {
        bail!(
            "{settings} names {file} as the template of {} reports, and there is no such file",
            kind.word()
        );
    };
    if !inputs::is_inside(&real, &loaded.root) {
        bail!("{settings} names {file}, which leads out of the workspace: copy the file into it");
    }
    read(&path).map(Some)
}

impl Template {
    /// Mistakes as findings, each in its file.
    pub(super) fn findings(&self, faults: &[Fault], loader: &Loader) -> Vec<Located> {
        let mut findings = Findings::default();
        let mut sources = Sources::default();
        for fault in faults {
            let is_own = fault.template == self.own.name;
            let text = match is_own {
                true => Some(self.own.text.clone()),
                false => (self.own.find)(&fault.template).ok().flatten(),
            };
            let path = self.folder.join(&fault.template);
            let source = loader.source(&shown(&path), text.unwrap_or_default());
            let end = fault.place.end.min(source.text.len());
            let span = Span::new(source.id, fault.place.start.min(end), end);
            sources.add(&source);
            findings.report(&TEMPLATE_FAULT, span, &fault.message).help(&fault.help);
        }
        findings.locate(&sources)
    }
}
