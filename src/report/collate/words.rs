//! A collation put into words: each part of the published value from what was counted.

use std::collections::BTreeMap;

use super::{
    AlikePart, AnswerPart, ApartPart, ChangePart, ChecklistPart, Collated, CountPart, FilesPart,
    LeftOutPart, MemberPart, NumbersPart, QuestionPart, ThemePart, Unusable, UnusablePart, VERSION,
    ValuePart, WithoutPart,
};
use crate::comparison::collate::{
    self, Apart, Choice, Collation, Figure, LeftOut, Naming, Part, Sort, Tally, Terms, What, Why,
    per_mille,
};
use crate::model::audience::Audience;
use crate::model::standing::PERSPECTIVES;
use crate::report::{filled, perspective_words, to_line, tool};
use crate::text::one_line;

impl Collated {
    /// Puts into words what many partnerships said.
    pub(crate) fn of(
        collation: &Collation<'_>,
        choice: &Choice,
        terms: &Terms,
        unusable: &[Unusable],
    ) -> Self {
        let markings = markings(collation);
        let unusable_named = unusable.iter().map(|one| format!("{}: {}", one.file, one.reason()));
        Collated {
            version: VERSION,
            tool: tool(),
            audience: terms.audience.word(),
            naming: match (terms.audience, &terms.naming) {
                (Audience::Public, _) => "none",
                (_, Naming::Names) => "names",
                (_, Naming::Codes(_)) => "codes",
            },
            period: choice.period.as_deref().map(one_line),
            perspective: match choice.perspective.as_deref() {
                None => "Agreed, else scrutineer".to_owned(),
                Some(wanted) => perspective(wanted.trim(), terms),
            },
            step: terms.scope.step.clone(),
            question: terms.scope.question.clone(),
            marked: (!terms.shows_words()).then(|| markings.values().sum()),
            markings: match terms.shows_words() {
                true => markings.into_keys().map(str::to_owned).collect(),
                false => Vec::new(),
            },
            checklists: collation.parts.iter().map(|part| checklist(part, terms)).collect(),
            checklists_held_back: collation.hidden,
            left_out: left_out(&collation.left_out, terms),
            without: WithoutPart {
                partnerships: collate::files(collation.without.len(), terms.audience).shown(),
                named: without(&collation.without, terms),
            },
            could_not_be_used: UnusablePart {
                files: collate::files(unusable.len(), terms.audience).shown(),
                named: match terms.shows_words() {
                    true => unusable_named.collect(),
                    false => Vec::new(),
                },
            },
        }
    }
}

/// The markings of the assessments that count, with how many have each.
fn markings<'a>(collation: &Collation<'a>) -> BTreeMap<&'a str, usize> {
    let mut markings = BTreeMap::new();
    for member in collation.parts.iter().flat_map(|part| &part.members) {
        let marking = member.given.marking.as_str();
        if !marking.is_empty() {
            *markings.entry(marking).or_default() += 1;
        }
    }
    markings
}

/// A perspective in words; that of an agency is not named where it would tell who is meant.
fn perspective(perspective: &str, terms: &Terms) -> String {
    match terms.shows_words() || PERSPECTIVES.contains(&perspective) {
        true => perspective_words(perspective, None),
        false => "An agency".to_owned(),
    }
}

fn checklist(part: &Part<'_>, terms: &Terms) -> ChecklistPart {
    let is_named = part.is_shared || terms.shows_words();
    let name = |text: &str| filled(text).filter(|_| is_named);
    let of = part.members.len();
    let counts = |list: &[(&str, Figure)]| -> Vec<CountPart> {
        let row = |(what, figure): &(&str, Figure)| count_part((*what).to_owned(), *figure, of);
        list.iter().map(row).collect()
    };
    let shown = || part.questions.iter().filter(|_| is_named);
    ChecklistPart {
        id: name(&part.checklist.id.value),
        title: name(&part.checklist.title),
        edition: name(&part.checklist.edition),
        attribution: attributions(part, terms).into_iter().filter(|_| is_named).collect(),
        partnerships: of,
        drafts: part.drafts.shown(),
        members: members(part, terms),
        periods: counts(&part.periods),
        questions: shown().map(|tally| question(tally, terms)).collect(),
        all_alike: shown().filter_map(alike).collect(),
        themes: themes(part).into_iter().filter(|_| is_named).collect(),
        methods: counts(&part.methods),
        voices: counts(&part.voices),
        actions: part
            .actions
            .iter()
            .filter(|_| is_named)
            .map(|(question, figure)| {
                count_part(question_name(&question.id.value, &question.title), *figure, of)
            })
            .collect(),
        common_actions: counts(&part.common),
        local_changes: changes(part, terms),
        questions_not_shown: if is_named { 0 } else { part.questions.len() },
    }
}

