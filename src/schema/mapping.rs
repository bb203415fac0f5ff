//! JSON Schema of mappings between two editions of a checklist.

use serde_json::{Value, json};

use super::parts::{
    document, group_needing, needed, tables, text, texts, unreachable_key, words_needed,
};
use crate::model::mapping::{MAPPED, MAPPED_STEP, MAPPING, OF_OLD};

/// The schema of mappings.
pub(crate) fn schema() -> Value {
    document("Mapping", (&MAPPING, &["scrutiny", "from", "to"]), of_mapping, &[])
}

fn of_mapping(key: &str) -> Value {
    match key {
        "scrutiny" => json!({ "const": "mapping", "description": "What this file is." }),
        "from" => needed(
            "The earlier edition: the id of a checklist that comes with scrutiny, or the path to a file, as seen from this one.",
        ),
        "to" => needed("The later edition, named in the same way."),
        "question" => tables(
            &group_needing(&MAPPED, &["old", "kind"], of_mapped),
            "What becomes of one question of the earlier edition.",
        ),
        "step" => tables(
            &group_needing(&MAPPED_STEP, &["old"], of_mapped_step),
            "What becomes of one step of the earlier edition.",
        ),
        other => unreachable_key(other),
    }
}

fn of_mapped(key: &str) -> Value {
    match key {
        "old" => needed("The question of the earlier edition, by id."),
        "new" => texts("The questions that took its place: one, several, or none."),
        "carry" => text(
            "The one of these that takes the answer over. Without it, the answer is kept as an orphan.",
        ),
        "kind" => words_needed(&OF_OLD.map(|(word, _)| word), "What became of its words."),
        "reason" => text("Why, for readers only."),
        other => unreachable_key(other),
    }
}

fn of_mapped_step(key: &str) -> Value {
    match key {
        "old" => needed("The step of the earlier edition, by id."),
        "new" => text(
            "The step that took its place. Without it, its words become comments, and its actions go to the whole.",
        ),
        "reason" => text("Why, for readers only."),
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
        assert_hovers(&MAPPING, of_mapping);
        assert_hovers(&MAPPED, of_mapped);
        assert_hovers(&MAPPED_STEP, of_mapped_step);
    }
}
