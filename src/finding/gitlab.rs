//! Findings as a GitLab code quality report, which it shows beside a merge request.

use serde::Serialize;

use super::Level;
use super::public::Public;

#[derive(Serialize)]
struct Issue<'f> {
    description: String,
    check_name: &'static str,
    fingerprint: &'f str,
    severity: &'static str,
    location: Location<'f>,
}

#[derive(Serialize)]
struct Location<'f> {
    path: &'f str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

/// The report: a list of issues.
pub(crate) fn render(findings: &[Public<'_>]) -> String {
    let issues: Vec<Issue<'_>> = findings.iter().map(issue).collect();
    let text = serde_json::to_string_pretty(&issues).expect("issues are texts and numbers");
    format!("{text}\n")
}

fn issue<'f>(finding: &'f Public<'_>) -> Issue<'f> {
    Issue {
        description: finding.message(),
        check_name: finding.rule.id,
        fingerprint: &finding.fingerprint,
        severity: match finding.level {
            Level::Error => "major",
            Level::Unfinished => "minor",
            Level::Advice => "info",
        },
        location: Location {
            path: &finding.file,
            lines: Lines { begin: finding.start.0, end: finding.end.0 },
        },
    }
}
