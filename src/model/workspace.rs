//! The settings of a partnership's folder, `scrutiny.toml`.

use crate::finding::{Findings, Level};
use crate::model::faults;
use crate::model::standing::PERSPECTIVES;
use crate::source::Spanned;
use crate::syntax::decode::{self, Fields, Given, Keys, report_duplicate, suggest};
use crate::syntax::faults as shape;
use crate::syntax::tree::{Kind, Node};
use crate::text::{nearest, quoted};

/// What a workspace says of its partnership.
#[derive(Clone, Debug)]
pub(crate) struct Workspace {
    /// The partnership's name.
    pub partnership: Given<String>,
    /// A short form of its name, for tables.
    pub short_name: Given<String>,
    /// The month in which its year starts, from 1 to 12.
    pub first_month: i8,
    /// What is printed on every output, such as OFFICIAL-SENSITIVE.
    pub marking: Given<String>,
    /// What the partnership calls the report that it publishes each year.
    pub yearly_report: Given<String>,
    /// Perspectives in the order in which they are shown.
    pub perspectives: Vec<Spanned<String>>,
    /// Who makes the assessment of a perspective: the perspective and the roles.
    pub assessors: Vec<Assessors>,
    /// The safeguarding partners.
    pub partners: Vec<Agency>,
    /// Other agencies.
    pub agencies: Vec<Agency>,
    /// Methods of gathering evidence beside the built-in ones.
    pub methods: Vec<Spanned<String>>,
    /// Voices beside the built-in ones.
    pub voices: Vec<Spanned<String>>,
    /// Templates of the workspace: the kind of report and the files, relative to `scrutiny.toml`.
    pub templates: Vec<(&'static str, Vec<Spanned<String>>)>,
    /// Levels of rules.
    pub levels: Vec<RuleLevel>,
    /// Places where a rule is set aside.
    pub exceptions: Vec<Exception>,
}

/// Who makes the assessment of a perspective.
#[derive(Clone, Debug)]
pub(crate) struct Assessors {
    /// The perspective.
    pub perspective: Spanned<String>,
    /// The roles; not names.
    pub roles: Vec<Spanned<String>>,
}

/// A partner or another agency.
#[derive(Clone, Debug)]
pub(crate) struct Agency {
    /// The id by which it is a perspective.
    pub id: Spanned<String>,
    /// Its name.
    pub label: String,
}

/// The level of a rule in this workspace.
#[derive(Clone, Debug)]
pub(crate) struct RuleLevel {
    /// The rule, by id, as typed.
    pub rule: Spanned<String>,
    /// The level, or nothing where the rule is off.
    pub level: Option<Level>,
    /// The reason given.
    pub why: Given<String>,
}

/// One place where a rule is set aside.
#[derive(Clone, Debug)]
pub(crate) struct Exception {
    /// The rule, by id, as typed.
    pub rule: Spanned<String>,
    /// The file, relative to `scrutiny.toml`, with forward slashes.
    pub file: Spanned<String>,
    /// The question, step or action; the whole file where absent.
    pub at: Given<String>,
}

impl Workspace {
    /// The ids of all partners and agencies.
    pub(crate) fn agency_ids(&self) -> impl Iterator<Item = &str> {
        self.partners.iter().chain(&self.agencies).map(|agency| agency.id.value.as_str())
    }
}

/// The month in which the year starts where nothing else is said: April.
pub(crate) const FIRST_MONTH: i8 = 4;

pub(crate) const WORKSPACE: Keys<13> = [
    "partnership",
    "short-name",
    "first-month",
    "yearly-report",
    "marking",
    "perspectives",
    "assessors",
    "partner",
    "agency",
    "evidence",
    "templates",
    "findings",
    "exception",
];
pub(crate) const AGENCY: Keys<3> = ["id", "label", "kind"];
pub(crate) const EVIDENCE: Keys<2> = ["methods", "voices"];
/// The kinds of report, each of which may have templates.
pub(crate) const TEMPLATES: Keys<7> =
    ["full", "quarterly", "annual", "committee", "briefing", "young-people", "step"];
pub(crate) const LEVEL: Keys<2> = ["level", "why"];
pub(crate) const EXCEPTION: Keys<4> = ["rule", "file", "at", "why"];

/// Decodes the settings. Whether the rules that they name exist is for the table of rules to say.
pub(crate) fn decode(root: Node<'_>, findings: &mut Findings) -> Option<Workspace> {
    let mut fields = Fields::of(root, &WORKSPACE, findings)?;
    let first_month = fields.text("first-month", findings);
    let first_month = first_month.read().and_then(|text| month(text, findings));
    let evidence = fields.take("evidence");
    let mut evidence = evidence.and_then(|node| Fields::of(node, &EVIDENCE, findings));
    let mut allowed = |key: &str, findings: &mut Findings| match &mut evidence {
        Some(fields) => fields.texts(key, findings),
        None => Vec::new(),
    };
    // A word for later outputs is held to its shape already.
    let assessors = assessors(fields.take("assessors"), findings);
    let perspectives = fields.texts("perspectives", findings);
    let partners = agencies(fields.take("partner"), findings);
    let agencies = agencies(fields.take("agency"), findings);
    check_assessors(&assessors, &perspectives, partners.iter().chain(&agencies), findings);
    Some(Workspace {
        partnership: fields.text("partnership", findings),
        short_name: fields.text("short-name", findings),
        first_month: first_month.unwrap_or(FIRST_MONTH),
        marking: fields.text("marking", findings),
        yearly_report: fields.text("yearly-report", findings),
        perspectives,
        assessors,
        partners,
        agencies,
        methods: allowed("methods", findings),
        voices: allowed("voices", findings),
        templates: templates(fields.take("templates"), findings),
        levels: levels(fields.take("findings"), findings),
        exceptions: exceptions(fields.take("exception"), findings),
    })
}

fn month(text: &Spanned<String>, findings: &mut Findings) -> Option<i8> {
    let month = text.value.parse::<i8>().ok().filter(|month| (1..=12).contains(month));
    if month.is_none() {
        let message = format!("{} is not a month", quoted(&text.value));
        findings
            .report(&shape::UNKNOWN_WORD, text.span, message)
            .help("write the number of the month in which the year starts: 4 for April");
    }
    month
}

fn agencies(node: Option<Node<'_>>, findings: &mut Findings) -> Vec<Agency> {
    let list = node.into_iter().flat_map(Node::items);
    let mut ids: Vec<Spanned<String>> = Vec::new();
    let read = |node| {
        let mut fields = Fields::of(node, &AGENCY, findings)?;
        let id = fields.need("id", "id = \"police\"", findings);
        let id = id.and_then(|id| decode::text(id, findings));
        let label = fields.text("label", findings);
        fields.text("kind", findings);
        let id = id?;
        if let Some(first) = ids.iter().find(|first| first.value == id.value) {
            report_duplicate(&faults::DUPLICATE_ENTRY, &id.value, id.span, first.span, findings);
        }
        ids.push(id.clone());
        Some(Agency { label: label.value().cloned().unwrap_or_else(|| id.value.clone()), id })
    };
    list.filter_map(read).collect()
}

fn assessors(node: Option<Node<'_>>, findings: &mut Findings) -> Vec<Assessors> {
    let Some(node) = node else { return Vec::new() };
    if !matches!(node.kind(), Kind::Map) {
        findings
            .report(
                &shape::WRONG_SHAPE,
                node.span(),
                "Assessors are given perspective by perspective",
            )
            .help("write `assessors = { scrutineer = \"Independent Scrutineer\" }`");
    }
    let read = |(key, value): (Node<'_>, Node<'_>)| {
        let perspective = Spanned::new(key.scalar()?.to_owned(), key.span());
        Some(Assessors { perspective, roles: decode::texts(value, findings) })
    };
    node.entries().filter_map(read).collect()
}

/// A misspelt perspective would say in silence that nobody makes that assessment. Where no agencies
/// are declared, a word that is near no other may be one.
fn check_assessors<'a>(
    assessors: &[Assessors],
    perspectives: &'a [Spanned<String>],
    agencies: impl Iterator<Item = &'a Agency>,
    findings: &mut Findings,
) {
    let mut known: Vec<&str> = PERSPECTIVES.to_vec();
    known.extend(perspectives.iter().map(|word| word.value.as_str()));
    known.extend(agencies.map(|agency| agency.id.value.as_str()));
    for Assessors { perspective, .. } in assessors {
        if known.contains(&perspective.value.as_str()) {
            continue;
        }
        let meant = nearest(&perspective.value, known.iter().copied());
        if meant.is_some() || known.len() > PERSPECTIVES.len() {
            let message = format!("{} is not a perspective", quoted(&perspective.value));
            let finding = findings.report(&shape::UNKNOWN_WORD, perspective.span, message);
            suggest(finding, meant, &known);
        }
    }
}

