//! The words of a screen: a question, its help, what stands on it, and the sheet for the editor.
//!
//! In blocks, which the screen wraps. Nothing is drawn, and no colour says anything, so that a page
//! reads the same aloud.

use super::reply::{Manner, Menu, number_words};
use super::{Before, Key, Said, is_open, is_stale};
use crate::model::checklist::{Checklist, Need, Question};
use crate::model::definition::capitalised;
use crate::model::period::long_date;
use crate::model::standing::{self, Asked, NOT_APPLICABLE, TOO_EARLY};
use crate::text::{join_words, one_line};

/// A part of a screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    /// An empty line.
    Gap,
    /// A heading.
    Heading(String),
    /// A paragraph.
    Paragraph(String),
    /// A line behind a mark.
    Item(String, String),
}

/// How many characters of a text that stands are shown beside a question.
const EXCERPT: usize = 400;

/// How many are shown where the text is asked for, just after that.
const REMINDER: usize = 100;

/// A question: its number, its words, what stands now, and what can be answered. `place` is its place
/// in the list, from 1, and the length of the list.
pub(crate) fn question(
    checklist: &Checklist,
    asked: &Asked<'_>,
    menu: &Menu<'_>,
    place: (usize, usize),
) -> Vec<Block> {
    let question = asked.question;
    let title = format!("{} {}", question.id.value, question.title);
    let heading = format!("Question {} of {} - {}", place.0, place.1, title.trim_end());
    let mut blocks = vec![Block::Gap, Block::Heading(heading)];
    blocks.push(Block::Paragraph(one_line(&question.ask.value)));
    blocks.extend(question.points.iter().map(|point| item("-", &one_line(point))));
    blocks.extend(stands(checklist, asked, menu));
    blocks.push(Block::Gap);
    blocks.extend(choices(menu));
    blocks
}

/// What there is to choose from, and what can be typed.
pub(crate) fn choices(menu: &Menu<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    if matches!(menu.manner, Manner::One | Manner::Several) {
        let numbered = menu.offers.iter().enumerate();
        blocks.extend(numbered.map(|(at, offer)| item(&(at + 1).to_string(), &offer.label)));
    }
    blocks.push(Block::Paragraph(invitation(menu)));
    blocks
}

fn item(mark: &str, text: &str) -> Block {
    Block::Item(format!("{mark} "), text.to_owned())
}

/// What stands on a question now.
fn stands(checklist: &Checklist, asked: &Asked<'_>, menu: &Menu<'_>) -> Vec<Block> {
    let said = asked.entry.map(Said::of).unwrap_or_default();
    let is_rated = asked.question.is_rated();
    let now = match (&said.value, is_open(asked.standing)) {
        (None, _) if is_rated => "Not yet rated.".to_owned(),
        (None, _) => "Not yet answered.".to_owned(),
        (Some(value), true) => format!("Now: {value}, which does not fit the question."),
        (Some(value), false) => format!("Now: {}.", value_words(menu, value)),
    };
    let mut blocks = vec![Block::Paragraph(now)];
    let texts = [("Reasons: ", &said.because), ("Remains to be done: ", &said.remaining)];
    for (label, text) in texts {
        let text = text.as_ref().map(|text| format!("{label}{}", excerpt(text, EXCERPT)));
        blocks.extend(text.map(Block::Paragraph));
    }
    let day = said.review_by.filter(|_| said.value.as_deref() == Some(TOO_EARLY));
    blocks.extend(
        day.map(|day| Block::Paragraph(format!("To be looked at again by {}.", long_date(day)))),
    );
    let views = asked.entry.map(|entry| entry.views.as_slice()).unwrap_or_default();
    let views: Vec<String> = views
        .iter()
        .map(|(whose, rating)| {
            format!("{} {}", whose.value, rating_words(checklist, asked.question, &rating.value))
        })
        .collect();
    if !views.is_empty() {
        blocks.push(Block::Paragraph(format!("Views: {}.", join_words(&views, "and"))));
    }
    if is_stale(asked) {
        let words = "The question was reworded since then. Give the answer again, the same or \
                     another, for the wording above.";
        blocks.push(Block::Paragraph(words.to_owned()));
    }
    blocks
}

