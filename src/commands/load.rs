//! From files to the model: text is decoded, parsed, decoded and judged, with what it refers to.
//!
//! Checklists and workspace settings are read once in a run, however many files refer to them.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;

use super::detours::{canonical, whole};
use super::inputs::{self, How, Input, LARGEST, SETTINGS, here, shown};
use super::origins;
use super::relative::real;
use crate::finding::{Findings, Trust};
use crate::model::assessment::{self, Assessment};
use crate::model::checklist::Checklist;
use crate::model::mapping::{self, Mapping};
use crate::model::programme::{self, Programme};
use crate::model::way::{self, Vouchers};
use crate::model::workspace::{self, FIRST_MONTH, Workspace};
use crate::model::{adapt, definition, faults};
use crate::privacy::{self, Dress, Match, Names};
use crate::rules::{self, Heed};
use crate::shipped::{self, Shipped};
use crate::source::{Source, SourceId, Sources, Span, Spanned};
use crate::syntax::decode::Given;
use crate::syntax::tree::{Kind, Node, Tree};
use crate::syntax::{faults as shape, toml, yaml};
use crate::text::{join_words, nearest, nearest_or_longer, quoted};

/// Reads files, and remembers what many of them refer to.
pub(super) struct Loader {
    next: AtomicU32,
    /// Names that no text may hold.
    names: Option<Names>,
    /// What of the settings of a workspace counts.
    heed: Heed,
    /// Texts that count in place of what is on the disk, by [`place_of`] their files.
    unsaved: HashMap<PathBuf, Arc<str>>,
    checklists: Mutex<HashMap<String, Arc<LoadedChecklist>>>,
    workspaces: Mutex<HashMap<PathBuf, Option<Arc<LoadedWorkspace>>>>,
}

/// A file with everything that is known of it.
pub(super) struct Loaded {
    /// The file as outputs and exceptions name it: as seen from the folder of its settings, else its
    /// bare name; the same wherever the user stands.
    pub(super) name: String,
    /// Its text.
    pub(super) source: Arc<Source>,
    /// What it holds.
    pub(super) content: Content,
    /// The settings that apply to it.
    pub(super) workspace: Option<Arc<LoadedWorkspace>>,
    /// What was found in it, those in its checklist and settings apart.
    pub(super) findings: Findings,
    /// The sources that findings can point into.
    pub(super) sources: Sources,
}

/// What a file holds.
pub(super) enum Content {
    /// An assessment with its checklist, as far as both could be read.
    Assessment(Option<Box<Assessment>>, Option<Arc<LoadedChecklist>>),
    /// A programme with the checklist whose steps it touches, as far as both could be read.
    Programme(Option<Box<Programme>>, Option<Arc<LoadedChecklist>>),
    /// A checklist; its findings are with it.
    Checklist(Arc<LoadedChecklist>),
    /// How answers go from one edition of a checklist to another.
    Mapping(Option<Box<LoadedMapping>>),
    /// The settings of a workspace; their findings are with them.
    Workspace,
    /// Nothing that could be read.
    Nothing,
}

/// A mapping with the two editions that it is between, as far as they could be read.
pub(super) struct LoadedMapping {
    /// The mapping.
    pub(super) mapping: Mapping,
    /// The earlier edition.
    pub(super) from: Option<Arc<LoadedChecklist>>,
    /// The later edition.
    pub(super) to: Option<Arc<LoadedChecklist>>,
}

/// A checklist with what was found in it.
pub(super) struct LoadedChecklist {
    /// The file, or the id of a shipped one.
    pub(super) key: String,
    /// The checklist, where it could be read.
    pub(super) checklist: Option<Checklist>,
    /// What was found in its own file.
    pub(super) findings: Findings,
    /// Its own file and those of the checklists that it extends.
    pub(super) sources: Sources,
    /// The checklist that it extends.
    pub(super) base: Option<Arc<LoadedChecklist>>,
}

