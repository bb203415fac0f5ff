//! Puts a checklist together: its own steps, or those of the checklist that it extends with what it
//! adds, drops and rewords.

mod growing;

use std::collections::HashSet;

use self::growing::Growing;
use crate::finding::Findings;
use crate::model::checklist::{
    Adapted, Change, Checklist, Dropped, Index, Kind, Question, RollUp, Scale, Step,
};
use crate::model::definition::{Addition, Definition, Drop, Reword};
use crate::model::faults;
use crate::source::{Span, Spanned};
use crate::syntax::decode::{Given, suggest};
use crate::text::{Patience, one_line, quoted};

/// The words for an assurance opinion where a checklist gives none.
const ASSURANCE: [&str; 3] = ["assured", "partly-assured", "not-assured"];

/// The checklist that a definition stands for, on top of the one that it extends.
pub(crate) fn adapt(
    definition: Definition,
    base: Option<&Checklist>,
    findings: &mut Findings,
) -> Checklist {
    let Definition { id, extends, head, steps, context, add, drop, reword } = definition;
    let take = |own: Given<String>, from: Option<&String>| {
        own.value().map(|text| text.trim().to_owned()).or_else(|| from.cloned()).unwrap_or_default()
    };
    let attribution = attribution(&head.attribution, &id, base, extends.is_some(), findings);
    let roll_up = head.roll_up.read().cloned();
    let roll_up = roll_up.or_else(|| base.map(|base| base.roll_up.clone()));
    let assurance = match (head.assurance.as_slice(), base) {
        ([], Some(base)) => base.assurance.clone(),
        ([], None) => ASSURANCE.map(str::to_owned).to_vec(),
        (own, _) => own.iter().map(|word| word.value.clone()).collect(),
    };
    let mut checklist = Checklist {
        title: take(head.title, base.map(|base| &base.title)),
        edition: take(head.edition, base.map(|base| &base.edition)),
        about: take(head.about, base.map(|base| &base.about)),
        built_from: take(head.source, base.map(|base| &base.built_from)),
        attribution,
        roll_up: roll_up.unwrap_or(Spanned::new(RollUp::None, id.span)),
        scales: scales(head.scales, base),
        default_scale: head.scale.or_else(|| base.and_then(|base| base.default_scale.clone())),
        assurance,
        steps: base.map(|base| kept(&base.steps)).unwrap_or_default(),
        context: base.map(|base| base.context.clone()).unwrap_or_default(),
        adapted: base.map(|base| Adapted { from: base.id.value.clone(), dropped: Vec::new() }),
        id,
        index: Index::default(),
    };
    let patience = Patience::default();
    let missed = reword.into_iter().filter_map(|rewording| checklist.reword(rewording, findings));
    let missed: Vec<Spanned<String>> = missed.collect();
    checklist.report_missed(&missed, &patience, findings);
    let missed = checklist.drop(drop);
    checklist.report_missed(&missed, &patience, findings);
    let mark = |change: &mut Change| {
        if base.is_some() {
            *change = Change::Added { why: String::new() };
        }
    };
    checklist.steps.extend(steps.into_iter().map(|mut step| {
        mark(&mut step.change);
        step.questions.iter_mut().for_each(|question| mark(&mut question.change));
        step
    }));
    checklist.context.extend(context.into_iter().map(|mut question| {
        mark(&mut question.change);
        question
    }));
    if !add.is_empty() {
        checklist.add(add, &patience, findings);
    }
    checklist.settle_scales();
    // From here on it stays as it is.
    checklist.index = Index::default();
    checklist
}

