//! JSON Schema of checklists, as lenient as the reading is.

use serde_json::{Value, json};

use super::parts::{
    document, flag, formed, group_needing, list_of, needed, number, tables, text, texts,
    unreachable_key, words,
};
use crate::model::definition::{
    ADD, CHECKLIST, CHOICE, DROP, KINDS, QUESTION, REWORD, STEP, VALUE,
};

/// The schema of checklists.
pub(crate) fn schema() -> Value {
    let either = json!([{ "required": ["title"] }, { "required": ["extends"] }]);
    // What is changed in another checklist makes sense only where that is named.
    let needs = json!({ "drop": ["extends"], "reword": ["extends"], "add": ["extends"] });
    let more = [("anyOf", either), ("dependencies", needs)];
    document("Checklist", (&CHECKLIST, &["scrutiny", "id"]), of_checklist, &more)
}

fn of_checklist(key: &str) -> Value {
    match key {
        "scrutiny" => json!({ "const": "checklist", "description": "What this file is." }),
        "id" => {
            needed("The name by which assessments refer to it: small letters, digits, hyphens.")
        }
        "title" => needed("The title that reports print."),
        "edition" => text("The edition, usually a year."),
        "about" => text("What it is for, in one or two sentences."),
        "source" => text("The document that it is built from."),
        "attribution" => text(
            "Whose work it is, as every output prints it, letter for letter. Needed where it extends another.",
        ),
        "roll-up" => words(
            &["parts", "lowest", "none"],
            "How a step is summed up. parts: the best value when every question has it, the lowest when every one has that, otherwise the value marked as partial. lowest: the lowest value of any question. none: not at all.",
        ),
        "scale" => text("The scale of questions that name none."),
        "assurance" => texts(
            "The words for an opinion on a step or on the whole, best first; assured, partly-assured and not-assured unless given.",
        ),
        "scales" => json!({
            "type": ["object", "null"],
            "additionalProperties": tables(
                &group_needing(&VALUE, &["value"], of_value),
                "The values of this scale, best first.",
            ),
            "description": "The scales, each under its name: one [[scales.NAME]] for a value, best first.",
        }),
        "step" => tables(&group_needing(&STEP, &["id", "title"], of_step), STEPS),
        "context" => tables(
            &group_needing(&QUESTION, &["id", "ask"], of_question),
            "Questions that are answered before scrutiny starts, and not rated.",
        ),
        "extends" => text(
            "The checklist that this one adapts: the id of one that comes with scrutiny, or the path to a file, as seen from this one.",
        ),
        "add" => tables(
            &group_needing(&ADD, &["id", "title"], of_addition),
            "A question that is added (with the step it joins, or the question it follows), or a step with questions of its own.",
        ),
        "drop" => tables(
            &group_needing(&DROP, &["id", "why"], of_drop),
            "A step or a question that is left out.",
        ),
        "reword" => {
            let mut one = group_needing(&REWORD, &["id", "why"], of_reword);
            let words = ["title", "ask", "points"];
            one["anyOf"] = words.iter().map(|key| json!({ "required": [key] })).collect();
            tables(&one, "A question that is asked in other words, or a step with another title.")
        }
        other => unreachable_key(other),
    }
}

const STEPS: &str = "A group of questions, under a title that is itself a statement.";

fn of_value(key: &str) -> Value {
    let need = ["required", "optional"];
    match key {
        "value" => needed("What is written in an assessment."),
        "label" => text("What is printed; the value with a capital unless given."),
        "means" => text("What it means. Every report prints it."),
        "evidence" => words(&need, "Whether a rating of this value needs evidence."),
        "remaining" => words(&need, "Whether a rating of this value says what is still to do."),
        "action" => words(&need, "Whether a rating of this value needs an action."),
        "partial" => flag("true on the value that means: some parts, not all."),
        "young-people" => text("What it means, in plain words for a young reader."),
        other => unreachable_key(other),
    }
}

fn of_step(key: &str) -> Value {
    match key {
        "id" => needed("The number or name that assessments use."),
        "title" => needed("A title that is itself a statement."),
        "part" => text("A heading over several steps."),
        "from" => text("Where it stands in the source."),
        "question" => {
            let one = group_needing(&QUESTION, &["id", "title", "ask"], of_question);
            tables(&one, "The questions of the step.")
        }
        other => unreachable_key(other),
    }
}

fn of_question(key: &str) -> Value {
    match key {
        "id" => needed("The number or name that assessments use. It stays when the words change."),
        "title" => text("A short title, for tables."),
        "ask" => needed("The full wording, as a question or a statement."),
        "points" => texts("What it consists of, point by point."),
        "from" => text("Where it stands in the source."),
        "kind" => words(&KINDS, "How it is answered: rag is a rating on a scale."),
        "scale" => text("The scale, where it is another than the checklist's."),
        "means" => json!({
            "type": ["object", "null"],
            "additionalProperties": text("What this value means here."),
            "description": "What values of the scale mean for this question, each under the value.",
        }),
        "evidence" => words(
            &["required", "optional"],
            "Whether evidence is needed, where that is stricter or looser than the scale.",
        ),
        "not-applicable" => flag("true where it may be answered: not applicable."),
        "respondents" => texts("The agencies that are asked, by id; everyone unless given."),
        "only-if" => formed(
            "[^=]*[^=\\s][^=]*=[\\s\\S]*\\S[\\s\\S]*",
            "Write the other question's id, an equals sign and its answer: 1.1 = yes",
            "When it is asked: another question's id and its answer, such as 1.1 = yes.",
        ),
        "themes" => texts("What it is about, in words that analyses group by."),
        "prompts" => texts("Evidence to look for."),
        "young-people" => text("The question in plain words for a young reader."),
        "choices" => {
            let choice = group_needing(&CHOICE, &["value"], of_choice);
            let plain = json!({ "type": ["string", "number", "boolean", "null"] });
            let one = json!({ "anyOf": [plain, choice] });
            list_of(
                &one,
                "The answers to choose from: plain texts, or each with a value and a label.",
            )
        }
        "unit" => text("What is counted."),
        "min" => number("The least number allowed."),
        "max" => number("The greatest number allowed."),
        other => unreachable_key(other),
    }
}

fn of_choice(key: &str) -> Value {
    match key {
        "value" => needed("What is written in an assessment."),
        "label" => text("What is printed; the value with a capital unless given."),
        other => unreachable_key(other),
    }
}

fn of_addition(key: &str) -> Value {
    match key {
        "title" => needed("The title."),
        "step" => text("The step that the question joins."),
        "after" => text("The question, or the step, that it follows; last unless given."),
        "why" => text("Why it was added."),
        "part" | "question" => of_step(key),
        other => of_question(other),
    }
}

fn of_drop(key: &str) -> Value {
    match key {
        "id" => needed("The step or question that is left out."),
        "why" => needed("Why it is left out."),
        other => unreachable_key(other),
    }
}

fn of_reword(key: &str) -> Value {
    match key {
        "id" => needed("The question or step that has other words."),
        "title" => text("The new title."),
        "ask" => text("The new wording."),
        "points" => texts("The new points."),
        "why" => needed("Why it has other words."),
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
        assert_hovers(&CHECKLIST, of_checklist);
        assert_hovers(&VALUE, of_value);
        assert_hovers(&STEP, of_step);
        assert_hovers(&QUESTION, of_question);
        assert_hovers(&CHOICE, of_choice);
        assert_hovers(&ADD, of_addition);
        assert_hovers(&DROP, of_drop);
        assert_hovers(&REWORD, of_reword);
    }
}
