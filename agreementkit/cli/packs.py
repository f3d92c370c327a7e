"""Commands about packs of clauses. Imports of the library happen inside the commands, so that `--help` is quick."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from agreementkit.cli.exits import DONE, FINDINGS
from agreementkit.cli.importing import import_
from agreementkit.cli.preview import preview
from agreementkit.cli.upgrade import pack_diff, pack_publish, pack_revise, pack_upgrade

if TYPE_CHECKING:
    from datetime import datetime
    from importlib.metadata import EntryPoint


@click.group()
def pack() -> None:
    """Make and check packs of clauses."""


pack.add_command(preview)
pack.add_command(import_)


@pack.command("check")
@click.argument("packs", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--exact-up-to",
    type=click.IntRange(1, 10_000_000),
    default=20_000,
    show_default=True,
    help="Combinations up to which a piece of a clause is looked at in all of them.",
)
@click.option(
    "--sets", type=click.IntRange(0, 100_000), default=60, show_default=True, help="Whole sets to make besides."
)
@click.option("--seed", type=int, default=0, show_default=True, help="For what is drawn at random.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def pack_check(packs: Sequence[Path], exact_up_to: int, sets: int, seed: int, as_json: bool) -> int:
    """Prove the core, with PACKS laid over it, sound for every configuration.

    Every reference resolves, every term is defined, every note has its words, every expression can be worked out, one
    variant is chosen and no clause is empty: exactly where there are few enough combinations, by search elsewhere. A
    configuration for which that is not so is made small and printed.

    \b
    Examples:
      agreementkit pack check
      agreementkit pack check packs/anytown --sets 500
    """
    from agreementkit.bank import Bank
    from agreementkit.cli.show import counting, print_json, print_proof
    from agreementkit.proof import prove

    bank = Bank.load(list(packs))
    with counting(quiet=as_json) as progress:
        proof = prove(bank, exact_up_to=exact_up_to, whole_sets=sets, seed=seed, progress=progress)
    if as_json:
        print_json(proof.as_dict())
    else:
        print_proof(proof)
    return DONE if proof.ok else FINDINGS


@pack.command("new")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--id", "id_", help="Id of the pack.  [default: asked for, or the folder's name]")
@click.option("--title", help="What the pack is, in words.  [default: asked for]")
@click.option("--clause", "clauses", multiple=True, help="A clause that is to be changed; several allowed.")
@click.option("--over", "packs", multiple=True, type=click.Path(path_type=Path), help="A pack that it lies over.")
def pack_new(folder: Path, id_: str | None, title: str | None, clauses: Sequence[str], packs: Sequence[Path]) -> int:
    """Begin a pack in FOLDER.

    Writes pack.yaml, a README, and for each --clause a file that names the version it was written against and lists the
    paragraphs that can be changed.

    \b
    Examples:
      agreementkit pack new packs/anytown
      agreementkit pack new packs/anytown --title "House clauses of Anytown ICB" --clause time-off --clause disputes
    """
    from agreementkit.authoring import new_pack
    from agreementkit.bank import Bank

    bank = Bank.load(list(packs))
    if title is None:
        title = click.prompt("What is the pack, in a few words", default=f"Clauses of {folder.name}")
    if id_ is None:
        id_ = click.prompt("Its id, for references", default=folder.name.lower())
    for path in new_pack(folder, bank, id=id_, title=title, clauses=clauses):
        click.echo(str(path))
    return DONE


@pack.command("show")
@click.argument("packs", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def pack_show(packs: Sequence[Path], as_json: bool) -> int:
    """Show what PACKS, laid over the core in this order, add, replace, change, annotate and withdraw.

    \b
    Examples:
      agreementkit pack show packs/anytown
      agreementkit pack show packs/national packs/anytown --json
    """
    from agreementkit.bank import Bank
    from agreementkit.bank.survey import deeds
    from agreementkit.cli.show import print_deeds, print_json

    bank = Bank.load(list(packs))
    found = deeds(bank)
    if as_json:
        print_json([deed.as_dict() for deed in found])
    else:
        print_deeds(bank, found)
    return DONE


@pack.command("adopt")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("-c", "--config", type=click.Path(path_type=Path), required=True, help="Whose agreements were agreed.")
@click.option("--body", required=True, help="The body that agreed them, such as “Joint Forum”.")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), required=True, help="Day of its decision.")
@click.option("--reference", help="Where the decision is recorded.")
@click.option("--review-by", type=click.DateTime(["%Y-%m-%d"]), help="Day by which the texts are looked at again.")
@click.option("--text", "only", multiple=True, help="Only this clause or definition; several allowed.  [default: all]")
def pack_adopt(
    folder: Path,
    config: Path,
    body: str,
    date: datetime,
    reference: str | None,
    review_by: datetime | None,
    only: Sequence[str],
) -> int:
    """Record in the pack in FOLDER that a body has agreed the texts below it as they are.

    Meant are the clauses and definitions of CONFIG's agreements that nobody has agreed yet. They are added to
    adopted.yaml, each with version and hash, so that `build --agreed-only` takes them until their words change. Texts
    of the pack itself say `status` and `approved` in their own files.

    \b
    Examples:
      agreementkit pack adopt packs/anytown -c agreement.yaml --body "Joint Forum" --date 2026-05-01
      agreementkit pack adopt packs/anytown -c agreement.yaml --body "Joint Forum" --date 2026-05-01 --text disputes
    """
    from agreementkit.agreement import assemble
    from agreementkit.authoring.adopt import adopt
    from agreementkit.config import Config

    agreements = assemble(Config.load(config))
    done = adopt(
        agreements,
        folder,
        body=body,
        date=date.date(),
        reference=reference,
        review_by=review_by.date() if review_by else None,
        only=only,
    )
    if not done.clauses and not done.definitions:
        click.echo("Nothing to record: every text below the pack is agreed.", err=True)
    else:
        click.echo(f"{done.path}  ({len(done.clauses)} clauses, {len(done.definitions)} definitions)")
    if done.left:
        click.echo(f"Not recorded, for they say it themselves or are superseded: {', '.join(done.left)}", err=True)
    return DONE


@pack.command("list")
def pack_list() -> int:
    """List the packs that are installed, and the names by which a configuration may use them."""
    from agreementkit.bank.places import installed_packs

    found = installed_packs()
    for name, entries in sorted(found.items()):
        click.echo(f"installed:{name}  {', '.join(sorted(_distribution(entry) for entry in entries))}")
    if not found:
        click.echo("No pack is installed. A configuration may also name a folder or a zip file.", err=True)
    return DONE


pack.add_command(pack_diff)
pack.add_command(pack_upgrade)
pack.add_command(pack_publish)
pack.add_command(pack_revise)


def _distribution(entry: EntryPoint) -> str:
    return f"{entry.dist.name} {entry.dist.version}" if entry.dist else entry.value