/// The files that lay a kind of report out. A file that lies elsewhere could be a stranger's.
fn templates(
    node: Option<Node<'_>>,
    findings: &mut Findings,
) -> Vec<(&'static str, Vec<Spanned<String>>)> {
    let fields = node.and_then(|node| Fields::of(node, &TEMPLATES, findings));
    let Some(mut fields) = fields else { return Vec::new() };
    let mut kinds = Vec::new();
    for kind in TEMPLATES {
        let mut files = fields.texts(kind, findings);
        files.retain(|file| is_template(file, findings));
        if !files.is_empty() {
            kinds.push((kind, files));
        }
    }
    kinds
}

fn is_template(file: &Spanned<String>, findings: &mut Findings) -> bool {
    let path = file.value.trim();
    let leaves = path.starts_with(['/', '\\', '~'])
        || path.contains(':')
        || path.split(['/', '\\']).any(|part| part == "..");
    if leaves {
        let message = format!("{} leads out of the workspace", quoted(path));
        findings
            .report(&faults::OUTSIDE_WORKSPACE, file.span, message)
            .help("copy the template into the folder of scrutiny.toml, or below it");
        return false;
    }
    let is_known = [".md", ".markdown", ".html", ".htm"].iter().any(|end| path.ends_with(end));
    if !is_known {
        let message = format!("{} is not the name of a template", quoted(path));
        findings
            .report(&shape::UNKNOWN_WORD, file.span, message)
            .help("a template of a Markdown report ends in .md, one of a web page in .html");
    }
    is_known
}

