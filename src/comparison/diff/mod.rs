//! What moved between two assessments, by meaning and never by line: questions, their evidence, steps
//! and actions, each as it was and as it is. The pair reversed is the mirror of the pair.

mod actions;

use std::cmp::Ordering;
use std::collections::HashMap;

use super::wording_of;
use crate::actions::Basis;
use crate::actions::EvidenceWords;
use crate::model::assessment::{Answer, Origin};
use crate::model::checklist::{Scale, ScaleValue, Step};
use crate::model::lookup::Lookup;
use crate::model::standing::{self, Asked, Standing};
use crate::summary::{self, RolledUp};
use crate::syntax::decode::Given;
use crate::text::one_line;

pub(crate) use actions::{ActionPair, Event};

/// Two assessments, matched part by part.
#[derive(Debug)]
pub(crate) struct Diff<'a> {
    /// How it was.
    pub old: Basis<'a>,
    /// How it is.
    pub new: Basis<'a>,
    /// The questions of the steps: in the order of the new checklist, then those that are gone.
    pub questions: Vec<QuestionPair<'a>>,
    /// The context questions, likewise.
    pub context: Vec<QuestionPair<'a>>,
    /// The steps, likewise.
    pub steps: Vec<StepPair<'a>>,
    /// The actions: in the order of the new file, then those that are no longer there.
    pub actions: Vec<ActionPair<'a>>,
}

/// A question as it stood and as it stands; one side is missing where it was not asked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct QuestionPair<'a> {
    /// How it stood.
    pub old: Option<Asked<'a>>,
    /// How it stands.
    pub new: Option<Asked<'a>>,
    /// The scales that it was and is rated on.
    scales: [Option<&'a Scale>; 2],
}

/// How the answer to a question moved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Movement<'a> {
    /// To a better value of its scale.
    Up(&'a ScaleValue, &'a ScaleValue),
    /// To a worse one.
    Down(&'a ScaleValue, &'a ScaleValue),
    /// It stands where it stood.
    Unchanged(Standing<'a>),
    /// It has a rating or an answer, and had none.
    NewlyRated(Standing<'a>, Standing<'a>),
    /// It had a rating or an answer, and has none.
    NoLongerRated(Standing<'a>, Standing<'a>),
    /// It is answered otherwise; answers in words have no direction.
    Answered,
    /// Neither was a rating, as from "too early" to "not applicable".
    Restated(Standing<'a>, Standing<'a>),
    /// The wording or the scale is another, so that the two cannot be compared.
    NotComparable,
    /// It is asked now, and was not.
    New,
    /// It was asked, and is not any more.
    Gone,
}

impl<'a> QuestionPair<'a> {
    /// How its answer moved.
    pub(crate) fn movement(&self) -> Movement<'a> {
        let (old, new) = match (self.old, self.new) {
            (Some(old), Some(new)) => (old, new),
            (None, _) => return Movement::New,
            (Some(_), None) => return Movement::Gone,
        };
        if wording_of(&old) != wording_of(&new) {
            return Movement::NotComparable;
        }
        match (old.standing, new.standing) {
            (Standing::Rated(from), Standing::Rated(to)) => self.between(from, to),
            (Standing::Answered, Standing::Answered) => match answers(&old) == answers(&new) {
                true => Movement::Unchanged(new.standing),
                false => Movement::Answered,
            },
            (from, to) if from == to => Movement::Unchanged(to),
            (from, to) => match (is_rated(from), is_rated(to)) {
                (false, true) => Movement::NewlyRated(from, to),
                (true, false) => Movement::NoLongerRated(from, to),
                _ => Movement::Restated(from, to),
            },
        }
    }

    /// The one that is there, the new one before the old.
    pub(crate) fn latest(&self) -> Asked<'a> {
        self.new.or(self.old).expect("a pair has at least one side")
    }

    /// The id that it had, where that is another than it has.
    pub(crate) fn moved_from(&self) -> Option<&'a str> {
        let (old, new) = (self.old?, self.new?);
        let id = old.question.id.value.as_str();
        (id != new.question.id.value).then_some(id)
    }

    /// Two values are compared by their place in a scale, which must be the same on both sides.
    fn between(&self, from: &'a ScaleValue, to: &'a ScaleValue) -> Movement<'a> {
        let [Some(was), Some(is)] = self.scales else { return Movement::NotComparable };
        if was.values != is.values {
            return Movement::NotComparable;
        }
        match is.rank(from).cmp(&is.rank(to)) {
            Ordering::Greater => Movement::Up(from, to),
            Ordering::Less => Movement::Down(from, to),
            Ordering::Equal => Movement::Unchanged(Standing::Rated(to)),
        }
    }
}

