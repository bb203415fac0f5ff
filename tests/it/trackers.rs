//! Action lists as other programs see them: workbooks through a reader of their own and through
//! LibreOffice, calendars through a parser written here, and everything public without what is not.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::program::{files, run};

const CHECKLIST: &str = r#"scrutiny = "checklist"
id = "local"
title = "Local checklist"
edition = "2026"
attribution = "Written for this test"
scale = "rag"

[[scales.rag]]
value = "green"

[[scales.rag]]
value = "amber"

[[step]]
id = "1"
title = "The partners lead: [all] of them / together?"

[[step.question]]
id = "1.1"
title = "Plan"
ask = "Is there a plan?"
"#;

const SETTINGS: &str = "marking = \"OFFICIAL & SENSITIVE\"\n\n[[partner]]\nid = \"police\"\nlabel = \
                        \"Northmoor Police\"\n\n[[partner]]\nid = \"board\"\nlabel = \"North and \
                        Vale Board\"\n";

/// What people write that a spreadsheet or a calendar could take for something else.
const HOSTILE: [&str; 14] = [
    "=1+1",
    "+44 20",
    "-2 days",
    "@SUM(A1)",
    "=HYPERLINK(\"https://example.org\",\"a\")",
    "\u{ff1d}1",
    "a, \"b\"; c\\d",
    "_x0041_ and _x000D_",
    "<b>&amp; &lt; ]]> 'x'",
    "00123",
    "2026-12-18",
    "1/2",
    "TRUE",
    "Llŷn €5 😀 caf\u{e9}",
];

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A folder with an assessment whose actions hold all that.
fn hostile() -> tempfile::TempDir {
    let place = tempfile::tempdir().expect("a temporary folder");
    let mut text = "scrutiny: assessment\nchecklist: local.toml\npartnership: \"=Northmoor\"\n\
                    period: 2026-27 Q2\nperspective: scrutineer\nas-at: 2026-09-30\nratings:\n  \
                    1.1: {rating: green, because: Seen., evidence: [Plan]}\nactions:\n"
        .to_owned();
    let statuses = ["open", "open", "proposed", "done", "closed", "dropped", "open"];
    for (index, words) in HOSTILE.iter().enumerate() {
        let words = quoted(words);
        let status = statuses[index % statuses.len()];
        let day = 1 + index;
        let month = if index % 3 == 0 { 8 } else { 11 };
        text.push_str(&format!(
            "  - {{id: A-{index:02}, task: {words}, lead: {words}, due: 2026-{month:02}-{day:02}, \
             status: {status}, success: {words}, impact: {words}, evidence: [{words}], response: \
             {{said: partly, date: 2026-09-0{}, reason: {words}}}}}\n",
            1 + index % 9
        ));
    }
    fs::write(place.path().join("a.yaml"), text).expect("a file can be written");
    fs::write(place.path().join("local.toml"), CHECKLIST).expect("a file can be written");
    fs::write(place.path().join("scrutiny.toml"), SETTINGS).expect("a file can be written");
    place
}

fn make(folder: &Path, arguments: &[&str]) {
    let output = run(folder, arguments, b"");
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code().is_some_and(|code| code < 2), "{arguments:?}: {complaint}");
}

/// The rows of a CSV text, by a parser that knows nothing but quotes, commas and line ends.
fn table(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut is_quoted = false;
    let mut letters = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(letter) = letters.next() {
        let row = rows.last_mut().expect("there is a row");
        let cell = row.last_mut().expect("there is a cell");
        match (letter, is_quoted) {
            ('"', true) if letters.peek() == Some(&'"') => {
                cell.push('"');
                letters.next();
            }
            ('"', _) => is_quoted = !is_quoted,
            (',', false) => row.push(String::new()),
            ('\n', false) => rows.push(vec![String::new()]),
            ('\r', false) => {}
            (letter, _) => cell.push(letter),
        }
    }
    rows.retain(|row| row.len() > 1 || !row[0].is_empty());
    rows
}

/// The rows of a table as maps from the names of its columns, by the id of the action.
fn by_action(rows: &[Vec<String>]) -> BTreeMap<String, BTreeMap<String, String>> {
    let (header, rows) = rows.split_first().expect("there is a header");
    let named = |row: &Vec<String>| -> BTreeMap<String, String> {
        assert_eq!(row.len(), header.len(), "{row:?}");
        header.iter().cloned().zip(row.iter().cloned()).collect()
    };
    rows.iter().map(|row| (named(row)["Action"].clone(), named(row))).collect()
}

