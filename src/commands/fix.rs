//! `scrutiny validate --fix`: repairs that are certain, all those of a file in one write.
//!
//! A repair is made in the text, proven there, and held to the rules: it may bring no error that was
//! not there before.

use anyhow::{Result, bail};

use super::Exit;
use super::edit::{errors, new_errors};
use super::inputs::{self, How, Input, shown};
use super::load::{Content, Loaded, Loader};
use super::output::Output;
use super::survey::refuse_empty;
use super::writer::{self, Outcome};
use crate::export::patch;
use crate::finding::{Certainty, Fitted, Located};
use crate::syntax::layout::Language;
use crate::syntax::repair;
use crate::text::count;

/// How often a repaired text is looked at again: one repair may bring another to light.
const ROUNDS: usize = 8;

/// Shows the repairs of all files as a patch.
pub(super) fn show(inputs: &inputs::Inputs, output: &mut Output) -> Result<Exit> {
    let mut ours = Vec::new();
    for input in &inputs.list {
        let Some(text) = text_of(input)? else { continue };
        let bare = bare(&text);
        let (new, _) = mend(input, bare)?;
        // The byte-order mark is a part of the first line to those who apply the patch.
        let new = format!("{}{new}", &text[..text.len() - bare.len()]);
        let name = match input {
            Input::Standard => "standard input".to_owned(),
            Input::File(path, _) => shown(path),
        };
        output.print(&patch::render(&name, &text, &new))?;
        ours.push(input);
    }
    refuse_empty(inputs, ours.iter().copied())?;
    Ok(Exit::Clean)
}

/// Repairs all files.
pub(super) fn write(inputs: &inputs::Inputs, output: &mut Output) -> Result<()> {
    if inputs.list.contains(&Input::Standard) {
        bail!("standard input cannot be repaired: name a file, or add --dry-run to see a patch");
    }
    for input in &inputs.list {
        let Input::File(path, _) = input else { continue };
        // Most files have nothing to repair, and are not locked for that.
        let Some(text) = text_of(input)? else { continue };
        if mend(input, bare(&text))?.0 == bare(&text) {
            continue;
        }
        let mut made = 0;
        let outcome = writer::change(path, |text| {
            let (new, number) = mend(input, text)?;
            made = number;
            Ok(Some(new))
        })?;
        if outcome == Outcome::Written {
            output.note(&format!("Wrote {}: {}", shown(path), count(made, "repair")))?;
        }
    }
    Ok(())
}

/// The text of an input, unless it was found in a folder and is not ours, or is no text: what is wrong
/// with that is told when it is checked.
fn text_of(input: &Input) -> Result<Option<String>> {
    let bytes = inputs::read(input)?;
    match input {
        Input::File(path, How::Found) if !inputs::declares_itself(path, &bytes) => Ok(None),
        _ => Ok(String::from_utf8(bytes).ok()),
    }
}

/// A text without its byte-order mark.
fn bare(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// The text with all its certain repairs, and how many there are.
fn mend(input: &Input, text: &str) -> Result<(String, usize)> {
    let mut text = text.to_owned();
    let mut made = 0;
    for _ in 0..ROUNDS {
        let state = State::of(input, &text)?;
        let repairs: Vec<&Fitted> = state.repairs.iter().collect();
        if repairs.is_empty() {
            break;
        }
        // All at once; where that goes wrong, as for two keys that were both meant to be a third, each
        // that can be made alone.
        let (new, number) = match attempt(input, &text, &state, &repairs)? {
            Some(new) => (new, repairs.len()),
            None => one_by_one(input, &text)?,
        };
        if number == 0 {
            break;
        }
        (text, made) = (new, made + number);
    }
    Ok((text, made))
}

/// How many repairs are tried one by one: a file in which that is not enough is no slip of the hand.
const TRIES: usize = 100;

fn one_by_one(input: &Input, text: &str) -> Result<(String, usize)> {
    let mut text = text.to_owned();
    let mut made = 0;
    let mut passed = 0;
    for _ in 0..TRIES {
        let state = State::of(input, &text)?;
        let Some(next) = state.repairs.get(passed) else { break };
        match attempt(input, &text, &state, &[next])? {
            Some(new) => (text, made) = (new, made + 1),
            None => passed += 1,
        }
    }
    Ok((text, made))
}

/// What is found in a text.
struct State {
    language: Language,
    errors: Vec<Located>,
    repairs: Vec<Fitted>,
}

impl State {
    fn of(input: &Input, text: &str) -> Result<Self> {
        // What was read before must not be taken for what the text says now.
        let loader = Loader::new();
        let loaded = match input {
            Input::File(path, _) if path.ends_with(inputs::SETTINGS) => {
                loader.load_settings(input, path, text.as_bytes().to_vec())
            }
            _ => loader.load_bytes(input, text.as_bytes().to_vec())?,
        };
        let language = match &loaded.content {
            Content::Checklist(_) | Content::Mapping(_) | Content::Workspace => Language::Toml,
            Content::Assessment(..) | Content::Programme(..) | Content::Nothing => Language::Yaml,
        };
        let repairs = certain(&loaded);
        Ok(State { language, errors: errors(loaded), repairs })
    }
}

/// The certain repairs in a file, in order of place, each once.
fn certain(loaded: &Loaded) -> Vec<Fitted> {
    let mut located = loaded.findings.locate(&loaded.sources);
    if let Content::Checklist(checklist) = &loaded.content {
        located.extend(checklist.findings.locate(&checklist.sources));
    }
    let is_own = |finding: &Located| finding.place.path == loaded.source.path;
    let repairs = located.into_iter().filter(is_own).filter_map(|finding| finding.repair);
    let mut repairs: Vec<Fitted> =
        repairs.filter(|repair| repair.certainty == Certainty::Certain).collect();
    repairs.sort_by_key(|repair| (repair.range.start, repair.range.end));
    repairs.dedup();
    repairs
}

/// The text with these repairs, where that is right: it can be proven, it has no new error, and fewer
/// things to repair than before.
fn attempt(
    input: &Input,
    text: &str,
    before: &State,
    repairs: &[&Fitted],
) -> Result<Option<String>> {
    let Some(new) = repair::apply(text, before.language, repairs) else { return Ok(None) };
    let after = State::of(input, &new)?;
    let is_right = new_errors(before.errors.clone(), after.errors).is_empty();
    Ok(is_right.then_some(new))
}
