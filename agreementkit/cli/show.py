"""Prints things on a terminal: diagnostics with colour, files written, clauses. Plain text when it is no terminal."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from agreementkit.cli.giving import is_quiet
from agreementkit.cli.screen import Lines, console, lines
from agreementkit.diagnostics import Diagnostic, Severity, suggest
from agreementkit.errors import AssemblyError

if TYPE_CHECKING:
    from rich.console import Console

    from agreementkit.agreement import Agreement, AgreementSet
    from agreementkit.asking.paper.agreed import Difference
    from agreementkit.bank import Bank
    from agreementkit.bank.survey import Deed
    from agreementkit.doctor import Finding
    from agreementkit.proof import Proof
    from agreementkit.publish import Written
    from agreementkit.reporting import Matrix
    from agreementkit.writers.word.house.check import HouseReport

_PAGE = 120
"""Columns of a table that goes into a file or another program."""

_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold blue"}


@contextmanager
def working(what: str, *, quiet: bool = False) -> Iterator[None]:
    """Show a spinner while something takes long; nothing when quiet or when nobody is watching."""
    if quiet or is_quiet() or not sys.stderr.isatty():
        yield
        return
    with console(err=True).status(what):
        yield


def print_health(found: Sequence[Finding]) -> None:
    """Print what `doctor` found, a line each, with advice where there is some."""
    from rich.text import Text

    out = console()
    width = max(len(one.what) for one in found)
    colours = {"good": "green", "absent": "yellow", "broken": "bold red"}
    for one in found:
        line = Text(f"{one.health.value:<7}", style=colours[one.health.value])
        out.print(line.append(f" {one.what:<{width}}  {one.detail}", style=""))
        if one.advice:
            out.print(Text(f"        {'':<{width}}  hint: {one.advice}", style="green"))


def print_errors(diagnostics: Iterable[Diagnostic]) -> None:
    """Print errors to the error stream, each with its place and next steps, and how many there are."""
    out = lines(err=True)
    found = list(diagnostics)
    for diagnostic in found:
        _print(out, diagnostic)
    out.print(f"{len(found)} {'fault' if len(found) == 1 else 'faults'}; nothing was written.", style="bold")


def print_diagnostics(diagnostics: Iterable[Diagnostic], *, blanks_as_one: bool = False) -> None:
    """Print findings; of a quiet command only the errors.

    Args:
        diagnostics: What was found.
        blanks_as_one: Whether the blanks of a draft become one line that says how many there are.
    """
    out = lines(err=True)
    blanks = 0
    for diagnostic in diagnostics:
        if is_quiet() and diagnostic.severity is not Severity.ERROR:
            continue
        if blanks_as_one and diagnostic.code == "AK501":
            blanks += 1
            continue
        _print(out, diagnostic)
    if blanks:
        out.print(
            f"{blanks} values are still blank and print as [●]; `agreementkit check` lists them.",
            markup=False,
        )


def _print(console: Console | Lines, diagnostic: Diagnostic) -> None:
    said = diagnostic.render().split("\n")
    if isinstance(console, Lines):
        for line in (*said, ""):
            console.print(line)
        return
    from rich.text import Text

    head = Text(said[0])
    word = f"{diagnostic.severity.value}[{diagnostic.code}]"
    at = said[0].find(word)
    head.stylize("dim", 0, at)
    head.stylize(_COLOURS[diagnostic.severity], at, at + len(word))
    head.stylize("bold", at + len(word) + 1)
    console.print(head)
    for line in said[1:]:
        style = (
            "green"
            if line.startswith("  hint:")
            else "cyan"
            if line.startswith("  law:")
            else _COLOURS[diagnostic.severity]
            if "^" in line
            else ""
        )
        console.print(Text(line, style=style))
    console.print()


@contextmanager
def counting(*, quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Show how far long work is, and give what to tell it; nothing is shown when nobody is watching."""
    if quiet or is_quiet() or not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"))
    with Progress(*columns, TimeElapsedColumn(), console=console(err=True)) as bars:
        tasks: dict[str, TaskID] = {}

        def tell(what: str, done: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=of)
            bars.update(tasks[what], completed=done + 1)

        yield tell


