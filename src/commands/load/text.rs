//! From bytes to a text that findings can point into, with the personal data in it.

use std::sync::Arc;

use super::Loader;
use crate::commands::inputs::{Input, LARGEST};
use crate::finding::Findings;
use crate::privacy::{self, Dress, Match};
use crate::rules;
use crate::source::{Source, SourceId, Span};
use crate::syntax::faults as shape;

impl Loader {
    /// A text with the personal data in it and in its name, which is never shown from here on.
    pub(crate) fn look_through(
        &self,
        id: SourceId,
        name: &str,
        text: String,
        dress: Dress,
        findings: &mut Findings,
    ) -> Arc<Source> {
        let mut source = Source::new(id, name, text);
        let names = self.names.as_ref();
        let matches = privacy::scan_with(&source.text, source.signs(), dress, names);
        let in_name = privacy::scan_name(name, names);
        rules::report_personal(&source, &matches, findings);
        rules::report_personal_name(&source, &in_name, findings);
        if !in_name.is_empty() {
            source.hide_path(&privacy::masked(name, &in_name));
        }
        let secret = |own: &Match| {
            let range = own.range.clone();
            (range.clone(), privacy::mask(&source.text[range]))
        };
        let secrets = matches.iter().map(secret).collect();
        source.hide(secrets);
        Arc::new(source)
    }

    /// A path as it may be shown.
    pub(crate) fn veiled(&self, path: &str) -> String {
        privacy::masked(path, &privacy::scan_name(path, self.names.as_ref()))
    }

    /// The text of a file, or, where its bytes are not text that can be read, what can be shown of it.
    pub(crate) fn read_text(
        &self,
        name: &str,
        bytes: Vec<u8>,
        dress: Dress,
        findings: &mut Findings,
    ) -> Result<Arc<Source>, Arc<Source>> {
        if bytes.len() as u64 > LARGEST {
            let source = self.source(name, String::new());
            let message = "The file is larger than 10 MiB";
            findings
                .report(&shape::TOO_LARGE, Span::beginning(source.id), message)
                .help("cut it into one file for each period or perspective");
            return Err(source);
        }
        match decode_text(bytes) {
            Ok(text) => {
                let source = self.look_through(self.id(), name, text, dress, findings);
                rules::check_text(&source, findings);
                Ok(source)
            }
            Err(fault) => {
                let source = self.source(name, fault.shown);
                let end = (fault.at + 1).min(source.text.len());
                let span = Span::new(source.id, fault.at.min(end), end);
                findings.report(&shape::UNREADABLE_TEXT, span, fault.message).help(fault.help);
                Err(source)
            }
        }
    }

    /// A text that was read before, for findings that turn up when all files have been read. Where
    /// it can no longer be read, its places are still named.
    pub(crate) fn again(&self, id: SourceId, input: &Input, name: &str) -> Arc<Source> {
        let text = match input {
            Input::Standard => None,
            Input::File(..) => self.read(input).ok().and_then(|bytes| decode_text(bytes).ok()),
        };
        let text = text.unwrap_or_default();
        self.look_through(id, name, text, Dress::Text, &mut Findings::default())
    }
}

/// Why bytes are not a text that can be read.
struct TextFault {
    /// What can be shown of it.
    shown: String,
    /// Where in that the fault is.
    at: usize,
    message: &'static str,
    help: &'static str,
}

const SAVE: &str = "open it in the program that made it and save it as plain text in UTF-8; \
                    in Notepad: File, Save as, Encoding UTF-8";

/// Bytes as text: UTF-8, with or without a byte-order mark. Anything else is named for what it is.
fn decode_text(mut bytes: Vec<u8>) -> Result<String, TextFault> {
    let fault = |message, help| TextFault { shown: String::new(), at: 0, message, help };
    if bytes.starts_with(&[0xef, 0xbb, 0xbf]) {
        bytes.drain(..3);
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(fault("The file is in UTF-16, which Notepad calls Unicode", SAVE));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        let message = "The file is a Word, Excel or zip file, not plain text";
        return Err(fault(message, SAVE));
    }
    if let Some(at) = memchr::memchr(0, &bytes) {
        let zeros = memchr::memchr_iter(0, &bytes).count();
        let message = match zeros * 3 > bytes.len() {
            true => "The file is in UTF-16, which Notepad calls Unicode",
            false => "The file holds a NUL byte, so it is not plain text",
        };
        let shown = String::from_utf8_lossy(&bytes[..at]).into_owned();
        return Err(TextFault { at: shown.len(), shown, message, help: SAVE });
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let shown = String::from_utf8_lossy(error.as_bytes()).into_owned();
        let message =
            "This character is not in UTF-8; the file may be saved in what Windows calls ANSI";
        TextFault { shown, at, message, help: SAVE }
    })
}
