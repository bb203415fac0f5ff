//! Forms: sent out in every format, filled in, by LibreOffice too, and taken in again; and what must
//! not be taken in.

use std::fs;
use std::path::Path;

use super::program::run;

/// What a form is made of in these tests: 24 questions.
const MADE: [&str; 8] = [
    "form",
    "--checklist",
    "six-steps-2019",
    "--for",
    "police",
    "--period",
    "2026-27 Q3",
    "--partnership=Northmoor",
];

fn ran(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = run(folder, arguments, b"");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program prints UTF-8");
    let code = output.status.code().expect("the program was not killed");
    (code, text(output.stdout), text(output.stderr))
}

fn make(folder: &Path, file: &str) {
    let (code, _, said) = ran(folder, &[&MADE[..], &["-o", file]].concat());
    assert_eq!(code, 0, "{said}");
}

/// Everything but blanks, in one line, as messages may wrap.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The ids of the questions that a form has, from its text.
fn ids(folder: &Path) -> Vec<String> {
    let (_, text, _) = ran(folder, &MADE);
    let headings = text.lines().filter_map(|line| line.strip_prefix("[Question "));
    headings.filter_map(|rest| Some(rest.split_once(',')?.0.to_owned())).collect()
}

/// The text of a form with something behind a label of a question.
fn fill(text: &str, id: &str, label: &str, with: &str) -> String {
    let at = text.find(&format!("[Question {id},")).expect("the question is there");
    let place = at + text[at..].find(&format!("\n{label}:\n")).expect("the label is there");
    let end = place + label.len() + 2;
    format!("{} {with}{}", &text[..end], &text[end..])
}

#[test]
fn the_same_answers_come_in_from_every_format() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let folder = place.path();
    let ids = ids(folder);
    assert_eq!(ids.len(), 24);
    make(folder, "form.txt");
    make(folder, "form.csv");
    let text = fs::read_to_string(folder.join("form.txt")).expect("it was made");
    let table = fs::read_to_string(folder.join("form.csv")).expect("it was made");
    let reasons = "Yes: \"seen\", in two\n  audits";
    let mut filled = fill(&text, &ids[0], "Rating", "Amber");
    filled = fill(&filled, &ids[0], "Because", reasons);
    filled = fill(&filled, &ids[23], "Rating", "red");
    fs::write(folder.join("form.txt"), &filled).expect("it can be written");
    // As a mail program sends it back: quoted, with Windows line ends and words around it.
    let quoted: String = filled.lines().map(|line| format!("> > {line}\r\n")).collect();
    let mail = format!("Dear colleague,\r\n\r\n{quoted}\r\nKind regards\r\n");
    fs::write(folder.join("mail.txt"), mail).expect("it can be written");
    // As a spreadsheet saves it elsewhere: with semicolons.
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    for (row, record) in reader.records().enumerate() {
        let record = record.expect("it is a table");
        let mut cells: Vec<String> = record.iter().map(str::to_owned).collect();
        if row == 1 {
            cells[6] = "Amber".to_owned();
            cells[7] = "Yes: \"seen\", in two\naudits".to_owned();
        }
        if row == 24 {
            cells[6] = "red".to_owned();
        }
        writer.write_record(&cells).expect("it can be written");
    }
    fs::write(folder.join("form.csv"), writer.into_inner().expect("it is in memory"))
        .expect("it can be written");
    let mut made = Vec::new();
    for form in ["form.txt", "mail.txt", "form.csv"] {
        let into = format!("from-{form}.yaml");
        let (code, listed, said) = ran(folder, &["import", form, "--into", &into, "--yes"]);
        assert_eq!(code, 0, "{form}: {said}");
        assert!(listed.starts_with("2 answers change\n"), "{form}: {listed}");
        made.push(fs::read_to_string(folder.join(&into)).expect("it was made"));
        let (code, listed, said) = ran(folder, &["import", form, "--into", &into, "--yes"]);
        assert_eq!((code, listed.as_str()), (0, ""), "{form}");
        assert!(said.contains("says so already"), "{form}: {said}");
    }
    let plain = |text: &str, name: &str| text.replace(&format!("from-{name}.yaml"), "");
    assert_eq!(plain(&made[0], "form.txt"), plain(&made[1], "mail.txt"));
    assert_eq!(plain(&made[0], "form.txt"), plain(&made[2], "form.csv"));
}

