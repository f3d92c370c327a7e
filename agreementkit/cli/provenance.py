"""Prints what a file was made from. Imports of the library happen inside, so that `--help` is quick."""

from __future__ import annotations

from pathlib import Path

import click


def show_provenance(file: Path, config: Path | None, *, as_json: bool) -> bool:
    """Print what a file was made from, and with a configuration whether that is the same here.

    Returns:
        Whether it is, as far as it was asked.
    """
    from agreementkit.cli.show import print_json
    from agreementkit.config import Config
    from agreementkit.provenance import Provenance

    made = Provenance.read(file)
    compared = made.compare(Provenance.here(Config.load(config))) if config is not None else ()
    same = all(one.same for one in compared)
    if as_json:
        here = [{"what": one.what, "file": one.file or None, "here": one.here or None} for one in compared]
        print_json(made.as_dict() | ({"compared": here, "same": same} if config is not None else {}))
        return same
    click.echo(str(made))
    if compared:
        click.echo("\nBeside what is here:")
    for one in compared:
        click.echo(f"  {one}" if one.same else click.style(f"  {one}", bold=True))
    return same
