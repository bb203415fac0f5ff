//! A checklist file as it is written: what it defines itself, and what it changes in another.

use crate::finding::Findings;
use crate::model::checklist::{
    Change, Choice, Condition, Kind, Need, Question, Range, RollUp, Scale, ScaleValue, Step,
};
use crate::model::faults;
use crate::source::Spanned;
use crate::syntax::decode::{self, Fields, Given, Keys};
use crate::syntax::faults as shape;
use crate::syntax::tree::{Kind as Shape, Node};
use crate::text::quoted;

/// A checklist file, decoded and not yet put together with what it extends.
#[derive(Debug)]
pub(crate) struct Definition {
    /// Its own id.
    pub id: Spanned<String>,
    /// The checklist that it extends: an id or a path.
    pub extends: Option<Spanned<String>>,
    /// What it says of itself; what is absent is taken over from the extended checklist.
    pub head: Head,
    /// Its own steps.
    pub steps: Vec<Step>,
    /// Its own context questions.
    pub context: Vec<Question>,
    /// Steps and questions added to the extended checklist.
    pub add: Vec<Addition>,
    /// Steps and questions left out of it.
    pub drop: Vec<Drop>,
    /// Steps and questions that are given other words.
    pub reword: Vec<Reword>,
}

/// The keys at the top of a checklist.
#[derive(Debug)]
pub(crate) struct Head {
    pub(super) title: Given<String>,
    pub(super) edition: Given<String>,
    pub(super) about: Given<String>,
    pub(super) source: Given<String>,
    pub(super) attribution: Given<String>,
    pub(super) roll_up: Given<RollUp>,
    pub(super) assurance: Vec<Spanned<String>>,
    pub(super) scales: Vec<Scale>,
    pub(super) scale: Option<Spanned<String>>,
}

/// A step or a question that is added.
#[derive(Debug)]
pub(crate) struct Addition {
    pub(super) what: Added,
    pub(super) why: String,
}

/// What is added, and where.
#[derive(Debug)]
pub(crate) enum Added {
    /// A whole step, after the step of the given id or last.
    Step(Box<Step>, Option<Spanned<String>>),
    /// A question, into a step and after another question, as far as these are given.
    Question {
        question: Box<Question>,
        step: Option<Spanned<String>>,
        after: Option<Spanned<String>>,
    },
}

/// Something left out.
#[derive(Debug)]
pub(crate) struct Drop {
    pub(super) id: Spanned<String>,
    pub(super) why: String,
}

/// Something given other words.
#[derive(Debug)]
pub(crate) struct Reword {
    pub(super) id: Spanned<String>,
    pub(super) title: Option<String>,
    pub(super) ask: Option<Spanned<String>>,
    pub(super) points: Option<Vec<String>>,
    pub(super) why: String,
}

pub(crate) const CHECKLIST: Keys<17> = [
    "scrutiny",
    "id",
    "title",
    "edition",
    "about",
    "source",
    "attribution",
    "roll-up",
    "scale",
    "assurance",
    "scales",
    "step",
    "context",
    "extends",
    "add",
    "drop",
    "reword",
];
pub(crate) const VALUE: Keys<8> =
    ["value", "label", "means", "evidence", "remaining", "action", "partial", "young-people"];
pub(crate) const STEP: Keys<5> = ["id", "title", "part", "from", "question"];
pub(crate) const QUESTION: Keys<19> = [
    "id",
    "title",
    "ask",
    "points",
    "from",
    "kind",
    "scale",
    "means",
    "evidence",
    "not-applicable",
    "respondents",
    "only-if",
    "themes",
    "prompts",
    "young-people",
    "choices",
    "unit",
    "min",
    "max",
];
pub(crate) const ADD: Keys<24> = [
    "id",
    "title",
    "ask",
    "points",
    "from",
    "kind",
    "scale",
    "means",
    "evidence",
    "not-applicable",
    "respondents",
    "only-if",
    "themes",
    "prompts",
    "young-people",
    "choices",
    "unit",
    "min",
    "max",
    "why",
    "step",
    "after",
    "part",
    "question",
];
pub(crate) const DROP: Keys<2> = ["id", "why"];
pub(crate) const REWORD: Keys<5> = ["id", "title", "ask", "points", "why"];
/// The kinds of question, as they are written.
pub(crate) const KINDS: [&str; 6] = ["rag", "text", "yes-no", "choice", "choices", "number"];
pub(crate) const CHOICE: Keys<2> = ["value", "label"];

