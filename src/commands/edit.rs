//! What all commands that change an assessment have in common: the change is made in the text, judged
//! before it is written, and written by the one writer.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};

use super::Exit;
use super::inputs::{self, How, Input, shown};
use super::load::{Content, Loaded, LoadedChecklist, Loader};
use super::output::Output;
use super::screen::FindingFormat;
use super::writer::{self, Outcome, Unproven};
use crate::export::patch;
use crate::finding::{Level, Located};
use crate::model::assessment::Assessment;
use crate::model::checklist::Checklist;
use crate::rules;
use crate::source::Source;
use crate::syntax::edit::{self, Edit, Refusal};

/// The file that is changed, and how.
#[derive(clap::Args)]
pub(super) struct Target {
    /// The assessment to change; - reads standard input and prints the new text
    pub(super) file: PathBuf,
    /// Show the change as a patch, and write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
}

/// What came of a change that was tried on a text.
pub(super) enum Tried {
    /// The new text.
    Right(String),
    /// The findings that stand in the way.
    Refused(Vec<Located>),
}

/// What came of a change of a file.
pub(super) enum Applied {
    /// The file has another text now.
    Written,
    /// There was nothing to change.
    Same,
    /// The findings that stand in the way; nothing was written.
    Refused(Vec<Located>),
}

/// Makes a change in a file and says so. `plan` works out the edits; a sentence says why it cannot.
pub(super) fn edit(
    target: &Target,
    output: &mut Output,
    plan: impl FnOnce(&Assessment, &Checklist) -> Result<Vec<Edit>, String>,
) -> Result<Exit> {
    let loader = Loader::new();
    if target.file == Path::new("-") || target.dry_run {
        return show(target, &loader, output, plan);
    }
    match apply(&loader, &target.file, plan)? {
        Applied::Refused(findings) => return refuse(&findings, output),
        Applied::Written => output.note(&format!("Wrote {}", shown(&target.file)))?,
        Applied::Same => {
            output
                .note(&format!("{} says so already: nothing was written", shown(&target.file)))?;
        }
    }
    Ok(Exit::Clean)
}

/// Makes a change in a file as it is on the disk now. `plan` sees the assessment as it stands there,
/// under the lock, and may also find that nothing is to be changed.
pub(super) fn apply(
    loader: &Loader,
    file: &Path,
    plan: impl FnOnce(&Assessment, &Checklist) -> Result<Vec<Edit>, String>,
) -> Result<Applied> {
    let input = Input::File(file.to_owned(), How::Named);
    let mut refused = Vec::new();
    let outcome = writer::change(file, |text| {
        Ok(match attempt(loader, &input, text, plan)? {
            Tried::Right(new) => Some(new),
            Tried::Refused(findings) => {
                refused = findings;
                None
            }
        })
    })?;
    Ok(match outcome {
        Outcome::Written => Applied::Written,
        Outcome::Same if refused.is_empty() => Applied::Same,
        Outcome::Same => Applied::Refused(refused),
    })
}

/// Shows what a change would come to: the whole new text for standard input, otherwise a patch.
fn show(
    target: &Target,
    loader: &Loader,
    output: &mut Output,
    plan: impl FnOnce(&Assessment, &Checklist) -> Result<Vec<Edit>, String>,
) -> Result<Exit> {
    let found = inputs::find(std::slice::from_ref(&target.file))?;
    let ([input], []) = (found.list.as_slice(), found.folders.as_slice()) else {
        bail!("{} is a folder: name a file in it", shown(&target.file));
    };
    let text = inputs::read_text(input)?;
    match attempt(loader, input, &text, plan)? {
        Tried::Refused(findings) => return refuse(&findings, output),
        Tried::Right(new) if target.dry_run => {
            output.print(&patch::render(&shown(&target.file), &text, &new))?;
        }
        Tried::Right(new) => output.print(&new)?,
    }
    Ok(Exit::Clean)
}

/// Why a change cannot be made, with the place in the file.
pub(super) fn refusal_at(source: &Source, at: usize, message: &str) -> anyhow::Error {
    let (line, start) = source.line_of(at);
    let column = source.text[start..at].chars().count() + 1;
    anyhow!("{}:{line}:{column}: {message}", source.path)
}

