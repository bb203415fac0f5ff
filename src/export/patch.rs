//! A change of a text as a unified patch, as `diff -u` prints it and `git apply` reads it.
//!
//! Only made here, never applied.

use similar::TextDiff;

/// How many lines that stay are shown around those that change.
const AROUND: usize = 3;

/// The patch that makes the new text out of the old one; nothing where they are the same. The path
/// stands in both headings, in the form in which git writes it.
pub(crate) fn render(path: &str, old: &str, new: &str) -> String {
    if old == new {
        return String::new();
    }
    let (before, after) = (format!("a/{path}"), format!("b/{path}"));
    let changes = TextDiff::from_lines(old, new);
    changes.unified_diff().context_radius(AROUND).header(&before, &after).to_string()
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
}
