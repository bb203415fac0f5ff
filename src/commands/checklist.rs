//! `scrutiny checklist`: the instruments, listed, shown and checked.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, bail};
use clap::Subcommand;

use super::load::{Content, Loaded, LoadedChecklist, Loader};
use super::output::Output;
use super::screen::{Column, FindingFormat, Screen};
use super::survey::{survey, tally_words};
use super::{Exit, inputs};
use crate::finding::{Level, Located, Tally};
use crate::model::checklist::{
    Change, Checklist, Choice, Kind, Need, Question, Range, RollUp, Scale, Step,
};
use crate::model::definition::capitalised;
use crate::shipped;
use crate::summary;
use crate::text::{count, join_words, nearest, one_line, quoted};

/// List, show and check checklists
#[derive(clap::Args)]
#[command(
    arg_required_else_help = true,
    after_help = "\
Examples:
  scrutiny checklist list
  scrutiny checklist show six-steps-2019
  scrutiny checklist check checklists/local-2026.toml"
)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// List the checklists that come with scrutiny
    List,
    /// Show a checklist with all its questions
    Show {
        /// The id of a shipped checklist, or the path to a file
        #[arg(value_name = "ID or FILE")]
        checklist: PathBuf,
    },
    /// Check checklist files
    Check {
        /// Checklist files, or folders to look through
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// How findings are shown
        #[arg(long, value_name = "NAME", default_value = "human")]
        format: FindingFormat,
    },
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    match &args.command {
        Command::List => list(output),
        Command::Show { checklist } => show(checklist, output),
        Command::Check { paths, format } => check(paths, *format, output),
    }
}

fn list(output: &mut Output) -> Result<Exit> {
    let loader = Loader::new();
    let loaded: Vec<Arc<LoadedChecklist>> =
        shipped::SHIPPED.iter().map(|shipped| loader.shipped(shipped)).collect();
    let rows: Vec<Vec<String>> = loaded
        .iter()
        .filter_map(|loaded| loaded.checklist.as_ref())
        .map(|checklist| {
            let rated = checklist.questions().filter(|question| question.is_rated()).count();
            let all = checklist.questions().count();
            vec![
                checklist.id.value.clone(),
                checklist.title.clone(),
                checklist.steps.len().to_string(),
                all.to_string(),
                rated.to_string(),
            ]
        })
        .collect();
    let header = [
        ("Id", Column::Word),
        ("Title", Column::Prose),
        ("Steps", Column::Number),
        ("Questions", Column::Number),
        ("Rated", Column::Number),
    ];
    let table = output.screen.table(&header, &rows);
    output.print(&table)?;
    Ok(Exit::Clean)
}

/// The checklist of an id or in a file.
fn load(name: &Path, loader: &Loader) -> Result<Arc<LoadedChecklist>> {
    if let Some(shipped) = name.to_str().and_then(shipped::find) {
        return Ok(loader.shipped(shipped));
    }
    if !name.exists() {
        let written = name.to_string_lossy();
        let meant = nearest(&written, shipped::ids()).map(|id| format!(": did you mean {id}?"));
        let ids: Vec<&str> = shipped::ids().collect();
        let help = meant.unwrap_or_else(|| format!("; the ids are {}", join_words(&ids, "and")));
        bail!("there is no checklist {}{help}", quoted(&written));
    }
    if name.is_dir() {
        bail!("{} is a folder: name the checklist file in it", inputs::shown(name));
    }
    let loaded = loader.load(&inputs::Input::File(name.to_owned(), inputs::How::Named))?;
    match loaded.content {
        Content::Checklist(checklist) => Ok(checklist),
        Content::Assessment(_, Some(checklist)) => Ok(checklist),
        Content::Workspace => {
            bail!("{} holds the settings of a workspace, not a checklist", inputs::shown(name))
        }
        Content::Assessment(_, None) | Content::Nothing => {
            bail!("{} is not a checklist", inputs::shown(name))
        }
    }
}

/// What was found in a checklist and in those that it extends.
fn findings(checklist: &LoadedChecklist) -> Vec<Located> {
    let mut located = Vec::new();
    let mut next = Some(checklist);
    while let Some(checklist) = next {
        located.extend(checklist.findings.locate(&checklist.sources));
        next = checklist.base.as_deref();
    }
    located
}

fn show(name: &Path, output: &mut Output) -> Result<Exit> {
    let loaded = load(name, &Loader::new())?;
    let located = findings(&loaded);
    let shown = output.screen.findings(&located, FindingFormat::Human);
    output.complain(&shown)?;
    if let Some(checklist) = &loaded.checklist {
        let text = describe(checklist, &output.screen);
        output.print(&text)?;
    }
    let is_error = located.iter().any(|finding| finding.level == Level::Error);
    Ok(if is_error { Exit::Findings } else { Exit::Clean })
}

