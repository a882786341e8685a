use super::Surroundings;
use crate::columns::{Meaning, RecordKind, label_key};
use crate::industries::{Level, Place, Spelling};
use crate::sheet::{Cell, Row};
use crate::values::{MoneyUnit, city};
use std::sync::Arc;

/// What the unit of the amounts is called among what lines say.
pub(crate) const MONEY_UNIT: &str = "money_unit";

/// Fields that a line above or between rows can say of the items below it.
const SECTION_FIELDS: [&str; 6] = ["chain", "segment", "org", "city", "dept", "field"];

/// Those of the enterprise that a block of labels and values above a list speaks of.
const CONTACT_FIELDS: [&str; 3] = ["contact", "phone", "email"];

/// What a line says of the items below it.
#[derive(Default)]
pub(super) struct Said {
    /// Fields and texts.
    pub(super) fields: Vec<(Arc<str>, String)>,
    /// What the official is told of how it was read.
    pub(super) guess: Option<String>,
}

/// What a line that stands for itself says of the items below: 细分行业：氢燃料电池, or the name of
/// a chain or sub-industry alone, numbered or not.
pub(super) fn section(text: &str, around: &Surroundings<'_>) -> Said {
    let mut fields = Vec::new();
    if let Some((_, unit)) = MoneyUnit::stated(text) {
        fields.push((MONEY_UNIT.into(), unit.to_owned()));
    }
    let is_heading = ["榜单", "清单", "征集表", "需求表", "汇总表"].iter().any(|word| text.contains(word));
    if around.kind == RecordKind::Demand && text.contains("卡脖子") && is_heading {
        fields.push(("kind".into(), "卡脖子".to_owned()));
    }
    let mut passed_over = Vec::new();
    for part in labelled_parts(text) {
        if let Some((label, value)) = part.split_once(['：', ':'])
            && let Some(Meaning::Field(field)) = around.aliases.of_label(around.kind, label)
            && MoneyUnit::stated(&part).is_none()
            && !value.trim().is_empty()
        {
            if SECTION_FIELDS.contains(&&*field) {
                fields.push((field, value.trim().to_owned()));
            } else if CONTACT_FIELDS.contains(&&*field) {
                passed_over.push(label.trim().to_owned());
            }
        }
    }
    // Whose contacts they are, the department's or the enterprise's, such a line does not tell.
    let guess =
        (!passed_over.is_empty()).then(|| format!("该行的{}未导入各条；如属各条，请另设列", passed_over.join("、")));
    if !fields.is_empty() || guess.is_some() {
        return Said { fields, guess };
    }
    industry(text, around).unwrap_or_default()
}

/// Whether a line is the title of a form: 企业技术需求征集表.
pub(super) fn is_form_heading(text: &str) -> bool {
    let key = label_key(text);
    let key = key.trim_end_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    key.chars().count() <= 40 && ["表", "申请书", "申报书", "任务书"].iter().any(|word| key.ends_with(word))
}

/// What the name of a worksheet says of its items: a chain, a sub-industry or a city.
pub(super) fn sheet_name(name: &str, around: &Surroundings<'_>) -> Said {
    let said = industry(name, around).unwrap_or_default();
    let mut fields = said.fields;
    let is_city = |city: &String| name.trim() == city || name.trim().strip_suffix('市') == Some(city);
    if fields.is_empty()
        && let Some(city) = city(name).filter(is_city)
    {
        fields.push(("city".into(), city));
    }
    let guess = format!("工作表名称“{}”用于其中未另注明的各条", name.trim());
    Said { guess: (!fields.is_empty()).then_some(guess), fields }
}

/// The parts of a line, each beginning with its label: 企业名称：某重工  所在市：威海市.
fn labelled_parts(text: &str) -> Vec<String> {
    const LONGEST_LABEL: usize = 12;
    let mut parts: Vec<String> = Vec::new();
    for piece in text.split(['\n', '\u{3000}', '\t']).flat_map(|piece| piece.split("    ")) {
        let mut begins = true;
        for word in piece.split_whitespace() {
            let label = word.split_once(['：', ':']).map(|(label, _)| label.chars().count());
            begins |= label.is_some_and(|length| (1..=LONGEST_LABEL).contains(&length));
            match parts.last_mut().filter(|_| !begins) {
                Some(part) => {
                    part.push(' ');
                    part.push_str(word);
                }
                None => parts.push(word.to_owned()),
            }
            begins = false;
        }
    }
    parts
}

