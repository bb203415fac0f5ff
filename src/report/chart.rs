//! Bars of counts: how many questions have which value, laid out in thousandths of the bar's length so
//! that a template only draws them. The numbers themselves stand beside every bar.

use serde::{Deserialize, Serialize};

use super::look::Look;
use crate::text::{count, join_words};

/// A bar is so long.
const LENGTH: usize = 1000;

/// How many questions have which value, as one bar.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Bar {
    /// What it shows, as a sentence: what is found, with the base.
    pub(super) title: String,
    /// Its numbers in words, such as 9 Green and 2 Red.
    pub(super) words: String,
    /// What the bar is and all of its numbers, for those who do not see it.
    pub(super) description: String,
    /// Its parts, best first; those without a question are left out.
    pub(super) segments: Vec<Segment>,
    /// How many questions it stands for.
    pub(super) of: usize,
}

/// A part of a bar.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Segment {
    pub(super) label: String,
    pub(super) look: Look,
    pub(super) count: usize,
    /// Where it begins, in thousandths of the length.
    pub(super) from: usize,
    /// How long it is, in thousandths of the length.
    pub(super) width: usize,
}

/// A value with the number of questions that have it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Share {
    pub(super) label: String,
    pub(super) look: Look,
    pub(super) count: usize,
}

impl Bar {
    /// The bar of counts; nothing where there is no question at all.
    pub(super) fn of(what: &str, shares: &[Share]) -> Option<Self> {
        let of: usize = shares.iter().map(|share| share.count).sum();
        let shown: Vec<&Share> = shares.iter().filter(|share| share.count > 0).collect();
        let mut before = 0;
        let segment = |share: &&Share| {
            let from = before * LENGTH / of;
            before += share.count;
            Segment {
                label: share.label.clone(),
                look: share.look,
                count: share.count,
                from,
                width: before * LENGTH / of - from,
            }
        };
        let segments: Vec<Segment> = shown.iter().map(segment).collect();
        let words: Vec<String> =
            shown.iter().map(|share| format!("{} {}", share.count, share.label)).collect();
        let words = join_words(&words, "and");
        let questions = count(of, "question");
        (of > 0).then(|| Bar {
            title: format!("{what}: {words}"),
            description: format!(
                "A bar of {questions}, from the best value to the lowest: {words}."
            ),
            words,
            segments,
            of,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(label: &str, look: Look, count: usize) -> Share {
        Share { label: label.to_owned(), look, count }
    }

    #[test]
    fn a_bar_has_the_length_of_its_parts() {
        let shares = [
            share("Met", Look::Best, 1),
            share("Partly", Look::Middle, 0),
            share("Not met", Look::Worst, 2),
        ];
        let bar = Bar::of("Step 1", &shares).expect("there are questions");
        let places: Vec<(usize, usize)> =
            bar.segments.iter().map(|segment| (segment.from, segment.width)).collect();
        assert_eq!(places, [(0, 333), (333, 667)]);
        assert_eq!(bar.title, "Step 1: 1 Met and 2 Not met");
        assert_eq!(bar.of, 3);
        assert_eq!(Bar::of("Step 2", &[share("Met", Look::Best, 0)]), None);
    }
}
