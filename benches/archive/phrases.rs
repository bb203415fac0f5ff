//! The sentences that the archive is made of: what scrutineers write, with places left open.
//!
//! A word in braces is filled by `prose.rs`. No text holds what a rule of scrutiny would remark on, so
//! that the archive has only the findings that are planted in it.

/// Reasons for the best rating.
pub(crate) const FIRM: &[&str] = &[
    "I saw {paper} and met {group}, and the two accounts agree.",
    "All three partners said the same about {topic} without looking it up.",
    "In {count} files the record shows it.",
    "{agency} and {agency} have worked to one process since {date}.",
    "{group} told me on {date} that this works, and could say why.",
    "Several sources speak for {topic}, and none against it.",
    "What was promised on {matter} was done, and {paper} shows when.",
    "Challenge from {agency} was answered in {few} weeks and led to a decision.",
    "Staff in {place} knew what was expected; {count} could name the lead.",
    "It is a narrow Green, because {place} has only just caught up.",
    "The budget of £{money} is agreed for two years.",
    "On {matter} the practice is the best I have read here.",
];

/// Reasons for the rating in the middle.
pub(crate) const PARTIAL: &[&str] = &[
    "The process for {topic} is written down, and {count} teams use it.",
    "{agency} does this well; {agency} has not begun.",
    "Of the files I read, {count} showed it.",
    "It works in {place} and is hardly known in {place}.",
    "{group} have heard of it, and few could say what had changed.",
    "{paper} speaks of {topic}, but not of what came of it.",
    "Much was done after {date}, and its effect cannot be seen yet.",
    "The figures for {matter} arrive late, and some have no base.",
    "Two partners review {topic} each quarter, the third once a year.",
    "I was told that this is in hand; {paper} bears out half of it.",
    "{agency} has made up ground on {matter}, though {few} gaps remain.",
    "{group} praised the intention. \"It starts well and goes quiet,\" said one.",
    "The post that was to carry this was empty until {date}.",
    "Attendance is good, with {count} seats filled, but {matter} is only noted.",
];

/// Reasons for the lowest rating.
pub(crate) const BLEAK: &[&str] = &[
    "I could not confirm any part of this.",
    "Nobody could show me a process, and {paper} does not mention one.",
    "{agency} believed that {agency} was leading, and the reverse.",
    "In {count} files there was no trace of it.",
    "{group} had never been asked about {topic}.",
    "The plan made on {date} was not carried out.",
    "This is not want of will; {few} posts have been empty since {date}.",
    "The last paper on {matter} is older than the plan.",
];

/// Sentences that fit any reason.
pub(crate) const FURTHER: &[&str] = &[
    "I shall look again at {topic} in the next quarter.",
    "{agency} disputes one figure in {paper}.",
    "For {matter} the picture is different.",
    "My evidence here is mostly from {group}.",
    "I asked {agency} for its own view, and it came on {date}.",
    "The most telling example came from {place}.",
    "The same point was made by {group} a year ago.",
    "Nothing that I heard in {place} contradicts this.",
    "On {matter} there were {count} returns.",
    "{agency} has since sent me {paper}.",
    "The cost of £{money} was shared with {agency}.",
    "I give weight to what {group} saw – it was consistent.",
];

/// Why a question does not apply.
pub(crate) const NOT_APPLICABLE: &[&str] = &[
    "Nobody in {place} or elsewhere was near the age for {topic} in this quarter.",
    "The partnership hands {topic} to {agency}, which reports on it elsewhere.",
];

/// Why it is too early for a rating.
pub(crate) const TOO_EARLY: &[&str] = &[
    "The new process for {topic} began on {date}, and there is nothing yet to judge it by.",
    "{agency} took this over on {date}; its first figures are due next quarter.",
];

/// What is still to do.
pub(crate) const REMAINING: &[&str] = &[
    "{agency} has yet to agree its part in {topic}.",
    "The same standard in {place}, and a figure that shows it.",
    "A reply to {group}, who raised this on {date}.",
    "Proof from files on {matter}.",
    "The {few} teams that do not use the process yet.",
    "An owner for {topic} in {agency}.",
    "A measure for {matter}, with a baseline.",
    "The views of {group}.",
];

/// Evidence on one line.
pub(crate) const SHORT_EVIDENCE: &[&str] = &[
    "{paper}, read on {date}",
    "Minutes of the executive, {date}",
    "Report on {matter} to the sub-group, {date}",
    "Letter from {agency}, {date}",
    "Slides shown to {group} on {date}",
    "Membership list of the sub-groups at {date}",
    "\"Note to the executive on {matter}: {count} replies\"",
    "Terms of reference for work on {matter}, signed on {date}",
];

/// What a full item of evidence is, the method by which it was gathered, and whose voice it may hold.
pub(crate) const FULL_EVIDENCE: &[(&str, &str, &[&str])] = &[
    ("{paper} with its appendices", "document-review", &[]),
    ("Interview with the safeguarding lead of {agency}", "interview", &["managers", "leaders"]),
    ("Focus group of {group}", "focus-group", &["practitioners", "community"]),
    ("Observation of the executive", "observation", &["leaders"]),
    ("Audit of {few} files on {matter}", "audit", &["practitioners"]),
    ("Quarterly data on {matter}", "data", &[]),
    ("Survey of {group}", "survey", &["practitioners", "managers"]),
    ("Visit to a team in {place}", "visit", &["practitioners", "young-people"]),
    ("Peer review of work on {matter}", "peer-review", &["partners"]),
    ("Return of {agency}", "self-assessment", &["managers"]),
    ("Local review on {matter}", "case-review", &["families", "practitioners"]),
    ("Deep dive on {matter} in {place}", "deep-dive", &["practitioners", "children"]),
    ("Consultation in {place}", "consultation", &["children", "parents-and-carers", "families"]),
    ("Letter after the inspection of {agency}", "inspection", &[]),
    ("Meeting with {agency}", "meeting", &["partners", "leaders"]),
];

