//! One canonical layout for files that people write: the order of keys, indentation, blank lines,
//! letter case of a few words. Texts and comments stay as they were typed, and keep their place.
//!
//! A file is taken apart into an outline of its lines, never into values, and the outline is written
//! out again. The result is proven before it is handed over: read by the same parser it holds the same
//! values, the same comments, and each comment at the place where it was.

mod proof;
mod toml;
mod wrap;
mod yaml;

use super::decode::report_duplicate;
use super::faults;
use super::tree::{Node, Tree};
use crate::finding::{Finding, Findings, Level};
use crate::source::{Source, SourceId};

/// What a value is, as far as its layout goes. A value of another kind than is said here stays as it
/// is.
#[derive(Debug)]
pub(crate) enum Form<'w> {
    /// A text, or anything else that stays as it was typed.
    Text,
    /// Prose in a small Markdown, whose paragraphs may be wrapped.
    Prose,
    /// A date, which needs no quotes.
    Date,
    /// One of a few words, which may have been typed in another letter case.
    Word(&'w [&'w str]),
    /// Keys in the order in which they are written, each with the form of its value.
    Group(Vec<(&'static str, Form<'w>)>),
    /// Values by ids, which stay in the author's order.
    ByIds(Box<Form<'w>>),
    /// Values one after another. A single value counts as a list of one.
    List(Box<Form<'w>>),
}

/// Whether paragraphs of prose are wrapped anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wrap {
    /// They stay as they are.
    Keep,
    /// They are wrapped to lines of so many characters, counted from the left edge of the file.
    To(usize),
}

/// Why a text is not laid out. It stays as it is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Something in it has to be put right first.
    Faulty,
    /// It is written in a way that the layout does not know; the number of the line.
    Unusual(usize),
    /// The result is not what it should be, which is a fault of ours.
    Unproven,
}

/// The language of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    /// YAML, of an assessment.
    Yaml,
    /// TOML, of a checklist or of settings.
    Toml,
}

/// Lays out a text, without byte-order mark, in canonical form. Lines end as most of them did.
pub(crate) fn lay_out(
    text: &str,
    language: Language,
    form: &Form<'_>,
    wrap: Wrap,
) -> Result<String, Refusal> {
    let old = source(text);
    let tree = read(&old, language, &mut Findings::default()).ok_or(Refusal::Faulty)?;
    if !text.contains('\r') {
        return lay_out_lines(&tree, text, language, form, wrap);
    }
    let lines = lay_out(&text.replace("\r\n", "\n").replace('\r', "\n"), language, form, wrap)?;
    let is_windows = ends_in_windows_style(text);
    let new = source(&if is_windows { lines.replace('\n', "\r\n") } else { lines });
    let again = read(&new, language, &mut Findings::default()).ok_or(Refusal::Unproven)?;
    proof::prove((&tree, text), (&again, &new.text), language, form, wrap)?;
    Ok(new.text.to_string())
}

/// Lays out a text that ends its lines with a newline only. The proof has three parts: every comment
/// belongs where it belonged, so that a second layout would change nothing; all values are the same;
/// and so are all comments.
fn lay_out_lines(
    tree: &Tree<'_>,
    text: &str,
    language: Language,
    form: &Form<'_>,
    wrap: Wrap,
) -> Result<String, Refusal> {
    let again = |new: &Source, is_same: &dyn Fn(&Tree<'_>) -> bool| {
        let again = read(new, language, &mut Findings::default()).filter(is_same);
        let again = again.ok_or(Refusal::Unproven)?;
        proof::prove((tree, text), (&again, &new.text), language, form, wrap)?;
        Ok(new.text.to_string())
    };
    match language {
        Language::Yaml => {
            let outline = yaml::Outline::of(tree, text, form, wrap)?;
            let new = source(&outline.written());
            again(&new, &|tree| {
                let again = yaml::Outline::of(tree, &new.text, form, wrap);
                again.is_ok_and(|again| again == outline)
            })
        }
        Language::Toml => {
            let outline = toml::Outline::of(text, form)?;
            let new = source(&outline.written());
            again(&new, &|_| toml::Outline::of(&new.text, form).is_ok_and(|again| again == outline))
        }
    }
}

fn source(text: &str) -> Source {
    Source::new(SourceId(0), "", text.to_owned())
}

/// The tree of a text that can be laid out. What has to be put right first is reported as an error.
pub(crate) fn read<'s>(
    source: &'s Source,
    language: Language,
    findings: &mut Findings,
) -> Option<Tree<'s>> {
    let tree = match language {
        Language::Yaml => super::yaml::parse(source, findings)?,
        Language::Toml => super::toml::parse(source, findings),
    };
    check_keys(tree.root(), findings);
    let is_error = |finding: &Finding| finding.rule.level == Level::Error;
    (!findings.iter().any(is_error)).then_some(tree)
}

