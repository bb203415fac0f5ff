//! Where the rated questions stand, for those who read a page and not the whole: the best, the
//! lowest, and all of them under the headings of a yearly statement.

use serde::{Deserialize, Serialize};

use super::look::Look;
use super::{Prose, questions::standing_words, text};
use crate::actions::Basis;
use crate::model::assessment::StepWords;
use crate::model::checklist::{Checklist, Question, Step};
use crate::model::definition::capitalised;
use crate::model::standing::{Asked, Standing};
use crate::syntax::decode::line;
use crate::text::one_line;

/// A question in a line.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Brief {
    id: String,
    title: String,
    pub(super) standing: String,
    /// How that looks.
    look: Look,
    because: Option<Prose>,
}

/// The rated questions by how well they stand.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Standings {
    /// At the best value of their scale.
    pub(super) best: Vec<Brief>,
    /// Between the best and the lowest.
    pub(super) between: Vec<Brief>,
    /// At the lowest value of their scale.
    pub(super) lowest: Vec<Brief>,
    /// Too early to rate.
    pub(super) too_early: Vec<Brief>,
    /// Not rated yet.
    pub(super) open: Vec<Brief>,
}

impl Standings {
    /// Sorts the rated questions by how well they stand.
    pub(super) fn of(checklist: &Checklist, asked: &[Asked<'_>]) -> Self {
        let mut standings = Standings::default();
        for asked in asked.iter().filter(|asked| asked.question.is_rated()) {
            let list = match asked.standing {
                Standing::Rated(value) => {
                    let Some(scale) = checklist.scale_of(asked.question) else { continue };
                    match scale.rank(value) {
                        0 => &mut standings.best,
                        rank if rank + 1 == scale.values.len() => &mut standings.lowest,
                        _ => &mut standings.between,
                    }
                }
                Standing::TooEarly => &mut standings.too_early,
                Standing::NotYet | Standing::Unreadable => &mut standings.open,
                Standing::NotApplicable | Standing::NotAsked | Standing::Answered => continue,
            };
            list.push(brief(checklist, asked));
        }
        standings
    }

    /// Whether no rated question is asked.
    pub(super) fn is_empty(&self) -> bool {
        let Standings { best, between, lowest, too_early, open } = self;
        [best, between, lowest, too_early, open].iter().all(|list| list.is_empty())
    }
}

fn brief(checklist: &Checklist, asked: &Asked<'_>) -> Brief {
    let question = asked.question;
    Brief {
        id: question.id.value.clone(),
        title: match question.title.as_str() {
            "" => one_line(&question.ask.value),
            title => one_line(title),
        },
        standing: standing_words(asked),
        look: Look::of_standing(checklist.scale_of(question), asked.standing),
        because: asked.entry.and_then(|entry| text(&entry.because)),
    }
}

/// A heading of a yearly statement.
struct Subject {
    id: &'static str,
    title: &'static str,
    /// What a reader may expect below it.
    about: &'static str,
    /// The themes of the questions that belong below it.
    themes: &'static [&'static str],
}

