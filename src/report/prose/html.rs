//! Prose as HTML: what the filter lets through, written element by element. Text is always escaped,
//! and no attribute is ever written but the address of a link that was allowed.

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::definitions::without_definitions;
use super::filter::allowed;
use crate::text::visible;

/// Prose as HTML. Its headings get the given level.
pub(in crate::report) fn to_html(prose: &str, level: usize) -> String {
    let prose = without_definitions(&visible(prose));
    let level = HeadingLevel::try_from(level).unwrap_or(HeadingLevel::H6);
    let mut html = String::with_capacity(prose.len() * 2);
    for event in allowed(&prose, level) {
        write(&mut html, event);
    }
    html.trim_end().to_owned()
}

/// Text as it may stand in HTML, in a quoted attribute too, without hidden characters.
pub(in crate::report) fn escape_html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in visible(text).chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

fn write(html: &mut String, event: Event<'_>) {
    match event {
        Event::Start(tag) => open(html, &tag),
        Event::End(tag) => html.push_str(close(&tag)),
        Event::Code(text) => {
            html.push_str("<code>");
            html.push_str(&escape_html(&text));
            html.push_str("</code>");
        }
        Event::SoftBreak => html.push('\n'),
        Event::HardBreak => html.push_str("<br>\n"),
        Event::Rule => html.push_str("<hr>\n"),
        // The filter makes text of all markup; what it should ever miss is text here too.
        Event::Text(text)
        | Event::Html(text)
        | Event::InlineHtml(text)
        | Event::InlineMath(text)
        | Event::DisplayMath(text)
        | Event::FootnoteReference(text) => html.push_str(&escape_html(&text)),
        Event::TaskListMarker(_) => {}
    }
}

fn open(html: &mut String, tag: &Tag<'_>) {
    match tag {
        Tag::Heading { level, .. } => html.push_str(heading(*level).0),
        Tag::BlockQuote(_) => html.push_str("<blockquote>\n"),
        Tag::CodeBlock(_) => html.push_str("<pre><code>"),
        Tag::List(Some(1)) => html.push_str("<ol>\n"),
        Tag::List(Some(first)) => html.push_str(&format!("<ol start=\"{first}\">\n")),
        Tag::List(None) => html.push_str("<ul>\n"),
        Tag::Item => html.push_str("<li>"),
        Tag::Emphasis => html.push_str("<em>"),
        Tag::Strong => html.push_str("<strong>"),
        Tag::Link { dest_url, .. } => {
            html.push_str(&format!("<a href=\"{}\" rel=\"noreferrer\">", escape_html(dest_url)));
        }
        Tag::Paragraph => html.push_str("<p>"),
        _ => {}
    }
}

fn close(tag: &TagEnd) -> &'static str {
    match tag {
        TagEnd::Paragraph => "</p>\n",
        TagEnd::Heading(level) => heading(*level).1,
        TagEnd::BlockQuote(_) => "</blockquote>\n",
        TagEnd::CodeBlock => "</code></pre>\n",
        TagEnd::List(true) => "</ol>\n",
        TagEnd::List(false) => "</ul>\n",
        TagEnd::Item => "</li>\n",
        TagEnd::Emphasis => "</em>",
        TagEnd::Strong => "</strong>",
        TagEnd::Link => "</a>",
        _ => "",
    }
}

fn heading(level: HeadingLevel) -> (&'static str, &'static str) {
    match level {
        HeadingLevel::H1 => ("<h1>", "</h1>\n"),
        HeadingLevel::H2 => ("<h2>", "</h2>\n"),
        HeadingLevel::H3 => ("<h3>", "</h3>\n"),
        HeadingLevel::H4 => ("<h4>", "</h4>\n"),
        HeadingLevel::H5 => ("<h5>", "</h5>\n"),
        HeadingLevel::H6 => ("<h6>", "</h6>\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_the_small_markdown_and_nothing_else() {
        let check =
            |prose: &str, expected: &str| assert_eq!(to_html(prose, 4), expected, "{prose}");
        check(
            "One.\n\nTwo *three* **four**.",
            "<p>One.</p>\n<p>Two <em>three</em> <strong>four</strong>.</p>",
        );
        check("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>");
        check("3. a\n4. b", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>");
        check("# Title\n\ntext", "<h4>Title</h4>\n<p>text</p>");
        check("> a", "<blockquote>\n<p>a</p>\n</blockquote>");
        check("`<b>` & \"c\"", "<p><code>&lt;b&gt;</code> &amp; &quot;c&quot;</p>");
        check("```html\n<b>\n\n</b>\n```", "<pre><code>&lt;b&gt;\n\n&lt;/b&gt;\n</code></pre>");
        check("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>");
        check("a <b onclick=\"x\">c</b>", "<p>a &lt;b onclick=&quot;x&quot;&gt;c&lt;/b&gt;</p>");
        check("<!-- never closed", "<p>&lt;!-- never closed</p>");
        check("![words](https://example.org/a.png)", "<p>words</p>");
        check("[words](javascript:alert(1))", "<p>words</p>");
        check(
            "[words](https://example.org/?a=1&b='\"><script>)",
            "<p><a href=\"https://example.org/?a=1&amp;b=%27%22%3E%3Cscript%3E\" \
             rel=\"noreferrer\">words</a></p>",
        );
        check("turned \u{202e}round &#x202e;&#1;", "<p>turned round </p>");
    }
}
