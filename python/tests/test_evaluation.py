"""Evaluation gives the values of duijie-eval, for both names of columns."""

from __future__ import annotations

from typing import Any

import numpy
import pandas
import polars
import pyarrow
import pytest
from conftest import COLLECTION, DEMANDS

import duijie

QRELS = COLLECTION / "qrels.txt"


@pytest.fixture(scope="module")
def runs(matcher: duijie.Matcher) -> dict[str, duijie.Matches]:
    textual = duijie.RankProfile().changed({"parts.concepts": 0.0}, name="textual")
    options = {"top": 1000, "unit": "achievement", "progress": False}
    return {
        "default": matcher.match(DEMANDS, **options),  # type: ignore[arg-type]
        "textual": matcher.match(DEMANDS, profile=textual, **options),  # type: ignore[arg-type]
    }


def qrels_frame() -> pandas.DataFrame:
    return pandas.read_csv(QRELS, sep=r"\s+", names=["query_id", "iteration", "doc_id", "relevance"])


def test_the_measures_are_those_of_the_committed_figures(runs: dict[str, duijie.Matches]) -> None:
    committed = (COLLECTION.parent / "results" / "collection.md").read_text(encoding="utf-8")
    row = next(line for line in committed.splitlines() if line.startswith("| achievements, default profile |"))
    found = duijie.evaluate({"default": runs["default"]}, QRELS, measures=["nDCG@10", "R(rel=2)@10", "RR", "AP"])
    for mean in found.to_dicts():
        assert f"{mean['mean']:.4f}" in row, mean["measure"]


def test_the_encoders_vectors_give_the_committed_figures_too() -> None:
    folder = COLLECTION / "vectors"

    def rows(name: str, ids: list[str]) -> numpy.ndarray[Any, numpy.dtype[numpy.float32]]:
        known = (folder / f"{name}.ids").read_text(encoding="utf-8").split()
        return numpy.load(folder / f"{name}.npy")[[known.index(id) for id in ids]]

    institutions = COLLECTION / "institutions.jsonl"
    achievements = duijie.read_achievements(COLLECTION / "achievements.jsonl", institutions=institutions)
    demands = duijie.read_demands(DEMANDS)
    matrix = rows("achievements", [each.id for each in achievements])
    matcher = duijie.Matcher.from_records(achievements, institutions, vectors=matrix)
    asked = rows("demands", [each.id for each in demands])
    matches = matcher.match(demands, top=1000, unit="achievement", vectors=asked, progress=False)
    committed = (COLLECTION.parent / "results" / "collection.md").read_text(encoding="utf-8")
    row = next(line for line in committed.splitlines() if line.startswith("| achievements, profile with-vectors |"))
    for mean in duijie.evaluate([matches], QRELS, measures=["nDCG@10", "AP"]).to_dicts():
        assert f"{mean['mean']:.4f}" in row, mean["measure"]


def test_both_names_of_columns_and_files_give_the_same(runs: dict[str, duijie.Matches]) -> None:
    qrels = qrels_frame()
    run = runs["default"].to_pandas().rename(columns={"demand": "query_id", "achievement": "doc_id"})
    expected = duijie.evaluate({"run": runs["default"]}, QRELS).to_dicts()
    assert duijie.evaluate({"run": run}, qrels).to_dicts() == expected
    pyterrier = run.rename(columns={"query_id": "qid", "doc_id": "docno"})
    labels = qrels.rename(columns={"query_id": "qid", "doc_id": "docno", "relevance": "label"})
    assert duijie.evaluate({"run": pyterrier}, labels).to_dicts() == expected


def test_a_baseline_gives_differences_and_p_values(runs: dict[str, duijie.Matches]) -> None:
    found = duijie.evaluate([runs["default"], runs["textual"]], QRELS, measures=["nDCG@10"], baseline="textual")
    default, textual = found.to_dicts()
    assert (default["run"], textual["run"]) == ("default", "textual")
    assert default["mean"] - textual["mean"] == pytest.approx(default["difference"])
    assert default["wins"] + default["ties"] + default["losses"] == len(found.values.to_dicts()) // 2
    assert 0.0 < default["p_randomisation"] < 0.001
    assert textual["p_t_test"] is None


