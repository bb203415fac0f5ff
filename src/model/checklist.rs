//! A checklist as it counts: complete, with whatever it extends taken in.

use std::sync::OnceLock;

use crate::model::lookup::Lookup;
use crate::model::wording::fingerprint;
use crate::source::{Span, Spanned};
use crate::text::{trimmed, visible};

/// An instrument: scales, steps and questions.
#[derive(Clone, Debug)]
pub(crate) struct Checklist {
    /// The name by which an assessment refers to it.
    pub id: Spanned<String>,
    /// The title that reports print.
    pub title: String,
    /// The edition, as the source gives it: usually a year.
    pub edition: String,
    /// What it is for, in a sentence or two; may be empty.
    pub about: String,
    /// The document that it is built from; may be empty.
    pub built_from: String,
    /// What every output prints to name the authors, letter for letter; more than one where a local
    /// checklist does not carry the attribution of what it extends.
    pub attribution: Vec<String>,
    /// How a step is summed up.
    pub roll_up: Spanned<RollUp>,
    /// The scales, of which questions name one.
    pub scales: Vec<Scale>,
    /// The scale of questions that name none.
    pub default_scale: Option<Spanned<String>>,
    /// The words for an assurance opinion, best first.
    pub assurance: Vec<String>,
    /// The steps in order.
    pub steps: Vec<Step>,
    /// The questions answered before scrutiny starts.
    pub context: Vec<Question>,
    /// What was adapted, where it extends another checklist.
    pub adapted: Option<Adapted>,
    /// Where its parts are found by their ids.
    pub index: Index,
}

/// The parts of a checklist by their ids.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    scales: Lookup,
    steps: Lookup,
    /// Each question by the place of its step, and its own in the step.
    questions: Lookup<(usize, usize)>,
    context: Lookup,
    /// Each question left out, by the place of what it went with, and its own there.
    dropped: Lookup<(usize, usize)>,
    dropped_steps: Lookup,
    /// How many questions stand before each step.
    before: OnceLock<Vec<usize>>,
}

/// How a local checklist differs from the one it extends.
#[derive(Clone, Debug)]
pub(crate) struct Adapted {
    /// The id of the checklist that it extends.
    pub from: String,
    /// The steps and questions that were left out.
    pub dropped: Vec<Dropped>,
}

/// A step or a question that a local checklist leaves out.
#[derive(Clone, Debug)]
pub(crate) struct Dropped {
    /// Its id in the extended checklist.
    pub id: String,
    /// Its title there.
    pub title: String,
    /// The reason given.
    pub why: String,
    /// The questions that went with it, by id: itself, or all those of a step.
    pub questions: Vec<String>,
    /// The step that a question stood in; empty for a step or a context question.
    pub step: String,
    /// Where it is left out.
    pub span: Span,
}

/// How the value of a step is derived from those of its questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RollUp {
    /// The best value when every applicable question has it, the lowest when every one has that,
    /// otherwise the value that the scale marks as partial.
    Parts,
    /// The lowest value that any applicable question has.
    Lowest,
    /// Nothing is derived.
    None,
}

/// Values that a question can be rated with, best first.
#[derive(Clone, Debug)]
pub(crate) struct Scale {
    /// The name by which questions refer to it.
    pub name: Spanned<String>,
    /// The values.
    pub values: Vec<ScaleValue>,
}

/// One value of a scale.
#[derive(Clone, Debug)]
pub(crate) struct ScaleValue {
    /// What is written in an assessment.
    pub value: Spanned<String>,
    /// What is printed.
    pub label: String,
    /// What it means, as every report prints it; may be empty.
    pub means: String,
    /// Whether a rating of this value rests on evidence.
    pub evidence: Need,
    /// Whether a rating of this value says what is still to do.
    pub remaining: Need,
    /// Whether a rating of this value has an action.
    pub action: Need,
    /// Whether it stands for "some parts, not all".
    pub partial: bool,
    /// What it means, in plain words for a young reader; may be empty.
    pub young_people: String,
}

/// Whether something has to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// It is asked for.
    Required,
    /// It may be there.
    Optional,
}

/// A group of questions.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    /// The number or name that assessments use.
    pub id: Spanned<String>,
    /// The title, itself a statement.
    pub title: String,
    /// A heading over several steps; may be empty.
    pub part: String,
    /// Where in the source it stands; may be empty.
    pub from: String,
    /// The questions in order.
    pub questions: Vec<Question>,
    /// What a local checklist did to it.
    pub change: Change,
}

