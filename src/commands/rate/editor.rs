//! Long texts in the user's own editor, over a private temporary file that is removed once its text
//! is saved. The only file of the program that starts another one and waits for a person in it.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow, bail};

use crate::commands::inputs::shown;
use crate::commands::origins;
use crate::interview::Key;
use crate::interview::page;

/// A sheet on the disk. It stays there until its text is saved, so that nothing that was written is
/// lost whatever happens.
pub(super) struct Draft {
    /// The question that it is about.
    pub(super) id: String,
    /// What it is to become.
    pub(super) key: Key,
    /// Where it is.
    pub(super) path: PathBuf,
    /// The text that it began with.
    began: String,
}

/// What came of editing.
pub(super) enum Edited {
    /// Another text.
    Text(String),
    /// The text as it was.
    Unchanged,
    /// No text at all.
    Empty,
}

/// How many names are tried for a temporary file.
const TRIES: u32 = 100;

impl Draft {
    /// Puts a sheet into the folder for temporary files, where nobody else can read it.
    pub(super) fn new(id: &str, key: Key, sheet: &str) -> Result<Self> {
        let folder = std::env::temp_dir();
        let about = || format!("cannot write a temporary file in {}", shown(&folder));
        let began = page::text_of(sheet);
        for number in 0..TRIES {
            let name = format!("scrutiny-{}-{number}.md", std::process::id());
            let path = folder.join(name);
            match create_private(&path) {
                Ok(mut file) => {
                    let draft = Draft { id: id.to_owned(), key, path, began };
                    let written = file.write_all(sheet.as_bytes());
                    if written.is_err() {
                        draft.remove();
                    }
                    return written.with_context(about).map(|()| draft);
                }
                // A file of another run, or a link that somebody laid there: it is not touched.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error).with_context(about),
            }
        }
        bail!("{}: its names are taken", about());
    }

    /// Opens the sheet in the editor, waits, and reads what came back.
    pub(super) fn edit(&self) -> Result<Edited> {
        let (name, mut command) = editor()?;
        let terminal = Terminal::now();
        let ended = command.arg(&self.path).status();
        terminal.restore();
        let ended = ended.with_context(|| {
            format!("the editor {name} could not be started; VISUAL or EDITOR names another")
        })?;
        if !ended.success() {
            bail!("the editor {name} ended with a failure ({ended})");
        }
        let bytes = fs::read(&self.path)
            .with_context(|| format!("cannot read {} again", shown(&self.path)))?;
        let text = String::from_utf8(bytes)
            .map_err(|_| anyhow!("the text was not saved as UTF-8: save it so in the editor"))?;
        Ok(match page::text_of(&text) {
            text if text.is_empty() => Edited::Empty,
            text if text == self.began => Edited::Unchanged,
            text => Edited::Text(text),
        })
    }

    /// Whether something else stands in it than at the beginning, or nobody can tell.
    pub(super) fn has_changed(&self) -> bool {
        fs::read_to_string(&self.path).map_or(true, |text| page::text_of(&text) != self.began)
    }

    /// Removes the file. What cannot be removed holds nothing that is not saved.
    pub(super) fn remove(&self) {
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(unix)]
fn create_private(path: &Path) -> io::Result<fs::File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

/// On Windows the folder for temporary files is the user's own.
#[cfg(not(unix))]
fn create_private(path: &Path) -> io::Result<fs::File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

/// The editor by its name, and the command that starts it.
fn editor() -> Result<(String, Command)> {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    let usual = if cfg!(windows) { "notepad" } else { "vi" };
    let (from, written) = ["VISUAL", "EDITOR"]
        .into_iter()
        .find_map(|name| Some((name, set(name)?)))
        .unwrap_or(("the default", usual.to_owned()));
    origins::note(&format!("editor: {from}"));
    // A backslash parts folders on Windows, and is a sign of the shell elsewhere.
    let written = if cfg!(windows) { written.replace('\\', "/") } else { written };
    let words = shlex::split(&written).filter(|words| !words.is_empty());
    let words = words.ok_or_else(|| anyhow!("{from} has a quote that is not closed: {written}"))?;
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]);
    Ok((words[0].clone(), command))
}

/// The settings of the terminal, which an editor that fails may leave behind in disorder.
#[cfg(unix)]
struct Terminal(Option<rustix::termios::Termios>);

#[cfg(unix)]
impl Terminal {
    fn now() -> Self {
        Terminal(rustix::termios::tcgetattr(io::stdin()).ok())
    }

    fn restore(&self) {
        if let Some(settings) = &self.0 {
            let when = rustix::termios::OptionalActions::Drain;
            // Where the terminal is gone there is nothing to restore.
            let _ = rustix::termios::tcsetattr(io::stdin(), when, settings);
        }
    }
}

/// On Windows each program sets the console for itself.
#[cfg(not(unix))]
struct Terminal;

#[cfg(not(unix))]
impl Terminal {
    fn now() -> Self {
        Terminal
    }

    fn restore(&self) {}
}
