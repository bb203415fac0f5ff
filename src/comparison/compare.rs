//! The perspectives of one partnership on one period, side by side: where they agree, where they
//! differ and how far, what cannot be compared, and who has not answered yet.
//!
//! The agreed assessment stands apart: what it says was found between the views, and is none itself.

use std::collections::HashMap;

use super::wording_of;
use crate::actions::Basis;
use crate::model::chain::Chain;
use crate::model::checklist::{Checklist, Kind, Question, Scale, ScaleValue, Step};
use crate::model::standing::{self, AGREED, Asked, Standing, Valid, read_answer};
use crate::text::one_line;

/// The perspectives side by side.
#[derive(Debug)]
pub(crate) struct Comparison<'a> {
    /// The views, in the order in which they are shown.
    pub views: Vec<View<'a>>,
    /// What was agreed between them, where that is among the assessments.
    pub agreed: Option<View<'a>>,
    /// The questions that at least one view is asked, in the order of the checklist.
    pub rows: Vec<Row<'a>>,
    /// The rows in which views differ, by index, the widest difference first.
    pub agenda: Vec<usize>,
    /// The perspectives that the workspace lists and of which there is no assessment here.
    pub absent: Vec<String>,
}

/// One perspective's assessment.
#[derive(Debug)]
pub(crate) struct View<'a> {
    /// The assessment and what belongs to it.
    pub side: Basis<'a>,
    /// Whose view it is, as files name it.
    pub perspective: String,
}

/// One question, with what each view says of it.
#[derive(Debug)]
pub(crate) struct Row<'a> {
    /// The step; nothing for a context question.
    pub step: Option<&'a Step>,
    /// The question, as the first view that has it has it.
    pub question: &'a Question,
    /// What each view says, in the order of the views.
    pub cells: Vec<Cell<'a>>,
    /// What was agreed, where there is an agreed assessment.
    pub agreed: Option<Cell<'a>>,
    /// What the views come to.
    pub outcome: Outcome<'a>,
}

/// What one view says of one question.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Cell<'a> {
    /// Its checklist does not have the question.
    Lacking,
    /// It does not cover the step.
    NotCovered,
    /// Where the question stands; it may still not be asked of this view.
    Standing(Asked<'a>),
}

impl<'a> Cell<'a> {
    /// The question where this view is asked it.
    pub(crate) fn asked(&self) -> Option<&Asked<'a>> {
        match self {
            Cell::Standing(asked) if asked.standing != Standing::NotAsked => Some(asked),
            Cell::Standing(_) | Cell::Lacking | Cell::NotCovered => None,
        }
    }
}

/// What the views of one question come to. Too early and not applicable are neither agreement nor
/// difference; but where one says that a question does not apply and another answers it, they differ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Outcome<'a> {
    /// Every view that is asked gives the same value.
    Agree {
        /// How many views are asked.
        of: usize,
    },
    /// Those that give a value give the same one, but not all give one.
    AgreeSoFar {
        /// How many give a value: two at least.
        rated: usize,
        /// How many are asked.
        of: usize,
    },
    /// At least two ratings differ.
    Apart {
        /// How many places of the scale lie between the best and the worst: 1 for neighbours.
        distance: usize,
        /// The best rating that was given.
        best: &'a ScaleValue,
        /// The worst.
        worst: &'a ScaleValue,
    },
    /// One says that the question does not apply, another gives a value.
    Applies,
    /// Answers differ that are on no scale.
    Answers,
    /// Fewer than two views give a value.
    Open {
        /// How many give one.
        rated: usize,
        /// How many are asked.
        of: usize,
    },
    /// Only one view is asked.
    Alone,
    /// The answers are prose, which nobody but a reader can compare.
    Prose,
    /// The views were asked different things.
    NotComparable(Unlike),
}

/// Why answers under one id are not compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unlike {
    /// The question has other words in one of the checklists, or in the answer's time.
    Wording,
    /// The words are the same, but the answers to choose from are not.
    Scale,
}

/// How far a view is with a step.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Progress<'a> {
    /// The step.
    pub step: &'a Step,
    /// How many questions of it are rated or answered, or said not to apply or to be too early.
    pub answered: usize,
    /// How many are asked.
    pub asked: usize,
}

impl Comparison<'_> {
    /// Leaves out all questions but those of one step.
    pub(crate) fn keep_step(&mut self, step: &str) {
        self.rows.retain(|row| row.step.is_some_and(|own| own.id.value == step));
        self.agenda = agenda(&self.rows);
    }
}

