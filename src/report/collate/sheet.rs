//! The counts as a sheet.

use super::{ChecklistPart, Collated, CountPart, QuestionPart};
use crate::model::definition::capitalised;
use crate::report::sheet::{Column, Part, Sheet};
use crate::text::{count, join_words};

/// What stands in place of a count that is held back.
const HELD: &str = "held";

/// How many names a sentence lists before it only counts.
const NAMES: usize = 20;

/// Lays out what many partnerships said.
pub(crate) fn sheet(collated: &Collated) -> Sheet {
    let mut sheet = Sheet::new(title(collated));
    sheet.markings.clone_from(&collated.markings);
    sheet.sentence(how(collated));
    if let Some(marked) = collated.marked.filter(|marked| *marked > 0) {
        sheet.sentence(format!(
            "Of the assessments that count, {marked} carry a marking: agree with those who made \
             them before this goes any further."
        ));
    }
    let many = collated.checklists.len() > 1;
    if many {
        sheet.sentence("Checklists, and editions of a checklist, are counted apart.");
    }
    for part in &collated.checklists {
        if many {
            sheet.heading(2, checklist_name(part));
        }
        lay_out(part, collated, &mut sheet);
    }
    if !many {
        raise_headings(&mut sheet);
    }
    if collated.checklists.is_empty() {
        sheet.sentence("There is nothing to show.");
    }
    if collated.checklists_held_back > 0 {
        let lists = count(collated.checklists_held_back, "checklist");
        sheet.sentence(format!(
            "Not shown: {lists} that fewer than six partnerships have answered."
        ));
    }
    lay_out_left_out(collated, &mut sheet);
    sheet.made_from = made_from(collated);
    sheet
}

/// Where there is one checklist, no heading stands over its parts.
fn raise_headings(sheet: &mut Sheet) {
    for part in &mut sheet.parts {
        if let Part::Heading { level, .. } = part {
            *level = 2;
        }
    }
}

fn title(collated: &Collated) -> String {
    match collated.checklists.as_slice() {
        [part] => {
            let number = count(part.partnerships, "partnership");
            format!("{} by question: {}", number, checklist_name(part))
        }
        _ => "Partnerships by question".to_owned(),
    }
}

fn checklist_name(part: &ChecklistPart) -> String {
    match (&part.title, &part.edition) {
        (Some(title), Some(edition)) => format!("{title}, edition {edition}"),
        (Some(title), None) => title.clone(),
        (None, _) => "A local checklist".to_owned(),
    }
}

/// How the counts came about.
fn how(collated: &Collated) -> String {
    let period = match &collated.period {
        Some(period) => format!("the one of {period}"),
        None => "the latest".to_owned(),
    };
    let perspective = collated.perspective.to_lowercase();
    let mut how = format!(
        "One assessment of each partnership counts, {period} ({perspective}). A count is a number \
         of partnerships; nobody is scored or ranked. Only answers to the same words are counted \
         together."
    );
    if collated.audience == "public" {
        how.push_str(
            " Counts of 1 to 5 are held back, and others with them where they would give one \
             away: those stand as \"held\".",
        );
    }
    how
}

fn lay_out(part: &ChecklistPart, collated: &Collated, sheet: &mut Sheet) {
    if let Some(drafts) = part.drafts.filter(|drafts| *drafts > 0) {
        sheet.sentence(format!("Drafts: {drafts} of {}.", part.partnerships));
    }
    if part.questions_not_shown > 0 {
        let questions = count(part.questions_not_shown, "question");
        sheet.sentence(format!(
            "{questions} of a local checklist are not shown, because they would tell who is meant."
        ));
    }
    rated(part, sheet);
    alike(part, sheet);
    answered(part, sheet);
    in_words(part, sheet);
    apart(part, sheet);
    themes(part, sheet);
    counts("Methods of gathering evidence", "Method", &part.methods, sheet);
    counts("Whose voices are heard", "Voice", &part.voices, sheet);
    counts("Questions with actions", "Question", &part.actions, sheet);
    counts("Actions in the same words", "Action", &part.common_actions, sheet);
    changes(part, sheet);
    members(part, collated, sheet);
}

fn figure(figure: Option<usize>) -> String {
    figure.map_or(HELD.to_owned(), |count| count.to_string())
}

fn name(question: &QuestionPart) -> String {
    super::words::question_name(&question.id, &question.title)
}

