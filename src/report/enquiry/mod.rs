//! Enquiry sheets in words: what to ask next, with what was said last time and room to write; the
//! published value for programs, from which the pages are laid out.
//!
//! A sheet is taken along and lies on a table, so that it holds what a partnership may see: restricted
//! evidence, paths of files and notes stay behind.

mod words;

use std::borrow::Cow;
use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::control::{Control, banners, control};
use super::kind::Format;
use super::questions::{self, Parts, QuestionPart};
use super::{Material, audience, filled, step_name, template};
use crate::actions::{self, Basis, Tracked};
use crate::enquiry::{Division, Enquiry, Place, Sheet, place};
use crate::model::assessment::Assessment;
use crate::model::audience::Audience;
use crate::model::checklist::Question;
use crate::model::definition::capitalised;
use crate::model::period::long_date;
use crate::model::standing::{self, Asked, Standing};
use crate::summary::{self, Summary};
use crate::text::{count, one_line};

/// The version of the published value. It is raised when a field changes its meaning.
const VERSION: u32 = 1;

/// Who may read a sheet.
const READERS: Audience = Audience::Partnership;

/// Enquiry sheets: the published value.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Enquiries {
    version: u32,
    kind: &'static str,
    title: String,
    audience: &'static str,
    banners: Vec<String>,
    control: Control,
    /// How the sheets are divided: "method" or "agency"; nothing where all is on one.
    by: Option<&'static str>,
    /// What is shown, where that is not everything.
    shown: Option<String>,
    /// How many questions are asked, of how many.
    questions: usize,
    of: usize,
    sheets: Vec<SheetPart>,
}

/// A sheet to take along.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct SheetPart {
    id: Option<String>,
    title: String,
    tally: String,
    questions: Vec<EnquiryPart>,
}

/// A question on a sheet.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct EnquiryPart {
    step: Option<String>,
    why: Vec<String>,
    ask_for: Vec<String>,
    look_for: Vec<String>,
    /// The best value, with what it means for this question.
    best: Option<Aim>,
    /// The answers that there are to choose from; none where it is answered in words.
    answers: Vec<String>,
    question: QuestionPart,
    /// Whether the assessment says anything of it.
    is_said: bool,
    earlier: Option<Earlier>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Aim {
    label: String,
    means: String,
}

/// What an earlier assessment said.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct Earlier {
    period: String,
    as_at: Option<String>,
    is_reworded: bool,
    question: QuestionPart,
}

/// What sheets are laid out from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Laid<'a> {
    /// The assessment.
    pub material: Material<'a>,
    /// The earlier assessment, where one was named.
    pub since: Option<Basis<'a>>,
    /// How the questions are divided.
    pub by: Division,
    /// How many questions there are to ask from.
    pub of: usize,
    /// How many of them are asked.
    pub questions: usize,
    /// What is shown, where that is not everything.
    pub shown: Option<&'a str>,
}

impl Enquiries {
    /// Puts sheets into words.
    pub(crate) fn of(laid: Laid<'_>, sheets: &[Sheet<'_, '_>]) -> Self {
        let control = control(audience::material(laid.material, READERS));
        let title =
            format!("{}: {}, {}", control.partnership, words::title(laid.by), control.period);
        let now = shared(laid.material.basis);
        let was = laid.since.map(shared);
        let now = Said::of(laid.material.basis, &now);
        let was = laid.since.zip(was.as_ref()).map(|(basis, shared)| Said::of(basis, shared));
        let was = was.as_ref().map(Side::of);
        let writer = Writer { basis: laid.material.basis, now: Side::of(&now), was };
        Enquiries {
            version: VERSION,
            kind: "enquiry",
            title,
            audience: READERS.word(),
            banners: banners(&control),
            control,
            by: match laid.by {
                Division::Together => None,
                Division::Method => Some("method"),
                Division::Agency => Some("agency"),
            },
            shown: laid.shown.map(str::to_owned),
            questions: laid.questions,
            of: laid.of,
            sheets: sheets.iter().map(|sheet| writer.sheet(sheet, laid.of)).collect(),
        }
    }
}

/// An assessment as readers may see it.
fn shared(basis: Basis<'_>) -> Cow<'_, Assessment> {
    audience::shared(basis.assessment, basis.checklist, READERS)
}

/// What an assessment that readers may see says of each question.
struct Said<'a> {
    basis: Basis<'a>,
    summary: Summary<'a>,
    asked: Vec<Asked<'a>>,
    tracked: Vec<Tracked>,
    /// The questions of the steps and of the context by their places.
    by_place: HashMap<Place<'a>, Asked<'a>>,
}

