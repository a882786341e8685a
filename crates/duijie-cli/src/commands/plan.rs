use crate::progress;
use crate::ranked::{Opened, RankedInput};
use crate::render::{ReportOutput, titled};
use anyhow::{Result, ensure};
use duijie::Catalogue;
use duijie_event::{
    Absence, Event, EventPlan, Ledger, Meeting, PastPairs, PlanRequest, PlanStatus, PlanStep, Replan, SavedPlan,
    Schedule, plan, plan_sheets, replan, replan_sheets,
};
use std::path::{Path, PathBuf};

/// Plan who meets whom at an event, in which slot and at which table, or mend a plan after a no-show
///
/// The plan is exactly the best: first as many demands served as can be, then the worst-served of them, then the
/// total. Limits that conflict are no failure: the status is infeasible, and conflicts and relaxations say what to
/// change.
#[derive(clap::Args)]
pub(crate) struct Plan {
    #[command(flatten)]
    input: RankedInput,
    /// The event file (TOML)
    #[arg(long, value_name = "FILE")]
    event: PathBuf,
    /// The schedule that `duijie calendar move` writes: the day that the event was moved to, with the reason
    #[arg(long, value_name = "FILE")]
    schedule: Option<PathBuf>,
    /// The ledger: pairs of the past are not proposed again, unsolved demands of the chain carry over
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
    /// Which pairs of the ledger are not proposed again
    #[arg(long, value_enum, default_value_t = Past::NotAgain, requires = "ledger")]
    past: Past,
    /// The plan to mend: the .json that this command wrote
    #[arg(long, value_name = "FILE", requires = "absent")]
    previous: Option<PathBuf>,
    /// Who stays away: ids of demands, names of enterprises, ids or names of institutions
    #[arg(long, num_args = 1.., value_name = "NAME", requires = "previous")]
    absent: Vec<String>,
    #[command(flatten)]
    output: ReportOutput,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Past {
    /// All that met
    NotAgain,
    /// Those that declined or have a contract
    SettledOnly,
    /// None
    Again,
}

impl Plan {
    pub(crate) fn run(self) -> Result<()> {
        self.output.check()?;
        let mut event = Event::load(&self.event)?;
        let mut opened = self.input.open(self.output.path().as_slice())?;
        if let Some(path) = &self.schedule {
            follow(&mut event, path, &opened.catalogue)?;
        }
        let previous = self.previous.as_deref().map(SavedPlan::load).transpose()?;
        if let Some(path) = &self.ledger {
            let planned = previous.as_ref().map_or(&[][..], |plan| &plan.meetings);
            self.heed(path, &mut event, &mut opened, planned)?;
        }
        let (name, all) = (event.name(&opened.catalogue)?, opened.demands.len());
        let chain = event.chain(&opened.catalogue)?.map(|chain| chain.id.clone());
        // Demands of other chains need no ranking; rules may name them all the same.
        let demands = opened.demands.clone();
        opened.keep_chain(chain.as_deref());
        eprintln!("{name}: {} of {all} demands", opened.demands.len());
        let ranked = opened.rank()?;
        let request = PlanRequest {
            event: &event,
            catalogue: &ranked.catalogue,
            demands: &demands,
            matches: &ranked.matches,
            institutions: &ranked.institutions,
        };
        let line = progress::line();
        let step = |step: PlanStep| {
            line.set_message(step.words());
            line.tick();
        };
        let title = format!("{name}安排表");
        match &previous {
            None => {
                let plan = plan(&request, &step)?;
                line.finish_and_clear();
                tell(&plan);
                self.output.write(&title, &plan, titled(plan_sheets(&plan, &request)))
            }
            Some(previous) => {
                let absence = Absence::of(&self.absent, &demands, &ranked.institutions)?;
                let mended = replan(&request, previous, &absence, &step)?;
                line.finish_and_clear();
                eprintln!(
                    "{} meetings lost, {} added, {} moved, {} dropped{}",
                    mended.lost.len(),
                    mended.added.len(),
                    mended.moved.len(),
                    mended.dropped.len(),
                    if mended.proven_fewest { "; no plan changes fewer" } else { "" }
                );
                tell_mended(&mended);
                let tables = titled(replan_sheets(&mended, &request));
                self.output.write(&format!("{title}（调整）"), &mended, tables)
            }
        }
    }

