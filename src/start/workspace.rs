//! The folder of a partnership: its settings, what git is to leave alone, and a page for the people
//! who will use it.

use crate::model::period::Period;
use crate::syntax::write::quoted;

/// What a folder is made for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Folder<'a> {
    /// The partnership's name.
    pub partnership: &'a str,
    /// The month in which its year starts.
    pub first_month: i8,
    /// The first assessment, as seen from the folder, with forward slashes.
    pub assessment: &'a str,
    /// The file or the id of its checklist, for the commands that the page shows.
    pub checklist: &'a str,
    /// Its checklist's title.
    pub title: &'a str,
    /// The period of the first assessment.
    pub period: &'a Period,
    /// Where the next assessment may go, as seen from the folder.
    pub next: &'a str,
    /// The name of the editor's schema, in the folder.
    pub schema: &'a str,
}

/// A period as the name of a folder: "2026-27-q2".
pub(crate) fn folder_name(period: &Period) -> String {
    period.name.to_lowercase().replace(' ', "-")
}

/// The settings, with the three statutory partners as examples to put right.
pub(crate) fn settings(folder: &Folder<'_>) -> String {
    let month = match folder.first_month {
        4 => "the year runs from April to March",
        _ => "the month in which the year starts",
    };
    format!(
        "\
# Settings for everything in this folder. A line that begins with # is a note;
# take the # away to make it count.

partnership = {partnership}
# short-name = \"Northmoor\"
first-month = {first_month}                       # {month}
yearly-report = \"yearly report\"         # or \"annual report\"
# marking = \"OFFICIAL-SENSITIVE\"        # printed on every output

# Whose views there are, in the order in which they are shown: scrutineer, self,
# peer, young-people, agreed, and the ids of the partners and agencies below.
# perspectives = [\"self\", \"scrutineer\", \"agreed\"]

# The safeguarding partners: the local authority, the integrated care board and
# the police. An id is a short word that never changes; a label is what is printed.

# [[partner]]
# id = \"la\"
# label = \"Northmoor Council\"

# [[partner]]
# id = \"health\"
# label = \"NHS Northmoor Integrated Care Board\"

# [[partner]]
# id = \"police\"
# label = \"Northmoor Police\"

# Other agencies, as many as there are.

# [[agency]]
# id = \"hospital\"
# label = \"Northmoor General Hospital\"

# Ways of gathering evidence, and voices, beside those that scrutiny knows.

# [evidence]
# methods = [\"mystery-shopping\"]
# voices = [\"care-leavers\"]
",
        partnership = quoted(folder.partnership),
        first_month = folder.first_month,
    )
}

/// What git is told of line ends, so that one file is the same on every computer.
pub(crate) fn attributes() -> String {
    "\
# Texts have Unix line ends in the repository, and those of the computer in the folder.
*.yaml text
*.yml  text
*.toml text
*.md   text
*.json text
# Excel expects Windows line ends.
*.csv  text eol=crlf
# Where `scrutiny git --help` was followed, git shows changes as facts, and merges two
# people's answers question by question. Elsewhere this line does nothing.
*.yaml diff=scrutiny merge=scrutiny
"
    .to_owned()
}

/// What git leaves alone: what can be made again, and what programs leave lying about.
pub(crate) fn ignored() -> String {
    "\
# Reports are made from the assessments, and can be made again.
reports/

# What Word, Excel, editors and systems leave behind.
~$*
*.tmp
*.bak
.scrutiny-*
.DS_Store
Thumbs.db
desktop.ini
"
    .to_owned()
}

/// The page for the people who will use the folder.
pub(crate) fn readme(folder: &Folder<'_>) -> String {
    let Folder { partnership, assessment, checklist, title, period, next, schema, .. } = folder;
    let partnership = crate::text::one_line(partnership);
    let title = crate::text::one_line(title);
    format!(
        "\
# {partnership}: independent scrutiny

In this folder the scrutiny of the partnership is written down: one file for each period and each
view. The files are plain text. Open them in Notepad, or in any other editor for plain text; not in
Word.

## What is here

| file | is |
| --- | --- |
| `{assessment}` | the first assessment, for {period}: every question of {title}, with room for the answers |
| `scrutiny.toml` | the settings: the partnership, its partners and agencies, its year |
| `{schema}` | helps editors that know it (such as Visual Studio Code) to suggest words and to show mistakes while you type; nobody needs to open it |
| `.gitattributes`, `.gitignore` | for git, where it is used; otherwise they do no harm |
| `README.md` | this page |

## Five commands

Type them in this folder, in Terminal or PowerShell.

What is wrong, what is missing, and how the steps stand:

    scrutiny assess {assessment}

The report and the action list, for a board:

    scrutiny assess {assessment} --out reports --force

All actions that are overdue on a day:

    scrutiny actions . --overdue --as-at {as_at}

The questions with their numbers, and what the ratings mean:

    scrutiny checklist show {checklist}

The next period, with the actions that are still open and every question asked again:

    scrutiny init --from {assessment} -o {next}

Each command says more about itself with `--help`. `scrutiny explain` and the name behind a finding,
such as `scrutiny explain missing-evidence`, says what is meant by it.

## Undoing

- `assess`, `actions`, `report` and `validate` never change an assessment. What they write can be
  deleted and made again.
- While a file is open in an editor, Ctrl+Z takes back what you typed.
- Where the folder is kept in SharePoint, OneDrive or Teams: click on the file with the right mouse
  button and choose Version history.
- Where the folder is kept in git: `git diff` shows what changed since the last commit, and
  `git restore {assessment}` brings the file back as it was then.
- Otherwise keep a copy of the folder before you change much.
",
        period = period.name,
        as_at = period.to,
    )
}
