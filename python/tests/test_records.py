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


def test_copies_of_matches_are_still_written(matches: duijie.Matches, tmp_path: Path) -> None:
    for number, other in enumerate((copy.copy(matches), copy.deepcopy(matches), matches[:2])):
        other.save(tmp_path / f"{number}.xlsx")
        assert (tmp_path / f"{number}.xlsx").stat().st_size > 0
    with pytest.raises(duijie.InputError, match="match again"):
        pickle.loads(pickle.dumps(matches)).save(tmp_path / "pickled.xlsx")


def test_matches_are_sliced_by_demand(matches: duijie.Matches) -> None:
    ids = [row["demand"] for row in matches.demands]
    assert matches[0] == matches[ids[0]]
    assert matches[-1] == matches[ids[-1]]
    part = matches[2:5]
    assert [row["demand"] for row in part.demands] == ids[2:5]
    for table, whole in ((part.entries, matches.entries), (part.evidence, matches.evidence), (part.passages, matches.passages)):
        assert table.to_dicts() == [row for row in whole if row["demand"] in ids[2:5]]
    assert len(matches[5:2]) == 0 and matches[:] == matches
    with pytest.raises(IndexError, match="there are 165"):
        matches[165]
    with pytest.raises(duijie.InputError, match="without a step"):
        matches[::2]


def test_tables_are_sliced_by_row(matches: duijie.Matches) -> None:
    rows = matches.entries.to_dicts()
    assert (matches.entries[0], matches.entries[-1]) == (rows[0], rows[-1])
    assert matches.entries[3:7].to_dicts() == rows[3:7]
    assert matches.entries[-2:].to_dicts() == rows[-2:]
    with pytest.raises(duijie.RowError):
        matches.entries[len(rows)]
    with pytest.raises(TypeError, match="number or a slice"):
        matches.entries["rank"]  # type: ignore[call-overload]


def test_comparisons_are_equal_by_what_they_compare(matches: duijie.Matches) -> None:
    comparison = matches[:3].compare(matches[:3])
    assert comparison == matches[:3].compare(matches[:3]) == pickle.loads(pickle.dumps(comparison))
    assert comparison != matches[1:3].compare(matches[1:3])


@pytest.mark.filterwarnings("ignore::duijie.InputWarning")
def test_records_that_were_read_are_copied_pickled_and_sliced(tmp_path: Path) -> None:
    rows = [{"技术需求名称": f"焊接裂纹{n}", "拟投入资金（万元）": "看情况"} for n in range(4)]
    demands = duijie.read_demands(rows)
    assert demands.problems
    achievements = duijie.read_achievements([{"成果名称": "低氢焊接工艺"}])
    institutions = duijie.read_institutions([{"id": "I1", "name": "齐岳大学"}])
    lists: list[Any] = [demands, achievements, institutions]
    for records in lists:
        for other in (copy.copy(records), copy.deepcopy(records), pickle.loads(pickle.dumps(records))):
            assert isinstance(other, duijie.Records) and other == records
            assert (other.report, other.problems, other.origins) == (records.report, records.problems, records.origins)
    copy.deepcopy(demands).save_report(tmp_path / "copied.html")
    pickled = pickle.loads(pickle.dumps(demands))
    assert pickled._repr_html_() is None
    with pytest.raises(duijie.InputError, match="read them again"):
        pickled.save_report(tmp_path / "pickled.html")
    part = demands[1:3]
    assert isinstance(part, duijie.Records)
    assert (list(part), part.origins) == (list(demands)[1:3], demands.origins[1:3])
    assert copy.deepcopy(part).origins == part.origins
    part.save_report(tmp_path / "part.html")


def test_lists_held_by_the_engine_pickle() -> None:
    demands = duijie.sources.demand_list([{"id": "D1", "title": "焊接裂纹"}], None, None)
    institutions = duijie.sources.institution_list([{"id": "I1", "name": "齐岳大学"}], None)
    for each in (demands, institutions):
        assert pickle.loads(pickle.dumps(each)).to_json() == each.to_json()  # type: ignore[attr-defined]
        assert copy.deepcopy(each) is each


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
