//! One partnership over time: how each question moved from moment to moment, how long a rating has
//! stood, and what became of actions.
//!
//! Moments come in the order of time, each with a label of its own: periods of files here, and
//! revisions of a history as well. A moment without an assessment is a gap, and never a repetition of
//! the one before.

mod actions;
mod bars;
mod read;

use std::cmp::Reverse;
use std::collections::HashSet;

use crate::comparison::reply::{Catalogue, Reply, Said, Signature, questions};
use crate::model::checklist::{Checklist, Kind, Question, ScaleValue};

pub(crate) use actions::{Course, Gone, Slipped};
pub(crate) use bars::{Bars, Shade};
pub(crate) use read::{Snapshot, gaps};

/// A moment: a period, or another point in time.
#[derive(Clone, Debug)]
pub(crate) struct Moment<'a> {
    /// What it is called.
    pub label: String,
    /// The assessment and its checklist; nothing in a gap.
    pub assessed: Option<(&'a Snapshot, &'a Checklist)>,
}

/// One partnership over time.
#[derive(Debug)]
pub(crate) struct Trend<'a> {
    /// The questions: in the order of the latest checklist, then those that are gone.
    pub rows: Vec<Row<'a>>,
    /// The ratings below the best, as they stand in the latest assessment: the lowest value first, and
    /// of one value in the same order.
    pub stood: Vec<Stood<'a>>,
    /// How many questions have which value at each moment.
    pub bars: Bars,
    /// What became of actions, for each moment that is no gap.
    pub courses: Vec<Course>,
    /// Actions whose due date was moved later, in the order in which they were opened.
    pub slipped: Vec<Slipped<'a>>,
    /// Actions that were open and then were not mentioned any more.
    pub gone: Vec<Gone<'a>>,
    /// How many entries of actions have no id, and so cannot be followed.
    pub nameless: usize,
}

/// A question over time.
#[derive(Debug)]
pub(crate) struct Row<'a> {
    /// The question, as it was put last.
    pub question: &'a Question,
    /// What was said at each moment.
    pub cells: Vec<Cell<'a>>,
}

/// What was said to a question at a moment.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell<'a> {
    /// There is no assessment.
    Gap,
    /// The checklist does not have the question.
    Absent,
    /// This was said.
    Said(Value<'a>, Movement),
}

/// What was said to a question.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value<'a> {
    /// This value of its scale, with its place: 0 is the best.
    Rated(&'a ScaleValue, usize),
    /// Yes or no.
    YesNo(bool),
    /// These choices, by their labels.
    Chosen(Vec<&'a str>),
    /// A number of this unit.
    Number(f64, &'a str),
    /// Something in words.
    Words,
    /// That it does not apply.
    NotApplicable,
    /// That it is too early to say.
    TooEarly,
    /// Nothing yet.
    Open,
    /// It was not asked.
    NotAsked,
}

/// How an answer moved from that of the last moment that is no gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Movement {
    /// There is no answer in one of the two, or answers of this sort are not compared.
    None,
    /// To a better value, or a higher number.
    Up,
    /// To a worse value, or a lower number.
    Down,
    /// It is the same.
    Same,
    /// It is another answer, of a sort that has no direction.
    Changed,
    /// The two answer different words, or had different answers to choose from.
    NotComparable,
}

/// How long a rating has stood.
#[derive(Debug)]
pub(crate) struct Stood<'a> {
    /// The question.
    pub question: &'a Question,
    /// Its value.
    pub value: &'a ScaleValue,
    /// How bad that is: 0 is the best.
    pub rank: usize,
    /// The moment since when.
    pub since: &'a str,
    /// At how many moments it was rated so.
    pub rated: usize,
    /// At how many in between it was not rated, or there was no assessment.
    pub unrated: usize,
}

