//! Nothing of one partnership appears in another's output: an archive of all partnerships in which
//! whatever one of them wrote holds a word that no other has.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::program::{root, run};

/// How many partnerships there are.
const PARTNERSHIPS: usize = 137;

/// How many commands make something of one partnership.
const COMMANDS: usize = 7;

const PERIODS: [&str; 3] = ["2025-26 Q4", "2026-27 Q1", "2026-27 Q2"];
const DAYS: [&str; 3] = ["2026-03-31", "2026-06-30", "2026-09-30"];
const RATINGS: [&str; 3] = ["green", "amber", "red"];

/// What the words of all partnerships begin with, and nothing else does.
const MARK: &str = "quill";

/// The letters that make the word of one partnership.
const LETTERS: usize = 2;

/// The word of a partnership. All are equally long, so that none is a part of another.
fn canary(number: usize) -> String {
    let letter =
        |place: usize| char::from(b'a' + u8::try_from(place % 26).expect("there are 26 letters"));
    format!("{MARK}{}{}", letter(number / 26), letter(number))
}

/// The words of partnerships that stand in a text.
fn canaries(text: &str) -> BTreeSet<String> {
    let text = text.to_lowercase();
    let word = |(at, mark): (usize, &str)| {
        text[at..].chars().take(mark.len() + LETTERS).collect::<String>()
    };
    text.match_indices(MARK).map(word).collect()
}

fn capital(word: &str) -> String {
    format!("{}{}", word[..1].to_uppercase(), &word[1..])
}

/// The archive: a folder for each partnership, with its settings, its checklist, three quarters of its
/// scrutineer, and for the last of them what others think and what was agreed.
fn write(folder: &Path) {
    let shipped = fs::read_to_string(root().join("checklists/six-steps-2019.toml"));
    let shipped = shipped.expect("a checklist can be read");
    let attribution = shipped.lines().find_map(|line| line.strip_prefix("attribution = \""));
    let attribution = attribution.and_then(|rest| rest.strip_suffix('"')).expect("an attribution");
    for number in 0..PARTNERSHIPS {
        let own = canary(number);
        let home = folder.join(&own);
        fs::create_dir_all(&home).expect("a folder can be made");
        let put = |name: &str, text: String| {
            fs::write(home.join(name), text).expect("a file can be written");
        };
        put("scrutiny.toml", settings(&own));
        put("local.toml", checklist(&own, attribution));
        for quarter in 0..PERIODS.len() {
            put(&format!("q{quarter}.yaml"), assessment(&own, "scrutineer", number, quarter));
        }
        for (place, perspective) in ["self", &format!("{own}-police")].into_iter().enumerate() {
            let text = assessment(&own, perspective, number + place + 1, 2);
            // An id of an action is used once in a partnership.
            put(&format!("view{place}.yaml"), text.replace("A-", &format!("V{place}-")));
        }
        let agreed = assessment(&own, "agreed", number, 2).replace("A-", "G-");
        let views = format!(
            "    views: {{{own}-police: green, self: red}}\n    reason: {own} reason\n    dissent: \
             {own} dissent\n  1.2:"
        );
        put("agreed.yaml", agreed.replacen("  1.2:", &views, 1));
    }
}

fn settings(own: &str) -> String {
    let name = capital(own);
    format!(
        "partnership = \"{name} Safeguarding Children Partnership\"\nshort-name = \"{name}\"\n\
         yearly-report = \"{own} report\"\nmarking = \"{name} only\"\nperspectives = [\"self\", \
         \"{own}-police\", \"scrutineer\", \"agreed\"]\n\n[evidence]\nmethods = [\"{own}-walk\"]\n\
         voices = [\"{own}-leavers\"]\n\n[[partner]]\nid = \"{own}-police\"\nlabel = \"{name} \
         Police\"\n\n[[agency]]\nid = \"{own}-schools\"\nlabel = \"{name} Schools\"\n"
    )
}