/// What guidance asks a scrutineer to judge, by the themes that checklists give to their questions.
const SUBJECTS: [Subject; 6] = [
    Subject {
        id: "leadership",
        title: "Leadership",
        about: "How well the safeguarding partners lead together, pay for the work, and answer for it.",
        themes: &[
            "leadership",
            "governance",
            "accountability",
            "challenge",
            "assurance",
            "strategic-boards",
            "statutory-duties",
            "priorities",
            "planning",
            "risks",
        ],
    },
    Subject {
        id: "engagement",
        title: "Engagement of agencies",
        about: "How other agencies take part: schools, health services, the voluntary sector and others.",
        themes: &[
            "wider-partners",
            "relevant-agencies",
            "engagement",
            "business-sector",
            "joint-working",
            "information-sharing",
            "programme",
        ],
    },
    Subject {
        id: "voice-and-outcomes",
        title: "Voice and outcomes",
        about: "What children, young people and families say, and whether anything gets better for them.",
        themes: &[
            "participation",
            "families",
            "communities",
            "transition",
            "rights",
            "help",
            "early-help",
            "impact",
            "outcomes",
            "strengths",
            "equality-diversity-inclusion",
            "relationship-based-practice",
        ],
    },
    Subject {
        id: "quality-assurance",
        title: "Quality assurance",
        about: "How the partnership knows how good the work is: data, audits and checks.",
        themes: &["quality-assurance", "data", "audit", "performance", "reporting"],
    },
    Subject {
        id: "learning",
        title: "Learning",
        about: "What was learnt from case reviews and serious incidents, and what changed in practice.",
        themes: &[
            "case-reviews",
            "learning",
            "serious-incidents",
            "improvement",
            "innovation",
            "practice",
        ],
    },
    Subject {
        id: "training",
        title: "Training",
        about: "How people are trained together, and what difference that makes to their work.",
        themes: &["training", "workforce"],
    },
];

/// Where questions stand that none of the themes above is given to.
const OTHERS: Subject = Subject {
    id: "others",
    title: "Other questions",
    about: "What the checklist asks beside that.",
    themes: &[],
};

/// A heading with what is said below it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Heading {
    id: &'static str,
    title: &'static str,
    about: &'static str,
    steps: Vec<StepSaid>,
    questions: Vec<Brief>,
}

/// What is said on a step as a whole.
#[derive(Debug, Serialize, Deserialize)]
struct StepSaid {
    id: String,
    title: String,
    summary: Option<Prose>,
    assurance: Option<String>,
}

/// The headings with the questions and the words on steps that belong below them. A question stands
/// below the heading of the first of its themes that has one, a step where most of its questions do.
pub(super) fn headings(basis: &Basis<'_>, asked: &[Asked<'_>]) -> Vec<Heading> {
    let is_asked = |asked: &&Asked<'_>| asked.standing != Standing::NotAsked;
    let words = |step: &Step| -> Option<&StepWords> { basis.assessment.step(&step.id.value) };
    let of = |subject: &Subject| {
        let own = asked.iter().filter(is_asked);
        let own = own.filter(|asked| subject_of(asked.question) == subject.id);
        let steps = basis.checklist.steps.iter().filter(|step| step_subject(step) == subject.id);
        let said = steps.filter_map(|step| words(step).and_then(|words| step_said(step, words)));
        Heading {
            id: subject.id,
            title: subject.title,
            about: subject.about,
            steps: said.collect(),
            questions: own.map(|asked| brief(basis.checklist, asked)).collect(),
        }
    };
    let is_used = |heading: &Heading| {
        !(heading.id == OTHERS.id && heading.questions.is_empty() && heading.steps.is_empty())
    };
    SUBJECTS.iter().chain([&OTHERS]).map(of).filter(is_used).collect()
}

fn subject_of(question: &Question) -> &'static str {
    let of_theme =
        |theme: &String| SUBJECTS.iter().find(|subject| subject.themes.contains(&theme.as_str()));
    question.themes.iter().find_map(of_theme).unwrap_or(&OTHERS).id
}

fn step_subject(step: &Step) -> &'static str {
    let count = |id: &str| step.questions.iter().filter(|own| subject_of(own) == id).count();
    // The first of those that have as many.
    let most = SUBJECTS.iter().chain([&OTHERS]).rev().max_by_key(|subject| count(subject.id));
    most.map_or(OTHERS.id, |subject| subject.id)
}

fn step_said(step: &Step, words: &StepWords) -> Option<StepSaid> {
    let said = StepSaid {
        id: step.id.value.clone(),
        title: step.title.clone(),
        summary: text(&words.summary),
        assurance: line(&words.assurance).map(|word| capitalised(&word)),
    };
    (said.summary.is_some() || said.assurance.is_some()).then_some(said)
}
