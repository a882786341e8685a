"""Arguments that do not fit are errors of this package, of the built-in kind that people catch, with advice."""

from __future__ import annotations

import errno
import pickle
from pathlib import Path
from typing import Any

import numpy
import pytest

import duijie

DEMANDS = [{"id": "D1", "title": "吊臂焊后延迟裂纹"}]


@pytest.mark.parametrize(
    ("arguments", "kind", "what"),
    [
        ({"top": -1}, ValueError, "top should be a whole number from 0"),
        ({"top": 10**30}, ValueError, "top"),
        ({"top": "3"}, TypeError, "top should be a whole number, found '3'"),
        ({"top": 1.5}, TypeError, "top"),
        ({"threads": -1}, ValueError, "threads"),
        ({"unit": "enterprise"}, ValueError, "institution or achievement"),
        ({"unit": 3}, TypeError, "unit should be a text"),
        ({"profile": "defualt"}, KeyError, "default.*with-vectors"),
        ({"profile": {"parts.text": 1}}, TypeError, "RankProfile or the name"),
        ({"columns": ["title"]}, TypeError, "columns should be a dict"),
        ({"chain": 3}, TypeError, "chain should be a text"),
        ({"chain": "养蜂"}, ValueError, "养蜂.*高端装备"),
        ({"sub_industry": "养蜂"}, ValueError, "养蜂.*氢燃料电池"),
        ({"province": "山冬"}, ValueError, "山冬.*山东"),
        ({"min_maturity": 99}, ValueError, "1 to 9, found 99"),
        ({"min_maturity": 1000}, ValueError, "1 to 9"),
        ({"min_maturity": "高"}, TypeError, "min_maturity"),
        ({"vectors": numpy.zeros((1, 4), dtype="float32")}, ValueError, "has no vectors"),
        ({"encoder": 3}, TypeError, "encoder should be a function"),
        ({"encoder": lambda texts: [[1.0], [1.0, 2.0]][: len(texts)] + [[]]}, ValueError, "encoder gave"),
        ({"encoder": lambda texts: ["a"] * len(texts)}, ValueError, "encoder gave no matrix"),
    ],
    ids=str,
)
def test_arguments_of_a_match(small: duijie.Matcher, arguments: dict[str, Any], kind: type[Exception], what: str) -> None:
    with pytest.raises(duijie.DuijieError, match=what) as caught:
        small.match(DEMANDS, progress=False, **arguments)
    assert isinstance(caught.value, kind)


def test_an_encoder_of_several_widths_is_named() -> None:
    rows = [{"id": f"A{n}", "title": "焊接"} for n in range(70)]
    with pytest.raises(duijie.InputError, match="several widths: 6, 64"):
        duijie.Matcher.from_records(rows, encoder=lambda texts: numpy.ones((len(texts), len(texts))))


def test_a_profile_is_named_or_given(small: duijie.Matcher) -> None:
    named = small.match(DEMANDS, profile="bottleneck", progress=False)
    assert named.profile == "bottleneck"
    assert named == small.match(DEMANDS, profile=duijie.RankProfile.built_in("bottleneck"), progress=False)


def test_weights_are_numbers_of_any_kind() -> None:
    profile = duijie.RankProfile()
    changed = profile.changed({"parts.text": numpy.float32(0.5), "institutions.votes": numpy.int64(3)})
    assert (changed["parts.text"], changed["institutions.votes"]) == (0.5, 3)
    assert profile.changed({"institutions.votes": 3.0})["institutions.votes"] == 3
    for value in ("much", None, float("nan"), float("inf")):
        with pytest.raises(duijie.ProfileError, match="parts.text|profile"):
            profile.changed({"parts.text": value})  # type: ignore[dict-item]


def test_paths_that_cannot_be_written_or_are_none(tmp_path: Path, matches: duijie.Matches) -> None:
    nowhere = tmp_path / "none" / "file"
    saves: list[Any] = [
        lambda path: duijie.RankProfile().save(f"{path}.toml"),
        lambda path: matches.save(f"{path}.xlsx"),
        lambda path: matches.save_handbook(f"{path}.docx"),
        lambda path: matches.coverage().save(f"{path}.svg"),
        lambda path: duijie.read_demands(DEMANDS).save_report(f"{path}.html"),
    ]
    for save in saves:
        with pytest.raises(duijie.FileAccessError, match="none") as caught:
            save(nowhere)
        assert isinstance(caught.value, FileNotFoundError)
        assert caught.value.errno == errno.ENOENT
        assert str(caught.value.filename).startswith(str(nowhere))
    with pytest.raises(duijie.ArgumentTypeError, match="path should be"):
        duijie.RankProfile().save(3)  # type: ignore[arg-type]
    with pytest.raises(duijie.ArgumentTypeError, match="path should be"):
        duijie.Matcher.open(None)  # type: ignore[arg-type]


def test_files_that_are_not_there_carry_number_and_name(tmp_path: Path) -> None:
    readers: list[Any] = [
        duijie.Matcher.open,
        duijie.read_demands,
        duijie.read_institutions,
        duijie.Catalogue,
        duijie.RankProfile,
    ]
    for read in readers:
        path = str(tmp_path / "none.xlsx")
        with pytest.raises(FileNotFoundError, match="none.xlsx") as caught:
            read(path)
        assert isinstance(caught.value, duijie.DuijieError)
        assert (caught.value.errno, caught.value.filename) == (errno.ENOENT, path)
        again = pickle.loads(pickle.dumps(caught.value))
        assert (type(again), str(again)) == (type(caught.value), str(caught.value))
        assert (again.errno, again.filename) == (errno.ENOENT, path)


def test_what_is_no_source_of_records_is_named(small: duijie.Matcher) -> None:
    for source in (None, 5):
        with pytest.raises(duijie.ArgumentTypeError, match="a frame, paths or a list of dicts"):
            small.match(source)  # type: ignore[arg-type]
    for demand in (None, DEMANDS, 3):
        with pytest.raises(duijie.ArgumentTypeError, match="one demand is"):
            small.match_one(demand)  # type: ignore[arg-type]
