"""Reading records out of frames, rows and files."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterable, Mapping, Sequence
from os import PathLike
from typing import Any, Protocol, TypeAlias

from duijie import _duijie
from duijie.arguments import column_mapping, path_text
from duijie.catalogue import Catalogue
from duijie.errors import ArgumentTypeError, InputError, InputWarning, MissingExtraError
from duijie.record_list import Kind, Records
from duijie.records import Achievement, Demand, Institution, _Record


class ArrowStream(Protocol):
    """What pandas, polars, pyarrow and DuckDB frames have in common."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The Arrow C stream interface."""


Source: TypeAlias = (
    "ArrowStream | str | PathLike[str] | Sequence[str | PathLike[str]] | Iterable[Mapping[str, Any] | _Record]"
)
"""A frame, one path or several, or rows as dicts or records."""

Columns: TypeAlias = "Mapping[str, str] | None"
"""Column names by record field, where the columns are not headed as official tables head them."""


def read_demands(source: Source, *, catalogue: Catalogue | None = None, columns: Columns = None) -> Records[Demand]:
    """Reads demands from a frame, rows, or files.

    Columns are found under the names that official tables use (技术需求名称, 拟投入资金总额 …) or under the
    names of the record's own fields.

    Args:
        source: A frame; a list of dicts; or paths of .xlsx, .xls, .ods, .docx, .csv, .html and .jsonl files.
        catalogue: Chains and sub-industries; the built-in ones if not given.
        columns: Column names by record field, where no alias fits.

    Raises:
        MissingColumnError: If there is no column for the title, or none that `columns` names.
        InputError: If a row is no record; the message names row and column.
        FileAccessError: If a file cannot be read.

    >>> rows = [{"技术需求名称": "吊臂焊后延迟裂纹", "企业名称": "某重工", "拟投入资金（万元）": "面议"}]
    >>> import warnings
    >>> warnings.simplefilter("ignore")
    >>> demand = read_demands(rows)[0]
    >>> demand.title, demand.enterprise, demand.budget
    ('吊臂焊后延迟裂纹', '某重工', None)
    """
    core = demand_list(source, catalogue, columns)
    return _records(core, Demand)


def read_institutions(source: Source, *, columns: Columns = None) -> Records[Institution]:
    """Reads institutions from a frame, rows, or files.

    Args:
        source: A frame; a list of dicts; or paths of .xlsx, .xls, .ods, .docx, .csv, .html and .jsonl files.
        columns: Column names by record field, where no alias fits.

    Raises:
        MissingColumnError: If there is no column for id or name.
        InputError: If a row is no record.

    >>> read_institutions([{"编号": "I1", "单位名称": "齐岳大学", "简称": "齐大；QYU"}])[0].aliases
    ['齐大', 'QYU']
    """
    core = institution_list(source, columns)
    return Records(Institution.from_dict(each) for each in json.loads(core.to_json()))


def read_achievements(
    source: Source,
    *,
    institutions: Source = (),
    catalogue: Catalogue | None = None,
    columns: Columns = None,
) -> Records[Achievement]:
    """Reads achievements from a frame, rows, or files, as `read_demands` reads demands.

    Args:
        source: A frame, a list of dicts, or paths.
        institutions: The institutions that the achievements name.
        catalogue: Chains and sub-industries; the built-in ones if not given.
        columns: Column names by record field, where no alias fits.

    Raises:
        MissingColumnError: If there is no column for the title.
        InputError: If a row is no record.

    >>> read_achievements([{"成果名称": "低氢焊接工艺", "成熟度": "7级"}])[0].maturity
    7
    """
    core = achievement_list(source, institution_list(institutions, None), catalogue, columns)
    return _records(core, Achievement)


def demand_list(source: Source, catalogue: Catalogue | None, columns: Columns) -> _duijie.DemandList:
    """The demands of a source, held by the engine."""
    core = _duijie.read_demands(_door(source), (catalogue or Catalogue())._core, column_mapping(columns))
    _warn(core.problems, "read_demands")
    return core


def achievement_list(
    source: Source, institutions: _duijie.InstitutionList, catalogue: Catalogue | None, columns: Columns
) -> _duijie.AchievementList:
    """The achievements of a source, held by the engine."""
    known = (catalogue or Catalogue())._core
    core = _duijie.read_achievements(_door(source), known, institutions, column_mapping(columns))
    _warn(core.problems, "read_achievements")
    return core


def institution_list(source: Source, columns: Columns) -> _duijie.InstitutionList:
    """The institutions of a source, held by the engine."""
    return _duijie.read_institutions(_door(source), column_mapping(columns))


def one_demand(demand: Demand | Mapping[str, Any] | str) -> list[Demand | Mapping[str, Any]]:
    """A demand, a dict with the columns of one, a row of a frame, or a title, as a list of one.

    Raises:
        ArgumentTypeError: If it is none of these.
    """
    if isinstance(demand, str):
        return [Demand("demand", demand)]
    if isinstance(demand, Demand):
        return [demand]
    row: Any = demand
    if getattr(row, "ndim", None) == 1 and hasattr(row, "to_dict"):
        row = row.to_dict()
    if not isinstance(row, Mapping):
        found = type(demand).__name__
        raise ArgumentTypeError(f"one demand is a Demand, a dict or a text, found {found}; match takes several")
    return [{"id": "demand", **row} if "title" in row else row]


def _records(core: _duijie.DemandList | _duijie.AchievementList, kind: type[Kind]) -> Records[Kind]:
    return Records((kind.from_dict(each) for each in json.loads(core.to_json())), core)


def _warn(problems: list[str], reader: str) -> None:
    if problems:
        what = f"{len(problems)} things were not taken as they stand, first: {problems[0]}"
        warnings.warn(f"{what}; duijie.{reader}(…).problems lists them", InputWarning, stacklevel=4)


def _door(source: Source) -> object:
    """The source in one of the three forms that the engine reads."""
    if isinstance(source, (str, PathLike)):
        return [path_text(source)]
    if type(source).__module__.startswith("polars") and hasattr(source, "collect"):
        # A LazyFrame has no rows yet.
        return source.collect()
    if hasattr(source, "__arrow_c_stream__"):
        return _checked_stream(source)
    if isinstance(source, Mapping):
        raise InputError("a single dict is one record, not a list of them; put it in a list")
    try:
        entries = list(source)
    except TypeError as error:
        found = type(source).__name__
        raise ArgumentTypeError(f"records come from a frame, paths or a list of dicts, found {found}") from error
    return [entry.to_dict() if isinstance(entry, _Record) else _plain(entry) for entry in entries]


def _plain(entry: object) -> object:
    if isinstance(entry, PathLike):
        return path_text(entry)
    return dict(entry) if isinstance(entry, Mapping) else entry


def _checked_stream(source: object) -> object:
    """pandas gives its columns as Arrow only where pyarrow is installed."""
    if type(source).__module__.startswith("pandas"):
        try:
            import pyarrow  # noqa: F401
        except ImportError as error:
            raise MissingExtraError("pandas frames need pyarrow; pip install 'duijie[pandas]'") from error
    return source
