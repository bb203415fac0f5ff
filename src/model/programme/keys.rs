//! The keys of a programme, group by group.

use crate::syntax::decode::Keys;

pub(crate) const PROGRAMME: Keys<15> = [
    "scrutiny",
    "checklist",
    "partnership",
    "year",
    "scrutineer",
    "agreed",
    "as-at",
    "summary",
    "notes",
    "budget",
    "activities",
    "meetings",
    "information",
    "challenges",
    "deep-dives",
];
pub(crate) const BUDGET: Keys<6> =
    ["days", "day-rate", "day-rate-cap", "cost-cap", "expenses", "warn-at"];
pub(crate) const ACTIVITY: Keys<10> =
    ["id", "what", "how", "when", "steps", "planned", "used", "expenses", "status", "notes"];
pub(crate) const MEETING: Keys<7> = ["id", "group", "kind", "at-least", "steps", "dates", "notes"];
pub(crate) const SITTING: Keys<6> = ["when", "presence", "planned", "used", "expenses", "notes"];
pub(crate) const REQUEST: Keys<8> =
    ["id", "what", "asked-of", "asked", "promised", "received", "withdrawn", "notes"];
pub(crate) const CHALLENGE: Keys<8> =
    ["id", "date", "to", "what", "response", "outcome", "review-by", "notes"];
pub(crate) const DEEP_DIVE: Keys<9> =
    ["id", "title", "lines-of-enquiry", "steps", "planned", "used", "expenses", "stages", "notes"];
pub(crate) const STAGES: Keys<7> = [
    "scope-agreed",
    "fieldwork",
    "written-up",
    "shared",
    "executive",
    "recommendations-agreed",
    "tracked",
];
pub(crate) const STAGE: Keys<2> = ["planned", "done"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::programme::StageName;

    #[test]
    fn every_stage_has_its_key() {
        assert_eq!(StageName::KEYS.map(|(key, _)| key), STAGES);
        for (key, name) in StageName::KEYS {
            assert_eq!(name.key(), key);
        }
    }
}
