"""A matcher works in a forked process and in a pool of spawned ones; a builder stays where it was made."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from conftest import DEMANDS

import duijie

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")


def in_a_fork(work: Callable[[], bool]) -> None:
    """Fails unless `work` is true in a forked process within a minute."""
    child = os.fork()
    if child == 0:
        try:
            os._exit(0 if work() else 1)
        except BaseException as error:
            os.write(2, f"{type(error).__name__}: {error}\n".encode())
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


@forks
def test_a_matcher_of_the_parent_matches_in_the_child(matcher: duijie.Matcher, matches: duijie.Matches) -> None:
    in_a_fork(lambda: matcher.match(DEMANDS, progress=False) == matches)


@forks
def test_a_child_opens_reloads_and_matches_after_its_parent_did(folder: Path, matches: duijie.Matches) -> None:
    def work() -> bool:
        opened = duijie.Matcher.open(folder)
        opened.reload()
        return opened.match(DEMANDS, progress=False) == matches

    # Only what was opened from impacts on disk has used the threads that a fork loses.
    assert work()
    assert work()
    in_a_fork(work)


@forks
def test_a_child_builds_in_memory_and_in_a_folder(small: duijie.Matcher, tmp_path: Path) -> None:
    def work() -> bool:
        rows = [{"id": "A1", "title": "焊接"}, {"id": "A2", "title": "纺丝"}]
        with duijie.IndexBuilder(tmp_path / "index") as builder:
            builder.add(rows)
        with duijie.IndexBuilder.open(tmp_path / "index") as builder:
            builder.delete(["A1"])
        return len(duijie.Matcher.from_records(rows)) == 2 and len(duijie.Matcher.open(tmp_path / "index")) == 1

    assert len(small) == 2
    in_a_fork(work)


@forks
def test_a_builder_of_the_parent_says_so_in_the_child_and_goes_quietly(tmp_path: Path) -> None:
    builders = [duijie.IndexBuilder(tmp_path / "index")]
    builders[0].add([{"id": "A1", "title": "焊接"}])

    def work() -> bool:
        try:
            builders[0].commit()
        except duijie.IndexWriteError as error:
            builders.clear()
            return "before the fork" in str(error)
        return False

    in_a_fork(work)
    builders[0].commit()
    builders[0].close()
    assert len(duijie.Matcher.open(tmp_path / "index")) == 1


def first(matcher: duijie.Matcher, title: str) -> duijie.Matches:
    return matcher.match_one(title, top=1)


@pytest.mark.parametrize("method", ["spawn", pytest.param("fork", marks=forks)])
def test_a_process_pool_matches(matcher: duijie.Matcher, method: str) -> None:
    titles = ["焊接冷裂纹", "纺丝断头"]
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context(method)) as pool:
        assert list(pool.map(first, [matcher] * 2, titles)) == [first(matcher, title) for title in titles]


def test_a_matcher_opened_by_a_relative_path_unpickles_elsewhere(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.parent)
    pickled = pickle.dumps(duijie.Matcher.open(folder.name))
    monkeypatch.chdir(tmp_path)
    assert len(pickle.loads(pickled)) == len(duijie.Matcher.open(folder))
