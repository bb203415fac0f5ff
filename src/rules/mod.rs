//! The table of rules, and the ways in which it is used.
//!
//! A rule is added in three places: its file, which holds a `RULE` and a `check`; its `mod` line and
//! its row below; and a folder of cases under `tests/cases/`. Rules never import each other. A rule of
//! the reading phase (text, YAML, TOML, shape) has only a row here, because its findings are made
//! where the fault is met.

mod accepted_in_principle;
mod answer_not_asked;
mod closed_while_open;
mod closed_without_evidence;
mod done_without_days;
mod done_without_impact;
mod duplicate_action;
mod duplicate_id;
mod empty_checklist;
mod evidence_after_as_at;
mod exception_without_why;
mod hidden_character;
mod incomplete_action;
mod incomplete_programme;
mod late_activity;
mod left_over_note;
mod lost_evidence;
mod mapping_answer;
mod mapping_kind;
mod mapping_missing;
mod mapping_twice;
mod mapping_unknown;
mod missing_action;
mod missing_as_at;
mod missing_choices;
mod missing_evidence;
mod missing_reason;
mod missing_remaining;
mod nameless_evidence;
mod near_cap;
mod never_started;
mod not_applicable_refused;
mod not_applicable_unexplained;
mod open_challenge;
mod opened_again;
mod orphan_answer;
mod other_partnership;
mod outside_year;
mod over_cost;
mod over_day_rate;
mod over_days;
mod overdue_request;
mod own_moderator;
mod personal_data;
mod repeated_id;
mod repeated_text;
mod request_order;
mod roll_up_without_partial;
mod scale_value;
mod settings;
mod stage_order;
mod stale_wording;
mod subject;
mod too_early_without_review;
mod unanswered_context;
mod unattended_group;
mod undeclared_agency;
mod unexplained_difference;
mod unexplained_response;
mod unknown_answer;
mod unknown_assurance;
mod unknown_condition;
mod unknown_cover;
mod unknown_evidence;
mod unknown_meaning;
mod unknown_method;
mod unknown_perspective;
mod unknown_question;
mod unknown_rating;
mod unknown_response;
mod unknown_scale;
mod unknown_step;
mod unknown_total;
mod unknown_voice;
mod unrated_question;
mod unrecorded_meeting;
mod untouched_step;
mod unused_evidence;
mod unused_exception;
mod up_without_evidence;
mod views_not_agreed;
mod weak_verb;
mod weekend_due;
mod wrong_total;

use crate::comparison::diff::Diff;
use crate::finding::{Findings, Rule};
use crate::model::assessment::Assessment;
use crate::model::checklist::Checklist;
use crate::model::faults as meaning;
use crate::model::mapping::Mapping;
use crate::model::programme::Programme;
use crate::model::standing;
use crate::model::workspace::Workspace;
use crate::programme::{self, Overview};
use crate::source::{Source, SourceId};
use crate::syntax::faults as shape;

pub(crate) use personal_data::{
    is_personal, report as report_personal, report_name as report_personal_name, say_where,
};
/// The rule that needs a list of names to look for.
pub(crate) const KNOWN_NAME: &str = "known-name";

pub(crate) use settings::{Heed, Uses, apply, apply_heeding, report_unused, set_aside};
pub(crate) use subject::{METHODS, NewActions, VOICES};

use subject::{Between, Subject};

/// A rule with what it looks at.
struct Row {
    rule: &'static Rule,
    check: Check,
}

