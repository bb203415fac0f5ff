//! The words by which patterns are told from ordinary prose.

/// The months of the year.
pub(super) const MONTHS: [&str; 12] = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
];

/// The ages of children in words.
pub(super) const AGES: [&str; 18] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
];

/// Words for relatives. They stand before names in any letter case.
pub(super) const KIN: [&str; 37] = [
    "son", "daughter", "brother", "sister", "mother", "father", "mum", "mummy", "dad", "daddy",
    "mam", "stepson", "stepdaughter", "stepbrother", "stepsister", "stepmother", "stepfather",
    "stepmum", "stepdad", "grandson", "granddaughter", "grandmother", "grandfather", "grandma",
    "grandad", "granny", "uncle", "aunt", "auntie", "aunty", "cousin", "niece",
    "nephew", "husband", "wife", "sibling", "twin",
];

/// Words for children, which in titles begin with a capital and stand before other words.
pub(super) const CHILDREN: [&str; 10] = [
    "child", "baby", "girl", "boy", "pupil", "student", "toddler", "teenager", "infant", "twins",
];

/// Words for persons, near which a number of years is an age.
pub(super) const PEOPLE: [&str; 38] = [
    "child", "boy", "girl", "baby", "infant", "toddler", "teenager", "pupil", "student", "son",
    "daughter", "brother", "sister", "he", "she", "they", "who", "him", "her", "sibling", "twin",
    "person", "youngster", "victim", "nephew", "niece", "grandson", "granddaughter", "stepson",
    "stepdaughter", "cousin", "male", "female", "i", "i'm", "boyfriend", "girlfriend", "lad",
];

/// Things of which people say that they are so many years old.
pub(super) const THINGS: [&str; 32] = [
    "plan", "plans", "policy", "policies", "strategy", "agreement", "system", "systems", "report",
    "reports", "review", "reviews", "data", "protocol", "building", "guidance", "audit", "audits",
    "document", "documents", "finding", "findings", "action", "actions", "case", "cases",
    "partnership", "arrangement", "arrangements", "figures", "programme", "contract",
];

/// The postcode areas.
pub(super) const AREAS: [&str; 124] = [
    "AB", "AL", "B", "BA", "BB", "BD", "BH", "BL", "BN", "BR", "BS", "BT", "CA", "CB", "CF", "CH",
    "CM", "CO", "CR", "CT", "CV", "CW", "DA", "DD", "DE", "DG", "DH", "DL", "DN", "DT", "DY", "E",
    "EC", "EH", "EN", "EX", "FK", "FY", "G", "GL", "GU", "GY", "HA", "HD", "HG", "HP", "HR", "HS",
    "HU", "HX", "IG", "IM", "IP", "IV", "JE", "KA", "KT", "KW", "KY", "L", "LA", "LD", "LE", "LL",
    "LN", "LS", "LU", "M", "ME", "MK", "ML", "N", "NE", "NG", "NN", "NP", "NR", "NW", "OL", "OX",
    "PA", "PE", "PH", "PL", "PO", "PR", "RG", "RH", "RM", "S", "SA", "SE", "SG", "SK", "SL", "SM",
    "SN", "SO", "SP", "SR", "SS", "ST", "SW", "SY", "TA", "TD", "TF", "TN", "TQ", "TR", "TS", "TW",
    "UB", "W", "WA", "WC", "WD", "WF", "WN", "WR", "WS", "WV", "YO", "ZE",
];

/// Words that end the name of a street and mean little else.
pub(super) const STREETS: [&str; 21] = [
    "street", "road", "rd", "avenue", "ave", "lane", "close", "drive", "crescent", "terrace",
    "gardens", "gdns", "grove", "mews", "parade", "wharf", "cottages", "court", "square",
    "boulevard", "esplanade",
];

/// Words that end the name of a street, and mean much else.
pub(super) const LOOSE_STREETS: [&str; 15] = [
    "st", "place", "way", "walk", "row", "hill", "park", "view", "rise", "gate", "house", "green",
    "fields", "croft", "bank",
];

/// What stands before "Court" where no street is meant.
pub(super) const COURTS: [&str; 8] =
    ["Family", "Crown", "County", "High", "Youth", "Supreme", "Magistrates", "Tribunal"];

