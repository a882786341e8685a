use anyhow::Result;
use duijie::{Demand, DemandMatch, Indicator, Institutions, Matcher, Parts, Passage, Ranking, Verdict};
use duijie_tables::{home_text, indicators_text, inferred_text, parts_text, spreadsheet_cell};
use std::io::Write;

/// A row a ranked entry; UTF-8 with a byte order mark, by which spreadsheet programs know it.
pub(super) struct CsvMatches {
    institutions: Institutions,
}

const COLUMNS: [&str; 14] = [
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
    "推断细分行业",
    "指标满足情况",
    "省内候选",
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
        let inferred = matched.inferred.as_ref().map(inferred_text).unwrap_or_default();
        let home = matched.home.as_ref().map(|home| home_text(home, &self.institutions)).unwrap_or_default();
        let mut row = |entry: Entry<'_>| {
            let name = self.institutions.get(entry.institution).map_or("", |institution| institution.name.as_str());
            let title = match entry.achievement {
                "" => String::new(),
                id => matcher.achievement(id)?.title,
            };
            let passages: Vec<&str> = entry.passages.iter().map(|passage| passage.text.as_str()).collect();
            let cells: [&str; COLUMNS.len()] = [
                &demand.id,
                &demand.title,
                verdict,
                &entry.rank.to_string(),
                entry.institution,
                name,
                &format!("{:.4}", entry.score),
                &parts_text(entry.parts),
                entry.achievement,
                &title,
                &passages.join(" / "),
                &inferred,
                &indicators_text(entry.indicators),
                &home,
            ];
            Ok::<_, anyhow::Error>(rows.write_record(cells.map(|cell| spreadsheet_cell(cell).into_owned()))?)
        };
        match &matched.ranking {
            Ranking::Institutions(list) => {
                for entry in list {
                    let best = entry.evidence.first();
                    row(Entry {
                        rank: entry.rank,
                        institution: &entry.institution,
                        score: entry.score,
                        parts: &entry.parts,
                        achievement: best.map_or("", |best| &best.achievement),
                        passages: best.map_or(&[], |best| &best.passages),
                        indicators: best.map_or(&[], |best| &best.indicators),
                    })?;
                }
            }
            Ranking::Achievements(list) => {
                for entry in list {
                    let institution = matcher.achievement(&entry.achievement)?.institution.unwrap_or_default();
                    row(Entry {
                        rank: entry.rank,
                        institution: &institution,
                        score: entry.score,
                        parts: &entry.parts,
                        achievement: &entry.achievement,
                        passages: &entry.passages,
                        indicators: &entry.indicators,
                    })?;
                }
            }
        }
        out.write_all(&rows.into_inner()?)?;
        Ok(())
    }
}

/// One ranked entry, with the achievement that speaks most for it.
struct Entry<'a> {
    rank: usize,
    /// Id; blank if unknown.
    institution: &'a str,
    score: f64,
    parts: &'a Parts,
    /// Id; blank if there is none.
    achievement: &'a str,
    passages: &'a [Passage],
    indicators: &'a [Indicator],
}
