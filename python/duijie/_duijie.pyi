"""
The engine behind the package duijie; use the package.
"""

from _typeshed import SupportsGetItem
from os import PathLike
from pathlib import Path
from typing import Any, SupportsFloat, SupportsIndex, final

__all__ = ["AchievementList", "Catalogue", "DemandList", "IndexBuilder", "InstitutionList", "Ledger", "MatchDocuments", "Matcher", "RankProfile", "Report", "Table", "calendar", "calendar_done", "calendar_move", "consortium", "evaluate", "gaps", "outreach", "plan", "read_achievements", "read_demands", "read_institutions", "read_judging", "replan", "showcase", "write_judging", "write_lists"]

@final
class AchievementList:
    """
    Achievements, and the account of their reading.
    """
    def __copy__(self, /) -> AchievementList:
        """
        Nothing changes in it, so that a copy is itself.
        """
    def __deepcopy__(self, /, memo: Any) -> AchievementList: ...
    def __len__(self, /) -> int: ...
    def __reduce__(self, /) -> "tuple[object, ...]": ...
    @property
    def origins(self, /) -> list[str]: ...
    @property
    def problems(self, /) -> list[str]: ...
    @property
    def report(self, /) -> str: ...
    def report_html(self, /) -> str | None:
        """
        The report as a web page; `None` where it was not read in this process.
        """
    @staticmethod
    def restored(json: str, account: tuple[str, SupportsGetItem[int, str], SupportsGetItem[int, str]]) -> AchievementList:
        """
        What `__reduce__` gave.
        """
    def texts(self, /) -> list[str]:
        """
        What an encoder should read of each record.
        """
    def to_json(self, /) -> str:
        """
        The records as one JSON array.
        """
    def write_report(self, /, path: str | PathLike[str]) -> None:
        """
        Writes the report as a web page (.html) or a workbook (.xlsx).
        """

@final
class Catalogue:
    """
    Chains and sub-industries.
    """
    @staticmethod
    def builtin() -> Catalogue:
        """
        The built-in one.
        """
    def chain(self, /, name: str) -> str | None:
        """
        Id of the chain of that name.
        """
    @staticmethod
    def from_json(text: str) -> Catalogue:
        """
        What `to_json` gave.
        """
    @staticmethod
    def load(path: str | PathLike[str]) -> Catalogue: ...
    def next_event(self, /, year: SupportsIndex, month: SupportsIndex) -> str | None:
        """
        Id of the chain whose event is on or next.
        """
    def sub_industry(self, /, name: str) -> tuple[str, str] | None:
        """
        Ids of the chain and the sub-industry of that name.
        """
    def to_json(self, /) -> str: ...

@final
class DemandList:
    """
    Demands, and the account of their reading.
    """
    def __copy__(self, /) -> DemandList:
        """
        Nothing changes in it, so that a copy is itself.
        """
    def __deepcopy__(self, /, memo: Any) -> DemandList: ...
    def __len__(self, /) -> int: ...
    def __reduce__(self, /) -> "tuple[object, ...]": ...
    @property
    def origins(self, /) -> list[str]: ...
    @property
    def problems(self, /) -> list[str]: ...
    @property
    def report(self, /) -> str: ...
    def report_html(self, /) -> str | None:
        """
        The report as a web page; `None` where it was not read in this process.
        """
    @staticmethod
    def restored(json: str, account: tuple[str, SupportsGetItem[int, str], SupportsGetItem[int, str]]) -> DemandList:
        """
        What `__reduce__` gave.
        """
    def texts(self, /) -> list[str]:
        """
        What an encoder should read of each record.
        """
    def to_json(self, /) -> str:
        """
        The records as one JSON array.
        """
    def write_report(self, /, path: str | PathLike[str]) -> None:
        """
        Writes the report as a web page (.html) or a workbook (.xlsx).
        """

