//! A chart as SVG: a stacked bar for each moment, of how many questions have which value. Values are
//! told apart by pattern and by number, and never by colour alone; every text can be read at its size,
//! and what a user wrote is escaped.

use std::fmt::Write as _;

use crate::comparison::trend::{Bars, Shade};
use crate::text::{visible, xml};

/// The height of the plot, in pixels.
const PLOT: usize = 320;

/// The space on the left for the numbers of the scale.
const LEFT: usize = 56;

/// The space above the plot for the title.
const TOP: usize = 64;

/// The width of a bar and of the space beside it.
const BAR: usize = 56;
const SPACE: usize = 32;

/// The height of a line of text; the smallest text is 13 pixels high.
const LINE: usize = 18;

/// How many patterns there are; with more values than that, their numbers and labels tell them apart.
const PATTERNS: usize = 9;

/// The chart. The title and the description are read out where it cannot be seen.
pub(crate) fn render(title: &str, description: &str, bars: &Bars) -> String {
    let labels: Vec<Vec<&str>> =
        bars.moments.iter().map(|(label, _)| label.split(' ').collect()).collect();
    let lines = labels.iter().map(Vec::len).max().unwrap_or(1);
    let legend = TOP + PLOT + lines * LINE + 32;
    let width = (LEFT + bars.moments.len() * (BAR + SPACE) + SPACE).max(480);
    let height = legend + bars.values.len() * (LINE + 8) + 16;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" role=\"img\" aria-labelledby=\"title description\" \
         font-family=\"sans-serif\" font-size=\"13\" fill=\"#1a1a1a\">\n\
         <title id=\"title\">{}</title>\n<desc id=\"description\">{}</desc>\n",
        escape(title),
        escape(description)
    );
    svg.push_str(&patterns(&bars.values));
    svg.push_str(&format!("<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n"));
    svg.push_str(&heading(title, width));
    let most = bars.moments.iter().filter_map(|(_, counts)| Some(counts.as_ref()?.iter().sum()));
    let most: usize = most.max().unwrap_or(0).max(1);
    svg.push_str(&axis(most, width));
    for (place, ((label, counts), words)) in bars.moments.iter().zip(&labels).enumerate() {
        let left = LEFT + SPACE / 2 + place * (BAR + SPACE);
        match counts {
            Some(counts) => svg.push_str(&bar(label, counts, &bars.values, (left, most))),
            None => svg.push_str(&gap(left)),
        }
        for (line, word) in words.iter().enumerate() {
            let (x, y) = (left + BAR / 2, TOP + PLOT + (line + 1) * LINE);
            svg.push_str(&text((x, y), "middle", word));
        }
    }
    svg.push_str(&key(&bars.values, legend));
    svg.push_str("</svg>\n");
    svg
}

/// Text as it may stand in the drawing, in an attribute too, without hidden characters.
fn escape(text: &str) -> String {
    xml(&visible(text))
}

fn text((x, y): (usize, usize), anchor: &str, words: &str) -> String {
    format!("<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{}</text>\n", escape(words))
}

/// The title over the chart, broken where it is longer than the chart is wide.
fn heading(title: &str, width: usize) -> String {
    let room = width / 9;
    let mut lines: Vec<String> = vec![String::new()];
    for word in title.split_whitespace() {
        let last = lines.last_mut().expect("there is always a line");
        if !last.is_empty() && last.chars().count() + word.chars().count() >= room {
            lines.push(word.to_owned());
        } else {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(word);
        }
    }
    let line = |(place, line): (usize, &String)| {
        format!(
            "<text x=\"16\" y=\"{}\" font-size=\"15\" font-weight=\"bold\">{}</text>\n",
            24 + place * 20,
            escape(line)
        )
    };
    lines.iter().take(2).enumerate().map(line).collect()
}

/// The lines across the plot with their numbers.
fn axis(most: usize, width: usize) -> String {
    let step = [1, 2, 5, 10, 20, 50, 100].into_iter().find(|step| most / step <= 8);
    let step = step.unwrap_or(most.div_ceil(8));
    let mut axis = String::new();
    for number in (0..=most).step_by(step) {
        let y = TOP + PLOT - number * PLOT / most;
        let end = width - SPACE / 2;
        writeln!(
            axis,
            "<line x1=\"{LEFT}\" y1=\"{y}\" x2=\"{end}\" y2=\"{y}\" stroke=\"#b0b0b0\"/>"
        )
        .expect("a string takes all");
        axis.push_str(&text((LEFT - 8, y + 4), "end", &number.to_string()));
    }
    axis
}

/// A bar, the best value at the bottom.
fn bar(label: &str, counts: &[usize], values: &[Shade], (left, most): (usize, usize)) -> String {
    let total: usize = counts.iter().sum();
    let mut bar = String::new();
    let mut below = 0;
    for (place, (count, value)) in
        counts.iter().zip(values).enumerate().filter(|(_, (c, _))| **c > 0)
    {
        let bottom = TOP + PLOT - below * PLOT / most;
        below += count;
        let top = TOP + PLOT - below * PLOT / most;
        let height = bottom - top;
        writeln!(
            bar,
            "<rect x=\"{left}\" y=\"{top}\" width=\"{BAR}\" height=\"{height}\" \
             fill=\"url(#value-{place})\" stroke=\"#1a1a1a\"><title>{}</title></rect>",
            escape(&format!("{label}, {}: {count} of {total}", value.label))
        )
        .expect("a string takes all");
        if height >= LINE {
            let (x, y) = (left + BAR / 2, top + height / 2);
            let number = count.to_string();
            let plate = 10 + 8 * number.len();
            writeln!(
                bar,
                "<rect x=\"{}\" y=\"{}\" width=\"{plate}\" height=\"16\" fill=\"#ffffff\"/>",
                x - plate / 2,
                y - 8
            )
            .expect("a string takes all");
            bar.push_str(&text((x, y + 5), "middle", &number));
        }
    }
    bar
}

