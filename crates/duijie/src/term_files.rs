//! Whose terms a term file holds, which its name says.

use crate::{Catalogue, Error, Lexicon};
use duijie_text::TermBase;
use std::collections::BTreeSet;
use std::path::Path;

/// The name of a file with terms of all sub-industries.
const SHARED: &str = "shared";
/// How like a name a code must be to be offered instead, 0–1 (Jaro–Winkler).
const LIKE: f64 = 0.75;
/// Codes offered at most.
const OFFERED: usize = 3;

impl Catalogue {
    /// Checks that a term file is named after the code of a sub-industry, of this catalogue or of the built-in terms,
    /// or is `shared.tsv`.
    ///
    /// # Errors
    ///
    /// [`Error::TermFileName`] with the codes that are like its name.
    pub fn check_term_file(&self, path: &Path) -> Result<(), Error> {
        let name = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        let own = self.chains.iter().flat_map(|chain| &chain.sub_industries).map(|sub| sub.code.as_str());
        let standard = TermBase::standard();
        let codes: BTreeSet<&str> = own.chain(codes(&standard)).chain([SHARED]).collect();
        if codes.contains(name.as_str()) {
            return Ok(());
        }
        let likeness = |code: &str| strsim::jaro_winkler(code, &name.to_lowercase());
        let mut near: Vec<(f64, &str)> = codes.into_iter().map(|code| (likeness(code), code)).collect();
        near.retain(|(likeness, _)| *likeness >= LIKE);
        near.sort_by(|a, b| b.0.total_cmp(&a.0));
        let near = near.into_iter().take(OFFERED).map(|(_, code)| format!("{code}.tsv")).collect();
        Err(Error::TermFileName { path: path.to_owned(), near })
    }
}

impl Lexicon {
    /// Checks that all its concepts are of sub-industries that there are.
    pub(crate) fn check(&self, catalogue: &Catalogue) -> Result<(), Error> {
        let standard = TermBase::standard();
        let added = &codes(self.concepts.terms()) - &codes(&standard);
        added.into_iter().try_for_each(|code| catalogue.check_term_file(Path::new(&format!("{code}.tsv"))))
    }
}

/// The sub-industries that have concepts.
fn codes(terms: &TermBase) -> BTreeSet<&str> {
    terms.iter().filter_map(|concept| concept.sub_industry.as_deref()).collect()
}
