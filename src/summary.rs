//! The summary of an assessment: counts per step, and what a step's value is by the checklist's rule.
//!
//! Counts and bases only: no score, no average, no percentage. A step with an open question has no
//! value; it says how many of how many are rated.

use crate::model::checklist::{Checklist, RollUp, Scale, ScaleValue, Step};
use crate::model::standing::{Asked, Standing};

/// What the questions of an assessment come to.
#[derive(Debug)]
pub(crate) struct Summary<'a> {
    /// A table for each scale that is used.
    pub tables: Vec<ScaleTable<'a>>,
    /// The steps with questions that are answered, not rated.
    pub answers: Vec<AnswerCount<'a>>,
}

/// The steps that are rated on one scale.
#[derive(Debug)]
pub(crate) struct ScaleTable<'a> {
    /// The scale.
    pub scale: &'a Scale,
    /// The rule by which a step gets its value, as a sentence that names the values of the scale.
    pub rule: String,
    /// A row for each step.
    pub rows: Vec<StepRow<'a>>,
    /// All steps together.
    pub total: Counts,
}

/// A step in the table of a scale.
#[derive(Debug)]
pub(crate) struct StepRow<'a> {
    /// The step.
    pub step: &'a Step,
    /// Its counts.
    pub counts: Counts,
    /// Its value.
    pub rolled_up: RolledUp<'a>,
}

/// How many questions stand where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// For each value of the scale, in its order.
    pub values: Vec<usize>,
    /// Said not to apply.
    pub not_applicable: usize,
    /// Said to be too early to rate.
    pub too_early: usize,
    /// Not rated yet.
    pub not_yet: usize,
    /// Rated with something that is no value; counted as not rated.
    pub unreadable: usize,
}

impl Counts {
    /// How many questions are rated with a value.
    pub(crate) fn rated(&self) -> usize {
        self.values.iter().sum()
    }

    /// How many questions apply: the base of every count.
    pub(crate) fn base(&self) -> usize {
        self.rated() + self.too_early + self.not_yet + self.unreadable
    }

    fn add(&mut self, standing: Standing<'_>, scale: &Scale) {
        match standing {
            Standing::Rated(value) => self.values[scale.rank(value)] += 1,
            Standing::NotApplicable => self.not_applicable += 1,
            Standing::TooEarly => self.too_early += 1,
            Standing::NotYet => self.not_yet += 1,
            Standing::Unreadable => self.unreadable += 1,
            Standing::Answered | Standing::NotAsked => {}
        }
    }

    fn add_all(&mut self, other: &Counts) {
        self.values.iter_mut().zip(&other.values).for_each(|(mine, theirs)| *mine += theirs);
        self.not_applicable += other.not_applicable;
        self.too_early += other.too_early;
        self.not_yet += other.not_yet;
        self.unreadable += other.unreadable;
    }
}

/// The value that a step has by the checklist's rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum RolledUp<'a> {
    /// This value.
    Value(&'a ScaleValue),
    /// None yet: so many of so many are rated.
    Open {
        /// How many are rated.
        rated: usize,
        /// How many apply.
        of: usize,
    },
    /// No question applies.
    NotApplicable,
    /// The checklist derives none.
    Underived,
}

/// How many questions of a step that are not rated are answered.
#[derive(Debug)]
pub(crate) struct AnswerCount<'a> {
    /// The step.
    pub step: &'a Step,
    /// How many have an answer.
    pub answered: usize,
    /// How many are asked and apply: the base of the count.
    pub asked: usize,
    /// Said not to apply.
    pub not_applicable: usize,
    /// Said to be too early to answer.
    pub too_early: usize,
}

impl AnswerCount<'_> {
    fn add(&mut self, standing: Standing<'_>) {
        match standing {
            Standing::NotApplicable => self.not_applicable += 1,
            Standing::NotAsked => {}
            standing => {
                self.asked += 1;
                self.answered += usize::from(standing == Standing::Answered);
                self.too_early += usize::from(standing == Standing::TooEarly);
            }
        }
    }
}

