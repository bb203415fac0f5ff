//! What an editor can be told of a text while it is typed: what can stand at the cursor, what a word
//! means, where it is defined, and what the file consists of.
//!
//! Functions over texts and the model; `commands/lsp` reads the files and speaks with the editor.

pub(crate) mod completion;
pub(crate) mod definition;
pub(crate) mod hover;
pub(crate) mod keys;
pub(crate) mod outline;
pub(crate) mod place;
pub(crate) mod position;
mod words;

use serde_json::Value;

use crate::model::assessment::Assessment;
use crate::model::checklist::{Checklist, Question, Step};
use crate::model::standing::PERSPECTIVES;
use crate::model::workspace::Workspace;
use crate::syntax::layout::Language;

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Assessment,
    Programme,
    Checklist,
    Mapping,
    Workspace,
}

/// What is known of a file beside its text.
#[derive(Debug)]
pub(crate) struct Knowledge<'a> {
    pub kind: Kind,
    /// The schema of its kind, with the questions of its checklist.
    pub schema: &'a Value,
    /// The checklist that it answers or is; the later edition of a mapping.
    pub checklist: Option<&'a Checklist>,
    /// The earlier edition of a mapping.
    pub earlier: Option<&'a Checklist>,
    /// The settings that apply to it.
    pub workspace: Option<&'a Workspace>,
    /// What it says, where it is an assessment that could be read.
    pub assessment: Option<&'a Assessment>,
    /// The checklists that come with the program: id and title.
    pub shipped: &'a [(&'static str, String)],
}

impl Kind {
    /// The language that files of this kind are written in.
    pub(crate) fn language(self) -> Language {
        match self {
            Kind::Assessment | Kind::Programme => Language::Yaml,
            Kind::Checklist | Kind::Mapping | Kind::Workspace => Language::Toml,
        }
    }
}

/// Something that an id stands for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Meant<'a> {
    Question(&'a Question),
    Step(&'a Step),
}

impl<'a> Knowledge<'a> {
    /// The question in whose answer a place stands: the keys are `ratings` or `context` and its id.
    fn answered(&self, keys: &[String]) -> Option<&'a Question> {
        let [first, id, ..] = keys else { return None };
        match (self.kind, first.as_str()) {
            (Kind::Assessment, "ratings") => self.checklist?.question(id),
            (Kind::Assessment, "context") => self.checklist?.context_question(id),
            _ => None,
        }
    }

    /// The perspectives: those that every partnership has, and its agencies with their names.
    fn perspectives(&self) -> Vec<(String, String)> {
        let known = PERSPECTIVES.iter().map(|word| ((*word).to_owned(), String::new()));
        known.chain(self.agencies()).collect()
    }

    fn agencies(&self) -> Vec<(String, String)> {
        let all =
            self.workspace.into_iter().flat_map(|own| own.partners.iter().chain(&own.agencies));
        all.map(|agency| (agency.id.value.clone(), agency.label.clone())).collect()
    }

    /// What an id at a place stands for, be it a key or a value.
    fn meant(&self, keys: &[String], id: &str) -> Option<Meant<'a>> {
        let of = |own: Option<&'a Checklist>| {
            let question = own.and_then(|own| question(own, id)).map(Meant::Question);
            question.or_else(|| own.and_then(|own| own.step(id)).map(Meant::Step))
        };
        let step = |own: Option<&'a Checklist>| own.and_then(|own| own.step(id)).map(Meant::Step);
        let first = keys.first().map_or("", String::as_str);
        let last = keys.last().map_or("", String::as_str);
        match (self.kind, first, last) {
            (Kind::Assessment, "ratings" | "context", own) if keys.len() == 2 && own == id => {
                self.answered(keys).map(Meant::Question)
            }
            (Kind::Assessment, "steps", own) if keys.len() == 2 && own == id => {
                step(self.checklist)
            }
            (Kind::Assessment, "covers", _) if keys.len() == 1 => step(self.checklist),
            (Kind::Assessment, _, "covers") => of(self.checklist),
            (Kind::Programme, _, "steps") => step(self.checklist),
            (Kind::Checklist, "add" | "drop" | "reword", "id" | "step" | "after") => {
                of(self.checklist)
            }
            (Kind::Mapping, "question", "old") => of(self.earlier),
            (Kind::Mapping, "question", "new" | "carry") => of(self.checklist),
            (Kind::Mapping, "step", "old") => step(self.earlier),
            (Kind::Mapping, "step", "new") => step(self.checklist),
            _ => None,
        }
    }
}

fn question<'a>(checklist: &'a Checklist, id: &str) -> Option<&'a Question> {
    checklist.any_question(id)
}

/// A text as Markdown that shows just this text.
fn plain(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in crate::text::one_line(text).chars() {
        if "\\`*_[]<>#&|".contains(letter) {
            shown.push('\\');
        }
        shown.push(letter);
    }
    shown
}
