//! What stands in a web page: only elements and attributes of a list, and what people wrote as text,
//! whatever it was.

use std::collections::BTreeSet;
use std::fs;

use html5ever::tendril::TendrilSink as _;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

use super::program::{root, run};

/// All elements that a page may hold, with the attributes that each may have.
const ALLOWED: &[(&str, &[&str])] = &[
    ("html", &["lang", "data-marking", "data-status", "data-running"]),
    ("head", &[]),
    ("meta", &["http-equiv", "content", "charset", "name"]),
    ("title", &["id"]),
    ("style", &[]),
    ("body", &["class"]),
    ("header", &["class"]),
    ("main", &["id", "tabindex"]),
    ("nav", &["class", "aria-labelledby"]),
    ("footer", &["class"]),
    ("section", &["class"]),
    ("div", &["class", "role", "aria-label", "tabindex"]),
    ("span", &["class"]),
    ("h1", &[]),
    ("h2", &["id"]),
    ("h3", &["id"]),
    ("h4", &[]),
    ("h5", &[]),
    ("h6", &[]),
    ("p", &["class", "aria-hidden"]),
    ("ul", &["class"]),
    ("ol", &["start"]),
    ("li", &[]),
    ("dl", &["class"]),
    ("dt", &[]),
    ("dd", &["class"]),
    ("a", &["class", "href", "rel"]),
    ("em", &[]),
    ("strong", &[]),
    ("code", &[]),
    ("pre", &[]),
    ("blockquote", &[]),
    ("br", &[]),
    ("hr", &[]),
    ("table", &["role", "class"]),
    ("caption", &["class"]),
    ("thead", &["role"]),
    ("tbody", &["role"]),
    ("tr", &["role", "class"]),
    ("th", &["role", "scope", "class"]),
    ("td", &["role", "class", "data-label"]),
    ("figure", &["class"]),
    ("figcaption", &[]),
    ("svg", &["role", "class", "x", "y", "width", "height", "aria-labelledby", "aria-hidden"]),
    ("desc", &["id"]),
    ("defs", &[]),
    ("pattern", &["id", "width", "height", "patternUnits"]),
    ("rect", &["class", "x", "y", "width", "height", "fill"]),
    ("path", &["class", "d"]),
    ("circle", &["class", "cx", "cy", "r"]),
    ("text", &["class", "x", "y", "text-anchor"]),
];

/// The values that classes are made of: none of them comes from a file.
fn is_plain_word(value: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_lowercase() || c == '-' || c == ' ';
    value.chars().all(is_plain)
}

/// A page as a browser's parser reads it.
#[derive(Default)]
struct Page {
    /// What a reader sees, blocks apart by a space.
    seen: String,
    /// What is wrong with it.
    faults: Vec<String>,
    ids: BTreeSet<String>,
    targets: BTreeSet<String>,
    elements: usize,
}

fn parse(html: &str) -> Page {
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(html);
    let mut page = Page::default();
    page.take(&dom.document);
    for error in dom.errors.borrow().iter() {
        page.faults.push(format!("the parser says: {error}"));
    }
    for target in page.targets.difference(&page.ids) {
        page.faults.push(format!("a link leads to {target}, which is not there"));
    }
    page.seen = page.seen.split_whitespace().collect::<Vec<_>>().join(" ");
    page
}

impl Page {
    fn take(&mut self, node: &Handle) {
        match &node.data {
            NodeData::Text { contents } => self.seen.push_str(&contents.borrow()),
            NodeData::Element { name, attrs, .. } => {
                let name = name.local.as_ref();
                self.elements += 1;
                let allowed = ALLOWED.iter().find(|(own, _)| *own == name);
                if allowed.is_none() {
                    self.faults.push(format!("there is an element {name}"));
                }
                for attribute in attrs.borrow().iter() {
                    let (own, value) = (attribute.name.local.as_ref(), attribute.value.as_ref());
                    if !allowed.is_some_and(|(_, list)| list.contains(&own)) {
                        self.faults.push(format!("{name} has an attribute {own}=\"{value}\""));
                    }
                    self.attribute(name, own, value);
                }
                if matches!(name, "style" | "title" | "desc") {
                    return;
                }
                let is_inline = matches!(name, "em" | "strong" | "code" | "a" | "span");
                let gap = if is_inline { "" } else { " " };
                self.seen.push_str(gap);
                node.children.borrow().iter().for_each(|child| self.take(child));
                self.seen.push_str(gap);
            }
            NodeData::Comment { contents } => {
                self.faults.push(format!("there is a comment: {contents}"));
            }
            NodeData::Document | NodeData::Doctype { .. } => {
                node.children.borrow().iter().for_each(|child| self.take(child));
            }
            NodeData::ProcessingInstruction { .. } => {
                self.faults.push("there is an instruction".to_owned());
            }
        }
    }

