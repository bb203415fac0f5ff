//! What changed beside the words: scales, kinds, answers, needs, and what is said of the whole.

use crate::model::checklist::{Checklist, Kind, Need, Question, RollUp, Scale, ScaleValue};
use crate::text::one_line;

/// Something that is said otherwise than it was; nothing where it was not said, or is not any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shift {
    /// What it is about.
    pub aspect: Aspect,
    /// As it was.
    pub was: String,
    /// As it is.
    pub is: String,
}

/// What can change beside the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Aspect {
    /// The short title.
    Title,
    /// How it is answered.
    Kind,
    /// The scale that it is rated on.
    Scale,
    /// The answers to choose from, or the bounds of a number.
    Answers,
    /// What values of the scale mean for this question.
    Meanings,
    /// Whether it asks for evidence.
    Evidence,
    /// Whether it may be answered "not applicable".
    NotApplicable,
    /// Who is asked.
    Respondents,
    /// When it is asked at all.
    Condition,
    /// What it is about, for analyses.
    Themes,
    /// Evidence to look for.
    Prompts,
    /// Its words for a young reader.
    YoungPeople,
    /// Where in the source it stands.
    From,
    /// The edition.
    Edition,
    /// What the whole is for.
    About,
    /// The document that it is built from.
    Source,
    /// What every output prints to name the authors.
    Attribution,
    /// How a step is summed up.
    RollUp,
    /// The words for an opinion.
    Assurance,
}

/// A scale that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ScaleLink {
    /// Its name.
    pub name: String,
    /// Its values, best first, as they were; none where it is new.
    pub was: Option<Vec<String>>,
    /// Its values as they are; none where it is gone.
    pub is: Option<Vec<String>>,
    /// The values of which something else is said than was: their meanings, labels or needs.
    pub changed: Vec<String>,
}

/// Collects what differs.
#[derive(Default)]
struct Shifts(Vec<Shift>);

impl Shifts {
    fn add(&mut self, aspect: Aspect, was: String, is: String) {
        if was != is {
            self.0.push(Shift { aspect, was, is });
        }
    }
}

/// What changed about a question beside its words and its place.
pub(super) fn between(
    old: &Checklist,
    was: &Question,
    new: &Checklist,
    is: &Question,
) -> Vec<Shift> {
    let mut shifts = Shifts::default();
    let mut add = |aspect, of: &dyn Fn(&Question) -> String| shifts.add(aspect, of(was), of(is));
    add(Aspect::Title, &|own| one_line(&own.title));
    add(Aspect::Kind, &|own| kind_word(&own.kind).to_owned());
    add(Aspect::Answers, &|own| answers(&own.kind));
    add(Aspect::Meanings, &|own| {
        let pair = |(value, means): &(crate::source::Spanned<String>, String)| {
            format!("{}: {}", value.value, one_line(means))
        };
        own.means.iter().map(pair).collect::<Vec<_>>().join("; ")
    });
    add(Aspect::Evidence, &|own| own.evidence.map_or(String::new(), |need| need_word(need).into()));
    add(Aspect::NotApplicable, &|own| {
        if own.not_applicable { "allowed".to_owned() } else { "not allowed".to_owned() }
    });
    add(Aspect::Respondents, &|own| {
        own.respondents.iter().map(|id| id.value.as_str()).collect::<Vec<_>>().join(", ")
    });
    add(Aspect::Condition, &|own| {
        let words = own.only_if.as_ref().map(|only_if| &only_if.value);
        words.map_or(String::new(), |other| format!("{} = {}", other.question, other.value))
    });
    add(Aspect::Themes, &|own| own.themes.join(", "));
    add(Aspect::Prompts, &|own| {
        own.prompts.iter().map(|text| one_line(text)).collect::<Vec<_>>().join("; ")
    });
    add(Aspect::YoungPeople, &|own| one_line(&own.young_people));
    add(Aspect::From, &|own| one_line(&own.from));
    if was.is_rated() && is.is_rated() {
        let scale = |checklist: &Checklist, question: &Question| {
            checklist.scale_of(question).map_or(String::new(), scale_words)
        };
        shifts.add(Aspect::Scale, scale(old, was), scale(new, is));
    }
    shifts.0
}