/// What a block of labels and values says of the items of the list below it.
#[derive(Default)]
pub(crate) struct Particulars {
    /// Fields and texts.
    pub(crate) fields: Vec<(Arc<str>, String)>,
    /// What no item takes from there: number of the row, label and value.
    pub(crate) unread: Vec<(u32, String)>,
}

impl Particulars {
    pub(crate) fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.unread.is_empty()
    }

    /// Takes in a label with its value.
    pub(super) fn add(&mut self, row: u32, label: &str, meaning: Option<&Meaning>, text: &str) {
        let holds = |field: &str| SECTION_FIELDS.contains(&field) || CONTACT_FIELDS.contains(&field);
        match meaning {
            Some(Meaning::Field(field)) if holds(field) => self.fields.push((field.clone(), text.trim().to_owned())),
            Some(Meaning::PersonalId) => {}
            _ => self.unread.push((row, format!("{}：{text}", label.trim_end_matches(['：', ':'])))),
        }
    }
}

/// The particulars of a row that is made of nothing but labels with their values beside them.
pub(super) fn particulars(row: &Row, around: &Surroundings<'_>) -> Particulars {
    let anchors: Vec<&Cell> = row.anchors().collect();
    let meaning = |cell: &Cell| around.aliases.of_label(around.kind, &cell.text);
    let pairs = || anchors.chunks(2).filter_map(|pair| <[&Cell; 2]>::try_from(pair).ok());
    let is_pair = |[label, value]: [&Cell; 2]| {
        let beside = (label.column + 1..value.column).all(|column| row.cell(column).is_some());
        beside && !matches!(meaning(label), None | Some(Meaning::Serial)) && meaning(value).is_none()
    };
    let mut found = Particulars::default();
    if anchors.len().is_multiple_of(2) && pairs().all(is_pair) {
        pairs().for_each(|[label, value]| found.add(row.number, &label.text, meaning(label).as_ref(), &value.text));
    }
    found
}

/// The chain or sub-industry that a line names.
fn industry(text: &str, around: &Surroundings<'_>) -> Option<Said> {
    let key = label_key(text);
    if key.is_empty() || key.chars().count() > 40 {
        return None;
    }
    // A name that is chain and sub-industry at once (纺织服装产业链, 纺织服装) is told by its last word.
    let level = if key.ends_with("产业链") { Level::Chain } else { Level::SubIndustry };
    let endings = ["", "行业", "领域", "方向", "产业", "类", "细分行业", "标志性产业链"];
    let names = endings.iter().filter_map(|ending| key.strip_suffix(ending).filter(|name| !name.is_empty()));
    let found: Vec<_> = names.filter_map(|name| around.industries.place(name, level)).collect();
    let named = found.iter().find(|(_, spelling)| *spelling == Spelling::Name).or(found.first());
    let (place, spelling) = named?;
    let field = if matches!(place, Place::Chain(_)) { "chain" } else { "segment" };
    let guess = (*spelling == Spelling::Other).then(|| format!("分节“{}”归入“{}”", text.trim(), place.name()));
    Some(Said { fields: vec![(field.into(), place.name().to_owned())], guess })
}

/// Whether a row by itself opens a section that nothing is known of: `二、新能源产业链`. What an earlier section
/// said does not hold below it.
pub(crate) fn is_unknown_section(text: &str) -> bool {
    let text = text.trim();
    let numbered = text.trim_start_matches(['（', '(']).trim_start_matches(|c| "一二三四五六七八九十".contains(c));
    let is_numbered = text.starts_with(|c| "（(一二三四五六七八九十".contains(c))
        && (numbered.starts_with('、') || (text.starts_with(['（', '(']) && numbered.starts_with(['）', ')'])));
    text.chars().count() <= 40 && !text.contains('。') && (is_numbered || label_key(text).ends_with("产业链"))
}

