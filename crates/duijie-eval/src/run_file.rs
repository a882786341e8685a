//! The TREC run format: `demand Q0 document rank score tag`, a document a line.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use rustc_hash::FxHashMap;

use crate::error::{RankingError, TrecError};
use crate::run::Run;
use crate::trec_line::{for_each_line, read_error, write_error};

const FORM: &str = "demand Q0 document rank score tag";

/// The tag of a run read from a file without lines.
const NO_TAG: &str = "empty";

impl Run {
    /// Reads a TREC run file.
    ///
    /// Fields are separated by ASCII white space, the second is ignored, and
    /// blank lines are skipped. The lines of a demand come in rank order but
    /// need not be adjacent. Equal scores are allowed and stay in file order.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or at the first line that has other than
    /// six fields, a rank or score that is no number, a document seen before
    /// for its demand, a score above the one before it, a rank that is not
    /// the next one (the first is 1, or 0), or another tag.
    pub fn from_path(path: impl AsRef<Path>) -> Result<Self, TrecError> {
        let path = path.as_ref();
        let file = File::open(path).map_err(|error| read_error(path, error))?;
        Self::from_reader(BufReader::new(file), path)
    }

    /// Reads a TREC run from any reader; errors call it `path`.
    ///
    /// # Errors
    ///
    /// As [`Run::from_path`].
    pub fn from_reader(reader: impl BufRead, path: impl AsRef<Path>) -> Result<Self, TrecError> {
        let mut run: Option<Self> = None;
        let mut next_ranks: FxHashMap<String, u64> = FxHashMap::default();
        for_each_line(reader, path.as_ref(), |line| {
            let [demand, _, document, rank, score, tag] = line.fields(FORM)?;
            let rank: u64 = line.number("rank", "a whole number", rank)?;
            let score: f64 = line.number("score", "a number", score)?;
            let run = match &mut run {
                Some(run) => run,
                None => run.insert(Self::new(tag).map_err(|problem| line.ranking_error(problem))?),
            };
            let taken = check_tag(run.tag(), tag)
                .and_then(|()| check_rank(&mut next_ranks, demand, rank))
                .and_then(|()| run.push_doc(demand, document, score));
            taken.map_err(|problem| line.ranking_error(problem))
        })?;
        run.map_or_else(|| Self::new(NO_TAG).map_err(TrecError::NotWritable), Ok)
    }

    /// Writes a TREC run: demands in their own order, ranks from 1.
    ///
    /// Scores are written so that reading gives back the same `f64`.
    ///
    /// # Errors
    ///
    /// If two documents of a demand share a score, since other tools order by
    /// score and could swap them; nothing is written then. If the writer
    /// fails.
    pub fn write_trec(&self, mut writer: impl Write) -> Result<(), TrecError> {
        self.check_scores_fall().map_err(TrecError::NotWritable)?;
        for demand in self.demands() {
            for (index, doc) in self.ranking(demand).iter().enumerate() {
                let (rank, tag) = (index + 1, self.tag());
                writeln!(writer, "{demand} Q0 {} {rank} {} {tag}", doc.id, doc.score).map_err(write_error)?;
            }
        }
        writer.flush().map_err(write_error)
    }

    fn check_scores_fall(&self) -> Result<(), RankingError> {
        for demand in self.demands() {
            for pair in self.ranking(demand).windows(2) {
                if pair[0].score <= pair[1].score {
                    return Err(RankingError::ScoreTied { demand: demand.to_owned(), document: pair[1].id.clone() });
                }
            }
        }
        Ok(())
    }
}

fn check_tag(before: &str, found: &str) -> Result<(), RankingError> {
    if before == found {
        return Ok(());
    }
    Err(RankingError::TagChanges { before: before.to_owned(), found: found.to_owned() })
}

fn check_rank(next_ranks: &mut FxHashMap<String, u64>, demand: &str, found: u64) -> Result<(), RankingError> {
    let owned = || demand.to_owned();
    match next_ranks.get_mut(demand) {
        Some(next) if *next == found => *next += 1,
        Some(&mut expected) => {
            return Err(RankingError::RankNotConsecutive { demand: owned(), expected, found });
        }
        None if found > 1 => {
            return Err(RankingError::FirstRank { demand: owned(), found });
        }
        None => {
            next_ranks.insert(owned(), found + 1);
        }
    }
    Ok(())
}
