//! Texts that stand on the line of their key and hold what has a meaning of its own there: colons,
//! quotation marks, signs at the beginning.

use super::bracket::is_closed;
use super::line::{Row, is_lower_or_id, open_columns, value_end};
use super::{HELP_BLOCK, Mistake, Patch, Scene, Trouble, wrap, wrapped};
use crate::syntax::faults;

/// What may stand behind a backslash in double quotes.
const ESCAPES: &str = "0abt\tnvfre \"/\\N_LPxuU";

/// The signs that people put before the items of a list in prose.
const BULLETS: [char; 6] = ['•', '*', '–', '·', '▪', '\u{f0b7}'];

impl Scene<'_> {
    /// Puts the whole text that a row begins in single quotes, with the lines that go on with it.
    fn wrap_value(&self, row: &Row<'_>, base: usize) -> Patch {
        let mut end = value_end(self.text, row, base);
        // A list that Word made stands as far out as its key.
        let is_bullet = |row: &&Row<'_>| row.line.body().starts_with(BULLETS);
        let own = end;
        let below = self.rows.iter().skip_while(|below| below.line.start <= own);
        for bullet in below.take_while(is_bullet) {
            end = value_end(self.text, bullet, base.max(bullet.outer())).max(bullet.line.end());
        }
        wrap(self.text, row.value_start()..end)
    }

    /// The text in which the parser stumbled: the row in which it begins, and its patch.
    fn whole_text(&self) -> (Row<'_>, Patch) {
        let own = without_prose_key(*self.row());
        let Some(owner) = self.owner().map(|owner| without_prose_key(self.rows[owner])) else {
            return (own, wrap(self.text, own.line.place()));
        };
        let is_deeper = own.line.start == owner.line.start || own.outer() > owner.base();
        if !is_deeper {
            let start = own.line.start + own.column;
            return (own, wrap(self.text, start..value_end(self.text, &own, own.column)));
        }
        if !owner.value().is_empty() {
            return (owner, self.wrap_value(&owner, owner.base()));
        }
        // The text begins on the line below its key.
        let first = self.rows.iter().find(|row| row.line.start > owner.line.start);
        let first =
            Row { key: None, value: first.unwrap_or(&own).column, ..*first.unwrap_or(&own) };
        (first, self.wrap_value(&first, owner.base()))
    }

    pub(super) fn colon(&self) -> Option<Mistake> {
        let row = self.row();
        let key = row.key.unwrap_or_default();
        let is_first = self.at <= row.line.start + row.column + key.len();
        if is_first && row.plain_key().is_some() && !self.is_capital_in_text() {
            return self.key_in_wrong_place();
        }
        let (owner, patch) = self.whole_text();
        match owner.value().chars().next() {
            Some('{' | '[') => return self.bracket(),
            Some('"' | '\'') => return self.quote(),
            _ => {}
        }
        let message = "This colon makes the text look like another key";
        let place = self.at..self.at + 1;
        Some(Mistake::new(&faults::COLON_IN_TEXT, place, message, HELP_BLOCK, vec![patch]))
    }

    /// Whether a line such as `Reason: money` goes on with the text above rather than being a key.
    fn is_capital_in_text(&self) -> bool {
        let row = self.row();
        let is_capital = row.plain_key().is_some_and(|key| !is_lower_or_id(key));
        let open = open_columns(&self.rows[..self.index]);
        is_capital && row.dash.is_none() && open.iter().all(|open| open.column != row.column)
    }

    /// A key at which a text above was still going on.
    fn key_in_wrong_place(&self) -> Option<Mistake> {
        let above = self.above()?;
        let is_open = above.value().starts_with(['{', '[', '"', '\'']);
        self.no_space_after_colon(above)
            .or_else(|| is_open.then(|| self.unclosed(above)).flatten())
            .or_else(|| self.missing_colon(self.index - 1))
            .or_else(|| self.prose_above())
            .or_else(|| self.uneven())
    }

    pub(super) fn quote(&self) -> Option<Mistake> {
        let reached = self.rows[..=self.index].iter().rev();
        let opening = *reached
            .filter(|row| self.at >= row.value_start())
            .take(200)
            .find(|row| row.line.end() >= self.at && is_enclosed(row) || self.is_left_open(row))?;
        if !opening.value().starts_with(['"', '\'']) {
            return self.bracket_of(&opening);
        }
        if let Some(mistake) = self.stray(&opening).or_else(|| self.backslash(&opening)) {
            return Some(mistake);
        }
        if self.trouble == Trouble::OpenQuote || self.at == opening.value_start() {
            return self.unclosed(&opening);
        }
        let mark = opening.value().chars().next()?;
        let message = match mark {
            '\'' => "An apostrophe ends the text here",
            _ => "A quotation mark ends the text here",
        };
        let from = opening.value_start();
        let spot = self.text[from..self.at].rfind(mark).map_or(from, |spot| from + spot);
        let help = match opening.key {
            Some(_) => {
                "put the text on the next line, indented by two spaces, with | after the key"
            }
            None => {
                "begin the item with `- |`, and put the text on the next line, indented by two \
                     spaces more than the dash"
            }
        };
        let patch = self.wrap_value(&opening, opening.base());
        Some(Mistake::new(&faults::QUOTE_IN_TEXT, spot..spot + 1, message, help, vec![patch]))
    }

    /// Whether a value in quotes or brackets does not end with them.
    fn is_left_open(&self, row: &Row<'_>) -> bool {
        let end = value_end(self.text, row, row.base());
        is_enclosed(row) && !is_closed(&self.text[row.value_start()..end])
    }

    /// A backslash in double quotes that stands for nothing.
    fn backslash(&self, opening: &Row<'_>) -> Option<Mistake> {
        let value = opening.value().strip_prefix('"')?;
        let mut signs = value.char_indices();
        let at = loop {
            match signs.next()? {
                (_, '"') => return None,
                (at, '\\') => match signs.next() {
                    Some((_, sign)) if ESCAPES.contains(sign) => {}
                    _ => break opening.value_start() + 1 + at,
                },
                _ => {}
            }
        };
        let message = "A backslash has a meaning of its own between double quotes";
        let help = "put the text on the next line, indented by two spaces, with | after the key; or \
                    write two backslashes for one";
        let (range, _) = self.wrap_value(opening, opening.base());
        let inner = self.text[range.start + 1..range.end].trim_end();
        let patch = vec![(range, wrapped(inner.strip_suffix('"').unwrap_or(inner)))];
        Some(Mistake::new(&faults::QUOTE_IN_TEXT, at..at + 1, message, help, patch))
    }

    /// A text whose quotation mark, or a list or group whose bracket, is never closed.
    fn unclosed(&self, row: &Row<'_>) -> Option<Mistake> {
        let from = row.value_start();
        if let Some(mistake) = self.stray(row) {
            return Some(mistake);
        }
        let mark = row.value().chars().next()?;
        let what = match mark {
            '\'' => "an apostrophe",
            '"' => "a quotation mark",
            _ => return self.bracket_of(row),
        };
        let message = format!("A text that begins with {what} is not closed");
        let help = format!(
            "write {mark} at the end of the text as well; or, if the text goes on behind it, put \
             the text on the next line, indented by two spaces, with | after the key"
        );
        let (range, _) = self.wrap_value(row, row.base());
        let inner = wrapped(&self.text[from + 1..range.end]);
        let patch = vec![(range, inner)];
        Some(Mistake::new(&faults::QUOTE_IN_TEXT, from..from + 1, message, help, patch))
    }

    pub(super) fn sign(&self) -> Option<Mistake> {
        let own = self.row();
        if self.at >= own.line.start
            && let Some(mistake) = self.stray(own)
        {
            return Some(mistake);
        }
        // A bar begins a text everywhere but within brackets.
        if self.trouble == Trouble::Sign && self.text[self.at..].starts_with(['|', '>']) {
            return self.bracket();
        }
        let (row, patch) = match self.owner().map(|owner| self.rows[owner]) {
            Some(owner) if self.at >= owner.value_start() => self.whole_text(),
            _ => return self.line(),
        };
        let from = row.value_start();
        if self.at < from || row.value().is_empty() {
            return self.line();
        }
        if row.value().starts_with(['{', '[']) {
            return self.bracket_of(&row);
        }
        let sign = self.text[from..].chars().next()?;
        let message = format!("A text that begins with {sign} is not read as a text");
        let place = from..from + sign.len_utf8();
        let help = match row.key {
            Some(_) => HELP_BLOCK,
            None => "put the whole text in double quotes",
        };
        Some(Mistake::new(&faults::SIGN_IN_TEXT, place, message, help, vec![patch]))
    }

    /// A text on the line of its `|`, or one that begins with `>` and is meant so.
    pub(super) fn block_header(&self) -> Option<Mistake> {
        let row = self.row();
        let value = row.value();
        let sign = value.chars().next().filter(|sign| matches!(sign, '|' | '>'))?;
        if sign == '>' && !value[1..].starts_with([' ', '-', '+']) {
            return self.sign();
        }
        let after = value[1..].trim_start_matches(['+', '-']).trim_start();
        let from = row.line.end() - after.len();
        let message = format!("The text after {sign} must begin on the next line");
        let help = "move the text to the next line, indented by two spaces";
        let below = self.rows.get(self.index + 1).map_or(0, |below| below.outer());
        let indent = if below > row.base() { below } else { row.base() + 2 };
        let patch = (from..row.line.end(), format!("\n{}{after}", " ".repeat(indent)));
        let place = from..row.line.end();
        Some(Mistake::new(&faults::TEXT_NOT_INDENTED, place, message, help, vec![patch]))
    }

    pub(super) fn directive(&self) -> Mistake {
        let line = super::line_at(self.text, self.at);
        let message = "A line that begins with % is a directive of YAML, which is not allowed here";
        let help = "remove the line, or indent it if it belongs to a text";
        let patches = vec![(line.start..line.start, "# ".to_owned())];
        Mistake::new(&faults::YAML_EXTRA, line.start..line.end(), message, help, patches)
    }
}

fn is_enclosed(row: &Row<'_>) -> bool {
    row.value().starts_with(['"', '\'', '{', '['])
}

/// The row with all its text as its value, where what looks like its key is the beginning of a text.
fn without_prose_key(row: Row<'_>) -> Row<'_> {
    match row.key.is_some() && row.plain_key().is_none() {
        true => Row { key: None, value: row.column, ..row },
        false => row,
    }
}