fn count_part(what: String, figure: Figure, of: usize) -> CountPart {
    CountPart { what, partnerships: figure.shown(), of }
}

/// A question's number and title.
pub(super) fn question_name(id: &str, title: &str) -> String {
    format!("{id} {title}").trim_end().to_owned()
}

/// Who wrote the checklists, as they want to be named. Those of local ones stand beside that of the
/// one that they extend, where what a partnership wrote may be shown.
fn attributions(part: &Part<'_>, terms: &Terms) -> Vec<String> {
    let own = part.members.iter().map(|member| member.instrument.checklist);
    let own = own.filter(|_| terms.shows_words());
    let mut all: Vec<String> = Vec::new();
    let lists = std::iter::once(part.checklist).chain(own);
    for attribution in lists.flat_map(|checklist| &checklist.attribution) {
        let line = to_line(attribution);
        if !all.contains(&line) {
            all.push(line);
        }
    }
    all
}

/// The partnerships, by the alphabet of what they are called; none in public.
fn members(part: &Part<'_>, terms: &Terms) -> Vec<MemberPart> {
    let member = |one: &collate::Candidate<'_>| {
        let given = one.given;
        Some(MemberPart {
            partnership: terms.name(&given.partnership)?,
            period: given.period.name.clone(),
            perspective: perspective(&given.perspective, terms),
            status: given.status.word(),
            file: terms.shows_words().then(|| given.file.clone()),
        })
    };
    let mut members: Vec<MemberPart> = part.members.iter().filter_map(member).collect();
    if !terms.shows_words() {
        // The order of the names would tell what the codes stand for.
        members.sort_by(|a, b| a.partnership.cmp(&b.partnership));
    }
    members
}

fn question(tally: &Tally<'_>, terms: &Terms) -> QuestionPart {
    let base = tally.base.shown();
    let answer = |cell: &collate::Cell<'_>| {
        let count = cell.count.shown();
        let per_mille = count.zip(base).and_then(|(count, base)| per_mille(count, base));
        AnswerPart {
            value: cell.value.to_owned(),
            label: cell.label.to_owned(),
            count,
            of: base,
            percentage: per_mille
                .filter(|_| tally.sort != Sort::Rated)
                .map(|tenths| tenths as f64 / 10.0),
        }
    };
    QuestionPart {
        id: tally.question.id.value.clone(),
        title: tally.question.title.clone(),
        ask: one_line(&tally.question.ask.value),
        step: tally.step.map(|step| step.id.value.clone()),
        kind: match tally.sort {
            Sort::Rated => "rating",
            Sort::One => "one",
            Sort::Several => "several",
            Sort::Number => "number",
            Sort::Words => "words",
        },
        unit: tally.unit().and_then(filled),
        answers: tally.answers.iter().map(answer).collect(),
        numbers: tally.numbers.map(|numbers| NumbersPart {
            lowest: numbers.lowest,
            median: numbers.median,
            highest: numbers.highest,
            total: numbers.total,
        }),
        base,
        too_early: tally.too_early.shown(),
        not_rated_or_no_answer: tally.open.shown(),
        not_applicable: tally.not_applicable.shown(),
        not_asked: tally.not_asked.shown(),
        counted_apart: tally.apart.shown(),
        apart: apart(tally, terms),
        all_held_back: tally.is_withheld(),
    }
}