/// Sums up where the questions stand.
pub(crate) fn summarise<'a>(checklist: &'a Checklist, asked: &[Asked<'a>]) -> Summary<'a> {
    let tables =
        checklist.scales.iter().filter_map(|scale| table(checklist, scale, asked)).collect();
    let mut answers: Vec<AnswerCount<'a>> = Vec::new();
    for question in asked {
        let Some(step) = question.step.filter(|_| !question.question.is_rated()) else { continue };
        if question.standing == Standing::NotAsked {
            continue;
        }
        if answers.last().is_none_or(|last| last.step.id.value != step.id.value) {
            let none = AnswerCount { step, answered: 0, asked: 0, not_applicable: 0, too_early: 0 };
            answers.push(none);
        }
        answers.last_mut().expect("a count was just added").add(question.standing);
    }
    Summary { tables, answers }
}

fn table<'a>(
    checklist: &'a Checklist,
    scale: &'a Scale,
    asked: &[Asked<'a>],
) -> Option<ScaleTable<'a>> {
    let scale_of =
        |asked: &Asked<'a>| checklist.scale_of(asked.question).map(|own| &own.name.value);
    let of_scale = |asked: &&Asked<'a>| scale_of(asked) == Some(&scale.name.value);
    let empty = || Counts { values: vec![0; scale.values.len()], ..Counts::default() };
    let mut rows: Vec<StepRow<'a>> = Vec::new();
    for question in asked.iter().filter(of_scale) {
        let Some(step) = question.step else { continue };
        if rows.last().is_none_or(|last| last.step.id.value != step.id.value) {
            rows.push(StepRow { step, counts: empty(), rolled_up: RolledUp::Underived });
        }
        let row = rows.last_mut().expect("a row was just added");
        row.counts.add(question.standing, scale);
    }
    let mut total = empty();
    for row in &mut rows {
        row.rolled_up = roll_up(checklist.roll_up.value, scale, &row.counts);
        total.add_all(&row.counts);
    }
    let rule = rule(checklist.roll_up.value, scale);
    (!rows.is_empty()).then_some(ScaleTable { scale, rule, rows, total })
}

/// The rule by which a step gets its value, as a sentence in the words of the scale.
pub(crate) fn rule(rule: RollUp, scale: &Scale) -> String {
    let labels: Vec<&str> = scale.values.iter().map(|value| value.label.as_str()).collect();
    let partial = scale.values.iter().find(|value| value.partial);
    match (rule, labels.as_slice()) {
        (RollUp::None, _) | (_, []) => "No value is derived for a step.".to_owned(),
        (RollUp::Lowest, labels) => format!(
            "A step is derived as the worst value that any applicable question has (best to worst: \
             {}).",
            labels.join(", ")
        ),
        (RollUp::Parts, [best, ..]) => {
            let worst = labels.last().unwrap_or(best);
            let otherwise =
                partial.map(|partial| format!(", otherwise {}", partial.label)).unwrap_or_default();
            format!(
                "A step is derived as {best} when every applicable question is {best}, {worst} when \
                 every one is {worst}{otherwise}."
            )
        }
    }
}