#[test]
fn every_shipped_checklist_makes_forms_that_come_in_again() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let folder = place.path();
    let (_, listed, _) = ran(super::program::root(), &["checklist", "list"]);
    let ids: Vec<&str> = listed
        .lines()
        .filter_map(|line| Some(line.split('|').nth(1)?.trim()))
        .filter(|id| id.contains(|c: char| c.is_ascii_digit()) || id.contains('-'))
        .filter(|id| !id.starts_with("--"))
        .collect();
    assert!(ids.len() >= 11, "{ids:?}");
    let formats: &[&str] =
        if cfg!(feature = "xlsx") { &["txt", "csv", "xlsx"] } else { &["txt", "csv"] };
    for id in ids {
        for format in formats {
            let file = format!("{id}.{format}");
            let arguments = ["form", "--checklist", id, "--for", "self", "--period", "2026-27"];
            let more = ["--partnership", "=Northmoor", "-o", &file];
            let (code, _, said) = ran(folder, &[&arguments[..], &more].concat());
            assert_eq!(code, 0, "{file}: {said}");
            let into = format!("{id}.yaml");
            let (code, _, said) = ran(folder, &["import", &file, "--into", &into, "--yes"]);
            assert_eq!(code, 0, "{file}: {said}");
            assert!(said.contains("nothing is answered"), "{file}: {said}");
            assert!(!folder.join(&into).exists());
        }
        // A mail program that breaks every line at 40 columns leaves the form what it is.
        let text = fs::read_to_string(folder.join(format!("{id}.txt"))).expect("it was made");
        let broken: String = text.lines().map(broken).collect();
        fs::write(folder.join("broken.txt"), broken).expect("it can be written");
        let (code, _, said) = ran(folder, &["import", "broken.txt", "--into", "b.yaml", "--yes"]);
        assert_eq!(code, 0, "{id}: {said}");
        assert!(said.contains("nothing is answered"), "{id}: {said}");
    }
}

/// A line broken at blanks wherever it is longer than 40 columns.
fn broken(line: &str) -> String {
    let mut lines = String::new();
    let mut length = 0;
    for word in line.split_whitespace() {
        let sign = if length == 0 {
            ""
        } else if length + word.len() >= 40 {
            "\n"
        } else {
            " "
        };
        length = if sign == "\n" { word.len() } else { length + sign.len() + word.len() };
        lines.push_str(sign);
        lines.push_str(word);
    }
    lines.push('\n');
    lines
}

const LOCAL: &str = r#"scrutiny = "checklist"
id = "local"
title = "Local checklist"
edition = "2026"
attribution = "Written for this test"
scale = "rag"

[[scales.rag]]
value = "green"
means = "All of it"

[[scales.rag]]
value = "amber"

[[step]]
id = "1"
title = "The partners lead"

[[step.question]]
id = "1.1"
title = "Plan"
ask = "Is there a plan?"

[[step.question]]
id = "1.10"
title = "Asked of health"
ask = "Is there a canary-question?"
respondents = ["health"]

[[step.question]]
id = "1.2"
title = "Police"
ask = "Is there a duty officer?"
respondents = ["police"]
"#;

/// A folder with what several agencies said, each with words that nobody else may see.
fn with_canaries() -> tempfile::TempDir {
    let place = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, text: String| {
        fs::write(place.path().join(name), text).expect("a file can be written");
    };
    write("local.toml", LOCAL.to_owned());
    let settings = "partnership = \"Northmoor\"\n# canary-comment\n[[partner]]\nid = \
                    \"police\"\nlabel = \"Northmoor Police\"\n\n[[partner]]\nid = \
                    \"health\"\nlabel = \"canary-agency\"\n";
    write("scrutiny.toml", settings.to_owned());
    let head = |whose: &str| {
        format!(
            "scrutiny: assessment\nchecklist: local.toml\npartnership: Northmoor\nperiod: 2026-27 \
             Q2\nperspective: {whose}\nas-at: 2026-09-30\n"
        )
    };
    for whose in ["police", "health", "self", "scrutineer", "young-people"] {
        let own = if whose == "police" { "own-words" } else { "canary-because" };
        let hidden = "    notes: canary-notes\n    evidence: [{source: canary-evidence, restricted: \
                      true}, canary-open]\n    actions: [{id: A-01, task: canary-task, lead: \
                      Health, due: 2026-12-18, notes: canary-action}]\n";
        write(
            &format!("{whose}.yaml"),
            format!(
                "{}notes: canary-whole\nsummary: canary-summary\nratings:\n  1.1:\n    rating: \
                 amber # canary-remark\n    because: {own}\n{hidden}",
                head(whose)
            ),
        );
    }
    write(
        "agreed.yaml",
        format!(
            "{}assessor: Chair\nratings:\n  1.1: {{rating: green, because: canary-because, views: \
             {{police: amber, health: green}}, reason: canary-reason, dissent: canary-dissent, \
             evidence: [canary-evidence]}}\n",
            head("agreed")
        ),
    );
    place
}

