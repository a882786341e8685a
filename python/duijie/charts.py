"""Charts that are looked at offline, in Chinese. They are Altair charts and need the extra `charts`."""

from __future__ import annotations

from collections import Counter
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from duijie.arguments import path_text, write_file
from duijie.errors import InputError, UnknownIdError
from duijie.explanation import PART_NAMES
from duijie.table import import_extra

if TYPE_CHECKING:
    import altair

    from duijie.comparison import Comparison
    from duijie.explanation import Explanation
    from duijie.matches import Matches

FONTS = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, WenQuanYi Micro Hei, sans-serif"
"""Chinese fonts that Linux, Windows and macOS bring, best first."""

FORMATS = (".html", ".png", ".svg")


class Chart:
    """A chart that a notebook shows and that saves to one file.

    Attributes:
        altair: The `altair.Chart` behind it, to change what you like.
    """

    def __init__(self, chart: altair.TopLevelMixin) -> None:
        self.altair: Any = chart

    def save(self, path: str | PathLike[str], *, scale: float = 2.0) -> None:
        """Writes one file that needs no network: .html with everything in it, .png or .svg.

        Args:
            path: The file; its ending says what it is.
            scale: Pixels of a .png for each of the chart's.

        Raises:
            InputError: If the ending is none of the three.
            FileAccessError: If the file cannot be written.
        """
        ending = Path(path_text(path)).suffix.lower()
        if ending not in FORMATS:
            raise InputError(f"{path_text(path)}: a chart is saved as {', '.join(FORMATS)}, found {ending!r}")
        convert = import_extra("vl_convert", "charts")
        spec = self.altair.to_dict()
        if ending == ".png":
            write_file(path, convert.vegalite_to_png(spec, scale=scale))
        else:
            write_file(path, convert.vegalite_to_svg(spec) if ending == ".svg" else _page(convert, spec))

    def __repr__(self) -> str:
        title = self.altair.to_dict()["title"]
        return f"Chart({(title['text'] if isinstance(title, dict) else title)!r})"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        # Altair's own form in a notebook loads its scripts from the network.
        svg: str = import_extra("vl_convert", "charts").vegalite_to_svg(self.altair.to_dict())
        return {"image/svg+xml": svg}


_LESS_THAN = "\ue03c"
"""Stands for `<` while a page is made; of the private use area, so that no text has it."""


def _page(convert: Any, spec: dict[str, Any]) -> str:
    """A page with the chart, in which no text of the data can end the script that it stands in."""
    page: str = convert.vegalite_to_html(_without_less_than(spec), bundle=True)
    return page.replace(_LESS_THAN, "\\u003c").replace("\\ue03c", "\\u003c")


