"""Vectors go in as numpy, or an encoder makes them."""

from __future__ import annotations

import numpy
import pytest

import duijie

ACHIEVEMENTS = [{"id": f"A{n}", "title": title} for n, title in enumerate(["甲方案", "乙方案", "丙方案"])]
DEMANDS = [{"id": "D0", "title": "第一件事"}, {"id": "D1", "title": "第二件事"}]
ROWS = numpy.eye(3, dtype=numpy.float32)


def order(matches: duijie.Matches) -> dict[str, str]:
    return {row["demand"]: row["achievement"] for row in matches.entries if row["rank"] == 1}


def test_the_nearest_vector_ranks_first() -> None:
    matcher = duijie.Matcher.from_records(ACHIEVEMENTS, vectors=ROWS)
    assert matcher.vector_width == 3
    found = matcher.match(DEMANDS, unit="achievement", vectors=ROWS[[2, 0]])
    assert found.profile == "with-vectors"
    assert order(found) == {"D0": "A2", "D1": "A0"}
    assert found.entries.to_dicts()[0]["part_semantic"] > found.entries.to_dicts()[1]["part_semantic"]
    assert matcher.explain(DEMANDS[0], "A2", vectors=ROWS[[2]]).parts["semantic"] > 0


def test_a_profile_that_weighs_vectors_wants_them() -> None:
    matcher = duijie.Matcher.from_records(ACHIEVEMENTS, vectors=ROWS)
    for ranked in (lambda: matcher.match(DEMANDS, profile="with-vectors"), lambda: matcher.explain("甲", "A0", profile="with-vectors")):
        with pytest.raises(duijie.InputError, match="with-vectors.* weighs an encoder's vectors, and none are given"):
            ranked()


def test_an_encoder_is_called_in_batches_and_gives_the_same() -> None:
    known = {"甲方案": 0, "乙方案": 1, "丙方案": 2, "第一件事": 2, "第二件事": 0}
    calls: list[int] = []

    def encode(texts: list[str]) -> object:
        calls.append(len(texts))
        return [ROWS[known[text.split("。")[0]]].tolist() for text in texts]

    encoded = duijie.Matcher.from_records(ACHIEVEMENTS, encoder=encode)
    given = duijie.Matcher.from_records(ACHIEVEMENTS, vectors=ROWS)
    one = encoded.match(DEMANDS, unit="achievement", encoder=encode)
    assert one == given.match(DEMANDS, unit="achievement", vectors=ROWS[[2, 0]])
    assert calls == [3, 2]
    many = [{"id": f"A{n}", "title": "甲方案"} for n in range(130)]
    calls.clear()
    duijie.Matcher.from_records(many, encoder=encode)
    assert calls == [64, 64, 2]


@pytest.mark.parametrize(
    ("vectors", "what"),
    [
        (ROWS.astype("float64"), "<f8"),
        (numpy.asfortranarray(numpy.ones((3, 2), dtype="float32")), "another order"),
        (ROWS[0], "shape"),
        (ROWS[:2], "2 vectors for 3 achievements"),
        (numpy.full((3, 2), numpy.nan, dtype="float32"), "not finite"),
        ([[1.0, 0.0]] * 3, "list"),
    ],
    ids=["float64", "fortran", "flat", "too few", "nan", "list"],
)
def test_vectors_that_do_not_fit_are_named(vectors: object, what: str) -> None:
    with pytest.raises(duijie.InputError, match=what):
        duijie.Matcher.from_records(ACHIEVEMENTS, vectors=vectors)  # type: ignore[arg-type]


def test_vectors_and_an_encoder_are_one_too_many() -> None:
    with pytest.raises(duijie.InputError, match="not both"):
        duijie.Matcher.from_records(ACHIEVEMENTS, vectors=ROWS, encoder=lambda texts: ROWS)


def test_an_encoder_that_gives_too_few_rows_is_named() -> None:
    with pytest.raises(duijie.InputError, match=r"\(1, 3\) for 3 texts"):
        duijie.Matcher.from_records(ACHIEVEMENTS, encoder=lambda texts: ROWS[:1])