fn is_formula(cell: &str) -> bool {
    cell.trim_start()
        .starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'])
}

mod calendar {
    use super::*;

    /// A calendar as the properties of its events; the lines are held to the rules of RFC 5545.
    fn events(text: &str) -> Vec<BTreeMap<String, String>> {
        assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']));
        for line in text.split_terminator("\r\n") {
            assert!(line.len() <= 75, "{line}");
        }
        let unfolded = text.replace("\r\n ", "");
        let mut lines = unfolded.split_terminator("\r\n");
        assert_eq!(lines.next(), Some("BEGIN:VCALENDAR"));
        assert_eq!(lines.next(), Some("VERSION:2.0"));
        assert!(unfolded.ends_with("END:VCALENDAR\r\n") && unfolded.contains("\r\nPRODID:"));
        let parts = unfolded.split("BEGIN:VEVENT\r\n").skip(1);
        let event = |part: &str| {
            let (event, _) = part.split_once("END:VEVENT").expect("an event ends");
            let property = |line: &str| {
                let (name, value) = line.split_once(':').expect("a property has a value");
                (name.to_owned(), unescaped(value))
            };
            let all: Vec<(String, String)> = event.split_terminator("\r\n").map(property).collect();
            let count = all.len();
            let all: BTreeMap<String, String> = all.into_iter().collect();
            assert_eq!(all.len(), count, "a property stands twice: {event}");
            all
        };
        parts.map(event).collect()
    }

    fn unescaped(value: &str) -> String {
        let mut text = String::new();
        let mut letters = value.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '\\' => match letters.next().expect("something is escaped") {
                    'n' | 'N' => text.push('\n'),
                    escaped @ ('\\' | ';' | ',') => text.push(escaped),
                    other => panic!("\\{other} is no escape"),
                },
                letter => text.push(letter),
            }
        }
        text
    }

    fn calendar(folder: &Path, arguments: &[&str]) -> Vec<BTreeMap<String, String>> {
        let output = run(folder, &[&["actions", ".", "--format", "ics"], arguments].concat(), b"");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        events(&String::from_utf8(output.stdout).expect("a calendar is UTF-8"))
    }

    fn day_after(day: &str) -> String {
        let day: jiff::civil::Date = day.parse().expect("it is a date");
        day.tomorrow().expect("there is one").strftime("%Y%m%d").to_string()
    }

    #[test]
    fn has_an_event_for_each_date_by_which_something_is_to_be_done() {
        let place = hostile();
        let events = calendar(place.path(), &[]);
        let made = run(place.path(), &["actions", ".", "--format", "json"], b"");
        let list: serde_json::Value = serde_json::from_slice(&made.stdout).expect("it is JSON");
        let groups = list["groups"].as_array().expect("a list");
        let actions = groups.iter().flat_map(|group| group["actions"].as_array().expect("a list"));
        let due: Vec<&serde_json::Value> = actions
            .filter(|action| matches!(action["status"].as_str(), Some("open" | "proposed")))
            .collect();
        assert!(events.len() == due.len() && due.len() >= 6, "{} events", events.len());
        for (event, action) in events.iter().zip(due) {
            let day = action["due"].as_str().expect("it has a date");
            assert_eq!(event["DTSTART;VALUE=DATE"], day.replace('-', ""));
            assert_eq!(event["DTEND;VALUE=DATE"], day_after(day));
            assert_eq!(event["DTSTAMP"], "20260930T000000Z");
            let task = action["task"].as_str().expect("it has a task");
            assert!(event["SUMMARY"].contains(task), "{event:?}");
            assert!(event["DESCRIPTION"].contains(&format!("\nTask: {task}\n")), "{event:?}");
            assert!(event["DESCRIPTION"].starts_with("Marking: OFFICIAL & SENSITIVE\nDraft:"));
            let status = if action["status"] == "open" { "CONFIRMED" } else { "TENTATIVE" };
            assert_eq!(event["STATUS"], status);
        }
        let uids: BTreeSet<&String> = events.iter().map(|event| &event["UID"]).collect();
        assert_eq!(uids.len(), events.len());
    }

    #[test]
    fn an_event_is_known_again_when_its_date_moves_and_when_it_is_carried_forward() {
        let place = tempfile::tempdir().expect("a temporary folder");
        fs::write(place.path().join("local.toml"), CHECKLIST).expect("a file can be written");
        let uid = |partnership: &str, period: &str, as_at: &str, action: &str| {
            let text = format!(
                "scrutiny: assessment\nchecklist: local.toml\npartnership: {partnership}\nperiod: \
                 {period}\nperspective: scrutineer\nas-at: {as_at}\nratings:\n  1.1: {{rating: \
                 green, because: Seen., evidence: [Plan]}}\nactions:\n  - {{{action}}}\n"
            );
            fs::write(place.path().join("a.yaml"), text).expect("a file can be written");
            let events = calendar(place.path(), &[]);
            assert_eq!(events.len(), 1, "{action}");
            events[0]["UID"].clone()
        };
        let task = "task: Agree it, lead: Police";
        let first = uid(
            "Northmoor",
            "2026-27 Q2",
            "2026-09-30",
            &format!("id: A-07, {task}, due: 2026-12-18"),
        );
        let check = |other: String, is_same: bool| assert_eq!(other == first, is_same, "{other}");
        check(
            uid(
                "Northmoor",
                "2026-27 Q2",
                "2026-09-30",
                &format!("id: A-07, {task}, due: 2027-01-29"),
            ),
            true,
        );
        let carried = format!("id: A-07, {task}, due: 2027-03-31, carried-from: 2026-27 Q2/A-07");
        check(uid("NORTHMOOR", "2026-27 Q3", "2026-12-31", &carried), true);
        check(
            uid(
                "Northmoor",
                "2026-27 Q2",
                "2026-09-30",
                &format!("id: A-08, {task}, due: 2026-12-18"),
            ),
            false,
        );
        check(
            uid(
                "Saltmere",
                "2026-27 Q2",
                "2026-09-30",
                &format!("id: A-07, {task}, due: 2026-12-18"),
            ),
            false,
        );
        assert!(!first.contains("A-07") && !first.to_lowercase().contains("northmoor"));
    }

    #[test]
    fn a_calendar_without_dates_is_still_a_calendar() {
        let place = hostile();
        assert!(calendar(place.path(), &["--status", "closed"]).is_empty());
    }
}