    fn attribute(&mut self, element: &str, name: &str, value: &str) {
        let is_right = match name {
            "id" => self.ids.insert(value.to_owned()),
            "href" => match value.strip_prefix('#') {
                Some(id) => {
                    self.targets.insert(id.to_owned());
                    true
                }
                None => ["https://", "http://", "mailto:"].iter().any(|own| value.starts_with(own)),
            },
            "class" | "role" | "scope" | "rel" => is_plain_word(value),
            "fill" => value.strip_prefix("url(#pattern-").is_some_and(|own| own.ends_with(')')),
            "http-equiv" => value == "Content-Security-Policy",
            "start" | "tabindex" => value.parse::<i64>().is_ok(),
            _ => true,
        };
        if !is_right {
            self.faults.push(format!("{element} has {name}=\"{value}\""));
        }
    }
}

/// The kinds of pages: a command with its flags.
const KINDS: [&[&str]; 8] = [
    &["report", "--kind", "full"],
    &["report", "--kind", "quarterly"],
    &["report", "--kind", "annual"],
    &["report", "--kind", "committee"],
    &["report", "--kind", "briefing"],
    &["report", "--kind", "young-people", "--audience", "internal"],
    &["report", "--kind", "step", "--step", "1"],
    &["enquiry", "--by", "method"],
];

/// What people might write, and what a reader is to see of it as a short text; and as prose, where
/// that is another thing, because prose is read as Markdown.
const HOSTILE: [(&str, &str); 18] = [
    ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ("</style></title></textarea><script>alert(1)</script>", ""),
    ("<img src=x onerror=alert(1)>", ""),
    ("<svg/onload=alert(1)><a xlink:href=\"javascript:alert(1)\">", ""),
    ("\" onmouseover=\"alert(1)\" x=\"", ""),
    ("' onfocus='alert(1)' autofocus '", ""),
    ("<!-- never closed", ""),
    ("]]> --> <![CDATA[ <?php", ""),
    ("{{ 7 * 7 }} {% raw %} {# note #}", ""),
    ("[words](javascript:alert(1))", "words"),
    ("[words](JaVaScRiPt&colon;alert(1))", "words"),
    ("[words](data:text/html,<script>alert(1)</script>)", "words"),
    ("![picture](https://example.org/x.png)", "picture"),
    ("<https://example.org/?a=<b>&c>", ""),
    ("| a | b |", ""),
    ("note[^1] and *[HTML]: x", ""),
    ("&lt;b&gt; &#8238; &amp;amp;", "<b> &amp;"),
    ("Ünïcödé 漢字 שלום e\u{301} 🙂 \u{fffd}", ""),
];

/// Fields of one line, by the name that stands for each in the files below.
const SHORT: [&str; 21] = [
    "partnership",
    "assessor",
    "source",
    "task",
    "lead",
    "success",
    "response",
    "action-evidence",
    "impact",
    "checklist-title",
    "edition",
    "label",
    "means",
    "step-title",
    "part",
    "question-title",
    "ask",
    "point",
    "choice",
    "marking",
    "view",
];

/// Fields of prose.
const PROSE: [&str; 9] = [
    "summary",
    "because",
    "says",
    "remaining",
    "step-summary",
    "answer",
    "reason",
    "dissent",
    "attribution",
];

const CHECKLIST: &str = r#"
scrutiny = "checklist"
id = "local"
title = @checklist-title
edition = @edition
attribution = @attribution
scale = "own"
assurance = ["assured"]
[[scales.own]]
value = "met"
label = @label
means = @means
[[scales.own]]
value = "not-met"
[[step]]
id = "1"
title = @step-title
part = @part
[[step.question]]
id = "1.1"
title = @question-title
ask = @ask
points = [@point]
young-people = @young
[[step.question]]
id = "1.2"
title = "In words"
ask = "Say it in words?"
kind = "text"
[[step.question]]
id = "1.3"
title = "Chosen"
ask = "Which?"
kind = "choice"
choices = [{ value = "one", label = @choice }, { value = "two", label = "Two" }]
"#;