#[test]
fn a_form_holds_nothing_of_anybody_else() {
    let place = with_canaries();
    let folder = place.path();
    let mut seen = 0;
    for previous in ["police", "health", "self", "scrutineer", "young-people", "agreed"] {
        let file = format!("{previous}.yaml");
        for format in ["text", "csv", "xlsx"] {
            if format == "xlsx" && !cfg!(feature = "xlsx") {
                continue;
            }
            let output = run(folder, &["form", &file, "--for", "police", "--format", format], b"");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            let text = readable(&output.stdout, format);
            assert!(text.contains("Is there a duty officer?"), "{previous}, {format}: {text}");
            assert!(!text.contains("canary"), "{previous}, {format}: {text}");
            assert_eq!(text.contains("own-words"), previous == "police", "{previous}, {format}");
            let shows_rating = ["police", "agreed"].contains(&previous);
            assert_eq!(text.contains("Amber."), shows_rating, "{previous}, {format}: {text}");
            seen += 1;
        }
    }
    assert!(seen >= 12);
    // Given to whom it belongs to, it is there, so that the canaries are known to sing.
    let (_, own, _) = ran(folder, &["form", "health.yaml", "--for", "health"]);
    for told in ["canary-because", "canary-question", "canary-agency"] {
        assert!(own.contains(told), "{told}: {own}");
    }
    assert!(!own.contains("canary-notes") && !own.contains("canary-evidence"), "{own}");
}

fn readable(bytes: &[u8], format: &str) -> String {
    match format {
        #[cfg(feature = "xlsx")]
        "xlsx" => workbook::parts(bytes).into_values().collect(),
        _ => String::from_utf8(bytes.to_vec()).expect("it is UTF-8"),
    }
}

#[test]
fn a_form_for_somebody_else_is_not_taken_in() {
    let place = with_canaries();
    let folder = place.path();
    let (code, _, said) = ran(folder, &["form", "health.yaml", "--for", "health", "-o", "h.txt"]);
    assert_eq!(code, 0, "{said}");
    let before = fs::read(folder.join("police.yaml")).expect("it is there");
    let (code, _, said) = ran(folder, &["import", "h.txt", "--into", "police.yaml", "--yes"]);
    assert_eq!(code, 1);
    let said = folded(&said);
    for part in [
        "Period is \"2026-27 Q3\" in the form and \"2026-27 Q2\" in the file",
        "Answers of is \"health\" in the form and \"police\" in the file",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert_eq!(fs::read(folder.join("police.yaml")).expect("it is there"), before);
}

#[test]
fn words_around_a_table_are_refused_and_its_letter_case_is_not() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let folder = place.path();
    make(folder, "form.csv");
    let table = fs::read_to_string(folder.join("form.csv")).expect("it was made");
    let table = table.trim_start_matches('\u{feff}');
    let (header, rows) = table.split_once('\n').expect("it has rows");
    let checks = [
        (format!("sep=,\n{table}"), 0, "nothing is answered"),
        (format!("{}\n{rows}", header.to_uppercase()), 0, "nothing is answered"),
        (
            format!("Our note\n{table}"),
            1,
            "row 1, column \"Question\": \"Our note\" stands outside",
        ),
        (format!("{table},,,,,,,,,,,,,,,,,,,,,Our note\n"), 1, "\"Our note\" stands outside"),
        (format!("{table},,,Our note\n"), 1, "this row has no question"),
    ];
    for (text, expected_code, expected) in checks {
        fs::write(folder.join("back.csv"), text).expect("it can be written");
        let (code, _, said) = ran(folder, &["import", "back.csv", "--into", "new.yaml", "--yes"]);
        assert_eq!(code, expected_code, "{said}");
        assert!(folded(&said).contains(expected), "{expected}: {said}");
        assert!(!folder.join("new.yaml").exists());
    }
}

#[test]
fn figures_keep_their_signs() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let folder = place.path();
    make(folder, "form.txt");
    let text = fs::read_to_string(folder.join("form.txt")).expect("it was made");
    let filled = fill(&text, "1.1", "Because", "Each had\n>= 3 sessions.");
    let filled = fill(&filled, "1.1", "Evidence", "-5% re-referrals\n- Audit of May");
    let quoted: String = filled.lines().map(|line| format!("> {line}\n")).collect();
    for text in [filled, quoted] {
        fs::write(folder.join("form.txt"), text).expect("it can be written");
        let (code, listed, said) =
            ran(folder, &["import", "form.txt", "--into", "new.yaml", "--dry-run"]);
        assert_eq!(code, 0, "{said}");
        for part in [">= 3 sessions.", "-5% re-referrals", "Audit of May"] {
            assert!(listed.contains(part), "{part}: {listed}");
        }
        assert!(!listed.contains("- - Audit"), "{listed}");
    }
}

