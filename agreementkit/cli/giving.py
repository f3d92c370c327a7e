"""What a command gives: text on the screen or in a file, and the few words about it, which `--quiet` leaves out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import click

_QUIET = "agreementkit.quiet"

F = TypeVar("F", bound=Callable[..., object])


def quiet_option(command: F) -> F:
    """Give a command the option `--quiet`, which every function here and `is_quiet` heed."""
    return click.option(
        "-q", "--quiet", is_flag=True, expose_value=False, callback=_remember, help="Print errors only."
    )(command)


def _remember(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    context.find_root().meta[_QUIET] = value


def is_quiet() -> bool:
    """Return whether the command that runs was given `--quiet`."""
    context = click.get_current_context(silent=True)
    return bool(context and context.find_root().meta.get(_QUIET))


def say(line: str = "") -> None:
    """Print a line about what was done, unless the command is quiet."""
    if not is_quiet():
        click.echo(line)


def wrote(paths: Iterable[Path]) -> None:
    """Say which files were written."""
    for path in paths:
        say(f"Wrote {path}")


def give(text: str, output: Path | None) -> None:
    """Print what was asked for, or write it to a file, whole or not at all.

    Raises:
        OutputError: The file cannot be written.
    """
    from agreementkit.saving import save_all

    if output is None:
        click.echo(text, nl=False)
    else:
        wrote(save_all(output.parent, [(output.name, text.encode())]))
