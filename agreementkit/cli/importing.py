"""The command `pack import`. Imports of the library happen inside it, so that `--help` is quick."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from agreementkit.cli.exits import DONE


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--clause", help="Id of the clause that is made.")
@click.option("--from", "start", help="What is meant: its number, the words of its heading, or words of a paragraph.")
@click.option("--to", "pack", type=click.Path(path_type=Path), help="Pack to write it into.  [default: print it]")
@click.option("--title", default="", help="Heading of the clause.  [default: the heading in Word]")
@click.option("--over", "packs", multiple=True, type=click.Path(path_type=Path), help="A pack that the pack lies over.")
@click.option("--list", "only_list", is_flag=True, help="Print the headings of the file and write nothing.")
def import_(
    file: Path, clause: str | None, start: str | None, pack: Path | None, title: str, packs: Sequence[Path],
    only_list: bool,
) -> int:  # fmt: skip
    """Turn a clause of FILE.docx into a clause file to edit.

    Keeps levels, bold and italic words, tables, and comments as notes in the voice of the drafter; takes tracked
    changes as accepted. What may want a value, a defined term or a reference is said in the file and not changed.

    \b
    Examples:
      agreementkit pack import house.docx --list
      agreementkit pack import house.docx --from 7 --clause house-time-off --to packs/anytown
      agreementkit pack import house.docx --from "Time off" --clause house-time-off
    """
    from agreementkit.authoring.importing import candidates, import_clause, open_word
    from agreementkit.bank import Bank

    word = open_word(file)
    if only_list or start is None:
        found = candidates(word)
        for one in found:
            click.echo(f"{'  ' * min(one.depth, 3)}{one}")
        if not found:
            click.echo("No heading was found; name words of a paragraph with --from.", err=True)
        return DONE
    if clause is None:
        raise click.UsageError("name the clause that is made, with --clause ID")
    bank = Bank.load([*packs, pack] if pack and (pack / "pack.yaml").is_file() else list(packs))
    made = import_clause(word, clause, start, bank, title=title)
    if pack is None:
        click.echo(made.text, nl=False)
    else:
        click.echo(str(made.write(pack, bank)))
        for remark in made.remarks:
            click.echo(f"  {remark}", err=True)
    return DONE