const WORKSPACE: &str = r#"
partnership = @partnership
marking = @marking
perspectives = ["agreed", "la"]
[[partner]]
id = "la"
label = @view
"#;

const ASSESSMENT: &str = r#"
scrutiny: assessment
checklist: local.toml
partnership: @partnership
period: 2026-27 Q2
perspective: agreed
assessor: @assessor
as-at: 2026-09-30
summary: @summary
notes: @notes
ratings:
  1.1:
    rating: met
    because: @because
    views: {la: not-met}
    reason: @reason
    dissent: @dissent
    evidence:
      - source: @source
        method: interview
        date: 2026-07-01
        voice: families
        says: @says
    remaining: @remaining
    notes: @notes
    actions:
      - id: A-01
        task: @task
        lead: @lead
        due: 2026-12-18
        status: closed
        closed: 2026-09-01
        success: @success
        response: {said: partly, reason: @response}
        evidence: @action-evidence
        impact: @impact
        notes: @notes
  1.2: {answer: @answer}
  1.3: {answer: one}
steps:
  1:
    summary: @step-summary
    notes: @notes
"#;

/// The files with a text in every field, each with the name of its field behind it.
fn filled(template: &str, hostile: &str) -> String {
    let mut filled = String::new();
    for (place, part) in template.split('@').enumerate() {
        let end = part.find(|c: char| !c.is_ascii_lowercase() && c != '-').unwrap_or(part.len());
        let (name, rest) = part.split_at(end);
        let is_prose = PROSE.contains(&name);
        let between = if is_prose && name != "attribution" { "\n\n" } else { " " };
        match place {
            0 => filled.push_str(part),
            _ => {
                let text = format!("{hostile}{between}({name})");
                filled.push_str(&serde_json::to_string(&text).expect("a text can be quoted"));
                filled.push_str(rest);
            }
        }
    }
    filled
}

fn pages(hostile: &str) -> Vec<(String, String)> {
    let place = tempfile::tempdir().expect("a temporary folder");
    let files = [
        ("local.toml", CHECKLIST),
        ("scrutiny.toml", WORKSPACE),
        ("<b onclick=x>&amp;.yaml", ASSESSMENT),
    ];
    for (name, template) in files {
        let text = filled(template.trim_start(), hostile);
        fs::write(place.path().join(name), text).expect("a file can be written");
    }
    let page = |kind: &&[&str]| {
        let arguments = [*kind, &["--format", "html", "<b onclick=x>&amp;.yaml"]].concat();
        let output = run(place.path(), &arguments, b"");
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.stdout.is_empty(), "{hostile}: {complaint}");
        let html = String::from_utf8(output.stdout).expect("the program prints UTF-8");
        (kind.join(" "), html)
    };
    KINDS.iter().map(page).collect()
}

#[test]
fn what_people_write_is_text_in_every_field() {
    for (hostile, as_prose) in HOSTILE {
        let as_prose = if as_prose.is_empty() { hostile } else { as_prose };
        for (kind, html) in pages(hostile) {
            let page = parse(&html);
            assert!(page.faults.is_empty(), "{kind}, {hostile}: {:?}", page.faults);
            assert!(page.elements > 30, "{kind}: {} elements", page.elements);
            if kind != "report --kind full" {
                continue;
            }
            for name in SHORT {
                let seen = format!("{hostile} ({name})");
                assert!(page.seen.contains(&seen), "{name}: {seen} is not in {}", page.seen);
            }
            for name in PROSE {
                let seen = format!("{as_prose} ({name})");
                assert!(page.seen.contains(&seen), "{name}: {seen} is not in {}", page.seen);
            }
            assert!(page.seen.contains("<b onclick=x>&amp;.yaml"), "the name of the file");
        }
    }
}

/// Prose of several lines, and what a reader is to see of it.
const BLOCKS: [(&str, &str); 8] = [
    ("# One\n\n## Two\n\n###### Three", "One Two Three"),
    ("```html\n<b>\n\n  x\n```", "<b> x"),
    ("```\nnever closed <i>", "never closed <i>"),
    ("| a | b |\n| - | - |\n| 1 | <b>2</b> |", "| a | b | | - | - | | 1 | <b>2</b> |"),
    ("a[^1]\n\n[^1]: the note", "a[^1] [^1]: the note"),
    ("[1]: javascript:alert(1)\n\nsee [1]", "[1]: javascript:alert(1) see [1]"),
    ("<div onclick=x>\n\n*inside*\n\n</div>", "<div onclick=x> inside </div>"),
    ("> quoted\n\n- one\n  1. two\n\n***\nend", "quoted one two end"),
];

