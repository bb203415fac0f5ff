//! Findings one a line, for `grep` and for terminals that make `file:line:column` clickable.

use super::Located;
use crate::text::visible;

/// One finding as one line, without its line end.
pub(crate) fn render(finding: &Located) -> String {
    let place = &finding.place;
    let mut line = format!(
        "{}:{}:{}: {}: {} [{}]",
        visible(&place.file),
        place.line,
        place.column,
        finding.level.word(),
        visible(&finding.message),
        finding.rule.id
    );
    for part in [&place.label, finding.help.as_deref().unwrap_or_default()] {
        if !part.is_empty() {
            line.push_str("; ");
            line.push_str(&visible(part));
        }
    }
    line
}
