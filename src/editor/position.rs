//! Places as editors count them: lines, and in a line the units of UTF-16, both from 0. A line ends
//! with a newline, a carriage return, or both.

use std::ops::Range;

use crate::source::Ruler;

/// A place in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Position {
    /// The line, from 0.
    pub line: usize,
    /// The number of UTF-16 units before it in its line.
    pub unit: usize,
}

/// The lines of a text.
#[derive(Debug)]
pub(crate) struct Lines<'t> {
    text: &'t str,
    /// Where each line begins, and where it ends without its line end.
    lines: Vec<Range<usize>>,
    units: Ruler,
}

impl<'t> Lines<'t> {
    pub(crate) fn of(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let mut lines = Vec::new();
        let (mut start, mut at) = (0, 0);
        while let Some(found) = memchr::memchr2(b'\n', b'\r', &bytes[at..]) {
            let end = at + found;
            let is_pair = bytes[end] == b'\r' && bytes.get(end + 1) == Some(&b'\n');
            at = end + if is_pair { 2 } else { 1 };
            lines.push(start..end);
            start = at;
        }
        lines.push(start..text.len());
        Lines { text, lines, units: Ruler::new(units) }
    }

    /// The byte that a position stands before. A position behind the end of a line is its end; one
    /// inside a character is its beginning.
    pub(crate) fn offset(&self, position: Position) -> usize {
        let Some(line) = self.lines.get(position.line) else { return self.text.len() };
        let mut units = 0;
        for (at, character) in self.text[line.clone()].char_indices() {
            units += character.len_utf16();
            if units > position.unit {
                return line.start + at;
            }
        }
        line.end
    }

    /// The position of a byte. One inside a line end is the end of its line.
    pub(crate) fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        let line = self.lines.partition_point(|line| line.start <= offset).saturating_sub(1);
        let Range { start, end } = self.lines[line];
        let offset = offset.min(end);
        let unit = self.units.measure(self.text, start..offset);
        Position { line, unit }
    }

    /// The positions of a stretch of bytes.
    pub(crate) fn range(&self, range: &Range<usize>) -> Range<Position> {
        self.position(range.start)..self.position(range.end)
    }
}

/// How many units of UTF-16 the characters take that begin in these bytes of a text in UTF-8.
fn units(bytes: &[u8]) -> usize {
    let of_byte = |byte: &u8| match byte {
        0b1000_0000..=0b1011_1111 => 0,
        0b1111_0000.. => 2,
        _ => 1,
    };
    bytes.iter().map(of_byte).sum()
}

/// The one stretch in which two texts differ, and what stands there in the new one.
pub(crate) fn difference(old: &str, new: &str) -> (Range<usize>, String) {
    let alike = |(a, b): &(char, char)| a == b;
    let front: usize =
        old.chars().zip(new.chars()).take_while(alike).map(|(own, _)| own.len_utf8()).sum();
    let (old_rest, new_rest) = (&old[front..], &new[front..]);
    let back: usize = old_rest
        .chars()
        .rev()
        .zip(new_rest.chars().rev())
        .take_while(alike)
        .map(|(own, _)| own.len_utf8())
        .sum();
    (front..old.len() - back, new_rest[..new_rest.len() - back].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn counts_in_units_of_utf_16() {
        let lines = Lines::of("a\r\n😀é\rb\n");
        let check = |offset: usize, line: usize, unit: usize| {
            assert_eq!(lines.position(offset), Position { line, unit }, "{offset}");
            assert_eq!(lines.offset(Position { line, unit }), offset);
        };
        check(0, 0, 0);
        check(1, 0, 1);
        check(3, 1, 0);
        check(7, 1, 2);
        check(9, 1, 3);
        check(10, 2, 0);
        check(12, 3, 0);
        assert_eq!(lines.offset(Position { line: 1, unit: 1 }), 3, "inside a character");
        assert_eq!(lines.offset(Position { line: 1, unit: 99 }), 9);
        assert_eq!(lines.offset(Position { line: 99, unit: 0 }), 12);
        assert_eq!(lines.position(2), Position { line: 0, unit: 1 }, "inside a line end");
    }

    #[test]
    fn counts_on_a_line_of_any_length() {
        let text = "a\n".to_owned() + &"é€😀b".repeat(700);
        let lines = Lines::of(&text);
        let mut unit = 0;
        for (offset, character) in text.char_indices().skip(2) {
            assert_eq!(lines.position(offset), Position { line: 1, unit });
            unit += character.len_utf16();
        }
        assert_eq!(lines.position(text.len()), Position { line: 1, unit });
    }

    proptest! {
        #[test]
        fn there_and_back(text in "[a-zé😀\\r\\n ]{0,40}") {
            let lines = Lines::of(&text);
            let mut last = Position::default();
            for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let position = lines.position(offset);
                let is_in_pair = text[..offset].ends_with('\r') && text[offset..].starts_with('\n');
                if !is_in_pair {
                    prop_assert_eq!(lines.offset(position), offset);
                    prop_assert!(offset == 0 || position > last);
                }
                last = position;
                // The units are those of the line as UTF-16 has it.
                let start = lines.offset(Position { line: position.line, unit: 0 });
                let before: Vec<u16> = text[start..offset].encode_utf16().collect();
                let ends = before.iter().filter(|unit| **unit == 13 || **unit == 10).count();
                prop_assert_eq!(before.len() - ends, position.unit);
            }
        }

        #[test]
        fn a_difference_makes_the_new_text(old in "[abé\\n]{0,12}", new in "[abé\\n]{0,12}") {
            let (range, with) = difference(&old, &new);
            prop_assert_eq!(format!("{}{with}{}", &old[..range.start], &old[range.end..]), new);
        }
    }
}
