"""The command `compare`. Imports of the library happen inside it, so that `--help` is quick."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from agreementkit.cli.exits import DONE, FINDINGS
from agreementkit.cli.giving import give, quiet_option

if TYPE_CHECKING:
    from rich.text import Text

    from agreementkit.comparing import BankComparison, Comparison, Positions
    from agreementkit.comparing.paper import Grid, Paper, Words

_FORMATS = ("text", "md", "html", "json", "docx")
_PAGE = 120
_COLOURS = {"removed": "red strike", "added": "green underline", "same": ""}


@click.command()
@click.argument("what", nargs=-1, required=True, metavar="OLD NEW")
@click.option("--positions", "as_positions", is_flag=True, help="EMPLOYER STAFF_SIDE [AGREED]: the table for talks.")
@click.option("--pack", "packs", multiple=True, metavar="PACK", help="Lay this pack over both (several allowed).")
@click.option(
    "-c", "--config", type=click.Path(path_type=Path), help="With two packs: the configuration to build under each."
)
@click.option("--agreement", "only", metavar="ID", help="Only this agreement.")
@click.option("--notes", is_flag=True, help="Compare notes, too; in a redline, print the new ones as comments.")
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    default="text",
    show_default=True,
    help="How it is shown; docx is a redline, with tracked changes.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write it to this file.")
@click.option("--author", metavar="NAME", help="In whose name the changes of a redline are; else NEW's.")
@click.option("--date", metavar="DATE", help="Date of the changes of a redline (2027-03-01); else that of NEW.")
@click.option("--template", metavar="NAME|FILE", help="House template of a redline; else the one that NEW names.")
@click.option("--fail-on-difference", is_flag=True, help="Leave with exit code 1 when something differs.")
@quiet_option
def compare(
    what: Sequence[str],
    as_positions: bool,
    packs: Sequence[str],
    config: Path | None,
    only: str | None,
    notes: bool,
    form: str,
    output: Path | None,
    author: str | None,
    date: str | None,
    template: str | None,
    fail_on_difference: bool,
) -> int:
    """Compare OLD and NEW, clause by clause and word by word.

    Each is a configuration (.yaml), an agreement that was built as .json or a folder of them, or a pack ("core" is the
    core alone). NEW may be a Word file of OLD that came back: its tracked changes are taken as accepted. Clauses are
    known by their ids: one that only has another number is not a changed clause.

    With -o NAME.docx, a redline in Word for each agreement: accepting all changes gives NEW, rejecting all gives OLD.

    With --positions, three configurations: what the employer proposes, what the staff side proposes, and what is agreed
    so far, if anything. A setting that the third does not mention is open.

    \b
    Examples:
      agreementkit compare last-year.yaml agreement.yaml
      agreementkit compare out-v1 out-v2 --format html -o changes.html
      agreementkit compare last-year.yaml agreement.yaml -o redline.docx --author "Staff Side"
      agreementkit compare sent.json returned.docx -o redline.docx
      agreementkit compare core packs/anytown
      agreementkit compare packs/anytown-1 packs/anytown-2 -c agreement.yaml
      agreementkit compare --positions employer.yaml staff-side.yaml agreed.yaml
    """
    found = _positions(what, packs, config, only, notes) if as_positions else _two(what, packs, config, only, notes)
    if form == "docx" or (output is not None and output.suffix.lower() == ".docx"):
        _redline(found, form, output, notes, author, date, template)
    elif author or date or template:
        raise click.UsageError("--author, --date and --template are for a redline: add -o NAME.docx")
    else:
        _show(found, form, output)
    same = not len(found) if as_positions else found.same  # type: ignore[arg-type,union-attr]
    return DONE if same or not fail_on_difference else FINDINGS


def _two(
    what: Sequence[str], packs: Sequence[str], config: Path | None, only: str | None, notes: bool
) -> Comparison | BankComparison:
    from agreementkit.cli.show import working
    from agreementkit.comparing.sources import compare_named

    if len(what) != 2:
        raise click.UsageError("compare takes two things, the old one and the new one")
    with working("Comparing"):
        return compare_named((what[0], what[1]), packs=packs, config=config, agreement=only, notes=notes)


def _positions(
    what: Sequence[str], packs: Sequence[str], config: Path | None, only: str | None, notes: bool
) -> Positions:
    from agreementkit.cli.show import working
    from agreementkit.comparing.sources import positions_named

    if not 2 <= len(what) <= 3 or config or only or notes:
        raise click.UsageError("--positions takes two configurations, or three with what is agreed, and --pack only")
    with working("Trying each position"):
        return positions_named(what, packs=packs)


def _redline(
    found: Comparison | BankComparison | Positions,
    form: str,
    output: Path | None,
    notes: bool,
    author: str | None,
    date: str | None,
    template: str | None,
) -> None:
    from agreementkit.comparing import Comparison
    from agreementkit.diagnostics import Diagnostic
    from agreementkit.errors import OutputError

    if output is None or form not in ("docx", "text") or output.suffix.lower() != ".docx":
        raise click.UsageError(
            "a redline is written to a file: give it a name that ends with .docx, as -o redline.docx"
        )
    if not isinstance(found, Comparison):
        hint = "compare two configurations or agreements; with two packs, add `-c CONFIG`"
        raise OutputError(Diagnostic("AK830", "only agreements can be shown as a redline", hints=(hint,)))
    shown: Literal["comments", "none"] = "comments" if notes else "none"
    for path in found.write(output, author=author, date=date, notes=shown, template=template):
        click.echo(f"Wrote {path}")


def _show(found: Comparison | BankComparison | Positions, form: str, output: Path | None) -> None:
    import json

    if output is None and form == "text":
        _print(found.paper)
        return
    made = {"text": found.text, "md": found.markdown, "html": found.html}
    text = json.dumps(found.as_dict(), indent=2, ensure_ascii=False) + "\n" if form == "json" else made[form]()
    give(text, output)


def _print(paper: Paper) -> None:
    """Print the sheet: words that were removed and added with signs, and in colour where there is any."""
    from rich.console import Console
    from rich.text import Text

    wide = Console(highlight=False, soft_wrap=True)
    console = Console(highlight=False, width=None if sys.stdout.isatty() else _PAGE)
    wide.print(Text(paper.title, style="bold"))
    wide.print(Text(paper.summary))
    for section in paper.sections:
        wide.print(Text.assemble("\n", (section.title, "bold underline")))
        for remark in section.remarks:
            wide.print(Text(f"  {remark}"))
        for group in section.groups:
            wide.print(Text.assemble("\n  ", (group.heading, "bold"), f" ({group.remark})" if group.remark else ""))
            for row in group.rows:
                lead = " ".join(filter(None, (row.label, f"({row.how})" if row.how else "")))
                wide.print(Text.assemble("    ", (f"{lead} " if lead else "", "bold"), _words(row.words)))
        if section.grid:
            console.print(_table(section.grid))


def _table(grid: Grid) -> object:
    from rich.table import Table
    from rich.text import Text

    table = Table(*grid.header, box=None, padding=(0, 2, 1, 0), pad_edge=False, header_style="bold")
    for row in grid.rows:
        table.add_row(*(Text("\n").join(_words(words) for words in cell) for cell in row))
    return table


def _words(words: Words) -> Text:
    from rich.text import Text

    from agreementkit.comparing.paper import signed

    return Text.assemble(*((text, _COLOURS[kind]) for kind, text in signed(words)))