/// What evidence says.
pub(crate) const SAYS: &[&str] = &[
    "{count} could describe the process for {topic}.",
    "{count} records showed what had been decided, and {few} showed by whom.",
    "{group} in {place} had been told what became of their views.",
    "Nothing on {matter} was recorded between {date} and the meeting.",
    "{agency} sent its figures on time in {few} of the past twelve months.",
    "One of the {few} who came said that they are asked more often than they are answered.",
    "Speaks for {place} only; {agency} gave no figures.",
    "{count} teams had read the briefing on {matter}.",
];

pub(crate) const TASKS: &[&str] = &[
    "Write with {group} a page on {topic} that says who does what",
    "Publish the figures on {matter} with their base each quarter",
    "Audit twenty files on {matter} in {place} and report what was found",
    "Agree with {agency} one owner for {topic}",
    "Train the managers of {agency} in the new process",
    "Appoint a lead for {matter} in {agency}",
    "Bring to the executive an account of {topic} with what was spent",
    "Ask {group} what has changed for them and answer in writing",
    "Repeat the test of requests sent to {agency}",
    "Settle the definitions on {matter} that differ between the partners",
    "Visit {few} teams in {place} and report on {topic}",
    "Print in {paper} what came of each closed action, beginning with {matter}",
];

pub(crate) const SUCCESS: &[&str] = &[
    "At least {count} files show it in the spring",
    "{group} say that they know whom to ask about {matter}",
    "The executive takes a decision on {matter} and the minutes say which",
    "Every team in {place} can name its lead for {matter}",
    "{agency} reports on {matter} without being asked",
    "A repeat in {place} finds {count} right",
];

/// What difference an action made.
pub(crate) const OUTCOMES: &[&str] = &[
    "Referrals on {matter} from {agency} rose from {few} to 11 in a quarter",
    "In {count} files the young person’s own words now stand on the first page",
    "{group} in {place} say that answers come within a week",
    "Two decisions of the executive on {matter} rest on it",
];

/// Why an action was accepted in part.
pub(crate) const PARTLY: &[&str] = &[
    "Accepted for {matter}. The rest waits for the budget that is settled in March.",
    "{agency} can do this, {agency} only once its record system is replaced.",
    "The partners want to see the audit of {place} first.",
];

/// Why an action was not accepted.
pub(crate) const REFUSED: &[&str] = &[
    "It would cost £{money} a year. The partners prefer to build on what {agency} does.",
    "{agency} does most of this already in {place}.",
    "{group} were asked and would not use it.",
];

/// The assessor's words on the whole.
pub(crate) const OVERVIEW: &[&str] = &[
    "The partners in {place} and beyond lead well together and answer challenge on {matter} openly.",
    "What they cannot show yet is what has changed for children, least of all on {matter}.",
    "This quarter I gave most of my time to {topic} and to {matter}.",
    "The meeting with {group} on {date} told me more than {paper}.",
    "Of the actions brought forward {few} are late, most of them on {matter}.",
    "I thank {group}, who gave me an evening in {place}.",
];

/// The assessor's words on a step.
pub(crate) const STEP_WORDS: &[&str] = &[
    "The strength here is {topic}; the doubt is whether it reaches {place}.",
    "What is written on {topic} is ahead of what {group} see.",
    "None of this needs a new structure, only an owner for {topic} in {agency}.",
    "{agency} has moved furthest on {topic}, and {agency} least.",
    "I am more confident about {topic} than I was on {date}.",
    "The road from {paper} to a different day for a child is long on {matter}.",
];

/// Answers to the eighteen context questions.
pub(crate) const CONTEXT: [&[&str]; 18] = [
    &[
        "{agency} holds the contract for all three partners; I report to them every quarter.",
        "The three partners appointed me jointly, and I report in public twice a year.",
    ],
    &["The published arrangements say so in {few} paragraphs.", "Clear since {date}."],
    &["There is one scrutineer.", "There are two; findings are put together each quarter."],
    &[
        "The three partners meet without me and reply in writing within {few} weeks.",
        "They raise it with me first, then with the chief executives.",
    ],
    &["I am not the final arbiter.", "Disputes go to the lead partners, who may ask my advice."],
    &["Both, though about {count} pieces of evidence are on process.", "Both, by design."],
    &[
        "Nearer to the inspector on facts, nearer to the friend on how to put things right.",
        "I say difficult things early, with evidence, and then in public.",
    ],
    &["I chair no meeting of the partnership.", "I chair one forum a year and rate nothing in it."],
    &[
        "Final reports are public, and any inspectorate may read them.",
        "Working papers are given on request, with the knowledge of the partners.",
    ],
    &[
        "The three partners answer all; other agencies answer those that touch their work.",
        "All agencies answer Steps 2, 4 and 6.",
    ],
    &["Twice a year.", "Once a year, in the {few} weeks before the yearly report."],
    &["Every quarter, with fresh evidence on about {few}.", "Every quarter."],
    &["In a folder on the partnership’s secure site.", "With the business unit, in plain files."],
    &[
        "The executive, the business unit and I see everything.",
        "Sub-group chairs see all but what is restricted.",
    ],
    &["The ratings form one chapter of the yearly report.", "In a table, with what changed."],
    &["At two stages, in outline and in full.", "The full draft came on {date}."],
    &["A commentary of my own, printed unedited.", "I write a commentary and test {few} facts."],
    &[
        "I belong to the national network and its regional group.",
        "Themes from national reviews reach my plan each April.",
    ],
];
