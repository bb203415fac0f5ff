//! How a value looks on a page: by its place on its scale, so that nothing here knows the name of any.

use serde::{Deserialize, Serialize};

use crate::model::checklist::Scale;
use crate::model::standing::Standing;
use crate::summary::RolledUp;

/// How a rating, or what stands in place of one, looks. A format gives each its tint, its border and
/// its pattern, and always prints the word beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Look {
    /// The best value of its scale.
    Best,
    /// A value in the upper half, below the best.
    Upper,
    /// The value in the middle.
    Middle,
    /// A value in the lower half, above the lowest.
    Lower,
    /// The lowest value.
    Worst,
    /// It does not apply.
    NotApplicable,
    /// It is too early to say.
    TooEarly,
    /// Nobody has rated it yet, which is never the lowest value.
    NotRated,
    /// Anything that is not a rating.
    Plain,
}

impl Look {
    /// The look of a value by its place on a scale of so many: 0 is the best.
    pub(super) fn of_place(place: usize, of: usize) -> Self {
        match (place, of) {
            (0, _) => Look::Best,
            (place, of) if place + 1 >= of => Look::Worst,
            (place, of) if 2 * place + 1 == of => Look::Middle,
            (place, of) if 2 * place + 1 < of => Look::Upper,
            _ => Look::Lower,
        }
    }

    /// The looks of all values of a scale, best first.
    pub(super) fn of_scale(scale: &Scale) -> Vec<Self> {
        let of = scale.values.len();
        (0..of).map(|place| Look::of_place(place, of)).collect()
    }

    /// The look of a value of a scale, by the word that files hold.
    pub(super) fn of_value(scale: Option<&Scale>, value: &str) -> Self {
        let place = scale.and_then(|scale| {
            let mut values = scale.values.iter();
            let place = values.position(|own| own.value.value.eq_ignore_ascii_case(value.trim()));
            place.map(|place| Look::of_place(place, scale.values.len()))
        });
        place.unwrap_or(Look::Plain)
    }

    /// The look of where a question stands.
    pub(super) fn of_standing(scale: Option<&Scale>, standing: Standing<'_>) -> Self {
        match standing {
            Standing::Rated(value) => Look::of_value(scale, &value.value.value),
            Standing::NotApplicable => Look::NotApplicable,
            Standing::TooEarly => Look::TooEarly,
            Standing::NotYet | Standing::Unreadable => Look::NotRated,
            Standing::Answered | Standing::NotAsked => Look::Plain,
        }
    }

    /// The look of what a step comes to.
    pub(super) fn of_rolled_up(scale: &Scale, rolled_up: RolledUp<'_>) -> Self {
        match rolled_up {
            RolledUp::Value(value) => Look::of_value(Some(scale), &value.value.value),
            RolledUp::Open { .. } => Look::NotRated,
            RolledUp::NotApplicable => Look::NotApplicable,
            RolledUp::Underived => Look::Plain,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Look::{self, Best, Lower, Middle, Upper, Worst};

    #[test]
    fn looks_follow_the_place_on_the_scale() {
        let check = |of: usize, expected: &[Look]| {
            let looks: Vec<Look> = (0..of).map(|place| Look::of_place(place, of)).collect();
            assert_eq!(looks, expected);
        };
        check(1, &[Best]);
        check(2, &[Best, Worst]);
        check(3, &[Best, Middle, Worst]);
        check(4, &[Best, Upper, Lower, Worst]);
        check(5, &[Best, Upper, Middle, Lower, Worst]);
        check(6, &[Best, Upper, Upper, Lower, Lower, Worst]);
    }
}
