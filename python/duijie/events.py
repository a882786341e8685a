"""Events: who meets whom, what is missing, whom to visit, who together could solve it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from duijie import _duijie
from duijie.arguments import path_text, read_file, whole_number
from duijie.errors import MissingFileError
from duijie.profile import RankProfile, weights_of
from duijie.progress import progress_bar
from duijie.report import GapReport, Report
from duijie.sources import Columns, Source, demand_list

if TYPE_CHECKING:
    from duijie.matcher import Matcher

Event: TypeAlias = "str | PathLike[str] | Mapping[str, Any]"
"""The path of an event file (TOML), or its values."""

Past = Literal["not_again", "settled_only", "again"]


def plan(
    matcher: Matcher,
    demands: Source,
    event: Event,
    *,
    schedule: str | PathLike[str] | None = None,
    ledger: str | PathLike[str] | None = None,
    past: Past = "not_again",
    profile: RankProfile | str | None = None,
    columns: Columns = None,
    progress: bool = True,
) -> Report:
    """Plans who meets whom at an event, in which slot and at which table.

    The plan is exactly the best: first as many demands served as can be, then the worst-served of them, then the
    total. Where the limits conflict, `values["status"]` is `infeasible`, and the tables `conflicts` and
    `relaxations` say what to change.
    Tables: `meetings`, `unmet`, `conflicts`, `relaxations`, `alternates`. Other Python threads run meanwhile.

    Args:
        matcher: Ranks the institutions.
        demands: A frame, a list of dicts or records, or paths; those of other chains take no part.
        event: The event file, or its values.
        schedule: The file that `move_event` writes: the day that the event was moved to, with the reason.
        ledger: The ledger: pairs of the past are not proposed again, unsolved demands carry over.
        past: Which pairs of the ledger are not proposed again.
        profile: The weights, or the name of a built-in profile; the usual ones if not given.
        columns: Column names by record field, where no alias fits.
        progress: Whether to show a progress bar.

    Raises:
        InputError: If the event file does not fit the records.

    >>> import duijie
    >>> matcher = duijie.Matcher.from_records(
    ...     [{"id": "A1", "title": "高强钢低氢焊接工艺", "summary": "消除延迟裂纹。", "institution": "齐岳大学"}],
    ...     [{"id": "I1", "name": "齐岳大学"}],
    ... )
    >>> event = {"slots": 6, "tables": 4, "no_credible_match": "include"}
    >>> found = duijie.plan(matcher, [{"id": "D1", "title": "吊臂焊后延迟裂纹"}], event, progress=False)
    >>> found.values["status"], found.to_dicts()[0]["institution"]
    ('optimal', 'I1')
    """
    core = demand_list(demands, matcher.catalogue, columns)
    past_events = None if ledger is None else _there(ledger, "ledger; duijie.Ledger makes one")
    days = None if schedule is None else _there(schedule, "schedule; duijie.move_event makes one")
    weights = weights_of(profile)._core
    with progress_bar(progress, len(core), "条需求") as tell:
        report = _duijie.plan(
            matcher._core,
            core,
            weights,
            _event(event),
            schedule=days,
            ledger=past_events,
            past=past,
            progress=tell,
        )
    return Report._of(report)


def replan(
    matcher: Matcher,
    demands: Source,
    event: Event,
    previous: Report | str | PathLike[str],
    absent: Iterable[str],
    *,
    schedule: str | PathLike[str] | None = None,
    profile: RankProfile | str | None = None,
    columns: Columns = None,
    progress: bool = True,
) -> Report:
    """Mends a plan after a no-show, changing as few meetings as possible.

    Tables: those of `plan`, and `lost`, `added`, `dropped`, `moved`.

    Args:
        matcher: Ranks the institutions.
        demands: The demands that the plan was made for.
        event: The event file, or its values.
        previous: The plan, or the .json file of one.
        absent: Ids of demands, names of enterprises, ids or names of institutions that stay away.
        schedule: The file that `move_event` writes, for an event that was moved.
        profile: The weights, or the name of a built-in profile; the usual ones if not given.
        columns: Column names by record field, where no alias fits.
        progress: Whether to show a progress bar.

    Raises:
        UnknownIdError: If somebody absent is not known.
        InputError: If the plan is of another event.
    """
    days = None if schedule is None else _there(schedule, "schedule; duijie.move_event makes one")
    core = demand_list(demands, matcher.catalogue, columns)
    weights = weights_of(profile)._core
    with progress_bar(progress, len(core), "条需求") as tell:
        report = _duijie.replan(
            matcher._core,
            core,
            weights,
            _event(event),
            _plan(previous),
            list(absent),
            schedule=days,
            progress=tell,
        )
    return Report._of(report)


def gaps(
    matcher: Matcher,
    demands: Source,
    *,
    province: str = "山东",
    chain: str | None = None,
    common_from: float = 0.4,
    profile: RankProfile | str | None = None,
    columns: Columns = None,
    progress: bool = True,
) -> GapReport:
    """What is missing in a province.

    Tables: `sub_industries`, `unmet` (demands without a credible match in the province), `unasked`
    (achievements that nobody asks for), `common_needs` (共性需求), `weak_links` (基础薄弱环节, the most
    promising first).

    Args:
        matcher: Ranks the institutions.
        demands: A frame, a list of dicts or records, or paths.
        province: The own province.
        chain: Only demands and achievements of this chain.
        common_from: Demands at least this much alike (cosine of concepts or of words) are one need.
        profile: The weights, or the name of a built-in profile; the usual ones if not given.
        columns: Column names by record field, where no alias fits.
        progress: Whether to show a progress bar.
    """
    core = demand_list(demands, matcher.catalogue, columns)
    weights = weights_of(profile)._core
    with progress_bar(progress, len(core), "条需求") as tell:
        found, picture = _duijie.gaps(
            matcher._core, core, weights, scope=(province, chain), common_from=common_from, progress=tell
        )
    report = GapReport.__new__(GapReport)
    report._fill(found)
    report.heat_map_svg = picture
    return report


def outreach(
    matcher: Matcher,
    demands: Source,
    *,
    province: str = "山东",
    chain: str | None = None,
    profile: RankProfile | str | None = None,
    columns: Columns = None,
    progress: bool = True,
) -> Report:
    """Institutions of other provinces by the unmet demand of the own that they could serve.

    Tables: `targets`, the heaviest first, and `demands`, those behind each per chain. The arguments are those
    of `gaps`.
    """
    core = demand_list(demands, matcher.catalogue, columns)
    weights = weights_of(profile)._core
    with progress_bar(progress, len(core), "条需求") as tell:
        report = _duijie.outreach(matcher._core, core, weights, scope=(province, chain), progress=tell)
    return Report._of(report)


def consortium(
    matcher: Matcher,
    demands: Source,
    covering: Iterable[str],
    *,
    institutions: int = 5,
    enterprises: int = 6,
    lead: str | None = None,
    chain_enterprises: str | PathLike[str] | None = None,
    province: str = "山东",
    chain: str | None = None,
    profile: RankProfile | str | None = None,
    columns: Columns = None,
    progress: bool = True,
) -> Report:
    """The few institutions and enterprises that together cover a 卡脖子 listing or a group of demands.

    Tables: `institutions` and `enterprises` with what each adds, and the technical `points` with who covers
    each; `values` has the bounds of the greedy choice.

    Args:
        matcher: Ranks the institutions.
        demands: All demands; enterprises of the chain are found among them.
        covering: Ids of the demands to be covered.
        institutions: Most institutions.
        enterprises: Most enterprises.
        lead: The enterprise that leads; if not given, the 链主 of `chain_enterprises`.
        chain_enterprises: A file of enterprises of the chain (JSON Lines: name, city, chain, sub_industry,
            chain_position, products); positions are 上游, 中游, 下游 and 链主.
        province: The own province.
        chain: Only demands and achievements of this chain.
        profile: The weights, or the name of a built-in profile; the usual ones if not given.
        columns: Column names by record field, where no alias fits.
        progress: Whether to show a progress bar.

    Raises:
        UnknownIdError: If there is no such demand.
        InputError: If the lead enterprise is not known, or a line of the file is wrong.
    """
    core = demand_list(demands, matcher.catalogue, columns)
    weights = weights_of(profile)._core
    with progress_bar(progress, len(core), "条需求") as tell:
        report = _duijie.consortium(
            matcher._core,
            core,
            weights,
            list(covering),
            scope=(province, chain),
            institutions=whole_number("institutions", institutions),
            enterprises=whole_number("enterprises", enterprises),
            lead=lead,
            chain_enterprises=chain_enterprises,
            progress=tell,
        )
    return Report._of(report)


def _event(event: Event) -> str:
    if isinstance(event, Mapping):
        return json.dumps(dict(event), ensure_ascii=False, default=str)
    return read_file(event)


def _plan(plan: Report | str | PathLike[str]) -> str:
    return json.dumps(plan.values) if isinstance(plan, Report) else read_file(plan)


def _there(path: str | PathLike[str], what: str) -> str:
    if not Path(path_text(path)).exists():
        raise MissingFileError(f"{path_text(path)} is not there; it should be a {what}", filename=path_text(path))
    return path_text(path)
