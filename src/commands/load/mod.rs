//! From files to the model: text is decoded, parsed, decoded and judged, with what it refers to.
//!
//! Checklists and workspace settings are read once in a run, however many files refer to them.

mod checklists;
mod declared;
mod settings;
mod text;

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use anyhow::Result;

use self::checklists::key_of;
use self::declared::{Declared, Wanted, declared, is_toml, parse};
use super::detours::{absolute, real};
use super::inputs::{self, How, Input, SETTINGS, here, shown};
use crate::finding::Findings;
use crate::model::assessment::{self, Assessment};
use crate::model::checklist::Checklist;
use crate::model::mapping::{self, Mapping};
use crate::model::programme::{self, Programme};
use crate::model::way::{self, Vouchers};
use crate::model::workspace::{FIRST_MONTH, Workspace};
use crate::privacy::{self, Dress, Match, Names};
use crate::rules::{self, Heed, NewActions};
use crate::source::{Source, SourceId, Sources};
use crate::syntax::decode::Given;
use crate::syntax::tree::Node;

/// Reads files, and remembers what many of them refer to.
pub(super) struct Loader {
    next: AtomicU32,
    /// Names that no text may hold.
    names: Option<Names>,
    /// What of the settings of a workspace counts.
    heed: Heed,
    /// Texts that count in place of what is on the disk, by the real paths of their files.
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

impl Content {
    /// The actions that begin in an assessment; none where it is something else.
    pub(super) fn new_actions(&self) -> NewActions {
        match self {
            Content::Assessment(Some(assessment), _) => NewActions::of(assessment),
            Content::Assessment(None, _)
            | Content::Programme(..)
            | Content::Checklist(_)
            | Content::Mapping(_)
            | Content::Workspace
            | Content::Nothing => NewActions::default(),
        }
    }
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
    /// How many checklists there are from it to the one that stands alone, both counted.
    links: usize,
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
            && let Some(text) = self.unsaved.get(&real(path))
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
    pub(super) fn source(&self, path: &str, text: impl Into<Cow<'static, str>>) -> Arc<Source> {
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
        let workspace = self.workspace(&absolute(&folder))?;
        let mut loaded = Loaded {
            name: lasting_name(input, workspace.as_deref()),
            source: self.source(&name, ""),
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
                    Input::File(path, _) => key_of(path),
                };
                let found = std::mem::take(findings);
                let checklist = self.settle(key, &source, root, folder, found)?;
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
        if let (Some(then), Some(now)) = (from.clone(), to.clone())
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
}

/// The name of a file that does not depend on where the user stands.
pub(super) fn lasting_name(input: &Input, workspace: Option<&LoadedWorkspace>) -> String {
    let Input::File(path, _) = input else { return "standard input".to_owned() };
    let path = absolute(path);
    let inside = workspace.and_then(|own| path.strip_prefix(&own.root).ok());
    let lasting = inside.or_else(|| path.file_name().map(Path::new)).unwrap_or(&path);
    let parts: Vec<_> = lasting.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

fn folder_of(path: &Path) -> PathBuf {
    path.parent().map(Path::to_owned).unwrap_or_default()
}