#[cfg(unix)]
#[test]
fn on_a_terminal_it_asks_before_it_writes() {
    use std::io::{Read, Write};
    for (typed, is_written) in [("n\n", false), ("\n", false), ("Yes\n", true)] {
        let place = tempfile::tempdir().expect("a temporary folder");
        let folder = place.path();
        make(folder, "form.txt");
        let text = fs::read_to_string(folder.join("form.txt")).expect("it was made");
        let filled = fill(&text, "1.1", "Rating", "Green");
        fs::write(folder.join("form.txt"), filled).expect("it can be written");
        let (mut pty, terminal) = pty_process::blocking::open().expect("a pseudo-terminal");
        pty.write_all(typed.as_bytes()).expect("it takes what is typed");
        let program = pty_process::blocking::Command::new(env!("CARGO_BIN_EXE_scrutiny"));
        let mut child = program
            .args(["import", "form.txt", "--into", "police.yaml"])
            .current_dir(folder)
            .env_clear()
            .spawn(terminal)
            .expect("the program starts");
        let mut printed = Vec::new();
        // The end of the program ends the terminal, which is told as an error.
        let _ = pty.read_to_end(&mut printed);
        let status = child.wait().expect("the program ends");
        let printed = String::from_utf8_lossy(&printed).into_owned();
        assert!(status.success(), "{typed:?}: {printed}");
        let asked = "Write 1 answer to police.yaml? [y/N]";
        let listed = printed.find("rating: nothing -> green").expect("the change is listed");
        assert!(printed.find(asked).is_some_and(|at| at > listed), "{typed:?}: {printed}");
        assert_eq!(folder.join("police.yaml").exists(), is_written, "{typed:?}: {printed}");
    }
}

#[cfg(feature = "xlsx")]
mod workbook {
    use std::io::{Cursor, Write};
    use std::process::Command;

    use super::*;
    use crate::program::missing;
    pub(super) use crate::trackers::workbook::parts;

