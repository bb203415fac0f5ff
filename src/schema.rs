//! JSON Schema of assessments, draft-07, for editors that suggest words and explain keys while one
//! types. The other kinds of file have theirs beside it.
//!
//! It is as lenient as the reading is: every value that counts as a text may be typed bare, and what
//! may be left empty may be empty. Only keys that nobody knows are refused. What is wrong in a file,
//! and why, is said by the rules and not here.

pub(crate) mod checklist;
pub(crate) mod mapping;
mod parts;
pub(crate) mod programme;
pub(crate) mod workspace;

use serde_json::{Map, Value, json};

use parts::{
    any_case, by_ids, count, date, document, flag, group, list, needed, period, reference, text,
    texts, unreachable_key, words,
};

use crate::model::assessment::{
    ACTION, ASSESSMENT, ActionStatus, ENTRY, EVIDENCE, RESPONSE, RESPONSES, STEP,
};
use crate::model::checklist::{Checklist, Choice, Kind, Question, Scale};
use crate::model::standing::{NOT_APPLICABLE, PERSPECTIVES, TOO_EARLY};
use crate::text::{join_words, one_line};

/// A schema as it is printed.
pub(crate) fn print(schema: &Value) -> String {
    let text = serde_json::to_string_pretty(schema).expect("a schema is made of texts and lists");
    format!("{text}\n")
}

/// The schema of assessments as it is printed.
pub(crate) fn render(checklist: Option<&Checklist>) -> String {
    print(&schema(checklist))
}

/// The schema of assessments; with a checklist, it knows its questions and scales.
pub(crate) fn schema(checklist: Option<&Checklist>) -> Value {
    let title = match checklist {
        Some(checklist) => format!("Assessment on {}", one_line(&checklist.title)),
        None => "Assessment".to_owned(),
    };
    let needed = ["scrutiny", "checklist", "partnership", "period", "perspective"];
    let keys = (&ASSESSMENT[..], needed.as_slice());
    document(
        &title,
        keys,
        |key| of_assessment(key, checklist),
        &[("definitions", definitions(checklist))],
    )
}

/// Whether a text is a schema that was made here.
pub(crate) fn is_ours(text: &str) -> bool {
    let schema: Option<Value> = serde_json::from_str(text).ok();
    schema.is_some_and(|schema| schema.get("$comment").and_then(Value::as_str) == Some(parts::MARK))
}

/// The name of a checklist's schema: "six-steps-2019.schema.json".
pub(crate) fn file_name(checklist: &Checklist) -> String {
    let plain = |letter: char| match letter.is_ascii_alphanumeric() || "-_.".contains(letter) {
        true => letter,
        false => '-',
    };
    let id: String = checklist.id.value.trim().chars().map(plain).collect();
    format!("{}.schema.json", id.trim_start_matches('.'))
}

