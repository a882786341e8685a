"""What a match found."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from os import PathLike
from typing import TYPE_CHECKING, Any

from duijie import _duijie
from duijie.arguments import path_text, whole_number
from duijie.errors import InputError, UnknownIdError
from duijie.table import Table, row

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from duijie.charts import Chart
    from duijie.comparison import Comparison


class Matches:
    """Rankings for demands, in the order of the demands, as tables that join by id.

    As a whole it is the table `entries`: `to_pandas`, `to_polars`, `to_arrow`, `to_dicts` and the Arrow C
    stream interface give that one.

    Attributes:
        entries: A row a ranked institution or achievement: `demand`, `rank`, `institution_name`, `score`,
            the parts of the score as `part_…`, the achievement that speaks most for it, its best passage,
            what it says to the `indicators` of the demand (满足, 不满足, 未载明), and of a demand that names no
            sub-industry the `inferred_sub_industry` with its `inferred_probability`.
        evidence: A row an achievement that speaks for an entry, with the parts of its own score and what
            it says to the `indicators`.
        passages: A row a sentence that speaks for an achievement, with the places of the words shared:
            `via` names the concept that led to one, and `from` the demand's wording of it.
        demands: A row a demand, those without a credible match too, with `verdict`, where the demand
            probably belongs if it does not say, and whether the `home_province` of the profile has a
            `home_candidate`.
        unit: `institution` or `achievement`.
        profile: Name of the rank profile.

    >>> import duijie
    >>> matcher = duijie.Matcher.from_records([{"id": "A1", "title": "低氢焊接工艺"}])
    >>> matches = matcher.match([{"id": "D1", "title": "焊接冷裂纹"}, {"id": "D2", "title": "色差"}], unit="achievement")
    >>> [demand["demand"] for demand in matches.demands]
    ['D1', 'D2']
    >>> len(matches["D1"]), len(matches[0]), len(matches[:2].demands)
    (1, 1, 2)
    """

    entries: Table
    evidence: Table
    passages: Table
    demands: Table
    unit: str
    profile: str
    _documents: _duijie.MatchDocuments | None

    def __init__(self) -> None:
        raise TypeError("Matches are made by Matcher.match")

    @classmethod
    def _of(
        cls,
        tables: tuple[_duijie.Table, ...],
        unit: str,
        profile: str,
        documents: _duijie.MatchDocuments | None = None,
    ) -> Matches:
        matches = cls.__new__(cls)
        matches.demands, matches.entries, matches.evidence, matches.passages = map(Table, tables)
        matches.unit, matches.profile, matches._documents = unit, profile, documents
        return matches

    def __getitem__(self, demand: str | int | slice) -> Matches:
        """The part of one demand, by its id or its place from 0 on; or of several, by a slice of their places.

        Raises:
            UnknownIdError: If there is no demand with that id.
            RowError: If there is none at that place.
        """
        if isinstance(demand, slice):
            demands = self.demands[demand]
        elif isinstance(demand, str):
            demands = self.demands.rows_of("demand", demand)
            if len(demands) == 0:
                raise UnknownIdError(f"there is no demand {demand!r} in these matches")
        else:
            place = row(demand, len(self.demands))
            demands = self.demands[place : place + 1]
        ids = [each["demand"] for each in demands]
        others = (self.entries, self.evidence, self.passages)
        tables = tuple(part._core for part in (demands, *(_of_demands(each, ids) for each in others)))
        documents = None if self._documents is None else self._documents.of_demands(set(ids))
        return Matches._of(tables, self.unit, self.profile, documents)

    def __iter__(self) -> Iterator[Matches]:
        """A part for each demand."""
        return (self[place] for place in range(len(self.demands)))

    def __len__(self) -> int:
        return len(self.entries)

    def to_dicts(self) -> list[dict[str, Any]]:
        """The ranking as a dict a row."""
        return self.entries.to_dicts()

    def to_arrow(self) -> pyarrow.Table:
        """The ranking as a `pyarrow.Table`; needs the extra `pandas`, which brings pyarrow."""
        return self.entries.to_arrow()

    def to_pandas(self) -> pandas.DataFrame:
        """The ranking as a `pandas.DataFrame`; needs the extra `pandas`."""
        return self.entries.to_pandas()

    def to_polars(self) -> polars.DataFrame:
        """The ranking as a `polars.DataFrame`; needs the extra `polars`."""
        return self.entries.to_polars()

    def save(
        self,
        path: str | PathLike[str],
        *,
        audience: str = "工作人员",
        mask_enterprises: bool = False,
        disclosures: str | PathLike[str] | None = None,
    ) -> None:
        """Writes 匹配结果 for an audience: .xlsx with a sheet a chain, .csv or .jsonl.

        Args:
            path: The file.
            audience: 公开, 高校院所, 企业 or 工作人员, which decides on the fields shown.
            mask_enterprises: Whether to veil the names of enterprises, whatever is declared.
            disclosures: Another declaration (TOML) of the fields that each audience may see.

        Raises:
            InputError: If the ending or the audience is none of these.
            FileAccessError: If the file cannot be written.
        """
        self._writable().write_matches(path_text(path), _words(audience, mask_enterprises, disclosures))

    def save_handbook(
        self,
        path: str | PathLike[str],
        *,
        title: str = "产学研精准对接手册",
        issuer: str = "山东省工业和信息化厅",
        date: str | None = None,
        candidates: int = 5,
        audience: str = "工作人员",
        mask_enterprises: bool = False,
        disclosures: str | PathLike[str] | None = None,
    ) -> None:
        """Writes a 对接手册 (.docx): cover, contents, every demand with its institutions, every institution's invitations.

        Args:
            path: The file.
            title: The title on the cover.
            issuer: Who hands it out.
            date: The date on the cover, in words; this month if not given.
            candidates: Institutions for each demand at most.
            audience: 公开, 高校院所, 企业 or 工作人员, which decides on the fields shown.
            mask_enterprises: Whether to veil the names of enterprises, whatever is declared.
            disclosures: Another declaration (TOML) of the fields that each audience may see.

        Raises:
            InputError: If the audience is none of these.
            FileAccessError: If the file cannot be written.
        """
        today = datetime.date.today()
        cover = (title, issuer, date or f"{today.year}年{today.month}月")
        words = _words(audience, mask_enterprises, disclosures)
        self._writable().write_handbook(path_text(path), cover, whole_number("candidates", candidates), words)

    def _writable(self) -> _duijie.MatchDocuments:
        if self._documents is None:
            raise InputError("matches that were pickled have tables alone; match again to write documents of them")
        return self._documents

    def compare(self, other: Matches) -> Comparison:
        """What `other`, made with another profile, ranks differently."""
        from duijie.comparison import Comparison

        return Comparison(self, other)

    def heat_map(self, *, top: int = 20) -> Chart:
        """A chart of which institutions answer the demands of which chain; needs the extra `charts`.

        Args:
            top: How many institutions to show: those that answer most demands.
        """
        from duijie.charts import heat_map

        return heat_map(self, whole_number("top", top))

    def coverage(self) -> Chart:
        """A chart of how many demands of each chain have a credible match; needs the extra `charts`."""
        from duijie.charts import coverage

        return coverage(self)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.entries.__arrow_c_stream__(requested_schema)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Matches)
            and (self.entries, self.evidence, self.passages, self.demands)
            == (other.entries, other.evidence, other.passages, other.demands)
            and (self.unit, self.profile) == (other.unit, other.profile)
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        matched = sum(row["verdict"] == "matched" for row in self.demands)
        demands = f"{len(self.demands)} demand{'s' * (len(self.demands) != 1)}, {matched} with a credible match"
        return f"Matches({demands}; {len(self)} ranked {self.unit}s, profile {self.profile!r})"

    def __copy__(self) -> Matches:
        # Nothing changes in them.
        return self

    def __deepcopy__(self, memo: object) -> Matches:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        tables = (self.demands, self.entries, self.evidence, self.passages)
        return _rebuilt, (tables, self.unit, self.profile)

    def _repr_html_(self) -> str:
        from duijie.html import matches_html

        return matches_html(self)


def _words(audience: str, masked: bool, disclosures: str | PathLike[str] | None) -> tuple[str, bool, str | None]:
    return audience, masked, None if disclosures is None else path_text(disclosures)


def _of_demands(table: Table, ids: list[str]) -> Table:
    """The rows of demands that follow each other."""
    spans = [span for span in (table._core.rows_of("demand", id) for id in ids) if span[1] > 0]
    start, end = (spans[0][0], sum(spans[-1])) if spans else (0, 0)
    return table[start:end]


def _rebuilt(tables: tuple[Table, ...], unit: str, profile: str) -> Matches:
    return Matches._of(tuple(table._core for table in tables), unit, profile)
