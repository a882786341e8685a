"""Solves random events with scipy's HiGHS and writes data/plans.json and data/crowded.json, which
the Rust tests read: 50 events of all sizes, and 40 halls and tours with too little room for all.

The events are made from a seed by the same steps as in common/mod.rs. The models here are not those
of the crate: whether a demand is served, and the best score of the worst-served, are variables of the
programme, and small events are solved with a variable for every meeting in every slot (and, on a
tour, for the city of every slot).

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
        "form": "hall",
    }
    event["demands"] = [
        {"enterprise": rng.below(demands), "bottleneck": rng.below(4) == 0} for _ in range(demands)
    ]
    event["scores"] = [random_scores(rng, candidates, institutions) for _ in range(demands)]
    event["forbid"] = random_rules(rng, 6, demands, institutions)
    event["require"] = random_rules(rng, 3, demands, institutions)
    event["institutions"] = institutions
    return event


def random_scores(rng, candidates, institutions):
    row = {}
    for _ in range(candidates):
        institution = rng.below(institutions)
        score = (1 + rng.below(9999)) / 10000
        row.setdefault(institution, score)
    return row


def random_rules(rng, most, demands, institutions):
    return [(rng.below(demands), rng.below(institutions)) for _ in range(rng.below(most))]


def crowded_event(seed):
    """A hall or a tour of several cities with too little room for all."""
    rng = SplitMix64(seed)
    small = seed % 3 != 0
    demands = 4 + rng.below(6) if small else 25 + rng.below(40)
    institutions = 2 + rng.below(3) if small else 6 + rng.below(10)
    candidates = 1 + rng.below(min(institutions, 8))
    event = {
        "form": "hall" if seed % 2 == 0 else "tour",
        "min": 1 if rng.below(4) == 0 else 0,
        "max": 1 + rng.below(3),
        "cap": 1 + rng.below(4 if small else 6),
        "slots": 2 + rng.below(3 if small else 6),
        "tables": 1 + rng.below(institutions),
        "minimum_score": 0.0,
        "bottleneck": 1 + rng.below(2) / 2,
        "institutions": institutions,
    }
    cities = 1 + rng.below(3)
    event["demands"] = [
        {"enterprise": rng.below(demands), "city": rng.below(cities), "bottleneck": rng.below(3) == 0}
        for _ in range(demands)
    ]
    event["scores"] = [random_scores(rng, candidates, institutions) for _ in range(demands)]
    event["forbid"] = random_rules(rng, 4, demands, institutions)
    event["require"] = random_rules(rng, 2, demands, institutions)
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
    nothing = {"served": 0, "worst": None, "total": 0.0}
    pairs, taking_part, impossible, required = pairs_of(event)
    if impossible:
        return {"status": "infeasible", **nothing}
    if not taking_part:
        return {"status": "optimal", **nothing}
    model = Model()
    meets = []
    for demand, institution, _ in pairs:
        meets.append(model.variable(1 if (demand, institution) in required else 0, 1, 1))
    timetable = by_slot if len(pairs) * event["slots"] <= 600 else by_count
    timetable(model, event, pairs, meets)
    for one in range(event["institutions"]):
        model.row([(x, 1) for x, (_, i, _) in zip(meets, pairs) if i == one], -inf, event["cap"])
    worst = model.variable(0, 1, 0)
    served = []
    for demand in taking_part:
        own = [(x, score) for x, (d, _, score) in zip(meets, pairs) if d == demand]
        model.row([(x, 1) for x, _ in own], event["min"], event["max"])
        best = [(model.variable(0, 1, 1), x, score) for x, score in own]
        for y, x, _ in best:
            model.row([(y, 1), (x, -1)], -inf, 0)
        # One of its meetings is taken for its best if, and only if, it is served.
        serves = model.variable(0, 1, 1)
        served.append(serves)
        model.row([(serves, 1), *((y, -1) for y, _, _ in best)], 0, 0)
        for x, _ in own:
            model.row([(serves, 1), (x, -1)], 0, inf)
        # worst <= its best score, where it is served.
        model.row([(worst, 1), (serves, 1), *((y, -score) for y, _, score in best)], -inf, 1)
    count = model.solve([(serves, 1) for serves in served])
    if count.status == 2:
        return {"status": "infeasible", **nothing}
    assert count.status == 0, count.message
    reached = round(-count.fun)
    model.row([(serves, 1) for serves in served], reached, inf)
    if reached == 0:
        return {"status": "optimal", **nothing}
    weights = [event["bottleneck"] if demand["bottleneck"] else 1.0 for demand in event["demands"]]
    priority = [(serves, weights[demand]) for serves, demand in zip(served, taking_part)]
    preferred = model.solve(priority)
    assert preferred.status == 0, preferred.message
    model.row(priority, -preferred.fun - 1e-6, inf)
    second = model.solve([(worst, 1)])
    assert second.status == 0, second.message
    scores = numpy.array([score for _, _, score in pairs])
    best = float(scores[numpy.abs(scores + second.fun).argmin()])
    model.lower[worst] = best - 1e-6
    third = model.solve([(x, score * weights[d]) for x, (d, _, score) in zip(meets, pairs)])
    assert third.status == 0, third.message
    return {"status": "optimal", "served": reached, "worst": best, "total": round(float(-third.fun), 6)}


inf = numpy.inf


def sides(event, pairs):
    """The pairs of each enterprise and of each institution, by their places in the list."""
    of = {}
    for at, (demand, institution, _) in enumerate(pairs):
        of.setdefault(("enterprise", event["demands"][demand]["enterprise"]), []).append(at)
        of.setdefault(("institution", institution), []).append(at)
    return of.values()


def by_slot(model, event, pairs, meets):
    """A variable for every meeting in every slot and, on a tour, for the city of every slot."""
    slots = range(event["slots"])
    cells = [[model.variable(0, 1, 1) for _ in slots] for _ in pairs]
    for x, own in zip(meets, cells):
        model.row([(x, 1), *((cell, -1) for cell in own)], 0, 0)
    for slot in slots:
        for one in sides(event, pairs):
            model.row([(cells[at][slot], 1) for at in one], -inf, 1)
        if event["form"] == "hall":
            model.row([(own[slot], 1) for own in cells], -inf, event["tables"])
        else:
            city_of = [event["demands"][demand]["city"] for demand, _, _ in pairs]
            there = {city: model.variable(0, 1, 1) for city in set(city_of)}
            model.row([(city, 1) for city in there.values()], -inf, 1)
            for own, city in zip(cells, city_of):
                model.row([(own[slot], 1), (there[city], -1)], -inf, 0)


def by_count(model, event, pairs, meets):
    """Nobody has more meetings than slots, all have room; on a tour, in each city by itself."""
    if event["form"] == "hall":
        model.row([(x, 1) for x in meets], -inf, event["slots"] * event["tables"])
        for one in sides(event, pairs):
            model.row([(meets[at], 1) for at in one], -inf, event["slots"])
        return
    city_of = [event["demands"][demand]["city"] for demand, _, _ in pairs]
    stay = {city: model.variable(0, event["slots"], 1) for city in set(city_of)}
    model.row([(slots, 1) for slots in stay.values()], -inf, event["slots"])
    for one in sides(event, pairs):
        for city, slots in stay.items():
            here = [(meets[at], 1) for at in one if city_of[at] == city]
            if here:
                model.row([*here, (slots, -1)], -inf, 0)


EVENTS = {"plans.json": (random_event, range(1, 51)), "crowded.json": (crowded_event, range(1, 41))}


def main():
    for name, (make, seeds) in EVENTS.items():
        plans = []
        for seed in seeds:
            event = make(seed)
            plan = {"seed": seed, **solve(event)}
            print(len(event["demands"]), event["institutions"], plan, flush=True)
            plans.append(plan)
        path = pathlib.Path(__file__).with_name("data") / name
        lines = ",\n".join(json.dumps(plan) for plan in plans)
        path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
