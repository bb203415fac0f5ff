//! What must not leave: a word of its own in every field, comment and path that others are not to see,
//! and in none of the outputs that they get, of any kind and in any format.

use std::fs;
use std::path::Path;

use super::program::run;

/// Each begins so; what follows says where it stands.
const CANARY: &str = "canary";

const CHECKLIST: &str = r#"scrutiny = "checklist" # canary-toml-comment
id = "local"
title = "Local checklist"
edition = "2026"
attribution = "Adapted from Pearce, J (2019)"
roll-up = "parts"
scale = "rag"
[[scales.rag]]
value = "green"
label = "Green"
young-people = "Yes."
[[scales.rag]]
value = "amber"
label = "Amber"
partial = true
[[scales.rag]]
value = "red"
label = "Red"
[[step]]
id = "1"
title = "The partners lead together"
[[step.question]]
id = "1.1"
title = "Strategic plan"
ask = "Is there an agreed plan?"
themes = ["leadership"]
young-people = "Is there a plan?"
[[step.question]]
id = "1.2"
title = "Review"
ask = "Is the plan reviewed?"
themes = ["leadership"]
[[context]]
id = "c1"
ask = "Who employs the scrutineer?"
"#;

const SETTINGS: &str = r#"# canary-settings-comment
partnership = "Northmoor Safeguarding Children Partnership"
[[agency]]
id = "hospital"
label = "canary-view"
[evidence]
methods = ["canary-method"]
voices = ["canary-voice"]
[findings]
weak-verb = { level = "off", why = "canary-level-why" }
[[exception]]
rule = "weekend-due"
file = "canary-folder/canary-file.yaml"
at = "A-07"
why = "canary-exception-why"
"#;

/// An assessment with a canary wherever one may stand; `when` tells two periods apart.
fn assessment(when: &str, period: &str, rating: &str, due: &str) -> String {
    format!(
        r"scrutiny: assessment # canary-{when}-comment
checklist: canary-checklists/local.toml
partnership: Northmoor Safeguarding Children Partnership
period: {period}
perspective: agreed
assessor: Independent Scrutineer
summary: The partners lead well.
notes: canary-{when}-notes
context:
  c1:
    answer: The three partners, jointly.
    notes: canary-{when}-context-notes
ratings:
  1.1:
    rating: {rating}
    because: Seen in {when}.
    evidence:
      - Plan for {when}
      - source: canary-{when}-source
        method: canary-method
        date: 2026-06-11
        voice: canary-voice
        says: canary-{when}-says
        restricted: true
      - ref: canary-{when}-map
        says: canary-{when}-cited-says
      - ref: E-04
        source: canary-{when}-citing-source
        restricted: true
    remaining: The budget.
    views: {{hospital: green, self: red}}
    reason: canary-{when}-reason
    dissent: canary-{when}-dissent
    notes: canary-{when}-question-notes
    actions:
      - id: A-07
        task: Agree the budget
        lead: Police
        due: {due}
        success: Each partner has paid
        response: {{said: partly, date: 2026-06-12, reason: It was agreed.}}
        notes: canary-{when}-action-notes
      - id: A-08
        task: Publish the plan
        lead: Council
        due: 2026-05-29
        status: closed
        evidence:
          - Website for {when}
          - {{source: canary-{when}-action-source, says: canary-{when}-action-says, restricted: true}}
          - ref: canary-{when}-map
        impact: Schools use it.
  1.2: {{rating: too-early, review-by: 2027-03-31, because: The plan is new.}}
  9.9:
    wording: abcdef
    answer: canary-{when}-orphan
    because: canary-{when}-orphan-because
steps:
  1:
    summary: They lead.
    notes: canary-{when}-step-notes
evidence:
  canary-{when}-map:
    source: canary-{when}-map-source
    method: canary-method
    date: 2026-05-20
    voice: canary-voice
    says: canary-{when}-map-says
    restricted: true
  E-04:
    source: Audit of re-referrals
    says: One in five came back.
# canary-{when}-last-comment
"
    )
}

/// A folder with everything, and the path of the assessment in it.
fn prepare() -> tempfile::TempDir {
    let place = tempfile::tempdir().expect("a temporary folder");
    let write = |path: &str, text: &str| {
        let path = place.path().join(path);
        fs::create_dir_all(path.parent().expect("it has a folder")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    };
    write("scrutiny.toml", SETTINGS);
    write("canary-folder/canary-checklists/local.toml", CHECKLIST);
    let old = assessment("before", "2026-27 Q1", "amber", "2026-06-27");
    let new = assessment("now", "2026-27 Q2", "green", "2026-12-19");
    write("canary-folder/canary-before.yaml", &old);
    write("canary-folder/canary-file.yaml", &new);
    place
}

/// The kinds and formats that the program says it has, and the value itself.
fn kinds_and_formats() -> Vec<(String, String)> {
    let listed = run(Path::new("."), &["report", "template", "list"], b"");
    let listed = String::from_utf8(listed.stdout).expect("the program prints UTF-8");
    let mut pairs = Vec::new();
    for line in listed.lines().skip(2) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, kind, _, formats, _] = cells.as_slice() else { panic!("{line} is no row") };
        if kind.is_empty() {
            continue;
        }
        for format in formats.split(", ").chain(["json"]) {
            pairs.push(((*kind).to_owned(), format.to_owned()));
        }
    }
    assert!(pairs.len() >= 21, "{} kinds and formats", pairs.len());
    pairs
}

