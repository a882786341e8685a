use super::Vocabulary;

/// Whether a cooperation mode of an achievement serves one that a demand names.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Compatibility {
    /// It does, in this measure from 0 (not at all) to 1 (it is the same).
    Known(f64),
    /// One side names no mode, or only 其他: neither a match nor a mismatch.
    Unknown,
}

/// How well the modes that an achievement is offered in serve those that a demand asks for: the
/// best pair. Demands and achievements have different lists of modes, so equality would not do.
///
/// ```
/// use duijie_tables::{Compatibility, mode_compatibility};
///
/// assert_eq!(mode_compatibility(&["委托研发"], &["技术服务"]), Compatibility::Known(1.0));
/// assert_eq!(mode_compatibility(&["合作开发"], &["作价入股"]), Compatibility::Known(0.5));
/// assert_eq!(mode_compatibility(&["委托研发"], &[]), Compatibility::Unknown);
/// ```
pub fn mode_compatibility<S: AsRef<str>>(wanted: &[S], offered: &[S]) -> Compatibility {
    let vocabulary = Vocabulary::built_in();
    let known = |words: &[S]| -> Vec<&'static str> {
        words.iter().filter_map(|word| vocabulary.mode(word.as_ref())).filter(|mode| *mode != "其他").collect()
    };
    let (wanted, offered) = (known(wanted), known(offered));
    if wanted.is_empty() || offered.is_empty() {
        return Compatibility::Unknown;
    }
    let pairs = wanted.iter().flat_map(|wanted| offered.iter().map(move |offered| (wanted, offered)));
    let measure = |(wanted, offered): (&&str, &&str)| {
        vocabulary.compatible.get(*wanted).and_then(|serves| serves.get(*offered)).copied().unwrap_or(0.0)
    };
    Compatibility::Known(pairs.map(measure).fold(0.0, f64::max))
}
