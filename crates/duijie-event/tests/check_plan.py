"""Solves 50 random events with scipy's HiGHS and writes data/plans.json, which the Rust tests read.

The events are made from a seed by the same steps as in common/mod.rs. The models here are not those
of the crate: the worst-served demand's best score is a variable of the programme, and small events
are solved with a variable for every meeting in every slot.

    .venv/bin/python crates/duijie-event/tests/check_plan.py

`python/tests/test_optimum.py` solves them again at every test run.
"""

import json
import pathlib

import numpy
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_matrix

MASK = (1 << 64) - 1


class SplitMix64:
    def __init__(self, seed):
        self.state = seed

    def below(self, bound):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        bits = self.state
        bits = ((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        bits = ((bits ^ (bits >> 27)) * 0x94D049BB133111EB) & MASK
        return (bits ^ (bits >> 31)) % bound


def random_event(seed):
    rng = SplitMix64(seed)
    small = seed % 5 == 0
    demands = 3 + rng.below(8) if small else 20 + rng.below(281)
    institutions = 2 + rng.below(4) if small else 10 + rng.below(51)
    candidates = 1 + rng.below(min(institutions, 20))
    least = rng.below(3)
    event = {
        "min": least,
        "max": max(least, 1) + rng.below(3),
        "cap": 1 + demands * max(least, 1) // institutions + rng.below(8),
        "slots": (2 if small else 6) + rng.below(8),
        "tables": 1 + institutions // 2 + rng.below(institutions),
        "minimum_score": rng.below(4) / 20,
        "bottleneck": 1 + rng.below(2) / 2,
        "forbid": [],
        "require": [],
    }
    event["demands"] = [
        {"enterprise": rng.below(demands), "bottleneck": rng.below(4) == 0} for _ in range(demands)
    ]
    scores = []
    for _ in range(demands):
        row = {}
        for _ in range(candidates):
            institution = rng.below(institutions)
            row.setdefault(institution, (1 + rng.below(9999)) / 10000)
        scores.append(row)
    event["scores"] = scores
    for _ in range(rng.below(6)):
        event["forbid"].append((rng.below(demands), rng.below(institutions)))
    for _ in range(rng.below(3)):
        event["require"].append((rng.below(demands), rng.below(institutions)))
    event["institutions"] = institutions
    return event


def pairs_of(event):
    """Pairs that may meet, the demands that take part, and which pairs must meet."""
    forbidden, required = set(event["forbid"]), set(event["require"])
    pairs, taking_part = [], set()
    for demand, row in enumerate(event["scores"]):
        row = dict(row)
        for institution in (i for d, i in required if d == demand):
            row.setdefault(institution, 0.0)
        for institution, score in sorted(row.items()):
            pair = (demand, institution)
            enough = score >= event["minimum_score"] or pair in required
            if pair in required or (enough and pair not in forbidden):
                taking_part.add(demand)
            if enough and pair not in forbidden:
                pairs.append((demand, institution, score))
    return pairs, sorted(taking_part), required & forbidden, required - forbidden


class Model:
    def __init__(self):
        self.rows, self.columns, self.values, self.low, self.high = [], [], [], [], []
        self.lower, self.upper, self.integral = [], [], []

    def variable(self, lower, upper, integral):
        self.lower.append(lower)
        self.upper.append(upper)
        self.integral.append(integral)
        return len(self.lower) - 1

    def row(self, terms, low, high):
        for column, value in terms:
            self.rows.append(len(self.low))
            self.columns.append(column)
            self.values.append(value)
        self.low.append(low)
        self.high.append(high)

    def solve(self, objective):
        cost = numpy.zeros(len(self.lower))
        for column, value in objective:
            cost[column] -= value
        matrix = coo_matrix((self.values, (self.rows, self.columns)), (len(self.low), len(self.lower)))
        return milp(
            cost,
            integrality=self.integral,
            bounds=Bounds(self.lower, self.upper),
            constraints=LinearConstraint(matrix.tocsr(), self.low, self.high),
            options={"mip_rel_gap": 0, "time_limit": 600},
        )


def solve(event):
    pairs, taking_part, impossible, required = pairs_of(event)
    if impossible:
        return {"status": "infeasible", "worst": None, "total": 0.0}
    if not taking_part:
        return {"status": "optimal", "worst": None, "total": 0.0}
    model = Model()
    small = len(pairs) * event["slots"] <= 600
    meets, by_slot = [], []
    for demand, institution, _ in pairs:
        least = 1 if (demand, institution) in required else 0
        meets.append(model.variable(least, 1, 1))
        by_slot.append([model.variable(0, 1, 1) for _ in range(event["slots"])] if small else [])
    inf = numpy.inf
    enterprise = [demand["enterprise"] for demand in event["demands"]]
    if small:
        for x, slots in zip(meets, by_slot):
            model.row([(x, 1), *((s, -1) for s in slots)], 0, 0)
        for slot in range(event["slots"]):
            cells = [(by_slot[p][slot], pairs[p]) for p in range(len(pairs))]
            model.row([(v, 1) for v, _ in cells], -inf, event["tables"])
            for one in set(enterprise):
                model.row([(v, 1) for v, (d, _, _) in cells if enterprise[d] == one], -inf, 1)
            for one in range(event["institutions"]):
                model.row([(v, 1) for v, (_, i, _) in cells if i == one], -inf, 1)
    else:
        model.row([(x, 1) for x in meets], -inf, event["slots"] * event["tables"])
        for one in set(enterprise):
            own = [(x, 1) for x, (d, _, _) in zip(meets, pairs) if enterprise[d] == one]
            model.row(own, -inf, event["slots"])
        for one in range(event["institutions"]):
            model.row([(x, 1) for x, (_, i, _) in zip(meets, pairs) if i == one], -inf, event["slots"])
    for one in range(event["institutions"]):
        model.row([(x, 1) for x, (_, i, _) in zip(meets, pairs) if i == one], -inf, event["cap"])
    worst = model.variable(0, 1, 0)
    for demand in taking_part:
        own = [(x, score) for x, (d, _, score) in zip(meets, pairs) if d == demand]
        model.row([(x, 1) for x, _ in own], event["min"], event["max"])
        best = [(model.variable(0, 1, 1), x, score) for x, score in own]
        for y, x, _ in best:
            model.row([(y, 1), (x, -1)], -inf, 0)
        model.row([(y, 1) for y, _, _ in best], -inf, 1)
        model.row([(worst, 1), *((y, -score) for y, _, score in best)], -inf, 0)
    first = model.solve([(worst, 1)])
    if first.status == 2:
        return {"status": "infeasible", "worst": None, "total": 0.0}
    assert first.status == 0, first.message
    reached = -first.fun
    scores = numpy.array([score for _, _, score in pairs] + [0.0])
    reached = float(scores[numpy.abs(scores - reached).argmin()])
    model.lower[worst] = reached - 1e-6
    weights = [event["bottleneck"] if demand["bottleneck"] else 1.0 for demand in event["demands"]]
    second = model.solve([(x, score * weights[d]) for x, (d, _, score) in zip(meets, pairs)])
    assert second.status == 0, second.message
    return {"status": "optimal", "worst": reached, "total": round(float(-second.fun), 6)}


def main():
    plans = []
    for seed in range(1, 51):
        event = random_event(seed)
        plan = {"seed": seed, **solve(event)}
        print(len(event["demands"]), event["institutions"], plan, flush=True)
        plans.append(plan)
    path = pathlib.Path(__file__).with_name("data") / "plans.json"
    lines = ",\n".join(json.dumps(plan) for plan in plans)
    path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
