//! How many partnerships said what to a question. Only answers to the same words, with the same
//! answers to choose from, are counted together; every other one is counted apart.

use super::Group;
use super::suppress::{self, Figure, row, share};
use crate::comparison::reply::{Reply, Said, Signature};
use crate::model::audience::Audience;
use crate::model::checklist::{Checklist, Choice, Kind, Question, Step};

/// A question with what was said to it.
#[derive(Debug)]
pub(crate) struct Tally<'a> {
    /// The question.
    pub question: &'a Question,
    /// Its step; nothing for one that is answered before scrutiny starts.
    pub step: Option<&'a Step>,
    /// How it is counted.
    pub sort: Sort,
    /// Its values or answers, in the order of the checklist.
    pub answers: Vec<Cell<'a>>,
    /// For a number, what the numbers come to.
    pub numbers: Option<Numbers>,
    /// The base: of a rated question all to which it applies, of any other all who answered.
    pub base: Figure,
    /// Said to be too early to say.
    pub too_early: Figure,
    /// Not rated, or without an answer.
    pub open: Figure,
    /// Said not to apply.
    pub not_applicable: Figure,
    /// Not asked.
    pub not_asked: Figure,
    /// Counted apart: an answer to other words, or a checklist without the question.
    pub apart: Figure,
    /// Who is counted apart.
    pub strangers: Vec<Stranger<'a>>,
}

/// How a question is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// By the values of a scale; what is not rated belongs to the base.
    Rated,
    /// By answers of which each return gives one.
    One,
    /// By answers of which each return gives any number.
    Several,
    /// By numbers.
    Number,
    /// By whether anything was said.
    Words,
}

/// One of the answers to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cell<'a> {
    /// What files have.
    pub value: &'a str,
    /// What is printed.
    pub label: &'a str,
    /// How many gave it.
    pub count: Figure,
}

/// What numbers come to. What is nothing may not be shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Numbers {
    /// The lowest.
    pub lowest: Option<f64>,
    /// The one in the middle, or the mean of the two in the middle.
    pub median: Option<f64>,
    /// The highest.
    pub highest: Option<f64>,
    /// All together.
    pub total: Option<f64>,
}

/// An assessment that is counted apart.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stranger<'a> {
    /// The partnership, as it is written.
    pub partnership: &'a str,
    /// Why.
    pub why: Apart,
}

/// Why an answer is counted apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Apart {
    /// It answers other words.
    OtherWords,
    /// It had other answers to choose from.
    OtherAnswers,
    /// The checklist does not have the question.
    LeftOut,
}

/// How many said what, before anything is held back.
#[derive(Default)]
struct Raw {
    answers: Vec<usize>,
    numbers: Vec<f64>,
    /// How many gave an answer.
    answered: usize,
    too_early: usize,
    open: usize,
    not_applicable: usize,
    not_asked: usize,
}

/// Counts what was said to a question, as the audience may see it.
pub(super) fn tally<'a>(
    (step, question): (Option<&'a Step>, &'a Question),
    group: &Group<'_, 'a>,
    audience: Audience,
) -> Tally<'a> {
    let cells = cells(group.root, question);
    let mut raw = Raw { answers: vec![0; cells.len()], ..Raw::default() };
    let mut strangers = Vec::new();
    let reference = Signature::of(group.root, question);
    for member in group.members {
        let place = group.catalogue.place(member.instrument.checklist, &question.id.value);
        let why = match place {
            None => Some(Apart::LeftOut),
            Some(found) => {
                let reply = &member.given.replies[found.place];
                let answered = found.signature.answered(reply);
                match answered {
                    _ if answered.wording != reference.wording => Some(Apart::OtherWords),
                    _ if answered.answers != reference.answers => Some(Apart::OtherAnswers),
                    _ => {
                        raw.add(reply);
                        None
                    }
                }
            }
        };
        let partnership = member.given.partnership.as_str();
        strangers.extend(why.map(|why| Stranger { partnership, why }));
    }
    raw.shown((step, question), cells, strangers, audience)
}

