"""Tables that hold Arrow columns and become frames of any library."""

from __future__ import annotations

import operator
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, overload

from duijie import _duijie
from duijie.arguments import whole_number
from duijie.errors import ArgumentTypeError, InputError, MissingExtraError, RowError

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


def import_extra(module: str, extra: str) -> Any:
    """Imports a library that only an extra of the package brings."""
    import importlib

    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise MissingExtraError(f"this needs {module}; pip install 'duijie[{extra}]'") from error


class Table:
    """Rows and columns, held as Arrow and handed on without a copy.

    Anything that reads the Arrow C stream interface takes a table as it is: `pyarrow.table(table)`,
    `polars.DataFrame(table)`, a DuckDB query.

    >>> import duijie
    >>> qrels = [{"query_id": "D1", "doc_id": "A1", "relevance": 1}]
    >>> run = [{"query_id": "D1", "doc_id": "A1", "score": 2.5}]
    >>> table = duijie.evaluate({"run": run}, qrels, measures=["RR"]).means
    >>> table.columns[:3], len(table)
    (['run', 'measure', 'mean'], 1)
    """

    def __init__(self, core: _duijie.Table) -> None:
        self._core = core

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""
        return self._core.columns

    def to_dicts(self) -> list[dict[str, Any]]:
        """A dict a row."""
        return self._core.to_dicts()

    def to_arrow(self) -> pyarrow.Table:
        """A `pyarrow.Table`; needs the extra `pandas`, which brings pyarrow."""
        return import_extra("pyarrow", "pandas").table(self)

    def to_pandas(self) -> pandas.DataFrame:
        """A `pandas.DataFrame`; needs the extra `pandas`."""
        import_extra("pandas", "pandas")
        frame: pandas.DataFrame = self.to_arrow().to_pandas()
        return frame

    def to_polars(self) -> polars.DataFrame:
        """A `polars.DataFrame`; needs the extra `polars`."""
        frame: polars.DataFrame = import_extra("polars", "polars").DataFrame(self)
        return frame

    def rows_of(self, column: str, value: str) -> Table:
        """The rows that have `value` in `column`, which stand together in every table of this package."""
        start, length = self._core.rows_of(column, value)
        return Table(self._core.slice(start, length))

    @overload
    def __getitem__(self, place: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, place: slice) -> Table: ...
    def __getitem__(self, place: int | slice) -> dict[str, Any] | Table:
        """A row as a dict, counted from 0 or from the end; or the rows of a slice without a step.

        Raises:
            RowError: If there is no such row.
        """
        if isinstance(place, slice):
            start, length = span(place, len(self))
            return Table(self._core.slice(start, length))
        return Table(self._core.slice(row(place, len(self)), 1)).to_dicts()[0]

    def head(self, rows: int = 5) -> Table:
        """The first rows."""
        return Table(self._core.slice(0, whole_number("rows", rows)))

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._core.__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        return len(self._core)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.to_dicts())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Table) and self._core.equals(other._core)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Table({len(self)} rows: {', '.join(self.columns)})"

    def __reduce__(self) -> tuple[Any, ...]:
        return _from_ipc, (self._core.to_ipc(),)

    def _repr_html_(self) -> str:
        from duijie.html import table_html

        return table_html(self)


def row(place: int, rows: int) -> int:
    """The number of a row, from 0, that may be counted from the end.

    Raises:
        RowError: If there is no such row.
    """
    try:
        place = operator.index(place)
    except TypeError as error:
        raise ArgumentTypeError(f"a row is named by its number or a slice, found {place!r}") from error
    if not -rows <= place < rows:
        raise RowError(f"there is no row {place}; there are {rows}")
    return place % rows


def span(place: slice, rows: int) -> tuple[int, int]:
    """First row and number of rows of a slice.

    Raises:
        InputError: If it has a step.
    """
    start, end, step = place.indices(rows)
    if step != 1:
        raise InputError(f"rows are sliced without a step, found {step}; take a frame to choose rows")
    return start, max(end - start, 0)


def _from_ipc(data: bytes) -> Table:
    return Table(_duijie.Table.from_ipc(data))
