//! What proposals would change, measured.

use crate::common::{achievement, demand};
use duijie::{Achievement, Catalogue, Demand, Institution, Institutions};
use duijie_coach::{Change, CoachError, CoachOptions, ProposalKind, Proposals, Trial, coach};
use duijie_eval::Qrels;
use duijie_text::TermBase;
use std::cell::Cell;

/// A demand that says 镀锡薄钢板, its answer that says QKDZB, a record that says both are the same,
/// and others that say neither.
fn records() -> (Vec<Demand>, Vec<Achievement>, Qrels) {
    let demands = vec![demand("D1", "镀锡薄钢板")];
    let texts = ["QKDZB卷材", "镀锡薄钢板（QKDZB）标准解读", "厚壁弯头热推", "水泥回转窑", "仓储货架"];
    let owned = |(text, at): (&&str, usize)| Achievement {
        institution: Some("I1".into()),
        ..achievement(&format!("A{at}"), text, "")
    };
    let mut qrels = Qrels::new();
    qrels.insert("D1", "A0", 3).unwrap();
    (demands, texts.iter().zip(0..).map(owned).collect(), qrels)
}

fn measure(proposals: &Proposals, qrels: &Qrels) -> Result<Vec<Change>, CoachError> {
    let (demands, achievements, _) = records();
    let institution = Institution { id: "I1".into(), name: "齐岳大学".into(), ..Default::default() };
    let institutions = Institutions::new(vec![institution]).unwrap();
    let (catalogue, terms) = (Catalogue::default(), TermBase::standard());
    let rounds = Cell::new(0);
    let trial = Trial {
        catalogue: &catalogue,
        institutions: &institutions,
        achievements: &achievements,
        demands: &demands,
        qrels,
        terms: &terms,
    };
    let changes = trial.measure(proposals, &|done| rounds.set(done))?;
    assert_eq!(rounds.get(), Trial::rounds(proposals));
    Ok(changes)
}

#[test]
fn a_definition_that_bridges_the_gap_raises_the_figures() {
    let (demands, achievements, qrels) = records();
    let found = coach(&demands, &achievements, None, &TermBase::standard(), &CoachOptions::default());
    assert_eq!(found.count(ProposalKind::Defined), 1);
    let changes = measure(&found, &qrels).unwrap();
    assert_eq!(changes[0].kinds, [ProposalKind::Defined]);
    let hard = changes[0].figures.iter().find(|figure| figure.name == "hard@10").unwrap();
    assert_eq!((hard.before, hard.after, hard.wins, hard.losses), (0.0, 1.0, 1, 0));
    let ndcg = changes[0].figures.iter().find(|figure| figure.name == "nDCG@10").unwrap();
    assert!(ndcg.after > ndcg.before, "{ndcg:?}");
}

#[test]
fn nothing_proposed_is_nothing_changed() {
    assert_eq!(measure(&Proposals::default(), &records().2).unwrap(), []);
}

#[test]
fn judgments_of_other_demands_are_refused() {
    let mut others = Qrels::new();
    others.insert("D9", "A0", 3).unwrap();
    let refused = measure(&Proposals::default(), &others).unwrap_err();
    assert!(matches!(refused, CoachError::NothingJudged { judged: 1 }), "{refused}");
}