/// Tells what stands in the way of a change.
pub(super) fn refuse(findings: &[Located], output: &mut Output) -> Result<Exit> {
    let shown = output.screen.findings(findings, FindingFormat::Human);
    output.complain(&shown)?;
    output.complain("Nothing was changed: put the errors above right first.\n")?;
    Ok(Exit::Findings)
}

/// Makes a change in a text, and holds the new text to the rules: it may not have an error that the
/// old one had not.
pub(super) fn attempt(
    loader: &Loader,
    input: &Input,
    text: &str,
    plan: impl FnOnce(&Assessment, &Checklist) -> Result<Vec<Edit>, String>,
) -> Result<Tried> {
    let old = loader.load_bytes(input, text.as_bytes().to_vec())?;
    let Some((assessment, checklist)) = parts(&old) else {
        let findings = errors(old);
        if findings.is_empty() {
            bail!("this is not an assessment: only assessments can be changed with this command");
        }
        return Ok(Tried::Refused(findings));
    };
    let edits = plan(assessment, checklist).map_err(anyhow::Error::msg)?;
    let new = match edit::apply(text, &edits) {
        Ok(new) => new,
        Err(Refusal::Faulty) => return Ok(Tried::Refused(errors(old))),
        Err(Refusal::Shape(at, message)) => {
            return Err(refusal_at(&old.source, at, &message));
        }
        Err(Refusal::Unproven) => {
            let message = "the change could not be shown to change only what was asked for";
            return Err(Unproven(message.to_owned()).into());
        }
    };
    let before = errors(old);
    let after = loader.load_bytes(input, new.as_bytes().to_vec()).context("the new text")?;
    let fresh = new_errors(before, errors(after));
    Ok(if fresh.is_empty() { Tried::Right(new) } else { Tried::Refused(fresh) })
}

/// The assessment and its checklist, where both could be read.
pub(super) fn parts(loaded: &Loaded) -> Option<(&Assessment, &Checklist)> {
    let Content::Assessment(assessment, checklist) = &loaded.content else { return None };
    let LoadedChecklist { checklist, .. } = checklist.as_deref()?;
    Some((assessment.as_deref()?, checklist.as_ref()?))
}

/// What is wrong by nature in a file and in its checklist, as the workspace sees it.
pub(super) fn errors(mut loaded: Loaded) -> Vec<Located> {
    let workspace = loaded.workspace.clone();
    let settings = workspace.as_ref().and_then(|own| own.workspace.as_ref());
    let (assessment, checklist) = match &loaded.content {
        Content::Assessment(assessment, checklist) => (assessment.as_deref(), checklist.clone()),
        Content::Programme(_, checklist) => (None, checklist.clone()),
        Content::Checklist(checklist) => (None, Some(checklist.clone())),
        Content::Mapping(_) | Content::Workspace | Content::Nothing => (None, None),
    };
    let mut uses = rules::Uses::default();
    rules::apply(settings, &loaded.name, assessment, &mut loaded.findings, &mut uses);
    let mut located = loaded.findings.locate(&loaded.sources);
    if let Some(checklist) = checklist {
        located.extend(checklist.findings.locate(&checklist.sources));
    }
    let is_wrong =
        |finding: &Located| finding.rule.level == Level::Error && finding.level == Level::Error;
    located.retain(is_wrong);
    located
}

/// The errors that were not there before, whatever line they stand on.
pub(super) fn new_errors(before: Vec<Located>, after: Vec<Located>) -> Vec<Located> {
    let mut known: Vec<(&str, &str)> =
        before.iter().map(|finding| (finding.rule.id, finding.message.as_str())).collect();
    let is_new = |finding: &Located| {
        let place = known.iter().position(|known| *known == (finding.rule.id, &finding.message));
        place.map(|place| known.swap_remove(place)).is_none()
    };
    let mut is_new = is_new;
    after.into_iter().filter(|finding| is_new(finding)).collect()
}
