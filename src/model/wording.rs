//! The fingerprint of a question's wording, by which an answer knows what it answered.

/// Six hexadecimal digits that stand for a wording: the question's full text and its points, without
/// regard to letter case, punctuation and spacing. Stable for ever: files hold it.
///
/// It is the 32-bit FNV-1a hash of the normalised words, folded to 24 bits.
pub(crate) fn fingerprint<'t>(ask: &'t str, points: impl IntoIterator<Item = &'t str>) -> String {
    let mut hash: u32 = 0x811c_9dc5;
    let mut add = |byte: u8| hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    for text in std::iter::once(ask).chain(points) {
        for word in words(text) {
            word.bytes().for_each(&mut add);
            add(b' ');
        }
    }
    format!("{:06x}", (hash >> 24) ^ (hash & 0x00ff_ffff))
}

/// The words of a text in small letters, without punctuation. An apostrophe does not split a word.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric() && !is_apostrophe(c))
        .map(|word| {
            word.chars().filter(|c| !is_apostrophe(*c)).flat_map(char::to_lowercase).collect()
        })
        .filter(|word: &String| !word.is_empty())
}

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '\u{2019}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ignores_case_punctuation_and_spacing_only() {
        let one = fingerprint("Is there an agreed plan?", ["funded", "reviewed each year"]);
        let check = |ask, points: &[&str], same| {
            assert_eq!(fingerprint(ask, points.iter().copied()) == one, same, "{ask}");
        };
        check("is there an  AGREED plan", &["Funded;", "reviewed each\nyear."], true);
        check("Is there a plan?", &["funded", "reviewed each year"], false);
        check("Is there an agreed plan?", &["funded"], false);
        assert_eq!(one, "1b1e54", "files hold fingerprints: they never change");
    }
}
