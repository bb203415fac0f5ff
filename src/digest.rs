//! Digests of texts: the only file that knows the crates which work them out.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// The digest of a text by SHA-256.
pub(crate) fn of(text: &str) -> [u8; 32] {
    Sha256::digest(text).into()
}

/// The digest of several parts, one after another, under a key, by HMAC and SHA-256.
pub(crate) fn keyed<'p>(key: &[u8], parts: impl IntoIterator<Item = &'p [u8]>) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key of any length is taken");
    parts.into_iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().into()
}

/// The first 32 hexadecimal digits of a digest.
pub(crate) fn short(digest: [u8; 32]) -> String {
    digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
