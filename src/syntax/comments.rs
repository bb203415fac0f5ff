//! The comments of a text: what they say, where they are, and whether they have a line to themselves.
//!
//! The parsers pass over comments. Whoever changes a file holds the comments after the change against
//! those before it, so that none is lost; nothing here changes anything.

use std::ops::Range;

use super::tree::{Kind, Node, Style, Tree};

/// A comment, from its hash to the end of its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Comment<'t> {
    /// The hash and what follows it, without blanks at the end.
    pub text: &'t str,
    /// The offset of the hash.
    pub start: usize,
    /// What stands before it on its line.
    pub stands: Stands,
}

/// Where a comment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stands {
    /// On a line of its own.
    Alone,
    /// Behind a key, a dash or a value.
    Behind,
}

/// The comments of a YAML text. What begins with a hash within a text of the file is no comment.
pub(crate) fn of_yaml<'t>(tree: &Tree<'_>, text: &'t str) -> Vec<Comment<'t>> {
    let mut comments = Vec::new();
    let mut texts = Vec::new();
    add_texts(tree.root(), text, &mut texts);
    let mut at = 0;
    for range in texts {
        let between = at..range.start.max(at);
        add_between(text, between, &mut comments);
        at = at.max(range.end);
    }
    add_between(text, at..text.len(), &mut comments);
    comments
}

/// Where the texts below a node stand, in the order of the file.
fn add_texts(node: Node<'_>, text: &str, texts: &mut Vec<Range<usize>>) {
    let range = node.span().range();
    match node.kind() {
        Kind::List | Kind::Map => node.children().for_each(|child| add_texts(child, text, texts)),
        Kind::Scalar(value, Style::Block) => {
            texts.push(range.start..block_end(text, range.start, value));
        }
        Kind::Scalar(..) | Kind::Refused => texts.push(range),
        Kind::Missing => {}
    }
}

/// The end of a block text of which the first character is given: the start of the first line that
/// stands less far in than the text. The parser's own end can lie beyond a comment below the text.
pub(super) fn block_end(text: &str, start: usize, value: &str) -> usize {
    let indent = start - line_start(text, start);
    // The place of an empty text says nothing of where its lines would begin.
    if value.trim_end_matches('\n').is_empty() || indent == 0 {
        return start;
    }
    let mut at = start;
    while let Some(length) = text[at..].find(['\n', '\r']) {
        at += length + 1;
        let line = text[at..].split(['\n', '\r']).next().unwrap_or_default();
        let blanks = line.len() - line.trim_start_matches(' ').len();
        if blanks < indent && !line.trim_matches([' ', '\t']).is_empty() {
            return at;
        }
    }
    text.len()
}

/// The start of the line of an offset.
fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind(['\n', '\r']).map_or(0, |end| end + 1)
}

/// Adds the comments in a stretch without texts: there, a hash at the start of a line or behind a
/// blank begins one.
fn add_between<'t>(text: &'t str, between: Range<usize>, comments: &mut Vec<Comment<'t>>) {
    let mut at = between.start;
    while let Some(found) = text[at..between.end].find('#') {
        let start = at + found;
        at = start + 1;
        if text[..start].ends_with([' ', '\t', '\n', '\r']) || start == 0 {
            let comment = comment_at(text, start);
            at = (start + comment.text.len()).min(between.end);
            comments.push(comment);
        }
    }
}

fn comment_at(text: &str, start: usize) -> Comment<'_> {
    let line = text[start..].split(['\n', '\r']).next().unwrap_or_default();
    let before = &text[line_start(text, start)..start];
    let stands = if before.trim().is_empty() { Stands::Alone } else { Stands::Behind };
    Comment { text: line.trim_end(), start, stands }
}

/// The comments of a TOML text.
pub(crate) fn of_toml(text: &str) -> Vec<Comment<'_>> {
    let mut comments = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find(['#', '"', '\'']) {
        let start = at + found;
        if text[start..].starts_with('#') {
            let comment = comment_at(text, start);
            at = start + comment.text.len();
            comments.push(comment);
        } else {
            at = string_end(text, start);
        }
    }
    comments
}

/// The end of a TOML string that begins at an offset. One that is not closed ends with its line, or
/// with the text where it may have several lines.
pub(super) fn string_end(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let escape = rest.starts_with('"').then_some(b'\\');
    let mark = &rest[..1];
    let length = match rest.starts_with(&mark.repeat(3)) {
        true => end_of_lines(rest, escape),
        false => end_on_line(rest, escape),
    };
    start + length
}

/// The length of a string on one line.
fn end_on_line(rest: &str, escape: Option<u8>) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\n' => return at,
            byte if byte == bytes[0] => return at + 1,
            byte if Some(byte) == escape && bytes.get(at + 1) != Some(&b'\n') => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// The length of a string between two rows of three marks.
