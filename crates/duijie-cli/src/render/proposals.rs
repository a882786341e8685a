use super::table::plain_table;
use duijie_coach::{Change, PairEvidence, ProposalKind, Proposals, Sample, Side, TermPair, Wording};
use std::fmt::Write;

/// What the coach proposes, for people: each proposal with its evidence, then what it would change.
pub(crate) fn proposals_report(
    proposals: &Proposals,
    changes: Option<&[Change]>,
    demands: usize,
    achievements: usize,
) -> String {
    let mut report = format!("{demands} 条需求，{achievements} 项成果。以下均为建议，未经采用。\n");
    section(&mut report, "被切开的词", words(proposals), "没有发现。");
    section(&mut report, "只在一侧出现的词", one_sided(proposals), "没有发现。");
    section(&mut report, "同义词建议（文中有定义）", pairs(proposals, ProposalKind::Defined), "没有发现。");
    if changes.is_some() {
        let judged = pairs(proposals, ProposalKind::Judged);
        section(&mut report, "相关词建议（由评判得出，不等于同义）", judged, "没有达到标准的词对。");
    }
    match changes {
        None => {
            report.push_str("\n【指标变化】\n未给评判（--qrels），无法测量采用后的变化。\n");
        }
        Some(changes) => {
            section(&mut report, "指标变化", figures(changes), "没有可采用的建议，指标不变。");
            if changes.iter().any(|change| change.kinds.contains(&ProposalKind::Judged)) {
                report.push_str("“评判提示的相关词”出自同一批评判，其数值偏于乐观。\n");
            }
        }
    }
    report
}

fn section(report: &mut String, title: &str, table: Option<String>, otherwise: &str) {
    let _ = writeln!(report, "\n【{title}】\n{}", table.as_deref().unwrap_or(otherwise));
}

/// A table, or nothing if it has no rows.
fn table<const N: usize>(header: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> Option<String> {
    let mut table = plain_table();
    table.set_header(header);
    rows.into_iter().for_each(|row| {
        table.add_row(row);
    });
    (!table.is_empty()).then(|| table.to_string())
}

fn words(proposals: &Proposals) -> Option<String> {
    let rows = proposals.words.iter().map(|word| {
        let entropies = format!("{:.1}／{:.1}", word.left_entropy, word.right_entropy);
        let cohesion = format!("{:.2}", word.cohesion);
        let counts = format!("{} 次／{} 条", word.count, word.records);
        [word.word.clone(), word.parts.join("|"), counts, cohesion, entropies, sentence(&word.sample)]
    });
    table(["词", "被切成", "出现", "内聚", "左／右熵", "例句"], rows)
}

fn one_sided(proposals: &Proposals) -> Option<String> {
    let rows = proposals.one_sided.iter().map(|term| {
        let side = match term.side {
            Side::Demand => "只在需求",
            Side::Achievement => "只在成果",
        };
        let known = if term.concepts.is_empty() { "无".to_owned() } else { term.concepts.join("、") };
        let (records, surprise) = (format!("{} 条", term.records), format!("{:.1}", term.surprise));
        [side.to_owned(), term.term.clone(), records, surprise, known, sentence(&term.sample)]
    });
    table(["一侧", "词", "记录", "对数似然比", "术语库中的概念", "例句"], rows)
}

fn pairs(proposals: &Proposals, kind: ProposalKind) -> Option<String> {
    let rows = proposals.pairs_of(kind).map(|pair| {
        let samples: Vec<String> = pair.samples.iter().map(sentence).collect();
        [pair.term.clone(), pair.other.clone(), why(pair), samples.join("\n")]
    });
    table(["词", "另一词", "依据", "例句"], rows)
}

fn why(pair: &TermPair) -> String {
    match pair.evidence {
        PairEvidence::Defined { wording, records } => {
            let wording = match wording {
                Wording::Bracket => "全称（缩写）",
                Wording::ShortFor => "简称",
                Wording::AlsoCalled => "又称",
            };
            format!("{wording}，{records} 条")
        }
        PairEvidence::Judged { pairs, expected, topics, surprise } => {
            format!("{pairs} 对相关（随机 {expected:.1} 对），{topics} 个主题，对数似然比 {surprise:.1}")
        }
    }
}

fn sentence(sample: &Sample) -> String {
    format!("{}（{}）", sample.text, sample.record)
}

fn figures(changes: &[Change]) -> Option<String> {
    let rows = changes.iter().flat_map(|change| {
        let kinds: Vec<&str> = change.kinds.iter().map(|kind| kind.chinese()).collect();
        let kinds = if let [kind] = kinds.as_slice() { (*kind).to_owned() } else { "全部建议".to_owned() };
        change.figures.iter().map(move |figure| {
            let p = |p: Option<f64>| p.map_or_else(|| "—".to_owned(), |p| format!("{p:.3}"));
            [
                format!("{kinds}（{} 条）", change.proposals),
                format!("{}（{} 条需求）", figure.name, figure.demands),
                format!("{:.4} → {:.4}", figure.before, figure.after),
                format!("{:+.4}", figure.after - figure.before),
                format!("{} 升 {} 降", figure.wins, figure.losses),
                format!("{}／{}", p(figure.t_test_p), p(Some(figure.randomisation_p))),
            ]
        })
    });
    table(["采用", "指标", "采用前后", "变化", "需求", "p（t 检验／随机化检验）"], rows)
}