    /// Packs parts into an archive.
    fn packed(parts: impl IntoIterator<Item = (String, Vec<u8>)>) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            let options = zip::write::SimpleFileOptions::default();
            writer.start_file(name, options).expect("a part can be begun");
            writer.write_all(&bytes).expect("a part can be written");
        }
        writer.finish().expect("an archive can be ended").into_inner()
    }

    /// The workbook with its parts changed and others added.
    fn repacked(
        bytes: &[u8],
        more: Vec<(String, Vec<u8>)>,
        change: fn(&str, String) -> String,
    ) -> Vec<u8> {
        let own = parts(bytes).into_iter().map(|(name, text)| {
            let text = change(&name, text);
            (name, text.into_bytes())
        });
        packed(own.chain(more))
    }

    #[test]
    fn is_protected_and_says_what_it_is() {
        let place = tempfile::tempdir().expect("a temporary folder");
        make(place.path(), "form.xlsx");
        let bytes = fs::read(place.path().join("form.xlsx")).expect("it was made");
        let parts = parts(&bytes);
        for (name, text) in &parts {
            roxmltree::Document::parse(text).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        }
        for sheet in ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"] {
            let sheet = &parts[sheet];
            assert!(sheet.contains("<sheetProtection sheet=\"1\""), "{sheet}");
            assert!(!sheet.contains("password") && !sheet.contains("hashValue"));
            assert!(
                !sheet.contains("<f>") && !sheet.contains("<f ") && !sheet.contains("mergeCell")
            );
            assert!(sheet.contains("state=\"frozen\""));
        }
        let questions = &parts["xl/worksheets/sheet2.xml"];
        let lists: Vec<&str> = questions
            .split("<formula1>")
            .skip(1)
            .filter_map(|rest| rest.split("</formula1>").next())
            .collect();
        let usual = lists.iter().filter(|list| **list == "\"Green,Amber,Red,Too early to say\"");
        assert_eq!((usual.count(), lists.len()), (23, 24));
        assert!(lists.contains(&"\"Green,Amber,Red,Too early to say,Not applicable\""));
        let core = &parts["docProps/core.xml"];
        assert_eq!(core.matches("2000-01-01T00:00:00Z").count(), 2);
        // The same form gives the same bytes.
        std::thread::sleep(std::time::Duration::from_millis(2100));
        make(place.path(), "again.xlsx");
        assert!(fs::read(place.path().join("again.xlsx")).expect("it was made") == bytes);
    }

    #[test]
    fn archives_that_are_no_forms_are_not_unpacked() {
        let place = tempfile::tempdir().expect("a temporary folder");
        let folder = place.path();
        make(folder, "form.xlsx");
        let form = fs::read(folder.join("form.xlsx")).expect("it was made");
        let same: fn(&str, String) -> String = |_, text| text;
        let more =
            |name: &str, bytes: Vec<u8>| repacked(&form, vec![(name.to_owned(), bytes)], same);
        let many = (0..300).map(|n| (format!("xl/part{n}.xml"), vec![b'x'])).collect();
        let mut lying = more("xl/large.xml", vec![b' '; 60 * 1024 * 1024]);
        // The size that its table of contents tells is no larger than a form's.
        let size = (60u32 * 1024 * 1024).to_le_bytes();
        let mut at = 0;
        let mut told = 0;
        while let Some(found) = lying[at..].windows(4).position(|bytes| bytes == size) {
            at += found;
            lying[at..at + 4].copy_from_slice(&100u32.to_le_bytes());
            told += 1;
        }
        assert!(told >= 1);
        let mut nested = form.clone();
        nested = more("xl/inner.xml", std::mem::take(&mut nested));
        let cut = form[..form.len() / 2].to_vec();
        let for_macros: fn(&str, String) -> String = |name, text| match name {
            "[Content_Types].xml" => text.replace(
                "openxmlformats-officedocument.spreadsheetml.sheet.main",
                "ms-excel.sheet.macroEnabled.main",
            ),
            _ => text,
        };
        let counted: fn(&str, String) -> String = |_, text| {
            let at = text.find("uniqueCount=\"").map(|at| at + 13);
            at.map_or(text.clone(), |at| format!("{}99999999999{}", &text[..at], &text[at..]))
        };
        let broken_off: fn(&str, String) -> String = |name, text| match name {
            "xl/worksheets/sheet2.xml" => {
                text.split_inclusive("</row>").take(9).collect::<Vec<_>>().concat()
            }
            _ => text,
        };
        let checks: Vec<(&str, Vec<u8>, &str)> = vec![
            ("broken off", repacked(&form, Vec::new(), broken_off), "breaks off"),
            ("bomb", more("xl/large.xml", vec![b' '; 12 * 1024 * 1024]), "far larger than a form"),
            ("lying", lying, "workbook"),
            ("many", repacked(&form, many, same), "parts packed in it"),
            ("nested", nested, "another archive packed in it"),
            ("macros", more("xl/vbaProject.bin", vec![1, 2]), "macros"),
            ("for macros", repacked(&form, Vec::new(), for_macros), "macros"),
            ("links", more("xl/externalLinks/externalLink1.xml", vec![b'x']), "other workbooks"),
            ("count", repacked(&form, Vec::new(), counted), "more than it can"),
            ("letters", more("xl/wide.xml", vec![b'<', 0, b'a', 0]), "not in UTF-8"),
            ("outside", more("xl/../../etc/passwd", vec![b'x']), "a place outside"),
            ("cut", cut, "no workbook that can be read"),
            ("empty", packed(Vec::new()), "workbook"),
            ("old", vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1], "old kind"),
        ];
        for (name, bytes, expected) in checks {
            fs::write(folder.join("bad.xlsx"), bytes).expect("a file can be written");
            let (code, listed, said) =
                ran(folder, &["import", "bad.xlsx", "--into", "police.yaml", "--yes"]);
            assert_eq!((code, listed.as_str()), (1, ""), "{name}: {said}");
            assert!(folded(&said).contains(expected), "{name}: {said}");
            assert!(!folder.join("police.yaml").exists(), "{name}");
        }
    }

    #[test]
    fn words_beside_the_answers_are_refused_with_their_place() {
        let place = tempfile::tempdir().expect("a temporary folder");
        let folder = place.path();
        make(folder, "form.xlsx");
        let form = fs::read(folder.join("form.xlsx")).expect("it was made");
        let same: fn(&str, String) -> String = |_, text| text;
        let beside: fn(&str, String) -> String = |name, text| match name {
            "xl/worksheets/sheet1.xml" => text.replacen(
                "</row>",
                "<c r=\"D1\" t=\"inlineStr\"><is><t>Our note</t></is></c></row>",
                1,
            ),
            _ => text,
        };
        let below: fn(&str, String) -> String = |name, text| match name {
            "xl/worksheets/sheet1.xml" => text.replacen(
                "</sheetData>",
                "<row r=\"90\"><c r=\"B90\" t=\"inlineStr\"><is><t>Our \
                 note</t></is></c></row></sheetData>",
                1,
            ),
            _ => text,
        };
        let flat: fn(&str, String) -> String = |name, text| match name {
            "xl/worksheets/sheet2.xml" => text.replacen("<row r=\"4\"", "<row r=\"4\" ht=\"0\"", 1),
            _ => text,
        };
        let merged: fn(&str, String) -> String = |name, text| match name {
            "xl/worksheets/sheet2.xml" => text.replacen(
                "</sheetData>",
                "</sheetData><mergeCells count=\"1\"><mergeCell ref=\"G2:G5\"/></mergeCells>",
                1,
            ),
            _ => text,
        };
        let twice: fn(&str, String) -> String = |name, text| {
            let cell = |word: &str| {
                format!("<row r=\"2\"><c r=\"G2\" t=\"inlineStr\"><is><t>{word}</t></is></c></row>")
            };
            match name {
                "xl/worksheets/sheet2.xml" => {
                    let rows = format!("{}{}</sheetData>", cell("Green"), cell("Red"));
                    text.replacen("</sheetData>", &rows, 1)
                }
                _ => text,
            }
        };
        let related: fn(&str, String) -> String = |name, text| {
            match name {
            "xl/worksheets/_rels/sheet2.xml.rels" => text.replace(
                "</Relationships>",
                "<Relationship Id=\"rId9\" \
                 Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments\" \
                 Target=\"../comments1.xml\"/></Relationships>",
            ),
            _ => text,
        }
        };
        let comment = b"<comments><authors><author>Police</author></authors><commentList><comment \
                        ref=\"H2\" authorId=\"0\"><text><t>See our letter</t></text></comment>\
                        </commentList></comments>";
        let comments = vec![("xl/comments1.xml".to_owned(), comment.to_vec())];
        let cover = "sheet \"Read me first\", cell";
        let checks = [
            (repacked(&form, Vec::new(), same), 0, "nothing is answered".to_owned()),
            (repacked(&form, Vec::new(), beside), 1, format!("{cover} D1: \"Our note\" stands")),
            (repacked(&form, Vec::new(), below), 1, format!("{cover} B90: \"Our note\" stands")),
            (
                repacked(&form, Vec::new(), flat),
                1,
                "\"Questions\", row 4: this is hidden".to_owned(),
            ),
            (
                repacked(&form, Vec::new(), merged),
                1,
                "\"Questions\", cells G2:G5: these cells are merged".to_owned(),
            ),
            (
                repacked(&form, Vec::new(), twice),
                1,
                "\"Questions\", cell G2: this cell stands twice".to_owned(),
            ),
            (
                repacked(&form, comments, related),
                1,
                "\"Questions\", cell H2: there is a comment on this cell".to_owned(),
            ),
        ];
        for (bytes, expected_code, expected) in checks {
            fs::write(folder.join("back.xlsx"), bytes).expect("a file can be written");
            let (code, _, said) =
                ran(folder, &["import", "back.xlsx", "--into", "new.yaml", "--yes"]);
            assert_eq!(code, expected_code, "{expected}: {said}");
            assert!(folded(&said).contains(&expected), "{expected}: {said}");
            assert!(!folder.join("new.yaml").exists());
        }
    }

    /// Numbers that look drawn, the same in every run.
    fn drawn(seed: &mut u64, below: usize) -> usize {
        *seed =
            seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (*seed >> 33) as usize % below.max(1)
    }

    #[test]
    fn no_damage_to_a_workbook_leads_to_more_than_a_refusal() {
        let place = tempfile::tempdir().expect("a temporary folder");
        let folder = place.path();
        make(folder, "form.xlsx");
        let form = fs::read(folder.join("form.xlsx")).expect("it was made");
        let mut seed = 20_261_121;
        let mut damaged: Vec<Vec<u8>> = Vec::new();
        for at in (0..form.len()).step_by(form.len() / 40) {
            damaged.push(form[..at].to_vec());
            let mut other = form.clone();
            other[at] ^= 1 << drawn(&mut seed, 8);
            damaged.push(other);
        }
        // Damage inside the parts, where the archive itself is right.
        for _ in 0..160 {
            let mut parts: Vec<(String, Vec<u8>)> =
                parts(&form).into_iter().map(|(name, text)| (name, text.into_bytes())).collect();
            for _ in 0..1 + drawn(&mut seed, 4) {
                let which = drawn(&mut seed, parts.len());
                let (_, part) = &mut parts[which];
                let at = drawn(&mut seed, part.len());
                let signs = b"<>/\"'=&;0A9-\x80\xff";
                match drawn(&mut seed, 3) {
                    0 => part[at] = signs[drawn(&mut seed, signs.len())],
                    1 => part.truncate(at),
                    _ => {
                        let end = (at + drawn(&mut seed, 60)).min(part.len());
                        part.drain(at..end);
                    }
                }
                part.push(b' ');
            }
            damaged.push(packed(parts));
        }
        assert!(damaged.len() > 200);
        for (number, bytes) in damaged.into_iter().enumerate() {
            fs::write(folder.join("bad.xlsx"), &bytes).expect("a file can be written");
            let (code, _, said) =
                ran(folder, &["import", "bad.xlsx", "--into", "police.yaml", "--yes"]);
            assert!([0, 1, 2].contains(&code) && !said.contains("panicked"), "{number}: {said}");
            assert!(!folder.join("police.yaml").exists(), "{number}: nothing is answered in it");
        }
    }

    /// A scenario in the language of LibreOffice: what is done to the form, in a sub of its own.
    struct Scenario {
        name: &'static str,
        done: &'static str,
    }

    /// Nine answers of 24: to choose from the list, and typed; in rows 2 to 10.
    const NINE: &str = "\
  For row = 1 To 9
    sheet.getCellByPosition(6, row).setString(\"Amber\")
  Next row
  sheet.getCellByPosition(6, 2).setString(\"green\")
  sheet.getCellByPosition(7, 1).setString(\"Seen in two audits: = and + too.\")
  sheet.getCellByPosition(8, 1).setString(\"Minutes of 3 June\" & Chr(10) & \"Audit, 12 files\")
  sheet.getCellByPosition(6, 3).setString(\"Too early to say\")
  sheet.getCellByPosition(10, 3).setFormula(\"2026-12-18\")
";

    const SCENARIOS: [Scenario; 9] = [
        Scenario { name: "filled", done: "" },
        Scenario {
            name: "moved",
            done: "  sheet.unprotect(\"\")
  Dim from As New com.sun.star.table.CellRangeAddress
  from.Sheet = 1
  from.StartColumn = 0
  from.EndColumn = 11
  from.StartRow = 1
  from.EndRow = 1
  Dim target As New com.sun.star.table.CellAddress
  target.Sheet = 1
  target.Column = 0
  target.Row = 40
  sheet.moveRange(target, from)
",
        },
        Scenario {
            name: "edited",
            done: "  sheet.unprotect(\"\")
  sheet.getCellByPosition(3, 4).setString(\"Is there anything?\")
",
        },
        Scenario { name: "typed", done: "  sheet.getCellByPosition(6, 5).setString(\"ambre\")\n" },
        Scenario {
            name: "formula",
            done: "  sheet.getCellByPosition(6, 6).NumberFormat = 0
  sheet.unprotect(\"\")
  sheet.getCellByPosition(6, 6).NumberFormat = 0
  sheet.getCellByPosition(6, 6).setFormula(\"=CONCATENATE(\"\"am\"\";\"\"ber\"\")\")
",
        },
        Scenario {
            name: "hidden",
            done: "  book.Sheets.insertNewByName(\"Extra\", 2)
  book.Sheets.getByName(\"Extra\").getCellByPosition(0, 0).setString(\"x\")
  book.Sheets.getByName(\"Extra\").IsVisible = False
",
        },
        Scenario {
            name: "row",
            done: "  sheet.unprotect(\"\")
  sheet.Rows.getByIndex(7).IsVisible = False
",
        },
        Scenario {
            name: "twice",
            done: "  sheet.unprotect(\"\")
  sheet.getCellByPosition(0, 8).setString(sheet.getCellByPosition(0, 7).getString())
",
        },
        // What LibreOffice takes for locked, said in an answer.
        Scenario {
            name: "locked",
            done: "  If sheet.isProtected() And book.Sheets.getByIndex(0).isProtected() Then
    If sheet.getCellByPosition(3, 4).CellProtection.IsLocked Then
      If Not sheet.getCellByPosition(7, 4).CellProtection.IsLocked Then
        sheet.getCellByPosition(7, 4).setString(\"answers alone are open\")
      End If
    End If
  End If
",
        },
    ];

    const LIBRARY: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Module1"/>
</library:library>
"#;

    /// The scenarios as a module of LibreOffice's own language.
    fn module(folder: &Path) -> String {
        let url = |name: &str| format!("file://{}/{name}", folder.display());
        let mut subs = String::new();
        let mut calls = String::new();
        for Scenario { name, done } in &SCENARIOS {
            calls.push_str(&format!("  Do_{name}\n"));
            subs.push_str(&format!(
                "Sub Do_{name}\n  Dim args(0) As New com.sun.star.beans.PropertyValue\n  \
                 args(0).Name = \"Hidden\"\n  args(0).Value = True\n  Dim book As Object\n  Dim \
                 sheet As Object\n  Dim row As Integer\n  book = \
                 StarDesktop.loadComponentFromURL(\"{}\", \"_blank\", 0, args())\n  sheet = \
                 book.Sheets.getByName(\"Questions\")\n{NINE}{done}  Dim store(0) As New \
                 com.sun.star.beans.PropertyValue\n  store(0).Name = \"FilterName\"\n  \
                 store(0).Value = \"Calc MS Excel 2007 XML\"\n  book.storeToURL(\"{}\", \
                 store())\n  book.close(True)\nEnd Sub\n",
                url("form.xlsx"),
                url(&format!("{name}.xlsx"))
            ));
        }
        let code = format!("Sub Main\n{calls}End Sub\n{subs}");
        let code = code.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE script:module PUBLIC \
             \"-//OpenOffice.org//DTD OfficeDocument 1.0//EN\" \"module.dtd\">\n<script:module \
             xmlns:script=\"http://openoffice.org/2000/script\" script:name=\"Module1\" \
             script:language=\"StarBasic\">{code}</script:module>\n"
        )
    }

    fn soffice(folder: &Path, argument: &str) -> Option<std::process::Output> {
        Command::new("soffice")
            .arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()))
            .args(["--headless", "--norestore", argument])
            .env("LC_ALL", "C.UTF-8")
            .current_dir(folder)
            .output()
            .ok()
    }

    /// Has LibreOffice open the form, fill it in as each scenario says, and save it.
    fn through_libreoffice(folder: &Path) -> bool {
        // The first start makes the profile, into which the module is put.
        if soffice(folder, "--terminate_after_init").is_none() {
            return false;
        }
        let library = folder.join("profile/user/basic/Standard");
        fs::create_dir_all(&library).expect("a folder can be made");
        fs::write(library.join("script.xlb"), LIBRARY).expect("it can be written");
        fs::write(library.join("Module1.xba"), module(folder)).expect("it can be written");
        let output = soffice(folder, "macro:///Standard.Module1.Main").expect("it ran before");
        for Scenario { name, .. } in &SCENARIOS {
            let is_there = folder.join(format!("{name}.xlsx")).exists();
            assert!(is_there, "{name}: {}", String::from_utf8_lossy(&output.stderr));
        }
        true
    }

    #[test]
    fn libreoffice_fills_in_a_form_that_comes_in_again() {
        let place = tempfile::tempdir().expect("a temporary folder");
        let folder = place.path();
        make(folder, "form.xlsx");
        if !through_libreoffice(folder) {
            return missing("LibreOffice is not installed, so no form was filled in with it");
        }
        let import = |form: &str, into: &str| {
            ran(folder, &["import", &format!("{form}.xlsx"), "--into", into, "--yes"])
        };
        // Nine of 24 answered: nine changes and no others; the same again: none.
        let (code, listed, said) = import("filled", "police.yaml");
        assert_eq!(code, 0, "{said}");
        assert!(listed.starts_with("9 answers change\n"), "{listed}");
        assert_eq!(listed.matches("  rating: nothing -> ").count(), 9, "{listed}");
        let text = fs::read_to_string(folder.join("police.yaml")).expect("it was made");
        let rated = text.lines().filter(|line| {
            let value = line.trim_start().strip_prefix("rating: ").map(str::trim_start);
            value.is_some_and(|value| !value.starts_with('#'))
        });
        assert_eq!(rated.count(), 9);
        for part in ["review-by: 2026-12-18", "- Audit, 12 files", "audits: = and + too."] {
            assert!(text.contains(part), "{part}");
        }
        let (code, listed, said) = import("filled", "police.yaml");
        assert_eq!((code, listed.as_str()), (0, ""), "{said}");
        assert!(said.contains("says so already"), "{said}");
        // A row that was moved goes to its question.
        let (code, listed, said) = import("moved", "police.yaml");
        assert_eq!((code, listed.as_str()), (0, ""), "{said}");
        assert!(said.contains("says so already"), "{said}");
        let (_, listed, said) = import("locked", "police.yaml");
        assert!(listed.starts_with("1 answer changes\nquestion 1.4"), "{listed}{said}");
        assert!(listed.contains("because: nothing -> answers alone are open"), "{listed}");
        // Everything else is refused, with its cell or its reason, and the file stays as it is.
        let before = fs::read(folder.join("police.yaml")).expect("it is there");
        let checks = [
            ("edited", "sheet \"Questions\", cell D5: the wording of question 1.4"),
            ("typed", "cell G6: \"ambre\" is not a rating of question 2.1: did you mean Amber?"),
            ("formula", "sheet \"Questions\", cell G7: there is a formula in this cell"),
            ("hidden", "sheet \"Extra\": this sheet is hidden"),
            ("row", "sheet \"Questions\", row 8: this is hidden"),
            (
                "twice",
                "cell A9: question 2.3 stands here again, after sheet \"Questions\", cell A8",
            ),
        ];
        for (name, expected) in checks {
            for into in ["police.yaml", "new.yaml"] {
                let (code, listed, said) = import(name, into);
                assert_eq!((code, listed.as_str()), (1, ""), "{name}: {said}");
                assert!(folded(&said).contains(expected), "{name}: {said}");
                assert!(said.contains("Nothing was written"), "{name}: {said}");
            }
            assert!(fs::read(folder.join("police.yaml")).expect("it is there") == before, "{name}");
            assert!(!folder.join("new.yaml").exists());
        }
    }
}
