//! Steps and questions as a report shows them, with all that is said of each.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::chart::Bar;
use super::look::Look;
use super::plan::{ActionPart, action_part};
use super::tables::shares;
use super::{Prose, filled, perspective_words, rolled_up_words, sentence, text};
use crate::actions::{Basis, EvidenceWords, Tracked};
use crate::model::assessment::{Answer, Entry, StepWords};
use crate::model::checklist::{Change, Kind, Question, Scale, Step};
use crate::model::definition::capitalised;
use crate::model::period::long_date;
use crate::model::standing::{
    self, Asked, NOT_APPLICABLE, Standing, TOO_EARLY, Valid, read_answer,
};
use crate::source::Spanned;
use crate::summary::{RolledUp, StepRow, Summary};
use crate::syntax::decode::line;
use crate::text::one_line;

/// A step with its questions.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct StepPart {
    id: String,
    title: String,
    part: Option<String>,
    is_covered: bool,
    rolled_up: Option<String>,
    /// The same for each scale that its questions are rated on, with how it looks.
    derived: Vec<Derived>,
    /// How many of its questions have which value, as a bar for each scale.
    bars: Vec<Bar>,
    summary: Option<Prose>,
    assurance: Option<String>,
    questions: Vec<QuestionPart>,
    actions: Vec<ActionPart>,
}

/// A question with all that is said of it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct QuestionPart {
    id: String,
    title: Option<String>,
    ask: Option<String>,
    points: Vec<String>,
    from: Option<String>,
    change: Option<String>,
    /// Where it stands, as its heading says; nothing where the answer stands below.
    standing: Option<String>,
    /// How that looks.
    look: Look,
    /// What the rating means for this question.
    means: Option<String>,
    /// What stands over the answer.
    answer_label: &'static str,
    /// The answer in prose.
    answer: Option<Prose>,
    /// The answer in a word or two, or why there is none.
    short_answer: Option<String>,
    because: Option<Prose>,
    evidence: Vec<EvidencePart>,
    remaining: Option<Prose>,
    review_by: Option<String>,
    views: Vec<View>,
    reason: Option<Prose>,
    dissent: Option<Prose>,
    actions: Vec<ActionPart>,
    with_covers: bool,
}

#[derive(Debug, Serialize, Deserialize)]
struct View {
    perspective: String,
    rating: String,
    look: Look,
}

/// What a step comes to.
#[derive(Debug, Serialize, Deserialize)]
struct Derived {
    words: String,
    look: Look,
}

#[derive(Debug, Serialize, Deserialize)]
struct EvidencePart {
    name: String,
    says: Option<Prose>,
}

/// What steps and questions are made from: by steps, and actions by what they stand on.
pub(super) struct Parts<'a> {
    basis: Basis<'a>,
    asked: HashMap<&'a str, Vec<&'a Asked<'a>>>,
    rows: HashMap<&'a str, Vec<(&'a Scale, &'a StepRow<'a>)>>,
    actions: HashMap<&'a str, Vec<&'a Tracked>>,
}

