//! A form in plain text, as it comes back in an e-mail: with the signs of a quotation before its
//! lines, with lines that were broken, and with words around it.

use super::{Problem, Returned, Row, Written};
use crate::form::text::{ANSWER, ASKED, BEGIN, END, QUESTION, RATING, STEP, label_of};
use crate::form::{FACTS, Field};
use crate::text::{one_line, quoted};

/// A line without the signs of a quotation, and its number.
struct Line<'t> {
    number: usize,
    text: &'t str,
}

/// What the lines below a label belong to.
enum Open {
    /// Nothing: no label has been seen since the heading.
    Nothing,
    /// A fact.
    Fact(&'static str),
    /// Words of ours that are not needed again.
    Read,
    /// The wording.
    Asked,
    /// What was filled in.
    Filled(Field),
}

/// Reads the text of a form.
pub(super) fn read(text: &str) -> Result<Returned, Vec<Problem>> {
    let mut reader =
        Reader { returned: Returned::default(), open: Open::Nothing, read: Vec::new() };
    let all = text.lines().enumerate();
    let mut lines = all.skip_while(|(_, text)| !is(unquoted(text, usize::MAX), BEGIN));
    let Some((_, begin)) = lines.next() else {
        return Err(vec![Problem::whole(format!(
            "this is no form: it has no line {BEGIN}, at which the questions of a form begin"
        ))]);
    };
    // The form is quoted as often as its first line: a further sign is somebody's own.
    let quotes = begin.matches('>').count();
    let mut lines = lines.map(|(at, text)| Line { number: at + 1, text: unquoted(text, quotes) });
    let mut has_end = false;
    while let Some(line) = lines.next() {
        if is(line.text, END) {
            has_end = true;
            break;
        }
        if !line.text.starts_with('[') {
            reader.take(&line);
            continue;
        }
        // A heading may have been broken into two lines.
        let mut heading = one_line(line.text);
        let is_ours =
            |heading: &str| behind(heading, STEP).is_some() || behind(heading, QUESTION).is_some();
        while is_ours(&heading) && !heading.contains(']') && heading.len() < 400 {
            let Some(next) = lines.next() else { break };
            heading.push_str(&format!(" {}", next.text));
        }
        reader.heading(&line, &heading);
    }
    if !has_end {
        let cut = Problem::whole(format!(
            "the form is cut off: its last line, {END}, is missing; ask for it again, whole"
        ));
        if reader.returned.rows.is_empty() {
            return Err(vec![cut]);
        }
        reader.returned.problems.push(cut);
    }
    Ok(reader.finish())
}

struct Reader {
    returned: Returned,
    open: Open,
    /// The labels of our words that the question has had.
    read: Vec<&'static str>,
}

impl Reader {
    fn heading(&mut self, line: &Line<'_>, heading: &str) {
        let place = place(line.number);
        self.open = Open::Nothing;
        self.read.clear();
        if behind(heading, STEP).is_some() {
            return;
        }
        let question = behind(heading, QUESTION);
        let inside = question.and_then(|rest| rest.split_once(']'));
        let parts = inside.and_then(|(inside, _)| inside.split_once(','));
        let parts = parts.and_then(|(id, rest)| Some((id, behind(rest.trim(), "wording ")?)));
        let Some((id, wording)) = parts else {
            // Text of a respondent may begin with a bracket.
            let is_text = !self.returned.rows.is_empty() && question.is_none();
            let message = match is_text {
                true => "a line that begins with [ is taken for a heading: begin it otherwise",
                false => {
                    "this heading was changed: it begins with [Question, the number, a comma, and \
                     its wording"
                }
            };
            return self.returned.problems.push(Problem::at(&place, message));
        };
        let written = |text: &str| Written { text: one_line(text), place: place.clone() };
        self.returned.rows.push(Row {
            id: written(id),
            wording: Some(written(&wording.to_ascii_lowercase())),
            asked: None,
            filled: Vec::new(),
        });
    }