/// Decodes a checklist file. Returns nothing where it has no id to speak of it by.
pub(crate) fn decode(root: Node<'_>, findings: &mut Findings) -> Option<Definition> {
    let mut fields = Fields::of(root, &CHECKLIST, findings)?;
    fields.take("scrutiny");
    let id = id(&mut fields, "id = \"local-2026\"", findings);
    let extends = fields.text("extends", findings).read().cloned();
    let scale = fields.text("scale", findings).read().cloned();
    let scales = fields.take("scales").map(|node| scales(node, findings)).unwrap_or_default();
    let mut decoder = Decoder { findings };
    let steps = decoder.each(&mut fields, "step", Decoder::step);
    let context = decoder.each(&mut fields, "context", |decoder, node| {
        let mut fields = Fields::of(node, &QUESTION, decoder.findings)?;
        decoder.question(&mut fields, Place::Context)
    });
    let add = decoder.each(&mut fields, "add", Decoder::addition);
    let drop = decoder.each(&mut fields, "drop", Decoder::drop);
    let reword = decoder.each(&mut fields, "reword", Decoder::reword);
    let title = match &extends {
        Some(_) => fields.text("title", findings),
        None => fields
            .need("title", "title = \"...\"", findings)
            .and_then(|title| decode::text(title, findings))
            .map_or(Given::Unreadable, Given::Read),
    };
    let changes = add.len() + drop.len() + reword.len();
    if let (Some(id), None, 1..) = (&id, &extends, changes) {
        let message = "This checklist changes another, and does not say which it extends";
        let help = "add `extends = \"...\"` with the id or the path of the other checklist";
        findings.report(&shape::MISSING_KEY, id.span, message).help(help);
    }
    let (add, drop, reword) = match extends {
        Some(_) => (add, drop, reword),
        // What there is to change is not known.
        None => (add, Vec::new(), Vec::new()),
    };
    let head = Head {
        title,
        edition: fields.text("edition", findings),
        about: fields.text("about", findings),
        source: fields.text("source", findings),
        attribution: fields.text("attribution", findings),
        roll_up: fields.text("roll-up", findings).and_then(|text| roll_up(&text, findings)),
        assurance: fields.texts("assurance", findings),
        scales,
        scale,
    };
    Some(Definition { id: id?, extends, head, steps, context, add, drop, reword })
}

fn id<const N: usize>(
    fields: &mut Fields<'_, N>,
    example: &str,
    findings: &mut Findings,
) -> Option<Spanned<String>> {
    let node = fields.need("id", example, findings)?;
    decode::text(node, findings)
}

fn roll_up(text: &Spanned<String>, findings: &mut Findings) -> Option<Spanned<RollUp>> {
    let words = [("parts", RollUp::Parts), ("lowest", RollUp::Lowest), ("none", RollUp::None)];
    decode::word(text, &words, "a roll-up rule", &shape::UNKNOWN_WORD, findings)
}

fn need<const N: usize>(
    fields: &mut Fields<'_, N>,
    key: &str,
    findings: &mut Findings,
) -> Option<Need> {
    let text = fields.text(key, findings);
    let words = [("required", Need::Required), ("optional", Need::Optional)];
    let read = text.read()?;
    let what = format!("a value of `{key}`");
    decode::word(read, &words, &what, &shape::UNKNOWN_WORD, findings).map(|need| need.value)
}

fn scales(node: Node<'_>, findings: &mut Findings) -> Vec<Scale> {
    if !matches!(node.kind(), Shape::Map) {
        findings
            .report(&shape::WRONG_SHAPE, node.span(), "A scale has a name and values")
            .help("begin each value with a line such as [[scales.rag]]");
        return Vec::new();
    }
    let mut scales = Vec::new();
    for (name, list) in node.entries() {
        let values = list.items().filter_map(|node| scale_value(node, findings));
        let values = values.collect();
        let name = name.scalar().map(|text| Spanned::new(text.to_owned(), name.span()));
        scales.extend(name.map(|name| Scale { name, values }));
    }
    scales
}

fn scale_value(node: Node<'_>, findings: &mut Findings) -> Option<ScaleValue> {
    let mut fields = Fields::of(node, &VALUE, findings)?;
    let value = fields.need("value", "value = \"green\"", findings);
    let value = value.and_then(|value| decode::text(value, findings));
    let label = fields.text("label", findings);
    let means = fields.written("means", findings);
    let evidence = need(&mut fields, "evidence", findings).unwrap_or(Need::Optional);
    let remaining = need(&mut fields, "remaining", findings).unwrap_or(Need::Optional);
    let action = need(&mut fields, "action", findings).unwrap_or(Need::Optional);
    let partial = fields.flag("partial", findings);
    let young_people = fields.written("young-people", findings);
    let value = value?;
    Some(ScaleValue {
        label: label.value().cloned().unwrap_or_else(|| capitalised(&value.value)),
        value,
        means: plain(means),
        evidence,
        remaining,
        action,
        partial,
        young_people: plain(young_people),
    })
}

