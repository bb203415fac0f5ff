//! Trying a template of a user's out without a report.

use super::super::kind::Format;
use super::super::sample::{self, Fill};
use super::fault::{Fault, unknown_words};
use super::limits::too_much;
use super::{Own, own_environment, render_own};

/// What is wrong with a template of a user's, as far as that can be known without a report: it is tried
/// on a report with something in every field and on one with nothing, and every field that it names
/// from the top is looked up.
pub(crate) fn check(format: Format, own: &Own) -> Vec<Fault> {
    let mut faults: Vec<Fault> = Vec::new();
    for fill in [Fill::Full, Fill::Empty] {
        let report = sample::report(fill, "text");
        let fault = render_own(format, own, &report).err();
        faults.extend(fault.filter(|fault| !faults.contains(fault)));
    }
    for fault in unknown_fields(format, own) {
        if !faults.iter().any(|known| known.place.start == fault.place.start) {
            faults.push(fault);
        }
    }
    faults.sort_by_key(|fault| (fault.template.clone(), fault.place.start));
    faults
}

/// The fields that a template names from the top and that there are not, whether it comes to print them
/// or not.
fn unknown_fields(format: Format, own: &Own) -> Vec<Fault> {
    if too_much(&own.name, &own.text).is_some() {
        return Vec::new();
    }
    let environment = own_environment(format, own);
    let Ok(template) = environment.get_template(&own.name) else { return Vec::new() };
    let known = known_fields();
    let is_word = |name: &str| ["range", "namespace", "style", "style_hash"].contains(&name);
    let mut unknown: Vec<String> = template
        .undeclared_variables(true)
        .into_iter()
        .filter(|path| !is_word(path) && !known.contains(path) && !is_of_list(path, &known))
        .collect();
    unknown.sort();
    let fault = |path: String| {
        let at = own.text.find(&path).unwrap_or(0);
        let name = path.rsplit('.').next().unwrap_or(&path);
        let (message, help) = unknown_words(&path, name);
        Fault { template: own.name.clone(), place: at..at + path.len(), message, help }
    };
    unknown.into_iter().map(fault).collect()
}

/// Whether a path goes into a list, where only the items have fields.
fn is_of_list(path: &str, known: &[String]) -> bool {
    let starts = |list: &str| known.iter().any(|own| own.starts_with(&format!("{list}[]")));
    path.match_indices('.').any(|(at, _)| starts(&path[..at]))
}

/// Every field that a template can name from the top, without the marks of lists.
pub(super) fn known_fields() -> Vec<String> {
    let full = sample::report(Fill::Full, "text");
    let value = serde_json::to_value(&full).expect("a report is plain data");
    sample::fields(&value)
}
