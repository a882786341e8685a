"""What the Python package adds to a batch, frames in and out, and what importing it costs.

    python benches/python_overhead.py BATCH [ROUNDS]

BATCH is the program `batch` of this folder, built in the profile of the installed package. Each round
runs the engine alone, in that program, and then the same batch from a pandas frame to a pandas frame;
the medians are compared. 1,000 demands and 10,000 achievements are mixed from the sentences of the test
collection, seed 7.
"""

from __future__ import annotations

import json
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas

import duijie

COLLECTION = Path(__file__).parents[1] / "fixtures" / "collection"
DEMANDS, ACHIEVEMENTS, TOP = 1_000, 10_000, 10


def mixed(name: str, text: str, count: int) -> list[dict[str, object]]:
    """Records of the collection with the sentences of one sub-industry shuffled among each other."""
    rows = [json.loads(line) for line in (COLLECTION / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    random_rows = random.Random(7)
    sentences: dict[str, list[str]] = {}
    for row in rows:
        sentences.setdefault(row["sub_industry"], []).extend(part for part in row[text].split("。") if part)
    made = []
    for number in range(count):
        row = dict(rows[number % len(rows)])
        known = sentences[row["sub_industry"]]
        row["id"] = f"{row['id']}-{number}"
        row[text] = "。".join(random_rows.sample(known, min(4, len(known)))) + "。"
        made.append(row)
    return made


def import_time() -> tuple[float, float]:
    """Best of ten in milliseconds: starting the interpreter, and importing the package in it."""

    def best(script: str) -> float:
        times = []
        for _ in range(10):
            start = time.perf_counter()
            subprocess.run([sys.executable, "-c", script], check=True)
            times.append(time.perf_counter() - start)
        return min(times) * 1000

    bare = best("pass")
    return bare, best("import duijie") - bare


def main() -> None:
    """Measures and prints."""
    batch, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 5
    folder = Path(tempfile.mkdtemp())
    with duijie.IndexBuilder(folder / "index") as builder:
        builder.set_institutions(COLLECTION / "institutions.jsonl")
        builder.add(mixed("achievements", "summary", ACHIEVEMENTS))
    rows = mixed("demands", "description", DEMANDS)
    file = folder / "demands.jsonl"
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    frame, matcher = pandas.DataFrame(rows), duijie.Matcher.open(folder / "index")
    alone, python = [], []
    for _ in range(rounds):
        done = subprocess.run([batch, folder / "index", file, str(TOP), "1"], capture_output=True, text=True, check=True)
        alone.append(float(done.stdout))
        start = time.perf_counter()
        found = matcher.match(frame, top=TOP, progress=False).to_pandas()
        python.append(time.perf_counter() - start)
        assert len(found) == DEMANDS * TOP
    bare, imported = import_time()
    engine, whole = statistics.median(alone), statistics.median(python)
    print(f"python {platform.python_version()}, duijie {duijie.__file__}, {rounds} rounds")
    print(f"engine alone  {engine:.3f} s  ({', '.join(f'{each:.3f}' for each in alone)})")
    print(f"from Python   {whole:.3f} s  ({', '.join(f'{each:.3f}' for each in python)})")
    print(f"overhead      {100 * (whole / engine - 1):+.1f} %")
    print(f"import        {imported:.0f} ms beyond the {bare:.0f} ms of the interpreter")


if __name__ == "__main__":
    main()
