"""Columns are found as the official tables name them, or as the caller does."""

from __future__ import annotations

from pathlib import Path

import pandas
import pytest

import duijie

OFFICIAL = pandas.DataFrame(
    {
        "序号": [1, 2],
        "技术需求名称": ["吊臂焊后延迟裂纹", "海藻纤维断头率高"],
        "企业名称": ["某重工", "某纺织"],
        "细分行业": ["工程机械", None],
        "拟投入资金总额（万元）": ["120", "看情况"],
    }
)


def test_official_headers_are_understood() -> None:
    with pytest.warns(duijie.InputWarning, match="看情况"):
        demands = duijie.read_demands(OFFICIAL)
    assert [demand.title for demand in demands] == ["吊臂焊后延迟裂纹", "海藻纤维断头率高"]
    assert demands[0].enterprise == "某重工"
    assert demands[0].sub_industry == "construction"
    assert [demand.budget for demand in demands] == [120.0, None]
    assert "看情况" in demands.problems[0]
    assert "读到2条" in demands.report


def test_a_mapping_names_columns_beside_those_with_aliases() -> None:
    frame = pandas.DataFrame({"难点": ["延迟裂纹"], "说明": ["吊臂焊后开裂"], "企业名称": ["某重工"]})
    demand = duijie.read_demands(frame, columns={"title": "难点", "description": "说明"})[0]
    assert (demand.title, demand.description, demand.enterprise) == ("延迟裂纹", "吊臂焊后开裂", "某重工")


def test_a_mapping_works_on_columns_with_the_records_own_names() -> None:
    frame = pandas.DataFrame({"id": ["D1"], "title": ["延迟裂纹"], "details": ["吊臂焊后开裂"]})
    demand = duijie.read_demands(frame, columns={"description": "details"})[0]
    assert (demand.id, demand.title, demand.description) == ("D1", "延迟裂纹", "吊臂焊后开裂")


def test_a_missing_column_says_which_were_seen() -> None:
    with pytest.raises(duijie.MissingColumnError, match="标题呢, 企业名称") as caught:
        duijie.read_demands(pandas.DataFrame({"标题呢": ["裂纹"], "企业名称": ["某重工"]}))
    assert isinstance(caught.value, KeyError)
    assert not str(caught.value).startswith("'")
    with pytest.raises(duijie.MissingColumnError, match="没有的列"):
        duijie.read_demands(OFFICIAL, columns={"title": "没有的列"})
    with pytest.raises(duijie.MissingColumnError, match="编号, 全名"):
        duijie.read_institutions([{"编号": "I1", "全名": "齐岳大学"}])


def test_a_bad_row_is_named_with_row_and_column() -> None:
    with pytest.raises(duijie.InputError, match=r"row 1 .*budget.*十万"):
        duijie.read_demands([{"id": "D1", "title": "甲"}, {"id": "D2", "title": "乙", "budget": "十万元上下"}])
    with pytest.raises(duijie.InputError, match=r"row 0 .*maturity.*12"):
        duijie.read_achievements([{"id": "A1", "title": "甲", "maturity": 12}])
    with pytest.raises(duijie.InputError, match=r"row 1 .*'?\"?what\"?'?.*object"):
        duijie.read_demands([{"title": "甲"}, {"title": "乙", "what": object()}])
    with pytest.raises(duijie.InputError, match="put it in a list"):
        duijie.read_demands({"id": "D1", "title": "甲"})  # type: ignore[arg-type]


def test_official_headers_of_achievements_and_institutions(small: duijie.Matcher) -> None:
    frame = pandas.DataFrame({"成果名称": ["低氢焊丝"], "完成单位": ["齐岳大学材料学院"], "成熟度": ["7级"], "成果简介": ["无裂纹"]})
    institutions = pandas.DataFrame({"编号": ["I1"], "单位名称": ["齐岳大学"], "简称": ["齐大；QYU"], "类型": ["高校"]})
    achievement = duijie.read_achievements(frame, institutions=institutions)[0]
    assert (achievement.institution, achievement.maturity) == ("I1", 7)
    matcher = duijie.Matcher.from_records(frame, institutions)
    assert matcher.institutions[0].kind == "university"
    assert matcher.match_one("焊接裂纹").to_dicts()[0]["institution_name"] == "齐岳大学"


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_institutions_are_read_from_tables(tmp_path: Path, ending: str) -> None:
    frame = pandas.DataFrame(
        {"编号": ["I1", "I2"], "单位名称": ["齐岳大学", "鲁中研究所"], "简称": ["齐大；QYU", None], "所在省": ["山东省", None]}
    )
    path = tmp_path / f"institutions.{ending}"
    if ending == "xlsx":
        frame.to_excel(path, index=False, startrow=1)
    else:
        frame.to_csv(path, index=False, encoding="gb18030")
    first, second = duijie.read_institutions(path)
    assert (first.id, first.name, first.aliases, first.province) == ("I1", "齐岳大学", ["齐大", "QYU"], "山东省")
    assert (second.aliases, second.province) == ([], None)
    matcher = duijie.Matcher.from_records([{"id": "A1", "title": "焊接", "institution": "齐大"}], path)
    assert matcher.match_one("焊接裂纹", province="山东").to_dicts()[0]["institution"] == "I1"
    frame.rename(columns={"单位名称": "叫什么"}).to_excel(tmp_path / "other.xlsx", index=False)
    assert duijie.read_institutions(tmp_path / "other.xlsx", columns={"name": "叫什么"})[0].name == "齐岳大学"
    with pytest.raises(duijie.MissingColumnError, match="other.xlsx.*单位名称"):
        duijie.read_institutions(tmp_path / "other.xlsx")