/// What outputs print: the checklist's own attribution, and that of the checklist it extends unless
/// the own one carries it, letter for letter.
fn attribution(
    own: &Given<String>,
    id: &Spanned<String>,
    base: Option<&Checklist>,
    extends: bool,
    findings: &mut Findings,
) -> Vec<String> {
    let own_text = own.value().map(|text| text.trim().to_owned());
    let prescribed = base.map(|base| base.attribution.as_slice()).unwrap_or_default();
    if extends && own.is_absent() {
        let help = match prescribed.first() {
            Some(prescribed) => format!("add `attribution = \"{prescribed}\"`"),
            None => "add `attribution = \"...\"`, naming whose work it is adapted from".to_owned(),
        };
        findings
            .report(
                &faults::MISSING_ATTRIBUTION,
                id.span,
                "This checklist adapts another and names no attribution",
            )
            .help(help);
    }
    let carries = |prescribed: &String| {
        // Letter for letter; only the marks for italics and the line breaks do not count.
        let letters = |text: &str| one_line(&text.replace(['*', '_'], ""));
        own_text.as_deref().is_some_and(|own| letters(own).contains(&letters(prescribed)))
    };
    if let (Given::Read(own), Some(missing)) = (own, prescribed.iter().find(|text| !carries(text)))
    {
        findings
            .report(
                &faults::OTHER_ATTRIBUTION,
                own.span,
                "This is not the attribution that the extended checklist prescribes",
            )
            .help(format!("write it letter for letter; outputs print both until then: {missing}"));
    }
    let inherited = prescribed.iter().filter(|text| !carries(text)).cloned();
    own_text.clone().into_iter().chain(inherited).collect()
}

fn scales(own: Vec<Scale>, base: Option<&Checklist>) -> Vec<Scale> {
    let inherited = base.map(|base| base.scales.as_slice()).unwrap_or_default();
    let replaced = |scale: &&Scale| !own.iter().any(|other| other.name.value == scale.name.value);
    let kept: Vec<Scale> = inherited.iter().filter(replaced).cloned().collect();
    kept.into_iter().chain(own).collect()
}

/// Steps taken over: what an extended checklist itself had changed counts as kept.
fn kept(steps: &[Step]) -> Vec<Step> {
    let mut steps = steps.to_vec();
    for step in &mut steps {
        step.change = Change::Kept;
        step.questions.iter_mut().for_each(|question| question.change = Change::Kept);
    }
    steps
}

/// A part of a checklist by its place.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Part {
    Step(usize),
    /// A question by the place of its step, and its own in the step.
    Question(usize, usize),
    Context(usize),
}

/// What is left out, until all of it is taken away.
#[derive(Default)]
struct Gone(HashSet<Part>);

impl Gone {
    /// Leaves out what has an id. Gives its title, the ids of the questions that go with it, and the
    /// step that a question stood in.
    fn drop(&mut self, checklist: &Checklist, id: &str) -> Option<(String, Vec<String>, String)> {
        let alone = |question: &Question, step: &str| {
            (question.title.clone(), vec![id.to_owned()], step.to_owned())
        };
        if let Some(at) = checklist.step_place(id)
            && self.0.insert(Part::Step(at))
        {
            let step = &checklist.steps[at];
            let left = step.questions.iter().enumerate();
            let left = left.filter(|(own, _)| !self.0.contains(&Part::Question(at, *own)));
            let questions = left.map(|(_, question)| question.id.value.clone()).collect();
            return Some((step.title.clone(), questions, String::new()));
        }
        if let Some((at, own)) = checklist.question_place(id)
            && !self.0.contains(&Part::Step(at))
            && self.0.insert(Part::Question(at, own))
        {
            let step = &checklist.steps[at];
            return Some(alone(&step.questions[own], &step.id.value));
        }
        let at = checklist.context_place(id)?;
        self.0.insert(Part::Context(at)).then(|| alone(&checklist.context[at], ""))
    }

    /// Takes it away.
    fn take_from(&self, checklist: &mut Checklist) {
        let is_left = |part: Part| !self.0.contains(&part);
        let mut steps = 0..;
        checklist.steps.retain_mut(|step| {
            let at = steps.next().unwrap_or_default();
            let mut own = 0..;
            let mut next = || Part::Question(at, own.next().unwrap_or_default());
            step.questions.retain(|_| is_left(next()));
            is_left(Part::Step(at))
        });
        let mut context = 0..;
        checklist.context.retain(|_| is_left(Part::Context(context.next().unwrap_or_default())));
        checklist.index = Index::default();
    }
}

/// Reports a reference to something that is not there, with the nearest that is.
fn report_unknown(
    span: Span,
    what: &str,
    id: &str,
    all: &[&str],
    patience: &Patience,
    findings: &mut Findings,
) {
    let message = format!("There is no {what} {}", quoted(id));
    let finding = findings.report(&faults::UNKNOWN_CHANGE, span, message);
    suggest(finding, patience.nearest(id, all.iter().copied()), all);
}

