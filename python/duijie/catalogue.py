"""The chains (标志性产业链) and their sub-industries."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from os import PathLike
from typing import Any

from duijie import _duijie
from duijie.arguments import path_text
from duijie.errors import CatalogueError


@dataclass(frozen=True)
class SubIndustry:
    """One sub-industry (细分行业).

    Attributes:
        code: Stable short name, unique over all chains.
        name: Its name in the document.
    """

    code: str
    name: str


@dataclass(frozen=True)
class Chain:
    """One chain (产业链).

    Attributes:
        id: Stable short name.
        no: Number in the document, and of its event.
        name: Its name in the document.
        sub_industries: In the order of the document.
        event_from: First month of its event, `2022-11`.
        event_to: Last month of its event.
        lead_offices: 牵头处室.
    """

    id: str
    no: int
    name: str
    sub_industries: tuple[SubIndustry, ...]
    event_from: str
    event_to: str
    lead_offices: str


class Catalogue:
    """The chains, their sub-industries, offices and event windows.

    Without an argument it is Annex 1 of 鲁工信技〔2022〕203号; another version loads from a JSON file.

    Args:
        path: File of another version.

    Raises:
        CatalogueError: If the file is no catalogue.
        FileAccessError: If it cannot be read.

    >>> catalogue = Catalogue()
    >>> catalogue.chain("高端装备").id
    'equipment'
    >>> catalogue.sub_industry("氢燃料电池").code
    'hydrogen'
    >>> len(catalogue.chains)
    11
    """

    _core: _duijie.Catalogue

    def __init__(self, path: str | PathLike[str] | None = None) -> None:
        self._take(_duijie.Catalogue.builtin() if path is None else _duijie.Catalogue.load(path_text(path)))

    @classmethod
    def _of(cls, core: _duijie.Catalogue) -> Catalogue:
        catalogue = cls.__new__(cls)
        catalogue._take(core)
        return catalogue

    def _take(self, core: _duijie.Catalogue) -> None:
        self._core = core
        values = json.loads(core.to_json())
        self.version: str = values["version"]
        self.chains: tuple[Chain, ...] = tuple(_chain(each) for each in values["chains"])

    def chain(self, name: str) -> Chain:
        """The chain of an id, a name or a former name.

        Raises:
            CatalogueError: If there is none.
        """
        found = self._core.chain(name)
        for chain in self.chains:
            if chain.id == found:
                return chain
        known = "、".join(chain.name for chain in self.chains)
        raise CatalogueError(f"the chain {name!r} is not in catalogue {self.version}; known chains: {known}")

    def sub_industry(self, name: str) -> SubIndustry:
        """The sub-industry of a code, a name or a former name.

        Raises:
            CatalogueError: If there is none.
        """
        found = self._core.sub_industry(name)
        for chain in self.chains:
            for sub_industry in chain.sub_industries:
                if found is not None and sub_industry.code == found[1]:
                    return sub_industry
        raise CatalogueError(f"the sub-industry {name!r} is not in catalogue {self.version}")

    def next_event(self, today: datetime.date | None = None) -> Chain | None:
        """The chain whose event is on or comes next; `None` once the last is over.

        >>> Catalogue().next_event(datetime.date(2023, 5, 20)).name
        '高端装备产业链'
        """
        today = today or datetime.date.today()
        found = self._core.next_event(today.year, today.month)
        return None if found is None else self.chain(found)

    def __repr__(self) -> str:
        return f"Catalogue(version={self.version!r}, {len(self.chains)} chains)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Catalogue) and self._core.to_json() == other._core.to_json()

    def __hash__(self) -> int:
        return hash(self._core.to_json())

    def __reduce__(self) -> tuple[Any, ...]:
        return _from_json, (self._core.to_json(),)


def _from_json(text: str) -> Catalogue:
    return Catalogue._of(_duijie.Catalogue.from_json(text))


def _chain(values: dict[str, Any]) -> Chain:
    return Chain(
        id=values["id"],
        no=values["no"],
        name=values["name"],
        sub_industries=tuple(SubIndustry(sub["code"], sub["name"]) for sub in values["sub_industries"]),
        event_from=values["event_window"]["from"],
        event_to=values["event_window"]["to"],
        lead_offices=values.get("lead_offices", ""),
    )
