//! Cells that do not hold what their sender saw in them.

/// A cell that could not be read as it was meant, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CellFault {
    /// Name of its sheet.
    pub(crate) sheet: String,
    pub(crate) row: u32,
    pub(crate) column: u32,
    pub(crate) kind: FaultKind,
}

/// Why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FaultKind {
    /// A quotation mark before it is opened and never closed; it was left out.
    OpenQuote,
    /// A quotation mark before it is closed only behind further rows; both marks were left out.
    QuoteAcrossRows { rows: u32 },
    /// So many of its lines could be rows of their own.
    RowsInCell { rows: u32 },
    /// Text follows the mark that closes it; the marks were kept as text.
    QuoteInText,
    /// Bytes of it are no text in the file's encoding and became `�`.
    BrokenText,
    /// It is a formula whose result the file does not hold.
    NoResult,
    /// It is an error value; it is read as blank.
    ErrorValue(String),
}

/// Whether a cell's text is what spreadsheet programs show in the place of a result.
pub(super) fn is_error_value(text: &str) -> bool {
    const ERRORS: [&str; 9] = ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"];
    if let Some(code) = text.strip_prefix("Err:") {
        return code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit());
    }
    text.starts_with('#') && (ERRORS.contains(&text) || (text.len() >= 3 && text.bytes().all(|byte| byte == b'#')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn error_values_are_told_from_texts() {
        for text in ["#N/A", "#REF!", "#DIV/0!", "Err:508", "#####"] {
            assert!(is_error_value(text), "{text}");
        }
        for text in ["#1机组", "Err:", "Err:5080", "#", "C#", "1#线"] {
            assert!(!is_error_value(text), "{text}");
        }
    }
}