@final
class IndexBuilder:
    """
    Writes an index.
    """
    def add(self, /, achievements: AchievementList, vectors: Any | None, progress: Any | None) -> None: ...
    def catalogue(self, /) -> Catalogue: ...
    def close(self, /) -> None:
        """
        Lets go of the folder; what was not committed is forgotten.
        """
    def commit(self, /) -> None: ...
    @staticmethod
    def create(path: str | PathLike[str] | None, catalogue: Catalogue, terms: SupportsGetItem[int, str | PathLike[str]]) -> IndexBuilder:
        """
        A new index in a folder, or in memory.
        """
    def delete(self, /, ids: SupportsGetItem[int, str]) -> None: ...
    def institutions(self, /) -> InstitutionList: ...
    def matcher(self, /) -> Matcher: ...
    @staticmethod
    def open(path: str | PathLike[str], terms: SupportsGetItem[int, str | PathLike[str]]) -> IndexBuilder:
        """
        An index that there is, to add to it.
        """
    def set_institutions(self, /, institutions: InstitutionList) -> None: ...

@final
class InstitutionList:
    """
    Institutions, found by any of their names.
    """
    def __copy__(self, /) -> InstitutionList:
        """
        Nothing changes in it, so that a copy is itself.
        """
    def __deepcopy__(self, /, memo: Any) -> InstitutionList: ...
    def __len__(self, /) -> int: ...
    def __reduce__(self, /) -> "tuple[object, ...]": ...
    @staticmethod
    def from_json(text: str) -> InstitutionList:
        """
        What `to_json` gave.
        """
    def to_json(self, /) -> str:
        """
        The records as one JSON array.
        """

@final
class Ledger:
    """
    The ledger of a file; opened for each call, so that others may write meanwhile.
    """
    def carried_over(self, /) -> Report:
        """
        Demands that nobody has solved or is about to.
        """
    def conversion(self, /, by: str) -> Report:
        """
        Counts by `chain`, `sub_industry`, `institution` or `event`.
        """
    def due(self, /, *, days: SupportsIndex, today: str | None) -> Report:
        """
        What is overdue, due, and without a date.
        """
    def follow_ups(self, /) -> Report:
        """
        The lists of tasks 12 to 16.
        """
    def history(self, /, line: SupportsIndex) -> Report:
        """
        All steps of a line.
        """
    def import_table(self, /, table: str | PathLike[str], *, who: str, why: str) -> tuple[int, int]:
        """
        Takes in the official table; answers how many meetings were added and known.
        """
    def lines(self, /) -> Report:
        """
        All lines.
        """
    @staticmethod
    def open(path: str | PathLike[str]) -> Ledger:
        """
        Opens a ledger, which is made if it is not there.
        """
    def ranks(self, /, matcher: Matcher, demands: DemandList, profile: RankProfile, since: str) -> Report:
        """
        How ranks have moved since an event.
        """
    def record(self, /, matcher: Matcher, demands: DemandList, profile: RankProfile, plan: str, *, event: str, on: str | None, who: str, replaces: str | None) -> dict[str, int]:
        """
        Records the meetings of a plan (JSON); answers what was recorded, by name.
        """
    def step(self, /, line: SupportsIndex, state: str, *, who: str, why: str, on: str | None, amount: SupportsFloat | SupportsIndex | None, fund_need: SupportsFloat | SupportsIndex | None, team: str | None, next_step: str | None, due: str | None) -> None:
        """
        Adds a step to a line.
        """

@final
class MatchDocuments:
    """
    Rankings with the records that documents of them show.
    """
    def of_demands(self, /, demands: set[str]) -> MatchDocuments:
        """
        The part of some demands.
        """
    def write_handbook(self, /, path: str | PathLike[str], cover: tuple[str, str, str], candidates: SupportsIndex, audience_words: tuple[str, bool, str | PathLike[str] | None]) -> None:
        """
        Writes a 对接手册; `cover` is title, issuer and date.
        """
    def write_matches(self, /, path: str | PathLike[str], audience_words: tuple[str, bool, str | PathLike[str] | None]) -> None:
        """
        Writes 匹配结果 in the format that the ending names: .xlsx, .csv or .jsonl.
        """

