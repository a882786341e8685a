use super::report::{Report, Rows, json};
use super::{event_error, rank_all};
use crate::columns::Holds::{self, Count, Number, Text};
use crate::error::{Kind, engine_error};
use crate::long_work::{Watch, long_work};
use crate::matcher::Matcher;
use crate::profile::RankProfile;
use crate::records::DemandList;
use duijie::{Achievement, Catalogue, Demand, DemandMatch, Institutions, Lexicon};
use duijie_event::{ChainEnterprise, CommonNeedOptions, ConsortiumOptions, GapOptions, Survey};
use pyo3::prelude::*;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::Arc;

const SUB_INDUSTRIES: &[(&str, Holds)] = &[
    ("chain", Text),
    ("sub_industry", Text),
    ("demands", Count),
    ("met_in_province", Count),
    ("met_elsewhere_only", Count),
    ("met_nowhere", Count),
    ("achievements", Count),
    ("unasked", Count),
];
const UNMET: &[(&str, Holds)] = &[
    ("demand", Text),
    ("title", Text),
    ("enterprise", Text),
    ("chain", Text),
    ("sub_industry", Text),
    ("nearest", Text),
    ("elsewhere", Text),
];
const UNASKED: &[(&str, Holds)] =
    &[("achievement", Text), ("title", Text), ("institution", Text), ("chain", Text), ("sub_industry", Text)];
const COMMON_NEEDS: &[(&str, Holds)] = &[
    ("representative", Text),
    ("title", Text),
    ("text", Text),
    ("demands", Text),
    ("enterprises", Text),
    ("similarity", Number),
];
const WEAK_LINKS: &[(&str, Holds)] = &[
    ("rank", Count),
    ("demand", Text),
    ("title", Text),
    ("chain", Text),
    ("sub_industry", Text),
    ("bottleneck", Text),
    ("enterprises", Text),
    ("nearest", Text),
    ("partners", Text),
    ("potential", Number),
    ("parts", Text),
];
const TARGETS: &[(&str, Holds)] =
    &[("institution", Text), ("name", Text), ("province", Text), ("demands", Count), ("weight", Number)];
const BEHIND: &[(&str, Holds)] = &[
    ("institution", Text),
    ("chain", Text),
    ("share", Number),
    ("demand", Text),
    ("title", Text),
    ("enterprise", Text),
    ("score", Number),
    ("achievement", Text),
];
const MEMBERS: &[(&str, Holds)] =
    &[("id", Text), ("name", Text), ("adds", Number), ("brings", Text), ("evidence", Text)];
const POINTS: &[(&str, Holds)] = &[("demand", Text), ("text", Text), ("covered", Number), ("by", Text)];

/// Demands with their rankings, and the achievements they are looked at with.
struct Surveyed {
    catalogue: Catalogue,
    institutions: Institutions,
    demands: Vec<Demand>,
    achievements: Vec<Achievement>,
    matches: Vec<DemandMatch>,
    profile: Arc<duijie::RankProfile>,
    lexicon: Lexicon,
    province: String,
}

/// Own province, and the chain that is looked at alone.
type Scope = (String, Option<String>);

impl Surveyed {
    fn new(
        matcher: &Matcher,
        demands: &DemandList,
        profile: &RankProfile,
        (province, mut chain): Scope,
        watch: &Watch,
    ) -> PyResult<Self> {
        let catalogue = matcher.0.catalogue();
        let settled = catalogue.settle(&mut chain, &mut None);
        settled.map_err(|problem| Kind::Catalogue.error(problem.to_string()))?;
        let demands: Vec<Demand> =
            demands.records.iter().filter(|demand| chain.is_none() || demand.chain == chain).cloned().collect();
        let matches = rank_all(matcher, profile, &demands, watch)?;
        let mut achievements = matcher.0.achievements().map_err(engine_error)?;
        achievements.retain(|achievement| chain.is_none() || achievement.chain == chain);
        let (institutions, profile) = (matcher.0.institutions(), profile.0.clone());
        let lexicon = matcher.0.lexicon().clone();
        Ok(Self { catalogue, institutions, demands, achievements, matches, profile, lexicon, province })
    }

    fn survey(&self) -> Survey<'_> {
        Survey {
            catalogue: &self.catalogue,
            demands: &self.demands,
            matches: &self.matches,
            achievements: &self.achievements,
            institutions: &self.institutions,
            province: &self.province,
            profile: &self.profile,
            lexicon: &self.lexicon,
        }
    }
}

