//! A form for one respondent: the questions that are put to them, what an answer can be, what they
//! said last time, and room to answer. Laid out as a workbook, a table or a plain text.
//!
//! Pure. A form holds the checklist, its own facts, and what this respondent said before; nothing of
//! what anybody else said can be in it, because it is never given to it.

mod last;
pub(crate) mod table;
pub(crate) mod text;
mod words;
#[cfg(feature = "xlsx")]
pub(crate) mod workbook;

use crate::interview::reply::{Manner, Menu};
use crate::model::checklist::{Checklist, Kind, Question};
use crate::model::standing;
use crate::start::Previous;
use crate::text::{one_line, visible};

/// What the first fact of every form says, so that a form is known from any other file.
pub(crate) const KIND: &str = "scrutiny form 1";

/// What a form is made from.
#[derive(Debug)]
pub(crate) struct Plan<'a> {
    /// The checklist that is answered.
    pub checklist: &'a Checklist,
    /// Of which partnership, for which period, by whom.
    pub facts: Facts,
    /// The respondent's name.
    pub respondent: String,
    /// What is printed on every output, such as OFFICIAL-SENSITIVE; may be empty.
    pub marking: String,
    /// An earlier assessment, where there is one; only what this respondent said in it is shown.
    pub previous: Option<Previous<'a>>,
}

/// What a form is of. An answer is taken in only where all of this is the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Facts {
    /// The partnership's name.
    pub partnership: String,
    /// The name of the period.
    pub period: String,
    /// Whose view the answers are.
    pub perspective: String,
    /// The id of the checklist.
    pub checklist: String,
    /// Its edition; may be empty.
    pub edition: String,
}

/// The names of the facts in a form.
pub(crate) const FACTS: [&str; 6] =
    ["Form", "Partnership", "Period", "Answers of", "Checklist", "Edition"];

/// The form, complete.
#[derive(Debug)]
pub(crate) struct Form {
    /// What it is of.
    pub facts: Facts,
    /// The respondent's name.
    pub respondent: String,
    /// The title of the checklist.
    pub title: String,
    /// Who wrote the checklist.
    pub attribution: Vec<String>,
    /// What is printed on every page; may be empty.
    pub marking: String,
    /// What is shown of last time, in a sentence.
    pub last_time: String,
    /// What the values of the scales in use mean: the label and the meaning.
    pub meanings: Vec<(String, String)>,
    /// The steps with their questions.
    pub sections: Vec<Section>,
}

/// A step with the questions of it that are put.
#[derive(Debug)]
pub(crate) struct Section {
    /// Its number and title.
    pub title: String,
    /// The questions.
    pub items: Vec<Item>,
}

/// One question.
#[derive(Debug)]
pub(crate) struct Item {
    /// Its id.
    pub id: String,
    /// Its short title.
    pub title: String,
    /// Its full wording.
    pub ask: String,
    /// What it consists of.
    pub points: Vec<String>,
    /// How it is answered, in sentences.
    pub how: String,
    /// What each value means here: those of its own before those of its scale.
    pub means: Vec<(String, String)>,
    /// Whether these meanings are its own.
    pub meaning: Meaning,
    /// What this respondent said last time.
    pub last: String,
    /// The fingerprint of its wording.
    pub wording: String,
    /// Whether it is rated or answered.
    pub mode: Mode,
    /// The words to choose from, where it is one of them.
    pub words: Vec<String>,
}

/// Where the meaning of a value is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// At the question.
    Own,
    /// At the scale, for all questions that are rated on it.
    OfScale,
}

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// With a value of a scale.
    Rated,
    /// With a choice or a number.
    Answered,
    /// With words.
    Words,
}

/// What a respondent can fill in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Field {
    /// The rating or the answer.
    Answer,
    /// The reasons.
    Because,
    /// What it rests on, a line for each piece.
    Evidence,
    /// What is still to do.
    Remaining,
    /// When it is looked at again, where it is too early to rate.
    ReviewBy,
}

impl Field {
    /// All of them, in the order in which a form has them.
    pub(crate) const ALL: [Field; 5] =
        [Field::Answer, Field::Because, Field::Evidence, Field::Remaining, Field::ReviewBy];

    /// The name of its column.
    pub(crate) fn column(self) -> &'static str {
        match self {
            Field::Answer => "Rating or answer",
            Field::Because => "Because",
            Field::Evidence => "Evidence",
            Field::Remaining => "Still to do",
            Field::ReviewBy => "Review by",
        }
    }
}

impl Mode {
    /// What can be filled in.
    pub(crate) fn fields(self) -> &'static [Field] {
        match self {
            Mode::Rated => &Field::ALL,
            Mode::Answered => &[Field::Answer, Field::Because, Field::Evidence],
            Mode::Words => &[Field::Answer, Field::Evidence],
        }
    }

    /// How a question is answered.
    pub(crate) fn of(question: &Question) -> Self {
        match &question.kind {
            Kind::Rag(_) => Mode::Rated,
            Kind::YesNo | Kind::Choice(_) | Kind::Choices(_) | Kind::Number(_) => Mode::Answered,
            Kind::Text => Mode::Words,
        }
    }
}

impl Form {
    /// Puts a form together.
    pub(crate) fn of(plan: &Plan<'_>) -> Self {
        let checklist = plan.checklist;
        let perspective = &plan.facts.perspective;
        let last = last::Last::of(plan);
        let mut sections = Vec::new();
        for step in &checklist.steps {
            let put = |question: &&Question| standing::is_put_to(question, perspective);
            let items: Vec<Item> = step
                .questions
                .iter()
                .filter(put)
                .map(|question| Item::of(plan, last.as_ref(), question))
                .collect();
            if !items.is_empty() {
                let title = format!("Step {}. {}", step.id.value, one_line(&visible(&step.title)));
                sections.push(Section { title, items });
            }
        }
        Form {
            facts: plan.facts.clone(),
            respondent: plan.respondent.clone(),
            title: one_line(&visible(&checklist.title)),
            attribution: checklist.attribution.iter().map(|text| one_line(text)).collect(),
            marking: plan.marking.clone(),
            last_time: last::sentence(plan),
            meanings: words::meanings(plan),
            sections,
        }
    }

    /// All questions.
    pub(crate) fn items(&self) -> impl Iterator<Item = &Item> {
        self.sections.iter().flat_map(|section| &section.items)
    }
}

impl Item {
    fn of(plan: &Plan<'_>, last: Option<&last::Last<'_>>, question: &Question) -> Self {
        let checklist = plan.checklist;
        let wording = question.wording();
        let menu = Menu::of(checklist, question);
        let own: Vec<(String, String)> = question
            .means
            .iter()
            .map(|(value, means)| {
                let label = menu.label(&value.value).unwrap_or(&value.value);
                (one_line(label), one_line(&visible(means)))
            })
            .collect();
        let meaning = if own.is_empty() { Meaning::OfScale } else { Meaning::Own };
        let of_scale = || words::of_scale(checklist, question);
        Item {
            id: question.id.value.clone(),
            title: one_line(&visible(&question.title)),
            ask: one_line(&visible(&question.ask.value)),
            points: question.points.iter().map(|point| one_line(&visible(point))).collect(),
            how: words::how(checklist, question, &menu),
            means: if own.is_empty() { of_scale() } else { own },
            meaning,
            last: last::said(last, plan, question, &wording, &menu),
            wording,
            mode: Mode::of(question),
            words: match menu.manner {
                Manner::One => words::Shown::of(&menu.offers).all(),
                Manner::Several | Manner::Number | Manner::Text => Vec::new(),
            },
        }
    }
}
