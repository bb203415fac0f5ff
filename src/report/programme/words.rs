//! The sentences of a programme: what was used, what is left, what it costs. Every number stands with
//! what it is a part of.

use crate::model::period::long_date;
use crate::model::programme::{Days, Expenses, Money};
use crate::programme::{CostTally, DayTally, Item, ItemKind, Overview, Pressure, Standing};
use crate::report::line;
use crate::text::{count, join_words};

/// "11.5 of 15 days are used, and 3.5 days are left. ..."
pub(super) fn days(days: &DayTally) -> String {
    let DayTally { cap, planned, used, still } = *days;
    let first = match cap {
        None => format!("{} used; it is not said how many were agreed.", subject(used)),
        Some(cap) if used > cap => {
            format!(
                "{} used, {} more than the {} agreed.",
                subject(used),
                over(used, cap),
                cap.words()
            )
        }
        Some(cap) => {
            format!("{used} of {} used, {} left.", are(cap), cap.less(used).words())
        }
    };
    let expected = days.expected();
    let second = match cap {
        _ if still == Days::default() => "Nothing more is planned.".to_owned(),
        Some(cap) if expected > cap => format!(
            "What is still planned takes {}, which would make {}: {} more than agreed.",
            still.words(),
            expected.words(),
            over(expected, cap)
        ),
        Some(cap) => format!(
            "What is still planned takes {}, which makes {} of {}.",
            still.words(),
            expected,
            cap.words()
        ),
        None => format!(
            "What is still planned takes {}, which makes {}.",
            still.words(),
            expected.words()
        ),
    };
    format!("{first} {second} The whole programme was planned to take {}.", planned.words())
}

/// A warning for each cap that is near or passed.
pub(super) fn warnings(overview: &Overview<'_>) -> Vec<String> {
    let share = overview.basis.programme.budget.warn_at;
    let words = |what: &str, pressure: Pressure| match pressure {
        Pressure::Far => None,
        Pressure::Near => Some(format!(
            "The {what} agreed is nearly reached: {share} in a hundred of it or more is used."
        )),
        Pressure::WillPass => Some(format!("What is still planned would pass the {what} agreed.")),
        Pressure::Passed => Some(format!("The {what} agreed is passed.")),
    };
    let costs = overview.costs.as_ref();
    let costs = costs.map_or(Pressure::Far, |costs| costs.pressure(share));
    let days = words("number of days", overview.days.pressure(share));
    days.into_iter().chain(words("cost", costs)).collect()
}

fn over(number: Days, cap: Days) -> String {
    Days { halves: number.halves - cap.halves }.words()
}

/// "15 days are".
fn are(days: Days) -> String {
    format!("{} {}", days.words(), if matches!(days.halves, 1 | 2) { "is" } else { "are" })
}

/// The same at the start of a sentence.
fn subject(days: Days) -> String {
    let words = are(days);
    match words.strip_prefix("half a") {
        Some(rest) => format!("Half a{rest}"),
        None => words,
    }
}

/// What it costs, in sentences.
pub(super) fn costs(overview: &Overview<'_>) -> String {
    let Some(costs) = &overview.costs else {
        return "It is not said what a day costs, so the cost is not known.".to_owned();
    };
    let days = &overview.days;
    let mut words = vec![format!(
        "The fee so far is {}: {} at {} a day.",
        costs.fee,
        days.used.words(),
        costs.rate
    )];
    words.extend(
        costs.fee_cap.map(|cap| format!("At the most that was agreed, it can come to {cap}.")),
    );
    words.push(match costs.expenses_are {
        Expenses::Outside => {
            format!("Expenses of {} are paid beside it, {} in all.", costs.expenses, costs.so_far())
        }
        Expenses::Inside if costs.expenses == Money::default() => {
            "Expenses are a part of the fee.".to_owned()
        }
        Expenses::Inside => {
            format!("Expenses of {} are a part of the fee.", costs.expenses)
        }
    });
    words.push(expected(costs));
    words.join(" ")
}

fn expected(costs: &CostTally) -> String {
    let expected = costs.expected();
    match costs.cap {
        Some(cap) if expected > cap => format!(
            "With what is still planned it comes to {expected}, which is {} more than the {cap} \
             agreed.",
            expected - cap
        ),
        Some(cap) => format!("With what is still planned it comes to {expected} of {cap} agreed."),
        None => format!("With what is still planned it comes to {expected}."),
    }
}

/// When the programme was agreed, whose it is, and on which day it was judged.
pub(super) fn head(overview: &Overview<'_>) -> String {
    let programme = overview.basis.programme;
    let mut words = Vec::new();
    words.extend(line(&programme.scrutineer).map(|role| format!("Scrutineer: {role}.")));
    words.push(match programme.agreed.value() {
        Some(date) => format!("Agreed on {}.", long_date(*date)),
        None => "Not yet agreed with the partnership.".to_owned(),
    });
    words.push(match overview.basis.as_at {
        Some(date) => format!("As at {}.", long_date(date)),
        None => "It is not said as at which day, so it is not known what is late.".to_owned(),
    });
    words.join(" ")
}

/// The steps that nothing touches, in a sentence.
pub(super) fn untouched(overview: &Overview<'_>) -> String {
    let steps: Vec<&str> = overview.untouched().map(|step| step.id.value.as_str()).collect();
    let all = count(overview.steps.len(), "step");
    match steps.as_slice() {
        [] => format!("Each of the {all} is touched by something in the programme."),
        [only] => format!("Nothing in the programme touches step {only}; there are {all}."),
        _ => format!(
            "Nothing in the programme touches steps {}: {} of {all}.",
            join_words(&steps, "and"),
            steps.len()
        ),
    }
}

/// How many challenges were made, and of how many it is said what came of them.
pub(super) fn challenged(overview: &Overview<'_>) -> Option<String> {
    let challenges = &overview.basis.programme.challenges;
    let came = challenges.iter().filter(|own| own.outcome.read().is_some()).count();
    let came = match came {
        0 => "none of them says".to_owned(),
        1 => "1 of them says".to_owned(),
        many => format!("{many} of them say"),
    };
    let made = match challenges.len() {
        0 => return None,
        1 => "1 challenge was".to_owned(),
        many => format!("{many} challenges were"),
    };
    Some(format!("{made} made; {came} what came of it."))
}

/// How late something is. A meeting is not late: it is not noted what became of it.
pub(super) fn lateness(item: &Item<'_>) -> String {
    match (item.standing, item.kind) {
        (Standing::Late(days), ItemKind::Meeting) => {
            format!("Not noted, {} ago", count(days.unsigned_abs() as usize, "day"))
        }
        (standing, _) => of_stage(standing),
    }
}

/// "Late by 3 days", "To come".
pub(super) fn of_stage(standing: Standing) -> String {
    match standing {
        Standing::Late(days) => format!("Late by {}", count(days.unsigned_abs() as usize, "day")),
        Standing::ToCome => "To come".to_owned(),
        Standing::Undated => "No date yet".to_owned(),
        Standing::Settled => "Settled".to_owned(),
    }
}