fn of_assessment(key: &str, checklist: Option<&Checklist>) -> Value {
    match key {
        "scrutiny" => json!({ "const": "assessment", "description": "What this file is." }),
        "checklist" => needed(
            "The checklist that is answered: the id of one that comes with scrutiny, or the path to a file, as seen from this one.",
        ),
        "partnership" => needed("The partnership's name, the same in all its files."),
        "period" => period(
            "The period that is reported on: 2026-27, 2026-27 H1, 2026-27 Q2, or 2026-04-01 to 2026-09-30.",
        ),
        "perspective" => json!({
            "anyOf": [{ "enum": PERSPECTIVES }, { "type": "string", "pattern": "\\S" }],
            "description": "Whose view it is: scrutineer, self, peer, young-people, agreed, or the id of an agency.",
        }),
        "assessor" => text("The role of whoever made it, not a name."),
        "as-at" => date(
            "The day on which the ratings hold, such as 2026-09-30. What is overdue is judged on it.",
        ),
        "status" => words(
            &["draft", "final"],
            "A draft may be unfinished. In a final assessment, what is unfinished is an error.",
        ),
        "covers" => texts("The steps that it covers; all where this key is not there."),
        "expect" => json!({
            "type": ["object", "null"],
            "properties": { "steps": {
                "type": ["object", "integer", "string", "null"],
                "additionalProperties": {
                    "type": ["object", "null"],
                    "additionalProperties": count("How many questions.", 0, u32::MAX),
                },
                "description": "The same of single steps, by id, such as {3: {red: 1}}.",
            } },
            "additionalProperties": count("How many questions.", 0, u32::MAX),
            "description": "What it comes to, for `scrutiny assess --expect`: how many questions have each value, such as {red: 2, not-rated: 0}; under `steps` the same of single steps.",
        }),
        "summary" => {
            text("Your own words on the whole. Write them under |, two spaces further in.")
        }
        "assurance" => assurance(checklist, "Your opinion on the whole."),
        "notes" => text("For your own eyes: never in a public output."),
        "context" => context(checklist),
        "ratings" => ratings(checklist),
        "steps" => steps(checklist),
        "actions" => list(
            "action",
            "Actions on the whole; `covers` names the questions or steps that they are about.",
        ),
        "evidence" => json!({
            "type": ["object", "null"],
            "additionalProperties": { "$ref": "#/definitions/evidence" },
            "description": "Evidence that counts in several places, written once under an id such as E-01, and cited there with `- ref: E-01`.",
        }),
        other => unreachable_key(other),
    }
}

fn assurance(checklist: Option<&Checklist>, hover: &str) -> Value {
    let own: Vec<&str> =
        checklist.iter().flat_map(|own| &own.assurance).map(String::as_str).collect();
    match own.is_empty() {
        true => text(hover),
        false => words(&own, &format!("{hover} It is {}.", join_words(&own, "or"))),
    }
}

/// The definitions that several places refer to.
fn definitions(checklist: Option<&Checklist>) -> Value {
    let mut all = Map::new();
    all.insert("evidence".to_owned(), evidence());
    all.insert("action".to_owned(), group(&ACTION, of_action));
    all.insert("answer".to_owned(), group(&ENTRY, |key| of_entry(key, None)));
    for scale in checklist.iter().flat_map(|own| &own.scales) {
        all.insert(scale_name(scale), group(&ENTRY, |key| of_entry(key, Some(scale))));
    }
    Value::Object(all)
}

fn scale_name(scale: &Scale) -> String {
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    format!("answer-on-{}", scale.name.value.chars().map(plain).collect::<String>())
}

fn evidence() -> Value {
    let keys = group(&EVIDENCE, of_evidence);
    json!({ "anyOf": [{ "type": ["string", "number", "boolean", "null"] }, keys] })
}

fn of_evidence(key: &str) -> Value {
    match key {
        "ref" => text("The id of a piece of evidence at the end of the file, such as E-03."),
        "source" => text("What it is: the document, the visit, the conversation."),
        "method" => text(
            "How it was gathered: document-review, interview, focus-group, observation, audit, data, survey, visit and others.",
        ),
        "date" => date("When, such as 2026-06-11."),
        "voice" => texts(
            "Whose voice is heard in it: children, young-people, families, practitioners, managers, leaders and others. One, or a list.",
        ),
        "says" => text("What it says, in a sentence or two."),
        "review-by" => date("When it should be looked at again."),
        "restricted" => flag("true where it must never leave in a public output."),
        other => unreachable_key(other),
    }
}

