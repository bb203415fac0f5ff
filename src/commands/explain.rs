//! `scrutiny explain`: what a rule is about, with an example before and after.

use anyhow::{Result, bail};

use super::Exit;
use super::output::Output;
use crate::rules;
use crate::text::{nearest, quoted};

/// Explain what a finding means and how to put it right
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  scrutiny explain missing-evidence
  scrutiny explain colon-in-text")]
pub(super) struct Args {
    /// The rule, as it stands in brackets behind a finding
    #[arg(required = true, value_name = "RULE")]
    rules: Vec<String>,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    for (index, name) in args.rules.iter().enumerate() {
        let Some(rule) = rules::find(name.trim_matches(['[', ']'])) else {
            let meant = nearest(name, rules::all().map(|rule| rule.id));
            let meant = meant.map(|meant| format!(": did you mean {meant}?"));
            let help = meant.unwrap_or_else(|| "; `scrutiny rules` lists them".to_owned());
            bail!("there is no rule {}{help}", quoted(name));
        };
        let screen = output.screen;
        if index > 0 {
            output.print("\n")?;
        }
        output.print(&screen.heading(&format!("{} ({})", rule.id, rule.level.word())))?;
        output.print(&screen.paragraph(&format!("{}.", rule.summary)))?;
        output.print("\n")?;
        output.print(&screen.paragraph(rule.explain))?;
        for (title, example) in [("Before", rule.before), ("After", rule.after)] {
            output.print(&format!("\n{title}:\n\n"))?;
            for line in example.lines() {
                output.print(&format!("    {line}\n"))?;
            }
        }
    }
    Ok(Exit::Clean)
}