impl<'a> Parts<'a> {
    /// Sorts what there is by where it belongs.
    pub(super) fn of(
        basis: Basis<'a>,
        summary: &'a Summary<'a>,
        asked: &'a [Asked<'a>],
        tracked: &'a [Tracked],
    ) -> Self {
        let of_step = |asked: &'a Asked<'a>| Some((asked.step?.id.value.as_str(), asked));
        let rows = summary.tables.iter().flat_map(|table| {
            table.rows.iter().map(|row| (row.step.id.value.as_str(), (table.scale, row)))
        });
        Parts {
            basis,
            asked: gathered(asked.iter().filter_map(of_step)),
            rows: gathered(rows),
            actions: gathered(tracked.iter().map(|action| (action.origin.as_str(), action))),
        }
    }

    /// A step; nothing where the assessment does not cover it and says nothing of it either.
    pub(super) fn step(&self, step: &Step) -> Option<StepPart> {
        let assessment = self.basis.assessment;
        let is_covered = standing::covers(assessment, step);
        let words: Option<&StepWords> = assessment.step(&step.id.value);
        let part = StepPart {
            id: step.id.value.clone(),
            title: step.title.clone(),
            part: filled(&step.part),
            is_covered,
            rolled_up: self.rolled_up(step),
            derived: self.derived(step),
            bars: self.bars(step),
            summary: words.and_then(|words| text(&words.summary)),
            assurance: words
                .and_then(|words| line(&words.assurance))
                .map(|word| capitalised(&word)),
            questions: self.questions(step, is_covered),
            actions: self.actions_at(&format!("step {}", step.id.value)),
        };
        let says_something = part.summary.is_some()
            || part.assurance.is_some()
            || !part.questions.is_empty()
            || !part.actions.is_empty();
        (is_covered || says_something).then_some(part)
    }

    /// The questions that are asked, and those that are not but of which something is said all the
    /// same, so that no word is lost.
    fn questions(&self, step: &Step, is_covered: bool) -> Vec<QuestionPart> {
        let shown = |asked: &Asked<'_>| {
            asked.standing != Standing::NotAsked || asked.entry.is_some_and(has_content)
        };
        if is_covered {
            let own = self.asked.get(step.id.value.as_str()).into_iter().flatten();
            return own.filter(|asked| shown(asked)).map(|asked| self.question(asked)).collect();
        }
        let assessment = self.basis.assessment;
        let unasked = step.questions.iter().map(|question| Asked {
            step: None,
            question,
            entry: assessment.rating(&question.id.value),
            standing: Standing::NotAsked,
        });
        unasked.filter(shown).map(|asked| self.question(&asked)).collect()
    }

    /// The value of a step, on each scale that its questions are rated on.
    fn rolled_up(&self, step: &Step) -> Option<String> {
        let derived: Vec<String> = self.derived(step).into_iter().map(|own| own.words).collect();
        (!derived.is_empty()).then(|| derived.join("; "))
    }

    fn derived(&self, step: &Step) -> Vec<Derived> {
        let own = self.rows(step).filter(|(_, row)| row.rolled_up != RolledUp::Underived);
        own.map(|(scale, row)| Derived {
            words: rolled_up_words(row.rolled_up),
            look: Look::of_rolled_up(scale, row.rolled_up),
        })
        .collect()
    }

    fn bars(&self, step: &Step) -> Vec<Bar> {
        let what = format!("Step {}", step.id.value);
        self.rows(step)
            .filter_map(|(scale, row)| Bar::of(&what, &shares(scale, &row.counts)))
            .collect()
    }

    /// The counts of a step, on each scale that its questions are rated on.
    fn rows(&self, step: &Step) -> impl Iterator<Item = (&'a Scale, &'a StepRow<'a>)> {
        self.rows.get(step.id.value.as_str()).into_iter().flatten().copied()
    }

    /// A question of a step, or a context question.
    pub(super) fn question(&self, asked: &Asked<'_>) -> QuestionPart {
        let Asked { question, entry, standing, .. } = *asked;
        let change = change_words(&question.change);
        let means = match standing {
            Standing::Rated(value) => {
                let mut means = question.means.iter();
                let is_own = |own: &str| own.eq_ignore_ascii_case(&value.value.value);
                means.find(|(own, _)| is_own(&own.value)).map(|(_, text)| one_line(text))
            }
            _ => None,
        };
        let is_short_answered = !question.is_rated() && standing != Standing::NotAsked;
        QuestionPart {
            title: filled(&question.title),
            ask: filled(&one_line(&question.ask.value)),
            points: question.points.iter().map(|point| one_line(point)).collect(),
            from: filled(&question.from),
            change,
            standing: (!is_short_answered).then(|| standing_words(asked)),
            look: Look::of_standing(self.basis.checklist.scale_of(question), standing),
            means,
            ..self.said(&question.id.value, Some(question), entry, standing)
        }
    }

    /// Answers to questions that the checklist does not have, so that no word is lost.
    pub(super) fn set_aside(&self) -> Vec<QuestionPart> {
        let Basis { assessment, checklist, .. } = self.basis;
        let is_known = |id: &str| checklist.any_question(id).is_some();
        let entries = assessment.context.iter().chain(&assessment.ratings);
        let unknown = entries.filter(|entry| !is_known(&entry.id.value) && has_content(entry));
        let part = |entry: &Entry| {
            let id = entry.id.value.as_str();
            let dropped = checklist.dropped(id).filter(|dropped| dropped.id == id);
            QuestionPart {
                title: dropped.and_then(|dropped| filled(&dropped.title)),
                standing: Some("Not in the checklist".to_owned()),
                ..self.said(id, None, Some(entry), Standing::NotAsked)
            }
        };
        unknown.map(part).collect()
    }

    /// What is said of a question.
    fn said(
        &self,
        id: &str,
        question: Option<&Question>,
        entry: Option<&Entry>,
        standing: Standing<'_>,
    ) -> QuestionPart {
        let given = |field: fn(&Entry) -> Option<Prose>| entry.and_then(field);
        let is_set_aside = standing == Standing::NotAsked;
        let is_rated = question.is_some_and(Question::is_rated);
        let review_by = entry.and_then(|entry| entry.review_by.value()).map(|day| long_date(*day));
        let (answer, short) = match entry {
            Some(entry) if is_set_aside => self.given_words(question, entry),
            Some(entry) if !is_rated => answer_words(question, entry),
            _ => (None, None),
        };
        let is_open = matches!(standing, Standing::NotYet | Standing::Unreadable);
        let short = match (&answer, short) {
            (None, None) if is_open && !is_rated => Some("Not yet answered".to_owned()),
            (_, short) => short,
        };
        let in_answer = standing == Standing::TooEarly && !is_rated;
        let name = question.map_or_else(|| format!("question {id}"), Question::name);
        let actions = self.actions_at(&name);
        QuestionPart {
            id: one_line(id),
            title: None,
            ask: None,
            points: Vec::new(),
            from: None,
            change: None,
            standing: None,
            look: Look::Plain,
            means: None,
            answer_label: match entry {
                Some(entry) if is_set_aside && entry.rating.value().is_some() => {
                    "Rating, not counted"
                }
                _ if is_set_aside => "Answer, not counted",
                _ => "Answer",
            },
            answer,
            short_answer: match (short, &review_by) {
                (Some(short), Some(day)) if in_answer => {
                    Some(format!("{short}, looked at again by {day}"))
                }
                (short, _) => short,
            },
            because: given(|entry| text(&entry.because)),
            evidence: self.evidence(entry),
            remaining: given(|entry| text(&entry.remaining)),
            review_by: review_by.filter(|_| !in_answer),
            views: entry.map(|entry| self.views(question, entry)).unwrap_or_default(),
            reason: given(|entry| text(&entry.reason)),
            dissent: given(|entry| text(&entry.dissent)),
            with_covers: actions.iter().any(ActionPart::has_covers),
            actions,
        }
    }

    fn evidence(&self, entry: Option<&Entry>) -> Vec<EvidencePart> {
        let items = entry.into_iter().flat_map(|entry| &entry.evidence);
        let part = |item| {
            let EvidenceWords { name, says, restricted: _ } =
                EvidenceWords::of(self.basis.assessment, item);
            EvidencePart { name, says }
        };
        items.map(part).collect()
    }

    /// A rating in the word that readers know.
    fn rating_words(&self, question: Option<&Question>, rating: &str) -> String {
        let scale = question.and_then(|question| self.basis.checklist.scale_of(question));
        let value = scale.and_then(|scale| scale.find(rating));
        value.map_or_else(|| capitalised(rating.trim()), |value| value.label.clone())
    }

    fn views(&self, question: Option<&Question>, entry: &Entry) -> Vec<View> {
        let view = |(perspective, rating): &(Spanned<String>, Spanned<String>)| View {
            perspective: perspective_words(perspective.value.trim(), self.basis.workspace),
            rating: self.rating_words(question, &rating.value),
            look: Look::of_value(
                question.and_then(|question| self.basis.checklist.scale_of(question)),
                &rating.value,
            ),
        };
        entry.views.iter().map(view).collect()
    }

    /// The rating or answer that was given to a question that does not count.
    fn given_words(
        &self,
        question: Option<&Question>,
        entry: &Entry,
    ) -> (Option<Prose>, Option<String>) {
        match entry.rating.value() {
            Some(rating) => (None, Some(self.rating_words(question, rating))),
            None => answer_words(question, entry),
        }
    }

    fn actions_at(&self, origin: &str) -> Vec<ActionPart> {
        let here = self.actions.get(origin).into_iter().flatten();
        here.map(|action| action_part(action)).collect()
    }
}

