//! Findings as SARIF 2.1.0, the exchange format of code scanning.

use serde::Serialize;

use super::public::Public;
use super::{Level, Rule};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The name under which fingerprints are published; its version is raised when they change.
const FINGERPRINT: &str = "scrutinyFinding/v1";

/// What paths are relative to: the top of the checked-out repository, as GitHub names it.
const ROOT: &str = "%SRCROOT%";

#[derive(Serialize)]
struct Log<'f> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'f>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'f> {
    tool: Tool<'f>,
    column_kind: &'static str,
    results: Vec<Finding<'f>>,
}

#[derive(Serialize)]
struct Tool<'f> {
    driver: Driver<'f>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'f> {
    name: &'static str,
    version: &'f str,
    rules: Vec<Descriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    short_description: Text,
    full_description: Text,
    help: Help,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding<'f> {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Text,
    locations: [Location<'f>; 1],
    partial_fingerprints: std::collections::BTreeMap<&'static str, &'f str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'f> {
    physical_location: Physical,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<Logical<'f>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Artifact {
    uri: String,
    uri_base_id: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Logical<'f> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'f str>,
    fully_qualified_name: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix {
    description: Text,
    artifact_changes: [Change; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    artifact_location: Artifact,
    replacements: [Replacement; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Region,
    inserted_content: Text,
}

/// The log of a run. All rules are described, also those that found nothing.
pub(crate) fn render(findings: &[Public<'_>], rules: &[&'static Rule], version: &str) -> String {
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "scrutiny",
                    version,
                    rules: rules.iter().map(|rule| describe(rule)).collect(),
                },
            },
            column_kind: "unicodeCodePoints",
            results: findings.iter().map(|finding| result(finding, rules)).collect(),
        }],
    };
    let text = serde_json::to_string_pretty(&log).expect("a log is made of texts and numbers");
    format!("{text}\n")
}

fn describe(rule: &'static Rule) -> Descriptor {
    let Rule { id, level, summary, explain, before, after } = rule;
    Descriptor {
        id,
        short_description: text(format!("{summary}.")),
        full_description: text((*explain).to_owned()),
        help: Help {
            text: format!("{explain}\n\nBefore:\n{before}\n\nAfter:\n{after}"),
            markdown: format!(
                "{explain}\n\nBefore:\n\n```\n{before}\n```\n\nAfter:\n\n```\n{after}\n```"
            ),
        },
        default_configuration: Configuration { level: level_word(*level) },
    }
}

fn result<'f>(finding: &'f Public<'_>, rules: &[&'static Rule]) -> Finding<'f> {
    let index = rules.iter().position(|rule| rule.id == finding.rule.id);
    let physical = Physical {
        artifact_location: artifact(&finding.file),
        region: region(finding.start, finding.end),
    };
    let way = finding.way();
    let logical = (!way.is_empty())
        .then(|| Logical { name: finding.about, fully_qualified_name: way.replace(" / ", "/") });
    Finding {
        rule_id: finding.rule.id,
        rule_index: index.expect("every rule is in the table"),
        level: level_word(finding.level),
        message: text(sentence(finding.message())),
        locations: [Location {
            physical_location: physical,
            logical_locations: logical.into_iter().collect(),
        }],
        partial_fingerprints: [(FINGERPRINT, finding.fingerprint.as_str())].into(),
        fixes: fix(finding).into_iter().collect(),
    }
}

fn fix(finding: &Public<'_>) -> Option<Fix> {
    let repair = finding.repair?;
    Some(Fix {
        description: text(format!("Write {}.", repair.with)),
        artifact_changes: [Change {
            artifact_location: artifact(&finding.file),
            replacements: [Replacement {
                deleted_region: region(repair.start, repair.end),
                inserted_content: text(repair.with.clone()),
            }],
        }],
    })
}

fn sentence(mut message: String) -> String {
    if !message.ends_with('?') {
        message.push('.');
    }
    message
}

fn text(text: String) -> Text {
    Text { text }
}

fn region(start: (usize, usize), end: (usize, usize)) -> Region {
    let ((start_line, start_column), (end_line, end_column)) = (start, end);
    Region { start_line, start_column, end_line, end_column }
}

fn artifact(file: &str) -> Artifact {
    Artifact { uri: uri(file), uri_base_id: ROOT }
}

/// A path as a relative reference: what a path of a web address cannot hold is written in percent.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

fn level_word(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Unfinished => "warning",
        Level::Advice => "note",
    }
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn writes_any_path_as_a_reference() {
        let check = |path: &str, expected: &str| assert_eq!(uri(path), expected);
        check("north/q2.yaml", "north/q2.yaml");
        check("a b/ü:%.yaml", "a%20b/%C3%BC%3A%25.yaml");
    }
}
