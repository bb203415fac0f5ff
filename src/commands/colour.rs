//! Whether there is colour: `--color`, `NO_COLOR`, `CLICOLOR_FORCE`, `CLICOLOR`, and then whether a
//! terminal is there to show it.

use std::ffi::{OsStr, OsString};
use std::io::IsTerminal;

use anstream::ColorChoice;
use clap::ValueEnum;

/// What was asked for with `--color`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    Auto,
    Always,
    Never,
}

/// Whether a stream takes colour.
pub(super) fn choice(when: When, stream: &impl IsTerminal) -> ColorChoice {
    let is_shown = match decide(when, |name| std::env::var_os(name)).0 {
        Some(decided) => decided,
        None => stream.is_terminal() && is_able(std::env::var_os("TERM").as_deref()),
    };
    if is_shown { ColorChoice::Always } else { ColorChoice::Never }
}

/// What decides about colour, in words.
pub(super) fn origin(when: When) -> &'static str {
    decide(when, |name| std::env::var_os(name)).1
}

/// What was decided before any stream is looked at, and by what.
fn decide(when: When, variable: impl Fn(&str) -> Option<OsString>) -> (Option<bool>, &'static str) {
    let set = |name| variable(name).filter(|value| !value.is_empty());
    let is_zero = |value: &OsString| value == "0";
    match when {
        When::Always => (Some(true), "--color"),
        When::Never => (Some(false), "--color"),
        When::Auto if set("NO_COLOR").is_some() => (Some(false), "NO_COLOR in the environment"),
        When::Auto if set("CLICOLOR_FORCE").is_some_and(|value| !is_zero(&value)) => {
            (Some(true), "CLICOLOR_FORCE in the environment")
        }
        When::Auto if set("CLICOLOR").as_ref().is_some_and(is_zero) => {
            (Some(false), "CLICOLOR in the environment")
        }
        When::Auto => (None, "whether the output is a terminal"),
    }
}

/// Whether a terminal of this kind shows colour. Windows has no name for its own.
fn is_able(kind: Option<&OsStr>) -> bool {
    kind.map_or(cfg!(windows), |kind| kind != "dumb")
}

/// What `--color` says among arguments that were not understood, or that ask for help.
pub(super) fn among(arguments: &[OsString]) -> When {
    let words = arguments.iter().filter_map(|argument| argument.to_str());
    let words: Vec<&str> = words.take_while(|word| *word != "--").collect();
    let joined = words.iter().filter_map(|word| word.strip_prefix("--color="));
    let parted = words.iter().zip(words.iter().skip(1)).filter(|(flag, _)| **flag == "--color");
    let said = joined.chain(parted.map(|(_, value)| *value)).last();
    said.and_then(|word| When::from_str(word, false).ok()).unwrap_or(When::Auto)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_that_speaks_decides() {
        use When::{Always, Auto, Never};
        let check = |when, set: &[(&str, &str)], expected| {
            let variable = |name: &str| {
                set.iter().find(|(set, _)| *set == name).map(|(_, value)| OsString::from(value))
            };
            assert_eq!(decide(when, variable).0, expected, "{when:?} {set:?}");
        };
        check(Auto, &[], None);
        check(Auto, &[("NO_COLOR", "1")], Some(false));
        check(Auto, &[("NO_COLOR", "0")], Some(false));
        check(Auto, &[("NO_COLOR", "")], None);
        check(Auto, &[("CLICOLOR_FORCE", "1")], Some(true));
        check(Auto, &[("CLICOLOR_FORCE", "0")], None);
        check(Auto, &[("CLICOLOR_FORCE", "")], None);
        check(Auto, &[("CLICOLOR", "0")], Some(false));
        check(Auto, &[("CLICOLOR", "1")], None);
        check(Auto, &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], Some(false));
        check(Auto, &[("CLICOLOR", "0"), ("CLICOLOR_FORCE", "1")], Some(true));
        check(Auto, &[("CLICOLOR", "0"), ("CLICOLOR_FORCE", "0")], Some(false));
        check(Always, &[("NO_COLOR", "1")], Some(true));
        check(Never, &[("CLICOLOR_FORCE", "1")], Some(false));
    }

    #[test]
    fn help_is_coloured_as_asked() {
        let check = |arguments: &[&str], expected| {
            let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
            assert_eq!(among(&arguments), expected, "{arguments:?}");
        };
        check(&["scrutiny", "--help"], When::Auto);
        check(&["scrutiny", "--color", "always", "--help"], When::Always);
        check(&["scrutiny", "--color=never", "--help"], When::Never);
        check(&["scrutiny", "--color=always", "--help", "--color", "never"], When::Never);
        check(&["scrutiny", "--color", "bright"], When::Auto);
        check(&["scrutiny", "--", "--color", "always"], When::Auto);
    }
}