/// The beginning of a text, on one line.
fn excerpt(text: &str, most: usize) -> String {
    let line = one_line(text);
    match line.char_indices().nth(most) {
        None => line,
        Some((end, _)) => format!("{} ...", line[..end].trim_end()),
    }
}

/// A value as it is printed: the labels of choices, a text as it is.
pub(crate) fn value_words(menu: &Menu<'_>, value: &str) -> String {
    let label = |value: &str| menu.label(value.trim()).unwrap_or(value.trim()).to_owned();
    match menu.manner {
        Manner::Several => value.split(',').map(label).collect::<Vec<_>>().join(", "),
        Manner::One => label(value),
        Manner::Number | Manner::Text => {
            excerpt(&label(value), EXCERPT).trim_end_matches('.').to_owned()
        }
    }
}

fn rating_words(checklist: &Checklist, question: &Question, rating: &str) -> String {
    let value = checklist.scale_of(question).and_then(|scale| scale.find(rating));
    value.map_or_else(|| capitalised(rating.trim()), |value| value.label.clone())
}

/// What can be typed at a question.
fn invitation(menu: &Menu<'_>) -> String {
    let letters: Vec<String> =
        menu.offers.iter().filter_map(|offer| offer.letter).map(String::from).collect();
    let what = match menu.manner {
        Manner::One if letters.is_empty() => "Type a number".to_owned(),
        Manner::One => format!("Type a number or a letter ({})", letters.join(", ")),
        Manner::Several => "Type the numbers of all that apply, with spaces between".to_owned(),
        Manner::Number => format!("Type {}", number_words(&menu.question.kind)),
        Manner::Text => "Type the answer on one line, e to write it in your editor".to_owned(),
    };
    let other = match (menu.manner, letters.as_slice()) {
        (Manner::Number | Manner::Text, [letter]) => format!(", {letter} if it is not applicable"),
        _ => String::new(),
    };
    let help = match menu.manner {
        Manner::One => "? for what they mean",
        Manner::Several | Manner::Number | Manner::Text => "? for help",
    };
    format!("{what}{other}, {help}, s to skip, b to go back, q to stop.")
}

/// What the answers mean, what evidence to look for, and what was said last time.
pub(crate) fn help(
    checklist: &Checklist,
    menu: &Menu<'_>,
    before: Option<Before<'_>>,
) -> Vec<Block> {
    let question = menu.question;
    let mut blocks = vec![Block::Gap];
    blocks.extend(meanings(checklist, menu));
    if !question.prompts.is_empty() {
        blocks.push(Block::Paragraph("Evidence to look for:".to_owned()));
        blocks.extend(question.prompts.iter().map(|prompt| item("-", &one_line(prompt))));
    }
    if !question.young_people.is_empty() {
        let words = one_line(&question.young_people);
        blocks.push(Block::Paragraph(format!("In plain words: {words}")));
    }
    if !question.from.is_empty() {
        blocks.push(Block::Paragraph(format!("From: {}.", one_line(&question.from))));
    }
    blocks.extend(before.into_iter().flat_map(|before| last_time(question, before)));
    if blocks.len() == 1 {
        let words = "There is nothing more to say on this question.".to_owned();
        blocks.push(Block::Paragraph(words));
    }
    blocks
}

/// What each answer means: as the question says, else as its scale does.
fn meanings(checklist: &Checklist, menu: &Menu<'_>) -> Vec<Block> {
    if !menu.question.is_rated() {
        return Vec::new();
    }
    let values = checklist.scale_of(menu.question).map(|scale| scale.values.as_slice());
    let values = values.unwrap_or_default().iter().map(|value| {
        let own = menu.question.means.iter().find(|(own, _)| own.value == value.value.value);
        let means = own.map_or(value.means.as_str(), |(_, means)| means.as_str());
        (value.label.clone(), one_line(means))
    });
    let early = "It cannot be judged yet. A day is set on which it is looked at again.";
    let none = "The question does not arise here. The reason is given, and it is left out of the \
                counts.";
    let label = |value: &str| menu.label(value).map(str::to_owned);
    let others = [(label(TOO_EARLY), early), (label(NOT_APPLICABLE), none)];
    let others = others.into_iter().filter_map(|(label, means)| Some((label?, means.to_owned())));
    let all = values.chain(others).filter(|(_, means)| !means.is_empty());
    all.map(|(label, means)| Block::Item(format!("{label}: "), means)).collect()
}

