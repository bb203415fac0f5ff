//! Checklists: found by what a file names, put together with those that they extend, and remembered.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};

use anyhow::Result;

use super::declared::{Declared, Wanted, declared, parse};
use super::{LoadedChecklist, Loader, folder_of};
use crate::commands::detours::{canonical, real};
use crate::commands::inputs::{self, How, Input, shown};
use crate::finding::{Findings, Trust};
use crate::model::way::{self, Vouchers};
use crate::model::{adapt, definition, faults};
use crate::privacy::Dress;
use crate::rules;
use crate::shipped::{self, Shipped};
use crate::source::{Source, Sources, Spanned};
use crate::syntax::toml;
use crate::syntax::tree::Node;
use crate::text::{join_words, nearest_or_longer, quoted};

impl Loader {
    /// The checklist that an assessment or another checklist names.
    pub(super) fn referred(
        &self,
        name: &Spanned<String>,
        folder: &Path,
        findings: &mut Findings,
    ) -> Result<Option<Arc<LoadedChecklist>>> {
        self.referred_in_chain(name, folder, &[], findings)
    }

    fn referred_in_chain(
        &self,
        name: &Spanned<String>,
        folder: &Path,
        chain: &[String],
        findings: &mut Findings,
    ) -> Result<Option<Arc<LoadedChecklist>>> {
        if !is_path(name.value.trim()) {
            return Ok(shipped_or_meant(name, folder, findings).map(|own| self.shipped(own)));
        }
        let Some((path, real)) = locate(name, folder, findings) else { return Ok(None) };
        let key = real.to_string_lossy().into_owned();
        if chain.contains(&key) {
            let message = format!("{} extends itself", quoted(name.value.trim()));
            findings
                .report(&faults::CIRCULAR_EXTENDS, name.span, message)
                .help("let it extend a checklist that stands alone, such as six-steps-2019");
            return Ok(None);
        }
        match self.known(&key) {
            Some(known) => Ok(Some(known)),
            None => self.read_checklist(key, &path, real, chain).map(Some),
        }
    }

    /// Reads a checklist that lies in the workspace.
    fn read_checklist(
        &self,
        key: String,
        path: &Path,
        real: PathBuf,
        chain: &[String],
    ) -> Result<Arc<LoadedChecklist>> {
        let mut own = Findings::default();
        let real_folder = folder_of(&real);
        let bytes = self.read(&Input::File(real, How::Named))?;
        let chain: Vec<String> = chain.iter().cloned().chain([key.clone()]).collect();
        let source = match self.read_text(&shown(path), bytes, Dress::Text, &mut own) {
            Ok(source) => source,
            Err(source) => return Ok(self.keep(unread(key, &source, own))),
        };
        let first_line = Wanted::Any.first_line(true);
        let Some(tree) = parse(&source, true, first_line, &mut own) else {
            return Ok(self.keep(unread(key, &source, own)));
        };
        let root = tree.root();
        rules::say_where(root, &mut own);
        match declared(root, first_line, &mut own) {
            Some(Declared::Checklist) => {
                // What it extends is shown as it is itself, unless a link led here.
                let written = folder_of(path);
                let is_real = canonical(&written).is_ok_and(|own| own == real_folder);
                let folder = if is_real { written } else { real_folder };
                self.settle(key, &source, root, &folder, &chain, own)
            }
            Some(Declared::Assessment | Declared::Programme | Declared::Mapping) | None => {
                Ok(self.keep(unread(key, &source, own)))
            }
        }
    }

    /// Puts a checklist together and judges it.
    pub(super) fn settle(
        &self,
        key: String,
        source: &Arc<Source>,
        root: Node<'_>,
        folder: &Path,
        chain: &[String],
        mut findings: Findings,
    ) -> Result<Arc<LoadedChecklist>> {
        if let Some(known) = self.known(&key) {
            return Ok(known);
        }
        let mut sources = Sources::default();
        sources.add(source);
        let definition = definition::decode(root, &mut findings);
        let extends = definition.as_ref().and_then(|own| own.extends.clone());
        let base = match &extends {
            Some(name) => self.referred_in_chain(name, folder, chain, &mut findings)?,
            None => None,
        };
        if let Some(base) = &base {
            sources.add_all(&base.sources);
        }
        let of_base = base.as_ref().and_then(|base| base.checklist.as_ref());
        // Without what it extends there is nothing true to say of the whole.
        let is_whole = extends.is_none() || of_base.is_some();
        let definition = definition.filter(|_| is_whole);
        let checklist = definition.map(|own| adapt::adapt(own, of_base, &mut findings));
        if let Some(checklist) = &checklist {
            rules::check_checklist(checklist, &mut findings);
        }
        let own = Vouchers { checklist: checklist.as_ref(), workspace: None };
        way::mark(root, own, &mut findings);
        Ok(self.keep(LoadedChecklist { key, checklist, findings, sources, base }))
    }