def test_what_does_not_fit_is_named(runs: dict[str, duijie.Matches]) -> None:
    with pytest.raises(duijie.EvaluationError, match="nDGC"):
        duijie.evaluate([runs["default"]], QRELS, measures=["nDGC@10"])
    with pytest.raises(duijie.EvaluationError, match="none of the runs"):
        duijie.evaluate([runs["default"]], QRELS, baseline="other")
    with pytest.raises(duijie.EvaluationError, match="several runs"):
        duijie.evaluate([runs["default"], runs["default"]], QRELS)
    with pytest.raises(duijie.MissingColumnError, match="qid, demand.*topic"):
        duijie.evaluate({"run": [{"topic": "D1", "docno": "A1", "score": 1.0}]}, QRELS)
    with pytest.raises(duijie.InputError, match="row 0"):
        duijie.evaluate({"run": [{"qid": "D1", "docno": "A1", "score": "high"}]}, QRELS)
    with pytest.raises(duijie.EvaluationError, match="A1"):
        duijie.evaluate({"run": [{"qid": "D1", "docno": "A1", "score": 1.0}] * 2}, QRELS)


def test_a_single_run_and_a_single_measure_need_no_list(runs: dict[str, duijie.Matches]) -> None:
    expected = duijie.evaluate({"default": runs["default"]}, QRELS, measures=["RR"])
    assert duijie.evaluate(runs["default"], QRELS, measures="RR").means == expected.means
    rows = [{"qid": "D1", "docno": "A1", "score": 1.0}, {"qid": "D1", "docno": "A2", "score": 0.5}]
    qrels = [{"qid": "D1", "docno": "A2", "label": 1}]
    for run in (rows, pandas.DataFrame(rows), [pandas.DataFrame(rows)], (each for each in [rows])):
        assert duijie.evaluate(run, qrels, measures=["RR"]).to_dicts()[0]["mean"] == 0.5  # type: ignore[arg-type]
    with pytest.raises(duijie.ArgumentTypeError, match="runs are"):
        duijie.evaluate(3, qrels)  # type: ignore[arg-type]


def test_measures_are_objects_with_such_names_too() -> None:
    class Measure:
        def __str__(self) -> str:
            return "P@1"

    rows = [{"qid": "D1", "docno": "A1", "score": 1.0}]
    qrels = [{"qid": "D1", "docno": "A1", "label": 1}]
    for measures in (Measure(), [Measure(), "RR"]):
        assert duijie.evaluate([rows], qrels, measures=measures).to_dicts()[0]["measure"] == "P@1"  # type: ignore[arg-type]


def test_the_gain_of_ndcg_is_that_of_the_documentation() -> None:
    run = [{"qid": "q", "docno": "a", "score": 2}, {"qid": "q", "docno": "b", "score": 1}]
    qrels = [{"qid": "q", "docno": "a", "label": 1}, {"qid": "q", "docno": "b", "label": 3}]
    expected = (1 + 7 / numpy.log2(3)) / (7 + 1 / numpy.log2(3))
    assert duijie.evaluate(run, qrels, measures="nDCG@10").to_dicts()[0]["mean"] == pytest.approx(expected)
    assert "2^grade" in (duijie.evaluate.__doc__ or "")


def test_an_evaluation_is_its_means_in_every_library(runs: dict[str, duijie.Matches]) -> None:
    found = duijie.evaluate(runs, QRELS, measures=["RR", "AP"], baseline="default")
    dicts = found.to_dicts()
    assert found.to_arrow().to_pylist() == pyarrow.table(found).to_pylist() == dicts
    assert found.to_polars().to_dicts() == polars.DataFrame(found).to_dicts() == dicts
