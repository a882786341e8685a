//! 新技术、新产品推介: representative and diverse picks for on-site demonstration.

use crate::Sheet;
use crate::cover::{Coverage, GUARANTEE};
use crate::similar::{TextSpace, TextVector};
use crate::survey::demand_text;
use duijie::{Catalogue, Demand, Lexicon, Product};
use serde::Serialize;

/// How to choose.
#[derive(Clone, Debug, PartialEq)]
pub struct ShowcaseOptions {
    /// Only products of this chain (id), and those of no known chain.
    pub chain: Option<String>,
    /// How many to choose.
    pub picks: usize,
    /// Products at least this near (cosine of words) are one.
    pub duplicate_from: f64,
    /// Least cosine of words at which a demand takes an interest in a product.
    pub interest_from: f64,
    /// Least cosine of concepts at which it does, whatever their words: as for a match (`pair_concepts` of the
    /// default profile).
    pub concepts_from: f64,
    /// What each interested demand is worth, beside the 1 that a fully represented product is; up
    /// to five demands count.
    pub interest_weight: f64,
}

impl Default for ShowcaseOptions {
    fn default() -> Self {
        Self {
            chain: None,
            picks: 10,
            duplicate_from: 0.8,
            interest_from: 0.12,
            concepts_from: 0.33,
            interest_weight: 0.1,
        }
    }
}

/// The picks, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Showcase {
    /// The criterion, as an official reads it.
    pub criterion: String,
    /// Products that took part, near-duplicates apart.
    pub considered: usize,
    /// In the order of choosing.
    pub picks: Vec<ShowcasePick>,
    /// Products left out since another says the same.
    pub duplicates: Vec<DuplicateProduct>,
    /// No choice of as many products is worth more than this.
    pub best_possible: f64,
    /// What the picks are worth.
    pub value: f64,
}

/// A product to be shown.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShowcasePick {
    /// Id of the product.
    pub product: String,
    /// Its name.
    pub title: String,
    /// Its enterprise.
    pub enterprise: Option<String>,
    /// Name of its sub-industry.
    pub sub_industry: String,
    /// What it added when chosen.
    pub adds: f64,
    /// Products that it stands for better than any other pick does, itself apart.
    pub represents: Vec<String>,
    /// Demands of other enterprises that it would interest, nearest first.
    pub interests: Vec<InterestedDemand>,
}

/// A demand that takes an interest in a product.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InterestedDemand {
    /// Id of the demand.
    pub demand: String,
    /// Its title.
    pub title: String,
    /// Its enterprise.
    pub enterprise: Option<String>,
    /// The cosine of their words, or that of their concepts where it is greater.
    pub nearness: f64,
}

/// A product left out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DuplicateProduct {
    /// Id of the product.
    pub product: String,
    /// Id of the product that says the same.
    pub same_as: String,
    /// Cosine of their texts.
    pub nearness: f64,
}

/// Demands that count for one product.
const INTERESTS: usize = 5;

/// Chooses products by facility location (each product is represented by its nearest pick) with
/// interest of demands: diverse, since a second pick of a kind adds little, and representative. Texts are read by
/// `lexicon`.
pub fn showcase(
    products: &[Product],
    demands: &[Demand],
    catalogue: &Catalogue,
    lexicon: &Lexicon,
    options: &ShowcaseOptions,
) -> Showcase {
    let of_chain = |product: &&Product| match (&options.chain, &product.chain) {
        (Some(chain), Some(own)) => chain == own,
        _ => true,
    };
    let taking_part: Vec<&Product> = products.iter().filter(of_chain).collect();
    let texts: Vec<String> = taking_part.iter().map(|product| product_text(product)).collect();
    let demand_texts: Vec<String> = demands.iter().map(demand_text).collect();
    let space = TextSpace::new(lexicon, texts.iter().chain(&demand_texts).map(String::as_str));
    let vectors: Vec<TextVector> = texts.iter().map(|text| space.vector(text)).collect();
    let wishes: Vec<TextVector> = demand_texts.iter().map(|text| space.vector(text)).collect();

    let (kept, duplicates) = without_duplicates(&taking_part, &vectors, options.duplicate_from);
    let interests: Vec<Vec<InterestedDemand>> =
        kept.iter().map(|&at| interested(taking_part[at], &vectors[at], demands, &wishes, options)).collect();
    let nearness = |a: usize, b: usize| if a == b { 1.0 } else { vectors[a].alike(&vectors[b]) };
    let coverage = Coverage {
        points: vec![1.0; kept.len()],
        items: kept.iter().map(|&a| kept.iter().map(|&b| nearness(a, b)).collect()).collect(),
        bonus: interests.iter().map(|list| list.len() as f64 * options.interest_weight).collect(),
    };
    let choice = coverage.choose(&[], options.picks, 0.0);
    let represents = |pick: usize| {
        let nearest = |point: usize| {
            let picks = choice.picks.iter().map(|(item, _)| (*item, coverage.items[*item][point]));
            picks.fold(None, |best: Option<(usize, f64)>, (item, near)| match best {
                Some((_, nearest)) if nearest >= near => best,
                _ => Some((item, near)),
            })
        };
        let own = (0..kept.len()).filter(move |&point| {
            point != pick && nearest(point).is_some_and(|(item, near)| item == pick && near > 0.0)
        });
        own.map(|point| taking_part[kept[point]].id.clone()).collect::<Vec<String>>()
    };
    let picks = choice.picks.iter().map(|&(item, adds)| {
        let product = taking_part[kept[item]];
        let sub_industry = product.sub_industry.as_deref();
        let named = sub_industry.and_then(|code| catalogue.sub_industry(code)).map(|(_, sub)| sub.name.clone());
        ShowcasePick {
            product: product.id.clone(),
            title: product.title.clone(),
            enterprise: product.enterprise.clone(),
            sub_industry: named.unwrap_or_else(|| sub_industry.unwrap_or("未注明").to_owned()),
            adds,
            represents: represents(item),
            interests: interests[item].clone(),
        }
    });
    Showcase {
        criterion: format!(
            "设施选址准则（每项产品由最相近的入选产品代表）加需求关注度；贪心求解，不低于最优的{:.0}%（本次不低于{:.0}%）",
            GUARANTEE * 100.0,
            (choice.share() * 100.0).floor()
        ),
        considered: kept.len(),
        picks: picks.collect(),
        duplicates,
        best_possible: choice.bound,
        value: choice.value,
    }
}

