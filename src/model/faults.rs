//! The rules that are broken while a file is decoded into the model: what cannot be given a meaning.
//! Their rows are in the one table of rules.

use crate::finding::{Level, Rule};

/// The file does not say that it is ours.
pub(crate) static NOT_OURS: Rule = Rule {
    id: "not-ours",
    level: Level::Error,
    summary: "The file does not say that it is a scrutiny file",
    explain: "Each file says in its first key what it is, so that a folder may hold other files as \
              well. If this is an assessment or a checklist, add the line; if not, do not name it.",
    before: "checklist: six-steps-2019",
    after: "scrutiny: assessment\nchecklist: six-steps-2019",
};

/// A later layout than this version reads.
pub(crate) static NEWER_FORMAT: Rule = Rule {
    id: "newer-format",
    level: Level::Error,
    summary: "The file is of a kind or a layout that this version does not read",
    explain: "The first key names a kind of file that this version of scrutiny does not know, or a \
              later layout of one that it does. Correct the word, or install a newer version.",
    before: "scrutiny: assesment",
    after: "scrutiny: assessment",
};

/// A period in other words.
pub(crate) static UNCLEAR_PERIOD: Rule = Rule {
    id: "unclear-period",
    level: Level::Error,
    summary: "The period is not written as a year, half, quarter or from one date to another",
    explain: "Periods are written in one way, so that files can be put in order and compared: \
              2026-27 for the year, 2026-27 H1 for a half, 2026-27 Q2 for a quarter, or two dates \
              with \"to\" between them. Years run from April unless scrutiny.toml says otherwise.",
    before: "period: Q2 2026/27",
    after: "period: 2026-27 Q2",
};

/// A period that ends before it begins.
pub(crate) static PERIOD_ORDER: Rule = Rule {
    id: "period-order",
    level: Level::Error,
    summary: "The period ends before it begins",
    explain: "The first date of a period is its first day, the second its last. Exchange them, or \
              correct the year.",
    before: "period: 2026-09-30 to 2026-07-01",
    after: "period: 2026-07-01 to 2026-09-30",
};

/// A question answered twice.
pub(crate) static DUPLICATE_ANSWER: Rule = Rule {
    id: "duplicate-answer",
    level: Level::Error,
    summary: "The same question is answered twice",
    explain: "Only one of the two answers could count, and a report would hide the other. Keep one, \
              or bring what they say together under the first.",
    before: "1.1: {rating: green}\n1.1: {rating: amber}",
    after: "1.1: {rating: amber}",
};

/// The same id for two pieces of evidence or two steps.
pub(crate) static DUPLICATE_ENTRY: Rule = Rule {
    id: "duplicate-entry",
    level: Level::Error,
    summary: "The same step or piece of evidence stands twice",
    explain: "What is written under one id can only be found if the id stands once. Bring the two \
              together, or give the second an id of its own.",
    before: "evidence:\n  E-01: {source: Plan}\n  E-01: {source: Audit}",
    after: "evidence:\n  E-01: {source: Plan}\n  E-02: {source: Audit}",
};

/// An unknown status.
pub(crate) static UNKNOWN_STATUS: Rule = Rule {
    id: "unknown-status",
    level: Level::Error,
    summary: "The status is not one of those allowed",
    explain: "An assessment is draft or final. An action is proposed, open, done, closed or dropped: \
              done says that the work was carried out, closed that the evidence of it was accepted. \
              An activity of a programme is planned, under-way, done or dropped.",
    before: "status: complete",
    after: "status: closed",
};

/// A checklist that adapts another without attribution.
pub(crate) static MISSING_ATTRIBUTION: Rule = Rule {
    id: "missing-attribution",
    level: Level::Error,
    summary: "An adapted checklist does not say whose work it is adapted from",
    explain: "The authors of a checklist let others adapt it on the condition that they are named. \
              Copy the attribution of the checklist that is extended, letter for letter; every \
              output prints it.",
    before: "extends = \"six-steps-2019\"",
    after: "extends = \"six-steps-2019\"\nattribution = \"Adapted from Pearce, J (2019) ...\"",
};

/// An attribution that differs from the prescribed one.
pub(crate) static OTHER_ATTRIBUTION: Rule = Rule {
    id: "other-attribution",
    level: Level::Advice,
    summary: "The attribution differs from the one that is prescribed",
    explain: "The checklist that is extended prescribes how its authors are named. More may stand \
              beside it, but it must be there letter for letter. Until then every output prints \
              both texts.",
    before: "attribution = \"Based on the Six Steps\"",
    after: "attribution = \"Adapted from Pearce, J (2019) ...\"",
};

/// A change to something that the extended checklist does not have.
pub(crate) static UNKNOWN_CHANGE: Rule = Rule {
    id: "unknown-change",
    level: Level::Error,
    summary: "A change names a step or a question that is not there",
    explain: "What is dropped, reworded or added after must exist in the checklist that is extended. \
              `scrutiny checklist show` lists its ids.",
    before: "[[drop]]\nid = \"4.9\"",
    after: "[[drop]]\nid = \"4.2\"",
};