/// Reports keys that stand twice in one place, of which one would be read and the other not.
fn check_keys(node: Node<'_>, findings: &mut Findings) {
    let mut seen = std::collections::HashMap::new();
    for (key, _) in node.entries() {
        let Some(name) = key.scalar() else { continue };
        if let Some(first) = seen.insert(name, key.span()) {
            report_duplicate(&faults::DUPLICATE_KEY, name, key.span(), first, findings);
        }
    }
    node.children().for_each(|child| check_keys(child, findings));
}

/// Whether more lines end in the manner of Windows than not.
fn ends_in_windows_style(text: &str) -> bool {
    let windows = text.matches("\r\n").count();
    windows > text.matches('\n').count() - windows
}

/// A line that holds no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line<'t> {
    /// An empty line.
    Blank,
    /// A comment with nothing before it, from its hash.
    Comment(&'t str),
    /// The beginning or the end of a document.
    Mark(&'t str),
}

/// The most empty lines that stay together.
const MOST_BLANK: usize = 2;

/// Leaves out the empty lines that are too many.
fn thin_out(lines: &mut Vec<Line<'_>>) {
    let mut together = 0;
    lines.retain(|line| {
        together = if *line == Line::Blank { together + 1 } else { 0 };
        together <= MOST_BLANK
    });
}

/// How many empty lines stand at the beginning.
fn leading_blanks(lines: &[Line<'_>]) -> usize {
    lines.iter().take_while(|line| **line == Line::Blank).count()
}

/// The places of entries in canonical order. Each known key has its rank; an entry whose key is not
/// known stays behind the one that it stood behind.
fn order<'k>(keys: impl Iterator<Item = &'k str>, form: &Form<'_>) -> Vec<usize> {
    let Form::Group(known) = form else { return (0..keys.count()).collect() };
    let mut rank = None;
    let mut ranked: Vec<(Option<usize>, usize)> = Vec::new();
    for (place, key) in keys.enumerate() {
        rank = known.iter().position(|(name, _)| *name == key).or(rank);
        ranked.push((rank, place));
    }
    ranked.sort();
    ranked.into_iter().map(|(_, place)| place).collect()
}

/// Puts entries into the order of their places. Empty lines above the first entry stay there.
fn sorted<'t, T>(
    mut entries: Vec<T>,
    order: &[usize],
    above: impl Fn(&mut T) -> &mut Vec<Line<'t>>,
) -> Vec<T> {
    if let Some(first) = order.first().copied().filter(|first| *first != 0) {
        let blanks = |entry: &mut T| {
            let count = leading_blanks(above(entry));
            above(entry).drain(..count).collect::<Vec<_>>()
        };
        let (before, after) = (blanks(&mut entries[0]), blanks(&mut entries[first]));
        above(&mut entries[0]).splice(..0, after);
        above(&mut entries[first]).splice(..0, before);
    }
    let mut entries: Vec<Option<T>> = entries.into_iter().map(Some).collect();
    order.iter().filter_map(|place| entries[*place].take()).collect()
}