/// A word with a capital, hyphens as spaces: "partly-assured" is printed "Partly assured".
pub(crate) fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) => first
            .to_uppercase()
            .chain(letters)
            .collect::<String>()
            .replace('-', " ")
            .replacen("Self ", "Self-", 1),
        None => String::new(),
    }
}

fn plain(given: Given<&str>) -> String {
    given.value().map(|text| text.trim().to_owned()).unwrap_or_default()
}

/// Where a question stands, which decides what is asked of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Step,
    Context,
}

struct Decoder<'f> {
    findings: &'f mut Findings,
}

impl Decoder<'_> {
    fn each<'t, T, const N: usize>(
        &mut self,
        fields: &mut Fields<'t, N>,
        key: &str,
        mut decode: impl FnMut(&mut Self, Node<'t>) -> Option<T>,
    ) -> Vec<T> {
        let list = fields.take(key).into_iter().flat_map(Node::items);
        list.filter_map(|node| decode(self, node)).collect()
    }

    fn step(&mut self, node: Node<'_>) -> Option<Step> {
        let mut fields = Fields::of(node, &STEP, self.findings)?;
        self.step_of(&mut fields)
    }

    fn step_of<const N: usize>(&mut self, fields: &mut Fields<'_, N>) -> Option<Step> {
        let id = id(fields, "id = \"1\"", self.findings);
        let title = fields.need("title", "title = \"...\"", self.findings);
        let title = title.and_then(|title| decode::text(title, self.findings));
        let part = fields.written("part", self.findings);
        let from = fields.written("from", self.findings);
        let questions = self.each(fields, "question", |decoder, node| {
            let mut fields = Fields::of(node, &QUESTION, decoder.findings)?;
            decoder.question(&mut fields, Place::Step)
        });
        Some(Step {
            id: id?,
            title: title.map(|title| title.value.trim().to_owned()).unwrap_or_default(),
            part: plain(part),
            from: plain(from),
            questions,
            change: Change::Kept,
        })
    }

    fn question<const N: usize>(
        &mut self,
        fields: &mut Fields<'_, N>,
        place: Place,
    ) -> Option<Question> {
        let id = id(fields, "id = \"1.1\"", self.findings);
        let ask = fields.need("ask", "ask = \"...\"", self.findings);
        let ask = ask.and_then(|ask| decode::written(ask, self.findings));
        let kind = self.kind(fields, place);
        let findings = &mut *self.findings;
        let title = match place {
            Place::Context => fields.take("title"),
            Place::Step => fields.need("title", "title = \"...\"", findings),
        };
        let title = title.and_then(|title| decode::written(title, findings));
        let trimmed = |text: &str| text.trim().to_owned();
        let points = fields.all_written("points", findings).map(trimmed).collect();
        let means = fields.take("means").map(|node| means(node, findings)).unwrap_or_default();
        let only_if = fields.text("only-if", findings).and_then(|text| condition(&text, findings));
        let themes = fields.all_written("themes", findings).map(str::to_owned).collect();
        let prompts = fields.all_written("prompts", findings).map(str::to_owned).collect();
        let id = id?;
        Some(Question {
            title: title.map(|title| trimmed(title.value)).unwrap_or_default(),
            ask: ask.map_or_else(|| Spanned::new(String::new(), id.span), |ask| ask.map(trimmed)),
            points,
            from: plain(fields.written("from", findings)),
            kind,
            means,
            evidence: need(fields, "evidence", findings),
            not_applicable: fields.flag("not-applicable", findings),
            respondents: fields.texts("respondents", findings),
            only_if: only_if.read().cloned(),
            themes,
            prompts,
            young_people: plain(fields.written("young-people", findings)),
            change: Change::Kept,
            id,
        })
    }

    /// The kind of a question, with the keys that belong to it.
    fn kind<const N: usize>(&mut self, fields: &mut Fields<'_, N>, place: Place) -> Kind {
        let words = KINDS.map(|word| (word, word));
        let default = if place == Place::Context { "text" } else { "rag" };
        let written = fields.text("kind", self.findings);
        let kind = written.read().map_or(Some(default), |text| {
            let what = "a kind of question";
            decode::word(text, &words, what, &shape::UNKNOWN_WORD, self.findings)
                .map(|kind| kind.value)
        });
        let scale = fields.text("scale", self.findings).read().cloned();
        let choices = self.each(fields, "choices", Decoder::choice);
        let range = Range {
            unit: plain(fields.written("unit", self.findings)),
            min: number(fields, "min", self.findings),
            max: number(fields, "max", self.findings),
        };
        match kind {
            Some("text") | None => Kind::Text,
            Some("yes-no") => Kind::YesNo,
            Some("choice") => Kind::Choice(choices),
            Some("choices") => Kind::Choices(choices),
            Some("number") => Kind::Number(range),
            Some(_) => Kind::Rag(scale),
        }
    }

    fn choice(&mut self, node: Node<'_>) -> Option<Choice> {
        if let Some(text) = node.scalar() {
            return Some(Choice { value: text.trim().to_owned(), label: text.trim().to_owned() });
        }
        let mut fields = Fields::of(node, &CHOICE, self.findings)?;
        let value = fields.need("value", "value = \"...\"", self.findings);
        let value = value.and_then(|value| decode::text(value, self.findings));
        let label = fields.text("label", self.findings);
        let value = value?.value.trim().to_owned();
        let label = label.value().cloned().unwrap_or_else(|| capitalised(&value));
        Some(Choice { value, label })
    }

    fn addition(&mut self, node: Node<'_>) -> Option<Addition> {
        let mut fields = Fields::of(node, &ADD, self.findings)?;
        let why = plain(fields.written("why", self.findings));
        let is_step = fields.has("question") || !fields.has("ask");
        let after = fields.text("after", self.findings).read().cloned();
        let what = if is_step {
            Added::Step(Box::new(self.step_of(&mut fields)?), after)
        } else {
            let step = fields.text("step", self.findings).read().cloned();
            let question = Box::new(self.question(&mut fields, Place::Step)?);
            Added::Question { question, step, after }
        };
        Some(Addition { what, why })
    }

    /// The reason for leaving out or rewording, which is asked for.
    fn why<const N: usize>(&mut self, fields: &mut Fields<'_, N>) -> String {
        let why = fields.need("why", "why = \"...\"", self.findings);
        let why = why.and_then(|why| decode::text(why, self.findings));
        why.map(|why| why.value.trim().to_owned()).unwrap_or_default()
    }

    fn drop(&mut self, node: Node<'_>) -> Option<Drop> {
        let mut fields = Fields::of(node, &DROP, self.findings)?;
        let id = id(&mut fields, "id = \"4.2\"", self.findings);
        let why = self.why(&mut fields);
        Some(Drop { id: id?, why })
    }

    fn reword(&mut self, node: Node<'_>) -> Option<Reword> {
        let mut fields = Fields::of(node, &REWORD, self.findings)?;
        let id = id(&mut fields, "id = \"3.1\"", self.findings);
        let why = self.why(&mut fields);
        let title = fields.text("title", self.findings);
        let ask = fields.text("ask", self.findings).read().cloned();
        let points = fields.has("points").then(|| fields.texts("points", self.findings));
        let points = points.map(|points| points.into_iter().map(|point| point.value).collect());
        let id = id?;
        if title.is_absent() && ask.is_none() && points.is_none() {
            let message = format!("{} is reworded, but no new words are given", quoted(&id.value));
            self.findings
                .report(&shape::MISSING_KEY, id.span, message)
                .help("add `ask = \"...\"` for a question, or `title = \"...\"` for a step");
        }
        Some(Reword { id, title: title.value().cloned(), ask, points, why })
    }
}