/// A checklist in full, each question marked as kept, reworded, added or left out where it adapts
/// another.
fn describe(checklist: &Checklist, screen: &Screen) -> String {
    let mut blocks = vec![describe_head(checklist, screen)];
    blocks.extend(checklist.scales.iter().map(|scale| describe_scale(checklist, scale, screen)));
    let is_adapted = checklist.adapted.is_some();
    blocks.extend(checklist.steps.iter().map(|step| describe_step(step, is_adapted, screen)));
    if !checklist.context.is_empty() {
        let mut text = screen.heading("Context questions");
        for question in &checklist.context {
            text.push_str(&describe_question(question, is_adapted, screen));
        }
        blocks.push(text);
    }
    let dropped = checklist.adapted.as_ref().map(|adapted| adapted.dropped.as_slice());
    if let Some(dropped @ [_, ..]) = dropped {
        let mut text = screen.heading("Left out");
        for dropped in dropped {
            let name = one_line(&format!("{} {}", dropped.id, dropped.title));
            let what = format!("{name} [dropped{}]", because(&dropped.why));
            text.push_str(&screen.item("  ", &what));
        }
        blocks.push(text);
    }
    blocks.join("\n")
}

fn describe_head(checklist: &Checklist, screen: &Screen) -> String {
    let mut text = screen.heading(&format!("{} ({})", checklist.title, checklist.id.value));
    let mut line = |label: &str, value: &str| {
        if !value.is_empty() {
            text.push_str(&screen.paragraph(&format!("{label}: {}", one_line(value))));
        }
    };
    line("Edition", &checklist.edition);
    line("About", &checklist.about);
    line("Source", &checklist.built_from);
    for attribution in &checklist.attribution {
        line("Attribution", attribution);
    }
    if let Some(adapted) = &checklist.adapted {
        line("Extends", &adapted.from);
    }
    let roll_up = checklist.roll_up.value;
    match roll_up {
        RollUp::None => line("Roll-up of a step", "none, so that no value is derived"),
        _ => line("Roll-up of a step", &format!("{} ({})", roll_up.word(), roll_up.words())),
    }
    line("Assurance opinions", &checklist.assurance.join(", "));
    text
}

fn describe_scale(checklist: &Checklist, scale: &Scale, screen: &Screen) -> String {
    let mut text = screen.heading(&format!("Scale {}, best first", scale.name.value));
    for value in &scale.values {
        let needs = [
            ("evidence", value.evidence),
            ("what remains", value.remaining),
            ("an action", value.action),
        ];
        let needs = needs.iter().filter(|(_, need)| *need == Need::Required);
        let needs: Vec<&str> = needs.map(|(what, _)| *what).collect();
        let mut parts = vec![one_line(&value.means)];
        parts.extend((!needs.is_empty()).then(|| format!("Needs {}.", join_words(&needs, "and"))));
        let words = one_line(&parts.join(" "));
        let name = named(&value.value.value, &value.label);
        let line = if words.is_empty() { name } else { format!("{name}: {words}") };
        text.push_str(&screen.item("  ", &line));
    }
    if checklist.roll_up.value != RollUp::None {
        text.push_str(&screen.item("  ", &summary::rule(checklist.roll_up.value, scale)));
    }
    text
}

/// A value with its label; the label alone where it is the value with a capital.
fn named(value: &str, label: &str) -> String {
    match label == capitalised(value) || label == value {
        true => label.to_owned(),
        false => format!("{value} ({label})"),
    }
}

fn describe_step(step: &Step, is_adapted: bool, screen: &Screen) -> String {
    let mark = change_mark(&step.change, is_adapted);
    let mut text = screen.heading(&format!("Step {}. {}{mark}", step.id.value, step.title));
    if let Change::Reworded { was, .. } = &step.change {
        text.push_str(&screen.item("  ", &format!("It was: {}", one_line(was))));
    }
    if !step.part.is_empty() {
        text.push_str(&screen.item("  ", &format!("Part: {}", step.part)));
    }
    if !step.from.is_empty() {
        text.push_str(&screen.item("  ", &format!("From: {}", step.from)));
    }
    for question in &step.questions {
        text.push_str(&describe_question(question, is_adapted, screen));
    }
    text
}

fn describe_question(question: &Question, is_adapted: bool, screen: &Screen) -> String {
    let mark = change_mark(&question.change, is_adapted);
    let title = format!("{} {}", question.id.value, question.title);
    let mut text = screen.item("  ", &format!("{} ({}){mark}", title.trim(), question.wording()));
    text.push_str(&screen.item(INSIDE, &one_line(&question.ask.value)));
    if let Change::Reworded { was, .. } = &question.change
        && *was != question.ask.value
    {
        text.push_str(&screen.item(INSIDE, &format!("It was: {}", one_line(was))));
    }
    for point in &question.points {
        text.push_str(&screen.item("      - ", &one_line(point)));
    }
    for (value, means) in &question.means {
        text.push_str(&screen.item(INSIDE, &format!("{} means: {}", value.value, one_line(means))));
    }
    text.push_str(&describe_kind(&question.kind, screen));
    for fact in question_facts(question) {
        text.push_str(&screen.item(INSIDE, &fact));
    }
    text
}

/// The margin of what stands under a question.
const INSIDE: &str = "      ";