/// The settings of a workspace with what was found in them.
pub(super) struct LoadedWorkspace {
    /// The file.
    pub(super) path: PathBuf,
    /// The folder that it is about.
    pub(super) root: PathBuf,
    /// The settings, where they could be read.
    pub(super) workspace: Option<Workspace>,
    /// What was found in them.
    pub(super) findings: Findings,
    /// The file.
    pub(super) sources: Sources,
}

impl Loader {
    pub(super) fn new() -> Self {
        Loader::with_names(None)
    }

    /// A loader that knows names that no text may hold.
    pub(super) fn with_names(names: Option<Names>) -> Self {
        Loader {
            next: AtomicU32::new(0),
            names,
            heed: Heed::Everything,
            unsaved: HashMap::new(),
            checklists: Mutex::default(),
            workspaces: Mutex::default(),
        }
    }

    /// The same loader for a run in which less of the settings counts.
    pub(super) fn heeding(self, heed: Heed) -> Self {
        Loader { heed, ..self }
    }

    /// The same loader where texts in an editor count in place of the files.
    pub(super) fn over(self, unsaved: HashMap<PathBuf, Arc<str>>) -> Self {
        Loader { unsaved, ..self }
    }

    /// The bytes of an input, or of the text that counts in its place.
    fn read(&self, input: &Input) -> Result<Vec<u8>> {
        if let Input::File(path, _) = input
            && !self.unsaved.is_empty()
            && let Some(text) = self.unsaved.get(&place_of(path))
        {
            return Ok(text.as_bytes().to_vec());
        }
        inputs::read(input)
    }

    /// What of the settings of a workspace counts.
    pub(super) fn heed(&self) -> Heed {
        self.heed
    }

    /// A text as a source that findings can point into.
    pub(super) fn source(&self, path: &str, text: String) -> Arc<Source> {
        Arc::new(Source::new(self.id(), path, text))
    }

    /// Personal data in a text.
    pub(super) fn scan(&self, text: &str, dress: Dress) -> Vec<Match> {
        privacy::scan(text, dress, self.names.as_ref())
    }

    pub(super) fn id(&self) -> SourceId {
        SourceId(self.next.fetch_add(1, Ordering::Relaxed))
    }

    /// Whether there is a list of names to look for.
    pub(super) fn knows_names(&self) -> bool {
        self.names.is_some()
    }

    /// A text with the personal data in it and in its name, which is never shown from here on.
    pub(super) fn look_through(
        &self,
        id: SourceId,
        name: &str,
        text: String,
        dress: Dress,
        findings: &mut Findings,
    ) -> Arc<Source> {
        let matches = privacy::scan(&text, dress, self.names.as_ref());
        let in_name = privacy::scan_name(name, self.names.as_ref());
        let mut source = Source::new(id, name, text);
        rules::report_personal(&source, &matches, findings);
        rules::report_personal_name(&source, &in_name, findings);
        if !in_name.is_empty() {
            source.hide_path(&privacy::masked(name, &in_name));
        }
        let secret = |own: &Match| {
            let range = own.range.clone();
            (range.clone(), privacy::mask(&source.text[range]))
        };
        let secrets = matches.iter().map(secret).collect();
        source.hide(secrets);
        Arc::new(source)
    }

    /// Reads one input and everything that it refers to.
    pub(super) fn load(&self, input: &Input) -> Result<Loaded> {
        self.load_bytes(input, self.read(input)?)
    }

    /// The same; but nothing where the file was found in a folder and is not ours.
    pub(super) fn load_if_ours(&self, input: &Input) -> Result<Option<Loaded>> {
        let bytes = self.read(input)?;
        match input {
            Input::File(path, How::Found) if !inputs::declares_itself(path, &bytes) => Ok(None),
            _ => self.load_bytes(input, bytes).map(Some),
        }
    }

    /// The same, for what was named as a mapping.
    pub(super) fn load_mapping(&self, input: &Input) -> Result<Loaded> {
        self.load_wanted(input, self.read(input)?, Wanted::Mapping)
    }

