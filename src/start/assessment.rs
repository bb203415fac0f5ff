//! A new assessment as text: the header filled in, how to fill in the rest, and every question as a
//! comment above its empty answer.

use crate::model::checklist::{
    Checklist, Choice, Kind, Need, Question, Range, Scale, ScaleValue, Step,
};
use crate::model::definition::capitalised;
use crate::model::standing::{NOT_APPLICABLE, TOO_EARLY, is_put_to};
use crate::start::carried::{Matched, Rolled, Target};
use crate::start::{Plan, last_time, record};
use crate::syntax::page::{Field, Page, key};
use crate::syntax::write::{Place, word};
use crate::text::{join_words, one_line};

/// The text of a new assessment, with what comes over from the period before, if anything does.
pub(crate) fn render(plan: &Plan<'_>, rolled: Option<&Rolled<'_>>) -> String {
    let mut page = Page::default();
    head(&mut page, plan, rolled);
    guide(&mut page, plan, rolled);
    meanings(&mut page, plan.checklist);
    whole(&mut page, plan, rolled);
    if asks_context(plan, rolled) {
        context(&mut page, plan, rolled);
    }
    ratings(&mut page, plan, rolled);
    steps(&mut page, plan, rolled);
    actions(&mut page, rolled);
    evidence(&mut page, rolled);
    if let Some(rolled) = rolled {
        last_time::to_review(&mut page, rolled);
    }
    page.text
}

/// The first lines: what the file is, and of whom. They stand before any explanation, because a file
/// that is found in a folder is known by its first lines.
fn head(page: &mut Page, plan: &Plan<'_>, rolled: Option<&Rolled<'_>>) {
    let checklist = plan.checklist;
    page.line(0, &format!("# yaml-language-server: $schema={}", plan.schema));
    let edition = match checklist.edition.as_str() {
        "" => String::new(),
        edition => format!(", edition {edition}"),
    };
    page.comment(0, &format!("{}{edition}", one_line(&checklist.title)));
    for attribution in &checklist.attribution {
        page.comment(0, &one_line(attribution));
    }
    page.line(0, "scrutiny: assessment");
    match is_plain_path(&plan.reference) {
        true => page.line(0, &format!("checklist: {}", plan.reference)),
        false => page.text(0, "checklist", &plan.reference),
    }
    page.text(0, "partnership", &plan.partnership);
    page.text(0, "period", &plan.period.name);
    page.text(0, "perspective", &plan.perspective);
    match &plan.assessor {
        Some(assessor) => page.text(0, "assessor", assessor),
        None => page.line(0, "assessor:     # a role, such as Independent Scrutineer, not a name"),
    }
    match plan.as_at {
        Some(day) => page.line(0, &format!("as-at: {day}")),
        None => page.line(
            0,
            &format!(
                "as-at:        # the day on which your ratings hold, such as {}",
                plan.period.to
            ),
        ),
    }
    page.line(0, "status: draft   # write final when everything is done");
    covers(page, plan, rolled);
}

/// Whether a path that begins with dots can stand without quotes, as people write it.
fn is_plain_path(path: &str) -> bool {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./".contains(letter);
    path.starts_with("../") && path.chars().all(is_plain)
}

/// The steps that are covered: all, unless the user takes the hash away.
fn covers(page: &mut Page, plan: &Plan<'_>, rolled: Option<&Rolled<'_>>) {
    let covered = rolled.and_then(|rolled| rolled.previous.assessment.covers.as_ref());
    let covered: Vec<&str> = covered.into_iter().flatten().map(|id| id.value.as_str()).collect();
    if !covered.is_empty() {
        let ids = join_words(&covered, "and");
        page.comment(0, &format!("Last time it covered the steps {} only.", one_line(&ids)));
    }
    if let [first, second, _, ..] = plan.checklist.steps.as_slice() {
        let ids = [first, second].map(|step| word(&step.id.value, Place::Flow)).join(", ");
        let line = format!("# covers: [{ids}]   # take the first hash away for these steps only");
        page.line(0, &line);
    }
}

