const FIRST: u64 = 0x9E37_79B9_7F4A_7C15;
const SECOND: u64 = 0xD6E8_FEB8_6659_FD93;

/// The hash of a term. Hash tables in files rely on it: a change here needs a new format version.
#[inline]
pub(crate) fn hash_term(bytes: &[u8]) -> u64 {
    let mut hash = (bytes.len() as u64).wrapping_mul(FIRST) ^ SECOND;
    let mut rest = bytes;
    while let Some((chunk, tail)) = rest.split_first_chunk::<8>() {
        hash = fold(hash ^ u64::from_le_bytes(*chunk));
        rest = tail;
    }
    let mut last = 0;
    for &byte in rest {
        last = last << 8 | u64::from(byte);
    }
    fold(hash ^ last)
}

/// Multiplies into 128 bits and folds the halves, so that high and low bits both mix.
#[inline]
fn fold(value: u64) -> u64 {
    let wide = u128::from(value ^ SECOND) * u128::from(FIRST);
    (wide >> 64) as u64 ^ wide as u64
}
