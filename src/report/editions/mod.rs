//! Two editions of a checklist beside each other, in words: as a published value for programs, and laid
//! out once for the screen and for Markdown. And the mapping by which answers go from one to the other.

pub(crate) mod mapping;
mod page;

pub(crate) use page::sheet;

use serde::{Deserialize, Serialize};

use crate::comparison::editions::marks::{marks, shown, whole};
use crate::comparison::editions::{
    Aspect, Class, Editions, Link, Moved, Place, ScaleLink, Shift, StepFate, StepLink,
};
use crate::text::one_line;

/// The version of the published value. It is raised when a field changes its meaning.
const VERSION: u32 = 1;

/// Two editions in words and counts: the published value.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) struct EditionsWords {
    version: u32,
    tool: String,
    old: EditionPart,
    new: EditionPart,
    /// Whether anything differs at all.
    pub(crate) differs: bool,
    counts: Vec<CountPart>,
    questions: Vec<LinkPart>,
    steps: Vec<StepPart>,
    scales: Vec<ScalePart>,
    whole: Vec<ShiftPart>,
    attribution: Vec<String>,
}

/// One of the two editions.
#[derive(Debug, Serialize, Deserialize)]
struct EditionPart {
    id: String,
    title: String,
    edition: String,
    /// The file as it was named, or that it comes with the program.
    file: String,
}

/// How many questions something became of. Split and merged count the links, not the questions.
#[derive(Debug, Serialize, Deserialize)]
struct CountPart {
    class: &'static str,
    questions: usize,
}

/// Questions that belong together.
#[derive(Debug, Serialize, Deserialize)]
struct LinkPart {
    class: &'static str,
    old: Vec<QuestionPart>,
    new: Vec<QuestionPart>,
    /// `id`, `step` or `order`, where one question answers to one and stands elsewhere.
    moved: Option<&'static str>,
    /// How much of their words the two sides share, in hundredths; 100 where they are the same.
    likeness: u64,
    /// The wording with the words that went and came, where one question answers to one.
    marked: Option<String>,
    changes: Vec<ShiftPart>,
}

/// A question of an edition.
#[derive(Debug, Serialize, Deserialize)]
struct QuestionPart {
    id: String,
    title: String,
    step: Option<String>,
    wording: String,
    text: String,
}

/// A step that is not as it was.
#[derive(Debug, Serialize, Deserialize)]
struct StepPart {
    fate: &'static str,
    old: Option<TitlePart>,
    new: Option<TitlePart>,
}

/// A step of an edition.
#[derive(Debug, Serialize, Deserialize)]
struct TitlePart {
    id: String,
    title: String,
}

/// A scale that is not as it was.
#[derive(Debug, Serialize, Deserialize)]
struct ScalePart {
    name: String,
    was: Option<Vec<String>>,
    is: Option<Vec<String>>,
    /// The values of which something else is said.
    changed: Vec<String>,
}

/// Something that is said otherwise.
#[derive(Debug, Serialize, Deserialize)]
struct ShiftPart {
    what: &'static str,
    was: String,
    is: String,
}

impl EditionsWords {
    /// Puts a comparison into words. The files are named as the user named them.
    pub(crate) fn of(editions: &Editions<'_>, files: [&str; 2]) -> Self {
        let part = |checklist: &crate::model::checklist::Checklist, file: &str| EditionPart {
            id: checklist.id.value.clone(),
            title: one_line(&checklist.title),
            edition: one_line(&checklist.edition),
            file: file.to_owned(),
        };
        let counts = Class::WORDS.map(|(word, class)| CountPart {
            class: word,
            questions: editions.links.iter().filter(|link| link.class == class).count(),
        });
        let mut attribution: Vec<String> = editions.new.attribution.clone();
        attribution.extend(editions.old.attribution.iter().cloned());
        let mut seen = Vec::new();
        attribution.retain(|text| {
            let is_new = !seen.contains(text);
            seen.push(text.clone());
            is_new
        });
        EditionsWords {
            version: VERSION,
            tool: super::tool(),
            old: part(editions.old, files[0]),
            new: part(editions.new, files[1]),
            differs: !editions.is_same(),
            counts: counts.into_iter().collect(),
            questions: editions.links.iter().map(link_part).collect(),
            steps: editions.steps.iter().filter_map(step_part).collect(),
            scales: editions.scales.iter().map(scale_part).collect(),
            whole: editions.head.iter().map(shift_part).collect(),
            attribution,
        }
    }
}

fn question_part(place: &Place<'_>) -> QuestionPart {
    QuestionPart {
        id: place.question.id.value.clone(),
        title: one_line(&place.question.title),
        step: place.step.map(|step| step.id.value.clone()),
        wording: place.question.wording(),
        text: whole(place.question),
    }
}

fn link_part(link: &Link<'_>) -> LinkPart {
    LinkPart {
        class: link.class.word(),
        old: link.old.iter().map(question_part).collect(),
        new: link.new.iter().map(question_part).collect(),
        moved: link.moved.map(|moved| match moved {
            Moved::Id => "id",
            Moved::Step => "step",
            Moved::Order => "order",
        }),
        likeness: link.likeness,
        marked: marked(link),
        changes: link.shifts.iter().map(shift_part).collect(),
    }
}

/// The words that went and came.
fn marked(link: &Link<'_>) -> Option<String> {
    let ([was], [is]) = (link.old.as_slice(), link.new.as_slice()) else { return None };
    (link.class == Class::Reworded)
        .then(|| shown(&marks(&whole(was.question), &whole(is.question))))
}

fn step_part(link: &StepLink<'_>) -> Option<StepPart> {
    let title = |step: &crate::model::checklist::Step| TitlePart {
        id: step.id.value.clone(),
        title: one_line(&step.title),
    };
    (link.fate != StepFate::Same).then(|| StepPart {
        fate: link.fate.word(),
        old: link.old.map(title),
        new: link.new.map(title),
    })
}

fn scale_part(link: &ScaleLink) -> ScalePart {
    ScalePart {
        name: link.name.clone(),
        was: link.was.clone(),
        is: link.is.clone(),
        changed: link.changed.clone(),
    }
}

fn shift_part(shift: &Shift) -> ShiftPart {
    ShiftPart { what: aspect_words(shift.aspect), was: shift.was.clone(), is: shift.is.clone() }
}

fn aspect_words(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Title => "title",
        Aspect::Kind => "kind of answer",
        Aspect::Scale => "scale",
        Aspect::Answers => "answers allowed",
        Aspect::Meanings => "meanings of its own",
        Aspect::Evidence => "evidence",
        Aspect::NotApplicable => "not applicable",
        Aspect::Respondents => "who is asked",
        Aspect::Condition => "asked only if",
        Aspect::Themes => "themes",
        Aspect::Prompts => "evidence to look for",
        Aspect::YoungPeople => "words for young people",
        Aspect::From => "place in the source",
        Aspect::Edition => "edition",
        Aspect::About => "what it is for",
        Aspect::Source => "source",
        Aspect::Attribution => "attribution",
        Aspect::RollUp => "derived value of a step",
        Aspect::Assurance => "assurance opinions",
    }
}

/// "1.2 Representation at meetings".
fn heading(question: &QuestionPart) -> String {
    format!("{} {}", question.id, question.title).trim().to_owned()
}