/// One thing to answer.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    /// The number or name that assessments use.
    pub id: Spanned<String>,
    /// Short, for tables; may be empty for a context question.
    pub title: String,
    /// The full wording.
    pub ask: Spanned<String>,
    /// What it consists of.
    pub points: Vec<String>,
    /// Where in the source it stands; may be empty.
    pub from: String,
    /// How it is answered.
    pub kind: Kind,
    /// Descriptors of its own for values of its scale: value and meaning.
    pub means: Vec<(Spanned<String>, String)>,
    /// Whether it asks for evidence more or less strictly than its scale does.
    pub evidence: Option<Need>,
    /// Whether it may be answered "not applicable".
    pub not_applicable: bool,
    /// The agencies that are asked, by id; all where empty.
    pub respondents: Vec<Spanned<String>>,
    /// When it is asked at all.
    pub only_if: Option<Spanned<Condition>>,
    /// What it is about, in the words that analyses group by.
    pub themes: Vec<String>,
    /// Evidence to look for.
    pub prompts: Vec<String>,
    /// The question in plain words for a young reader; may be empty.
    pub young_people: String,
    /// What a local checklist did to it.
    pub change: Change,
}

/// How a question is answered.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    /// With a value of a scale, by its name; none where the checklist has no such scale.
    Rag(Option<Spanned<String>>),
    /// In words.
    Text,
    /// Yes or no.
    YesNo,
    /// With one of the choices.
    Choice(Vec<Choice>),
    /// With any of the choices.
    Choices(Vec<Choice>),
    /// With a number.
    Number(Range),
}

/// The bounds of a number.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Range {
    /// What is counted; may be empty.
    pub unit: String,
    /// The least number allowed.
    pub min: Option<f64>,
    /// The greatest number allowed.
    pub max: Option<f64>,
}

/// One of the answers to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    /// What is written in an assessment.
    pub value: String,
    /// What is printed.
    pub label: String,
}

/// Asked only when another question is answered so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Condition {
    /// The other question's id.
    pub question: String,
    /// The answer that it must have.
    pub value: String,
}

/// What a local checklist did to a step or a question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Change {
    /// Nothing: the checklist stands alone, or took it over unchanged.
    #[default]
    Kept,
    /// It has other words now.
    Reworded {
        /// The words that it had.
        was: String,
        /// The reason given.
        why: String,
    },
    /// It is new.
    Added {
        /// The reason given; may be empty.
        why: String,
    },
}

impl Checklist {
    /// The scale of a name.
    pub(crate) fn scale(&self, name: &str) -> Option<&Scale> {
        self.index.scales.find(&self.scales, |scale| &scale.name.value, name)
    }

    /// The scale of a rated question, where there is one.
    pub(crate) fn scale_of(&self, question: &Question) -> Option<&Scale> {
        match &question.kind {
            Kind::Rag(Some(name)) => self.scale(&name.value),
            Kind::Rag(None) => None,
            Kind::Text | Kind::YesNo | Kind::Choice(_) | Kind::Choices(_) | Kind::Number(_) => None,
        }
    }

    /// The step of an id.
    pub(crate) fn step(&self, id: &str) -> Option<&Step> {
        self.step_place(id).map(|at| &self.steps[at])
    }

    /// Which of the steps has an id.
    pub(crate) fn step_place(&self, id: &str) -> Option<usize> {
        self.index.steps.position(&self.steps, |step| &step.id.value, id)
    }

    /// The step in which the question of an id stands.
    pub(crate) fn step_of(&self, question: &str) -> Option<&Step> {
        self.question_place(question).map(|(step, _)| &self.steps[step])
    }

    /// The questions of all steps.
    pub(crate) fn questions(&self) -> impl Iterator<Item = &Question> {
        self.steps.iter().flat_map(|step| &step.questions)
    }

    /// The question of an id, in a step.
    pub(crate) fn question(&self, id: &str) -> Option<&Question> {
        self.question_place(id).map(|(step, at)| &self.steps[step].questions[at])
    }

    /// The context question of an id.
    pub(crate) fn context_question(&self, id: &str) -> Option<&Question> {
        self.context_place(id).map(|at| &self.context[at])
    }

    /// Which of the context questions has an id.
    pub(crate) fn context_place(&self, id: &str) -> Option<usize> {
        self.index.context.position(&self.context, |question| &question.id.value, id)
    }

    /// The question of an id, in a step or of the context.
    pub(crate) fn any_question(&self, id: &str) -> Option<&Question> {
        self.question(id).or_else(|| self.context_question(id))
    }

    /// In which of the steps the question of an id stands, and where in it.
    pub(crate) fn question_place(&self, id: &str) -> Option<(usize, usize)> {
        let steps = self.steps.iter().enumerate();
        let places =
            steps.flat_map(|(at, step)| (0..step.questions.len()).map(move |own| (at, own)));
        let id_at = |(step, at): (usize, usize)| self.steps[step].questions[at].id.value.as_str();
        self.index.questions.place(places, id_at, id)
    }

