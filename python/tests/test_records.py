"""Records, catalogue, profiles and results are plain objects."""

from __future__ import annotations

import copy
import datetime
import pickle
from pathlib import Path
from typing import Any

import pytest

import duijie

PLAIN: list[Any] = [
    duijie.Demand("D1", "延迟裂纹", indicators=["≥960MPa"], budget=120.0, extra={"联系人": "王工"}),
    duijie.Achievement("A1", "低氢焊接", keywords=["焊接"], maturity=7),
    duijie.Institution("I1", "齐岳大学"),
    duijie.Catalogue(),
    duijie.RankProfile(),
    duijie.RankProfile().changed({"parts.text": 0.7}),
]


@pytest.mark.parametrize("value", PLAIN, ids=lambda value: type(value).__name__)
def test_plain_objects_survive_copying_and_pickling(value: Any) -> None:
    for other in (copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value))):
        assert other == value
        assert repr(other) == repr(value)


def test_results_survive_pickling(matches: duijie.Matches, matcher: duijie.Matcher) -> None:
    assert pickle.loads(pickle.dumps(matches)) == matches
    part = matches[matches.demands.to_dicts()[3]["demand"]]
    assert pickle.loads(pickle.dumps(part)) == part
    assert copy.deepcopy(matches.entries) == matches.entries
    explanation = matcher.explain("焊接裂纹", "I02")
    assert pickle.loads(pickle.dumps(explanation)) == explanation


def test_a_matcher_over_a_folder_pickles_and_one_in_memory_says_why_not(
    matcher: duijie.Matcher, small: duijie.Matcher
) -> None:
    assert len(pickle.loads(pickle.dumps(matcher))) == len(matcher)
    with pytest.raises(TypeError, match="IndexBuilder"):
        pickle.dumps(small)


def test_a_record_that_holds_itself_is_refused() -> None:
    row: dict[str, object] = {"id": "D1", "title": "焊接"}
    row["more"] = row
    with pytest.raises(duijie.InputError, match="row 0 .*nested more than 32 deep"):
        duijie.read_demands([row])


def test_records_keep_what_they_do_not_know() -> None:
    row = {"id": "D1", "title": "裂纹", "联系人": "王工"}
    assert duijie.Demand.from_dict(row).to_dict() == row | {"kind": "demand"}


def test_the_catalogue_knows_names_and_events(tmp_path: Path) -> None:
    catalogue = duijie.Catalogue()
    assert sum(len(chain.sub_industries) for chain in catalogue.chains) == 33
    event = catalogue.next_event(datetime.date(2023, 5, 20))
    assert event is not None and event.no == 3
    with pytest.raises(duijie.CatalogueError, match="known chains"):
        catalogue.chain("养蜂")
    (tmp_path / "bad.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ValueError, match="bad.json"):
        duijie.Catalogue(tmp_path / "bad.json")


def test_a_profile_is_changed_saved_and_loaded(tmp_path: Path) -> None:
    profile = duijie.RankProfile().changed({"parts.text": 1, "institutions.votes": 3}, name="mine")
    profile.save(tmp_path / "mine.toml")
    assert duijie.RankProfile(tmp_path / "mine.toml") == profile
    assert (profile["parts.text"], profile["institutions.votes"]) == (1.0, 3)
    assert set(profile.to_dict()) == set(duijie.RankProfile().to_dict())
    with pytest.raises(duijie.UnknownIdError, match="parts.concepts"):
        profile.changed({"parts.concept": 1.0})
    with pytest.raises(duijie.ProfileError, match="parts.text"):
        profile.changed({"parts.text": -1.0})
