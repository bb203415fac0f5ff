//! A mapping: how the answers to one edition of a checklist go to another, as a person has read and
//! corrected it.

use crate::finding::Findings;
use crate::model::lookup::Lookup;
use crate::source::{Span, Spanned};
use crate::syntax::decode::{self, Fields, Given, Keys};
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
    /// Where its parts are found by their ids.
    pub index: Index,
}

/// The parts of a mapping by the ids of the earlier edition.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    questions: Lookup,
    steps: Lookup,
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
    pub kind: Given<Class>,
}

/// What became of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    /// The same letters in the same place.
    Same,
    /// The same words in the same place; letter case, punctuation, spacing or the cut into points
    /// differ.
    Cosmetic,
    /// The same words under another id or in another place.
    Moved,
    /// Other words.
    Reworded,
    /// One question became several.
    Split,
    /// Several questions became one.
    Merged,
    /// It was not asked before.
    New,
    /// It is not asked any more.
    Retired,
}

impl Class {
    /// All of them, with the words that mapping files and programs use.
    pub(crate) const WORDS: [(&'static str, Class); 8] = [
        ("same", Class::Same),
        ("cosmetic", Class::Cosmetic),
        ("moved", Class::Moved),
        ("reworded", Class::Reworded),
        ("split", Class::Split),
        ("merged", Class::Merged),
        ("new", Class::New),
        ("retired", Class::Retired),
    ];

    /// The word that mapping files and programs use.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Class::Same => "same",
            Class::Cosmetic => "cosmetic",
            Class::Moved => "moved",
            Class::Reworded => "reworded",
            Class::Split => "split",
            Class::Merged => "merged",
            Class::New => "new",
            Class::Retired => "retired",
        }
    }
}

/// What becomes of a step.
#[derive(Clone, Debug)]
pub(crate) struct MappedStep {
    /// The step of the earlier edition, by id.
    pub old: Spanned<String>,
    /// The step of the later edition that took its place, if any.
    pub new: Given<String>,
}

pub(crate) const MAPPING: Keys<5> = ["scrutiny", "from", "to", "question", "step"];
pub(crate) const MAPPED: Keys<5> = ["old", "new", "carry", "kind", "reason"];
pub(crate) const MAPPED_STEP: Keys<3> = ["old", "new", "reason"];

/// What can become of a question that was asked before.
pub(crate) const OF_OLD: [(&str, Class); 7] = {
    let mut words = [("", Class::Same); 7];
    let (mut from, mut to) = (0, 0);
    while from < Class::WORDS.len() {
        if !matches!(Class::WORDS[from].1, Class::New) {
            words[to] = Class::WORDS[from];
            to += 1;
        }
        from += 1;
    }
    words
};

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
    let questions = fields.take("question").into_iter().flat_map(Node::items);
    let steps = fields.take("step").into_iter().flat_map(Node::items);
    Some(Mapping {
        span,
        from,
        to,
        questions: questions.filter_map(|node| mapped(node, findings)).collect(),
        steps: steps.filter_map(|node| mapped_step(node, findings)).collect(),
        index: Index::default(),
    })
}

fn mapped(node: Node<'_>, findings: &mut Findings) -> Option<Mapped> {
    let mut fields = Fields::of(node, &MAPPED, findings)?;
    let old = fields.need("old", "old = \"1.1\"", findings);
    let old = old.and_then(|old| decode::text(old, findings));
    let kind = fields.need("kind", "kind = \"reworded\"", findings);
    let kind = kind.and_then(|kind| decode::text(kind, findings)).and_then(|kind| {
        let rule = &shape::UNKNOWN_WORD;
        decode::word(&kind, &OF_OLD, "a kind of change", rule, findings)
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
        self.index.questions.find(&self.questions, |own| &own.old.value, id)
    }

    /// What becomes of a step.
    pub(crate) fn step(&self, id: &str) -> Option<&MappedStep> {
        self.index.steps.find(&self.steps, |own| &own.old.value, id)
    }
}