fn of_action(key: &str) -> Value {
    let statuses = ActionStatus::WORDS.map(|(word, _)| word);
    match key {
        "id" => text("A-01, A-02 and so on. Never used for a second action in the partnership."),
        "task" => text(
            "What will be done. Begin with what someone will do: write, agree, train, audit, publish.",
        ),
        "lead" => text("The role or agency that leads on it, not a name."),
        "due" => date("By when, such as 2026-12-18."),
        "status" => words(
            &statuses,
            "How far it is. Closed means that the evidence of the work was accepted.",
        ),
        "success" => text("How anyone will know that it worked."),
        "response" => json!({
            "allOf": [group(&RESPONSE, of_response)],
            "description": "The partnership's answer to it.",
        }),
        "evidence" => list("evidence", "The evidence on which it was closed."),
        "impact" => text("What difference it made. Done is not the same as made a difference."),
        "review-by" => date("When the impact is to be reviewed."),
        "closed" => date("The day on which it was closed."),
        "carried-from" => text("The period and id that it first came from: 2025-26 Q4/A-07."),
        "carried" => count("How many times it was carried forward to a next period.", 0, u32::MAX),
        "covers" => {
            texts("The questions that it covers, by number; an action on the whole may name steps.")
        }
        "notes" => text("For your own eyes: never in a public output."),
        other => unreachable_key(other),
    }
}

fn of_response(key: &str) -> Value {
    match key {
        "said" => words(&RESPONSES, "What the partnership answered."),
        "date" => date("When, such as 2026-10-02."),
        "reason" => text("Why, where the answer is not a plain yes."),
        other => unreachable_key(other),
    }
}

fn of_entry(key: &str, scale: Option<&Scale>) -> Value {
    match key {
        "rating" => rating(scale),
        "answer" => texts("The answer to a question that is not rated."),
        "because" => text("The reasons. Write them under |, two spaces further in."),
        "evidence" => list("evidence", "What the rating rests on. Each piece begins with a dash."),
        "remaining" => text("What is still to do."),
        "actions" => list("action", "What will be done. Each action begins with a dash."),
        "wording" => text("The fingerprint of the words that were answered. Leave it as it is."),
        "views" => json!({
            "type": ["object", "null"],
            "additionalProperties": { "type": ["string", "number", "boolean", "null"] },
            "description": "For an agreed assessment: each perspective and the rating that it gave.",
        }),
        "reason" => text("Why the agreed rating differs from a view."),
        "dissent" => text("Disagreement that remains."),
        "review-by" => date("When a question that it is too early to rate is looked at again."),
        "notes" => text("For your own eyes: never in a public output."),
        other => unreachable_key(other),
    }
}

fn rating(scale: Option<&Scale>) -> Value {
    let Some(scale) = scale else { return text("The rating.") };
    let meanings = scale.values.iter().map(|value| match one_line(&value.means) {
        means if means.is_empty() => value.value.value.clone(),
        means => format!("{}: {means}", value.value.value),
    });
    let hover: Vec<String> = meanings.collect();
    let values = scale.values.iter().map(|value| value.value.value.as_str());
    let values: Vec<&str> = values.chain([TOO_EARLY, NOT_APPLICABLE]).collect();
    json!({ "anyOf": any_case(&values), "description": hover.join("\n\n") })
}

fn ratings(checklist: Option<&Checklist>) -> Value {
    let hover = "The answers, each under the number of its question.";
    let Some(checklist) = checklist else {
        return json!({
            "type": ["object", "null"],
            "additionalProperties": { "$ref": "#/definitions/answer" },
            "description": hover,
        });
    };
    let of = |question: &Question| match checklist.scale_of(question) {
        Some(scale) => reference(&scale_name(scale), &question_hover(question)),
        None => json!({
            "allOf": [
                { "$ref": "#/definitions/answer" },
                { "properties": { "answer": { "anyOf": answer(&question.kind) } } },
            ],
            "description": question_hover(question),
        }),
    };
    let all: Map<String, Value> =
        checklist.questions().map(|own| (own.id.value.clone(), of(own))).collect();
    by_ids(all, hover)
}

