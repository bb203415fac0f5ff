//! A form as plain text, for whoever has no spreadsheet: it can be sent in an e-mail, answered there,
//! and taken in from the answer with all that mail programs do to lines.

use textwrap::{Options, WordSplitter};

use super::{Field, Form, Item, Meaning, Mode, table, words};
use crate::text::{one_line, visible};

/// How long a line is: short enough that mail programs leave it alone.
const WIDTH: usize = 70;

/// The line at which the questions begin.
pub(crate) const BEGIN: &str = "[Form]";
/// The line at which they end.
pub(crate) const END: &str = "[End of form]";
/// How the line begins that begins a step.
pub(crate) const STEP: &str = "[Step ";
/// How the line begins that begins a question.
pub(crate) const QUESTION: &str = "[Question ";

/// What lines begin with that are to be read.
pub(crate) const TITLE: &str = "Title";
/// The wording.
pub(crate) const ASKED: &str = "Asked";
/// How it is answered.
pub(crate) const HOW: &str = "How to answer";
/// What was said before.
pub(crate) const LAST: &str = "Last time";
/// The rating of a rated question.
pub(crate) const RATING: &str = "Rating";
/// The answer to another.
pub(crate) const ANSWER: &str = "Answer";

/// What the lines of a field begin with.
pub(crate) fn label(field: Field, mode: Mode) -> &'static str {
    match (field, mode) {
        (Field::Answer, Mode::Rated) => RATING,
        (Field::Answer, Mode::Answered | Mode::Words) => ANSWER,
        (field, _) => field.column(),
    }
}

/// The form as a text.
pub(crate) fn render(form: &Form, tool: &str) -> String {
    let mut text = String::new();
    if !form.marking.is_empty() {
        text.push_str(&format!("{}\n\n", visible(&form.marking)));
    }
    wrapped(&mut text, "", &format!("{}: questions for {}", form.title, form.respondent));
    wrapped(&mut text, "", &format!("{}, {}", visible(&form.facts.partnership), form.facts.period));
    text.push_str("\nHow to fill this in\n\nWrite behind the colons; a text may go on below.\n");
    for (about, said) in words::instructions(form) {
        wrapped(&mut text, "- ", &format!("{about}: {said}"));
    }
    if !form.meanings.is_empty() {
        text.push_str("\nWhat the ratings mean\n\n");
        for (label, means) in &form.meanings {
            wrapped(&mut text, "- ", &format!("{label}: {means}"));
        }
    }
    text.push('\n');
    for attribution in &form.attribution {
        wrapped(&mut text, "", attribution);
    }
    wrapped(&mut text, "", &format!("Made with {tool}"));
    text.push_str(&format!("\n{BEGIN}\n"));
    for (name, value) in table::facts(&form.facts) {
        labelled(&mut text, name, &value);
    }
    for section in &form.sections {
        let title = section.title.replace(['[', ']'], " ");
        text.push('\n');
        wrapped(&mut text, "", &format!("[{title}]"));
        section.items.iter().for_each(|item| question(&mut text, item));
    }
    text.push_str(&format!("\n{END}\n"));
    text
}

fn question(text: &mut String, item: &Item) {
    text.push_str(&format!("\n{QUESTION}{}, {}]\n", item.id, table::wording(&item.wording)));
    if !item.title.is_empty() {
        labelled(text, TITLE, &item.title);
    }
    labelled(text, ASKED, &item.ask);
    for point in &item.points {
        wrapped(text, "  - ", point);
    }
    labelled(text, HOW, &item.how);
    if item.meaning == Meaning::Own {
        for (label, means) in &item.means {
            wrapped(text, "  - ", &format!("{label}: {means}"));
        }
    }
    labelled(text, LAST, &item.last);
    for field in item.mode.fields() {
        text.push_str(&format!("{}:\n", label(*field, item.mode)));
    }
}

fn labelled(text: &mut String, label: &str, value: &str) {
    let line = format!("{label}: {}", visible(value));
    lines(text, &line, "", "  ");
}

fn wrapped(text: &mut String, mark: &str, value: &str) {
    lines(text, &visible(value), mark, &" ".repeat(mark.len()));
}

/// Wraps a line of ours. A further line that could be taken for the beginning of something begins
/// with a sign that counts for nothing.
fn lines(text: &mut String, value: &str, first: &str, further: &str) {
    let options = Options::new(WIDTH)
        .word_splitter(WordSplitter::NoHyphenation)
        .break_words(false)
        .initial_indent(first)
        .subsequent_indent(further);
    for (at, line) in textwrap::wrap(value, options).iter().enumerate() {
        let begins = line.trim_start();
        match at > 0 && (begins.starts_with('[') || label_of(begins).is_some()) {
            true => text.push_str(&format!("{further}. {begins}\n")),
            false => text.push_str(&format!("{line}\n")),
        }
    }
}

/// The label that a line begins with, and what stands behind it. Mail programs make other spaces of
/// those in a label, and stars of bold letters.
pub(crate) fn label_of(line: &str) -> Option<(&'static str, &str)> {
    let (before, after) = line.split_once(':')?;
    let before = before.trim();
    let stars = before.len() - before.trim_start_matches('*').len();
    let is_open = !before.ends_with('*');
    let before = one_line(before.trim_matches('*'));
    let labels = [TITLE, ASKED, HOW, LAST, RATING, ANSWER];
    let fields = Field::ALL.map(Field::column);
    let all = labels.into_iter().chain(fields).chain(super::FACTS);
    let mut all = all.filter(|label| *label != Field::Answer.column());
    let label = all.find(|label| label.eq_ignore_ascii_case(&before))?;
    let closing = after.len() - after.trim_start_matches('*').len();
    let closing = if is_open { closing.min(stars) } else { 0 };
    Some((label, &after[closing..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_known_as_mail_programs_leave_it() {
        let check = |line: &str, expected: Option<(&str, &str)>| {
            assert_eq!(label_of(line), expected, "{line}");
        };
        check("Still to do: train", Some(("Still to do", " train")));
        check("Still\u{a0}to\u{a0}do: train", Some(("Still to do", " train")));
        check("review  by\u{a0}: 2026-12-18", Some(("Review by", " 2026-12-18")));
        check("*Because:* words", Some(("Because", " words")));
        check("**Because:** words", Some(("Because", " words")));
        check("*Because*: words", Some(("Because", " words")));
        check("*Rating:*", Some(("Rating", "")));
        // Stars that are the respondent's own stay.
        check("Rating:*", Some(("Rating", "*")));
        check("*Evidence*:* Minutes", Some(("Evidence", "* Minutes")));
        check("*Evidence: * Minutes", Some(("Evidence", " * Minutes")));
        check("Still to be done: train", None);
        check("No label", None);
    }
}
