//! What every output says about itself: whose it is, on what period, from which checklist and file.

use serde::{Deserialize, Serialize};

use super::kind::Kind;
use super::{Material, filled};
use crate::actions::Basis;
use crate::model::assessment::Status;
use crate::model::definition::capitalised;
use crate::model::period::long_date;
use crate::model::standing::SCRUTINEER;
use crate::model::workspace::Workspace;
use crate::syntax::decode::line;
use crate::text::one_line;

/// What every output says about itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Control {
    pub(super) partnership: String,
    pub(super) period: String,
    pub(super) period_from: Option<String>,
    pub(super) period_to: Option<String>,
    pub(super) perspective: String,
    /// Whether it is the view of an independent scrutineer, and not of those who are scrutinised.
    pub(super) is_scrutineer: bool,
    pub(super) assessor: Option<String>,
    pub(super) as_at: Option<String>,
    pub(super) judged_on: Option<String>,
    pub(super) status: &'static str,
    pub(super) marking: Option<String>,
    pub(super) checklist: String,
    pub(super) checklist_id: String,
    pub(super) edition: Option<String>,
    pub(super) adapted_from: Option<String>,
    pub(super) attribution: Vec<String>,
    /// The file that it was made from; nothing where readers are not to see that.
    pub(super) file: Option<String>,
    pub(super) tool: String,
    /// How many points are not done yet; nothing where readers are not to see that.
    pub(super) unfinished: Option<usize>,
    /// What the partnership calls the report that it publishes each year.
    pub(super) yearly_report: String,
}

/// What a report is called.
pub(super) fn title(kind: Kind, control: &Control, step: Option<&str>) -> String {
    let Control { partnership, period, yearly_report, .. } = control;
    let year = if yearly_report.starts_with("annual") { "Annual" } else { "Yearly" };
    let what = match kind {
        Kind::Full => "independent scrutiny".to_owned(),
        Kind::Quarterly => "progress of independent scrutiny".to_owned(),
        Kind::Annual => format!("{} statement of assurance", year.to_lowercase()),
        Kind::Committee => "independent scrutiny, for the committee".to_owned(),
        Kind::Briefing => "independent scrutiny in seven minutes".to_owned(),
        Kind::YoungPeople => "a page for young people".to_owned(),
        Kind::Step => format!("independent scrutiny, step {}", step.unwrap_or_default()),
    };
    format!("{partnership}: {what}, {period}")
}

/// What stands on every page.
pub(super) fn banners(control: &Control) -> Vec<String> {
    let draft =
        (control.status == "Draft").then(|| "Draft: this assessment is not final".to_owned());
    control.marking.iter().cloned().chain(draft).collect()
}

pub(super) fn control(material: Material<'_>) -> Control {
    let Material { basis, unfinished } = material;
    let Basis { assessment, checklist, workspace, file, .. } = basis;
    let period = assessment.period.value();
    Control {
        partnership: line(&assessment.partnership).unwrap_or_default(),
        period: period.map(|period| period.name.clone()).unwrap_or_default(),
        period_from: period.map(|period| long_date(period.from)),
        period_to: period.map(|period| long_date(period.to)),
        perspective: perspective_words(
            &line(&assessment.perspective).unwrap_or_default(),
            workspace,
        ),
        is_scrutineer: line(&assessment.perspective).as_deref() == Some(SCRUTINEER),
        assessor: line(&assessment.assessor),
        as_at: assessment.as_at.value().map(|date| long_date(*date)),
        judged_on: basis.judged_on().map(long_date),
        status: match assessment.status.value {
            Status::Draft => "Draft",
            Status::Final => "Final",
        },
        marking: workspace.and_then(|workspace| line(&workspace.marking)),
        checklist: checklist.title.clone(),
        checklist_id: checklist.id.value.clone(),
        edition: filled(&checklist.edition),
        adapted_from: checklist.adapted.as_ref().map(|adapted| adapted.from.clone()),
        attribution: checklist.attribution.clone(),
        file: filled(file),
        tool: tool(),
        unfinished,
        yearly_report: workspace
            .and_then(|workspace| line(&workspace.yearly_report))
            .unwrap_or_else(|| "yearly report".to_owned()),
    }
}

/// The name and version of the program, as outputs print it.
pub(crate) fn tool() -> String {
    format!("scrutiny {}", env!("CARGO_PKG_VERSION"))
}

/// A perspective as readers know it: an agency by its name, any other as a word.
pub(crate) fn perspective_words(perspective: &str, workspace: Option<&Workspace>) -> String {
    let agencies = workspace.into_iter().flat_map(|own| own.partners.iter().chain(&own.agencies));
    let agency = agencies.into_iter().find(|agency| agency.id.value == perspective);
    agency.map_or_else(|| capitalised(perspective), |agency| one_line(&agency.label))
}
