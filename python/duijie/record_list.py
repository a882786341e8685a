"""Records that were read, and what the reading said of itself."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from typing import Any, Generic, SupportsIndex, TypeVar, overload

from duijie import _duijie
from duijie.arguments import path_text
from duijie.errors import InputError
from duijie.records import _Record

Kind = TypeVar("Kind", bound=_Record)


class Records(list[Kind], Generic[Kind]):
    """Records that were read, with the account of their reading.

    A slice is such a list, too, with the account of the whole reading.

    Attributes:
        report: The account for officials, in Chinese.
        problems: What was not taken as it stands, a line each, with its place.
        origins: Where each record stands: file, sheet, row.
    """

    report: str
    problems: list[str]
    origins: list[str]

    def __init__(
        self, records: Iterable[Kind] = (), core: _duijie.DemandList | _duijie.AchievementList | None = None
    ) -> None:
        super().__init__(records)
        self._core = core
        self.report = "" if core is None else core.report
        self.problems = [] if core is None else core.problems
        self.origins = [] if core is None else core.origins

    @overload
    def __getitem__(self, place: SupportsIndex) -> Kind: ...
    @overload
    def __getitem__(self, place: slice) -> Records[Kind]: ...
    def __getitem__(self, place: SupportsIndex | slice) -> Kind | Records[Kind]:
        if not isinstance(place, slice):
            return super().__getitem__(place)
        part = Records(super().__getitem__(place), self._core)
        part.origins = self.origins[place]
        return part

    def save_report(self, path: str | PathLike[str]) -> None:
        """Writes the account as a web page (.html) or a workbook (.xlsx).

        Raises:
            InputError: If the path ends otherwise, or the records have no account.
            FileAccessError: If the file cannot be written.
        """
        if self._core is None:
            raise InputError("these records have no account of their reading; read_demands and read_achievements give one")
        self._core.write_report(path_text(path))

    def _repr_html_(self) -> str | None:
        page = None if self._core is None else self._core.report_html()
        if page is None:
            return None
        from duijie.html import report_html

        return report_html(page)

    def __reduce_ex__(self, protocol: SupportsIndex) -> tuple[Any, ...]:
        return Records, (list(self), self._core), {"origins": self.origins}
