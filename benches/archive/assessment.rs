//! One assessment of the archive: every question rated, every rating covered by an action.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::actions::{Carried, Slip};
use crate::generate::{Partnership, Quarter};
use crate::names::{OPINIONS, Question, STEPS};
use crate::page::Page;
use crate::phrases;
use crate::prose::Prose;

#[derive(Clone, Copy, PartialEq)]
enum Rating {
    Green,
    Amber,
    Red,
    NotApplicable,
    TooEarly,
}

impl Rating {
    fn word(self) -> &'static str {
        match self {
            Rating::Green => "green",
            Rating::Amber => "amber",
            Rating::Red => "red",
            Rating::NotApplicable => "not-applicable",
            Rating::TooEarly => "too-early",
        }
    }
}

/// An assessment that is being written.
pub(crate) struct Writer<'a> {
    pub(crate) partnership: &'a mut Partnership,
    pub(crate) quarter: &'a Quarter,
    pub(crate) as_at: Date,
    pub(crate) page: Page,
    pub(crate) prose: Prose,
    pub(crate) slip: Option<Slip>,
    /// What the last assessment left open.
    pub(crate) brought: Vec<Carried>,
    /// Which items of the evidence at the end are cited.
    cited: BTreeSet<u32>,
}

/// The text of one assessment. What it leaves open is put down in the partnership.
pub(crate) fn write(
    partnership: &mut Partnership,
    quarter: &Quarter,
    slip: Option<Slip>,
) -> String {
    let mut random = partnership.random.fork();
    let is_draft = random.one_in(8);
    let early = if is_draft { i64::from(random.between(5, 25)) } else { 0 };
    let as_at = quarter.to.saturating_sub(early.days());
    let days = (quarter.from.saturating_sub(60.days()), as_at);
    let mut writer = Writer {
        brought: std::mem::take(&mut partnership.carried),
        page: Page { text: String::with_capacity(16_000), width: partnership.wraps.then_some(100) },
        prose: Prose::new(random, days),
        partnership,
        quarter,
        as_at,
        slip,
        cited: BTreeSet::new(),
    };
    for carried in &writer.brought {
        carried.texts().for_each(|text| writer.prose.has_said(text));
    }
    writer.head(if is_draft { "draft" } else { "final" });
    writer.context();
    let uncovered = writer.ratings();
    writer.steps(&uncovered);
    writer.shared_evidence();
    assert!(writer.slip.is_none(), "every assessment has a new action, which takes the slip");
    writer.page.text
}

