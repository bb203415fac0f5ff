//! Reports and trackers as Markdown: templates over the computed report, with an escaper that cannot
//! be left out by accident.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, State, UndefinedBehavior};

use super::prose::{escape, escape_inside, to_markdown};
use super::{Report, Tracker};

/// The full report.
pub(crate) fn render_report(report: &Report) -> String {
    render("report.md", &Value::from(Serde(report)))
}

/// The tracker of actions.
pub(crate) fn render_tracker(tracker: &Tracker) -> String {
    render("tracker.md", &Value::from(Serde(tracker)))
}

fn render(template: &str, value: &Value) -> String {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    environment.set_syntax(syntax.expect("the usual delimiters do not clash"));
    // Every value that is printed passes through the formatter, whatever the template says.
    environment.set_auto_escape_callback(|_| AutoEscape::Custom("markdown".into()));
    environment.set_formatter(|out, state, value| write_escaped(out, state, value));
    environment.add_filter("prose", |text: &str| Value::from_safe_string(to_markdown(text)));
    environment.add_filter("inline", |text: &str| Value::from_safe_string(escape_inside(text)));
    environment.add_filter("inside", |text: &Value, spaces: usize| inside(text, spaces));
    let templates = [
        ("control.md", include_str!("templates/control.md")),
        ("report.md", include_str!("templates/report.md")),
        ("tracker.md", include_str!("templates/tracker.md")),
    ];
    for (name, source) in templates {
        environment.add_template(name, source).expect("a built-in template is right");
    }
    let template = environment.get_template(template).expect("the template was added");
    let text = template.render(value).expect("a built-in template fits the report");
    tidy(&text)
}

/// Text of any kind is escaped; only what the `prose` filter has printed is not.
fn write_escaped(out: &mut minijinja::Output, _: &State, value: &Value) -> Result<(), Error> {
    let text = value.to_string();
    let written = match (value.kind(), value.is_safe()) {
        (ValueKind::String, false) => escape(&text),
        _ => text,
    };
    out.write_str(&written).map_err(Error::from)
}

/// Indents all lines of prose but the first, so that it stands inside a list item.
fn inside(text: &Value, spaces: usize) -> Value {
    let margin = " ".repeat(spaces);
    let text = text.to_string();
    let mut lines = text.lines();
    let mut indented = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        indented.push('\n');
        if !line.is_empty() {
            indented.push_str(&margin);
            indented.push_str(line);
        }
    }
    Value::from_safe_string(indented)
}

/// One blank line between blocks, none at the end, no white space at the end of a line. Code blocks
/// keep their blank lines.
fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    let mut blanks = 0;
    let mut in_code = false;
    for line in text.lines() {
        let line = line.trim_end();
        in_code ^= line.trim_start().starts_with("```");
        if line.is_empty() && !in_code {
            blanks += 1;
            continue;
        }
        if blanks > 0 && !tidied.is_empty() {
            tidied.push('\n');
        }
        blanks = 0;
        tidied.push_str(line);
        tidied.push('\n');
    }
    tidied
}
