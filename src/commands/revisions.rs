//! Files as they were at a revision of a git repository. Git is asked to read, in a few calls, and
//! nothing that a repository's configuration names is ever run.

mod folder;
mod program;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, anyhow, bail};
use jiff::civil::Date;

use self::folder::PrivateFolder;
use self::program::{Answer, answer, git, run};
use super::detours::{absolute, canonical, real};
use super::inputs::{self, LARGEST, SETTINGS, here, shown};
use crate::comparison::merge::Merged;
use crate::text::visible;

/// A repository of which revisions are read.
pub(super) struct Repository {
    /// Its topmost folder.
    root: PathBuf,
    /// Whether the history was fetched only down to some commit.
    is_shallow: bool,
}

/// The versions of a file, in a folder of their own until this is dropped.
pub(super) struct History {
    /// Oldest first: the day on which each was committed, and where it stands.
    pub(super) versions: Vec<(String, PathBuf)>,
    /// Whether there may be older ones that were not fetched.
    pub(super) is_cut: bool,
    _folder: PrivateFolder,
}

/// The files of a revision, as git lists them.
pub(super) struct Listing(String);

/// The files of a revision, in a folder of their own until this is dropped.
pub(super) struct Checkout {
    /// The folder.
    folder: PrivateFolder,
}

/// One content of a file, or the message of a commit, where it came first.
pub(super) struct Version {
    /// The commit, shortened.
    pub(super) commit: String,
    /// The day on which it was committed.
    pub(super) day: String,
    /// The file in the repository, or "message".
    pub(super) path: String,
}

impl Version {
    fn new(commit: &str, day: &str, path: &str) -> Self {
        let commit = commit.get(..9).unwrap_or(commit);
        Version { commit: commit.to_owned(), day: self::day(day).to_owned(), path: path.to_owned() }
    }
}

/// How git keeps a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keeping {
    /// It lies in no repository.
    Outside,
    /// It lies in one that is told to ignore it.
    Ignored,
    /// It lies in one that may take it with the next commit.
    Loose,
    /// It is in one.
    Tracked,
}

/// How git keeps a file, by its real place.
pub(super) fn keeping(path: &Path) -> Result<Keeping> {
    let path = canonical(&here().join(path))?;
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return Ok(Keeping::Outside);
    };
    if !folder.ancestors().any(|above| above.join(OWN).exists()) {
        return Ok(Keeping::Outside);
    }
    let listed = run(git(folder).args(["ls-files", "-z", "--cached", "--"]).arg(name))?;
    match listed {
        Answer::Text(listed) if !listed.is_empty() => return Ok(Keeping::Tracked),
        Answer::Text(_) => {}
        Answer::Refused(_) => bail!(
            "git does not say whether it keeps {}: put it into a folder that is in no repository",
            shown(&path)
        ),
    }
    let mut git = git(folder);
    git.args(["ls-files", "-z", "--others", "--exclude-standard", "--"]).arg(name);
    Ok(match run(&mut git)? {
        Answer::Text(listed) if listed.is_empty() => Keeping::Ignored,
        Answer::Text(_) | Answer::Refused(_) => Keeping::Loose,
    })
}

/// What the name of a git repository's own folder is, or of the file that leads to it.
const OWN: &str = ".git";

const SECONDS_OF_A_DAY: i64 = 24 * 60 * 60;

/// Why git does not take a folder for one of a repository, and what to do.
fn refused(reason: &str, path: &Path, folder: &Path) -> anyhow::Error {
    let path = shown(path);
    let folder = absolute(folder);
    let top = folder.ancestors().find(|above| above.join(OWN).symlink_metadata().is_ok());
    if reason.contains("dubious ownership") {
        let top = inputs::with_slashes(top.unwrap_or(&folder));
        return anyhow!(
            "git does not read the repository of {path}, because it belongs to somebody else: if \
             you trust it, run `git config --global --add safe.directory {}`",
            visible(&top)
        );
    }
    if reason.contains("must be run in a work tree") {
        return anyhow!(
            "{path} lies in a repository without files, or in git's own folder: clone it, and name \
             the file in the clone"
        );
    }
    match top {
        Some(top) => anyhow!(
            "git cannot read the repository of {path}: {} is damaged, or leads nowhere",
            shown(&top.join(OWN))
        ),
        None => anyhow!("{path} is not in a git repository"),
    }
}

