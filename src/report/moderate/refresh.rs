//! An earlier agreed assessment with its views as they are now, and every other byte as it was.

use super::{views_text, write_point};
use crate::comparison::moderate::{Offer, Point, Start, rating};
use crate::model::standing;
use crate::source::Source;
use crate::syntax::page::Page;
use crate::syntax::tree::{Kind, Node};
use crate::syntax::write::{Place, word};

/// A key and its value.
type Pair<'t> = (Node<'t>, Node<'t>);

/// A perspective and the rating that it gives now, if any.
type Now<'a> = (&'a str, Option<&'a str>);

/// An earlier agreed assessment with its views as they are now. Ratings, reasons, dissent, comments
/// and all other text stay byte for byte; a question that it does not have yet is added at the end.
pub(crate) fn refresh(start: &Start<'_>, source: &Source, root: Node<'_>) -> String {
    let mut edits = Edits { source, list: Vec::new() };
    let ratings = root.entries().find(|(key, _)| key.scalar() == Some("ratings"));
    let ratings = ratings.map(|(_, value)| value);
    let entries: Vec<Pair<'_>> =
        ratings.into_iter().flat_map(|ratings| ratings.entries()).collect();
    let mut missing = Vec::new();
    let is_covered = |point: &&Point<'_>| {
        let agreed = start.agreed.as_ref().map(|agreed| agreed.side.assessment);
        let covers = |step| agreed.is_none_or(|agreed| standing::covers(agreed, step));
        point.step.is_none_or(covers)
    };
    for point in start.points.iter().filter(is_covered) {
        let id = point.question.id.value.as_str();
        match entries.iter().find(|(key, _)| key.scalar() == Some(id)) {
            Some((key, value)) if point.question.is_rated() => {
                edits.refresh_entry(start, point, *key, *value);
            }
            Some(_) => {}
            None => missing.push(point),
        }
    }
    edits.add_missing(start, &missing, &entries);
    edits.apply()
}

fn is_of(pair: &Pair<'_>, whose: &str) -> bool {
    pair.0.scalar().is_some_and(|own| own.trim() == whose)
}

/// Places in a text with what is to stand there.
struct Edits<'s> {
    source: &'s Source,
    list: Vec<(usize, usize, String)>,
}

