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
use super::sample::{self, Fill};
use super::{Report, html, markdown};
use crate::text::{nearest, quoted};

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
    pub(super) given: &'static [Given],
    /// The templates that come with the program, by name.
    pub(super) templates: &'static [(&'static str, &'static str)],
}

/// A text that templates may print as it is: its name, and what makes it.
pub(super) type Given = (&'static str, fn() -> String);

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

/// What is wrong with a template of a user's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The template in which it is, by name.
    pub template: String,
    /// The bytes of its text that are meant.
    pub place: Range<usize>,
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
    /// What to write instead.
    pub help: String,
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

/// What is wrong with a template of a user's, as far as that can be known without a report: it is tried
/// on a report with something in every field and on one with nothing, and every field that it names
/// from the top is looked up.
pub(crate) fn check(format: Format, own: &Own) -> Vec<Fault> {
    let mut faults: Vec<Fault> = Vec::new();
    for fill in [Fill::Full, Fill::Empty] {
        let report = sample::report(fill, "text");
        let fault = render_own(format, own, &report).err();
        faults.extend(fault.filter(|fault| !faults.contains(fault)));
    }
    for fault in unknown_fields(format, own) {
        if !faults.iter().any(|known| known.place.start == fault.place.start) {
            faults.push(fault);
        }
    }
    faults.sort_by_key(|fault| (fault.template.clone(), fault.place.start));
    faults
}

/// The fields that a template names from the top and that there are not, whether it comes to print them
/// or not.
fn unknown_fields(format: Format, own: &Own) -> Vec<Fault> {
    let environment = own_environment(format, own);
    let Ok(template) = environment.get_template(&own.name) else { return Vec::new() };
    let known = known_fields();
    let is_word = |name: &str| ["range", "namespace"].contains(&name);
    let mut unknown: Vec<String> = template
        .undeclared_variables(true)
        .into_iter()
        .filter(|path| !is_word(path) && !known.contains(path) && !is_of_list(path, &known))
        .collect();
    unknown.sort();
    let fault = |path: String| {
        let at = own.text.find(&path).unwrap_or(0);
        let name = path.rsplit('.').next().unwrap_or(&path);
        let (message, help) = unknown_words(&path, name);
        Fault { template: own.name.clone(), place: at..at + path.len(), message, help }
    };
    unknown.into_iter().map(fault).collect()
}

/// Every field that a template can name from the top, without the marks of lists.
fn known_fields() -> Vec<String> {
    let full = sample::report(Fill::Full, "text");
    let value = serde_json::to_value(&full).expect("a report is plain data");
    sample::fields(&value)
}

/// Whether a path goes into a list, where only the items have fields.
fn is_of_list(path: &str, known: &[String]) -> bool {
    let starts = |list: &str| known.iter().any(|own| own.starts_with(&format!("{list}[]")));
    path.match_indices('.').any(|(at, _)| starts(&path[..at]))
}

fn unknown_words(path: &str, name: &str) -> (String, String) {
    let fields = known_fields();
    let names: Vec<&str> = fields.iter().map(|own| own.rsplit('.').next().unwrap_or(own)).collect();
    let mut names = names;
    names.sort_unstable();
    names.dedup();
    let help = match nearest(name, names.iter().copied()) {
        Some(near) if near != name => format!("did you mean {near}? {FIELDS}"),
        _ => FIELDS.to_owned(),
    };
    (format!("A report has no field {}", quoted(path)), help)
}

const FIELDS: &str = "docs/templates.md names every field";

/// What a template of a user's is carried out in: it finds itself and those beside it, and ends.
fn own_environment(format: Format, own: &Own) -> Environment<'static> {
    let mut environment = environment(format);
    environment.set_fuel(Some(FUEL));
    let (name, main) = (own.name.clone(), own.text.clone());
    let find = Arc::clone(&own.find);
    environment.set_loader(move |wanted| match wanted == name {
        true => Ok(Some(main.clone())),
        false => find(wanted).map_err(|why| Error::new(ErrorKind::TemplateNotFound, why)),
    });
    environment
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

/// What went wrong, at the innermost place in a template of the user's.
fn fault(own: &Own, error: &Error) -> Fault {
    let mut chain = vec![error];
    let mut next = std::error::Error::source(error);
    while let Some(found) = next {
        chain.extend(found.downcast_ref::<Error>());
        next = found.source();
    }
    let is_own = |error: &&&Error| error.name().is_some_and(|name| !name.starts_with(BUILT_IN));
    let inner = chain.last().copied().unwrap_or(error);
    let place = chain.iter().rev().find(is_own).copied();
    let template = place.and_then(Error::name).unwrap_or(&own.name).to_owned();
    let text = place.and_then(Error::template_source).unwrap_or(&own.text);
    let range = place.and_then(Error::range).filter(|range| text.get(range.clone()).is_some());
    let range = range.filter(|range| !range.is_empty());
    let range = range.unwrap_or_else(|| line(text, place.and_then(Error::line).unwrap_or(1)));
    let (message, help) = words(inner, text.get(range.clone()).unwrap_or_default());
    Fault { template, place: range, message, help }
}

/// The bytes of a line, without the white space around it.
fn line(text: &str, number: usize) -> Range<usize> {
    let mut start = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        if index + 1 == number {
            let blank = line.len() - line.trim_start().len();
            return start + blank.min(line.trim_end().len())..start + line.trim_end().len();
        }
        start += line.len();
    }
    text.len()..text.len()
}

