//! Marks findings with the keys and ids that lead to their places, for machines.
//!
//! A key may be somebody's words: prose with a colon in it reads as a key. So a word is passed on only
//! where the formats, the checklist or the settings know it, or where it is an id and nothing else.

use crate::finding::{Findings, MASKED, Way};
use crate::model::checklist::Checklist;
use crate::model::layout;
use crate::model::standing::PERSPECTIVES;
use crate::model::workspace::Workspace;
use crate::syntax::tree::Node;
use crate::syntax::way::Ways;
use crate::text::is_plain_id;

/// Who may vouch for a word, besides the formats.
#[derive(Clone, Copy, Default)]
pub(crate) struct Vouchers<'a> {
    pub(crate) checklist: Option<&'a Checklist>,
    pub(crate) workspace: Option<&'a Workspace>,
}

/// Marks the findings in one file, whose tree has this root.
pub(crate) fn mark(root: Node<'_>, vouchers: Vouchers<'_>, findings: &mut Findings) {
    if findings.is_empty() {
        return;
    }
    let source = root.span().source;
    let ways = Ways::of(root);
    for finding in findings.iter_mut() {
        let told = |word: &str| match vouchers.know(word) {
            true => word.to_owned(),
            false => MASKED.to_owned(),
        };
        let keys = match finding.span.source == source {
            true => ways.to(finding.span).into_iter().map(told).collect(),
            false => Vec::new(),
        };
        let about = finding.about.as_deref().map(|id| told(id.trim()));
        finding.way = Way { keys, about };
    }
}

impl Vouchers<'_> {
    fn know(self, word: &str) -> bool {
        layout::is_key(word)
            || PERSPECTIVES.contains(&word)
            || is_plain_id(word)
            || self.checklist.is_some_and(|checklist| has(checklist, word))
            || self.workspace.is_some_and(|own| own.agency_ids().any(|id| id == word))
    }
}

fn has(checklist: &Checklist, word: &str) -> bool {
    checklist.any_question(word).is_some()
        || checklist.step(word).is_some()
        || checklist.scale(word).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, SourceId, Span};
    use crate::syntax::faults::UNKNOWN_KEY;
    use crate::syntax::yaml;

    #[test]
    fn masks_words_that_nobody_knows() {
        let text = "ratings:\n  1.1:\n    Jack: afraid\n";
        let source = Source::new(SourceId(0), "", text.to_owned());
        let mut findings = Findings::default();
        let tree = yaml::parse(&source, &mut findings).expect("a tree");
        let at = text.find("Jack").expect("it is there");
        let place = Span::new(source.id, at, at + 4);
        findings.report(&UNKNOWN_KEY, place, "").about("Jack");
        mark(tree.root(), Vouchers::default(), &mut findings);
        let finding = findings.iter().last().expect("a finding");
        assert_eq!(finding.way.keys, ["ratings", "1.1", MASKED]);
        assert_eq!(finding.way.about.as_deref(), Some(MASKED));
    }
}
