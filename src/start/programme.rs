//! A new programme: every part with a first entry as a note, to copy and fill in.

use std::fmt::Write as _;

use super::Plan;
use crate::syntax::write::{Place, word};
use crate::text::one_line;

/// The text of a new programme for the year of the plan.
pub(crate) fn render(plan: &Plan<'_>) -> String {
    let mut text = format!("# yaml-language-server: $schema={}\n", plan.schema);
    text.push_str(
        "\
# The scrutiny programme. A line that begins with # is a note; take the # away to
# make it count. Days are whole or half days, money is in pounds.
#
",
    );
    let mut add = |line: &str| {
        text.push_str(line);
        text.push('\n');
    };
    add(&format!("#   scrutiny programme {}     sums it up", plan.file));
    add(&format!("#   scrutiny validate {}      says what is wrong or late", plan.file));
    add("");
    add("scrutiny: programme");
    add(&format!("checklist: {}", word(&plan.reference, Place::Block)));
    add(&format!("partnership: {}", word(&plan.partnership, Place::Block)));
    add(&format!("year: {}", word(&plan.period.name, Place::Block)));
    match &plan.assessor {
        Some(role) => add(&format!("scrutineer: {}", word(role, Place::Block))),
        None => add("scrutineer: Independent Scrutineer   # a role, not a name"),
    }
    add("# agreed: DATE                       # when the partnership agreed it");
    match plan.as_at {
        Some(date) => add(&format!("as-at: {date}")),
        None => add("as-at:                               # when you last brought it up to date"),
    }
    add("");
    text.push_str(BUDGET);
    text.push_str("# The steps that activities and groups can name under `steps`:\n");
    for step in &plan.checklist.steps {
        let line = format!("#   {} {}", one_line(&step.id.value), one_line(&step.title));
        writeln!(text, "{line}").expect("a string takes all");
    }
    text.push_str(ENTRIES);
    text
}

const BUDGET: &str = "\
budget:
  days:                               # the most in the year, such as 15 or 12.5
  # day-rate: 800                     # what a day costs
  # day-rate-cap: 800                 # the most that a day may cost
  # cost-cap: 12000                   # the most that all of it may cost
  expenses: outside                   # outside the fee, or inside

";

const ENTRIES: &str = "
# What is done. `when` is a day, a month or a stretch: 2026-06-11, 2026-06,
# 2026-06 to 2026-09. The status is planned, under-way, done or dropped.
activities:
#  - id: P-01
#    what: Visit to the front door
#    how: Talks with staff, a seat at strategy discussions
#    when: 2026-06
#    steps: [1]
#    planned: 2
#    used: 1.5
#    expenses: 46.80
#    status: under-way

# The groups that meet. A subgroup is to be attended once a year unless `at-least`
# says otherwise. Each date gets a presence when it is past: attended, papers-read,
# missed or cancelled.
meetings:
#  - id: M-01
#    group: Quality assurance group
#    kind: subgroup                   # partnership, subgroup or other
#    steps: [1]
#    dates:
#      - {when: 2026-05-19, presence: attended, planned: 0.5, used: 0.5}
#      - 2026-11-17

# What was asked for. It is overdue when `promised` has passed without `received`.
information:
#  - id: R-01
#    what: Performance data, first quarter
#    asked-of: Business manager
#    asked: 2026-05-05
#    promised: 2026-05-29
#    received: 2026-05-27

# What was challenged, and what came of it.
challenges:
#  - id: C-01
#    date: 2026-05-12
#    to: Executive
#    what: Nobody can say whether the outcomes in the plan were reached
#    response: Accepted
#    outcome: Each outcome has a measure since July
#    review-by: 2026-10-20

# What is looked into in depth, stage by stage.
deep-dives:
#  - id: D-01
#    title: Children who miss education
#    lines-of-enquiry:
#      - Does each agency know which children are out of school?
#    steps: [1]
#    planned: 6
#    stages:
#      scope-agreed: {planned: 2026-06-16, done: 2026-06-16}
#      fieldwork: {planned: 2026-08 to 2026-10}
#      written-up: {planned: 2026-11-20}
#      shared: {planned: 2026-12-04}
#      executive: {planned: 2027-01-12}
#      recommendations-agreed: {planned: 2027-02-16}
#      tracked: {planned: 2027-03}
";