/// What is wrong, and what to write instead. `meant` is the part of the template at which it is.
fn words(error: &Error, meant: &str) -> (String, String) {
    let detail = error.detail().unwrap_or_default();
    let inside = match error.name().and_then(|name| name.strip_prefix(BUILT_IN)) {
        Some(name) => format!(", in the built-in template {name}"),
        None => String::new(),
    };
    let said = |what: &str, help: &str| (format!("{what}{inside}"), help.to_owned());
    match error.kind() {
        ErrorKind::UndefinedError if meant.is_empty() || !inside.is_empty() => {
            said("A field that is not there is used", FIELDS)
        }
        ErrorKind::UndefinedError if meant.starts_with('[') => (
            format!("An item is used of a list that may be empty: {meant}"),
            "put it between {% if … %} and {% endif %}, or run through the list with for"
                .to_owned(),
        ),
        ErrorKind::UndefinedError => {
            let path = meant.trim().trim_start_matches(['{', '%', ' ']);
            let is_name = |c: char| c.is_alphanumeric() || ['_', '.'].contains(&c);
            let end = path.find(|c| !is_name(c)).unwrap_or(path.len());
            let path = if end == 0 { path } else { &path[..end] };
            unknown_words(path, path.rsplit('.').next().unwrap_or(path))
        }
        ErrorKind::UnknownFilter => said(
            &format!("There is no such filter: {detail}"),
            "docs/templates.md names the filters; each value is escaped by its format, and no filter \
             switches that off",
        ),
        ErrorKind::UnknownTest | ErrorKind::UnknownFunction | ErrorKind::UnknownMethod => said(
            &format!("There is no such word: {detail}"),
            "docs/templates.md names the functions and tests",
        ),
        ErrorKind::OutOfFuel => said(
            "The template does not come to an end in good time",
            "look for a loop over far more than the report holds",
        ),
        ErrorKind::TemplateNotFound => said(
            &format!("The template that is taken in cannot be found: {detail}"),
            "name a file in the folder of this template, as seen from there, or one that begins with \
             built-in/",
        ),
        ErrorKind::SyntaxError => said(
            &format!("The template cannot be read: {detail}"),
            "every {{ needs its }}, every {% its %}, every if its endif and every for its endfor",
        ),
        _ => said(
            &format!(
                "This cannot be done: {}",
                if detail.is_empty() { "it fails" } else { detail }
            ),
            FIELDS,
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a hostile writer would put into a field.
    const HOSTILE: &str = "<script>alert(1)</script> <img src=x onerror=y> \" ' & [a](javascript:b) \
        ![c](d) | `e` *f* {{ title }} &lt;g&gt;";

    fn own(text: &str) -> Own {
        let find = |wanted: &str| match wanted {
            "beside.md" => Ok(Some("{% macro say(text) %}{{ text }}{% endmacro %}".to_owned())),
            _ => Ok(None),
        };
        Own { name: "own.md".to_owned(), text: text.to_owned(), find: Arc::new(find) }
    }

    /// A template that prints every text of a report in a way of its own.
    fn printing(way: &str) -> (String, usize) {
        let full = serde_json::to_value(sample::report(Fill::Full, "text")).expect("plain data");
        let (mut template, mut count) = (String::new(), 0);
        for path in sample::fields(&full) {
            let lists: Vec<&str> = path.split("[]").collect();
            let (last, lists) = lists.split_last().expect("a path has a part");
            let mut value = String::new();
            for (depth, list) in lists.iter().enumerate() {
                let of = format!("{value}{}", subscripts(list, value.is_empty()));
                template.push_str(&format!("{{% for v{depth} in {of} %}}"));
                value = format!("v{depth}");
            }
            let value = format!("{value}{}", subscripts(last, value.is_empty()));
            if is_text(&full, &path) {
                count += 1;
                template.push_str(&way.replace("VALUE", &value));
                template.push('\n');
            }
            template.push_str(&"{% endfor %}".repeat(lists.len()));
        }
        (template, count)
    }

    /// Names as the template language takes them, whatever they are.
    fn subscripts(path: &str, is_first: bool) -> String {
        let names = path.split('.').filter(|name| !name.is_empty()).enumerate();
        names
            .map(|(at, name)| match is_first && at == 0 {
                true => name.to_owned(),
                false => format!("[\"{name}\"]"),
            })
            .collect()
    }

    fn is_text(full: &serde_json::Value, path: &str) -> bool {
        full.pointer(&format!("/{}", path.replace("[]", "/0").replace('.', "/")))
            .is_some_and(serde_json::Value::is_string)
    }

    #[test]
    fn no_template_switches_escaping_off() {
        let ways = [
            "{{ VALUE }}",
            "a {{ VALUE | inline }}",
            "{{ VALUE | cell }}",
            "{{ VALUE | prose }}",
            "{{ VALUE | inside(2) }}",
            "{{ VALUE | prose | inside(2) }}",
            "a {{ VALUE | upper | lower }}",
            "a {{ VALUE | replace(\"a\", \"<b>\") }}",
            "a {{ VALUE ~ \"<b>\" }}",
            "a {{ [VALUE, VALUE] | join(\"<b>\") }}",
            "a {{ (VALUE | prose)[0:400] }}",
            "a {{ VALUE | prose | replace(\"\\\\\", \"\") }}",
            "a {{ VALUE | cell | lower }}",
            "a {{ [VALUE | prose] | first | upper }}",
            "{% autoescape false %}a {{ VALUE }}{% endautoescape %}",
            "{% autoescape \"none\" %}a {{ VALUE | inline }}{% endautoescape %}",
            "{% autoescape \"html\" %}a {{ VALUE }}{% endautoescape %}",
            "{% autoescape false %}{% set x %}a {{ VALUE }}{% endset %}{{ x }}{% endautoescape %}",
            "{% set x %}{{ VALUE }}{% endset %}a {{ x }} {{ x | trim }}",
            "{% set x %}{{ VALUE }}{% endset %}{% autoescape false %}a {{ x[1:] }}{% endautoescape %}",
            "{% macro m(x) %}{{ x }}{{ caller() }}{% endmacro %}a {% call m(VALUE) %}{{ VALUE }}{% endcall %}",
            "{% from \"beside.md\" import say %}a {{ say(VALUE) }}",
            "{% filter upper %}a {{ VALUE }}{% endfilter %}",
        ];
        let report = sample::report(Fill::Full, HOSTILE);
        for way in ways {
            let (template, count) = printing(way);
            assert!(count > 250, "{count} texts");
            for format in Format::ALL {
                let text = render_own(format, &own(&template), &report);
                let text = text.unwrap_or_else(|fault| panic!("{way}: {fault:?}"));
                assert!(text.to_lowercase().contains("lert(1)"), "{way}: {text}");
                let bare = match format {
                    // What is escaped is no markup.
                    Format::Markdown => text.replace("\\<", "").replace("\\[", ""),
                    Format::Html => ["<p>", "</p>", "<em>", "</em>", "<code>", "</code>"]
                        .iter()
                        .fold(text.clone(), |text, own| text.replace(own, "")),
                };
                assert!(!bare.contains("<s") && !bare.contains("<S"), "{way}: {text}");
                assert!(!bare.contains("<img") && !bare.contains("<b>"), "{way}: {text}");
                let is_markdown = format == Format::Markdown;
                assert!(!is_markdown || !bare.contains("[a](javascript"), "{way}: {text}");
            }
        }
    }

    #[test]
    fn a_template_has_no_word_that_declares_a_text_safe() {
        for word in ["safe", "escape", "e", "tojson", "format", "list", "indent", "urlencode"] {
            let fault = render_own(
                Format::Html,
                &own(&format!("{{{{ title | {word} }}}}")),
                &sample::report(Fill::Full, HOSTILE),
            );
            let fault = fault.expect_err(word);
            assert!(fault.message.contains("no such filter"), "{word}: {}", fault.message);
        }
    }

    #[test]
    fn built_in_templates_fit_every_report() {
        for format in Format::ALL {
            for kind in Kind::ALL {
                let template = own(built_in(kind, format));
                assert_eq!(check(format, &template), [], "{} {}", kind.word(), format.word());
            }
        }
    }

    #[test]
    fn points_at_what_is_wrong() {
        let check = |text: &str, meant: &str, message: &str| {
            let faults = check(Format::Markdown, &own(text));
            let [fault] = faults.as_slice() else { panic!("{text}: {faults:?}") };
            assert_eq!(&text[fault.place.clone()], meant, "{text}");
            assert!(fault.message.contains(message), "{text}: {}", fault.message);
            assert!(!fault.help.is_empty());
        };
        check("é {{ control.partnreship }}", "control.partnreship", "no field");
        check(
            "{% if kind == \"never\" %}{{ nothing.here }}{% endif %}",
            "nothing.here",
            "no field",
        );
        check("a\n{% for q in steps %}{{ q.titel }}{% endfor %}", "q.titel", "no field");
        check("{{ title | sfae }}", "sfae", "no such filter");
        check("{{ title is blue }}", "blue", "no such word");
        check("{% include \"gone.md\" %}", "include \"gone.md\"", "cannot be found");
        check("{{ steps }}", "steps", "one by one");
        check("{% if title %}", "%}", "cannot be read");
        let endless =
            "{% for a in range(90000) %}{% for b in range(90000) %}{% endfor %}{% endfor %}";
        check(endless, endless, "come to an end");
    }
}
