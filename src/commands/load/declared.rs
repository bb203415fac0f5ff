//! What a file says that it is, in which language, and its tree.

use crate::commands::inputs::Input;
use crate::finding::{Findings, Trust};
use crate::model::faults;
use crate::source::{Source, Span};
use crate::syntax::tree::{Kind, Node, Tree};
use crate::syntax::{faults as shape, toml, yaml};
use crate::text::{nearest, quoted};

/// What a file was named as.
#[derive(Clone, Copy)]
pub(super) enum Wanted {
    Any,
    Mapping,
}

impl Wanted {
    /// The line with which such a file begins.
    pub(super) fn first_line(self, is_toml: bool) -> &'static str {
        match (self, is_toml) {
            (Wanted::Mapping, _) => "scrutiny = \"mapping\"",
            (Wanted::Any, true) => "scrutiny = \"checklist\"",
            (Wanted::Any, false) => "scrutiny: assessment",
        }
    }
}

/// What a file says that it is.
pub(super) enum Declared {
    Assessment,
    Programme,
    Checklist,
    Mapping,
}

pub(super) fn is_toml(text: &str, input: &Input) -> bool {
    let is_content = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let first = text.lines().find(is_content).unwrap_or_default().trim_start();
    let by_sign = ["scrutiny =", "scrutiny="].iter().any(|sign| first.starts_with(sign));
    let by_name = matches!(input, Input::File(path, _)
        if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml")));
    by_sign || (by_name && !first.starts_with("scrutiny:"))
}

/// Parses a text in the language that it is written in. Nothing is returned where there is no tree to
/// go on with, or an empty one, which has then been reported.
pub(super) fn parse<'s>(
    source: &'s Source,
    is_toml: bool,
    first_line: &str,
    findings: &mut Findings,
) -> Option<Tree<'s>> {
    let tree = match is_toml {
        true => Some(toml::parse(source, findings)),
        false => yaml::parse(source, findings),
    };
    let tree = tree?;
    let is_empty = match tree.root().kind() {
        Kind::Missing => true,
        Kind::Map => tree.root().entries().next().is_none(),
        Kind::Refused | Kind::Scalar(..) | Kind::List => false,
    };
    if is_empty {
        if findings.is_empty() {
            findings
                .report(&shape::EMPTY_FILE, Span::beginning(source.id), "The file is empty")
                .help(format!("write `{first_line}` as its first line, and go on from there"));
        }
        return None;
    }
    crate::syntax::check_signs(&tree, source, findings);
    Some(tree)
}

/// What the first key declares. Anything else is reported.
pub(super) fn declared(
    root: Node<'_>,
    first_line: &str,
    findings: &mut Findings,
) -> Option<Declared> {
    let entry = root.entries().find(|(key, _)| key.scalar() == Some("scrutiny"));
    let misspelt = || {
        let is_near =
            |key: &Node<'_>| key.scalar().is_some_and(|key| nearest(key, ["scrutiny"]).is_some());
        root.entries().find(|(key, _)| is_near(key))
    };
    let Some((_, value)) = entry.or_else(misspelt) else {
        let beginning = Span { end: root.span().start, ..root.span() };
        let message = "The file does not say that it is a scrutiny file";
        findings
            .report(&faults::NOT_OURS, beginning, message)
            .help(format!("if it is one, add `{first_line}` as its first line"));
        return None;
    };
    match value.scalar().map(str::trim) {
        Some("assessment") => Some(Declared::Assessment),
        Some("programme") => Some(Declared::Programme),
        Some("checklist") => Some(Declared::Checklist),
        Some("mapping") => Some(Declared::Mapping),
        written => {
            let written = written.unwrap_or_default();
            let message = match written {
                "" => "It is not said what kind of file this is".to_owned(),
                _ => format!("{} is not a kind of file that is known here", quoted(written)),
            };
            let finding = findings.report(&faults::NEWER_FORMAT, value.span(), message);
            let is_later =
                written.split_once('/').is_some_and(|(_, rest)| rest.parse::<u32>().is_ok());
            let meant = nearest(written, ["assessment", "programme", "checklist", "mapping"])
                .filter(|_| !is_later);
            match meant {
                Some(meant) => {
                    finding.label(format!("did you mean {meant}?")).repair(meant, Trust::Spelling)
                }
                None if is_later => {
                    finding.help("it is of a later layout: install a newer version of scrutiny")
                }
                None if written.is_empty() => finding.help(format!("write `{first_line}`")),
                None => finding.help(
                    "write assessment, programme, checklist or mapping; another kind needs a newer version of scrutiny",
                ),
            };
            match meant {
                Some("assessment") => Some(Declared::Assessment),
                Some("mapping") => Some(Declared::Mapping),
                Some("programme") => Some(Declared::Programme),
                Some(_) => Some(Declared::Checklist),
                None => None,
            }
        }
    }
}
