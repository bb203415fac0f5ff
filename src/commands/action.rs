//! `scrutiny action`: adds, changes, closes and carries forward one action.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::Subcommand;

use super::Exit;
use super::detours;
use super::edit::{self, edit, errors, parts};
use super::evidence::Details;
use super::inputs::{self, How, Input, shown};
use super::load::{Content, Loader};
use super::output::Output;
use super::set::pairs;
use super::survey::survey;
use crate::change::{self, NewAction, WHOLE};

/// Add, change, close or carry forward one action
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  scrutiny action add scrutineer.yaml --on 3.2 --task \"Map the services\"
  scrutiny action update scrutineer.yaml A-07 status=done
  scrutiny action close scrutineer.yaml A-07 --evidence \"Minutes of 3 June\"")]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Add(Add),
    Update(Update),
    Close(Close),
    Carry(Carry),
}

/// Add an action; its id is the next that is free in the partnership
#[derive(clap::Args)]
#[command(after_help = ADD)]
struct Add {
    #[command(flatten)]
    target: edit::Target,
    /// The question or step that it stands on, by id; the whole assessment without it
    #[arg(long, value_name = "QUESTION|STEP", default_value = WHOLE, hide_default_value = true)]
    on: String,
    /// What will be done
    #[arg(long, value_name = "TEXT")]
    task: String,
    /// The role or agency that leads on it
    #[arg(long, value_name = "ROLE")]
    lead: Option<String>,
    /// The day by which it is to be done
    #[arg(long, value_name = "DATE", value_parser = super::parse_date)]
    due: Option<jiff::civil::Date>,
    /// How far it is: proposed or open
    #[arg(long, value_name = "STATUS", default_value = "open")]
    status: String,
    /// How anyone will know that it worked
    #[arg(long, value_name = "TEXT")]
    success: Option<String>,
    /// The questions that it covers, for an action on a step; several with commas
    #[arg(long, value_name = "QUESTION", value_delimiter = ',')]
    covers: Vec<String>,
    /// An id of your own choice
    #[arg(long, value_name = "ID")]
    id: Option<String>,
}

const ADD: &str = "\
Examples:
  scrutiny action add scrutineer.yaml --on 3.2 --task \"Map the services\" \\
      --lead Police --due 2026-12-18
  scrutiny action add scrutineer.yaml --on 3 --task \"Agree one form\" \\
      --lead Health --due 2027-01-29 --covers 3.1,3.2

The id of the new action is printed.";

/// Change an action
#[derive(clap::Args)]
#[command(after_help = UPDATE)]
struct Update {
    #[command(flatten)]
    target: edit::Target,
    /// The action, by its id
    id: String,
    /// What to change, such as status=done; nothing after = takes the value away
    #[arg(required = true, value_name = "KEY=VALUE")]
    values: Vec<String>,
}

const UPDATE: &str = "\
Examples:
  scrutiny action update scrutineer.yaml A-07 status=done
  scrutiny action update scrutineer.yaml A-07 due=2027-01-29 lead=Health
  scrutiny action update scrutineer.yaml A-07 response.said=accepted \\
      response.date=2026-10-02

Keys: task, lead, due, status, success, response.said, response.date,
response.reason, impact, review-by, closed, carried-from, covers, notes.";

/// Close an action on its evidence
#[derive(clap::Args)]
#[command(after_help = CLOSE)]
struct Close {
    #[command(flatten)]
    target: edit::Target,
    /// The action, by its id
    id: String,
    /// The evidence that it was done
    #[arg(long, value_name = "TEXT")]
    evidence: String,
    /// The day on which it was closed
    #[arg(long, value_name = "DATE", value_parser = super::parse_date)]
    closed: Option<jiff::civil::Date>,
    /// What difference it made, where that is known already
    #[arg(long, value_name = "TEXT")]
    impact: Option<String>,
    #[command(flatten)]
    details: Details,
}

const CLOSE: &str = "\
Examples:
  scrutiny action close scrutineer.yaml A-07 --evidence \"Minutes of 3 June\"
  scrutiny action close scrutineer.yaml A-07 --evidence \"Audit of 12 files\" \\
      --method audit --date 2026-06-11 --closed 2026-06-30

Done is not the same as made a difference: add --impact when it is known, or
`action update ID review-by=DATE` for the day on which it is to be looked at.";

/// Carry an action forward from an earlier assessment
#[derive(clap::Args)]
#[command(after_help = CARRY)]
struct Carry {
    #[command(flatten)]
    target: edit::Target,
    /// The action, by its id in the earlier assessment
    id: String,
    /// The earlier assessment
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
    /// The question or step that it stands on now, by id; the same as before without it
    #[arg(long, value_name = "QUESTION|STEP")]
    on: Option<String>,
}