/// Follows questions and actions through moments in the order of time.
pub(crate) fn trend<'a>(moments: &'a [Moment<'a>]) -> Trend<'a> {
    let catalogue = Catalogue::of(checklists(moments.iter()));
    let questions = latest_questions(moments);
    let row =
        |question: &&'a Question| Row { question, cells: cells(moments, question, &catalogue) };
    let stood = questions.iter().filter_map(|question| stood_at(moments, question, &catalogue));
    let mut stood: Vec<Stood<'a>> = stood.collect();
    stood.sort_by_key(|stood| Reverse(stood.rank));
    let (slipped, gone, nameless) = actions::slips(moments);
    Trend {
        rows: questions.iter().map(row).collect(),
        stood,
        bars: bars::bars(moments),
        courses: actions::courses(moments),
        slipped,
        gone,
        nameless,
    }
}

/// All questions, each as it was put last: in the order of the latest checklist, then those that only
/// earlier ones have.
fn latest_questions<'a>(moments: &[Moment<'a>]) -> Vec<&'a Question> {
    let mut known: HashSet<&str> = HashSet::new();
    let all = checklists(moments.iter().rev()).into_iter().flat_map(questions);
    all.filter(|question| known.insert(&question.id.value)).collect()
}

/// The checklists of moments, each once: most assessments answer the same one.
fn checklists<'m, 'a: 'm>(moments: impl Iterator<Item = &'m Moment<'a>>) -> Vec<&'a Checklist> {
    let mut once: Vec<&Checklist> = Vec::new();
    for (_, checklist) in moments.filter_map(|moment| moment.assessed) {
        if !once.iter().any(|known| std::ptr::eq(*known, checklist)) {
            once.push(checklist);
        }
    }
    once
}

/// A question in the checklist of a moment: the question there, what was said, and to what.
struct Found<'a> {
    question: &'a Question,
    checklist: &'a Checklist,
    reply: &'a Reply,
    signature: Signature,
}

fn find<'a>(moment: &Moment<'a>, id: &str, catalogue: &Catalogue<'a>) -> Option<Found<'a>> {
    let (snapshot, checklist) = moment.assessed?;
    let placed = catalogue.place(checklist, id)?;
    let reply = &snapshot.replies[placed.place];
    let signature = placed.signature.answered(reply);
    Some(Found { question: placed.question, checklist, reply, signature })
}

impl<'a> Found<'a> {
    fn value(&self) -> Value<'a> {
        match &self.reply.said {
            Said::Rated(rank) => {
                let scale = self.checklist.scale_of(self.question);
                let value = scale.and_then(|scale| scale.values.get(*rank));
                value.map_or(Value::Open, |value| Value::Rated(value, *rank))
            }
            Said::YesNo(yes) => Value::YesNo(*yes),
            Said::Chosen(places) => match &self.question.kind {
                Kind::Choice(choices) | Kind::Choices(choices) => {
                    let labels = places.iter().map(|place| choices[*place].label.as_str());
                    Value::Chosen(labels.collect())
                }
                Kind::Rag(_) | Kind::Text | Kind::YesNo | Kind::Number(_) => Value::Open,
            },
            Said::Number(number) => {
                let unit = match &self.question.kind {
                    Kind::Number(range) => range.unit.as_str(),
                    _ => "",
                };
                Value::Number(*number, unit)
            }
            Said::Words => Value::Words,
            Said::NotApplicable => Value::NotApplicable,
            Said::TooEarly => Value::TooEarly,
            Said::Open => Value::Open,
            Said::NotAsked => Value::NotAsked,
        }
    }
}

fn cells<'a>(
    moments: &[Moment<'a>],
    question: &Question,
    catalogue: &Catalogue<'a>,
) -> Vec<Cell<'a>> {
    let mut before: Option<Found<'a>> = None;
    moments
        .iter()
        .map(|moment| match (moment.assessed, find(moment, &question.id.value, catalogue)) {
            (None, _) => Cell::Gap,
            (Some(_), None) => {
                before = None;
                Cell::Absent
            }
            (Some(_), Some(now)) => {
                let moved = before.as_ref().map_or(Movement::None, |then| movement(then, &now));
                let value = now.value();
                before = Some(now);
                Cell::Said(value, moved)
            }
        })
        .collect()
}

