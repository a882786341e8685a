//! The contract between texts and vectors.

use crate::{EncoderError, Result, Vectors};
use std::sync::atomic::{AtomicBool, Ordering};

/// On which side of a search a text stands: many encoders read a short prefix that says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextRole {
    /// What is searched with: a demand.
    Query,
    /// What is searched for: an achievement.
    Passage,
}

impl TextRole {
    /// The name in English lower case, as it enters the keys of a cache.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::Passage => "passage",
        }
    }
}

/// How to run an encoding.
#[derive(Clone, Copy, Default)]
pub struct EncodeOptions<'a> {
    /// Threads; 0 takes what the machine has.
    pub threads: usize,
    /// Called with the number of texts done, in the thread that called the encoder.
    pub progress: Option<&'a dyn Fn(usize)>,
    /// Set it from anywhere to stop with [`EncoderError::Cancelled`].
    pub cancel: Option<&'a AtomicBool>,
}

impl EncodeOptions<'_> {
    /// Says how many texts are done.
    pub fn report(&self, done: usize) {
        if let Some(progress) = self.progress {
            progress(done);
        }
    }

    /// Whether to go on.
    ///
    /// # Errors
    ///
    /// [`EncoderError::Cancelled`] once the flag is set.
    pub fn check(&self) -> Result<()> {
        match self.cancel {
            Some(flag) if flag.load(Ordering::Relaxed) => Err(EncoderError::Cancelled),
            _ => Ok(()),
        }
    }
}

/// Turns texts into vectors.
///
/// An implementation promises that the vector of a text depends on the text, its role and
/// [`fingerprint`](Self::fingerprint) alone, up to rounding: not on the other texts of the batch.
///
/// One of your own, which only counts characters:
///
/// ```
/// use duijie_encoder::{EncodeOptions, Result, TextEncoder, TextRole, Vectors};
///
/// struct CharacterCounts;
///
/// impl TextEncoder for CharacterCounts {
///     fn dimension(&self) -> usize {
///         64
///     }
///
///     fn name(&self) -> &str {
///         "character counts"
///     }
///
///     fn fingerprint(&self) -> &str {
///         "charactercounts64v1"
///     }
///
///     // A query is encoded as a passage is.
///     fn encode(&self, texts: &[&str], _: TextRole, options: &EncodeOptions<'_>) -> Result<Vectors> {
///         let mut rows = Vec::with_capacity(texts.len() * self.dimension());
///         for (text, done) in texts.iter().zip(1..) {
///             options.check()?;
///             let mut row = vec![0.0; self.dimension()];
///             text.chars().for_each(|c| row[c as usize % self.dimension()] += 1.0);
///             rows.extend(row);
///             options.report(done);
///         }
///         Ok(Vectors::new(texts.len(), self.dimension(), rows)?.unit_length())
///     }
/// }
///
/// let texts = ["低氢焊接", "焊接裂纹", "海藻纤维纺丝"];
/// let vectors = CharacterCounts.encode(&texts, TextRole::Passage, &EncodeOptions::default())?;
/// let asked = CharacterCounts.encode(&["焊接"], TextRole::Query, &EncodeOptions::default())?;
/// let nearest = duijie_encoder::nearest(&vectors, asked.row(0), 0..3, 3)?;
/// assert_eq!(nearest[2].row, 2, "纺丝 shares no character with 焊接");
/// # Ok::<(), duijie_encoder::EncoderError>(())
/// ```
pub trait TextEncoder: Send + Sync {
    /// The width of every vector.
    fn dimension(&self) -> usize;

    /// A name for people: reports and progress bars show it.
    fn name(&self) -> &str;

    /// Changes whenever the vectors would: weights, tokenizer, pooling, prefixes, truncation.
    /// Letters and digits only, for it names the file of a cache.
    fn fingerprint(&self) -> &str;

    /// Encodes `texts`, one row each, in their order.
    ///
    /// # Errors
    ///
    /// [`EncoderError::Cancelled`] when the options ask for it, and whatever an encoder can meet.
    fn encode(&self, texts: &[&str], role: TextRole, options: &EncodeOptions<'_>) -> Result<Vectors>;
}