/// How to fill the file in, for somebody who sees such a file for the first time.
fn guide(page: &mut Page, plan: &Plan<'_>, rolled: Option<&Rolled<'_>>) {
    page.blank();
    page.divider(0, "How to fill this in");
    page.comment(
        0,
        "\nWrite behind the colons. A line that begins with # is a note to help you: nobody else \
         reads it, and you may delete it.\n\nProse goes on the lines below `|`, two spaces \
         further in than its key. There you may write as you like: several paragraphs, colons, \
         quotation marks, lists with dashes. Use the space bar, never the Tab key.\n\nEvidence \
         and actions are lists. Each item begins with a dash:\n",
    );
    let (seen, due) = (plan.period.from, plan.period.to);
    for line in [
        "    evidence:",
        "      - Strategic plan, with the minutes of the meeting that approved it",
        "      - source: Discussion with practitioners",
        "        method: focus-group",
        &format!("        date: {seen}"),
        "        voice: practitioners",
        "        says: What you heard, in a sentence or two.",
        "    actions:",
        "      - id: A-01",
        "        task: Agree who pays for the third outcome",
        "        lead: Local authority",
        &format!("        due: {due}"),
    ] {
        page.line(0, &format!("# {line}"));
    }
    page.comment(
        0,
        &format!(
            "\nAn action has an id that no other action of the partnership ever had, and keeps it. \
             What is for your own eyes goes under `notes: |`, on a question, an action or a step. \
             The six digits behind `wording` tell which words of the question you answered; leave \
             them as they are.\n\nThe file may stay as unfinished as it is. This shows what is \
             wrong, what is missing and how the steps stand:\n\n    scrutiny assess {}",
            plan.file
        ),
    );
    if rolled.is_some() {
        page.comment(
            0,
            "\nWhat was said last time stands above each question, for reference only. Actions that \
             are not closed go on with their ids. Evidence and notes stay in the file of that time.",
        );
    }
}

/// What the values of each scale mean, and what each of them needs.
fn meanings(page: &mut Page, checklist: &Checklist) {
    let is_used = |scale: &&Scale| {
        let own = |question| checklist.scale_of(question).map(|own| &own.name.value);
        checklist.questions().any(|question| own(question) == Some(&scale.name.value))
    };
    let used: Vec<&Scale> = checklist.scales.iter().filter(is_used).collect();
    if used.is_empty() {
        return;
    }
    page.blank();
    page.divider(0, "What the ratings mean");
    for scale in &used {
        page.line(0, "#");
        if used.len() > 1 {
            page.comment(0, &format!("On the scale {}:", scale.name.value));
        }
        let width = scale.values.iter().map(|own| own.value.value.chars().count()).max();
        let width = width.unwrap_or(0);
        for value in &scale.values {
            let mark = format!("  {:<width$}  ", value.value.value);
            page.hang(0, &mark, &meaning(value));
        }
    }
    page.comment(
        0,
        &format!(
            "\nWhere it is too early to say, write {TOO_EARLY}, and `review-by:` with a date on a \
             line below it. A question that allows it may be answered {NOT_APPLICABLE}, with the \
             reason. Neither of them, nor a question without a rating, counts as {}.",
            used.first().and_then(|scale| scale.values.last()).map_or("", |value| &value.label)
        ),
    );
}

/// What a value means, and what it needs.
fn meaning(value: &ScaleValue) -> String {
    let needs = value.needs();
    let means = match one_line(&value.means) {
        means if means.is_empty() => capitalised(&value.value.value),
        means => means,
    };
    match needs.is_empty() {
        true => means,
        false => format!("{means}\nNeeds {}.", join_words(&needs, "and")),
    }
}

/// The assessor's own words on the whole.
fn whole(page: &mut Page, plan: &Plan<'_>, rolled: Option<&Rolled<'_>>) {
    page.blank();
    page.divider(0, "The whole, in your own words");
    if let Some(rolled) = rolled {
        last_time::whole(page, rolled.previous, plan.checklist);
    }
    page.blank();
    page.empty_block(0, "summary");
    page.empty_key(0, "assurance", &join_words(&plan.checklist.assurance, "or"));
    page.blank();
}