/// Words behind which a number counts parts of a document.
pub(super) const HEADS: [&str; 24] = [
    "step", "question", "phase", "section", "table", "figure", "part", "chapter", "priority",
    "stage", "tier", "level", "band", "quarter", "theme", "objective", "recommendation", "action",
    "page", "appendix", "annex", "paragraph", "version", "item",
];

/// Where people have names that begin with an "at" sign or follow on the platform's.
pub(super) const PLATFORMS: [&str; 8] = [
    "snapchat", "instagram", "insta", "tiktok", "facebook", "twitter", "whatsapp", "discord",
];

/// Words behind an "at" sign that belong to style sheets and programs.
pub(super) const AT_WORDS: [&str; 20] = [
    "media", "page", "font", "import", "charset", "keyframes", "supports", "layer", "container",
    "namespace", "property", "counter", "media-print", "context", "type", "id", "graph", "top",
    "bottom", "scope",
];

/// Words in the addresses of roles, teams and bodies.
pub(super) const ROLES: [&str; 92] = [
    "access", "admin", "administration", "admissions", "advice", "assessment", "board", "business",
    "camhs", "care", "chair", "child", "children", "childrens", "clerk", "coms", "commissioning",
    "communications", "community", "complaints", "concerns", "contact", "contactus", "council",
    "customer", "data", "democratic", "desk", "director", "door", "dpo", "duty", "early", "education",
    "enquiries", "enquiry", "executive", "families", "family", "feedback", "finance", "first", "foi",
    "front", "frontdoor", "general", "governance", "hello", "help", "helpdesk", "hr", "hub",
    "independent", "info", "information", "it", "lado", "legal", "mail", "manager", "mash", "media",
    "noreply", "no", "nspcc", "office", "officer", "participation", "partners", "partnership",
    "performance", "police", "post", "postmaster", "press", "privacy", "protection", "quality",
    "reception", "referral", "referrals", "reply", "review", "reviews", "safeguarding", "school",
    "scrutineer", "scrutiny", "secretary", "service", "services", "social",
];

/// Acronyms that stand behind words for relatives without being names.
pub(super) const ACRONYMS: [&str; 16] = [
    "ADHD", "AND", "CAMHS", "DASH", "DOB", "FOR", "GP", "LADO", "MARAC", "MASH", "NHS", "NOT", "THE",
    "WAS", "WHO", "SEND",
];

