//! The kinds of report, and the formats in which each is laid out.

/// For whom and for what a report is laid out. All kinds show one computed value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Everything.
    Full,
    /// What moved, where things stand, what presses.
    Quarterly,
    /// The scrutineer's statement for a year.
    Annual,
    /// One page with a recommendation.
    Committee,
    /// The seven headings of a seven-minute briefing.
    Briefing,
    /// In plain words for young readers.
    YoungPeople,
    /// One step.
    Step,
}

impl Kind {
    /// All of them, in the order in which they are listed.
    pub(crate) const ALL: [Kind; 7] = [
        Kind::Full,
        Kind::Quarterly,
        Kind::Annual,
        Kind::Committee,
        Kind::Briefing,
        Kind::YoungPeople,
        Kind::Step,
    ];

    /// The word that commands, settings and templates use.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Kind::Full => "full",
            Kind::Quarterly => "quarterly",
            Kind::Annual => "annual",
            Kind::Committee => "committee",
            Kind::Briefing => "briefing",
            Kind::YoungPeople => "young-people",
            Kind::Step => "step",
        }
    }

    /// What it is, in a line.
    pub(crate) fn about(self) -> &'static str {
        match self {
            Kind::Full => "Everything: ratings, reasons, evidence and the action plan",
            Kind::Quarterly => "What moved, where things stand and what presses",
            Kind::Annual => "The scrutineer's statement for a year, by what guidance asks of it",
            Kind::Committee => "One page with what the committee is asked to do",
            Kind::Briefing => "A seven-minute briefing under its seven headings",
            Kind::YoungPeople => "A page in plain words for young readers",
            Kind::Step => "One step",
        }
    }
}

/// What a report is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// Markdown.
    Markdown,
    /// A web page.
    Html,
}

impl Format {
    /// All of them.
    pub(crate) const ALL: [Format; 2] = [Format::Markdown, Format::Html];

    /// The word that commands use.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Format::Markdown => "markdown",
            Format::Html => "html",
        }
    }

    /// How the names of its files end.
    pub(crate) fn ending(self) -> &'static str {
        match self {
            Format::Markdown => "md",
            Format::Html => "html",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::workspace::TEMPLATES;

    #[test]
    fn the_settings_name_every_kind() {
        assert_eq!(Kind::ALL.map(Kind::word), TEMPLATES);
    }
}
