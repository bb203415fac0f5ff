//! Findings as JUnit XML, which nearly every build server shows as tests: a suite for each file, a test
//! for each finding, and one that passed for a file without any.

use std::collections::BTreeMap;

use super::public::{Public, Run};
use crate::text::xml;

/// The report. `files` are the paths of all files that were checked, in order.
pub(crate) fn render(findings: &[Public<'_>], files: &[&str], run: &Run) -> String {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let mut suites: BTreeMap<&str, Vec<&Public<'_>>> = BTreeMap::new();
    suites.extend(files.iter().map(|file| (*file, Vec::new())));
    // A finding may stand in a checklist or in settings that no path named.
    for finding in findings {
        suites.entry(finding.path).or_default().push(finding);
    }
    let tests: usize = suites.values().map(|found| found.len().max(1)).sum();
    let failures = failures(findings.iter(), run);
    text.push_str(&format!(
        "<testsuites name=\"scrutiny\" tests=\"{tests}\" failures=\"{failures}\" skipped=\"{}\">\n",
        findings.len() - failures
    ));
    for (file, found) in &suites {
        text.push_str(&suite(file, found, run));
    }
    text.push_str("</testsuites>\n");
    text
}

fn failures<'f>(findings: impl Iterator<Item = &'f Public<'f>>, run: &Run) -> usize {
    findings.filter(|finding| run.denies(finding.level)).count()
}

fn suite(file: &str, found: &[&Public<'_>], run: &Run) -> String {
    let name = escape(file);
    let failures = failures(found.iter().copied(), run);
    let mut text = format!(
        "  <testsuite name=\"{name}\" tests=\"{}\" failures=\"{failures}\" errors=\"0\" \
         skipped=\"{}\">\n",
        found.len().max(1),
        found.len() - failures
    );
    if found.is_empty() {
        text.push_str(&format!(
            "    <testcase classname=\"{name}\" name=\"nothing to report\"/>\n"
        ));
    }
    for finding in found {
        text.push_str(&case(&name, finding, run));
    }
    text.push_str("  </testsuite>\n");
    text
}

/// What makes the run fail is a failure, all else a test that was passed over.
fn case(file: &str, finding: &Public<'_>, run: &Run) -> String {
    let (line, column) = finding.start;
    let name = escape(&format!("{} at {line}:{column}", finding.rule.id));
    let message = escape(&finding.message());
    let outcome = match run.denies(finding.level) {
        true => format!(
            "<failure type=\"{}\" message=\"{message}\">{file}:{line}:{column}: {}: {message} \
             [{}]</failure>",
            finding.level.word(),
            finding.level.word(),
            finding.rule.id
        ),
        false => format!("<skipped message=\"{}: {message}\"/>", finding.level.word()),
    };
    format!("    <testcase classname=\"{file}\" name=\"{name}\">{outcome}</testcase>\n")
}

/// A text on one line, in XML.
fn escape(text: &str) -> String {
    let on_one_line = |character| match character {
        '\t' | '\n' | '\r' => Some(' '),
        '\0'..='\u{1f}' => None,
        other => Some(other),
    };
    xml(&text.chars().filter_map(on_one_line).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn escapes_what_xml_takes_for_its_own() {
        assert_eq!(escape("a<b> & \"c\"\u{1}\n'"), "a&lt;b&gt; &amp; &quot;c&quot; &apos;");
    }
}