impl<'a> Said<'a> {
    fn of(basis: Basis<'a>, shared: &'a Assessment) -> Self {
        let basis = Basis { assessment: shared, ..audience::basis_without_file(basis) };
        let asked = standing::stand(basis.checklist, basis.assessment);
        let context = standing::stand_context(basis.checklist, basis.assessment);
        let tracked = actions::track(&basis).into_iter();
        // The first of several questions with one id is the one that is meant, and comes last here.
        let all = context.into_iter().chain(asked.iter().copied()).rev();
        Said {
            basis,
            summary: summary::summarise(basis.checklist, &asked),
            tracked: tracked.map(|action| actions::seen(action, READERS)).collect(),
            by_place: all.map(|own| (place(&own), own)).collect(),
            asked,
        }
    }
}

/// What an assessment says, and the parts that are made from it.
struct Side<'a> {
    said: &'a Said<'a>,
    parts: Parts<'a>,
}

impl<'a> Side<'a> {
    fn of(said: &'a Said<'a>) -> Self {
        let parts = Parts::of(said.basis, &said.summary, &said.asked, &said.tracked);
        Side { said, parts }
    }

    /// What is said of a question.
    fn question(&self, wanted: &Asked<'_>) -> Option<QuestionPart> {
        self.said.by_place.get(&place(wanted)).map(|own| self.parts.question(own))
    }
}

struct Writer<'a> {
    basis: Basis<'a>,
    now: Side<'a>,
    was: Option<Side<'a>>,
}

impl Writer<'_> {
    fn sheet(&self, sheet: &Sheet<'_, '_>, of: usize) -> SheetPart {
        SheetPart {
            id: filled(&sheet.id),
            title: match sheet.name.as_str() {
                "" => "What to ask".to_owned(),
                name => capitalised(name),
            },
            tally: format!("{} of {}", sheet.questions.len(), count(of, "question")),
            questions: sheet.questions.iter().filter_map(|own| self.question(own)).collect(),
        }
    }

    fn question(&self, enquiry: &Enquiry<'_>) -> Option<EnquiryPart> {
        let Enquiry { asked, .. } = enquiry;
        Some(EnquiryPart {
            step: asked.step.map(step_name),
            why: words::why(self.basis, enquiry),
            ask_for: words::ask_for(self.basis, enquiry),
            look_for: asked.question.prompts.iter().map(|prompt| one_line(prompt)).collect(),
            best: self.best(asked),
            answers: words::answers(self.basis.checklist, asked.question),
            question: self.now.question(asked)?,
            is_said: asked.entry.is_some_and(questions::has_content),
            earlier: self.earlier(enquiry),
        })
    }

    /// What the best value means, for a question that has not got it.
    fn best(&self, asked: &Asked<'_>) -> Option<Aim> {
        let scale = self.basis.checklist.scale_of(asked.question)?;
        let best = scale.values.first()?;
        if asked.standing == Standing::Rated(best) {
            return None;
        }
        let means = meaning(asked.question, &best.value.value);
        let means = means.unwrap_or_else(|| one_line(&best.means));
        filled(&means).map(|means| Aim { label: best.label.clone(), means })
    }

    fn earlier(&self, enquiry: &Enquiry<'_>) -> Option<Earlier> {
        let (was, earlier) = (self.was.as_ref()?, enquiry.earlier.as_ref()?);
        if !earlier.entry.is_some_and(questions::has_content) {
            return None;
        }
        let assessment = was.said.basis.assessment;
        Some(Earlier {
            period: assessment.period.value().map(|own| own.name.clone()).unwrap_or_default(),
            as_at: assessment.as_at.value().map(|day| long_date(*day)),
            is_reworded: crate::comparison::wording_of(earlier) != enquiry.asked.question.wording(),
            question: was.question(earlier)?,
        })
    }
}

/// What a value means for a question that has words of its own for it.
fn meaning(question: &Question, value: &str) -> Option<String> {
    let mut means = question.means.iter();
    let own = means.find(|(own, _)| own.value.eq_ignore_ascii_case(value));
    own.map(|(_, text)| one_line(text))
}

/// The sheets in a format.
pub(crate) fn render(format: Format, enquiries: &Enquiries) -> String {
    template::render(format, "enquiry", enquiries)
}
