//! What an agreed assessment starts from: every question with the views on it, and what these come
//! to. A value that all views give is offered and never taken for agreed.

use super::compare::{Answers, Cell, Comparison, View, compare};
use super::wording_of;
use crate::actions::Basis;
use crate::model::checklist::{Question, Step};
use crate::model::standing::{self, NOT_APPLICABLE, Standing, TOO_EARLY};

/// What an agreed assessment starts from.
#[derive(Debug)]
pub(crate) struct Start<'a> {
    /// The views, in the order in which they are shown.
    pub views: Vec<View<'a>>,
    /// The agreed assessment that there is already.
    pub agreed: Option<View<'a>>,
    /// The context questions.
    pub context: Vec<Point<'a>>,
    /// The questions of the steps that at least one view covers.
    pub points: Vec<Point<'a>>,
    /// These steps, where they are not all.
    pub covers: Option<Vec<&'a str>>,
}

/// One question that is to be agreed on.
#[derive(Debug)]
pub(crate) struct Point<'a> {
    /// The step; nothing for a context question.
    pub step: Option<&'a Step>,
    /// The question.
    pub question: &'a Question,
    /// What each view says, in the order of the views.
    pub cells: Vec<Cell<'a>>,
    /// What the views come to.
    pub offer: Offer<'a>,
}

/// What the views of a question come to.
#[derive(Debug, PartialEq)]
pub(crate) enum Offer<'a> {
    /// Every view that is asked gives this rating, as files write it; there are two at least.
    Same(&'a str),
    /// Ratings that differ, or that not all views give: whose, and the rating as files write it.
    Views(Vec<(String, &'a str)>),
    /// Ratings to different wordings of the question, which are not held against each other.
    Unlike,
    /// No ratings: there is none yet, or the question is answered in another way.
    None,
}

/// Works out what an agreed assessment starts from. The assessments answer one checklist.
pub(crate) fn start<'a>(sides: &[Basis<'a>]) -> Start<'a> {
    let Comparison { views, agreed, .. } = compare(sides);
    let answers: Vec<Answers<'a>> = views.iter().map(Answers::of).collect();
    let Some(checklist) = views.first().map(|view| view.side.checklist) else {
        let (context, points) = (Vec::new(), Vec::new());
        return Start { views, agreed, context, points, covers: None };
    };
    let point = |step: Option<&'a Step>, question: &'a Question| {
        let id = question.id.value.as_str();
        let cells: Vec<Cell<'a>> = answers.iter().map(|own| own.cell(id)).collect();
        let offer = offer(&views, &cells);
        Point { step, question, cells, offer }
    };
    let is_covered =
        |step: &&Step| views.iter().any(|view| standing::covers(view.side.assessment, step));
    let covered: Vec<&'a Step> = checklist.steps.iter().filter(is_covered).collect();
    let points = covered
        .iter()
        .flat_map(|step| step.questions.iter().map(|question| point(Some(*step), question)))
        .collect();
    let context = checklist.context.iter().map(|question| point(None, question)).collect();
    let is_part = covered.len() < checklist.steps.len();
    let ids = || covered.iter().map(|step| step.id.value.as_str()).collect();
    let covers = is_part.then(ids);
    Start { views, agreed, context, points, covers }
}

/// The rating of a view as files write it.
pub(crate) fn rating<'a>(cell: &Cell<'a>) -> Option<&'a str> {
    let asked = cell.asked().filter(|asked| asked.question.is_rated())?;
    match asked.standing {
        Standing::Rated(value) => Some(&value.value.value),
        Standing::NotApplicable => Some(NOT_APPLICABLE),
        Standing::TooEarly => Some(TOO_EARLY),
        Standing::Answered | Standing::NotYet | Standing::Unreadable | Standing::NotAsked => None,
    }
}

fn offer<'a>(views: &[View<'a>], cells: &[Cell<'a>]) -> Offer<'a> {
    let asked = cells.iter().filter_map(Cell::asked);
    let wordings: Vec<String> = asked.map(wording_of).collect();
    let of_view =
        |(view, cell): (&View<'a>, &Cell<'a>)| Some((view.perspective.clone(), rating(cell)?));
    let given: Vec<(String, &str)> = views.iter().zip(cells).filter_map(of_view).collect();
    let is_same = given.windows(2).all(|pair| pair[0].1 == pair[1].1);
    match given.first() {
        None => Offer::None,
        Some(_) if wordings.windows(2).any(|pair| pair[0] != pair[1]) => Offer::Unlike,
        Some((_, value)) if is_same && given.len() == wordings.len() && given.len() > 1 => {
            Offer::Same(value)
        }
        Some(_) => Offer::Views(given),
    }
}
