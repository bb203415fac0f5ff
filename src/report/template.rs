//! The one engine of templates: what a template may use, how every value that it prints is escaped,
//! and what is wrong with one. The only file that knows the template engine.
//!
//! Escaping belongs to the format. A template cannot switch it off: whatever it prints passes the
//! formatter, there is no filter that declares a text safe, and `autoescape` changes nothing.

use std::ops::Range;
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, State, UndefinedBehavior};
use serde::Serialize;

use super::kind::{Format, Kind};
use super::{html, markdown};

/// A line end in prose, until the template around it is tidied. Prose holds no hidden character, so
/// that nothing else can be taken for it.
pub(super) const LINE_END: &str = "\u{1}";

/// What the built-in templates are called with, so that a template of a user's can take them in.
const BUILT_IN: &str = "built-in/";

/// So many instructions of a template of a user's are carried out; the largest reports take a small
/// part of it.
const FUEL: u64 = 20_000_000;

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
    pub(super) given: &'static [(&'static str, fn() -> String)],
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

/// What is wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The template in which it is, by name.
    pub template: String,
    /// The bytes that are meant, or the line where only that is known.
    pub place: Place,
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

/// A place in a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// These bytes.
    Bytes(Range<usize>),
    /// Somewhere in this line, from 1.
    Line(usize),
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
    let mut environment = environment(format);
    environment.set_fuel(Some(FUEL));
    let (name, main) = (own.name.clone(), own.text.clone());
    let find = Arc::clone(&own.find);
    environment.set_loader(move |wanted| match wanted == name {
        true => Ok(Some(main.clone())),
        false => find(wanted).map_err(|why| Error::new(ErrorKind::TemplateNotFound, why)),
    });
    let text = environment
        .get_template(&own.name)
        .and_then(|template| template.render(Value::from(Serde(value))));
    text.map(|text| finish(format, &text)).map_err(|error| fault(own, &error))
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
    for (name, text) in dialect.given {
        environment.add_global(*name, printed(&text()));
    }
    add_words(&mut environment);
    add_filters(&mut environment, dialect);
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

/// A text that its format has printed.
fn printed(text: &str) -> Value {
    Value::from_safe_string(text.replace('\n', LINE_END))
}

/// The filters with which a format prints.
fn add_filters(environment: &mut Environment<'_>, dialect: &'static Dialect) {
    environment.add_filter("prose", move |text: &str, level: Option<usize>| {
        printed(&(dialect.prose)(text, level.unwrap_or(dialect.usual_heading)))
    });
    environment.add_filter("cell", move |text: &str| printed(&(dialect.cell)(text)));
    environment.add_filter("inline", move |text: &Value| match text.kind() {
        ValueKind::String if !text.is_safe() => printed(&(dialect.inline)(&text.to_string())),
        _ => text.clone(),
    });
    environment.add_filter("anchor", |id: &str| html::anchor(id));
    environment.add_filter("inside", move |text: &Value, spaces: usize| match text.is_safe() {
        true => inside(&text.to_string(), spaces),
        false => printed(&(dialect.inline)(&text.to_string())),
    });
}

/// Indents all lines of prose but the first, so that it stands inside a list item.
fn inside(text: &str, spaces: usize) -> Value {
    let margin = " ".repeat(spaces.min(40));
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

/// The words of the template language that there are: those that can make no printed text out of one
/// that is not, nor change one that is.
fn add_words(environment: &mut Environment<'_>) {
    use minijinja::{filters, functions, tests};
    environment.add_filter("length", filters::length);
    environment.add_filter("default", filters::default);
    environment.add_filter("join", |texts: Vec<String>, between: Option<&str>| {
        texts.join(between.unwrap_or_default())
    });
    environment.add_filter("lower", |text: &str| text.to_lowercase());
    environment.add_filter("upper", |text: &str| text.to_uppercase());
    environment.add_filter("trim", |text: &str| text.trim().to_owned());
    environment.add_filter("replace", |text: &str, old: &str, new: &str| text.replace(old, new));
    environment.add_filter("selectattr", filters::selectattr);
    environment.add_filter("rejectattr", filters::rejectattr);
    environment.add_filter("groupby", filters::groupby);
    environment.add_filter("sort", filters::sort);
    environment.add_filter("sum", filters::sum);
    environment.add_filter("first", |list: Vec<Value>| list.into_iter().next());
    environment.add_filter("last", |list: Vec<Value>| list.into_iter().next_back());
    environment.add_filter("reverse", |mut list: Vec<Value>| {
        list.reverse();
        list
    });
    environment.add_function("range", functions::range);
    environment.add_function("namespace", functions::namespace);
    environment.add_test("defined", tests::is_defined);
    environment.add_test("none", tests::is_none);
    environment.add_test("eq", tests::is_eq);
    environment.add_test("equalto", tests::is_eq);
    environment.add_test("ne", tests::is_ne);
    environment.add_test("gt", tests::is_gt);
    environment.add_test("lt", tests::is_lt);
    environment.add_test("in", tests::is_in);
    environment.add_test("odd", tests::is_odd);
    environment.add_test("even", tests::is_even);
}

/// The innermost of what went wrong, which is where it has to be put right.
fn fault(own: &Own, error: &Error) -> Fault {
    let mut inner = error;
    let mut next = std::error::Error::source(error);
    while let Some(found) = next {
        if let Some(found) = found.downcast_ref::<Error>()
            && found.name().is_some()
        {
            inner = found;
        }
        next = found.source();
    }
    let detail = inner.detail().unwrap_or_default();
    let (message, help) = words(inner.kind(), detail);
    Fault {
        template: inner.name().unwrap_or(&own.name).to_owned(),
        place: match inner.range() {
            Some(range) if !range.is_empty() => Place::Bytes(range),
            _ => Place::Line(inner.line().unwrap_or(1)),
        },
        message,
        help,
    }
}

fn words(kind: ErrorKind, detail: &str) -> (String, String) {
    let said = |what: &str| match detail {
        "" => what.to_owned(),
        detail => format!("{what}: {detail}"),
    };
    match kind {
        ErrorKind::OutOfFuel => (
            "The template takes too long".to_owned(),
            "look for a loop that does not end, or that runs through far more than there is"
                .to_owned(),
        ),
        ErrorKind::UndefinedError => (
            said("There is no such field"),
            "docs/templates.md names every field".to_owned(),
        ),
        ErrorKind::UnknownFilter => (
            said("There is no such filter"),
            "docs/templates.md names the filters; every value is escaped by the format, and nothing \
             switches that off"
                .to_owned(),
        ),
        _ => (said("The template cannot be read"), "docs/templates.md shows how".to_owned()),
    }
}
