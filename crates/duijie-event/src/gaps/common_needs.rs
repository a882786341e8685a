//! Needs that several enterprises have: groups of near-duplicate demands.

use crate::Sheet;
use crate::similar::{TextSpace, TextVector};
use crate::survey::demand_text;
use duijie::{Demand, Lexicon};
use serde::Serialize;

/// When demands are one need.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CommonNeedOptions {
    /// Least likeness of any two demands of a group, 0–1: the cosine of their concepts in the term base, or of
    /// their idf-weighted words where that is greater.
    ///
    /// An achievement deals with a demand from a cosine of concepts of 0.33 on (`pair_concepts` of the default
    /// profile); two demands that are one need are nearer than a problem and a solution, so more is asked here.
    /// On the test collection, read by eye, nearly all pairs from 0.4 on are one need in two wordings; between
    /// 0.3 and 0.4 half of them share the field only.
    pub least_similarity: f64,
}

impl Default for CommonNeedOptions {
    fn default() -> Self {
        Self { least_similarity: 0.4 }
    }
}

/// A need that several enterprises have (共性需求).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CommonNeed {
    /// The demand that is nearest to all others; its text stands for the group.
    pub representative: String,
    /// Its title.
    pub title: String,
    /// Its description.
    pub text: String,
    /// Ids of all demands of the group, in their order.
    pub demands: Vec<String>,
    /// The enterprises, in the order of the demands; more than one.
    pub enterprises: Vec<String>,
    /// Least likeness of two of the demands.
    pub similarity: f64,
}

/// Groups near-duplicate demands of different enterprises: complete-link clustering, so that every
/// two demands of a group are as near as asked by their concepts and words in `lexicon`. The most widespread need
/// comes first.
///
/// ```
/// use duijie::{Demand, Lexicon};
/// use duijie_event::common_needs;
///
/// let demand = |id: &str, title: &str, enterprise: &str| Demand {
///     id: id.into(), title: title.into(), enterprise: Some(enterprise.into()), ..Default::default()
/// };
/// let demands = [
///     demand("D1", "高强钢焊接冷裂纹控制", "甲公司"),
///     demand("D2", "高强钢焊接冷裂纹防止", "乙公司"),
///     demand("D3", "抗生素发酵菌种选育", "丙公司"),
/// ];
/// let needs = common_needs(&demands, &Lexicon::standard(), &Default::default());
/// assert_eq!(needs.len(), 1);
/// assert_eq!(needs[0].enterprises, ["甲公司", "乙公司"]);
/// ```
pub fn common_needs(demands: &[Demand], lexicon: &Lexicon, options: &CommonNeedOptions) -> Vec<CommonNeed> {
    let texts: Vec<String> = demands.iter().map(demand_text).collect();
    let space = TextSpace::new(lexicon, texts.iter().map(String::as_str));
    let vectors: Vec<TextVector> = texts.iter().map(|text| space.vector(text)).collect();
    let mut near: Vec<(f64, usize, usize)> = Vec::new();
    for first in 0..demands.len() {
        for second in first + 1..demands.len() {
            let similarity = vectors[first].alike(&vectors[second]);
            if similarity >= options.least_similarity {
                near.push((similarity, first, second));
            }
        }
    }
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut group: Vec<usize> = (0..demands.len()).collect();
    let mut members: Vec<Vec<usize>> = (0..demands.len()).map(|at| vec![at]).collect();
    for (_, first, second) in near {
        let (a, b) = (group[first], group[second]);
        let all_near = |a: &[usize], b: &[usize]| {
            a.iter().all(|&x| b.iter().all(|&y| vectors[x].alike(&vectors[y]) >= options.least_similarity))
        };
        if a != b && all_near(&members[a], &members[b]) {
            let moved = std::mem::take(&mut members[b]);
            moved.iter().for_each(|&member| group[member] = a);
            members[a].extend(moved);
        }
    }
    let mut needs: Vec<CommonNeed> =
        members.into_iter().filter_map(|members| need(demands, &vectors, members)).collect();
    needs.sort_by(|a, b| {
        (b.enterprises.len(), b.demands.len(), &a.representative).cmp(&(
            a.enterprises.len(),
            a.demands.len(),
            &b.representative,
        ))
    });
    needs
}

fn need(demands: &[Demand], vectors: &[TextVector], mut members: Vec<usize>) -> Option<CommonNeed> {
    members.sort_unstable();
    let mut enterprises: Vec<String> = Vec::new();
    for enterprise in members.iter().filter_map(|&at| demands[at].enterprise.as_ref()) {
        if !enterprises.contains(enterprise) {
            enterprises.push(enterprise.clone());
        }
    }
    if enterprises.len() < 2 {
        return None;
    }
    let nearness = |at: usize| members.iter().map(|&other| vectors[at].alike(&vectors[other])).sum::<f64>();
    let medoid = members.iter().copied().max_by(|&a, &b| nearness(a).total_cmp(&nearness(b)).then(b.cmp(&a)))?;
    let pairs = members.iter().flat_map(|&a| members.iter().map(move |&b| (a, b))).filter(|(a, b)| a < b);
    let similarity = pairs.map(|(a, b)| vectors[a].alike(&vectors[b])).fold(1.0, f64::min);
    Some(CommonNeed {
        representative: demands[medoid].id.clone(),
        title: demands[medoid].title.clone(),
        text: demands[medoid].description.clone(),
        demands: members.iter().map(|&at| demands[at].id.clone()).collect(),
        enterprises,
        similarity,
    })
}

pub(super) fn sheet(needs: &[CommonNeed]) -> Sheet {
    let mut sheet =
        Sheet::new("共性需求", &["序号", "代表性需求", "需求描述", "企业数", "企业", "需求编号", "相似度下限"]);
    for (at, need) in needs.iter().enumerate() {
        sheet.push(vec![
            (at + 1).to_string(),
            need.title.clone(),
            need.text.clone(),
            need.enterprises.len().to_string(),
            need.enterprises.join("、"),
            need.demands.join("、"),
            format!("{:.2}", need.similarity),
        ]);
    }
    sheet
}
