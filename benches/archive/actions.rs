//! The actions of an assessment: new ones, those brought forward, and a slip now and then.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::assessment::Writer;
use crate::names::{LEADS, Question};
use crate::phrases;
use crate::random::Random;

/// An action as it is tracked from quarter to quarter.
#[derive(Clone)]
struct Action {
    id: String,
    task: String,
    lead: &'static str,
    due: Date,
    success: Option<String>,
}

/// An action on a question that the next assessment brings forward.
pub(crate) struct Carried {
    question: &'static str,
    action: Action,
    /// Where it stands now: 2024-25 Q4/A-0031.
    from: String,
}

impl Carried {
    /// What is written again when it is brought forward.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.action.task.as_str()).chain(self.action.success.as_deref())
    }
}

/// How many actions an assessment leaves to the next one.
const MOST_CARRIED: usize = 2;

/// Something that scrutiny advises against, planted in a file.
#[derive(Clone, Copy)]
pub(crate) enum Slip {
    WeekendDue,
    WeakVerb,
    LeftOverNote,
}

impl Slip {
    /// Nothing in most files.
    pub(crate) fn seldom(random: &mut Random) -> Option<Slip> {
        let slips = [Slip::WeekendDue, Slip::WeakVerb, Slip::LeftOverNote];
        random.one_in(50).then(|| random.pick(&slips))
    }

    fn spoil(self, action: &mut Action) {
        match self {
            Slip::WeekendDue => {
                while action.due.weekday() != Weekday::Saturday {
                    action.due = action.due.saturating_add(1.day());
                }
            }
            Slip::WeakVerb => action.task = format!("Continue as planned. {}", action.task),
            Slip::LeftOverNote => action.task.push_str(" (TBC)"),
        }
    }
}

impl Writer<'_> {
    /// The actions on a question: those brought forward, and now and then a new one. Returns whether
    /// one of them counts.
    pub(crate) fn question_actions(&mut self, question: &'static Question) -> bool {
        let brought: Vec<Carried> =
            self.brought.extract_if(.., |carried| carried.question == question.id).collect();
        let is_new = self.prose.random.percent(5);
        if brought.is_empty() && !is_new {
            return false;
        }
        self.page.line(4, "actions:");
        let mut counts = is_new;
        for carried in brought {
            counts |= self.brought_action(carried);
        }
        if is_new {
            let action = self.new_action(question.topic);
            self.begin(&action, &[]);
            self.proposed_or_open();
            self.carry(question.id, action);
        }
        counts
    }

    /// A new action on a step, for the questions that have none of their own.
    pub(crate) fn step_action(&mut self, covers: &[&str], topic: &'static str) {
        let action = self.new_action(topic);
        // Without `covers`, an action on a step is for the whole of it.
        let covers = if self.prose.random.one_in(4) { &[] } else { covers };
        if !covers.is_empty() && !action.task.contains(',') && self.prose.random.one_in(4) {
            let Action { id, task, lead, due, .. } = self.as_written(&action);
            let covers = covers.join(", ");
            let head = format!("id: {id}, covers: [{covers}], task: {task}");
            return self.page.line(6, &format!("- {{{head}, lead: {lead}, due: {due}}}"));
        }
        self.begin(&action, covers);
        self.proposed_or_open();
    }

    fn new_action(&mut self, topic: &'static str) -> Action {
        let is_measured = self.prose.random.percent(20);
        Action {
            id: self.partnership.action_id(),
            task: self.prose.say(phrases::TASKS, topic),
            lead: self.prose.random.pick(&LEADS),
            due: self.working_day(25, 230),
            success: is_measured.then(|| self.prose.say(phrases::SUCCESS, topic)),
        }
    }

    /// The action with the slip that was to be planted in this file, if it still is.
    fn as_written(&mut self, action: &Action) -> Action {
        let mut action = action.clone();
        if let Some(slip) = self.slip.take() {
            slip.spoil(&mut action);
        }
        action
    }

    /// What every action written in lines of its own begins with.
    fn begin(&mut self, action: &Action, covers: &[&str]) {
        let Action { id, task, lead, due, success } = self.as_written(action);
        self.page.line(6, &format!("- id: {id}"));
        self.page.pair(8, "task", task);
        self.page.pair(8, "lead", lead);
        if !covers.is_empty() {
            self.page.pair(8, "covers", format_args!("[{}]", covers.join(", ")));
        }
        self.page.pair(8, "due", due);
        if let Some(success) = success {
            self.page.pair(8, "success", success);
        }
    }

    /// The state of a new action.
    fn proposed_or_open(&mut self) {
        let status = self.prose.random.pick(&["open", "open", "open", "proposed"]);
        self.page.pair(8, "status", status);
        match self.prose.random.between(1, 10) {
            1..=3 if status == "open" => {
                let response = format!("{{said: accepted, date: {}}}", self.prose.day());
                self.page.pair(8, "response", response);
            }
            4 => self.response("partly", phrases::PARTLY),
            _ => {}
        }
    }

    fn response(&mut self, said: &str, reasons: &[&'static str]) {
        let date = self.prose.day();
        let reason = self.prose.say(reasons, "");
        self.page.line(8, "response:");
        self.page.pair(10, "said", said);
        self.page.pair(10, "date", date);
        self.page.pair(10, "reason", reason);
    }

    /// An action that was brought forward, with what became of it. Returns whether it counts.
    fn brought_action(&mut self, carried: Carried) -> bool {
        let Carried { question, action, from } = carried;
        let status = match self.prose.random.between(1, 20) {
            1..=9 => "open",
            10..=13 => "done",
            14..=18 => "closed",
            _ => "dropped",
        };
        self.begin(&action, &[]);
        self.page.pair(8, "status", status);
        match status {
            "done" => {
                let review = self.working_day(60, 200);
                self.page.pair(8, "review-by", review);
            }
            "closed" => {
                let evidence = self.prose.say(phrases::SHORT_EVIDENCE, "");
                self.page.pair(8, "evidence", evidence);
                let impact = self.prose.say(phrases::OUTCOMES, "");
                self.page.pair(8, "impact", impact);
                self.page.pair(8, "closed", self.as_at);
            }
            "dropped" => self.response("not-accepted", phrases::REFUSED),
            _ => {}
        }
        self.page.pair(8, "carried-from", from);
        if status == "open" {
            self.carry(question, action);
        }
        status != "dropped"
    }

    /// Leaves an action to the next assessment.
    fn carry(&mut self, question: &'static str, action: Action) {
        if self.partnership.carried.len() < MOST_CARRIED {
            let from = format!("{}/{}", self.quarter.name, action.id);
            self.partnership.carried.push(Carried { question, action, from });
        }
    }

    /// A day from so many to so many days after the assessment, from Monday to Friday.
    pub(crate) fn working_day(&mut self, from: u32, to: u32) -> Date {
        let days = i64::from(self.prose.random.between(from, to));
        let day = self.as_at.saturating_add(days.days());
        match day.weekday() {
            Weekday::Saturday => day.saturating_sub(1.day()),
            Weekday::Sunday => day.saturating_add(1.day()),
            _ => day,
        }
    }
}
