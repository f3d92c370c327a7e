"""Commands about house templates. Imports of the library happen inside the commands, so that `--help` is quick."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from agreementkit.cli.exits import DONE, FINDINGS


@click.group()
def template() -> None:
    """Make and check house templates for Word."""


@template.command("check")
@click.argument("file", type=str)
@click.option(
    "--pack", "packs", multiple=True, type=click.Path(path_type=Path), help="A pack whose house styles may be named."
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def template_check(file: str, packs: Sequence[Path], as_json: bool) -> int:
    """Say what FILE has and lacks as house style: a .docx, a .dotx, a house style (.yaml), or a name.

    A name is that of a shipped house style, or with --pack `pack-id:name`.

    \b
    Examples:
      agreementkit template check letterhead.docx
      agreementkit template check examples/house-styles/riverside.yaml
      agreementkit template check anyshire-icb:anyshire --pack examples/packs/anyshire-icb
    """
    from agreementkit.bank import Bank
    from agreementkit.cli.show import print_house, print_json
    from agreementkit.errors import AgreementKitError
    from agreementkit.publish import find_house
    from agreementkit.writers.word.house.check import check_house

    try:
        report = check_house(find_house(file, Bank.load(list(packs)).houses if packs else {}))
    except AgreementKitError as error:
        if not as_json:
            raise
        print_json({"file": file, "usable": False, "faults": [fault.as_dict() for fault in error.diagnostics]})
        return FINDINGS
    if as_json:
        print_json(report.as_dict())
    else:
        print_house(report)
    return DONE if report.usable else FINDINGS


@template.command("new")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--like", default="neutral", show_default=True, help="Shipped house style to start from: neutral or nhs.")
def template_new(file: Path, like: str) -> int:
    """Write FILE.docx, a house template with instructions in it, for you to change in Word.

    \b
    Example:
      agreementkit template new letterhead.docx --like nhs
    """
    from agreementkit.cli.show import print_written
    from agreementkit.publish import write_starter

    print_written((write_starter(file, like),))
    return DONE
