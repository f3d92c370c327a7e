"""Commands about packs of clauses. Imports of the library happen inside the commands, so that `--help` is quick."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from agreementkit.cli.exits import DONE, FINDINGS


@click.group()
def pack() -> None:
    """Make and check packs of clauses."""


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
