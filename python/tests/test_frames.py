"""Every kind of frame goes in and gives the same; what comes out is Arrow."""

from __future__ import annotations

import json
from typing import Any

import duckdb
import pandas
import polars
import pyarrow
import pytest
from conftest import DEMANDS

import duijie


def rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in DEMANDS.read_text(encoding="utf-8").splitlines()][:20]


@pytest.mark.parametrize(
    "frame",
    [
        lambda: pandas.DataFrame(rows()),
        lambda: polars.DataFrame(rows()),
        lambda: pyarrow.Table.from_pylist(rows()),
        lambda: duckdb.sql("from demands", alias="d"),
        lambda: [duijie.Demand.from_dict(row) for row in rows()],
        lambda: [DEMANDS],
        lambda: str(DEMANDS),
    ],
    ids=["pandas", "polars", "pyarrow", "duckdb", "records", "paths", "path"],
)
def test_every_source_gives_the_same_ranking(matcher: duijie.Matcher, frame: Any) -> None:
    duckdb.register("demands", pyarrow.Table.from_pylist(rows()))
    expected = matcher.match(rows(), progress=False)
    found = matcher.match(frame(), progress=False)
    ids = [row["id"] for row in rows()]
    assert [found[id] for id in ids] == [expected[id] for id in ids]


def test_what_comes_out_is_the_same_in_every_library(matches: duijie.Matches) -> None:
    dicts = matches.to_dicts()
    assert matches.to_polars().to_dicts() == dicts
    assert matches.to_arrow().to_pylist() == dicts
    assert matches.to_pandas()["score"].tolist() == [row["score"] for row in dicts]
    assert polars.DataFrame(matches).equals(matches.to_polars())
    assert matches.passages.to_arrow().to_pylist() == matches.passages.to_dicts()


def test_a_part_of_one_demand_is_that_demands_rows(matches: duijie.Matches) -> None:
    demand = matches.demands.to_dicts()[7]["demand"]
    part = matches[demand]
    assert part.to_dicts() == [row for row in matches.to_dicts() if row["demand"] == demand]
    assert part.evidence.to_dicts() == [row for row in matches.evidence.to_dicts() if row["demand"] == demand]
    assert part.to_polars().height == len(part) == 10
    assert sum(len(each) for each in matches) == len(matches)


def test_parts_of_a_score_add_up_to_it(matches: duijie.Matches) -> None:
    for table in (matches.entries, matches.evidence):
        for row in table.head(200):
            parts = [value for name, value in row.items() if name.startswith("part_") and value is not None]
            assert sum(parts) == pytest.approx(row["score"], abs=1e-12)


def test_the_result_does_not_depend_on_the_threads(matcher: duijie.Matcher, matches: duijie.Matches) -> None:
    assert matcher.match(DEMANDS, threads=1, progress=False) == matches
    assert matcher.match(DEMANDS, threads=3, progress=False) == matches


@pytest.mark.parametrize("categorical", [True, False])
def test_frames_with_other_types_of_columns_are_read(matcher: duijie.Matcher, categorical: bool) -> None:
    frame = pandas.DataFrame(rows())
    frame["sub_industry"] = frame["sub_industry"].astype("category" if categorical else "object")
    frame["budget"] = [float("nan"), *range(1, len(frame))]
    frame["reported"] = pandas.Timestamp("2023-05-01")
    found = duijie.read_demands(frame)
    assert found[0].budget is None
    assert found[1].budget == 1.0
    assert found[1].sub_industry == rows()[1]["sub_industry"]
    assert found[1].extra["reported"] == "2023-05-01"


def test_an_empty_list_of_demands_gives_an_empty_result(matcher: duijie.Matcher) -> None:
    found = matcher.match([], progress=False)
    assert (len(found), len(found.demands)) == (0, 0)
    assert found.to_polars().height == 0