/// What was said on a question last time, where it was asked in the same words.
fn last_time(question: &Question, before: Before<'_>) -> Vec<Block> {
    let Before { assessment, checklist } = before;
    let period = assessment.period.value().map_or("last time", |period| &period.name);
    let line = |words: &str| vec![Block::Paragraph(format!("Last time ({period}): {words}"))];
    let id = &question.id.value;
    let all = standing::stand(checklist, assessment).into_iter();
    let mut all = all.chain(standing::stand_context(checklist, assessment));
    let Some(then) = all.find(|asked| asked.question.id.value == *id) else {
        return line("it was not asked.");
    };
    let pinned = then.entry.and_then(|entry| entry.wording.value());
    let pinned = pinned.map(|wording| wording.trim().to_lowercase());
    if pinned.unwrap_or_else(|| then.question.wording()) != question.wording() {
        return line("it was worded otherwise, so what was said then is not shown.");
    }
    let said = then.entry.map(Said::of).unwrap_or_default();
    let menu = Menu::of(checklist, then.question);
    let mut blocks = line(&match &said.value {
        Some(value) => format!("{}.", value_words(&menu, value)),
        None => "it was not answered.".to_owned(),
    });
    let texts = [("Reasons then: ", said.because), ("Remained to be done: ", said.remaining)];
    let texts =
        texts.into_iter().filter_map(|(label, text)| Some(format!("{label}{}", flowing(&text?))));
    blocks.extend(texts.map(Block::Paragraph));
    blocks
}

/// A text with the lines of each paragraph joined, so that it can be wrapped anew.
fn flowing(text: &str) -> String {
    let mut flowing = String::new();
    for line in text.lines().map(str::trim) {
        let is_item = line.starts_with(['-', '*', '+', '#', '>'])
            || line.trim_start_matches(|digit: char| digit.is_ascii_digit()).starts_with(". ");
        let is_apart = line.is_empty() || is_item || flowing.ends_with('\n');
        let sign = if is_apart { "\n" } else { " " };
        flowing.push_str(if flowing.is_empty() { "" } else { sign });
        flowing.push_str(line);
    }
    flowing
}

/// A text that is asked for after a rating.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TextAsk {
    /// Where it is kept.
    pub key: Key,
    /// Whether the answer cannot stand without it.
    pub need: Need,
}

/// The texts that are asked for after an answer of this value: what remains to be done where the
/// scale asks for it, or something stands there that may no longer be true.
pub(crate) fn texts(
    checklist: &Checklist,
    question: &Question,
    value: &str,
    said: &Said,
) -> Vec<TextAsk> {
    let ask = |key| TextAsk { key, need: Need::Optional };
    match value {
        NOT_APPLICABLE => vec![TextAsk { key: Key::Because, need: Need::Required }],
        _ if !question.is_rated() => Vec::new(),
        _ => {
            let scale = checklist.scale_of(question).and_then(|scale| scale.find(value));
            let is_asked = scale.is_some_and(|value| value.remaining == Need::Required)
                || said.remaining.is_some();
            let remaining = is_asked.then(|| ask(Key::Remaining));
            [ask(Key::Because)].into_iter().chain(remaining).collect()
        }
    }
}