fn context(checklist: Option<&Checklist>) -> Value {
    let hover = "Answers to the context questions, each under its id.";
    let grouped = json!({ "$ref": "#/definitions/answer" });
    let Some(checklist) = checklist else {
        let one = json!({ "type": ["string", "number", "boolean", "array", "null"] });
        return json!({
            "type": ["object", "null"],
            "additionalProperties": { "anyOf": [one, grouped] },
            "description": hover,
        });
    };
    let of = |question: &Question| {
        let mut forms = answer(&question.kind);
        forms.push(grouped.clone());
        json!({ "anyOf": forms, "description": question_hover(question) })
    };
    let all: Map<String, Value> =
        checklist.context.iter().map(|own| (own.id.value.clone(), of(own))).collect();
    by_ids(all, hover)
}

/// The forms that an answer of a kind can have.
fn answer(kind: &Kind) -> Vec<Value> {
    let special = [TOO_EARLY, NOT_APPLICABLE];
    let of = |choices: &[Choice]| {
        let values = choices.iter().map(|choice| choice.value.as_str());
        any_case(&values.chain(special).collect::<Vec<&str>>())
    };
    match kind {
        Kind::Rag(_) | Kind::Text => {
            vec![json!({ "type": ["string", "number", "boolean", "null"] })]
        }
        Kind::YesNo => {
            let mut forms = any_case(&["yes", "no", TOO_EARLY, NOT_APPLICABLE]);
            // Older readers of YAML take a bare yes for true.
            forms.push(json!({ "type": "boolean" }));
            forms
        }
        Kind::Number(_) => vec![json!({ "type": ["number", "string", "null"] })],
        Kind::Choice(choices) => of(choices),
        Kind::Choices(choices) => {
            let mut forms = of(choices);
            forms.push(json!({ "type": "array", "items": { "anyOf": of(choices) } }));
            forms
        }
    }
}

/// What an editor shows beside the number of a question.
fn question_hover(question: &Question) -> String {
    let mut hover = vec![one_line(&format!("{} {}", question.id.value, question.title))];
    hover.push(one_line(&question.ask.value));
    hover.extend(question.points.iter().map(|point| format!("- {}", one_line(point))));
    hover.join("\n\n")
}

fn steps(checklist: Option<&Checklist>) -> Value {
    let one = group(&STEP, |key| of_step(key, checklist));
    let hover = "Your own words on each step, and actions on it.";
    let Some(checklist) = checklist else {
        return json!({
            "type": ["object", "null"],
            "additionalProperties": one,
            "description": hover,
        });
    };
    let of = |title: &str| json!({ "allOf": [one.clone()], "description": one_line(title) });
    let all: Map<String, Value> =
        checklist.steps.iter().map(|step| (step.id.value.clone(), of(&step.title))).collect();
    by_ids(all, hover)
}

fn of_step(key: &str, checklist: Option<&Checklist>) -> Value {
    match key {
        "summary" => text("Your own words on the step. Write them under |, two spaces further in."),
        "assurance" => assurance(checklist, "Your opinion on the step."),
        "notes" => text("For your own eyes: never in a public output."),
        "actions" => list(
            "action",
            "Actions on the step; `covers` names the questions of the step that they are about.",
        ),
        other => unreachable_key(other),
    }
}

#[cfg(test)]
mod tests {
    use super::parts::assert_hovers;
    use super::*;

    /// A key that is added to the model has to get its words here as well.
    #[test]
    fn every_key_has_a_hover_text() {
        assert_hovers(&ASSESSMENT, |key| of_assessment(key, None));
        assert_hovers(&ENTRY, |key| of_entry(key, None));
        assert_hovers(&EVIDENCE, of_evidence);
        assert_hovers(&ACTION, of_action);
        assert_hovers(&RESPONSE, of_response);
        assert_hovers(&STEP, |key| of_step(key, None));
    }

    #[test]
    fn tells_its_own_from_others() {
        assert!(is_ours(&render(None)));
        assert!(!is_ours("{\"$comment\": \"mine\"}"));
        assert!(!is_ours("not JSON"));
    }
}