/// Compares assessments of one partnership and period. No two are of one perspective.
pub(crate) fn compare<'a>(sides: &[Basis<'a>]) -> Comparison<'a> {
    let mut views: Vec<View<'a>> = sides.iter().map(|side| view(*side)).collect();
    views.sort_by_cached_key(|view| (view.perspective.clone(), view.side.file.to_owned()));
    let order = order(&views);
    let rank = |whose: &str| order.iter().position(|listed| listed == whose);
    views.sort_by_key(|view| rank(&view.perspective).unwrap_or(usize::MAX));
    let is_here = |whose: &String| views.iter().any(|view| view.perspective == *whose);
    let absent = order.iter().filter(|whose| *whose != AGREED && !is_here(whose)).cloned();
    let absent: Vec<String> = absent.collect();
    let (mut agreed, views): (Vec<_>, Vec<_>) =
        views.into_iter().partition(|view| view.perspective == AGREED);
    let agreed = agreed.pop();
    let rows = rows(&views, agreed.as_ref());
    let agenda = agenda(&rows);
    Comparison { views, agreed, rows, agenda, absent }
}

fn view(side: Basis<'_>) -> View<'_> {
    let perspective = side.assessment.perspective.value();
    View { side, perspective: perspective.map(|word| one_line(word)).unwrap_or_default() }
}

/// The order in which a workspace lists perspectives. It does not depend on the order of the files,
/// and what is not listed comes after it by name.
fn order(views: &[View<'_>]) -> Vec<String> {
    let listed = |view: &View<'_>| {
        let listed = view.side.workspace.iter().flat_map(|own| &own.perspectives);
        listed.map(|word| word.value.trim().to_owned()).collect::<Vec<_>>()
    };
    views.iter().map(listed).find(|order| !order.is_empty()).unwrap_or_default()
}

/// The answers of one view, found by the id of the question.
pub(super) struct Answers<'a> {
    checklist: &'a Checklist,
    by_id: HashMap<&'a str, Asked<'a>>,
}

impl<'a> Answers<'a> {
    pub(super) fn of(view: &View<'a>) -> Self {
        let Basis { assessment, checklist, .. } = view.side;
        let asked = standing::stand(checklist, assessment);
        let context = standing::stand_context(checklist, assessment);
        let by_id = |asked: Asked<'a>| (asked.question.id.value.as_str(), asked);
        Answers { checklist, by_id: asked.into_iter().chain(context).map(by_id).collect() }
    }

    pub(super) fn cell(&self, id: &str) -> Cell<'a> {
        match (self.by_id.get(id), self.checklist.question(id)) {
            (Some(asked), _) => Cell::Standing(*asked),
            (None, Some(_)) => Cell::NotCovered,
            (None, None) => Cell::Lacking,
        }
    }
}

fn rows<'a>(views: &[View<'a>], agreed: Option<&View<'a>>) -> Vec<Row<'a>> {
    let answers: Vec<Answers<'a>> = views.iter().map(Answers::of).collect();
    let of_agreed = agreed.map(Answers::of);
    let row = |(step, question): (Option<&'a Step>, &'a Question)| {
        let id = question.id.value.as_str();
        let cells: Vec<Cell<'a>> = answers.iter().map(|own| own.cell(id)).collect();
        let asked: Vec<(&Checklist, &Asked<'a>)> = answers
            .iter()
            .zip(&cells)
            .filter_map(|(own, cell)| Some((own.checklist, cell.asked()?)))
            .collect();
        let agreed = of_agreed.as_ref().map(|own| own.cell(id));
        let outcome = (!asked.is_empty()).then(|| judge(&asked))?;
        Some(Row { step, question, cells, agreed, outcome })
    };
    questions(views).into_iter().filter_map(row).collect()
}

/// The questions of all views' checklists, each once: in the order of the first checklist, those that
/// only a later one has after the question that they follow there. Context questions are prose for
/// the most part, and come last where they are not.
fn questions<'a>(views: &[View<'a>]) -> Vec<(Option<&'a Step>, &'a Question)> {
    let mut all: Chain<(Option<&'a Step>, &'a Question)> = Chain::default();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for view in views {
        let mut last = None;
        let checklist = view.side.checklist;
        let of_steps = checklist
            .steps
            .iter()
            .flat_map(|step| step.questions.iter().map(move |question| (Some(step), question)));
        let context = checklist.context.iter().filter(|question| question.kind != Kind::Text);
        for (step, question) in of_steps.chain(context.map(|question| (None, question))) {
            let insert = || all.insert(last, (step, question));
            last = Some(*known.entry(&question.id.value).or_insert_with(insert));
        }
    }
    all.into_vec()
}

