use super::head::{head_columns, head_keys};
use super::section::{Said, is_note, is_part_total, is_total, is_unknown_section, numbers_columns, section};
use super::{Column, Heading, Item, ItemValue, RowUse, Surroundings};
use crate::columns::{Meaning, header_meaning, is_letters, label_key};
use crate::sheet::{Cell, Row, Sheet, column_letters};
use rustc_hash::{FxHashMap, FxHashSet};

/// A head that the tables after it go on under, when they have none of their own.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    columns: Vec<Column>,
    pub(super) keys: FxHashSet<String>,
    title: Option<u32>,
    serial: Option<u32>,
    /// Columns with a field in them.
    fields: FxHashSet<u32>,
    /// Columns of the sheet without a head, in the order met; as columns of items they come behind the others.
    beyond: Vec<u32>,
    /// Indices of `columns` by place in the sheet.
    index: FxHashMap<u32, usize>,
}

/// What a row under a head is.
pub(super) enum RowReading {
    Item(Vec<ItemValue>),
    /// More of the item above, whose title is merged down to here.
    GoesOn(Vec<ItemValue>),
    Section(Said),
    UnknownSection(String),
    Use(RowUse),
    Unread(String),
}

impl Head {
    pub(super) fn of(rows: &[Row], around: &Surroundings<'_>) -> Self {
        Self::with(head_columns(rows), head_keys(rows), around)
    }

    fn with(columns: Vec<Column>, keys: FxHashSet<String>, around: &Surroundings<'_>) -> Self {
        let meanings: Vec<Option<Meaning>> = columns
            .iter()
            .map(|column| header_meaning(column, around.kind, around.aliases, around.mapping).meaning)
            .collect();
        let place = |is_it: &dyn Fn(&Meaning) -> bool| {
            let at = meanings.iter().position(|meaning| meaning.as_ref().is_some_and(is_it));
            at.and_then(|at| columns[at].column)
        };
        let is_field = |meaning: &Option<Meaning>| matches!(meaning, Some(Meaning::Field(_)));
        let fields = columns.iter().zip(&meanings).filter(|(_, meaning)| is_field(meaning));
        Self {
            title: place(&|meaning| matches!(meaning, Meaning::Field(field) if &**field == "title")),
            serial: place(&|meaning| *meaning == Meaning::Serial),
            fields: fields.filter_map(|(column, _)| column.column).collect(),
            beyond: Vec::new(),
            index: columns.iter().enumerate().filter_map(|(at, column)| Some((column.column?, at))).collect(),
            columns,
            keys,
        }
    }

