"""What a match found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from duijie import _duijie
from duijie.errors import UnknownIdError
from duijie.table import Table

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
            the parts of the score as `part_…`, the achievement that speaks most for it and its best passage.
        evidence: A row an achievement that speaks for an entry, with the parts of its own score.
        passages: A row a sentence that speaks for an achievement, with the places of the words shared.
        demands: A row a demand, those without a credible match too, with `verdict`, and where the
            demand probably belongs if it does not say.
        unit: `institution` or `achievement`.
        profile: Name of the rank profile.

    >>> import duijie
    >>> matcher = duijie.Matcher.from_records([{"id": "A1", "title": "低氢焊接工艺"}])
    >>> matches = matcher.match([{"id": "D1", "title": "焊接冷裂纹"}, {"id": "D2", "title": "色差"}], unit="achievement")
    >>> [demand["demand"] for demand in matches.demands]
    ['D1', 'D2']
    >>> len(matches["D1"])
    1
    """

    entries: Table
    evidence: Table
    passages: Table
    demands: Table
    unit: str
    profile: str

    def __init__(self) -> None:
        raise TypeError("Matches are made by Matcher.match")

    @classmethod
    def _of(cls, tables: tuple[_duijie.Table, ...], unit: str, profile: str) -> Matches:
        matches = cls.__new__(cls)
        matches.demands, matches.entries, matches.evidence, matches.passages = map(Table, tables)
        matches.unit, matches.profile = unit, profile
        return matches

    def __getitem__(self, demand: str) -> Matches:
        """The part of one demand, by its id."""
        if len(self.demands.rows_of("demand", demand)) == 0:
            raise UnknownIdError(f"there is no demand {demand!r} in these matches")
        parts = (self.demands, self.entries, self.evidence, self.passages)
        return Matches._of(tuple(part.rows_of("demand", demand)._core for part in parts), self.unit, self.profile)

    def __iter__(self) -> Iterator[Matches]:
        """A part for each demand."""
        return (self[row["demand"]] for row in self.demands)

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

        return heat_map(self, top)

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

    def __reduce__(self) -> tuple[Any, ...]:
        tables = (self.demands, self.entries, self.evidence, self.passages)
        return _rebuilt, (tables, self.unit, self.profile)

    def _repr_html_(self) -> str:
        from duijie.html import matches_html

        return matches_html(self)


def _rebuilt(tables: tuple[Table, ...], unit: str, profile: str) -> Matches:
    return Matches._of(tuple(table._core for table in tables), unit, profile)
