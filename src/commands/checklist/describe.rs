//! A checklist in full, as it is shown on a screen.

use crate::commands::screen::Screen;
use crate::model::checklist::{
    Change, Checklist, Choice, Kind, Need, Question, Range, RollUp, Scale, Step,
};
use crate::model::definition::capitalised;
use crate::summary;
use crate::text::{join_words, one_line};

/// A checklist in full, each question marked as kept, reworded, added or left out where it adapts
/// another.
pub(super) fn describe(checklist: &Checklist, screen: &Screen) -> String {
    let mut blocks = vec![describe_head(checklist, screen)];
    blocks.extend(checklist.scales.iter().map(|scale| describe_scale(checklist, scale, screen)));
    let is_adapted = checklist.adapted.is_some();
    blocks.extend(checklist.steps.iter().map(|step| describe_step(step, is_adapted, screen)));
    if !checklist.context.is_empty() {
        let mut text = screen.heading("Context questions");
        for question in &checklist.context {
            text.push_str(&describe_question(question, is_adapted, screen));
        }
        blocks.push(text);
    }
    let dropped = checklist.adapted.as_ref().map(|adapted| adapted.dropped.as_slice());
    if let Some(dropped @ [_, ..]) = dropped {
        let mut text = screen.heading("Left out");
        for dropped in dropped {
            let name = one_line(&format!("{} {}", dropped.id, dropped.title));
            let what = format!("{name} [dropped{}]", because(&dropped.why));
            text.push_str(&screen.item("  ", &what));
        }
        blocks.push(text);
    }
    blocks.join("\n")
}

fn describe_head(checklist: &Checklist, screen: &Screen) -> String {
    let mut text = screen.heading(&format!("{} ({})", checklist.title, checklist.id.value));
    let mut line = |label: &str, value: &str| {
        if !value.is_empty() {
            text.push_str(&screen.paragraph(&format!("{label}: {}", one_line(value))));
        }
    };
    line("Edition", &checklist.edition);
    line("About", &checklist.about);
    line("Source", &checklist.built_from);
    for attribution in &checklist.attribution {
        line("Attribution", attribution);
    }
    if let Some(adapted) = &checklist.adapted {
        line("Extends", &adapted.from);
    }
    let roll_up = checklist.roll_up.value;
    match roll_up {
        RollUp::None => line("Roll-up of a step", "none, so that no value is derived"),
        _ => line("Roll-up of a step", &format!("{} ({})", roll_up.word(), roll_up.words())),
    }
    line("Assurance opinions", &checklist.assurance.join(", "));
    text
}

fn describe_scale(checklist: &Checklist, scale: &Scale, screen: &Screen) -> String {
    let mut text = screen.heading(&format!("Scale {}, best first", scale.name.value));
    for value in &scale.values {
        let needs = value.needs();
        let mut parts = vec![one_line(&value.means)];
        parts.extend((!needs.is_empty()).then(|| format!("Needs {}.", join_words(&needs, "and"))));
        let words = one_line(&parts.join(" "));
        let name = named(&value.value.value, &value.label);
        let line = if words.is_empty() { name } else { format!("{name}: {words}") };
        text.push_str(&screen.item("  ", &line));
    }
    if checklist.roll_up.value != RollUp::None {
        text.push_str(&screen.item("  ", &summary::rule(checklist.roll_up.value, scale)));
    }
    text
}

/// A value with its label; the label alone where it is the value with a capital.
fn named(value: &str, label: &str) -> String {
    match label == capitalised(value) || label == value {
        true => label.to_owned(),
        false => format!("{value} ({label})"),
    }
}

fn describe_step(step: &Step, is_adapted: bool, screen: &Screen) -> String {
    let mark = change_mark(&step.change, is_adapted);
    let mut text = screen.heading(&format!("Step {}. {}{mark}", step.id.value, step.title));
    if let Change::Reworded { was, .. } = &step.change {
        text.push_str(&screen.item("  ", &format!("It was: {}", one_line(was))));
    }
    if !step.part.is_empty() {
        text.push_str(&screen.item("  ", &format!("Part: {}", step.part)));
    }
    if !step.from.is_empty() {
        text.push_str(&screen.item("  ", &format!("From: {}", step.from)));
    }
    for question in &step.questions {
        text.push_str(&describe_question(question, is_adapted, screen));
    }
    text
}