/// A table for each scale: the questions that are rated on it.
fn rated(part: &ChecklistPart, sheet: &mut Sheet) {
    let mut rest: Vec<&QuestionPart> =
        part.questions.iter().filter(|question| question.kind == "rating").collect();
    let labels = |question: &QuestionPart| -> Vec<String> {
        question.answers.iter().map(|answer| answer.label.clone()).collect()
    };
    if !rest.is_empty() {
        sheet.heading(3, "Ratings");
    }
    while let Some(first) = rest.first() {
        let scale = labels(first);
        let (own, others): (Vec<_>, Vec<_>) =
            rest.into_iter().partition(|question| labels(question) == scale);
        rest = others;
        ratings(&scale, &own, sheet);
    }
}

/// A column that is left out where it is nought in every row.
type Extra = (&'static str, fn(&QuestionPart) -> Option<usize>);

const BEFORE_BASE: [Extra; 1] = [("Too early", |question| question.too_early)];
const AFTER_BASE: [Extra; 3] = [
    ("Not applicable", |question| question.not_applicable),
    ("Not asked", |question| question.not_asked),
    ("Apart", |question| question.counted_apart),
];

fn ratings(scale: &[String], questions: &[&QuestionPart], sheet: &mut Sheet) {
    let is_used = |(_, of): &&Extra| questions.iter().any(|question| of(question) != Some(0));
    let before: Vec<&Extra> = BEFORE_BASE.iter().filter(is_used).collect();
    let after: Vec<&Extra> = AFTER_BASE.iter().filter(is_used).collect();
    let mut header = vec![("Question", Column::Prose)];
    header.extend(scale.iter().map(|label| (label.as_str(), Column::Number)));
    header.extend(before.iter().map(|(title, _)| (*title, Column::Number)));
    header.extend([("Not rated", Column::Number), ("Base", Column::Number)]);
    header.extend(after.iter().map(|(title, _)| (*title, Column::Number)));
    let row = |question: &&QuestionPart| {
        let mut row = vec![name(question)];
        row.extend(question.answers.iter().map(|answer| figure(answer.count)));
        row.extend(before.iter().map(|(_, of)| figure(of(question))));
        row.push(figure(question.not_rated_or_no_answer));
        row.push(figure(question.base));
        row.extend(after.iter().map(|(_, of)| figure(of(question))));
        row
    };
    sheet.table(&header, questions.iter().map(row).collect());
}

fn alike(part: &ChecklistPart, sheet: &mut Sheet) {
    let items: Vec<String> = part
        .all_alike
        .iter()
        .map(|one| format!("{0}: {1} of {1} ratings are {2}", one.question, one.ratings, one.label))
        .collect();
    if !items.is_empty() {
        sheet.heading(3, "Where every rating is the same");
        sheet.list(items);
    }
}

/// The questions that are answered with yes or no, with choices or with numbers, as figures of a
/// survey.
fn answered(part: &ChecklistPart, sheet: &mut Sheet) {
    let is_figure = |question: &&QuestionPart| !matches!(question.kind, "rating" | "words");
    for question in part.questions.iter().filter(is_figure) {
        sheet.heading(3, name(question));
        sheet.sentence(question.ask.clone());
        if question.all_held_back {
            sheet.sentence("All counts are held back.");
            continue;
        }
        match question.kind {
            "number" => numbers(question, sheet),
            _ => answers(question, sheet),
        }
        let beside = beside(question);
        if !beside.is_empty() {
            sheet.sentence(beside);
        }
    }
}

/// The answers, each with its numerator, its base and its percentage.
fn answers(question: &QuestionPart, sheet: &mut Sheet) {
    if question.base == Some(0) {
        sheet.sentence("Nobody has answered.");
        return;
    }
    let header = [("Answer", Column::Prose), ("Partnerships", Column::Word)];
    let row = |answer: &super::AnswerPart| {
        let share = match (answer.count, answer.of, answer.percentage) {
            (Some(count), Some(of), Some(percentage)) => {
                format!("{count} of {of} ({percentage:.1}%)")
            }
            (Some(count), None, _) => format!("{count} (base held)"),
            _ => HELD.to_owned(),
        };
        vec![answer.label.clone(), share]
    };
    sheet.table(&header, question.answers.iter().map(row).collect());
    if question.kind == "several" {
        sheet.sentence("Several answers can be given, so the percentages do not add up to 100.");
    }
}

fn numbers(question: &QuestionPart, sheet: &mut Sheet) {
    let Some(numbers) = &question.numbers else {
        sheet.sentence(match question.base {
            Some(0) => "Nobody has answered.",
            _ => "The numbers are held back.",
        });
        return;
    };
    let number = |number: Option<f64>| number.map_or(HELD.to_owned(), |own| own.to_string());
    let header = ["Answers", "Lowest", "Median", "Highest", "Total"].map(|t| (t, Column::Number));
    let row = vec![
        figure(question.base),
        number(numbers.lowest),
        number(numbers.median),
        number(numbers.highest),
        number(numbers.total),
    ];
    sheet.table(&header, vec![row]);
    if let Some(unit) = &question.unit {
        sheet.sentence(format!("In {unit}."));
    }
}

/// What stands outside the base of a question.
fn beside(question: &QuestionPart) -> String {
    let facts = [
        ("No answer", question.not_rated_or_no_answer),
        ("Too early to say", question.too_early),
        ("Not applicable", question.not_applicable),
        ("Not asked", question.not_asked),
        ("Counted apart", question.counted_apart),
    ];
    let said = facts.iter().filter(|(_, count)| *count != Some(0));
    let said: Vec<String> =
        said.map(|(what, count)| format!("{what}: {}.", figure(*count))).collect();
    said.join(" ")
}

/// The questions that are answered in words, of which only the number of answers is given.
fn in_words(part: &ChecklistPart, sheet: &mut Sheet) {
    let questions: Vec<&QuestionPart> =
        part.questions.iter().filter(|question| question.kind == "words").collect();
    if questions.is_empty() {
        return;
    }
    sheet.heading(3, "Answered in words");
    let is_used = |(_, of): &&Extra| questions.iter().any(|question| of(question) != Some(0));
    let extra: Vec<&Extra> = BEFORE_BASE.iter().chain(&AFTER_BASE).filter(is_used).collect();
    let mut header = vec![("Question", Column::Prose), ("Answered", Column::Number)];
    header.push(("No answer", Column::Number));
    header.extend(extra.iter().map(|(title, _)| (*title, Column::Number)));
    let row = |question: &&QuestionPart| {
        let mut row = vec![name(question), figure(question.base)];
        row.push(figure(question.not_rated_or_no_answer));
        row.extend(extra.iter().map(|(_, of)| figure(of(question))));
        row
    };
    sheet.table(&header, questions.iter().map(row).collect());
}

/// Who is counted apart.
fn apart(part: &ChecklistPart, sheet: &mut Sheet) {
    let row = |question: &QuestionPart| -> Vec<Vec<String>> {
        let row = |apart: &super::ApartPart| {
            vec![name(question), apart.why.to_owned(), apart.partnerships.join("; ")]
        };
        question.apart.iter().map(row).collect()
    };
    let rows: Vec<Vec<String>> = part.questions.iter().flat_map(row).collect();
    if !rows.is_empty() {
        sheet.heading(3, "Counted apart");
        sheet.sentence("What these partnerships said is in none of the counts above.");
        let header =
            [("Question", Column::Prose), ("Why", Column::Prose), ("Partnerships", Column::Prose)];
        sheet.table(&header, rows);
    }
}

fn themes(part: &ChecklistPart, sheet: &mut Sheet) {
    let mut labels: Vec<&str> = Vec::new();
    for value in part.themes.iter().flat_map(|theme| &theme.values) {
        if !labels.contains(&value.label.as_str()) {
            labels.push(&value.label);
        }
    }
    let mut header = vec![("Theme", Column::Prose), ("Questions", Column::Number)];
    header.extend(labels.iter().map(|label| (*label, Column::Number)));
    header.push(("Base", Column::Number));
    let row = |theme: &super::ThemePart| {
        let number = |label: &&str| {
            let value = theme.values.iter().find(|value| value.label == **label);
            value.map_or(0, |value| value.ratings).to_string()
        };
        let mut row = vec![theme.theme.clone(), theme.questions.to_string()];
        row.extend(labels.iter().map(number));
        row.push(theme.of.to_string());
        row
    };
    if !part.themes.is_empty() {
        sheet.heading(3, "Themes");
        sheet.sentence(
            "The ratings of all questions of a theme in all partnerships; the base is all that \
             apply, rated or not.",
        );
        sheet.table(&header, part.themes.iter().map(row).collect());
    }
}

fn counts(title: &str, what: &str, counts: &[CountPart], sheet: &mut Sheet) {
    let row = |one: &CountPart| {
        let share = match one.partnerships {
            Some(number) => format!("{number} of {}", one.of),
            None => HELD.to_owned(),
        };
        vec![one.what.clone(), share]
    };
    if !counts.is_empty() {
        sheet.heading(3, title);
        let header = [(what, Column::Prose), ("Partnerships", Column::Word)];
        sheet.table(&header, counts.iter().map(row).collect());
    }
}

fn changes(part: &ChecklistPart, sheet: &mut Sheet) {
    let row = |change: &super::ChangePart| {
        vec![change.question.clone(), change.change.to_owned(), change.partnerships.join("; ")]
    };
    if !part.local_changes.is_empty() {
        sheet.heading(3, "What local checklists change");
        let header = [("Question", Column::Prose), ("Change", Column::Word), ("By", Column::Prose)];
        sheet.table(&header, part.local_changes.iter().map(row).collect());
    }
}

fn members(part: &ChecklistPart, collated: &Collated, sheet: &mut Sheet) {
    if part.periods.len() > 1 || part.members.is_empty() {
        counts("Periods", "Period", &part.periods, sheet);
    }
    let with_file = collated.naming == "names";
    let mut header = vec![
        ("Partnership", Column::Prose),
        ("Period", Column::Phrase),
        ("Perspective", Column::Phrase),
        ("Status", Column::Word),
    ];
    header.extend(with_file.then_some(("File", Column::Prose)));
    let row = |member: &super::MemberPart| {
        let mut row = vec![
            member.partnership.clone(),
            member.period.clone(),
            member.perspective.clone(),
            capitalised(member.status),
        ];
        row.extend(member.file.clone());
        row
    };
    if !part.members.is_empty() {
        sheet.heading(3, "Partnerships");
        sheet.table(&header, part.members.iter().map(row).collect());
    }
}

/// What does not count, and what could not be used.
fn lay_out_left_out(collated: &Collated, sheet: &mut Sheet) {
    let files = |files: Option<usize>, noun: &str| match files {
        Some(number) => count(number, noun),
        None => format!("Fewer than six {noun}s"),
    };
    let mut items: Vec<String> = Vec::new();
    for one in &collated.left_out {
        let what = format!("{} {}", files(one.files, "file"), one.why);
        // Where they are many, it is said how many there are of each partnership.
        let by_partnership = one.partnerships.iter();
        let by_partnership: Vec<String> =
            by_partnership.map(|own| format!("{} ({})", own.partnership, own.files)).collect();
        let names = if one.named.len() <= NAMES { &one.named } else { &by_partnership };
        items.push(with_names(&what, names));
    }
    if collated.without.partnerships != Some(0) {
        let number = files(collated.without.partnerships, "partnership");
        let what = format!("{number} without an assessment of that perspective and period");
        items.push(with_names(&what, &collated.without.named));
    }
    if collated.could_not_be_used.files != Some(0) {
        let number = files(collated.could_not_be_used.files, "file");
        let what = format!("{number} could not be used, because of errors");
        items.push(with_names(&what, &collated.could_not_be_used.named));
    }
    if !items.is_empty() {
        sheet.heading(2, "Left out");
        sheet.list(items);
    }
}

/// A count with names, of which only so many are listed.
fn with_names(what: &str, names: &[String]) -> String {
    match names {
        [] => what.to_owned(),
        names if names.len() <= NAMES => format!("{what}: {}", names.join("; ")),
        names => format!(
            "{what}: {}; and {} more, all named with --format json",
            names[..NAMES].join("; "),
            names.len() - NAMES
        ),
    }
}

fn made_from(collated: &Collated) -> Vec<String> {
    let mut lines = vec![collated.tool.clone()];
    for part in &collated.checklists {
        let id = part.id.as_ref().map(|id| format!(" ({id})")).unwrap_or_default();
        let number = count(part.partnerships, "partnership");
        lines.push(format!("{}{id}: {number}", checklist_name(part)));
        lines.extend(part.attribution.iter().cloned());
    }
    let scope: Vec<String> = [("step", &collated.step), ("question", &collated.question)]
        .into_iter()
        .filter_map(|(what, id)| Some(format!("{what} {}", id.as_ref()?)))
        .collect();
    if !scope.is_empty() {
        lines.push(format!("Only {}", join_words(&scope, "and")));
    }
    let named = match collated.naming {
        "codes" => ", partnerships by code",
        _ => "",
    };
    lines.push(format!("Audience: {}{named}", collated.audience));
    lines
}
