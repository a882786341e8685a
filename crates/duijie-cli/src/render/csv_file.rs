use anyhow::Result;
use duijie::{Demand, DemandMatch, Evidence, Institutions, Matcher, Parts, Passage, Ranking, Verdict};
use duijie_tables::{parts_text, spreadsheet_cell};
use std::io::Write;

/// A row a ranked entry; UTF-8 with a byte order mark, by which spreadsheet programs know it.
pub(super) struct CsvMatches {
    institutions: Institutions,
}

const COLUMNS: [&str; 11] = [
    "需求编号",
    "需求名称",
    "结论",
    "名次",
    "单位编号",
    "单位名称",
    "得分",
    "得分构成",
    "成果编号",
    "成果名称",
    "匹配语句",
];

impl CsvMatches {
    /// Writes the header.
    pub(super) fn start(matcher: &Matcher, out: &mut impl Write) -> Result<Self> {
        out.write_all("\u{feff}".as_bytes())?;
        let mut header = csv::Writer::from_writer(Vec::new());
        header.write_record(COLUMNS)?;
        out.write_all(&header.into_inner()?)?;
        Ok(Self { institutions: matcher.institutions() })
    }

    pub(super) fn write(
        &self,
        out: &mut impl Write,
        demand: &Demand,
        matched: &DemandMatch,
        matcher: &Matcher,
    ) -> Result<()> {
        let mut rows = csv::Writer::from_writer(Vec::new());
        let verdict = match matched.verdict {
            Verdict::Matched => "有匹配",
            Verdict::NoCredibleMatch => "无可信匹配",
        };
        let mut row =
            |rank: usize, institution: &str, score: f64, parts: &Parts, achievement: &str, passages: &[Passage]| {
                let name = self.institutions.get(institution).map_or("", |institution| institution.name.as_str());
                let title = match achievement {
                    "" => String::new(),
                    id => matcher.achievement(id)?.title,
                };
                let passages: Vec<&str> = passages.iter().map(|passage| passage.text.as_str()).collect();
                let (rank, score) = (rank.to_string(), format!("{score:.4}"));
                let (parts, passages) = (parts_text(parts), passages.join(" / "));
                let cells: [&str; COLUMNS.len()] = [
                    &demand.id,
                    &demand.title,
                    verdict,
                    &rank,
                    institution,
                    name,
                    &score,
                    &parts,
                    achievement,
                    &title,
                    &passages,
                ];
                Ok::<_, anyhow::Error>(rows.write_record(cells.map(|cell| spreadsheet_cell(cell).into_owned()))?)
            };
        match &matched.ranking {
            Ranking::Institutions(list) => {
                for entry in list {
                    let none = Evidence {
                        achievement: String::new(),
                        score: 0.0,
                        parts: Parts::default(),
                        passages: Vec::new(),
                        indicators: Vec::new(),
                    };
                    let best = entry.evidence.first().unwrap_or(&none);
                    row(entry.rank, &entry.institution, entry.score, &entry.parts, &best.achievement, &best.passages)?;
                }
            }
            Ranking::Achievements(list) => {
                for entry in list {
                    let institution = matcher.achievement(&entry.achievement)?.institution.unwrap_or_default();
                    row(entry.rank, &institution, entry.score, &entry.parts, &entry.achievement, &entry.passages)?;
                }
            }
        }
        out.write_all(&rows.into_inner()?)?;
        Ok(())
    }
}