/// Git knows that there is something, and does not have it.
fn lacking(place: &str) -> anyhow::Error {
    anyhow!(
        "git lacks what was in {}, because the repository was cloned in part or is damaged: clone it \
         anew, whole",
        visible(place)
    )
}

/// The day of a commit as git gives it; a commit may have one that git cannot read.
fn day(given: &str) -> &str {
    if given.starts_with(|c: char| c.is_ascii_digit()) { given } else { "no day" }
}

/// The contents in a log with raw changes: the blob, and where it came first. Beside them the
/// repositories inside this one.
fn versions(log: &str) -> (Vec<(String, Version)>, BTreeSet<String>) {
    let mut all: Vec<(String, Version)> = Vec::new();
    let mut others = BTreeSet::new();
    let (mut commit, mut day) = ("", "");
    let mut fields = log.split('\0').map(|field| field.trim_start_matches('\n'));
    while let Some(field) = fields.next() {
        if let Some(head) = field.strip_prefix('\u{1}') {
            (commit, day) = head.split_once('\u{2}').unwrap_or((head, ""));
        } else if let Some(change) = field.strip_prefix(':') {
            let path = fields.next().unwrap_or_default();
            let mut facts = change.split(' ').skip(1);
            let (mode, blob) = (facts.next().unwrap_or_default(), facts.nth(1).unwrap_or_default());
            if mode == "160000" {
                others.insert(path.to_owned());
            }
            // What was deleted has no new content, and a repository inside this one none of ours.
            let is_content = (mode.starts_with("100") || mode == "120000")
                && blob.bytes().any(|digit| digit != b'0');
            if is_content {
                all.push((blob.to_owned(), Version::new(commit, day, path)));
            }
        }
    }
    all.reverse();
    let mut seen = std::collections::HashSet::new();
    all.retain(|(blob, version)| seen.insert((blob.clone(), version.path.clone())));
    (all, others)
}

/// What git itself makes of three versions of a file, line by line: as it was, as one changed it, as the
/// other did.
pub(super) fn merge_by_line([base, ours, theirs]: [&Path; 3]) -> Result<Merged> {
    let mut git = git(here());
    git.args(["merge-file", "-p", "-L", "ours", "-L", "base", "-L", "theirs", "--"]);
    let output = answer(git.args([ours, base, theirs]))?;
    // It ends with the number of conflicts, or above all of these where it failed.
    let conflicts = output.status.code().and_then(|code| usize::try_from(code).ok());
    let conflicts = conflicts.filter(|conflicts| *conflicts <= 127);
    let text = String::from_utf8(output.stdout).ok();
    let (Some(conflicts), Some(text)) = (conflicts, text) else {
        bail!("git cannot bring {} and {} together", shown(ours), shown(theirs))
    };
    Ok(Merged { text, conflicts })
}

impl Repository {
    /// The repository that a path lies in.
    pub(super) fn of(path: &Path) -> Result<Self> {
        let start = here().join(path);
        let folder = start.ancestors().find(|folder| folder.is_dir()).unwrap_or(here());
        let mut git = git(folder);
        match run(git.args(["rev-parse", "--is-shallow-repository", "--show-toplevel"]))? {
            Answer::Text(text) => {
                let (is_shallow, root) = text.split_once('\n').unwrap_or_default();
                let root = root.strip_suffix('\n').unwrap_or(root);
                Ok(Repository { root: PathBuf::from(root), is_shallow: is_shallow == "true" })
            }
            Answer::Refused(reason) => Err(refused(&reason, path, folder)),
        }
    }

