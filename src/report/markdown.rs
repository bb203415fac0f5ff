//! Reports and trackers as Markdown: templates over the computed report, with an escaper that cannot
//! be left out by accident.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, State, UndefinedBehavior};

use super::prose::{escape, escape_inside, to_cell, to_markdown};
use super::sheet::Sheet;
use super::{Report, Tracker};

/// Headings in prose stand at this level unless a template says otherwise: below a question.
const USUAL_HEADING: usize = 4;

/// A line end in prose, until the template around it is tidied. Prose holds no hidden character, so
/// that nothing else can be taken for it.
const LINE_END: &str = "\u{1}";

/// The full report.
pub(crate) fn render_report(report: &Report) -> String {
    render("report.md", &Value::from(Serde(report)))
}

/// The tracker of actions.
pub(crate) fn render_tracker(tracker: &Tracker) -> String {
    render("tracker.md", &Value::from(Serde(tracker)))
}

/// A sheet, such as a comparison.
pub(crate) fn render_sheet(sheet: &Sheet) -> String {
    render("sheet.md", &Value::from(Serde(sheet)))
}

fn render(template: &str, value: &Value) -> String {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    environment.set_syntax(syntax.expect("the usual delimiters do not clash"));
    // Every value that is printed passes through the formatter, whatever the template says.
    environment.set_auto_escape_callback(|_| AutoEscape::Custom("markdown".into()));
    environment.set_formatter(|out, state, value| write_escaped(out, state, value));
    environment.add_filter("prose", |text: &str, level: Option<usize>| {
        let markdown = to_markdown(text, level.unwrap_or(USUAL_HEADING));
        Value::from_safe_string(markdown.replace('\n', LINE_END))
    });
    environment.add_filter("cell", |text: &str| Value::from_safe_string(to_cell(text)));
    environment.add_filter("inline", |text: &str| Value::from_safe_string(escape_inside(text)));
    environment.add_filter("inside", |text: &Value, spaces: usize| inside(text, spaces));
    let templates = [
        ("parts.md", include_str!("templates/parts.md")),
        ("report.md", include_str!("templates/report.md")),
        ("tracker.md", include_str!("templates/tracker.md")),
        ("sheet.md", include_str!("templates/sheet.md")),
    ];
    for (name, source) in templates {
        environment.add_template(name, source).expect("a built-in template is right");
    }
    let template = environment.get_template(template).expect("the template was added");
    let text = template.render(value).expect("a built-in template fits the report");
    tidy(&text)
}

/// Text of any kind is escaped; only what the filters have printed is not.
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
    let lines: Vec<String> = text
        .split(LINE_END)
        .enumerate()
        .map(|(index, line)| match index == 0 || line.is_empty() {
            true => line.to_owned(),
            false => format!("{margin}{line}"),
        })
        .collect();
    Value::from_safe_string(lines.join(LINE_END))
}

/// One blank line between the blocks of a template, none at the end, no white space at the end of a
/// line. Prose keeps the lines that it has, and with them those of its code.
fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    let mut blanks = 0;
    for line in text.lines() {
        let line = line.trim_end();
        if line.is_empty() {
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
    tidied.replace(LINE_END, "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tidies_the_template_and_not_the_prose() {
        let prose = to_markdown("a\n\n````\n```\n\n\nb\n````", 4).replace('\n', LINE_END);
        let tidied = tidy(&format!("\n\n# Title  \n\n\n\n{prose}\n\n\nend\n\n"));
        assert_eq!(tidied, "# Title\n\na\n\n````\n```\n\n\nb\n````\n\nend\n");
    }
}