/// Whether this perspective is asked for the frame of the scrutiny, or has answered for it before.
fn asks_context(plan: &Plan<'_>, rolled: Option<&Rolled<'_>>) -> bool {
    let is_asked = matches!(plan.perspective.as_str(), "scrutineer" | "agreed");
    let has_answered = rolled.is_some_and(|own| !own.previous.assessment.context.is_empty());
    (is_asked && !plan.checklist.context.is_empty()) || has_answered
}

fn context(page: &mut Page, plan: &Plan<'_>, rolled: Option<&Rolled<'_>>) {
    page.divider(0, "Context: answered once, before scrutiny starts");
    page.line(0, "context:");
    for (at, question) in plan.checklist.context.iter().enumerate() {
        page.blank();
        page.comment(2, format!("{} {}", question.id.value, question.title).trim_end());
        ask(page, plan, question);
        if let Some((rolled, matched)) = at_of(rolled, |rolled| &rolled.context, at) {
            last_time::question(page, rolled.previous, matched);
        }
        let id = key(&question.id.value);
        match &question.kind {
            Kind::Text => page.empty_block(2, &id),
            kind => {
                let note = answer_note(kind);
                page.line(2, format!("{id}: {}   # {note}", answer_value(kind)).trim_end());
            }
        }
    }
    if let Some(rolled) = rolled {
        last_time::gone(page, rolled.previous, &rolled.gone_context);
    }
    page.blank();
}

/// What comes over for the question of a place in the checklist.
fn at_of<'r, 'a>(
    rolled: Option<&'r Rolled<'a>>,
    list: fn(&'r Rolled<'a>) -> &'r Vec<Matched<'a>>,
    at: usize,
) -> Option<(&'r Rolled<'a>, &'r Matched<'a>)> {
    rolled.and_then(|rolled| Some((rolled, list(rolled).get(at)?)))
}

fn ratings(page: &mut Page, plan: &Plan<'_>, rolled: Option<&Rolled<'_>>) {
    page.divider(0, "");
    page.line(0, "ratings:");
    let mut at = 0;
    let mut part = "";
    for step in &plan.checklist.steps {
        let first = at;
        at += step.questions.len();
        let is_shown = |(place, question): &(usize, &Question)| {
            let matched = at_of(rolled, |rolled| &rolled.ratings, *place);
            let has_answer = matched.is_some_and(|(_, matched)| matched.entry.is_some());
            is_put_to(question, &plan.perspective) || has_answer || has_actions(rolled, question)
        };
        let shown: Vec<(usize, &Question)> =
            (first..).zip(&step.questions).filter(is_shown).collect();
        if shown.is_empty() {
            continue;
        }
        page.blank();
        if step.part != part && !step.part.is_empty() {
            page.divider(2, &one_line(&step.part));
        }
        part = &step.part;
        page.divider(2, "");
        page.comment(2, &one_line(&format!("Step {}. {}", step.id.value, step.title)));
        page.divider(2, "");
        for (place, question) in shown {
            rated(page, plan, question, at_of(rolled, |rolled| &rolled.ratings, place));
        }
    }
    if let Some(rolled) = rolled {
        last_time::gone(page, rolled.previous, &rolled.gone);
    }
    page.blank();
}

fn has_actions(rolled: Option<&Rolled<'_>>, question: &Question) -> bool {
    let target = Target::Question(&question.id.value);
    rolled.is_some_and(|rolled| !rolled.actions_on(target).is_empty())
}

/// A question of a step above its empty answer.
fn rated(
    page: &mut Page,
    plan: &Plan<'_>,
    question: &Question,
    matched: Option<(&Rolled<'_>, &Matched<'_>)>,
) {
    page.blank();
    page.comment(2, format!("{} {}", question.id.value, question.title).trim_end());
    ask(page, plan, question);
    if let Some((rolled, matched)) = matched {
        last_time::question(page, rolled.previous, matched);
    }
    page.line(2, &format!("{}:", key(&question.id.value)));
    match plan.checklist.scale_of(question) {
        Some(scale) => empty_rating(page, plan, question, scale),
        None => empty_answer(page, question),
    }
    let rolled = matched.map(|(rolled, _)| rolled);
    let target = Target::Question(&question.id.value);
    let here = rolled.map(|rolled| rolled.actions_on(target)).unwrap_or_default();
    match (here.first(), plan.checklist.scale_of(question)) {
        (Some(_), _) => {
            page.line(4, "actions:");
            here.iter().for_each(|own| last_time::action(page, 6, own));
        }
        (None, Some(scale)) => {
            page.empty_key(4, "actions", &needed(scale, |value| value.action, None));
        }
        (None, None) => {}
    }
}

