//! Who was asked in a period, and how much of it each has answered.
//!
//! Pure. It counts; what was answered is not in it.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use crate::actions::{Basis, same_name};
use crate::model::assessment::Assessment;
use crate::model::checklist::Checklist;
use crate::model::definition::capitalised;
use crate::model::period::Period;
use crate::model::standing::{self, AGREED, Asked, SCRUTINEER, Standing};
use crate::model::workspace::Workspace;
use crate::text::one_line;

/// What was asked of the agencies of a partnership for a period.
#[derive(Clone, Debug)]
pub(crate) struct Round {
    /// The partnership's name.
    pub partnership: String,
    /// What is printed on every output; may be empty.
    pub marking: String,
    /// The name of the period.
    pub period: String,
    /// The title of the checklist, with its edition.
    pub checklist: String,
    /// Who wrote the checklist.
    pub attribution: Vec<String>,
    /// Those who were asked, in order.
    pub returns: Vec<Return>,
}

/// How much a respondent has answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Return {
    /// The respondent's id.
    pub id: String,
    /// The respondent's name.
    pub name: String,
    /// The questions answered.
    pub answered: usize,
    /// The questions that are put to them, on the answers given so far.
    pub asked: usize,
    /// The file; empty where there is none.
    pub file: String,
}

/// How far a return is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// All questions are answered.
    Complete,
    /// Some are.
    Partly,
    /// None is.
    Nothing,
}

impl State {
    /// In words.
    pub(crate) fn words(self) -> &'static str {
        match self {
            State::Complete => "complete",
            State::Partly => "part answered",
            State::Nothing => "nothing yet",
        }
    }
}

impl Return {
    /// How far it is.
    pub(crate) fn state(&self) -> State {
        match self.answered {
            0 => State::Nothing,
            all if all == self.asked => State::Complete,
            _ => State::Partly,
        }
    }

    /// How many days late it is, where it is.
    pub(crate) fn late(&self, due: Option<Due>) -> Option<i32> {
        let due = due.filter(|_| self.state() != State::Complete)?;
        let late = due.as_at.since(due.by).ok()?.get_days();
        (late > 0).then_some(late)
    }
}

/// The day by which answers were asked for, and the day on which that is judged.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Due {
    /// The day by which.
    pub by: Date,
    /// The day of judging.
    pub as_at: Date,
}

/// The rounds of the latest period of each checklist of each partnership, or of a period that was
/// named. Assessments of the scrutineer, and agreed ones, are nobody's return: they say that something
/// was asked only where nothing else of the partnership does.
pub(crate) fn rounds(read: &[Basis<'_>], period: Option<&str>) -> Vec<Round> {
    let is_in = |basis: &Basis<'_>| {
        let own = basis.assessment.period.value().map(|own| same_name(&own.name));
        period.is_none_or(|wanted| own.is_some_and(|own| own == same_name(wanted)))
    };
    let read: Vec<&Basis<'_>> = read.iter().filter(|basis| is_in(basis)).collect();
    let answering: HashSet<String> =
        read.iter().filter(|basis| is_return(basis)).map(|basis| partnership(basis)).collect();
    let read: Vec<&Basis<'_>> = read
        .into_iter()
        .filter(|basis| is_return(basis) || !answering.contains(&partnership(basis)))
        .collect();
    let latest = latest(&read);
    let mut rounds: Vec<(String, &Period, &Checklist, Round)> = Vec::new();
    for basis in read {
        let Some(own) = basis.assessment.period.value() else { continue };
        let Some(name) = basis.assessment.partnership.value() else { continue };
        if latest.get(&asked_of(basis)).is_some_and(|latest| *latest != own.to) {
            continue;
        }
        let key = same_name(name);
        let is_known = |(name, period, checklist, _): &(String, &Period, &Checklist, Round)| {
            *name == key
                && period.from == own.from
                && period.to == own.to
                && checklist.id.value == basis.checklist.id.value
                && checklist.edition == basis.checklist.edition
        };
        if !rounds.iter().any(is_known) {
            let round = round(basis, &one_line(name), own);
            rounds.push((key.clone(), own, basis.checklist, round));
        }
        let known = rounds.iter_mut().find(|own| is_known(own));
        let (.., round) = known.expect("it was added where it was not there");
        add(round, basis);
    }
    let mut rounds: Vec<Round> = rounds.into_iter().map(|(.., round)| round).collect();
    rounds.sort_by_key(|round| (same_name(&round.partnership), round.checklist.clone()));
    rounds.retain(|round| !round.returns.is_empty());
    rounds
}