impl Writer<'_> {
    fn head(&mut self, status: &str) {
        let Writer { page, prose, .. } = self;
        page.pair(0, "scrutiny", "assessment");
        page.pair(0, "checklist", "six-steps-2019");
        let name = &self.partnership.name;
        page.pair(0, "partnership", format_args!("{name} Safeguarding Children Partnership"));
        page.pair(0, "period", &self.quarter.name);
        page.pair(0, "perspective", "scrutineer");
        page.pair(0, "assessor", "Independent Scrutineer");
        page.pair(0, "as-at", self.as_at);
        page.pair(0, "status", status);
        page.blank();
        let topic = STEPS[0][0].topic;
        let words = prose.sentences(&[phrases::OVERVIEW; 2], topic);
        page.prose(0, "summary", &[words]);
        page.pair(0, "assurance", prose.random.pick(&OPINIONS));
        page.blank();
    }

    fn context(&mut self) {
        let Writer { page, prose, .. } = self;
        page.line(0, "context:");
        for (at, answers) in phrases::CONTEXT.iter().enumerate() {
            let answer = prose.say(answers, "scrutiny");
            let key = format!("c{}", at + 1);
            match prose.random.percent(60) {
                true => page.prose(2, &key, &[answer]),
                false => page.pair(2, &key, answer),
            }
        }
        page.blank();
    }

    /// The answers to all questions. Returns, by step, the ids that have no action yet.
    fn ratings(&mut self) -> Vec<Vec<&'static str>> {
        self.page.line(0, "ratings:");
        let mut uncovered = Vec::new();
        for (at, step) in STEPS.iter().enumerate() {
            self.page.line(2, &format!("# Step {}", at + 1));
            let open = step.iter().filter(|question| self.question(question));
            uncovered.push(open.map(|question| question.id).collect());
        }
        self.page.blank();
        uncovered
    }

    /// The answer to one question. Returns whether it still needs an action.
    fn question(&mut self, question: &'static Question) -> bool {
        let rating = self.rating(question);
        self.page.line(2, &format!("{}:", question.id));
        self.page.pair(4, "rating", rating.word());
        self.reasons(rating, question.topic);
        self.evidence(rating, question.topic);
        match rating {
            Rating::Amber => {
                let remaining = self.prose.say(phrases::REMAINING, question.topic);
                self.page.pair(4, "remaining", remaining);
            }
            Rating::TooEarly => {
                let review = self.working_day(90, 200);
                self.page.pair(4, "review-by", review);
            }
            Rating::Green | Rating::Red | Rating::NotApplicable => {}
        }
        let has_action = self.question_actions(question);
        let needs_action = !matches!(rating, Rating::NotApplicable | Rating::TooEarly);
        needs_action && !has_action
    }

    fn rating(&mut self, question: &Question) -> Rating {
        let random = &mut self.prose.random;
        if question.id == "3.4" && random.one_in(12) {
            return Rating::NotApplicable;
        }
        match random.between(1, 100) {
            1..=40 => Rating::Green,
            41..=83 => Rating::Amber,
            84..=98 => Rating::Red,
            _ => Rating::TooEarly,
        }
    }

    fn reasons(&mut self, rating: Rating, topic: &'static str) {
        let Writer { page, prose, .. } = self;
        let own = match rating {
            Rating::Green => phrases::FIRM,
            Rating::Amber => phrases::PARTIAL,
            Rating::Red => phrases::BLEAK,
            Rating::NotApplicable => phrases::NOT_APPLICABLE,
            Rating::TooEarly => phrases::TOO_EARLY,
        };
        let further = phrases::FURTHER;
        let paragraphs = match prose.random.between(1, 20) {
            1..=5 => vec![prose.say(own, topic)],
            6..=18 => vec![prose.sentences(&[own, further], topic)],
            19 => vec![prose.sentences(&[own, further, further], topic)],
            _ => vec![prose.sentences(&[own, further], topic), prose.say(further, topic)],
        };
        page.prose(4, "because", &paragraphs);
    }

    fn evidence(&mut self, rating: Rating, topic: &'static str) {
        let random = &mut self.prose.random;
        let items = match rating {
            Rating::Green | Rating::Amber => 1 + u32::from(random.percent(8)),
            Rating::Red => u32::from(random.percent(30)),
            Rating::NotApplicable | Rating::TooEarly => 0,
        };
        if items > 0 {
            self.page.line(4, "evidence:");
        }
        for _ in 0..items {
            let Writer { page, prose, .. } = self;
            match prose.random.between(1, 100) {
                1..=53 => {
                    let text = prose.say(phrases::SHORT_EVIDENCE, topic);
                    page.line(6, &format!("- {text}"));
                }
                54..=80 => {
                    let number = prose.random.between(1, 2);
                    self.cited.insert(number);
                    page.line(6, &format!("- ref: E-{number:02}"));
                }
                _ => self.full_evidence(6, "- ", topic),
            }
        }
    }

    /// An item of evidence with all that is known of it; `lead` is what its first line begins with.
    fn full_evidence(&mut self, indent: usize, lead: &str, topic: &'static str) {
        let Writer { page, prose, .. } = self;
        let (source, method, voices) = loop {
            let (phrase, method, voices) = prose.random.pick(phrases::FULL_EVIDENCE);
            if let Some(source) = prose.try_say(phrase, topic) {
                break (source, method, voices);
            }
        };
        page.line(indent, &format!("{lead}source: {source}"));
        let indent = indent + lead.len();
        page.pair(indent, "method", method);
        page.pair(indent, "date", prose.day());
        match (voices, prose.random.percent(30)) {
            ([], _) => {}
            ([one, other], true) => page.pair(indent, "voice", format_args!("[{one}, {other}]")),
            _ => page.pair(indent, "voice", prose.random.pick(voices)),
        }
        match prose.random.between(1, 10) {
            1..=4 => page.pair(indent, "says", prose.say(phrases::SAYS, topic)),
            5 => {
                let says = prose.sentences(&[phrases::SAYS, phrases::SAYS], topic);
                page.prose(indent, "says", &[says]);
            }
            _ => {}
        }
        if prose.random.one_in(20) {
            page.pair(indent, "restricted", "true");
        }
    }

    fn shared_evidence(&mut self) {
        if self.cited.is_empty() {
            return;
        }
        self.page.blank();
        self.page.line(0, "evidence:");
        for number in std::mem::take(&mut self.cited) {
            self.page.line(2, &format!("E-{number:02}:"));
            self.full_evidence(4, "", "the plan as a whole");
        }
    }

    fn steps(&mut self, uncovered: &[Vec<&'static str>]) {
        self.page.line(0, "steps:");
        for (at, (step, uncovered)) in STEPS.iter().zip(uncovered).enumerate() {
            let topic = self.prose.random.pick(&[0, 1, 2, 3].map(|at: usize| step[at].topic));
            let Writer { page, prose, .. } = self;
            page.line(2, &format!("{}:", at + 1));
            let words = prose.say(phrases::STEP_WORDS, topic);
            page.prose(4, "summary", &[words]);
            page.pair(4, "assurance", prose.random.pick(&OPINIONS));
            if !uncovered.is_empty() {
                page.line(4, "actions:");
                self.step_action(uncovered, topic);
            }
        }
    }
}