fn end_of_lines(rest: &str, escape: Option<u8>) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 3;
    while let Some(&byte) = bytes.get(at) {
        if bytes[at..].starts_with(&bytes[..3]) {
            // A text of several lines may end with quotation marks of its own.
            let more = bytes[at + 3..].iter().take(2).take_while(|own| **own == bytes[0]);
            return at + 3 + more.count();
        }
        at += if Some(byte) == escape { 2 } else { 1 };
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Findings;
    use crate::source::{Source, SourceId};
    use crate::syntax::yaml;

    /// The comments as one line: those behind a value with a plus in front.
    fn shown(text: &str, comments: &[Comment<'_>]) -> String {
        let show = |comment: &Comment<'_>| {
            assert!(text[comment.start..].starts_with(comment.text), "{text:?}");
            match comment.stands {
                Stands::Alone => comment.text.to_owned(),
                Stands::Behind => format!("+{}", comment.text),
            }
        };
        comments.iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn finds_the_comments_of_yaml() {
        let check = |text: &str, expected: &str| {
            let source = Source::new(SourceId(0), "text", text.to_owned());
            let mut findings = Findings::default();
            let tree = yaml::parse(&source, &mut findings).expect("it can be read");
            assert!(findings.is_empty(), "{text:?} {findings:?}");
            assert_eq!(shown(text, &of_yaml(&tree, text)), expected, "{text:?}");
            let ended = text.replace('\n', "\r\n");
            let source = Source::new(SourceId(0), "text", ended.clone());
            let tree = yaml::parse(&source, &mut findings).expect("it can be read");
            assert_eq!(shown(&ended, &of_yaml(&tree, &ended)), expected, "{ended:?}");
        };
        check("", "");
        check("#1\n\n  #2  \na: b #  3\n#4", "#1 #2 +#  3 #4");
        check("a: b#c\nd: '#e' # 1\nf: \"g # h\" # 2\n", "+# 1 +# 2");
        check("a: | # 1\n  # text\n\n  text # text\n # 2\n# 3\nb: c\n", "+# 1 # 2 # 3");
        check("a: |\n  # text\n\n  # text\n", "");
        check("a: |\n    # text\n  # 1\nb: c\n", "# 1");
        check("a: |2\n    text\n  # text\n # 1\nb: c\n", "# 1");
        check("a: >+\n  text\n\n  # text\n\n\n# 1\n", "# 1");
        check("a: |\n\n\n# 1\nb: |-\n# 2\nc: d\n", "# 1 # 2");
        check("a: |\n  text\n     \n   # text\n # 1\n", "# 1");
        check("a:\n  - | # 1\n    # text\n  # 2\n  - b # 3\n  # 4\n", "+# 1 # 2 +# 3 # 4");
        check("a: # 1\n  # 2\n  b: # 3\n    # 4\n  c:\n# 5\n", "+# 1 # 2 +# 3 # 4 # 5");
        check("a: [b, # 1\n  # 2\n  'c # d'] # 3\n", "+# 1 # 2 +# 3");
        check("a: {b: 'c # d', e: f#g} # 1\n", "+# 1");
        check("a: b\n  c#d\n  e # 1\n", "+# 1");
        check("a: \"b\n  # c\n  d\" # 1\n", "+# 1");
        check("a: 'it''s # b' # 1\n", "+# 1");
        check("--- # 1\na: b\n", "+# 1");
        check("- a\n-\n  # 1\n  - b # 2\n", "# 1 +# 2");
    }

    #[test]
    fn finds_the_comments_of_toml() {
        let check = |text: &str, expected: &str| {
            assert_eq!(shown(text, &of_toml(text)), expected, "{text:?}");
            let ended = text.replace('\n', "\r\n");
            assert_eq!(shown(&ended, &of_toml(&ended)), expected, "{ended:?}");
        };
        check("", "");
        check("#1\n  #2 \na = 1#3\n[b] # 4", "#1 #2 +#3 +# 4");
        check("a = \"# b\" # 1\nc = '# d' # 2\n", "+# 1 +# 2");
        check("a = \"b \\\" # c\" # 1\nd = 'e \\' # 2\n", "+# 1 +# 2");
        check("a = \"\"\"\n# b \\\"\"\" # c\n\"\"\" # 1\n", "+# 1");
        check("a = '''\n# b\n''' # 1\n", "+# 1");
        check("a = \"\"\"b\"\"\"\"\" # 1\nc = \"\" # 2\n", "+# 1 +# 2");
        check("a = [\n  # 1\n  \"#\", # 2\n] # 3\n", "# 1 +# 2 +# 3");
        check("a = \"open\n# 1\n", "# 1");
        check("a = \"\"\"open # b\n", "");
    }

    #[test]
    fn many_strings_on_a_line_do_not_hang() {
        for sign in ["\"b\\\"\", ", "'b', ", "\"\", "] {
            let text = format!("a = [{}] # 1\n", sign.repeat(200_000));
            assert_eq!(of_toml(&text).len(), 1);
        }
    }
}
