//! What all schemas are made of: texts, dates, words, lists and groups of keys, each with the words
//! that an editor shows.

use serde_json::{Map, Value, json};

use crate::model::assessment::PERIOD;

/// What every schema of ours says of itself, so that one is told from a stranger's file.
pub(super) const MARK: &str = "Made by scrutiny; it is made again when the checklist changes.";

/// A date as it is written; 29 February in years that can be divided by four.
const DATE: &str = "(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])\
    |(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))\
    |[0-9]{2}(?:[02468][048]|[13579][26])-02-29)";

const MONTH: &str = "[0-9]{4}-(?:0[1-9]|1[0-2])";

/// The schema of a kind of file: its keys, those that must be there, and further rules.
pub(super) fn document(
    title: &str,
    (keys, needed): (&[&str], &[&str]),
    of: impl Fn(&str) -> Value,
    more: &[(&str, Value)],
) -> Value {
    let mut schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$comment": MARK,
        "title": title,
        "type": "object",
        "properties": properties(keys, of),
        "additionalProperties": false,
        "required": needed,
    });
    for (key, value) in more {
        schema[key] = value.clone();
    }
    schema
}

/// A text that must not be empty.
pub(super) fn needed(hover: &str) -> Value {
    json!({
        "type": ["string", "number", "boolean"],
        "pattern": "\\S",
        "patternErrorMessage": "Something has to stand here.",
        "description": hover,
    })
}

/// A text of a form, which `say` puts into words for whoever broke it.
pub(super) fn formed(pattern: &str, say: &str, hover: &str) -> Value {
    json!({
        "type": ["string", "null"],
        "pattern": format!("^\\s*(?:{pattern})?\\s*$"),
        "patternErrorMessage": say,
        "description": hover,
    })
}

/// A day.
pub(super) fn date(hover: &str) -> Value {
    let say = "Write the year, the month and the day with hyphens, such as 2026-06-30.";
    json!({
        "type": ["string", "null"],
        "pattern": format!("^(?:\\s*|{DATE})$"),
        "patternErrorMessage": say,
        "description": hover,
    })
}

/// A day, a month, or a stretch of either.
pub(super) fn when(hover: &str) -> Value {
    let part = format!("(?:{DATE}|{MONTH})");
    let say = "Write 2026-06-11, 2026-06, 2026-06-11 to 2026-07-03 or 2026-05 to 2026-07.";
    formed(&format!("{part}(?:\\s* to \\s*{part})?"), say, hover)
}

/// A year, a half, a quarter, or a stretch from one date to another.
pub(super) fn period(hover: &str) -> Value {
    let year = "[0-9]{4}(?:-[0-9]{2})?(?: (?:H[12]|Q[1-4]))?";
    let say = "Write 2026-27, 2026-27 H1, 2026-27 Q2 or 2026-04-01 to 2026-09-30.";
    let mut written = formed("", say, hover);
    written["type"] = json!(["string", "number"]);
    written["pattern"] = json!(format!("^\\s*(?:{year}|{DATE}\\s* to \\s*{DATE})\\s*$"));
    let of_date = |_: &str| {
        let mut day = date("A date, such as 2026-04-01.");
        day["type"] = json!("string");
        day
    };
    let dates = group_needing(&PERIOD, &PERIOD, of_date);
    json!({ "anyOf": [written, dates], "description": hover })
}

/// A whole number between two others, both included.
pub(super) fn count(hover: &str, least: u32, most: u32) -> Value {
    json!({
        "type": ["integer", "string", "null"],
        "minimum": least,
        "maximum": most,
        "pattern": "^\\s*[0-9]*\\s*$",
        "patternErrorMessage": "Write a whole number in figures.",
        "description": hover,
    })
}

/// A number.
pub(super) fn number(hover: &str) -> Value {
    json!({
        "type": ["number", "string", "null"],
        "pattern": "^(?:\\s*|[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)$",
        "patternErrorMessage": "Write a number in figures.",
        "description": hover,
    })
}

/// Days of work, in halves.
pub(super) fn days(hover: &str) -> Value {
    json!({
        "type": ["number", "string", "null"],
        "minimum": 0,
        "maximum": 366,
        "multipleOf": 0.5,
        "pattern": "^\\s*(?:[0-9]{1,7}(?:\\.5)?)?\\s*$",
        "patternErrorMessage": "Write whole or half days in figures, such as 3 or 12.5.",
        "description": hover,
    })
}

/// An amount of pounds, with two figures for pence or none.
pub(super) fn money(hover: &str) -> Value {
    json!({
        "type": ["number", "string", "null"],
        "minimum": 0,
        "pattern": "^\\s*(?:[0-9]{1,7}(?:\\.[0-9]{2})?)?\\s*$",
        "patternErrorMessage": "Write pounds in figures, without the sign and without commas: 800 or 812.50.",
        "description": hover,
    })
}

/// True or false.
pub(super) fn flag(hover: &str) -> Value {
    json!({
        "enum": [true, false, "true", "false", "yes", "no", null],
        "description": hover,
    })
}