#[cfg(feature = "xlsx")]
pub(crate) mod workbook {
    use std::io::{Cursor, Read};
    use std::process::Command;

    use calamine::{Data, Reader, Xlsx};

    use super::*;
    use crate::program::missing;

    /// All parts of a workbook, unpacked, by name.
    pub(crate) fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
        let mut archive =
            zip::ZipArchive::new(Cursor::new(bytes)).expect("a workbook is an archive");
        let mut parts = BTreeMap::new();
        for index in 0..archive.len() {
            let mut part = archive.by_index(index).expect("a part can be read");
            let mut text = String::new();
            part.read_to_string(&mut text).expect("a part is text");
            parts.insert(part.name().expect("it is a name").into_owned(), text);
        }
        parts
    }

    /// The sheets of a workbook with their cells in words, dates as in a CSV.
    fn sheets(bytes: &[u8]) -> Vec<(String, Vec<Vec<String>>)> {
        let mut workbook = Xlsx::new(Cursor::new(bytes)).expect("it is a workbook");
        let words = |cell: &Data| match cell {
            Data::String(text) => text.clone(),
            Data::Float(number) => number.to_string(),
            Data::Int(number) => number.to_string(),
            Data::DateTime(day) => {
                let days = day.as_f64();
                let epoch = jiff::civil::Date::constant(1899, 12, 30);
                let span = jiff::Span::new().days(days as i64);
                epoch.checked_add(span).expect("it is a date").to_string()
            }
            other => panic!("{other:?} is no text, number or date"),
        };
        let names = workbook.sheet_names();
        let mut sheets = Vec::new();
        for name in names {
            let formulas = workbook.worksheet_formula(&name).expect("formulas can be read");
            assert!(formulas.used_cells().next().is_none(), "{name} has a formula");
            let range = workbook.worksheet_range(&name).expect("cells can be read");
            let rows = range.rows().map(|row| row.iter().map(words).collect()).collect();
            sheets.push((name, rows));
        }
        sheets
    }

    fn made(folder: &Path, arguments: &[&str]) -> Vec<u8> {
        let output = run(folder, &[&["actions", ".", "--format", "xlsx"], arguments].concat(), b"");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    }

    #[test]
    fn holds_the_cells_of_the_table_and_no_formula() {
        let place = hostile();
        let csv = run(place.path(), &["actions", ".", "--format", "csv"], b"").stdout;
        let csv = table(&String::from_utf8(csv).expect("a table is UTF-8"));
        let listed = by_action(&csv);
        assert_eq!(listed.len(), HOSTILE.len());
        for group_by in ["timing", "lead", "step", "status", "partnership"] {
            let sheets = sheets(&made(place.path(), &["--group-by", group_by]));
            let mut seen = BTreeSet::new();
            for (name, rows) in &sheets[1..] {
                for (id, row) in by_action(rows) {
                    for (column, cell) in row {
                        assert_eq!(cell, listed[&id][&column], "{name}, {id}, {column}");
                        assert!(!is_formula(&cell) && !cell.is_empty(), "{name}, {id}: {cell}");
                    }
                    seen.insert(id);
                }
            }
            assert_eq!(seen.len(), HOSTILE.len(), "by {group_by}");
            assert!(csv.iter().flatten().all(|cell| !is_formula(cell) && !cell.is_empty()));
        }
    }

    #[test]
    fn is_put_together_as_spreadsheets_want_it() {
        let place = hostile();
        let bytes = made(place.path(), &["--group-by", "lead"]);
        let parts = parts(&bytes);
        for (name, text) in &parts {
            roxmltree::Document::parse(text).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        }
        let core = &parts["docProps/core.xml"];
        assert!(core.contains("<dc:creator></dc:creator>") || !core.contains("<dc:creator>"));
        assert_eq!(core.matches("2000-01-01T00:00:00Z").count(), 2);
        assert_eq!(core.matches("Z</dcterms:").count(), 2);
        let mut names = BTreeSet::new();
        for (name, _) in sheets(&bytes) {
            assert!((1..=31).contains(&name.encode_utf16().count()), "{name}");
            assert!(!name.contains(['[', ']', ':', '*', '?', '/', '\\']), "{name}");
            assert!(!name.starts_with('\'') && !name.ends_with('\''), "{name}");
            assert!(names.insert(name.to_lowercase()), "{name} stands twice");
        }
        assert!(names.len() > HOSTILE.len() && !names.contains("history"));
        let of = |folder: &str| -> Vec<&String> {
            parts
                .iter()
                .filter(|(name, _)| name.starts_with(folder))
                .map(|(_, text)| text)
                .collect()
        };
        let (tables, sheets) = (of("xl/tables/"), of("xl/worksheets/sheet"));
        assert_eq!((tables.len(), sheets.len()), (names.len(), names.len()));
        assert!(tables.iter().all(|table| table.contains("altTextSummary")));
        for sheet in sheets {
            assert!(!sheet.contains("<f>") && !sheet.contains("<f "));
            for part in [
                "state=\"frozen\"",
                "orientation=\"landscape\"",
                "paperSize=\"9\"",
                "OFFICIAL &amp;&amp; SENSITIVE",
                "Draft",
            ] {
                assert!(sheet.contains(part), "{part}: {sheet}");
            }
        }
        let lists: Vec<&str> = parts["xl/worksheets/sheet2.xml"]
            .split("<formula1>")
            .skip(1)
            .filter_map(|rest| rest.split("</formula1>").next())
            .collect();
        assert_eq!(
            lists,
            ["\"proposed,open,done,closed,dropped\"", "\"accepted,partly,not-accepted,none\""]
        );
        assert!(parts["xl/worksheets/sheet2.xml"].contains("<conditionalFormatting"));
        assert!(parts["xl/workbook.xml"].contains("_xlnm.Print_Titles"));
    }

    #[test]
    fn says_on_the_cover_what_it_is() {
        let place = hostile();
        let sheets = sheets(&made(place.path(), &[]));
        let (name, rows) = &sheets[0];
        assert_eq!(
            (name.as_str(), &*rows[0]),
            ("Notes", &["Item".to_owned(), "Value".to_owned()][..])
        );
        let value = |item: &str| {
            let row = rows.iter().find(|row| row[0] == item);
            row.unwrap_or_else(|| panic!("the cover has no {item}"))[1].clone()
        };
        assert_eq!(value("Marking"), "OFFICIAL & SENSITIVE");
        assert_eq!(value("Draft"), "Draft: not final");
        assert_eq!(value("Attribution"), "Written for this test");
        assert_eq!(
            value("Made from"),
            "'=Northmoor, 2026-27 Q2, Scrutineer; draft; as at 30 September 2026; checklist local, \
             edition 2026; file a.yaml"
        );
        assert!(value("Made with").starts_with("scrutiny "));
        assert!(value("Sheet Overdue").starts_with("Overdue: "));
    }

    #[test]
    fn is_the_same_bytes_wherever_it_is_made() {
        let place = hostile();
        let first = made(place.path(), &[]);
        let settings = [
            ("TZ", "Pacific/Auckland"),
            ("LC_ALL", "de_DE.UTF-8"),
            ("COLUMNS", "200"),
            ("CLICOLOR_FORCE", "1"),
            ("RAYON_NUM_THREADS", "1"),
        ];
        std::thread::sleep(std::time::Duration::from_millis(2100));
        let mut program = Command::new(env!("CARGO_BIN_EXE_scrutiny"));
        let second = program
            .args(["actions", ".", "--format", "xlsx"])
            .current_dir(place.path())
            .envs(settings)
            .output()
            .expect("the program runs");
        assert!(first == second.stdout && !first.is_empty());
    }

    /// Opens a workbook and a table in LibreOffice, and has it write every sheet as it shows it, with
    /// formulas as formulas.
    fn through_libreoffice(folder: &Path) -> bool {
        const SHOWN: &str =
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,true,false,-1";
        let started = Command::new("soffice")
            .arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()))
            .args([
                "--headless",
                "--norestore",
                "--infilter=Text - txt - csv (StarCalc):44,34,76,1,,2057,false,false",
            ])
            .args(["--convert-to", SHOWN, "--outdir", "shown", "actions.csv"])
            .env("LC_ALL", "C.UTF-8")
            .current_dir(folder)
            .output();
        let Ok(output) = started else { return false };
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let output = Command::new("soffice")
            .arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()))
            .args([
                "--headless",
                "--norestore",
                "--convert-to",
                SHOWN,
                "--outdir",
                "shown",
                "book.xlsx",
            ])
            .env("LC_ALL", "C.UTF-8")
            .current_dir(folder)
            .output()
            .expect("it ran before");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        true
    }

    /// A date as the workbook shows it, as the table has it.
    fn iso(cell: &str) -> String {
        let day = jiff::civil::Date::strptime("%d %B %Y", cell);
        day.map_or_else(|_| cell.to_owned(), |day| day.to_string())
    }

    #[test]
    fn libreoffice_shows_the_same_cells_and_no_formula() {
        let place = hostile();
        let folder = place.path();
        make(folder, &["actions", ".", "--format", "csv", "-o", "actions.csv"]);
        make(folder, &["actions", ".", "--format", "xlsx", "-o", "book.xlsx"]);
        if !through_libreoffice(folder) {
            return missing("LibreOffice is not installed, so no workbook was opened in it");
        }
        let written = fs::read_to_string(folder.join("actions.csv")).expect("it was written");
        let written = by_action(&table(&written));
        let mut opened = BTreeMap::new();
        for file in files(&folder.join("shown")) {
            let text =
                fs::read_to_string(folder.join("shown").join(&file)).expect("it was written");
            let rows = table(&text);
            assert!(rows.iter().flatten().all(|cell| !is_formula(cell)), "{}", file.display());
            if rows[0].contains(&"Action".to_owned()) {
                let name = file.to_string_lossy().into_owned();
                let kind = if name.starts_with("book") { "book" } else { "table" };
                for (id, row) in by_action(&rows) {
                    opened.insert((kind, id), row);
                }
            }
        }
        assert_eq!(opened.len(), 2 * HOSTILE.len(), "{:?}", opened.keys());
        for ((kind, id), row) in opened {
            for (column, cell) in row {
                let (shown, cell) = (iso(&cell), &written[&id][&column]);
                // A table cannot say that digits are a text, such as 00123; a workbook does.
                let number = |text: &str| text.parse::<f64>().ok().filter(|_| kind == "table");
                let is_same = shown == *cell
                    || number(&shown).is_some_and(|shown| Some(shown) == number(cell));
                assert!(is_same, "{kind}, {id}, {column}: {shown} is not {cell}");
            }
        }
    }
}