def print_proof(proof: Proof) -> None:
    """Print what was proved, how, and every counterexample with its configuration."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False, width=None if sys.stdout.isatty() else _PAGE)
    table = Table("Looked at", "How", "Pieces", "Combinations", "Seconds", "", box=None, pad_edge=False)
    for claim in proof.claims:
        table.add_row(
            claim.name, claim.how, f"{claim.pieces:,}", f"{claim.worlds:,}", f"{claim.seconds:.1f}", claim.remark
        )
    console.print(table)
    console.print()
    if proof.false_alarms:
        console.print(f"{proof.false_alarms} suspicions that no whole set bore out.")
    for one in proof.counterexamples:
        _print(console, one.finding)
        console.print(Text(f"found in {one.where}, with this configuration:\n"))
        console.print(Text("".join(f"  {line}\n" for line in one.configuration.splitlines())))
    if proof.ok:
        console.print(Text("Sound: nothing was found.", style="bold green"))
    else:
        console.print(Text(f"Not sound: {len(proof.counterexamples)} counterexamples.", style="bold red"))


def print_matrix(matrix: Matrix, form: str) -> None:
    """Print the matrix of compliance on the standard output, as text, Markdown, CSV or JSON."""
    if form == "json":
        print_json(matrix.as_data())
        return
    if form in ("md", "csv"):
        click.echo(matrix.markdown() if form == "md" else matrix.csv(), nl=False)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from agreementkit.reporting.matrix import answer

    console = Console(highlight=False, width=None if sys.stdout.isatty() else _PAGE)
    for title, rows in matrix.tables():
        table = Table(
            title, "Asked by", "Dealt with in", box=None, padding=(0, 2, 1, 0), pad_edge=False, header_style="bold"
        )
        for row in rows:
            where = Text(answer(row)) if row.met else Text("nothing", style="bold red")
            table.add_row(Text(row.requires), Text(row.citation, style="cyan"), where)
        console.print(table)
        console.print()
    console.print(Text(matrix.summary, style="bold"))


def print_json(data: object) -> None:
    """Print data as JSON on the standard output."""
    click.echo(json.dumps(data, indent=2, ensure_ascii=False))


def print_written(written: Sequence[Written]) -> None:
    """Say which files were written and how large they are."""
    out = lines()
    for one in written:
        out.print(f"{one.path}  ({max(1, round(one.size / 1024))} KB)", markup=False)


def print_summary(agreements: AgreementSet) -> None:
    """Say how much there is of what."""
    out = lines()
    for agreement in agreements:
        document = agreement.document
        out.print(
            f"{agreement.title}: {sum(1 for p in agreement if type(p.division).__name__ == 'Clause')} clauses, "
            f"{len(document.schedules)} schedules, {len(agreement.definitions)} definitions, "
            f"{len(agreement.notes)} notes",
            markup=False,
        )


def print_house(report: HouseReport) -> None:
    """Print what a house file has, lacks and gets: every role with its style and its list, then the rest."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False, width=None if sys.stdout.isatty() else _PAGE)
    colours = {"mapped": "cyan", "house style": "green", "missing": "bold red"}
    table = Table("Role", "For", "Style", "Found", "Numbers", box=None, pad_edge=False, header_style="bold")
    remarks: dict[str, list[str]] = {}
    for role in report.roles:
        numbers = f"{role.label}  {role.numbering}" if role.numbering else ""
        style = colours.get(role.how, "")
        table.add_row(Text(role.key), Text(role.use), Text(role.style), Text(role.how, style=style), Text(numbers))
        for remark in role.remarks if report.usable else ():  # the faults below say it better
            remarks.setdefault(remark, []).append(role.key)
    console.print(table)
    console.print()
    for remark, keys in remarks.items():
        console.print(Text.assemble((", ".join(keys), "bold"), f": {remark}"))
    if remarks:
        console.print()
    facts = {
        "Paper": f"{report.paper}, {report.text_width} mm between the margins",
        "Fonts": ", ".join(report.fonts) or "none named; Word uses its own",
        "Fields": ", ".join(report.fields) or "none",
        "Places": "\n".join(report.places),
    }
    for name, fact in facts.items():
        for number, line in enumerate(fact.split("\n")):
            console.print(Text(f"{name if number == 0 else '':8}{line}"))
    console.print()
    for advice in report.advice:
        console.print(Text(advice))
    if report.advice:
        console.print()
    for fault in report.faults:
        _print(console, fault)
    if report.usable:
        console.print(Text(f"{report.file} can be used.", style="bold"))
    else:
        word = "fault" if len(report.faults) == 1 else "faults"
        console.print(Text(f"{report.file} cannot be used: {len(report.faults)} {word}.", style="bold"))