/// The answers that a question allows: what files have, and what is printed.
fn cells<'a>(root: &'a Checklist, question: &'a Question) -> Vec<(&'a str, &'a str)> {
    let choice = |own: &'a Choice| (own.value.as_str(), own.label.as_str());
    match &question.kind {
        Kind::Rag(_) => {
            let values = root.scale_of(question).into_iter().flat_map(|scale| &scale.values);
            values.map(|value| (value.value.value.as_str(), value.label.as_str())).collect()
        }
        Kind::YesNo => vec![("yes", "Yes"), ("no", "No")],
        Kind::Choice(choices) | Kind::Choices(choices) => choices.iter().map(choice).collect(),
        Kind::Text | Kind::Number(_) => Vec::new(),
    }
}

impl Raw {
    fn add(&mut self, reply: &Reply) {
        match &reply.said {
            Said::Rated(rank) => self.answers[*rank] += 1,
            Said::YesNo(yes) => self.answers[usize::from(!yes)] += 1,
            Said::Chosen(places) => places.iter().for_each(|place| self.answers[*place] += 1),
            Said::Number(number) => self.numbers.push(*number),
            Said::Words => {}
            Said::NotApplicable => return self.not_applicable += 1,
            Said::TooEarly => return self.too_early += 1,
            Said::Open => return self.open += 1,
            Said::NotAsked => return self.not_asked += 1,
        }
        self.answered += 1;
    }

    /// The counts as an audience may see them.
    fn shown<'a>(
        self,
        (step, question): (Option<&'a Step>, &'a Question),
        cells: Vec<(&'a str, &'a str)>,
        strangers: Vec<Stranger<'a>>,
        audience: Audience,
    ) -> Tally<'a> {
        let sort = sort(&question.kind);
        let unsaid = [self.too_early, self.open];
        let mut inside = match sort {
            Sort::Rated | Sort::One => self.answers.clone(),
            Sort::Several | Sort::Number | Sort::Words => vec![self.answered],
        };
        let mut outside = vec![self.not_applicable, strangers.len()];
        match sort {
            Sort::Rated => inside.extend(unsaid),
            Sort::One | Sort::Several | Sort::Number | Sort::Words => outside.extend(unsaid),
        }
        // Who is asked follows from the answers to another question, so that a reader knows how many
        // were not, and nothing can hide behind that.
        let not_asked = match &question.only_if {
            Some(_) => share(self.not_asked, inside.iter().chain(&outside).sum(), audience),
            None => {
                outside.push(self.not_asked);
                Figure::HeldBack
            }
        };
        let shown = row(&inside, &outside, audience);
        let unsaid = match sort {
            Sort::Rated => &shown.inside[self.answers.len()..],
            Sort::One | Sort::Several | Sort::Number | Sort::Words => &shown.outside[2..4],
        };
        let count = |place: usize| match (sort, shown.base) {
            (Sort::Several, Figure::Count(base)) => share(self.answers[place], base, audience),
            (Sort::Several, Figure::HeldBack) => Figure::HeldBack,
            _ => shown.inside[place],
        };
        let cell = |(place, (value, label))| Cell { value, label, count: count(place) };
        let mut tally = Tally {
            question,
            step,
            sort,
            answers: cells.into_iter().enumerate().map(cell).collect(),
            numbers: (sort == Sort::Number).then(|| numbers(self.numbers, audience)).flatten(),
            base: shown.base,
            too_early: unsaid[0],
            open: unsaid[1],
            not_applicable: shown.outside[0],
            not_asked: match &question.only_if {
                Some(_) => not_asked,
                None => shown.outside.last().copied().unwrap_or(Figure::HeldBack),
            },
            apart: shown.outside[1],
            strangers,
        };
        if question.only_if.is_some() && not_asked == Figure::HeldBack {
            tally.withhold();
        }
        tally
    }
}

