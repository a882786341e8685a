"""Long work stops on Ctrl-C, lets other threads run, and survives fork and spawn."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor
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
    assert run(BUILDING, index) == "interrupted"
    assert len(duijie.Matcher.open(index)) == 1


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


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_everything_works_after_a_fork(matcher: duijie.Matcher, small: duijie.Matcher) -> None:
    child = os.fork()
    if child == 0:
        try:
            same = matcher.match_one("焊接", top=3).to_dicts() == matcher.match_one("焊接", top=3).to_dicts()
            built = duijie.Matcher.from_records([{"id": "A1", "title": "焊接"}, {"id": "A2", "title": "纺丝"}])
            os._exit(0 if same and len(built) == 2 else 1)
        except BaseException:
            os._exit(2)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            assert os.waitstatus_to_exitcode(status) == 0
            return
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    pytest.fail("the child hangs")


def first(matcher: duijie.Matcher, title: str) -> duijie.Matches:
    return matcher.match_one(title, top=1)


def test_a_spawned_process_pool_matches(matcher: duijie.Matcher) -> None:
    titles = ["焊接冷裂纹", "纺丝断头"]
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert list(pool.map(first, [matcher] * 2, titles)) == [first(matcher, title) for title in titles]


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
