//! What each audience may see. A report is computed from what is left here, so that what readers may
//! not see is not there when it is laid out.
//!
//! Everything is taken apart field by field and put together anew: a field that is added anywhere
//! stops this file from compiling until somebody has decided on it.
//!
//! | | internal | partnership | public |
//! | --- | --- | --- | --- |
//! | restricted evidence: what it is and says | yes | no | no |
//! | paths of files, points that are not done yet | yes | no | no |
//! | views, what settled a difference, dissent | yes | yes | no |
//! | answers to questions that the checklist does not have | yes | yes | no |
//! | a programme: each challenge, caps that are near or passed (`report/programme/part.rs`) | yes | yes | no |
//!
//! Notes and comments are in no output at all.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::Material;
use crate::actions::{Basis, WITHHELD};
use crate::model::assessment::{Action, Assessment, Entry, Evidence, Expected, Index, StepWords};
use crate::model::audience::Audience;
use crate::model::checklist::Checklist;
use crate::source::Spanned;
use crate::syntax::decode::Given;

/// An assessment as an audience may see it.
pub(super) fn shared<'a>(
    assessment: &'a Assessment,
    checklist: &Checklist,
    audience: Audience,
) -> Cow<'a, Assessment> {
    let is_public = match audience {
        Audience::Internal => return Cow::Borrowed(assessment),
        Audience::Partnership => Public::No,
        Audience::Public => Public::Yes,
    };
    let sharing = Sharing { ids: ids(assessment), checklist, is_public };
    Cow::Owned(sharing.assessment(assessment))
}

/// What a report is made from, without what an audience may not see of how it came about.
pub(crate) fn material(material: Material<'_>, audience: Audience) -> Material<'_> {
    let Material { basis, unfinished } = material;
    match audience {
        Audience::Internal => Material { basis, unfinished },
        Audience::Partnership | Audience::Public => {
            Material { basis: basis_without_file(basis), unfinished: None }
        }
    }
}

/// An assessment with what belongs to it, without the path of its file.
pub(super) fn basis_without_file(basis: Basis<'_>) -> Basis<'_> {
    let Basis { assessment, checklist, workspace, file: _, as_at } = basis;
    Basis { assessment, checklist, workspace, file: "", as_at }
}

/// The ids of restricted evidence, each with one that says nothing and that nobody else has.
fn ids(assessment: &Assessment) -> HashMap<String, String> {
    let taken: HashSet<&str> = assessment.evidence.iter().map(|(id, _)| id.value.trim()).collect();
    let new = (1..).map(|number| format!("R-{number}"));
    let mut free = new.filter(|new| !taken.contains(new.as_str()));
    let restricted = assessment.evidence.iter().filter(|(_, item)| item.restricted);
    let mut ids = HashMap::new();
    for (id, _) in restricted {
        ids.extend(free.next().map(|new| (id.value.trim().to_owned(), new)));
    }
    ids
}

/// Whether everybody may read it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Public {
    Yes,
    No,
}

/// What it takes to decide what is left.
struct Sharing<'a> {
    ids: HashMap<String, String>,
    checklist: &'a Checklist,
    is_public: Public,
}

