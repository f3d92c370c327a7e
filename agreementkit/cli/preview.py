"""The command `pack preview`. Imports of the library happen inside it, so that `--help` is quick."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from agreementkit.cli.exits import DONE, FINDINGS
from agreementkit.cli.giving import give, quiet_option

if TYPE_CHECKING:
    from agreementkit.authoring import Preview
    from agreementkit.bank import Bank

FORMATS = ("text", "md", "html")


@click.command("preview")
@click.argument("clause")
@click.option("--pack", "packs", multiple=True, type=click.Path(path_type=Path), help="A pack; several allowed.")
@click.option("-c", "--config", type=click.Path(path_type=Path), help="Show it with the values and packs of this file.")
@click.option("--variant", help="Only this variant.  [default: each in turn; with -c the one it chooses]")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="Its form.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write it into this file.")
@quiet_option
@click.option("--watch", is_flag=True, help="Show it again whenever a file of the packs or the configuration changes.")
def preview(
    clause: str, packs: Sequence[Path], config: Path | None, variant: str | None, form: str, output: Path | None,
    watch: bool,
) -> int:  # fmt: skip
    """Show CLAUSE alone, as an agreement prints it: with its number, example values and all of its notes.

    CLAUSE is the id of a clause, schedule, definition, party, recital or execution block. No agreement needs to hold
    it yet.

    \b
    Examples:
      agreementkit pack preview time-off
      agreementkit pack preview ballots --pack packs/anytown --watch
      agreementkit pack preview time-off -c agreement.yaml --variant pool --format html -o preview.html
    """
    from agreementkit.agreement import bank_of
    from agreementkit.authoring import preview as made_of
    from agreementkit.authoring.watching import again, file_changes, reloaded
    from agreementkit.bank import Bank
    from agreementkit.cli.show import print_diagnostics, working
    from agreementkit.config import Config
    from agreementkit.errors import AgreementKitError

    before: Bank | None = None

    def make() -> Preview:
        nonlocal before
        settings = Config.load(config) if config else None
        before = reloaded(bank_of(settings, packs) if settings else Bank.load(list(packs)), before)
        return made_of(clause, before, config=settings, variant=variant)

    if not watch:
        with working("Making the preview"):
            shown = make()
        return _show(shown, form, output)
    for outcome in again(make, file_changes(_watched(packs, config))):
        if sys.stdout.isatty():
            click.clear()
        if isinstance(outcome, AgreementKitError):
            print_diagnostics(outcome.diagnostics)
        else:
            _show(outcome, form, output)
        click.echo("Watching for changes; Ctrl+C ends it.", err=True)
    return DONE


def _watched(packs: Sequence[Path], config: Path | None) -> list[Path]:
    """Return the files and folders behind a preview; installed packs do not change."""
    from agreementkit.config import Config
    from agreementkit.errors import AgreementKitError

    found = [*packs, *([config] if config else [])]
    if config:
        with contextlib.suppress(AgreementKitError):  # the preview itself will say it
            found += [config.parent / name for name in Config.load(config).packs]
    return [path for path in found if os.path.exists(path)]  # noqa: PTH110 - it says no to a name that cannot be one


def _show(preview: Preview, form: str, output: Path | None) -> int:
    from agreementkit.cli.show import print_diagnostics

    if output is None and form == "text" and sys.stdout.isatty():
        from rich.console import Console

        from agreementkit.authoring.terminal import rendered

        Console(highlight=False).print(rendered(preview))
    else:
        text = preview.html if form == "html" else preview.markdown if form == "md" else preview.text
        give(text, output)
    print_diagnostics(preview.missing)
    return FINDINGS if preview.missing else DONE
