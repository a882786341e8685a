"""Which institutions and achievements can solve a demand, and why."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from os import PathLike
from os.path import abspath
from typing import TYPE_CHECKING, Any, Literal

from duijie import _duijie
from duijie.arguments import filter_words, path_text, text, whole_number
from duijie.catalogue import Catalogue
from duijie.explanation import Explanation
from duijie.matches import Matches
from duijie.profile import RankProfile, weights_with
from duijie.progress import progress_bar
from duijie.records import Achievement, Demand, Institution
from duijie.sources import Columns, Source, demand_list, one_demand
from duijie.terms import Terms, term_files
from duijie.vectors import Encoder, vectors_of

if TYPE_CHECKING:
    from duijie.vectors import Matrix

Unit = Literal["institution", "achievement"]


class Matcher:
    """Ranks institutions and achievements for demands, and explains a pair.

    Made by `open` or `from_records`. It reads one state of an index and keeps to it until `reload`. One
    matcher serves any number of threads; after a fork, and unpickled in another process, it works too.

    >>> matcher = Matcher.from_records(
    ...     achievements=[
    ...         {"id": "A1", "title": "高强钢低氢焊接工艺", "summary": "消除延迟裂纹。", "institution": "齐岳大学"},
    ...         {"id": "A2", "title": "海藻酸盐纤维纺丝", "summary": "湿法纺丝。", "institution": "鲁中研究所"},
    ...     ],
    ...     institutions=[{"id": "I1", "name": "齐岳大学"}, {"id": "I2", "name": "鲁中研究所"}],
    ... )
    >>> matches = matcher.match([{"id": "D1", "title": "吊臂焊后延迟裂纹"}], top=1)
    >>> matches.to_dicts()[0]["institution_name"]
    '齐岳大学'
    """

    _core: _duijie.Matcher
    _path: str | None
    _terms: list[str]

    def __init__(self) -> None:
        raise TypeError("a Matcher is made by Matcher.open(folder) or Matcher.from_records(…)")

    @classmethod
    def _of(cls, core: _duijie.Matcher, path: str | None, terms: list[str]) -> Matcher:
        matcher = cls.__new__(cls)
        matcher._core, matcher._path, matcher._terms = core, path, terms
        return matcher

    @classmethod
    def open(cls, path: str | PathLike[str], *, terms: Terms | None = None) -> Matcher:
        """Opens the index of a folder, which `IndexBuilder` or the command `duijie index` wrote.

        Args:
            path: The folder.
            terms: The term files that the index was built with, in the same order, if there were any.

        Raises:
            NoIndexError: If there is none.
            IndexFormatError: If another version wrote it, or it was built with other term files.
            IndexDamagedError: If a file of it is missing or changed.
            TermFileError: If a line of a term file is not usable; the message names file and line.
        """
        # Absolute, as an unpickled one may be opened from another working directory.
        path, files = abspath(path_text(path)), term_files(terms)
        return cls._of(_duijie.Matcher.open(path, files), path, files)

    @classmethod
    def from_records(
        cls,
        achievements: Source,
        institutions: Source = (),
        *,
        catalogue: Catalogue | None = None,
        columns: Columns = None,
        vectors: Matrix | None = None,
        encoder: Encoder | None = None,
        terms: Terms | None = None,
        progress: bool = False,
    ) -> Matcher:
        """A matcher over records in memory.

        Args:
            achievements: A frame, a list of dicts or records, or paths.
            institutions: The institutions that the achievements name, likewise.
            catalogue: Chains and sub-industries; the built-in ones if not given.
            columns: Column names of the achievements by record field, where no alias fits.
            vectors: What an encoder made of the achievements: float32 in C order, a row an achievement.
            encoder: Makes the vectors, called with lists of texts.
            terms: Term files of your own, as the command's `--terms` takes them: the path of one, or several.
            progress: Whether to show a progress bar.

        Raises:
            InputError: If a record is not usable, or names an institution that is not in the list.
            TermFileError: If a line of a term file is not usable; the message names file and line.
        """
        from duijie.builder import IndexBuilder

        builder = IndexBuilder(catalogue=catalogue, terms=terms)
        builder.set_institutions(institutions)
        builder.add(achievements, columns=columns, vectors=vectors, encoder=encoder, progress=progress)
        builder.commit()
        return builder.matcher()

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue that the index was built with."""
        return Catalogue._of(self._core.catalogue())

    @property
    def institutions(self) -> list[Institution]:
        """The institutions, by id."""
        return [Institution.from_dict(each) for each in json.loads(self._core.institutions().to_json())]

    def achievement(self, id: str) -> Achievement:
        """The achievement with this id, as it was indexed.

        Raises:
            UnknownIdError: If there is none.
        """
        return Achievement.from_dict(json.loads(self._core.achievement(id)))

    def match(
        self,
        demands: Source,
        *,
        top: int = 10,
        unit: Unit = "institution",
        profile: RankProfile | str | None = None,
        columns: Columns = None,
        vectors: Matrix | None = None,
        encoder: Encoder | None = None,
        chain: str | None = None,
        sub_industry: str | None = None,
        province: str | None = None,
        kind: str | None = None,
        min_maturity: int | None = None,
        threads: int = 0,
        progress: bool = True,
    ) -> Matches:
        """Ranks for many demands on several threads; the result does not depend on their number.

        Other Python threads run meanwhile. Ctrl-C stops it within a second.

        Args:
            demands: A frame, a list of dicts or records, or paths.
            top: How many to answer for each demand at most.
            unit: What is ranked.
            profile: The weights, or the name of a built-in profile; the usual ones if not given, those of
                `with-vectors` where there are vectors.
            columns: Column names by record field, where no alias fits.
            vectors: What an encoder made of the demands: float32 in C order, a row a demand.
            encoder: Makes the vectors, called with lists of texts.
            chain: Only achievements of this chain.
            sub_industry: Only achievements of this sub-industry.
            province: Only institutions of this province, with or without 省.
            kind: Only `university` (高校) or only `institute` (科研院所).
            min_maturity: Least technology readiness level; an unknown one passes.
            threads: How many threads; 0 takes what the machine has.
            progress: Whether to show a progress bar.

        Raises:
            MissingColumnError: If there is no column for the title of the demands.
            InputError: If a row is no demand; the message names row and column. If no institution is in
                the province, or the index has no vectors to compare those of the demands with, or the profile
                weighs vectors and none are given.
            CatalogueError: If chain or sub-industry is not in the catalogue; the message names those that are.
        """
        core = demand_list(demands, self.catalogue, columns)
        matrix = vectors_of(core, vectors, encoder, progress)
        weights = weights_with(profile, matrix)
        with progress_bar(progress, len(core), "条需求") as tell:
            *tables, documents = self._core.rank(
                core,
                weights._core,
                unit=text("unit", unit) or "institution",
                top=whole_number("top", top),
                filter=filter_words(chain, sub_industry, province, kind, min_maturity),
                vectors=matrix,
                threads=whole_number("threads", threads),
                progress=tell,
            )
        return Matches._of(tuple(tables), unit, weights.name, documents)

    def match_one(
        self,
        demand: Demand | Mapping[str, Any] | str,
        *,
        top: int = 10,
        unit: Unit = "institution",
        profile: RankProfile | str | None = None,
        columns: Columns = None,
        vectors: Matrix | None = None,
        encoder: Encoder | None = None,
        chain: str | None = None,
        sub_industry: str | None = None,
        province: str | None = None,
        kind: str | None = None,
        min_maturity: int | None = None,
    ) -> Matches:
        """Ranks for one demand: a `Demand`, a dict or a row of a frame with its columns, or a text, its title.

        The arguments are those of `match`; columns are found by the same names.

        >>> matcher = Matcher.from_records([{"id": "A1", "title": "低氢焊接工艺"}])
        >>> matcher.match_one("焊接冷裂纹", unit="achievement").to_dicts()[0]["achievement"]
        'A1'
        """
        return self.match(
            one_demand(demand),
            columns=columns,
            top=top,
            unit=unit,
            profile=profile,
            vectors=vectors,
            encoder=encoder,
            chain=chain,
            sub_industry=sub_industry,
            province=province,
            kind=kind,
            min_maturity=min_maturity,
            progress=False,
        )

    def explain(
        self,
        demand: Demand | Mapping[str, Any] | str,
        with_id: str,
        *,
        profile: RankProfile | str | None = None,
        columns: Columns = None,
        vectors: Matrix | None = None,
        encoder: Encoder | None = None,
    ) -> Explanation:
        """Why an achievement or institution ranks where it does for a demand, chosen or not.

        Args:
            demand: The demand, as in `match_one`.
            with_id: Id of the achievement, or id or name of the institution.
            profile: The weights, as in `match`.
            columns: Column names by record field, as in `match`.
            vectors: One row, what an encoder made of the demand.
            encoder: Makes the vector.

        Raises:
            UnknownIdError: If `with_id` is neither.
        """
        core = demand_list(one_demand(demand), self.catalogue, columns)
        matrix = vectors_of(core, vectors, encoder, False)
        weights = weights_with(profile, matrix)._core
        asked = text("with_id", with_id) or ""
        found = self._core.explain(core, asked, weights, filter=filter_words(), vectors=matrix)
        title = json.loads(core.to_json())[0]["title"]
        return Explanation._of(json.loads(found), self._names(json.loads(found)), title)

    def _names(self, values: dict[str, Any]) -> dict[str, str]:
        """What the ids in an explanation are called."""
        names = {each.id: each.name for each in self.institutions}
        first = values["first"][0] if values["first"] else None
        wanted = {values["with"], values["achievement"], first} - {None} - names.keys()
        return names | {id: self.achievement(id).title for id in wanted}

    @property
    def vector_width(self) -> int | None:
        """The width of the achievements' vectors; `None` if the index has none."""
        return self._core.vector_width()

    def reload(self) -> None:
        """Reads the last commit of the index; a match under way finishes on the one it began with."""
        self._core.reload()

    def __len__(self) -> int:
        return len(self._core)

    def __repr__(self) -> str:
        return f"Matcher({self._path or 'in memory'}, {len(self)} achievements)"

    def __reduce__(self) -> tuple[Any, ...]:
        if self._path is None:
            raise TypeError("a Matcher in memory cannot be pickled; write an index with IndexBuilder and open that")
        return partial(Matcher.open, terms=self._terms), (self._path,)
