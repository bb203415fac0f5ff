//! What a scrutineer goes and asks next: the questions that are open, below the best value, stale or
//! without a voice, why each of them is, what to ask for, and by which method or of which agency.
//!
//! Pure functions over the model, what is missing (`gaps`) and what moved. Which methods a question
//! leads to is decided here; in which words it is put is for the report to find.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::actions::{Basis, Timing, same_name};
use crate::comparison::diff::{Diff, QuestionPair};
use crate::comparison::wording_of;
use crate::gaps::{self, About, Kind, Scope};
use crate::model::assessment::{Action, ActionStatus, Evidence};
use crate::model::checklist::{Question, ScaleValue};
use crate::model::facts::Piece;
use crate::model::standing::{self, Asked, Standing};
use crate::text::{once_each, one_line};

/// How a question is followed up where nothing says more.
const ASKED_IN_PERSON: &str = "interview";

/// How papers are gone through, where the checklist says what to look for.
const LOOKED_UP: &str = "document-review";

/// A question that is asked again, with why and what for.
#[derive(Debug)]
pub(crate) struct Enquiry<'a> {
    /// The question as it stands.
    pub asked: Asked<'a>,
    /// The same question in the earlier assessment, where there is one.
    pub earlier: Option<Asked<'a>>,
    /// Why it is asked; at least one.
    pub reasons: Vec<Reason<'a>>,
    /// What is missing under it, be it a reason or not.
    pub gaps: Vec<Kind>,
    /// What its actions leave to ask, in the order of the file.
    pub actions: Vec<(&'a Action, Vec<Pending>)>,
    /// The methods by which to ask, those of last time first.
    pub methods: Vec<String>,
}

/// Why a question is asked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Reason<'a> {
    /// It is rated with the lowest value of its scale.
    Lowest(&'a ScaleValue),
    /// It is rated below the best value.
    BelowBest(&'a ScaleValue),
    /// It is not rated or answered yet.
    Open,
    /// It was too early to rate, and the day to look again has come.
    TooEarlyDue,
    /// It reads otherwise than when it was answered.
    Reworded,
    /// Evidence is old, or past its review date.
    OldEvidence,
    /// No child and no family is heard.
    NoChildVoice,
    /// Nobody who does the work is heard.
    NoPractitionerVoice,
}

/// What an action leaves to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pending {
    /// Whether it will be agreed.
    Proposed,
    /// How far it is; it is late where the days say so.
    Open(Timing),
    /// Whether it is accepted, and not only in principle.
    InPrinciple,
    /// Who leads on it.
    NoLead,
    /// What came of it.
    NoImpact,
}

/// What is looked through.
struct View<'d, 'a> {
    basis: &'d Basis<'a>,
    /// What is missing under the questions of the steps, by their ids.
    gaps: HashMap<&'d str, Vec<Kind>>,
    since: Option<Since<'d, 'a>>,
}

/// How an earlier assessment was, with its questions by their places in the new one.
struct Since<'d, 'a> {
    old: &'d Basis<'a>,
    earlier: HashMap<Place<'a>, Option<Asked<'a>>>,
}

impl<'d, 'a> Since<'d, 'a> {
    fn of(diff: &'d Diff<'a>) -> Self {
        let paired = |pair: &QuestionPair<'a>| Some((place(&pair.new?), pair.old));
        // The first of several questions with one id is the one that is meant, and comes last here.
        let pairs = diff.questions.iter().chain(&diff.context).rev();
        Since { old: &diff.old, earlier: pairs.filter_map(paired).collect() }
    }
}

/// Where a question stands: whether in a step, as the context may have the same ids, and its id.
pub(crate) type Place<'a> = (bool, &'a str);

/// The place by which a question is found.
pub(crate) fn place<'a>(asked: &Asked<'a>) -> Place<'a> {
    (asked.step.is_some(), &asked.question.id.value)
}

/// The questions to ask, in the order of the checklist, the context questions first. `since` is what
/// moved since an earlier assessment.
pub(crate) fn enquire<'a>(
    basis: &Basis<'a>,
    since: Option<Diff<'a>>,
    step: Option<&str>,
) -> Vec<Enquiry<'a>> {
    let scope = Scope { step: step.map(str::to_owned), kinds: Kind::ALL.to_vec() };
    let since = [since];
    let found = gaps::find(&[*basis], &since, &scope);
    let mut gaps: HashMap<&str, Vec<Kind>> = HashMap::new();
    for gap in found.iter().flat_map(|found| &found.gaps) {
        if let About::Question(id, _) = &gap.about {
            gaps.entry(id).or_default().push(gap.kind);
        }
    }
    let view = View { basis, gaps, since: since[0].as_ref().map(Since::of) };
    all_asked(basis, step).filter_map(|asked| view.follow_up(asked)).collect()
}

