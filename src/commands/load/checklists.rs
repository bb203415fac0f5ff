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

/// How many checklists may extend one another in a row, the one that stands alone among them. The
/// longest chains known have three: a shipped checklist, a region's, a partnership's. Each link is a
/// file that is read inside the reading of the one before, so that a chain without end must not be
/// followed.
const LONGEST_CHAIN: usize = 32;

/// Where a reference to a checklist led.
enum Reached {
    /// To a checklist.
    Checklist(Arc<LoadedChecklist>),
    /// Nowhere, which has been reported.
    Nothing,
    /// Further than a chain is followed. Only where the chain was begun is it known to be too long: what
    /// was read on the way may stand near enough to its end, and is not remembered.
    TooFar,
}

impl Loader {
    /// The checklist that an assessment or another checklist names.
    pub(super) fn referred(
        &self,
        name: &Spanned<String>,
        folder: &Path,
        findings: &mut Findings,
    ) -> Result<Option<Arc<LoadedChecklist>>> {
        match self.referred_in_chain(name, folder, &[], findings)? {
            Reached::Checklist(checklist) => Ok(Some(checklist)),
            Reached::Nothing | Reached::TooFar => Ok(None),
        }
    }

    fn referred_in_chain(
        &self,
        name: &Spanned<String>,
        folder: &Path,
        chain: &[String],
        findings: &mut Findings,
    ) -> Result<Reached> {
        if !is_path(name.value.trim()) {
            let own = shipped_or_meant(name, folder, findings).map(|own| self.shipped(own));
            return Ok(own.map_or(Reached::Nothing, Reached::Checklist));
        }
        let Some((path, real)) = locate(name, folder, findings) else {
            return Ok(Reached::Nothing);
        };
        let key = real.to_string_lossy().into_owned();
        if chain.contains(&key) {
            let message = format!("{} extends itself", quoted(name.value.trim()));
            findings
                .report(&faults::CIRCULAR_EXTENDS, name.span, message)
                .help("let it extend a checklist that stands alone, such as six-steps-2019");
            return Ok(Reached::Nothing);
        }
        match self.known(&key) {
            Some(known) => Ok(Reached::Checklist(known)),
            None if chain.len() == LONGEST_CHAIN => Ok(Reached::TooFar),
            None => self.read_checklist(key, &path, real, chain),
        }
    }

    /// Reads a checklist that lies in the workspace.
    fn read_checklist(
        &self,
        key: String,
        path: &Path,
        real: PathBuf,
        chain: &[String],
    ) -> Result<Reached> {
        let mut own = Findings::default();
        let real_folder = folder_of(&real);
        let bytes = self.read(&Input::File(real, How::Named))?;
        let chain: Vec<String> = chain.iter().cloned().chain([key.clone()]).collect();
        let source = match self.read_text(&shown(path), bytes, Dress::Text, &mut own) {
            Ok(source) => source,
            Err(source) => return Ok(Reached::Checklist(self.keep(unread(key, &source, own)))),
        };
        let first_line = Wanted::Any.first_line(true);
        let Some(tree) = parse(&source, true, first_line, &mut own) else {
            return Ok(Reached::Checklist(self.keep(unread(key, &source, own))));
        };
        let root = tree.root();
        rules::say_where(root, &mut own);
        match declared(root, first_line, &mut own) {
            Some(Declared::Checklist) => {
                // What it extends is shown as it is itself, unless a link led here.
                let written = folder_of(path);
                let is_real = canonical(&written).is_ok_and(|own| own == real_folder);
                let folder = if is_real { written } else { real_folder };
                self.settle_in_chain(key, &source, root, &folder, &chain, own)
            }
            Some(Declared::Assessment | Declared::Programme | Declared::Mapping) | None => {
                Ok(Reached::Checklist(self.keep(unread(key, &source, own))))
            }
        }
    }

    /// Puts a checklist together to which no other led, and judges it.
    pub(super) fn settle(
        &self,
        key: String,
        source: &Arc<Source>,
        root: Node<'_>,
        folder: &Path,
        findings: Findings,
    ) -> Result<Arc<LoadedChecklist>> {
        let chain = [key.clone()];
        match self.settle_in_chain(key, source, root, folder, &chain, findings)? {
            Reached::Checklist(checklist) => Ok(checklist),
            Reached::Nothing | Reached::TooFar => {
                unreachable!("a chain that is too long is told where it begins")
            }
        }
    }

    /// Puts a checklist together to which the others of a chain led, and judges it.
    fn settle_in_chain(
        &self,
        key: String,
        source: &Arc<Source>,
        root: Node<'_>,
        folder: &Path,
        chain: &[String],
        mut findings: Findings,
    ) -> Result<Reached> {
        if let Some(known) = self.known(&key) {
            return Ok(Reached::Checklist(known));
        }
        let mut sources = Sources::default();
        sources.add(source);
        let definition = definition::decode(root, &mut findings);
        let extends = definition.as_ref().and_then(|own| own.extends.clone());
        let (base, links) = match &extends {
            None => (None, 1),
            Some(name) => match self.referred_in_chain(name, folder, chain, &mut findings)? {
                Reached::Nothing => (None, 1),
                Reached::Checklist(base) if base.links < LONGEST_CHAIN => {
                    let links = base.links + 1;
                    (Some(base), links)
                }
                Reached::TooFar if chain.len() > 1 => return Ok(Reached::TooFar),
                Reached::Checklist(_) | Reached::TooFar => {
                    report_long_chain(name, &mut findings);
                    (None, LONGEST_CHAIN)
                }
            },
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
        let loaded = LoadedChecklist { key, checklist, findings, sources, base, links };
        Ok(Reached::Checklist(self.keep(loaded)))
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
        self.keep(LoadedChecklist { key, checklist, findings, sources, base: None, links: 1 })
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

fn report_long_chain(name: &Spanned<String>, findings: &mut Findings) {
    let message = format!("More than {LONGEST_CHAIN} checklists extend one another from here on");
    findings
        .report(&faults::CIRCULAR_EXTENDS, name.span, message)
        .help("let it extend a checklist that stands alone, such as six-steps-2019");
}

/// A checklist that could not be read, with what was found.
fn unread(key: String, source: &Arc<Source>, findings: Findings) -> LoadedChecklist {
    let mut sources = Sources::default();
    sources.add(source);
    LoadedChecklist { key, checklist: None, findings, sources, base: None, links: 1 }
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
