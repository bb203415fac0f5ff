//! The two sides of the terminal: lines that are printed and lines that are read.

use std::io::{BufRead, stdin};

use anyhow::{Context, Result};

use super::Session;
use crate::commands::inputs::shown;
use crate::commands::signals::Interrupted;
use crate::interview::page::Block;

/// The longest line, in bytes, that a terminal hands over whole. What is typed or pasted beyond it is
/// lost in the terminal, without a word.
const LONGEST: usize = if cfg!(target_os = "macos") { 1023 } else { 4095 };

impl Session<'_> {
    /// Reads one line; nothing at the end of the input.
    pub(super) fn read_line(&mut self) -> Result<Option<String>> {
        loop {
            self.output.print("> ")?;
            self.output.flush()?;
            let mut bytes = Vec::new();
            let read = match self.watch.wait(|| stdin().lock().read_until(b'\n', &mut bytes)) {
                Ok(read) => read.context("cannot read from the terminal")?,
                Err(Interrupted(code)) => {
                    self.say("\nStopped. All that was answered is saved.")?;
                    self.tell_drafts()?;
                    self.output.flush()?;
                    std::process::exit(code);
                }
            };
            if read == 0 {
                self.output.print("\n")?;
                return Ok(None);
            }
            let is_cut = bytes.strip_suffix(b"\n").unwrap_or(&bytes).len() >= LONGEST;
            match String::from_utf8(bytes) {
                Ok(line) if !is_cut => return Ok(Some(line)),
                Ok(_) => self.say(
                    "This line is longer than a terminal passes on, so that its end is lost: \
                     nothing was taken from it. Use the editor for a text as long as this.",
                )?,
                Err(_) => self.say("This line is not in UTF-8: type it again.")?,
            }
        }
    }

    pub(super) fn say(&mut self, words: &str) -> Result<()> {
        let words = self.screen.paragraph(words);
        self.output.print(&words)
    }

    pub(super) fn show(&mut self, blocks: &[Block]) -> Result<()> {
        for block in blocks {
            let text = match block {
                Block::Gap => "\n".to_owned(),
                Block::Heading(text) => self.screen.heading(text),
                Block::Paragraph(text) => self.screen.paragraph(text),
                Block::Item(mark, text) => self.screen.item(mark, text),
            };
            self.output.print(&text)?;
        }
        Ok(())
    }

    /// Says where the texts are that were written and could not be saved.
    pub(super) fn tell_drafts(&mut self) -> Result<()> {
        for draft in std::mem::take(&mut self.drafts) {
            let path = shown(&draft.path);
            let words = format!(
                "What you wrote on question {} was not saved; it is in {path}.\n",
                draft.id
            );
            self.output.complain(&words)?;
        }
        Ok(())
    }
}
