use std::borrow::Cow;

/// A cell of a csv as a spreadsheet takes it for text: what it would take for a formula has a `'` before it.
///
/// ```
/// use duijie_tables::spreadsheet_cell;
///
/// assert_eq!(spreadsheet_cell("=1+1"), "'=1+1");
/// assert_eq!(spreadsheet_cell("-0.5"), "-0.5");
/// ```
pub fn spreadsheet_cell(text: &str) -> Cow<'_, str> {
    if is_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text of a cell that [`spreadsheet_cell`] wrote.
pub(crate) fn cell_text(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| is_formula(text)).unwrap_or(cell)
}

/// Whether a text, less any `'` before it, would be a formula: then a cell gives back the text it was written from.
fn is_formula(text: &str) -> bool {
    let text = text.trim_start_matches('\'');
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
        && text.chars().nth(1).is_some()
        && text.parse::<f64>().map_or(true, |number| !number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_are_text_and_numbers_stay() {
        for formula in ["=cmd|'/c calc'!A1", "+8613912345678-1", "-2+3", "@SUM(A1)", "＝1", "'=1"] {
            assert_eq!(spreadsheet_cell(formula), format!("'{formula}"));
        }
        for text in ["-1.5", "+3", "-", "主轴=1", "'s", "", "1e5", "-2e-3"] {
            assert_eq!(spreadsheet_cell(text), text);
        }
    }

    proptest! {
        #[test]
        fn every_cell_is_read_back(text in "['=+@a1-]{0,6}") {
            let written = spreadsheet_cell(&text);
            prop_assert_eq!(cell_text(&written), text.as_str());
        }
    }
}
