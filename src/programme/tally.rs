//! Days and money of a programme, counted exactly.

use crate::model::programme::{
    ActivityStatus, Days, DeepDive, Effort, Expenses, Money, Presence, Programme, StageName,
};

/// The days of a programme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct DayTally {
    /// The most that there may be.
    pub cap: Option<Days>,
    /// Those that were planned for everything that was not given up.
    pub planned: Days,
    /// Those that were used.
    pub used: Days,
    /// Those that what is not finished will still take, as planned.
    pub still: Days,
}

impl DayTally {
    /// How near their cap is.
    pub(crate) fn pressure(&self, warn_at: i64) -> Pressure {
        let cap = self.cap.map(|cap| cap.halves);
        pressure(self.used.halves, self.expected().halves, cap, warn_at)
    }

    /// What it comes to in the end: what was used, and what is still planned.
    pub(crate) fn expected(&self) -> Days {
        self.used + self.still
    }
}

/// What a programme costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CostTally {
    /// What a day costs.
    pub rate: Money,
    /// The fee for the days that were planned.
    pub planned_fee: Money,
    /// The fee for the days that were used.
    pub fee: Money,
    /// The fee for the days that are expected in the end.
    pub expected_fee: Money,
    /// The most that the fee can be: all days, each at the most that a day may cost.
    pub fee_cap: Option<Money>,
    /// Where expenses stand.
    pub expenses_are: Expenses,
    /// The expenses so far.
    pub expenses: Money,
    /// The most that all of it may cost.
    pub cap: Option<Money>,
}

impl CostTally {
    /// How near its cap is.
    pub(crate) fn pressure(&self, warn_at: i64) -> Pressure {
        let cap = self.cap.map(|cap| cap.pence);
        pressure(self.so_far().pence, self.expected().pence, cap, warn_at)
    }

    /// The expenses that are paid beside the fee.
    pub(crate) fn paid_expenses(&self) -> Money {
        match self.expenses_are {
            Expenses::Inside => Money::default(),
            Expenses::Outside => self.expenses,
        }
    }

    /// What it has cost so far.
    pub(crate) fn so_far(&self) -> Money {
        self.fee + self.paid_expenses()
    }

    /// What it will have cost in the end, without expenses that are still to come.
    pub(crate) fn expected(&self) -> Money {
        self.expected_fee + self.paid_expenses()
    }
}

/// How near a cap is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pressure {
    /// Far, or there is none.
    Far,
    /// So much is used that the file asks for a warning.
    Near,
    /// What is still planned would pass it.
    WillPass,
    /// It is passed.
    Passed,
}

fn pressure(used: i64, expected: i64, cap: Option<i64>, warn_at: i64) -> Pressure {
    match cap {
        Some(cap) if used > cap => Pressure::Passed,
        Some(cap) if expected > cap => Pressure::WillPass,
        Some(cap)
            if used > 0 && i128::from(used) * 100 >= i128::from(warn_at) * i128::from(cap) =>
        {
            Pressure::Near
        }
        Some(_) | None => Pressure::Far,
    }
}

/// How far a piece of work is, as far as its days go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    Open,
    Finished,
    GivenUp,
}

/// Counts the days of a programme.
pub(crate) fn tally_days(programme: &Programme) -> DayTally {
    let mut tally = DayTally { cap: programme.budget.days.value().copied(), ..DayTally::default() };
    for (effort, progress) in efforts(programme) {
        let planned = effort.planned.value().copied().unwrap_or_default();
        let used = effort.used.value().copied().unwrap_or_default();
        tally.used = tally.used + used;
        match progress {
            Progress::Open => {
                tally.planned = tally.planned + planned;
                tally.still = tally.still + planned.less(used);
            }
            Progress::Finished => tally.planned = tally.planned + planned,
            Progress::GivenUp => {}
        }
    }
    tally
}

/// Counts what a programme costs.
pub(crate) fn tally_costs(programme: &Programme, days: &DayTally) -> Option<CostTally> {
    let budget = &programme.budget;
    let rate = budget.day_rate.value().copied()?;
    let most = budget.day_rate_cap.value().copied().unwrap_or(rate);
    let expenses = efforts(programme).filter_map(|(effort, _)| effort.expenses.value().copied());
    Some(CostTally {
        rate,
        planned_fee: days.planned.at(rate),
        fee: days.used.at(rate),
        expected_fee: days.expected().at(rate),
        fee_cap: days.cap.map(|cap| cap.at(most)),
        expenses_are: budget.expenses,
        expenses: expenses.sum(),
        cap: budget.cost_cap.value().copied(),
    })
}

/// All work that days are counted for.
fn efforts(programme: &Programme) -> impl Iterator<Item = (&Effort, Progress)> {
    let activities = programme.activities.iter().map(|own| {
        let progress = match own.status() {
            ActivityStatus::Planned | ActivityStatus::UnderWay => Progress::Open,
            ActivityStatus::Done => Progress::Finished,
            ActivityStatus::Dropped => Progress::GivenUp,
        };
        (&own.effort, progress)
    });
    let meetings = programme.meetings.iter().flat_map(|own| &own.dates).map(|own| {
        let progress = match own.presence() {
            Presence::Planned => Progress::Open,
            Presence::Attended | Presence::PapersRead | Presence::Missed => Progress::Finished,
            Presence::Cancelled => Progress::GivenUp,
        };
        (&own.effort, progress)
    });
    let dives = programme.deep_dives.iter().map(|own| {
        (&own.effort, if is_finished(own) { Progress::Finished } else { Progress::Open })
    });
    activities.chain(meetings).chain(dives)
}

/// A deep dive takes no more days when its recommendations are followed.
fn is_finished(dive: &DeepDive) -> bool {
    dive.reached() == Some(StageName::Tracked)
}