/// The full wording, what it consists of, and what else helps to answer.
fn ask(page: &mut Page, plan: &Plan<'_>, question: &Question) {
    page.line(2, "#");
    let is_young = plan.perspective == "young-people" && !question.young_people.is_empty();
    if is_young {
        page.comment(2, &one_line(&question.young_people));
        page.hang(2, "  ", &format!("In full: {}", one_line(&question.ask.value)));
    } else {
        page.comment(2, &one_line(&question.ask.value));
    }
    for point in &question.points {
        page.hang(2, "  - ", &one_line(point));
    }
    for (value, means) in &question.means {
        page.hang(2, "  ", &format!("{}: {}", value.value, one_line(means)));
    }
    match &question.kind {
        Kind::Choice(choices) => choice_list(page, "one", choices),
        Kind::Choices(choices) => choice_list(page, "any", choices),
        Kind::Rag(_) | Kind::Text | Kind::YesNo | Kind::Number(_) => {}
    }
    if question.not_applicable && !question.is_rated() {
        let words = format!("Or {NOT_APPLICABLE}, with the reason under `because: |`.");
        page.comment(2, &words);
    }
    if let Some(only_if) = &question.only_if {
        let condition = &only_if.value;
        let words = format!("Only if {} is answered {}.", condition.question, condition.value);
        page.comment(2, &words);
    }
    if !question.prompts.is_empty() {
        page.comment(2, &format!("Look for: {}", one_line(&question.prompts.join("; "))));
    }
}

fn choice_list(page: &mut Page, how: &str, choices: &[Choice]) {
    page.comment(2, &format!("Answer with {how} of:"));
    for choice in choices {
        let is_plain = choice.label == choice.value || choice.label == capitalised(&choice.value);
        let words = match is_plain {
            true => choice.value.clone(),
            false => format!("{}: {}", choice.value, one_line(&choice.label)),
        };
        page.hang(2, "  - ", &words);
    }
}

/// The keys of a rated question, each with what it is for.
fn empty_rating(page: &mut Page, plan: &Plan<'_>, question: &Question, scale: &Scale) {
    let values = scale.values.iter().map(|value| value.value.value.as_str());
    let values: Vec<&str> =
        values.chain(question.not_applicable.then_some(NOT_APPLICABLE)).collect();
    page.empty_key(4, "rating", &join_words(&values, "or"));
    page.line(4, &format!("wording: {}", question.wording()));
    if plan.perspective == "agreed" {
        page.empty_key(4, "views", "{self: ..., scrutineer: ...}, each with its rating");
        page.empty_key(4, "reason", "why the agreed rating differs from a view");
        page.empty_key(4, "dissent", "disagreement that remains");
    }
    page.empty_block(4, "because");
    let note = needed(scale, |value| value.evidence, question.evidence);
    page.empty_key(4, "evidence", &note);
    if scale.values.iter().any(|value| value.remaining == Need::Required) {
        page.empty_block(4, "remaining");
    }
}

/// For which values something is asked, in words.
fn needed(scale: &Scale, need: fn(&ScaleValue) -> Need, own: Option<Need>) -> String {
    let needs = |value: &&ScaleValue| match own {
        Some(own) => own == Need::Required,
        None => need(value) == Need::Required,
    };
    let values = scale.values.iter().filter(needs).map(|value| value.value.value.as_str());
    let values: Vec<&str> = values.collect();
    match values.len() {
        0 => String::new(),
        all if all == scale.values.len() => "for every rating".to_owned(),
        _ => format!("for {}", join_words(&values, "and")),
    }
}

/// The key of a question that is answered, not rated.
fn empty_answer(page: &mut Page, question: &Question) {
    let kind = &question.kind;
    match (kind, answer_note(kind)) {
        (Kind::Text, _) => page.empty_block(4, "answer"),
        (Kind::Choices(_), note) => page.line(4, &format!("answer: []   # {note}")),
        (_, note) => page.empty_key(4, "answer", &note),
    }
    page.line(4, &format!("wording: {}", question.wording()));
}

