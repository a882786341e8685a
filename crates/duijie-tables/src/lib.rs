//! **What do the official tables say?** Demands and achievements come in as spreadsheets and Word
//! forms, each department's in its own style, and go out as lists and handbooks.
//!
//! - [`read_demands`] and [`read_achievements`] read .xlsx, .xls, .ods, .docx, .csv, .html and .jsonl,
//!   files and folders, lists (a row an item) and forms (a table an item), into the records of
//!   [`duijie`]. Headers are understood by a dictionary, [`Aliases`]; [`Options`] say the rest.
//! - [`Import`] holds the records, where each came from, and the account of everything guessed,
//!   left out or not understood; [`Import::report`] is that account for officials, in Chinese.
//! - [`collect_demands`] and [`collect_achievements`] read tables and record files alike, and stop at
//!   the first row that is no record, or set it aside: for runs that nobody watches.
//! - [`write_lists`], [`write_matches_xlsx`] and [`write_handbook_docx`] write what is handed out, for
//!   an [`Audience`] whose [`Disclosures`] say which fields it may see.
//! - [`write_tables_xlsx`] and [`write_tables_docx`] write the [`TitledTable`]s of any report.
//! - [`write_judging_workbook`] and [`read_judging_workbook`] bring pairs to judges and back as qrels.
//!
//! ```
//! use duijie::Catalogue;
//! use duijie_tables::{Options, read_demands};
//!
//! let folder = tempfile::tempdir()?;
//! let file = folder.path().join("需求.csv");
//! std::fs::write(&file, "序号,技术需求名称,企业名称,细分行业,投入预算（万元）\n1,吊臂焊后延迟裂纹,某重工,工程机械,面议\n合计,,,,\n")?;
//!
//! let import = read_demands(&[file], &Catalogue::default(), &Options::default())?;
//! let demand = &import.records[0];
//! assert_eq!(demand.title, "吊臂焊后延迟裂纹");
//! assert_eq!(demand.chain.as_deref(), Some("construction_machinery"));
//! assert_eq!(demand.budget, None, "面议 is not known, and never 0");
//! assert_eq!(import.origins[0].row, 2);
//! assert!(import.report().to_string().contains("读到1条 = 导入1 + 未导入0 + 合并重复0"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod columns;
mod error;
mod import;
mod industries;
mod judging;
mod layout;
mod read;
mod report;
mod sheet;
mod values;
mod write;

pub use columns::Aliases;
pub use error::{Result, TableError};
pub use import::{
    Collected, ColumnReading, Counts, DoubtfulRows, Duplicate, FileReading, Guess, Import, Likeness, Options, Problem,
    ProblemKind, Progress, SheetReading, collect_achievements, collect_demands, read_achievement_rows,
    read_achievements, read_demand_rows, read_demands,
};
pub use judging::{
    Disagreement, Grade, Judgements, Pair, pool, pool_rankings, read_judging_workbook, write_judging_workbook,
};
pub use layout::HiddenRows;
pub use read::{Limits, read_titled_table};
pub use report::ImportReport;
pub use sheet::Origin;
pub use values::{Compatibility, mode_compatibility};
pub use write::{
    Audience, ColourScale, Disclosure, Disclosures, Handbook, Holdings, PublishedList, Records, TitledTable,
    answer_text, home_text, indicators_text, inferred_text, parts_text, spreadsheet_cell, write_handbook_docx,
    write_list_docx, write_list_xlsx, write_lists, write_lists_html, write_matches_csv, write_matches_jsonl,
    write_matches_xlsx, write_table_csv, write_tables_docx, write_tables_xlsx,
};
