"""What is printed and handed out at an event, and what judges write."""

from __future__ import annotations

import os
from collections.abc import Iterable
from os import PathLike
from typing import Any

from duijie import _duijie
from duijie.arguments import path_text, whole_number, write_file
from duijie.catalogue import Catalogue
from duijie.matches import Matches
from duijie.sources import Source, achievement_list, demand_list, institution_list

GRADES = ("无相关", "弱相关", "较强相关", "强相关")
"""What a judge can say, worst first; a grade is its place."""


def write_lists(
    folder: str | PathLike[str],
    demands: Source,
    achievements: Source,
    institutions: Source = (),
    *,
    catalogue: Catalogue | None = None,
    audience: str = "公开",
    mask_enterprises: bool = False,
    disclosures: str | PathLike[str] | None = None,
) -> list[str]:
    """Writes the three published lists, each as .xlsx and .docx, and one web page of all three.

    Args:
        folder: Where to; it is made if it is not there.
        demands: Demands and 卡脖子 listings: a frame, a list of dicts or records, or paths.
        achievements: The achievements, likewise.
        institutions: The institutions that the achievements name, likewise.
        catalogue: Chains and sub-industries; the built-in ones if not given.
        audience: 公开, 高校院所, 企业 or 工作人员, which decides on the fields shown.
        mask_enterprises: Whether to veil the names of enterprises, whatever is declared.
        disclosures: Another declaration (TOML) of the fields that each audience may see.

    Returns:
        The files written.

    >>> import tempfile
    >>> files = write_lists(tempfile.mkdtemp(), [{"id": "D1", "title": "焊接冷裂纹"}], [{"id": "A1", "title": "低氢焊接"}])
    >>> sorted(os.path.basename(file) for file in files)[-1]
    '对接清单（公开）.html'
    """
    chains = catalogue or Catalogue()
    core = institution_list(institutions, None)
    words = (audience, mask_enterprises, None if disclosures is None else path_text(disclosures))
    files = _duijie.write_lists(
        path_text(folder),
        demand_list(demands, chains, None),
        achievement_list(achievements, core, chains, None),
        core,
        chains._core,
        words,
    )
    return [os.fspath(file) for file in files]


def write_judging(path: str | PathLike[str], runs: Matches | Iterable[Matches], *, depth: int = 10) -> int:
    """Pools what some rankings found into a workbook for two judges, blind to scores and ranks.

    Args:
        path: The workbook (.xlsx).
        runs: Rankings, as `Matcher.match` gave them.
        depth: How many of each demand's ranking are taken.

    Returns:
        How many pairs there are to judge.
    """
    several = [runs] if isinstance(runs, Matches) else list(runs)
    return _duijie.write_judging(path_text(path), [run._writable() for run in several], whole_number("depth", depth))


class Judgements:
    """What two judges wrote into a workbook of `write_judging`.

    Attributes:
        pairs: A dict a pair: `demand`, `achievement`, `first` and `second`, grades from 0 (无相关) to 3 (强相关),
            `None` where a judge left it blank.
        kappa: Cohen's κ with quadratic weights over the pairs that both judged; `None` if there is none.
        qrels: TREC qrels of those pairs; where the judges differ, the lower grade stands.
        report: Agreement and disagreements, in Chinese.
    """

    pairs: list[dict[str, Any]]
    kappa: float | None
    qrels: str
    report: str

    def __init__(self, path: str | PathLike[str]) -> None:
        """Reads a workbook.

        Args:
            path: The workbook, judged.

        Raises:
            InputError: If it is no such workbook, or a grade is none of the four; the message names sheet and row.
        """
        pairs, self.kappa, self.qrels, self.report = _duijie.read_judging(path_text(path))
        self.pairs = [dict(zip(("demand", "achievement", "first", "second"), pair, strict=True)) for pair in pairs]

    @property
    def disagreements(self) -> list[dict[str, Any]]:
        """The pairs that the judges grade differently, widest apart first."""
        differing = [pair for pair in self.pairs if None not in pair.values() and pair["first"] != pair["second"]]
        return sorted(differing, key=lambda pair: -abs(pair["first"] - pair["second"]))

    @property
    def unjudged(self) -> int:
        """Pairs that a judge has left blank."""
        return sum(None in pair.values() for pair in self.pairs)

    def save_qrels(self, path: str | PathLike[str]) -> None:
        """Writes the qrels, for `evaluate` and `duijie eval`."""
        write_file(path, self.qrels)

    def __repr__(self) -> str:
        kappa = "unknown" if self.kappa is None else f"{self.kappa:.3f}"
        return f"Judgements({len(self.pairs)} pairs, {self.unjudged} not judged by both, weighted kappa {kappa})"

    def _repr_html_(self) -> str:
        from duijie.html import judgements_html

        return judgements_html(self)
