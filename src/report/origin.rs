//! Which assessment something was taken from: as lists of actions and of gaps publish it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{filled, perspective_words};
use crate::actions::{self, Basis, MadeFrom};
use crate::model::audience::Audience;
use crate::model::period::long_date;
use crate::syntax::decode::line;

/// An assessment that something was taken from. Dates are written as 2026-12-18.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Origin {
    pub(super) partnership: String,
    pub(super) period: String,
    pub(super) perspective: String,
    #[serde(skip)]
    pub(super) perspective_words: String,
    pub(super) status: &'static str,
    pub(super) as_at: Option<String>,
    pub(super) judged_on: Option<String>,
    pub(super) checklist: String,
    pub(super) edition: Option<String>,
    pub(super) attribution: String,
    pub(super) marking: Option<String>,
    /// Only there for those inside.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) file: Option<String>,
}

impl Origin {
    /// Where something comes from, as readers may know it.
    pub(super) fn of(basis: &Basis<'_>, audience: Audience) -> Self {
        let assessment = basis.assessment;
        let MadeFrom { status, as_at, judged_on, checklist, edition, attribution, marking, file } =
            actions::made_from(basis);
        let perspective = line(&assessment.perspective).unwrap_or_default();
        let date = |date: Option<Date>| date.map(|date| date.to_string());
        Origin {
            partnership: basis.partnership(),
            period: assessment.period.value().map(|period| period.name.clone()).unwrap_or_default(),
            perspective_words: perspective_words(&perspective, basis.workspace),
            perspective,
            status: status.word(),
            as_at: date(as_at),
            judged_on: date(judged_on),
            checklist,
            edition: filled(&edition),
            attribution,
            marking: filled(&marking),
            file: match audience {
                Audience::Internal => filled(&file),
                Audience::Partnership | Audience::Public => None,
            },
        }
    }

    /// "Northmoor, 2026-27 Q2, Scrutineer; draft; as at 30 September 2026; ...".
    pub(super) fn words(&self) -> String {
        let date =
            |date: &Option<String>| date.as_ref().and_then(|date| date.parse().ok()).map(long_date);
        let edition =
            self.edition.as_ref().map(|edition| format!(", edition {edition}")).unwrap_or_default();
        let mut words = vec![
            format!("{}, {}, {}", self.partnership, self.period, self.perspective_words),
            self.status.to_owned(),
            match date(&self.as_at) {
                Some(as_at) => format!("as at {as_at}"),
                None => "no as-at date".to_owned(),
            },
        ];
        words.extend(date(&self.judged_on).map(|day| format!("overdue as judged on {day}")));
        words.push(format!("checklist {}{edition}", self.checklist));
        words.extend(self.file.as_ref().map(|file| format!("file {file}")));
        words.join("; ")
    }
}