impl Tally<'_> {
    /// Holds everything back.
    pub(super) fn withhold(&mut self) {
        self.answers.iter_mut().for_each(|cell| cell.count = Figure::HeldBack);
        self.numbers = None;
        for figure in [
            &mut self.base,
            &mut self.too_early,
            &mut self.open,
            &mut self.not_applicable,
            &mut self.not_asked,
            &mut self.apart,
        ] {
            *figure = Figure::HeldBack;
        }
    }

    /// What its numbers count; may be empty.
    pub(crate) fn unit(&self) -> Option<&str> {
        match &self.question.kind {
            Kind::Number(range) => Some(&range.unit),
            Kind::Rag(_) | Kind::Text | Kind::YesNo | Kind::Choice(_) | Kind::Choices(_) => None,
        }
    }

    fn figures(&self) -> impl Iterator<Item = Figure> {
        let answers = self.answers.iter().map(|cell| cell.count);
        answers
            .chain([self.base, self.too_early, self.open, self.not_applicable])
            .chain([self.not_asked, self.apart])
    }

    /// Whether a count of it is held back.
    pub(super) fn holds_back(&self) -> bool {
        self.figures().any(|figure| figure == Figure::HeldBack)
    }

    /// Whether every count of it is held back.
    pub(crate) fn is_withheld(&self) -> bool {
        self.figures().all(|figure| figure == Figure::HeldBack)
    }

    /// The value that every rating is, and how many there are; nothing where there are fewer than two.
    pub(crate) fn agreed(&self) -> Option<(&Cell<'_>, usize)> {
        let mut used = self.answers.iter().filter(|cell| !cell.count.is_zero());
        let only = used.next().filter(|_| self.sort == Sort::Rated)?;
        let count = only.count.shown().filter(|count| *count >= 2)?;
        used.next().is_none().then_some((only, count))
    }
}

fn sort(kind: &Kind) -> Sort {
    match kind {
        Kind::Rag(_) => Sort::Rated,
        Kind::YesNo | Kind::Choice(_) => Sort::One,
        Kind::Choices(_) => Sort::Several,
        Kind::Number(_) => Sort::Number,
        Kind::Text => Sort::Words,
    }
}

/// What numbers come to. In public a number is shown only where six or more gave it, and the total
/// only where that holds of every number.
fn numbers(mut numbers: Vec<f64>, audience: Audience) -> Option<Numbers> {
    numbers.sort_by(f64::total_cmp);
    let (lowest, highest) = (*numbers.first()?, *numbers.last()?);
    let middle = numbers.len() / 2;
    let median = match numbers.len() % 2 {
        0 => f64::midpoint(numbers[middle - 1], numbers[middle]),
        _ => numbers[middle],
    };
    let is_shown = |number: f64| {
        let same = numbers.iter().filter(|own| own.total_cmp(&number).is_eq()).count();
        audience != Audience::Public || same >= suppress::SHOWN_FROM
    };
    let all_shown = numbers.iter().all(|number| is_shown(*number));
    Some(Numbers {
        lowest: Some(lowest).filter(|number| is_shown(*number)),
        median: Some(median).filter(|number| is_shown(*number)),
        highest: Some(highest).filter(|number| is_shown(*number)),
        total: Some(numbers.iter().sum()).filter(|_| all_shown),
    })
}

/// A share in tenths of a per cent, a half rounded up: 60 of 66 is 909.
pub(crate) fn per_mille(count: usize, base: usize) -> Option<usize> {
    (base > 0).then(|| (2000 * count + base) / (2 * base))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_to_a_tenth_of_a_per_cent() {
        let check = |count, base, expected: Option<usize>| {
            assert_eq!(per_mille(count, base), expected, "{count} of {base}");
        };
        check(60, 66, Some(909));
        check(3, 67, Some(45));
        check(1, 3, Some(333));
        check(2, 3, Some(667));
        check(1, 16, Some(63));
        check(0, 9, Some(0));
        check(9, 9, Some(1000));
        check(0, 0, None);
    }

    #[test]
    fn sums_up_numbers() {
        let given = vec![3.0, 1.0, 2.0, 10.0];
        let expected = Numbers {
            lowest: Some(1.0),
            median: Some(2.5),
            highest: Some(10.0),
            total: Some(16.0),
        };
        assert_eq!(numbers(given.clone(), Audience::Internal), Some(expected));
        let none = Numbers { lowest: None, median: None, highest: None, total: None };
        assert_eq!(numbers(given, Audience::Public), Some(none));
        assert_eq!(numbers(Vec::new(), Audience::Internal), None);
        let same = numbers(vec![1.0; 6], Audience::Public);
        assert_eq!(same.and_then(|same| same.total), Some(6.0));
    }
}
