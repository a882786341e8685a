"""What the engine's functions do from Python."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas
import pytest

import duijie


def test_one_demand_is_matched_as_record_dict_and_text(small: duijie.Matcher) -> None:
    text = "吊臂焊后延迟裂纹"
    demand = duijie.Demand("demand", text)
    assert small.match_one(demand) == small.match_one({"title": text}) == small.match_one(text)
    best = small.match_one(text).to_dicts()[0]
    assert (best["rank"], best["institution"], best["achievement"], best["maturity"]) == (1, "I1", "A1", 7)
    assert "延迟裂纹" in best["passage"] or "焊接" in best["passage"]


@pytest.mark.parametrize(
    "demand",
    [
        {"技术需求名称": "吊臂焊后延迟裂纹", "技术需求概述": "焊后一天开裂", "细分行业": "工程机械"},
        {"title": "吊臂焊后延迟裂纹", "description": "焊后一天开裂", "sub_industry": "工程机械", "budget": "", "city": None},
        {"id": "D7", "title": "吊臂焊后延迟裂纹", "description": "焊后一天开裂", "sub_industry": "工程机械", "budget": float("nan")},
    ],
    ids=["official names", "blanks", "nan"],
)
def test_one_demand_is_read_as_several_are(small: duijie.Matcher, demand: dict[str, Any]) -> None:
    one = small.match_one(demand)
    row = one.demands[0]
    assert (row["title"], row["sub_industry"]) == ("吊臂焊后延迟裂纹", "construction")
    several = small.match([demand] if "id" in demand or "title" not in demand else [{"id": "demand", **demand}])
    assert several == one
    assert small.match_one(pandas.Series(demand)).entries == one.entries  # type: ignore[arg-type]
    explained = small.explain(demand, "I1")
    assert (explained.demand, explained.title) == (row["demand"], row["title"])


def test_columns_are_named_for_one_demand_too(small: duijie.Matcher) -> None:
    named = {"甲": "吊臂焊后延迟裂纹"}
    found = small.match_one(named, columns={"title": "甲"})
    assert found.demands[0]["title"] == "吊臂焊后延迟裂纹"
    assert small.explain(named, "I1", columns={"title": "甲"}).rank == 1
    with pytest.raises(duijie.MissingColumnError, match="乙"):
        small.match_one(named, columns={"title": "乙"})


def test_an_institution_is_explained_by_its_name(small: duijie.Matcher) -> None:
    by_id = small.explain("焊接裂纹", "I1")
    assert small.explain("焊接裂纹", "齐岳大学") == by_id
    assert small.explain("焊接裂纹", "齐岳大学材料学院") == by_id
    assert by_id.with_id == "I1"


def test_a_province_is_named_in_any_form(small: duijie.Matcher) -> None:
    found = small.match_one("焊接裂纹与纺丝", province="山东")
    assert len(found) == 1
    assert small.match_one("焊接裂纹与纺丝", province="山东省") == found


def test_the_home_province_stands_in_the_table_of_demands(matcher: duijie.Matcher) -> None:
    demands = [{"id": "D1", "title": "960MPa级起重机吊臂高强钢焊接冷裂", "kind": "bottleneck"}]
    found = matcher.match(demands, profile="bottleneck")
    row = found.demands[0]
    assert row["home_province"] == "山东"
    home = {each.id: each.province for each in matcher.institutions}
    assert row["home_candidate"] is None or home[row["home_candidate"]] == "山东"
    assert "山东" + ("有" if row["home_candidate"] else "无") + "候选单位" in found._repr_html_()
    assert matcher.match(demands).demands[0]["home_province"] is None


def test_filters_keep_out(small: duijie.Matcher) -> None:
    names = [row["institution"] for row in small.match_one("焊接裂纹与纺丝", province="山东").to_dicts()]
    assert names == ["I1"]
    with pytest.raises(duijie.CatalogueError, match="养蜂"):
        small.match_one("焊接", chain="养蜂")
    with pytest.raises(duijie.InputError, match="university"):
        small.match_one("焊接", kind="college")


def test_an_explanation_adds_up_and_says_what_ranks_first(matcher: duijie.Matcher) -> None:
    explanation = matcher.explain("960MPa级起重机吊臂高强钢焊接冷裂", "I02")
    assert explanation.score == pytest.approx(sum(explanation.parts.values()))
    assert explanation.first is not None
    assert explanation.name(explanation.first[0]) != explanation.first[0]
    with pytest.raises(KeyError, match="nobody"):
        matcher.explain("焊接", "nobody")


def test_another_weight_gives_another_ranking(matcher: duijie.Matcher) -> None:
    demands = [{"id": "D1", "title": "960MPa级起重机吊臂高强钢焊接冷裂"}]
    textual = duijie.RankProfile().changed({"parts.concepts": 0.0, "parts.text": 2.0}, name="textual")
    before, after = matcher.match(demands), matcher.match(demands, profile=textual)
    assert after.profile == "textual"
    comparison = before.compare(after)
    assert 0.0 <= comparison.overlaps["D1"] < 1.0
    assert {row["institution"] for row in comparison.rows} >= {row["institution"] for row in before.entries}


def test_an_index_grows_shrinks_and_keeps_its_last_commit(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    with duijie.IndexBuilder(folder) as builder:
        builder.add([{"id": f"A{n}", "title": f"焊接工艺{n}"} for n in range(3)])
    matcher = duijie.Matcher.open(folder)
    with pytest.raises(RuntimeError, match="half-way"):
        with duijie.IndexBuilder.open(folder) as builder:
            builder.delete(["A0"])
            raise RuntimeError("half-way")
    matcher.reload()
    assert len(matcher) == 3
    builder = duijie.IndexBuilder.open(folder)
    with pytest.raises(duijie.IndexLockedError):
        duijie.IndexBuilder.open(folder)
    builder.delete(["A0", "A1"])
    builder.commit()
    builder.close()
    matcher.reload()
    assert len(matcher) == 1
    assert matcher.achievement("A2").title == "焊接工艺2"
    with pytest.raises(duijie.UnknownIdError):
        matcher.achievement("A0")
    with pytest.raises(OSError, match="closed"):
        builder.commit()


def test_errors_are_what_people_catch(tmp_path: Path, matcher: duijie.Matcher) -> None:
    with pytest.raises(FileNotFoundError, match="no duijie index"):
        duijie.Matcher.open(tmp_path / "none")
    (tmp_path / "letter.txt").write_text("x")
    with pytest.raises(FileExistsError):
        duijie.IndexBuilder(tmp_path)
    with pytest.raises(OSError, match="none.xlsx"):
        matcher.match(tmp_path / "none.xlsx")
    with pytest.raises(ValueError, match="achievement"):
        matcher.match_one("焊接", unit="enterprise")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="not in the list of institutions"):
        duijie.Matcher.from_records([duijie.Achievement("A1", "焊接", institution="无名学院")])
    for name in duijie.__all__:
        each = getattr(duijie, name)
        if isinstance(each, type) and issubclass(each, duijie.DuijieError) and each is not duijie.DuijieError:
            builtin = (ValueError, OSError, KeyError, IndexError, RuntimeError, ImportError)
            assert issubclass(each, builtin), f"{name} is no built-in exception"


def test_what_a_ranking_rests_on_stands_in_the_frames(small: duijie.Matcher) -> None:
    demand = {"id": "D1", "title": "吊臂焊后延迟裂纹", "indicators": ["接头抗拉≥960MPa"]}
    found = small.match([demand])
    entry, row = found.entries[0], found.demands[0]
    assert entry["inferred_sub_industry"] == row["inferred_sub_industry"] == "construction"
    assert entry["inferred_probability"] == row["inferred_probability"] > 0
    assert "（推断，概率 " in found._repr_html_()
    assert entry["indicators"].endswith("接头抗拉≥960MPa") and entry["indicators"].split()[0] == "未载明"
    assert found.evidence[0]["indicators"] == entry["indicators"]
    stated = small.match([{"id": "D1", "title": "吊臂焊后延迟裂纹", "sub_industry": "construction"}])
    assert (stated.entries[0]["inferred_sub_industry"], stated.entries[0]["indicators"]) == (None, None)
    explanation = small.explain(demand, "I1")
    assert explanation.inferred is not None and explanation.inferred["sub_industry"] == "construction"
    assert "（推断，概率 " in explanation._repr_html_()


def test_a_mark_names_the_concept_and_the_wording_of_the_demand_it_comes_from() -> None:
    matcher = duijie.Matcher.from_records([{"id": "A1", "title": "低氢焊接", "summary": "控制扩散氢。"}])
    found = matcher.match_one("吊臂焊后延迟裂纹", unit="achievement")
    spans = [span for passage in found.passages for span in passage["matches"] if span["via"]]
    assert spans and all(span["from"] for span in spans)
    assert any(span["from"] == "延迟裂纹" for span in spans)
    assert " ← 延迟裂纹" in found._repr_html_()