/// Whether a line above a table says no more than that the table before goes on: 续表, （续）.
pub(crate) fn is_continuation(line: &str) -> bool {
    let key = label_key(line);
    key.is_empty() || key == "续" || ["续表", "续上表", "接上表", "接上页"].iter().any(|word| key.starts_with(word))
}

/// Whether a row's first cell makes it a total.
pub(crate) fn is_total(text: &str) -> bool {
    if text.len() > 120 || !text.contains(['计', '總', '計', '总', '共']) {
        return false;
    }
    let key = label_key(text);
    ["合计", "总计", "小计", "共计", "总数", "累计"]
        .iter()
        .any(|word| key.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(':')))
        || (key.starts_with('共') && key.ends_with('项') && key.chars().count() < 10)
}

/// Whether a cell beside a title makes its row a total of a part: 诸城市小计. `title` is what stands under the title.
pub(crate) fn is_part_total(text: &str, title: Option<&str>) -> bool {
    const LONGEST: usize = 12;
    if text.chars().nth(LONGEST).is_some() || !text.contains('计') {
        return false;
    }
    let counts = |text: &str| {
        let rest = text.trim().trim_start_matches(|c: char| c.is_ascii_digit());
        ["", "项", "个", "条", "家"].contains(&rest)
    };
    let key = label_key(text);
    title.is_none_or(counts) && ["小计", "合计", "总计"].iter().any(|word| key.ends_with(word))
}

/// Whether the cells number the columns under a head and do nothing else: 1, 2, 3; A, B, C; 栏次, 甲, 乙.
pub(crate) fn numbers_columns<'t>(mut cells: impl Iterator<Item = &'t str> + Clone) -> bool {
    const FEWEST: usize = 3;
    // Bytes of （10）, with blanks around. Nearly all rows have a longer cell, and are done with here.
    const LONGEST: usize = 12;
    if cells.clone().any(|text| text.len() > LONGEST) {
        return false;
    }
    const SEQUENCES: [&str; 5] =
        ["abcdefghijklmnopqrstuvwxyz", "甲乙丙丁戊己庚辛壬癸", "一二三四五六七八九十", "①②③④⑤⑥⑦⑧⑨⑩", "ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹ"];
    let bare = |text: &str| text.trim().trim_matches(|c: char| "()（）[]【】.、".contains(c)).to_lowercase();
    if cells.clone().next().is_some_and(|first| ["栏次", "行次", "列次"].contains(&first.trim())) {
        cells.next();
    }
    let cells: Vec<String> = cells.map(bare).collect();
    let follow = |sequence: &str| {
        let mut members = sequence.chars();
        cells.iter().all(|cell| members.next().is_some_and(|member| cell.chars().eq([member])))
    };
    let count = |from: usize| cells.iter().zip(from..).all(|(cell, number)| *cell == number.to_string());
    cells.len() >= FEWEST && (count(0) || count(1) || SEQUENCES.iter().any(|sequence| follow(sequence)))
}

/// Whether a row's only text is a note to the reader.
pub(crate) fn is_note(text: &str) -> bool {
    let start: String = text.chars().filter(|c| !c.is_whitespace()).take(6).collect();
    let words = [
        "注：",
        "注:",
        "注1",
        "备注：",
        "备注:",
        "说明：",
        "说明:",
        "填表说明",
        "填报说明",
        "填表人",
        "制表",
        "填表日期",
        "填报日期",
        "填表时间",
        "填报时间",
        "审核人",
        "日期：",
    ];
    words.iter().any(|word| start.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_of_a_part_and_rows_of_numbers_are_told_from_items() {
        assert!(is_part_total("诸城市小计", Some("2项")) && is_part_total("高密市合计：", None));
        assert!(!is_part_total("诸城市小计", Some("主轴补偿")) && !is_part_total("潍坊会计师事务所", None));
        for row in ["1 2 3 4", "（1） （2） （3）", "A B C D", "甲 乙 丙", "栏次 1 2 3", "① ② ③"] {
            assert!(numbers_columns(row.split(' ')), "{row}");
        }
        for row in ["1 主轴补偿 3", "1 2", "3 4 5", "1 1 1", "甲 丙 丁", "一 二 四"] {
            assert!(!numbers_columns(row.split(' ')), "{row}");
        }
    }
}