fn product_text(product: &Product) -> String {
    format!("{}\n{}\n{}\n{}", product.title, product.title, product.summary, product.keywords.join("\n"))
}

/// Those that no product before them says already, and those that do.
fn without_duplicates(products: &[&Product], vectors: &[TextVector], from: f64) -> (Vec<usize>, Vec<DuplicateProduct>) {
    let mut kept: Vec<usize> = Vec::new();
    let mut duplicates = Vec::new();
    for (at, product) in products.iter().enumerate() {
        let same = kept.iter().map(|&other| (other, vectors[at].words(&vectors[other])));
        match same.max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, nearness)| *nearness >= from) {
            Some((other, nearness)) => duplicates.push(DuplicateProduct {
                product: product.id.clone(),
                same_as: products[other].id.clone(),
                nearness,
            }),
            None => kept.push(at),
        }
    }
    (kept, duplicates)
}

fn interested(
    product: &Product,
    vector: &TextVector,
    demands: &[Demand],
    wishes: &[TextVector],
    options: &ShowcaseOptions,
) -> Vec<InterestedDemand> {
    let others = demands
        .iter()
        .zip(wishes)
        .filter(|(demand, _)| demand.enterprise.is_none() || demand.enterprise != product.enterprise);
    let near = others.filter_map(|(demand, wish)| {
        let (words, concepts) = (vector.words(wish), vector.concepts(wish));
        let interests = words >= options.interest_from || concepts >= options.concepts_from;
        interests.then_some((demand, words.max(concepts)))
    });
    let mut near: Vec<(&Demand, f64)> = near.collect();
    near.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.id.cmp(&b.0.id)));
    let interested = near.into_iter().take(INTERESTS).map(|(demand, nearness)| InterestedDemand {
        demand: demand.id.clone(),
        title: demand.title.clone(),
        enterprise: demand.enterprise.clone(),
        nearness,
    });
    interested.collect()
}

impl Showcase {
    /// The picks as tables.
    pub fn sheets(&self) -> Vec<Sheet> {
        let mut picks = Sheet::new(
            "现场推介产品",
            &["序号", "产品（技术）", "企业", "细分行业", "代表同类", "感兴趣的需求", "感兴趣的企业"],
        );
        for (at, pick) in self.picks.iter().enumerate() {
            let demands: Vec<&str> = pick.interests.iter().map(|interest| interest.title.as_str()).collect();
            let mut enterprises: Vec<&str> =
                pick.interests.iter().filter_map(|interest| interest.enterprise.as_deref()).collect();
            enterprises.dedup();
            picks.push(vec![
                (at + 1).to_string(),
                pick.title.clone(),
                pick.enterprise.clone().unwrap_or_else(|| "不详".into()),
                pick.sub_industry.clone(),
                format!("{}项", pick.represents.len()),
                demands.join("；"),
                enterprises.join("、"),
            ]);
        }
        let mut duplicates = Sheet::new("重复申报产品", &["产品编号", "与其相同", "相似度"]);
        for duplicate in &self.duplicates {
            let nearness = format!("{:.2}", duplicate.nearness);
            duplicates.push(vec![duplicate.product.clone(), duplicate.same_as.clone(), nearness]);
        }
        vec![picks, duplicates]
    }
}
