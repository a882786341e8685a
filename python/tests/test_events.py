"""Plans, gaps, outreach, consortia, showcases, the ledger and the calendar, as frames and documents."""

from __future__ import annotations

import datetime
import json
import threading
from pathlib import Path

import pytest
from conftest import COLLECTION, DEMANDS

import duijie

EVENTS = COLLECTION.parent / "event"


@pytest.fixture(scope="module")
def planned(matcher: duijie.Matcher) -> duijie.Report:
    return duijie.plan(matcher, DEMANDS, EVENTS / "equipment.toml", progress=False)


def test_a_plan_is_frames_that_keep_to_the_limits(planned: duijie.Report) -> None:
    assert planned.values["status"] == "optimal"
    frame = planned.to_pandas()
    assert list(frame.columns) == ["demand", "institution", "slot", "table", "city", "score"]
    assert frame.groupby("demand").size().max() <= 3 and frame.groupby("institution").size().max() <= 4
    assert not frame.duplicated(["slot", "table"]).any() and not frame.duplicated(["slot", "institution"]).any()
    assert frame["score"].sum() == pytest.approx(planned.values["total_score"])
    assert {row["reason"] for row in planned["unmet"]} == {"未找到可信的匹配单位"}
    assert len(planned["alternates"]) == len(planned)
    assert planned.to_polars().shape == frame.shape


def test_a_plan_is_that_of_the_command(planned: duijie.Report, matcher: duijie.Matcher) -> None:
    values = {
        "event": "高端装备",
        "date": "2023-04-20",
        "minimum_score": 0.2,
        "limits": {
            "meetings_per_demand": {"min": 1, "max": 3},
            "meetings_per_institution": {"max": 4},
            "slots": 6,
            "tables": 10,
        },
        "priority": {"bottleneck": 1.5},
    }
    again = duijie.plan(matcher, DEMANDS, values, progress=False)
    assert again["meetings"] == planned["meetings"]


def test_limits_that_conflict_are_named(matcher: duijie.Matcher) -> None:
    event = {"event": 3, "limits": {"meetings_per_demand": {"min": 3}, "meetings_per_institution": {"max": 1}, "slots": 1}}
    found = duijie.plan(matcher, DEMANDS, event, progress=False)
    assert found.values["status"] == "infeasible" and len(found) == 0
    assert "meetings_per_demand.min = 3" in found["conflicts"].to_dicts()[0]["limits"]
    assert len(found["relaxations"]) > 0


def test_a_no_show_changes_little(matcher: duijie.Matcher, planned: duijie.Report, tmp_path: Path) -> None:
    away = planned.to_dicts()[0]["institution"]
    mended = duijie.replan(matcher, DEMANDS, EVENTS / "equipment.toml", planned, [away], progress=False)
    held = sum(row["institution"] == away for row in planned)
    assert len(mended["lost"]) == held and len(mended["moved"]) == len(mended["dropped"]) == 0
    assert all(row["institution"] != away for row in mended)
    planned.save(tmp_path / "plan.json")
    assert json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))["meetings"] == planned.values["meetings"]
    from_file = duijie.replan(matcher, DEMANDS, EVENTS / "equipment.toml", tmp_path / "plan.json", [away], progress=False)
    assert from_file["meetings"] == mended["meetings"]
    with pytest.raises(duijie.UnknownIdError, match="无名大学"):
        duijie.replan(matcher, DEMANDS, EVENTS / "equipment.toml", planned, ["无名大学"], progress=False)