/// The value of a step. A question that is open, too early or unreadable leaves it open, because the
/// answer still to come could change it.
pub(crate) fn roll_up<'a>(rule: RollUp, scale: &'a Scale, counts: &Counts) -> RolledUp<'a> {
    let (rated, of) = (counts.rated(), counts.base());
    let has = |index: usize| counts.values[index] > 0;
    let every = |index: usize| counts.values[index] == rated;
    let last = scale.values.len() - 1;
    match rule {
        RollUp::None => RolledUp::Underived,
        _ if of == 0 && counts.not_applicable > 0 => RolledUp::NotApplicable,
        _ if of == 0 => RolledUp::Underived,
        _ if rated < of => RolledUp::Open { rated, of },
        RollUp::Lowest => {
            let lowest = (0..=last).rev().find(|&index| has(index));
            lowest.map_or(RolledUp::Underived, |index| RolledUp::Value(&scale.values[index]))
        }
        RollUp::Parts if every(0) => RolledUp::Value(&scale.values[0]),
        RollUp::Parts if every(last) => RolledUp::Value(&scale.values[last]),
        RollUp::Parts => {
            let partial = scale.values.iter().find(|value| value.partial);
            partial.map_or(RolledUp::Underived, RolledUp::Value)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::checklist::Need;
    use crate::source::{SourceId, Span, Spanned};

    fn scale() -> Scale {
        let here = |text: &str| Spanned::new(text.to_owned(), Span::beginning(SourceId(0)));
        let value = |word: &str, partial| ScaleValue {
            value: here(word),
            label: word.to_owned(),
            means: String::new(),
            evidence: Need::Optional,
            remaining: Need::Optional,
            action: Need::Optional,
            partial,
            young_people: String::new(),
        };
        let values = vec![value("green", false), value("amber", true), value("red", false)];
        Scale { name: here("rag"), values }
    }

    #[test]
    fn rolls_up_only_what_is_rated() {
        let scale = scale();
        let check = |rule, values: [usize; 3], not_yet, not_applicable, expected: &str| {
            let counts =
                Counts { values: values.to_vec(), not_yet, not_applicable, ..Counts::default() };
            let shown = match roll_up(rule, &scale, &counts) {
                RolledUp::Value(value) => value.label.clone(),
                RolledUp::Open { rated, of } => format!("{rated} of {of}"),
                other => format!("{other:?}"),
            };
            assert_eq!(shown, expected, "{rule:?} {values:?} {not_yet} {not_applicable}");
        };
        check(RollUp::Parts, [4, 0, 0], 0, 0, "green");
        check(RollUp::Parts, [3, 0, 0], 0, 1, "green");
        check(RollUp::Parts, [0, 0, 4], 0, 0, "red");
        check(RollUp::Parts, [0, 4, 0], 0, 0, "amber");
        check(RollUp::Parts, [3, 0, 1], 0, 0, "amber");
        check(RollUp::Parts, [3, 0, 0], 1, 0, "3 of 4");
        check(RollUp::Parts, [0, 0, 0], 4, 0, "0 of 4");
        check(RollUp::Parts, [0, 0, 0], 0, 4, "NotApplicable");
        check(RollUp::Lowest, [3, 0, 1], 0, 0, "red");
        check(RollUp::Lowest, [3, 1, 0], 0, 0, "amber");
        check(RollUp::Lowest, [0, 0, 3], 1, 0, "3 of 4");
        check(RollUp::None, [4, 0, 0], 0, 0, "Underived");
    }

    #[test]
    fn says_the_rule_in_the_words_of_the_scale() {
        let check = |by, expected: &str| assert_eq!(rule(by, &scale()), expected);
        check(RollUp::None, "No value is derived for a step.");
        check(
            RollUp::Parts,
            "A step is derived as green when every applicable question is green, red when every \
             one is red, otherwise amber.",
        );
        check(
            RollUp::Lowest,
            "A step is derived as the worst value that any applicable question has (best to \
             worst: green, amber, red).",
        );
    }

    #[test]
    fn counts_an_answer_only_when_it_is_one() {
        let here = |text: &str| Spanned::new(text.to_owned(), Span::beginning(SourceId(0)));
        let step = Step {
            id: here("1"),
            title: String::new(),
            part: String::new(),
            from: String::new(),
            questions: Vec::new(),
            change: crate::model::checklist::Change::Kept,
        };
        let mut count =
            AnswerCount { step: &step, answered: 0, asked: 0, not_applicable: 0, too_early: 0 };
        for standing in [
            Standing::Answered,
            Standing::NotApplicable,
            Standing::TooEarly,
            Standing::NotYet,
            Standing::Unreadable,
            Standing::NotAsked,
        ] {
            count.add(standing);
        }
        assert_eq!((count.answered, count.asked), (1, 4));
        assert_eq!((count.not_applicable, count.too_early), (1, 1));
    }

    #[test]
    fn never_takes_an_open_question_for_the_lowest_value() {
        let counts = Counts {
            values: vec![1, 0, 0],
            too_early: 1,
            unreadable: 1,
            not_yet: 1,
            not_applicable: 1,
        };
        assert_eq!((counts.rated(), counts.base()), (1, 4));
    }
}
