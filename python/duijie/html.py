"""What a notebook shows, in Chinese. All data is escaped: an enterprise's text is text, never markup."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, Any

from duijie.explanation import PART_NAMES

if TYPE_CHECKING:
    from duijie.comparison import Comparison
    from duijie.documents import Judgements
    from duijie.explanation import Explanation
    from duijie.matches import Matches
    from duijie.table import Table

SHOWN_DEMANDS = 3
SHOWN_ROWS = 20
VERDICTS = {"matched": "有可信匹配", "no_credible_match": "未找到可信匹配"}

STYLE = (
    "<style>"
    ".duijie table{border-collapse:collapse;margin:.3em 0 1em}"
    ".duijie th,.duijie td{text-align:left!important;vertical-align:top;padding:.3em .6em;"
    "border-bottom:1px solid #ddd;white-space:normal}"
    ".duijie th,.duijie .short{white-space:nowrap!important}"
    ".duijie mark{background:#ffe08a;color:inherit;padding:0}"
    ".duijie mark.via{background:#cfe8ff}"
    ".duijie .bar{display:inline-block;height:.7em;background:#4c78a8;margin-right:.4em}"
    ".duijie .quiet{color:#777}"
    "</style>"
)


def matches_html(matches: Matches) -> str:
    """The rankings of the first demands."""
    demands = matches.demands.to_dicts()
    shown = [_demand_html(matches[demand["demand"]], demand) for demand in demands[:SHOWN_DEMANDS]]
    hidden = len(demands) - len(shown)
    if hidden > 0:
        shown.append(f"<p class='quiet'>另有 {hidden} 条需求，用 matches[需求编号] 查看。</p>")
    return _page(shown)


def _demand_html(matches: Matches, demand: dict[str, Any]) -> str:
    place = " · ".join(escape(demand[name]) for name in ("enterprise", "city", "sub_industry_name") if demand[name])
    title = f"<b>【{escape(demand['demand'])}】{escape(demand['title'])}</b>"
    if demand["inferred_sub_industry"]:
        place += f" · {_inferred(demand['inferred_sub_industry_name'], demand['inferred_probability'])}"
    home = demand["home_province"]
    if home:
        place += f" · {escape(home)}{'有' if demand['home_candidate'] else '无'}候选单位"
    head = f"<div>{title}<br><span class='quiet'>{place}　{VERDICTS[demand['verdict']]}</span></div>"
    entries = matches.entries.to_dicts()
    best = max((entry["score"] for entry in entries), default=0.0)
    rows = [
        [
            str(entry["rank"]),
            escape(entry["institution_name"] or "未知"),
            escape(entry["achievement_title"] or ""),
            _bar(entry["score"], best),
            _passage(matches, entry),
            _short("未知" if entry["maturity"] is None else f"{entry['maturity']} 级"),
            _short(entry["province"] or "未知"),
        ]
        for entry in entries
    ]
    return head + _table(["名次", "高校院所", "支撑成果", "得分", "依据", "成熟度", "省份"], rows)


def _inferred(name: str, probability: float) -> str:
    return f"{escape(name)}（推断，概率 {probability:.2f}）"


def _passage(matches: Matches, entry: dict[str, Any]) -> str:
    for passage in matches.passages:
        if passage["rank"] == entry["rank"] and passage["achievement"] == entry["achievement"]:
            return marked(passage)
    return ""


def marked(passage: dict[str, Any]) -> str:
    """A passage with the words shared with the demand marked; those of a concept in another colour."""
    text, start = passage["text"], passage["start"]
    pieces: list[str] = []
    done = 0
    for span in passage["matches"]:
        begin, end = span["start"] - start, span["end"] - start
        via = span.get("via")
        origin = f"{via} ← {span['from']}" if span.get("from") else via
        mark = f"<mark class='via' title='{escape(origin)}'>" if via else "<mark>"
        pieces += [escape(text[done:begin]), mark, escape(text[begin:end]), "</mark>"]
        done = end
    return "".join([*pieces, escape(text[done:])])


def explanation_html(explanation: Explanation) -> str:
    """Why a pair ranks where it does."""
    name, first = escape(explanation.name(explanation.with_id)), explanation.first
    place = "不在候选之列" if explanation.rank is None else f"第 {explanation.rank} 名（共 {explanation.ranked} 个候选）"
    asked = f"【{escape(explanation.demand)}】{escape(explanation.title)}"
    lines = [f"<b>{asked} 与 {name}</b>：{place}，{VERDICTS[explanation.verdict]}"]
    if explanation.inferred is not None:
        lines.append(f"细分行业：{_inferred(explanation.inferred['name'], explanation.inferred['probability'])}")
    if first is not None:
        lines.append(f"第 1 名：{escape(explanation.name(first[0]))}，得分 {first[1]:.4f}")
    if explanation.achievement is not None:
        lines.append(f"最佳成果：{escape(explanation.name(explanation.achievement))}")
    parts = explanation.achievement_parts.items()
    best = max((value for _, value in parts), default=0.0)
    table = _table(["得分组成", "得分"], [[escape(PART_NAMES.get(part, part)), _bar(value, best)] for part, value in parts])
    words = "、".join(escape(term["term"]) for term in explanation.found[:12]) or "无"
    missing = "、".join(escape(term["term"]) for term in explanation.missing) or "无"
    concepts = "、".join(escape(concept["concept"]) for concept in explanation.concepts) or "无"
    passages = "".join(f"<li>{marked(passage)}</li>" for passage in explanation.passages)
    answers = {"met": "满足", "not_met": "不满足", "not_stated": "未载明"}
    indicators = [
        [escape(each["asked"]), answers[each["answer"]], escape(each.get("offered") or "")]
        for each in explanation.indicators
    ]
    if indicators:
        table += _table(["指标", "是否满足", "成果原文"], indicators)
    said = f"<p>共有的词：{words}<br>缺少的词：{missing}<br>共有的概念：{concepts}</p><ul>{passages}</ul>"
    return _page(["<br>".join(lines), table, said])


def comparison_html(comparison: Comparison) -> str:
    """The ranks that differ."""
    moved = [row for row in comparison.rows if row["before"] != row["after"]]
    heads = ["需求", "名称", escape(comparison.before.profile), escape(comparison.after.profile)]
    rows = [[escape(row["demand"]), escape(row["name"] or ""), _rank(row["before"]), _rank(row["after"])] for row in moved]
    return _page([f"<p>{len(comparison.rows)} 个名次中有 {len(moved)} 个不同</p>", _cut(heads, rows)])


def judgements_html(judgements: Judgements) -> str:
    """Agreement, and the pairs that the judges grade differently."""
    from duijie.documents import GRADES

    differing = judgements.disagreements
    kappa = "无法计算" if judgements.kappa is None else f"{judgements.kappa:.3f}"
    said = f"<p>共 {len(judgements.pairs)} 对，未评完 {judgements.unjudged} 对；加权κ {kappa}；评级不一致 {len(differing)} 对</p>"
    grades = [[escape(str(pair[name])) for name in ("demand", "achievement")] for pair in differing]
    rows = [row + [GRADES[pair["first"]], GRADES[pair["second"]]] for row, pair in zip(grades, differing, strict=True)]
    return _page([said, _cut(["需求", "成果", "评委甲", "评委乙"], rows) if rows else ""])


def report_html(page: str) -> str:
    """An import report, which is a web page, in a frame of its own."""
    return f"<iframe srcdoc=\"{escape(page)}\" style='width:100%;height:26em;border:1px solid #ddd'></iframe>"


def table_html(table: Table) -> str:
    """The first rows of any table."""
    rows = [[_cell(value) for value in row.values()] for row in table.head(SHOWN_ROWS + 1)]
    return _page([_cut([escape(column) for column in table.columns], rows, len(table))])


def _short(text: str) -> str:
    return f"<span class='short'>{escape(text)}</span>"


def _rank(rank: int | None) -> str:
    return "—" if rank is None else str(rank)


def _cell(value: object) -> str:
    if value is None:
        return "<span class='quiet'>—</span>"
    return f"{value:.4f}" if isinstance(value, float) else escape(str(value))


def _bar(score: float, best: float) -> str:
    width = 6 * max(score, 0.0) / best if best > 0 else 0.0
    return f"<span class='short'><span class='bar' style='width:{width:.2f}em'></span>{score:.3f}</span>"


def _cut(heads: list[str], rows: list[list[str]], total: int | None = None) -> str:
    total = len(rows) if total is None else total
    more = f"<p class='quiet'>共 {total} 行，显示前 {SHOWN_ROWS} 行。</p>" if total > SHOWN_ROWS else ""
    return _table(heads, rows[:SHOWN_ROWS]) + more


def _table(heads: list[str], rows: Iterable[list[str]]) -> str:
    """A table of cells that are escaped already."""
    head = "".join(f"<th>{head}</th>" for head in heads)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _page(pieces: list[str]) -> str:
    return f"<div class='duijie'>{STYLE}{''.join(pieces)}</div>"


def sheets_html(title: str, sheets: Iterable[tuple[str, list[str], list[list[str]]]]) -> str:
    """The first rows of a report's tables, as officials read them."""
    pieces = [f"<h4>{escape(title)}</h4>"]
    for name, header, rows in sheets:
        shown = [[escape(cell) for cell in row] for row in rows]
        heads = [escape(column) for column in header]
        pieces.append(f"<b>{escape(name)}</b>" + (_cut(heads, shown) if rows else "<p class='quiet'>（无）</p>"))
    return _page(pieces)
