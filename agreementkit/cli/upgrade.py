"""Commands that hold a pack against what lies below it, and move it there; and those that publish wordings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from agreementkit.cli.exits import DONE, FINDINGS
from agreementkit.cli.giving import wrote

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from agreementkit.upgrading import Change, Move, Upgrade

_COLOURS = {"unchanged": "dim", "moves cleanly": "green", "conflict": "bold red"}

over_option = click.option(
    "--over", "packs", multiple=True, type=click.Path(path_type=Path), help="A pack that it lies over; several allowed."
)


@click.command("diff")
@click.argument("pack", type=click.Path(path_type=Path))
@over_option
@click.option("--clause", "only", multiple=True, help="Only what is done to this; several allowed.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def pack_diff(pack: Path, packs: Sequence[Path], only: Sequence[str], as_json: bool) -> int:
    """Show PACK against the wordings that it was written against, and these against what lies below now.

    \b
    Examples:
      agreementkit pack diff packs/anytown
      agreementkit pack diff packs/anytown --over packs/national --clause disputes
    """
    from agreementkit.cli.screen import console
    from agreementkit.cli.show import print_json
    from agreementkit.upgrading import upgrade

    found = upgrade(pack, over=list(packs))
    if as_json:
        print_json(found.as_dict())
        return DONE
    out = console()
    out.print(f"{found.pack} over {found.below}", style="bold", markup=False)
    for move in found.moves:
        if only and not {move.what, move.what.split()[-1]} & set(only):
            continue
        _head(out, move)
        _changes(out, "The pack:", move.ours)
        if move.theirs is None:
            out.print("  What has changed below since cannot be said: the wording was not kept.")
        else:
            _changes(out, f"Below, from version {move.base} to {move.now}:", move.theirs)
    return DONE


@click.command("upgrade")
@click.argument("pack", type=click.Path(path_type=Path))
@over_option
@click.option("--apply", "write", is_flag=True, help="Write what moves cleanly, and mark the conflicts in the files.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def pack_upgrade(pack: Path, packs: Sequence[Path], write: bool, as_json: bool) -> int:
    """Say for each thing that PACK does to what lies below it whether it moves to the present version.

    Unchanged: nothing is to be done. Moves cleanly: what has changed below is elsewhere. Conflict: both have changed
    the same paragraph, note or heading; all three wordings are shown. With --apply the first two are written, and
    conflicts are marked in the files of the pack, which is refused until somebody has decided.

    Exit code 1 when there are conflicts.

    \b
    Examples:
      agreementkit pack upgrade packs/anytown
      agreementkit pack upgrade packs/anytown --apply
    """
    from agreementkit.cli.screen import console
    from agreementkit.cli.show import print_diagnostics, print_json
    from agreementkit.upgrading import apply_upgrade, upgrade

    written: tuple[Path, ...] = ()
    if write:
        found, written = apply_upgrade(pack, over=list(packs))
    else:
        found = upgrade(pack, over=list(packs))
    if as_json:
        print_json({**found.as_dict(), "written": [str(path) for path in written]})
    else:
        out = console()
        out.print(f"{found.pack} over {found.below}", style="bold", markup=False)
        for move in found.moves:
            _head(out, move)
            _three_ways(out, move)
        print_diagnostics(found.left)
        _summary(out, found, written, write)
    return FINDINGS if found.conflicts or found.left else DONE


@click.command("publish")
@click.argument("folder", type=click.Path(path_type=Path))
def pack_publish(folder: Path) -> int:
    """Record the present wordings of the pack in FOLDER as published, so that packs over it can follow later changes.

    A wording that has changed under a version that was published is refused.

    \b
    Example:
      agreementkit pack publish packs/national
    """
    from agreementkit.authoring import publish_pack

    for path in publish_pack(folder):
        click.echo(str(path))
    return DONE


@click.command("revise")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("ids", nargs=-1, required=True)
def pack_revise(folder: Path, ids: Sequence[str]) -> int:
    """Begin new versions of the clauses, definitions or precedents IDS of the pack in FOLDER.

    Keeps their published wordings in `history/` and raises their versions; then change the files.

    \b
    Example:
      agreementkit pack revise packs/national disputes time-off
    """
    from agreementkit.authoring import revise

    for path in revise(folder, ids):
        click.echo(str(path))
    return DONE


def _head(out: Console, move: Move) -> None:
    from rich.text import Text

    line = Text(f"\n{move.state.value:<14}", style=_COLOURS[move.state.value])
    line.append(f" {move.did} {move.what}", style="bold")
    versions = (
        f"{move.below} {move.base}" if move.base == move.now else f"{move.below} {move.base} → {move.now or 'gone'}"
    )
    line.append(f"  ({versions})  {move.place.file}:{move.place.line}", style="dim")
    out.print(line)


def _changes(out: Console, title: str, changes: Iterable[Change]) -> None:
    from rich.text import Text

    shown = list(changes)
    if not shown:
        return
    out.print(f"  {title}")
    for change in shown:
        out.print(Text(f"    {change.at}", style="cyan"))
        out.print(Text("      ").append_text(_words(change.before, change.after)))


def _three_ways(out: Console, move: Move) -> None:
    from rich.text import Text

    for clash in move.clashes:
        out.print(Text(f"  {clash.at}: {clash.why}", style="cyan"))
        sides = (("written against", clash.base), ("the pack", clash.ours), (f"below now, {move.now}", clash.now))
        if any(text for _, text in sides):
            for name, text in sides:
                out.print(Text(f"    {name + ':':<18} ", style="bold").append(_one_line(text) or "(nothing)", style=""))


def _summary(out: Console, found: Upgrade, written: Sequence[Path], write: bool) -> None:
    same = len(found.moves) - len(found.clean) - len(found.conflicts)
    out.print(
        f"\n{same} unchanged, {len(found.clean)} to move, {len(found.conflicts)} in conflict.",
        style="bold",
        markup=False,
    )
    wrote(written)
    if write and found.conflicts:
        out.print("Decide between the marks in these files, then run `agreementkit pack check`.", markup=False)
    elif not write and (found.clean or found.conflicts):
        out.print("Nothing was written. `--apply` writes what moves and marks the conflicts.", markup=False)


def _words(before: str, after: str) -> Text:
    """Return the words of both with what was struck out and what was put in, marked by signs and by colour."""
    from rich.text import Text

    from agreementkit.comparing.words import tokens_of, word_pieces

    out = Text()
    old, new = (tuple(tokens_of(_one_line(text))) for text in (before, after))
    for piece in word_pieces(old, new):
        match piece.kind:
            case "removed":
                out.append(f"[-{piece.text.rstrip()}-] ", style="red")
            case "added":
                out.append(f"{{+{piece.text.rstrip()}+}} ", style="green")
            case _:
                out.append(piece.text)
    return out


def _one_line(text: str) -> str:
    return " ".join(text.split())