def test_documents_are_saved(planned: duijie.Report, tmp_path: Path) -> None:
    for name in ("plan.xlsx", "plan.docx"):
        planned.save(tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(b"PK")
    with pytest.raises(duijie.InputError, match="plan.pdf"):
        planned.save(tmp_path / "plan.pdf")
    assert "企业对接安排" in planned._repr_html_()


def test_gaps_account_for_every_demand(matcher: duijie.Matcher) -> None:
    found = duijie.gaps(matcher, DEMANDS, progress=False)
    frame = found.to_pandas()
    assert frame["demands"].sum() == 165
    assert (frame["met_in_province"] + frame["met_elsewhere_only"] + frame["met_nowhere"] == frame["demands"]).all()
    assert len(found["unmet"]) == frame["met_elsewhere_only"].sum() + frame["met_nowhere"].sum()
    potential = [row["potential"] for row in found["weak_links"]]
    assert potential == sorted(potential, reverse=True)
    assert found.heat_map_svg.startswith("<svg")
    one = duijie.gaps(matcher, DEMANDS, chain="高端装备", progress=False)
    assert set(one.to_pandas()["chain"]) == {"高端装备产业链"}


def test_outreach_leads_out_of_the_province(matcher: duijie.Matcher) -> None:
    found = duijie.outreach(matcher, DEMANDS, progress=False)
    assert len(found) > 0 and all(row["province"] != "山东" for row in found)
    assert len(found["demands"]) == sum(row["demands"] for row in found)


def test_a_consortium_covers_a_listing(matcher: duijie.Matcher) -> None:
    lead = "烟威起重装备有限公司"
    found = duijie.consortium(matcher, DEMANDS, ["D-construction-d99551"], lead=lead, progress=False)
    assert found["enterprises"].to_dicts()[0]["name"] == lead
    assert found.values["institutions_bound"]["at_least"] >= 1 - 1 / 2.718281828
    assert sum(row["adds"] for row in found) == pytest.approx(found.values["institutions_bound"]["value"])
    with pytest.raises(duijie.UnknownIdError):
        duijie.consortium(matcher, DEMANDS, ["D-0"], progress=False)
    chain = duijie.consortium(
        matcher, DEMANDS, ["D-construction-d99551"], chain_enterprises=EVENTS / "enterprises.jsonl", progress=False
    )
    brings = str([row["brings"] for row in chain["enterprises"].to_dicts()])
    assert all(position in brings for position in ("上游", "中游", "下游")), brings
    with pytest.raises(duijie.InputError, match="无此公司"):
        duijie.consortium(matcher, DEMANDS, ["D-construction-d99551"], lead="无此公司", progress=False)


def test_a_showcase_shows_no_product_twice() -> None:
    found = duijie.showcase(EVENTS / "products.jsonl", DEMANDS, chain="高端装备", picks=5)
    assert len(found) == 5
    assert not {row["product"] for row in found} & {row["product"] for row in found["duplicates"]}
    with pytest.raises(duijie.InputError, match="picks"):
        duijie.showcase(EVENTS / "products.jsonl", DEMANDS, picks=0)


def test_the_ledger_tells_the_next_event(matcher: duijie.Matcher, planned: duijie.Report, tmp_path: Path) -> None:
    path = tmp_path / "台账.sqlite"
    ledger = duijie.Ledger(path)
    demands = [demand for demand in duijie.read_demands(DEMANDS) if demand.chain == "equipment"]
    recorded = ledger.record(matcher, demands, planned, event="第3场", who="张三", on=datetime.date(2023, 4, 20))
    unsolved = len(planned["unmet"])
    assert recorded == {"added": len(planned), "known": 0, "unsolved": unsolved, "superseded": 0, "kept": 0}
    ledger.step(1, "intention", who="李四", why="达成意向", due="2023-06-01", on="2023-05-01")
    assert len(ledger.due(today="2023-05-01")["undated"]) == len(planned) - 1
    assert [row["line"] for row in ledger.due(today="2023-06-02")["overdue"]] == [1]
    ledger.step(1, "已签约", who="李四", why="签订合同", amount=120.0, on="2023-05-20")
    assert [row["state"] for row in ledger.history(1)] == ["met", "intention", "contract"]
    assert ledger.conversion("event").to_dicts()[0]["contracts"] == 1
    assert [row["rows"] for row in ledger.follow_ups()] == [1, 1, 1, 0, 0]
    assert len(ledger.carried_over()) == len(planned["unmet"])
    assert {row["movement"] for row in ledger.ranks(matcher, demands, "第3场")} == {"same"}
    event = {"event": 3, "limits": {"meetings_per_demand": {"max": 3}, "slots": 6, "tables": 10}}
    following = duijie.plan(matcher, demands, event, ledger=path, progress=False)
    met = {(row["demand"], row["institution"]) for row in planned}
    assert not met & {(row["demand"], row["institution"]) for row in following}
    again = duijie.plan(matcher, demands, event, ledger=path, past="again", progress=False)
    assert met & {(row["demand"], row["institution"]) for row in again}
    ledger.lines().save(tmp_path / "台账.xlsx")
    copy = duijie.Ledger(tmp_path / "copy.sqlite")
    assert copy.import_table(tmp_path / "台账.xlsx", who="王五")["added"] == len(planned)
    assert [row["state"] for row in copy.lines()] == [row["state"] for row in ledger.lines()]
    with pytest.raises(duijie.InputError, match="cannot become"):
        ledger.step(1, "declined", who="李四", why="反悔")


def test_a_mended_plan_supersedes_the_one_recorded(
    matcher: duijie.Matcher, planned: duijie.Report, tmp_path: Path
) -> None:
    ledger = duijie.Ledger(tmp_path / "台账.sqlite")
    demands = [demand for demand in duijie.read_demands(DEMANDS) if demand.chain == "equipment"]
    ledger.record(matcher, demands, planned, event="第3场", who="张三", on="2023-04-20")
    away = planned.to_dicts()[0]["institution"]
    values = dict(planned.values)
    values["meetings"] = [meeting for meeting in values["meetings"] if meeting["institution"] != away]
    mended = tmp_path / "mended.json"
    mended.write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
    with pytest.raises(duijie.InputError, match="recorded already"):
        ledger.record(matcher, demands, mended, event="第3场", who="张三", on="2023-04-20")
    recorded = ledger.record(
        matcher, demands, mended, event="第3场", who="张三", on="2023-04-20", replaces="对接单位缺席"
    )
    assert recorded["superseded"] == len(planned) - len(values["meetings"]) > 0
    states = {row["institution"]: row["state"] for row in ledger.lines()}
    assert states[away] == "superseded"


def test_an_event_is_moved_with_its_reason(tmp_path: Path) -> None:
    schedule = tmp_path / "日程.json"
    duijie.move_event(schedule, 8, "2024-04-18", who="张三", reason="与行业展会同期", on="2024-01-05")
    duijie.task_done(schedule, 8, 1, who="张三", note="已发通知", on="2024-02-01")
    found = duijie.calendar(schedule, event=8, today="2024-03-01")
    assert found.to_dicts()[0]["date"] == "2024-04-18"
    assert found.values["events"][0]["moves"][0]["reason"] == "与行业展会同期"
    assert {row["no"]: row["state"] for row in found["tasks"]}[1] == "done"
    assert found.ics.count("BEGIN:VTODO") == 16
    with pytest.raises(duijie.UnknownIdError):
        duijie.calendar(event=99)


def test_other_threads_run_while_a_plan_is_made(matcher: duijie.Matcher) -> None:
    ticks = 0
    done = threading.Event()

    def count() -> None:
        nonlocal ticks
        while not done.wait(0.001):
            ticks += 1

    thread = threading.Thread(target=count)
    thread.start()
    duijie.plan(matcher, DEMANDS, {"slots": 12, "tables": 60, "limits": {"meetings_per_demand": {"max": 3}}}, progress=False)
    done.set()
    thread.join()
    assert ticks > 50