fn checklist(own: &str, attribution: &str) -> String {
    format!(
        "scrutiny = \"checklist\"\nid = \"local\"\ntitle = \"The {own} steps\"\nedition = \"{own} \
         edition\"\nabout = \"About {own}\"\nsource = \"A book of {own}\"\nextends = \
         \"six-steps-2019\"\nattribution = \"{attribution} Changed by {own}.\"\n\n[[add]]\nstep = \
         \"1\"\nid = \"1.9\"\ntitle = \"The {own} plan\"\nask = \"Is the {own} plan agreed?\"\npoints \
         = [\"known in {own}\"]\nprompts = [\"The minutes of {own}\"]\nwhy = \"{own} asked\"\n\n\
         [[reword]]\nid = \"3.1\"\nask = \"Do young people in {own} shape the plan?\"\nwhy = \"{own} \
         words\"\n\n[[drop]]\nid = \"4.2\"\nwhy = \"{own} has none\"\n"
    )
}

fn assessment(own: &str, perspective: &str, number: usize, quarter: usize) -> String {
    let name = capital(own);
    let (period, as_at) = (PERIODS[quarter], DAYS[quarter]);
    let mut text = format!(
        "scrutiny: assessment\nchecklist: local.toml\npartnership: {name} Safeguarding Children \
         Partnership\nperiod: {period}\nperspective: {perspective}\nassessor: {own} {perspective}\n\
         as-at: {as_at}\nstatus: draft\nsummary: What {own} did by quarter {quarter}.\nnotes: {own} \
         notes\n"
    );
    text.push_str("context:\n");
    for context in 1..=18 {
        text.push_str(&format!("  c{context}: The {own} answer {context} of {quarter}.\n"));
    }
    text.push_str("ratings:\n");
    for step in 1..=6 {
        for question in 1..=4 {
            if (step, question) == (4, 2) {
                continue;
            }
            let rating = RATINGS[(number + step * question + quarter * question) % 3];
            let facts = format!("{own} {step} {question} {quarter}");
            text.push_str(&format!(
                "  {step}.{question}:\n    rating: {rating}\n    because: Seen in {facts}.\n    \
                 evidence:\n      - {{source: Audit {facts}, method: {own}-walk, voice: \
                 {own}-leavers, says: Told {facts}}}\n      - ref: E-1\n    remaining: More {facts}\n    \
                 notes: Noted {facts}\n"
            ));
        }
    }
    text.push_str(&format!(
        "  1.9: {{rating: green, because: The {own} plan.}}\nsteps:\n  1:\n    summary: Step 1 in {own} \
         by {quarter}.\n    notes: {own} step\n    assurance: partly-assured\nevidence:\n  E-1: \
         {{source: The {own} survey, says: The {own} words}}\nactions:\n"
    ));
    text.push_str(&actions(own, quarter));
    text
}

/// Actions that are opened, put off, answered and closed from quarter to quarter.
fn actions(own: &str, quarter: usize) -> String {
    let carried = |id: &str| match quarter.checked_sub(1) {
        Some(before) => format!("    carried-from: {}/{id}\n", PERIODS[before]),
        None => String::new(),
    };
    let put_off = ["2026-05-29", "2026-09-25", "2026-12-18"][quarter];
    let slipping = format!(
        "  - id: A-1\n    task: Review the {own} plan\n    lead: {own} council\n    due: {put_off}\n    \
         covers: [1]\n    success: {own} sees it\n{}",
        carried("A-1")
    );
    let closing = match quarter {
        2 => format!(
            "    status: closed\n    evidence: {own} minutes\n    impact: {own} children say so\n    \
             closed: 2026-09-25\n"
        ),
        _ => format!(
            "    status: open\n    response: {{said: partly, date: {}, reason: {own} has no money}}\n",
            DAYS[quarter]
        ),
    };
    let closing = format!(
        "  - id: A-2\n    task: Train {own} staff\n    lead: {own} schools {quarter}\n    due: \
         2026-10-30\n    covers: [2]\n{closing}{}",
        carried("A-2")
    );
    let new = format!(
        "  - {{id: A-1{quarter}, task: Tell {own} what was found, lead: {own} board, due: 2026-12-18, \
         covers: [3]}}\n"
    );
    format!("{slipping}{closing}{new}")
}

/// What a run prints, on both streams, and what it wrote into a folder.
fn shown(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments, b"");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let complaint = text(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {complaint}");
    format!("{}{complaint}", text(&output.stdout))
}

