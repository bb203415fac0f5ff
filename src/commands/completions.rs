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

/// Bash splits words at `=` too, so that `--format=s` comes as three. The generated `_scrutiny` knows only
/// a flag and its value in two, as which they are handed on. Where a person has told bash not to split
/// words there, they come as one, and what is offered has to begin with the flag.
const SPLIT_AT_EQUALS: &str = r#"
# Hands a flag and its value on as two words, be there a space or `=` between them.
_scrutiny_split() {
    local word="$2" flag="" before=("${COMP_WORDS[@]:0:COMP_CWORD}")
    local last=$((COMP_CWORD - 1))
    if [[ "${COMP_WORDS[COMP_CWORD]}" == "=" ]]; then
        word=""
    elif [[ "$word" == --*=* ]]; then
        flag="${word%%=*}"
        word="${word#*=}"
        before+=("$flag")
    elif ((last > 0)) && [[ "${before[last]}" == "=" ]]; then
        unset "before[last]"
    fi
    local COMP_WORDS=("${before[@]}" "$word")
    local COMP_CWORD="${#before[@]}"
    _scrutiny "$1" "$word" "${before[COMP_CWORD - 1]}"
    if [[ -n "$flag" && ${#COMPREPLY[@]} -gt 0 ]]; then
        COMPREPLY=("${COMPREPLY[@]/#/$flag=}")
    fi
}

if [[ "${BASH_VERSINFO[0]}" -eq 4 && "${BASH_VERSINFO[1]}" -ge 4 || "${BASH_VERSINFO[0]}" -gt 4 ]]; then
    complete -F _scrutiny_split -o nosort -o bashdefault -o default scrutiny
else
    complete -F _scrutiny_split -o bashdefault -o default scrutiny
fi
"#;

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
    if args.shell == Known::Bash {
        output.print(SPLIT_AT_EQUALS)?;
    }
    Ok(Exit::Clean)
}
