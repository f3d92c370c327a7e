"""The command line. A command is a call into the library and a print; no logic of its own."""

from __future__ import annotations

import gc
import os
import sys

from agreementkit import __version__

TYPE_CHECKING = False  # type checkers know the name; importing it takes as long as Python itself takes to start
if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    if (sys.argv[1:] if arguments is None else list(arguments)) == ["--version"]:
        sys.stdout.write(f"agreementkit, version {__version__}\n")  # as click says it, without waiting for click
        sys.exit(0)
    # Pydantic would read what every installed package says of itself, for plugins that are of no use here.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Trees, modules and schemas hold next to no circles; a short run ends before it looks for them at all.
    gc.set_threshold(250_000, 50, 50)
    from agreementkit.cli.app import run

    code = run(arguments)
    gc.freeze()  # else Python would look for circles twice more before it ends, which takes as long as to assemble
    sys.exit(code)