def _without_less_than(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("<", _LESS_THAN)
    if isinstance(value, dict):
        return {_without_less_than(key): _without_less_than(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_without_less_than(entry) for entry in value]
    return value


def _altair() -> Any:
    return import_extra("altair", "charts")


def _styled(chart: Any, title: str, subtitle: str = "") -> Chart:
    titled = chart.properties(title={"text": title, "subtitle": subtitle} if subtitle else title)
    return Chart(titled.configure(font=FONTS).configure_title(anchor="start").configure_view(strokeWidth=0))


def _short(text: str, most: int = 24) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def waterfall(explanation: Explanation) -> Chart:
    """What each part adds to the score of a pair."""
    alt = _altair()
    steps: list[dict[str, Any]] = []
    height = 0.0
    parts = dict(explanation.achievement_parts)
    if explanation.unit == "institution":
        parts |= {name: value for name, value in explanation.parts.items() if name != "best_achievement"}
    for name, value in parts.items():
        steps.append({"part": PART_NAMES.get(name, name), "from": height, "to": height + value, "added": value})
        height += value
    steps.append({"part": "得分", "from": 0.0, "to": height, "added": height})
    order = [step["part"] for step in steps]
    bars = (
        alt.Chart(alt.Data(values=steps))
        .mark_bar(size=36)
        .encode(
            x=alt.X("part:N", sort=order, title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("from:Q", title="得分"),
            y2="to:Q",
            color=alt.condition("datum.part === '得分'", alt.value("#4c78a8"), alt.value("#9ecae9")),
            tooltip=[alt.Tooltip("part:N", title="组成"), alt.Tooltip("added:Q", title="得分", format=".4f")],
        )
    )
    labels = bars.mark_text(dy=-7).encode(y="to:Q", y2=alt.Y2(), text=alt.Text("added:Q", format=".3f"), color=alt.value("#333"))
    title = f"{_short(explanation.title or explanation.demand)} 与 {explanation.name(explanation.with_id)}"
    best = f"最佳成果：{explanation.name(explanation.achievement)}" if explanation.achievement else ""
    return _styled((bars + labels).properties(width=80 * len(steps), height=280), title, best)


def heat_map(matches: Matches, top: int) -> Chart:
    """How many demands of each chain an institution answers among the best."""
    alt = _altair()
    chains = {row["demand"]: row["chain_name"] or "未知产业链" for row in matches.demands}
    counts: Counter[tuple[str, str]] = Counter()
    totals: Counter[str] = Counter()
    for entry in matches.entries:
        if entry["verdict"] == "matched":
            name = entry["institution_name"] or "未知单位"
            counts[chains[entry["demand"]], name] += 1
            totals[name] += 1
    best = [name for name, _ in sorted(totals.items(), key=lambda item: (-item[1], item[0]))[:top]]
    order = list(dict.fromkeys(chains.values()))
    cells = [
        {"chain": chain, "institution": name, "demands": counts[chain, name]} for name in best for chain in order
    ]
    base = alt.Chart(alt.Data(values=cells)).encode(
        x=alt.X("chain:N", sort=order, title="产业链", axis=alt.Axis(labelAngle=-40, labelLimit=200)),
        y=alt.Y("institution:N", sort=best, title="高校院所", axis=alt.Axis(labelLimit=240)),
    )
    rects = base.mark_rect().encode(
        color=alt.Color("demands:Q", title="需求数", scale=alt.Scale(scheme="blues", domainMin=0)),
        tooltip=[
            alt.Tooltip("institution:N", title="高校院所"),
            alt.Tooltip("chain:N", title="产业链"),
            alt.Tooltip("demands:Q", title="需求数"),
        ],
    )
    middle = max(counts.values(), default=0) / 2
    numbers = base.transform_filter("datum.demands > 0").mark_text().encode(
        text="demands:Q",
        color=alt.condition(f"datum.demands > {middle}", alt.value("white"), alt.value("#333")),
    )
    most = max((row["found"] for row in matches.demands), default=0)
    subtitle = f"每条需求前 {most} 名中出现的次数；不计未找到可信匹配的需求"
    return _styled((rects + numbers).properties(width=alt.Step(44), height=alt.Step(22)), "产业链与高校院所", subtitle)


def coverage(matches: Matches) -> Chart:
    """How many demands of each chain have a credible match."""
    alt = _altair()
    words = {"matched": "有可信匹配", "no_credible_match": "未找到可信匹配"}
    counts: Counter[tuple[str, str]] = Counter(
        (row["chain_name"] or "未知产业链", words[row["verdict"]]) for row in matches.demands
    )
    rows = [{"chain": chain, "verdict": verdict, "demands": number} for (chain, verdict), number in counts.items()]
    order = list(dict.fromkeys(row["chain_name"] or "未知产业链" for row in matches.demands))
    bars = (
        alt.Chart(alt.Data(values=rows))
        .mark_bar()
        .encode(
            y=alt.Y("chain:N", sort=order, title=None, axis=alt.Axis(labelLimit=240)),
            x=alt.X("demands:Q", title="需求数", axis=alt.Axis(tickMinStep=1)),
            color=alt.Color(
                "verdict:N",
                title=None,
                scale=alt.Scale(domain=list(words.values()), range=["#4c78a8", "#f58518"]),
                legend=alt.Legend(orient="top"),
            ),
            order=alt.Order("verdict:N", sort="ascending"),
            tooltip=[
                alt.Tooltip("chain:N", title="产业链"),
                alt.Tooltip("verdict:N", title="结论"),
                alt.Tooltip("demands:Q", title="需求数"),
            ],
        )
        .properties(width=420, height=alt.Step(24))
    )
    matched = sum(row["verdict"] == "matched" for row in matches.demands)
    return _styled(bars, "需求覆盖情况", f"{len(matches.demands)} 条需求中 {matched} 条有可信匹配")


def rank_changes(comparison: Comparison, demand: str) -> Chart:
    """How the ranks of one demand move from one profile to the other."""
    alt = _altair()
    rows = [row for row in comparison.rows if row["demand"] == demand]
    titles = {row["demand"]: row["title"] for row in comparison.before.demands}
    if demand not in titles:
        raise UnknownIdError(f"there is no demand {demand!r} in these matches")
    sides = {"before": f"前：{comparison.before.profile}", "after": f"后：{comparison.after.profile}"}
    # What one side does not rank stands one place below its last.
    below = max((row[side] or 0 for row in rows for side in sides), default=0) + 1
    points = [
        {
            "name": row["name"],
            "profile": profile,
            "rank": row[side] or below,
            "moved": "不变" if row["before"] == row["after"] else "变化",
            "label": f"{row[side] or '未列入'}　{row['name']}" if side == "after" else f"{row['name']}　{row[side] or '未列入'}",
        }
        for row in rows
        for side, profile in sides.items()
    ]
    outside = [point for point in points if point["rank"] == below]
    # Several that left or came stand below each other.
    for profile in sides.values():
        for place, point in enumerate(point for point in outside if point["profile"] == profile):
            point["rank"] = below + place
    base = alt.Chart(alt.Data(values=points)).encode(
        x=alt.X("profile:N", sort=list(sides.values()), title=None, axis=alt.Axis(labelAngle=0, orient="top")),
        y=alt.Y("rank:Q", title=None, axis=None, scale=alt.Scale(reverse=True)),
        color=alt.Color("moved:N", title=None, scale=alt.Scale(domain=["变化", "不变"], range=["#f58518", "#bbb"])),
    )
    lines = base.mark_line(point=True).encode(detail="name:N")
    text = alt.Text("label:N")
    left = base.transform_filter(alt.datum.profile == sides["before"]).mark_text(align="right", dx=-10)
    right = base.transform_filter(alt.datum.profile == sides["after"]).mark_text(align="left", dx=10)
    labels = [side.encode(text=text, color=alt.value("#333")) for side in (left, right)]
    places = max((point["rank"] for point in points), default=1)
    chart = alt.layer(lines, *labels).properties(width=560, height=26 * places)
    return _styled(chart, f"名次变化：{titles[demand]}", f"{comparison.before.profile} → {comparison.after.profile}")
