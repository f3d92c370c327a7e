"""Keeps Python's garbage collector waiting while something large is made that holds no cycles.

It would walk all of what is made again each time that it has grown by a part, and would find next to nothing; so
time would grow faster than what is made.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collections() -> Iterator[None]:
    """Keep the garbage collector waiting; afterwards it is as it was."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