impl Sharing<'_> {
    fn assessment(&self, own: &Assessment) -> Assessment {
        let Assessment {
            source,
            checklist: _,
            partnership,
            period,
            perspective,
            assessor,
            as_at,
            status,
            covers,
            expect: _,
            summary,
            assurance,
            context,
            ratings_at,
            ratings_lost,
            ratings,
            context_at,
            steps,
            actions,
            evidence,
            index: _,
        } = own;
        Assessment {
            source: *source,
            // It may be a path.
            checklist: Given::Absent,
            partnership: partnership.clone(),
            period: period.clone(),
            perspective: perspective.clone(),
            assessor: assessor.clone(),
            as_at: as_at.clone(),
            status: status.clone(),
            covers: covers.clone(),
            // Totals are held to the whole file, before anything is made from it.
            expect: Expected::default(),
            summary: summary.clone(),
            assurance: assurance.clone(),
            context: self.entries(context),
            ratings_at: *ratings_at,
            ratings_lost: *ratings_lost,
            ratings: self.entries(ratings),
            context_at: *context_at,
            steps: steps.iter().map(|words| self.step(words)).collect(),
            actions: self.actions(actions),
            evidence: evidence.iter().map(|(id, item)| self.mapped(id, item)).collect(),
            index: Index::default(),
        }
    }

    fn entries(&self, entries: &[Entry]) -> Vec<Entry> {
        let is_shared = |entry: &&Entry| self.is_public == Public::No || self.is_known(entry);
        entries.iter().filter(is_shared).map(|entry| self.entry(entry)).collect()
    }

    fn is_known(&self, entry: &Entry) -> bool {
        self.checklist.any_question(&entry.id.value).is_some()
    }

    fn entry(&self, entry: &Entry) -> Entry {
        let Entry {
            id,
            unreadable,
            rating,
            answer,
            because,
            evidence,
            remaining,
            actions,
            wording,
            views,
            reason,
            dissent,
            review_by,
        } = entry;
        let among_partners = |text: &Given<String>| match self.is_public {
            Public::Yes => Given::Absent,
            Public::No => text.clone(),
        };
        Entry {
            id: id.clone(),
            unreadable: *unreadable,
            rating: rating.clone(),
            answer: answer.clone(),
            because: because.clone(),
            evidence: self.evidence(evidence),
            remaining: remaining.clone(),
            actions: self.actions(actions),
            wording: wording.clone(),
            views: match self.is_public {
                Public::Yes => Vec::new(),
                Public::No => views.clone(),
            },
            reason: among_partners(reason),
            dissent: among_partners(dissent),
            review_by: review_by.clone(),
        }
    }

    fn step(&self, words: &StepWords) -> StepWords {
        let StepWords { id, summary, assurance, actions } = words;
        StepWords {
            id: id.clone(),
            summary: summary.clone(),
            assurance: assurance.clone(),
            actions: self.actions(actions),
        }
    }

    fn actions(&self, actions: &[Action]) -> Vec<Action> {
        actions.iter().map(|action| self.action(action)).collect()
    }

    fn action(&self, action: &Action) -> Action {
        let Action {
            span,
            id,
            task,
            lead,
            due,
            status,
            success,
            response,
            evidence,
            impact,
            review_by,
            closed,
            carried_from,
            carried,
            covers,
        } = action;
        Action {
            span: *span,
            id: id.clone(),
            task: task.clone(),
            lead: lead.clone(),
            due: due.clone(),
            status: status.clone(),
            success: success.clone(),
            response: response.clone(),
            evidence: self.evidence(evidence),
            impact: impact.clone(),
            review_by: review_by.clone(),
            closed: closed.clone(),
            carried_from: carried_from.clone(),
            carried: carried.clone(),
            covers: covers.clone(),
        }
    }

    fn evidence(&self, evidence: &[Evidence]) -> Vec<Evidence> {
        evidence.iter().map(|item| self.item(item)).collect()
    }

    /// An item of the top-level map.
    fn mapped(&self, id: &Spanned<String>, item: &Evidence) -> (Spanned<String>, Evidence) {
        let new = self.ids.get(id.value.trim());
        let id = new.map_or_else(|| id.clone(), |new| Spanned::new(new.clone(), id.span));
        (id, self.item(item))
    }

    /// A piece of evidence, or that there is one which may not be seen.
    fn item(&self, item: &Evidence) -> Evidence {
        let Evidence { span, cites, source, method, date, voices, says, review_by, restricted } =
            item;
        let hidden = cites.value().and_then(|id| self.ids.get(id.trim()));
        match (hidden, restricted) {
            (None, false) => Evidence {
                span: *span,
                cites: cites.clone(),
                source: source.clone(),
                method: method.clone(),
                date: date.clone(),
                voices: voices.clone(),
                says: says.clone(),
                review_by: review_by.clone(),
                restricted: false,
            },
            (hidden, _) => Evidence {
                span: *span,
                cites: match hidden {
                    Some(id) => Given::Read(Spanned::new(id.clone(), *span)),
                    None => Given::Absent,
                },
                source: Given::Read(Spanned::new(WITHHELD.to_owned(), *span)),
                method: Given::Absent,
                date: Given::Absent,
                voices: Vec::new(),
                says: Given::Absent,
                review_by: Given::Absent,
                restricted: false,
            },
        }
    }
}