    /// The full name of a commit.
    pub(super) fn commit(&self, revision: &str) -> Result<String> {
        if revision.starts_with('-') {
            bail!("{revision} is not a revision: a revision does not begin with a hyphen");
        }
        let wanted = format!("{revision}^{{commit}}");
        let mut git = git(&self.root);
        match run(git.args(["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted]))? {
            Answer::Text(text) => Ok(text.trim().to_owned()),
            Answer::Refused(_) => bail!("there is no revision {revision} here{}", self.hint()?),
        }
    }

    /// The commit at which two lines of history parted.
    pub(super) fn merge_base(&self, one: &str, other: &str) -> Result<String> {
        let (one, other) = (self.commit(one)?, self.commit(other)?);
        match run(git(&self.root).args(["merge-base", &one, &other]))? {
            Answer::Text(text) => Ok(text.trim().to_owned()),
            Answer::Refused(_) => {
                bail!("the two revisions have no history in common{}", self.hint()?)
            }
        }
    }

    /// The last commit on or before a day, of those that lead to where the repository stands.
    pub(super) fn commit_on(&self, day: Date) -> Result<String> {
        let head = self.commit("HEAD")?;
        // In words, git would take a day that it cannot count to for today.
        let begin = day.duration_since(Date::constant(1970, 1, 1)).as_secs();
        let end = begin + SECONDS_OF_A_DAY - 1;
        let before = format!("--before=@{end} +0000");
        let mut git = git(&self.root);
        match run(git.args(["rev-list", "--max-count=1", &before, &head]))? {
            // Nothing was committed before git begins to count.
            Answer::Text(text) if end >= 0 && !text.trim().is_empty() => Ok(text.trim().to_owned()),
            _ => bail!("there is no commit on or before {day}{}", self.hint()?),
        }
    }

    /// Why something may not be found here, and what to do.
    fn hint(&self) -> Result<&'static str> {
        if self.is_shallow {
            return Ok(
                ": the history was not fetched whole; fetch all of it (in a pipeline, fetch-depth: 0)",
            );
        }
        let mut git = git(&self.root);
        Ok(match run(git.args(["rev-parse", "--verify", "--quiet", "HEAD"]))? {
            Answer::Text(_) => "",
            Answer::Refused(_) => ": nothing was committed yet",
        })
    }

    /// A path as the repository has it, from its topmost folder.
    pub(super) fn inside(&self, path: &Path) -> Result<PathBuf> {
        if path.to_str().is_none() {
            bail!(
                "{} has a name that is not in UTF-8: rename it to look into its history",
                shown(path)
            );
        }
        // Of what was deleted since, its folder may have a real path.
        let inside = real(path).strip_prefix(real(&self.root)).map(Path::to_owned);
        inside.map_err(|_| anyhow!("{} is not in the same repository", shown(path)))
    }

    /// The name that a file had at an older commit, where it was renamed since.
    pub(super) fn old_name(&self, old: &str, new: &str, path: &Path) -> Result<PathBuf> {
        let range = format!("{old}..{new}");
        let mut git = git(&self.root);
        git.args(["log", "-z", "--follow", "--name-status", "--format=", "--no-ext-diff"]);
        git.args(["--no-textconv", "--no-show-signature", "--diff-filter=R", &range, "--"]);
        let Answer::Text(text) = run(git.arg(path))? else { return Ok(path.to_owned()) };
        let mut name = path;
        // The latest rename first. Of a folder, these are the renames inside it, which are not its own.
        for (was, is) in renames(&text) {
            if is == name {
                name = was;
            }
        }
        Ok(name.to_owned())
    }

    /// The name that a folder had at an older commit: that of the folder from which most of its files
    /// came. Nothing where they came from the topmost folder, which holds more than them.
    pub(super) fn old_folder(&self, old: &str, new: &str, path: &Path) -> Result<Option<PathBuf>> {
        let mut git = git(&self.root);
        git.args(["diff-tree", "-r", "-z", "-M", "--name-status", "--diff-filter=R"]);
        git.args(["--no-ext-diff", "--no-textconv", old, new]);
        let Answer::Text(text) = run(&mut git)? else { return Ok(None) };
        let mut origins: BTreeMap<&Path, usize> = BTreeMap::new();
        for (was, is) in renames(&text) {
            let Ok(below) = is.strip_prefix(path) else { continue };
            let origin = was.ancestors().nth(below.components().count());
            if let Some(origin) = origin.filter(|origin| !origin.as_os_str().is_empty()) {
                *origins.entry(origin).or_default() += 1;
            }
        }
        // Of equally many, the first by name, so that the same revisions give the same output.
        let most = origins.into_iter().rev().max_by_key(|(_, files)| *files);
        Ok(most.map(|(origin, _)| origin.to_owned()))
    }

    /// The files of a commit.
    pub(super) fn files(&self, commit: &str, name: &str) -> Result<Listing> {
        let mut git = git(&self.root);
        let listed = run(git.args(["ls-tree", "-r", "-z", "--long", "--full-tree", commit]))?;
        let Answer::Text(listed) = listed else { bail!("git cannot list the files of {name}") };
        Ok(Listing(listed))
    }

    /// Writes the files of a commit that may be ours into a folder: those under a path, and all
    /// checklists and settings, which they may refer to.
    pub(super) fn checkout(&self, files: &Listing, name: &str, path: &Path) -> Result<Checkout> {
        let blobs = files.blobs(Some(path));
        let wanted: Vec<Wanted<'_>> = blobs
            .map(|(id, place)| Wanted { id: id.into(), place: place.into(), is_sure: true })
            .collect();
        let folder = PrivateFolder::new()?;
        inputs::name_folder(folder.path(), &format!("{name}:"));
        self.write(&wanted, folder.path())?;
        Ok(Checkout { folder })
    }

    /// All versions of a file that were committed, through its renames, each with the checklists and
    /// settings of its time. Git is run four times, however many versions there are.
    pub(super) fn history(&self, path: &Path) -> Result<History> {
        let inside = self.inside(path)?;
        if inside.to_string_lossy().contains(char::is_control) {
            bail!(
                "{} has a line break or the like in its name: rename it to follow its history",
                shown(path)
            );
        }
        let mut git = git(&self.root);
        git.args(["log", "-z", "--follow", "--name-only", "--format=%x01%H%x02%cs"]);
        git.args(["--no-ext-diff", "--no-textconv", "--no-show-signature", "--"]).arg(&inside);
        let Answer::Text(log) = run(&mut git)? else {
            bail!("git cannot read the history{}", self.hint()?)
        };
        let mut commits: Vec<(&str, &str, &str)> = log.split('\u{1}').filter_map(version).collect();
        commits.reverse();
        if commits.is_empty() {
            bail!("{} has no history{}", shown(path), self.hint()?);
        }
        let folder = PrivateFolder::new()?;
        let referred = self.referred()?;
        let mut wanted = Vec::new();
        let mut versions = Vec::new();
        for (number, (commit, day, name)) in commits.into_iter().enumerate() {
            let own = number.to_string();
            let of_commit = |name: &str, is_sure| Wanted {
                id: format!("{commit}:{name}").into(),
                place: format!("{own}/{name}").into(),
                is_sure,
            };
            wanted.push(of_commit(name, true));
            wanted.extend(referred.iter().map(|name| of_commit(name, false)));
            let place = folder.path().join(&own);
            inputs::name_folder(&place, &format!("{}:", &commit[..commit.len().min(9)]));
            versions.push((day.to_owned(), place.join(name)));
        }
        self.write(&wanted, folder.path())?;
        Ok(History { versions, is_cut: self.is_shallow, _folder: folder })
    }

    /// The checklists and settings that the repository has now.
    fn referred(&self) -> Result<Vec<String>> {
        let files = self.files("HEAD", "HEAD")?;
        let names = files.blobs(None).map(|(_, path)| path);
        Ok(names.filter(|path| !path.contains('\n')).map(str::to_owned).collect())
    }

    /// All versions of the files under a path that any branch, tag, stash or log of branches still
    /// leads to, deleted files among them; each content under its name once, where it came first. Git
    /// is run three times, however many there are, and one file is held at a time. Returns the
    /// repositories inside this one, which keep their own history.
    pub(super) fn every_version(
        &self,
        path: &Path,
        mut look: impl FnMut(&Version, Vec<u8>) -> Result<()>,
    ) -> Result<BTreeSet<String>> {
        let inside = self.inside(path)?;
        if self.is_shallow {
            bail!("git cannot tell what else it holds under {}{}", shown(path), self.hint()?);
        }
        let changes = self.log(&["--format=%x01%H%x02%cs"], &inside)?;
        let (versions, others) = versions(&changes);
        let messages = self.log(&["--no-patch", "--format=%x01%H%x02%cs%x02%B"], &inside)?;
        for message in messages.split('\0') {
            let mut fields = message.trim_start_matches(['\n', '\u{1}']).splitn(3, '\u{2}');
            let (Some(commit), Some(day), Some(text)) =
                (fields.next(), fields.next(), fields.next())
            else {
                continue;
            };
            look(&Version::new(commit, day, "message"), text.as_bytes().to_vec())?;
        }
        if versions.is_empty() && others.is_empty() {
            bail!("git holds nothing under {}{}", shown(path), self.hint()?);
        }
        let wanted: Vec<&str> = versions.iter().map(|(blob, _)| blob.as_str()).collect();
        self.read(&wanted, |number, bytes| {
            let version = &versions[number].1;
            let place = || format!("{}:{}", version.commit, version.path);
            look(version, bytes.ok_or_else(|| lacking(&place()))?)
        })?;
        Ok(others)
    }

    /// The log of a path over everything that git still holds, oldest last.
    fn log(&self, arguments: &[&str], inside: &Path) -> Result<String> {
        let mut git = git(&self.root);
        git.args(["-c", "log.showRoot=true", "log", "--all", "--reflog", "--full-history", "-z"]);
        git.args(["-m", "--raw", "--no-abbrev", "--no-renames", "--no-ext-diff"]);
        git.args(["--no-textconv", "--no-show-signature"]).args(arguments).arg("--");
        if inside != Path::new("") {
            git.arg(inside);
        }
        match run(&mut git)? {
            Answer::Text(log) => Ok(log),
            Answer::Refused(_) => bail!("git cannot read the history{}", self.hint()?),
        }
    }

    /// Writes blobs into a folder, all read by one run of git.
    fn write(&self, wanted: &[Wanted<'_>], folder: &Path) -> Result<()> {
        let ids: Vec<&str> = wanted.iter().map(|one| &*one.id).collect();
        self.read(&ids, |number, bytes| {
            let Wanted { place, is_sure, .. } = &wanted[number];
            let target = folder.join(&**place);
            let bytes = match bytes {
                Some(bytes) => bytes,
                None if *is_sure => return Err(lacking(&shown(&target))),
                None => return Ok(()),
            };
            if let Some(folder) = target.parent() {
                std::fs::create_dir_all(folder)?;
            }
            std::fs::write(&target, bytes).context("cannot write a temporary file")
        })
    }

    /// Reads blobs one after another, all by one run of git; nothing stands for one that is not there.
    fn read(
        &self,
        wanted: &[&str],
        mut take: impl FnMut(usize, Option<Vec<u8>>) -> Result<()>,
    ) -> Result<()> {
        let mut child = git(&self.root)
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot run git")?;
        let mut input = child.stdin.take().context("git takes no input")?;
        let asked: String = wanted.iter().map(|id| format!("{id}\n")).collect();
        let ask = std::thread::spawn(move || input.write_all(asked.as_bytes()));
        let mut output = BufReader::new(child.stdout.take().context("git gives no output")?);
        for (number, id) in wanted.iter().enumerate() {
            let bytes = next_blob(&mut output).with_context(|| format!("git cannot read {id}"))?;
            take(number, bytes)?;
        }
        // Git may have gone away before it was asked for everything, which the reading has told.
        let _ = ask.join();
        child.wait().context("cannot wait for git")?;
        Ok(())
    }
}

/// A blob that is asked for.
struct Wanted<'w> {
    /// Its id, or a commit and a path.
    id: Cow<'w, str>,
    /// Where it goes.
    place: Cow<'w, str>,
    /// Whether it is there unless the repository lacks something.
    is_sure: bool,
}

impl Listing {
    /// Whether there is a file of this name or a folder with files.
    pub(super) fn has(&self, path: &Path) -> bool {
        self.blobs(Some(path)).any(|(_, own)| Path::new(own).starts_with(path))
    }

