"""A progress bar that fits the terminal or the notebook."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress_bar(shown: bool, total: int, what: str) -> Iterator[Callable[[int], None] | None]:
    """A function to tell how much is done, for as long as the work goes on.

    Args:
        shown: Whether there is a bar at all.
        total: How much there is to do.
        what: What is counted.
    """
    if not shown or total < 2:
        yield None
        return
    from tqdm.auto import tqdm

    with tqdm(total=total, unit=what, leave=False) as bar:

        def tell(done: int) -> None:
            bar.update(done - bar.n)

        yield tell
