//! What a workbook holds beside its cells, and what of it nobody sees: the reader of workbooks tells
//! neither.

use super::Problem;
use crate::text::quoted;

/// Heights in points and widths in characters below this one show nothing.
const LEAST: f64 = 0.5;

/// The most problems of a kind that are told.
const MOST: usize = 20;

/// The parts of a workbook, unpacked, by name.
type Parts = [(String, Vec<u8>)];

/// Rows and columns that nobody sees.
pub(super) fn hidden_rows(parts: &Parts, names: &[String]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (name, bytes) in parts.iter().filter(|(name, _)| name.starts_with("xl/worksheets/")) {
        let text = String::from_utf8_lossy(bytes);
        for (kind, attributes, _) in tags(&text) {
            let is = |name| value(attributes, name).is_some_and(|own| matches!(own, "1" | "true"));
            let is_small = |name| {
                let size = value(attributes, name).and_then(|own| own.parse::<f64>().ok());
                size.is_some_and(|size| size < LEAST)
            };
            let place = match kind {
                "row" if is("hidden") || is_small("ht") => match value(attributes, "r") {
                    Some(number) => format!(", row {number}"),
                    None => ", a row".to_owned(),
                },
                "col" if is("hidden") || is_small("width") => ", a column".to_owned(),
                "sheetFormatPr"
                    if is("zeroHeight")
                        || is_small("defaultRowHeight")
                        || is_small("defaultColWidth") =>
                {
                    ", rows or columns without a size of their own".to_owned()
                }
                _ => continue,
            };
            let place = format!("sheet {}{place}", quoted(sheet_of(name, names)));
            let message = "this is hidden: nobody sees what stands there; show it, and save again";
            problems.push(Problem::at(&place, message));
        }
    }
    problems.truncate(MOST);
    problems
}

/// Cells that are merged: what is seen in all of them stands in the first alone.
pub(super) fn merged(parts: &Parts, names: &[String]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (name, bytes) in parts.iter().filter(|(name, _)| name.starts_with("xl/worksheets/")) {
        let text = String::from_utf8_lossy(bytes);
        for (_, attributes, _) in tags(&text).filter(|(kind, ..)| *kind == "mergeCell") {
            let sheet = quoted(sheet_of(name, names));
            let cells = value(attributes, "ref").unwrap_or_default();
            let message = "these cells are merged, and it is not known which of them an answer is \
                           for: unmerge them, and write each answer in a cell of its own";
            problems.push(Problem::at(&format!("sheet {sheet}, cells {cells}"), message));
        }
    }
    problems.truncate(MOST);
    problems
}

/// Comments and text boxes with words in them, which stand in no cell.
pub(super) fn remarks(parts: &Parts, names: &[String]) -> Vec<Problem> {
    let mut problems: Vec<Problem> = Vec::new();
    for (name, bytes) in parts {
        let message = match name.to_lowercase() {
            name if name.starts_with("xl/comments") || name.starts_with("xl/threadedcomments") => {
                "there is a comment on this cell, and comments are not taken: write what is to be \
                 taken under Because, and remove the comment"
            }
            name if name.starts_with("xl/drawings/") && name.ends_with(".xml") => {
                "there is a text box on this sheet: write what is to be taken under Because, and \
                 remove the box"
            }
            _ => continue,
        };
        let sheet = quoted(sheet_of(owner(parts, name), names));
        let mut cell = None;
        for (kind, attributes, behind) in tags(&String::from_utf8_lossy(bytes)) {
            if matches!(kind, "comment" | "threadedComment") {
                cell = value(attributes, "ref").map(|at| format!(", cell {at}"));
            }
            // A name stands outside of the comments, in a list of its own.
            let is_word = matches!(kind, "t" | "text") && !behind.trim().is_empty();
            let place = format!("sheet {sheet}{}", cell.as_deref().unwrap_or_default());
            if is_word && !problems.iter().any(|problem| problem.place == place) {
                problems.push(Problem::at(&place, message));
            }
        }
    }
    problems.truncate(MOST);
    problems
}

/// The tags of a part: the name without its prefix, the attributes, and the text behind it.
fn tags(text: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    text.split('<').skip(1).filter_map(|rest| {
        let (tag, behind) = rest.split_once('>')?;
        let tag = tag.trim_end_matches('/');
        let (kind, attributes) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
        Some((kind.rsplit(':').next().unwrap_or(kind), attributes, behind))
    })
}

/// The value of an attribute.
fn value<'t>(attributes: &'t str, name: &str) -> Option<&'t str> {
    let behind = |own: &'t str| own.strip_prefix(name)?.strip_prefix('=');
    let value = attributes.split_whitespace().find_map(behind)?;
    Some(value.trim_matches(['"', '\'']))
}

