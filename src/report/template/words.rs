//! The words of the template language that a template may use: those that can make no printed text out
//! of one that is not, and those with which a format prints.

use minijinja::Environment;
use minijinja::value::{Value, ValueKind};

use super::{Dialect, LINE_END};

/// A text that its format has printed.
fn printed(text: &str) -> Value {
    Value::from_safe_string(text.replace('\n', LINE_END))
}

/// The filters with which a format prints.
pub(super) fn add_filters(environment: &mut Environment<'_>, dialect: &'static Dialect) {
    environment.add_filter("prose", move |text: &str, level: Option<usize>| {
        printed(&(dialect.prose)(text, level.unwrap_or(dialect.usual_heading)))
    });
    environment.add_filter("cell", move |text: &str| printed(&(dialect.cell)(text)));
    environment.add_filter("inline", move |text: &Value| match text.kind() {
        ValueKind::String if !text.is_safe() => printed(&(dialect.inline)(&text.to_string())),
        _ => text.clone(),
    });
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
pub(super) fn add_words(environment: &mut Environment<'_>) {
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
