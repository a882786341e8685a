"""Demands, achievements and institutions as plain objects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, TypeVar

Record = TypeVar("Record", bound="_Record")


@dataclass
class _Record:
    """What all records have: a dict form, where `extra` fields stand beside the others."""

    def to_dict(self) -> dict[str, Any]:
        """The fields that are known, by name.

        >>> Institution("I1", "齐岳大学", kind="university").to_dict()
        {'id': 'I1', 'name': '齐岳大学', 'kind': 'university'}
        """
        known = {name: value for name, value in asdict(self).items() if name != "extra"}
        extra: dict[str, Any] = getattr(self, "extra", {})
        return {name: value for name, value in (known | extra).items() if value not in (None, "", [])}

    @classmethod
    def from_dict(cls: type[Record], values: Mapping[str, Any]) -> Record:
        """A record of these fields; what it has no field for is kept in `extra`.

        >>> Demand.from_dict({"id": "D1", "title": "吊臂焊后延迟裂纹", "contact": "王工"}).extra
        {'contact': '王工'}
        """
        names = {each.name for each in fields(cls)} - {"extra"}
        known = {name: value for name, value in values.items() if name in names}
        extra = {name: value for name, value in values.items() if name not in names}
        return cls(**(known | {"extra": extra}))


@dataclass
class Demand(_Record):
    """What an enterprise needs: a technical demand (技术需求) or a 卡脖子 listing.

    Only `id` and `title` are needed; what is not known scores neutral.

    Attributes:
        id: Names the demand; no blanks.
        title: 需求名称.
        description: What is wrong and what was tried, in the enterprise's words.
        indicators: What must be reached, such as `接头抗拉≥960MPa`.
        kind: `demand`, or `bottleneck` for a 卡脖子 listing.
        enterprise: The enterprise.
        city: Its city.
        chain: Id or name of the chain.
        sub_industry: Code or name of the sub-industry.
        budget: 拟投入资金 in 万元.
        cooperation_modes: 合作方式.
        extra: Fields that the package does not know, as they came.

    >>> Demand("D1", "吊臂焊后延迟裂纹") == Demand("D1", "吊臂焊后延迟裂纹")
    True
    """

    id: str
    title: str
    description: str = ""
    indicators: list[str] = field(default_factory=list)
    kind: str = "demand"
    enterprise: str | None = None
    city: str | None = None
    chain: str | None = None
    sub_industry: str | None = None
    budget: float | None = None
    cooperation_modes: list[str] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass
class Achievement(_Record):
    """What a university or institute offers (可转化创新成果).

    Attributes:
        id: Names the achievement; no blanks.
        title: 成果名称.
        summary: 成果简介.
        keywords: 关键词.
        institution: Id, name or alias of the institution that holds it.
        chain: Id or name of the chain.
        sub_industry: Code or name of the sub-industry.
        maturity: Technology readiness level, 1–9.
        stage: The stage in words, such as 中试.
        patents: Number of patents.
        year: The year it was reported.
        price: Price in 万元.
        cooperation_modes: 转化方式.
        extra: Fields that the package does not know, as they came.

    >>> Achievement("A1", "低氢焊接工艺", maturity=7).maturity
    7
    """

    id: str
    title: str
    summary: str = ""
    keywords: list[str] = field(default_factory=list)
    institution: str | None = None
    chain: str | None = None
    sub_industry: str | None = None
    maturity: int | None = None
    stage: str | None = None
    patents: int | None = None
    year: int | None = None
    price: float | None = None
    cooperation_modes: list[str] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass
class Institution(_Record):
    """A university (高校) or research institute (科研院所).

    Attributes:
        id: Names the institution; no blanks.
        name: Its full name.
        aliases: Other names it goes by.
        kind: `university` or `institute`.
        province: Province, without 省.
        city: City.
        extra: Fields that the package does not know, as they came.

    >>> Institution("I1", "齐岳大学", aliases=["齐大"])
    Institution(id='I1', name='齐岳大学', aliases=['齐大'], kind=None, province=None, city=None, extra={})
    """

    id: str
    name: str
    aliases: list[str] = field(default_factory=list)
    kind: str | None = None
    province: str | None = None
    city: str | None = None
    extra: dict[str, Any] = field(default_factory=dict)
