//! Reading files of every format into [`Sheet`](crate::Sheet)s, within bounds.

mod builder;
mod compound;
mod delimited;
mod docx;
mod fault;
mod files;
mod html;
mod kind;
mod limits;
mod ods;
mod packed;
mod quotes;
mod spanning;
mod titled;
mod watch;
mod xls;
mod xlsx;
mod xml;

pub use limits::Limits;
pub use titled::read_titled_table;

pub(crate) use fault::{CellFault, FaultKind};
pub(crate) use files::table_files;
pub(crate) use kind::FileKind;

use crate::sheet::Sheet;
use crate::{Result, TableError};
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::sync::Arc;

/// What reading one file gave.
#[derive(Debug, Default)]
pub(crate) struct Workbook {
    pub(crate) sheets: Vec<Sheet>,
    /// What the file held that is not carried over; shown to the official who reads the report.
    pub(crate) remarks: Vec<Remark>,
    /// Cells that could not be read as they were meant.
    pub(crate) faults: Vec<CellFault>,
}

/// Something about a file that its reader should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Remark {
    /// The content is not what the name says.
    WrongExtension { kind: &'static str },
    /// Cells longer than the limit were cut.
    CutCells { count: u64 },
    /// The file holds macros, which are not run.
    Macros,
    /// The file links to other files, which are not opened.
    ExternalLinks,
    /// Faulty cells beyond those that are named.
    MoreFaults { count: u64 },
    /// Rows or cells that say they are repeated more often than is read.
    CutRepeats,
    /// Bytes that are no text in the file's encoding became `�`.
    BrokenText { encoding: &'static str },
}

impl Remark {
    pub(crate) fn chinese(&self) -> String {
        match self {
            Self::WrongExtension { kind } => format!("文件内容实为{kind}，与扩展名不符，已按内容读取"),
            Self::CutCells { count } => format!("{count}个单元格超长，已截断"),
            Self::Macros => "文件含宏，未运行".into(),
            Self::ExternalLinks => "文件含外部链接，未打开，取文件内保存的值".into(),
            Self::MoreFaults { count } => format!("另有{count}个单元格读取有误，未逐一列出"),
            Self::CutRepeats => "有内容的行或单元格重复超过1000次，只读1000次".into(),
            Self::BrokenText { encoding } => format!("按{encoding}解码时有无法识别的字节，已显示为“�”"),
        }
    }
}

/// Reads a file that is no JSONL.
pub(crate) fn read_workbook(path: &Path, bytes: &[u8], kind: FileKind, limits: &Limits) -> Result<Workbook> {
    let mut workbook = guarded(path, || match kind {
        FileKind::Xlsx => xlsx::read(path, bytes, limits),
        FileKind::Xls => xls::read(path, bytes, limits),
        FileKind::Ods => ods::read(path, bytes, limits),
        FileKind::Docx => docx::read(path, bytes, limits),
        FileKind::Html => html::read(path, bytes, limits),
        FileKind::Delimited | FileKind::Jsonl => delimited::read(path, bytes, limits),
    })?;
    let extension = path.extension().map_or(String::new(), |name| name.to_string_lossy().to_lowercase());
    let (expected, chinese): (&[&str], _) = match kind {
        FileKind::Xlsx => (&["xlsx", "xlsm", "xltx", "et"], "xlsx"),
        FileKind::Xls => (&["xls", "xlt", "et"], "xls"),
        FileKind::Ods => (&["ods", "ots"], "ods"),
        FileKind::Docx => (&["docx", "docm", "dotx", "wps"], "docx"),
        FileKind::Html => (&["html", "htm"], "网页"),
        FileKind::Delimited | FileKind::Jsonl => (&["csv", "tsv", "txt", ""], "文本表"),
    };
    if !expected.contains(&extension.as_str()) {
        workbook.remarks.push(Remark::WrongExtension { kind: chinese });
    }
    Ok(workbook)
}

/// Takes a panic of a format's library for what it is: it holds nothing of ours, and meets in a damaged file
/// what its authors did not think of (a range that ends before it begins).
pub(crate) fn guarded<T>(path: &Path, read: impl FnOnce() -> Result<T>) -> Result<T> {
    std::panic::catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
        Err(TableError::Damaged { path: path.to_owned(), problem: "its parts contradict each other".to_owned() })
    })
}

/// The bytes of a file within the limit.
pub(crate) fn file_bytes(path: &Path, limits: &Limits) -> Result<Vec<u8>> {
    let read_error = |source| TableError::Read { path: path.to_owned(), source: Arc::new(source) };
    let size = std::fs::metadata(path).map_err(read_error)?.len();
    if size > limits.file_bytes {
        return Err(TableError::TooLarge { path: path.to_owned(), of: "bytes", limit: limits.file_bytes });
    }
    std::fs::read(path).map_err(read_error)
}
