//! The conversation: shows a question, reads a line, saves the answer, goes on.
//!
//! Before every prompt the file is read again, because another program may have changed it, and
//! because an answer decides which questions are asked. An answer goes into the file as it is then;
//! one that was changed between the question and the answer is shown, and asked for again.

mod terminal;
mod texts;

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;

use super::editor::Draft;
use crate::commands::Exit;
use crate::commands::edit::{self, Applied, errors, parts};
use crate::commands::inputs::{How, Input, shown};
use crate::commands::load::{Loaded, Loader};
use crate::commands::output::Output;
use crate::commands::screen::{FindingFormat, Screen};
use crate::commands::signals::Watch;
use crate::commands::writer::Unproven;
use crate::interview::page::{self, Block, TextAsk};
use crate::interview::reply::{Manner, Menu, Reply};
use crate::interview::{self, Before, Key, Round, Said, Wanted};
use crate::model::assessment::Assessment;
use crate::model::checklist::{Checklist, Question};
use crate::model::standing::{Asked, NOT_APPLICABLE, TOO_EARLY};
use crate::text::count;

/// The widest that lines are printed, however wide the terminal is.
const WIDEST: usize = 80;

/// A conversation about one file.
pub(super) struct Session<'o> {
    file: &'o Path,
    output: &'o mut Output,
    screen: Screen,
    loader: Loader,
    watch: Watch,
    wanted: Wanted,
    before: Option<Loaded>,
    round: Round,
    answered: BTreeSet<String>,
    skipped: BTreeSet<String>,
    drafts: Vec<Draft>,
}

/// What is done after a question.
enum Turn {
    /// The next one is put.
    On,
    /// The one before is put.
    Back,
    /// The same is put again.
    Again,
    /// The conversation ends.
    Stop,
}

/// What came of saving.
enum Saved {
    /// It stands in the file.
    Done,
    /// The answer had been changed by another program: nothing was saved.
    Overtaken,
    /// It cannot be saved, which was said.
    Refused,
}

/// A question as the file stands at the moment.
#[derive(Clone, Copy)]
struct View<'a> {
    checklist: &'a Checklist,
    assessment: &'a Assessment,
    question: &'a Question,
}

impl<'o> Session<'o> {
    pub(super) fn new(
        file: &'o Path,
        loader: Loader,
        wanted: Wanted,
        before: Option<Loaded>,
        output: &'o mut Output,
    ) -> Result<Self> {
        Ok(Session {
            file,
            screen: output.screen.at_most(WIDEST),
            output,
            loader,
            watch: Watch::begin()?,
            wanted,
            before,
            round: Round::default(),
            answered: BTreeSet::new(),
            skipped: BTreeSet::new(),
            drafts: Vec::new(),
        })
    }

    /// Holds the conversation to its end.
    pub(super) fn hold(mut self) -> Result<Exit> {
        let held = self.put_all();
        self.tell_drafts()?;
        held
    }

    fn put_all(&mut self) -> Result<Exit> {
        let mut turn = Turn::On;
        loop {
            let loaded = self.load()?;
            let Some((assessment, checklist)) = parts(&loaded) else {
                return edit::refuse(&errors(loaded), self.output);
            };
            let list = interview::list(&self.wanted, checklist, assessment, &self.round);
            let ids: Vec<&str> =
                list.iter().map(|asked| asked.question.id.value.as_str()).collect();
            let id = match turn {
                Turn::On => self.round.go_on(&ids),
                Turn::Again => self.round.stay(&ids).or_else(|| self.round.go_on(&ids)),
                Turn::Back => match self.round.go_back(&ids) {
                    Some(id) => Some(id),
                    None => {
                        self.say("This is the first question.")?;
                        self.round.stay(&ids)
                    }
                },
                Turn::Stop => None,
            };
            let Some(at) = id.and_then(|id| ids.iter().position(|own| *own == id)) else {
                self.take_leave(checklist, assessment)?;
                return Ok(Exit::Clean);
            };
            let view = View { checklist, assessment, question: list[at].question };
            turn = self.put(view, &list[at], (at + 1, list.len()))?;
        }
    }

    /// Puts one question.
    fn put(&mut self, view: View<'_>, asked: &Asked<'_>, place: (usize, usize)) -> Result<Turn> {
        let menu = Menu::of(view.checklist, view.question);
        self.show(&page::question(view.checklist, asked, &menu, place))?;
        loop {
            let Some(line) = self.read_line()? else { return Ok(Turn::Stop) };
            match menu.read(&line) {
                Reply::Unclear(words) => self.say(&words)?,
                Reply::Help => self.help(view, &menu)?,
                Reply::Back => return Ok(Turn::Back),
                Reply::Stop => return Ok(Turn::Stop),
                Reply::Skip => return Ok(self.skip(view.question)),
                Reply::Answer(value) => return self.take(view, &menu, &value),
                Reply::Editor => {
                    let said = Said::on(view.assessment, view.question);
                    let text = self.write(view, Key::Value, said.text(Key::Value))?;
                    if let Some(text) = text {
                        return self.take(view, &menu, &text);
                    }
                    self.show(&page::choices(&menu))?;
                }
            }
        }
    }

