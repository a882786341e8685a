/// What can go wrong when proposals are measured or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CoachError {
    /// The judgments are of other demands.
    #[error(
        "none of the {judged} judged demands is in the batch; give the judgments (--qrels) that belong to these demands"
    )]
    NothingJudged {
        /// Demands that are judged.
        judged: usize,
    },
    /// Matching failed, or a file could not be written.
    #[error(transparent)]
    Matching(#[from] duijie::Error),
    /// The proposals make no usable term file.
    #[error(transparent)]
    Terms(#[from] duijie_text::TextError),
    /// A ranking cannot be evaluated: an id has blanks.
    #[error(transparent)]
    Ranking(#[from] duijie_eval::RankingError),
}
