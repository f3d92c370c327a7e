"""Where lines are printed: with colours on a terminal, and as they are in a file or another program."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console


def console(*, err: bool = False) -> Console:
    """Return a console for the output or the error stream; it has colours on a terminal only."""
    from rich.console import Console

    return Console(stderr=err, highlight=False, soft_wrap=True)


def lines(*, err: bool = False) -> Console | Lines:
    """Return what prints lines: a console, or what does so without one where no colours are shown."""
    forced = "FORCE_COLOR" in os.environ or "TTY_COMPATIBLE" in os.environ
    return console(err=err) if forced or (sys.stderr if err else sys.stdout).isatty() else Lines(err=err)


class Lines:
    """Prints lines as they are. It stands in for a console, whose library takes longer to import than to print.

    Args:
        err: Whether they go to the error stream.
    """

    def __init__(self, *, err: bool = False) -> None:
        self._err = err

    def print(self, line: str = "", **_: object) -> None:
        """Print a line. How a console would dress it is of no use here."""
        if not line.isprintable():  # a tab or a control character, which a console knows how to print
            from rich.text import Text

            console(err=self._err).print(Text(line))
            return
        stream = sys.stderr if self._err else sys.stdout
        stream.write(f"{line}\n")
        stream.flush()