    /// The head of a sheet that has none, when the caller says by letters what its columns mean, with what the
    /// official is told of it.
    pub(super) fn lettered(sheet: &Sheet, around: &Surroundings<'_>) -> Option<(Self, String)> {
        let titled = |(given, field): &(String, String)| is_letters(given) && field == "title";
        if !around.mapping.iter().any(titled) {
            return None;
        }
        let first = sheet.rows.first()?;
        if looks_like_head(first, &sheet.rows[1..]) {
            let head = Self::of(std::slice::from_ref(first), around);
            return Some((head, "按列字母读取，首行按表头处理".to_owned()));
        }
        let mut places: Vec<u32> = sheet.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.column).collect();
        places.sort_unstable();
        places.dedup();
        let bare = |column| Column { heads: Vec::new(), column: Some(column), heading: Heading::Bare };
        let head = Self::with(places.into_iter().map(bare).collect(), FxHashSet::default(), around);
        Some((head, "未找到表头，按列字母读取，首行按条目处理".to_owned()))
    }

    /// Whether rows are this head again, after a page break: its words over the same columns.
    pub(super) fn stands_again_in(&self, rows: &[Row]) -> bool {
        let is_known = |column: &Column| {
            let known = self.columns.iter().find(|known| known.column == column.column);
            let word = column.heads.last().map(|head| label_key(head));
            known.is_some_and(|known| known.heads.iter().any(|head| Some(label_key(head)) == word))
        };
        head_keys(rows).is_subset(&self.keys) && head_columns(rows).iter().all(is_known)
    }

    /// Whether nothing stands above its columns.
    pub(super) fn is_bare(&self) -> bool {
        self.keys.is_empty()
    }

    /// Whether a sheet without a head could go on under this one. Rows that begin with labels are those of a form.
    pub(crate) fn fits(&self, sheet: &Sheet, around: &Surroundings<'_>) -> bool {
        let is_label =
            |cell: &Cell| matches!(around.aliases.of_label(around.kind, &cell.text), Some(Meaning::Field(_)));
        let labelled = sheet.rows.iter().filter(|row| row.anchors().next().is_some_and(is_label)).count();
        if labelled > 1 && labelled * 2 > sheet.rows.len() {
            return false;
        }
        let last = self.columns.last().and_then(|column| column.column);
        let widest = sheet.rows.iter().filter_map(|row| row.cells.last()).map(|cell| cell.column).max();
        widest == last
    }

    /// The columns that the values of `items` stand in; those met without a head are forgotten.
    pub(super) fn columns_of(&mut self, items: &[Item]) -> Vec<Column> {
        let mut columns = self.columns.clone();
        let headed = columns.len();
        let mut filled = vec![0_usize; self.beyond.len()];
        for value in items.iter().flat_map(|item| &item.values).filter(|value| value.column >= headed) {
            filled[value.column - headed] += 1;
        }
        for (column, filled) in std::mem::take(&mut self.beyond).into_iter().zip(filled) {
            let heading = if filled > 1 && filled * 2 >= items.len() { Heading::Bare } else { Heading::Beyond };
            columns.push(Column { heads: Vec::new(), column: Some(column), heading });
        }
        columns
    }

    /// Whether a row holds nothing but words of this head.
    pub(super) fn is_again(&self, row: &Row) -> bool {
        let is_head_word = |cell: &Cell| {
            cell.text.len() <= 240 && !is_figure(&cell.text) && self.keys.contains(&label_key(&cell.text))
        };
        row.cells.iter().all(is_head_word)
    }

    /// What a row is; the texts of an item are taken out of it.
    pub(super) fn read(&mut self, row: &mut Row, around: &Surroundings<'_>) -> RowReading {
        let Some(first) = row.cells.first() else { return RowReading::Use(RowUse::Note) };
        if self.is_again(row) {
            return RowReading::Use(RowUse::RepeatedHead);
        }
        if numbers_columns(row.cells.iter().map(|cell| cell.text.as_str())) {
            return RowReading::Use(RowUse::Head);
        }
        let title = self.title.and_then(|title| row.cell(title)).map(|cell| cell.text.as_str());
        let beside = || row.cells.iter().filter(|cell| Some(cell.column) != self.title);
        if beside().any(|cell| is_part_total(&cell.text, title)) {
            return RowReading::Use(RowUse::Total);
        }
        if is_total(&first.text) || row.cells.iter().any(|cell| self.title == Some(cell.column) && is_total(&cell.text))
        {
            return RowReading::Use(RowUse::Total);
        }
        if let Some(text) = self.numbered_heading(row) {
            let said = section(text, around);
            if !said.fields.is_empty() {
                return RowReading::Section(said);
            }
            if label_key(text).ends_with("产业链") {
                return RowReading::UnknownSection(text.to_owned());
            }
        }
        // 填表人： │ 李四 │ 联系电话： │ 139
        let is_label = |cell: &Cell| cell.text.ends_with(['：', ':']);
        let title_is_label = self.title.is_some_and(|title| row.cell(title).is_none_or(is_label));
        if let Some(text) = row.single_text() {
            let is_alone = row.cells.len() == 1;
            if is_alone && self.serial == Some(first.column) && text.bytes().all(|byte| byte.is_ascii_digit()) {
                return RowReading::Use(RowUse::Unfilled);
            }
            let said = section(text, around);
            if !said.fields.is_empty() {
                return RowReading::Section(said);
            }
            if is_note(text) {
                return RowReading::Use(RowUse::Note);
            }
            let is_title = is_alone && self.title == Some(first.column);
            if !is_title && is_unknown_section(text) {
                return RowReading::UnknownSection(text.to_owned());
            }
            // One value of an item, whose other cells are blank; a line to the reader stands elsewhere.
            let is_value = is_title || (is_alone && self.fields.contains(&first.column));
            if !is_value {
                return RowReading::Unread(text.to_owned());
            }
        } else if is_note(&first.text)
            && (title_is_label || row.cells.iter().all(|cell| is_note(&cell.text) || is_label(cell)))
        {
            return RowReading::Use(RowUse::Note);
        }
        let goes_on = self
            .title
            .and_then(|title| row.cell(title))
            .is_some_and(|cell| cell.anchor.is_some_and(|(top, _)| top < row.number));
        // Of a cell merged to the right only its own column takes the text.
        let number = row.number;
        let is_taken = |cell: &Cell| match cell.anchor {
            Some((top, left)) => !goes_on && top < number && left == cell.column,
            None => true,
        };
        let mut values = Vec::with_capacity(row.cells.len());
        for cell in row.cells.iter_mut().filter(|cell| is_taken(cell)) {
            let column = self.index.get(&cell.column).copied().unwrap_or_else(|| {
                let known = self.beyond.iter().position(|column| *column == cell.column);
                let at = known.unwrap_or_else(|| {
                    self.beyond.push(cell.column);
                    self.beyond.len() - 1
                });
                self.columns.len() + at
            });
            values.push(ItemValue { column, text: std::mem::take(&mut cell.text), place: (number, cell.column) });
        }
        if values.is_empty() && !goes_on {
            return RowReading::Unread(row.cells[0].text.clone());
        }
        if goes_on { RowReading::GoesOn(values) } else { RowReading::Item(values) }
    }
}

