"""Whether random edits of a Word file are found again, each at its clause.

`python -m agreementkit.testing.edits --count 1000` makes that many files of a random agreement, or of one that is
named, reads each of them, and counts the edits of which a word is in none of those found, or in one at another clause.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import click

from agreementkit.agreement import Agreement, assemble
from agreementkit.returned import Edit, Returned
from agreementkit.testing.configurations import random_configuration
from agreementkit.testing.script import Made, Script
from agreementkit.writers import WRITERS, WriteOptions


def lost(made: Made, edits: Iterable[Edit]) -> str:
    """Return what of an edit that was made is not among the edits that were found, or ""."""
    clause = made.division.split("/")[0]
    here = [one for one in edits if clause in (one.place.clause, one.place.id.split("/")[0])]
    came = " ".join(f"{one.after} {one.new if one.kind in ('moved', 'split', 'merged') else ''}" for one in here)
    went = " ".join(f"{one.before} {one.old if one.kind == 'moved' else ''}" for one in here)
    missing = [word for word in made.inserted if word not in came]
    missing += [word for word in made.deleted if word not in went]
    if missing:
        return f"{made.what} in {made.division}: {' '.join(missing)}"
    if made.kinds and not any(one.kind in made.kinds for one in here):
        return f"{made.what} in {made.division}: no {' or '.join(made.kinds)}"
    return ""


@click.command()
@click.argument("word", required=False, type=click.Path(path_type=Path))
@click.argument("json", required=False, type=click.Path(path_type=Path))
@click.option("--count", type=click.IntRange(1), default=200, show_default=True, help="Files to make.")
@click.option("--seed", type=int, default=0, show_default=True, help="First seed; the others follow it.")
@click.option("--edits", type=click.IntRange(1), default=8, show_default=True, help="Edits of each file.")
def main(word: Path | None, json: Path | None, count: int, seed: int, edits: int) -> None:
    """Make and read many files of WORD and JSON, one agreement that was built as both, or of a random one."""
    if word is not None and json is not None:
        agreement, content = Agreement.load(json), word.read_bytes()
    else:
        agreement = assemble(random_configuration(seed)).agreements[0]
        content = WRITERS["docx"].write(agreement.document, WriteOptions())
    made: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    start = time.perf_counter()
    for number in range(seed, seed + count):
        script = Script(content, agreement.document, number)
        back = Returned.read(script.run(edits), agreement)
        for one in script.made:
            made[one.what] += 1
            if said := lost(one, back.edits):
                missed[one.what] += 1
                click.echo(f"seed {number}: {said}", err=True)
    click.echo("| Edit | made | found at its clause |\n| --- | --- | --- |")
    for what, times in sorted(made.items()):
        click.echo(f"| {what} | {times} | {times - missed[what]} |")
    click.echo(f"| all | {made.total()} | {made.total() - missed.total()} |")
    click.echo(f"\n{count} files in {time.perf_counter() - start:.0f} s")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
