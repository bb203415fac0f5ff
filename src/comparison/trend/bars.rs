//! How many questions have which value at each moment: the numbers of the chart.

use super::{Moment, checklists};
use crate::comparison::reply::{Said, questions};

/// How many questions have which value at each moment.
#[derive(Debug, Default)]
pub(crate) struct Bars {
    /// The values, best first, then what is not a value.
    pub values: Vec<Shade>,
    /// For each moment its label, and the counts in the order of the values; none in a gap.
    pub moments: Vec<(String, Option<Vec<usize>>)>,
}

/// A value as a chart tells it from others.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Shade {
    /// Its label.
    pub label: String,
    /// Its place on the scale and how many places there are; nothing for what is not a value.
    pub rank: Option<(usize, usize)>,
}

/// What is not a value of a scale, with its label.
const UNRATED: [&str; 3] = ["Too early", "Not rated", "Not applicable"];

/// How many rated questions have which value at each moment.
pub(super) fn bars(moments: &[Moment<'_>]) -> Bars {
    let mut values: Vec<Shade> = Vec::new();
    for checklist in checklists(moments.iter()) {
        for scale in questions(checklist).filter_map(|question| checklist.scale_of(question)) {
            for (rank, value) in scale.values.iter().enumerate() {
                if values.iter().all(|known| known.label != value.label) {
                    let rank = Some((rank, scale.values.len()));
                    values.push(Shade { label: value.label.clone(), rank });
                }
            }
        }
    }
    let rated = values.len();
    values.extend(UNRATED.map(|label| Shade { label: label.to_owned(), rank: None }));
    let count = |moment: &Moment<'_>| {
        let (snapshot, checklist) = moment.assessed?;
        let mut counts = vec![0; values.len()];
        for (question, reply) in questions(checklist).zip(&snapshot.replies) {
            let Some(scale) = checklist.scale_of(question) else { continue };
            let place = match &reply.said {
                Said::Rated(rank) => {
                    let label = scale.values.get(*rank).map(|value| value.label.as_str());
                    values[..rated].iter().position(|own| Some(own.label.as_str()) == label)
                }
                Said::TooEarly => Some(rated),
                Said::Open => Some(rated + 1),
                Said::NotApplicable => Some(rated + 2),
                Said::NotAsked => None,
                Said::YesNo(_) | Said::Chosen(_) | Said::Number(_) | Said::Words => None,
            };
            place.into_iter().for_each(|place| counts[place] += 1);
        }
        Some(counts)
    };
    let counted = moments.iter().map(|moment| (moment.label.clone(), count(moment))).collect();
    Bars { moments: counted, values }.without_unused()
}

impl Bars {
    /// What is not a value is left out where it never occurs, except for what is not rated.
    fn without_unused(mut self) -> Self {
        let is_used = |place: usize, shade: &Shade| {
            let counts = self.moments.iter().filter_map(|(_, counts)| counts.as_ref());
            let has = counts.map(|counts| counts[place]).any(|count| count > 0);
            has || shade.rank.is_some() || shade.label == UNRATED[1]
        };
        let kept: Vec<usize> =
            (0..self.values.len()).filter(|place| is_used(*place, &self.values[*place])).collect();
        self.values = kept.iter().map(|place| self.values[*place].clone()).collect();
        for (_, counts) in &mut self.moments {
            *counts = counts.take().map(|own| kept.iter().map(|place| own[*place]).collect());
        }
        self
    }
}