impl Head {
    /// The only text of a row whose serial number is that of a section: 一 │ 新能源装备产业链.
    fn numbered_heading<'r>(&self, row: &'r Row) -> Option<&'r str> {
        let mut anchors = row.anchors();
        let (number, text) = (anchors.next()?, anchors.next()?);
        let is_alone = anchors.next().is_none() && self.serial.is_none_or(|serial| serial == number.column);
        (is_alone && is_section_number(&number.text)).then_some(text.text.as_str())
    }
}

/// 一, （三）, 二、, 第三类.
fn is_section_number(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| c.is_whitespace() || "（）()、．.第部分类章节".contains(c));
    (1..=3).contains(&bare.chars().count()) && bare.chars().all(|c| "一二三四五六七八九十".contains(c))
}

/// A serial number, an amount: what most rows of a list begin with.
fn is_figure(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// Whether a first row of unknown words heads the rows below: it is all short words without figures, which the
/// rows below are not.
fn looks_like_head(first: &Row, below: &[Row]) -> bool {
    let is_word = |cell: &Cell| {
        let key = label_key(&cell.text);
        (1..=10).contains(&key.chars().count())
            && !key.contains(|c: char| c.is_ascii_digit() || c.is_ascii_punctuation())
    };
    first.cells.len() >= 2
        && first.cells.iter().all(is_word)
        && below.iter().any(|row| row.cells.iter().any(|cell| !is_word(cell)))
}

/// What stands in the first row of a sheet, by letters: for the caller whose mapping names nothing of it.
pub(crate) fn first_row(sheet: &Sheet) -> Vec<String> {
    let cells = sheet.rows.first().into_iter().flat_map(|row| row.anchors());
    cells
        .map(|cell| format!("{}={}", column_letters(cell.column), cell.text.chars().take(20).collect::<String>()))
        .collect()
}