/// The line that asks for a text, and what stands there.
pub(crate) fn text_ask(ask: TextAsk, said: &Said) -> Vec<Block> {
    let what = match ask.key {
        Key::Because => "Reasons",
        Key::Remaining => "What remains to be done",
        Key::Value => "Answer",
        Key::ReviewBy => "Date",
    };
    let stands = said.text(ask.key);
    let empty = match (stands, ask.need) {
        (Some(_), _) => "it takes the place of what stands; empty keeps what stands; ",
        (None, Need::Optional) => "empty leaves it out for now; ",
        (None, Need::Required) => "it is needed here; ",
    };
    let stands =
        stands.map(|text| Block::Paragraph(format!("{what} now: {}", excerpt(text, REMINDER))));
    let line = format!("{what} (one line; {empty}e opens your editor for longer text):");
    stands.into_iter().chain([Block::Paragraph(line)]).collect()
}

/// The line that asks for a date.
pub(crate) fn date_ask(said: &Said) -> Vec<Block> {
    let keeps = said.review_by.map(|day| format!("; empty keeps {day}"));
    let line =
        format!("Look at it again by (date, such as 2027-03-31{}):", keeps.unwrap_or_default());
    vec![Block::Paragraph(line)]
}

/// The line below which a sheet is not read.
const MARKER: &str =
    "# --------------------- >8 --- the text ends above this line ---------------------";

/// What is opened in the editor: the text, and below a line what helps to write it.
pub(crate) fn sheet(text: &str, checklist: &Checklist, menu: &Menu<'_>, key: Key) -> String {
    let question = menu.question;
    let what = match key {
        Key::Because => "The reasons for the rating of",
        Key::Remaining => "What remains to be done on",
        Key::Value | Key::ReviewBy => "The answer to",
    };
    let mut lines = vec![
        MARKER.to_owned(),
        "# Leave that line where it is. It and everything below it is not kept.".to_owned(),
        "# Save the text and close the editor to go on; an empty text changes nothing.".to_owned(),
        "#".to_owned(),
        format!("# {what} {}:", question.name()),
        format!("# {}", one_line(&question.ask.value)),
    ];
    lines.extend(question.points.iter().map(|point| format!("# - {}", one_line(point))));
    let means = meanings(checklist, menu).into_iter().filter_map(|block| match block {
        Block::Item(label, means) => Some(format!("# {label}{means}")),
        Block::Gap | Block::Heading(_) | Block::Paragraph(_) => None,
    });
    lines.extend(means);
    format!("{}\n\n{}\n", text.trim_end(), lines.join("\n"))
}

/// The text of a sheet, as it came back from the editor. Where the line was deleted, what is written
/// as it was handed out still does not count.
pub(crate) fn text_of(sheet: &str) -> String {
    let sheet = sheet.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let is_marker = |line: &str| line.trim_end() == MARKER;
    let above = sheet.lines().take_while(|line| !is_marker(line)).collect::<Vec<_>>().join("\n");
    let text = match above.find("\n# Leave that line where it is. It and everything below") {
        Some(end) => &above[..end],
        None => &above,
    };
    text.trim_matches('\n').trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_the_lines_of_a_paragraph() {
        let check = |text: &str, expected: &str| assert_eq!(flowing(text), expected, "{text:?}");
        check("One\ntwo.\n\nThree\nfour.", "One two.\n\nThree four.");
        check(
            "Three things:\n- one\n  more\n- two\n1. three",
            "Three things:\n- one more\n- two\n1. three",
        );
        check("", "");
    }

    #[test]
    fn reads_the_text_of_a_sheet() {
        let check = |sheet: &str, expected: &str| assert_eq!(text_of(sheet), expected, "{sheet:?}");
        let below =
            format!("{MARKER}\n# Leave that line where it is. It and everything below it\n");
        check(&format!("\n\n{below}"), "");
        check(&format!("One.\n\n- two\n\n{below}"), "One.\n\n- two");
        check(&format!("\u{feff}One.\r\n{}", below.replace('\n', "\r\n")), "One.");
        check(&format!("# A heading\n\nTwo. \n{below} and more"), "# A heading\n\nTwo.");
        check("No line at all\n", "No line at all");
        check(&format!("One.\n{}", &below[MARKER.len() + 1..]), "One.");
        check(&below, "");
    }
}
