"""Term files of one's own: in memory and in an index, from Python as from the command."""

from __future__ import annotations

import multiprocessing
import os
import pickle
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import duijie

ACHIEVEMENTS = [{"id": "A1", "title": "榫卯拼装装备"}, {"id": "A2", "title": "苹果采后保鲜"}]
DEMANDS = [
    {"id": "D1", "title": "求鲁班工法", "enterprise": "甲公司"},
    {"id": "D2", "title": "榫卯拼装", "enterprise": "乙公司"},
]


@pytest.fixture
def terms(tmp_path: Path) -> Path:
    """鲁班工法 and 榫卯拼装 are one, which nothing else says."""
    path = tmp_path / "shared.tsv"
    path.write_text("term\tkind\tsynonyms\n鲁班工法\tprocess\t榫卯拼装;无钉拼接\n", encoding="utf-8")
    return path


def concepts(matcher: duijie.Matcher) -> float:
    """What the first demand's best achievement gets for its concepts; A1 where it is more than nothing."""
    found = float(matcher.explain(DEMANDS[0], "A1").parts["concepts"])
    if found > 0:
        assert matcher.match_one(DEMANDS[0], unit="achievement", top=1).to_dicts()[0]["achievement"] == "A1"
    return found


@pytest.mark.parametrize("form", [str, Path, lambda path: [path], lambda path: iter([str(path)])], ids=["str", "Path", "list", "iterator"])
def test_own_terms_count_in_memory(terms: Path, form: Any) -> None:
    assert concepts(duijie.Matcher.from_records(ACHIEVEMENTS)) == 0
    assert concepts(duijie.Matcher.from_records(ACHIEVEMENTS, terms=form(terms))) > 0.5


def test_several_files_add_up(terms: Path, tmp_path: Path) -> None:
    more = tmp_path / "construction.tsv"
    more.write_text("term\tkind\tsynonyms\n斗拱叠砌\tprocess\t苹果采后保鲜\n", encoding="utf-8")
    matcher = duijie.Matcher.from_records(ACHIEVEMENTS, terms=[terms, more])
    assert concepts(matcher) > 0.5
    assert matcher.match_one("斗拱叠砌", unit="achievement", top=1).to_dicts()[0]["achievement"] == "A2"


def test_an_index_is_opened_with_the_terms_that_it_was_built_with(terms: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    with duijie.IndexBuilder(folder, terms=terms) as builder:
        builder.add(ACHIEVEMENTS[:1])
    with duijie.IndexBuilder.open(folder, terms=[terms]) as builder:
        builder.add(ACHIEVEMENTS[1:])
        builder.commit()
        assert concepts(builder.matcher()) > 0.5
    assert concepts(duijie.Matcher.open(folder, terms=terms)) > 0.5
    for other in (duijie.Matcher.open, duijie.IndexBuilder.open):
        with pytest.raises(duijie.IndexFormatError, match="other term files") as caught:
            other(folder)
        assert caught.value.filename == str(folder)
    plain = tmp_path / "plain"
    duijie.IndexBuilder(plain).commit()
    with pytest.raises(duijie.IndexFormatError, match="other term files"):
        duijie.Matcher.open(plain, terms=terms)
    terms.write_text("term\tkind\tsynonyms\n鲁班工法\tprocess\t榫卯拼接\n", encoding="utf-8")
    with pytest.raises(duijie.IndexFormatError, match="other term files"):
        duijie.Matcher.open(folder, terms=terms)


def test_a_matcher_with_own_terms_works_in_another_process(
    terms: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with duijie.IndexBuilder(tmp_path / "index", terms=terms) as builder:
        builder.add(ACHIEVEMENTS)
    monkeypatch.chdir(tmp_path)
    matcher = duijie.Matcher.open("index", terms="shared.tsv")
    monkeypatch.chdir(os.sep)
    assert concepts(pickle.loads(pickle.dumps(matcher))) > 0.5
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        assert pool.submit(concepts, matcher).result() > 0.5


def test_needs_and_interests_are_found_by_own_terms(terms: Path) -> None:
    without, having = (duijie.Matcher.from_records(ACHIEVEMENTS, terms=each) for each in (None, terms))
    assert not duijie.gaps(without, DEMANDS, progress=False)["common_needs"].to_dicts()
    assert len(duijie.gaps(having, DEMANDS, progress=False)["common_needs"]) == 1
    products = [{"id": "P1", "title": "无钉拼接"}]
    assert not duijie.showcase(products, DEMANDS).to_dicts()[0]["interests"]
    assert "D1" in str(duijie.showcase(products, DEMANDS, terms=terms).to_dicts()[0]["interests"])


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("term\tkind\n鲁班工法\tmagic\n", r"shared.tsv:2: the kind \"magic\" is not known"),
        ("term\tkind\n鲁班工法\tprocess\n鲁班工法\tprocess\n", r"shared.tsv:3: the term \"鲁班工法\" was already defined in line 2"),
        ("term\tkind\tbroader\n鲁班工法\tprocess\t木工\n", r"shared.tsv:2: .*\"木工\""),
        ("term\tcolour\n", r"shared.tsv:1: the column \"colour\""),
    ],
    ids=["kind", "twice", "dangling", "column"],
)
def test_a_bad_line_is_named(terms: Path, tmp_path: Path, text: str, what: str) -> None:
    duijie.IndexBuilder(tmp_path / "there").commit()
    terms.write_text(text, encoding="utf-8")
    readers: list[Any] = [
        lambda: duijie.Matcher.from_records(ACHIEVEMENTS, terms=terms),
        lambda: duijie.IndexBuilder(tmp_path / "new", terms=terms),
        lambda: duijie.Matcher.open(tmp_path / "there", terms=terms),
        lambda: duijie.showcase([{"id": "P1", "title": "甲"}], terms=terms),
    ]
    for read in readers:
        with pytest.raises(duijie.TermFileError, match=what) as caught:
            read()
        assert isinstance(caught.value, ValueError)
    assert not (tmp_path / "new").exists()


def test_what_is_no_term_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(duijie.MissingFileError, match="none.tsv") as caught:
        duijie.Matcher.from_records(ACHIEVEMENTS, terms=tmp_path / "none.tsv")
    assert caught.value.filename == str(tmp_path / "none.tsv")
    binary = tmp_path / "shared.tsv"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(duijie.TermFileError, match="shared.tsv is neither UTF-8 nor GB18030"):
        duijie.Matcher.from_records(ACHIEVEMENTS, terms=binary)
    typed = tmp_path / "hydrogem.tsv"
    typed.write_text("term\tkind\n鲁班工法\tprocess\n", encoding="utf-8")
    with pytest.raises(duijie.TermFileError, match=r"hydrogem.tsv: .*is it hydrogen.tsv\?"):
        duijie.Matcher.from_records(ACHIEVEMENTS, terms=typed)
    with pytest.raises(duijie.TermFileError, match=r"hydrogem.tsv: .*is it hydrogen.tsv\?"):
        duijie.showcase([{"id": "P1", "title": "甲"}], terms=typed)
    for wrong in (3, [3]):
        with pytest.raises(duijie.ArgumentTypeError, match="path"):
            duijie.Matcher.from_records(ACHIEVEMENTS, terms=wrong)  # type: ignore[arg-type]