/// Who is counted apart, and why; nobody in public.
fn apart(tally: &Tally<'_>, terms: &Terms) -> Vec<ApartPart> {
    let mut by_why: BTreeMap<Apart, Vec<String>> = BTreeMap::new();
    for stranger in &tally.strangers {
        if let Some(name) = terms.name(stranger.partnership) {
            by_why.entry(stranger.why).or_default().push(name);
        }
    }
    let part = |(why, mut partnerships): (Apart, Vec<String>)| {
        partnerships.sort_unstable();
        ApartPart { why: apart_words(why), partnerships }
    };
    by_why.into_iter().map(part).collect()
}

fn apart_words(why: Apart) -> &'static str {
    match why {
        Apart::OtherWords => "Answered other words",
        Apart::OtherAnswers => "Had other answers to choose from",
        Apart::LeftOut => "Not in the local checklist",
    }
}

fn alike(tally: &Tally<'_>) -> Option<AlikePart> {
    let (cell, ratings) = tally.agreed()?;
    Some(AlikePart {
        question: question_name(&tally.question.id.value, &tally.question.title),
        label: cell.label.to_owned(),
        ratings,
    })
}

fn themes(part: &Part<'_>) -> Vec<ThemePart> {
    let value = |(label, ratings): &(&str, usize)| ValuePart {
        label: (*label).to_owned(),
        ratings: *ratings,
    };
    let theme = |theme: &collate::Theme<'_>| ThemePart {
        theme: theme.name.replace('-', " "),
        questions: theme.questions,
        values: theme.values.iter().map(value).collect(),
        of: theme.base,
    };
    part.themes.iter().map(theme).collect()
}

fn changes(part: &Part<'_>, terms: &Terms) -> Vec<ChangePart> {
    let change = |change: &collate::LocalChange<'_>| {
        let (id, title) = change.question;
        ChangePart {
            question: question_name(id, title),
            change: match change.what {
                What::Added => "Added",
                What::Dropped => "Left out",
                What::Reworded => "In other words",
            },
            partnerships: change.by.iter().filter_map(|name| terms.name(name)).collect(),
        }
    };
    part.changes.iter().map(change).collect()
}

/// What does not count, by why that is so. Files are named by what they are, not by where they lie.
fn left_out(left_out: &[LeftOut<'_>], terms: &Terms) -> Vec<LeftOutPart> {
    let mut by_why: BTreeMap<Why, Vec<&LeftOut<'_>>> = BTreeMap::new();
    for one in left_out {
        by_why.entry(one.why).or_default().push(one);
    }
    let named = |one: &&LeftOut<'_>| {
        let given = one.given;
        let name = terms.name(&given.partnership)?;
        let perspective = perspective(&given.perspective, terms).to_lowercase();
        Some(format!("{name}, {}, {perspective}", given.period.name))
    };
    let part = |(why, all): (Why, Vec<&LeftOut<'_>>)| {
        let mut names: Vec<String> = all.iter().filter_map(named).collect();
        names.sort_unstable();
        let mut files: BTreeMap<String, usize> = BTreeMap::new();
        for name in all.iter().filter_map(|one| terms.name(&one.given.partnership)) {
            *files.entry(name).or_default() += 1;
        }
        LeftOutPart {
            why: match why {
                Why::OtherPeriod => "of another period",
                Why::OtherPerspective => "of another perspective",
                Why::Superseded => "of an earlier period than the one that counts",
                Why::Second => "of the same partnership, period and perspective as one that counts",
            },
            files: collate::files(all.len(), terms.audience).shown(),
            named: names,
            partnerships: files
                .into_iter()
                .map(|(partnership, files)| FilesPart { partnership, files })
                .collect(),
        }
    };
    by_why.into_iter().map(part).collect()
}

/// The partnerships of which nothing counts, with the perspectives that they have.
fn without(without: &[(&str, Vec<&str>)], terms: &Terms) -> Vec<String> {
    let named = |(name, perspectives): &(&str, Vec<&str>)| {
        let mut words: Vec<String> =
            perspectives.iter().map(|own| perspective(own, terms).to_lowercase()).collect();
        words.dedup();
        Some(format!("{} (has {})", terms.name(name)?, words.join(", ")))
    };
    let mut names: Vec<String> = without.iter().filter_map(named).collect();
    names.sort_unstable();
    names
}
