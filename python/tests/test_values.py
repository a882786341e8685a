"""Values of every type that frames and dicts hold become fields, or errors that name row and column."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import duckdb
import numpy
import pandas
import polars
import pyarrow
import pytest

import duijie


def test_numbers_as_ids_and_other_texts_are_texts() -> None:
    rows = [{"id": 7, "title": 304, "enterprise": 12}, {"id": numpy.int64(8), "title": "裂纹"}]
    for source in (rows, pandas.DataFrame(rows), polars.DataFrame({"id": [7, 8], "title": ["304", "裂纹"]})):
        demands = duijie.read_demands(source)
        assert [demand.id for demand in demands] == ["7", "8"]
        assert demands[0].title == "304"
    assert duijie.read_demands(pandas.DataFrame({"id": [1.0, 2.0], "title": ["a", "b"]}))[1].id == "2"
    assert duijie.read_institutions([{"id": 1, "name": "齐岳大学"}])[0].id == "1"


def test_money_of_databases_is_a_number() -> None:
    money = Decimal("12.50")
    relation = duckdb.sql("select 'D1' as id, '裂纹' as title, 12.50::decimal(10, 2) as budget")
    sources: list[Any] = [
        relation,
        [{"id": "D1", "title": "裂纹", "budget": money}],
        pandas.DataFrame({"id": ["D1"], "title": ["裂纹"], "budget": [money]}),
        pyarrow.table({"id": ["D1"], "title": ["裂纹"], "budget": [money]}),
        [{"id": "D1", "title": "裂纹", "budget": numpy.float32(12.5)}],
    ]
    for source in sources:
        assert duijie.read_demands(source)[0].budget == 12.5


def test_dates_are_iso_texts_and_what_is_missing_is_missing() -> None:
    day, time = datetime.date(2023, 5, 1), datetime.datetime(2023, 5, 1, 9, 30)
    row = {
        "id": "D1",
        "title": "裂纹",
        "day": day,
        "stamp": pandas.Timestamp("2023-05-01"),
        "time": time,
        "never": pandas.NaT,
        "unknown": pandas.NA,
        "budget": float("nan"),
    }
    for source in ([row], pandas.DataFrame([row])):
        demand = duijie.read_demands(source)[0]
        assert (demand.extra["day"], demand.extra["stamp"]) == ("2023-05-01", "2023-05-01")
        assert demand.extra["time"] == "2023-05-01T09:30:00"
        assert demand.budget is None
        assert not demand.extra.get("never") and not demand.extra.get("unknown")
    assert duijie.read_demands(polars.DataFrame({"title": ["裂纹"], "id": ["D1"], "time": [time]}))[0].extra["time"] == (
        "2023-05-01T09:30:00"
    )


def test_infinite_amounts_are_reported_with_row_and_column() -> None:
    rows = [{"需求名称": "裂纹", "预算（万元）": 12.5}, {"需求名称": "色差", "预算（万元）": float("inf")}]
    for source in (rows, pandas.DataFrame(rows), polars.DataFrame(rows)):
        with pytest.warns(duijie.InputWarning):
            demands = duijie.read_demands(source)
        assert [demand.budget for demand in demands] == [12.5, None]
        (problem,) = demands.problems
        assert "2〔预算（万元）〕" in problem and "inf" in problem
    with pytest.raises(duijie.InputError, match='row 0.*"budget".*inf'):
        duijie.read_demands(pandas.DataFrame({"id": ["D1"], "title": ["裂纹"], "budget": [float("-inf")]}))


def test_arrays_and_nested_values_in_cells_are_lists() -> None:
    row = {"id": "D1", "title": "裂纹", "indicators": numpy.array(["抗拉≥960MPa"]), "grades": numpy.array([1, 2])}
    demand = duijie.read_demands([row])[0]
    assert (demand.indicators, demand.extra["grades"]) == (["抗拉≥960MPa"], [1, 2])


def test_a_column_of_several_types_is_read_row_by_row() -> None:
    frame = pandas.DataFrame({"id": ["D1", 2], "title": ["裂纹", "色差"], "no": ["甲", 3]})
    demands = duijie.read_demands(frame)
    assert [demand.id for demand in demands] == ["D1", "2"]
    assert [demand.extra["no"] for demand in demands] == ["甲", 3]


def test_what_no_field_takes_is_named_with_row_and_column() -> None:
    with pytest.raises(duijie.InputError, match=r"DataFrame, row 1 .*column \"file\".*object"):
        duijie.read_demands(pandas.DataFrame({"title": ["甲", "乙"], "file": ["a", object()]}))
    with pytest.raises(duijie.InputError, match=r"column \"file\" of Table holds Binary"):
        duijie.read_demands(pyarrow.table({"title": ["甲"], "file": [b"x"]}))
    with pytest.raises(duijie.InputError, match=r"two columns \"title\""):
        duijie.read_demands(pyarrow.Table.from_arrays([pyarrow.array(["甲"])] * 2, names=["title", "title"]))
    with pytest.raises(duijie.InputError):
        duijie.read_demands(pandas.Series(["甲"]))  # type: ignore[arg-type]


def test_a_lazy_frame_is_collected() -> None:
    lazy = polars.DataFrame({"id": ["D1"], "title": ["裂纹"]}).lazy()
    assert duijie.read_demands(lazy)[0].title == "裂纹"  # type: ignore[arg-type]