fn is_rated(standing: Standing<'_>) -> bool {
    matches!(standing, Standing::Rated(_) | Standing::Answered)
}

fn answers(asked: &Asked<'_>) -> Vec<String> {
    match asked.entry.map(|entry| &entry.answer) {
        Some(Answer::One(text)) => vec![one_line(&text.value)],
        Some(Answer::Many(texts, _)) => {
            let mut chosen: Vec<String> = texts.iter().map(|text| one_line(&text.value)).collect();
            chosen.sort();
            chosen
        }
        Some(Answer::Absent | Answer::Unreadable) | None => Vec::new(),
    }
}

/// What stands in one text and not in the other.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Differing {
    /// In the new one only.
    pub added: Vec<String>,
    /// In the old one only.
    pub withdrawn: Vec<String>,
}

/// A rating that moved up.
#[derive(Debug)]
pub(crate) struct MovedUp<'d, 'a> {
    /// The question.
    pub pair: &'d QuestionPair<'a>,
    /// How it was rated.
    pub from: &'a ScaleValue,
    /// How it is rated.
    pub to: &'a ScaleValue,
    /// Whether no evidence was added to it.
    pub is_unsupported: bool,
}

impl<'a> Diff<'a> {
    /// The ratings that moved up.
    pub(crate) fn moved_up(&self) -> impl Iterator<Item = MovedUp<'_, 'a>> {
        self.questions.iter().filter_map(|pair| match pair.movement() {
            Movement::Up(from, to) => {
                let is_unsupported = self.evidence(pair).added.is_empty();
                Some(MovedUp { pair, from, to, is_unsupported })
            }
            _ => None,
        })
    }
}

impl Diff<'_> {
    /// Leaves out what does not belong to a step: other questions and steps, and actions that stand
    /// elsewhere.
    pub(crate) fn keep_step(&mut self, id: &str) {
        self.questions.retain(|pair| pair.latest().step.is_some_and(|step| step.id.value == id));
        self.context.clear();
        self.steps.retain(|pair| pair.step.id.value == id);
        let step = self.new.checklist.step(id).or_else(|| self.old.checklist.step(id));
        let is_its = |question: &str| {
            step.is_some_and(|step| step.questions.iter().any(|own| own.id.value == question))
        };
        self.actions.retain(|pair| match pair.latest().origin {
            Origin::Question(question) => is_its(&question.value),
            Origin::Step(step) => step.value == id,
            Origin::Whole => {
                let covers = &pair.latest().action.covers;
                covers.iter().any(|own| own.value == id || is_its(&own.value))
            }
        });
    }

    /// The evidence of a question that came and that went, by name.
    pub(crate) fn evidence(&self, pair: &QuestionPair<'_>) -> Differing {
        let names = |side: &Basis<'_>, asked: Option<Asked<'_>>| {
            let items = asked.and_then(|asked| asked.entry).map(|entry| entry.evidence.iter());
            let name = |item| EvidenceWords::of(side.assessment, item).name;
            items.into_iter().flatten().map(name).collect()
        };
        differing(names(&self.old, pair.old), names(&self.new, pair.new))
    }
}

fn differing(old: Vec<String>, new: Vec<String>) -> Differing {
    let without = |all: &[String], other: &[String]| {
        let mut left = other.to_vec();
        let is_alone = |text: &&String| match left.iter().position(|own| own == *text) {
            Some(place) => {
                left.swap_remove(place);
                false
            }
            None => true,
        };
        all.iter().filter(is_alone).cloned().collect::<Vec<_>>()
    };
    Differing { added: without(&new, &old), withdrawn: without(&old, &new) }
}

/// A step as it stood and as it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StepPair<'a> {
    /// The step, as the latest checklist has it.
    pub step: &'a Step,
    /// How it stood.
    pub old: Option<StepState<'a>>,
    /// How it stands.
    pub new: Option<StepState<'a>>,
}

/// How a step stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct StepState<'a> {
    /// The assessor's own words.
    pub summary: Option<&'a str>,
    /// The opinion.
    pub assurance: Option<&'a str>,
    /// The value by the checklist's rule; nothing where its questions are not rated on one scale.
    pub derived: Option<RolledUp<'a>>,
}

fn line(given: &Given<String>) -> Option<&str> {
    given.value().map(|text| text.trim()).filter(|text| !text.is_empty())
}

