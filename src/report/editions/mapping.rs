//! The mapping file: how the answers to one edition go to another, for a person to read and correct.

use std::collections::HashMap;

use super::{QuestionPart, heading, question_part};
use crate::comparison::editions::marks::{marks, shown, whole};
use crate::comparison::editions::{
    Aspect, Class, Editions, Link, Moved, Place, StepFate, StepLink, fits,
};
use crate::model::checklist::Checklist;
use crate::syntax::page::Page;
use crate::syntax::write::quoted;
use crate::text::{count, join_words, one_line};

/// How the mapping file names the two checklists: by id, or by path as seen from its folder.
#[derive(Clone, Copy, Debug)]
pub(crate) struct References<'a> {
    /// The earlier edition.
    pub from: &'a str,
    /// The later edition.
    pub to: &'a str,
}

/// How many questions something became of.
#[derive(Debug)]
pub(crate) struct Sorts {
    counts: Vec<(Class, usize)>,
}

impl Sorts {
    /// Counts the questions of the earlier edition, and those that are new.
    pub(crate) fn of(editions: &Editions<'_>) -> Self {
        let count = |class| {
            let links = editions.links.iter().filter(|link| link.class == class);
            let questions = links.map(|link| match class {
                Class::New => link.new.len(),
                _ => link.old.len(),
            });
            (class, questions.sum())
        };
        Sorts { counts: Class::WORDS.map(|(_, class)| count(class)).into_iter().collect() }
    }

    /// One sentence: "24 questions: 18 same, 3 reworded and 3 retired; 2 are new."
    pub(crate) fn words(&self) -> String {
        let old = self.counts.iter().filter(|(class, _)| *class != Class::New);
        let all: usize = old.clone().map(|(_, number)| number).sum();
        let parts = old.filter(|(_, number)| *number > 0);
        let parts: Vec<String> =
            parts.map(|(class, number)| format!("{number} {}", class.word())).collect();
        let new = self.counts.iter().find(|(class, number)| *class == Class::New && *number > 0);
        let new = new.map_or(String::new(), |(_, number)| format!("; {number} new"));
        format!("{}: {}{new}.", count(all, "question"), join_words(&parts, "and"))
    }
}

const HEAD: &str = "\
Read it entry by entry, correct what is wrong, and save it. Then run the same command again \
with -o and the name of the new file.

old     a question of the earlier edition; each stands here once
new     the question or questions that took its place; none where it is retired
carry   the one of these that takes the answer over; without it the answer is kept as an \
orphan, and what took its place is asked afresh
kind    same, cosmetic, moved, reworded, split, merged or retired
reason  why; it is for readers only

An answer is marked with the wording that it was given to, so that `validate` reports it as \
stale wherever the words are others now.";

/// The text of a mapping file.
pub(crate) fn render(editions: &Editions<'_>, references: References<'_>) -> String {
    let mut page = Page::default();
    let name = |checklist: &Checklist| {
        let edition = one_line(&checklist.edition);
        match edition.is_empty() {
            true => checklist.id.value.clone(),
            false => format!("{} ({edition})", checklist.id.value),
        }
    };
    let (old, new) = (name(editions.old), name(editions.new));
    page.comment(0, &format!("How the answers to {old} go over to {new}."));
    page.line(0, "#");
    HEAD.lines().for_each(|line| match line.split_once("  ") {
        Some((key, text)) => page.hang(0, &format!("{key:<8}"), text.trim_start()),
        None => page.comment(0, if line.is_empty() { "\n" } else { line }),
    });
    page.blank();
    page.line(0, "scrutiny = \"mapping\"");
    page.line(0, &format!("from = {}", quoted(references.from)));
    page.line(0, &format!("to = {}", quoted(references.to)));
    questions(&mut page, editions);
    steps(&mut page, editions);
    new_questions(&mut page, editions);
    page.text
}