const CARRY: &str = "\
Examples:
  scrutiny action carry 2026-27-q3.yaml A-07 --from 2026-27-q2.yaml
  scrutiny action carry 2026-27-q3.yaml A-07 --from 2026-27-q2.yaml --on 3.4";

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    match &args.command {
        Command::Add(args) => add(args, output),
        Command::Update(args) => update(args, output),
        Command::Close(args) => close(args, output),
        Command::Carry(args) => carry(args, output),
    }
}

fn add(args: &Add, output: &mut Output) -> Result<Exit> {
    let mut new = NewAction {
        id: String::new(),
        task: args.task.clone(),
        lead: args.lead.clone(),
        due: args.due.map(|due| due.to_string()),
        status: Some(args.status.clone()),
        success: args.success.clone(),
        covers: args.covers.clone(),
    };
    let elsewhere = ids_elsewhere(&args.target.file)?;
    let exit = edit(&args.target, output, |assessment, checklist| {
        let own = assessment.all_actions().flat_map(|(_, action)| {
            [action.id.value(), action.carried_from.value()].into_iter().flatten()
        });
        let all = elsewhere.iter().chain(own).map(String::as_str);
        new.id = args.id.clone().unwrap_or_else(|| change::next_id(all));
        let subject = change::subject(checklist, &args.on)?;
        Ok(vec![change::add_action(checklist, subject, &new)])
    })?;
    let is_kept = args.target.file != Path::new("-") && !args.target.dry_run;
    if exit == Exit::Clean && is_kept {
        output.print(&format!("{}\n", new.id))?;
    }
    Ok(exit)
}

/// The ids of actions in all other assessments of the workspace: an id is never used again.
fn ids_elsewhere(file: &Path) -> Result<Vec<String>> {
    if file == Path::new("-") {
        return Ok(Vec::new());
    }
    let folder = detours::absolute(file);
    let Some(root) = folder.parent().and_then(inputs::settings_folder) else {
        return Ok(Vec::new());
    };
    let inputs = inputs::find(&[root.to_owned()])?;
    let survey = survey(&inputs, &Loader::new(), |loaded, _| match loaded.content {
        Content::Assessment(Some(assessment), _) => {
            let actions = assessment.all_actions();
            let ids =
                actions.flat_map(|(_, action)| [action.id.value(), action.carried_from.value()]);
            ids.flatten().cloned().collect()
        }
        _ => Vec::new(),
    })?;
    Ok(survey.files.concat())
}

fn update(args: &Update, output: &mut Output) -> Result<Exit> {
    let values = pairs(&args.values)?;
    edit(&args.target, output, |assessment, _| {
        let edit = |(key, value): &(String, String)| {
            change::update_action(assessment, &args.id, key, value)
        };
        values.iter().map(edit).collect()
    })
}

fn close(args: &Close, output: &mut Output) -> Result<Exit> {
    let evidence = args.details.of(&args.evidence);
    let closed = args.closed.map(|date| date.to_string());
    edit(&args.target, output, |assessment, _| {
        let mut edits = change::close_action(assessment, &args.id, &evidence, closed.as_deref())?;
        if let Some(impact) = &args.impact {
            edits.push(change::update_action(assessment, &args.id, "impact", impact)?);
        }
        Ok(edits)
    })
}

fn carry(args: &Carry, output: &mut Output) -> Result<Exit> {
    let loader = Loader::new();
    let earlier = loader.load(&Input::File(args.from.clone(), How::Named))?;
    let Some((before, old_checklist)) = parts(&earlier) else {
        let findings = errors(earlier);
        if findings.is_empty() {
            bail!("{} is not an assessment", shown(&args.from));
        }
        return edit::refuse(&findings, output);
    };
    let (origin, action) = change::find_action(before, &args.id)
        .map_err(|reason| anyhow::anyhow!("{}: {reason}", shown(&args.from)))?;
    let period = before.period.value().map_or(String::new(), |period| format!("{}/", period.name));
    let from = format!("{period}{}", args.id);
    edit(&args.target, output, |assessment, checklist| {
        if change::find_action(assessment, &args.id).is_ok() {
            return Err(format!("action {} is there already", args.id));
        }
        let subject = match &args.on {
            Some(on) => change::subject(checklist, on)?,
            None => {
                change::subject_of(old_checklist, origin)?;
                change::subject_of(checklist, origin)
                    .map_err(|reason| format!("{reason}; or say with --on where it stands now"))?
            }
        };
        Ok(vec![change::carry(checklist, subject, before, action, &from)])
    })
}
