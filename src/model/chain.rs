//! A list in which things are put behind others, wherever these stand and however long it is.

/// Things in an order, each of which knows the next.
#[derive(Debug)]
pub(crate) struct Chain<T> {
    links: Vec<(T, Option<usize>)>,
    first: Option<usize>,
    last: Option<usize>,
}

impl<T> Default for Chain<T> {
    fn default() -> Self {
        Chain { links: Vec::new(), first: None, last: None }
    }
}

impl<T> Chain<T> {
    /// Puts a thing behind another, or before all. Says by which number others are put behind it.
    pub(crate) fn insert(&mut self, behind: Option<usize>, thing: T) -> usize {
        let number = self.links.len();
        let place = match behind {
            Some(behind) => &mut self.links[behind].1,
            None => &mut self.first,
        };
        let next = place.replace(number);
        if next.is_none() {
            self.last = Some(number);
        }
        self.links.push((thing, next));
        number
    }

    /// The number of the last.
    pub(crate) fn last(&self) -> Option<usize> {
        self.last
    }

    /// What was put in under a number.
    pub(crate) fn get(&self, number: usize) -> &T {
        &self.links[number].0
    }

    /// The same, to be changed.
    pub(crate) fn get_mut(&mut self, number: usize) -> &mut T {
        &mut self.links[number].0
    }

    /// All of them in their order.
    pub(crate) fn into_vec(self) -> Vec<T> {
        let Chain { links, first, last: _ } = self;
        let (things, next): (Vec<T>, Vec<Option<usize>>) = links.into_iter().unzip();
        let mut things: Vec<Option<T>> = things.into_iter().map(Some).collect();
        let order = std::iter::successors(first, |number| next[*number]);
        order.filter_map(|number| things[number].take()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn puts_things_behind_others() {
        let mut chain = Chain::default();
        let b = chain.insert(None, "b");
        let d = chain.insert(Some(b), "d");
        chain.insert(Some(b), "c");
        let e = chain.insert(Some(d), "e");
        chain.insert(None, "a");
        assert_eq!((chain.last(), *chain.get(d)), (Some(e), "d"));
        assert_eq!(chain.into_vec(), ["a", "b", "c", "d", "e"]);
        assert!(Chain::<&str>::default().into_vec().is_empty());
    }

    #[test]
    fn nothing_is_moved_when_something_is_put_in() {
        const MANY: usize = 200_000;
        let mut chain = Chain::default();
        let first = chain.insert(None, [0; 32]);
        for number in 1..MANY {
            chain.insert(Some(first), [number; 32]);
        }
        let all = chain.into_vec();
        assert_eq!((all.len(), all[1][0], all[MANY - 1][0]), (MANY, MANY - 1, 1));
    }
}
