use super::matched_text::{demand_field, disclosed_indicators, disclosed_passages, verdict_text};
use super::veil::Veil;
use super::word::{self, Cell, PORTRAIT_WIDTH};
use super::{
    Audience, Disclosure, Disclosures, Records,
    fields::{heading, is_of_a_list},
    records::ById,
};
use crate::Result;
use crate::columns::RecordKind;
use docx_rs::{AlignmentType, BreakType, Docx, LineSpacing, Paragraph, Run};
use duijie::{Demand, DemandMatch, Evidence, InstitutionMatch, Ranking, Verdict};
use std::collections::BTreeMap;
use std::path::Path;

/// What stands on the cover of a 对接手册.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handbook {
    /// 高端装备产业链产学研精准对接手册 ….
    pub title: String,
    /// Who hands it out.
    pub issuer: String,
    /// When, in words: 2023年4月.
    pub date: String,
    /// Institutions shown per demand at most.
    pub candidates: usize,
}

/// An invitation of one institution: a demand, and why.
struct Invitation<'a> {
    demand: &'a Demand,
    rank: usize,
    evidence: Option<&'a Evidence>,
}

/// Writes a handbook: cover, contents, every demand with its candidates and the reasons, and every
/// institution with the demands it is invited to. `matches` rank institutions.
///
/// Demands are shown with the fields that their audience may see.
///
/// # Errors
///
/// [`crate::TableError::UnknownDemand`], and whatever writing meets.
pub fn write_handbook_docx(
    path: &Path,
    handbook: &Handbook,
    matches: &[DemandMatch],
    records: &Records<'_>,
    audience: Audience,
    disclosures: &Disclosures,
) -> Result<()> {
    let disclosure = disclosures.of(audience);
    let by_id = records.by_id();
    let composer = Composer {
        records,
        by_id,
        disclosure,
        veil: Veil::new(disclosure, records.demands, records.achievements),
        handbook,
    };
    let mut found = Vec::new();
    for matched in matches {
        found.push((composer.by_id.demand(&matched.demand)?, matched));
    }
    let mut invitations: BTreeMap<&str, Vec<Invitation<'_>>> = BTreeMap::new();
    for (demand, matched) in &found {
        let Ranking::Institutions(list) = &matched.ranking else { continue };
        if matched.verdict == Verdict::Matched && disclosure.shows_of_matches("institution") {
            for entry in list.iter().take(handbook.candidates) {
                let invitation = Invitation { demand, rank: entry.rank, evidence: entry.evidence.first() };
                invitations.entry(&entry.institution).or_default().push(invitation);
            }
        }
    }
    let mut document = composer.cover(word::document(), audience);
    document = document.add_paragraph(word::title("目  录").page_break_before(true));
    for ((demand, _), at) in found.iter().zip(1..) {
        document =
            document.add_paragraph(word::contents_line(&composer.demand_heading(demand, at), &format!("demand{at}")));
    }
    for (institution, at) in invitations.keys().zip(1..) {
        let text = format!("邀请：{}", records.institution_name(institution));
        document = document.add_paragraph(word::contents_line(&text, &format!("institution{at}")));
    }
    document = document.add_paragraph(word::title("一、技术需求与推荐高校院所").page_break_before(true));
    for ((demand, matched), at) in found.iter().zip(1..) {
        document = composer.demand(document, demand, matched, at);
    }
    document = document.add_paragraph(word::title("二、高校院所对接邀请").page_break_before(true));
    if invitations.is_empty() {
        document = document.add_paragraph(word::line("暂无邀请。"));
    }
    for ((institution, invitations), at) in invitations.iter().zip(1..) {
        document = composer.institution(document, institution, invitations, (found.len() + at, at));
    }
    word::save(path, document)
}

struct Composer<'a> {
    records: &'a Records<'a>,
    by_id: ById<'a>,
    disclosure: &'a Disclosure,
    veil: Veil,
    handbook: &'a Handbook,
}

