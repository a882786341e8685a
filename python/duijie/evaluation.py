"""How good a ranking is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from os import PathLike
from typing import TYPE_CHECKING, Any, TypeAlias

from duijie import _duijie
from duijie.arguments import text
from duijie.errors import ArgumentTypeError, EvaluationError
from duijie.matches import Matches
from duijie.sources import Source, _door
from duijie.table import Table

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

Runs: TypeAlias = "Mapping[str, Matches | Source] | Iterable[Matches | Source] | Matches | Source"


class Evaluation:
    """What an evaluation found; as a whole it is the table `means`.

    Attributes:
        means: A row a run and measure: `mean`, and against the baseline `difference`, `wins`, `ties`,
            `losses` and the p-values of a paired t-test and a randomisation test.
        values: A row a run, measure and demand, with the columns of ir_measures.
    """

    def __init__(self, means: Table, values: Table) -> None:
        self.means, self.values = means, values

    def to_dicts(self) -> list[dict[str, Any]]:
        """The means as a dict a row."""
        return self.means.to_dicts()

    def to_arrow(self) -> pyarrow.Table:
        """The means as a `pyarrow.Table`; needs the extra `pandas`, which brings pyarrow."""
        return self.means.to_arrow()

    def to_pandas(self) -> pandas.DataFrame:
        """The means as a `pandas.DataFrame`; needs the extra `pandas`."""
        return self.means.to_pandas()

    def to_polars(self) -> polars.DataFrame:
        """The means as a `polars.DataFrame`; needs the extra `polars`."""
        return self.means.to_polars()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.means.__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        return f"Evaluation({len(self.means)} means)"

    def _repr_html_(self) -> str:
        return self.means._repr_html_()


def evaluate(
    runs: Runs,
    qrels: Source,
    *,
    measures: Iterable[object] | str = ("nDCG@10", "R(rel=2)@10", "RR", "AP"),
    baseline: str | None = None,
) -> Evaluation:
    """Scores rankings against judgments.

    Judgments and runs are frames, rows, or TREC files. Their columns are named as ir_measures names them
    (`query_id`, `doc_id`, `relevance`, `score`) or as PyTerrier does (`qid`, `docno`, `label`, `score`).

    The gain of `nDCG` is 2^grade − 1, so that a 3 counts as much as seven 1s. ir_measures has the grade itself
    as gain unless told otherwise: `nDCG(dcg='exp-log2')@10` is what is called `nDCG@10` here. With grades 0
    and 1 the two are the same.

    Args:
        runs: The rankings: `Matches`, frames or paths, by name, or one after the other, or a single one.
            Without names they are named by their rank profile, or `run 1`, `run 2` ….
        qrels: The judgments.
        measures: Measures, or one, under their ir_measures names or as objects of that library.
        baseline: Name of the run that the others are compared with.

    Raises:
        EvaluationError: If a measure is not known, a grade no number, or a document twice in a ranking.
        MissingColumnError: If a column is not there.

    >>> qrels = [{"qid": "D1", "docno": "A1", "label": 1}, {"qid": "D2", "docno": "A2", "label": 1}]
    >>> old = [{"qid": "D1", "docno": "A9", "score": 2}, {"qid": "D1", "docno": "A1", "score": 1}]
    >>> new = [{"qid": "D1", "docno": "A1", "score": 2}, {"qid": "D2", "docno": "A2", "score": 1}]
    >>> found = evaluate({"old": old, "new": new}, qrels, measures=["RR"], baseline="old")
    >>> [(row["run"], row["mean"], row["wins"], row["p_randomisation"]) for row in found.to_dicts()]
    [('old', 0.25, None, None), ('new', 1.0, 2, 0.5)]
    """
    named = list(_named(runs))
    names = [name for name, _ in named]
    repeated = {name for name in names if names.count(name) > 1}
    if repeated:
        raise EvaluationError(f"several runs are named {', '.join(sorted(repeated))}; give runs as a dict of names")
    units = {run.unit for _, run in named if isinstance(run, Matches)}
    if len(units) > 1:
        raise EvaluationError("some runs rank institutions, others achievements")
    doors = [(name, run.entries if isinstance(run, Matches) else _door(run)) for name, run in named]
    unit = units.pop() if units else None
    asked = [measures] if isinstance(measures, str) or not isinstance(measures, Iterable) else measures
    means, values = _duijie.evaluate(
        doors, _door(qrels), [str(measure) for measure in asked], baseline=text("baseline", baseline), unit=unit
    )
    return Evaluation(Table(means), Table(values))


def _named(runs: Runs) -> Iterable[tuple[str, Matches | Source]]:
    if isinstance(runs, Mapping):
        yield from ((str(name), run) for name, run in runs.items())
        return
    for number, run in enumerate(_several(runs), 1):
        yield run.profile if isinstance(run, Matches) else f"run {number}", run


def _several(runs: Any) -> Iterable[Matches | Source]:
    """The runs; a single one, be it a frame, a path or rows, as a list of it."""
    if isinstance(runs, (Matches, str, PathLike)) or hasattr(runs, "__arrow_c_stream__"):
        return [runs]
    if not isinstance(runs, Iterable):
        raise ArgumentTypeError(f"runs are matches, frames or paths, found {type(runs).__name__}")
    listed = list(runs)
    return [listed] if listed and isinstance(listed[0], Mapping) else listed