/// What a public output must never hold, with where it stands.
const SECRET: &str = "canary";

/// A folder in which everything that is not public says so.
fn with_canaries() -> tempfile::TempDir {
    let place = tempfile::tempdir().expect("a temporary folder");
    let inside = place.path().join("canary-folder");
    fs::create_dir_all(&inside).expect("a folder can be made");
    let text = "# canary-comment\nscrutiny: assessment\nchecklist: ../local.toml\npartnership: \
                Northmoor\nperiod: 2026-27 Q2\nperspective: scrutineer\nassessor: Independent \
                Scrutineer\nas-at: 2026-09-30\nsummary: canary-summary\nnotes: canary-notes\nratings:\n  \
                1.1:\n    rating: green\n    because: canary-because\n    notes: canary-question-notes\n    \
                evidence: [{source: canary-on-question, restricted: true}]\nsteps:\n  1: {summary: \
                canary-step, notes: canary-step-notes}\nactions:\n  - id: A-01\n    task: Agree it\n    \
                lead: Police\n    due: 2026-08-18\n    notes: canary-action-notes\n    response: {said: \
                partly, date: 2026-09-01, reason: canary-reason}\n    evidence:\n      - {source: \
                canary-restricted, says: canary-says, restricted: true}\n      - ref: E-01 # \
                canary-comment\n      - {ref: E-02, says: canary-around, restricted: true}\n      - \
                {source: Open audit, says: Seen by all}\nevidence:\n  E-01: {source: canary-cited, says: \
                canary-cited-says, restricted: true}\n  E-02: {source: canary-cited-openly}\n";
    fs::write(inside.join("canary-file.yaml"), text).expect("a file can be written");
    fs::write(place.path().join("local.toml"), CHECKLIST).expect("a file can be written");
    fs::write(place.path().join("scrutiny.toml"), "# canary-comment\n").expect("it can be written");
    place
}

