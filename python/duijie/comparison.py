"""Two rankings of the same demands, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from duijie.errors import InputError

if TYPE_CHECKING:
    from duijie.charts import Chart
    from duijie.matches import Matches


class Comparison:
    """What a second ranking of the same demands does differently, usually after a weight was changed.

    Args:
        before: The first ranking.
        after: The second one.

    Raises:
        InputError: If one ranks institutions and the other achievements, or the demands differ.

    >>> import duijie
    >>> matcher = duijie.Matcher.from_records([{"id": "A1", "title": "低氢焊接工艺"}])
    >>> bolder = duijie.RankProfile().changed({"parts.text": 0.6}, name="bolder")
    >>> demands = [{"id": "D1", "title": "焊接冷裂纹"}]
    >>> before = matcher.match(demands, unit="achievement")
    >>> before.compare(matcher.match(demands, unit="achievement", profile=bolder)).rows[0]["after"]
    1
    """

    def __init__(self, before: Matches, after: Matches) -> None:
        if before.unit != after.unit:
            raise InputError(f"one ranks {before.unit}s, the other {after.unit}s")
        if [row["demand"] for row in before.demands] != [row["demand"] for row in after.demands]:
            raise InputError("the two rankings are of different demands")
        self.before, self.after = before, after

    @property
    def rows(self) -> list[dict[str, Any]]:
        """A row for whatever either ranked: `demand`, its id and name, and its rank and score in both.

        A rank is `None` where it was not among the best.
        """
        unit = self.before.unit
        rows: dict[tuple[str, str], dict[str, Any]] = {}
        for side, matches in (("before", self.before), ("after", self.after)):
            for entry in matches.entries:
                key = (entry["demand"], entry[unit])
                name = entry["institution_name"] if unit == "institution" else entry["achievement_title"]
                empty = {"before": None, "after": None, "score_before": None, "score_after": None}
                row = rows.setdefault(key, {"demand": entry["demand"], unit: entry[unit], "name": name, **empty})
                row[side], row[f"score_{side}"] = entry["rank"], entry["score"]
        order = {row["demand"]: place for place, row in enumerate(self.before.demands)}
        return sorted(rows.values(), key=lambda row: (order[row["demand"]], row["before"] or 1e9, row["after"] or 1e9))

    @property
    def overlaps(self) -> dict[str, float]:
        """For each demand the share of what is ranked that both rankings have."""
        common: dict[str, list[bool]] = {row["demand"]: [] for row in self.before.demands}
        for row in self.rows:
            common[row["demand"]].append(row["before"] is not None and row["after"] is not None)
        return {demand: sum(both) / len(both) if both else 1.0 for demand, both in common.items()}

    def chart(self, demand: str | None = None) -> Chart:
        """How the ranks of one demand move from one profile to the other; needs the extra `charts`.

        Args:
            demand: Id of the demand; the one that changes most if not given.

        Raises:
            UnknownIdError: If there is no such demand.
            InputError: If there are no demands at all.
        """
        from duijie.charts import rank_changes

        overlaps = self.overlaps
        if not overlaps:
            raise InputError("there are no demands whose ranks could be compared")
        return rank_changes(self, demand if demand is not None else min(overlaps, key=lambda each: overlaps[each]))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Comparison) and (self.before, self.after) == (other.before, other.after)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        moved = sum(row["before"] != row["after"] for row in self.rows)
        return f"Comparison({self.before.profile!r} → {self.after.profile!r}: {moved} of {len(self.rows)} ranks differ)"

    def _repr_html_(self) -> str:
        from duijie.html import comparison_html

        return comparison_html(self)
