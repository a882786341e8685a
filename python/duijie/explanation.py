"""Why a pair ranks where it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duijie.charts import Chart

PART_NAMES = {
    "title": "名称用词",
    "keywords": "关键词用词",
    "summary": "简介用词",
    "characters": "用字",
    "concepts": "术语概念",
    "semantic": "语义向量",
    "sub_industry": "细分行业",
    "maturity": "成熟度",
    "indicators": "指标",
    "reranker": "重排",
    "best_achievement": "最佳成果",
    "further_achievements": "其他成果",
    "institution_maturity": "单位成熟度",
    "institution_patents": "单位专利",
}
"""What officials call the parts of a score."""


@dataclass
class Explanation:
    """Why an achievement or institution ranks where it does for a demand, chosen or not.

    Attributes:
        demand: Id of the demand.
        verdict: `matched` or `no_credible_match`.
        unit: What was explained: `institution` or `achievement`.
        with_id: Its id.
        rank: Its rank; `None` if it is no candidate.
        ranked: How many were ranked.
        score: Its score, the sum of `parts`; `None` if it is no candidate.
        parts: The parts of its score.
        achievement: The achievement explained: itself, or the institution's best.
        achievement_parts: The parts of that achievement's score.
        found: The demand's terms that the achievement has, with `contribution`, the greatest first.
        missing: The demand's weightiest terms that it lacks.
        concepts: The concepts they share, with `contribution`.
        passages: Sentences that speak for it.
        indicators: What it says to each of the demand's indicators: `met`, `not_met` or `not_stated`.
        first: Id and score of what ranks first instead, where that is another.
        names: What the ids are called.
        title: Title of the demand.
        inferred: Where the demand probably belongs, if it does not say: `sub_industry`, `name` and `probability`.

    >>> import duijie
    >>> matcher = duijie.Matcher.from_records([{"id": "A1", "title": "低氢焊接工艺"}])
    >>> explanation = matcher.explain("焊接冷裂纹", "A1")
    >>> explanation.rank, round(explanation.score - sum(explanation.parts.values()), 9)
    (1, 0.0)
    """

    demand: str
    verdict: str
    unit: str
    with_id: str
    rank: int | None
    ranked: int
    score: float | None
    parts: dict[str, float]
    achievement: str | None
    achievement_parts: dict[str, float]
    found: list[dict[str, Any]]
    missing: list[dict[str, Any]]
    concepts: list[dict[str, Any]]
    passages: list[dict[str, Any]]
    indicators: list[dict[str, Any]]
    first: tuple[str, float] | None
    names: dict[str, str]
    title: str = ""
    inferred: dict[str, Any] | None = None

    @classmethod
    def _of(cls, values: dict[str, Any], names: dict[str, str], title: str) -> Explanation:
        first = tuple(values["first"]) if values["first"] else None
        wanted = {values["with"], values["achievement"], first and first[0]}
        known = {field for field in cls.__dataclass_fields__ if field in values}
        return cls(
            **{field: values[field] for field in known - {"first"}},
            with_id=values["with"],
            first=first,
            names={id: name for id, name in names.items() if id in wanted},
            title=title,
        )

    def name(self, id: str | None) -> str:
        """What an id is called."""
        return "" if id is None else self.names.get(id, id)

    def chart(self) -> Chart:
        """A waterfall of the score: what each part adds; needs the extra `charts`."""
        from duijie.charts import waterfall

        return waterfall(self)

    def _repr_html_(self) -> str:
        from duijie.html import explanation_html

        return explanation_html(self)
