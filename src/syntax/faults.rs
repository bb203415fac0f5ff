//! The rules about text, YAML, TOML and the shape of what stands in them: what can be said before
//! anything is known of checklists and assessments. Their rows are in the one table of rules.

use crate::finding::{Level, Rule};

/// The bytes are not UTF-8 text.
pub(crate) static UNREADABLE_TEXT: Rule = Rule {
    id: "unreadable-text",
    level: Level::Error,
    summary: "The file is not plain text in UTF-8",
    explain: "The file is in another encoding (UTF-16, or what Windows calls ANSI), or it is not a \
              text at all, for example a Word document with another ending. Open it in the program \
              that made it and save it as plain text with the encoding UTF-8. In Notepad: File, \
              Save as, and choose UTF-8 beside Encoding.",
    before: "A file saved by Notepad as \"Unicode\" or \"ANSI\"",
    after: "The same file saved as \"UTF-8\"",
};

/// A cap on size or depth was passed.
pub(crate) static TOO_LARGE: Rule = Rule {
    id: "too-large",
    level: Level::Error,
    summary: "The file is larger or more deeply nested than any assessment is",
    explain: "Files above 10 MiB, and lists or groups nested more than 64 deep, are refused before \
              they are read, so that a damaged or hostile file cannot stop the work on the others. \
              Cut the file into one for each period or perspective, or remove what was pasted in by \
              mistake.",
    before: "evidence: [[[[[[[[ ... ]]]]]]]]",
    after: "evidence:\n  - Minutes of 3 June 2026",
};

/// Nothing in the file.
pub(crate) static EMPTY_FILE: Rule = Rule {
    id: "empty-file",
    level: Level::Error,
    summary: "The file is empty",
    explain: "There is nothing in the file but perhaps blank lines and comments. If it was written \
              once, look for an earlier copy before you save it again.",
    before: "# an assessment will stand here",
    after: "scrutiny: assessment\nchecklist: six-steps-2019",
};

/// The general YAML fault, where no better explanation is known.
pub(crate) static NOT_YAML: Rule = Rule {
    id: "not-yaml",
    level: Level::Error,
    summary: "The file cannot be read on from here",
    explain: "The layout of the file breaks off at this place. Each line holds one `key: value`, \
              with a colon and a space between them; what belongs to a key stands below it, \
              indented by two spaces; items of a list begin with a dash and a space. Where nothing \
              below the place could be read, the finding says so.",
    before: "ratings\n  1.1:\n    rating: green",
    after: "ratings:\n  1.1:\n    rating: green",
};

/// The general TOML fault.
pub(crate) static NOT_TOML: Rule = Rule {
    id: "not-toml",
    level: Level::Error,
    summary: "The line is not written as TOML asks",
    explain: "Checklists and settings are written as `key = \"text\"`, each on a line of its own. \
              Texts stand in straight double quotes; a text of several lines stands between two \
              rows of three double quotes; lists stand in square brackets.",
    before: "title = Strategic plan",
    after: "title = \"Strategic plan\"",
};

/// A colon in bare prose.
pub(crate) static COLON_IN_TEXT: Rule = Rule {
    id: "colon-in-text",
    level: Level::Error,
    summary: "A colon in the text makes it look like another key",
    explain: "A colon followed by a space separates a key from its value. A text on the same line \
              as its key must not hold another one. Put the text on the next line, indented, with \
              `|` after the key: then colons, quotes and hashes in it are just text. Or put the \
              whole text in double quotes.",
    before: "because: The plan is agreed: funding is not",
    after: "because: |\n  The plan is agreed: funding is not",
};

/// An apostrophe or quotation mark at the edge of bare prose.
pub(crate) static QUOTE_IN_TEXT: Rule = Rule {
    id: "quote-in-text",
    level: Level::Error,
    summary: "A quotation mark or an apostrophe breaks the text off",
    explain: "A text that begins with a quotation mark or an apostrophe ends at the next one. Put \
              the text on the next line, indented, with `|` after the key: then quotation marks and \
              apostrophes in it are just text.",
    before: "says: 'It's late,' they said",
    after: "says: |\n  'It's late,' they said",
};

/// A character at the beginning of bare prose that means something to YAML.
pub(crate) static SIGN_IN_TEXT: Rule = Rule {
    id: "sign-in-text",
    level: Level::Error,
    summary: "The text begins with a sign that has a meaning of its own",
    explain: "A text that begins with one of * & ! | > [ { % @ ` - or ? is not read as a text. Put \
              it on the next line, indented, with `|` after the key, or put it in double quotes.",
    before: "task: [Draft] Agree the plan",
    after: "task: \"[Draft] Agree the plan\"",
};

/// Tabs in the indentation.
pub(crate) static TAB_INDENT: Rule = Rule {
    id: "tab-indent",
    level: Level::Error,
    summary: "The line is indented with a tab",
    explain: "Only spaces indent a line, two for each level, because a tab is as wide as each \
              program makes it. Replace each tab at the beginning of the line by two spaces. Most \
              editors can be told to type spaces when the Tab key is pressed.",
    before: "ratings:\n\t1.1:",
    after: "ratings:\n  1.1:",
};

/// Text under `|` that is not indented.
pub(crate) static TEXT_NOT_INDENTED: Rule = Rule {
    id: "text-not-indented",
    level: Level::Error,
    summary: "The text under `|` is not indented enough",
    explain: "Every line of a text that begins with `key: |` is indented further than its key, by \
              two spaces, and no line less than the first. Otherwise the text ends there and the \
              rest is taken for keys.",
    before: "because: |\nThe plan is agreed.",
    after: "because: |\n  The plan is agreed.",
};

