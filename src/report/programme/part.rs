//! How scrutiny was done, as reports on an assessment tell it from a programme: what an audience may
//! see of it.

use serde::{Deserialize, Serialize};

use super::words;
use crate::model::audience::Audience;
use crate::model::definition::capitalised;
use crate::model::period::long_date;
use crate::model::programme::{ActivityStatus, StageName};
use crate::programme::{Attendance, Overview, Standing};
use crate::report::{Prose, line, text};
use crate::text::{count, times};

/// How scrutiny was done.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Done {
    /// The year that the programme is agreed for.
    year: String,
    /// The day on which it was judged, or nothing.
    as_at: Option<String>,
    /// The scrutineer's own words on it.
    summary: Option<Prose>,
    /// The days that were used, in sentences.
    days: String,
    /// What it costs, in sentences.
    costs: String,
    /// Caps that are near or passed; nothing of it for the public.
    warnings: Vec<String>,
    /// What was done, or is under way.
    activities: Vec<DoneActivity>,
    /// What is still to come, in a sentence.
    to_come: String,
    /// The groups that meet.
    groups: Vec<DoneGroup>,
    /// What is looked into in depth.
    deep_dives: Vec<DoneDive>,
    /// What became of requests for information, in a sentence; nothing where there were none.
    information: Option<String>,
    /// How many challenges were made, in a sentence; nothing where there were none.
    challenged: Option<String>,
    /// The challenges; none for the public.
    challenges: Vec<DoneChallenge>,
}

#[derive(Debug, Serialize, Deserialize)]
struct DoneActivity {
    what: String,
    how: Option<String>,
    when: Option<String>,
    days: String,
    status: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct DoneGroup {
    group: String,
    /// "Attended twice; papers read once".
    seen: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct DoneDive {
    title: String,
    lines_of_enquiry: Vec<String>,
    /// The last stage that was reached.
    stage: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct DoneChallenge {
    to: String,
    date: Option<String>,
    what: String,
    response: Option<String>,
    outcome: Option<String>,
}

impl Done {
    /// What an audience may see of a programme.
    pub(crate) fn of(overview: &Overview<'_>, audience: Audience) -> Self {
        let programme = overview.basis.programme;
        let is_public = audience == Audience::Public;
        let year = programme.year.value().map(|year| year.name.clone());
        let information = information(overview);
        let later = overview.next().len();
        Done {
            year: year.unwrap_or_default(),
            as_at: overview.basis.as_at.map(long_date),
            summary: text(&programme.summary),
            days: words::days(&overview.days),
            costs: words::costs(overview),
            warnings: if is_public { Vec::new() } else { words::warnings(overview) },
            activities: activities(overview),
            to_come: match later {
                0 => "Nothing with a date is to come.".to_owned(),
                1 => "1 entry of the programme is to come.".to_owned(),
                many => format!("{many} entries of the programme are to come."),
            },
            groups: overview.groups.iter().filter_map(group).collect(),
            deep_dives: dives(overview),
            information,
            challenged: words::challenged(overview),
            challenges: if is_public { Vec::new() } else { challenges(overview) },
        }
    }
}

fn activities(overview: &Overview<'_>) -> Vec<DoneActivity> {
    let activities = overview.basis.programme.activities.iter();
    let begun = activities
        .filter(|own| matches!(own.status(), ActivityStatus::Done | ActivityStatus::UnderWay));
    let part = |own: &crate::model::programme::Activity| {
        Some(DoneActivity {
            what: line(&own.what)?,
            how: line(&own.how),
            when: own.when.value().map(|when| when.words()),
            days: own.effort.used.value().copied().unwrap_or_default().to_string(),
            status: capitalised(own.status().word()),
        })
    };
    begun.filter_map(part).collect()
}

fn group(own: &Attendance<'_>) -> Option<DoneGroup> {
    let mut seen = Vec::new();
    if own.attended > 0 {
        seen.push(format!("attended {}", times(own.attended)));
    }
    if own.papers_read > 0 {
        seen.push(format!("papers read {}", times(own.papers_read)));
    }
    let seen = match seen.is_empty() {
        true => "Not yet seen".to_owned(),
        false => capitalised(&seen.join("; ")),
    };
    Some(DoneGroup { group: line(&own.meeting.group)?, seen })
}

fn dives(overview: &Overview<'_>) -> Vec<DoneDive> {
    let part = |own: &crate::model::programme::DeepDive| {
        Some(DoneDive {
            title: line(&own.title)?,
            lines_of_enquiry: own
                .lines
                .iter()
                .map(|own| crate::text::one_line(&own.value))
                .collect(),
            stage: own.reached().map_or("Not begun", StageName::words).to_owned(),
        })
    };
    overview.basis.programme.deep_dives.iter().filter_map(part).collect()
}

/// "Of 6 requests for information, 3 were met, and 1 is overdue."
fn information(overview: &Overview<'_>) -> Option<String> {
    let requests = &overview.basis.programme.information;
    let asked = requests.iter().filter(|own| own.withdrawn.read().is_none()).count();
    let met = requests.iter().filter(|own| own.received.read().is_some()).count();
    let is_late = |item: &&crate::programme::Item<'_>| {
        item.kind == crate::programme::ItemKind::Request
            && matches!(item.standing, Standing::Late(_))
    };
    let late = overview.items.iter().filter(is_late).count();
    let verb = |number| if number == 1 { "is" } else { "are" };
    (asked > 0).then(|| {
        format!(
            "Of {} for information, {met} {} met and {late} {} overdue.",
            count(asked, "request"),
            verb(met),
            verb(late)
        )
    })
}

fn challenges(overview: &Overview<'_>) -> Vec<DoneChallenge> {
    let part = |own: &crate::model::programme::Challenge| {
        Some(DoneChallenge {
            to: line(&own.to).unwrap_or_else(|| "Not stated".to_owned()),
            date: own.date.value().map(|date| long_date(*date)),
            what: line(&own.what)?,
            response: line(&own.response),
            outcome: line(&own.outcome),
        })
    };
    overview.basis.programme.challenges.iter().filter_map(part).collect()
}