    /// The ids and paths of the files that may be ours, of the assessments those under a path.
    fn blobs(&self, path: Option<&Path>) -> impl Iterator<Item = (&str, &str)> {
        self.0.split('\0').filter_map(move |line| blob(line, path))
    }
}

impl Checkout {
    /// Where a path of the repository stands in this folder.
    pub(super) fn path(&self, inside: &Path) -> PathBuf {
        self.folder.path().join(inside)
    }
}

/// The id and the path of a blob that may be ours, from a line of `ls-tree --long`. A path that could
/// lead out of the folder is left out; git itself does not make such paths.
fn blob<'l>(line: &'l str, asked: Option<&Path>) -> Option<(&'l str, &'l str)> {
    let (facts, path) = line.split_once('\t')?;
    let mut facts = facts.split_whitespace();
    let (mode, kind, id, size) = (facts.next()?, facts.next()?, facts.next()?, facts.next()?);
    let is_plain = mode.starts_with("100") && kind == "blob";
    let is_small = size.parse::<u64>().is_ok_and(|size| size <= LARGEST + 1);
    let own = Path::new(path);
    let is_safe = own.components().all(|part| matches!(part, std::path::Component::Normal(_)));
    // What is too large is not read whole, and is told; what cannot be ours is nobody's loss.
    let may_count = |asked| is_small || asked == own || inputs::is_candidate(own);
    let is_asked = asked.is_some_and(|asked| own.starts_with(asked) && may_count(asked));
    let is_referred = own.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"))
        || own.ends_with(SETTINGS);
    (is_plain && is_safe && (is_asked || is_referred)).then_some((id, path))
}

