//! Reports as web pages: how the values that templates print are written. A page is one file that
//! loads nothing and runs nothing, and its content security policy says so to the browser.

use super::Report;
use super::kind::{Format, Kind};
use super::prose::{escape_html, to_html, to_line};
use super::template::{self, Dialect};
use crate::digest;
use crate::text::{one_line, visible};

/// Headings in prose stand at this level unless a template says otherwise: below the words over an
/// answer.
const USUAL_HEADING: usize = 5;

/// The one style sheet of all pages.
const STYLE: &str = include_str!("templates/html/style.css");

/// How HTML writes what templates print.
pub(super) static DIALECT: Dialect = Dialect {
    text: escape,
    inline: escape,
    cell,
    prose: to_html,
    usual_heading: USUAL_HEADING,
    tidy,
    given: &[("style", style), ("style_hash", style_hash)],
    templates: &[
        ("page.html", include_str!("templates/html/page.html")),
        ("parts.html", include_str!("templates/html/parts.html")),
        ("counts.html", include_str!("templates/html/counts.html")),
        ("actions.html", include_str!("templates/html/actions.html")),
        ("programme.html", include_str!("templates/html/programme.html")),
        ("questions.html", include_str!("templates/html/questions.html")),
        ("moved.html", include_str!("templates/html/moved.html")),
        ("full.html", include_str!("templates/html/full.html")),
        ("quarterly.html", include_str!("templates/html/quarterly.html")),
        ("annual.html", include_str!("templates/html/annual.html")),
        ("committee.html", include_str!("templates/html/committee.html")),
        ("briefing.html", include_str!("templates/html/briefing.html")),
        ("young-people.html", include_str!("templates/html/young-people.html")),
        ("step.html", include_str!("templates/html/step.html")),
        ("enquiry.html", include_str!("templates/html/enquiry.html")),
    ],
};

/// A report of a kind.
pub(crate) fn render(kind: Kind, report: &Report) -> String {
    template::render(Format::Html, kind.word(), report)
}

/// A short text as it was written, whatever HTML would make of it.
fn escape(text: &str) -> String {
    escape_html(&one_line(&visible(text)))
}

fn cell(prose: &str) -> String {
    escape(&to_line(prose))
}

/// No empty lines and no white space at the end of a line. Prose keeps the lines that it has, and with
/// them those of its code.
fn tidy(text: &str) -> String {
    let lines = text.lines().map(str::trim_end).filter(|line| !line.is_empty());
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// An id as part of an anchor: ASCII letters, digits, dots and hyphens as they are, any other sign by
/// its bytes, so that two ids never become one.
pub(super) fn anchor(id: &str) -> String {
    let mut anchor = String::with_capacity(id.len());
    for byte in id.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' => anchor.push(char::from(byte)),
            other => anchor.push_str(&format!("_{other:02x}")),
        }
    }
    anchor
}

/// The style sheet with the line ends that browsers see, whatever they are in the source.
fn style() -> String {
    STYLE.replace('\r', "")
}

/// What the content security policy knows the style sheet by.
fn style_hash() -> String {
    format!("sha256-{}", base64(&digest::of(&style())))
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0, |bits: usize, byte| bits << 8 | usize::from(*byte));
        let bits = bits << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let sign = char::from(SIGNS[bits >> (18 - 6 * place) & 63]);
            text.push(if place > chunk.len() { '=' } else { sign });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_as_the_standard_does() {
        let check = |text: &str, expected: &str| assert_eq!(base64(text.as_bytes()), expected);
        check("", "");
        check("f", "Zg==");
        check("fo", "Zm8=");
        check("foo", "Zm9v");
        check("foobar", "Zm9vYmFy");
    }

    #[test]
    fn anchors_are_plain_and_never_the_same_for_two_ids() {
        let check = |id: &str, expected: &str| assert_eq!(anchor(id), expected);
        check("1.1", "1.1");
        check("a b", "a_20b");
        check("a_20b", "a_5f20b");
        check("\"é", "_22_c3_a9");
    }
}
