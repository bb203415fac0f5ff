//! Who leads on which actions, so that each agency can be given its own and no others.
//!
//! A lead is written in words, and a name may hold "and". So an action has several leads only where
//! every part of its lead is a name that is known on its own.

use std::collections::{BTreeMap, HashMap};

use super::{Tracked, same_name};
use crate::model::workspace::Workspace;

/// The actions that one agency or role leads on.
#[derive(Debug)]
pub(crate) struct Led {
    /// Its name; nothing for the actions that nobody leads on yet.
    pub lead: Option<String>,
    /// Its actions.
    pub actions: Vec<Tracked>,
}

/// What stands between two names. Words stand alone.
const JOINS: [&str; 6] = ["and ", "with ", "&", ";", ",", "/"];

/// The longest lead that is looked into, in bytes. A longer one is no list of names.
const LONGEST: usize = 300;

/// Divides actions by who leads on them, by name; those without a lead come last. One with several
/// leads is in the list of each.
pub(crate) fn by_lead<'w>(
    actions: &[Tracked],
    workspaces: impl Iterator<Item = &'w Workspace>,
) -> Vec<Led> {
    let known = known_names(actions, workspaces);
    let mut led: BTreeMap<(bool, String), Led> = BTreeMap::new();
    for action in actions {
        let names = leads(&action.lead, &known);
        let keys = match names.is_empty() {
            true => vec![(true, String::new(), None)],
            false => names.into_iter().map(|name| (false, same_name(&name), Some(name))).collect(),
        };
        for (is_nobody, key, lead) in keys {
            let own = led.entry((is_nobody, key)).or_insert(Led { lead, actions: Vec::new() });
            own.actions.push(action.clone());
        }
    }
    led.into_values().collect()
}

/// The names that are known on their own, as they are compared, each with how it is written: those of
/// declared agencies, by id and by label, and the leads that cannot be divided.
fn known_names<'w>(
    actions: &[Tracked],
    workspaces: impl Iterator<Item = &'w Workspace>,
) -> HashMap<String, String> {
    let mut known = HashMap::new();
    for agency in workspaces.flat_map(|own| own.partners.iter().chain(&own.agencies)) {
        let label = crate::text::one_line(&agency.label);
        known.entry(same_name(&agency.id.value)).or_insert_with(|| label.clone());
        known.insert(same_name(&label), label);
    }
    let alone = actions.iter().map(|action| action.lead.as_str());
    for lead in alone.filter(|lead| !lead.is_empty() && !may_be_several(lead)) {
        known.entry(same_name(lead)).or_insert_with(|| lead.to_owned());
    }
    known
}

fn may_be_several(lead: &str) -> bool {
    let lead = same_name(lead);
    JOINS.iter().any(|join| match join.ends_with(' ') {
        true => lead.contains(&format!(" {join}")),
        false => lead.contains(join),
    })
}

/// The leads that a text names, each once.
fn leads(lead: &str, known: &HashMap<String, String>) -> Vec<String> {
    if lead.is_empty() {
        return Vec::new();
    }
    let text = same_name(lead);
    let named = if text.len() > LONGEST { None } else { names(&text, known) };
    let mut names = named.unwrap_or_else(|| vec![lead.to_owned()]);
    names.sort();
    names.dedup();
    names
}

/// The known names that a text consists of, and nothing else; the longest first, because one name may
/// begin with another.
fn names(text: &str, known: &HashMap<String, String>) -> Option<Vec<String>> {
    let mut ends: Vec<usize> = text.char_indices().map(|(at, _)| at).skip(1).collect();
    ends.push(text.len());
    ends.iter().rev().find_map(|end| {
        let name = known.get(text[..*end].trim_end())?;
        let rest = text[*end..].trim_start();
        if rest.is_empty() {
            return Some(vec![name.clone()]);
        }
        let rest = JOINS.iter().find_map(|join| rest.strip_prefix(join))?.trim_start();
        // "Police, and health".
        let others = names(rest.strip_prefix("and ").unwrap_or(rest), known)?;
        Some(std::iter::once(name.clone()).chain(others).collect())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn divides_a_lead_only_into_names_that_are_known() {
        let known: HashMap<String, String> = ["Police", "Health", "North and Vale Board"]
            .iter()
            .map(|name| (same_name(name), (*name).to_owned()))
            .collect();
        let check =
            |lead: &str, expected: &[&str]| assert_eq!(leads(lead, &known), expected, "{lead}");
        check("", &[]);
        check("police", &["Police"]);
        check("Police and health", &["Health", "Police"]);
        check("Health / Police, police", &["Health", "Police"]);
        check("North and Vale Board", &["North and Vale Board"]);
        check("Police, and North and Vale Board", &["North and Vale Board", "Police"]);
        check("North and Vale Board and Police", &["North and Vale Board", "Police"]);
        check("Police health", &["Police health"]);
        check("Police and Fire", &["Police and Fire"]);
        check("Council; Police", &["Council; Police"]);
    }
}
