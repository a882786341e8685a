//! The characters that two texts share: what is left to go by where the term base knows little of a demand.
//!
//! A Chinese character is about a morpheme. 开裂 and 抗裂性能 have no word in common and yet 裂, so over
//! single characters texts meet that words keep apart; and so do texts that merely use the same common
//! characters, which is why they count only where meaning is not known (see
//! [`crate::PartWeights::characters`]).

use duijie_impact::lucene_idf;

/// The Chinese characters of a text, each once, rising.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CharacterSet(Vec<u16>);

impl CharacterSet {
    /// Those of a normalised text in the basic block and extension A of Unicode; the rare ones beyond are left out.
    pub(crate) fn of(normalized: &str) -> Self {
        let chinese = |character: &char| matches!(character, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}');
        let codes = normalized.chars().filter(chinese).map(|character| u32::from(character) as u16);
        let mut characters: Vec<u16> = codes.collect();
        characters.sort_unstable();
        characters.dedup();
        Self(characters)
    }

    /// As it is stored: little-endian 16-bit codes.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|code| code.to_le_bytes()).collect()
    }
}

/// The characters of all documents, in the order of the document table, weighted by idf.
pub(crate) struct CharacterTable {
    /// Where each document's characters begin, and the end.
    starts: Vec<usize>,
    characters: Vec<u16>,
    /// By code.
    idf: Vec<f32>,
    /// Of each document's vector.
    lengths: Vec<f32>,
}

impl CharacterTable {
    /// The table of `documents`, given as they are stored.
    pub(crate) fn from_bytes(documents: &[Vec<u8>]) -> Self {
        let mut starts = vec![0];
        let mut characters = Vec::with_capacity(documents.iter().map(|bytes| bytes.len() / 2).sum());
        let mut frequency = vec![0u32; usize::from(u16::MAX) + 1];
        for bytes in documents {
            for code in bytes.as_chunks::<2>().0 {
                let code = u16::from_le_bytes(*code);
                characters.push(code);
                frequency[usize::from(code)] += 1;
            }
            starts.push(characters.len());
        }
        let idf: Vec<f32> = frequency.iter().map(|df| lucene_idf(documents.len() as u64, (*df).into())).collect();
        let length = |span: &[usize]| length(&characters[span[0]..span[1]], &idf);
        let lengths = starts.windows(2).map(length).collect();
        Self { starts, characters, idf, lengths }
    }

    /// What a text is compared by.
    pub(crate) fn query(&self, asked: &CharacterSet) -> CharacterQuery {
        let length = length(&asked.0, &self.idf);
        let mut weights = vec![0.0; self.idf.len()];
        for &code in &asked.0 {
            weights[usize::from(code)] = self.idf[usize::from(code)];
        }
        CharacterQuery { weights, length }
    }

    /// The cosine of a document with a text, 0–1; 0 if one of them has no characters.
    pub(crate) fn cosine(&self, query: &CharacterQuery, document: u32) -> f32 {
        let length = query.length * self.lengths[document as usize];
        if length == 0.0 {
            return 0.0;
        }
        let weight = |code: &u16| query.weights[usize::from(*code)].powi(2);
        let shared: f32 = self.of(document).iter().map(weight).sum();
        (shared / length).min(1.0)
    }

    /// The characters that a document shares with a text, the weightiest first, at most `most`.
    pub(crate) fn shared(&self, query: &CharacterQuery, document: u32, most: usize) -> Vec<char> {
        let weight = |code: u16| query.weights[usize::from(code)];
        let mut shared: Vec<u16> = self.of(document).iter().copied().filter(|code| weight(*code) > 0.0).collect();
        shared.sort_by(|a, b| weight(*b).total_cmp(&weight(*a)).then(a.cmp(b)));
        shared.iter().take(most).filter_map(|code| char::from_u32((*code).into())).collect()
    }

    fn of(&self, document: u32) -> &[u16] {
        let document = document as usize;
        &self.characters[self.starts[document]..self.starts[document + 1]]
    }
}

fn length(characters: &[u16], idf: &[f32]) -> f32 {
    characters.iter().map(|code| idf[usize::from(*code)].powi(2)).sum::<f32>().sqrt()
}

/// A text as idf-weighted characters.
pub(crate) struct CharacterQuery {
    /// By code; 0 for those it has not.
    weights: Vec<f32>,
    length: f32,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(texts: &[&str]) -> CharacterTable {
        let documents: Vec<Vec<u8>> = texts.iter().map(|text| CharacterSet::of(text).to_bytes()).collect();
        CharacterTable::from_bytes(&documents)
    }

    #[test]
    fn a_text_is_nearest_to_itself() {
        let texts = ["焊缝开裂", "提高抗裂性能", "钢水净化", ""];
        let table = table(&texts);
        for (text, document) in texts.iter().zip(0u32..).take(3) {
            let query = table.query(&CharacterSet::of(text));
            assert!((table.cosine(&query, document) - 1.0).abs() < 1e-6, "{text}");
            assert_eq!(table.cosine(&query, 3), 0.0, "the empty text shares nothing");
        }
        let cracks = table.query(&CharacterSet::of("开裂"));
        assert!(table.cosine(&cracks, 1) > 0.0);
        assert_eq!(table.shared(&cracks, 1, 8), ['裂']);
        assert_eq!(table.cosine(&cracks, 2), 0.0);
    }

    #[test]
    fn rarer_characters_weigh_more() {
        let table = table(&["钢的裂", "钢的水", "的铁"]);
        let query = table.query(&CharacterSet::of("的钢裂"));
        assert_eq!(table.shared(&query, 0, 8), ['裂', '钢', '的']);
    }

    #[test]
    fn only_chinese_characters_count() {
        assert_eq!(CharacterSet::of("T800，70MPa；α𠀀"), CharacterSet::default());
        assert_eq!(CharacterSet::of("裂纹裂"), CharacterSet::of("纹裂"));
    }
}
