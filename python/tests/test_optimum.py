"""The optima that the planner's tests expect are those that an independent solver finds now."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

CHECKS = Path(__file__).parents[2] / "crates" / "duijie-event" / "tests"


def test_fifty_random_events_have_the_optimum_of_highs() -> None:
    """`crates/duijie-event/tests/plan_optimum.rs` holds the planner to the same file."""
    spec = importlib.util.spec_from_file_location("check_plan", CHECKS / "check_plan.py")
    assert spec is not None and spec.loader is not None
    check = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(check)
    committed = json.loads((CHECKS / "data" / "plans.json").read_text(encoding="utf-8"))
    assert [plan["seed"] for plan in committed] == list(range(1, 51))
    largest = (0, 0)
    for known in committed:
        event = check.random_event(known["seed"])
        largest = max(largest, (len(event["demands"]), event["institutions"]))
        found = check.solve(event)
        assert (found["status"], found["worst"]) == (known["status"], known["worst"]), known
        assert found["total"] == pytest.approx(known["total"], abs=1e-5), known
    assert largest[0] > 280
