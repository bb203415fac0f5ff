//! Where the settings of a run come from, for `-v`: a flag, the environment, a file, or the default.
//!
//! They are noted where they are read, on whichever core, and told when the run is over. The one
//! value of the program that is not handed on, because it decides nothing.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::inputs::shown;

static NOTED: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// Notes a setting with what it is and where it was found.
pub(super) fn note(setting: &str) {
    NOTED.lock().unwrap_or_else(PoisonError::into_inner).insert(setting.to_owned());
}

/// Notes a `scrutiny.toml` that counts.
pub(super) fn note_file(path: &Path) {
    note(&format!("settings: {}", shown(path)));
}

/// Notes a value that a flag gave, where the flag is there.
pub(super) fn note_flag(what: &str, flag: &str) {
    if is_given(flag) {
        note(&format!("{what}: {flag}"));
    }
}

/// Notes a value that a flag gave, or the environment in its place.
pub(super) fn note_either(what: &str, flag: &str, variable: &str) {
    match is_given(flag) {
        true => note(&format!("{what}: {flag}")),
        false => note(&format!("{what}: {variable} in the environment")),
    }
}

fn is_given(flag: &str) -> bool {
    let names = |argument: &OsString| {
        argument.to_str().is_some_and(|text| text.split('=').next() == Some(flag))
    };
    std::env::args_os().take_while(|argument| argument != "--").any(|argument| names(&argument))
}

/// All that were noted, in the order of their words.
pub(super) fn all() -> Vec<String> {
    NOTED.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
}
