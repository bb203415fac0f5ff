//! Where in a text something stands that few texts hold, told in one pass over its bytes for all who look
//! for any of it.

/// Where rare signs stand in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Signs {
    /// Where a character begins that is neither printable ASCII nor a line end, or one of `&`, `` ` ``,
    /// `(`, `*` and `~`.
    pub odd: Vec<usize>,
    /// Where two capitals or two question marks stand side by side, or `bc`. The signs that ASCII has
    /// beside its capitals count as such.
    pub pairs: Vec<usize>,
    /// Where "dob" stands, large or small: what forms write for a date of birth.
    pub dobs: Vec<usize>,
}

/// How many bytes are looked at together.
const STRETCH: usize = 64;

/// The same with the bytes behind them into which a sign may reach.
const WINDOW: usize = STRETCH + 2;

impl Signs {
    /// The signs of a text.
    pub(crate) fn of(text: &str) -> Self {
        let mut signs = Signs::default();
        let mut rest = text.as_bytes();
        while let Some(window) = rest.first_chunk() {
            signs.look(window, text.len() - rest.len());
            rest = &rest[STRETCH..];
        }
        // What is left is shorter than a window, and may be longer than a stretch.
        while !rest.is_empty() {
            let mut window = [b' '; WINDOW];
            window[..rest.len()].copy_from_slice(rest);
            signs.look(&window, text.len() - rest.len());
            rest = rest.get(STRETCH..).unwrap_or_default();
        }
        signs
    }

    /// Looks at the stretch that begins here.
    fn look(&mut self, window: &[u8; WINDOW], start: usize) {
        if !holds_sign(window) {
            return;
        }
        for at in (0..STRETCH).filter(|at| BEGINS[usize::from(window[*at])]) {
            let (a, b, c) = (window[at], window[at + 1], window[at + 2]);
            if is_odd(a) && !is_continuation(a) {
                self.odd.push(start + at);
            }
            if is_pair(a, b) {
                self.pairs.push(start + at);
            }
            if is_dob(a, b, c) {
                self.dobs.push(start + at);
            }
        }
    }
}

/// Whether any sign stands in a stretch. Without branches, so that the processor looks at many bytes at
/// once: of most files nearly all is passed over.
fn holds_sign(window: &[u8; WINDOW]) -> bool {
    let is_met = |at: usize| {
        let (a, b, c) = (window[at], window[at + 1], window[at + 2]);
        is_odd(a) | is_pair(a, b) | is_dob(a, b, c)
    };
    (0..STRETCH).fold(0, |met, at| met | u8::from(is_met(at))) != 0
}

/// With which bytes a sign may begin.
static BEGINS: [bool; 256] = {
    let mut begins = [false; 256];
    let mut byte = 0;
    while byte < begins.len() {
        let own = byte as u8;
        begins[byte] = is_odd(own) || is_capital(own) || matches!(own, b'b' | b'?' | b'd' | b'D');
        byte += 1;
    }
    begins
};

const fn is_odd(byte: u8) -> bool {
    // With their highest bit as their sign, bytes beyond ASCII are less than any other. Two signs that differ
    // in one bit are told at once: ~ and the control character behind it, ( and *.
    ((byte.cast_signed() < b' '.cast_signed()) & (byte != b'\n'))
        | ((byte | 1) == 0x7f)
        | ((byte & 0xfd) == b'(')
        | (byte == b'&')
        | (byte == b'`')
}

/// Whether a byte is not the first of a character.
fn is_continuation(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}

/// A capital, or one of the signs that ASCII has beside them.
const fn is_capital(byte: u8) -> bool {
    byte & 0xe0 == 0x40
}

fn is_pair(a: u8, b: u8) -> bool {
    (is_capital(a) & is_capital(b)) | ((a == b'b') & (b == b'c')) | ((a == b'?') & (b == b'?'))
}

fn is_dob(a: u8, b: u8, c: u8) -> bool {
    ((a ^ b'd') | (b ^ b'o') | (c ^ b'b')) & !0x20 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_is_met_wherever_it_stands() {
        let check = |written: &str, of: fn(Signs) -> Vec<usize>| {
            for (before, after) in (0..140).flat_map(|at| (0..3).map(move |after| (at, after))) {
                let text = format!("{}{written}{}", "a".repeat(before), "a".repeat(after));
                assert_eq!(of(Signs::of(&text)), [before], "{text}");
            }
        };
        for odd in ["\t", "\r", "\0", "\u{7f}", "’", "é", "🙂", "&", "`", "(", "*", "~"] {
            check(odd, |signs| signs.odd);
        }
        for pair in ["TB", "ZA", "??", "bc"] {
            check(pair, |signs| signs.pairs);
        }
        for dob in ["dob", "DOB", "Dob", "dOb"] {
            check(dob, |signs| signs.dobs);
        }
    }

    #[test]
    fn an_ordinary_text_has_none() {
        let text =
            "Dashes - and dots. \"Quoted\": [1, 2] {a: b} @x #y 50% 'z' + | / \\ ^ _ < = > ! $ )\n";
        assert_eq!(Signs::of(&text.repeat(3)), Signs::default());
        assert_eq!(Signs::of(""), Signs::default());
    }
}
