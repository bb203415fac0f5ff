//! Text that is cut off by a hash.

use super::subject::Subject;
use crate::finding::{Findings, Level, Rule};
use crate::text::quoted;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "text-after-hash",
    level: Level::Advice,
    summary: "A hash cuts the text off",
    explain: "A space and a hash begin a comment: the rest of the line is not read. Put the text \
              under `|`, or in double quotes, if the hash belongs to it.",
    before: "task: Close recommendation #3",
    after: "task: \"Close recommendation #3\"",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Findings) {
    // A comment is set off by a space after its hash; "#3" is meant as text.
    let text = subject.source.text.as_str();
    if memchr::memmem::find(text.as_bytes(), b" #").is_none() {
        return;
    }
    for prose in &subject.prose {
        let end = prose.text.span.end as usize;
        if text.as_bytes().get(end) != Some(&b' ') {
            continue;
        }
        let written = subject.source.slice(prose.text.span);
        let is_bare = !written.starts_with(['"', '\'']) && !prose.text.value.contains('\n');
        let rest = text[end..].lines().next().unwrap_or_default();
        let cut = rest.trim_start_matches(' ');
        if is_bare
            && rest.starts_with(' ')
            && cut.strip_prefix('#').is_some_and(|c| c.starts_with(char::is_alphanumeric))
        {
            let start = end + rest.len() - cut.len();
            let span = crate::source::Span::new(subject.source.id, start, end + rest.len());
            let finding = findings
                .report(
                    &RULE,
                    span,
                    format!("The text ends before {}, which is read as a comment", quoted(cut)),
                )
                .help("put the whole text in double quotes, or on the next line under `|`");
            if let Some(about) = prose.about {
                finding.about(about);
            }
        }
    }
}