/// A moment without an assessment: nothing but the words that say so.
fn gap(left: usize) -> String {
    let x = left + BAR / 2;
    let line = |(place, word): (usize, &&str)| {
        text((x, TOP + PLOT - 4 * LINE + place * LINE), "middle", word)
    };
    ["no", "assess-", "ment"].iter().enumerate().map(line).collect()
}

/// What the patterns stand for.
fn key(values: &[Shade], top: usize) -> String {
    let row = |(place, value): (usize, &Shade)| {
        let y = top + place * (LINE + 8);
        format!(
            "<rect x=\"{LEFT}\" y=\"{y}\" width=\"32\" height=\"{LINE}\" \
             fill=\"url(#value-{place})\" stroke=\"#1a1a1a\"/>\n{}",
            text((LEFT + 44, y + 14), "start", &value.label)
        )
    };
    values.iter().enumerate().map(row).collect()
}

/// A pattern for each value: its own lines on its own pale ground.
fn patterns(values: &[Shade]) -> String {
    let pattern = |(place, value): (usize, &Shade)| {
        format!(
            "<pattern id=\"value-{place}\" width=\"12\" height=\"12\" \
             patternUnits=\"userSpaceOnUse\"><rect width=\"12\" height=\"12\" \
             fill=\"{}\"/>{}</pattern>\n",
            ground(value),
            lines(place % PATTERNS)
        )
    };
    let patterns: String = values.iter().enumerate().map(pattern).collect();
    format!("<defs>\n{patterns}</defs>\n")
}

/// The ground of a pattern: pale, from green for the best value to red for the lowest, and grey for
/// what is not a value.
fn ground(value: &Shade) -> &'static str {
    match value.rank {
        None => "#eeeeee",
        Some((0, _)) => "#d9eedb",
        Some((rank, of)) if rank + 1 == of => "#f8d5d1",
        Some(_) => "#fdebc4",
    }
}

/// The lines of a pattern.
fn lines(pattern: usize) -> &'static str {
    const STROKE: [&str; PATTERNS] = [
        "",
        "<path d=\"M-3 3 L3 -3 M0 12 L12 0 M9 15 L15 9\" stroke=\"#5c4a12\" stroke-width=\"1.5\"/>",
        "<path d=\"M0 0 L12 12 M12 0 L0 12\" stroke=\"#6b1f16\" stroke-width=\"1.5\"/>",
        "<circle cx=\"6\" cy=\"6\" r=\"2\" fill=\"#333333\"/>",
        "<path d=\"M0 6 H12\" stroke=\"#333333\" stroke-width=\"1.5\"/>",
        "<path d=\"M6 0 V12\" stroke=\"#333333\" stroke-width=\"1.5\"/>",
        "<path d=\"M-3 9 L3 15 M0 0 L12 12 M9 -3 L15 3\" stroke=\"#333333\" stroke-width=\"1.5\"/>",
        "<path d=\"M0 3 H12 M0 9 H12\" stroke=\"#333333\" stroke-dasharray=\"3 3\"/>",
        "<circle cx=\"6\" cy=\"6\" r=\"4\" fill=\"none\" stroke=\"#333333\"/>",
    ];
    STROKE[pattern]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shade(label: &str, rank: Option<(usize, usize)>) -> Shade {
        Shade { label: label.to_owned(), rank }
    }

    #[test]
    fn is_xml_that_says_what_it_shows_whatever_people_write() {
        let values = vec![shade("Green <&>", Some((0, 2))), shade("\"Red\"", Some((1, 2)))];
        let moments = vec![
            ("2025-26 Q1".to_owned(), Some(vec![20, 4])),
            ("2025-26 <script>".to_owned(), None),
            ("]]> & 'Q3'".to_owned(), Some(vec![0, 0])),
        ];
        let hostile = "North & \"South\" <b>\u{202e}\u{0}\u{ffff}]]></title>";
        let svg = render(hostile, hostile, &Bars { values, moments });
        let document = roxmltree::Document::parse(&svg).expect("the chart is XML");
        let root = document.root_element();
        let text = |name: &str| {
            let child = root.children().find(|child| child.has_tag_name(name));
            child.and_then(|child| child.text()).unwrap_or_default().to_owned()
        };
        let name = |name: &'static str| ("http://www.w3.org/2000/svg", name);
        assert_eq!(root.tag_name(), name("svg").into());
        assert_eq!(text("title"), "North & \"South\" <b>]]></title>");
        assert_eq!(text("desc"), text("title"));
        let all = || root.descendants();
        let patterns = all().filter(|node| node.has_tag_name("pattern")).count();
        assert_eq!(patterns, 2);
        let sizes = all().filter_map(|node| node.attribute("font-size"));
        assert!(sizes.filter_map(|size| size.parse::<u32>().ok()).all(|size| size >= 12));
        let shown: Vec<&str> =
            all().filter(|node| node.has_tag_name("text")).filter_map(|node| node.text()).collect();
        for words in ["Green <&>", "\"Red\"", "20", "<script>", "assess-"] {
            assert!(shown.contains(&words), "{words} is not in {shown:?}");
        }
        assert!(all().all(|node| !node.has_tag_name("script")));
    }
}