/// A condition that cannot be understood or met.
pub(crate) static UNKNOWN_CONDITION: Rule = Rule {
    id: "unknown-condition",
    level: Level::Error,
    summary: "The condition under which a question is asked cannot be met",
    explain: "`only-if` names another question of the same checklist and one of its answers, such as \
              `only-if = \"1.1 = yes\"`. Otherwise the question would never be asked, in silence.",
    before: "only-if = \"if there is a chair\"",
    after: "only-if = \"1.1 = yes\"",
};

/// A checklist that does not exist.
pub(crate) static UNKNOWN_CHECKLIST: Rule = Rule {
    id: "unknown-checklist",
    level: Level::Error,
    summary: "There is no such checklist",
    explain: "A checklist is named by the id of one that comes with scrutiny, which `scrutiny \
              checklist list` prints, or by the path to a TOML file, relative to the file that \
              names it.",
    before: "checklist: six-steps",
    after: "checklist: six-steps-2019",
};

/// Checklists that extend each other.
pub(crate) static CIRCULAR_EXTENDS: Rule = Rule {
    id: "circular-extends",
    level: Level::Error,
    summary: "A checklist extends itself, directly or through others",
    explain: "A chain of `extends` has to end at a checklist that stands alone, after 32 checklists at \
              most: one that is longer is taken for one without an end.",
    before: "id = \"local\"\nextends = \"local.toml\"",
    after: "id = \"local\"\nextends = \"six-steps-2019\"",
};

/// A path that leads out of the workspace.
pub(crate) static OUTSIDE_WORKSPACE: Rule = Rule {
    id: "outside-workspace",
    level: Level::Error,
    summary: "A path leads out of the workspace",
    explain: "A checklist named by path lies in the workspace, which is the folder of scrutiny.toml, \
              or, where there is none, the repository or the folder of the file itself. A path \
              that leaves it, by .. or through a link, could read a stranger's file. Copy the \
              checklist into the workspace, or put scrutiny.toml into the folder that holds both.",
    before: "extends = \"../../elsewhere/local.toml\"",
    after: "extends = \"checklists/local.toml\"",
};

/// A mistake in a template that lays reports out.
pub(crate) static TEMPLATE_FAULT: Rule = Rule {
    id: "template-fault",
    level: Level::Error,
    summary: "A template that lays reports out has a mistake",
    explain: "A template names fields of the report, filters and other templates, in the words that \
              docs/templates.md lists. One that names something else, that is not closed, or that \
              does not come to an end makes no report. `scrutiny report template show KIND` prints a \
              built-in one to begin from, and `scrutiny report template check FILE` tries one out.",
    before: "{{ control.partnreship }}",
    after: "{{ control.partnership }}",
};

/// A rule or a level that does not exist, in the settings.
pub(crate) static UNKNOWN_RULE: Rule = Rule {
    id: "unknown-rule",
    level: Level::Error,
    summary: "The settings name a rule that does not exist, or a level it cannot have",
    explain: "`scrutiny rules` lists the rules. Their levels are error, unfinished, advice and off; \
              a rule that is an error by nature stays one, because it marks something that misleads \
              a reader.",
    before: "[findings]\nweek-verb = \"off\"",
    after: "[findings]\nweak-verb = { level = \"off\", why = \"...\" }",
};

/// Days in other parts than halves.
pub(crate) static NOT_DAYS: Rule = Rule {
    id: "not-days",
    level: Level::Error,
    summary: "Days are not written as whole or half days",
    explain: "Days of a programme are agreed, planned and used in whole and half days, so that \
              totals are exact: 3, 0.5, 12.5. Nothing smaller can be counted; round to the half \
              day that was agreed.",
    before: "used: 2.25",
    after: "used: 2.5",
};

/// An amount of money that cannot be read.
pub(crate) static NOT_MONEY: Rule = Rule {
    id: "not-money",
    level: Level::Error,
    summary: "An amount of money is not written in pounds, or in pounds and pence",
    explain: "Money is written in pounds, with two figures for pence or none, without the sign and \
              without commas: 800 or 812.50. It is counted in whole pence; a day rate has an even \
              number of pence, because half days are paid too.",
    before: "day-rate: £1,200",
    after: "day-rate: 1200",
};

/// A time that cannot be read.
pub(crate) static UNCLEAR_WHEN: Rule = Rule {
    id: "unclear-when",
    level: Level::Error,
    summary: "It is not said in figures when something is planned",
    explain: "What is late and what is next can only be worked out from a day, a month, or a stretch \
              of either: 2026-06-11, 2026-06, 2026-06-11 to 2026-07-03, 2026-05 to 2026-07.",
    before: "when: June 2026",
    after: "when: 2026-06",
};