/// What some of the commands give on one partnership whose files lie among those of all others. Which
/// commands they are goes in turn, so that each is run on many partnerships.
fn outputs(archive: &Path, number: usize) -> Vec<(String, String)> {
    let own = canary(number);
    let file = |name: &str| format!("{own}/{name}.yaml");
    let (last, before, made) = (file("q2"), file("q1"), format!("{own}-made"));
    let (view, other, agreed) = (file("view0"), file("view1"), file("agreed"));
    let runs: [&[&str]; COMMANDS] = [
        &["report", &last],
        &["actions", &last, "--format", "csv"],
        &["assess", &last, "--out", &made],
        &["diff", &before, &last, "--format", "json"],
        &["compare", &last, &view, &other, &agreed, "--format", "markdown"],
        &["trend", &own, "--perspective", "scrutineer", "--format", "json"],
        &["enquiry", &last, "--since", &before, "--by", "method", "--format", "html"],
    ];
    let apart = 1 + number / COMMANDS % (COMMANDS - 1);
    let chosen = [number % COMMANDS, (number + apart) % COMMANDS];
    let runs = chosen.map(|place| runs[place]);
    let mut outputs: Vec<(String, String)> =
        runs.iter().map(|run| (run.join(" "), shown(archive, run))).collect();
    for name in ["report.md", "actions.md", "actions.csv"] {
        if let Ok(text) = fs::read_to_string(archive.join(&made).join(name)) {
            outputs.push((format!("assess writes {name}"), text));
        }
    }
    outputs
}

#[test]
fn each_partnership_is_alone_in_what_is_made_of_its_files() {
    let archive = tempfile::tempdir().expect("a temporary folder");
    let archive = archive.path();
    write(archive);
    let check = |numbers: Vec<usize>| {
        let mut looked_at: BTreeMap<String, usize> = BTreeMap::new();
        for number in numbers {
            let own = BTreeSet::from([canary(number)]);
            for (what, text) in outputs(archive, number) {
                assert_eq!(canaries(&text), own, "{what}");
                let command = what.split(' ').next().unwrap_or_default().to_owned();
                *looked_at.entry(command).or_default() += 1;
            }
        }
        looked_at
    };
    let (even, odd): (Vec<usize>, Vec<usize>) =
        (0..PARTNERSHIPS).partition(|number| number % 2 == 0);
    let looked_at = std::thread::scope(|scope| {
        let one = scope.spawn(|| check(even));
        let other = check(odd);
        [other, one.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))]
    });
    for command in ["report", "actions", "assess", "diff", "compare", "trend", "enquiry"] {
        let outputs: usize = looked_at.iter().filter_map(|own| own.get(command)).sum();
        assert!(outputs >= PARTNERSHIPS / COMMANDS, "{outputs} outputs of {command}");
    }
}

#[test]
fn each_partnership_is_alone_where_all_are_read_in_one_run() {
    let archive = tempfile::tempdir().expect("a temporary folder");
    let archive = archive.path();
    write(archive);
    let all: BTreeSet<String> = (0..PARTNERSHIPS).map(canary).collect();
    assert_eq!(all.len(), PARTNERSHIPS);
    // One out of all. All checklists have the same id, and all actions too.
    for number in [0, PARTNERSHIPS - 1] {
        let own = canary(number);
        let arguments = ["trend", ".", "--partnership", &own, "--perspective", "scrutineer"];
        assert_eq!(canaries(&shown(archive, &arguments)), BTreeSet::from([own]));
    }
    // In a list of all, each row is of one.
    let rows = shown(archive, &["actions", ".", "--format", "csv"]);
    let rows =
        rows.lines().skip(1).map(canaries).inspect(|row| assert_eq!(row.len(), 1, "{row:?}"));
    assert_eq!(rows.flatten().collect::<BTreeSet<String>>(), all);
    let findings = shown(archive, &["validate", ".", "--format", "short"]);
    let findings = findings.lines().filter(|line| line.contains(".yaml:")).map(canaries);
    let findings = findings.inspect(|line| assert_eq!(line.len(), 1, "{line:?}"));
    assert_eq!(findings.flatten().collect::<BTreeSet<String>>(), all);
    // Of many together, nobody is named unless all may be.
    const KEY: &str = "a key that only the test knows";
    let named = shown(archive, &["collate", ".", "--format", "markdown"]);
    assert_eq!(canaries(&named), all, "those who may see names see all");
    for terms in [&["--anonymous", "--code-key", KEY][..], &["--audience", "public"]] {
        let arguments = [&["collate", "."], terms, &["--format", "json"]].concat();
        let text = shown(archive, &arguments);
        assert_eq!(canaries(&text), BTreeSet::new(), "{arguments:?}");
        assert!(text.contains("137"), "{arguments:?} counts all");
    }
}
