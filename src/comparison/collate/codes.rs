//! Codes in place of the names of partnerships. A code is worked out of the name and a key that only
//! the makers of an output have: the same name and key give the same code in every run, and without
//! the key nobody can try out the 137 names to see which one fits.

use crate::digest;

/// The letters of a code: none that is taken for another.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// How many letters a code has. Two of a thousand partnerships share one less than once in a million
/// keys.
const LENGTH: usize = 8;

/// The shortest key that is taken, in bytes. A word could be tried out.
pub(crate) const SHORTEST_KEY: usize = 16;

/// The code of a partnership, by its name without regard to letter case and spacing.
pub(crate) fn code(name: &str, key: &str) -> String {
    let digest = digest::keyed(key.as_bytes(), [name.as_bytes()]);
    // 5 bits a letter, from the first 64 bits of the digest.
    let bits = digest.iter().take(8).fold(0_u64, |bits, byte| (bits << 8) | u64::from(*byte));
    let letter = |place: usize| {
        let five = (bits >> (59 - 5 * place)) & 31;
        char::from(LETTERS[usize::try_from(five).expect("five bits fit")])
    };
    let letters: String = (0..LENGTH).map(letter).collect();
    format!("P-{letters}")
}

/// An identifier of a thing that is known by several texts: the same texts give the same one for ever,
/// and nothing of them can be read from it. It is no secret: who knows the texts can work it out.
pub(crate) fn identifier(texts: &[&str]) -> String {
    // The length keeps "ab", "c" apart from "a", "bc".
    let lengths: Vec<[u8; 8]> =
        texts.iter().map(|text| (text.len() as u64).to_be_bytes()).collect();
    let parts = lengths.iter().zip(texts).flat_map(|(length, text)| [&length[..], text.as_bytes()]);
    digest::short(digest::keyed(b"scrutiny identifier", parts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifies_by_all_texts_together() {
        let first = identifier(&["northmoor", "2026-27 q2", "a-01"]);
        assert_eq!(
            first, "8064f6887b1a799b8bd892caefe43a8f",
            "calendars hold identifiers: they never change"
        );
        assert_ne!(first, identifier(&["northmoor", "2026-27 q2a", "-01"]));
        assert_eq!(first.len(), 32);
    }

    #[test]
    fn depends_on_name_and_key_alone() {
        // The same by another implementation: the first 40 bits of the digest, five for a letter.
        assert_eq!(code("northmoor", "a key that is long enough"), "P-T3PKXXN5");
        assert_ne!(code("northmoor", "a key that is long enough"), code("northmoor", "another"));
        assert_ne!(code("northmoor", "another"), code("saltmere", "another"));
    }
}
