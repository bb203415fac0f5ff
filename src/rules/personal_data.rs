//! Personal data: the rules on it, one for each pattern, and where in a file a match stands.
//!
//! The texts are looked through by `privacy`, once for all of these rules. Inside a partnership they
//! are advice; in an output for the public they are errors, which is for the commands to say. A
//! message never holds what was found, only its mask.

use crate::finding::{Findings, Level, Rule};
use crate::privacy::{Match, Pattern, mask};
use crate::source::{Source, Span};
use crate::syntax::tree::{Kind, Node};

macro_rules! personal {
    ($name:ident, $id:literal, $summary:literal, $explain:literal, $before:literal, $after:literal) => {
        pub(super) static $name: Rule = Rule {
            id: $id,
            level: Level::Advice,
            summary: $summary,
            explain: concat!(
                $explain,
                " Inside the partnership this is advice; in an output for the public it is an \
                 error, and the output is not made. Where it has to stay, set it aside at its \
                 place with an [[exception]] and the reason. In messages it is masked."
            ),
            before: $before,
            after: $after,
        };
    };
}

personal!(
    NHS_NUMBER,
    "nhs-number",
    "An NHS number",
    "An NHS number belongs to one person for life. Ten digits count where the check digit is right \
     and the range is issued, or where they are called an NHS number. Numbers that begin with 999 \
     are for examples and are never issued, so they are not reported.",
    "because: The record under NHS number 500 000 0000 was late.",
    "because: One record was late."
);
personal!(
    INSURANCE_NUMBER,
    "national-insurance-number",
    "A National Insurance number",
    "A National Insurance number belongs to one person for life. Prefixes that are never issued, \
     such as QQ, are not reported.",
    "because: The carer, AB 12 34 56 C, was paid late.",
    "because: The carer was paid late."
);
personal!(
    PUPIL_NUMBER,
    "pupil-number",
    "A unique pupil number",
    "A unique pupil number belongs to one child. Thirteen characters count where the check letter \
     is right, or where they are called a UPN.",
    "because: The school of pupil B801200005001 was told.",
    "because: The school was told."
);
personal!(
    COURT_CASE,
    "court-case-number",
    "The number of a case in court",
    "Proceedings about a child are private, and whoever knows the number of a case can ask for it. \
     Numbers of the family court (two letters, year, letter, five digits) and the sixteen digits of \
     cases begun online count; the citation of a published judgment does not.",
    "because: The order in ZE21C00123 came late.",
    "because: The order came late."
);
personal!(
    BIRTH_DATE,
    "date-of-birth",
    "A date of birth",
    "A date of birth, with little else, tells who somebody is. A date counts where it stands beside \
     \"born\", \"date of birth\" or DOB.",
    "because: The child, born on 3 March 2015, was not seen.",
    "because: The child, of primary school age, was not seen."
);
personal!(
    TELEPHONE,
    "telephone-number",
    "A mobile or landline number",
    "A mobile or landline number may be a person's own. Numbers of services (03, 08, 101, 999) are \
     not reported.",
    "lead: Service manager, 07111 222333",
    "lead: Service manager"
);
personal!(
    EMAIL,
    "personal-email",
    "The e-mail address of a person",
    "An e-mail address with a name in it names a person. The addresses of roles and teams, such as \
     safeguarding@ or front.door@, are information and are not reported.",
    "lead: jack.smith@example.org",
    "lead: safeguarding@example.org"
);
personal!(
    HANDLE,
    "social-media-handle",
    "A name in social media",
    "A name in social media leads to a person, and often to photographs and friends.",
    "because: The group met through @jack_s12.",
    "because: The group met through social media."
);
personal!(
    POSTCODE,
    "postcode",
    "A full postcode",
    "A full postcode stands for some fifteen homes. The first half, or the name of the area, is \
     enough for most purposes.",
    "because: Visits began in SW1A 2AA.",
    "because: Visits began in the south of the borough."
);
personal!(
    STREET,
    "street-address",
    "A street address",
    "A house number with its street is where somebody lives.",
    "because: The visit to 12 Acacia Avenue came late.",
    "because: The visit to the family came late."
);
personal!(
    RELATIVE,
    "named-relative",
    "A name beside a word for a relative or a child",
    "A word such as son, mother or child, and beside it a word with a capital that is no known \
     word, is most likely a name. One letter, as in Child A, is a pseudonym and is not reported.",
    "because: Her son Jack was not asked.",
    "because: Her son was not asked."
);
personal!(
    EXACT_AGE,
    "exact-age",
    "The exact age of one child",
    "An exact age, beside a place and a month, may be enough to know a child by. An age group says \
     as much for the purpose. Groups and limits, such as \"aged 10 to 17\", are not reported.",
    "because: A 7-year-old was not seen alone.",
    "because: A child of primary school age was not seen alone."
);
personal!(
    SMALL_COUNT,
    "small-count",
    "A count of one to five children",
    "Where few are counted, those who know the area know who they are. Counts of six and more, and \
     ratios such as \"one child in five\", are not reported.",
    "because: Three children went missing from one home.",
    "because: Fewer than six children went missing."
);
personal!(
    KNOWN_NAME,
    "known-name",
    "A name from your list of names",
    "The name stands in the list that was given with --names or SCRUTINY_NAMES. It is found in any \
     letter case, with or without accents, and in most disguises. The list is kept outside the \
     repository, and nothing of it is ever shown.",
    "because: (a name) said that she was not asked.",
    "because: The young person said that she was not asked."
);

