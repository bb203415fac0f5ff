//! What is asked after an answer: the day, the reasons, what remains to be done; on a line or in the
//! editor.

use anyhow::Result;

use super::{Saved, Session, Turn, View};
use crate::commands::edit::parts;
use crate::commands::rate::editor::{Draft, Edited};
use crate::interview::page::{self, TextAsk};
use crate::interview::reply::{self, Line, Menu, Reply};
use crate::interview::{Key, Said};
use crate::model::checklist::{Need, Question};

impl Session<'_> {
    /// Asks for the day on which a question is looked at again.
    pub(super) fn ask_day(&mut self, view: View<'_>, said: &Said) -> Result<Result<String, Turn>> {
        loop {
            self.show(&page::date_ask(said))?;
            let Some(line) = self.read_line()? else { return Ok(Err(Turn::Stop)) };
            match reply::read_date(&line) {
                Ok(day) => return Ok(Ok(day.to_string())),
                Err(Line::Nothing) => match said.review_by {
                    Some(day) => return Ok(Ok(day.to_string())),
                    None => self.say("A day is needed here; s skips this question.")?,
                },
                Err(Line::Command(Reply::Stop)) => return Ok(Err(Turn::Stop)),
                Err(Line::Command(Reply::Back)) => return Ok(Err(Turn::Again)),
                Err(Line::Command(Reply::Skip)) => return Ok(Err(self.skip(view.question))),
                Err(Line::Unclear(words)) => self.say(&words)?,
                Err(Line::Command(_) | Line::Text(_)) => {
                    self.say("Type the year, the month and the day with hyphens.")?;
                }
            }
        }
    }

    /// Asks for texts one after another. `value` is the answer that should stand meanwhile; `pending`
    /// is saved with the first text.
    pub(super) fn ask_texts(
        &mut self,
        question: &Question,
        asks: &[TextAsk],
        value: Option<&str>,
        pending: &[(Key, String)],
    ) -> Result<Turn> {
        for ask in asks {
            let turn = self.ask_text(question, *ask, value, pending)?;
            if !matches!(turn, Turn::On) {
                return Ok(turn);
            }
        }
        Ok(Turn::On)
    }

    fn ask_text(
        &mut self,
        question: &Question,
        ask: TextAsk,
        value: Option<&str>,
        pending: &[(Key, String)],
    ) -> Result<Turn> {
        loop {
            let loaded = self.load()?;
            let Some((assessment, checklist)) = parts(&loaded) else { return Ok(Turn::Again) };
            let view = View { checklist, assessment, question };
            let said = Said::on(assessment, question);
            if said.value.as_deref() != value {
                self.say_overtaken(question)?;
                return Ok(Turn::Again);
            }
            self.show(&page::text_ask(ask, &said))?;
            let Some(line) = self.read_line()? else { return Ok(Turn::Stop) };
            let text = match reply::read_text(&line) {
                Line::Text(text) => Some(text),
                Line::Nothing if ask.need == Need::Required && said.text(ask.key).is_none() => {
                    self.say("It is needed here; s skips this question.")?;
                    continue;
                }
                Line::Nothing if pending.is_empty() => return Ok(Turn::On),
                Line::Nothing => None,
                Line::Unclear(words) => {
                    self.say(&words)?;
                    continue;
                }
                Line::Command(Reply::Editor) => {
                    let Some(text) = self.write(view, ask.key, said.text(ask.key))? else {
                        continue;
                    };
                    Some(text)
                }
                Line::Command(Reply::Stop) => return Ok(Turn::Stop),
                Line::Command(Reply::Back) => return Ok(Turn::Again),
                Line::Command(Reply::Skip) if pending.is_empty() => return Ok(Turn::On),
                Line::Command(Reply::Skip) => return Ok(self.skip(question)),
                Line::Command(_) => {
                    self.help(view, &Menu::of(checklist, question))?;
                    continue;
                }
            };
            let own = text.map(|text| (ask.key, text));
            let given: Vec<(Key, String)> = pending.iter().cloned().chain(own).collect();
            match self.save(question, &said, &given)? {
                Saved::Done => return Ok(Turn::On),
                Saved::Overtaken => return Ok(Turn::Again),
                Saved::Refused => {}
            }
        }
    }

    /// Lets a text be written in the editor. Nothing comes back where there is none to save, which
    /// was said.
    pub(super) fn write(
        &mut self,
        view: View<'_>,
        key: Key,
        stands: Option<&str>,
    ) -> Result<Option<String>> {
        let id = &view.question.id.value;
        let is_it = |draft: &Draft| draft.id == *id && draft.key == key;
        let draft = match self.drafts.iter().position(is_it) {
            // What was written and could not be saved is gone on with.
            Some(at) => self.drafts.swap_remove(at),
            None => {
                let menu = Menu::of(view.checklist, view.question);
                let sheet = page::sheet(stands.unwrap_or_default(), view.checklist, &menu, key);
                match Draft::new(id, key, &sheet) {
                    Ok(draft) => draft,
                    Err(error) => {
                        self.say(&format!("Nothing was changed: {error:#}."))?;
                        return Ok(None);
                    }
                }
            }
        };
        self.output.flush()?;
        let edited = draft.edit();
        self.watch.forget_ctrl_c();
        let (words, text, kept) = match edited {
            Ok(Edited::Text(text)) => match reply::hidden(&text) {
                Some(words) => (format!("{words} e opens it again."), None, true),
                None => (String::new(), Some(text), true),
            },
            Ok(Edited::Unchanged) => ("The text is as it was.".to_owned(), None, false),
            Ok(Edited::Empty) => {
                ("There is no text, so nothing was changed.".to_owned(), None, false)
            }
            Err(error) if draft.has_changed() => {
                let words = "What you wrote is kept; e opens it again.";
                (format!("Nothing was saved: {error:#}. {words}"), None, true)
            }
            Err(error) => (format!("Nothing was changed: {error:#}."), None, false),
        };
        // A text that is to be saved stays on the disk until it is.
        match kept {
            true => self.drafts.push(draft),
            false => draft.remove(),
        }
        if !words.is_empty() {
            self.say(&words)?;
        }
        Ok(text)
    }
}