/// Whether an assessment is what a respondent sent.
fn is_return(basis: &Basis<'_>) -> bool {
    let whose = basis.assessment.perspective.value().map(|word| one_line(word));
    whose.is_some_and(|whose| ![SCRUTINEER, AGREED].contains(&whose.as_str()))
}

fn partnership(basis: &Basis<'_>) -> String {
    basis.assessment.partnership.value().map(|name| same_name(name)).unwrap_or_default()
}

/// The partnership, and what it was asked.
fn asked_of<'a>(basis: &Basis<'a>) -> (String, &'a str) {
    (partnership(basis), basis.checklist.id.value.as_str())
}

/// The last day of the latest period of each checklist of each partnership.
fn latest<'a>(read: &[&Basis<'a>]) -> HashMap<(String, &'a str), Date> {
    let mut latest: HashMap<(String, &str), Date> = HashMap::new();
    for basis in read {
        if let Some(period) = basis.assessment.period.value() {
            let last = latest.entry(asked_of(basis)).or_insert(period.to);
            *last = (*last).max(period.to);
        }
    }
    latest
}

/// A round with all agencies that are asked something, none of whom has answered yet.
fn round(basis: &Basis<'_>, partnership: &str, period: &Period) -> Round {
    let checklist = basis.checklist;
    let agencies =
        basis.workspace.into_iter().flat_map(|own| own.partners.iter().chain(&own.agencies));
    let declared = agencies.map(|agency| (agency.id.value.clone(), one_line(&agency.label)));
    let mut all: Vec<(String, String)> = declared.collect();
    let named = checklist.questions().flat_map(|question| &question.respondents);
    for id in named.map(|id| id.value.trim()) {
        if !all.iter().any(|(known, _)| known == id) {
            all.push((id.to_owned(), id.to_owned()));
        }
    }
    let put = |id: &str| {
        let asked = checklist.questions().filter(|own| standing::is_put_to(own, id));
        asked.filter(|own| own.only_if.is_none()).count()
    };
    let asked = all.into_iter().map(|(id, name)| Return {
        asked: put(&id),
        name,
        id,
        answered: 0,
        file: String::new(),
    });
    let marking = basis.workspace.and_then(|own: &Workspace| own.marking.value());
    let edition = match checklist.edition.as_str() {
        "" => String::new(),
        edition => format!(", edition {edition}"),
    };
    Round {
        partnership: partnership.to_owned(),
        marking: marking.map(|marking| one_line(marking)).unwrap_or_default(),
        period: period.name.clone(),
        checklist: format!("{}{edition}", one_line(&checklist.title)),
        attribution: checklist.attribution.iter().map(|text| one_line(text)).collect(),
        returns: asked.filter(|own| own.asked > 0).collect(),
    }
}

/// Counts what an assessment holds. Where one respondent has several files, the one with most counts.
fn add(round: &mut Round, basis: &Basis<'_>) {
    let Some(perspective) = basis.assessment.perspective.value().map(|word| one_line(word)) else {
        return;
    };
    if !is_return(basis) {
        return;
    }
    // What a respondent says that it covers is not what was asked of it.
    let whole = Assessment { covers: None, ..basis.assessment.clone() };
    let asked = standing::stand(basis.checklist, &whole);
    let is_put = |own: &&Asked<'_>| own.standing != Standing::NotAsked;
    let put: Vec<&Asked<'_>> = asked.iter().filter(is_put).collect();
    let answered = put.iter().filter(|own| is_answered(own.standing)).count();
    let known = round.returns.iter().position(|own| own.id == perspective);
    let own = match known {
        Some(at) => &mut round.returns[at],
        None => {
            round.returns.push(Return {
                name: capitalised(&perspective),
                id: perspective,
                answered: 0,
                asked: 0,
                file: String::new(),
            });
            round.returns.last_mut().expect("it was just added")
        }
    };
    if own.file.is_empty() || answered > own.answered {
        own.answered = answered;
        own.asked = put.len();
        own.file = basis.file.to_owned();
    }
}

fn is_answered(standing: Standing<'_>) -> bool {
    match standing {
        Standing::Rated(_) | Standing::Answered | Standing::NotApplicable | Standing::TooEarly => {
            true
        }
        Standing::NotYet | Standing::Unreadable | Standing::NotAsked => false,
    }
}