impl Composer<'_> {
    fn cover(&self, document: Docx, audience: Audience) -> Docx {
        let line = |text: &str, size: usize, before: u32| {
            Paragraph::new()
                .align(AlignmentType::Center)
                .line_spacing(LineSpacing::new().before(before))
                .add_run(Run::new().add_text(text).size(size))
        };
        document
            .add_paragraph(word::title(&self.handbook.title).line_spacing(LineSpacing::new().before(4200)))
            .add_paragraph(line(&format!("（{}）", audience.chinese()), 28, 200))
            .add_paragraph(line(&self.handbook.issuer, 28, 5200))
            .add_paragraph(line(&self.handbook.date, 28, 200))
    }

    fn demand_heading(&self, demand: &Demand, at: usize) -> String {
        format!("{at}. {}", self.demand_title(demand))
    }

    /// The title of a demand, or its id where no title is declared.
    fn demand_title(&self, demand: &Demand) -> String {
        let is_declared =
            self.disclosure.shows_of_matches("demand") || self.disclosure.demands.iter().any(|f| f == "title");
        if is_declared { self.veil.over_own(demand, &demand.title) } else { demand.id.clone() }
    }

    fn demand(&self, mut document: Docx, demand: &Demand, matched: &DemandMatch, at: usize) -> Docx {
        let heading_text = self.demand_heading(demand, at);
        document = document.add_paragraph(word::heading(2, &heading_text, (at, &format!("demand{at}"))));
        let fields = self.disclosure.demands.iter().filter(|field| !matches!(field.as_str(), "no" | "title"));
        let mut lines: Vec<Vec<Cell>> = fields
            .map(|field| (field, self.records.demand_field(demand, field)))
            .map(|(field, text)| (field, if is_of_a_list(field) { text } else { self.veil.over_own(demand, &text) }))
            .filter(|(_, text)| !text.is_empty())
            .map(|(field, text)| vec![Cell::Head(heading(field, RecordKind::Demand).0), Cell::Text(text)])
            .collect();
        lines.extend(self.found_of(matched));
        if !lines.is_empty() {
            document = document.add_table(word::table(&lines, &[16, 84], PORTRAIT_WIDTH));
        }
        let Ranking::Institutions(list) = &matched.ranking else {
            return document.add_paragraph(word::line(verdict_text(matched.verdict)));
        };
        if matched.verdict == Verdict::NoCredibleMatch || list.is_empty() {
            let text = "暂无可信匹配，建议扩大征集范围或由专家推荐。";
            return document.add_paragraph(word::line(text));
        }
        if !self.disclosure.shows_of_matches("institution") {
            return document;
        }
        document = document.add_paragraph(word::lead("推荐高校院所："));
        let shows = |field: &str| self.disclosure.shows_of_matches(field);
        let columns = [
            ("名次", 8, shows("rank")),
            ("高校院所", 22, true),
            ("依据成果", 30, shows("achievement")),
            ("推荐理由", 40, shows("passage") || shows("indicators")),
        ];
        let line = |entry: &InstitutionMatch| {
            let best = entry.evidence.first();
            let texts = [
                entry.rank.to_string(),
                self.records.institution_name(&entry.institution),
                self.achievement_line(best),
                self.reasons(demand, best),
            ];
            texts.map(Cell::Text)
        };
        let lines = list.iter().take(self.handbook.candidates).map(line);
        document.add_table(shown_table(columns, lines))
    }

    fn achievement_line(&self, evidence: Option<&Evidence>) -> String {
        let Some(found) = evidence.and_then(|best| self.by_id.achievement(&best.achievement).ok()) else {
            return String::new();
        };
        let stage = found.stage.as_deref().filter(|_| self.disclosure.shows_of_achievements("stage"));
        let stage = stage.map_or_else(String::new, |stage| format!("（{stage}）"));
        self.veil.over(&format!("{}{stage}", found.title))
    }

    /// What the ranking says of the demand as a whole, for those who may see it.
    fn found_of(&self, matched: &DemandMatch) -> Vec<Vec<Cell>> {
        let fields = [("inferred_sub_industry", "细分行业"), ("home_candidate", "省内候选")];
        let shown = fields.into_iter().filter(|(field, _)| self.disclosure.shows_of_matches(field));
        let lines = shown.map(|(field, head)| (head, demand_field(matched, field, self.records)));
        let lines = lines.filter(|(_, text)| !text.is_empty());
        lines.map(|(head, text)| vec![Cell::Head(head.to_owned()), Cell::Text(text)]).collect()
    }

    /// The sentences of the achievement that speak for it, and what it says to the demand's indicators, as far as they
    /// are declared.
    fn reasons(&self, demand: &Demand, evidence: Option<&Evidence>) -> String {
        let Some(best) = evidence else { return String::new() };
        let mut reasons: Vec<String> = Vec::new();
        if self.disclosure.shows_of_matches("passage") {
            reasons.extend(disclosed_passages(&best.passages, self.disclosure).map(|passage| self.veil.over(passage)));
        }
        if self.disclosure.shows_of_matches("indicators") && !best.indicators.is_empty() {
            let said = disclosed_indicators(&best.indicators, self.disclosure);
            reasons.push(format!("指标：{}", self.veil.over_own(demand, &said)));
        }
        reasons.join("\n")
    }

    fn institution(
        &self,
        document: Docx,
        institution: &str,
        invitations: &[Invitation<'_>],
        (mark, at): (usize, usize),
    ) -> Docx {
        let name = self.records.institution_name(institution);
        let text = format!("{name}：诚邀就以下技术需求参加对接，并填写联系人。");
        let shows = |field: &str| self.disclosure.shows_of_matches(field);
        let columns = [
            ("技术需求", 34, true),
            ("名次", 8, shows("rank")),
            ("贵单位相关成果", 38, shows("achievement")),
            ("对接联系人", 20, true),
        ];
        let line = |invitation: &Invitation<'_>| {
            let texts = [
                self.demand_title(invitation.demand),
                invitation.rank.to_string(),
                self.achievement_line(invitation.evidence),
                String::new(),
            ];
            texts.map(Cell::Text)
        };
        document
            .add_paragraph(word::heading(2, &name, (mark, &format!("institution{at}"))))
            .add_paragraph(word::lead(&text))
            .add_table(shown_table(columns, invitations.iter().map(line)))
            .add_paragraph(Paragraph::new().add_run(Run::new().add_break(BreakType::TextWrapping)))
    }
}

/// A table of the columns that are shown, each with its head and its share of the width.
fn shown_table<const N: usize>(
    columns: [(&str, u16, bool); N],
    lines: impl Iterator<Item = [Cell; N]>,
) -> docx_rs::Table {
    let kept = |line: [Cell; N]| -> Vec<Cell> {
        line.into_iter().zip(&columns).filter(|(_, (.., shown))| *shown).map(|(cell, _)| cell).collect()
    };
    let heads = columns.map(|(head, ..)| Cell::Head(head.to_owned()));
    let rows: Vec<Vec<Cell>> = std::iter::once(kept(heads)).chain(lines.map(kept)).collect();
    let shares: Vec<u16> = columns.iter().filter(|(.., shown)| *shown).map(|(_, share, _)| *share).collect();
    word::table(&rows, &shares, PORTRAIT_WIDTH)
}
