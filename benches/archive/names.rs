//! What is named in the archive: questions, partnerships, agencies, papers. All of it but the ids of
//! the questions is invented.

/// What a checklist question is about, to be put into a sentence.
pub(crate) struct Question {
    pub(crate) id: &'static str,
    pub(crate) topic: &'static str,
}

const fn ask(id: &'static str, topic: &'static str) -> Question {
    Question { id, topic }
}

/// The steps and questions of the checklist six-steps-2019.
pub(crate) const STEPS: [[Question; 4]; 6] = [
    [
        ask("1.1", "the strategic plan"),
        ask("1.2", "representation at meetings"),
        ask("1.3", "work with the other boards"),
        ask("1.4", "reporting and forward planning"),
    ],
    [
        ask("2.1", "how well the wider partners know the plan"),
        ask("2.2", "the use of research and guidance"),
        ask("2.3", "the two protocols"),
        ask("2.4", "the way in which concerns are passed on"),
    ],
    [
        ask("3.1", "children’s influence on the plan"),
        ask("3.2", "reaching those most at risk"),
        ask("3.3", "the chances for young people to lead"),
        ask("3.4", "the move to adult services"),
    ],
    [
        ask("4.1", "collecting and reading the data"),
        ask("4.2", "audits by the wider agencies"),
        ask("4.3", "the impact on outcomes"),
        ask("4.4", "the sharing of data"),
    ],
    [
        ask("5.1", "referral for review"),
        ask("5.2", "the means for case reviews"),
        ask("5.3", "passing on what reviews teach"),
        ask("5.4", "learning that is built in"),
    ],
    [
        ask("6.1", "finding out who needs training"),
        ask("6.2", "what training rests on"),
        ask("6.3", "the take-up of training"),
        ask("6.4", "the impact of training"),
    ],
];

/// The first and the second half of a partnership's invented name: 144 names.
pub(crate) const NAME_HEADS: [&str; 12] = [
    "Brindle", "Cawse", "Dunnet", "Eskel", "Farn", "Garrow", "Hexel", "Ister", "Larch", "Marl",
    "Orrin", "Quern",
];
pub(crate) const NAME_TAILS: [&str; 12] = [
    "mere", "holm", "wick", "stead", "combe", "garth", "fleet", "hurst", "mouth", "ley", "shaw",
    "dale",
];

/// Who works together.
pub(crate) const AGENCIES: [&str; 14] = [
    "the council",
    "the police",
    "the integrated care board",
    "the hospital trust",
    "probation",
    "the mental health trust",
    "the housing association",
    "the youth justice service",
    "the schools forum",
    "the voluntary sector alliance",
    "the fire service",
    "the ambulance service",
    "the further education college",
    "the drug and alcohol service",
];

/// Who leads on actions.
pub(crate) const LEADS: [&str; 12] = [
    "Partnership Business Manager",
    "Police",
    "Council",
    "Integrated Care Board",
    "Quality Assurance sub-group",
    "Learning and Development Manager",
    "Participation Manager",
    "Lead safeguarding partners",
    "Case Review sub-group",
    "Designated Nurse",
    "Head of Early Help",
    "Schools Safeguarding Adviser",
];

/// Whom a scrutineer meets, always several.
pub(crate) const GROUPS: [&str; 14] = [
    "head teachers",
    "health visitors",
    "social workers",
    "care leavers",
    "foster carers",
    "parents of disabled children",
    "young carers",
    "school nurses",
    "neighbourhood officers",
    "youth workers",
    "the youth council",
    "early years staff",
    "general practitioners",
    "housing officers",
];

/// Where.
pub(crate) const PLACES: [&str; 10] = [
    "the north of the area",
    "the coastal wards",
    "the town centre",
    "the two market towns",
    "the eastern villages",
    "the largest estate",
    "the rural south",
    "the old mill district",
    "the harbour",
    "the new housing to the west",
];

/// What a scrutineer reads.
pub(crate) const PAPERS: [&str; 14] = [
    "the minutes of the executive",
    "the action log",
    "the training plan",
    "the shared data set",
    "the yearly report",
    "the risk register",
    "the audit programme",
    "the learning log",
    "the forward plan",
    "the published arrangements",
    "the escalation policy",
    "the engagement strategy",
    "the budget paper",
    "the self-assessment returns",
];

/// What children are to be safeguarded from, and what else work is about.
pub(crate) const MATTERS: [&str; 12] = [
    "neglect",
    "harm outside the home",
    "online abuse",
    "babies under one",
    "domestic abuse",
    "children missing from home",
    "children educated at home",
    "criminal exploitation",
    "mental health",
    "private fostering",
    "transition",
    "substance misuse",
];

/// Opinions on a step or on the whole.
pub(crate) const OPINIONS: [&str; 3] = ["assured", "partly-assured", "not-assured"];