/// An entry for each question of the earlier edition, in its order.
fn questions(page: &mut Page, editions: &Editions<'_>) {
    let mut links: HashMap<&str, &Link<'_>> = HashMap::new();
    for link in &editions.links {
        for own in &link.old {
            links.entry(&own.question.id.value).or_insert(link);
        }
    }
    let link_of = |id: &str| links.get(id).copied();
    let old = editions.old;
    for step in &old.steps {
        page.blank();
        page.divider(0, &format!("Step {}", one_line(&step.id.value)));
        for question in &step.questions {
            if let Some(link) = link_of(&question.id.value) {
                entry(page, editions, link, &Place { question, step: Some(step) });
            }
        }
    }
    if !old.context.is_empty() {
        page.blank();
        page.divider(0, "Context questions");
        for question in &old.context {
            if let Some(link) = link_of(&question.id.value) {
                entry(page, editions, link, &Place { question, step: None });
            }
        }
    }
}

fn entry(page: &mut Page, editions: &Editions<'_>, link: &Link<'_>, was: &Place<'_>) {
    let id = &was.question.id.value;
    page.blank();
    page.comment(0, &heading(&question_part(was)));
    texts(page, link, was);
    page.line(0, "[[question]]");
    page.line(0, &format!("old = {}", quoted(id)));
    let ids: Vec<&str> = link.new.iter().map(|own| own.question.id.value.as_str()).collect();
    let written: Vec<String> = ids.iter().map(|id| quoted(id)).collect();
    page.line(0, &format!("new = [{}]", written.join(", ")));
    let hinders = hinders(editions, link, was);
    match (&hinders, ids.as_slice()) {
        (None, [only]) => page.line(0, &format!("carry = {}", quoted(only))),
        (_, []) => {}
        (Some(Hinders::Parted), [first, ..]) => {
            page.comment(0, "Take the # away to let one question have the answer:");
            page.comment(0, &format!("carry = {}", quoted(first)));
        }
        (_, _) => {}
    }
    page.line(0, &format!("kind = {}", quoted(link.class.word())));
    page.line(0, &format!("reason = {}", quoted(&reason(link, was, hinders))));
}

/// The wordings, where they are not the same.
fn texts(page: &mut Page, link: &Link<'_>, was: &Place<'_>) {
    let text = |own: &QuestionPart| format!("{}: {}", heading(own), own.text);
    match link.class {
        Class::Same | Class::Cosmetic | Class::Moved | Class::New => {}
        Class::Retired => page.hang(0, "  ", &format!("It asked: {}", whole(was.question))),
        Class::Reworded => {
            for is in &link.new {
                let marked = shown(&marks(&whole(was.question), &whole(is.question)));
                page.hang(0, "  ", &format!("Changed: {marked}"));
            }
        }
        Class::Split | Class::Merged => {
            page.hang(0, "  ", &format!("It asked: {}", whole(was.question)));
            for is in &link.new {
                page.hang(0, "  ", &format!("Now {}", text(&question_part(is))));
            }
        }
    }
}

/// Why an answer does not go over without a person's word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hinders {
    /// The question was split or merged.
    Parted,
    /// It is answered in another way now.
    Answers,
    /// It stands among the context questions now, or among those of the steps.
    Part,
}

fn hinders(editions: &Editions<'_>, link: &Link<'_>, was: &Place<'_>) -> Option<Hinders> {
    let [is] = link.new.as_slice() else { return Some(Hinders::Parted) };
    if link.old.len() > 1 {
        return Some(Hinders::Parted);
    }
    if was.step.is_none() != is.step.is_none() {
        return Some(Hinders::Part);
    }
    let fits = fits(editions.old, was.question, editions.new, is.question);
    (!fits).then_some(Hinders::Answers)
}