    /// Takes bytes for one input, and reads everything that they refer to.
    pub(super) fn load_bytes(&self, input: &Input, bytes: Vec<u8>) -> Result<Loaded> {
        self.load_wanted(input, bytes, Wanted::Any)
    }

    fn load_wanted(&self, input: &Input, bytes: Vec<u8>, wanted: Wanted) -> Result<Loaded> {
        let name = match input {
            Input::Standard => "standard input".to_owned(),
            Input::File(path, _) => shown(path),
        };
        let folder = match input {
            Input::Standard => here().to_owned(),
            Input::File(path, _) => folder_of(&here().join(path)),
        };
        let is_settings = matches!(input, Input::File(path, _) if path.ends_with(SETTINGS));
        let workspace = self.workspace(&whole(&folder))?;
        let mut loaded = Loaded {
            name: lasting_name(input, workspace.as_deref()),
            source: self.source(&name, String::new()),
            content: Content::Nothing,
            workspace,
            findings: Findings::default(),
            sources: Sources::default(),
        };
        if is_settings {
            loaded.content = Content::Workspace;
            return Ok(loaded);
        }
        loaded.source = match self.read_text(&name, bytes, Dress::Text, &mut loaded.findings) {
            Ok(source) => source,
            Err(source) => {
                loaded.sources.add(&source);
                loaded.source = source;
                return Ok(loaded);
            }
        };
        loaded.sources.add(&loaded.source);
        self.understand(&mut loaded, &folder, input, wanted)?;
        Ok(loaded)
    }

    /// The text of a file, or, where its bytes are not text that can be read, what can be shown of it.
    pub(super) fn read_text(
        &self,
        name: &str,
        bytes: Vec<u8>,
        dress: Dress,
        findings: &mut Findings,
    ) -> Result<Arc<Source>, Arc<Source>> {
        if bytes.len() as u64 > LARGEST {
            let source = self.source(name, String::new());
            let message = "The file is larger than 10 MiB";
            findings
                .report(&shape::TOO_LARGE, Span::beginning(source.id), message)
                .help("cut it into one file for each period or perspective");
            return Err(source);
        }
        match decode_text(bytes) {
            Ok(text) => {
                let source = self.look_through(self.id(), name, text, dress, findings);
                rules::check_text(&source, findings);
                Ok(source)
            }
            Err(fault) => {
                let source = self.source(name, fault.shown);
                let end = (fault.at + 1).min(source.text.len());
                let span = Span::new(source.id, fault.at.min(end), end);
                findings.report(&shape::UNREADABLE_TEXT, span, fault.message).help(fault.help);
                Err(source)
            }
        }
    }

