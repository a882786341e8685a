"""Long work stops on Ctrl-C, leaves nothing half-done, and lets other threads run."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from conftest import DEMANDS

import duijie

INTERRUPTED = """
import signal, sys, time, threading, os
import duijie
matcher = duijie.Matcher.open(sys.argv[1])
demands = duijie.read_demands(sys.argv[2]) * 40
for number, demand in enumerate(demands):
    demands[number] = duijie.Demand(f"D{number}", demand.title, demand.description)
pressed = []
def press():
    pressed.append(time.monotonic())
    os.kill(os.getpid(), signal.SIGINT)
threading.Timer(1.0, press).start()
try:
    matcher.match(demands, top=1000, unit="achievement", progress=False)
except KeyboardInterrupt:
    print(time.monotonic() - pressed[0])
else:
    print("not interrupted")
assert len(matcher.match_one("焊接", top=3)) == 3
"""

BUILDING = """
import sys, threading, os, signal
import duijie
rows = [{"id": f"A{n}", "title": f"焊接工艺{n}", "summary": "低氢焊丝消除延迟裂纹，提高冲击韧性。" * 20} for n in range(200_000)]
try:
    with duijie.IndexBuilder(sys.argv[1]) as builder:
        achievements = duijie.read_achievements(rows[:20_000])
        threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
        while True:
            builder.add(achievements)
except KeyboardInterrupt:
    print("interrupted")
"""


def run(script: str, *arguments: str | Path) -> str:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_ctrl_c_stops_a_match_within_a_second(folder: Path) -> None:
    assert float(run(INTERRUPTED, folder, DEMANDS)) < 1.0


def test_ctrl_c_leaves_nothing_half_done(tmp_path: Path) -> None:
    index = tmp_path / "index"
    with duijie.IndexBuilder(index) as builder:
        builder.add([{"id": "A0", "title": "焊接"}])
    before = sorted(path.name for path in index.iterdir())
    assert run(BUILDING, index) == "interrupted"
    assert sorted(path.name for path in index.iterdir()) == before
    assert len(duijie.Matcher.open(index)) == 1


PRESSED = """
import os, shutil, signal, sys, threading, time
import duijie
pressed = []
def press():
    pressed.append(time.monotonic())
    os.kill(os.getpid(), signal.SIGINT)
def interrupted(delay, work):
    timer = threading.Timer(delay, press)
    try:
        timer.start()
        work()
        timer.cancel()
    except KeyboardInterrupt:
        return time.monotonic() - pressed[-1]
"""

READING = """
rows = [
    {"id": f"A{n}", "title": f"焊接工艺{n}", "summary": "低氢焊丝消除延迟裂纹，提高冲击韧性。" * 20, "extra": ["甲"] * 9}
    for n in range(60_000)
]
print(interrupted(float(sys.argv[1]), lambda: duijie.read_achievements(rows)))
"""

COMMITTING = """
# Many words that occur once make a long commit.
rows = [
    {"id": f"A{n}", "title": f"焊接工艺{n}", "summary": " ".join(f"X{n}Y{word}" for word in range(40))} for n in range(8_000)
]
def built():
    builder = duijie.IndexBuilder(sys.argv[1])
    builder.add(rows)
    return builder
builder = built()
began = time.monotonic()
builder.commit()
took = time.monotonic() - began
# A commit may be done before it is interrupted; then it counts as a whole, and the next is interrupted earlier.
for part in (2, 4, 8, 16, 32):
    builder.close()
    assert len(duijie.Matcher.open(sys.argv[1])) == len(rows)
    shutil.rmtree(sys.argv[1])
    builder = built()
    waited = interrupted(took / part, builder.commit)
    if not os.path.exists(sys.argv[1]):
        break
print(waited)
try:
    builder.commit()
except duijie.IndexWriteError as error:
    assert "closed" in str(error)
else:
    raise SystemExit("the builder goes on")
"""


@pytest.mark.parametrize("delay", [0.0, 0.2, 0.6])
def test_ctrl_c_stops_the_reading_of_rows_within_a_second(delay: float) -> None:
    assert float(run(PRESSED + READING, str(delay))) < 1.0


def test_ctrl_c_stops_a_commit_within_a_second_and_leaves_no_file(tmp_path: Path) -> None:
    assert float(run(PRESSED + COMMITTING, tmp_path / "index")) < 1.0
    assert not (tmp_path / "index").exists()


def test_another_thread_runs_while_rows_are_read() -> None:
    rows = [{"id": f"D{n}", "title": f"焊接裂纹{n}", "description": "焊后一天开裂。"} for n in range(40_000)]
    pauses: list[float] = []
    stop = threading.Event()

    def tick() -> None:
        last = time.monotonic()
        while not stop.is_set():
            time.sleep(0.001)
            now = time.monotonic()
            pauses.append(now - last)
            last = now

    thread = threading.Thread(target=tick)
    thread.start()
    begun = time.monotonic()
    duijie.sources.demand_list(rows, None, None)
    took = time.monotonic() - begun
    stop.set()
    thread.join()
    # Held for the whole reading, the lock would let it tick once or twice.
    assert len(pauses) > 10
    assert max(pauses) < took / 2


def test_another_thread_runs_during_a_match(matcher: duijie.Matcher) -> None:
    demands = duijie.read_demands(DEMANDS)
    started, stop = threading.Event(), threading.Event()
    pauses: list[float] = []

    def tick() -> None:
        last = time.monotonic()
        started.set()
        while not stop.is_set():
            time.sleep(0.005)
            now = time.monotonic()
            pauses.append(now - last)
            last = now

    thread = threading.Thread(target=tick)
    thread.start()
    started.wait()
    begun = time.monotonic()
    matcher.match(demands, top=200, unit="achievement", progress=False)
    took = time.monotonic() - begun
    stop.set()
    thread.join()
    # Held for the whole match, the lock would let it tick once or twice.
    assert len(pauses) > 10
    assert max(pauses) < took / 2


def test_two_threads_match_at_once(matcher: duijie.Matcher, matches: duijie.Matches) -> None:
    found: list[duijie.Matches] = []
    threads = [
        threading.Thread(target=lambda: found.append(matcher.match(DEMANDS, progress=False))) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [matches, matches]


def test_progress_is_told_to_the_end_and_can_be_off(
    matcher: duijie.Matcher, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import tqdm.auto

    told: list[int] = []

    class Bar(tqdm.auto.tqdm):  # type: ignore[type-arg]
        def update(self, n: float | None = 1) -> bool | None:
            told.append(int(n or 0))
            return super().update(n)

    monkeypatch.setattr(tqdm.auto, "tqdm", Bar)
    matcher.match(DEMANDS)
    assert sum(told) == 165
    assert "条需求" in capfd.readouterr().err
    matcher.match(DEMANDS, progress=False)
    assert sum(told) == 165
    assert capfd.readouterr().err == ""