/// A group of keys of which some must be there.
pub(super) fn group_needing(keys: &[&str], needed: &[&str], of: impl Fn(&str) -> Value) -> Value {
    let mut group = group(keys, of);
    group["required"] = json!(needed);
    group
}

/// What is said under ids that are known. Some editors take a bare 1.1 for a number, and would not find
/// it among the properties; to a pattern it is a text like any other.
pub(super) fn by_ids(all: Map<String, Value>, hover: &str) -> Value {
    let exactly = |id: &String| {
        let of = |letter: char| match letter.is_alphanumeric() || "-_ ".contains(letter) {
            true => letter.to_string(),
            false => format!("\\{letter}"),
        };
        id.chars().map(of).collect::<String>()
    };
    let ids: Vec<String> = all.keys().map(exactly).collect();
    json!({
        "type": ["object", "null"],
        "properties": all,
        "patternProperties": { format!("^(?:{})$", ids.join("|")): true },
        "additionalProperties": false,
        "description": hover,
    })
}

/// Tables of what a schema says, or one of it. An editor that knows which of the two stands there can
/// say what is wrong with it.
pub(super) fn tables(one: &Value, hover: &str) -> Value {
    json!({
        "type": ["array", "object", "null"],
        "if": { "type": "array" },
        "then": { "items": one },
        "else": one,
        "description": hover,
    })
}

/// A list of what a schema says, or one of it.
pub(super) fn list_of(one: &Value, hover: &str) -> Value {
    json!({ "anyOf": [{ "type": "array", "items": one }, one], "description": hover })
}

/// A property for each key.
pub(super) fn properties(keys: &[&str], of: impl Fn(&str) -> Value) -> Value {
    let all: Map<String, Value> = keys.iter().map(|key| ((*key).to_owned(), of(key))).collect();
    Value::Object(all)
}

/// A group of keys; an empty one is a group that is not filled in yet.
pub(super) fn group(keys: &[&str], of: impl Fn(&str) -> Value) -> Value {
    json!({
        "type": ["object", "null"],
        "properties": properties(keys, of),
        "additionalProperties": false,
    })
}

/// A text. Numbers, yes and no may be typed bare, and count as what was typed.
pub(super) fn text(hover: &str) -> Value {
    json!({ "type": ["string", "number", "boolean", "null"], "description": hover })
}

pub(super) fn reference(name: &str, hover: &str) -> Value {
    json!({ "allOf": [{ "$ref": format!("#/definitions/{name}") }], "description": hover })
}

/// A list of texts, or one of them.
pub(super) fn texts(hover: &str) -> Value {
    let one = json!({ "type": ["string", "number", "boolean", "null"] });
    json!({ "anyOf": [{ "type": "array", "items": one }, one], "description": hover })
}

/// A list of what a definition says, or one of it.
pub(super) fn list(name: &str, hover: &str) -> Value {
    let one = json!({ "$ref": format!("#/definitions/{name}") });
    json!({ "anyOf": [{ "type": "array", "items": one }, one], "description": hover })
}

/// One of a few words.
pub(super) fn words(words: &[&str], hover: &str) -> Value {
    let mut all: Vec<Value> = words.iter().map(|word| json!(word)).collect();
    all.push(Value::Null);
    json!({ "enum": all, "description": hover })
}

/// One of a few words, in any letter case.
pub(super) fn any_case(words: &[&str]) -> Vec<Value> {
    let mut all: Vec<Value> = words.iter().map(|word| json!(word)).collect();
    // A value such as 3 is a number to other readers of YAML.
    let typed = words.iter().filter_map(|word| serde_json::from_str::<Value>(word).ok());
    all.extend(typed.filter(|value| value.is_number() || value.is_boolean()));
    all.push(Value::Null);
    let spelt: Vec<String> = words.iter().map(|word| either_case(word)).collect();
    let pattern = format!("^\\s*({})\\s*$", spelt.join("|"));
    vec![json!({ "enum": all }), json!({ "type": "string", "pattern": pattern })]
}

/// A pattern that fits a word in any letter case, in a dialect that has no flag for that.
pub(super) fn either_case(word: &str) -> String {
    let mut pattern = String::new();
    for letter in word.chars() {
        match letter {
            _ if letter.is_ascii_alphabetic() => {
                pattern.push_str(&format!(
                    "[{}{}]",
                    letter.to_ascii_uppercase(),
                    letter.to_ascii_lowercase()
                ));
            }
            _ if letter.is_alphanumeric() || letter == '-' || letter == '_' => pattern.push(letter),
            _ => pattern.push('.'),
        }
    }
    pattern
}

/// A key of the model that has no words here yet is taken as a text; a test asks for the words.
pub(super) fn unreachable_key(_: &str) -> Value {
    text("")
}

/// One of a few words, which has to be there.
pub(super) fn words_needed(words: &[&str], hover: &str) -> Value {
    json!({ "enum": words, "description": hover })
}

/// Holds a table of keys to having words for each.
#[cfg(test)]
pub(super) fn assert_hovers(keys: &[&str], of: impl Fn(&str) -> Value) {
    for key in keys {
        let hover = of(key)["description"].as_str().map(str::len).unwrap_or_default();
        assert!(hover > 5, "{key}");
    }
}
