"""Reading records out of frames, rows and files."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterable, Mapping, Sequence
from os import PathLike, fspath
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

from duijie import _duijie
from duijie.catalogue import Catalogue
from duijie.errors import InputError, InputWarning, MissingExtraError
from duijie.records import Achievement, Demand, Institution, _Record

Kind = TypeVar("Kind", Demand, Achievement, Institution)


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


class Records(list[Kind], Generic[Kind]):
    """Records that were read, with the account of their reading.

    Attributes:
        report: The account for officials, in Chinese.
        problems: What was not taken as it stands, a line each, with its place.
        origins: Where each record stands: file, sheet, row.
    """

    report: str = ""
    problems: list[str]
    origins: list[str]
    _core: _duijie.DemandList | _duijie.AchievementList | None = None

    def save_report(self, path: str | PathLike[str]) -> None:
        """Writes the account as a web page (.html) or a workbook (.xlsx).

        Raises:
            InputError: If the path ends otherwise, or the records have no account.
            FileAccessError: If the file cannot be written.
        """
        if self._core is None:
            raise InputError("these records have no account of their reading; read_demands and read_achievements give one")
        self._core.write_report(fspath(path))

    def _repr_html_(self) -> str | None:
        if self._core is None:
            return None
        from duijie.html import report_html

        return report_html(self._core.report_html())


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
    """Reads institutions from a frame, rows, or .jsonl and .csv files.

    Args:
        source: A frame, a list of dicts, or paths.
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
    core = _duijie.read_demands(_door(source), (catalogue or Catalogue())._core, list((columns or {}).items()))
    _warn(core.problems, "read_demands")
    return core


def achievement_list(
    source: Source, institutions: _duijie.InstitutionList, catalogue: Catalogue | None, columns: Columns
) -> _duijie.AchievementList:
    """The achievements of a source, held by the engine."""
    mapping = list((columns or {}).items())
    core = _duijie.read_achievements(_door(source), (catalogue or Catalogue())._core, institutions, mapping)
    _warn(core.problems, "read_achievements")
    return core


def institution_list(source: Source, columns: Columns) -> _duijie.InstitutionList:
    """The institutions of a source, held by the engine."""
    return _duijie.read_institutions(_door(source), list((columns or {}).items()))


def _records(core: _duijie.DemandList | _duijie.AchievementList, kind: type[Kind]) -> Records[Kind]:
    records = Records(kind.from_dict(each) for each in json.loads(core.to_json()))
    records.report, records.problems, records.origins = core.report, core.problems, core.origins
    records._core = core
    return records


def _warn(problems: list[str], reader: str) -> None:
    if problems:
        what = f"{len(problems)} things were not taken as they stand, first: {problems[0]}"
        warnings.warn(f"{what}; duijie.{reader}(…).problems lists them", InputWarning, stacklevel=4)


def _door(source: Source) -> object:
    """The source in one of the three forms that the engine reads."""
    if isinstance(source, (str, PathLike)):
        return [fspath(source)]
    if hasattr(source, "__arrow_c_stream__"):
        return _checked_stream(source)
    if isinstance(source, Mapping):
        raise InputError("a single dict is one record, not a list of them; put it in a list")
    try:
        entries = list(source)
    except TypeError as error:
        found = type(source).__name__
        raise InputError(f"records come from a frame, paths or a list of dicts, found {found}") from error
    return [entry.to_dict() if isinstance(entry, _Record) else _plain(entry) for entry in entries]


def _plain(entry: object) -> object:
    if isinstance(entry, PathLike):
        return fspath(entry)
    return dict(entry) if isinstance(entry, Mapping) else entry


def _checked_stream(source: object) -> object:
    """pandas gives its columns as Arrow only where pyarrow is installed."""
    if type(source).__module__.startswith("pandas"):
        try:
            import pyarrow  # noqa: F401
        except ImportError as error:
            raise MissingExtraError("pandas frames need pyarrow; pip install 'duijie[pandas]'") from error
    return source
