"""Vectors of an encoder, handed in or made on the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from duijie import _duijie
from duijie.errors import InputError
from duijie.progress import progress_bar
from duijie.table import import_extra

if TYPE_CHECKING:
    import numpy
    import numpy.typing

    Matrix: TypeAlias = numpy.typing.NDArray[numpy.float32]

Encoder: TypeAlias = "Callable[[list[str]], Any]"
"""Makes of texts a matrix, a row a text: the `encode` of a sentence-transformers model, for instance."""

BATCH = 64


def vectors_of(
    core: _duijie.DemandList | _duijie.AchievementList,
    vectors: Matrix | None,
    encoder: Encoder | None,
    progress: bool,
) -> object | None:
    """The matrix handed in, or what the encoder makes of the records, batch by batch.

    Raises:
        InputError: If both are given, or the encoder gives another number of rows than of texts.
    """
    if encoder is None:
        return vectors
    if vectors is not None:
        raise InputError("give vectors or an encoder that makes them, not both")
    numpy = import_extra("numpy", "vectors")
    texts = core.texts()
    rows = []
    with progress_bar(progress, len(texts), "条文本") as tell:
        for start in range(0, len(texts), BATCH):
            batch = texts[start : start + BATCH]
            made = numpy.asarray(encoder(batch))
            if made.ndim != 2 or made.shape[0] != len(batch):
                raise InputError(f"the encoder gave an array of shape {made.shape} for {len(batch)} texts")
            rows.append(made)
            if tell is not None:
                tell(start + len(batch))
    if not rows:
        return None
    matrix: object = numpy.ascontiguousarray(numpy.concatenate(rows), dtype=numpy.float32)
    return matrix
