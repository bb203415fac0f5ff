//! Where each question of a checklist stands in an assessment: rated, answered, not yet, not asked.
//!
//! The one place that holds what was typed to the checklist's scales and choices; rules, summaries
//! and reports all start from it, so that they cannot disagree.

use crate::model::assessment::{Answer, Assessment, Entry};
use crate::model::checklist::{Checklist, Choice, Condition, Kind, Question, ScaleValue, Step};
use crate::source::{Span, Spanned};
use crate::syntax::decode::Given;
use crate::text::trimmed;

/// Written in place of a rating where a question does not apply.
pub(crate) const NOT_APPLICABLE: &str = "not-applicable";

/// Written in place of a rating where it is too early to say.
pub(crate) const TOO_EARLY: &str = "too-early";

/// The perspective of the independent scrutineer.
pub(crate) const SCRUTINEER: &str = "scrutineer";

/// The perspective that is no view, because it stands for what was found between the views.
pub(crate) const AGREED: &str = "agreed";

/// The perspectives that every partnership has, beside its agencies.
pub(crate) const PERSPECTIVES: [&str; 5] = [SCRUTINEER, "self", "peer", "young-people", AGREED];

/// A question that is asked, with the answer to it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'a> {
    /// The step; nothing for a context question.
    pub step: Option<&'a Step>,
    /// The question.
    pub question: &'a Question,
    /// What the assessment says of it.
    pub entry: Option<&'a Entry>,
    /// Where it stands.
    pub standing: Standing<'a>,
}

/// Where a question stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Standing<'a> {
    /// Rated with a value of its scale.
    Rated(&'a ScaleValue),
    /// Answered, as its kind asks.
    Answered,
    /// Said not to apply.
    NotApplicable,
    /// Said to be too early to rate.
    TooEarly,
    /// Not rated or answered yet. That is never the lowest value.
    NotYet,
    /// Rated or answered with something that is not a value; reported, and never counted as one.
    Unreadable,
    /// Not asked, because another question is not answered so, or because it is for others.
    NotAsked,
}

impl PartialEq for ScaleValue {
    fn eq(&self, other: &Self) -> bool {
        self.value.value == other.value.value
    }
}

/// The questions of the steps that an assessment covers, in order.
pub(crate) fn stand<'a>(checklist: &'a Checklist, assessment: &'a Assessment) -> Vec<Asked<'a>> {
    let covered = checklist.steps.iter().filter(|step| covers(assessment, step));
    let questions =
        covered.flat_map(|step| step.questions.iter().map(move |question| (step, question)));
    questions
        .map(|(step, question)| {
            let entry = assessment.rating(&question.id.value);
            let standing = standing(checklist, assessment, question, entry);
            Asked { step: Some(step), question, entry, standing }
        })
        .collect()
}

/// Whether an assessment covers a step. One that names a question in place of its step covers it, as
/// far as the rules are concerned, which report that.
pub(crate) fn covers(assessment: &Assessment, step: &Step) -> bool {
    assessment.covers(&step.id.value)
        || step.questions.iter().any(|question| assessment.covers(&question.id.value))
}

/// The context questions, in order.
pub(crate) fn stand_context<'a>(
    checklist: &'a Checklist,
    assessment: &'a Assessment,
) -> Vec<Asked<'a>> {
    let ask = |question: &'a Question| {
        let entry = assessment.context_answer(&question.id.value);
        let standing = standing(checklist, assessment, question, entry);
        Asked { step: None, question, entry, standing }
    };
    checklist.context.iter().map(ask).collect()
}

fn standing<'a>(
    checklist: &'a Checklist,
    assessment: &Assessment,
    question: &Question,
    entry: Option<&Entry>,
) -> Standing<'a> {
    let standing = entry.map_or(Standing::NotYet, |entry| answered(checklist, question, entry));
    match is_asked(checklist, assessment, question) {
        true => standing,
        false => Standing::NotAsked,
    }
}

