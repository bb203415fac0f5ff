//! What several readers ask of an action or of a piece of evidence. Rules, reports and gaps share one
//! answer, so that they cannot disagree.

use jiff::civil::Date;

use crate::model::assessment::{Action, ActionStatus, Assessment, Evidence, Response};
use crate::text::one_line;

/// Methods by which an agency says something of itself.
const SELF_REPORT: [&str; 1] = ["self-assessment"];

/// Methods in which people are asked: what they say is self-report where only those are heard who
/// answer for the work.
const ASKING: [&str; 3] = ["interview", "meeting", "survey"];

/// Voices of those who answer for the work.
const ANSWERABLE: [&str; 3] = ["managers", "leaders", "partners"];

/// Methods that show what is laid down, arranged or said, and not what came of it for children.
const PROCESS: [&str; 3] = ["document-review", "meeting", "self-assessment"];

/// Voices of children and of those who bring them up.
const CHILDREN: [&str; 4] = ["children", "young-people", "families", "parents-and-carers"];

/// Voices of those who do the work.
const PRACTITIONERS: [&str; 1] = ["practitioners"];

impl Action {
    /// Whether it was carried out.
    pub(crate) fn is_carried_out(&self) -> bool {
        match self.status.value {
            ActionStatus::Done | ActionStatus::Closed => true,
            ActionStatus::Proposed | ActionStatus::Open | ActionStatus::Dropped => false,
        }
    }

    /// Whether somebody has to lead on it, and it has to be done by a date.
    pub(crate) fn is_agreed(&self) -> bool {
        match self.status.value {
            ActionStatus::Open | ActionStatus::Done | ActionStatus::Closed => true,
            ActionStatus::Proposed | ActionStatus::Dropped => false,
        }
    }

    /// Whether it was agreed and nobody leads on it.
    pub(crate) fn lacks_lead(&self) -> bool {
        self.is_agreed() && self.lead.is_absent()
    }

    /// Whether it was carried out, and neither its impact is said nor when that will be looked at.
    pub(crate) fn lacks_impact(&self) -> bool {
        self.is_carried_out() && self.impact.is_absent() && self.review_by.is_absent()
    }

    /// The day by which its impact was to be reviewed, where that is past and the impact not said.
    pub(crate) fn impact_due(&self, as_at: Option<Date>) -> Option<Date> {
        let review_by = self.review_by.value().copied().filter(|_| self.impact.is_absent())?;
        as_at.is_some_and(|day| review_by < day).then_some(review_by)
    }
}

/// Phrases by which somebody accepts something without committing themselves.
pub(crate) const IN_PRINCIPLE: [&str; 4] =
    ["accepted in principle", "agreed in principle", "accepted-in-principle", "yes in principle"];

impl Response {
    /// Whether the answer itself is given in principle only.
    pub(crate) fn is_said_in_principle(&self) -> bool {
        let said = self.said.value().map(|said| said.to_lowercase().replace('-', " "));
        said.is_some_and(|said| said.contains("in principle"))
    }

    /// Whether the answer or its reason accepts in principle only.
    pub(crate) fn is_in_principle(&self) -> bool {
        let reason = self.reason.value().map(|reason| reason.to_lowercase());
        let is_reasoned =
            reason.is_some_and(|reason| IN_PRINCIPLE.iter().any(|phrase| reason.contains(phrase)));
        self.is_said_in_principle() || is_reasoned
    }
}

/// A piece of evidence together with what it cites: what the first does not say, the second may.
#[derive(Clone, Debug)]
pub(crate) struct Piece<'a> {
    /// What it is; empty where that is not said.
    pub source: String,
    /// How it was gathered.
    pub method: Option<&'a str>,
    /// When.
    pub date: Option<Date>,
    /// When it should be looked at again.
    pub review_by: Option<Date>,
    /// Whose voices are heard in it.
    pub voices: Vec<&'a str>,
}

