//! A local checklist as text: one that extends another, or one of its own, each with so much
//! explanation that it can be gone on with.

use crate::model::checklist::{Checklist, Question, Step};
use crate::model::definition::capitalised;
use crate::syntax::page::Page;
use crate::syntax::write::quoted;
use crate::text::one_line;

/// What a checklist is called.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Name<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
}

/// A word as the id of a checklist: small letters, digits and hyphens.
pub(crate) fn id_of(word: &str) -> String {
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    let id: String = word.to_lowercase().chars().map(plain).collect();
    let parts: Vec<&str> = id.split('-').filter(|part| !part.is_empty()).collect();
    match parts.is_empty() {
        true => "local".to_owned(),
        false => parts.join("-"),
    }
}

/// A title made from an id, where none is given: "our-steps" is "Our steps".
pub(crate) fn title_of(id: &str) -> String {
    capitalised(id)
}

/// A checklist that takes over another and says only what differs. `reference` is the other one's id,
/// or its path as seen from the new file.
pub(crate) fn adapt(base: &Checklist, reference: &str, name: Name<'_>) -> String {
    let mut page = Page::default();
    page.comment(
        0,
        &format!(
            "A local edition of {}. Only what differs is written here; scale, roll-up, steps and \
             every other question are taken over as they stand. A line that begins with # is a \
             note or an example: take the # away to make it count.\n\nTo see the whole as it \
             comes out: scrutiny checklist show, with the path of this file.",
            one_line(&base.title)
        ),
    );
    page.blank();
    page.line(0, "scrutiny = \"checklist\"");
    page.line(0, &format!("id = {}", quoted(name.id)));
    page.line(0, &format!("title = {}", quoted(name.title)));
    page.line(0, &format!("extends = {}", quoted(reference)));
    page.comment(0, "The year of your edition; until then it is that of what is extended.");
    page.line(0, &format!("# edition = {}", quoted(&one_line(&base.edition))));
    page.line(0, "# about = \"One or two sentences on what differs, and who agreed it.\"");
    page.blank();
    page.comment(
        0,
        "Whose work it is. It has to stay as it is, letter for letter; every output prints it.",
    );
    page.line(0, &format!("attribution = {}", quoted(&base.attribution.join(" "))));
    examples(&mut page, base);
    questions(&mut page, base);
    page.text
}

/// One example of each change, with ids that are there.
fn examples(page: &mut Page, base: &Checklist) {
    let Some(step) = base.steps.iter().find(|step| !step.questions.is_empty()) else { return };
    let Some(last) = step.questions.last() else { return };
    let first = &step.questions[0];
    page.blank();
    page.divider(0, "To add a question, give it a number that was never used");
    page.blank();
    lines(
        page,
        &[
            "[[add]]".to_owned(),
            format!("step = {}", quoted(&step.id.value)),
            format!("after = {}", quoted(&last.id.value)),
            format!("id = {}", quoted(&free_id(base, step))),
            "title = \"A few words, for tables\"".to_owned(),
            "ask = \"The full question, as it is put to people?\"".to_owned(),
            "points = [\"what it consists of\", \"one point after another\"]".to_owned(),
            "why = \"Why it is asked here.\"".to_owned(),
        ],
    );
    page.blank();
    page.divider(0, "To leave a question or a whole step out");
    page.blank();
    lines(
        page,
        &[
            "[[drop]]".to_owned(),
            format!("id = {}", quoted(&last.id.value)),
            "why = \"Where it is asked instead, or why it does not apply.\"".to_owned(),
        ],
    );
    page.blank();
    page.divider(
        0,
        "To put a question in other words; for a step, write `title` in place of `ask`",
    );
    page.blank();
    lines(
        page,
        &[
            "[[reword]]".to_owned(),
            format!("id = {}", quoted(&first.id.value)),
            format!("ask = {}", quoted(&one_line(&first.ask.value))),
            "why = \"Why the words were changed.\"".to_owned(),
        ],
    );
}

/// Lines that do not count until somebody takes the hash away; they are never wrapped, because the
/// whole of each belongs together.
fn lines(page: &mut Page, lines: &[String]) {
    for line in lines {
        page.line(0, &format!("# {line}"));
    }
}

/// An id in a step that no question has: one more than the last number.
fn free_id(base: &Checklist, step: &Step) -> String {
    let is_free = |id: &String| {
        base.question(id).is_none() && !base.context.iter().any(|own| own.id.value == *id)
    };
    let mut numbered = (step.questions.len() + 1..).map(|n| format!("{}.{n}", step.id.value));
    numbered.find(is_free).expect("there are more numbers than questions")
}