/// The renames in a list that git gives with `--name-status -z`: the old name and the new one.
fn renames(listed: &str) -> impl Iterator<Item = (&Path, &Path)> {
    let mut fields = listed.split('\0').map(|field| field.trim_matches('\n'));
    std::iter::from_fn(move || {
        // R100, the old name, the new name.
        fields.find(|field| !field.is_empty())?;
        Some((Path::new(fields.next()?), Path::new(fields.next()?)))
    })
}

/// One version in the log: a mark, the commit, the day, and the name of the file.
fn version(record: &str) -> Option<(&str, &str, &str)> {
    let mut fields = record.split(['\0', '\n']).filter(|field| !field.is_empty());
    let (commit, given) = fields.next()?.split_once('\u{2}')?;
    Some((commit, day(given), fields.next()?))
}

/// One answer of `cat-file --batch`: a line with id, kind and size, the bytes, a line end; or a line
/// that says that it is missing.
fn next_blob(output: &mut impl BufRead) -> Result<Option<Vec<u8>>> {
    let mut head = String::new();
    output.read_line(&mut head)?;
    if head.trim_end().ends_with(" missing") {
        return Ok(None);
    }
    let size = head.split_whitespace().nth(2).and_then(|size| size.parse::<u64>().ok());
    let size = size.with_context(|| format!("git answered {:?}", head.trim()))?;
    // More is never looked at; one byte more says that there was more.
    let kept = size.min(LARGEST + 1);
    let mut bytes = Vec::new();
    output.by_ref().take(kept).read_to_end(&mut bytes)?;
    std::io::copy(&mut output.by_ref().take(size - kept), &mut std::io::sink())?;
    let mut end = [0];
    output.read_exact(&mut end)?;
    Ok(Some(bytes))
}