const FORMATS: [&str; 4] = ["markdown", "csv", "json", "ics"];

/// A list in a format, as one text: a workbook unpacked, with the names of its parts.
fn as_text(folder: &Path, arguments: &[&str], format: &str) -> String {
    let all = [&["actions", ".", "--format", format], arguments].concat();
    let output = run(folder, &all, b"");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    readable(&output.stdout, format)
}

fn readable(bytes: &[u8], format: &str) -> String {
    match format {
        #[cfg(feature = "xlsx")]
        "xlsx" => workbook::parts(bytes).into_iter().map(|(name, part)| name + &part).collect(),
        "ics" => String::from_utf8(bytes.to_vec()).expect("it is UTF-8").replace("\r\n ", ""),
        _ => String::from_utf8(bytes.to_vec()).expect("it is UTF-8"),
    }
}

fn formats() -> Vec<&'static str> {
    let mut formats = FORMATS.to_vec();
    if cfg!(feature = "xlsx") {
        formats.push("xlsx");
    }
    formats
}

#[test]
fn nothing_that_is_not_public_is_in_a_public_list() {
    let place = with_canaries();
    for format in formats() {
        for more in [&[][..], &["--group-by", "lead"], &["--overdue"]] {
            let public = [&["--audience", "public"], more].concat();
            let public = as_text(place.path(), &public, format);
            assert!(public.contains("Agree it"), "{format}: {public}");
            assert!(!public.to_lowercase().contains(SECRET), "{format}: {public}");
        }
        make(
            place.path(),
            &[
                "actions",
                ".",
                "--format",
                format,
                "--audience",
                "public",
                "--split-by",
                "lead",
                "-o",
                format,
            ],
        );
        let written = files(&place.path().join(format));
        assert_eq!(written.len(), 1);
        for file in written {
            let bytes = fs::read(place.path().join(format).join(&file)).expect("it was written");
            let text = readable(&bytes, format) + &file.to_string_lossy();
            assert!(!text.to_lowercase().contains(SECRET), "{format}: {text}");
        }
    }
    // The table has evidence: what is open stays, so that the rest is not only missing by accident.
    let table = as_text(place.path(), &["--audience", "public"], "csv");
    assert!(table.contains("Open audit: Seen by all"));
    // Internally all of it is there, so that the canaries are known to sing.
    let inside = as_text(place.path(), &[], "csv");
    for told in [
        "canary-folder",
        "canary-restricted",
        "canary-says",
        "canary-cited",
        "canary-cited-says",
        "canary-around",
        "canary-cited-openly",
        "canary-reason",
    ] {
        assert!(inside.contains(told), "{told}: {inside}");
    }
    assert!(!inside.contains("canary-action-notes") && !inside.contains("canary-comment"));
}