    fn help(&mut self, view: View<'_>, menu: &Menu<'_>) -> Result<()> {
        let before = self.before.as_ref().and_then(parts);
        let before = before.map(|(assessment, checklist)| Before { assessment, checklist });
        let mut blocks = page::help(view.checklist, menu, before);
        blocks.push(Block::Gap);
        blocks.extend(page::choices(menu));
        self.show(&blocks)
    }

    fn skip(&mut self, question: &Question) -> Turn {
        let id = &question.id.value;
        if !self.answered.contains(id) {
            self.skipped.insert(id.clone());
        }
        Turn::On
    }

    /// Takes an answer, with what belongs to it.
    fn take(&mut self, view: View<'_>, menu: &Menu<'_>, value: &str) -> Result<Turn> {
        let shown = Said::on(view.assessment, view.question);
        let answer = (Key::Value, value.to_owned());
        let asks = page::texts(view.checklist, view.question, value, &shown);
        if menu.manner != Manner::Text {
            self.say(&format!("{}.", page::value_words(menu, value)))?;
        }
        let pending = match value {
            NOT_APPLICABLE => vec![answer],
            TOO_EARLY => match self.ask_day(view, &shown)? {
                Ok(day) => return self.keep(view, &shown, &[answer, (Key::ReviewBy, day)], &asks),
                Err(turn) => return Ok(turn),
            },
            _ => return self.keep(view, &shown, &[answer], &asks),
        };
        // The reason comes first, and the answer is saved with it.
        self.ask_texts(view.question, &asks, shown.value.as_deref(), &pending)
    }

    /// Saves an answer, and asks for its texts.
    fn keep(
        &mut self,
        view: View<'_>,
        shown: &Said,
        given: &[(Key, String)],
        asks: &[TextAsk],
    ) -> Result<Turn> {
        match self.save(view.question, shown, given)? {
            Saved::Done => {}
            Saved::Overtaken | Saved::Refused => return Ok(Turn::Again),
        }
        let value = given.first().map(|(_, value)| value.as_str());
        self.ask_texts(view.question, asks, value, &[])
    }

    /// Saves what was given on a question into the file as it is now, unless what is said on the
    /// question is no longer what was shown.
    fn save(
        &mut self,
        question: &Question,
        shown: &Said,
        given: &[(Key, String)],
    ) -> Result<Saved> {
        let id = &question.id.value;
        let mut is_overtaken = false;
        let applied = edit::apply(&self.loader, self.file, |assessment, checklist| {
            is_overtaken = Said::on(assessment, question) != *shown;
            match is_overtaken {
                true => Ok(Vec::new()),
                false => interview::edits(checklist, assessment, id, given),
            }
        });
        match applied {
            Ok(_) if is_overtaken => {
                self.say_overtaken(question)?;
                return Ok(Saved::Overtaken);
            }
            Ok(Applied::Written) => self.say("Saved.")?,
            Ok(Applied::Same) => self.say("Unchanged.")?,
            Ok(Applied::Refused(findings)) => {
                let findings = self.screen.findings(&findings, FindingFormat::Human);
                self.output.complain(&findings)?;
                self.say("Nothing was saved, because of what is said above.")?;
                return Ok(Saved::Refused);
            }
            Err(error) if error.is::<Unproven>() => return Err(error),
            Err(error) => {
                self.say(&format!("Nothing was saved: {error:#}."))?;
                return Ok(Saved::Refused);
            }
        }
        self.answered.insert(id.clone());
        self.skipped.remove(id);
        self.drafts.retain(|draft| {
            let is_saved = draft.id == *id && given.iter().any(|(key, _)| *key == draft.key);
            if is_saved {
                draft.remove();
            }
            !is_saved
        });
        Ok(Saved::Done)
    }

    fn say_overtaken(&mut self, question: &Question) -> Result<()> {
        self.say(&format!(
            "Another program changed the answer to {} in the meantime, so nothing was saved over \
             it. Here is the question again, as it stands now.",
            question.name()
        ))
    }

    /// The file as it is now.
    fn load(&self) -> Result<Loaded> {
        self.loader.load(&Input::File(self.file.to_owned(), How::Named))
    }

    /// Says what came of it and what can be done next. Commands stand on lines of their own, to be
    /// copied.
    fn take_leave(&mut self, checklist: &Checklist, assessment: &Assessment) -> Result<()> {
        let (rated, all) = interview::progress(checklist, assessment);
        let words = match (self.answered.len(), self.skipped.len()) {
            (0, 0) => format!("Nothing was answered; {rated} of {all} have an answer."),
            (answered, skipped) => format!(
                "{} answered, {skipped} skipped; {rated} of {all} have an answer.",
                count(answered, "question")
            ),
        };
        let file = shown(self.file);
        let open =
            format!("To go on with those that have none:\n  scrutiny rate {file} --only unrated\n");
        let open = if rated < all { open } else { String::new() };
        let words = self.screen.paragraph(&words);
        self.output.remark(&format!(
            "\n{words}{open}For what else is missing, such as evidence:\n  scrutiny assess {file}\n"
        ))
    }
}
