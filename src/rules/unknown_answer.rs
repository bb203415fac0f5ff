//! An answer that does not fit its question.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule, Trust};
use crate::model::assessment::{Answer, Entry};
use crate::model::checklist::{Kind, Question};
use crate::model::standing::{Misfit, Standing, read_answer};
use crate::source::{Span, Spanned};
use crate::syntax::decode::{Given, suggest};
use crate::text::{nearest, one_line, quoted};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "unknown-answer",
    level: Level::Error,
    summary: "The answer does not fit the kind of the question",
    explain: "A yes-no question takes yes or no; a choice takes one of the choices that the \
              checklist lists, and choices any number of them; a number stands without words. A \
              rated question has `rating`, any other has `answer`.",
    before: "answer: perhaps",
    after: "answer: yes",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for asked in subject.all_asked() {
        let Some(entry) = asked.entry else { continue };
        let question = asked.question;
        match wrong_key(question, entry) {
            Some((span, message, help)) => {
                let finding = findings.report(&RULE, span, message);
                finding.about(&question.id.value).label(question.name()).help(help);
            }
            None if asked.standing == Standing::Unreadable && !question.is_rated() => {
                report_misfit(question, entry, findings);
            }
            None => {}
        }
    }
}

/// A rated question has `rating`, any other has `answer`: where the other key stands, what is wrong,
/// and what to write.
fn wrong_key(question: &Question, entry: &Entry) -> Option<(Span, String, String)> {
    let id = &question.id.value;
    let rated = || format!("Question {id} is rated");
    match (&entry.rating, &entry.answer) {
        (Given::Read(_), Answer::One(Spanned { span, .. }) | Answer::Many(_, span))
            if question.is_rated() =>
        {
            Some((
                *span,
                rated(),
                "remove `answer`; what it says belongs under `because`".to_owned(),
            ))
        }
        (_, Answer::One(answer)) if question.is_rated() => {
            Some((answer.span, rated(), format!("write `rating: {}`", one_line(&answer.value))))
        }
        (_, Answer::Many(_, span)) if question.is_rated() => {
            Some((*span, rated(), "write one rating, as `rating: ...`".to_owned()))
        }
        (Given::Read(rating), _) if !question.is_rated() => {
            let message = format!("Question {id} is answered, not rated");
            Some((rating.span, message, format!("write `answer: {}`", one_line(&rating.value))))
        }
        _ => None,
    }
}

fn report_misfit(question: &Question, entry: &Entry, findings: &mut Findings) {
    let mut report = |span: Span, message: String, meant: Option<&str>, all: &[&str]| {
        let finding = findings.report(&RULE, span, message).about(&question.id.value);
        suggest(finding, meant, all);
        let meant = finding.label.take().map(|meant| format!(": {meant}"));
        finding.label(question.name() + meant.as_deref().unwrap_or_default());
        if let Some(repair) = &mut finding.repair {
            repair.trust = Trust::Judgement;
        }
    };
    let misfit = read_answer(&question.kind, &entry.answer).err();
    match (misfit, &question.kind) {
        (Some(Misfit::NotAChoice(written)), Kind::YesNo) => {
            let message = format!("{} is neither yes nor no", quoted(&written.value));
            report(written.span, message, None, &["yes", "no"]);
        }
        (Some(Misfit::NotAChoice(written)), Kind::Choice(choices) | Kind::Choices(choices)) => {
            let values: Vec<&str> = choices.iter().map(|choice| choice.value.as_str()).collect();
            let label = choices.iter().find(|choice| choice.label == written.value.trim());
            let near = || nearest(&written.value, values.iter().copied());
            let meant = label.map(|choice| choice.value.as_str()).or_else(near);
            let message = format!("{} is not one of the choices", quoted(&written.value));
            let parts: Vec<&str> = written.value.split(',').map(str::trim).collect();
            let is_list = parts.len() > 1 && parts.iter().all(|part| values.contains(part));
            match (&question.kind, is_list) {
                (Kind::Choices(_), true) => {
                    let list = format!("[{}]", parts.join(", "));
                    report(written.span, message, None, &[&list]);
                }
                _ => report(written.span, message, meant, &values),
            }
        }
        (Some(Misfit::Several(span)), _) => {
            let what = if question.kind == Kind::Text {
                "the text under `answer: |`"
            } else {
                "one of them"
            };
            report(span, "Only one answer can be given here".to_owned(), None, &[what]);
        }
        (Some(Misfit::Twice(written)), _) => {
            let message = format!("{} is chosen twice", quoted(&written.value));
            report(written.span, message, None, &["it once"]);
        }
        (Some(Misfit::NotANumber(written)), Kind::Number(range)) => {
            let bounds = match (range.min, range.max) {
                (Some(min), Some(max)) => format!("a number from {min} to {max}, without words"),
                (Some(min), None) => format!("a number, {min} or more, without words"),
                (None, Some(max)) => format!("a number, {max} at most, without words"),
                (None, None) => "a number, without words".to_owned(),
            };
            let message = format!("{} is not a number that fits here", quoted(&written.value));
            report(written.span, message, None, &[&bounds]);
        }
        _ => {}
    }
}