/// What the views that are asked a question come to.
fn judge<'a>(asked: &[(&Checklist, &Asked<'a>)]) -> Outcome<'a> {
    let [(checklist, first), rest @ ..] = asked else { return Outcome::Alone };
    if rest.is_empty() {
        return Outcome::Alone;
    }
    let wording = wording_of(first);
    if rest.iter().any(|(_, other)| wording_of(other) != wording) {
        return Outcome::NotComparable(Unlike::Wording);
    }
    let is_like = |(theirs, other): &(&Checklist, &Asked<'_>)| {
        same_answers(checklist, first.question, theirs, other.question)
    };
    if !rest.iter().all(is_like) {
        return Outcome::NotComparable(Unlike::Scale);
    }
    let standings: Vec<Standing<'a>> = asked.iter().map(|(_, asked)| asked.standing).collect();
    match (checklist.scale_of(first.question), &first.question.kind) {
        (Some(scale), _) => of_ratings(scale, &standings),
        (None, Kind::Text | Kind::Rag(_)) => Outcome::Prose,
        (None, Kind::YesNo | Kind::Choice(_) | Kind::Choices(_) | Kind::Number(_)) => {
            let asked: Vec<&Asked<'a>> = asked.iter().map(|(_, asked)| *asked).collect();
            of_answers(&asked, &standings)
        }
    }
}

/// Whether two questions of the same words take the same answers, so that these can be compared.
fn same_answers(ours: &Checklist, own: &Question, theirs: &Checklist, other: &Question) -> bool {
    let values = |checklist: &Checklist, question: &Question| {
        let scale = checklist.scale_of(question);
        scale.map(|scale| {
            scale.values.iter().map(|value| value.value.value.to_lowercase()).collect::<Vec<_>>()
        })
    };
    match (&own.kind, &other.kind) {
        (Kind::Rag(_), Kind::Rag(_)) => values(ours, own) == values(theirs, other),
        (Kind::Choice(own), Kind::Choice(other)) | (Kind::Choices(own), Kind::Choices(other)) => {
            own.len() == other.len()
                && own.iter().zip(other).all(|(own, other)| own.value == other.value)
        }
        (Kind::Number(own), Kind::Number(other)) => own.unit == other.unit,
        (own, other) => std::mem::discriminant(own) == std::mem::discriminant(other),
    }
}

/// What ratings on one scale come to.
fn of_ratings<'a>(scale: &Scale, standings: &[Standing<'a>]) -> Outcome<'a> {
    let value = |standing: &Standing<'a>| match standing {
        Standing::Rated(value) => Some((scale.rank(value), *value)),
        _ => None,
    };
    let rated: Vec<(usize, &ScaleValue)> = standings.iter().filter_map(value).collect();
    let best = rated.iter().min_by_key(|(rank, _)| *rank);
    let worst = rated.iter().max_by_key(|(rank, _)| *rank);
    match (best, worst) {
        (Some((low, best)), Some((high, worst))) if low != high => {
            Outcome::Apart { distance: high - low, best, worst }
        }
        _ => of_alike(rated.len(), standings),
    }
}

/// What answers on no scale come to.
fn of_answers<'a>(asked: &[&Asked<'a>], standings: &[Standing<'a>]) -> Outcome<'a> {
    let given = asked.iter().filter(|asked| asked.standing == Standing::Answered);
    let given: Vec<Option<String>> = given.map(|asked| answer_key(asked)).collect();
    match given.split_first() {
        Some((first, rest)) if rest.iter().any(|other| other != first) => Outcome::Answers,
        _ => of_alike(given.len(), standings),
    }
}

/// An answer in a form in which two can be held against each other: the order in which choices were
/// written does not count.
fn answer_key(asked: &Asked<'_>) -> Option<String> {
    match read_answer(&asked.question.kind, &asked.entry?.answer).ok()? {
        Valid::YesNo(yes) => Some(yes.to_string()),
        Valid::Number(number) => Some(number.to_string()),
        Valid::Chosen(choices) => {
            let mut values: Vec<&str> =
                choices.iter().map(|choice| choice.value.as_str()).collect();
            values.sort_unstable();
            Some(values.join("\n"))
        }
        Valid::Text(_) => None,
    }
}

/// What it comes to that no two values differ.
fn of_alike<'a>(rated: usize, standings: &[Standing<'a>]) -> Outcome<'a> {
    let of = standings.len();
    let is_not_applicable = standings.contains(&Standing::NotApplicable);
    match rated {
        1.. if is_not_applicable => Outcome::Applies,
        _ if rated == of => Outcome::Agree { of },
        2.. => Outcome::AgreeSoFar { rated, of },
        _ => Outcome::Open { rated, of },
    }
}

