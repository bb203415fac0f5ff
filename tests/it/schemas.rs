//! Holds every file of the examples and the cases to the schemas, with a validator and parsers that
//! are not ours: what we read without complaint fits, and what breaks a rule of shape does not.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::{Map, Value};

use super::cases;
use super::program::{copy, files, root, run};

/// The rules of `syntax/faults.rs` and `model/faults.rs` that a schema can see broken: a file with
/// such a finding has to fail.
const SHAPE: [&str; 10] = [
    "unknown-key",
    "missing-key",
    "wrong-shape",
    "unknown-word",
    "unknown-status",
    "not-a-date",
    "unclear-period",
    "not-days",
    "not-money",
    "unclear-when",
];

/// The other rules there, each with the reason why no schema sees it.
const BEYOND: [(&str, &str); 31] = [
    ("unreadable-text", BYTES),
    ("too-large", BYTES),
    ("hidden-character", BYTES),
    ("empty-file", PARSER),
    ("not-yaml", PARSER),
    ("not-toml", PARSER),
    ("colon-in-text", PARSER),
    ("quote-in-text", PARSER),
    ("sign-in-text", PARSER),
    ("tab-indent", PARSER),
    ("text-not-indented", PARSER),
    ("uneven-indent", PARSER),
    ("space-after-colon", PARSER),
    ("yaml-extra", PARSER),
    ("text-after-hash", PARSER),
    ("second-document", PARSER),
    ("duplicate-key", PARSER),
    ("duplicate-answer", PARSER),
    ("duplicate-entry", PARSER),
    ("not-ours", KIND),
    ("newer-format", KIND),
    ("period-order", OTHERS),
    ("missing-attribution", OTHERS),
    ("other-attribution", OTHERS),
    ("unknown-change", OTHERS),
    ("unknown-condition", OTHERS),
    ("unknown-checklist", OTHERS),
    ("circular-extends", OTHERS),
    ("outside-workspace", OTHERS),
    ("template-fault", OTHERS),
    ("unknown-rule", OTHERS),
];
const BYTES: &str = "it is about bytes and characters";
const PARSER: &str = "the tree that a schema sees is made without it, or not at all";
const KIND: &str = "the schema is chosen by what the file says that it is";
const OTHERS: &str = "it depends on another value, or on another file";

/// Findings of a rule of shape in files that fit a schema all the same, each with the reason.
const PASSED_OVER: [(&str, &str, &str); 3] = [
    ("own-moderator/misspelt-perspective-in-the-settings/scrutiny.toml", "unknown-word", AGENCIES),
    ("settings/year-from-january/b.yaml", "unclear-period", MONTH),
    (
        "unclear-period/split-year-where-the-year-starts-in-january/scrutineer.yaml",
        "unclear-period",
        MONTH,
    ),
];
const AGENCIES: &str = "which words are perspectives depends on the agencies of the same file";
const MONTH: &str = "how a period is written depends on the month in which the year starts";

/// Rules of a later phase that the schemas of assessments hold to as well.
const STRICTER: [&str; 2] = ["unknown-response", "accepted-in-principle"];

/// Files that we read and the other parser does not, each with the reason.
const UNPARSED: [(&str, &str); 2] = [
    ("files/prose-that-is-fine/a.yaml", "the other parser takes no tab after a colon or a dash"),
    (
        "unknown-question/one-and-ten-are-two-questions/scrutineer.yaml",
        "1.1 and 1.10 are the same number to the other parser",
    ),
];

/// A schema and the independent validator for it.
pub(crate) struct Held {
    schemas: boon::Schemas,
    index: boon::SchemaIndex,
}

impl Held {
    pub(crate) fn to(schema: &str) -> Self {
        let schema: Value = serde_json::from_str(schema).expect("a schema is JSON");
        assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
        let mut compiler = boon::Compiler::new();
        compiler.add_resource("schema.json", schema).expect("the schema is known");
        let mut schemas = boon::Schemas::new();
        let index = compiler.compile("schema.json", &mut schemas).expect("it is a schema");
        Held { schemas, index }
    }

