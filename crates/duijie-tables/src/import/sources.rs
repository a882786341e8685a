use super::Options;
use super::account::Import;
use super::reader::Reader;
use super::record::TableRecord;
use crate::Result;
use crate::industries::Industries;
use crate::read::table_files;
use duijie::{Achievement, Catalogue, Demand, FieldMap, Institutions};
use std::path::PathBuf;

/// Reads the demands in `paths`: files, folders, or patterns such as `征集表/*.docx`.
///
/// A file that cannot be read, a row that is no record, a value that is not understood: all are in
/// the import's account, and the rest is read.
///
/// # Errors
///
/// [`crate::TableError::NoFiles`] or [`crate::TableError::Read`] if a path leads to no file, and
/// [`crate::TableError::UnknownField`] for a mapping to a field that there is not, and
/// [`crate::TableError::UnmatchedColumns`] for one of columns that there are not;
/// [`duijie::Error::Cancelled`] when asked to stop.
pub fn read_demands(paths: &[PathBuf], catalogue: &Catalogue, options: &Options<'_>) -> Result<Import<Demand>> {
    read(paths, catalogue, &Institutions::default(), options)
}

/// Reads the achievements in `paths`, whose institutions are looked up in `institutions`.
///
/// # Errors
///
/// As [`read_demands`].
pub fn read_achievements(
    paths: &[PathBuf],
    catalogue: &Catalogue,
    institutions: &Institutions,
    options: &Options<'_>,
) -> Result<Import<Achievement>> {
    read(paths, catalogue, institutions, options)
}

/// Reads demands from rows that are in no file, each a header or field name with its value a column.
/// `name` stands in the place of the file in the account.
///
/// # Errors
///
/// [`crate::TableError::UnknownField`] for a mapping to a field that there is not, and
/// [`crate::TableError::UnmatchedColumns`] for one of columns that there are not.
pub fn read_demand_rows(
    name: &str,
    rows: Vec<FieldMap>,
    catalogue: &Catalogue,
    options: &Options<'_>,
) -> Result<Import<Demand>> {
    read_rows(name, rows, catalogue, &Institutions::default(), options)
}

/// Reads achievements from rows that are in no file, as [`read_demand_rows`] does demands.
///
/// # Errors
///
/// As [`read_demand_rows`].
pub fn read_achievement_rows(
    name: &str,
    rows: Vec<FieldMap>,
    catalogue: &Catalogue,
    institutions: &Institutions,
    options: &Options<'_>,
) -> Result<Import<Achievement>> {
    read_rows(name, rows, catalogue, institutions, options)
}

pub(super) fn read<T: TableRecord>(
    paths: &[PathBuf],
    catalogue: &Catalogue,
    institutions: &Institutions,
    options: &Options<'_>,
) -> Result<Import<T>> {
    let options = &mapped::<T>(options);
    let industries = Industries::of(catalogue);
    let mut reader = Reader::new(&industries, institutions, options)?;
    let files = table_files(paths, &options.limits)?;
    let all = files.len();
    files.into_iter().for_each(|path| reader.file(path, all));
    reader.finish()
}

fn read_rows<T: TableRecord>(
    name: &str,
    rows: Vec<FieldMap>,
    catalogue: &Catalogue,
    institutions: &Institutions,
    options: &Options<'_>,
) -> Result<Import<T>> {
    let options = &Options { aliases: options.aliases.clone().unused(), ..options.clone() };
    let industries = Industries::of(catalogue);
    let mut reader = Reader::new(&industries, institutions, options)?;
    reader.rows(name, rows);
    reader.finish()
}

/// The options with an alias for every header of the mapping.
fn mapped<'a, T: TableRecord>(options: &Options<'a>) -> Options<'a> {
    let aliases = options.aliases.clone().unused().with_mapping(T::KIND, &options.mapping);
    Options { aliases, ..options.clone() }
}
