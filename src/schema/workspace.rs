//! JSON Schema of `scrutiny.toml`, which knows the rules that settings can name.

use serde_json::{Map, Value, json};

use super::parts::{
    count, document, formed, group, group_needing, list_of, needed, tables, text, texts,
    unreachable_key, words_needed,
};
use crate::model::workspace::{AGENCY, EVIDENCE, EXCEPTION, LEVEL, TEMPLATES, WORKSPACE};

/// A rule as settings can name it.
pub(crate) struct Named {
    /// Its name.
    pub id: &'static str,
    /// What it reports.
    pub summary: &'static str,
    /// The levels that it can be given.
    pub levels: &'static [&'static str],
}

/// The schema of settings.
pub(crate) fn schema(rules: &[Named]) -> Value {
    document("Settings of a workspace", (&WORKSPACE, &[]), |key| of_workspace(key, rules), &[])
}

fn of_workspace(key: &str, rules: &[Named]) -> Value {
    match key {
        "partnership" => text("The partnership's name, the same in all its files."),
        "short-name" => text("A short form of its name, for tables."),
        "first-month" => count(
            "The number of the month in which the year starts; 4, April, unless given.",
            1,
            12,
        ),
        "yearly-report" => {
            text("What the report of the year is called: yearly report, or annual report.")
        }
        "marking" => text("What is printed on every output, such as OFFICIAL-SENSITIVE."),
        "perspectives" => texts("Whose views there are, in the order in which they are shown."),
        "assessors" => json!({
            "type": ["object", "null"],
            "additionalProperties": texts("A role, or several; not names."),
            "description": "Who makes the assessment of each perspective: a role, or a list of roles.",
        }),
        "partner" => agencies("One of the safeguarding partners."),
        "agency" => agencies("Another agency."),
        "evidence" => described(
            group(&EVIDENCE, of_evidence),
            "Words that evidence may use beside the built-in ones.",
        ),
        "templates" => described(
            group(&TEMPLATES, of_template),
            "Templates of your own, by kind of report; see `scrutiny report template --help`.",
        ),
        "findings" => levels(rules),
        "exception" => tables(
            &group_needing(&EXCEPTION, &["rule", "file", "why"], |key| of_exception(key, rules)),
            "One place where a rule is set aside, with the reason.",
        ),
        other => unreachable_key(other),
    }
}

fn described(mut schema: Value, hover: &str) -> Value {
    schema["description"] = json!(hover);
    schema
}

fn agencies(hover: &str) -> Value {
    tables(&group_needing(&AGENCY, &["id"], of_agency), hover)
}

fn of_agency(key: &str) -> Value {
    match key {
        "id" => needed("The word by which it is a perspective: small letters, digits, hyphens."),
        "label" => text("Its name."),
        "kind" => text("What it is, such as police or health."),
        other => unreachable_key(other),
    }
}

fn of_evidence(key: &str) -> Value {
    match key {
        "methods" => texts("Further ways in which evidence is gathered."),
        "voices" => texts("Further groups whose voice is heard."),
        other => unreachable_key(other),
    }
}

fn of_template(_: &str) -> Value {
    let one = formed(
        "[\\s\\S]*\\.(?:md|markdown|html|htm)",
        "A template of a Markdown report ends in .md, one of a web page in .html.",
        "A file below this folder, which ends in .md or .html.",
    );
    list_of(
        &one,
        "The template of this kind of report: a file below this folder, or one for each format.",
    )
}

fn levels(rules: &[Named]) -> Value {
    let of = |rule: &Named| {
        let level = words_needed(rule.levels, "The level that it has in this workspace.");
        let of_level = |key: &str| match key {
            "level" => level.clone(),
            "why" => text("Why. Readers of the settings will ask."),
            other => unreachable_key(other),
        };
        let both = group_needing(&LEVEL, &["level"], of_level);
        let hover = format!("{} ({})", rule.summary, rule.id);
        (rule.id.to_owned(), json!({ "anyOf": [level, both], "description": hover }))
    };
    let known: Map<String, Value> = rules.iter().map(of).collect();
    json!({
        "type": ["object", "null"],
        "properties": known,
        "additionalProperties": false,
        "description": "The level of a rule in the whole workspace, with the reason: weak-verb = { level = \"off\", why = \"...\" }",
    })
}

fn of_exception(key: &str, rules: &[Named]) -> Value {
    match key {
        "rule" => {
            let can = rules.iter().filter(|rule| rule.levels.contains(&"off"));
            let ids: Vec<&str> = can.map(|rule| rule.id).collect();
            words_needed(&ids, "The rule that is set aside.")
        }
        "file" => needed("The file, as seen from this one."),
        "at" => text("The question, step or action; the whole file unless given."),
        "why" => needed("Why it is set aside here."),
        other => unreachable_key(other),
    }
}

#[cfg(test)]
mod tests {
    use super::super::parts::assert_hovers;
    use super::*;

    /// A key that is added to the model has to get its words here as well.
    #[test]
    fn every_key_has_a_hover_text() {
        assert_hovers(&WORKSPACE, |key| of_workspace(key, &[]));
        assert_hovers(&AGENCY, of_agency);
        assert_hovers(&EVIDENCE, of_evidence);
        assert_hovers(&TEMPLATES, of_template);
        assert_hovers(&EXCEPTION, |key| of_exception(key, &[]));
    }
}
