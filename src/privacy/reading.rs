//! A plain text as words, numbers and signs.

use std::ops::Range;

use super::plain::Plain;
use super::words::LABELS;

/// A plain text cut up.
pub(super) struct Reading<'p> {
    /// The text.
    pub(super) text: &'p str,
    /// Its parts in order.
    pub(super) tokens: Vec<Token>,
    /// Where lines begin that go on with the sentence before, in order.
    lines: &'p [usize],
}

/// A word, a number or a sign.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    shape: Shape,
    start: usize,
    end: usize,
    /// What stands before it.
    gap: Gap,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Word,
    Digits,
    Sign,
}

/// What stands before a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing.
    Glued,
    /// A space.
    Space,
    /// The end of an entry or a paragraph.
    Break,
}

impl<'p> Reading<'p> {
    pub(super) fn of(plain: &'p Plain) -> Self {
        let text = plain.text.as_str();
        let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 4);
        let mut gap = Gap::Break;
        for (at, letter) in text.char_indices() {
            let shape = match letter {
                '\n' => {
                    gap = Gap::Break;
                    continue;
                }
                _ if letter.is_whitespace() => {
                    gap = if gap == Gap::Break { gap } else { Gap::Space };
                    continue;
                }
                '0'..='9' => Shape::Digits,
                _ if letter.is_alphabetic() || is_mark(letter) => Shape::Word,
                _ => Shape::Sign,
            };
            let end = at + letter.len_utf8();
            match tokens.last_mut() {
                Some(last) if gap == Gap::Glued && shape != Shape::Sign && last.shape == shape => {
                    last.end = end;
                }
                _ => tokens.push(Token { shape, start: at, end, gap }),
            }
            gap = Gap::Glued;
        }
        Reading { text, tokens, lines: &plain.lines }
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    fn slice(&self, at: usize, shape: Shape) -> &'p str {
        match self.tokens.get(at) {
            Some(token) if token.shape == shape => &self.text[token.start..token.end],
            _ => "",
        }
    }

    /// The word at an index, or nothing.
    pub(super) fn word(&self, at: usize) -> &'p str {
        self.slice(at, Shape::Word)
    }

    /// The digits at an index, or nothing.
    pub(super) fn digits(&self, at: usize) -> &'p str {
        self.slice(at, Shape::Digits)
    }

    /// The sign at an index, or nothing.
    pub(super) fn sign(&self, at: usize) -> &'p str {
        self.slice(at, Shape::Sign)
    }

    /// Whether the token is one of these words, in any letter case.
    pub(super) fn is_any(&self, at: usize, words: &[&str]) -> bool {
        let own = self.word(at);
        !own.is_empty() && words.iter().any(|word| own.eq_ignore_ascii_case(word))
    }

    /// What stands before a token; at the end of the text, a break.
    pub(super) fn gap(&self, at: usize) -> Gap {
        self.tokens.get(at).map_or(Gap::Break, |token| token.gap)
    }

    /// Whether a token stands directly behind the one before it.
    pub(super) fn is_glued(&self, at: usize) -> bool {
        self.gap(at) == Gap::Glued
    }

    /// Whether a token belongs to the same sentence or entry as the one before it.
    pub(super) fn follows(&self, at: usize) -> bool {
        self.gap(at) != Gap::Break
    }

    /// Whether a token is what a line of our forms begins with, and a colon stands directly behind it:
    /// "Asked:".
    pub(super) fn is_label(&self, at: usize) -> bool {
        self.is_any(at, &LABELS)
            && self.sign(at + 1) == ":"
            && self.is_glued(at + 1)
            && self.tokens.get(at).is_some_and(|own| self.lines.binary_search(&own.start).is_ok())
    }

    /// Whether a token is a word or a number directly behind the one before it.
    pub(super) fn goes_on(&self, at: usize) -> bool {
        self.is_glued(at) && self.sign(at).is_empty()
    }

    /// Whether a token begins a word of its own: no letter or digit stands directly before it.
    pub(super) fn begins(&self, at: usize) -> bool {
        at == 0 || !self.is_glued(at) || !self.sign(at - 1).is_empty()
    }

    /// The bytes from one token to another, both included.
    pub(super) fn range(&self, first: usize, last: usize) -> Range<usize> {
        self.tokens[first].start..self.tokens[last].end
    }

    /// Whether the token is a word that begins with a capital, and is no lone letter.
    pub(super) fn is_capitalised(&self, at: usize) -> bool {
        let mut letters = self.word(at).chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_some()
    }

    /// The digits from an index on, group by group: spaces and the given signs may part them.
    pub(super) fn groups(&self, first: usize, signs: &str) -> Vec<usize> {
        let mut groups = vec![first];
        let mut at = first + 1;
        while at < self.len() && groups.len() < 12 {
            let begin = at;
            while at < begin + 2 && !self.sign(at).is_empty() && signs.contains(self.sign(at)) {
                if !self.follows(at) {
                    return groups;
                }
                at += 1;
            }
            let is_parted = at > begin || self.gap(at) == Gap::Space;
            if self.digits(at).is_empty() || !self.follows(at) || !is_parted {
                return groups;
            }
            groups.push(at);
            at += 1;
        }
        groups
    }
}

/// Marks that belong to the letter before them.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}
