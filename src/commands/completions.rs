//! `scrutiny completions`: what a shell needs to complete commands and flags.

use anyhow::Result;
use clap_complete::Shell;

use super::output::Output;
use super::{Exit, help};

/// Print what a shell needs to complete commands and flags
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  scrutiny completions bash \\
      > ~/.local/share/bash-completion/completions/scrutiny
  scrutiny completions fish > ~/.config/fish/completions/scrutiny.fish
  scrutiny completions zsh > ~/.zfunc/_scrutiny
  scrutiny completions powershell > scrutiny.ps1

The folders must be there. zsh looks into ~/.zfunc where ~/.zshrc says
`fpath+=~/.zfunc` above `autoload -Uz compinit && compinit`. PowerShell loads
the file by a line in the profile (`notepad $PROFILE`) that is a dot, a space
and the whole path of scrutiny.ps1. Open a new shell afterwards.")]
pub(super) struct Args {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Known,
}

/// The shells that are known.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Known {
    Bash,
    Zsh,
    Fish,
    Powershell,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    let shell = match args.shell {
        Known::Bash => Shell::Bash,
        Known::Zsh => Shell::Zsh,
        Known::Fish => Shell::Fish,
        Known::Powershell => Shell::PowerShell,
    };
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut help::command_line(), "scrutiny", &mut script);
    output.print(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Clean)
}
