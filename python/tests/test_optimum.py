"""The optima that the planner's tests expect are those that an independent solver finds now."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

CHECKS = Path(__file__).parents[2] / "crates" / "duijie-event" / "tests"


@pytest.mark.parametrize("name", ["plans.json", "crowded.json"])
def test_random_events_have_the_optimum_of_highs(name: str) -> None:
    """`crates/duijie-event/tests/plan_optimum.rs` holds the planner to the same files."""
    spec = importlib.util.spec_from_file_location("check_plan", CHECKS / "check_plan.py")
    assert spec is not None and spec.loader is not None
    check = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(check)
    make, seeds = check.EVENTS[name]
    committed = json.loads((CHECKS / "data" / name).read_text(encoding="utf-8"))
    assert [plan["seed"] for plan in committed] == list(seeds)
    forms, largest = set(), (0, 0)
    for known in committed:
        event = make(known["seed"])
        forms.add(event["form"])
        largest = max(largest, (len(event["demands"]), event["institutions"]))
        found = check.solve(event)
        for field in ("status", "served", "worst"):
            assert found[field] == known[field], known
        assert found["total"] == pytest.approx(known["total"], abs=1e-5), known
    if name == "plans.json":
        assert largest[0] > 280
    else:
        assert forms == {"hall", "tour"}
