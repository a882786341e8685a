"""What was found about an event, as tables and as documents."""

from __future__ import annotations

import json
from collections.abc import Iterator
from os import PathLike
from typing import TYPE_CHECKING, Any

from duijie import _duijie
from duijie.arguments import path_text
from duijie.errors import UnknownIdError
from duijie.table import Table

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


class Report:
    """Tables by name, the whole as values, and the documents that officials read.

    As a whole it is its first table: `to_pandas`, `to_polars`, `to_arrow`, `to_dicts` and the Arrow C stream
    interface give that one.

    Attributes:
        title: What the documents are headed with, in Chinese.
        tables: The tables by name.
        values: Everything found, as the command writes it to .json.

    >>> import duijie
    >>> report = duijie.calendar(today="2024-03-01")
    >>> list(report.tables), len(report["tasks"])
    (['events', 'tasks'], 176)
    """

    title: str
    tables: dict[str, Table]
    values: dict[str, Any]

    def __init__(self) -> None:
        raise TypeError("a Report is made by plan, gaps and the other functions on events")

    @classmethod
    def _of(cls, core: _duijie.Report) -> Report:
        report = cls.__new__(cls)
        report._fill(core)
        return report

    def _fill(self, core: _duijie.Report) -> None:
        self._core = core
        self.title = core.title
        self.tables = {name: Table(table) for name, table in core.tables()}
        self.values = json.loads(core.to_json())

    def __getitem__(self, name: str) -> Table:
        """The table of that name."""
        if name not in self.tables:
            raise UnknownIdError(f"there is no table {name!r}; there are {', '.join(self.tables)}")
        return self.tables[name]

    @property
    def _first(self) -> Table:
        return next(iter(self.tables.values()))

    def to_dicts(self) -> list[dict[str, Any]]:
        """The first table as a dict a row."""
        return self._first.to_dicts()

    def to_arrow(self) -> pyarrow.Table:
        """The first table as a `pyarrow.Table`; needs the extra `pandas`, which brings pyarrow."""
        return self._first.to_arrow()

    def to_pandas(self) -> pandas.DataFrame:
        """The first table as a `pandas.DataFrame`; needs the extra `pandas`."""
        return self._first.to_pandas()

    def to_polars(self) -> polars.DataFrame:
        """The first table as a `polars.DataFrame`; needs the extra `polars`."""
        return self._first.to_polars()

    def save(self, path: str | PathLike[str]) -> None:
        """Writes the document that officials read: .xlsx, .docx, or .json with everything found.

        Raises:
            InputError: If the name ends otherwise.
            FileAccessError: If it cannot be written.
        """
        self._core.save(path_text(path))

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._first.__arrow_c_stream__(requested_schema)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.to_dicts())

    def __len__(self) -> int:
        return len(self._first)

    def __repr__(self) -> str:
        sizes = ", ".join(f"{len(table)} {name}" for name, table in self.tables.items())
        return f"{type(self).__name__}({sizes})"

    def _repr_html_(self) -> str:
        from duijie.html import sheets_html

        return sheets_html(self.title, self._core.sheets())


class GapReport(Report):
    """What is missing, with its heat map.

    Attributes:
        heat_map_svg: The heat map of sub-industries as an SVG picture.
    """

    heat_map_svg: str


class CalendarReport(Report):
    """Events and tasks, with the iCalendar file.

    Attributes:
        ics: The text of the iCalendar file.
    """

    ics: str
