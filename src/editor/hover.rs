//! What a word means: a question with its points and the definitions of its scale, a rating, a key.

use std::ops::Range;

use super::place::{self, Part};
use super::{Kind, Knowledge, Meant, keys, plain, words};
use crate::model::checklist::{Checklist, Question, Step};
use crate::text::count;

/// What is shown of a word, as Markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hover {
    pub text: String,
    /// The word.
    pub range: Range<usize>,
}

/// What the word at an offset means.
pub(crate) fn hover(text: &str, offset: usize, known: &Knowledge<'_>) -> Option<Hover> {
    let place = place::word_at(text, offset, known.kind.language())?;
    let (word, keys) = (&text[place.word.clone()], &place.keys);
    let meant = known.meant(keys, word).map(|meant| match meant {
        Meant::Question(own) => of_question(own, known.earlier_or_own(own)),
        Meant::Step(step) => of_step(step),
    });
    let value = || match place.part {
        Part::Value | Part::Item => of_value(keys, word, known),
        Part::Key | Part::Prose => None,
    };
    let described = || {
        let description = keys::description(known.schema, keys)?;
        Some(description.split("\n\n").map(plain).collect::<Vec<_>>().join("\n\n"))
    };
    let text = meant.or_else(value).or_else(described)?;
    Some(Hover { text, range: place.word })
}

impl<'a> Knowledge<'a> {
    /// The checklist that a question is of.
    fn earlier_or_own(&self, question: &Question) -> Option<&'a Checklist> {
        let is_of = |own: &&Checklist| own.questions().any(|other| std::ptr::eq(other, question));
        self.earlier.filter(is_of).or(self.checklist)
    }
}

fn of_question(question: &Question, checklist: Option<&Checklist>) -> String {
    let name = format!("{} {}", question.id.value, question.title);
    let mut parts = vec![format!("**{}**", plain(&name)), plain(&question.ask.value)];
    let points: Vec<String> =
        question.points.iter().map(|point| format!("- {}", plain(point))).collect();
    parts.push(points.join("\n"));
    if let Some(scale) = checklist.and_then(|own| own.scale_of(question)) {
        let meanings = words::meanings(scale, question).into_iter().map(|(_, label, means)| {
            match means.is_empty() {
                true => format!("- **{}**", plain(&label)),
                false => format!("- **{}**: {}", plain(&label), plain(&means)),
            }
        });
        parts.push(format!("Ratings:\n{}", meanings.collect::<Vec<_>>().join("\n")));
    }
    if !question.prompts.is_empty() {
        let prompts = question.prompts.iter().map(|prompt| format!("- {}", plain(prompt)));
        parts.push(format!("Evidence to look for:\n{}", prompts.collect::<Vec<_>>().join("\n")));
    }
    parts.push(plain(&question.from));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

fn of_step(step: &Step) -> String {
    let mut parts = vec![format!("**{}**", plain(&format!("{} {}", step.id.value, step.title)))];
    if !step.part.is_empty() {
        parts.push(plain(&step.part));
    }
    let questions = step.questions.iter();
    let questions =
        questions.map(|own| format!("- {}", plain(&format!("{} {}", own.id.value, own.title))));
    parts.push(questions.collect::<Vec<_>>().join("\n"));
    parts.join("\n\n")
}

/// What a value means.
fn of_value(keys: &[String], word: &str, known: &Knowledge<'_>) -> Option<String> {
    let key = keys.last()?.as_str();
    let is_checklist = match known.kind {
        Kind::Assessment | Kind::Programme => keys.len() == 1 && key == "checklist",
        Kind::Checklist => key == "extends",
        Kind::Mapping => keys.len() == 1 && ["from", "to"].contains(&key),
        Kind::Workspace => false,
    };
    if is_checklist {
        return of_checklist(word, known);
    }
    if key == "ref" && known.kind == Kind::Assessment {
        let all = &known.assessment?.evidence;
        let (_, evidence) = all.iter().find(|(id, _)| id.value == word)?;
        return Some(plain(evidence.source.value()?));
    }
    let question = known.answered(keys)?;
    let is_rating = key == "rating" || keys.iter().rev().nth(1).is_some_and(|own| own == "views");
    if is_rating {
        let scale = known.checklist?.scale_of(question)?;
        let value = scale.find(word)?;
        let (_, label, means) = words::meanings(scale, question)
            .into_iter()
            .find(|(written, ..)| *written == value.value.value)?;
        let needs = value.needs();
        let mut parts = vec![format!("**{}**", plain(&label)), plain(&means)];
        if !needs.is_empty() {
            parts.push(format!("It needs {}.", crate::text::join_words(&needs, "and")));
        }
        parts.retain(|part| !part.is_empty());
        return Some(parts.join("\n\n"));
    }
    if key == "wording" {
        let is_now = question.wording().eq_ignore_ascii_case(word);
        return Some(match is_now {
            true => "The answer is to the wording that the question has now.".to_owned(),
            false => format!("The question now reads:\n\n{}", plain(&question.ask.value)),
        });
    }
    None
}

fn of_checklist(word: &str, known: &Knowledge<'_>) -> Option<String> {
    let shipped = known.shipped.iter().find(|(id, _)| *id == word);
    if let Some((id, title)) = shipped {
        return Some(format!(
            "**{}**\n\nIt comes with scrutiny. `scrutiny checklist show {id}` prints it.",
            plain(title)
        ));
    }
    let own = known.checklist.filter(|_| known.kind != Kind::Mapping)?;
    let questions = count(own.questions().count(), "question");
    let steps = count(own.steps.len(), "step");
    Some(format!("**{}**\n\n{steps}, {questions}", plain(&own.title)))
}
