//! `scrutiny checklist`: the instruments, listed, shown and checked.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, bail};
use clap::Subcommand;

use super::load::{Content, LoadedChecklist, Loader};
use super::output::Output;
use super::screen::{Column, FindingFormat, Screen};
use super::survey::{survey, tally_words};
use super::{Exit, inputs};
use crate::finding::{Level, Tally};
use crate::model::checklist::{Change, Checklist, Kind, Need, Question};
use crate::shipped;
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
                checklist.context.len().to_string(),
            ]
        })
        .collect();
    let header = [
        ("Id", Column::Word),
        ("Title", Column::Prose),
        ("Steps", Column::Number),
        ("Questions", Column::Number),
        ("Rated", Column::Number),
        ("Context", Column::Number),
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
    let loaded = loader.load(&inputs::Input::File(name.to_owned(), inputs::How::Named))?;
    match loaded.content {
        Content::Checklist(checklist) => Ok(checklist),
        Content::Assessment(_, Some(checklist)) => Ok(checklist),
        Content::Assessment(_, None) | Content::Workspace | Content::Nothing => {
            bail!("{} is not a checklist", inputs::shown(name))
        }
    }
}

fn show(name: &Path, output: &mut Output) -> Result<Exit> {
    let loaded = load(name, &Loader::new())?;
    let located = loaded.findings.locate(&loaded.sources);
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
    line(
        "Roll-up of a step",
        &format!("{} ({})", checklist.roll_up.value.word(), checklist.roll_up.value.words()),
    );
    line("Assurance opinions", &checklist.assurance.join(", "));
    for scale in &checklist.scales {
        text.push('\n');
        text.push_str(&screen.heading(&format!("Scale {}, best first", scale.name.value)));
        for value in &scale.values {
            let needs = [
                ("evidence", value.evidence),
                ("what remains", value.remaining),
                ("an action", value.action),
            ];
            let needs: Vec<&str> = needs
                .iter()
                .filter(|(_, need)| *need == Need::Required)
                .map(|(what, _)| *what)
                .collect();
            let needs = if needs.is_empty() {
                String::new()
            } else {
                format!(" Needs {}.", join_words(&needs, "and"))
            };
            let means = one_line(&value.means);
            text.push_str(
                &screen.item(
                    "  ",
                    &format!("{} ({}): {means}{needs}", value.value.value, value.label),
                ),
            );
        }
    }
    let is_adapted = checklist.adapted.is_some();
    for step in &checklist.steps {
        text.push('\n');
        let mark = change_mark(&step.change, is_adapted);
        text.push_str(&screen.heading(&format!("Step {}. {}{mark}", step.id.value, step.title)));
        if !step.from.is_empty() {
            text.push_str(&screen.item("  ", &format!("From: {}", step.from)));
        }
        for question in &step.questions {
            text.push_str(&describe_question(question, is_adapted, screen));
        }
    }
    if !checklist.context.is_empty() {
        text.push('\n');
        text.push_str(&screen.heading("Context questions"));
        for question in &checklist.context {
            text.push_str(&describe_question(question, is_adapted, screen));
        }
    }
    let dropped = checklist.adapted.iter().flat_map(|adapted| &adapted.dropped);
    let mut dropped = dropped.peekable();
    if dropped.peek().is_some() {
        text.push('\n');
        text.push_str(&screen.heading("Left out"));
    }
    for dropped in dropped {
        let what =
            format!("{} {} [dropped: {}]", dropped.id, dropped.title, one_line(&dropped.why));
        text.push_str(&screen.item("  ", &what));
    }
    text
}

fn describe_question(question: &Question, is_adapted: bool, screen: &Screen) -> String {
    let mark = change_mark(&question.change, is_adapted);
    let title = format!("{} {}", question.id.value, question.title);
    let mut text = screen.item("  ", &format!("{} ({}){mark}", title.trim(), question.wording()));
    text.push_str(&screen.item("      ", &one_line(&question.ask.value)));
    if let Change::Reworded { was, .. } = &question.change {
        text.push_str(&screen.item("      ", &format!("It was: {}", one_line(was))));
    }
    for point in &question.points {
        text.push_str(&screen.item("      - ", &one_line(point)));
    }
    let kind = match &question.kind {
        Kind::Rag(_) | Kind::Text => String::new(),
        Kind::YesNo => "Answer: yes or no".to_owned(),
        Kind::Choice(choices) | Kind::Choices(choices) => {
            let values: Vec<&str> = choices.iter().map(|choice| choice.value.as_str()).collect();
            let how = if matches!(question.kind, Kind::Choice(_)) { "one" } else { "any" };
            format!("Answer: {how} of {}", values.join(", "))
        }
        Kind::Number(range) => format!("Answer: a number {}", range.unit).trim_end().to_owned(),
    };
    let mut facts = Vec::new();
    facts.extend((!kind.is_empty()).then_some(kind));
    facts.extend(question.only_if.as_ref().map(|only_if| {
        format!("Asked only if {} is answered {}", only_if.value.question, only_if.value.value)
    }));
    facts.extend(question.not_applicable.then(|| "May be answered not-applicable".to_owned()));
    facts.extend(
        (!question.themes.is_empty()).then(|| format!("Themes: {}", question.themes.join(", "))),
    );
    facts.extend(
        (!question.prompts.is_empty())
            .then(|| format!("Look for: {}", question.prompts.join("; "))),
    );
    facts.extend((!question.young_people.is_empty()).then(|| {
        format!("For young people: {}", one_line(&question.young_people).trim_end_matches('.'))
    }));
    facts.extend((!question.from.is_empty()).then(|| format!("From: {}", question.from)));
    for fact in facts {
        text.push_str(&screen.item("      ", &fact));
    }
    text
}

fn change_mark(change: &Change, is_adapted: bool) -> String {
    let because = |why: &str| {
        if why.is_empty() { String::new() } else { format!(": {}", one_line(why)) }
    };
    match change {
        Change::Kept if is_adapted => " [kept]".to_owned(),
        Change::Kept => String::new(),
        Change::Reworded { why, .. } => format!(" [reworded{}]", because(why)),
        Change::Added { why } => format!(" [added{}]", because(why)),
    }
}

fn check(paths: &[PathBuf], format: FindingFormat, output: &mut Output) -> Result<Exit> {
    // The id of a shipped checklist is taken as well, so that one can be sure of it.
    let loader = Loader::new();
    let is_id = |path: &&PathBuf| path.to_str().and_then(shipped::find).is_some() && !path.exists();
    let (ids, files): (Vec<&PathBuf>, Vec<&PathBuf>) = paths.iter().partition(is_id);
    let mut findings = Vec::new();
    for id in &ids {
        let loaded = load(id, &loader)?;
        findings.extend(loaded.findings.locate(&loaded.sources));
    }
    let files: Vec<PathBuf> = files.into_iter().cloned().collect();
    let inputs = inputs::find(&files)?;
    let survey = survey(&inputs, &loader, |_, _| ())?;
    findings.extend(survey.findings);
    let shown = output.screen.findings(&findings, format);
    output.print(&shown)?;
    let tally = Tally::of(&findings);
    let checked = count(ids.len() + inputs.list.len(), "checklist");
    let line = output.screen.tally(tally, &format!("{checked} checked: {}", tally_words(tally)));
    output.remark(&line)?;
    Ok(if tally.errors > 0 { Exit::Findings } else { Exit::Clean })
}
