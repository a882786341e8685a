"""What a notebook shows, and the charts as files."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

import duijie

EVIL = "<script>alert('x')</script><b onclick=\"y\">裂纹&amp;"


class Tags(HTMLParser):
    """Collects the tags of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.text += data


def read(page: str) -> Tags:
    tags = Tags()
    tags.feed(page)
    return tags


def test_markup_in_the_data_stays_text() -> None:
    matcher = duijie.Matcher.from_records(
        [{"id": "A1", "title": EVIL, "summary": f"消除焊接裂纹{EVIL}。", "institution": "I1"}],
        [{"id": "I1", "name": EVIL, "province": EVIL}],
    )
    demand = duijie.Demand("D1", f"焊接裂纹{EVIL}", enterprise=EVIL, city=EVIL)
    other = duijie.RankProfile().changed({"parts.text": 2.0}, name="other")
    matches = matcher.match([demand])
    shown = [
        matches,
        matches.entries,
        matcher.explain(demand, "I1"),
        matches.compare(matcher.match([demand], profile=other)),
        matcher.match([demand], unit="achievement"),
    ]
    for each in shown:
        page = read(each._repr_html_())
        assert page.tags <= {"div", "style", "table", "thead", "tbody", "tr", "th", "td", "p", "b", "br", "span", "mark", "ul", "li"}
    page = read(matches._repr_html_())
    assert EVIL in page.text.replace("\n", "")


def test_a_match_shows_what_an_official_asks_for(matches: duijie.Matches) -> None:
    page = matches._repr_html_()
    for word in ["名次", "高校院所", "支撑成果", "得分", "依据", "成熟度", "省份", "<mark>", "另有 162 条需求"]:
        assert word in page
    passage = matches.passages.to_dicts()[0]
    span = passage["matches"][0]
    word = passage["text"][span["start"] - passage["start"] : span["end"] - passage["start"]]
    assert f">{word}</mark>" in page


@pytest.fixture(scope="module")
def charts(matcher: duijie.Matcher, matches: duijie.Matches) -> dict[str, duijie.Chart]:
    demand = matches.demands.to_dicts()[0]
    other = duijie.RankProfile().changed({"parts.text": 1.5, "parts.concepts": 0.3}, name="other")
    record = {"id": demand["demand"], "title": demand["title"]}
    before = matcher.match([record])
    return {
        "细分行业": matcher.explain(record, "I02").chart(),
        "高端化工产业链": matches.heat_map(),
        "未找到可信匹配": matches.coverage(),
        "名次变化": before.compare(matcher.match([record], profile=other)).chart(),
    }


def test_charts_are_saved_in_one_offline_file_each(charts: dict[str, duijie.Chart], tmp_path: Path) -> None:
    for word, chart in charts.items():
        for ending in ("svg", "html", "png"):
            chart.save(tmp_path / f"chart.{ending}")
        assert word in (tmp_path / "chart.svg").read_text(encoding="utf-8")
        page = (tmp_path / "chart.html").read_text(encoding="utf-8")
        assert word in page or word.encode("unicode_escape").decode() in page
        assert "<script src=" not in page and "cdn.jsdelivr" not in page
        picture = (tmp_path / "chart.png").read_bytes()
        assert picture.startswith(b"\x89PNG") and len(picture) > 10_000


def test_charts_say_what_they_show(matcher: duijie.Matcher, matches: duijie.Matches) -> None:
    assert repr(matches.coverage()) == "Chart('需求覆盖情况')"
    chart = matcher.explain("960MPa级起重机吊臂高强钢焊接冷裂", "I02").chart()
    name = next(each.name for each in matcher.institutions if each.id == "I02")
    assert repr(chart) == f"Chart('960MPa级起重机吊臂高强钢焊接冷裂 与 {name}')"
    long = matcher.explain("焊接" * 40, "I02").chart()
    assert len(repr(long)) < 60


def test_a_comparison_of_nothing_says_so(matcher: duijie.Matcher) -> None:
    nothing = matcher.match([], progress=False)
    assert nothing.compare(nothing).rows == []
    with pytest.raises(duijie.InputError, match="no demands"):
        nothing.compare(nothing).chart()


def test_markup_in_the_data_does_not_end_the_script_of_a_page(tmp_path: Path) -> None:
    evil = "</script><img src=x onerror=alert(1)>"
    matcher = duijie.Matcher.from_records(
        [{"id": "A1", "title": "焊接", "institution": "I1"}], [{"id": "I1", "name": evil}]
    )
    page = tmp_path / "chart.html"
    matcher.explain({"id": "D", "title": "焊接"}, "I1").chart().save(page)
    text = page.read_text(encoding="utf-8")
    assert evil not in text and "onerror=alert(1)" in text
    shown = Tags()
    shown.feed(text)
    assert "img" not in shown.tags


def test_a_chart_says_which_files_it_saves(charts: dict[str, duijie.Chart], tmp_path: Path) -> None:
    chart = next(iter(charts.values()))
    with pytest.raises(duijie.InputError, match=".html, .png, .svg"):
        chart.save(tmp_path / "chart.gif")
    with pytest.raises(OSError, match="chart.svg"):
        chart.save(tmp_path / "none" / "chart.svg")