fn means(node: Node<'_>, findings: &mut Findings) -> Vec<(Spanned<String>, String)> {
    if !matches!(node.kind(), Shape::Map) {
        findings
            .report(&shape::WRONG_SHAPE, node.span(), "Meanings are given by value")
            .help("write `means = { green = \"...\", red = \"...\" }`");
        return Vec::new();
    }
    let mut means = Vec::new();
    for (value, text) in node.entries() {
        let text = decode::text(text, findings);
        let value = value.scalar().map(|word| Spanned::new(word.to_owned(), value.span()));
        means.extend(value.zip(text.map(|text| text.value)));
    }
    means
}

fn number<const N: usize>(
    fields: &mut Fields<'_, N>,
    key: &str,
    findings: &mut Findings,
) -> Option<f64> {
    let text = fields.text(key, findings);
    let text = text.read()?;
    let number = text.value.parse::<f64>().ok().filter(|number| number.is_finite());
    if number.is_none() {
        let message = format!("{} is not a number", quoted(&text.value));
        findings
            .report(&shape::UNKNOWN_WORD, text.span, message)
            .help(format!("write `{key} = 0` with the number that is meant"));
    }
    number
}

fn condition(text: &Spanned<String>, findings: &mut Findings) -> Option<Spanned<Condition>> {
    let parts = text.value.split_once('=').map(|(question, value)| (question.trim(), value.trim()));
    match parts.filter(|(question, value)| !question.is_empty() && !value.is_empty()) {
        Some((question, value)) => {
            let condition = Condition { question: question.to_owned(), value: value.to_owned() };
            Some(Spanned::new(condition, text.span))
        }
        None => {
            let message = format!("{} is not a condition", quoted(&text.value));
            findings
                .report(&faults::UNKNOWN_CONDITION, text.span, message)
                .help("write the other question's id, an equals sign and its answer: `1.1 = yes`");
            None
        }
    }
}