impl Checklist {
    fn ids(&self) -> Vec<&str> {
        let steps = self.steps.iter().map(|step| step.id.value.as_str());
        let questions = self.questions().chain(&self.context);
        steps.chain(questions.map(|question| question.id.value.as_str())).collect()
    }

    fn question_mut(&mut self, id: &str) -> Option<&mut Question> {
        match self.question_place(id) {
            Some((step, at)) => self.steps[step].questions.get_mut(at),
            None => self.context_place(id).map(|at| &mut self.context[at]),
        }
    }

    /// Reports what no step and no question has as its id.
    fn report_missed(
        &self,
        missed: &[Spanned<String>],
        patience: &Patience,
        findings: &mut Findings,
    ) {
        let ids = if missed.is_empty() { Vec::new() } else { self.ids() };
        for id in missed {
            report_unknown(id.span, "step or question", &id.value, &ids, patience, findings);
        }
    }

    /// Rewords a step or a question. Gives the id back where none has it.
    fn reword(&mut self, rewording: Reword, findings: &mut Findings) -> Option<Spanned<String>> {
        let Reword { id, title, ask, points, why } = rewording;
        if let Some(at) = self.step_place(&id.value) {
            let step = &mut self.steps[at];
            if points.is_some() {
                findings
                    .report(&faults::UNKNOWN_CHANGE, id.span, "A step has no points to reword")
                    .help("reword its title here, and its questions each by its own id");
            }
            if let Some(title) = title.or(ask.map(|ask| ask.value)) {
                let was = std::mem::replace(&mut step.title, title.trim().to_owned());
                step.change = Change::Reworded { was, why };
            }
        } else if let Some(question) = self.question_mut(&id.value) {
            let was = question.ask.value.clone();
            if let Some(ask) = ask {
                question.ask = ask.map(|text| text.trim().to_owned());
            }
            question.title = title.unwrap_or(std::mem::take(&mut question.title));
            question.points = points.unwrap_or(std::mem::take(&mut question.points));
            question.change = Change::Reworded { was, why };
        } else {
            return Some(id);
        }
        None
    }

    /// Leaves steps and questions out. Gives the ids back that none has, or none any more.
    fn drop(&mut self, all: Vec<Drop>) -> Vec<Spanned<String>> {
        let (mut gone, mut dropped, mut missed) = (Gone::default(), Vec::new(), Vec::new());
        for Drop { id, why } in all {
            match gone.drop(self, &id.value) {
                Some((title, questions, step)) => {
                    dropped.push(Dropped {
                        id: id.value,
                        title,
                        why,
                        questions,
                        step,
                        span: id.span,
                    });
                }
                None => missed.push(id),
            }
        }
        gone.take_from(self);
        if let Some(adapted) = &mut self.adapted {
            adapted.dropped = dropped;
        }
        missed
    }

    /// Adds steps and questions.
    fn add(&mut self, all: Vec<Addition>, patience: &Patience, findings: &mut Findings) {
        // What is added is no help to find where it goes: it may be what was misplaced.
        let base = self.steps.clone();
        let mut growing = Growing::of(std::mem::take(&mut self.steps));
        for addition in all {
            growing.add(addition, findings);
        }
        let (steps, questions) = growing.missed();
        self.steps = growing.into_steps();
        let ids: Vec<&str> = base.iter().map(|step| step.id.value.as_str()).collect();
        for id in steps {
            report_unknown(id.span, "step", &id.value, &ids, patience, findings);
        }
        let own = base.iter().flat_map(|step| &step.questions);
        let ids: Vec<&str> = own.map(|own| own.id.value.as_str()).collect();
        for id in questions {
            report_unknown(id.span, "question", &id.value, &ids, patience, findings);
        }
    }

    /// Gives rated questions that name no scale the default one.
    fn settle_scales(&mut self) {
        if let (None, [only]) = (&self.default_scale, self.scales.as_slice()) {
            self.default_scale = Some(only.name.clone());
        }
        for question in self.steps.iter_mut().flat_map(|step| &mut step.questions) {
            if question.kind == Kind::Rag(None) {
                question.kind = Kind::Rag(self.default_scale.clone());
            }
        }
    }
}
