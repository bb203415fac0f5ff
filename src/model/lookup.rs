//! Finds one of many by its id: of thousands of questions, thousands are asked for, again and again.

use std::sync::OnceLock;

use crate::text::is_same;

/// So many are looked through as fast as they would be put in order.
const FEW: usize = 32;

/// The places of many things in the order of their ids, worked out when first asked for. The things
/// themselves stay as they are from then on.
#[derive(Debug)]
pub(crate) struct Lookup<P = usize>(OnceLock<Vec<P>>);

impl<P> Default for Lookup<P> {
    fn default() -> Self {
        Lookup(OnceLock::new())
    }
}

impl<P> Clone for Lookup<P> {
    /// A copy of the things may be changed before anything is looked up in it.
    fn clone(&self) -> Self {
        Lookup::default()
    }
}

impl<P: Copy> Lookup<P> {
    /// The first of the places that has the id.
    pub(crate) fn place<'t>(
        &self,
        places: impl Iterator<Item = P>,
        id_at: impl Fn(P) -> &'t str,
        id: &str,
    ) -> Option<P> {
        let in_order = self.0.get_or_init(|| {
            let mut all: Vec<P> = places.collect();
            // Those of one id stay in the order in which they stand.
            all.sort_by(|one, other| id_at(*one).cmp(id_at(*other)));
            all
        });
        let first = in_order.partition_point(|place| id_at(*place) < id);
        in_order.get(first).copied().filter(|place| id_at(*place) == id)
    }
}

impl Lookup {
    /// The place of the first that has the id.
    pub(crate) fn position<T>(
        &self,
        all: &[T],
        id_of: impl Fn(&T) -> &str,
        id: &str,
    ) -> Option<usize> {
        let fits = |in_order: &Vec<usize>| in_order.len() == all.len();
        debug_assert!(self.0.get().is_none_or(fits), "they were changed after one was looked up");
        match all.len() <= FEW {
            true => all.iter().position(|own| is_same(id_of(own), id)),
            false => self.place(0..all.len(), |at| id_of(&all[at]), id),
        }
    }

    /// The first that has the id.
    pub(crate) fn find<'a, T>(
        &self,
        all: &'a [T],
        id_of: impl Fn(&T) -> &str,
        id: &str,
    ) -> Option<&'a T> {
        self.position(all, id_of, id).map(|at| &all[at])
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn finds_the_first_of_an_id_among_few_and_many() {
        for count in [3, 20, FEW, FEW + 1, 1000] {
            let all: Vec<String> = (0..count).map(|number| format!("1.{}", number / 2)).collect();
            let lookup = Lookup::default();
            let find = |id: &str| lookup.position(&all, String::as_str, id);
            for number in 0..count {
                assert_eq!(find(&format!("1.{}", number / 2)), Some(number / 2 * 2), "{number}");
            }
            assert_eq!(find(""), None);
            assert_eq!(find("1"), None);
            assert_eq!(find("2"), None);
        }
    }

    #[test]
    fn many_are_not_looked_through_each_time() {
        let all: Vec<String> = (0..10_000).map(|number| format!("1.{number}")).collect();
        let (lookup, looked_at) = (Lookup::default(), Cell::new(0));
        for id in &all {
            let counted = |at: usize| {
                looked_at.set(looked_at.get() + 1);
                all[at].as_str()
            };
            assert_eq!(lookup.place(0..all.len(), counted, id).map(|at| &all[at]), Some(id));
        }
        assert!(looked_at.get() < 1_000_000, "{}", looked_at.get());
    }
}
