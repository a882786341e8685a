use super::grid::{Grid, achievement_grid, demand_grid};
use super::lists_html::write_lists_html;
use super::word::{self, Cell};
use super::workbook::{Formats, save, sheet_name, write_grid};
use super::{Audience, Disclosures, Records};
use crate::Result;
use docx_rs::{Docx, PageOrientationType};
use duijie::DemandKind;
use std::path::{Path, PathBuf};

/// The lists that the programme publishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PublishedList {
    /// 可产业化创新成果清单.
    Achievements,
    /// 企业技术需求项目清单.
    Demands,
    /// “卡脖子”技术需求榜单.
    Bottlenecks,
}

impl PublishedList {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Achievements, Self::Demands, Self::Bottlenecks];

    /// Its name.
    pub fn title(self) -> &'static str {
        match self {
            Self::Achievements => "可产业化创新成果清单",
            Self::Demands => "企业技术需求项目清单",
            Self::Bottlenecks => "“卡脖子”技术需求榜单",
        }
    }

    pub(crate) fn grid(self, records: &Records<'_>, audience: Audience, disclosures: &Disclosures) -> Grid {
        let disclosure = disclosures.of(audience);
        let chains = &records.catalogue.chains;
        // In the order of the catalogue, then of the input.
        let place = |chain: Option<&str>, sub: Option<&str>| {
            let at = chain.and_then(|id| chains.iter().position(|chain| chain.id == id));
            let sub_industries = at.map(|at| &chains[at].sub_industries);
            let sub_at = sub_industries.and_then(|list| list.iter().position(|known| Some(known.code.as_str()) == sub));
            (at.unwrap_or(usize::MAX), sub_at.unwrap_or(usize::MAX))
        };
        if self == Self::Achievements {
            let mut list: Vec<_> = records.achievements.iter().collect();
            list.sort_by_key(|found| place(found.chain.as_deref(), found.sub_industry.as_deref()));
            return achievement_grid(&list, records, disclosure);
        }
        let kind = if self == Self::Demands { DemandKind::Demand } else { DemandKind::Bottleneck };
        let mut list: Vec<_> = records.demands.iter().filter(|demand| demand.kind == kind).collect();
        list.sort_by_key(|found| place(found.chain.as_deref(), found.sub_industry.as_deref()));
        demand_grid(&list, records, disclosure)
    }
}

/// Writes one list as a workbook.
///
/// # Errors
///
/// Whatever writing meets.
pub fn write_list_xlsx(
    path: &Path,
    list: PublishedList,
    records: &Records<'_>,
    audience: Audience,
    disclosures: &Disclosures,
) -> Result<()> {
    let grid = list.grid(records, audience, disclosures);
    save(path, |workbook| {
        let sheet = workbook.add_worksheet().set_name(sheet_name(list.title()))?;
        write_grid(sheet, list.title(), &grid, &Formats::new())
    })
}

/// Writes one list as a Word document, A4 landscape.
///
/// # Errors
///
/// Whatever writing meets.
pub fn write_list_docx(
    path: &Path,
    list: PublishedList,
    records: &Records<'_>,
    audience: Audience,
    disclosures: &Disclosures,
) -> Result<()> {
    let grid = list.grid(records, audience, disclosures);
    let document = word::document().page_size(16_838, 11_906).page_orient(PageOrientationType::Landscape);
    let document: Docx = document.add_paragraph(word::title(list.title()));
    let head = grid.columns.iter().map(|column| Cell::Head(column.heading.clone())).collect();
    let rows = grid.rows.iter().map(|row| row.cells.iter().map(|text| Cell::Text(text.clone())).collect());
    let widths: Vec<u16> = grid.columns.iter().map(|column| column.width.min(40)).collect();
    let lines: Vec<Vec<Cell>> = std::iter::once(head).chain(rows).collect();
    word::save(path, document.add_table(word::table(&lines, &widths, word::LANDSCAPE_WIDTH)))
}

/// Writes the three lists into a folder, each as .xlsx and .docx, and one web page of all three.
/// The files written are answered.
///
/// # Errors
///
/// Whatever writing meets.
pub fn write_lists(
    folder: &Path,
    records: &Records<'_>,
    audience: Audience,
    disclosures: &Disclosures,
) -> Result<Vec<PathBuf>> {
    let mut written = Vec::new();
    for list in PublishedList::ALL {
        let name = list.title().replace(['“', '”'], "");
        let sheet = folder.join(format!("{name}（{}）.xlsx", audience.chinese()));
        write_list_xlsx(&sheet, list, records, audience, disclosures)?;
        let text = folder.join(format!("{name}（{}）.docx", audience.chinese()));
        write_list_docx(&text, list, records, audience, disclosures)?;
        written.extend([sheet, text]);
    }
    let page = folder.join(format!("对接清单（{}）.html", audience.chinese()));
    write_lists_html(&page, records, audience, disclosures)?;
    written.push(page);
    Ok(written)
}
