use encoding_rs::{GB18030, UTF_16LE};
use std::borrow::Cow;

/// The text of a file: UTF-8 (with or without byte order mark) or GB18030, told apart by whether it is valid UTF-8;
/// UTF-16 with its mark. Also whether it had places that are no text, which stand as U+FFFD.
///
/// ```
/// use duijie_text::decoded;
///
/// assert_eq!(decoded("裂纹".as_bytes()), ("裂纹".into(), false));
/// assert_eq!(decoded(b"\xc1\xd1\xce\xc6"), ("裂纹".into(), false));
/// ```
pub fn decoded(bytes: &[u8]) -> (Cow<'_, str>, bool) {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        let (text, _, problem) = UTF_16LE.decode(bytes);
        return (text, problem);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), false),
        Err(_) => GB18030.decode_without_bom_handling(bytes),
    }
}
