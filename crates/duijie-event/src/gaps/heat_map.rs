use super::SubIndustryGap;
use crate::Sheet;
use serde::Serialize;
use std::fmt::Write;

/// Shares of the demands of each sub-industry by outcome, for a heat map (热力图).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HeatMap {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// One row a sub-industry that has demands.
    pub rows: Vec<HeatMapRow>,
}

/// A row of a heat map.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HeatMapRow {
    /// Name of the chain.
    pub chain: String,
    /// Name of the sub-industry.
    pub sub_industry: String,
    /// Number of demands.
    pub demands: usize,
    /// Share of each column, 0–1.
    pub shares: Vec<f64>,
}

const TITLE: &str = "细分行业技术需求供需热力图";

/// Widths and heights in SVG units.
const NAMES_WIDTH: usize = 420;
const CELL_WIDTH: usize = 130;
const ROW_HEIGHT: usize = 26;
const HEAD_HEIGHT: usize = 64;

impl HeatMap {
    /// Colour of a full share, as red, green and blue, of each column: green for what the province can do
    /// itself, amber for what others can, red for what nobody can.
    pub const COLOURS: [(u8, u8, u8); 3] = [(46, 125, 50), (239, 140, 20), (198, 40, 40)];

    /// Title of [`HeatMap::sheet`].
    pub const TITLE: &str = "供需热力图";

    /// The number of the first column of [`HeatMap::sheet`] that holds shares.
    pub const FIRST_SHARE: usize = 3;

    /// The heat map as a table of percentages.
    pub fn sheet(&self) -> Sheet {
        let mut header = vec!["产业链", "细分行业", "需求数"];
        header.extend(self.columns.iter().map(String::as_str));
        let mut sheet = Sheet::new(Self::TITLE, &header);
        for row in &self.rows {
            let mut cells = vec![row.chain.clone(), row.sub_industry.clone(), row.demands.to_string()];
            cells.extend(row.shares.iter().map(|share| format!("{:.0}%", share * 100.0)));
            sheet.push(cells);
        }
        sheet
    }

    /// The picture as a web page that needs nothing else.
    pub fn html(&self) -> String {
        format!(
            "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>{TITLE}</title>\
             <style>body{{margin:16px}}svg{{max-width:100%;height:auto}}</style></head>\n<body>\n{}</body></html>\n",
            self.svg()
        )
    }

    pub(super) fn new(gaps: &[SubIndustryGap]) -> Self {
        let row = |gap: &SubIndustryGap| HeatMapRow {
            chain: gap.chain.clone(),
            sub_industry: gap.sub_industry.clone(),
            demands: gap.demands,
            shares: [gap.met_in_province, gap.met_elsewhere_only, gap.met_nowhere]
                .map(|count| count as f64 / gap.demands as f64)
                .to_vec(),
        };
        Self {
            columns: ["省内可对接", "仅省外可对接", "暂无对接"].map(String::from).to_vec(),
            rows: gaps.iter().filter(|gap| gap.demands > 0).map(row).collect(),
        }
    }

    /// The heat map as an SVG picture: the darker a cell, the greater its share.
    pub fn svg(&self) -> String {
        let width = NAMES_WIDTH + CELL_WIDTH * self.columns.len() + 20;
        let height = HEAD_HEIGHT + ROW_HEIGHT * self.rows.len() + 20;
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             font-family=\"Noto Sans CJK SC, Microsoft YaHei, sans-serif\" font-size=\"13\">\n\
             <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n\
             <text x=\"12\" y=\"24\" font-size=\"17\" font-weight=\"bold\">{TITLE}</text>\n"
        );
        for (at, column) in self.columns.iter().enumerate() {
            let x = NAMES_WIDTH + CELL_WIDTH * at + CELL_WIDTH / 2;
            let _ = writeln!(svg, "<text x=\"{x}\" y=\"54\" text-anchor=\"middle\">{}</text>", escape(column));
        }
        for (at, row) in self.rows.iter().enumerate() {
            let y = HEAD_HEIGHT + ROW_HEIGHT * at;
            let chain = row.chain.trim_end_matches("产业链");
            let name = format!("{chain} · {}（{}项）", row.sub_industry, row.demands);
            let _ = writeln!(
                svg,
                "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>",
                NAMES_WIDTH - 10,
                y + 18,
                escape(&name)
            );
            for (column, share) in row.shares.iter().enumerate() {
                let (red, green, blue) = Self::COLOURS[column.min(2)];
                let tint = |full: u8| 255 - (f64::from(255 - full) * share).round() as u8;
                let x = NAMES_WIDTH + CELL_WIDTH * column;
                let ink = if *share > 0.6 { "white" } else { "#333" };
                let _ = writeln!(
                    svg,
                    "<rect x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{}\" fill=\"rgb({},{},{})\" stroke=\"#ddd\"/>\
                     <text x=\"{}\" y=\"{}\" text-anchor=\"middle\" fill=\"{ink}\">{:.0}%</text>",
                    CELL_WIDTH - 2,
                    ROW_HEIGHT - 2,
                    tint(red),
                    tint(green),
                    tint(blue),
                    x + CELL_WIDTH / 2,
                    y + 17,
                    share * 100.0
                );
            }
        }
        svg.push_str("</svg>\n");
        svg
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
