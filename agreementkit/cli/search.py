"""The command that searches the bank. Imports of the library happen inside it, so that `--help` is quick."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from agreementkit.cli.exits import DONE

if TYPE_CHECKING:
    from agreementkit.searching import SearchResult

_ALL = 0


@click.command()
@click.argument("query", nargs=-1)
@click.option("--topic", metavar="TOPIC", help="Topic of the clause: its number (6, 6.1) or words of it.")
@click.option("--law", metavar="ID", help="Cites this entry of the law register, or one whose id begins with it.")
@click.option("--option", metavar="PATH", help="Uses this setting, or one in this section.")
@click.option("--kind", metavar="KIND", help="clause, party, recital, schedule, execution or definition.")
@click.option("--voice", metavar="VOICE", help="Only notes in this voice.")
@click.option("--pack", "packs", multiple=True, metavar="PACK", help="Lay this pack over the core (several allowed).")
@click.option(
    "--limit", type=click.IntRange(0, 100_000), default=20, show_default=True, help="Hits to print; 0 for all of them."
)
@click.option("--json", "as_json", is_flag=True, help="Print the hits as JSON.")
def search(
    query: Sequence[str],
    topic: str | None,
    law: str | None,
    option: str | None,
    kind: str | None,
    voice: str | None,
    packs: Sequence[str],
    limit: int,
    as_json: bool,
) -> int:
    """Find clauses, definitions and notes of the bank.

    QUERY is plain words, all of which must occur, "phrases in quotes", and filters: topic:, law:, option:, kind:,
    pack: and voice:. Endings do not matter: ballots finds ballot. The exit code is 0 too when nothing was found.

    \b
    Examples:
      agreementkit search "status quo"
      agreementkit search ballots law:tulrca-1992
      agreementkit search --option time_off.pool_hours
      agreementkit search '"reasonable time off" voice:employer' --pack packs/anytown
    """
    from agreementkit.bank import Bank
    from agreementkit.cli.show import print_json, working
    from agreementkit.searching import search as find

    with working("Reading the bank", quiet=as_json):
        bank = Bank.load(list(packs))
        result = find(bank, " ".join(query), topic=topic, law=law, option=option, kind=kind, voice=voice)
    shown = result if limit == _ALL else result[:limit]
    if as_json:
        print_json(shown.as_data())
    elif shown:
        _print(shown)
    if not result:
        click.echo(f"{result.summary} Try fewer or other words, or leave a filter out.", err=True)
    elif len(shown) < len(result):
        click.echo(f"{result.summary} {len(shown)} are shown; --limit 0 shows all.", err=True)
    elif not as_json:
        click.echo(result.summary, err=True)
    return DONE


def _print(result: SearchResult) -> None:
    """Print a table on a terminal; elsewhere a line for each hit, in the form in which compilers print places."""
    if not sys.stdout.isatty():
        for hit in result:
            click.echo(f"{hit.file}:{hit.line}: {hit.id} ({hit.pack} {hit.version}) {hit.label}: {hit.excerpt}")
        return
    from rich.console import Console
    from rich.table import Column, Table
    from rich.text import Text

    where = Column("Where", overflow="fold")
    table = Table("Clause", where, "Words", box=None, padding=(0, 2, 1, 0), pad_edge=False, header_style="bold")
    for hit in result:
        words = Text(hit.words)
        for start, end in hit.marks:
            words.stylize("bold reverse", start, end)
        facts = f"{hit.id}\n{hit.kind}, {hit.pack} {hit.version}"
        table.add_row(
            Text.assemble((hit.title, "bold"), (f"\n{facts}", "dim")),
            Text.assemble(hit.label, (f"\n{hit.file}:{hit.line}\n{hit.why}", "dim")),
            words,
        )
    Console(highlight=False).print(table)
