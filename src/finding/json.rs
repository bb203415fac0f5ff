//! Findings as JSON: one document, versioned, with a schema that `schema findings` prints.
//!
//! The types here are the published format and nothing else: `docs/findings.md` has the promise.

use serde::Serialize;
use serde_json::{Value, json};

use super::Certainty;
use super::public::{Public, Run};

/// The version of the format. It is raised when a field changes its meaning or goes.
const VERSION: u32 = 1;

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Document<'f> {
    version: u32,
    tool: &'f str,
    files: usize,
    errors: usize,
    unfinished: usize,
    advice: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline: Option<Baseline>,
    findings: Vec<Finding<'f>>,
}

#[derive(Serialize)]
struct Baseline {
    tolerated: usize,
    fixed: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Finding<'f> {
    rule: &'static str,
    level: &'static str,
    summary: &'static str,
    path: &'f str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    keys: &'f [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<&'f str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    repair: Option<Repair<'f>>,
    fingerprint: &'f str,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Repair<'f> {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    text: &'f str,
    certain: bool,
}

/// The document of a run.
pub(crate) fn render(findings: &[Public<'_>], run: &Run, tool: &str) -> String {
    let document = Document {
        version: VERSION,
        tool,
        files: run.files,
        errors: run.tally.errors,
        unfinished: run.tally.unfinished,
        advice: run.tally.advice,
        baseline: run.baseline.map(|(tolerated, fixed)| Baseline { tolerated, fixed }),
        findings: findings.iter().map(finding).collect(),
    };
    let text = serde_json::to_string_pretty(&document).expect("findings are texts and numbers");
    format!("{text}\n")
}

fn finding<'f>(finding: &'f Public<'_>) -> Finding<'f> {
    let repair = finding.repair.map(|repair| Repair {
        line: repair.start.0,
        column: repair.start.1,
        end_line: repair.end.0,
        end_column: repair.end.1,
        text: &repair.with,
        certain: repair.certainty == Certainty::Certain,
    });
    Finding {
        rule: finding.rule.id,
        level: finding.level.word(),
        summary: finding.rule.summary,
        path: finding.path,
        line: finding.start.0,
        column: finding.start.1,
        end_line: finding.end.0,
        end_column: finding.end.1,
        keys: finding.keys,
        about: finding.about,
        repair,
        fingerprint: &finding.fingerprint,
    }
}

/// The schema of the document, JSON Schema draft-07. Further fields are allowed, because they may be
/// added in the same version.
pub(crate) fn schema() -> String {
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Findings of scrutiny validate, version 1",
        "description": "Fields may be added; none changes its meaning or goes without a new version.",
        "type": "object",
        "required": ["version", "tool", "files", "errors", "unfinished", "advice", "findings"],
        "properties": {
            "version": {"const": VERSION},
            "tool": text("The name and version of the program."),
            "files": number("How many files were checked.", 0),
            "errors": number("How many findings are errors.", 0),
            "unfinished": number("How many findings say what is not done yet.", 0),
            "advice": number("How many findings are advice.", 0),
            "baseline": {
                "description": "With --baseline: what it did.",
                "type": "object",
                "required": ["tolerated", "fixed"],
                "properties": {
                    "tolerated": number("Findings that the baseline holds, which are left out.", 0),
                    "fixed": number("Lines of the baseline whose findings are gone.", 0),
                },
            },
            "findings": {"type": "array", "items": finding_schema()},
        },
    });
    let text = serde_json::to_string_pretty(&schema).expect("a schema is made of texts and lists");
    format!("{text}\n")
}

fn finding_schema() -> Value {
    let line = || number("From 1.", 1);
    let column = || number("From 1, in characters.", 1);
    let after = || number("One past the last character, from 1.", 1);
    json!({
        "type": "object",
        "required": [
            "rule", "level", "summary", "path", "line", "column", "end-line", "end-column", "keys",
            "fingerprint",
        ],
        "properties": {
            "rule": {"description": "The rule's id, which `scrutiny explain` knows.", "type": "string", "pattern": "^[a-z][a-z-]*$"},
            "level": {"description": "How grave it is here.", "enum": ["error", "unfinished", "advice"]},
            "summary": text("The rule in one line. It says nothing of what stands in the file."),
            "path": text("The file, as seen from where the program ran, with forward slashes."),
            "line": line(),
            "column": column(),
            "end-line": line(),
            "end-column": after(),
            "keys": {
                "description": "The keys and ids that lead to the place; * for a word that is neither.",
                "type": "array",
                "items": {"type": "string"},
            },
            "about": text("The question, step or action that it is about."),
            "repair": {
                "description": "What to write instead, where that can be told.",
                "type": "object",
                "required": ["line", "column", "end-line", "end-column", "text", "certain"],
                "properties": {
                    "line": line(),
                    "column": column(),
                    "end-line": line(),
                    "end-column": after(),
                    "text": text("What to write there."),
                    "certain": {"description": "Whether --fix writes it.", "type": "boolean"},
                },
            },
            "fingerprint": {
                "description": "Tells this finding from every other, whatever line it moves to.",
                "type": "string",
                "pattern": "^[0-9a-f]{32}$",
            },
        },
    })
}

fn text(description: &str) -> Value {
    json!({"description": description, "type": "string"})
}

fn number(description: &str, least: u32) -> Value {
    json!({"description": description, "type": "integer", "minimum": least})
}