    /// Takes a line that is no heading.
    fn take(&mut self, line: &Line<'_>) {
        let place = place(line.number);
        let Some((label, after)) = label_of(line.text) else { return self.go_on(line, &place) };
        let written = Written { text: after.trim().to_owned(), place: place.clone() };
        let problems = &mut self.returned.problems;
        let mut twice = || {
            let message = format!(
                "{label} stands twice here: where it is a part of your words, do not begin a line \
                 with it"
            );
            problems.push(Problem::at(&place, message));
        };
        let Some(row) = self.returned.rows.last_mut() else {
            let Some(fact) = FACTS.into_iter().find(|fact| *fact == label) else { return };
            self.open = Open::Fact(fact);
            if self.returned.facts.iter().any(|(other, _)| *other == fact) {
                return twice();
            }
            self.returned.facts.push((fact, written));
            return;
        };
        let field = Field::ALL.into_iter().find(|field| field.column() == label);
        let field = field.or(matches!(label, RATING | ANSWER).then_some(Field::Answer));
        match field {
            Some(field) => {
                self.open = Open::Filled(field);
                match row.filled.iter().any(|(other, _)| *other == field) {
                    true => twice(),
                    false => row.filled.push((field, written)),
                }
            }
            None if label == ASKED => {
                self.open = Open::Asked;
                match row.asked.is_some() {
                    true => twice(),
                    false => row.asked = Some(written),
                }
            }
            // A fact's name inside a question is a part of somebody's words.
            None if FACTS.contains(&label) => self.go_on(line, &place),
            // Our words stand once, and above the answers: anywhere else they are somebody's own.
            None if self.read.contains(&label) || !row.filled.is_empty() => twice(),
            None => {
                self.read.push(label);
                self.open = Open::Read;
            }
        }
    }

    /// A line that goes on with what was begun.
    fn go_on(&mut self, line: &Line<'_>, place: &str) {
        let add = |text: &mut String| {
            text.push('\n');
            text.push_str(line.text);
        };
        let row = self.returned.rows.last_mut();
        match (&self.open, row) {
            (Open::Fact(_), _) if line.text.is_empty() => self.open = Open::Nothing,
            (Open::Fact(fact), _) => {
                let mut facts = self.returned.facts.iter_mut();
                if let Some((_, written)) = facts.find(|(other, _)| other == fact) {
                    add(&mut written.text);
                }
            }
            (Open::Asked, Some(row)) => {
                if let Some(asked) = &mut row.asked {
                    add(&mut asked.text);
                }
            }
            (Open::Filled(field), Some(row)) => {
                if let Some((_, written)) = row.filled.iter_mut().find(|(own, _)| own == field) {
                    add(&mut written.text);
                }
            }
            (Open::Read, _) => {}
            _ if line.text.is_empty() => {}
            _ => self.returned.problems.push(Problem::at(
                place,
                format!(
                    "{} stands under no question: write it behind one of the words with a colon",
                    quoted(line.text)
                ),
            )),
        }
    }

    fn finish(mut self) -> Returned {
        for row in &mut self.returned.rows {
            for (_, written) in &mut row.filled {
                written.text = written.text.trim().to_owned();
            }
            row.filled.retain(|(_, written)| !written.text.is_empty());
        }
        for (_, written) in &mut self.returned.facts {
            written.text = one_line(&written.text);
        }
        self.returned
    }
}

fn place(line: usize) -> String {
    format!("line {line}")
}

fn is(line: &str, wanted: &str) -> bool {
    one_line(line).eq_ignore_ascii_case(wanted)
}

/// What stands behind the words that a line begins with, in whatever letter case.
fn behind<'l>(line: &'l str, words: &str) -> Option<&'l str> {
    let (start, rest) = line.split_at_checked(words.len())?;
    start.eq_ignore_ascii_case(words).then_some(rest)
}