/// The sheet that refers to a part; the part itself where none does.
fn owner<'p>(parts: &'p Parts, part: &'p str) -> &'p str {
    let file = part.rsplit('/').next().unwrap_or(part);
    let refers = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        tags(&text).any(|(_, attributes, _)| {
            let target = value(attributes, "Target");
            target.is_some_and(|target| target.rsplit('/').next() == Some(file))
        })
    };
    let mut sheets = parts.iter().filter_map(|(name, bytes)| {
        let sheet = name.strip_prefix("xl/worksheets/_rels/")?.strip_suffix(".rels")?;
        refers(bytes).then_some(sheet)
    });
    sheets.next().unwrap_or(part)
}

/// The name of the sheet that a part is, which are numbered alike; else the name of the part.
fn sheet_of<'n>(part: &'n str, names: &'n [String]) -> &'n str {
    let stem = part.trim_start_matches("xl/worksheets/").trim_end_matches(".xml");
    let number = stem.strip_prefix("sheet").and_then(|number| number.parse::<usize>().ok());
    let name = number.and_then(|number| names.get(number.checked_sub(1)?));
    name.map_or(stem, String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, text: &str) -> Vec<(String, Vec<u8>)> {
        vec![(name.to_owned(), text.as_bytes().to_vec())]
    }

    #[test]
    fn rows_and_columns_without_a_size_are_hidden() {
        let names = ["Cover".to_owned(), "Questions".to_owned()];
        let check = |text: &str, expected: &str| {
            let problems = hidden_rows(&of("xl/worksheets/sheet2.xml", text), &names);
            let places: Vec<&str> = problems.iter().map(|one| one.place.as_str()).collect();
            assert_eq!(places.join("; "), expected, "{text}");
        };
        check("<row r=\"3\" ht=\"0\" customHeight=\"1\">", "sheet \"Questions\", row 3");
        check("<x:row r='3' hidden='true'/>", "sheet \"Questions\", row 3");
        check("<col min=\"2\" max=\"2\" width=\"0\"/>", "sheet \"Questions\", a column");
        check(
            "<col min=\"2\" max=\"2\" width=\"9\" hidden=\"1\"/>",
            "sheet \"Questions\", a column",
        );
        let unsized_rows = "sheet \"Questions\", rows or columns without a size of their own";
        check("<sheetFormatPr defaultRowHeight=\"15\" zeroHeight=\"1\"/>", unsized_rows);
        check("<sheetFormatPr defaultRowHeight=\"0\"/>", unsized_rows);
        check("<sheetFormatPr defaultRowHeight=\"12.8\" zeroHeight=\"false\"/>", "");
        check("<row r=\"3\" ht=\"30\" hidden=\"false\"><c r=\"A3\"/>", "");
        check("<col min=\"1\" max=\"1\" width=\"9.14\" hidden=\"0\"/>", "");
    }

    #[test]
    fn words_in_comments_and_boxes_are_told_with_their_place() {
        let names = ["Cover".to_owned(), "Questions".to_owned()];
        let rels = "<Relationships><Relationship Id=\"r\" Target=\"../comments1.xml\"/>\
                    <Relationship Id=\"s\" Target=\"../drawings/drawing1.xml\"/></Relationships>";
        let check = |name: &str, text: &str, expected: &str| {
            let mut parts = of(name, text);
            parts.extend(of("xl/worksheets/_rels/sheet2.xml.rels", rels));
            let problems = remarks(&parts, &names);
            let places: Vec<&str> = problems.iter().map(|one| one.place.as_str()).collect();
            assert_eq!(places.join("; "), expected, "{text}");
        };
        let comment = |text: &str| {
            format!(
                "<comments><authors><author>Police</author></authors><commentList><comment \
                 ref=\"H2\" authorId=\"0\"><text><r><t>{text}</t></r><r><t>{text}</t></r></text>\
                 </comment></commentList></comments>"
            )
        };
        check("xl/comments1.xml", &comment("see the letter"), "sheet \"Questions\", cell H2");
        check("xl/comments1.xml", &comment(" "), "");
        let box_of = |text: &str| format!("<xdr:wsDr><a:p><a:r><a:t>{text}</a:t></a:r></a:p>");
        check("xl/drawings/drawing1.xml", &box_of("words"), "sheet \"Questions\"");
        check("xl/drawings/drawing1.xml", &box_of(""), "");
        check("xl/drawings/vmlDrawing1.vml", "<v:textbox><div>x</div></v:textbox>", "");
        check("xl/sharedStrings.xml", "<si><t>words</t></si>", "");
    }
}
