"""The test collection, and a matcher over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import duijie

COLLECTION = Path(__file__).parents[2] / "fixtures" / "collection"
DEMANDS = COLLECTION / "demands.jsonl"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the test collection."""
    folder = tmp_path_factory.mktemp("index")
    with duijie.IndexBuilder(folder) as builder:
        builder.set_institutions(COLLECTION / "institutions.jsonl")
        builder.add(COLLECTION / "achievements.jsonl")
    return folder


@pytest.fixture(scope="session")
def matcher(folder: Path) -> duijie.Matcher:
    return duijie.Matcher.open(folder)


@pytest.fixture(scope="session")
def matches(matcher: duijie.Matcher) -> duijie.Matches:
    return matcher.match(DEMANDS, progress=False)


@pytest.fixture
def small() -> Iterator[duijie.Matcher]:
    yield duijie.Matcher.from_records(
        [
            {"id": "A1", "title": "高强钢低氢焊接工艺", "summary": "消除延迟裂纹。", "institution": "齐岳大学", "maturity": 7},
            {"id": "A2", "title": "海藻酸盐纤维湿法纺丝", "institution": "鲁中研究所"},
        ],
        [{"id": "I1", "name": "齐岳大学", "province": "山东"}, {"id": "I2", "name": "鲁中研究所"}],
    )
