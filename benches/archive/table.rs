//! Figures of several rounds as a table: medians, and ratios with their spread.

use crate::measure::{Cost, Load};

/// A comparison of two programs, once for each round.
pub(crate) struct Ratio {
    pub(crate) name: &'static str,
    /// The ratio of each round.
    pub(crate) rounds: Vec<f64>,
    /// What it should not exceed.
    pub(crate) goal: Option<f64>,
    pub(crate) unit: &'static str,
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

/// Prints the median of each figure of each program.
pub(crate) fn print_costs(loads: &[Load], costs: &[Vec<Cost>]) {
    println!(
        "{:<36} {:>13} {:>11} {:>9}",
        "median of one run", "processor ms", "wall ms", "peak MB"
    );
    for (load, costs) in loads.iter().zip(costs) {
        let of = |figure: fn(&Cost) -> f64| median(costs.iter().map(figure));
        let (processor, wall) = (of(|cost| cost.processor), of(|cost| cost.wall));
        let peak = of(|cost| cost.peak);
        println!("{:<36} {processor:>13.2} {wall:>11.2} {peak:>9.1}", load.name);
    }
}

/// Prints the median of each ratio, its spread and whether it meets its goal.
pub(crate) fn print_ratios(ratios: &[Ratio]) {
    println!(
        "{:<46} {:>9} {:>9} {:>9}   goal",
        "compared within each round", "median", "least", "most"
    );
    for Ratio { name, rounds, goal, unit } in ratios {
        let median = median(rounds.iter().copied());
        let least = rounds.iter().copied().fold(f64::INFINITY, f64::min);
        let most = rounds.iter().copied().fold(0.0, f64::max);
        let goal = match goal {
            Some(goal) if median <= *goal => format!("{goal}{unit} at most: met"),
            Some(goal) => format!("{goal}{unit} at most: missed"),
            None => "none".to_owned(),
        };
        println!("{name:<46} {median:>9.2} {least:>9.2} {most:>9.2}   {goal}");
    }
}