    /// Parses a text as what it declares itself to be, and judges it.
    fn understand(
        &self,
        loaded: &mut Loaded,
        folder: &Path,
        input: &Input,
        wanted: Wanted,
    ) -> Result<()> {
        let source = Arc::clone(&loaded.source);
        let findings = &mut loaded.findings;
        let is_toml = is_toml(&source.text, input);
        let first_line = wanted.first_line(is_toml);
        let Some(tree) = parse(&source, is_toml, first_line, findings) else { return Ok(()) };
        let root = tree.root();
        rules::say_where(root, findings);
        match declared(root, first_line, findings) {
            Some(Declared::Assessment) => {
                let settings = loaded.workspace.as_ref().and_then(|own| own.workspace.as_ref());
                let first_month = settings.map_or(FIRST_MONTH, |settings| settings.first_month);
                let assessment = assessment::decode(root, first_month, findings);
                let name = assessment.as_ref().and_then(|own| own.checklist.read());
                let checklist = match name {
                    Some(name) => self.referred(name, folder, findings)?,
                    None => None,
                };
                let judged = assessment.as_ref().zip(checklist.as_ref());
                if let Some(checklist) = &checklist {
                    loaded.sources.add_all(&checklist.sources);
                }
                if let Some(own) = &loaded.workspace {
                    loaded.sources.add_all(&own.sources);
                }
                if let Some((assessment, LoadedChecklist { checklist: Some(checklist), .. })) =
                    judged.map(|(assessment, loaded)| (assessment, loaded.as_ref()))
                {
                    rules::check_assessment(&source, assessment, checklist, settings, findings);
                }
                let own = checklist.as_ref().and_then(|own| own.checklist.as_ref());
                way::mark(root, Vouchers { checklist: own, workspace: settings }, findings);
                loaded.content = Content::Assessment(assessment.map(Box::new), checklist);
            }
            Some(Declared::Programme) => {
                loaded.content =
                    self.programme(&source, root, &loaded.workspace, folder, findings)?;
                if let Content::Programme(_, Some(checklist)) = &loaded.content {
                    loaded.sources.add_all(&checklist.sources);
                }
                if let Some(own) = &loaded.workspace {
                    loaded.sources.add_all(&own.sources);
                }
            }
            Some(Declared::Checklist) => {
                let key = match input {
                    Input::Standard => "standard input".to_owned(),
                    Input::File(path, _) => key_of(&whole(path)),
                };
                let chain = vec![key.clone()];
                let found = std::mem::take(findings);
                let checklist = self.settle(key, &source, root, folder, &chain, found)?;
                loaded.content = Content::Checklist(checklist);
            }
            Some(Declared::Mapping) => {
                let mapping = mapping::decode(root, findings);
                loaded.content = match mapping {
                    Some(mapping) => self.settle_mapping(mapping, folder, loaded)?,
                    None => Content::Mapping(None),
                };
                way::mark(root, Vouchers::default(), &mut loaded.findings);
            }
            None => {}
        }
        Ok(())
    }

    /// Holds a mapping to the two editions that it names.
    fn settle_mapping(
        &self,
        mapping: Mapping,
        folder: &Path,
        loaded: &mut Loaded,
    ) -> Result<Content> {
        let mut edition = |name: &Given<String>| match name.read() {
            Some(name) => self.referred(name, folder, &mut loaded.findings),
            None => Ok(None),
        };
        let (from, to) = (edition(&mapping.from)?, edition(&mapping.to)?);
        for checklist in from.iter().chain(&to) {
            loaded.sources.add_all(&checklist.sources);
        }
        let whole = |own: &Option<Arc<LoadedChecklist>>| own.clone();
        if let (Some(then), Some(now)) = (whole(&from), whole(&to))
            && let (Some(then), Some(now)) = (&then.checklist, &now.checklist)
        {
            rules::check_mapping(&mapping, then, now, &mut loaded.findings);
        }
        Ok(Content::Mapping(Some(Box::new(LoadedMapping { mapping, from, to }))))
    }

    /// A programme, judged beside the checklist that it names.
    fn programme(
        &self,
        source: &Source,
        root: Node<'_>,
        workspace: &Option<Arc<LoadedWorkspace>>,
        folder: &Path,
        findings: &mut Findings,
    ) -> Result<Content> {
        let settings = workspace.as_ref().and_then(|own| own.workspace.as_ref());
        let first_month = settings.map_or(FIRST_MONTH, |settings| settings.first_month);
        let programme = programme::decode(root, first_month, findings);
        let name = programme.as_ref().and_then(|own| own.checklist.read());
        let checklist = match name {
            Some(name) => self.referred(name, folder, findings)?,
            None => None,
        };
        if let Some(programme) = &programme {
            let own = checklist.as_ref().and_then(|loaded| loaded.checklist.as_ref());
            rules::check_programme(source, programme, own, settings, findings);
        }
        let own = checklist.as_ref().and_then(|loaded| loaded.checklist.as_ref());
        way::mark(root, Vouchers { checklist: own, workspace: settings }, findings);
        Ok(Content::Programme(programme.map(Box::new), checklist))
    }

