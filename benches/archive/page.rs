//! The lines of one assessment file, as YAML that a person would write.

/// A file that is being written.
pub(crate) struct Page {
    pub(crate) text: String,
    /// How long lines of prose may be; without it, every paragraph is one line.
    pub(crate) width: Option<usize>,
}

impl Page {
    /// A line that stands so many spaces in.
    pub(crate) fn line(&mut self, indent: usize, line: &str) {
        self.text.extend(std::iter::repeat_n(' ', indent));
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// A key with a value on the same line.
    pub(crate) fn pair(&mut self, indent: usize, key: &str, value: impl std::fmt::Display) {
        self.line(indent, &format!("{key}: {value}"));
    }

    pub(crate) fn blank(&mut self) {
        self.text.push('\n');
    }

    /// A key with paragraphs under `|`.
    pub(crate) fn prose(&mut self, indent: usize, key: &str, paragraphs: &[String]) {
        self.line(indent, &format!("{key}: |"));
        for (at, paragraph) in paragraphs.iter().enumerate() {
            if at > 0 {
                self.blank();
            }
            self.paragraph(indent + 2, paragraph);
        }
    }

    fn paragraph(&mut self, indent: usize, paragraph: &str) {
        let Some(width) = self.width else { return self.line(indent, paragraph) };
        let mut line = String::new();
        for word in paragraph.split(' ') {
            if !line.is_empty() && indent + line.len() + word.len() >= width {
                self.line(indent, &line);
                line.clear();
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        self.line(indent, &line);
    }
}
