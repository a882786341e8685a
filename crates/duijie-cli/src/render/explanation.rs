use super::table::highlighted;
use duijie::{Explanation, FormReason, Matcher, Passage, Unit, Verdict};
use duijie_tables::{answer_text, inferred_text, parts_text};
use std::fmt::Write;

/// An explanation as an official reads it.
pub(crate) fn explanation_text(explanation: &Explanation, matcher: &Matcher) -> String {
    let institutions = matcher.institutions();
    let title = |id: &str| matcher.achievement(id).map(|achievement| achievement.title).unwrap_or_default();
    let name = |id: &str| match explanation.unit {
        Unit::Institution => institutions.get(id).map_or_else(String::new, |institution| institution.name.clone()),
        Unit::Achievement => title(id),
    };
    let with = &explanation.with;
    let mut lines = vec![format!("需求 {} 与 {with}（{}）", explanation.demand, name(with))];
    if explanation.verdict == Verdict::NoCredibleMatch {
        lines.push("结论：该需求无可信匹配。".to_owned());
    }
    if let Some(inferred) = &explanation.inferred {
        lines.push(format!("细分行业：{}", inferred_text(inferred)));
    }
    lines.push(match explanation.rank {
        Some(rank) => format!("名次：第 {rank} 名（共 {} 个候选）", explanation.ranked),
        None => format!("名次：未入选（{} 个候选中没有它，或被筛选条件排除）", explanation.ranked),
    });
    if let Some(score) = explanation.score {
        lines.push(format!("得分：{score:.4} = {}", parts_text(&explanation.parts)));
    }
    if let Some((first, score)) = &explanation.first {
        lines.push(format!("第 1 名：{first}（{}），得分 {score:.4}", name(first)));
    }
    if let Some(achievement) = explanation.achievement.as_ref().filter(|id| *id != with) {
        let parts = parts_text(&explanation.achievement_parts);
        lines.push(format!("最佳成果：{achievement}（{}） {parts}", title(achievement)));
    }
    if !explanation.found.is_empty() {
        lines.push("共有的词（贡献，含该词的成果数）：".to_owned());
        for term in &explanation.found {
            let fields: Vec<&str> = term.fields.iter().map(|share| field_name(share.field)).collect();
            let (text, count) = (&term.term, term.document_frequency);
            lines.push(format!("  {text}  +{:.4}（{count}；{}）", term.contribution, fields.join("、")));
        }
    }
    if !explanation.characters.is_empty() {
        let shown: Vec<String> = explanation.characters.iter().map(char::to_string).collect();
        lines.push(format!("共有的字（由少见到常见）：{}", shown.join("、")));
    }
    if !explanation.concepts.is_empty() {
        lines.push("共有的术语概念（贡献；需求用词 → 成果用词）：".to_owned());
        for reason in &explanation.concepts {
            let (demand, achievement) = (forms(&reason.demand_forms), forms(&reason.achievement_forms));
            lines.push(format!("  {}  +{:.4}：{demand} → {achievement}", reason.concept, reason.contribution));
        }
    }
    if !explanation.missing.is_empty() {
        let mut missing = "缺少的主要词：".to_owned();
        for term in &explanation.missing {
            let _ = write!(missing, "{}（至多 +{:.4}） ", term.term, term.contribution);
        }
        lines.push(missing.trim_end().to_owned());
    }
    if !explanation.indicators.is_empty() {
        lines.push("指标（需求 → 成果）：".to_owned());
        for indicator in &explanation.indicators {
            let offered = indicator.offered.as_ref().map_or_else(String::new, |offered| format!(" → {offered}"));
            lines.push(format!("  {}  {}{offered}", answer_text(indicator.answer), indicator.asked));
        }
    }
    for passage in &explanation.passages {
        lines.push(format!("依据（{}）：{}{}", field_name(passage.field), highlighted(passage), origins(passage)));
    }
    lines.join("\n")
}

/// Wordings with their relation to the concept; ≈ marks one that the text only comes near to.
fn forms(forms: &[FormReason]) -> String {
    let shown: Vec<String> = forms
        .iter()
        .map(|form| format!("{}{}（{}）", if form.literal { "" } else { "≈" }, form.form, form.relation))
        .collect();
    if shown.is_empty() { "（整体用词相近）".to_owned() } else { shown.join("、") }
}

/// For words that a concept led to, that concept and the demand's wording of it: （扩散氢：焊接冷裂纹 ← 延迟裂纹）.
fn origins(passage: &Passage) -> String {
    let mut shown: Vec<String> = Vec::new();
    for span in &passage.matches {
        let Some(via) = &span.via else { continue };
        let words: String = passage.text.chars().skip(span.start - passage.start).take(span.end - span.start).collect();
        let from = span.from.as_ref().map_or_else(String::new, |from| format!(" ← {from}"));
        let origin = format!("{words}：{via}{from}");
        if !shown.contains(&origin) {
            shown.push(origin);
        }
    }
    if shown.is_empty() { String::new() } else { format!("（{}）", shown.join("；")) }
}

fn field_name(field: &str) -> &str {
    match field {
        "title" => "名称",
        "keywords" => "关键词",
        "summary" => "简介",
        other => other,
    }
}