fn levels(node: Option<Node<'_>>, findings: &mut Findings) -> Vec<RuleLevel> {
    let mut levels = Vec::new();
    if let Some(node) = node.filter(|node| !matches!(node.kind(), Kind::Map)) {
        findings
            .report(&shape::WRONG_SHAPE, node.span(), "Levels are given rule by rule")
            .help("write a line [findings], and below it `weak-verb = { level = \"off\", why = \"...\" }`");
    }
    for (key, value) in node.into_iter().flat_map(Node::entries) {
        let Some(rule) = key.scalar().map(|text| Spanned::new(text.to_owned(), key.span())) else {
            continue;
        };
        let (level, why) = match value.kind() {
            Kind::Scalar(..) => (decode::text(value, findings), Given::Absent),
            _ => match Fields::of(value, &LEVEL, findings) {
                Some(mut fields) => {
                    let level = fields.need("level", "level = \"off\"", findings);
                    let level = level.and_then(|level| decode::text(level, findings));
                    (level, fields.text("why", findings))
                }
                None => continue,
            },
        };
        let level = level.and_then(|level| parse_level(&level, findings));
        levels.extend(level.map(|level| RuleLevel { rule, level, why }));
    }
    levels
}

fn parse_level(text: &Spanned<String>, findings: &mut Findings) -> Option<Option<Level>> {
    let words = [
        ("error", Some(Level::Error)),
        ("unfinished", Some(Level::Unfinished)),
        ("advice", Some(Level::Advice)),
        ("off", None),
    ];
    if let Some((_, level)) = words.iter().find(|(word, _)| *word == text.value) {
        return Some(*level);
    }
    let names = words.map(|(word, _)| word);
    let message = format!("{} is not a level", quoted(&text.value));
    let finding = findings.report(&faults::UNKNOWN_RULE, text.span, message);
    suggest(finding, nearest(&text.value, names), &names);
    None
}

fn exceptions(node: Option<Node<'_>>, findings: &mut Findings) -> Vec<Exception> {
    let list = node.into_iter().flat_map(Node::items);
    let read = |node| {
        let mut fields = Fields::of(node, &EXCEPTION, findings)?;
        let mut need = |key, example| {
            let node = fields.need(key, example, findings);
            node.and_then(|node| decode::text(node, findings))
        };
        let rule = need("rule", "rule = \"weekend-due\"");
        let file = need("file", "file = \"2026-27-q2/scrutineer.yaml\"");
        let why = need("why", "why = \"...\"");
        let at = fields.text("at", findings);
        // An exception without a reason has been reported and sets nothing aside.
        why?;
        let plain = |file: String| file.replace('\\', "/").trim_start_matches("./").to_owned();
        let file = file?.map(plain);
        Some(Exception { rule: rule?, file, at })
    };
    list.filter_map(read).collect()
}
