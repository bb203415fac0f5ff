//! Which words of a text went and which came, word by word. Letter case and punctuation do not count,
//! as they do not for a fingerprint.

use crate::model::checklist::Question;
use crate::model::wording::words;
use crate::text::one_line;

/// A stretch of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// They stand in both texts; as the new one has them.
    Kept(String),
    /// They stand in the old text only.
    Gone(String),
    /// They stand in the new text only.
    New(String),
}

/// What stands between a question and its points where both are one text.
const POINT: &str = "•";

/// Texts whose words make more pairs than this are not compared word by word.
const MOST_PAIRS: usize = 4_000_000;

/// The whole wording of a question on one line.
pub(crate) fn whole(question: &Question) -> String {
    let mut text = one_line(&question.ask.value);
    for point in &question.points {
        text.push_str(&format!(" {POINT} {}", one_line(point)));
    }
    text
}

/// Compares two texts.
pub(crate) fn marks(old: &str, new: &str) -> Vec<Mark> {
    let (old, new): (Vec<&str>, Vec<&str>) =
        (old.split_whitespace().collect(), new.split_whitespace().collect());
    let (was, is) = (keys(&old), keys(&new));
    let same = |(a, b): &(&String, &String)| a == b;
    let head = was.iter().zip(&is).take_while(same).count();
    let rest = was.len().min(is.len()) - head;
    let tail = was.iter().rev().zip(is.iter().rev()).take(rest).take_while(same).count();
    let (old_end, new_end) = (old.len() - tail, new.len() - tail);
    let mut marks = Marks::default();
    new[..head].iter().for_each(|word| marks.kept(word));
    let kept = longest(&was[head..old_end], &is[head..new_end]);
    let (mut from_old, mut from_new) = (head, head);
    for (at_old, at_new) in kept {
        old[from_old..head + at_old].iter().for_each(|word| marks.gone(word));
        new[from_new..head + at_new].iter().for_each(|word| marks.added(word));
        marks.kept(new[head + at_new]);
        (from_old, from_new) = (head + at_old + 1, head + at_new + 1);
    }
    old[from_old..old_end].iter().for_each(|word| marks.gone(word));
    new[from_new..new_end].iter().for_each(|word| marks.added(word));
    new[new_end..].iter().for_each(|word| marks.kept(word));
    marks.done()
}

/// A text with marks: "Is there [-a-]{+an agreed+} plan?".
pub(crate) fn shown(marks: &[Mark]) -> String {
    let show = |mark: &Mark| match mark {
        Mark::Kept(text) => text.clone(),
        Mark::Gone(text) => format!("[-{text}-]"),
        Mark::New(text) => format!("{{+{text}+}}"),
    };
    marks.iter().map(show).collect::<Vec<_>>().join(" ")
}

/// What counts of each word; a sign that stands alone counts as it is.
fn keys(written: &[&str]) -> Vec<String> {
    let key = |word: &&str| {
        let key: String = words(word).collect::<Vec<_>>().join(" ");
        if key.is_empty() { (*word).to_owned() } else { key }
    };
    written.iter().map(key).collect()
}

/// The places of the longest row of words that stands in both texts.
fn longest(old: &[String], new: &[String]) -> Vec<(usize, usize)> {
    let width = new.len() + 1;
    if old.is_empty() || new.is_empty() || old.len().saturating_mul(new.len()) > MOST_PAIRS {
        return Vec::new();
    }
    // How long the row is from each pair of places on.
    let mut lengths = vec![0_u32; (old.len() + 1) * width];
    for (at_old, word) in old.iter().enumerate().rev() {
        for (at_new, other) in new.iter().enumerate().rev() {
            let here = at_old * width + at_new;
            lengths[here] = match word == other {
                true => lengths[here + width + 1] + 1,
                false => lengths[here + width].max(lengths[here + 1]),
            };
        }
    }
    let (mut at_old, mut at_new, mut row) = (0, 0, Vec::new());
    while at_old < old.len() && at_new < new.len() {
        let here = at_old * width + at_new;
        if old[at_old] == new[at_new] {
            row.push((at_old, at_new));
            (at_old, at_new) = (at_old + 1, at_new + 1);
        } else if lengths[here + width] >= lengths[here + 1] {
            at_old += 1;
        } else {
            at_new += 1;
        }
    }
    row
}

/// Marks in the making: what went before what came, each as one stretch.
#[derive(Default)]
struct Marks {
    list: Vec<Mark>,
    went: Vec<String>,
    came: Vec<String>,
    stays: Vec<String>,
}

impl Marks {
    fn gone(&mut self, word: &str) {
        self.settle_kept();
        self.went.push(word.to_owned());
    }

    fn added(&mut self, word: &str) {
        self.settle_kept();
        self.came.push(word.to_owned());
    }

    fn kept(&mut self, word: &str) {
        self.settle_changed();
        self.stays.push(word.to_owned());
    }

    fn settle_kept(&mut self) {
        if !self.stays.is_empty() {
            self.list.push(Mark::Kept(std::mem::take(&mut self.stays).join(" ")));
        }
    }

    fn settle_changed(&mut self) {
        if !self.went.is_empty() {
            self.list.push(Mark::Gone(std::mem::take(&mut self.went).join(" ")));
        }
        if !self.came.is_empty() {
            self.list.push(Mark::New(std::mem::take(&mut self.came).join(" ")));
        }
    }

    fn done(mut self) -> Vec<Mark> {
        self.settle_kept();
        self.settle_changed();
        self.list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_the_words_that_changed() {
        let check = |old: &str, new: &str, expected: &str| {
            assert_eq!(shown(&marks(old, new)), expected, "{old} | {new}");
        };
        check("", "", "");
        check("a b c", "a b c", "a b c");
        check("Is there a plan?", "is there an agreed plan", "is there [-a-] {+an agreed+} plan");
        check("a b", "", "[-a b-]");
        check("", "a b", "{+a b+}");
        check("a b c d", "c d a b", "[-a b-] c d {+a b+}");
        check("one • two", "one • three • two", "one • {+three •+} two");
        check("the plan, agreed", "The plan: funded", "The plan: [-agreed-] {+funded+}");
    }
}
