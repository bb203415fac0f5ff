//! Counts that a public output may show. A count of one to five could tell who is meant, so it is held
//! back, and with it as many others as it takes that no reader can work it out from the counts, bases
//! and totals that are shown.

use crate::model::audience::Audience;

/// The smallest count that is shown in public, zero apart.
pub(crate) const SHOWN_FROM: usize = 6;

/// A count as an output may show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Figure {
    /// The count.
    Count(usize),
    /// Held back: it is small, or would give a small one away.
    HeldBack,
}

impl Figure {
    /// The count, where it is shown.
    pub(crate) fn shown(self) -> Option<usize> {
        match self {
            Figure::Count(count) => Some(count),
            Figure::HeldBack => None,
        }
    }

    /// Whether it is known to be none.
    pub(crate) fn is_zero(self) -> bool {
        self == Figure::Count(0)
    }
}

/// The counts of a question: those that make up its base, and those that stand outside it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Row {
    /// The counts that add up to the base.
    pub inside: Vec<Figure>,
    /// The base.
    pub base: Figure,
    /// The counts that, with the base, add up to all partnerships.
    pub outside: Vec<Figure>,
}

/// Whether a count is too small to be shown in public.
pub(crate) fn is_small(count: usize) -> bool {
    (1..SHOWN_FROM).contains(&count)
}

/// A row for an audience. The number of all partnerships is known to every reader.
pub(crate) fn row(inside: &[usize], outside: &[usize], audience: Audience) -> Row {
    let (base, rest) = (inside.iter().sum::<usize>(), outside.iter().sum::<usize>());
    let counts = |counts: &[usize]| counts.iter().map(|count| Figure::Count(*count)).collect();
    match audience {
        Audience::Internal | Audience::Partnership => {
            Row { inside: counts(inside), base: Figure::Count(base), outside: counts(outside) }
        }
        // The base gives what stands outside it, and the other way round.
        Audience::Public if is_small(base) || is_small(rest) => {
            let all: Vec<usize> = inside.iter().chain(outside).copied().collect();
            let mut all = parts(&all);
            let outside = all.split_off(inside.len());
            Row { inside: all, base: Figure::HeldBack, outside }
        }
        Audience::Public => {
            Row { inside: parts(inside), base: Figure::Count(base), outside: parts(outside) }
        }
    }
}

/// Counts that add up to a total that is known.
pub(crate) fn parts(counts: &[usize]) -> Vec<Figure> {
    let small: Vec<usize> = counts.iter().copied().filter(|count| is_small(*count)).collect();
    let sum: usize = small.iter().sum();
    // One small count is the total less the others. Several are known when each is as small, or as
    // large, as it can be.
    let is_known = small.len() == 1 || sum == small.len() || sum == small.len() * (SHOWN_FROM - 1);
    // The place decides which other count hides them, not its size, so that the choice tells little.
    let large = counts.iter().position(|count| *count >= SHOWN_FROM);
    let cover = large.or_else(|| counts.iter().position(|count| *count == 0));
    let cover = cover.filter(|_| is_known && !small.is_empty());
    let figure = |(place, count): (usize, &usize)| match is_small(*count) || cover == Some(place) {
        true => Figure::HeldBack,
        false => Figure::Count(*count),
    };
    counts.iter().enumerate().map(figure).collect()
}

/// A count out of a base that is known, where the rest of the base is a count too.
pub(crate) fn share(count: usize, base: usize, audience: Audience) -> Figure {
    let rest = base.saturating_sub(count);
    match audience {
        Audience::Public if is_small(count) || is_small(rest) => Figure::HeldBack,
        Audience::Public | Audience::Partnership | Audience::Internal => Figure::Count(count),
    }
}

