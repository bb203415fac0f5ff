//! What to write in place of what stands there, where a program can do it.
//!
//! The rule that makes a finding says what was meant; here it is decided how that is put into the
//! text, and whether it is certain enough to be done unasked.

use std::ops::Range;

use crate::source::{Source, Span};

/// What to write in place of the key or the value at a place. Quotes around it stay.
#[derive(Clone, Debug)]
pub(crate) struct Repair {
    /// The key or the value.
    pub span: Span,
    /// The right one, without quotes.
    pub with: String,
    /// When it may be written unasked.
    pub trust: Trust,
}

/// How far what was meant can be told from what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trust {
    /// It means the same in another layout, such as a date, or is known for another reason.
    Sure,
    /// A key, an id or a word with one near neighbour: certain as long as no figure changes, because
    /// any figure is as near as another.
    Spelling,
    /// A rating, an answer or an opinion: certain only in another letter case, because no program
    /// decides what someone judged.
    Judgement,
    /// It may have been something else.
    Guess,
}

/// A repair in a text: which bytes become what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fitted {
    /// The bytes that are replaced.
    pub range: Range<usize>,
    /// What stands there afterwards.
    pub with: String,
    /// Whether it may be done unasked.
    pub certainty: Certainty,
    /// The line and the column, both from 1, at which the bytes begin.
    pub start: (usize, usize),
    /// The line and the column after them.
    pub end: (usize, usize),
}

/// Whether a repair may be done unasked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Certainty {
    /// Nothing else can have been meant.
    Certain,
    /// A person has to look at it.
    Likely,
}

impl Repair {
    /// The repair in its text. There is none where the place holds something else than a short key or
    /// value on one line, which cannot simply be exchanged.
    pub(super) fn fit(&self, source: &Source) -> Option<Fitted> {
        let written = source.text.get(self.span.range())?;
        let quote = written.chars().next().filter(|first| ['"', '\''].contains(first));
        let typed = match quote {
            None => written,
            Some(quote) => written.strip_prefix(quote)?.strip_suffix(quote)?,
        };
        let margin = if quote.is_some() { 1 } else { 0 };
        let left = typed.len() - typed.trim_start().len();
        let typed = typed.trim();
        if !is_plain(typed) || !is_plain(&self.with) || typed == self.with {
            return None;
        }
        let start = self.span.start as usize + margin + left;
        let range = start..start + typed.len();
        Some(Fitted {
            with: self.with.clone(),
            certainty: self.trust.certainty(typed, &self.with),
            start: source.place_of(range.start),
            end: source.place_of(range.end),
            range,
        })
    }
}

impl Trust {
    fn certainty(self, typed: &str, meant: &str) -> Certainty {
        let is_certain = match self {
            Trust::Sure => true,
            Trust::Spelling => figures(typed) == figures(meant),
            Trust::Judgement => letters(typed) == letters(meant),
            Trust::Guess => false,
        };
        if is_certain { Certainty::Certain } else { Certainty::Likely }
    }
}

/// Whether a text can stand bare or in any quotes, in both languages, and be the same text.
fn is_plain(text: &str) -> bool {
    let is_fine = |c: char| c.is_alphanumeric() || "-_. /".contains(c);
    !text.is_empty() && text.len() <= 64 && text.chars().all(is_fine)
}

/// The numbers in a text, without leading zeros: "E-3" has those of "E-03".
fn figures(text: &str) -> Vec<&str> {
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty());
    numbers.map(|number| number.trim_start_matches('0')).collect()
}

/// A text without regard to letter case and to what stands between its words.
fn letters(text: &str) -> String {
    let parts = text.chars().filter(|c| c.is_alphanumeric());
    parts.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    fn fit(text: &str, at: Range<usize>, with: &str, trust: Trust) -> Option<Fitted> {
        let source = Source::new(SourceId(0), "", text.to_owned());
        let span = Span::new(source.id, at.start, at.end);
        Repair { span, with: with.to_owned(), trust }.fit(&source)
    }

    #[test]
    fn keeps_quotes_and_leaves_what_is_not_plain() {
        let check = |text: &str, at: Range<usize>, expected: Option<Range<usize>>| {
            let fitted = fit(text, at, "green", Trust::Spelling);
            assert_eq!(fitted.map(|fitted| fitted.range), expected, "{text}");
        };
        check("a: gren", 3..7, Some(3..7));
        check("a: 'gren'", 3..9, Some(4..8));
        check("a: \" gren\"", 3..10, Some(5..9));
        check("a: \"gr\\u0065n\"", 3..14, None);
        check("a: green", 3..8, None);
        check("a: |\n  gren", 3..11, None);
        check("a: 'gren\"", 3..9, None);
    }

    #[test]
    fn is_certain_of_what_can_be_told() {
        let check = |typed: &str, meant: &str, trust, is_certain: bool| {
            let fitted = fit(typed, 0..typed.len(), meant, trust).expect("it fits");
            let expected = if is_certain { Certainty::Certain } else { Certainty::Likely };
            assert_eq!(fitted.certainty, expected, "{typed}");
        };
        check("becuase", "because", Trust::Spelling, true);
        check("E-3", "E-03", Trust::Spelling, true);
        check("1.11", "1.1", Trust::Spelling, false);
        check("1.11", "1.1", Trust::Sure, true);
        check("six-steps-2018", "six-steps-2019", Trust::Spelling, false);
        check("gren", "green", Trust::Judgement, false);
        check("Too early", "too-early", Trust::Judgement, true);
        check("five", "six", Trust::Guess, false);
    }
}