/// Matches two assessments part by part.
pub(crate) fn diff<'a>(old: Basis<'a>, new: Basis<'a>) -> Diff<'a> {
    let asked = |side: &Basis<'a>| standing::stand(side.checklist, side.assessment);
    let context = |side: &Basis<'a>| standing::stand_context(side.checklist, side.assessment);
    let (was, is) = (asked(&old), asked(&new));
    let steps = steps(&old, &was, &new, &is);
    Diff {
        old,
        new,
        questions: questions(&old, was, &new, is),
        context: questions(&old, context(&old), &new, context(&new)),
        steps,
        actions: actions::actions(old.assessment, new.assessment),
    }
}

/// Questions are matched by id and wording, then by wording alone where only one has it, then by id.
fn questions<'a>(
    old_side: &Basis<'a>,
    old: Vec<Asked<'a>>,
    new_side: &Basis<'a>,
    new: Vec<Asked<'a>>,
) -> Vec<QuestionPair<'a>> {
    let is_asked = |asked: &Asked<'_>| asked.standing != Standing::NotAsked;
    let old: Vec<Asked<'a>> = old.into_iter().filter(is_asked).collect();
    let new: Vec<Asked<'a>> = new.into_iter().filter(is_asked).collect();
    let mut partners: Vec<Option<usize>> = vec![None; new.len()];
    let mut is_taken = vec![false; old.len()];
    let id = |asked: &Asked<'a>| asked.question.id.value.as_str();
    let both = |asked: &Asked<'a>| format!("{} {}", wording_of(asked), id(asked));
    let keys: [&dyn Fn(&Asked<'a>) -> String; 3] =
        [&both, &wording_of, &|asked: &Asked<'a>| id(asked).to_owned()];
    for key in keys {
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, asked) in old.iter().enumerate().filter(|(index, _)| !is_taken[*index]) {
            places.entry(key(asked)).or_default().push(index);
        }
        let mut wanted: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, asked) in new.iter().enumerate().filter(|(at, _)| partners[*at].is_none()) {
            wanted.entry(key(asked)).or_default().push(index);
        }
        for (key, indexes) in wanted {
            // Where several have the same words, nobody can say which went where.
            if let ([index], Some([place])) = (&*indexes, places.get(&key).map(Vec::as_slice)) {
                partners[*index] = Some(*place);
                is_taken[*place] = true;
            }
        }
    }
    let scale = |side: &Basis<'a>, asked: &Asked<'a>| side.checklist.scale_of(asked.question);
    let pair = |old: Option<Asked<'a>>, new: Option<Asked<'a>>| QuestionPair {
        old,
        new,
        scales: [
            old.and_then(|old| scale(old_side, &old)),
            new.and_then(|new| scale(new_side, &new)),
        ],
    };
    let is = new.iter().zip(&partners);
    let is = is.map(|(new, place)| pair(place.map(|place| old[place]), Some(*new)));
    let was = old.iter().zip(&is_taken).filter(|(_, taken)| !**taken);
    is.chain(was.map(|(old, _)| pair(Some(*old), None))).collect()
}

fn steps<'a>(
    old_side: &Basis<'a>,
    old: &[Asked<'a>],
    new_side: &Basis<'a>,
    new: &[Asked<'a>],
) -> Vec<StepPair<'a>> {
    let was = states(old_side, old);
    let is = states(new_side, new);
    let (of_old, of_new) = (Lookup::default(), Lookup::default());
    let find = |lookup: &Lookup, states: &[(&'a Step, StepState<'a>)], id: &str| {
        lookup.find(states, |(step, _)| &step.id.value, id).map(|(_, state)| *state)
    };
    let now = is.iter().map(|(step, state)| StepPair {
        step,
        old: find(&of_old, &was, &step.id.value),
        new: Some(*state),
    });
    let gone = was.iter().filter(|(step, _)| find(&of_new, &is, &step.id.value).is_none());
    let gone = gone.map(|(step, state)| StepPair { step, old: Some(*state), new: None });
    now.chain(gone).collect()
}

