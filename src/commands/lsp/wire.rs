//! Messages as they come over the wire: a length, an empty line, and so many bytes of JSON.

use std::io::{self, BufRead, Read};

use serde_json::{Value, json};

/// The largest message that is read, in bytes: a file of the largest size, however it is escaped.
const LARGEST: u64 = 64 * 1024 * 1024;

/// The longest line of a header.
const LONGEST_LINE: u64 = 4096;

/// What came.
pub(super) enum Incoming {
    Message(Value),
    /// Something that is no message, in the words of the protocol.
    Fault(i64, &'static str),
}

/// The codes of the protocol.
pub(super) const PARSE_ERROR: i64 = -32700;
pub(super) const INVALID_REQUEST: i64 = -32600;
pub(super) const METHOD_NOT_FOUND: i64 = -32601;
pub(super) const INVALID_PARAMS: i64 = -32602;
pub(super) const INTERNAL_ERROR: i64 = -32603;
pub(super) const NOT_INITIALISED: i64 = -32002;
pub(super) const CANCELLED: i64 = -32800;

/// Reads what comes next; nothing at the end.
pub(super) fn read(input: &mut impl BufRead) -> io::Result<Option<Incoming>> {
    let Some(length) = read_header(input)? else { return Ok(None) };
    if length > LARGEST {
        let skipped = io::copy(&mut input.take(length), &mut io::sink())?;
        let fault = Incoming::Fault(INVALID_REQUEST, "the message is larger than 64 MiB");
        return Ok((skipped == length).then_some(fault));
    }
    let mut bytes = Vec::new();
    input.take(length).read_to_end(&mut bytes)?;
    if (bytes.len() as u64) < length {
        return Ok(None);
    }
    Ok(Some(match serde_json::from_slice(&bytes) {
        Ok(message) => Incoming::Message(message),
        Err(_) => Incoming::Fault(PARSE_ERROR, "the message is not JSON"),
    }))
}

/// The length that a header gives. Lines that say anything else are passed over.
fn read_header(input: &mut impl BufRead) -> io::Result<Option<u64>> {
    const NAME: &[u8] = b"content-length:";
    let mut length = None;
    loop {
        let mut line = Vec::new();
        if input.take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let text = line.trim_ascii();
        match length {
            Some(length) if text.is_empty() => return Ok(Some(length)),
            _ if text.len() > NAME.len() && text[..NAME.len()].eq_ignore_ascii_case(NAME) => {
                let number = str::from_utf8(&text[NAME.len()..]).ok();
                length = number.and_then(|number| number.trim().parse().ok());
            }
            _ => {}
        }
    }
}

/// A message with its header.
pub(super) fn frame(message: &Value) -> Vec<u8> {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// The answer to a request.
pub(super) fn answer(id: &Value, result: &Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "result": result })
}

/// The answer that a request cannot be met.
pub(super) fn refusal(id: &Value, code: i64, message: &str) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": message } })
}

/// Something that the editor is told unasked.
pub(super) fn notice(method: &str, params: Value) -> Value {
    let mut notice = json!({ "jsonrpc": "2.0", "method": method });
    // Moved, not made anew: there may be thousands of findings in it.
    notice["params"] = params;
    notice
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(text: &str) -> Vec<String> {
        let mut input = text.as_bytes();
        let mut all = Vec::new();
        while let Some(incoming) = read(&mut input).expect("memory can be read") {
            all.push(match incoming {
                Incoming::Message(value) => value.to_string(),
                Incoming::Fault(code, _) => code.to_string(),
            });
        }
        all
    }

    #[test]
    fn reads_messages_between_garbage() {
        let check = |text: &str, expected: &[&str]| assert_eq!(read_all(text), expected, "{text}");
        check("", &[]);
        check("Content-Length: 2\r\n\r\n{}", &["{}"]);
        check("content-length:2\nContent-Type: x\n\n{}Content-Length: 2\r\n\r\n[]", &["{}", "[]"]);
        check("hello\r\n\r\nContent-Length: 2\r\n\r\n{}", &["{}"]);
        check("Content-Length: 3\r\n\r\n{,}", &["-32700"]);
        check("Content-Length: x\r\n\r\nContent-Length: 1\r\n\r\n1", &["1"]);
        check("Content-Length: -1\r\n\r\n", &[]);
        check("Content-Length: 10\r\n\r\n{}", &[]);
        check("Content-Length: 99999999999999999999\r\n\r\n{}", &[]);
        check("Content-Length: 999999999999\r\n\r\n{}", &[]);
    }
}
