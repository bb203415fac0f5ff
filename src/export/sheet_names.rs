//! Names of sheets that every spreadsheet takes.

use std::collections::HashSet;

use crate::text::{one_line, visible};

/// The name of the cover sheet.
pub(super) const COVER: &str = "Notes";

/// The longest name of a sheet, as Excel counts characters.
const LONGEST: usize = 31;

/// Names of sheets that every spreadsheet takes: 31 characters, without some signs, each once
/// whatever the letter case, and none that is taken already.
pub(super) fn sheet_names<'t>(titles: impl Iterator<Item = &'t str>) -> Vec<String> {
    let mut taken: HashSet<String> = [COVER, "History"].map(str::to_lowercase).into();
    let name = |title: &str| {
        let plain = visible(title).replace(['[', ']', ':', '*', '?', '/', '\\'], " ");
        let plain = one_line(&plain);
        let plain = clipped(plain.trim_matches(['\'', ' ']), LONGEST);
        match plain.trim_matches(['\'', ' ']) {
            "" => "Actions".to_owned(),
            plain => plain.to_owned(),
        }
    };
    let distinct = |title: &str| {
        let plain = name(title);
        let numbered = (2..).map(|number| {
            let end = format!(" ({number})");
            clipped(&plain, LONGEST - end.len()).trim_end_matches(['\'', ' ']).to_owned() + &end
        });
        let mut names = std::iter::once(plain.clone()).chain(numbered);
        let free = names.find(|name| taken.insert(name.to_lowercase()));
        free.expect("there are more numbers than sheets")
    };
    titles.map(distinct).collect()
}

/// The beginning of a text, up to so many characters as Excel counts them.
pub(crate) fn clipped(text: &str, most: usize) -> String {
    let mut left = most;
    let fits = |letter: &char| {
        let taken = letter.len_utf16() <= left;
        left = left.saturating_sub(letter.len_utf16());
        taken
    };
    text.chars().take_while(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sheets_as_spreadsheets_allow() {
        let check = |titles: &[&str], expected: &[&str]| {
            assert_eq!(sheet_names(titles.iter().copied()), expected, "{titles:?}");
        };
        check(&["Overdue", "overdue", "OVERDUE"], &["Overdue", "overdue (2)", "OVERDUE (3)"]);
        check(
            &["Step 1: who? [a/b]", "'", "History"],
            &["Step 1 who a b", "Actions", "History (2)"],
        );
        check(&["notes", "''Police''"], &["notes (2)", "Police"]);
        let long = "The safeguarding partners lead together and show it";
        check(
            &[long, long],
            &["The safeguarding partners lead", "The safeguarding partners l (2)"],
        );
        check(&["😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀"], &["😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀"]);
    }
}