    /// Why a value does not fit; nothing where it does.
    pub(crate) fn fault(&self, value: &Value) -> Option<String> {
        self.schemas.validate(value, self.index).err().map(|error| error.to_string())
    }
}

/// YAML as an editor holds it to a schema: every key is a text.
pub(crate) fn yaml(text: &str) -> Option<Value> {
    serde_yaml::from_str(text).ok().map(|tree| of_yaml(&tree))
}

fn of_yaml(node: &serde_yaml::Value) -> Value {
    use serde_yaml::Value as Yaml;
    match node {
        Yaml::Mapping(map) => {
            let key = |key: &Yaml| match key {
                Yaml::String(text) => text.clone(),
                other => serde_yaml::to_string(other).expect("a key").trim().to_owned(),
            };
            Value::Object(map.iter().map(|(own, value)| (key(own), of_yaml(value))).collect())
        }
        Yaml::Sequence(list) => Value::Array(list.iter().map(of_yaml).collect()),
        Yaml::Tagged(tagged) => of_yaml(&tagged.value),
        other => serde_json::to_value(other).expect("a scalar is JSON"),
    }
}

/// TOML as an editor holds it to a schema: dates are texts.
fn toml(text: &str) -> Option<Value> {
    let document: toml_edit::DocumentMut = text.parse().ok()?;
    Some(of_toml(document.as_item()))
}

fn of_toml(item: &toml_edit::Item) -> Value {
    use toml_edit::Item;
    let table = |table: &dyn toml_edit::TableLike| {
        let entries = table.iter().map(|(key, value)| (key.to_owned(), of_toml(value)));
        Value::Object(entries.collect::<Map<_, _>>())
    };
    match item {
        Item::None => Value::Null,
        Item::Table(own) => table(own),
        Item::ArrayOfTables(list) => Value::Array(list.iter().map(|own| table(own)).collect()),
        Item::Value(toml_edit::Value::InlineTable(own)) => table(own),
        Item::Value(toml_edit::Value::Array(list)) => {
            Value::Array(list.iter().map(|value| of_toml(&Item::Value(value.clone()))).collect())
        }
        Item::Value(toml_edit::Value::String(text)) => text.value().as_str().into(),
        Item::Value(toml_edit::Value::Integer(number)) => (*number.value()).into(),
        Item::Value(toml_edit::Value::Float(number)) => (*number.value()).into(),
        Item::Value(toml_edit::Value::Boolean(flag)) => (*flag.value()).into(),
        Item::Value(toml_edit::Value::Datetime(date)) => date.value().to_string().into(),
    }
}

const KINDS: [&str; 5] = ["assessment", "checklist", "mapping", "programme", "workspace"];

fn printed(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments, b"");
    String::from_utf8(output.stdout).expect("a schema is text")
}

#[test]
fn the_committed_schemas_are_those_that_are_printed() {
    let folder = root().join("schemas");
    let mut expected = BTreeSet::new();
    for kind in KINDS.iter().chain(&["findings"]) {
        let name = format!("{kind}.schema.json");
        let now = printed(root(), &["schema", kind]);
        assert!(now.len() > 1000, "{kind}");
        if std::env::var("UPDATE").is_ok_and(|value| value == "1") {
            fs::write(folder.join(&name), &now).expect("a schema can be written");
        }
        let committed = fs::read_to_string(folder.join(&name)).unwrap_or_default();
        assert!(now == committed, "scrutiny schema {kind} > schemas/{name}");
        expected.insert(name);
    }
    let names = files(&folder).into_iter().map(|file| file.to_string_lossy().into_owned());
    assert_eq!(names.collect::<BTreeSet<String>>(), expected);
}