    /// A checklist that comes with the program.
    pub(crate) fn shipped(&self, shipped: &Shipped) -> Arc<LoadedChecklist> {
        if let Some(known) = self.known(shipped.id) {
            return known;
        }
        let source =
            self.source(&format!("{}.toml (comes with scrutiny)", shipped.id), shipped.text);
        let mut findings = Findings::default();
        let tree = toml::parse(&source, &mut findings);
        let definition = definition::decode(tree.root(), &mut findings);
        let checklist = definition.map(|own| adapt::adapt(own, None, &mut findings));
        let mut sources = Sources::default();
        sources.add(&source);
        let key = shipped.id.to_owned();
        self.keep(LoadedChecklist { key, checklist, findings, sources, base: None })
    }

    fn known(&self, key: &str) -> Option<Arc<LoadedChecklist>> {
        let checklists = self.checklists.lock().unwrap_or_else(PoisonError::into_inner);
        checklists.get(key).map(Arc::clone)
    }

    /// Remembers a checklist. Where two threads read the same one, the first counts.
    fn keep(&self, loaded: LoadedChecklist) -> Arc<LoadedChecklist> {
        let mut checklists = self.checklists.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(checklists.entry(loaded.key.clone()).or_insert_with(|| Arc::new(loaded)))
    }
}

/// The checklist that comes with the program under a name, or the one that was meant, which is reported.
fn shipped_or_meant(
    name: &Spanned<String>,
    folder: &Path,
    findings: &mut Findings,
) -> Option<&'static Shipped> {
    let written = name.value.trim();
    shipped::find(written).or_else(|| {
        let message = format!("There is no checklist {}", quoted(written));
        let finding = findings.report(&faults::UNKNOWN_CHECKLIST, name.span, message);
        let ids: Vec<&str> = shipped::ids().collect();
        let meant = nearest_or_longer(written, &ids);
        match meant {
            Some(meant) => {
                finding.label(format!("did you mean {meant}?")).repair(meant, Trust::Spelling)
            }
            None if folder.join(format!("{written}.toml")).is_file() => {
                finding.help(format!("to name the file beside this one, write {written}.toml"))
            }
            None => finding
                .help(format!("write {}, or the path to a .toml file", join_words(&ids, "or"))),
        };
        meant.and_then(shipped::find)
    })
}

/// The file that a path leads to, as written and as it really is, or a report of why there is none.
fn locate(
    name: &Spanned<String>,
    folder: &Path,
    findings: &mut Findings,
) -> Option<(PathBuf, PathBuf)> {
    let written = name.value.trim();
    let path = folder.join(written.replace('\\', "/"));
    // A file that is to be made may name a checklist from a folder that is not there yet.
    let found = canonical(&path).or_else(|error| match folder.exists() {
        true => Err(error),
        false => canonical(&real(&path)),
    });
    let Ok(real) = found else {
        let message = format!("There is no file {}", quoted(written));
        let finding = findings.report(&faults::UNKNOWN_CHECKLIST, name.span, message);
        match inputs::near_name(&path) {
            Some(near) => finding.label(format!("did you mean {near}?")),
            None => finding.help("write the path as seen from the folder of this file"),
        };
        return None;
    };
    if !inputs::is_inside(&real, folder) {
        let message = format!("{} leads out of the workspace", quoted(written));
        findings
            .report(&faults::OUTSIDE_WORKSPACE, name.span, message)
            .help("copy the checklist into the workspace, or put scrutiny.toml into the folder that holds both");
        return None;
    }
    if !real.is_file() {
        let message = format!("{} is not a file", quoted(written));
        findings
            .report(&faults::UNKNOWN_CHECKLIST, name.span, message)
            .help("write the path to a .toml file");
        return None;
    }
    Some((path, real))
}

/// A checklist that could not be read, with what was found.
fn unread(key: String, source: &Arc<Source>, findings: Findings) -> LoadedChecklist {
    let mut sources = Sources::default();
    sources.add(source);
    LoadedChecklist { key, checklist: None, findings, sources, base: None }
}

/// The name under which a checklist file is remembered.
pub(super) fn key_of(path: &Path) -> String {
    real(path).to_string_lossy().into_owned()
}

/// Whether a reference is a path rather than the id of a shipped checklist.
fn is_path(written: &str) -> bool {
    written.contains(['/', '\\'])
        || Path::new(written).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"))
}