/// Things by a name that each has, in their order.
fn gathered<'a, T>(all: impl Iterator<Item = (&'a str, T)>) -> HashMap<&'a str, Vec<T>> {
    let mut by_name: HashMap<&str, Vec<T>> = HashMap::new();
    for (name, one) in all {
        by_name.entry(name).or_default().push(one);
    }
    by_name
}

/// Whether anything but the fingerprint of its wording is said of a question.
pub(super) fn has_content(entry: &Entry) -> bool {
    let texts = [&entry.because, &entry.remaining, &entry.reason, &entry.dissent, &entry.rating];
    texts.iter().any(|text| text.value().is_some())
        || matches!(entry.answer, Answer::One(_) | Answer::Many(..))
        || entry.review_by.value().is_some()
        || !(entry.evidence.is_empty() && entry.actions.is_empty() && entry.views.is_empty())
}

/// Where a question stands, in words.
pub(super) fn standing_words(asked: &Asked<'_>) -> String {
    match asked.standing {
        Standing::Rated(value) => value.label.clone(),
        Standing::Answered => "Answered".to_owned(),
        Standing::NotApplicable => "Not applicable".to_owned(),
        Standing::TooEarly => "Too early to rate".to_owned(),
        Standing::NotYet | Standing::Unreadable => "Not yet rated".to_owned(),
        Standing::NotAsked => "Not asked".to_owned(),
    }
}

