//! A mapping: how the answers to one edition of a checklist go to another, as a person has read and
//! corrected it.

use crate::finding::Findings;
use crate::source::{Span, Spanned};
use crate::syntax::decode::{self, Fields, Given, Keys, items};
use crate::syntax::faults as shape;
use crate::syntax::tree::Node;

/// One mapping file.
#[derive(Clone, Debug)]
pub(crate) struct Mapping {
    /// Where it says that it is one.
    pub span: Span,
    /// The earlier edition: an id or a path.
    pub from: Given<String>,
    /// The later edition.
    pub to: Given<String>,
    /// What becomes of the questions, context questions among them.
    pub questions: Vec<Mapped>,
    /// What becomes of the steps.
    pub steps: Vec<MappedStep>,
}

/// What becomes of a question.
#[derive(Clone, Debug)]
pub(crate) struct Mapped {
    /// The question of the earlier edition, by id.
    pub old: Spanned<String>,
    /// The questions of the later edition that took its place; none where it is retired.
    pub new: Vec<Spanned<String>>,
    /// The one of these that takes the answer over. Without it the answer is an orphan.
    pub carry: Given<String>,
    /// What became of the words.
    pub kind: Given<MappedKind>,
}

/// What became of the words of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MappedKind {
    /// Nothing.
    Same,
    /// They are set otherwise.
    Cosmetic,
    /// They stand elsewhere.
    Moved,
    /// They are others.
    Reworded,
    /// They stand in several questions.
    Split,
    /// They stand in one question with those of others.
    Merged,
    /// They are gone.
    Retired,
}

impl MappedKind {
    /// All of them, with the words that files use.
    pub(crate) const WORDS: [(&'static str, MappedKind); 7] = [
        ("same", MappedKind::Same),
        ("cosmetic", MappedKind::Cosmetic),
        ("moved", MappedKind::Moved),
        ("reworded", MappedKind::Reworded),
        ("split", MappedKind::Split),
        ("merged", MappedKind::Merged),
        ("retired", MappedKind::Retired),
    ];
}

/// What becomes of a step.
#[derive(Clone, Debug)]
pub(crate) struct MappedStep {
    /// The step of the earlier edition, by id.
    pub old: Spanned<String>,
    /// The step of the later edition that took its place, if any.
    pub new: Given<String>,
}

pub(super) const MAPPING: Keys<5> = ["scrutiny", "from", "to", "question", "step"];
pub(super) const MAPPED: Keys<5> = ["old", "new", "carry", "kind", "reason"];
pub(super) const MAPPED_STEP: Keys<3> = ["old", "new", "reason"];

/// Decodes a mapping. Whether what it names exists is for the rules to say.
pub(crate) fn decode(root: Node<'_>, findings: &mut Findings) -> Option<Mapping> {
    let mut fields = Fields::of(root, &MAPPING, findings)?;
    let span = fields.place("scrutiny");
    fields.take("scrutiny");
    let mut need = |key: &str, example: &str| {
        let node = fields.need(key, example, findings);
        let text = node.and_then(|node| decode::text(node, findings));
        text.map_or(Given::Unreadable, Given::Read)
    };
    let from = need("from", "from = \"six-steps-2019\"");
    let to = need("to", "to = \"checklists/local-2027.toml\"");
    let questions = fields.take("question").map(items).unwrap_or_default();
    let steps = fields.take("step").map(items).unwrap_or_default();
    Some(Mapping {
        span,
        from,
        to,
        questions: questions.into_iter().filter_map(|node| mapped(node, findings)).collect(),
        steps: steps.into_iter().filter_map(|node| mapped_step(node, findings)).collect(),
    })
}

fn mapped(node: Node<'_>, findings: &mut Findings) -> Option<Mapped> {
    let mut fields = Fields::of(node, &MAPPED, findings)?;
    let old = fields.need("old", "old = \"1.1\"", findings);
    let old = old.and_then(|old| decode::text(old, findings));
    let kind = fields.need("kind", "kind = \"reworded\"", findings);
    let kind = kind.and_then(|kind| decode::text(kind, findings)).and_then(|kind| {
        let rule = &shape::UNKNOWN_WORD;
        decode::word(&kind, &MappedKind::WORDS, "a kind of change", rule, findings)
    });
    fields.text("reason", findings);
    let (new, carry) = (fields.texts("new", findings), fields.text("carry", findings));
    Some(Mapped { old: old?, new, carry, kind: kind.map_or(Given::Unreadable, Given::Read) })
}

fn mapped_step(node: Node<'_>, findings: &mut Findings) -> Option<MappedStep> {
    let mut fields = Fields::of(node, &MAPPED_STEP, findings)?;
    let old = fields.need("old", "old = \"1\"", findings);
    let old = old.and_then(|old| decode::text(old, findings));
    fields.text("reason", findings);
    let new = fields.text("new", findings);
    Some(MappedStep { old: old?, new })
}

impl Mapping {
    /// What becomes of a question.
    pub(crate) fn question(&self, id: &str) -> Option<&Mapped> {
        self.questions.iter().find(|own| own.old.value == id)
    }

    /// What becomes of a step.
    pub(crate) fn step(&self, id: &str) -> Option<&MappedStep> {
        self.steps.iter().find(|own| own.old.value == id)
    }
}
