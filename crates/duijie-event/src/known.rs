//! Names that there are, for an error that says that one is not among them.

/// The first of some names, and how many more there are.
pub(crate) fn some_of<'n>(names: impl Iterator<Item = &'n str>) -> String {
    const SHOWN: usize = 12;
    let mut distinct: Vec<&str> = Vec::new();
    for name in names {
        if !distinct.contains(&name) {
            distinct.push(name);
        }
    }
    let more = distinct.len().saturating_sub(SHOWN);
    distinct.truncate(SHOWN);
    match (distinct.is_empty(), more) {
        (true, _) => "none".to_owned(),
        (false, 0) => distinct.join("、"),
        (false, more) => format!("{} and {more} more", distinct.join("、")),
    }
}
