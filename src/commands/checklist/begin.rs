//! `scrutiny checklist adapt` and `scrutiny checklist new`: a local checklist to go on with.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::{findings, load};
use crate::commands::load::Loader;
use crate::commands::output::{Destination, Output};
use crate::commands::report::refuses;
use crate::commands::{Exit, detours, inputs, prove, relative};
use crate::shipped;
use crate::start::checklist::{self as text, Name};
use crate::text::{one_line, visible};

/// Start a local checklist from another one
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  scrutiny checklist adapt six-steps-2019 -o checklists/local-2027.toml
  scrutiny checklist adapt six-steps-2019 -o local.toml --title \"Our Six Steps\"

The new file names the authors of what it extends, lists its questions, and has
an example of each change: adding, leaving out, putting in other words.")]
pub(super) struct Adapt {
    /// The checklist to start from: the id of a shipped one, or the path to a file
    #[arg(value_name = "ID or FILE")]
    base: PathBuf,
    #[command(flatten)]
    target: Target,
}

/// Start a checklist of your own
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  scrutiny checklist new -o checklists/our-questions.toml
  scrutiny checklist new -o our-questions.toml --title \"Our own questions\"

The new file is a small checklist that is right as it stands, with a scale, two
steps and each kind of question once, to be replaced by your own.")]
pub(super) struct New {
    #[command(flatten)]
    target: Target,
}

/// What the new checklist is called, and where it goes.
#[derive(clap::Args)]
struct Target {
    #[command(flatten)]
    destination: Destination,
    /// Its id: small letters, digits and hyphens [default: the name of the file]
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// Its title
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
}

pub(super) fn adapt(args: &Adapt, output: &mut Output) -> Result<Exit> {
    let loaded = load(&args.base, &Loader::new())?;
    if refuses(&findings(&loaded), output)? {
        return Ok(Exit::Findings);
    }
    let Some(base) = &loaded.checklist else {
        bail!("{} is not a checklist", inputs::shown(&args.base));
    };
    let folder = args.target.folder();
    let reference = match shipped::find(&loaded.key) {
        Some(shipped) => shipped.id.to_owned(),
        None => relative::seen_from(&folder, Path::new(&loaded.key)),
    };
    let is_reachable =
        shipped::find(&loaded.key).is_some() || inputs::is_inside(Path::new(&loaded.key), &folder);
    if !is_reachable {
        bail!(
            "{} lies outside the workspace of the new file: copy it into the workspace first",
            inputs::shown(&args.base)
        );
    }
    let id = args.target.id(&format!("{}-local", base.id.value))?;
    let title = args.target.title(&format!("{}, local edition", one_line(&base.title)));
    let made = text::adapt(base, &reference, Name { id: &id, title: &title });
    prove::checklist(&made, Some(base))?;
    args.target.deliver(&made, output)
}

pub(super) fn new(args: &New, output: &mut Output) -> Result<Exit> {
    let id = args.target.id("local")?;
    let title = args.target.title(&text::title_of(&id));
    let made = text::new(Name { id: &id, title: &title });
    prove::checklist(&made, None)?;
    args.target.deliver(&made, output)
}

impl Target {
    /// The folder that the file goes to: where the user stands, if it goes to standard output.
    fn folder(&self) -> PathBuf {
        let file = self.destination.file();
        let file = detours::absolute(file.unwrap_or(Path::new("checklist.toml")));
        file.parent().map(Path::to_owned).unwrap_or_default()
    }

    /// Its id: as given, else made from the name of the file, else the usual one. The id of a shipped
    /// checklist would stand for two.
    fn id(&self, usual: &str) -> Result<String> {
        let stem = self.destination.file().and_then(Path::file_stem);
        let stem = stem.filter(|stem| *stem != "-").map(|stem| stem.to_string_lossy());
        let id = match (&self.id, stem) {
            (Some(id), _) if text::id_of(id) != *id => {
                bail!("an id has small letters, digits and hyphens: write --id {}", text::id_of(id))
            }
            (Some(id), _) => id.clone(),
            (None, Some(stem)) => text::id_of(&stem),
            (None, None) => usual.to_owned(),
        };
        match shipped::find(&id) {
            Some(_) => bail!("{id} comes with scrutiny: give yours another name with --id"),
            None => Ok(id),
        }
    }

    fn title(&self, usual: &str) -> String {
        let given = self.title.as_deref().map(|title| one_line(&visible(title)));
        given.filter(|title| !title.is_empty()).unwrap_or_else(|| usual.to_owned())
    }

    fn deliver(&self, made: &str, output: &mut Output) -> Result<Exit> {
        self.destination.deliver(made, output)?;
        Ok(Exit::Clean)
    }
}
