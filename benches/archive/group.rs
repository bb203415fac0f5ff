//! Programs that are measured in the same rounds, and what is compared with what.

use anyhow::{Context, Result};

use crate::measure::{Cost, Load, measure};

/// Programs with their comparisons, under one title.
pub(crate) struct Group {
    pub(crate) title: &'static str,
    pub(crate) loads: Vec<Load>,
    pub(crate) comparisons: Vec<Comparison>,
}

/// A figure of one program, alone or as a ratio to that of another.
pub(crate) struct Comparison {
    pub(crate) name: String,
    /// The program, by its name.
    pub(crate) over: String,
    /// The program that it is divided by.
    pub(crate) under: Option<String>,
    pub(crate) figure: Figure,
    /// By how much the ratio is multiplied, where the two do not do the same amount of work.
    pub(crate) factor: f64,
    pub(crate) goal: Goal,
}

#[derive(Clone, Copy)]
pub(crate) enum Figure {
    Processor,
    Wall,
    Peak,
}

/// What the median of a comparison should come to.
#[derive(Clone, Copy)]
pub(crate) enum Goal {
    None,
    AtMost(f64),
    AtLeast(f64),
}

impl Comparison {
    /// A ratio of two programs.
    pub(crate) fn ratio(
        name: impl Into<String>,
        over: impl Into<String>,
        under: impl Into<String>,
        figure: Figure,
        goal: Goal,
    ) -> Self {
        let (name, over, under) = (name.into(), over.into(), Some(under.into()));
        Comparison { name, over, under, figure, factor: 1.0, goal }
    }

    /// The most memory that a program holds, in megabytes.
    pub(crate) fn peak(name: &str, over: &str, goal: Goal) -> Self {
        let (name, over) = (name.to_owned(), over.to_owned());
        Comparison { name, over, under: None, figure: Figure::Peak, factor: 1.0, goal }
    }
}

impl Figure {
    fn of(self, cost: &Cost) -> f64 {
        match self {
            Figure::Processor => cost.processor,
            Figure::Wall => cost.wall,
            Figure::Peak => cost.peak,
        }
    }
}

impl Goal {
    fn say(self, median: f64) -> String {
        let verdict = |is_met| if is_met { "met" } else { "missed" };
        match self {
            Goal::None => "none".to_owned(),
            Goal::AtMost(most) => format!("{most} at most: {}", verdict(median <= most)),
            Goal::AtLeast(least) => format!("{least} at least: {}", verdict(median >= least)),
        }
    }
}

impl Group {
    /// Measures all programs in turn, so many times, and prints the medians and the comparisons.
    pub(crate) fn run(&self, rounds: usize) -> Result<()> {
        let mut costs: Vec<Vec<Cost>> = self.loads.iter().map(|_| Vec::new()).collect();
        for round in 1..=rounds {
            progress(self.title, round, rounds);
            for (load, costs) in self.loads.iter().zip(&mut costs) {
                costs.push(measure(load)?);
            }
        }
        println!("\n## {}\n", self.title);
        self.print_costs(&costs);
        println!();
        self.print_comparisons(&costs)
    }

    fn print_costs(&self, costs: &[Vec<Cost>]) {
        println!("| program | processor ms | wall ms | peak MB |\n| --- | ---: | ---: | ---: |");
        for (load, costs) in self.loads.iter().zip(costs) {
            let of = |figure: Figure| median(costs.iter().map(|cost| figure.of(cost)));
            println!(
                "| {} | {:.2} | {:.2} | {:.1} |",
                load.name,
                of(Figure::Processor),
                of(Figure::Wall),
                of(Figure::Peak)
            );
        }
    }

    fn print_comparisons(&self, costs: &[Vec<Cost>]) -> Result<()> {
        println!("| compared within each round | median | least | most | goal |");
        println!("| --- | ---: | ---: | ---: | --- |");
        for Comparison { name, over, under, figure, factor, goal } in &self.comparisons {
            let over = self.costs_of(over, costs)?;
            let under = under.as_ref().map(|under| self.costs_of(under, costs)).transpose()?;
            let rounds = over.iter().enumerate().map(|(round, cost)| {
                let under = under.map_or(1.0, |under| figure.of(&under[round]));
                figure.of(cost) / under * factor
            });
            let rounds: Vec<f64> = rounds.collect();
            let median = median(rounds.iter().copied());
            let least = rounds.iter().copied().fold(f64::INFINITY, f64::min);
            let most = rounds.iter().copied().fold(0.0, f64::max);
            println!("| {name} | {median:.2} | {least:.2} | {most:.2} | {} |", goal.say(median));
        }
        Ok(())
    }

    fn costs_of<'c>(&self, name: &str, costs: &'c [Vec<Cost>]) -> Result<&'c [Cost]> {
        let at = self.loads.iter().position(|load| load.name == name);
        at.map(|at| costs[at].as_slice()).with_context(|| format!("\"{name}\" is not measured"))
    }
}

fn progress(title: &str, round: usize, rounds: usize) {
    eprintln!("{title}: round {round} of {rounds}");
}

/// The middle one; of an even number, the mean of the two in the middle.
fn median(figures: impl IntoIterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = figures.into_iter().collect();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.len() % 2 {
        0 => f64::midpoint(sorted[middle - 1], sorted[middle]),
        _ => sorted[middle],
    }
}