/// What is said otherwise on the whole.
pub(super) fn head(old: &Checklist, new: &Checklist) -> Vec<Shift> {
    let mut shifts = Shifts::default();
    let mut add = |aspect, of: &dyn Fn(&Checklist) -> String| shifts.add(aspect, of(old), of(new));
    add(Aspect::Title, &|own| one_line(&own.title));
    add(Aspect::Edition, &|own| one_line(&own.edition));
    add(Aspect::About, &|own| one_line(&own.about));
    add(Aspect::Source, &|own| one_line(&own.built_from));
    add(Aspect::Attribution, &|own| one_line(&own.attribution.join(" ")));
    add(Aspect::RollUp, &|own| RollUp::word(own.roll_up.value).to_owned());
    add(Aspect::Assurance, &|own| own.assurance.join(", "));
    shifts.0
}

/// The scales that are not as they were.
pub(super) fn scales(old: &Checklist, new: &Checklist) -> Vec<ScaleLink> {
    let names = |scale: &Scale| scale.values.iter().map(|own| own.value.value.clone()).collect();
    let link = |name: &str| {
        let (was, is) = (old.scale(name), new.scale(name));
        let changed = match (was, is) {
            (Some(was), Some(is)) => changed_values(was, is),
            _ => Vec::new(),
        };
        ScaleLink { name: name.to_owned(), was: was.map(names), is: is.map(names), changed }
    };
    let own = new.scales.iter().map(|scale| scale.name.value.as_str());
    let gone = old.scales.iter().map(|scale| scale.name.value.as_str());
    let gone = gone.filter(|name| new.scale(name).is_none());
    let links = own.chain(gone).map(link);
    links.filter(|link| link.was != link.is || !link.changed.is_empty()).collect()
}

fn changed_values(was: &Scale, is: &Scale) -> Vec<String> {
    let said = |value: &ScaleValue| {
        let needs = [value.evidence, value.remaining, value.action].map(need_word);
        (value.label.clone(), one_line(&value.means), needs, value.partial)
    };
    let is_other = |value: &&ScaleValue| {
        was.find(&value.value.value).is_some_and(|before| said(before) != said(value))
    };
    is.values.iter().filter(is_other).map(|value| value.value.value.clone()).collect()
}

/// A scale with its values, best first.
fn scale_words(scale: &Scale) -> String {
    let values: Vec<&str> = scale.values.iter().map(|own| own.value.value.as_str()).collect();
    format!("{} ({})", scale.name.value, values.join(", "))
}

fn need_word(need: Need) -> &'static str {
    match need {
        Need::Required => "required",
        Need::Optional => "optional",
    }
}

fn kind_word(kind: &Kind) -> &'static str {
    match kind {
        Kind::Rag(_) => "rated",
        Kind::Text => "text",
        Kind::YesNo => "yes-no",
        Kind::Choice(_) => "choice",
        Kind::Choices(_) => "choices",
        Kind::Number(_) => "number",
    }
}

/// The answers to choose from, or the bounds of a number.
fn answers(kind: &Kind) -> String {
    match kind {
        Kind::Rag(_) | Kind::Text | Kind::YesNo => String::new(),
        Kind::Choice(choices) | Kind::Choices(choices) => {
            choices.iter().map(|choice| choice.value.as_str()).collect::<Vec<_>>().join(", ")
        }
        Kind::Number(range) => {
            let bound = |word: &str, bound: Option<f64>| bound.map(|own| format!("{word} {own}"));
            let unit = Some(range.unit.clone()).filter(|unit| !unit.is_empty());
            let parts = [unit, bound("from", range.min), bound("to", range.max)];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
    }
}

/// Whether the answers to one question can be answers to another: they are given in the same way, and a
/// rating is one of the same values. Whether an answer is within the choices and bounds of today, it
/// shows itself.
pub(crate) fn fits(old: &Checklist, was: &Question, new: &Checklist, is: &Question) -> bool {
    let values = |scale: &Scale| -> Vec<String> {
        scale.values.iter().map(|own| own.value.value.to_lowercase()).collect()
    };
    match (&was.kind, &is.kind) {
        (Kind::Rag(_), Kind::Rag(_)) => {
            old.scale_of(was).map(values) == new.scale_of(is).map(values)
        }
        (Kind::Text, Kind::Text) | (Kind::YesNo, Kind::YesNo) => true,
        (Kind::Choice(_) | Kind::Choices(_), Kind::Choices(_)) => true,
        (Kind::Choice(_), Kind::Choice(_)) => true,
        (Kind::Number(from), Kind::Number(to)) => from.unit == to.unit,
        _ => false,
    }
}
