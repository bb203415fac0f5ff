//! Lists of words in which most words are looked for in vain.

/// The longest words for which there is anything to tell; a list may hold longer ones.
const LONGEST: usize = 15;

/// Words in small letters, and with which letters those of each length begin: that tells of nearly every
/// word that it is none of them.
pub(super) struct Known<const N: usize> {
    words: [&'static str; N],
    firsts: [u32; LONGEST + 1],
}

impl<const N: usize> Known<N> {
    /// A list of words.
    pub(super) const fn of(words: [&'static str; N]) -> Self {
        let mut firsts = [0; LONGEST + 1];
        let mut at = 0;
        while at < N {
            let word = words[at].as_bytes();
            let length = if word.len() > LONGEST { LONGEST } else { word.len() };
            firsts[length] |= bit(word[0]);
            at += 1;
        }
        Known { words, firsts }
    }

    /// Whether a word is one of them, in letters of any case.
    pub(super) fn has(&self, word: &[u8]) -> bool {
        let Some(first) = word.first() else { return false };
        self.firsts[word.len().min(LONGEST)] & bit(*first) != 0
            && self.words.iter().any(|own| own.as_bytes().eq_ignore_ascii_case(word))
    }
}

/// The bit of a letter, in whatever case. Other signs share the bits of letters.
const fn bit(letter: u8) -> u32 {
    1 << (letter & 0x1f)
}