/// How a question is answered; nothing where that goes without saying.
fn describe_kind(kind: &Kind, screen: &Screen) -> String {
    let (how, choices) = match kind {
        Kind::Rag(_) | Kind::Text => return String::new(),
        Kind::YesNo => return screen.item(INSIDE, "Answer: yes or no"),
        Kind::Number(range) => return screen.item(INSIDE, &number_words(range)),
        Kind::Choice(choices) => ("one", choices),
        Kind::Choices(choices) => ("any", choices),
    };
    let is_plain = |choice: &Choice| {
        choice.label == choice.value || choice.label == capitalised(&choice.value)
    };
    if choices.iter().all(is_plain) {
        let values: Vec<&str> = choices.iter().map(|choice| choice.value.as_str()).collect();
        return screen.item(INSIDE, &format!("Answer: {how} of {}", values.join(", ")));
    }
    let mut text = screen.item(INSIDE, &format!("Answer: {how} of"));
    for choice in choices {
        text.push_str(&screen.item("      - ", &format!("{}: {}", choice.value, choice.label)));
    }
    text
}

fn number_words(range: &Range) -> String {
    let unit = match range.unit.as_str() {
        "" => String::new(),
        unit => format!(" of {unit}"),
    };
    let bounds = match (range.min, range.max) {
        (Some(min), Some(max)) => format!(" from {min} to {max}"),
        (Some(min), None) => format!(", {min} or more"),
        (None, Some(max)) => format!(", {max} or less"),
        (None, None) => String::new(),
    };
    format!("Answer: a number{unit}{bounds}")
}

/// What else is said of a question.
fn question_facts(question: &Question) -> Vec<String> {
    let mut facts = Vec::new();
    let mut fact = |label: &str, text: String| {
        if !text.is_empty() {
            facts.push(format!("{label}{text}"));
        }
    };
    let respondents: Vec<&str> = question.respondents.iter().map(|id| id.value.as_str()).collect();
    fact("Asked of: ", respondents.join(", "));
    let only_if = question.only_if.as_ref().map(|only_if| &only_if.value);
    let only_if = only_if.map(|other| format!("{} is answered {}", other.question, other.value));
    fact("Asked only if ", only_if.unwrap_or_default());
    fact(
        "Evidence is ",
        match question.evidence {
            Some(Need::Required) => "required, whatever the rating".to_owned(),
            Some(Need::Optional) => "optional, whatever the rating".to_owned(),
            None => String::new(),
        },
    );
    let may = if question.not_applicable { "not-applicable" } else { "" };
    fact("May be answered ", may.to_owned());
    fact("Themes: ", question.themes.join(", "));
    fact("Look for: ", question.prompts.join("; "));
    fact("For young people: ", one_line(&question.young_people));
    fact("From: ", one_line(&question.from));
    facts
}

fn change_mark(change: &Change, is_adapted: bool) -> String {
    match change {
        Change::Kept if is_adapted => " [kept]".to_owned(),
        Change::Kept => String::new(),
        Change::Reworded { why, .. } => format!(" [reworded{}]", because(why)),
        Change::Added { why } => format!(" [added{}]", because(why)),
    }
}

fn because(why: &str) -> String {
    if why.is_empty() { String::new() } else { format!(": {}", one_line(why)) }
}

fn check(paths: &[PathBuf], format: FindingFormat, output: &mut Output) -> Result<Exit> {
    // The id of a shipped checklist is taken as well, so that one can be sure of it.
    let loader = Loader::new();
    let is_id = |path: &&PathBuf| path.to_str().and_then(shipped::find).is_some() && !path.exists();
    let (ids, files): (Vec<&PathBuf>, Vec<&PathBuf>) = paths.iter().partition(is_id);
    let mut found = Vec::new();
    for id in &ids {
        found.extend(findings(&*load(id, &loader)?));
    }
    let files: Vec<PathBuf> = files.into_iter().cloned().collect();
    let inputs = inputs::find(&files)?;
    let survey = survey(&inputs, &loader, keep)?;
    found.extend(survey.findings);
    let shown = output.screen.findings(&found, format);
    output.print(&shown)?;
    let tally = Tally::of(&found);
    let others = survey.files.iter().filter(|file| **file == Kept::Other).count();
    let checklists = ids.len() + survey.files.len() - others;
    let checked = match others {
        0 => format!("{} checked", count(checklists, "checklist")),
        _ => format!(
            "{} checked, and {} of another kind",
            count(checklists, "checklist"),
            count(others, "file")
        ),
    };
    let line = output.screen.tally(tally, &format!("{checked}: {}", tally_words(tally)));
    output.remark(&line)?;
    Ok(if tally.errors > 0 { Exit::Findings } else { Exit::Clean })
}

/// What a file turned out to be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    /// A checklist, or nothing that could be read.
    Checklist,
    /// An assessment or settings.
    Other,
}

fn keep(loaded: Loaded, _: &[Located]) -> Kept {
    match loaded.content {
        Content::Checklist(_) | Content::Nothing => Kept::Checklist,
        Content::Assessment(..) | Content::Workspace => Kept::Other,
    }
}