/// A count that belongs to no total that is shown.
pub(crate) fn alone(count: usize, audience: Audience) -> Figure {
    match audience {
        Audience::Public if is_small(count) => Figure::HeldBack,
        Audience::Public | Audience::Partnership | Audience::Internal => Figure::Count(count),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// All ways in which counts add up to a total.
    fn ways(cells: usize, total: usize) -> Vec<Vec<usize>> {
        match cells {
            0 => Vec::from_iter((total == 0).then(Vec::new)),
            _ => (0..=total)
                .flat_map(|first| {
                    ways(cells - 1, total - first)
                        .into_iter()
                        .map(move |rest| std::iter::once(first).chain(rest).collect())
                })
                .collect(),
        }
    }

    fn shown(row: &Row) -> impl Iterator<Item = Figure> {
        row.inside.iter().chain(&row.outside).copied()
    }

    /// What a reader can conclude who takes an output at its word: the counts that are shown are right,
    /// they add up, and where counts are held back one of them at least is small.
    fn is_possible(counts: &[usize], row: &Row) -> bool {
        let (inside, outside) = counts.split_at(row.inside.len());
        let (base, rest) = (inside.iter().sum::<usize>(), outside.iter().sum::<usize>());
        let fits = shown(row).zip(counts).all(|(figure, count)| match figure {
            Figure::Count(shown) => shown == *count,
            Figure::HeldBack => true,
        });
        let hides = |figures: &[Figure], counts: &[usize]| {
            let mut held =
                figures.iter().zip(counts).filter(|(figure, _)| **figure == Figure::HeldBack);
            let is_any = held.clone().next().is_some();
            !is_any || held.any(|(_, count)| is_small(*count))
        };
        fits && match row.base {
            Figure::Count(shown) => {
                base == shown && hides(&row.inside, inside) && hides(&row.outside, outside)
            }
            Figure::HeldBack => is_small(base) || is_small(rest),
        }
    }

    /// Every row that there can be is printed. Of every count that is held back, a reader of that row
    /// has to think at least two values possible.
    fn check(inside: usize, outside: usize, total: usize) -> usize {
        let all = ways(inside + outside, total);
        let rows: BTreeSet<Row> = all
            .iter()
            .map(|counts| row(&counts[..inside], &counts[inside..], Audience::Public))
            .collect();
        for row in &rows {
            let possible: Vec<&Vec<usize>> =
                all.iter().filter(|counts| is_possible(counts, row)).collect();
            for (place, figure) in shown(row).enumerate() {
                let values: BTreeSet<usize> = possible.iter().map(|counts| counts[place]).collect();
                match figure {
                    Figure::Count(count) => assert!(!is_small(count), "{count} in {row:?}"),
                    Figure::HeldBack => {
                        assert!(values.len() >= 2, "{values:?} can be worked out of {row:?}");
                    }
                }
            }
        }
        rows.len()
    }

    #[test]
    fn no_count_that_is_held_back_can_be_worked_out() {
        let mut rows = 0;
        for total in SHOWN_FROM..=18 {
            for (inside, outside) in [(2, 0), (2, 1), (2, 2), (3, 0), (3, 1), (1, 3)] {
                rows += check(inside, outside, total);
            }
        }
        for total in SHOWN_FROM..=13 {
            for (inside, outside) in [(3, 2), (4, 1), (5, 0)] {
                rows += check(inside, outside, total);
            }
        }
        assert!(rows > 500, "{rows} rows were looked at");
    }

    #[test]
    fn holds_back_as_little_as_it_can() {
        let check = |counts: &[usize], expected: &str| {
            let shown: Vec<String> = parts(counts)
                .into_iter()
                .map(|figure| figure.shown().map_or("-".to_owned(), |count| count.to_string()))
                .collect();
            assert_eq!(shown.join(" "), expected, "{counts:?}");
        };
        check(&[60, 6, 0], "60 6 0");
        check(&[60, 40, 3], "- 40 -");
        check(&[0, 7, 2], "0 - -");
        check(&[50, 4, 2], "50 - -");
        check(&[50, 1, 1], "- - -");
        check(&[5, 5, 0], "- - -");
        check(&[5, 5], "- -");
    }
}
