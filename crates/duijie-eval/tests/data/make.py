"""Makes the test data of this folder; see README.md for the command."""

import random
from pathlib import Path

import ir_measures
import numpy as np
from ir_measures import Qrel, ScoredDoc
from scipy import stats

HERE = Path(__file__).parent
DEMANDS = [f"d{number:02}" for number in range(1, 15)]
ACHIEVEMENTS = [f"a{number:02}" for number in range(1, 41)]
NOTHING_RELEVANT = "d05"
UNANSWERED = {"baseline": "d09", "other": "d11"}
NOT_JUDGED = "x99"
MEASURES = [
    "nDCG", "nDCG@1", "nDCG@5", "nDCG@10",
    "P@1", "P@10", "P(rel=2)@5",
    "R@5", "R@10", "R(rel=2)@10",
    "AP", "AP@10", "AP(rel=2)", "AP(rel=2)@10",
    "RR", "RR@3", "RR(rel=2)", "RR(rel=2)@3",
]


def make_qrels(rng):
    qrels = {}
    for demand in DEMANDS:
        judged = rng.sample(ACHIEVEMENTS, rng.randint(3, 14))
        grades = [-1, 0] if demand == NOTHING_RELEVANT else [-1, 0, 0, 1, 1, 2, 3]
        qrels[demand] = {achievement: rng.choice(grades) for achievement in judged}
    return qrels


def make_run(rng, qrels, system, skill):
    run = {}
    for demand in [*DEMANDS, NOT_JUDGED]:
        if demand == UNANSWERED[system]:
            continue
        grades = qrels.get(demand, {})
        key = {a: skill * grades.get(a, 0) + rng.gauss(0, 1) for a in ACHIEVEMENTS}
        best = sorted(ACHIEVEMENTS, key=key.get, reverse=True)[: rng.randint(2, 25)]
        # Steps of at least 0.125: strictly falling as 32-bit floats too.
        score, ranking = 64.0, []
        for achievement in best:
            score -= rng.randint(1, 8) / 8
            ranking.append((achievement, score))
        run[demand] = ranking
    return run


def reference(qrels, run, name):
    """The measure's value for every demand of the qrels."""
    measure, judged = ir_measures.parse_measure(name), qrels
    if name.startswith("nDCG"):
        # trec_eval takes the grade as gain: give it 2^g - 1 for a grade.
        judged = {
            demand: {a: 2 ** max(grade, 0) - 1 for a, grade in grades.items()}
            for demand, grades in qrels.items()
        }
    values = per_demand(judged, run, measure)
    if name.startswith("nDCG@"):
        check_against_gdeval(qrels, run, measure["cutoff"], values)
    mean = ir_measures.calc_aggregate([measure], as_qrels(judged), as_run(run))[measure]
    assert abs(mean - np.mean(list(values.values()))) < 1e-12, name
    return values


def check_against_gdeval(qrels, run, cutoff, values):
    """A second tool: gdeval prints five decimals, wants numbers as topic ids
    and fails on a topic without relevant documents."""
    measure = ir_measures.parse_measure(f"nDCG(dcg='exp-log2')@{cutoff}")
    answered = {d: d[1:] for d in DEMANDS if d in run and d != NOTHING_RELEVANT}
    numbered = lambda table: {number: table[d] for d, number in answered.items()}
    gdeval = per_demand(numbered(qrels), numbered(run), measure)
    for demand, number in answered.items():
        assert abs(values[demand] - gdeval[number]) < 6e-6, (cutoff, demand)


def per_demand(qrels, run, measure):
    values = dict.fromkeys(DEMANDS, 0.0)
    for metric in ir_measures.iter_calc([measure], as_qrels(qrels), as_run(run)):
        values[metric.query_id] = metric.value
    return values


def as_qrels(qrels):
    return [Qrel(d, a, g) for d, grades in qrels.items() for a, g in grades.items()]


def as_run(run):
    return [ScoredDoc(d, a, s) for d, ranking in run.items() for a, s in ranking if d != NOT_JUDGED]


def write(name, lines):
    (HERE / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def write_run(name, run):
    write(f"{name}.run", (
        f"{demand} Q0 {achievement} {rank} {score} {name}"
        for demand, ranking in run.items()
        for rank, (achievement, score) in enumerate(ranking, 1)
    ))


def sign_flip_p(differences):
    """Exact: scipy tries all 2^14 assignments."""
    return stats.permutation_test(
        (differences,), np.mean, permutation_type="samples", n_resamples=np.inf, vectorized=False
    ).pvalue


def main():
    rng = random.Random(20240601)
    qrels = make_qrels(rng)
    runs = {"baseline": make_run(rng, qrels, "baseline", 0.4), "other": make_run(rng, qrels, "other", 0.9)}
    write("qrels.txt", (f"{d} 0 {a} {g}" for d, grades in qrels.items() for a, g in grades.items()))
    values_lines, comparison_lines = [], []
    for name in MEASURES:
        values = {system: reference(qrels, run, name) for system, run in runs.items()}
        for system in runs:
            values_lines += [f"{name}\t{system}\t{d}\t{values[system][d]!r}" for d in DEMANDS]
        baseline = np.array([values["baseline"][d] for d in DEMANDS])
        other = np.array([values["other"][d] for d in DEMANDS])
        t_test = stats.ttest_rel(other, baseline)
        comparison_lines.append("\t".join([
            name, repr(float(other.mean() - baseline.mean())),
            repr(float(t_test.statistic)), repr(float(t_test.pvalue)), repr(float(sign_flip_p(other - baseline))),
        ]))
    for name, run in runs.items():
        write_run(name, run)
    write("values.tsv", values_lines)
    write("comparison.tsv", comparison_lines)
    write("student_t.tsv", (
        f"{t}\t{degrees}\t{float(2 * stats.t.sf(t, degrees))!r}"
        for degrees in [1, 2, 3, 4, 5, 10, 13, 30, 31, 131, 164, 999, 10000]
        for t in [0.001, 0.3, 0.6, 0.7, 1.0, 1.96, 2.5, 4.0, 8.0, 20.0]
    ))


if __name__ == "__main__":
    main()