/// Where a question stands by what is said of it, be it asked or not.
fn answered<'a>(checklist: &'a Checklist, question: &Question, entry: &Entry) -> Standing<'a> {
    if entry.unreadable {
        return Standing::Unreadable;
    }
    if question.is_rated() {
        return match &entry.rating {
            Given::Absent if entry.answer == Answer::Absent => Standing::NotYet,
            Given::Absent | Given::Unreadable => Standing::Unreadable,
            Given::Read(rating) => match special(&rating.value) {
                Some(special) => special,
                None => {
                    let scale = checklist.scale_of(question);
                    let value = scale.and_then(|scale| scale.find(&rating.value));
                    value.map_or(Standing::Unreadable, Standing::Rated)
                }
            },
        };
    }
    if let Answer::One(text) = &entry.answer
        && let Some(special) = special(&text.value)
    {
        return special;
    }
    match (&entry.answer, &entry.rating) {
        (Answer::Absent, Given::Absent) => Standing::NotYet,
        (answer, _) => match read_answer(&question.kind, answer) {
            Ok(_) => Standing::Answered,
            Err(_) => Standing::Unreadable,
        },
    }
}

/// Whether what is said can stand under a question. An answer not yet given can.
pub(crate) fn takes(checklist: &Checklist, question: &Question, entry: &Entry) -> bool {
    let scale = checklist.scale_of(question);
    let is_rating = |(_, rating): &(Spanned<String>, Spanned<String>)| {
        special(&rating.value).is_some()
            || scale.is_some_and(|scale| scale.find(&rating.value).is_some())
    };
    let stands = match answered(checklist, question, entry) {
        Standing::Unreadable => false,
        Standing::NotApplicable => question.not_applicable,
        Standing::Rated(_) | Standing::Answered | Standing::TooEarly => true,
        Standing::NotYet | Standing::NotAsked => true,
    };
    stands && entry.views.iter().all(is_rating)
}

fn special(typed: &str) -> Option<Standing<'static>> {
    let typed = trimmed(typed);
    match typed {
        _ if typed.eq_ignore_ascii_case(NOT_APPLICABLE) => Some(Standing::NotApplicable),
        _ if typed.eq_ignore_ascii_case(TOO_EARLY) => Some(Standing::TooEarly),
        _ => None,
    }
}

/// Whether a question is put to this assessment's perspective, on the answers given so far.
fn is_asked(checklist: &Checklist, assessment: &Assessment, question: &Question) -> bool {
    let met = question.only_if.as_ref().is_none_or(|only_if| {
        // Where the other answer cannot be read, the question may well be asked.
        let met = condition(checklist, assessment, &only_if.value);
        matches!(met, Met::Yes | Met::Unreadable)
    });
    met && !is_for_others(assessment, question)
}

/// Whether a question is put to a perspective, whatever other answers say.
pub(crate) fn is_put_to(question: &Question, perspective: &str) -> bool {
    question.respondents.is_empty()
        || PERSPECTIVES.contains(&perspective)
        || question.respondents.iter().any(|agency| agency.value == perspective)
}

/// Whether a question is put to agencies of which this perspective is none.
pub(crate) fn is_for_others(assessment: &Assessment, question: &Question) -> bool {
    let perspective = assessment.perspective.value().map_or("", |word| word.trim());
    !perspective.is_empty() && !is_put_to(question, perspective)
}

/// Whether a condition holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Met {
    /// The other question is answered so.
    Yes,
    /// It is answered otherwise.
    No,
    /// It has no answer yet.
    Open,
    /// Its answer could not be read, and was reported.
    Unreadable,
}

