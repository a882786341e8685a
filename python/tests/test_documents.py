"""Official tables in, event documents out."""

from __future__ import annotations

import json
import pickle
import warnings
import zipfile
from pathlib import Path

import openpyxl
import pytest
from conftest import COLLECTION, DEMANDS

import duijie

TABLES = Path(__file__).parents[2] / "crates" / "duijie-tables" / "tests" / "fixtures" / "files"
ENTERPRISE = "烟威起重装备有限公司"


def everything(path: Path) -> str:
    """The text of a file and of the parts that it packs."""
    if not zipfile.is_zipfile(path):
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode("utf-8") for name in archive.namelist())


def test_a_workbook_is_read_with_its_report(tmp_path: Path) -> None:
    with warnings.catch_warnings(record=True):
        warnings.simplefilter("always")
        demands = duijie.read_demands(TABLES / "03-list-hidden.xlsx")
    assert [demand.id for demand in demands] == ["XQ-1", "XQ-3"]
    assert "读到3条 = 导入2 + 未导入1 + 合并重复0" in demands.report
    assert any("隐藏" in problem for problem in demands.problems)
    assert all("03-list-hidden.xlsx〔" in origin and "行" in origin for origin in demands.origins)
    shown = demands._repr_html_()
    assert shown is not None and "技术需求导入报告" in shown and shown.startswith("<iframe srcdoc=")
    demands.save_report(tmp_path / "报告.html")
    demands.save_report(tmp_path / "报告.xlsx")
    assert "XQ-2" in everything(tmp_path / "报告.xlsx") or "隐藏" in everything(tmp_path / "报告.xlsx")
    with pytest.raises(duijie.InputError, match="html or .xlsx"):
        demands.save_report(tmp_path / "报告.docx")


def test_matches_are_written_for_an_audience(matches: duijie.Matches, tmp_path: Path) -> None:
    matches.save(tmp_path / "匹配结果.xlsx")
    matches.save(tmp_path / "公开.csv", audience="公开")
    matches.save(tmp_path / "企业.jsonl", audience="enterprises", mask_enterprises=True)
    assert ENTERPRISE in everything(tmp_path / "匹配结果.xlsx")
    assert ENTERPRISE not in everything(tmp_path / "公开.csv")
    first = json.loads(everything(tmp_path / "企业.jsonl").splitlines()[0])
    assert "passage" in first and "score" not in first
    one = matches["D-construction-d99551"]
    one.save(tmp_path / "一条.jsonl")
    assert len(everything(tmp_path / "一条.jsonl").splitlines()) == len(one)
    with pytest.raises(duijie.InputError, match="公开"):
        matches.save(tmp_path / "x.csv", audience="大家")
    with pytest.raises(duijie.InputError, match="xlsx, .csv or .jsonl"):
        matches.save(tmp_path / "x.pdf")
    with pytest.raises(duijie.FileAccessError):
        matches.save(tmp_path / "no" / "x.csv")
    with pytest.raises(duijie.InputError, match="match again"):
        pickle.loads(pickle.dumps(matches)).save(tmp_path / "x.csv")


def test_a_handbook_is_written(matches: duijie.Matches, tmp_path: Path) -> None:
    matches.save_handbook(tmp_path / "手册.docx", title="高端装备产业链对接手册", date="2023年6月", candidates=2)
    text = everything(tmp_path / "手册.docx")
    assert all(word in text for word in ("高端装备产业链对接手册", "2023年6月", "推荐理由", "邀请：", ENTERPRISE))


def test_the_lists_are_written(tmp_path: Path) -> None:
    files = duijie.write_lists(
        tmp_path / "清单", DEMANDS, COLLECTION / "achievements.jsonl", COLLECTION / "institutions.jsonl"
    )
    assert len(files) == 7
    assert all(ENTERPRISE not in everything(Path(file)) for file in files)


def test_judgements_come_back(matcher: duijie.Matcher, tmp_path: Path) -> None:
    runs = [matcher.match(DEMANDS, unit="achievement", top=2, progress=False)]
    path = tmp_path / "评判.xlsx"
    assert duijie.write_judging(path, runs, depth=1) == 165
    blank = duijie.Judgements(path)
    assert (len(blank.pairs), blank.unjudged, blank.kappa, blank.qrels) == (165, 165, None, "")
    book = openpyxl.load_workbook(path)
    for sheet, usual in zip(book, ("强相关", "较强相关"), strict=True):
        heads = [cell.value for cell in sheet[1]]
        assert "得分" not in heads and "名次" not in heads
        grade = heads.index("评级") + 1
        for row in range(2, 102):
            sheet.cell(row, grade).value = usual if row > 2 else "无相关"
    book.save(path)
    judged = duijie.Judgements(path)
    assert judged.unjudged < 165 and judged.kappa is not None
    assert len(judged.disagreements) > 0
    assert all(pair["first"] != pair["second"] for pair in judged.disagreements)
    shown = judged._repr_html_()
    assert "评级不一致" in judged.report and "评委甲" in shown and "较强相关" in shown
    judged.save_qrels(tmp_path / "qrels.txt")
    assert (tmp_path / "qrels.txt").read_text().splitlines()[0].split()[1] == "0"
    sheet = book.worksheets[0]
    sheet.cell(3, grade).value = "很相关"
    book.save(path)
    with pytest.raises(duijie.InputError, match="评委甲.*row 3.*很相关"):
        duijie.Judgements(path)
    with pytest.raises(duijie.InputError, match="no judging workbook"):
        duijie.Judgements(TABLES / "01-list-plain.xlsx")