/// What a file says that it is.
fn kind_of(name: &Path, text: &str) -> Option<&'static str> {
    if name.ends_with("scrutiny.toml") {
        return Some("workspace");
    }
    let ending = name.extension()?.to_str()?;
    let sign = match ending {
        "yaml" | "yml" => ":",
        "toml" => "=",
        _ => return None,
    };
    let line = text.lines().find(|line| line.starts_with("scrutiny"))?;
    let (_, said) = line.split_once(sign)?;
    let said = said.split('#').next()?.trim().trim_matches('"');
    KINDS.into_iter().find(|kind| *kind == said)
}

/// One file as it was found.
struct Case {
    name: String,
    kind: &'static str,
    value: Option<Value>,
    rules: BTreeSet<String>,
    has_error: bool,
    /// The schema of its own checklist, where it is an assessment.
    own: Option<String>,
}

/// All files in a folder that say what they are, each with what is found in it.
fn read(folder: &Path, name: &str) -> Vec<Case> {
    let place = tempfile::tempdir().expect("a temporary folder");
    copy(folder, place.path(), &["cmd", "stdin", "expected.txt"]);
    let mut all = Vec::new();
    for file in files(place.path()) {
        let Ok(text) = fs::read_to_string(place.path().join(&file)) else { continue };
        let text = text.trim_start_matches('\u{feff}');
        let Some(kind) = kind_of(&file, text) else { continue };
        let path = file.to_string_lossy().into_owned();
        let told = run(place.path(), &["validate", &path, "--format", "json"], b"");
        let Ok(document) = serde_json::from_slice::<Value>(&told.stdout) else { continue };
        let findings = document["findings"].as_array().expect("a list");
        let own: Vec<&Value> =
            findings.iter().filter(|finding| finding["path"] == path.as_str()).collect();
        let is_yaml = path.ends_with(".yaml") || path.ends_with(".yml");
        all.push(Case {
            name: format!("{name}/{path}"),
            kind,
            value: if is_yaml { yaml(text) } else { toml(text) },
            rules: own.iter().filter_map(|one| one["rule"].as_str().map(str::to_owned)).collect(),
            has_error: findings.iter().any(|finding| finding["level"] == "error"),
            own: own_schema(place.path(), &file, kind, text),
        });
    }
    all
}

fn own_schema(folder: &Path, file: &Path, kind: &str, text: &str) -> Option<String> {
    let line = text.lines().find(|line| line.starts_with("checklist:"))?;
    let id = line.split_once(':')?.1.split(" #").next()?.trim();
    let path = folder.join(file.parent()?).join(id);
    let id = if path.is_file() { path.to_string_lossy().into_owned() } else { id.to_owned() };
    let text = printed(folder, &["schema", "assessment", "--checklist", &id]);
    (kind == "assessment" && !text.is_empty()).then_some(text)
}