/// What a rule looks at.
enum Check {
    /// Nothing here: it is reported while a file is read and decoded.
    Reading,
    /// The text of any file.
    Text(fn(&Source, &mut Findings)),
    /// A checklist.
    Checklist(fn(&Checklist, &mut Findings)),
    /// An assessment beside its checklist.
    Assessment(fn(&Subject<'_>, &mut Findings)),
    /// A mapping beside the two editions that it is between.
    Mapping(fn(&Mapping, Between<'_>, &mut Findings)),
    /// An assessment beside its checklist, where that is asked for.
    Totals(fn(&Subject<'_>, &mut Findings)),
    /// A programme, summed up.
    Programme(fn(&Overview<'_>, &mut Findings)),
    /// The settings of a workspace.
    Workspace(fn(&Workspace, &mut Findings)),
    /// What moved between two assessments.
    Pair(fn(&Diff<'_>, &mut Findings)),
}

const fn row(rule: &'static Rule, check: Check) -> Row {
    Row { rule, check }
}

#[rustfmt::skip]
static TABLE: &[Row] = &[
    // Reading a file.
    row(&shape::UNREADABLE_TEXT, Check::Reading),
    row(&shape::TOO_LARGE, Check::Reading),
    row(&shape::EMPTY_FILE, Check::Reading),
    row(&meaning::NOT_OURS, Check::Reading),
    row(&meaning::NEWER_FORMAT, Check::Reading),
    row(&hidden_character::RULE, Check::Text(hidden_character::check)),
    row(&shape::COLON_IN_TEXT, Check::Reading),
    row(&shape::QUOTE_IN_TEXT, Check::Reading),
    row(&shape::SIGN_IN_TEXT, Check::Reading),
    row(&shape::TAB_INDENT, Check::Reading),
    row(&shape::TEXT_NOT_INDENTED, Check::Reading),
    row(&shape::UNEVEN_INDENT, Check::Reading),
    row(&shape::SPACE_AFTER_COLON, Check::Reading),
    row(&shape::YAML_EXTRA, Check::Reading),
    row(&shape::SECOND_DOCUMENT, Check::Reading),
    row(&shape::NOT_YAML, Check::Reading),
    row(&shape::NOT_TOML, Check::Reading),
    row(&shape::DUPLICATE_KEY, Check::Reading),
    row(&shape::UNKNOWN_KEY, Check::Reading),
    row(&shape::MISSING_KEY, Check::Reading),
    row(&shape::WRONG_SHAPE, Check::Reading),
    row(&shape::UNKNOWN_WORD, Check::Reading),
    row(&shape::NOT_A_DATE, Check::Reading),
    // Checklists.
    row(&meaning::UNKNOWN_CHECKLIST, Check::Reading),
    row(&meaning::CIRCULAR_EXTENDS, Check::Reading),
    row(&meaning::OUTSIDE_WORKSPACE, Check::Reading),
    row(&meaning::TEMPLATE_FAULT, Check::Reading),
    row(&meaning::MISSING_ATTRIBUTION, Check::Reading),
    row(&meaning::OTHER_ATTRIBUTION, Check::Reading),
    row(&meaning::UNKNOWN_CHANGE, Check::Reading),
    row(&duplicate_id::RULE, Check::Checklist(duplicate_id::check)),
    row(&empty_checklist::RULE, Check::Checklist(empty_checklist::check)),
    row(&unknown_scale::RULE, Check::Checklist(unknown_scale::check)),
    row(&scale_value::RULE, Check::Checklist(scale_value::check)),
    row(&roll_up_without_partial::RULE, Check::Checklist(roll_up_without_partial::check)),
    row(&unknown_meaning::RULE, Check::Checklist(unknown_meaning::check)),
    row(&missing_choices::RULE, Check::Checklist(missing_choices::check)),
    row(&unknown_condition::RULE, Check::Checklist(unknown_condition::check)),
    // The head of an assessment.
    row(&meaning::UNCLEAR_PERIOD, Check::Reading),
    row(&meaning::PERIOD_ORDER, Check::Reading),
    row(&meaning::UNKNOWN_STATUS, Check::Reading),
    row(&missing_as_at::RULE, Check::Assessment(missing_as_at::check)),
    row(&unknown_perspective::RULE, Check::Assessment(unknown_perspective::check)),
    row(&undeclared_agency::RULE, Check::Assessment(undeclared_agency::check)),
    row(&other_partnership::RULE, Check::Assessment(other_partnership::check)),
    row(&unknown_total::RULE, Check::Assessment(unknown_total::check)),
    row(&wrong_total::RULE, Check::Totals(wrong_total::check)),
    // Answers.
    row(&meaning::DUPLICATE_ANSWER, Check::Reading),
    row(&meaning::DUPLICATE_ENTRY, Check::Reading),
    row(&unknown_question::RULE, Check::Assessment(unknown_question::check)),
    row(&orphan_answer::RULE, Check::Assessment(orphan_answer::check)),
    row(&stale_wording::RULE, Check::Assessment(stale_wording::check)),
    row(&unknown_step::RULE, Check::Assessment(unknown_step::check)),
    row(&unknown_rating::RULE, Check::Assessment(unknown_rating::check)),
    row(&unknown_answer::RULE, Check::Assessment(unknown_answer::check)),
    row(&answer_not_asked::RULE, Check::Assessment(answer_not_asked::check)),
    row(&unrated_question::RULE, Check::Assessment(unrated_question::check)),
    row(&unanswered_context::RULE, Check::Assessment(unanswered_context::check)),
    row(&not_applicable_refused::RULE, Check::Assessment(not_applicable_refused::check)),
    row(&not_applicable_unexplained::RULE, Check::Assessment(not_applicable_unexplained::check)),
    row(&too_early_without_review::RULE, Check::Assessment(too_early_without_review::check)),
    row(&missing_reason::RULE, Check::Assessment(missing_reason::check)),
    row(&missing_evidence::RULE, Check::Assessment(missing_evidence::check)),
    row(&missing_remaining::RULE, Check::Assessment(missing_remaining::check)),
    row(&missing_action::RULE, Check::Assessment(missing_action::check)),
    row(&unknown_assurance::RULE, Check::Assessment(unknown_assurance::check)),
    row(&unexplained_difference::RULE, Check::Assessment(unexplained_difference::check)),
    row(&views_not_agreed::RULE, Check::Assessment(views_not_agreed::check)),
    row(&own_moderator::RULE, Check::Assessment(own_moderator::check)),
    // Evidence.
    row(&unknown_method::RULE, Check::Assessment(unknown_method::check)),
    row(&unknown_voice::RULE, Check::Assessment(unknown_voice::check)),
    row(&nameless_evidence::RULE, Check::Assessment(nameless_evidence::check)),
    row(&unknown_evidence::RULE, Check::Assessment(unknown_evidence::check)),
    row(&unused_evidence::RULE, Check::Assessment(unused_evidence::check)),
    row(&evidence_after_as_at::RULE, Check::Assessment(evidence_after_as_at::check)),
    // Actions.
    row(&duplicate_action::RULE, Check::Assessment(duplicate_action::check)),
    row(&incomplete_action::RULE, Check::Assessment(incomplete_action::check)),
    row(&unknown_cover::RULE, Check::Assessment(unknown_cover::check)),
    row(&closed_while_open::RULE, Check::Assessment(closed_while_open::check)),
    row(&closed_without_evidence::RULE, Check::Assessment(closed_without_evidence::check)),
    row(&done_without_impact::RULE, Check::Assessment(done_without_impact::check)),
    row(&never_started::RULE, Check::Assessment(never_started::check)),
    row(&weekend_due::RULE, Check::Assessment(weekend_due::check)),
    row(&weak_verb::RULE, Check::Assessment(weak_verb::check)),
    row(&unknown_response::RULE, Check::Assessment(unknown_response::check)),
    row(&accepted_in_principle::RULE, Check::Assessment(accepted_in_principle::check)),
    row(&unexplained_response::RULE, Check::Assessment(unexplained_response::check)),
    // Prose.
    row(&left_over_note::RULE, Check::Assessment(left_over_note::check)),
    row(&repeated_text::RULE, Check::Assessment(repeated_text::check)),
    row(&shape::TEXT_AFTER_HASH, Check::Reading),
    // Between two editions of a checklist.
    row(&mapping_unknown::RULE, Check::Mapping(mapping_unknown::check)),
    row(&mapping_twice::RULE, Check::Mapping(mapping_twice::check)),
    row(&mapping_missing::RULE, Check::Mapping(mapping_missing::check)),
    row(&mapping_kind::RULE, Check::Mapping(mapping_kind::check)),
    row(&mapping_answer::RULE, Check::Mapping(mapping_answer::check)),
    // Personal data.
    row(&personal_data::NHS_NUMBER, Check::Reading),
    row(&personal_data::INSURANCE_NUMBER, Check::Reading),
    row(&personal_data::PUPIL_NUMBER, Check::Reading),
    row(&personal_data::COURT_CASE, Check::Reading),
    row(&personal_data::BIRTH_DATE, Check::Reading),
    row(&personal_data::TELEPHONE, Check::Reading),
    row(&personal_data::EMAIL, Check::Reading),
    row(&personal_data::HANDLE, Check::Reading),
    row(&personal_data::POSTCODE, Check::Reading),
    row(&personal_data::STREET, Check::Reading),
    row(&personal_data::RELATIVE, Check::Reading),
    row(&personal_data::EXACT_AGE, Check::Reading),
    row(&personal_data::SMALL_COUNT, Check::Reading),
    row(&personal_data::KNOWN_NAME, Check::Reading),
    // Between two assessments.
    row(&up_without_evidence::RULE, Check::Pair(up_without_evidence::check)),
    row(&lost_evidence::RULE, Check::Pair(lost_evidence::check)),
    row(&opened_again::RULE, Check::Pair(opened_again::check)),
    // Programmes.
    row(&meaning::NOT_DAYS, Check::Reading),
    row(&meaning::NOT_MONEY, Check::Reading),
    row(&meaning::UNCLEAR_WHEN, Check::Reading),
    row(&incomplete_programme::RULE, Check::Programme(incomplete_programme::check)),
    row(&repeated_id::RULE, Check::Programme(repeated_id::check)),
    row(&untouched_step::RULE, Check::Programme(untouched_step::check)),
    row(&outside_year::RULE, Check::Programme(outside_year::check)),
    row(&over_days::RULE, Check::Programme(over_days::check)),
    row(&over_cost::RULE, Check::Programme(over_cost::check)),
    row(&over_day_rate::RULE, Check::Programme(over_day_rate::check)),
    row(&near_cap::RULE, Check::Programme(near_cap::check)),
    row(&late_activity::RULE, Check::Programme(late_activity::check)),
    row(&done_without_days::RULE, Check::Programme(done_without_days::check)),
    row(&unrecorded_meeting::RULE, Check::Programme(unrecorded_meeting::check)),
    row(&unattended_group::RULE, Check::Programme(unattended_group::check)),
    row(&overdue_request::RULE, Check::Programme(overdue_request::check)),
    row(&request_order::RULE, Check::Programme(request_order::check)),
    row(&open_challenge::RULE, Check::Programme(open_challenge::check)),
    row(&stage_order::RULE, Check::Programme(stage_order::check)),
    // Settings.
    row(&meaning::UNKNOWN_RULE, Check::Workspace(settings::check)),
    row(&exception_without_why::RULE, Check::Workspace(exception_without_why::check)),
    row(&unused_exception::RULE, Check::Reading),
];

/// Rules that say that something is not known, beside those of the reading phase: what is hidden behind
/// such a finding cannot be judged, so that no baseline tolerates it.
static UNKNOWN: &[&Rule] = &[
    &unknown_scale::RULE,
    &unknown_meaning::RULE,
    &unknown_condition::RULE,
    &unknown_perspective::RULE,
    &unknown_question::RULE,
    &unknown_step::RULE,
    &unknown_total::RULE,
    &unknown_rating::RULE,
    &unknown_answer::RULE,
    &unknown_assurance::RULE,
    &unknown_method::RULE,
    &unknown_voice::RULE,
    &unknown_evidence::RULE,
    &unknown_cover::RULE,
    &unknown_response::RULE,
    &mapping_unknown::RULE,
    &meaning::UNKNOWN_RULE,
    &hidden_character::RULE,
];

/// Whether an error of a rule is never tolerated, because it says that something could not be read or
/// is not known.
pub(crate) fn is_firm(rule: &'static Rule) -> bool {
    let is_of_reading =
        |row: &Row| matches!(row.check, Check::Reading) && std::ptr::eq(row.rule, rule);
    UNKNOWN.iter().any(|unknown| std::ptr::eq(*unknown, rule)) || TABLE.iter().any(is_of_reading)
}

/// Rules that judge files beside each other, so that what they find in one turns up only where the
/// others are read too.
static BESIDE: &[&Rule] = &[&duplicate_action::RULE, &unused_exception::RULE];

/// Whether it may take several files to see what a rule finds.
pub(crate) fn takes_several(rule: &str) -> bool {
    BESIDE.iter().any(|beside| beside.id == rule)
}

/// All rules, in the order in which they are listed.
pub(crate) fn all() -> impl Iterator<Item = &'static Rule> {
    TABLE.iter().map(|row| row.rule)
}

/// The rule of an id.
pub(crate) fn find(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}

/// Judges the text of any file.
pub(crate) fn check_text(source: &Source, findings: &mut Findings) {
    for row in TABLE {
        if let Check::Text(check) = row.check {
            check(source, findings);
        }
    }
}

/// Judges a checklist.
pub(crate) fn check_checklist(checklist: &Checklist, findings: &mut Findings) {
    for row in TABLE {
        if let Check::Checklist(check) = row.check {
            check(checklist, findings);
        }
    }
}

/// Judges a mapping.
pub(crate) fn check_mapping(
    mapping: &Mapping,
    old: &Checklist,
    new: &Checklist,
    findings: &mut Findings,
) {
    for row in TABLE {
        if let Check::Mapping(check) = row.check {
            check(mapping, Between { old, new }, findings);
        }
    }
}

/// Judges the settings of a workspace.
pub(crate) fn check_workspace(workspace: &Workspace, findings: &mut Findings) {
    for row in TABLE {
        if let Check::Workspace(check) = row.check {
            check(workspace, findings);
        }
    }
}

/// Judges an assessment.
pub(crate) fn check_assessment(
    source: &Source,
    assessment: &Assessment,
    checklist: &Checklist,
    workspace: Option<&Workspace>,
    findings: &mut Findings,
) {
    let asked = standing::stand(checklist, assessment);
    let context = standing::stand_context(checklist, assessment);
    let subject = Subject::new(source, assessment, checklist, workspace, &asked, &context);
    for row in TABLE {
        if let Check::Assessment(check) = row.check {
            check(&subject, findings);
        }
    }
}

/// Holds the totals that an assessment says it comes to against what is counted.
pub(crate) fn check_totals(
    source: &Source,
    assessment: &Assessment,
    checklist: &Checklist,
    findings: &mut Findings,
) {
    let asked = standing::stand(checklist, assessment);
    let subject = Subject::new(source, assessment, checklist, None, &asked, &[]);
    for row in TABLE {
        if let Check::Totals(check) = row.check {
            check(&subject, findings);
        }
    }
}

/// Judges a programme on its own `as-at`, beside the checklist where that could be read.
pub(crate) fn check_programme(
    source: &Source,
    programme: &Programme,
    checklist: Option<&Checklist>,
    workspace: Option<&Workspace>,
    findings: &mut Findings,
) {
    let as_at = programme.as_at.value().copied();
    let basis = programme::Basis { programme, checklist, workspace, file: "", as_at };
    let overview = programme::overview(basis);
    missing_as_at::check_programme(&overview, findings);
    other_partnership::check_programme(&overview, findings);
    unknown_step::check_programme(&overview, findings);
    accepted_in_principle::check_programme(source, programme, findings);
    left_over_note::check_programme(source, programme, findings);
    repeated_text::check_programme(source, programme, findings);
    for row in TABLE {
        if let Check::Programme(check) = row.check {
            check(&overview, findings);
        }
    }
}

/// Judges what moved between two assessments.
pub(crate) fn check_pair(diff: &Diff<'_>, findings: &mut Findings) {
    for row in TABLE {
        if let Check::Pair(check) = row.check {
            check(diff, findings);
        }
    }
}

/// Compares the actions of all files that were read, each under the number by which it is known.
pub(crate) fn check_between<'f>(
    files: impl Iterator<Item = (SourceId, &'f NewActions)>,
    findings: &mut Findings,
) {
    duplicate_action::check_between(files, findings);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Level;

    #[test]
    fn what_is_not_known_is_never_tolerated() {
        let is_unknown = |rule: &&Rule| rule.id.contains("unknown") && rule.level == Level::Error;
        assert!(all().filter(is_unknown).count() > 15);
        for rule in all().filter(is_unknown) {
            assert!(is_firm(rule), "{} belongs to UNKNOWN", rule.id);
        }
        assert!(!is_firm(&missing_evidence::RULE) && is_firm(&shape::NOT_YAML));
    }

    #[test]
    fn every_rule_is_listed_once_and_explained() {
        let ids: Vec<&str> = all().map(|rule| rule.id).collect();
        assert!(ids.len() >= 30, "{} rules", ids.len());
        for rule in all() {
            assert_eq!(ids.iter().filter(|id| **id == rule.id).count(), 1, "{}", rule.id);
            let texts = [rule.summary, rule.explain, rule.before, rule.after];
            assert!(texts.iter().all(|text| !text.trim().is_empty()), "{}", rule.id);
            assert!(rule.explain.ends_with('.'), "{}", rule.id);
            assert!(!rule.summary.ends_with('.'), "{}", rule.id);
        }
    }
}
