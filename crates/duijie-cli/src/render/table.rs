use anyhow::Result;
use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{Cell, ContentArrangement, Table};
use duijie::{Catalogue, Demand, DemandKind, DemandMatch, Matcher, Passage, Ranking, Verdict};
use duijie_tables::{home_text, inferred_text, parts_text};
use std::io::Write;

/// Prints one demand's ranking for people.
pub(crate) fn print_match(
    out: &mut impl Write,
    demand: &Demand,
    matched: &DemandMatch,
    matcher: &Matcher,
) -> Result<()> {
    let kind = match demand.kind {
        DemandKind::Demand => "技术需求",
        DemandKind::Bottleneck => "卡脖子",
    };
    writeln!(out, "\n【{kind}】{}  {}", demand.id, demand.title)?;
    if let Some(enterprise) = &demand.enterprise {
        writeln!(out, "  {enterprise}{}", demand.city.as_ref().map(|city| format!("（{city}）")).unwrap_or_default())?;
    }
    if matched.verdict == Verdict::NoCredibleMatch {
        writeln!(out, "  无可信匹配：以下仅为最接近者，不宜直接推荐。")?;
    }
    let institutions = matcher.institutions();
    if let Some(inferred) = &matched.inferred {
        writeln!(out, "  细分行业：{}", inferred_text(inferred))?;
    }
    if let Some(home) = &matched.home {
        writeln!(out, "  省内候选：{}", home_text(home, &institutions))?;
    }
    let mut table = plain_table();
    let name = |id: &str| institutions.get(id).map_or_else(|| id.to_owned(), |institution| institution.name.clone());
    match &matched.ranking {
        Ranking::Institutions(list) => {
            table.set_header(["名次", "高校院所", "得分", "支撑成果", "依据"]);
            for entry in list {
                let best = entry.evidence.first();
                let title = match best {
                    Some(best) => matcher.achievement(&best.achievement)?.title,
                    None => String::new(),
                };
                let passage = best.and_then(|best| best.passages.first()).map(highlighted).unwrap_or_default();
                let score = format!("{:.3}", entry.score);
                table.add_row([entry.rank.to_string(), name(&entry.institution), score, title, passage]);
            }
        }
        Ranking::Achievements(list) => {
            table.set_header(["名次", "成果", "高校院所", "得分", "得分构成", "依据"]);
            for entry in list {
                let achievement = matcher.achievement(&entry.achievement)?;
                let institution = achievement.institution.as_deref().map(name).unwrap_or_default();
                let passage = entry.passages.first().map(highlighted).unwrap_or_default();
                let (rank, score) = (entry.rank.to_string(), format!("{:.3}", entry.score));
                table.add_row([rank, achievement.title, institution, score, parts_text(&entry.parts), passage]);
            }
        }
    }
    writeln!(out, "{table}")?;
    Ok(())
}

/// A passage with the shared words in 「」.
pub(super) fn highlighted(passage: &Passage) -> String {
    let mut text = String::new();
    for (c, at) in passage.text.chars().zip(passage.start..) {
        if passage.matches.iter().any(|span| span.start == at) {
            text.push('「');
        }
        text.push(c);
        if passage.matches.iter().any(|span| span.end == at + 1) {
            text.push('」');
        }
    }
    text
}

/// The chains of a catalogue.
pub(crate) fn catalogue_table(catalogue: &Catalogue) -> Table {
    let mut table = plain_table();
    table.set_header(["场次", "产业链", "代码", "细分行业（代码）", "牵头处室", "对接时间"]);
    for chain in &catalogue.chains {
        let subs: Vec<String> =
            chain.sub_industries.iter().map(|sub| format!("{}（{}）", sub.name, sub.code)).collect();
        let window = format!("{} 至 {}", chain.event_window.from, chain.event_window.to);
        table.add_row([
            Cell::new(chain.no),
            Cell::new(&chain.name),
            Cell::new(&chain.id),
            Cell::new(subs.join("、")),
            Cell::new(&chain.lead_offices),
            Cell::new(window),
        ]);
    }
    table
}

pub(super) fn plain_table() -> Table {
    let mut table = Table::new();
    table.load_style(UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    if table.width().is_none() {
        table.set_width(120);
    }
    table
}