#[test]
fn what_is_read_fits_and_what_is_misshapen_does_not() {
    let held: BTreeMap<&str, Held> =
        KINDS.iter().map(|kind| (*kind, Held::to(&printed(root(), &["schema", kind])))).collect();
    let mut read_cases: Vec<Case> = Vec::new();
    for folder in cases::folders() {
        let name = folder.strip_prefix(root().join("tests/cases")).expect("it is a case");
        read_cases.extend(read(&folder, &name.to_string_lossy()));
    }
    for folder in ["examples", "checklists"] {
        let these = read(&root().join(folder), folder);
        assert!(these.len() >= 8, "{folder}: {}", these.len());
        for case in &these {
            let value = case.value.as_ref().expect("an example is YAML or TOML");
            assert_eq!(held[case.kind].fault(value), None, "{}", case.name);
        }
        read_cases.extend(these);
    }
    let mut faults = Vec::new();
    let (mut fitting, mut misshapen, mut strict) = (0, BTreeMap::<&str, usize>::new(), 0);
    for Case { name, kind, value, rules, has_error, own } in &read_cases {
        if UNPARSED.iter().any(|(file, _)| file == name) {
            assert!(value.is_none(), "{name} can be parsed: strike it off the list");
            continue;
        }
        let fault = match value {
            Some(value) => held[kind].fault(value),
            None => Some("it could not be parsed".to_owned()),
        };
        let broken: Vec<&str> = SHAPE.into_iter().filter(|rule| rules.contains(*rule)).collect();
        let is_passed_over = |rule: &&str| {
            PASSED_OVER.iter().any(|(case, passed, _)| case == name && passed == rule)
        };
        let is_odd = |rule: &String| {
            STRICTER.contains(&rule.as_str()) || BEYOND.iter().any(|(beyond, _)| beyond == rule)
        };
        match (&fault, broken.is_empty()) {
            (None, false) if broken.iter().all(is_passed_over) => {}
            (None, false) => faults.push(format!("{name} fits, in spite of {broken:?}")),
            (Some(_), false) => {
                for rule in broken {
                    if is_passed_over(&rule) {
                        faults.push(format!("{name} does not fit: strike {rule} off the list"));
                    }
                    *misshapen.entry(rule).or_default() += 1;
                }
            }
            (Some(why), true) if !rules.iter().any(is_odd) => {
                faults.push(format!("{name}, {rules:?}, does not fit: {why}"));
            }
            (Some(_), true) => {}
            (None, true) => fitting += 1,
        }
        if let (Some(own), Some(value), false) = (own, value, *has_error)
            && !rules.iter().any(|rule| rule == "orphan-answer" || STRICTER.contains(&&**rule))
        {
            strict += 1;
            if let Some(why) = Held::to(own).fault(value) {
                faults.push(format!("{name} does not fit the schema of its checklist: {why}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    for rule in SHAPE {
        assert!(misshapen.get(rule).is_some_and(|count| *count > 0), "no case breaks {rule}");
    }
    let refused: usize = misshapen.values().sum();
    assert!(fitting > 400 && refused > 60 && strict > 200, "{fitting} {refused} {strict}");
}

/// A rule that is added to the reading phase has to be put on one side or the other.
#[test]
fn every_rule_of_the_reading_phase_is_on_one_of_the_lists() {
    let mut listed: Vec<&str> = SHAPE.into_iter().chain(BEYOND.map(|(rule, _)| rule)).collect();
    listed.sort_unstable();
    let mut defined = Vec::new();
    for file in ["src/syntax/faults.rs", "src/model/faults.rs"] {
        let text = fs::read_to_string(root().join(file)).expect("a source can be read");
        let ids = text.lines().filter_map(|line| line.trim().strip_prefix("id: \""));
        defined.extend(ids.filter_map(|id| id.strip_suffix("\",")).map(str::to_owned));
    }
    defined.sort_unstable();
    assert!(defined.len() > 35);
    assert_eq!(listed, defined);
}

/// The YAML extension of VS Code takes a bare 1.1 for a number and does not find it among the
/// properties. What it then asks has to know the id as well.
#[test]
fn ids_are_known_to_editors_that_take_them_for_numbers() {
    let text = printed(root(), &["schema", "assessment", "--checklist", "six-steps-2019"]);
    let mut schema: Value = serde_json::from_str(&text).expect("a schema is JSON");
    for group in ["ratings", "steps", "context"] {
        let properties = &mut schema["properties"][group]["properties"];
        assert!(properties.as_object().is_some_and(|all| all.len() > 5), "{group}");
        *properties = Value::Object(Map::new());
    }
    let held = Held::to(&schema.to_string());
    let path = root().join("examples/northmoor/2026-27-q2/scrutineer.yaml");
    let text = fs::read_to_string(path).expect("an example");
    let mut value = yaml(&text).expect("it is YAML");
    assert_eq!(held.fault(&value), None);
    value["ratings"]["1x1"] = Value::Null;
    assert!(held.fault(&value).is_some());
}