@final
class Matcher:
    """
    Ranks for demands.
    """
    def __len__(self, /) -> int: ...
    def achievement(self, /, id: str) -> str:
        """
        The achievement of that id as a JSON object.
        """
    def catalogue(self, /) -> Catalogue: ...
    def explain(self, /, demands: DemandList, with_id: str, profile: RankProfile, *, filter: tuple[str | None, str | None, str | None, str | None, SupportsIndex | None], vectors: Any | None) -> str:
        """
        Why an achievement, or an institution of that id or name, ranks where it does for the first of the demands,
        as a JSON object.
        """
    def institutions(self, /) -> InstitutionList: ...
    @staticmethod
    def open(path: str | PathLike[str], terms: SupportsGetItem[int, str | PathLike[str]]) -> Matcher: ...
    def rank(self, /, demands: DemandList, profile: RankProfile, *, unit: str, top: SupportsIndex, filter: tuple[str | None, str | None, str | None, str | None, SupportsIndex | None], vectors: Any | None, threads: SupportsIndex, progress: Any | None) -> tuple[Table, Table, Table, Table, MatchDocuments]:
        """
        Ranks for every demand; tables of the demands, the ranking, its evidence and the passages, and what
        documents are written from.
        """
    def reload(self, /) -> None: ...
    def vector_width(self, /) -> int | None:
        """
        Width of the achievements' vectors; `None` if the index has none.
        """

@final
class RankProfile:
    """
    The weights of a ranking.
    """
    @staticmethod
    def builtin(name: str) -> RankProfile:
        """
        The built-in one of that name.
        """
    @staticmethod
    def from_json(text: str) -> RankProfile:
        """
        What `to_json` gave, with other values where they were changed.
        """
    @staticmethod
    def load(path: str | PathLike[str]) -> RankProfile: ...
    def to_json(self, /) -> str: ...
    def to_toml(self, /) -> str: ...

@final
class Report:
    """
    What was found about an event: tables by name, the whole as JSON, and documents of it.
    """
    def save(self, /, path: str | PathLike[str]) -> None:
        """
        Writes .xlsx, .docx or .json, by the ending.
        """
    def sheets(self, /) -> list[tuple[str, list[str], list[list[str]]]]:
        """
        The tables that officials read: title, header and rows of each.
        """
    def tables(self, /) -> list[tuple[str, Table]]:
        """
        The tables by name.
        """
    @property
    def title(self, /) -> str: ...
    def to_json(self, /) -> str:
        """
        Everything found, as JSON.
        """

@final
class Table:
    """
    Columns of one length, held as Arrow.
    """
    def __arrow_c_stream__(self, /, requested_schema: Any | None = None) -> "object":
        """
        The Arrow C stream interface.
        """
    def __len__(self, /) -> int: ...
    @property
    def columns(self, /) -> list[str]:
        """
        Names of the columns.
        """
    def equals(self, /, other: Table) -> bool: ...
    @staticmethod
    def from_ipc(data: bytes) -> Table:
        """
        What `to_ipc` gave.
        """
    def rows_of(self, /, name: str, value: str) -> tuple[int, int]:
        """
        First row and number of the rows that have `value` in the column `name`, which stand together.
        """
    def slice(self, /, offset: SupportsIndex, length: SupportsIndex) -> Table:
        """
        `length` rows from `offset` on, without a copy.
        """
    def to_dicts(self, /) -> "list[dict[str, object]]":
        """
        A dict a row.
        """
    def to_ipc(self, /) -> "bytes":
        """
        The bytes of an Arrow IPC stream.
        """

def calendar(catalogue: Catalogue, *, schedule_path: str | PathLike[str] | None, event: SupportsIndex | None, today: str | None) -> tuple[Report, str]:
    """
    Events and tasks; and the whole as an iCalendar file.
    """

