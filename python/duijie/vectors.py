"""Vectors of an encoder, handed in or made on the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from duijie import _duijie
from duijie.errors import ArgumentTypeError, InputError
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
        InputError: If both are given, or what the encoder gives is no matrix with a row a text.
        ArgumentTypeError: If the encoder cannot be called.
    """
    if encoder is None:
        return vectors
    if not callable(encoder):
        raise ArgumentTypeError(f"encoder should be a function from texts to a matrix, found {encoder!r}")
    if vectors is not None:
        raise InputError("give vectors or an encoder that makes them, not both")
    numpy = import_extra("numpy", "vectors")
    texts = core.texts()
    rows = []
    with progress_bar(progress, len(texts), "条文本") as tell:
        for start in range(0, len(texts), BATCH):
            batch = texts[start : start + BATCH]
            rows.append(_checked(numpy, encoder(batch), len(batch)))
            if tell is not None:
                tell(start + len(batch))
    if not rows:
        return None
    widths = sorted({made.shape[1] for made in rows})
    if len(widths) > 1:
        raise InputError(f"the encoder gave rows of several widths: {', '.join(map(str, widths))}")
    matrix: object = numpy.ascontiguousarray(numpy.concatenate(rows))
    return matrix


def _checked(numpy: Any, made: object, texts: int) -> Any:
    """What an encoder gave, as a matrix of float32 with a row a text."""
    try:
        matrix = numpy.asarray(made, dtype=numpy.float32)
    except (TypeError, ValueError) as error:
        raise InputError(f"the encoder gave no matrix of numbers, a row of one width for each text: {error}") from error
    if matrix.ndim != 2 or matrix.shape[0] != texts:
        raise InputError(f"the encoder gave an array of shape {matrix.shape} for {texts} texts")
    return matrix
