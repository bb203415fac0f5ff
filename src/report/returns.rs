//! Who has answered in words: the published value for programs, the rows of a table, and the sheet.

use serde::{Deserialize, Serialize};

use super::sheet::{Column, Sheet};
use super::{filled, to_line, tool};
use crate::model::period::long_date;
use crate::returns::{Due, Return, Round, State};
use crate::text::{count, once_each};

/// The version of the published value. It is raised when a field changes its meaning.
const VERSION: u32 = 1;

/// Who has answered: the published value.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) struct ReturnList {
    version: u32,
    tool: String,
    due: Option<String>,
    as_at: Option<String>,
    rounds: Vec<RoundPart>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct RoundPart {
    partnership: String,
    period: String,
    checklist: String,
    marking: Option<String>,
    attribution: Vec<String>,
    returns: Vec<ReturnPart>,
}

#[derive(Debug, Serialize, Deserialize)]
struct ReturnPart {
    respondent: String,
    name: String,
    answered: usize,
    asked: usize,
    state: &'static str,
    days_late: Option<i32>,
    file: Option<String>,
}

impl ReturnList {
    /// The value of rounds.
    pub(crate) fn of(rounds: &[Round], due: Option<Due>) -> Self {
        let part = |own: &Return| ReturnPart {
            respondent: own.id.clone(),
            name: own.name.clone(),
            answered: own.answered,
            asked: own.asked,
            state: own.state().words(),
            days_late: own.late(due),
            file: filled(&own.file),
        };
        let round = |round: &Round| RoundPart {
            partnership: round.partnership.clone(),
            period: round.period.clone(),
            checklist: round.checklist.clone(),
            marking: filled(&round.marking),
            attribution: round.attribution.clone(),
            returns: round.returns.iter().map(part).collect(),
        };
        ReturnList {
            version: VERSION,
            tool: tool(),
            due: due.map(|due| due.by.to_string()),
            as_at: due.map(|due| due.as_at.to_string()),
            rounds: rounds.iter().map(round).collect(),
        }
    }
}

/// The rounds as rows under a header, for a spreadsheet.
pub(crate) fn rows(rounds: &[Round], due: Option<Due>) -> Vec<Vec<String>> {
    let header = [
        "Partnership",
        "Period",
        "Respondent",
        "Name",
        "Answered",
        "Asked",
        "State",
        "Due",
        "Days late",
        "As at",
        "Checklist",
        "File",
        "Attribution",
        "Marking",
        "Made with",
    ];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    for round in rounds {
        for own in &round.returns {
            rows.push(vec![
                round.partnership.clone(),
                round.period.clone(),
                own.id.clone(),
                own.name.clone(),
                own.answered.to_string(),
                own.asked.to_string(),
                own.state().words().to_owned(),
                due.map(|due| due.by.to_string()).unwrap_or_default(),
                own.late(due).unwrap_or(0).to_string(),
                due.map(|due| due.as_at.to_string()).unwrap_or_default(),
                round.checklist.clone(),
                own.file.clone(),
                round.attribution.join("; "),
                round.marking.clone(),
                tool(),
            ]);
        }
    }
    rows
}

/// The rounds as a sheet that pastes into an e-mail.
pub(crate) fn sheet(rounds: &[Round], due: Option<Due>) -> Sheet {
    let mut sheet = Sheet::new(match rounds {
        [only] => format!("{}, {}: who has answered", only.partnership, only.period),
        _ => "Who has answered".to_owned(),
    });
    sheet.markings = each(rounds, |round| vec![round.marking.clone()]);
    if let Some(Due { by, as_at }) = due {
        sheet.sentence(format!(
            "Answers were asked for by {}; as at {}.",
            long_date(by),
            long_date(as_at)
        ));
    }
    for round in rounds {
        if rounds.len() > 1 {
            let title = format!("{}, {}: {}", round.partnership, round.period, round.checklist);
            sheet.heading(2, title);
        }
        sheet.sentence(summary(round, due));
        let mut header = vec![
            ("Respondent", Column::Prose),
            ("Answered", Column::Word),
            ("State", Column::Word),
        ];
        header.extend(due.map(|_| ("Late", Column::Phrase)));
        let row = |own: &Return| {
            let mut row = vec![
                own.name.clone(),
                format!("{} of {}", own.answered, own.asked),
                own.state().words().to_owned(),
            ];
            row.extend(due.map(|_| match own.late(due) {
                Some(days) => count(days.unsigned_abs() as usize, "day"),
                None => "no".to_owned(),
            }));
            row
        };
        sheet.table(&header, round.returns.iter().map(row).collect());
    }
    sheet.made_from = each(rounds, |round| {
        let mut lines = vec![round.checklist.clone()];
        lines.extend(round.attribution.iter().map(|text| to_line(text)));
        lines
    });
    sheet.made_from.push(format!("Made with {}", tool()));
    sheet
}

/// How many have answered all, some and none, and how many are late.
fn summary(round: &Round, due: Option<Due>) -> String {
    let of = |state: State| round.returns.iter().filter(|own| own.state() == state).count();
    let mut said = format!(
        "Of {} asked, {} answered all questions, {} some and {} none.",
        round.returns.len(),
        of(State::Complete),
        of(State::Partly),
        of(State::Nothing)
    );
    if due.is_some() {
        let late = round.returns.iter().filter(|own| own.late(due).is_some()).count();
        said.push_str(&format!(" {late} late."));
    }
    said
}

/// What rounds say, each once.
fn each(rounds: &[Round], lines: fn(&Round) -> Vec<String>) -> Vec<String> {
    once_each(rounds.iter().flat_map(lines).filter(|text| !text.is_empty()))
}
