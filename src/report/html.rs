//! Reports as web pages: one file each, which loads nothing and runs nothing.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value, ValueKind};
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use sha2::{Digest, Sha256};

use super::Report;
use super::prose::{escape_html, to_html};

/// The one style sheet of all pages.
const STYLE: &str = include_str!("templates/html/style.css");

pub(crate) fn render(report: &Report) -> String {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    environment.set_syntax(syntax.expect("the usual delimiters do not clash"));
    environment.set_auto_escape_callback(|_| AutoEscape::Custom("html".into()));
    environment.set_formatter(|out, _, value| {
        let text = value.to_string();
        let written = match (value.kind(), value.is_safe()) {
            (ValueKind::String, false) => escape_html(&text),
            _ => text,
        };
        out.write_str(&written).map_err(minijinja::Error::from)
    });
    environment.add_filter("prose", |text: &str, level: Option<usize>| {
        Value::from_safe_string(to_html(text, level.unwrap_or(5)))
    });
    environment.add_filter("anchor", |text: &Value| Value::from_safe_string(anchor(&text.to_string())));
    environment.add_global("style", Value::from_safe_string(STYLE.to_owned()));
    environment.add_global("style_hash", Value::from_safe_string(style_hash()));
    let templates = [
        ("parts.html", include_str!("templates/html/parts.html")),
        ("page.html", include_str!("templates/html/page.html")),
        ("full.html", include_str!("templates/html/full.html")),
    ];
    for (name, source) in templates {
        environment.add_template(name, source).expect("a built-in template is right");
    }
    let template = environment.get_template("full.html").expect("the template was added");
    let text = template.render(&Value::from(Serde(report))).expect("a built-in template fits the report");
    let lines = text.lines().map(str::trim_end).filter(|line| !line.is_empty());
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// An id as part of an anchor: ASCII letters, digits, dots and hyphens as they are, any other sign by
/// its bytes, so that two ids never become one.
fn anchor(id: &str) -> String {
    let mut anchor = String::with_capacity(id.len());
    for byte in id.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' => anchor.push(char::from(byte)),
            other => anchor.push_str(&format!("_{other:02x}")),
        }
    }
    anchor
}

/// What a content security policy knows the style sheet by.
fn style_hash() -> String {
    format!("sha256-{}", base64(&Sha256::digest(STYLE)))
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let sign = SIGNS[(bits >> (18 - 6 * place) & 63) as usize];
            text.push(if place > chunk.len() { '=' } else { char::from(sign) });
        }
    }
    text
}