/// The answer to a question that is not rated: in prose, or in a word or two.
pub(super) fn answer_words(
    question: Option<&Question>,
    entry: &Entry,
) -> (Option<Prose>, Option<String>) {
    if let Answer::One(text) = &entry.answer {
        match text.value.trim() {
            typed if typed.eq_ignore_ascii_case(NOT_APPLICABLE) => {
                return (None, Some("Not applicable".to_owned()));
            }
            typed if typed.eq_ignore_ascii_case(TOO_EARLY) => {
                return (None, Some("Too early to say".to_owned()));
            }
            _ => {}
        }
    }
    let Some(question) = question else { return (as_typed(&entry.answer), None) };
    let short = match read_answer(&question.kind, &entry.answer) {
        Ok(Valid::Text(text)) => return (Some(text.trim().to_owned()), None),
        Ok(Valid::YesNo(true)) => "Yes".to_owned(),
        Ok(Valid::YesNo(false)) => "No".to_owned(),
        Ok(Valid::Chosen(choices)) => {
            let labels: Vec<&str> = choices.iter().map(|choice| choice.label.as_str()).collect();
            labels.join("; ")
        }
        Ok(Valid::Number(_)) => number_words(question, &entry.answer),
        Err(_) => return (as_typed(&entry.answer), None),
    };
    (None, filled(&short))
}

fn number_words(question: &Question, answer: &Answer) -> String {
    let Answer::One(written) = answer else { return String::new() };
    match &question.kind {
        Kind::Number(range) if !range.unit.is_empty() => {
            format!("{} {}", written.value.trim(), range.unit)
        }
        _ => written.value.trim().to_owned(),
    }
}

/// An answer as it was typed, where nothing says how it is to be read.
fn as_typed(answer: &Answer) -> Option<Prose> {
    match answer {
        Answer::One(text) => filled(text.value.trim()),
        Answer::Many(list, _) => {
            let words: Vec<&str> = list.iter().map(|text| text.value.trim()).collect();
            filled(&words.join("; "))
        }
        Answer::Absent | Answer::Unreadable => None,
    }
}

fn change_words(change: &Change) -> Option<String> {
    let because = |why: &str| match one_line(why) {
        why if why.is_empty() => String::new(),
        why => format!(", because: {why}"),
    };
    match change {
        Change::Kept => None,
        Change::Reworded { why, .. } => {
            Some(sentence(&format!("Reworded locally{}", because(why))))
        }
        Change::Added { why } => Some(sentence(&format!("Added locally{}", because(why)))),
    }
}