/// A line without the signs that a mail program puts before what it quotes, so many at most. What
/// stands before an equals sign is no such sign but a part of a figure.
fn unquoted(line: &str, quotes: usize) -> &str {
    let blank = |c: char| c.is_whitespace() || c == '\u{feff}';
    let mut line = line.trim_matches(blank);
    for _ in 0..quotes {
        let rest = line.strip_prefix('>').filter(|rest| !rest.starts_with('='));
        let Some(rest) = rest else { break };
        line = rest.trim_start_matches(blank);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "[Form]\n[Question 1.1, wording 0e4b57]\n";

    /// The problems of a form with one question, in one line.
    fn problems(question: &str) -> String {
        let read = read(&format!("{HEAD}{question}\n[End of form]\n"));
        let problems = read.map(|returned| returned.problems).unwrap_or_else(|problems| problems);
        let lines = problems.iter().map(|one| format!("{}: {}", one.place, one.message));
        lines.collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn words_that_begin_like_ours_are_refused_and_not_dropped() {
        let check = |question: &str, expected: &str| {
            let problems = problems(question);
            assert!(problems.starts_with(expected), "{question}: {problems}");
            assert_eq!(problems.is_empty(), expected.is_empty(), "{question}: {problems}");
        };
        let ours = "Title: Plan\nAsked: Is there?\nHow to answer: Yes\nLast time: No\n";
        check(&format!("{ours}Rating: 3\nBecause: Of it."), "");
        for label in ["Title", "How to answer", "Last time"] {
            let twice = |line| format!("line {line}: {label} stands twice here: where it is");
            check(&format!("{ours}Rating: 3\nBecause: Yes.\n{label}: of it"), &twice(9));
            check(&format!("Rating: 3\nBecause: Yes.\n{label}: of it\nmore"), &twice(5));
            check(&format!("{ours}{label}: again"), &twice(7));
        }
    }

    #[test]
    fn a_heading_is_known_in_every_letter_case() {
        for heading in ["[question 1.1, wording 0e4b57]", "[QUESTION\u{a0}1.1,  WORDING 0E4B57]"] {
            let text = format!("[form]\n{heading}\nRating: 3\n[step 2. Next]\n[END OF FORM]\n");
            let returned = read(&text).expect("it is a form");
            let row = returned.rows.first().expect("it has a question");
            let wording = row.wording.as_ref().map(|written| written.text.as_str());
            assert_eq!((row.id.text.as_str(), wording), ("1.1", Some("0e4b57")), "{heading}");
            assert!(returned.problems.is_empty(), "{heading}: {:?}", returned.problems);
        }
    }

    #[test]
    fn a_form_that_ends_before_its_end_is_cut_off() {
        for text in ["[Form]", "[Form]\n", "> [Form]\n> Form: scrutiny form 1\n"] {
            let problems = read(text).expect_err("there is no question in it");
            assert_eq!(problems.len(), 1, "{text}");
            assert!(problems[0].message.starts_with("the form is cut off"), "{text}");
        }
        let problems = read("[Form of words]").expect_err("it is none");
        assert!(problems[0].message.starts_with("this is no form"), "{problems:?}");
    }

    #[test]
    fn only_the_signs_of_a_quotation_are_taken_off() {
        let check = |line, quotes, expected| assert_eq!(unquoted(line, quotes), expected, "{line}");
        check(">= 3 sessions", 0, ">= 3 sessions");
        check("> 3 sessions", 0, "> 3 sessions");
        check(">= 3 sessions", 1, ">= 3 sessions");
        check("> >= 3 sessions", 1, ">= 3 sessions");
        check(">>5% of cases ", 1, ">5% of cases");
        check(" > > Rating: 3", 2, "Rating: 3");
        check(">>Rating: 3", 2, "Rating: 3");
        check("Rating: 3", 2, "Rating: 3");
    }
}