    /// The checklist that an assessment or another checklist names.
    fn referred(
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
        let written = name.value.trim();
        if !is_path(written) {
            return Ok(match shipped::find(written) {
                Some(shipped) => Some(self.shipped(shipped)),
                None => {
                    let file = folder.join(format!("{written}.toml"));
                    let message = format!("There is no checklist {}", quoted(written));
                    let finding = findings.report(&faults::UNKNOWN_CHECKLIST, name.span, message);
                    let ids: Vec<&str> = shipped::ids().collect();
                    let meant = nearest_or_longer(written, &ids);
                    match meant {
                        Some(meant) => finding
                            .label(format!("did you mean {meant}?"))
                            .repair(meant, Trust::Spelling),
                        None if file.is_file() => finding.help(format!(
                            "to name the file beside this one, write {written}.toml"
                        )),
                        None => finding.help(format!(
                            "write {}, or the path to a .toml file",
                            join_words(&ids, "or")
                        )),
                    };
                    meant.and_then(shipped::find).map(|shipped| self.shipped(shipped))
                }
            });
        }
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
            return Ok(None);
        };
        if !inputs::is_inside(&real, folder) {
            let message = format!("{} leads out of the workspace", quoted(written));
            findings
                .report(&faults::OUTSIDE_WORKSPACE, name.span, message)
                .help("copy the checklist into the workspace, or put scrutiny.toml into the folder that holds both");
            return Ok(None);
        }
        let key = real.to_string_lossy().into_owned();
        if chain.contains(&key) {
            let message = format!("{} extends itself", quoted(written));
            findings
                .report(&faults::CIRCULAR_EXTENDS, name.span, message)
                .help("let it extend a checklist that stands alone, such as six-steps-2019");
            return Ok(None);
        }
        if let Some(known) = self.known(&key) {
            return Ok(Some(known));
        }
        if !real.is_file() {
            let message = format!("{} is not a file", quoted(written));
            findings
                .report(&faults::UNKNOWN_CHECKLIST, name.span, message)
                .help("write the path to a .toml file");
            return Ok(None);
        }
        let mut own = Findings::default();
        let bytes = self.read(&Input::File(real.clone(), How::Named))?;
        let chain: Vec<String> = chain.iter().cloned().chain([key.clone()]).collect();
        let source = match self.read_text(&shown(&path), bytes, Dress::Text, &mut own) {
            Ok(source) => source,
            Err(source) => return Ok(Some(self.keep(unread(key, &source, own)))),
        };
        let first_line = Wanted::Any.first_line(true);
        let Some(tree) = parse(&source, true, first_line, &mut own) else {
            return Ok(Some(self.keep(unread(key, &source, own))));
        };
        let root = tree.root();
        rules::say_where(root, &mut own);
        match declared(root, first_line, &mut own) {
            Some(Declared::Checklist) => {
                // What it extends is shown as it is itself, unless a link led here.
                let written = folder_of(&path);
                let is_real = canonical(&written).is_ok_and(|own| own == folder_of(&real));
                let folder = if is_real { written } else { folder_of(&real) };
                self.settle(key, &source, root, &folder, &chain, own).map(Some)
            }
            Some(Declared::Assessment | Declared::Programme | Declared::Mapping) | None => {
                Ok(Some(self.keep(unread(key, &source, own))))
            }
        }
    }

    /// Puts a checklist together and judges it.
    fn settle(
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
    pub(super) fn shipped(&self, shipped: &Shipped) -> Arc<LoadedChecklist> {
        if let Some(known) = self.known(shipped.id) {
            return known;
        }
        let source = self
            .source(&format!("{}.toml (comes with scrutiny)", shipped.id), shipped.text.to_owned());
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

    /// The settings that apply in a folder: those of the nearest `scrutiny.toml` upwards.
    pub(super) fn workspace(&self, folder: &Path) -> Result<Option<Arc<LoadedWorkspace>>> {
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
    pub(super) fn load_settings(&self, input: &Input, path: &Path, bytes: Vec<u8>) -> Loaded {
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

    /// A text that was read before, for findings that turn up when all files have been read. Where
    /// it can no longer be read, its places are still named.
    pub(super) fn again(&self, id: SourceId, input: &Input, name: &str) -> Arc<Source> {
        let text = match input {
            Input::Standard => None,
            Input::File(..) => self.read(input).ok().and_then(|bytes| decode_text(bytes).ok()),
        };
        let text = text.unwrap_or_default();
        self.look_through(id, name, text, Dress::Text, &mut Findings::default())
    }
}

/// A checklist that could not be read, with what was found.
fn unread(key: String, source: &Arc<Source>, findings: Findings) -> LoadedChecklist {
    let mut sources = Sources::default();
    sources.add(source);
    LoadedChecklist { key, checklist: None, findings, sources, base: None }
}

/// The name of a file that does not depend on where the user stands.
pub(super) fn lasting_name(input: &Input, workspace: Option<&LoadedWorkspace>) -> String {
    let Input::File(path, _) = input else { return "standard input".to_owned() };
    let path = whole(path);
    let inside = workspace.and_then(|own| path.strip_prefix(&own.root).ok());
    let lasting = inside.or_else(|| path.file_name().map(Path::new)).unwrap_or(&path);
    let parts: Vec<_> = lasting.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

/// What a file is known by however its path is written, be it on the disk yet or not.
pub(super) fn place_of(path: &Path) -> PathBuf {
    let path = here().join(path);
    canonical(&path).unwrap_or(path)
}

/// The name under which a checklist file is remembered.
fn key_of(path: &Path) -> String {
    let real = canonical(path).unwrap_or_else(|_| path.to_owned());
    real.to_string_lossy().into_owned()
}

fn folder_of(path: &Path) -> PathBuf {
    path.parent().map(Path::to_owned).unwrap_or_default()
}

/// Whether a reference is a path rather than the id of a shipped checklist.
fn is_path(written: &str) -> bool {
    written.contains(['/', '\\'])
        || Path::new(written).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"))
}

/// What a file was named as.
#[derive(Clone, Copy)]
enum Wanted {
    Any,
    Mapping,
}

impl Wanted {
    /// The line with which such a file begins.
    fn first_line(self, is_toml: bool) -> &'static str {
        match (self, is_toml) {
            (Wanted::Mapping, _) => "scrutiny = \"mapping\"",
            (Wanted::Any, true) => "scrutiny = \"checklist\"",
            (Wanted::Any, false) => "scrutiny: assessment",
        }
    }
}

/// What a file says that it is.
enum Declared {
    Assessment,
    Programme,
    Checklist,
    Mapping,
}

fn is_toml(text: &str, input: &Input) -> bool {
    let is_content = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let first = text.lines().find(is_content).unwrap_or_default().trim_start();
    let by_sign = ["scrutiny =", "scrutiny="].iter().any(|sign| first.starts_with(sign));
    let by_name = matches!(input, Input::File(path, _)
        if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml")));
    by_sign || (by_name && !first.starts_with("scrutiny:"))
}

/// Parses a text in the language that it is written in. Nothing is returned where there is no tree to
/// go on with, or an empty one, which has then been reported.
fn parse<'s>(
    source: &'s Source,
    is_toml: bool,
    first_line: &str,
    findings: &mut Findings,
) -> Option<Tree<'s>> {
    let tree = match is_toml {
        true => Some(toml::parse(source, findings)),
        false => yaml::parse(source, findings),
    };
    let tree = tree?;
    let is_empty = match tree.root().kind() {
        Kind::Missing => true,
        Kind::Map => tree.root().entries().next().is_none(),
        Kind::Refused | Kind::Scalar(..) | Kind::List => false,
    };
    if is_empty {
        if findings.is_empty() {
            findings
                .report(&shape::EMPTY_FILE, Span::beginning(source.id), "The file is empty")
                .help(format!("write `{first_line}` as its first line, and go on from there"));
        }
        return None;
    }
    crate::syntax::check_signs(&tree, source, findings);
    Some(tree)
}

/// What the first key declares. Anything else is reported.
fn declared(root: Node<'_>, first_line: &str, findings: &mut Findings) -> Option<Declared> {
    let entry = root.entries().find(|(key, _)| key.scalar() == Some("scrutiny"));
    let misspelt = || {
        let is_near =
            |key: &Node<'_>| key.scalar().is_some_and(|key| nearest(key, ["scrutiny"]).is_some());
        root.entries().find(|(key, _)| is_near(key))
    };
    let Some((_, value)) = entry.or_else(misspelt) else {
        let beginning = Span { end: root.span().start, ..root.span() };
        let message = "The file does not say that it is a scrutiny file";
        findings
            .report(&faults::NOT_OURS, beginning, message)
            .help(format!("if it is one, add `{first_line}` as its first line"));
        return None;
    };
    match value.scalar().map(str::trim) {
        Some("assessment") => Some(Declared::Assessment),
        Some("programme") => Some(Declared::Programme),
        Some("checklist") => Some(Declared::Checklist),
        Some("mapping") => Some(Declared::Mapping),
        written => {
            let written = written.unwrap_or_default();
            let message = match written {
                "" => "It is not said what kind of file this is".to_owned(),
                _ => format!("{} is not a kind of file that is known here", quoted(written)),
            };
            let finding = findings.report(&faults::NEWER_FORMAT, value.span(), message);
            let is_later =
                written.split_once('/').is_some_and(|(_, rest)| rest.parse::<u32>().is_ok());
            let meant = nearest(written, ["assessment", "programme", "checklist", "mapping"])
                .filter(|_| !is_later);
            match meant {
                Some(meant) => {
                    finding.label(format!("did you mean {meant}?")).repair(meant, Trust::Spelling)
                }
                None if is_later => {
                    finding.help("it is of a later layout: install a newer version of scrutiny")
                }
                None if written.is_empty() => finding.help(format!("write `{first_line}`")),
                None => finding.help(
                    "write assessment, programme, checklist or mapping; another kind needs a newer version of scrutiny",
                ),
            };
            match meant {
                Some("assessment") => Some(Declared::Assessment),
                Some("mapping") => Some(Declared::Mapping),
                Some("programme") => Some(Declared::Programme),
                Some(_) => Some(Declared::Checklist),
                None => None,
            }
        }
    }
}

/// Why bytes are not a text that can be read.
struct TextFault {
    /// What can be shown of it.
    shown: String,
    /// Where in that the fault is.
    at: usize,
    message: &'static str,
    help: &'static str,
}

const SAVE: &str = "open it in the program that made it and save it as plain text in UTF-8; \
                    in Notepad: File, Save as, Encoding UTF-8";

/// Bytes as text: UTF-8, with or without a byte-order mark. Anything else is named for what it is.
fn decode_text(mut bytes: Vec<u8>) -> Result<String, TextFault> {
    let fault = |message, help| TextFault { shown: String::new(), at: 0, message, help };
    if bytes.starts_with(&[0xef, 0xbb, 0xbf]) {
        bytes.drain(..3);
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(fault("The file is in UTF-16, which Notepad calls Unicode", SAVE));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        let message = "The file is a Word, Excel or zip file, not plain text";
        return Err(fault(message, SAVE));
    }
    if let Some(at) = memchr::memchr(0, &bytes) {
        let zeros = memchr::memchr_iter(0, &bytes).count();
        let message = match zeros * 3 > bytes.len() {
            true => "The file is in UTF-16, which Notepad calls Unicode",
            false => "The file holds a NUL byte, so it is not plain text",
        };
        let shown = String::from_utf8_lossy(&bytes[..at]).into_owned();
        return Err(TextFault { at: shown.len(), shown, message, help: SAVE });
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let shown = String::from_utf8_lossy(error.as_bytes()).into_owned();
        let message =
            "This character is not in UTF-8; the file may be saved in what Windows calls ANSI";
        TextFault { shown, at, message, help: SAVE }
    })
}