/// A folder in which agencies lead alone, together, under several spellings, and nobody does.
fn with_leads() -> tempfile::TempDir {
    let place = tempfile::tempdir().expect("a temporary folder");
    let leads = [
        "Northmoor Police",
        "NORTHMOOR  POLICE",
        "police",
        "North and Vale Board",
        "CON",
        "con.",
        "../../etc/passwd",
        "Northmoor Police and North and Vale Board",
        "Northmoor Police / CON",
        "Safer; Stronger",
        "",
    ];
    let mut text = "scrutiny: assessment\nchecklist: local.toml\npartnership: Northmoor\nperiod: \
                    2026-27 Q2\nperspective: scrutineer\nas-at: 2026-09-30\nratings:\n  1.1: {rating: \
                    green, because: Seen., evidence: [Plan]}\nactions:\n"
        .to_owned();
    for (index, lead) in leads.iter().enumerate() {
        let lead =
            if lead.is_empty() { String::new() } else { format!(" lead: {},", quoted(lead)) };
        text.push_str(&format!(
            "  - {{id: A-{index:02}, task: Task-{index:02},{lead} due: 2026-12-18}}\n"
        ));
    }
    fs::write(place.path().join("a.yaml"), text).expect("a file can be written");
    fs::write(place.path().join("local.toml"), CHECKLIST).expect("a file can be written");
    fs::write(place.path().join("scrutiny.toml"), SETTINGS).expect("a file can be written");
    place
}

