//! From achievements to the institutions that hold them.

use std::collections::BTreeMap;

use crate::error::JudgmentError;
use crate::qrels::Qrels;

/// The qrels of ranking institutions: the grade of (demand, institution) is
/// the highest grade among that institution's judged achievements.
///
/// An achievement without an institution is left out, and with it a demand
/// none of whose judged achievements has one.
///
/// # Errors
///
/// If `institution_of` returns an id that no TREC file can hold.
///
/// ```
/// use duijie_eval::{Qrels, institution_qrels};
///
/// let mut qrels = Qrels::new();
/// qrels.insert("d1", "a1", 1)?;
/// qrels.insert("d1", "a2", 3)?;
/// let by_institution = institution_qrels(&qrels, |_| Some("university"))?;
/// assert_eq!(by_institution.grade("d1", "university"), 3);
/// # Ok::<(), duijie_eval::JudgmentError>(())
/// ```
pub fn institution_qrels<'a>(
    qrels: &Qrels,
    institution_of: impl Fn(&str) -> Option<&'a str>,
) -> Result<Qrels, JudgmentError> {
    let mut highest: BTreeMap<(&str, &str), i32> = BTreeMap::new();
    for (demand, achievement, grade) in qrels.iter() {
        if let Some(institution) = institution_of(achievement) {
            let known = highest.entry((demand, institution)).or_insert(grade);
            *known = grade.max(*known);
        }
    }
    let mut lifted = Qrels::new();
    for ((demand, institution), grade) in highest {
        lifted.insert(demand, institution, grade)?;
    }
    Ok(lifted)
}
