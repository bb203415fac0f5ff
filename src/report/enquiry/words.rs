//! Why a question is asked and what to ask for, in words. None of them names a piece of evidence: it may
//! be one that readers are not to see.

use crate::actions::{Basis, Timing};
use crate::enquiry::{Division, Enquiry, Pending, Reason};
use crate::gaps::Kind;
use crate::model::assessment::Action;
use crate::model::checklist::{self, Checklist, Question, ScaleValue};
use crate::model::period::long_date;
use crate::syntax::decode::{Given, line};
use crate::text::{count, one_line};

/// What the sheets are called.
pub(super) fn title(by: Division) -> &'static str {
    match by {
        Division::Together => "enquiry sheet",
        Division::Method => "enquiry sheets by method",
        Division::Agency => "enquiry sheets by agency",
    }
}

/// Why a question is asked.
pub(super) fn why(basis: Basis<'_>, enquiry: &Enquiry<'_>) -> Vec<String> {
    enquiry.reasons.iter().map(|reason| reason_words(basis, enquiry, *reason)).collect()
}

fn reason_words(basis: Basis<'_>, enquiry: &Enquiry<'_>, reason: Reason<'_>) -> String {
    let question = enquiry.asked.question;
    match reason {
        Reason::Lowest(value) => format!("Rated {}, the lowest value", value.label),
        Reason::BelowBest(value) => match best(basis.checklist, question) {
            Some(best) => format!("Rated {}, below {}", value.label, best.label),
            None => format!("Rated {}", value.label),
        },
        Reason::Open if question.is_rated() => "Not yet rated".to_owned(),
        Reason::Open => "Not yet answered".to_owned(),
        Reason::TooEarlyDue => match enquiry.asked.entry.and_then(|own| own.review_by.value()) {
            Some(day) => {
                format!("It was too early to rate, to be looked at again by {}", long_date(*day))
            }
            None => "It was too early to rate".to_owned(),
        },
        Reason::Reworded => "The question has been reworded since it was answered".to_owned(),
        Reason::OldEvidence => "Evidence is older than a year, or past its review date".to_owned(),
        Reason::NoChildVoice => "No child's or family's voice is heard".to_owned(),
        Reason::NoPractitionerVoice => "No practitioner's voice is heard".to_owned(),
    }
}

fn best<'c>(checklist: &'c Checklist, question: &Question) -> Option<&'c ScaleValue> {
    checklist.scale_of(question).and_then(|scale| scale.values.first())
}

/// What to ask for: what would settle each reason and each gap, then what the actions leave open.
pub(super) fn ask_for(basis: Basis<'_>, enquiry: &Enquiry<'_>) -> Vec<String> {
    let question = enquiry.asked.question;
    let of_reasons = enquiry.reasons.iter().filter_map(|reason| match reason {
        Reason::Lowest(_) | Reason::BelowBest(_) => {
            Some("What has changed since, and what shows it")
        }
        Reason::Open if question.is_rated() => {
            Some("What is in place, and what shows it, so that it can be rated")
        }
        Reason::Open => Some("An answer, and what it rests on"),
        Reason::TooEarlyDue => Some("Whether it can be rated now, and on what"),
        Reason::Reworded => Some("An answer to the question as it reads now"),
        // These are gaps, which have words below.
        Reason::OldEvidence | Reason::NoChildVoice | Reason::NoPractitionerVoice => None,
    });
    let best = best(basis.checklist, question).map(|best| best.label.as_str());
    let of_gaps = enquiry.gaps.iter().filter_map(|gap| gap_words(*gap, best));
    let of_actions = enquiry.actions.iter().flat_map(|(action, pending)| {
        pending.iter().enumerate().map(|(place, pending)| match place {
            0 => format!("{}{}", action_words(action, *pending), task_words(action)),
            // What the action is stands with what is asked of it first.
            _ => action_words(action, *pending),
        })
    });
    of_reasons.map(str::to_owned).chain(of_gaps).chain(of_actions).collect()
}

fn gap_words(gap: Kind, best: Option<&str>) -> Option<String> {
    let words = match gap {
        Kind::NoChildVoice => "What children or families say of it",
        Kind::NoPractitionerVoice => "What those who do the work say of it",
        Kind::OneSource => "A second source beside the one that the rating rests on",
        Kind::BestOnSelfReport => {
            let best = best.unwrap_or("the rating");
            return Some(format!("Something beside self-report that confirms {best}"));
        }
        Kind::OldEvidence => {
            "Newer evidence in place of what is older than a year or past its review date"
        }
        Kind::ProcessOnly => "What came of it for children, beyond what is laid down or done",
        Kind::UpWithoutEvidence => "What shows that it is better than last time",
        // A reason says it already.
        Kind::TooEarlyDue => return None,
        // Actions have words of their own.
        Kind::DoneWithoutImpact | Kind::AcceptedInPrinciple | Kind::NoLead => return None,
    };
    Some(words.to_owned())
}

fn action_words(action: &Action, pending: Pending) -> String {
    let name = action.id.value().map_or("this action".to_owned(), |id| one_line(id));
    let due = action.due.value().map(|due| format!(", due {}", long_date(*due)));
    let due = due.unwrap_or_default();
    match pending {
        Pending::Proposed => format!("Whether {name} will be agreed"),
        Pending::Open(Timing::Overdue(days)) => {
            format!(
                "How far {name} is{due} and {} late",
                count(days.unsigned_abs() as usize, "day")
            )
        }
        Pending::Open(Timing::Undated) => {
            format!("How far {name} is, and by when it will be done")
        }
        Pending::Open(_) => format!("How far {name} is{due}"),
        Pending::InPrinciple => format!("Whether {name} is accepted, and not only in principle"),
        Pending::NoLead => format!("Who leads on {name}"),
        Pending::NoImpact => format!("What difference {name} made"),
    }
}

/// What an action is and who leads on it.
fn task_words(action: &Action) -> String {
    let given = |text: &Given<String>| line(text).filter(|text| !text.is_empty());
    let task = given(&action.task).map(|task| format!(": {}", task.trim_end_matches('.')));
    let lead = given(&action.lead).map(|lead| format!(" ({lead})"));
    task.into_iter().chain(lead).collect()
}

/// The answers that a question has to choose from.
pub(super) fn answers(checklist: &Checklist, question: &Question) -> Vec<String> {
    match &question.kind {
        checklist::Kind::Rag(_) => {
            let scale = checklist.scale_of(question);
            let values = scale.into_iter().flat_map(|scale| &scale.values);
            let mut labels: Vec<String> = values.map(|value| value.label.clone()).collect();
            labels.extend(question.not_applicable.then(|| "Not applicable".to_owned()));
            labels.push("Too early to say".to_owned());
            labels
        }
        checklist::Kind::YesNo => vec!["Yes".to_owned(), "No".to_owned()],
        checklist::Kind::Choice(choices) | checklist::Kind::Choices(choices) => {
            choices.iter().map(|choice| one_line(&choice.label)).collect()
        }
        checklist::Kind::Text | checklist::Kind::Number(_) => Vec::new(),
    }
}
