//! A change of a text as a unified patch, as `diff -u` prints it and `git apply` reads it.
//!
//! Only made here, never applied.

use std::collections::HashSet;
use std::ops::Range;

use similar::udiff::UnifiedHunkHeader;
use similar::{Algorithm, DiffOp, capture_diff_slices, group_diff_ops};

/// How many lines that stay are shown around those that change.
const AROUND: usize = 3;

/// The patch that makes the new text out of the old one; nothing where they are the same. The path
/// stands in both headings, in the form in which git writes it.
pub(crate) fn render(path: &str, old: &str, new: &str) -> String {
    if old == new {
        return String::new();
    }
    let old: Vec<&str> = old.split_inclusive('\n').collect();
    let new: Vec<&str> = new.split_inclusive('\n').collect();
    let mut patch = format!("--- a/{path}\n+++ b/{path}\n");
    for hunk in group_diff_ops(operations(&old, &new), AROUND) {
        patch.push_str(&format!("{}\n", UnifiedHunkHeader::new(&hunk)));
        for operation in &hunk {
            match operation {
                DiffOp::Equal { .. } => put(&mut patch, ' ', &old[operation.old_range()]),
                _ => {
                    put(&mut patch, '-', &old[operation.old_range()]);
                    put(&mut patch, '+', &new[operation.new_range()]);
                }
            }
        }
    }
    patch
}

fn put(patch: &mut String, sign: char, lines: &[&str]) {
    for line in lines {
        patch.push(sign);
        patch.push_str(line);
        if !line.ends_with('\n') {
            patch.push_str("\n\\ No newline at end of file\n");
        }
    }
}

/// What has to be done to make the new lines out of the old ones.
fn operations(old: &[&str], new: &[&str]) -> Vec<DiffOp> {
    let mut operations = Vec::new();
    let (mut then, mut now) = (0, 0);
    for (from, to, len) in stretches(old, new) {
        operations.extend(change(then..from, now..to));
        operations.push(DiffOp::Equal { old_index: from, new_index: to, len });
        (then, now) = (from + len, to + len);
    }
    operations.extend(change(then..old.len(), now..new.len()));
    operations
}

fn change(old: Range<usize>, new: Range<usize>) -> Option<DiffOp> {
    let (old_index, new_index) = (old.start, new.start);
    match (old.len(), new.len()) {
        (0, 0) => None,
        (old_len, 0) => Some(DiffOp::Delete { old_index, old_len, new_index }),
        (0, new_len) => Some(DiffOp::Insert { old_index, new_index, new_len }),
        (old_len, new_len) => Some(DiffOp::Replace { old_index, old_len, new_index, new_len }),
    }
}

/// The lines that stay: where they begin in the old text and in the new one, and how many they are.
///
/// Only lines that both texts have are held against each other. What has changed throughout, as by
/// thousands of repairs or another indentation, would take a time that grows with its square.
fn stretches(old: &[&str], new: &[&str]) -> Vec<(usize, usize, usize)> {
    let (then, now) = (shared(old, new), shared(new, old));
    let old_lines: Vec<&str> = then.iter().map(|place| old[*place]).collect();
    let new_lines: Vec<&str> = now.iter().map(|place| new[*place]).collect();
    let mut stretches: Vec<(usize, usize, usize)> = Vec::new();
    for operation in capture_diff_slices(Algorithm::Myers, &old_lines, &new_lines) {
        let DiffOp::Equal { old_index, new_index, len } = operation else { continue };
        for (from, to) in then[old_index..][..len].iter().zip(&now[new_index..][..len]) {
            match stretches.last_mut() {
                Some((was, is, len)) if *was + *len == *from && *is + *len == *to => *len += 1,
                _ => stretches.push((*from, *to, 1)),
            }
        }
    }
    stretches
}

/// The places of the lines that another text has too.
fn shared(lines: &[&str], other: &[&str]) -> Vec<usize> {
    let other: HashSet<&str> = other.iter().copied().collect();
    (0..lines.len()).filter(|place| other.contains(lines[*place])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_the_lines_that_change() {
        let check = |old: &str, new: &str, expected: &str| {
            assert_eq!(render("x.yaml", old, new), expected, "{old:?} to {new:?}");
        };
        check("a: 1\n", "a: 1\n", "");
        check(
            "a: 1\nb: 2\nc: 3\n",
            "a: 1\nb: 4\nc: 3\n",
            "--- a/x.yaml\n+++ b/x.yaml\n@@ -1,3 +1,3 @@\n a: 1\n-b: 2\n+b: 4\n c: 3\n",
        );
        check(
            "a: 1",
            "a: 1\n",
            "--- a/x.yaml\n+++ b/x.yaml\n@@ -1 +1 @@\n-a: 1\n\\ No newline at end of file\n+a: 1\n",
        );
        check("", "a: 1\n", "--- a/x.yaml\n+++ b/x.yaml\n@@ -0,0 +1 @@\n+a: 1\n");
        check(
            "a: 1\r\nb: 2\r\n",
            "a: 1\r\nb: 3\r\n",
            "--- a/x.yaml\n+++ b/x.yaml\n@@ -1,2 +1,2 @@\n a: 1\r\n-b: 2\r\n+b: 3\r\n",
        );
    }

    #[test]
    fn shows_what_changed_throughout() {
        let lines = |line: &dyn Fn(usize) -> String| (0..40_000).map(line).collect::<String>();
        let old = lines(&|number| format!("  {number}:\n    rating: grene\n    because: so\n"));
        let mended = old.replace("grene", "green");
        let patch = render("x.yaml", &old, &mended);
        assert_eq!(patch.matches("\n-    rating: grene\n+    rating: green\n").count(), 40_000);
        let indented = lines(&|number| format!("    {number}:\n        rating: grene\n"));
        let patch = render("x.yaml", &old, &indented);
        assert_eq!(patch.lines().filter(|line| line.starts_with('-')).count(), 120_000 + 1);
        assert_eq!(patch.lines().filter(|line| line.starts_with('+')).count(), 80_000 + 1);
    }
}