def choose_agreements(agreements: AgreementSet, only: str | None) -> tuple[Agreement, ...]:
    """Return the agreements to show: all of them, or the one that was named."""
    if only is None:
        return agreements.agreements
    chosen = tuple(a for a in agreements if a.precedent == only)
    if not chosen:
        raise AssemblyError(
            Diagnostic(
                "AK309",
                f"the set has no agreement {only!r}",
                hints=suggest(only, [a.precedent for a in agreements], "agreement"),
            )
        )
    return chosen


def show_clause(bank: Bank, clause: str) -> None:
    """Print a clause file: what its front matter says, then its text with all variants and notes."""
    source = bank.source(clause)
    front = source.front
    out = console()
    out.print(front.title or front.term or front.id, style="bold", markup=False)
    facts = {
        "id": front.id,
        "kind": front.kind.value,
        "version": front.version,
        "pack": source.pack,
        "status": str(source.life),
        "file": source.file,
        "topic": front.topic,
        "when": front.when or "always",
        "requires": ", ".join(front.requires),
        "law": ", ".join(front.cites),
    }
    for key, value in facts.items():
        if value:
            out.print(f"  {key:9} {value}", markup=False, style="dim")
    for name, expression in front.variants.items():
        out.print(f"  variant   {name}: when {expression}", markup=False, style="dim")
    out.print("\n".join(source.body).strip("\n"), markup=False)


def show_provision(agreements: AgreementSet, key: str, only: str | None) -> None:
    """Print a clause as a configuration makes it, with its number and its notes, in each agreement that has it."""
    from agreementkit.tree.walk import block_inlines, plain_text

    out = console()
    chosen = choose_agreements(agreements, only)
    having = [agreement for agreement in chosen if key in agreement]
    if not having:
        known = [provision.id for agreement in chosen for provision in agreement]
        raise AssemblyError(
            Diagnostic("AK404", f"no agreement of the set has a clause {key!r}", hints=suggest(key, known, "clause"))
        )
    for agreement in having:
        provision = agreement[key]
        out.print(agreement.title, style="bold", markup=False)
        out.print(provision.text, markup=False)
        for note in provision.notes:
            out.print(f"\n  {note.author}", style="bold cyan", markup=False)
            for block in note.blocks:
                for run in block_inlines(block):
                    out.print(f"  {plain_text(run)}", markup=False)
            if note.cites:
                out.print(f"  Sources: {'; '.join(c.text for c in note.cites)}", style="dim", markup=False)
        out.print()


def print_differences(differences: Sequence[Difference]) -> None:
    """Print on which questions the two sides of a questionnaire have not agreed yet."""
    if not differences:
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False, width=None if sys.stdout.isatty() else _PAGE)
    table = Table(
        "Not agreed", "Employer side", "Staff side", "Setting", box=None, padding=(0, 2, 0, 0), pad_edge=False
    )
    for one in differences:
        table.add_row(Text(one.question), Text(one.employer or "–"), Text(one.staff_side or "–"), Text(one.path))
    console.print(table)
    console.print()


def print_deeds(bank: Bank, found: Sequence[Deed]) -> None:
    """Print what packs do to what lies below them, a table for each pack; a status where it is not that of the pack."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from agreementkit.bank.lifecycle import life_of_pack

    console = Console(highlight=False, width=None if sys.stdout.isatty() else _PAGE)
    for manifest in bank.packs[1:]:
        usual = str(life_of_pack(manifest))
        console.print(Text(f"{manifest.title} ({manifest.id} {manifest.version}), {usual}", style="bold"))
        table = Table("Does", "To", "How", "Because", "Status", box=None, padding=(0, 2, 0, 0), pad_edge=False)
        adoptions: dict[tuple[str, str], Counter[str]] = {}  # a body agrees a hundred texts in one meeting
        for deed in found:
            if deed.pack == manifest.id and deed.did == "adopts":
                adoptions.setdefault((deed.detail, deed.status), Counter())[deed.what.split()[0]] += 1
            elif deed.pack == manifest.id:
                table.add_row(
                    Text(deed.did),
                    Text(deed.what),
                    Text(deed.detail),
                    Text(deed.because),
                    Text(deed.status if deed.status != usual else ""),
                )
        for (detail, status), kinds in adoptions.items():
            counts = ", ".join(f"{count} × {kind}" for kind, count in kinds.items())
            table.add_row(Text("adopts"), Text(counts), Text(detail), Text(), Text(status))
        console.print(table)
        console.print()