    /// The how manieth the question of an id is, counted through the steps and then the context.
    pub(crate) fn rank(&self, id: &str) -> Option<usize> {
        let in_step = self.question_place(id).map(|(step, at)| self.before()[step] + at);
        in_step.or_else(|| {
            let at = self.context_place(id)?;
            Some(self.before()[self.steps.len()] + at)
        })
    }

    /// The question of a rank, with its step.
    pub(crate) fn ranked(&self, rank: usize) -> Option<(Option<&Step>, &Question)> {
        let after = self.before().partition_point(|before| *before <= rank);
        let step = after.checked_sub(1)?;
        let at = rank - self.before()[step];
        match self.steps.get(step) {
            Some(step) => Some((Some(step), step.questions.get(at)?)),
            None => Some((None, self.context.get(at)?)),
        }
    }

    /// How many questions stand before each step, and before the context.
    fn before(&self) -> &[usize] {
        self.index.before.get_or_init(|| {
            let mut count = 0;
            let lengths = self.steps.iter().map(|step| step.questions.len());
            let ends = lengths.map(|length| {
                count += length;
                count
            });
            std::iter::once(0).chain(ends).collect()
        })
    }

    /// Whether a question of this id was left out of what this checklist extends.
    pub(crate) fn dropped(&self, question: &str) -> Option<&Dropped> {
        let dropped = &self.adapted.as_ref()?.dropped;
        let each = dropped.iter().enumerate();
        let places = each.flat_map(|(at, own)| (0..own.questions.len()).map(move |own| (at, own)));
        let id_at = |(whole, at): (usize, usize)| dropped[whole].questions[at].as_str();
        self.index.dropped.place(places, id_at, question).map(|(whole, _)| &dropped[whole])
    }

    /// Whether a step of this id was left out of what this checklist extends.
    pub(crate) fn dropped_step(&self, step: &str) -> Option<&Dropped> {
        self.index.dropped_steps.find(&self.adapted.as_ref()?.dropped, |dropped| &dropped.id, step)
    }

    /// Where the checklist is defined.
    pub(crate) fn span(&self) -> Span {
        self.id.span
    }
}

impl Scale {
    /// The value that was written, in any letter case.
    pub(crate) fn find(&self, written: &str) -> Option<&ScaleValue> {
        // A hidden character has been reported; the rating is what a reader sees.
        let written = &*visible(trimmed(written));
        self.values.iter().find(|value| {
            value.value.value == written || value.value.value.eq_ignore_ascii_case(written)
        })
    }

    /// How good a value is: 0 is the best.
    pub(crate) fn rank(&self, value: &ScaleValue) -> usize {
        let rank = self.values.iter().position(|other| other.value.value == value.value.value);
        rank.expect("a value is looked up in its own scale")
    }
}

impl ScaleValue {
    /// What a rating of this value needs, in words.
    pub(crate) fn needs(&self) -> Vec<&'static str> {
        let needs = [
            ("evidence", self.evidence),
            ("what remains", self.remaining),
            ("an action", self.action),
        ];
        let needs = needs.into_iter().filter(|(_, need)| *need == Need::Required);
        needs.map(|(what, _)| what).collect()
    }
}

impl Question {
    /// The fingerprint of its wording.
    pub(crate) fn wording(&self) -> String {
        fingerprint(&self.ask.value, self.points.iter().map(String::as_str))
    }

    /// Whether it is rated on a scale.
    pub(crate) fn is_rated(&self) -> bool {
        matches!(self.kind, Kind::Rag(_))
    }

    /// Its number and short title, as messages name it: "question 3.2, Reaching those most at risk".
    pub(crate) fn name(&self) -> String {
        match self.title.as_str() {
            "" => format!("question {}", self.id.value),
            title => format!("question {}, {title}", self.id.value),
        }
    }
}

impl RollUp {
    /// The rule in words, as it is printed beside what it derives.
    pub(crate) fn words(self) -> &'static str {
        match self {
            RollUp::Parts => {
                "the best value when every applicable question has it, the lowest when every one \
                 has that, otherwise the value between"
            }
            RollUp::Lowest => "the lowest value that any applicable question has",
            RollUp::None => "none: no value is derived for a step",
        }
    }

    /// The word that a checklist uses.
    pub(crate) fn word(self) -> &'static str {
        match self {
            RollUp::Parts => "parts",
            RollUp::Lowest => "lowest",
            RollUp::None => "none",
        }
    }
}
