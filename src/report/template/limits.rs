//! How long an expression may be, and a row of elif: the engine takes them apart by going one step deeper
//! for each part, and would run out of stack.

use std::ops::Range;

use super::fault::Fault;

/// So many characters may be in one expression, without white space and quoted texts. No template comes
/// near it, and each can be a step deeper; twice as many fit the smallest stack, that of Windows.
const LONGEST: usize = 2000;

/// So many elif may stand in the ifs around any place, for the same reason.
const MOST_ELIF: usize = 100;

/// What a template of a user's has too much of, if anything. Where it is broken, the engine says so.
pub(super) fn too_much(name: &str, text: &str) -> Option<Fault> {
    let fault = |place: Range<usize>, message: String, help: &str| {
        Some(Fault { template: name.to_owned(), place, message, help: help.to_owned() })
    };
    let mut open = OpenIfs::default();
    let mut at = 0;
    loop {
        let start = at + text[at..].find('{')?;
        let inside = start + 2;
        let closing = match text.get(start..inside) {
            Some("{{") => "}}",
            Some("{%") => "%}",
            Some("{#") => {
                at = inside + text[inside..].find("#}")? + 2;
                continue;
            }
            _ => {
                at = start + 1;
                continue;
            }
        };
        if let ("%}", Some(length)) = (closing, bare_tag(&text[inside..], "raw")) {
            at = after_raw(text, inside + length)?;
            continue;
        }
        if closing == "%}" && open.elifs(&text[inside..]) > MOST_ELIF {
            return fault(
                start..inside,
                format!("The ifs around this elif have more than {MOST_ELIF} of them"),
                "make several ifs of them, or look the value up in a list of pairs",
            );
        }
        at = match expression(&text[inside..], closing) {
            Expression::Ends(length) => inside + length,
            Expression::Broken => return None,
            Expression::TooLong => {
                return fault(
                    start..inside,
                    format!("This expression has more than {LONGEST} characters"),
                    "give its parts names with {% set … %}, and use the names",
                );
            }
        };
    }
}

/// How many elif there are in each of the ifs that are open.
#[derive(Default)]
struct OpenIfs {
    elifs: Vec<usize>,
    sum: usize,
}

impl OpenIfs {
    /// How many there are once a tag has been read.
    fn elifs(&mut self, tag: &str) -> usize {
        let tag = tag.strip_prefix(['-', '+']).unwrap_or(tag).trim_start();
        match tag.split(|c: char| !c.is_alphanumeric() && c != '_').next() {
            Some("if") => self.elifs.push(0),
            Some("elif") => {
                if let Some(elifs) = self.elifs.last_mut() {
                    *elifs += 1;
                    self.sum += 1;
                }
            }
            Some("endif") => self.sum -= self.elifs.pop().unwrap_or_default(),
            _ => {}
        }
        self.sum
    }
}

enum Expression {
    Ends(usize),
    TooLong,
    Broken,
}

/// Reads an expression as far as the marks with which it closes.
fn expression(text: &str, closing: &str) -> Expression {
    let mut brackets = Vec::new();
    let mut length = 0;
    let mut bytes = text.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        if brackets.is_empty() && text.as_bytes()[at..].starts_with(closing.as_bytes()) {
            return Expression::Ends(at + closing.len());
        }
        match byte {
            b'(' => brackets.push(b')'),
            b'[' => brackets.push(b']'),
            b'{' => brackets.push(b'}'),
            b')' | b']' | b'}' if brackets.pop() != Some(byte) => return Expression::Broken,
            b'"' | b'\'' => {
                while let Some((_, inside)) = bytes.next().filter(|(_, inside)| *inside != byte) {
                    if inside == b'\\' {
                        bytes.next();
                    }
                }
            }
            _ => {}
        }
        length += usize::from(!byte.is_ascii_whitespace());
        if length > LONGEST {
            return Expression::TooLong;
        }
    }
    Expression::Broken
}

/// Where the text goes on behind what is taken as it stands.
fn after_raw(text: &str, mut at: usize) -> Option<usize> {
    loop {
        at += text[at..].find("{%")? + 2;
        if let Some(length) = bare_tag(&text[at..], "endraw") {
            return Some(at + length);
        }
    }
}

/// The length of a tag that is one word and nothing else.
fn bare_tag(text: &str, word: &str) -> Option<usize> {
    let sign = |text| str::strip_prefix(text, ['-', '+']).unwrap_or(text);
    let rest = sign(text).trim_ascii_start().strip_prefix(word)?.trim_ascii_start();
    Some(text.len() - sign(rest).strip_prefix("%}")?.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_expressions_are_found_and_nothing_else() {
        let check = |text: String, expected: Option<usize>| {
            let found = too_much("own.md", &text).map(|fault| fault.place.start);
            assert_eq!(found, expected, "{}", text.chars().take(60).collect::<String>());
        };
        let sum = "1+".repeat(LONGEST);
        check(format!("{{{{ a }}}} é {{{{ {sum}1 }}}}"), Some(11));
        check(format!("{{%- set a = {sum}1 -%}}"), Some(0));
        check(format!("{{{{ {{\"a\": {{}}}} ~ {sum}1 }}}}"), Some(0));
        check(format!("{{{{ \"}}}} \\\" }}}}\" ~ {sum}1 }}}}"), Some(0));
        check(format!("{{% raw %}}{{{{ \"{{% endraw %}}{{{{ {sum}1 }}}}"), Some(25));
        check(format!("{{# {{{{ \" #}}{{{{ {sum}1 }}}}"), Some(10));
        check(format!("{{# {{{{ {sum}1 }}}} #}}{{% raw -%}}{{{{ {sum}1 }}}}{{%- endraw %}}"), None);
        check(format!("{{ {sum} }} {{{{ \"{sum}\" }}}} {{{{ a{}}}}}", " ".repeat(9000)), None);
        check("{{ a | upper }}{% if a %}b{% elif c %}d{% endif %}".repeat(1000), None);
        check("{% if a %}".to_owned() + &"{% elif b %}".repeat(MOST_ELIF), None);
        check("{% if a %}".repeat(9) + &"{%- elif b %}".repeat(MOST_ELIF + 1), Some(1390));
        // The engine says what is wrong with a bracket.
        check(format!("{{{{ a) }}}} {sum}"), None);
        check(format!("{{{{ (a }}}} {sum}"), None);
    }
}