/// What stands in place of an answer before there is one.
fn answer_value(kind: &Kind) -> &'static str {
    match kind {
        Kind::Choices(_) => "[]",
        Kind::Rag(_) | Kind::Text | Kind::YesNo | Kind::Choice(_) | Kind::Number(_) => "",
    }
}

/// What an answer can be, in a few words.
fn answer_note(kind: &Kind) -> String {
    match kind {
        Kind::Rag(_) | Kind::Text => String::new(),
        Kind::YesNo => "yes or no".to_owned(),
        Kind::Choice(_) => "one of the words above".to_owned(),
        Kind::Choices(_) => "any of the words above, with commas between them".to_owned(),
        Kind::Number(range) => number_note(range),
    }
}

fn number_note(range: &Range) -> String {
    let unit = match range.unit.as_str() {
        "" => String::new(),
        unit => format!(" of {}", one_line(unit)),
    };
    let bounds = match (range.min, range.max) {
        (Some(min), Some(max)) => format!(", {min} to {max}"),
        (Some(min), None) => format!(", {min} or more"),
        (None, Some(max)) => format!(", {max} or less"),
        (None, None) => String::new(),
    };
    format!("a number{unit}{bounds}")
}

/// A place for the assessor's words on each step with ratings.
fn steps(page: &mut Page, plan: &Plan<'_>, rolled: Option<&Rolled<'_>>) {
    let of_step = |step: &Step| {
        let here = rolled.map(|rolled| rolled.actions_on(Target::Step(&step.id.value)));
        here.unwrap_or_default()
    };
    let is_shown = |step: &&Step| {
        let mut asked =
            step.questions.iter().filter(|question| is_put_to(question, &plan.perspective));
        asked.any(Question::is_rated) || !of_step(step).is_empty()
    };
    let shown: Vec<&Step> = plan.checklist.steps.iter().filter(is_shown).collect();
    if shown.is_empty() {
        return;
    }
    page.divider(0, "Each step in your own words, with actions on the step");
    page.line(0, "steps:");
    for step in shown {
        page.blank();
        page.comment(2, &one_line(&format!("Step {}. {}", step.id.value, step.title)));
        if let Some(rolled) = rolled {
            last_time::step(page, 2, rolled.previous, &step.id.value);
        }
        page.line(2, &format!("{}:", key(&step.id.value)));
        page.empty_block(4, "summary");
        page.empty_key(4, "assurance", &join_words(&plan.checklist.assurance, "or"));
        let here = of_step(step);
        match here.is_empty() {
            true => page.empty_key(4, "actions", ""),
            false => {
                page.line(4, "actions:");
                here.iter().for_each(|own| last_time::action(page, 6, own));
            }
        }
    }
    page.blank();
}

/// The actions on the whole.
fn actions(page: &mut Page, rolled: Option<&Rolled<'_>>) {
    page.divider(
        0,
        "Actions on the whole; `covers: [1.1, 2.3]` names the questions they are about",
    );
    page.line(0, "actions:");
    for own in rolled.map(|rolled| rolled.actions_on(Target::Whole)).into_iter().flatten() {
        last_time::action(page, 2, own);
    }
    page.blank();
}

/// Evidence that is cited from several places.
fn evidence(page: &mut Page, rolled: Option<&Rolled<'_>>) {
    page.divider(0, "Evidence that counts in several places");
    page.comment(0, "Written once here, and cited there with `- ref: E-01`.");
    page.line(0, "evidence:");
    let cited = rolled.map(|rolled| rolled.cited.as_slice()).unwrap_or_default();
    for (id, item) in cited {
        page.line(2, &format!("{}:", key(id)));
        match record::evidence(item).as_slice() {
            [Field::Item(text)] => page.fields(4, &[Field::Text("source", text)]),
            fields => page.fields(4, fields),
        }
    }
    if cited.is_empty() {
        page.line(0, "#  E-01:");
        page.line(0, "#    source: Audit of re-referrals");
        page.line(0, "#    method: audit");
    }
}
