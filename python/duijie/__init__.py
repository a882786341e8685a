"""对接: which universities and institutes can solve an enterprise's technical problem, and why?

Begin with a `Matcher`, over an index in a folder or over records:

    >>> import duijie
    >>> matcher = duijie.Matcher.from_records([{"id": "A1", "title": "低氢焊接工艺"}])
    >>> matches = matcher.match_one("焊接冷裂纹", unit="achievement")
    >>> [(row["rank"], row["achievement"]) for row in matches.to_dicts()]
    [(1, 'A1')]
"""

from duijie.builder import IndexBuilder
from duijie.catalogue import Catalogue, Chain, SubIndustry
from duijie.charts import Chart
from duijie.comparison import Comparison
from duijie.documents import Judgements, write_judging, write_lists
from duijie.errors import (
    ArgumentTypeError,
    CatalogueError,
    DuijieError,
    EvaluationError,
    FileAccessError,
    IndexDamagedError,
    IndexFormatError,
    IndexLockedError,
    IndexWriteError,
    InputError,
    InputWarning,
    MissingColumnError,
    MissingExtraError,
    MissingFileError,
    NoIndexError,
    NotAnIndexError,
    ProfileError,
    RowError,
    TermFileError,
    ThreadsError,
    UnknownIdError,
)
from duijie.evaluation import Evaluation, evaluate
from duijie.events import consortium, gaps, outreach, plan, replan
from duijie.explanation import Explanation
from duijie.ledger import Ledger
from duijie.matcher import Matcher
from duijie.matches import Matches
from duijie.products import showcase
from duijie.profile import RankProfile
from duijie.record_list import Records
from duijie.records import Achievement, Demand, Institution
from duijie.report import CalendarReport, GapReport, Report
from duijie.schedule import calendar, move_event, task_done
from duijie.sources import read_achievements, read_demands, read_institutions
from duijie.table import Table

__all__ = [
    "Achievement",
    "ArgumentTypeError",
    "CalendarReport",
    "Catalogue",
    "CatalogueError",
    "Chain",
    "Chart",
    "Comparison",
    "Demand",
    "DuijieError",
    "Evaluation",
    "EvaluationError",
    "Explanation",
    "FileAccessError",
    "GapReport",
    "IndexBuilder",
    "IndexDamagedError",
    "IndexFormatError",
    "IndexLockedError",
    "IndexWriteError",
    "InputError",
    "InputWarning",
    "Institution",
    "Judgements",
    "Ledger",
    "Matcher",
    "Matches",
    "MissingColumnError",
    "MissingExtraError",
    "MissingFileError",
    "NoIndexError",
    "NotAnIndexError",
    "ProfileError",
    "RankProfile",
    "Records",
    "Report",
    "RowError",
    "SubIndustry",
    "Table",
    "TermFileError",
    "ThreadsError",
    "UnknownIdError",
    "calendar",
    "consortium",
    "evaluate",
    "gaps",
    "move_event",
    "outreach",
    "plan",
    "read_achievements",
    "read_demands",
    "read_institutions",
    "replan",
    "showcase",
    "task_done",
    "write_judging",
    "write_lists",
]