/// A line whose indentation fits nothing above it.
pub(crate) static UNEVEN_INDENT: Rule = Rule {
    id: "uneven-indent",
    level: Level::Error,
    summary: "The line is indented unlike the lines it belongs with",
    explain: "Keys that belong together begin in the same column. A line indented further belongs \
              to the key above it; one indented less belongs to a key further up.",
    before: "rating: green\n  because: Agreed",
    after: "rating: green\nbecause: Agreed",
};

/// No space after the colon.
pub(crate) static SPACE_AFTER_COLON: Rule = Rule {
    id: "space-after-colon",
    level: Level::Error,
    summary: "An ordinary space is missing after the colon or the dash",
    explain: "A key and its value are separated by a colon and an ordinary space, and the items of a \
              list begin with a dash and one. Without the space, or with a non-breaking one as word \
              processors type it, the line is one long word.",
    before: "rating:green",
    after: "rating: green",
};

/// Anchors, aliases, merge keys, tags, directives, complex keys.
pub(crate) static YAML_EXTRA: Rule = Rule {
    id: "yaml-extra",
    level: Level::Error,
    summary: "The file uses a part of YAML that is not allowed here",
    explain: "Anchors (&), aliases (*), merge keys (<<), tags (!), directives (%) and keys that are \
              lists make a file say something else than a reader sees in it. Write the value out \
              where it is meant. Evidence that counts in several places is written once, under the \
              top-level `evidence`, and cited with `ref`.",
    before: "evidence: &plan\n  - The plan\nmore: *plan",
    after: "evidence:\n  - ref: E-01",
};

/// A text that is cut off by a hash.
pub(crate) static TEXT_AFTER_HASH: Rule = Rule {
    id: "text-after-hash",
    level: Level::Advice,
    summary: "A hash cuts the text off",
    explain: "A space and a hash begin a comment: the rest of the line is not read. Put the text \
              under `|`, or in double quotes, if the hash belongs to it. A comment that is meant \
              has a space after its hash.",
    before: "task: Close recommendation #3",
    after: "task: \"Close recommendation #3\"",
};

/// A character that no reader sees.
pub(crate) static HIDDEN_CHARACTER: Rule = Rule {
    id: "hidden-character",
    level: Level::Error,
    summary: "There is a character in the file that no reader sees",
    explain: "Invisible characters, and those that turn the direction of the text, make a file say \
              something else than it shows, and come in by copying from web pages and PDF files. \
              Delete the character: put the cursor behind it and press the Backspace key once.",
    before: "rating: gr(zero-width space)een",
    after: "rating: green",
};

/// A second document in the file.
pub(crate) static SECOND_DOCUMENT: Rule = Rule {
    id: "second-document",
    level: Level::Error,
    summary: "A second document begins in the same file",
    explain: "A line that begins with three dashes or three dots ends the document, and what follows \
              it would not be read as a part of this one. Put it in a file of its own, or remove the \
              line.",
    before: "period: 2026-27 Q2\n---\nratings:",
    after: "period: 2026-27 Q2\nratings:",
};

/// A key twice in one place.
pub(crate) static DUPLICATE_KEY: Rule = Rule {
    id: "duplicate-key",
    level: Level::Error,
    summary: "The same key stands twice in one place",
    explain: "Only one of the two values could count, and nobody could tell which was meant. Keep \
              one, or put both texts under the first key.",
    before: "because: The plan is agreed.\nbecause: Funding is not.",
    after: "because: |\n  The plan is agreed.\n  Funding is not.",
};

/// A key that is not known here.
pub(crate) static UNKNOWN_KEY: Rule = Rule {
    id: "unknown-key",
    level: Level::Error,
    summary: "The key is not known at this place",
    explain: "What stands under an unknown or misspelt key would be lost from every report without \
              a word, so it is reported instead. Correct the spelling, or move the text to one of \
              the keys that belong here.",
    before: "becuase: The plan is agreed.",
    after: "because: The plan is agreed.",
};

/// A key that must be there.
pub(crate) static MISSING_KEY: Rule = Rule {
    id: "missing-key",
    level: Level::Error,
    summary: "A key that is needed is missing",
    explain: "Without this key the rest cannot be understood. Add it as shown.",
    before: "scrutiny: assessment\npartnership: Northmoor",
    after: "scrutiny: assessment\nchecklist: six-steps-2019\npartnership: Northmoor",
};

/// A text where a list is needed, and so on.
pub(crate) static WRONG_SHAPE: Rule = Rule {
    id: "wrong-shape",
    level: Level::Error,
    summary: "A text, a list or a group of keys stands where another one is needed",
    explain: "A text stands after its key. Each item of a list stands on a line of its own and \
              begins with a dash. A group of keys is indented below its key.",
    before: "actions: Agree the plan",
    after: "actions:\n  - id: A-01\n    task: Agree the plan",
};

/// A value that is not one of the few allowed.
pub(crate) static UNKNOWN_WORD: Rule = Rule {
    id: "unknown-word",
    level: Level::Error,
    summary: "The value is not one of the words that this key takes",
    explain: "Some keys take one of a few words only, spelt just so. Use one of those named in the \
              finding.",
    before: "roll-up: average",
    after: "roll-up: parts",
};

/// A date that does not exist, or is not written as a date.
pub(crate) static NOT_A_DATE: Rule = Rule {
    id: "not-a-date",
    level: Level::Error,
    summary: "The date does not exist or is not written as year, month and day",
    explain: "Dates are written as year-month-day with two digits for month and day: 2026-06-30 is \
              30 June 2026. A date that no calendar has is never moved to the next one.",
    before: "due: 2026-06-31",
    after: "due: 2026-06-30",
};
