//! JSON Schema of programmes, as lenient as the reading is.

use serde_json::{Value, json};

use super::parts::{
    count, date, days, document, group, list_of, money, needed, period, text, texts,
    unreachable_key, when, words,
};
use crate::model::programme::{
    ACTIVITY, ActivityStatus, BUDGET, CHALLENGE, DEEP_DIVE, MEETING, MeetingKind, PROGRAMME,
    Presence, REQUEST, SITTING, STAGE, STAGES,
};

/// The name of its file. No checklist's schema is called so, unless a checklist is called that.
pub(crate) const FILE_NAME: &str = "scrutiny-programme.schema.json";

/// The schema of programmes.
pub(crate) fn schema() -> Value {
    let needed = ["scrutiny", "checklist", "partnership", "year"];
    document("Programme", (&PROGRAMME, &needed), of_programme, &[])
}

/// A list of groups of keys, or one of them.
fn list(keys: &[&str], of: fn(&str) -> Value, hover: &str) -> Value {
    list_of(&group(keys, of), hover)
}

fn of_programme(key: &str) -> Value {
    match key {
        "scrutiny" => json!({ "const": "programme", "description": "What this file is." }),
        "checklist" => needed(
            "The checklist whose steps the programme touches: the id of one that comes with scrutiny, or the path to a file, as seen from this one.",
        ),
        "partnership" => needed("The partnership's name, the same in all its files."),
        "year" => period("The year that it is agreed for: 2026-27, or 2026-10-01 to 2027-09-30."),
        "scrutineer" => text("The role of whoever does the work, not a name."),
        "agreed" => date("The day on which the partnership agreed it, such as 2026-04-14."),
        "as-at" => {
            date("The day on which you last brought it up to date. What is late is judged on it.")
        }
        "summary" => text(
            "Your own words on how scrutiny was done. Write them under |, two spaces further in.",
        ),
        "notes" => text("For your own eyes: in no output."),
        "budget" => json!({
            "allOf": [group(&BUDGET, of_budget)],
            "description": "The days and the money that were agreed.",
        }),
        "activities" => list(&ACTIVITY, of_activity, "What is done. Each begins with a dash."),
        "meetings" => list(
            &MEETING,
            of_meeting,
            "The groups whose meetings are attended, or whose papers are read.",
        ),
        "information" => list(&REQUEST, of_request, "What was asked for, and whether it came."),
        "challenges" => list(&CHALLENGE, of_challenge, "What was challenged, and what came of it."),
        "deep-dives" => list(&DEEP_DIVE, of_deep_dive, "What is looked into in depth."),
        other => unreachable_key(other),
    }
}

fn of_budget(key: &str) -> Value {
    match key {
        "days" => days("The most days in the year: whole or half days, such as 15 or 12.5."),
        "day-rate" => money("What a day costs, in pounds, such as 800 or 812.50."),
        "day-rate-cap" => money("The most that a day may cost, in pounds."),
        "cost-cap" => money(
            "The most that all of it may cost, in pounds: the fee, and expenses outside the fee.",
        ),
        "expenses" => words(
            &["inside", "outside"],
            "Whether expenses are a part of the fee (inside), or paid beside it (outside).",
        ),
        "warn-at" => count(
            "From how many per cent of a cap on a warning is given; 80 unless it is said.",
            1,
            100,
        ),
        other => unreachable_key(other),
    }
}

/// The days and the expenses of any piece of work.
fn of_effort(key: &str) -> Value {
    match key {
        "planned" => days("The days that it is thought to take: whole or half days."),
        "used" => days("The days that it took so far: whole or half days."),
        "expenses" => money("The expenses so far, in pounds, such as 46.80."),
        "steps" => texts("The steps of the checklist that it touches, by number."),
        "notes" => text("For your own eyes: in no output."),
        other => unreachable_key(other),
    }
}

fn of_activity(key: &str) -> Value {
    let statuses = ActivityStatus::WORDS.map(|(word, _)| word);
    match key {
        "id" => text("P-01, P-02 and so on; used once in the file."),
        "what" => text("What it is."),
        "how" => text("How it is done."),
        "when" => {
            when("A day, a month, or a stretch of either: 2026-06-11, 2026-06, 2026-06 to 2026-09.")
        }
        "status" => words(&statuses, "How far it is."),
        other => of_effort(other),
    }
}

fn of_meeting(key: &str) -> Value {
    let kinds = MeetingKind::WORDS.map(|(word, _)| word);
    match key {
        "id" => text("M-01, M-02 and so on; used once in the file."),
        "group" => text("The name of the group that meets."),
        "kind" => words(&kinds, "What sort of group it is."),
        "at-least" => count(
            "How many times in the year it should be attended; once for a subgroup unless it is said.",
            0,
            u32::MAX,
        ),
        "dates" => {
            let one = json!({
                "anyOf": [when("The day."), group(&SITTING, of_sitting)],
            });
            list_of(&one, "Its meetings: a date alone, or a date with what became of it.")
        }
        other => of_effort(other),
    }
}

fn of_sitting(key: &str) -> Value {
    let presences = Presence::WORDS.map(|(word, _)| word);
    match key {
        "when" => when("The day, such as 2026-06-11."),
        "presence" => words(&presences, "What became of it."),
        other => of_effort(other),
    }
}

fn of_request(key: &str) -> Value {
    match key {
        "id" => text("R-01, R-02 and so on; used once in the file."),
        "what" => text("What was asked for."),
        "asked-of" => text("The role or agency that was asked, not a name."),
        "asked" => date("When it was asked for, such as 2026-05-02."),
        "promised" => date("By when it was promised."),
        "received" => date("When it came."),
        "withdrawn" => date("When it was no longer wanted."),
        other => of_effort(other),
    }
}

fn of_challenge(key: &str) -> Value {
    match key {
        "id" => text("C-01, C-02 and so on; used once in the file."),
        "date" => date("When it was made, such as 2026-05-12."),
        "to" => text("To which group, role or agency; not a name."),
        "what" => text("What was challenged."),
        "response" => text("What was answered."),
        "outcome" => text("What came of it, also where that is nothing."),
        "review-by" => date("When it is looked at again."),
        other => of_effort(other),
    }
}

fn of_deep_dive(key: &str) -> Value {
    match key {
        "id" => text("D-01, D-02 and so on; used once in the file."),
        "title" => text("What it is on."),
        "lines-of-enquiry" => texts("What it asks. Each begins with a dash."),
        "stages" => json!({
            "allOf": [group(&STAGES, of_stages)],
            "description": "How far it is: when each stage is planned, and when it was reached.",
        }),
        other => of_effort(other),
    }
}

fn of_stages(_: &str) -> Value {
    json!({
        "allOf": [group(&STAGE, of_stage)],
        "description": "When this stage is planned, and when it was reached.",
    })
}

fn of_stage(key: &str) -> Value {
    match key {
        "planned" => when("A day, a month, or a stretch of either."),
        "done" => date("The day on which it was reached."),
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
        assert_hovers(&PROGRAMME, of_programme);
        assert_hovers(&BUDGET, of_budget);
        assert_hovers(&ACTIVITY, of_activity);
        assert_hovers(&MEETING, of_meeting);
        assert_hovers(&SITTING, of_sitting);
        assert_hovers(&REQUEST, of_request);
        assert_hovers(&CHALLENGE, of_challenge);
        assert_hovers(&DEEP_DIVE, of_deep_dive);
        assert_hovers(&STAGES, of_stages);
        assert_hovers(&STAGE, of_stage);
    }
}
