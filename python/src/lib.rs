//! The module `duijie._duijie`: the engine behind data frames, for the Python package in
//! `python/duijie`.
//!
//! Nothing about matching is decided here. Records come in as Arrow columns, rows or files
//! (`source`, `records`), rankings go out as Arrow tables (`columns`, `table`, `matches`), and whatever
//! takes long runs through one door that lets other Python threads run and listens for Ctrl-C (`long_work`).
//! The classes of the package, with their documentation, are written in Python on top of these.

mod builder;
mod catalogue;
mod columns;
mod documents;
mod error;
mod evaluation;
mod event;
mod institutions;
mod long_work;
mod matcher;
mod matches;
mod profile;
mod records;
mod source;
mod table;
mod vectors;

/// The engine behind the package duijie; use the package.
#[pyo3::pymodule(gil_used = false)]
mod _duijie {
    #[pymodule_export]
    use crate::builder::IndexBuilder;
    #[pymodule_export]
    use crate::catalogue::Catalogue;
    #[pymodule_export]
    use crate::documents::{MatchDocuments, read_judging, write_judging, write_lists};
    #[pymodule_export]
    use crate::evaluation::evaluate;
    #[pymodule_export]
    use crate::event::{
        Ledger, Report, calendar, calendar_done, calendar_move, consortium, gaps, outreach, plan, replan, showcase,
    };
    #[pymodule_export]
    use crate::institutions::{InstitutionList, read_institutions};
    #[pymodule_export]
    use crate::matcher::Matcher;
    #[pymodule_export]
    use crate::profile::RankProfile;
    #[pymodule_export]
    use crate::records::{AchievementList, DemandList, read_achievements, read_demands};
    #[pymodule_export]
    use crate::table::Table;
}