fn reason(link: &Link<'_>, was: &Place<'_>, hinders: Option<Hinders>) -> String {
    let ids = |places: &[Place<'_>]| {
        let ids: Vec<&str> = places.iter().map(|own| own.question.id.value.as_str()).collect();
        join_words(&ids, "and")
    };
    let moved = match link.moved {
        Some(Moved::Id) => format!(", now {}", ids(&link.new)),
        Some(Moved::Step) => match link.new.first().and_then(|own| own.step) {
            Some(step) => format!(", now in step {}", step.id.value),
            None => ", now a context question".to_owned(),
        },
        Some(Moved::Order) => ", in another order".to_owned(),
        None => String::new(),
    };
    let words = match link.class {
        Class::Same => "the same words".to_owned(),
        Class::Cosmetic => "the same words, set otherwise".to_owned(),
        Class::Moved => format!("the same words{moved}"),
        Class::Reworded => {
            format!("other words, likeness {} of 100{moved}", link.likeness)
        }
        Class::Split => format!("its words stand in {} now", ids(&link.new)),
        Class::Merged => {
            let others = link.old.iter().filter(|own| own.question.id != was.question.id);
            let others: Vec<Place<'_>> = others.copied().collect();
            format!("its words stand in {} now, with those of {}", ids(&link.new), ids(&others))
        }
        Class::Retired | Class::New => "no question has its words any more".to_owned(),
    };
    let hindered = match hinders {
        Some(Hinders::Answers) => {
            let asks = |shift: &&crate::comparison::editions::Shift| {
                matches!(shift.aspect, Aspect::Kind | Aspect::Scale | Aspect::Answers)
            };
            let shift = link.shifts.iter().find(asks);
            let how = shift.map_or(String::new(), |own| match own.was.as_str() {
                "" => format!(": {}", own.is),
                was => format!(": {} in place of {was}", own.is),
            });
            format!("; it is answered in another way{how}")
        }
        Some(Hinders::Part) => "; its answer would stand in another part of the file".to_owned(),
        Some(Hinders::Parted) | None => String::new(),
    };
    format!("{words}{hindered}")
}

/// An entry for each step of the earlier edition, in its order.
fn steps(page: &mut Page, editions: &Editions<'_>) {
    page.blank();
    page.divider(0, "Steps");
    page.comment(
        0,
        "What is said on a step follows it. Without `new` the words become comments, and the \
         actions go to the whole.",
    );
    let links = editions.steps.iter().filter_map(|link| Some((link.old?.id.value.as_str(), link)));
    let links: HashMap<&str, &StepLink<'_>> = links.collect();
    for step in &editions.old.steps {
        let Some(link) = links.get(step.id.value.as_str()) else { continue };
        page.blank();
        page.comment(0, &one_line(&step.title));
        page.line(0, "[[step]]");
        page.line(0, &format!("old = {}", quoted(&step.id.value)));
        if let Some(new) = link.new {
            page.line(0, &format!("new = {}", quoted(&new.id.value)));
        }
        let reason = match (link.fate, link.new) {
            (StepFate::Same, _) => "the same title".to_owned(),
            (StepFate::Renumbered, _) => "the same title under another id".to_owned(),
            (StepFate::Retitled, Some(new)) => {
                format!("another title: {}", one_line(&new.title))
            }
            _ => "no step has its title or its questions any more".to_owned(),
        };
        page.line(0, &format!("reason = {}", quoted(&reason)));
    }
}

/// What is asked for the first time, for whoever looks for the successor of a retired question.
fn new_questions(page: &mut Page, editions: &Editions<'_>) {
    let new: Vec<&Place<'_>> = editions
        .links
        .iter()
        .filter(|link| link.class == Class::New)
        .flat_map(|link| &link.new)
        .collect();
    if new.is_empty() {
        return;
    }
    page.blank();
    page.divider(0, "Asked for the first time");
    for place in new {
        let own = question_part(place);
        page.hang(0, "  ", &format!("{}: {}", heading(&own), own.text));
    }
}