    /// Takes up what the ledger tells of past events.
    fn heed(&self, path: &Path, event: &mut Event, opened: &mut Opened, planned: &[Meeting]) -> Result<()> {
        ensure!(path.exists(), "there is no ledger {}; duijie ledger record or import makes one", path.display());
        let ledger = Ledger::open(path)?;
        let chain = event.chain(&opened.catalogue)?.map(|chain| chain.id.clone());
        let before = opened.demands.len();
        for record in ledger.carried_over()?.into_iter().filter_map(|carried| carried.record) {
            let of_chain = chain.is_none() || record.chain == chain;
            if of_chain && opened.demands.iter().all(|known| known.id != record.id) {
                opened.demands.push(record);
            }
        }
        let past = match self.past {
            Past::NotAgain => PastPairs::NotAgain,
            Past::SettledOnly => PastPairs::SettledOnly,
            Past::Again => PastPairs::Again,
        };
        let (catalogue, institutions) = (&opened.catalogue, &opened.institutions);
        let apart = ledger.keep_apart(event, catalogue, &opened.demands, institutions, past, planned)?;
        eprintln!("ledger: {apart} past pairs kept apart, {} demands carried over", opened.demands.len() - before);
        Ok(())
    }
}

/// Puts the event on the day that the schedule has it on.
pub(super) fn follow(event: &mut Event, path: &Path, catalogue: &Catalogue) -> Result<()> {
    ensure!(path.exists(), "there is no schedule {}; duijie calendar move makes one", path.display());
    let planned = event.date;
    ensure!(
        event.chain(catalogue)?.is_some(),
        "the event file names no event of the schedule; give event = its number"
    );
    if event.follow(&Schedule::load(path)?, catalogue)?
        && let Some(moved) = event.moves.last()
    {
        let from = planned.filter(|day| *day != moved.to);
        let from = from.map_or_else(String::new, |day| format!(" (the event file says {day})"));
        eprintln!("the schedule has the event on {}{from}: {}, {}", moved.to, moved.who, moved.reason);
    }
    Ok(())
}

fn tell_mended(mended: &Replan) {
    let Some(best) = mended.optimum else { return tell(&mended.plan) };
    let worst = |score: Option<f64>| score.map_or_else(|| "none".to_owned(), |score| format!("{score:.3}"));
    eprintln!(
        "few changes, not always the best total: {} meetings, {} demands served, worst-served {}, weighted total {:.3}; planned anew {}, {} and {:.3}",
        mended.plan.meetings.len(),
        mended.plan.served,
        worst(mended.plan.worst_score),
        mended.plan.weighted_total,
        best.served,
        worst(best.worst_score),
        best.weighted_total
    );
}

fn tell(plan: &EventPlan) {
    match plan.status {
        PlanStatus::Optimal => eprintln!(
            "optimal (gap {}): {} meetings, {} of {} demands with a candidate served, worst-served {}, total {:.3}, {} demands unmet",
            plan.gap.map_or_else(|| "unknown".to_owned(), |gap| gap.to_string()),
            plan.meetings.len(),
            plan.served,
            plan.could_meet,
            plan.worst_score.map_or_else(|| "none".to_owned(), |score| format!("{score:.3}")),
            plan.total_score,
            plan.unmet.len()
        ),
        PlanStatus::Infeasible => {
            let limits = plan.conflicts.first().map_or_else(String::new, |conflict| conflict.limits.join("; "));
            eprintln!("infeasible: these limits cannot be kept together: {limits}");
            for relaxation in &plan.relaxations {
                let changes = relaxation.changes.iter();
                let changes: Vec<String> =
                    changes.map(|change| format!("{} from {} to {}", change.limit, change.from, change.to)).collect();
                eprintln!("a plan exists with {}", changes.join(" and "));
            }
        }
    }
}