impl Edits<'_> {
    fn refresh_entry(
        &mut self,
        start: &Start<'_>,
        point: &Point<'_>,
        key: Node<'_>,
        value: Node<'_>,
    ) {
        let now = start.views.iter().zip(&point.cells);
        let now: Vec<Now<'_>> =
            now.map(|(view, cell)| (view.perspective.as_str(), rating(cell))).collect();
        let views = value.entries().find(|(key, _)| key.scalar() == Some("views"));
        match (views, &point.offer) {
            (Some((key, views)), _) => self.refresh_views(&now, key, views),
            (None, Offer::Views(given)) => {
                let text = format!("views: {}", views_text(given));
                self.add_views(text, key, value);
            }
            (None, Offer::Same(_) | Offer::Unlike | Offer::None) => {}
        }
    }

    /// Views that are there: each is changed, added or taken out for itself, so that what else stands
    /// between them stays. A view whose file is not among the assessments stays as it is.
    fn refresh_views(&mut self, now: &[Now<'_>], key: Node<'_>, views: Node<'_>) {
        let pairs: Vec<Pair<'_>> = views.entries().collect();
        let now_of = |pair: &Pair<'_>| now.iter().find(|(whose, _)| is_of(pair, whose));
        let (gone, stay): (Vec<Pair<'_>>, Vec<Pair<'_>>) =
            pairs.iter().partition(|pair| now_of(pair).is_some_and(|(_, now)| now.is_none()));
        let is_new = |(whose, _): &&Now<'_>| !pairs.iter().any(|pair| is_of(pair, whose));
        let new = now.iter().filter(is_new).filter_map(|(whose, now)| Some((*whose, (*now)?)));
        let new: Vec<(&str, &str)> = new.collect();
        let is_block = !pairs.is_empty() && !self.is_flow(views);
        let is_same_set = gone.is_empty() && new.is_empty();
        if !is_block && !is_same_set {
            let kept = stay.iter().filter_map(|pair| {
                let now = now_of(pair).and_then(|(_, now)| *now);
                Some((pair.0.scalar()?.trim(), now.or(pair.1.scalar())?))
            });
            let all: Vec<(&str, &str)> = kept.chain(new).collect();
            return self.write_views(&all, key, views);
        }
        for pair in &stay {
            self.change_view(pair.1, now_of(pair).and_then(|(_, now)| *now));
        }
        gone.iter().for_each(|pair| self.take_out(*pair));
        let indent = pairs.first().map_or(0, |pair| self.column(pair.0.span().start as usize));
        let line = |(whose, rating): &(&str, &str)| {
            format!("{}: {}", word(whose, Place::Block), word(rating, Place::Block))
        };
        self.insert_lines(key.span().end as usize, indent, new.iter().map(line).collect());
    }

    /// Views in braces, in place of those that stand in braces or of nothing.
    fn write_views(&mut self, all: &[(&str, &str)], key: Node<'_>, views: Node<'_>) {
        let text = views_text(all);
        match views.kind() {
            Kind::Map => {
                let span = views.span();
                self.list.push((span.start as usize, span.end as usize, text));
            }
            Kind::Missing | Kind::Refused | Kind::Scalar(..) | Kind::List => {
                let end = key.span().end as usize;
                let colon = self.source.text[end..].find(':').map_or(end, |at| end + at + 1);
                self.list.push((colon, colon, format!(" {text}")));
            }
        }
    }

    fn change_view(&mut self, value: Node<'_>, rating: Option<&str>) {
        let Some(rating) = rating else { return };
        let is_same = value.scalar().is_some_and(|own| own.trim().eq_ignore_ascii_case(rating));
        if !is_same {
            let span = value.span();
            let text = word(rating, Place::Flow).into_owned();
            self.list.push((span.start as usize, span.end as usize, text));
        }
    }

    /// Takes out the line of a view that is no longer given.
    fn take_out(&mut self, (key, value): Pair<'_>) {
        let (start, _) = self.line_of(key.span().start as usize);
        let (_, end) = self.line_of(value.span().end as usize);
        let next = self.source.text[end..].find('\n').map_or(end, |at| end + at + 1);
        self.list.push((start, next, String::new()));
    }

    /// Views where there were none: behind the rating, where there is one.
    fn add_views(&mut self, text: String, key: Node<'_>, value: Node<'_>) {
        let first = value.entries().next();
        let rating = value.entries().find(|(key, _)| key.scalar() == Some("rating"));
        match (first, rating) {
            (Some(_), _) if self.is_flow(value) => {
                let at = value.span().start as usize + 1;
                self.list.push((at, at, format!("{text}, ")));
            }
            (_, Some((own, _))) => {
                let indent = self.column(own.span().start as usize);
                self.insert_lines(own.span().end as usize, indent, vec![text]);
            }
            (Some((own, _)), None) => {
                let at = own.span().start as usize;
                let margin = " ".repeat(self.column(at));
                self.list.push((at, at, format!("{text}{}{margin}", self.line_end())));
            }
            (None, None) => {
                let indent = self.column(key.span().start as usize) + 2;
                self.insert_lines(key.span().end as usize, indent, vec![text]);
            }
        }
    }

    fn is_flow(&self, node: Node<'_>) -> bool {
        self.source.slice(node.span()).starts_with('{')
    }

    /// Questions that the earlier assessment does not have, after its last one.
    fn add_missing(&mut self, start: &Start<'_>, missing: &[&Point<'_>], entries: &[Pair<'_>]) {
        let Some((key, value)) = entries.last().filter(|_| !missing.is_empty()) else { return };
        let indent = self.column(key.span().start as usize);
        let mut page = Page::default();
        missing.iter().for_each(|point| write_point(&mut page, indent, start, point));
        let end = key.span().end.max(value.span().end) as usize;
        let end = self.source.text[..end].trim_end().len();
        let (_, end) = self.line_of(end);
        let text = format!("\n{}", page.text.trim_end_matches('\n'));
        self.list.push((end, end, text.replace('\n', self.line_end())));
    }

    /// Adds lines below the one that a place stands on.
    fn insert_lines(&mut self, at: usize, indent: usize, lines: Vec<String>) {
        if lines.is_empty() {
            return;
        }
        let (_, end) = self.line_of(at);
        let margin = format!("{}{}", self.line_end(), " ".repeat(indent));
        let text: String = lines.iter().map(|line| format!("{margin}{line}")).collect();
        self.list.push((end, end, text));
    }

    /// Where the line of a place begins, and where it ends without its line end.
    fn line_of(&self, at: usize) -> (usize, usize) {
        let text = &self.source.text;
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
        let end = if text[start..end].ends_with('\r') { end - 1 } else { end };
        (start, end)
    }

    fn column(&self, at: usize) -> usize {
        at - self.line_of(at).0
    }

    fn line_end(&self) -> &'static str {
        if self.source.text.contains("\r\n") { "\r\n" } else { "\n" }
    }

    fn apply(mut self) -> String {
        let mut text = self.source.text.to_string();
        self.list.sort_by_key(|(start, end, _)| (*start, *end));
        for (start, end, new) in self.list.iter().rev() {
            text.replace_range(*start..*end, new);
        }
        text
    }
}