/// How many questions there are to ask from.
pub(crate) fn base(basis: &Basis<'_>, step: Option<&str>) -> usize {
    let is_put = |asked: &Asked<'_>| asked.standing != Standing::NotAsked;
    all_asked(basis, step).filter(is_put).count()
}

fn all_asked<'a>(basis: &Basis<'a>, step: Option<&str>) -> impl Iterator<Item = Asked<'a>> {
    let of_step = move |asked: &Asked<'_>| {
        step.is_none_or(|step| asked.step.is_some_and(|own| own.id.value == step))
    };
    let context = standing::stand_context(basis.checklist, basis.assessment);
    let asked = context.into_iter().chain(standing::stand(basis.checklist, basis.assessment));
    asked.filter(of_step).collect::<Vec<_>>().into_iter()
}

impl<'a> View<'_, 'a> {
    fn follow_up(&self, asked: Asked<'a>) -> Option<Enquiry<'a>> {
        let id = asked.question.id.value.as_str();
        let gaps: Vec<Kind> = match asked.step {
            Some(_) => self.gaps.get(id).cloned().unwrap_or_default(),
            // Gaps are those of the steps, and one of their questions may have the same id.
            None => Vec::new(),
        };
        let reasons = reasons(self.basis, &asked, &gaps);
        if reasons.is_empty() {
            return None;
        }
        let since = self.since.as_ref();
        let earlier = since.and_then(|since| *since.earlier.get(&place(&asked))?);
        let own = asked.entry.into_iter().flat_map(|entry| &entry.actions);
        let actions = own.map(|action| (action, pending(action, self.basis.as_at)));
        let actions = actions.filter(|(_, pending)| !pending.is_empty()).collect();
        let methods = self.methods(&asked, earlier.as_ref(), &reasons, &gaps);
        Some(Enquiry { asked, earlier, reasons, gaps, actions, methods })
    }

    /// The methods by which a question is followed up: those of last time, then those that what is
    /// missing asks for, then those for what is open.
    fn methods(
        &self,
        asked: &Asked<'a>,
        earlier: Option<&Asked<'a>>,
        reasons: &[Reason<'_>],
        gaps: &[Kind],
    ) -> Vec<String> {
        let mut methods = used(self.basis, asked);
        if let (Some(since), Some(earlier)) = (&self.since, earlier) {
            methods.extend(used(since.old, earlier));
        }
        methods.extend(gaps.iter().filter_map(|gap| method_for(*gap)).map(str::to_owned));
        if reasons.contains(&Reason::Open) && !asked.question.prompts.is_empty() {
            methods.push(LOOKED_UP.to_owned());
        }
        if methods.is_empty() || reasons.contains(&Reason::Open) {
            methods.push(ASKED_IN_PERSON.to_owned());
        }
        once_each(methods)
    }
}

/// The methods by which what a question rests on was gathered; of restricted evidence not even that.
fn used(basis: &Basis<'_>, asked: &Asked<'_>) -> Vec<String> {
    let is_restricted =
        |item: &Evidence| basis.assessment.with_cited(item).any(|own| own.restricted);
    let items = asked.entry.into_iter().flat_map(|entry| &entry.evidence);
    let items = items.filter(|item| !is_restricted(item));
    let pieces = items.map(|item| Piece::of(basis.assessment, item));
    let methods = pieces.filter_map(|piece| piece.method.map(one_line));
    methods.filter(|method| !method.is_empty()).collect()
}

fn reasons<'a>(basis: &Basis<'a>, asked: &Asked<'a>, gaps: &[Kind]) -> Vec<Reason<'a>> {
    let mut reasons = Vec::new();
    match asked.standing {
        Standing::NotAsked | Standing::NotApplicable => return reasons,
        Standing::NotYet | Standing::Unreadable => reasons.push(Reason::Open),
        Standing::Rated(value) => reasons.extend(below_best(basis, asked.question, value)),
        Standing::Answered | Standing::TooEarly => {}
    }
    let is_answered = !matches!(asked.standing, Standing::NotYet | Standing::Unreadable);
    if is_answered && wording_of(asked) != asked.question.wording() {
        reasons.push(Reason::Reworded);
    }
    let missing = [
        (Kind::TooEarlyDue, Reason::TooEarlyDue),
        (Kind::OldEvidence, Reason::OldEvidence),
        (Kind::NoChildVoice, Reason::NoChildVoice),
        (Kind::NoPractitionerVoice, Reason::NoPractitionerVoice),
    ];
    let missing = missing.into_iter().filter(|(kind, _)| gaps.contains(kind));
    reasons.extend(missing.map(|(_, reason)| reason));
    reasons
}

fn below_best<'a>(
    basis: &Basis<'a>,
    question: &'a Question,
    value: &'a ScaleValue,
) -> Option<Reason<'a>> {
    let scale = basis.checklist.scale_of(question)?;
    match scale.rank(value) {
        0 => None,
        rank if rank + 1 == scale.values.len() => Some(Reason::Lowest(value)),
        _ => Some(Reason::BelowBest(value)),
    }
}

