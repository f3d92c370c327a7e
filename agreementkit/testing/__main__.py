"""`python -m agreementkit.testing`: the long run over random configurations."""

from __future__ import annotations

import os
import sys

import click

from agreementkit.testing.fuzz import fuzz


@click.command()
@click.option("--count", type=click.IntRange(1), default=200, show_default=True, help="Configurations to build.")
@click.option("--seed", type=int, default=0, show_default=True, help="First seed; the others follow it.")
@click.option("--workers", type=click.IntRange(1), default=os.cpu_count() or 1, show_default=True, help="Processes.")
def main(count: int, seed: int, workers: int) -> None:
    """Build random configurations of the core to Word and Markdown, verify each file and compare the two."""
    shown = 0
    found = None
    for found in fuzz(count, seed=seed, workers=workers):
        if found.configurations - shown >= count // 20 or found.configurations == count:
            shown = found.configurations
            click.echo(
                f"{shown:,} of {count:,}: {found.files:,} files, {len(found.faults)} faulty, {found.seconds:,.0f} s"
            )
    for number, faults in (found.faults if found else {}).items():
        click.echo(f"\nseed {number}:")
        for fault in faults:
            click.echo(f"  {fault}")
    sys.exit(1 if found and found.faults else 0)


if __name__ == "__main__":
    main()
