"""The command `lock`. Imports of the library happen inside it, so that `--help` is quick."""

from __future__ import annotations

from pathlib import Path

import click

from agreementkit.cli.exits import DONE
from agreementkit.cli.giving import quiet_option, say


@click.command()
@click.argument("config", type=click.Path(path_type=Path))
@click.option(
    "--outputs",
    type=click.Path(path_type=Path, file_okay=False),
    help="Record the hashes of the files of the set in this folder too, so that a later build has to make the same.",
)
@quiet_option
def lock(config: Path, outputs: Path | None) -> int:
    """Pin what the agreements of CONFIG are made from in CONFIG's lock file.

    Written beside CONFIG, as agreement.lock.yaml for agreement.yaml: the version of agreementkit, the configuration,
    the house template, and every file of the core and of each pack. `build --locked` and `check --locked` refuse when
    anything differs. An older lock is replaced, and what changed since is printed.

    \b
    Examples:
      agreementkit lock agreement.yaml
      agreementkit lock agreement.yaml --outputs signed
      agreementkit build agreement.yaml --locked --final --pages off -o again
    """
    from agreementkit.agreement import assemble
    from agreementkit.config import Config
    from agreementkit.errors import LockError
    from agreementkit.lock import Lock

    agreements = assemble(Config.load(config))
    new = Lock.of(agreements.config, agreements.bank)
    if outputs is not None:
        new = new.with_outputs(agreements, outputs)
    path = Lock.path_of(agreements.config)
    changes: tuple[str, ...] = ()
    if path.is_file():
        try:
            changes = tuple(one.message for one in Lock.read(path).drift(new))
        except LockError:
            changes = ("the lock that was there could not be read",)
    new.write(path)
    for change in changes:
        say(f"until now: {change}")
    files = sum(len(pack.files) for pack in new.packs)
    packs = ", ".join(f"{pack.id} {pack.version}" for pack in new.packs)
    say(f"{path}  ({packs}: {files} files; {len(new.outputs)} written files)")
    return DONE