/// What is missing; and the heat map as an SVG picture.
#[pyfunction]
#[pyo3(signature = (matcher, demands, profile, *, scope, common_from, progress))]
pub(crate) fn gaps(
    py: Python<'_>,
    matcher: &Matcher,
    demands: &DemandList,
    profile: &RankProfile,
    scope: Scope,
    common_from: f64,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<(Report, String)> {
    long_work(py, progress, |watch| {
        let surveyed = Surveyed::new(matcher, demands, profile, scope, watch)?;
        let common_needs = CommonNeedOptions { least_similarity: common_from };
        let options = GapOptions { common_needs, ..GapOptions::default() };
        let found = duijie_event::gaps(&surveyed.survey(), &[], &options).map_err(event_error)?;
        let value = json(&found)?;
        let rows = vec![
            Rows::of(&value, "sub_industries", SUB_INDUSTRIES),
            Rows::of(&value, "unmet", UNMET),
            Rows::of(&value, "unasked", UNASKED),
            Rows::of(&value, "common_needs", COMMON_NEEDS),
            Rows::of(&value, "weak_links", WEAK_LINKS),
        ];
        Ok((Report::new("产业链供需缺口分析", &value, rows, found.sheets()), found.heat_map.svg()))
    })
}

/// Institutions of other provinces, and the demands behind each.
#[pyfunction]
#[pyo3(signature = (matcher, demands, profile, *, scope, progress))]
pub(crate) fn outreach(
    py: Python<'_>,
    matcher: &Matcher,
    demands: &DemandList,
    profile: &RankProfile,
    scope: Scope,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Report> {
    long_work(py, progress, |watch| {
        let surveyed = Surveyed::new(matcher, demands, profile, scope, watch)?;
        let targets = duijie_event::outreach(&surveyed.survey());
        let behind: Vec<Value> = targets
            .iter()
            .flat_map(|target| target.chains.iter().map(move |chain| (target, chain)))
            .flat_map(|(target, chain)| chain.demands.iter().map(move |demand| (target, chain, demand)))
            .map(|(target, chain, demand)| {
                json!({
                    "institution": target.institution, "chain": chain.chain, "share": chain.share,
                    "demand": demand.demand, "title": demand.title, "enterprise": demand.enterprise,
                    "score": demand.score, "achievement": demand.achievement,
                })
            })
            .collect();
        let value = json!({ "targets": json(&targets)?, "demands": behind });
        let rows = vec![Rows::of(&value, "targets", TARGETS), Rows::of(&value, "demands", BEHIND)];
        let sheets = duijie_event::outreach_sheets(&targets);
        Ok(Report::new("“走出去”对接建议", &value, rows, sheets))
    })
}

/// Institutions and enterprises that together cover the demands with these ids.
#[pyfunction]
#[pyo3(signature = (matcher, demands, profile, ids, *, scope, institutions, enterprises, lead, chain_enterprises, progress))]
#[expect(clippy::too_many_arguments, reason = "called with keywords from one place")]
pub(crate) fn consortium(
    py: Python<'_>,
    matcher: &Matcher,
    demands: &DemandList,
    profile: &RankProfile,
    ids: Vec<String>,
    scope: Scope,
    institutions: usize,
    enterprises: usize,
    lead: Option<String>,
    chain_enterprises: Option<PathBuf>,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Report> {
    long_work(py, progress, |watch| {
        let surveyed = Surveyed::new(matcher, demands, profile, scope, watch)?;
        let listed = chain_enterprises.map(|path| ChainEnterprise::load(&path, &surveyed.catalogue)).transpose();
        let options = ConsortiumOptions {
            institutions,
            enterprises,
            lead_enterprise: lead,
            chain_enterprises: listed.map_err(event_error)?.unwrap_or_default(),
            ..ConsortiumOptions::default()
        };
        let found = duijie_event::consortium(&surveyed.survey(), &ids, &options).map_err(event_error)?;
        let value = json(&found)?;
        let rows = vec![
            Rows::of(&value, "institutions", MEMBERS),
            Rows::of(&value, "enterprises", MEMBERS),
            Rows::of(&value, "points", POINTS),
        ];
        Ok(Report::new("创新联合体组建建议", &value, rows, found.sheets()))
    })
}