/// Words that begin with a capital behind a word for a relative or a child, and are no names.
/// In order of the alphabet.
pub(super) const KNOWN: [&str; 363] = [
    "a", "about", "absence", "absences", "according", "act", "action", "actions", "adult",
    "advocacy", "advocate", "african", "after", "agency", "all", "also", "alternative",
    "although", "amber", "an", "and", "annex", "any", "appendix", "are", "area", "arrangements",
    "as", "asian", "assessment", "at", "attachment", "authority", "autumn", "award", "bank",
    "based", "be", "because", "been", "before", "being", "benefit", "board", "borough", "both",
    "box", "british", "but", "by", "can", "care", "carer", "carers", "case", "central", "centre",
    "centred", "charity", "children", "christian", "christmas", "city", "clinic", "cluster",
    "code", "college", "commissioner", "committee", "community", "concern", "conference",
    "contact", "could", "council", "county", "court", "crime", "criminal", "data", "day", "death",
    "deaths", "despite", "development", "did", "director", "directorate", "disability",
    "district", "do", "does", "domestic", "during", "duty", "each", "early", "east", "easter",
    "education", "either", "elect", "emergency", "engagement", "england", "english", "european",
    "even", "every", "evidence", "exploitation", "face", "family", "figure", "first", "for",
    "forum", "foster", "framework", "friday", "friendly", "from", "front", "further", "general",
    "good", "goose", "government", "green", "group", "guidance", "had", "has", "have", "he",
    "health", "help", "hen", "her", "here", "hers", "his", "home", "hospital", "house", "how",
    "however", "hub", "i", "if", "impact", "improvement", "in", "inclusion", "independent",
    "information", "initiative", "inspection", "instead", "interview", "interviews", "irish",
    "is", "it", "its", "jewish", "just", "law", "lead", "leads", "level", "line", "link", "local",
    "looked", "major", "many", "march", "matters", "may", "member", "mental", "minds", "minister",
    "monday", "most", "much", "muslim", "named", "nature", "neither", "network", "new", "no",
    "none", "north", "northern", "not", "note", "notes", "nurse", "nursery", "of", "office",
    "officer", "ofsted", "older", "on", "one", "online", "only", "or", "other", "our", "over",
    "panel", "parent", "parents", "part", "participation", "partnership", "pathway", "people",
    "person", "plan", "police", "policy", "poverty", "practice", "premium", "primary",
    "probation", "programme", "project", "protection", "psychology", "public", "quality",
    "question", "questionnaire", "questions", "receipts", "record", "records", "red", "referral",
    "registration", "review", "safe", "safeguarding", "safety", "saturday", "school", "scotland",
    "scottish", "secondary", "secretary", "section", "see", "service", "services", "sexual",
    "she", "should", "since", "so", "social", "some", "source", "south", "southern", "spring",
    "staff", "standards", "statement", "steering", "step", "still", "strategy", "subgroup",
    "such", "summary", "summer", "sunday", "support", "survey", "system", "table", "teacher",
    "team", "than", "that", "the", "their", "them", "then", "therapist", "therapists", "there",
    "therefore", "these", "they", "this", "those", "through", "thursday", "to", "tongue", "town",
    "tracker", "trafficking", "trust", "tuesday", "two", "uk", "under", "unit", "university",
    "until", "up", "upon", "verbal", "victim", "village", "virtual", "voice", "voices", "wales",
    "was", "we", "wednesday", "welfare", "well", "welsh", "were", "west", "western", "what",
    "when", "where", "whether", "which", "while", "who", "whose", "why", "will", "winter", "with",
    "within", "without", "working", "would", "year", "yearly", "years", "yes", "yet", "you",
    "young", "your", "youth", "zone",
];

/// A letter of another alphabet, or a variant of a sign, as the Latin one that it looks like.
pub(super) fn latin(letter: char) -> char {
    match letter {
        'а' => 'a',
        'А' | 'Α' => 'A',
        'В' | 'Β' => 'B',
        'с' | 'ϲ' => 'c',
        'С' => 'C',
        'е' => 'e',
        'Е' | 'Ε' => 'E',
        'һ' => 'h',
        'Н' | 'Η' => 'H',
        'і' | 'ı' => 'i',
        'І' | 'Ι' => 'I',
        'ј' => 'j',
        'Ј' => 'J',
        'К' | 'Κ' => 'K',
        'М' | 'Μ' => 'M',
        'Ν' => 'N',
        'о' | 'ο' => 'o',
        'О' | 'Ο' => 'O',
        'р' | 'ρ' => 'p',
        'Р' | 'Ρ' => 'P',
        'ѕ' => 's',
        'Ѕ' => 'S',
        'Т' | 'Τ' => 'T',
        'ν' => 'v',
        'х' => 'x',
        'Х' | 'Χ' => 'X',
        'у' => 'y',
        'У' | 'Υ' => 'Y',
        'Ζ' => 'Z',
        '‘' | '’' | '‛' | 'ʼ' | '′' | '´' | '`' => '\'',
        '“' | '”' => '"',
        '‐'..='―' | '−' | '﹣' | '－' => '-',
        _ if letter.is_whitespace() => ' ',
        // Digits of other scripts, by their value.
        '٠'..='٩' => digit(letter, '٠'),
        '۰'..='۹' => digit(letter, '۰'),
        '०'..='९' => digit(letter, '०'),
        _ => letter,
    }
}

fn digit(letter: char, zero: char) -> char {
    let value = u32::from(letter) - u32::from(zero);
    char::from_digit(value, 10).unwrap_or(letter)
}

/// What may stand between a number and the word for children that it counts.
pub(super) const BETWEEN: [&str; 23] = [
    "young", "younger", "older", "other", "more", "further", "new", "looked", "after",
    "vulnerable", "unborn", "disabled", "white", "black", "asian", "of", "the", "these", "those",
    "their", "our", "local", "missing",
];