impl<'w> Form<'w> {
    /// The form of the value of a key, or of an id.
    fn of_key(&self, key: &str) -> &Form<'w> {
        match self {
            Form::Group(known) => {
                let found = known.iter().find(|(name, _)| *name == key);
                found.map_or(&Form::Text, |(_, form)| form)
            }
            Form::ByIds(form) => form,
            Form::List(_) | Form::Text | Form::Prose | Form::Date | Form::Word(_) => &Form::Text,
        }
    }

    /// The form of a value that may stand alone in place of a list of one.
    fn one(&self) -> &Form<'w> {
        if let Form::List(form) = self { form } else { self }
    }

    /// The form of an item of a list.
    fn of_item(&self) -> &Form<'w> {
        match self {
            Form::List(form) => form,
            _ => &Form::Text,
        }
    }

    /// What a scalar of this form is written as, if it has to be written otherwise.
    fn corrected(&self, text: &str) -> Option<&'w str> {
        let Form::Word(words) = self else { return None };
        let mut same = words.iter().filter(|word| word.eq_ignore_ascii_case(text));
        match (same.next(), same.next()) {
            (Some(word), None) if *word != text => Some(word),
            _ => None,
        }
    }

    /// Whether this is the form of prose.
    fn is_prose(&self) -> bool {
        matches!(self, Form::Prose)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The layout of small maps whose keys are letters.
    fn form<'w>() -> Form<'w> {
        let words = &["green", "RI", "not-applicable"];
        let inner =
            || Form::Group(vec![("x", Form::Word(words)), ("y", Form::Date), ("z", Form::Prose)]);
        Form::Group(vec![
            ("a", Form::Text),
            ("b", inner()),
            ("c", Form::List(Box::new(inner()))),
            ("d", Form::ByIds(Box::new(inner()))),
        ])
    }

    #[test]
    fn lays_out_yaml() {
        let check = |text: &str, expected: &str| {
            let new = lay_out(text, Language::Yaml, &form(), Wrap::Keep);
            assert_eq!(new.as_deref(), Ok(expected), "{text:?}");
            let ended = |text: &str| text.replace('\n', "\r\n");
            let new = lay_out(&ended(text), Language::Yaml, &form(), Wrap::Keep);
            assert_eq!(new, Ok(ended(expected)), "{text:?} with the line ends of Windows");
            let again = lay_out(expected, Language::Yaml, &form(), Wrap::Keep);
            assert_eq!(again.as_deref(), Ok(expected), "{text:?} a second time");
        };
        // Order, with what is known to nobody behind what it stood behind.
        check("b:\n  z: 1\n  x: 2\na: 3\n", "a: 3\nb:\n  x: 2\n  z: 1\n");
        check("q: 1\nb: 2\nr: 3\na: 4\ns: 5\n", "q: 1\na: 4\ns: 5\nb: 2\nr: 3\n");
        check(
            "d:\n  2: {z: 1, x: 2}\n  1:\n    z:\n    x:\n",
            "d:\n  2: {z: 1, x: 2}\n  1:\n    x:\n    z:\n",
        );
        // Indentation and blanks.
        check("b:\n     x:   1  \n     y :\t2\n\n\n\n\n", "b:\n  x: 1\n  y: 2\n");
        check(
            "c:\n- x: 1\n  z: 2\n-   z: 3\n    x: 4\n",
            "c:\n  - x: 1\n    z: 2\n  - x: 4\n    z: 3\n",
        );
        check("c:\n  -\n    x: 1\n  - - 2\n    -   3\n", "c:\n  - x: 1\n  - - 2\n    - 3\n");
        check("\n\na: 1\n\n\n\n\nb: 2", "a: 1\n\n\nb: 2\n");
        check("a:\n  b\n  c\n", "a:\n  b\n  c\n");
        check("a: b\n      c\n\n   d\n", "a: b\n  c\n\n  d\n");
        check("a: \"b  \n      c \\\n  d\"\n", "a: \"b  \n  c \\\n  d\"\n");
        check("a: [1,\n     2, # 3\n4]\n", "a: [1,\n     2, # 3\n  4]\n");
        // Texts.
        check("a: |\n      b\n\n        c\n", "a: |\n  b\n\n    c\n");
        check("a: |4-  # 1\n      b\n    c\n\n\n", "a: |2-  # 1\n    b\n  c\n");
        check("b:\n    x: >+\n         1\n\n\n    y: 2\n", "b:\n  x: >+\n    1\n\n\n  y: 2\n");
        check("b:\n  z: |+\n    1\n\n  x: 2\n", "b:\n  z: |+\n    1\n\n  x: 2\n");
        check("a: |\n    # b\n    c  \n  # d\nb: |\n", "a: |\n  # b\n  c  \n# d\nb: |\n");
        check("c:\n- |\n     b\n  # 1\n- >-\n  c\n", "c:\n  - |\n    b\n  # 1\n  - >-\n    c\n");
        // Comments.
        check(
            "# 1\n\n# 2\nb: 3 # 4\n# 5\na:   # 6\n# 7\n",
            "# 1\n\n# 5\na:   # 6\n# 2\nb: 3 # 4\n# 7\n",
        );
        check(
            "b: # 1\n    # 2\n    z: 3\n      # 4\n    x: 5 # 6\n    # 7\n  # 8\n# 9\n",
            "b: # 1\n  # 4\n  x: 5 # 6\n  # 2\n  z: 3\n  # 7\n# 8\n# 9\n",
        );
        check("c:\n- z: 1\n  # 2\n  x: 3\n# 4\nd:\n", "c:\n  # 2\n  - x: 3\n    z: 1\n# 4\nd:\n");
        check("b:\n  x:\n    # 1\n\n    # 2\n  y:\n", "b:\n  x:\n    # 1\n\n    # 2\n  y:\n");
        check(
            "c:\n- # 1\n  z: 2\n  x: 3\n-\n  # 4\n  x: 5\n",
            "c:\n  - # 1\n    x: 3\n    z: 2\n  # 4\n  - x: 5\n",
        );
        check(
            "# yaml-language-server: $schema=x\nb: 1\na: 2\n",
            "# yaml-language-server: $schema=x\na: 2\nb: 1\n",
        );
        check("--- # 1\nb: 1\na: 2\n...\n# 3\n", "--- # 1\na: 2\nb: 1\n...\n# 3\n");
        check("a: b #3\nc:\n- #4\n  5\n", "a: b #3\nc:\n  - #4\n    5\n");
        // Blank lines stay at the place where a group begins.
        check("b:\n  y: 1\n\n  x: 2\n", "b:\n  x: 2\n\n  y: 1\n");
        check("b:\n\n  y: 1\n  x: 2\n", "b:\n\n  x: 2\n  y: 1\n");
        // Words and dates.
        check("b: {x: Green, y: \"2026-06-30\"}\n", "b: {x: green, y: 2026-06-30}\n");
        check(
            "b:\n  x: 'ri'\n  y: '2026-6-30'\n  z: Green\n",
            "b:\n  x: 'RI'\n  y: '2026-6-30'\n  z: Green\n",
        );
        check("\"a\": 1\n'b':\n  \"x\": GREEN\n", "\"a\": 1\n'b':\n  \"x\": green\n");
    }

    #[test]
    fn lays_out_toml() {
        let check = |text: &str, expected: &str| {
            let new = lay_out(text, Language::Toml, &form(), Wrap::Keep);
            assert_eq!(new.as_deref(), Ok(expected), "{text:?}");
            let ended = |text: &str| text.replace('\n', "\r\n");
            let new = lay_out(&ended(text), Language::Toml, &form(), Wrap::Keep);
            assert_eq!(new, Ok(ended(expected)), "{text:?} with the line ends of Windows");
            let again = lay_out(expected, Language::Toml, &form(), Wrap::Keep);
            assert_eq!(again.as_deref(), Ok(expected), "{text:?} a second time");
        };
        check("q=1\na   =   2 # 3\nr = 4", "q = 1\na = 2 # 3\nr = 4\n");
        check("# 1\n\n# 2\nb.x = 3\n# 4\na = 5\n# 6\n", "# 1\n\n# 4\na = 5\n# 2\nb.x = 3\n# 6\n");
        check(
            "\n[b] # 1\n  y = 2\n\n  # 3\n  x = [\n    4, # 5\n    6 ]\n\n\n\n# 7\n[[c]]\nz = 1\nx = 2\n\n",
            "[b] # 1\n# 3\nx = [\n  4, # 5\n  6 ]\n\ny = 2\n\n\n# 7\n[[c]]\nx = 2\nz = 1\n",
        );
        check(
            "[d.\"1 = 2\"]\nz = \"\"\"\n  x = 1  \n# 2\n\"\"\" # 3\nx = '''\n[c]'''\n",
            "[d.\"1 = 2\"]\nx = '''\n[c]'''\nz = \"\"\"\n  x = 1  \n# 2\n\"\"\" # 3\n",
        );
        check("[f]\nz = {z = 1, x = 2}\nx = 3\n", "[f]\nz = {z = 1, x = 2}\nx = 3\n");
        check("#:schema x\nb = 1\n'a' = 2\n", "#:schema x\n'a' = 2\nb = 1\n");
        let refused = lay_out("a = 1\na = 2\n", Language::Toml, &form(), Wrap::Keep);
        assert_eq!(refused, Err(Refusal::Faulty));
    }

    #[test]
    fn leaves_alone_what_it_cannot_lay_out() {
        let check = |text: &str, expected: Refusal| {
            assert_eq!(
                lay_out(text, Language::Yaml, &form(), Wrap::Keep),
                Err(expected),
                "{text:?}"
            );
        };
        check("a: 1\na: 2\n", Refusal::Faulty);
        check("a: b: c\n", Refusal::Faulty);
        check("a: &b c\n", Refusal::Faulty);
        check("a: 1\n? b\n: 2\n", Refusal::Unusual(2));
        check("{a: 1}\n", Refusal::Unusual(1));
        check("", Refusal::Unusual(1));
    }

    #[test]
    fn line_ends_become_those_of_most_lines() {
        let check = |text: &str, expected: &str| {
            let new = lay_out(text, Language::Yaml, &form(), Wrap::Keep);
            assert_eq!(new.as_deref(), Ok(expected), "{text:?}");
        };
        check("a: 1\r\nb: 2\nc: 3\r\n", "a: 1\r\nb: 2\r\nc: 3\r\n");
        check("a: |\n  1\r\n  2\nc: 3\n", "a: |\n  1\n  2\nc: 3\n");
    }
}