fn describe_question(question: &Question, is_adapted: bool, screen: &Screen) -> String {
    let mark = change_mark(&question.change, is_adapted);
    let title = format!("{} {}", question.id.value, question.title);
    let mut text = screen.item("  ", &format!("{} ({}){mark}", title.trim(), question.wording()));
    text.push_str(&screen.item(INSIDE, &one_line(&question.ask.value)));
    if let Change::Reworded { was, .. } = &question.change
        && *was != question.ask.value
    {
        text.push_str(&screen.item(INSIDE, &format!("It was: {}", one_line(was))));
    }
    for point in &question.points {
        text.push_str(&screen.item("      - ", &one_line(point)));
    }
    for (value, means) in &question.means {
        text.push_str(&screen.item(INSIDE, &format!("{} means: {}", value.value, one_line(means))));
    }
    text.push_str(&describe_kind(&question.kind, screen));
    for fact in question_facts(question) {
        text.push_str(&screen.item(INSIDE, &fact));
    }
    text
}

/// The margin of what stands under a question.
const INSIDE: &str = "      ";

/// How a question is answered; nothing where that goes without saying.
fn describe_kind(kind: &Kind, screen: &Screen) -> String {
    let (how, choices) = match kind {
        Kind::Rag(_) | Kind::Text => return String::new(),
        Kind::YesNo => return screen.item(INSIDE, "Answer: yes or no"),
        Kind::Number(range) => return screen.item(INSIDE, &number_words(range)),
        Kind::Choice(choices) => ("one", choices),
        Kind::Choices(choices) => ("any", choices),
    };
    let is_plain = |choice: &Choice| {
        choice.label == choice.value || choice.label == capitalised(&choice.value)
    };
    if choices.iter().all(is_plain) {
        let values: Vec<&str> = choices.iter().map(|choice| choice.value.as_str()).collect();
        return screen.item(INSIDE, &format!("Answer: {how} of {}", values.join(", ")));
    }
    let mut text = screen.item(INSIDE, &format!("Answer: {how} of"));
    for choice in choices {
        text.push_str(&screen.item("      - ", &format!("{}: {}", choice.value, choice.label)));
    }
    text
}

fn number_words(range: &Range) -> String {
    let unit = match range.unit.as_str() {
        "" => String::new(),
        unit => format!(" of {unit}"),
    };
    let bounds = match (range.min, range.max) {
        (Some(min), Some(max)) => format!(" from {min} to {max}"),
        (Some(min), None) => format!(", {min} or more"),
        (None, Some(max)) => format!(", {max} or less"),
        (None, None) => String::new(),
    };
    format!("Answer: a number{unit}{bounds}")
}

/// What else is said of a question.
fn question_facts(question: &Question) -> Vec<String> {
    let mut facts = Vec::new();
    let mut fact = |label: &str, text: String| {
        if !text.is_empty() {
            facts.push(format!("{label}{text}"));
        }
    };
    let respondents: Vec<&str> = question.respondents.iter().map(|id| id.value.as_str()).collect();
    fact("Asked of: ", respondents.join(", "));
    let only_if = question.only_if.as_ref().map(|only_if| &only_if.value);
    let only_if = only_if.map(|other| format!("{} is answered {}", other.question, other.value));
    fact("Asked only if ", only_if.unwrap_or_default());
    fact(
        "Evidence is ",
        match question.evidence {
            Some(Need::Required) => "required, whatever the rating".to_owned(),
            Some(Need::Optional) => "optional, whatever the rating".to_owned(),
            None => String::new(),
        },
    );
    let may = if question.not_applicable { "not-applicable" } else { "" };
    fact("May be answered ", may.to_owned());
    fact("Themes: ", question.themes.join(", "));
    fact("Look for: ", question.prompts.join("; "));
    fact("For young people: ", one_line(&question.young_people));
    fact("From: ", one_line(&question.from));
    facts
}

fn change_mark(change: &Change, is_adapted: bool) -> String {
    match change {
        Change::Kept if is_adapted => " [kept]".to_owned(),
        Change::Kept => String::new(),
        Change::Reworded { why, .. } => format!(" [reworded{}]", because(why)),
        Change::Added { why } => format!(" [added{}]", because(why)),
    }
}

fn because(why: &str) -> String {
    if why.is_empty() { String::new() } else { format!(": {}", one_line(why)) }
}