#[test]
fn blocks_of_prose_keep_their_words_and_their_place() {
    for (written, seen) in BLOCKS {
        let (_, html) = pages(written).swap_remove(0);
        let page = parse(&html);
        assert!(page.faults.is_empty(), "{written}: {:?}", page.faults);
        assert!(page.seen.contains(seen), "{seen} is not in {}", page.seen);
    }
}

#[test]
fn pages_of_the_examples_hold_only_what_is_allowed() {
    let examples = [
        ("northmoor/2026-27-q2/scrutineer.yaml", None),
        ("harrowdale/2026-27-h1/scrutineer.yaml", Some("harrowdale/2025-26-h2/scrutineer.yaml")),
        ("saltmere/2026-27-q2/scrutineer.yaml", None),
        ("saltmere/2026-27-q2/self.yaml", None),
    ];
    for (example, since) in examples {
        for kind in KINDS {
            let file = format!("examples/{example}");
            let mut arguments = [kind, &["--format", "html", file.as_str()]].concat();
            let since = since.map(|since| format!("examples/{since}"));
            if let Some(since) = &since {
                arguments.extend(["--since", since]);
            }
            let output = run(root(), &arguments, b"");
            let page = parse(&String::from_utf8(output.stdout).expect("the program prints UTF-8"));
            assert!(page.elements > 30, "{example}, {kind:?}: {} elements", page.elements);
            assert!(page.faults.is_empty(), "{example}, {kind:?}: {:?}", page.faults);
        }
    }
}

/// The colours of a rule of the style sheet: the words, and the ground behind them.
fn colours(rule: &str) -> Option<(f64, f64)> {
    let luminance = |name: &str| {
        let (_, value) = rule.split_once(&format!(" {name}: #"))?;
        let part = |place: usize| {
            let part = u8::from_str_radix(value.get(place * 2..place * 2 + 2)?, 16).ok()?;
            let part = f64::from(part) / 255.0;
            Some(if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) })
        };
        Some(0.2126 * part(0)? + 0.7152 * part(1)? + 0.0722 * part(2)?)
    };
    Some((luminance("color")?, luminance("background-color")?))
}

#[test]
fn ratings_have_dark_words_on_a_pale_ground_and_the_other_way_round_in_the_dark() {
    let style = fs::read_to_string(root().join("src/report/templates/html/style.css"))
        .expect("the style sheet can be read");
    let (light, dark) =
        style.split_once("prefers-color-scheme: dark").expect("there is a dark one");
    for (scheme, rules) in [("light", light), ("dark", dark)] {
        let mut tints = 0;
        for rule in rules.lines() {
            let Some((words, ground)) = colours(rule) else { continue };
            let ratio = (words.max(ground) + 0.05) / (words.min(ground) + 0.05);
            assert!(ratio >= 7.0, "{scheme}: {ratio:.1} to 1 in {rule}");
            assert_eq!(words < ground, scheme == "light", "{scheme}: {rule}");
            tints += 1;
        }
        assert!(tints >= 8, "{tints} tints in the {scheme} scheme");
    }
}

#[test]
fn the_list_of_what_is_allowed_finds_what_is_not() {
    let check = |html: &str, fault: &str| {
        let page = parse(&format!("<!doctype html><html lang=en-GB><title>x</title>{html}"));
        assert!(page.faults.iter().any(|own| own.contains(fault)), "{fault}: {:?}", page.faults);
    };
    check("<script>1</script>", "element script");
    check("<p onclick=x>x</p>", "attribute onclick");
    check("<p style=x>x</p>", "attribute style");
    check("<a href=javascript:x>x</a>", "href");
    check("<!-- x -->", "a comment");
    check("<p class=\"a&quot;b\">x</p>", "class");
    check("<a href=\"#x\">x</a>", "not there");
    check("<h2 id=x>x</h2><h2 id=x>x</h2>", "id=\"x\"");
    check("<p>x</b>", "the parser says");
}