impl<'a> Piece<'a> {
    /// What is known of a piece of evidence.
    pub(crate) fn of(assessment: &'a Assessment, item: &'a Evidence) -> Self {
        let items = assessment.with_cited(item);
        let voices = items.clone().flat_map(|item| &item.voices);
        let mut voices: Vec<&str> = voices.map(|voice| voice.value.trim()).collect();
        voices.sort_unstable();
        voices.dedup();
        let source =
            items.clone().filter_map(|item| item.source.value()).map(|text| one_line(text));
        let source = source.chain(item.cites.value().map(|id| one_line(id)));
        Piece {
            source: source.into_iter().find(|source| !source.is_empty()).unwrap_or_default(),
            method: items.clone().find_map(|item| item.method.value()).map(|word| word.trim()),
            date: items.clone().find_map(|item| item.date.value()).copied(),
            review_by: items.clone().find_map(|item| item.review_by.value()).copied(),
            voices,
        }
    }

    /// Whether a child, or somebody who brings one up, is heard in it.
    pub(crate) fn hears_children(&self) -> bool {
        self.voices.iter().any(|voice| CHILDREN.contains(voice))
    }

    /// Whether somebody who does the work is heard in it.
    pub(crate) fn hears_practitioners(&self) -> bool {
        self.voices.iter().any(|voice| PRACTITIONERS.contains(voice))
    }

    /// Whether it is known to be what those say of themselves who answer for the work.
    pub(crate) fn is_self_report(&self) -> bool {
        let is_told = || {
            !self.voices.is_empty() && self.voices.iter().all(|voice| ANSWERABLE.contains(voice))
        };
        match self.method {
            Some(method) if SELF_REPORT.contains(&method) => true,
            Some(method) => ASKING.contains(&method) && is_told(),
            None => false,
        }
    }

    /// Whether it is known to show what is done, and not what came of it. Where a child is heard, it
    /// may show both.
    pub(crate) fn is_process(&self) -> bool {
        self.method.is_some_and(|method| PROCESS.contains(&method)) && !self.hears_children()
    }

    /// Whether it was more than a year old on a day.
    pub(crate) fn is_older_than_a_year(&self, day: Date) -> bool {
        let year = jiff::Span::new().years(1);
        let oldest = day.checked_sub(year).ok();
        self.date.zip(oldest).is_some_and(|(date, oldest)| date < oldest)
    }

    /// Whether it should have been looked at again by a day.
    pub(crate) fn is_past_review(&self, day: Date) -> bool {
        self.review_by.is_some_and(|review_by| review_by < day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(method: Option<&'static str>, voices: &[&'static str]) -> Piece<'static> {
        let source = "Audit".to_owned();
        Piece { source, method, date: None, review_by: None, voices: voices.to_vec() }
    }

    #[test]
    fn knows_self_report_and_process_only_where_it_is_said() {
        let check = |method, voices: &[&'static str], is_self_report, is_process| {
            let own = piece(method, voices);
            assert_eq!(own.is_self_report(), is_self_report, "{method:?} {voices:?}");
            assert_eq!(own.is_process(), is_process, "{method:?} {voices:?}");
        };
        check(Some("self-assessment"), &[], true, true);
        check(Some("interview"), &["leaders", "partners"], true, false);
        check(Some("interview"), &["leaders", "practitioners"], false, false);
        check(Some("interview"), &[], false, false);
        check(Some("meeting"), &["leaders"], true, true);
        check(Some("meeting"), &["young-people"], false, false);
        check(Some("document-review"), &[], false, true);
        check(Some("audit"), &[], false, false);
        check(Some("mystery-shopping"), &[], false, false);
        check(None, &["leaders"], false, false);
    }

    #[test]
    fn is_old_on_the_day_after_a_year() {
        let day = |text: &str| text.parse::<Date>().expect("it is a date");
        let of = |text: &str| Piece { date: Some(day(text)), ..piece(None, &[]) };
        assert!(!of("2025-09-30").is_older_than_a_year(day("2026-09-30")));
        assert!(of("2025-09-29").is_older_than_a_year(day("2026-09-30")));
        assert!(of("2023-02-27").is_older_than_a_year(day("2024-02-29")));
    }
}
