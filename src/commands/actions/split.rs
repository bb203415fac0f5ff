//! A list for each lead, in a file of its own that holds its own actions and nobody else's.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use unicode_normalization::UnicodeNormalization;

use super::{Args, Format, List, Made, filter_words, grouped, make};
use crate::actions::{Led, Tracked, by_lead};
use crate::commands::inputs::shown;
use crate::report::Material;

/// Whether it is said where the files go.
pub(super) fn check(args: &Args) -> Result<()> {
    match (args.split_by, args.destination.file()) {
        (None, _) => Ok(()),
        (Some(_), None) => {
            bail!("--split-by writes several files: add the folder that they go to, -o DIR")
        }
        (Some(_), Some(folder)) if folder.exists() && !folder.is_dir() => bail!(
            "{} is a file: with --split-by, -o names the folder that the files go to",
            shown(folder)
        ),
        (Some(_), Some(_)) => Ok(()),
    }
}

/// The lists, each with the file that it goes to.
pub(super) fn lists(
    args: &Args,
    materials: &[Material<'_>],
    actions: &[Tracked],
) -> Result<Vec<(Option<PathBuf>, Made)>> {
    if actions.is_empty() {
        bail!("there are no such actions, so there is nothing to divide; nothing was written");
    }
    let folder = args.destination.file().unwrap_or(Path::new("."));
    let workspaces = materials.iter().filter_map(|material| material.basis.workspace);
    let mut taken = HashSet::new();
    let mut lists = Vec::new();
    for led in by_lead(actions, workspaces) {
        let lead = led.lead.as_deref().unwrap_or("no lead yet");
        let name = file_name("actions", lead, ending(args.format), &mut taken);
        lists.push((Some(folder.join(name)), own_list(args, materials, led)?));
    }
    Ok(lists)
}

/// The list of one lead. It names only the assessments that its own actions were taken from, and
/// counts nothing else.
fn own_list(args: &Args, materials: &[Material<'_>], led: Led) -> Result<Made> {
    let stands_in = |material: &&Material<'_>| {
        let origin = crate::actions::made_from(&material.basis);
        let partnership = material.basis.partnership();
        led.actions
            .iter()
            .any(|action| action.made_from.file == origin.file && action.partnership == partnership)
    };
    let own: Vec<Material<'_>> = materials.iter().filter(stands_in).copied().collect();
    let whose = match &led.lead {
        Some(lead) => format!("led by {lead}"),
        None => "without a lead".to_owned(),
    };
    let shown = [filter_words(args), Some(whose)].into_iter().flatten();
    let list = List {
        materials: &own,
        groups: grouped(args, led.actions),
        shown: Some(shown.collect::<Vec<_>>().join(", ")),
        left_out: 0,
        audience: args.audience.into(),
    };
    make(list, args.format)
}

fn ending(format: Format) -> &'static str {
    match format {
        Format::Markdown => "md",
        Format::Csv => "csv",
        #[cfg(feature = "xlsx")]
        Format::Xlsx => "xlsx",
        Format::Ics => "ics",
        Format::Json => "json",
    }
}

/// The longest part of a file's name that comes from the name of a lead or a partnership, in bytes.
const LONGEST: usize = 160;

/// A name that every system takes: letters, digits and hyphens behind a word such as "actions", so that
/// no name that Windows keeps for itself comes out, and each once whatever the letter case.
pub(in crate::commands) fn file_name(
    word: &str,
    whose: &str,
    ending: &str,
    taken: &mut HashSet<String>,
) -> String {
    let plain: String = whose.nfkc().flat_map(char::to_lowercase).collect();
    let words = plain.split(|letter: char| !letter.is_alphanumeric());
    let mut stem = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-");
    while stem.len() > LONGEST {
        stem.pop();
    }
    let stem = match stem.trim_end_matches('-') {
        "" => format!("{word}-unnamed"),
        stem => format!("{word}-{stem}"),
    };
    let numbered = (2..).map(|number| format!("{stem}-{number}"));
    let mut names = std::iter::once(stem.clone()).chain(numbered);
    let free = names.find(|name| taken.insert(name.clone()));
    format!("{}.{ending}", free.expect("there are more numbers than leads"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_names_that_every_system_takes() {
        let check = |leads: &[&str], expected: &[&str]| {
            let mut taken = HashSet::new();
            let names: Vec<String> =
                leads.iter().map(|lead| file_name("actions", lead, "csv", &mut taken)).collect();
            assert_eq!(names, expected, "{leads:?}");
        };
        check(&["Police", "POLICE"], &["actions-police.csv", "actions-police-2.csv"]);
        check(
            &["Health & care", "Health/care"],
            &["actions-health-care.csv", "actions-health-care-2.csv"],
        );
        check(
            &["CON", "nul.", "../../etc"],
            &["actions-con.csv", "actions-nul.csv", "actions-etc.csv"],
        );
        check(
            &["...", "Cafe\u{301}", "Café"],
            &["actions-unnamed.csv", "actions-café.csv", "actions-café-2.csv"],
        );
        check(&["a\u{0}b\nc", "C:\\x"], &["actions-a-b-c.csv", "actions-c-x.csv"]);
        check(
            &["Police 2", "Police", "police"],
            &["actions-police-2.csv", "actions-police.csv", "actions-police-3.csv"],
        );
        let long = file_name("actions", &"é".repeat(300), "xlsx", &mut HashSet::new());
        assert!(long.len() < 200, "{}", long.len());
    }
}