/// How each step that is covered stands.
fn states<'a>(side: &Basis<'a>, asked: &[Asked<'a>]) -> Vec<(&'a Step, StepState<'a>)> {
    let summary = summary::summarise(side.checklist, asked);
    let mut derived: HashMap<&str, Option<RolledUp<'a>>> = HashMap::new();
    for row in summary.tables.iter().flat_map(|table| &table.rows) {
        // A step that is rated on two scales has no one value.
        let own = derived.entry(&row.step.id.value);
        own.and_modify(|value| *value = None).or_insert(Some(row.rolled_up));
    }
    let state = |step: &'a Step| {
        let words = side.assessment.step(&step.id.value);
        let state = StepState {
            summary: words.and_then(|words| line(&words.summary)),
            assurance: words.and_then(|words| line(&words.assurance)),
            derived: derived.get(step.id.value.as_str()).copied().flatten(),
        };
        (step, state)
    };
    let covered = |step: &&Step| standing::covers(side.assessment, step);
    side.checklist.steps.iter().filter(covered).map(state).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Findings;
    use crate::model::assessment::Assessment;
    use crate::model::checklist::Checklist;
    use crate::model::{adapt, assessment, definition};
    use crate::source::{Source, SourceId};
    use crate::syntax::{toml, yaml};

    /// Numbers that come the same in every run.
    struct Numbers(u64);

    impl Numbers {
        fn below(&mut self, limit: usize) -> usize {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (self.0 >> 33) as usize % limit
        }

        fn one_of<'w>(&mut self, words: &[&'w str]) -> &'w str {
            words[self.below(words.len())]
        }
    }

    const SCALE: &str = "scrutiny = \"checklist\"\nid = \"t\"\ntitle = \"T\"\nedition = \"1\"\n\
        attribution = \"a\"\nroll-up = \"lowest\"\nscale = \"rag\"\n\
        [[scales.rag]]\nvalue = \"green\"\nlabel = \"Green\"\n\
        [[scales.rag]]\nvalue = \"amber\"\nlabel = \"Amber\"\n\
        [[scales.rag]]\nvalue = \"red\"\nlabel = \"Red\"\n";

    /// A checklist of some of the questions, some of them worded otherwise or under another id.
    fn checklist(numbers: &mut Numbers) -> Checklist {
        let mut text = SCALE.to_owned();
        let mut next = 0;
        for step in 1..=2 {
            text.push_str(&format!("[[step]]\nid = \"{step}\"\ntitle = \"Step {step}\"\n"));
            for _ in 0..3 {
                next += 1 + numbers.below(2);
                let wording = match numbers.below(6) {
                    0 => format!("Otherwise {next}?"),
                    1 => "The same words?".to_owned(),
                    _ => format!("Question {next}?"),
                };
                let kind = numbers.one_of(&["rag", "rag", "text", "yes-no"]);
                text.push_str(&format!(
                    "[[step.question]]\nid = \"{step}.{next}\"\nask = \"{wording}\"\nkind = \"{kind}\"\n"
                ));
            }
        }
        let source = Source::new(SourceId(1), "t.toml", text);
        let mut findings = Findings::default();
        let tree = toml::parse(&source, &mut findings);
        let definition = definition::decode(tree.root(), &mut findings);
        let definition = definition.expect("the checklist can be read");
        adapt::adapt(definition, None, &mut findings)
    }

    fn assessment(numbers: &mut Numbers, checklist: &Checklist) -> Assessment {
        let mut text = "scrutiny: assessment\nchecklist: t\npartnership: P\nperiod: 2026-27\n\
                        perspective: scrutineer\nratings:\n"
            .to_owned();
        for question in checklist.questions() {
            if numbers.below(5) == 0 {
                continue;
            }
            text.push_str(&format!("  {}:\n", question.id.value));
            match question.is_rated() {
                true => {
                    let words = ["green", "amber", "red", "too-early", "not-applicable", "gren"];
                    text.push_str(&format!("    rating: {}\n", numbers.one_of(&words)));
                }
                false => {
                    text.push_str(&format!("    answer: {}\n", numbers.one_of(&["yes", "no"])));
                }
            }
            if numbers.below(6) == 0 {
                text.push_str(&format!("    wording: {}\n", numbers.one_of(&["aaaaaa", "bbbbbb"])));
            }
            text.push_str("    evidence:\n");
            for _ in 0..numbers.below(3) {
                text.push_str(&format!(
                    "      - {}\n",
                    numbers.one_of(&["Audit", "Plan", "Visit"])
                ));
            }
        }
        text.push_str("actions:\n");
        for number in 0..6 {
            if numbers.below(3) == 0 {
                continue;
            }
            let status = numbers.one_of(&["proposed", "open", "done", "closed", "dropped"]);
            let lead = numbers.one_of(&["Police", "Health"]);
            let due = numbers.one_of(&["2026-10-30", "2026-12-18", ""]);
            text.push_str(&format!(
                "  - id: A-{number}\n    task: Task {number}\n    lead: {lead}\n    due: {due}\n    status: {status}\n"
            ));
        }
        let source = Source::new(SourceId(0), "t.yaml", text);
        let mut findings = Findings::default();
        let tree = yaml::parse(&source, &mut findings).expect("it is YAML");
        assessment::decode(tree.root(), 4, &mut findings).expect("it is an assessment")
    }

    fn mirrored(movement: Movement<'_>) -> Movement<'_> {
        match movement {
            Movement::Up(from, to) => Movement::Down(to, from),
            Movement::Down(from, to) => Movement::Up(to, from),
            Movement::NewlyRated(from, to) => Movement::NoLongerRated(to, from),
            Movement::NoLongerRated(from, to) => Movement::NewlyRated(to, from),
            Movement::Restated(from, to) => Movement::Restated(to, from),
            Movement::New => Movement::Gone,
            Movement::Gone => Movement::New,
            same => same,
        }
    }

    fn side<'a>((assessment, checklist): &'a (Assessment, &'a Checklist)) -> Basis<'a> {
        Basis { assessment, checklist, workspace: None, file: "", as_at: None }
    }

    /// A pair: the ids that the question had and has, how it moved, what evidence came and went.
    type Fact = (Option<String>, Option<String>, String, Vec<String>, Vec<String>);

    fn facts(diff: &Diff<'_>) -> Vec<Fact> {
        let id = |asked: Option<Asked<'_>>| asked.map(|asked| asked.question.id.value.clone());
        let fact = |pair: &QuestionPair<'_>| {
            let Differing { added, withdrawn } = diff.evidence(pair);
            (id(pair.old), id(pair.new), format!("{:?}", pair.movement()), added, withdrawn)
        };
        let mut facts: Vec<Fact> = diff.questions.iter().map(fact).collect();
        facts.sort();
        facts
    }

    /// The facts as they should be when the two assessments change places.
    fn mirrored_facts(diff: &Diff<'_>) -> Vec<Fact> {
        let id = |asked: Option<Asked<'_>>| asked.map(|asked| asked.question.id.value.clone());
        let fact = |pair: &QuestionPair<'_>| {
            let Differing { added, withdrawn } = diff.evidence(pair);
            let movement = format!("{:?}", mirrored(pair.movement()));
            (id(pair.new), id(pair.old), movement, withdrawn, added)
        };
        let mut facts: Vec<Fact> = diff.questions.iter().map(fact).collect();
        facts.sort();
        facts
    }

    #[test]
    fn reversed_is_the_mirror_and_of_itself_is_nothing() {
        let mut numbers = Numbers(2026);
        let checklists: Vec<Checklist> = (0..12).map(|_| checklist(&mut numbers)).collect();
        let made: Vec<(Assessment, &Checklist)> = checklists
            .iter()
            .flat_map(|checklist| std::iter::repeat_n(checklist, 10))
            .map(|checklist| (assessment(&mut numbers, checklist), checklist))
            .collect();
        let (mut pairs, mut ups, mut moved_ids, mut events) = (0, 0, 0, 0);
        for (one, two) in made.iter().flat_map(|one| made.iter().map(move |two| (one, two))) {
            let (one, two) = (side(one), side(two));
            pairs += 1;
            let same = diff(one, one);
            let is_unchanged =
                |pair: &QuestionPair<'_>| matches!(pair.movement(), Movement::Unchanged(_));
            assert!(same.questions.iter().all(is_unchanged));
            assert!(same.questions.iter().all(|pair| same.evidence(pair) == Differing::default()));
            assert!(same.actions.iter().all(|pair| pair.events().is_empty()));
            assert!(same.steps.iter().all(|pair| pair.old == pair.new));
            let (there, back) = (diff(one, two), diff(two, one));
            assert_eq!(facts(&there), mirrored_facts(&back));
            ups += there
                .questions
                .iter()
                .filter(|pair| matches!(pair.movement(), Movement::Up(..)))
                .count();
            moved_ids += there.questions.iter().filter(|pair| pair.moved_from().is_some()).count();
            events += there.actions.iter().flat_map(ActionPair::events).count();
            assert_eq!(there.actions.len(), back.actions.len());
        }
        assert!(pairs > 10_000 && ups > 500 && moved_ids > 100, "{pairs} {ups} {moved_ids}");
        assert!(events > 10_000, "{events}");
    }
}