/// All questions of what is extended, so that their ids are at hand.
fn questions(page: &mut Page, base: &Checklist) {
    page.blank();
    page.divider(0, "The questions that are taken over");
    for step in &base.steps {
        page.line(0, "#");
        page.comment(0, &one_line(&format!("Step {}. {}", step.id.value, step.title)));
        step.questions.iter().for_each(|question| listed(page, question));
    }
    if !base.context.is_empty() {
        page.line(0, "#");
        page.comment(0, "Context questions, answered before scrutiny starts");
        base.context.iter().for_each(|question| listed(page, question));
    }
}

fn listed(page: &mut Page, question: &Question) {
    let words = match question.title.as_str() {
        "" => one_line(&question.ask.value),
        title => one_line(title),
    };
    page.hang(0, &format!("  {}  ", question.id.value), &words);
}

/// A small checklist of its own, in which every kind of question is shown once.
pub(crate) fn new(name: Name<'_>) -> String {
    format!("{BEGINNING}\nid = {}\ntitle = {}\n{REST}", quoted(name.id), quoted(name.title))
}

const BEGINNING: &str = "\
# A checklist of your own. Replace the examples below by your own steps and
# questions. A line that begins with # is a note, and so is everything behind a #.
#
# See whether it is right:   scrutiny checklist check FILE
# See how it comes out:      scrutiny checklist show FILE
# Begin an assessment on it: scrutiny init --checklist FILE

scrutiny = \"checklist\"";

const REST: &str = "\
edition = \"1\"                           # or the year
about = \"One or two sentences on what it is for.\"
source = \"The document that it is built from, if there is one.\"
attribution = \"Written by and for the partnership.\"   # printed on every output
roll-up = \"parts\"                       # how a step is summed up: parts, lowest or none
scale = \"rag\"                           # the scale of questions that name none

# ---- The scale, best first: as many values as you need ------------------------

[[scales.rag]]
value = \"green\"                         # what is written in an assessment
label = \"Green\"                         # what is printed
means = \"All of it can be confirmed, with evidence.\"
evidence = \"required\"                   # required, or optional
remaining = \"optional\"                  # what is still to do
action = \"required\"

[[scales.rag]]
value = \"amber\"
label = \"Amber\"
means = \"Some of it can be confirmed, with evidence, and work remains.\"
evidence = \"required\"
remaining = \"required\"
action = \"required\"
partial = true                          # the value that means: some parts, not all

[[scales.rag]]
value = \"red\"
label = \"Red\"
means = \"None of it can be confirmed.\"
action = \"required\"

# ---- A step: a title that is itself a statement, and its questions ------------

[[step]]
id = \"1\"
title = \"The partners lead together\"

[[step.question]]                       # a question that is rated on the scale
id = \"1.1\"
title = \"Shared plan\"                   # short, for tables
ask = \"Is there one plan that all partners have agreed?\"
points = [\"It is reviewed each year\", \"It is paid for\"]      # what it consists of
prompts = [\"The plan\", \"Minutes of the meeting that agreed it\"]   # evidence to look for

[[step.question]]                       # answered in words
id = \"1.2\"
title = \"What changed\"
ask = \"What is different for children because the partners work together?\"
kind = \"text\"

# ---- A second step, with the other kinds of question --------------------------

[[step]]
id = \"2\"
title = \"Children are heard\"

[[step.question]]                       # answered yes or no
id = \"2.1\"
title = \"Young scrutineers\"
ask = \"Do young people take part in scrutiny?\"
kind = \"yes-no\"

[[step.question]]                       # one of several answers
id = \"2.2\"
title = \"How often\"
ask = \"How often do they meet the leaders of the partnership?\"
kind = \"choice\"                         # choices: any number of them
only-if = \"2.1 = yes\"                   # asked only when 2.1 is answered yes
choices = [
  { value = \"each-quarter\", label = \"Each quarter\" },
  { value = \"each-year\", label = \"Each year\" },
  { value = \"never\", label = \"Not yet\" },
]

[[step.question]]                       # a number
id = \"2.3\"
title = \"Numbers\"
ask = \"How many children were spoken to in this period?\"
kind = \"number\"
unit = \"children\"
min = 0
not-applicable = true                   # may be answered: not-applicable

[[step.question]]                       # rated, with what the ratings mean here
id = \"2.4\"
title = \"Acted on\"
ask = \"Is what children say acted on, and are they told?\"
means = { green = \"They were told each time\", red = \"They were never told\" }
young-people = \"Do adults do something about what you say, and tell you what they did?\"

# ---- Answered once, before scrutiny starts ------------------------------------

[[context]]
id = \"c1\"
title = \"Independence\"
ask = \"Who employs the scrutineer, and to whom do they report?\"
";
