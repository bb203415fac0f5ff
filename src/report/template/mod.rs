//! The one engine of templates: what a template may use, how every value that it prints is escaped,
//! and what is wrong with one. The only file that knows the template engine.
//!
//! Escaping belongs to the format. A template cannot switch it off: whatever it prints passes the
//! formatter, there is no filter that declares a text safe, and `autoescape` changes nothing.

mod check;
mod fault;
mod limits;
mod words;

use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, State, UndefinedBehavior};
use serde::Serialize;

use super::kind::{Format, Kind};
use super::{Report, html, markdown};
use fault::fault;
use limits::too_much;
use words::{add_filters, add_words};

pub(crate) use check::check;
pub(crate) use fault::Fault;

/// A line end in prose, until the template around it is tidied. Prose holds no hidden character, so
/// that nothing else can be taken for it.
pub(super) const LINE_END: &str = "\u{1}";

/// What the built-in templates are called with, so that a template of a user's can take them in.
const BUILT_IN: &str = "built-in/";

/// So many instructions of a template of a user's are carried out; the largest reports take a small
/// part of it.
const FUEL: u64 = 20_000_000;

/// A name that templates may print, and what makes its text.
type Given = (&'static str, fn() -> String);

/// How a format writes what templates print.
pub(super) struct Dialect {
    /// A short text, on one line, where a line may begin.
    pub(super) text: fn(&str) -> String,
    /// The same where no line begins: in a heading, or in a cell of a table.
    pub(super) inline: fn(&str) -> String,
    /// Prose on one line.
    pub(super) cell: fn(&str) -> String,
    /// Prose in blocks, with its headings at a level.
    pub(super) prose: fn(&str, usize) -> String,
    /// The level of headings in prose unless a template says otherwise.
    pub(super) usual_heading: usize,
    /// Puts the white space of a finished page in order.
    pub(super) tidy: fn(&str) -> String,
    /// What templates may print beside the value, as it is: a name, and what makes the text.
    pub(super) given: &'static [Given],
    /// The templates that come with the program, by name.
    pub(super) templates: &'static [(&'static str, &'static str)],
}

fn dialect(format: Format) -> &'static Dialect {
    match format {
        Format::Markdown => &markdown::DIALECT,
        Format::Html => &html::DIALECT,
    }
}

/// Finds the text of a template by the name that another takes it in with; or says why there is none.
pub(crate) type Find = Arc<dyn Fn(&str) -> Result<Option<String>, String> + Send + Sync>;

/// A template of a user's, with what it may take in.
#[derive(Clone)]
pub(crate) struct Own {
    /// Its name, as the templates beside it would name it.
    pub name: String,
    /// Its text.
    pub text: String,
    /// The templates beside it.
    pub find: Find,
}

/// The text of a built-in template.
pub(crate) fn built_in(kind: Kind, format: Format) -> &'static str {
    let name = format!("{}.{}", kind.word(), format.ending());
    let mut templates = dialect(format).templates.iter();
    let found = templates.find(|(own, _)| *own == name);
    found.expect("every kind has a template in every format").1
}

/// Lays a value out with a built-in template.
pub(super) fn render(format: Format, template: &str, value: &impl Serialize) -> String {
    let environment = environment(format);
    let name = format!("{BUILT_IN}{template}.{}", format.ending());
    let template = environment.get_template(&name).expect("the template was added");
    let text = template.render(Value::from(Serde(value)));
    finish(format, &text.expect("a built-in template fits the report"))
}

/// Lays a value out with a template of a user's.
pub(super) fn render_own(
    format: Format,
    own: &Own,
    value: &impl Serialize,
) -> Result<String, Fault> {
    if let Some(fault) = too_much(&own.name, &own.text) {
        return Err(fault);
    }
    let environment = own_environment(format, own);
    let text = environment
        .get_template(&own.name)
        .and_then(|template| template.render(Value::from(Serde(value))));
    text.map(|text| finish(format, &text)).map_err(|error| fault(own, &error))
}

/// Lays a report out with a template of a user's.
pub(crate) fn render_report(format: Format, own: &Own, report: &Report) -> Result<String, Fault> {
    render_own(format, own, report)
}

/// What a template of a user's is carried out in: it finds itself and those beside it, and ends.
fn own_environment(format: Format, own: &Own) -> Environment<'static> {
    let mut environment = environment(format);
    environment.set_fuel(Some(FUEL));
    let (name, main) = (own.name.clone(), own.text.clone());
    let find = Arc::clone(&own.find);
    environment.set_loader(move |wanted| match wanted == name {
        true => Ok(Some(main.clone())),
        false => beside(&find, wanted),
    });
    environment
}

/// The text of a template beside a user's own.
fn beside(find: &Find, name: &str) -> Result<Option<String>, Error> {
    let text = find(name).map_err(|why| Error::new(ErrorKind::TemplateNotFound, why))?;
    let fault = text.as_ref().and_then(|text| Some((too_much(name, text)?, text)));
    fault.map_or(Ok(()), |(Fault { place, message, help, .. }, text)| {
        let line = text[..place.start].matches('\n').count() + 1;
        let why = format!("{name}, line {line}: {message}; {help}");
        Err(Error::new(ErrorKind::BadInclude, why))
    })?;
    Ok(text)
}

fn finish(format: Format, text: &str) -> String {
    (dialect(format).tidy)(text).replace(LINE_END, "\n")
}

fn environment(format: Format) -> Environment<'static> {
    let dialect = dialect(format);
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    environment.set_syntax(syntax.expect("the usual delimiters do not clash"));
    // What macros and blocks have printed is marked as printed; all else passes through the escaper.
    environment.set_auto_escape_callback(move |_| AutoEscape::Custom(format.word().into()));
    environment.set_formatter(move |out, _: &mut State, value| write(dialect, out, value));
    add_words(&mut environment);
    add_filters(&mut environment, dialect);
    for (name, text) in dialect.given {
        environment.add_global(*name, words::printed(&text()));
    }
    for (name, source) in dialect.templates {
        environment
            .add_template_owned(format!("{BUILT_IN}{name}"), *source)
            .expect("a built-in template is right");
    }
    environment
}

/// Prints a value. Text of any kind is escaped; only what has been printed already is not.
fn write(dialect: &Dialect, out: &mut minijinja::Output, value: &Value) -> Result<(), Error> {
    let text = match (value.kind(), value.is_safe()) {
        (ValueKind::None, _) => return Ok(()),
        (ValueKind::String, true) | (ValueKind::Bool | ValueKind::Number, _) => value.to_string(),
        (ValueKind::String, false) => (dialect.text)(&value.to_string()),
        _ => {
            return Err(Error::new(
                ErrorKind::InvalidOperation,
                "a list or a group of fields cannot be printed: print its fields one by one",
            ));
        }
    };
    out.write_str(&text).map_err(Error::from)
}

#[cfg(test)]
mod tests;
