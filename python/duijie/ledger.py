"""工作台账: what became of every meeting."""

from __future__ import annotations

from datetime import date
from os import PathLike
from typing import TYPE_CHECKING, Literal

from duijie import _duijie
from duijie.arguments import path_text
from duijie.events import _plan
from duijie.profile import RankProfile, weights_of
from duijie.report import Report
from duijie.sources import Source, demand_list

if TYPE_CHECKING:
    from duijie.matcher import Matcher

By = Literal["chain", "sub_industry", "institution", "event"]


class Ledger:
    """The ledger of a file: append-only, and shared by any number of processes.

    A line is a meeting; its steps lead from met over intention and contract to delivered, or to declined or
    ended. What was written stays, whoever crashes.

    Args:
        path: The SQLite file, made if it is not there.

    Raises:
        FileAccessError: If it cannot be opened.
        InputError: If the file is no ledger.
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        self._path = path_text(path)
        self._core = _duijie.Ledger.open(path)

    def record(
        self,
        matcher: Matcher,
        demands: Source,
        plan: Report | str | PathLike[str],
        *,
        event: str,
        who: str,
        on: date | str | None = None,
        replaces: str | None = None,
        profile: RankProfile | str | None = None,
    ) -> dict[str, int]:
        """Records the meetings of a plan, with the demands that met nobody and the rankings.

        Recording a plan twice adds nothing. One that was mended since it was recorded is recorded with the reason
        why it replaces that one: meetings that it does without are superseded.

        Args:
            matcher: Ranks the institutions.
            demands: The demands of the event.
            plan: The plan that was held, or its .json file.
            event: What the event is called in the ledger.
            who: Who records it.
            on: The day of the meetings; today if not given.
            replaces: Why this plan takes the place of the one recorded before, if it does.
            profile: The weights, or the name of a built-in profile; the usual ones if not given.

        Returns:
            Numbers of meetings `added` and `known` already, of demands `unsolved`, and of meetings of the plan
            before that are `superseded`, or `kept` since something was noted of them.
        """
        core = demand_list(demands, matcher.catalogue, None)
        weights = weights_of(profile)._core
        return self._core.record(
            matcher._core, core, weights, _plan(plan), event=event, on=_day(on), who=who, replaces=replaces
        )

    def step(
        self,
        line: int,
        state: str,
        *,
        who: str,
        why: str,
        on: date | str | None = None,
        amount: float | None = None,
        fund_need: float | None = None,
        team: str | None = None,
        next_step: str | None = None,
        due: date | str | None = None,
    ) -> None:
        """Adds a step to a line.

        Args:
            line: Number of the line.
            state: `met`, `intention`, `contract`, `delivered`, `declined`, `ended` or `superseded`, or the Chinese
                word.
            who: Who says so.
            why: Why, or what happened.
            on: The day it came about; today if not given.
            amount: Amount of the contract or delivery, in 万元.
            fund_need: Funds asked for, in 万元.
            team: The team behind it.
            next_step: What comes next.
            due: Until when.

        Raises:
            UnknownIdError: If there is no such line.
            InputError: If the state of the line does not lead there, or who or why is blank.
        """
        self._core.step(
            line,
            state,
            who=who,
            why=why,
            on=_day(on),
            amount=amount,
            fund_need=fund_need,
            team=team,
            next_step=next_step,
            due=_day(due),
        )

    def import_table(self, path: str | PathLike[str], *, who: str, why: str = "台账导入") -> dict[str, int]:
        """Takes in the official table; all rows or none.

        Args:
            path: A file with the columns that `lines().save(…)` writes.
            who: Who hands it in.
            why: Why, where a row does not say.

        Returns:
            Numbers of meetings `added` and `known` already.
        """
        added, known = self._core.import_table(path, who=who, why=why)
        return {"added": added, "known": known}

    def lines(self) -> Report:
        """All lines as they stand; saved, it is the official table."""
        return Report._of(self._core.lines())

    def history(self, line: int) -> Report:
        """All steps of a line: when, who and why."""
        return Report._of(self._core.history(line))

    def due(self, *, days: int = 30, today: date | str | None = None) -> Report:
        """Tables `overdue`, `due` within so many days, and `undated` open lines."""
        return Report._of(self._core.due(days=days, today=_day(today)))

    def conversion(self, by: By = "chain") -> Report:
        """Counts of meetings, intentions, contracts and deliveries."""
        return Report._of(self._core.conversion(by))

    def follow_ups(self) -> Report:
        """The lists of tasks 12 to 16: saved, a sheet each."""
        return Report._of(self._core.follow_ups())

    def carried_over(self) -> Report:
        """Demands of earlier events that nobody has solved or is about to."""
        return Report._of(self._core.carried_over())

    def ranks(self, matcher: Matcher, demands: Source, since: str, *, profile: RankProfile | str | None = None) -> Report:
        """How ranks have moved since an event, by its name in the ledger."""
        core = demand_list(demands, matcher.catalogue, None)
        return Report._of(self._core.ranks(matcher._core, core, weights_of(profile)._core, since))

    def __repr__(self) -> str:
        return f"Ledger({self._path!r})"


def _day(day: date | str | None) -> str | None:
    return day.isoformat() if isinstance(day, date) else day