fn report(place: &Path, kind: &str, format: &str, audience: &str, more: &[&str]) -> String {
    let file = "canary-folder/canary-file.yaml";
    let mut arguments =
        vec!["report", file, "--kind", kind, "--format", format, "--audience", audience];
    if kind == "step" {
        arguments.extend(["--step", "1"]);
    }
    arguments.extend(more);
    let output = run(place, &arguments, b"");
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{kind} {format}: {complaint}");
    String::from_utf8(output.stdout).expect("the program prints UTF-8")
}

/// The canaries in a text, as far as they can be told apart.
fn canaries(text: &str) -> Vec<String> {
    let is_part = |c: char| c.is_alphanumeric() || c == '-';
    let start = |(at, _): (usize, &str)| {
        let rest = &text[at..];
        rest[..rest.find(|c| !is_part(c)).unwrap_or(rest.len())].to_owned()
    };
    let lower = text.to_lowercase();
    assert_eq!(lower.len(), text.len(), "the letters of the tests are plain");
    lower.match_indices(CANARY).map(start).collect()
}

const SINCE: [&str; 2] = ["--since", "canary-folder/canary-before.yaml"];

#[test]
fn nothing_that_is_not_public_is_in_a_public_report() {
    let place = prepare();
    for (kind, format) in kinds_and_formats() {
        for more in [&[][..], &SINCE[..]] {
            let text = report(place.path(), &kind, &format, "public", more);
            assert!(text.len() > 200, "{kind} {format}: {text}");
            let found = canaries(&text);
            assert!(found.is_empty(), "{kind} {format} lets out {found:?}");
        }
    }
}

#[test]
fn the_partnership_sees_what_its_partners_said_and_nothing_restricted() {
    let place = prepare();
    let allowed = ["reason", "dissent", "orphan", "orphan-because"];
    for (kind, format) in kinds_and_formats() {
        let text = report(place.path(), &kind, &format, "partnership", &SINCE);
        for found in canaries(&text) {
            let is_allowed = found.eq_ignore_ascii_case("canary-view")
                || allowed.iter().any(|own| found.ends_with(&format!("-{own}")));
            assert!(is_allowed, "{kind} {format} lets out {found}");
        }
    }
    let full = report(place.path(), "full", "markdown", "partnership", &[]);
    for own in allowed {
        assert!(full.contains(&format!("canary-now-{own}")), "{own} is missing: {full}");
    }
    assert!(full.contains("canary-view: Green") && full.contains("Restricted evidence"));
}

#[test]
fn the_scrutineer_sees_everything_but_notes_and_comments() {
    let place = prepare();
    let full = report(place.path(), "full", "json", "internal", &SINCE);
    let seen = [
        "now-source",
        "now-says",
        "now-map",
        "now-map-says",
        "now-cited-says",
        "now-citing-source",
        "now-action-source",
        "now-action-says",
        "now-reason",
        "now-dissent",
        "now-orphan",
        "file.yaml",
        "before.yaml",
        "view",
        "before-source",
    ];
    for own in seen {
        assert!(full.contains(&format!("canary-{own}")), "{own} is missing: {full}");
    }
    for hidden in ["notes", "comment", "why"] {
        let found = canaries(&full);
        assert!(found.iter().all(|own| !own.ends_with(hidden)), "{hidden}: {found:?}");
    }
}

#[test]
fn a_template_of_ones_own_gets_no_more() {
    let place = prepare();
    let everything = "{% for step in steps %}{% for q in step.questions %}{{ q.dissent }}{{ q.reason }}\
        {% for view in q[\"views\"] %}{{ view.perspective }}{% endfor %}\
        {% for item in q.evidence %}{{ item.name }}{{ item.says }}\n{% endfor %}{% endfor %}{% endfor %}\
        {% for q in set_aside %}{{ q.because }}{% endfor %}{{ control.file }}{{ since.was.file }}";
    fs::write(place.path().join("all.md"), everything).expect("a file can be written");
    let with = [&SINCE[..], &["--template", "all.md"]].concat();
    let public = report(place.path(), "full", "markdown", "public", &with);
    assert!(public.contains("Restricted evidence") && canaries(&public).is_empty(), "{public}");
    let internal = report(place.path(), "full", "markdown", "internal", &with);
    assert!(canaries(&internal).len() > 10, "{internal}");
}
