//! The counts as one table with a header, a row for each answer of each question, for spreadsheets.

use super::{ChecklistPart, Collated, QuestionPart};

const HEADER: [&str; 16] = [
    "Checklist",
    "Edition",
    "Step",
    "Question",
    "Title",
    "Kind",
    "Answer",
    "Count",
    "Base",
    "Percentage",
    "Partnerships",
    "Perspective",
    "Period",
    "Audience",
    "Attribution",
    "Made with",
];

/// What stands in a cell in place of a count that is held back.
const HELD: &str = "held back";

impl Collated {
    /// The table, its header first.
    pub(crate) fn rows(&self) -> Vec<Vec<String>> {
        let header = HEADER.map(str::to_owned).to_vec();
        let of_part = |part| self.part_rows(part);
        std::iter::once(header).chain(self.checklists.iter().flat_map(of_part)).collect()
    }

    fn part_rows<'a>(
        &'a self,
        part: &'a ChecklistPart,
    ) -> impl Iterator<Item = Vec<String>> + use<'a> {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        part.questions.iter().flat_map(move |question| {
            let facts = facts(question);
            facts.into_iter().map(move |[answer, count, base, percentage]| {
                vec![
                    text(&part.id),
                    text(&part.edition),
                    text(&question.step),
                    question.id.clone(),
                    question.title.clone(),
                    question.kind.to_owned(),
                    answer,
                    count,
                    base,
                    percentage,
                    part.partnerships.to_string(),
                    self.perspective.clone(),
                    self.period.clone().unwrap_or("latest".to_owned()),
                    self.audience.to_owned(),
                    part.attribution.join(" "),
                    self.tool.clone(),
                ]
            })
        })
    }
}

/// The answers to a question with their counts, bases and percentages.
fn facts(question: &QuestionPart) -> Vec<[String; 4]> {
    let figure = |figure: Option<usize>| figure.map_or(HELD.to_owned(), |count| count.to_string());
    let base = figure(question.base);
    let mut facts: Vec<[String; 4]> = question
        .answers
        .iter()
        .map(|answer| {
            let percentage = answer.percentage.map(|percentage| format!("{percentage:.1}"));
            [
                answer.label.clone(),
                figure(answer.count),
                base.clone(),
                percentage.unwrap_or_default(),
            ]
        })
        .collect();
    let (open, inside) = match question.kind {
        "rating" => ("Not rated", base.clone()),
        _ => ("No answer", String::new()),
    };
    if matches!(question.kind, "number" | "words") {
        facts.push(["Answered".to_owned(), base.clone(), base, String::new()]);
    }
    if let Some(numbers) = &question.numbers {
        let number = |number: Option<f64>| number.map_or(HELD.to_owned(), |own| own.to_string());
        for (name, value) in [
            ("Lowest", numbers.lowest),
            ("Median", numbers.median),
            ("Highest", numbers.highest),
            ("Total", numbers.total),
        ] {
            facts.push([name.to_owned(), number(value), figure(question.base), String::new()]);
        }
    }
    for (name, count, base) in [
        ("Too early", question.too_early, inside.clone()),
        (open, question.not_rated_or_no_answer, inside),
        ("Not applicable", question.not_applicable, String::new()),
        ("Not asked", question.not_asked, String::new()),
        ("Counted apart", question.counted_apart, String::new()),
    ] {
        if count != Some(0) {
            facts.push([name.to_owned(), figure(count), base, String::new()]);
        }
    }
    facts
}
