//! Annex 2: the sixteen tasks, with the units and offices responsible.

use duijie::Chain;
use serde::{Deserialize, Serialize};

/// The tasks of Annex 2 of 鲁工信技〔2022〕203号.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TaskList {
    /// The document.
    pub source: String,
    /// In the order of the document.
    pub tasks: Vec<Task>,
}

/// A task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// Its number in the document.
    pub no: u32,
    /// 工作内容.
    pub content: String,
    /// 责任单位, with their offices.
    pub responsible: Vec<Responsible>,
    /// 配合单位.
    pub with: Vec<String>,
    /// When in the course of an event.
    pub phase: TaskPhase,
}

/// A unit and its offices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Responsible {
    /// 单位.
    pub unit: String,
    /// 处室.
    pub offices: Vec<String>,
}

/// When in the course of an event a task is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskPhase {
    /// Chain, scope and place are settled.
    Plan,
    /// Demands, achievements and weak links are gathered.
    Collect,
    /// The event itself.
    Event,
    /// Going to other provinces.
    Outreach,
    /// New technologies and products are shown.
    Showcase,
    /// Innovation centres and the like.
    Platform,
    /// Key projects for the weak links.
    Bottleneck,
    /// What comes after.
    FollowUp,
}

impl Default for TaskList {
    fn default() -> Self {
        serde_json::from_str(include_str!("../data/tasks.json")).expect("data/tasks.json is a task list")
    }
}

impl TaskList {
    /// The task with that number.
    pub fn task(&self, no: u32) -> Option<&Task> {
        self.tasks.iter().find(|task| task.no == no)
    }
}

/// What Annex 2 writes for the offices that differ from chain to chain.
const OFFICES_OF_CHAIN: &str = "各标志性产业链所在处室";

impl Task {
    /// Units and offices in one text; those of the chain by name where it is given.
    pub fn responsible_text(&self, chain: Option<&Chain>) -> String {
        let unit = |responsible: &Responsible| {
            let mut offices: Vec<String> = Vec::new();
            for office in &responsible.offices {
                match chain {
                    Some(chain) if office == OFFICES_OF_CHAIN => offices.extend(offices_of(chain)),
                    _ => offices.push(office.clone()),
                }
            }
            let mut known: Vec<String> = Vec::new();
            offices.retain(|office| {
                let fresh = !known.contains(office);
                known.push(office.clone());
                fresh
            });
            format!("{}（{}）", responsible.unit, offices.join("、"))
        };
        self.responsible.iter().map(unit).collect::<Vec<_>>().join("；")
    }
}

/// The lead and supporting offices of a chain, without the name of their unit.
fn offices_of(chain: &Chain) -> Vec<String> {
    let lead = chain.lead_offices.split('、').map(|office| office.trim_start_matches("省工业和信息化厅"));
    lead.chain(chain.supporting_offices.iter().map(String::as_str))
        .filter(|office| !office.is_empty())
        .map(String::from)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_tasks_are_those_of_the_fixture() {
        let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/catalogue/tasks.json");
        assert_eq!(std::fs::read_to_string(fixture).unwrap(), include_str!("../data/tasks.json"));
        assert_eq!(TaskList::default().tasks.len(), 16);
    }

    #[test]
    fn offices_of_the_chain_are_named_once() {
        let catalogue = duijie::Catalogue::default();
        let task = TaskList::default();
        let text = task.task(15).unwrap().responsible_text(catalogue.chain("construction_machinery"));
        assert_eq!(text, "省工业和信息化厅（科技处、装备产业处）");
    }
}