/// The rule on a pattern.
pub(crate) fn rule(pattern: Pattern) -> &'static Rule {
    match pattern {
        Pattern::KnownName => &KNOWN_NAME,
        Pattern::NhsNumber => &NHS_NUMBER,
        Pattern::InsuranceNumber => &INSURANCE_NUMBER,
        Pattern::PupilNumber => &PUPIL_NUMBER,
        Pattern::CourtCase => &COURT_CASE,
        Pattern::BirthDate => &BIRTH_DATE,
        Pattern::Telephone => &TELEPHONE,
        Pattern::Email => &EMAIL,
        Pattern::Postcode => &POSTCODE,
        Pattern::Street => &STREET,
        Pattern::Relative => &RELATIVE,
        Pattern::ExactAge => &EXACT_AGE,
        Pattern::SmallCount => &SMALL_COUNT,
        Pattern::Handle => &HANDLE,
    }
}

/// Whether a rule is one on personal data.
pub(crate) fn is_personal(id: &str) -> bool {
    Pattern::ALL.iter().any(|pattern| rule(*pattern).id == id)
}

/// What to do about a match.
fn repair(pattern: Pattern) -> &'static str {
    match pattern {
        Pattern::KnownName | Pattern::Relative => {
            "write the role or the relation without the name, or a pseudonym such as Child A"
        }
        Pattern::NhsNumber
        | Pattern::InsuranceNumber
        | Pattern::PupilNumber
        | Pattern::CourtCase => "leave the number out: nobody needs it here",
        Pattern::BirthDate | Pattern::ExactAge => {
            "write an age group, such as \"of primary school age\""
        }
        Pattern::Telephone | Pattern::Email => "write the role, or the address of the team",
        Pattern::Handle => "leave the name out, and say which platform it was if that matters",
        Pattern::Postcode | Pattern::Street => "write the area, or leave the place out",
        Pattern::SmallCount => "write \"fewer than six\", or no number",
    }
}

/// Reports what was found in the text of a file.
pub(crate) fn report(source: &Source, matches: &[Match], findings: &mut Findings) {
    for own in matches {
        let span = Span::new(source.id, own.range.start, own.range.end);
        let masked = mask(&source.text[own.range.clone()]);
        let what = rule(own.pattern).summary;
        findings
            .report(rule(own.pattern), span, format!("{what} stands here ({masked})"))
            .help(repair(own.pattern));
    }
}

/// Reports what was found in the name of a file.
pub(crate) fn report_name(source: &Source, matches: &[Match], findings: &mut Findings) {
    for own in matches {
        let what = rule(own.pattern).summary;
        let message = format!("{what} stands in the name of this file");
        findings.report(rule(own.pattern), Span::beginning(source.id), message).help(
            "give the file another name; git keeps the old one, see `scrutiny privacy --history`",
        );
    }
}

/// Names the question, step or action in which each match stands, by which exceptions are matched.
pub(crate) fn say_where(root: Node<'_>, findings: &mut Findings) {
    findings.retain(|finding| {
        if finding.about.is_none() && is_personal(finding.rule.id) {
            finding.about = id_at(root, finding.span.start, "").map(str::to_owned);
        }
        true
    });
}

/// The innermost id around a place.
fn id_at<'t>(node: Node<'t>, offset: u32, parent: &str) -> Option<&'t str> {
    match node.kind() {
        Kind::Missing | Kind::Refused | Kind::Scalar(..) => None,
        Kind::List => {
            let before = node.children().filter(|item| item.span().start <= offset);
            id_at(before.max_by_key(|item| item.span().start)?, offset, "")
        }
        Kind::Map => {
            let own = || {
                let id = node.entries().find(|(key, _)| key.scalar() == Some("id"));
                id.and_then(|(_, value)| value.scalar())
            };
            let before = node.entries().filter(|(key, _)| key.span().start <= offset);
            let around = before.max_by_key(|(key, _)| key.span().start);
            let Some((key, value)) = around else { return own() };
            let name = key.scalar().unwrap_or_default();
            let is_keyed = ["ratings", "context", "steps", "evidence"].contains(&parent);
            id_at(value, offset, name).or_else(own).or(is_keyed.then_some(name))
        }
    }
}
