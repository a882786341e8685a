"""The events and the sixteen tasks of each, counted from the day of the event."""

from __future__ import annotations

from datetime import date
from os import PathLike

from duijie import _duijie
from duijie.catalogue import Catalogue
from duijie.ledger import _day
from duijie.report import CalendarReport


def calendar(
    schedule: str | PathLike[str] | None = None,
    *,
    event: int | None = None,
    today: date | str | None = None,
    catalogue: Catalogue | None = None,
) -> CalendarReport:
    """The events with the tasks of Annex 2 as a checklist; tables `events` and `tasks`.

    Args:
        schedule: The file with days that were set and tasks that are done, which `move_event` and
            `task_done` write.
        event: Only the event with this number.
        today: The day that overdue and due soon count from; today if not given.
        catalogue: Chains and windows; the built-in ones if not given.

    >>> found = calendar(event=8, today="2024-03-01")
    >>> found.to_dicts()[0]["chain"], len(found["tasks"])
    ('工程机械产业链', 16)
    """
    known = (catalogue or Catalogue())._core
    core, ics = _duijie.calendar(known, schedule_path=schedule, event=event, today=_day(today))
    report = CalendarReport.__new__(CalendarReport)
    report._fill(core)
    report.ics = ics
    return report


def move_event(
    schedule: str | PathLike[str],
    event: int,
    to: date | str,
    *,
    who: str,
    reason: str,
    on: date | str | None = None,
    catalogue: Catalogue | None = None,
) -> None:
    """Puts an event on a day; the reason is kept.

    Args:
        schedule: The schedule file, made if it is not there.
        event: Number of the event.
        to: The day.
        who: Who decided it.
        reason: Why.
        on: When it was decided; today if not given.
        catalogue: Chains and windows; the built-in ones if not given.
    """
    known = (catalogue or Catalogue())._core
    _duijie.calendar_move(known, schedule, event, _day(to) or "", who=who, reason=reason, on=_day(on))


def task_done(
    schedule: str | PathLike[str],
    event: int,
    task: int,
    *,
    who: str,
    note: str = "",
    on: date | str | None = None,
    catalogue: Catalogue | None = None,
) -> None:
    """Ticks off a task of an event.

    Args:
        schedule: The schedule file, made if it is not there.
        event: Number of the event.
        task: Number of the task in Annex 2.
        who: Who did it.
        note: What was done.
        on: The day; today if not given.
        catalogue: Chains and windows; the built-in ones if not given.
    """
    known = (catalogue or Catalogue())._core
    _duijie.calendar_done(known, schedule, event, task, who=who, note=note, on=_day(on))