/// Whether the condition holds under which a question is asked.
pub(crate) fn condition(
    checklist: &Checklist,
    assessment: &Assessment,
    condition: &Condition,
) -> Met {
    let other = checklist.any_question(&condition.question);
    let entry = assessment.answer(&condition.question);
    let (Some(other), Some(entry)) = (other, entry) else { return Met::Open };
    let says = |text: &Spanned<String>| text.value.trim().eq_ignore_ascii_case(&condition.value);
    match answered(checklist, other, entry) {
        Standing::NotYet => return Met::Open,
        Standing::Unreadable => return Met::Unreadable,
        _ => {}
    }
    let is_met = match &entry.answer {
        Answer::One(text) => says(text),
        Answer::Many(list, _) => list.iter().any(says),
        Answer::Absent | Answer::Unreadable => entry.rating.read().is_some_and(says),
    };
    if is_met { Met::Yes } else { Met::No }
}

/// An answer that fits its question.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Valid<'a> {
    /// Words.
    Text(&'a str),
    /// Yes or no.
    YesNo(bool),
    /// The choices made, one at most for a question with one choice.
    Chosen(Vec<&'a Choice>),
    /// A number.
    Number(f64),
}

/// Why an answer does not fit its question, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Misfit {
    /// Not one of the answers; the word that was typed.
    NotAChoice(Spanned<String>),
    /// The same choice twice; the second.
    Twice(Spanned<String>),
    /// Several answers where one is asked for.
    Several(Span),
    /// Not a number, or one out of bounds.
    NotANumber(Spanned<String>),
    /// Nothing that could be read.
    Nothing,
}

/// Holds an answer to the kind of its question. Letter case does not matter.
pub(crate) fn read_answer<'a>(kind: &'a Kind, answer: &'a Answer) -> Result<Valid<'a>, Misfit> {
    let one = || match answer {
        Answer::One(text) => Ok(text),
        Answer::Many(_, span) => Err(Misfit::Several(*span)),
        Answer::Absent | Answer::Unreadable => Err(Misfit::Nothing),
    };
    let choose = |choices: &'a [Choice], text: &Spanned<String>| {
        let typed = text.value.trim();
        let chosen = choices.iter().find(|choice| choice.value.eq_ignore_ascii_case(typed));
        chosen.ok_or_else(|| Misfit::NotAChoice(text.clone()))
    };
    match kind {
        Kind::Rag(_) => Err(Misfit::Nothing),
        Kind::Text => one().map(|text| Valid::Text(&text.value)),
        Kind::YesNo => one().and_then(|text| match text.value.trim() {
            typed if typed.eq_ignore_ascii_case("yes") => Ok(Valid::YesNo(true)),
            typed if typed.eq_ignore_ascii_case("no") => Ok(Valid::YesNo(false)),
            _ => Err(Misfit::NotAChoice(text.clone())),
        }),
        Kind::Choice(choices) => {
            one().and_then(|text| Ok(Valid::Chosen(vec![choose(choices, text)?])))
        }
        Kind::Choices(choices) => match answer {
            Answer::One(text) => Ok(Valid::Chosen(vec![choose(choices, text)?])),
            Answer::Many(list, _) => {
                let mut chosen = Vec::with_capacity(list.len());
                for text in list {
                    let choice = choose(choices, text)?;
                    if chosen.contains(&choice) {
                        return Err(Misfit::Twice(text.clone()));
                    }
                    chosen.push(choice);
                }
                Ok(Valid::Chosen(chosen))
            }
            Answer::Absent | Answer::Unreadable => Err(Misfit::Nothing),
        },
        Kind::Number(range) => one().and_then(|text| {
            let plain = |typed: &&str| {
                typed.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b'-')
            };
            let number = Some(text.value.trim()).filter(plain).and_then(|typed| typed.parse().ok());
            let inside = |number: &f64| {
                range.min.is_none_or(|min| *number >= min)
                    && range.max.is_none_or(|max| *number <= max)
            };
            let number = number.filter(inside);
            number.map(Valid::Number).ok_or_else(|| Misfit::NotANumber(text.clone()))
        }),
    }
}
