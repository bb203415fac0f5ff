//! Findings for people: the sentence, the place, the line with the spot marked, what to write.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level as Title, Origin, Renderer, Snippet};

use super::{Level, Located, Place, Shown};
use crate::text::visible;

/// How findings are drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    /// With colour, where the terminal shows it.
    pub colour: bool,
    /// Without lines and arrows, for speech and Braille.
    pub linear: bool,
    /// How many columns there are.
    pub width: usize,
}

/// One finding as a block of lines, with a blank line after it.
pub(crate) fn render(finding: &Located, style: Style) -> String {
    let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() };
    let renderer =
        renderer.decor_style(DecorStyle::Ascii).term_width(style.width).no_graphics(style.linear);
    let level = match finding.level {
        Level::Error => Title::ERROR,
        Level::Unfinished => Title::WARNING,
        Level::Advice => Title::NOTE,
    };
    let title = format!("{} [{}]", visible(&finding.message), finding.rule.id);
    let mut group = show(
        Group::with_title(level.with_name(finding.level.word()).primary_title(title)),
        &finding.place,
        AnnotationKind::Primary,
    );
    for place in &finding.also {
        group = show(group, place, AnnotationKind::Context);
    }
    if let Some(help) = &finding.help {
        group = group.element(Title::HELP.message(wrap(&visible(help), style.width)));
    }
    let mut block = renderer.render(&[group]);
    for place in std::iter::once(&finding.place).chain(&finding.also) {
        say_column(place, &mut block);
    }
    block.push_str("\n\n");
    block
}

/// The renderer counts columns in the line that it shows. Where that is masked, the column of the file
/// is put in.
fn say_column(place: &Place, block: &mut String) {
    match place.shown {
        Shown::Whole => {}
        Shown::Masked => {
            let shown = place.excerpt[..place.marked.start].chars().count() + 1;
            let at = |column: usize| format!("{}:{}:{column}", visible(&place.file), place.line);
            *block = block.replacen(&at(shown), &at(place.column), 1);
        }
    }
}

/// Adds a place to what is drawn: the line with the spot marked, or the bare place where there is
/// no line to show.
fn show<'a>(group: Group<'a>, place: &'a Place, kind: AnnotationKind) -> Group<'a> {
    let path = visible(&place.file);
    if place.excerpt.trim().is_empty() {
        let group = group.element(Origin::path(path).line(place.line).char_column(place.column));
        return match place.label.is_empty() {
            true => group,
            false => group.element(Title::NOTE.no_name().message(visible(&place.label))),
        };
    }
    let annotation = kind.span(place.marked.clone());
    let annotation = match place.label.is_empty() {
        true => annotation,
        false => annotation.label(visible(&place.label)),
    };
    // The excerpt keeps its hidden characters: the renderer replaces them one for one, so that the
    // mark stays under the right character.
    let snippet = Snippet::source(place.excerpt.as_str()).path(path).line_start(place.line);
    group.element(snippet.annotation(annotation))
}

/// Room that the renderer takes to the left of a help text.
const HELP_MARGIN: usize = 14;

fn wrap(text: &str, width: usize) -> String {
    let options = textwrap::Options::new(width.saturating_sub(HELP_MARGIN).max(20))
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .break_words(false);
    textwrap::fill(text, options)
}