#[test]
fn each_lead_gets_its_own_actions_and_no_others() {
    let expected = [
        ("actions-con", vec![4, 8]),
        ("actions-con-2", vec![5]),
        ("actions-etc-passwd", vec![6]),
        ("actions-no-lead-yet", vec![10]),
        ("actions-north-and-vale-board", vec![3, 7]),
        ("actions-northmoor-police", vec![0, 1, 2, 7, 8]),
        ("actions-safer-stronger", vec![9]),
    ];
    let place = with_leads();
    for format in formats() {
        let ending = if format == "markdown" { "md" } else { format };
        let folder = format!("agencies/{format}");
        let arguments = ["actions", ".", "--split-by", "lead", "--format", format, "-o", &folder];
        make(place.path(), &arguments);
        let written = files(&place.path().join(&folder));
        let names: Vec<String> =
            written.iter().map(|file| file.to_string_lossy().into_owned()).collect();
        let wanted: Vec<String> =
            expected.iter().map(|(stem, _)| format!("{stem}.{ending}")).collect();
        let (mut sorted, mut wanted_sorted) = (names.clone(), wanted.clone());
        sorted.sort();
        wanted_sorted.sort();
        assert_eq!(sorted, wanted_sorted);
        for ((_, own), name) in expected.iter().zip(&wanted) {
            let bytes = fs::read(place.path().join(&folder).join(name)).expect("it was written");
            let text = readable(&bytes, format);
            for index in 0..11 {
                let is_own = own.contains(&index);
                assert_eq!(text.contains(&format!("Task-{index:02}")), is_own, "{name}, {index}");
                assert_eq!(text.contains(&format!("A-{index:02}")), is_own, "{name}, {index}");
            }
        }
        // A second run writes nothing, not even what would not be in the way.
        let kept = place.path().join(&folder).join(&wanted[0]);
        fs::remove_file(&kept).expect("a file can be removed");
        let again = run(place.path(), &arguments, b"");
        assert_eq!(again.status.code(), Some(2));
        assert!(!kept.exists(), "{format}");
        make(place.path(), &[&arguments[..], &["--force"]].concat());
        assert!(kept.exists());
    }
}

#[cfg(unix)]
#[test]
fn where_one_file_cannot_be_written_none_is() {
    let place = with_leads();
    let folder = place.path().join("agencies");
    let blocked = folder.join("actions-safer-stronger.csv");
    fs::create_dir_all(blocked.join("inside")).expect("a folder can be made");
    fs::write(folder.join("actions-con.csv"), "as it was").expect("a file can be written");
    let arguments =
        ["actions", ".", "--split-by", "lead", "--format", "csv", "-o", "agencies", "--force"];
    let output = run(place.path(), &arguments, b"");
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    let names: Vec<_> = fs::read_dir(&folder).expect("it is there").flatten().collect();
    assert_eq!(names.len(), 2, "{names:?}");
    let kept = fs::read_to_string(folder.join("actions-con.csv")).expect("it is there");
    assert_eq!(kept, "as it was");
}
