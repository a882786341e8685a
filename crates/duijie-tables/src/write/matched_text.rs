//! What a ranking says, in the words of officials; the same in every document and on the terminal.

use super::{Disclosure, Records};
use duijie::{HomeProvince, Indicator, IndicatorAnswer, InferredSubIndustry, Institutions, Parts, Passage, Verdict};

/// The parts of a score as an official reads them: 名称用词 0.310 + 细分行业 0.300.
pub fn parts_text(parts: &Parts) -> String {
    let shown: Vec<String> = parts.iter().map(|(name, value)| format!("{} {value:.3}", part_name(name))).collect();
    shown.join(" + ")
}

fn part_name(name: &str) -> &str {
    match name {
        "title" => "名称用词",
        "keywords" => "关键词用词",
        "summary" => "简介用词",
        "characters" => "用字",
        "semantic" => "语义向量",
        "indicators" => "指标",
        "reranker" => "重排",
        "institution_maturity" => "单位成熟度",
        "institution_patents" => "单位专利",
        "concepts" => "术语概念",
        "sub_industry" => "细分行业",
        "maturity" => "成熟度",
        "best_achievement" => "最佳成果",
        "further_achievements" => "其他成果",
        other => other,
    }
}

pub(crate) fn verdict_text(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Matched => "有匹配",
        Verdict::NoCredibleMatch => "暂无可信匹配",
    }
}

/// What an achievement says to the indicators of a demand, each with what it states of it:
/// 满足 抗拉强度≥960MPa（抗拉强度达到0.98GPa）；未载明 延伸率≥12%.
pub fn indicators_text(indicators: &[Indicator]) -> String {
    let said = |indicator: &Indicator| {
        let offered = indicator.offered.as_ref().map_or_else(String::new, |offered| format!("（{offered}）"));
        format!("{} {}{offered}", answer_text(indicator.answer), indicator.asked)
    };
    indicators.iter().map(said).collect::<Vec<_>>().join("；")
}

/// The same for an audience: in the achievement's own words only for those who may read its summary.
pub(crate) fn disclosed_indicators(indicators: &[Indicator], disclosure: &Disclosure) -> String {
    if disclosure.shows_of_achievements("summary") {
        return indicators_text(indicators);
    }
    let silent = indicators.iter().map(|indicator| Indicator { offered: None, ..indicator.clone() });
    indicators_text(&silent.collect::<Vec<_>>())
}

/// The passages that an audience may read: those of fields declared for it.
pub(crate) fn disclosed_passages<'p>(
    passages: &'p [Passage],
    disclosure: &Disclosure,
) -> impl Iterator<Item = &'p str> {
    passages
        .iter()
        .filter(|passage| disclosure.shows_of_achievements(passage.field))
        .map(|passage| passage.text.as_str())
}

/// 满足, 不满足 or 未载明.
pub fn answer_text(answer: IndicatorAnswer) -> &'static str {
    match answer {
        IndicatorAnswer::Met => "满足",
        IndicatorAnswer::NotMet => "不满足",
        IndicatorAnswer::NotStated => "未载明",
    }
}

/// Where a demand probably belongs, marked as a guess: 氢能（推断，概率 0.82）.
pub fn inferred_text(inferred: &InferredSubIndustry) -> String {
    format!("{}（推断，概率 {:.2}）", inferred.name, inferred.probability)
}

/// The candidate of the home province, or that it has none: 齐岳大学（山东）, 省内无候选（山东）.
pub fn home_text(home: &HomeProvince, institutions: &Institutions) -> String {
    let candidate = home.candidate.as_deref();
    let name = candidate.map(|id| institutions.get(id).map_or(id, |institution| institution.name.as_str()));
    format!("{}（{}）", name.unwrap_or("省内无候选"), home.province)
}

/// One field of a ranking that holds for the demand as a whole; unknown is blank.
pub(crate) fn demand_field(matched: &duijie::DemandMatch, field: &str, records: &Records<'_>) -> String {
    match field {
        "inferred_sub_industry" => matched.inferred.as_ref().map_or_else(String::new, inferred_text),
        "home_candidate" => {
            matched.home.as_ref().map_or_else(String::new, |home| home_text(home, records.institutions))
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_indicator_is_told_with_its_answer() {
        let indicator = |asked: &str, answer, offered: Option<&str>| Indicator {
            asked: asked.to_owned(),
            answer,
            offered: offered.map(str::to_owned),
        };
        let said = indicators_text(&[
            indicator("抗拉强度≥960MPa", IndicatorAnswer::Met, Some("抗拉强度达到0.98GPa")),
            indicator("合格率≥99%", IndicatorAnswer::NotMet, Some("合格率95%")),
            indicator("寿命≥8000h", IndicatorAnswer::NotStated, None),
        ]);
        let expected = "满足 抗拉强度≥960MPa（抗拉强度达到0.98GPa）；不满足 合格率≥99%（合格率95%）；未载明 寿命≥8000h";
        assert_eq!(said, expected);
    }
}