def calendar_done(catalogue: Catalogue, schedule_path: str | PathLike[str], event: SupportsIndex, task: SupportsIndex, *, who: str, note: str, on: str | None) -> None:
    """
    Ticks off a task of an event, in the schedule file.
    """

def calendar_move(catalogue: Catalogue, schedule_path: str | PathLike[str], event: SupportsIndex, to: str, *, who: str, reason: str, on: str | None) -> None:
    """
    Puts an event on a day, in the schedule file.
    """

def consortium(matcher: Matcher, demands: DemandList, profile: RankProfile, ids: SupportsGetItem[int, str], *, scope: tuple[str, str | None], institutions: SupportsIndex, enterprises: SupportsIndex, lead: str | None, chain_enterprises: str | PathLike[str] | None, progress: Any | None) -> Report:
    """
    Institutions and enterprises that together cover the demands with these ids.
    """

def evaluate(runs: SupportsGetItem[int, tuple[str, Any]], qrels: Any, measures: SupportsGetItem[int, str], *, baseline: str | None, unit: str | None) -> tuple[Table, Table]:
    """
    Scores runs; a table of means, compared with the run named `baseline`, and one of a value a demand.
    """

def gaps(matcher: Matcher, demands: DemandList, profile: RankProfile, *, scope: tuple[str, str | None], common_from: SupportsFloat | SupportsIndex, progress: Any | None) -> tuple[Report, str]:
    """
    What is missing; and the heat map as an SVG picture.
    """

def outreach(matcher: Matcher, demands: DemandList, profile: RankProfile, *, scope: tuple[str, str | None], progress: Any | None) -> Report:
    """
    Institutions of other provinces, and the demands behind each.
    """

def plan(matcher: Matcher, demands: DemandList, profile: RankProfile, event: str, *, schedule: str | PathLike[str] | None, ledger: str | PathLike[str] | None, past: str, progress: Any | None) -> Report:
    """
    Who meets whom; `event` is the text of an event file or its values as JSON.
    """

def read_achievements(source: Any, catalogue: Catalogue, institutions: InstitutionList, columns: SupportsGetItem[int, tuple[str, str]]) -> AchievementList:
    """
    Reads achievements of these institutions, as `read_demands` does demands.
    """

def read_demands(source: Any, catalogue: Catalogue, columns: SupportsGetItem[int, tuple[str, str]]) -> DemandList:
    """
    Reads demands from a frame, rows or files; `columns` maps record fields to column names.
    """

def read_institutions(source: Any, columns: SupportsGetItem[int, tuple[str, str]]) -> InstitutionList:
    """
    Reads institutions from a frame, rows or files; `columns` maps fields to column names.
    """

def read_judging(path: str | PathLike[str]) -> tuple[list[tuple[str, str, int | None, int | None]], float | None, str, str]:
    """
    Reads a judged workbook: the pairs, their agreement, qrels, and the report in Chinese.
    """

def replan(matcher: Matcher, demands: DemandList, profile: RankProfile, event: str, previous: str, absent: SupportsGetItem[int, str], *, schedule: str | PathLike[str] | None, progress: Any | None) -> Report:
    """
    A plan, given as JSON, mended for those who are absent.
    """

def showcase(products: Any, demands: DemandList, catalogue: Catalogue, *, chain: str | None, picks: SupportsIndex, terms: SupportsGetItem[int, str | PathLike[str]]) -> Report:
    """
    Products to be shown on site, from a frame, rows or files.
    """

def write_judging(path: str | PathLike[str], runs: SupportsGetItem[int, MatchDocuments], depth: SupportsIndex) -> int:
    """
    Pools the pairs of some rankings into a workbook for two judges, and answers how many there are.
    """

def write_lists(folder: str | PathLike[str], demands: DemandList, achievements: AchievementList, institutions: InstitutionList, catalogue: Catalogue, audience_words: tuple[str, bool, str | PathLike[str] | None]) -> list[Path]:
    """
    Writes the three published lists into a folder and answers the files.
    """