fn pending(action: &Action, as_at: Option<Date>) -> Vec<Pending> {
    let mut pending = Vec::new();
    match action.status.value {
        ActionStatus::Proposed => pending.push(Pending::Proposed),
        ActionStatus::Open => pending.push(Pending::Open(Timing::of(action, as_at))),
        ActionStatus::Done | ActionStatus::Closed => {}
        ActionStatus::Dropped => return pending,
    }
    if action.lacks_impact() || action.is_carried_out() && action.impact_due(as_at).is_some() {
        pending.push(Pending::NoImpact);
    }
    if action.response.as_ref().is_some_and(|response| response.is_in_principle()) {
        pending.push(Pending::InPrinciple);
    }
    if action.lacks_lead() {
        pending.push(Pending::NoLead);
    }
    pending
}

/// The method that what is missing asks for.
fn method_for(gap: Kind) -> Option<&'static str> {
    match gap {
        Kind::NoChildVoice => Some("focus-group"),
        Kind::NoPractitionerVoice => Some(ASKED_IN_PERSON),
        Kind::BestOnSelfReport => Some("observation"),
        Kind::ProcessOnly => Some("audit"),
        // The way it was gathered last time says how to bring it up to date.
        Kind::OldEvidence | Kind::OneSource | Kind::UpWithoutEvidence | Kind::TooEarlyDue => None,
        Kind::DoneWithoutImpact | Kind::AcceptedInPrinciple | Kind::NoLead => None,
    }
}

/// How the questions are divided into sheets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Division {
    /// All on one.
    Together,
    /// One for each method.
    Method,
    /// One for each agency.
    Agency,
}

/// A sheet to take along.
#[derive(Debug)]
pub(crate) struct Sheet<'e, 'a> {
    /// The method or the agency, by id; empty where all is on one sheet.
    pub id: String,
    /// The agency's name; the method as a word.
    pub name: String,
    /// The questions on it.
    pub questions: Vec<&'e Enquiry<'a>>,
}

impl Sheet<'_, '_> {
    /// Whether somebody means this one, by id or by name.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        same_name(&self.id) == same_name(name) || same_name(&self.name) == same_name(name)
    }
}

/// Divides questions into sheets. By method they come in the order of how many questions they hold;
/// by agency in that of the workspace, a question that names nobody on the sheet of everybody.
pub(crate) fn divide<'e, 'a>(
    basis: &Basis<'_>,
    enquiries: &'e [Enquiry<'a>],
    by: Division,
) -> Vec<Sheet<'e, 'a>> {
    match by {
        Division::Together => {
            let questions = enquiries.iter().collect();
            vec![Sheet { id: String::new(), name: String::new(), questions }]
        }
        Division::Method => by_method(enquiries),
        Division::Agency => by_agency(basis, enquiries),
    }
}

fn by_method<'e, 'a>(enquiries: &'e [Enquiry<'a>]) -> Vec<Sheet<'e, 'a>> {
    let mut sheets: Vec<Sheet<'e, 'a>> = Vec::new();
    for enquiry in enquiries {
        for method in &enquiry.methods {
            match sheets.iter_mut().find(|sheet| sheet.id == *method) {
                Some(sheet) => sheet.questions.push(enquiry),
                None => {
                    let name = method.replace('-', " ");
                    sheets.push(Sheet { id: method.clone(), name, questions: vec![enquiry] });
                }
            }
        }
    }
    sheets.sort_by(|a, b| b.questions.len().cmp(&a.questions.len()).then(a.id.cmp(&b.id)));
    sheets
}

fn by_agency<'e, 'a>(basis: &Basis<'_>, enquiries: &'e [Enquiry<'a>]) -> Vec<Sheet<'e, 'a>> {
    let declared =
        basis.workspace.into_iter().flat_map(|own| own.partners.iter().chain(&own.agencies));
    let mut agencies: Vec<(String, String)> =
        declared.map(|agency| (agency.id.value.clone(), one_line(&agency.label))).collect();
    for id in basis.checklist.questions().flat_map(|question| &question.respondents) {
        if !agencies.iter().any(|(own, _)| *own == id.value) {
            agencies.push((id.value.clone(), one_line(&id.value)));
        }
    }
    let sheet = |(id, name): (String, String)| {
        let is_asked = |enquiry: &&Enquiry<'_>| {
            let respondents = &enquiry.asked.question.respondents;
            respondents.is_empty() || respondents.iter().any(|own| own.value == id)
        };
        let questions = enquiries.iter().filter(is_asked).collect();
        Sheet { id, name, questions }
    };
    agencies.into_iter().map(sheet).collect()
}