/// The rows in which views differ: the widest difference first, those without a distance last, alike
/// ones in the order of the checklist.
fn agenda(rows: &[Row<'_>]) -> Vec<usize> {
    let place = |row: &Row<'_>| match row.outcome {
        Outcome::Apart { distance, .. } => Some((0, usize::MAX - distance)),
        Outcome::Applies => Some((1, 0)),
        Outcome::Answers => Some((2, 0)),
        _ => None,
    };
    let mut agenda: Vec<_> =
        rows.iter().enumerate().filter_map(|(index, row)| Some((place(row)?, index))).collect();
    agenda.sort_unstable();
    agenda.into_iter().map(|(_, index)| index).collect()
}

/// How far a view is with each step that it covers and in which it is asked something.
pub(crate) fn progress<'a>(view: &View<'a>) -> Vec<Progress<'a>> {
    let asked = standing::stand(view.side.checklist, view.side.assessment);
    let mut steps: Vec<Progress<'a>> = Vec::new();
    for (step, standing) in asked.iter().filter_map(|asked| Some((asked.step?, asked.standing))) {
        if standing == Standing::NotAsked {
            continue;
        }
        if steps.last().is_none_or(|last| last.step.id.value != step.id.value) {
            steps.push(Progress { step, answered: 0, asked: 0 });
        }
        let own = steps.last_mut().expect("a step was just added");
        own.asked += 1;
        let is_open = matches!(standing, Standing::NotYet | Standing::Unreadable);
        own.answered += usize::from(!is_open);
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::checklist::Need;
    use crate::source::{SourceId, Span, Spanned};

    fn scale() -> Scale {
        let here = |text: &str| Spanned::new(text.to_owned(), Span::beginning(SourceId(0)));
        let value = |word: &str| ScaleValue {
            value: here(word),
            label: word.to_owned(),
            means: String::new(),
            evidence: Need::Optional,
            remaining: Need::Optional,
            action: Need::Optional,
            partial: false,
            young_people: String::new(),
        };
        Scale { name: here("rag"), values: ["green", "amber", "red"].map(value).to_vec() }
    }

    #[test]
    fn judges_ratings_side_by_side() {
        let scale = scale();
        let standing = |sign: char| match sign {
            'g' => Standing::Rated(&scale.values[0]),
            'a' => Standing::Rated(&scale.values[1]),
            'r' => Standing::Rated(&scale.values[2]),
            'n' => Standing::NotApplicable,
            'e' => Standing::TooEarly,
            _ => Standing::NotYet,
        };
        let check = |signs: &str, expected: &str| {
            let standings: Vec<Standing<'_>> = signs.chars().map(standing).collect();
            let shown = match of_ratings(&scale, &standings) {
                Outcome::Apart { distance, best, worst } => {
                    format!("{distance} apart, {} against {}", best.label, worst.label)
                }
                Outcome::Agree { of } => format!("agree {of}"),
                Outcome::AgreeSoFar { rated, of } => format!("so far {rated} of {of}"),
                Outcome::Open { rated, of } => format!("open {rated} of {of}"),
                other => format!("{other:?}"),
            };
            assert_eq!(shown, expected, "{signs}");
        };
        check("ggg", "agree 3");
        check("gg", "agree 2");
        check("gar", "2 apart, green against red");
        check("rag", "2 apart, green against red");
        check("gag", "1 apart, green against amber");
        check("ra", "1 apart, amber against red");
        check("gg-", "so far 2 of 3");
        check("gge", "so far 2 of 3");
        check("g-r", "2 apart, green against red");
        check("gnr", "2 apart, green against red");
        check("gn-", "Applies");
        check("ggn", "Applies");
        check("g--", "open 1 of 3");
        check("ge", "open 1 of 2");
        check("ne", "open 0 of 2");
        check("nn", "open 0 of 2");
        check("---", "open 0 of 3");
    }
}