/// How an answer moved between two moments.
fn movement(then: &Found<'_>, now: &Found<'_>) -> Movement {
    let moved = match (then.value(), now.value()) {
        (Value::Rated(_, then), Value::Rated(_, now)) if now < then => Movement::Up,
        (Value::Rated(_, then), Value::Rated(_, now)) if now > then => Movement::Down,
        (Value::Rated(..), Value::Rated(..)) => Movement::Same,
        (Value::Number(then, _), Value::Number(now, _)) if now > then => Movement::Up,
        (Value::Number(then, _), Value::Number(now, _)) if now < then => Movement::Down,
        (Value::Number(..), Value::Number(..)) => Movement::Same,
        (Value::YesNo(then), Value::YesNo(now)) if then == now => Movement::Same,
        (Value::Chosen(then), Value::Chosen(now)) if then == now => Movement::Same,
        (Value::YesNo(_), Value::YesNo(_)) | (Value::Chosen(_), Value::Chosen(_)) => {
            Movement::Changed
        }
        _ => Movement::None,
    };
    match moved {
        Movement::None => Movement::None,
        _ if then.signature != now.signature => Movement::NotComparable,
        moved => moved,
    }
}

/// How long the latest rating of a question has stood; nothing for the best value and for what is not
/// rated. A moment at which it was not rated neither counts nor ends it; any other answer, or other
/// words, end it.
fn stood_at<'a>(
    moments: &'a [Moment<'a>],
    question: &'a Question,
    catalogue: &Catalogue<'a>,
) -> Option<Stood<'a>> {
    let latest = moments.iter().rposition(|moment| moment.assessed.is_some())?;
    let now = find(&moments[latest], &question.id.value, catalogue)?;
    let Value::Rated(value, rank) = now.value() else { return None };
    let mut stood =
        Stood { question, value, rank, since: &moments[latest].label, rated: 1, unrated: 0 };
    let mut passed = 0;
    for moment in moments[..latest].iter().rev() {
        let then = find(moment, &question.id.value, catalogue);
        let said = then.as_ref().map_or(Value::NotAsked, Found::value);
        match (said, then) {
            (Value::Open | Value::NotAsked, _) => passed += 1,
            (Value::Rated(_, then), Some(found))
                if then == rank && found.signature == now.signature =>
            {
                stood.rated += 1;
                stood.unrated += passed;
                stood.since = &moment.label;
                passed = 0;
            }
            _ => break,
        }
    }
    (rank > 0).then_some(stood)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::actions::Basis;
    use crate::finding::Findings;
    use crate::model::{adapt, assessment, definition};
    use crate::source::{Source, SourceId};
    use crate::syntax::{toml, yaml};

    fn source(text: &str) -> Arc<Source> {
        Arc::new(Source::new(SourceId(0), "a file", text.to_owned()))
    }

    /// A checklist with one question, which is put in these words.
    fn checklist(ask: &str) -> Checklist {
        let text = format!(
            "scrutiny = \"checklist\"\nid = \"one\"\ntitle = \"One\"\nedition = \"1\"\nattribution = \
             \"A\"\nscale = \"rag\"\n[[scales.rag]]\nvalue = \"green\"\n[[scales.rag]]\nvalue = \
             \"amber\"\n[[scales.rag]]\nvalue = \"red\"\n[[step]]\nid = \"1\"\ntitle = \"S\"\n\
             [[step.question]]\nid = \"1.1\"\ntitle = \"Q\"\nask = \"{ask}\"\n"
        );
        let (source, mut findings) = (source(&text), Findings::default());
        let tree = toml::parse(&source, &mut findings);
        let definition = definition::decode(tree.root(), &mut findings).expect("a checklist");
        adapt::adapt(definition, None, &mut findings)
    }

    fn snapshot(checklist: &Checklist, rating: &str, actions: &str) -> Snapshot {
        let text = format!(
            "scrutiny: assessment\nchecklist: one\npartnership: A\nperiod: 2026-27\nperspective: \
             scrutineer\nas-at: 2026-09-30\nratings:\n  1.1: {{rating: {rating}}}\nactions: \
             [{actions}]\n"
        );
        let (source, mut findings) = (source(&text), Findings::default());
        let tree = yaml::parse(&source, &mut findings).expect("YAML");
        let assessment = assessment::decode(tree.root(), 4, &mut findings).expect("an assessment");
        let as_at = assessment.as_at.value().copied();
        let side =
            Basis { assessment: &assessment, checklist, workspace: None, file: "a file", as_at };
        Snapshot::of(&side).expect("it says who, when and whose")
    }

    /// Moments by their ratings: `-` is a gap, `?` is not rated, and a star stands for other words.
    fn stands(ratings: &str) -> String {
        let lists = [checklist("Is it?"), checklist("Is it so?")];
        let words: Vec<&str> = ratings.split(' ').collect();
        let snapshots: Vec<Option<(Snapshot, &Checklist)>> = words
            .iter()
            .map(|word| {
                let list = &lists[usize::from(word.ends_with('*'))];
                let rating = word.trim_end_matches(['*', '?']);
                (*word != "-").then(|| (snapshot(list, rating, ""), list))
            })
            .collect();
        let moments: Vec<Moment<'_>> = snapshots
            .iter()
            .enumerate()
            .map(|(place, of)| Moment {
                label: format!("Q{}", place + 1),
                assessed: of.as_ref().map(|(snapshot, list)| (snapshot, *list)),
            })
            .collect();
        let trend = trend(&moments);
        let moved = trend.rows[0].cells.iter().map(|cell| match cell {
            Cell::Gap => "gap",
            Cell::Absent => "absent",
            Cell::Said(_, Movement::None) => "none",
            Cell::Said(_, Movement::Up) => "up",
            Cell::Said(_, Movement::Down) => "down",
            Cell::Said(_, Movement::Same) => "same",
            Cell::Said(_, Movement::Changed) => "changed",
            Cell::Said(_, Movement::NotComparable) => "other",
        });
        let moved = moved.collect::<Vec<_>>().join(" ");
        match trend.stood.first() {
            None => moved,
            Some(stood) => format!(
                "{moved}: {} since {}, {} rated, {} not",
                stood.value.label, stood.since, stood.rated, stood.unrated
            ),
        }
    }

    #[test]
    fn a_rating_stands_since_it_was_first_given_and_only_where_it_was_given() {
        let check =
            |ratings: &str, expected: &str| assert_eq!(stands(ratings), expected, "{ratings}");
        check("red red red", "none same same: Red since Q1, 3 rated, 0 not");
        check("amber red red", "none down same: Red since Q2, 2 rated, 0 not");
        check("red - red", "none gap same: Red since Q1, 2 rated, 1 not");
        check("red - - - red red", "none gap gap gap same same: Red since Q1, 3 rated, 3 not");
        check("red ? red", "none none none: Red since Q1, 2 rated, 1 not");
        check("? - red", "none gap none: Red since Q3, 1 rated, 0 not");
        check("red green red", "none up down: Red since Q3, 1 rated, 0 not");
        check("red too-early red", "none none none: Red since Q3, 1 rated, 0 not");
        check("red red*", "none other: Red since Q2, 1 rated, 0 not");
        check("red green", "none up");
        check("red ?", "none none");
        check("amber red -", "none down gap: Red since Q2, 1 rated, 0 not");
    }

    #[test]
    fn actions_are_followed_by_their_ids() {
        let list = checklist("Is it?");
        let then = "{id: A-1, task: a, due: 2026-06-01}, {id: A-2, task: b, due: 2026-12-01}, \
                    {id: A-3, task: c, due: 2026-12-01}";
        let now = "{id: A-1, task: a, due: 2026-09-01, carried-from: x/A-1}, {id: A-2, task: b, due: \
                   2026-11-01, status: closed, evidence: e, carried-from: x/A-2}, {id: A-4, task: d, \
                   due: 2026-12-01}, {id: A-5, task: e, due: 2026-12-01, carried-from: y/A-5}, {task: \
                   f}";
        let snapshots = [snapshot(&list, "red", then), snapshot(&list, "red", now)];
        let moments: Vec<Moment<'_>> = snapshots
            .iter()
            .zip(["then", "now"])
            .map(|(own, label)| Moment { label: label.to_owned(), assessed: Some((own, &list)) })
            .collect();
        let trend = trend(&moments);
        let course = &trend.courses[1];
        assert_eq!((trend.courses[0].opened, trend.courses[0].overdue), (3, 1));
        assert_eq!((course.opened, course.carried, course.closed), (2, 2, 1));
        assert_eq!((course.moved_later, course.overdue, trend.nameless), (1, 1, 1));
        let [slipped] = trend.slipped.as_slice() else { panic!("one date was moved later") };
        assert_eq!((slipped.id, slipped.times, slipped.days), ("A-1", 1, 92));
        let [gone] = trend.gone.as_slice() else { panic!("one action is gone") };
        assert_eq!((gone.id, gone.last), ("A-3", "then"));
    }
}
