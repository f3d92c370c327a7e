"""The command `explain`. Imports of the library happen inside it, so that `--help` is quick."""

from __future__ import annotations

from pathlib import Path

import click

from agreementkit.cli.doctor import clause_ids
from agreementkit.cli.exits import DONE


@click.command()
@click.argument("provision", shell_complete=clause_ids)
@click.option(
    "-c",
    "--config",
    type=click.Path(path_type=Path),
    required=True,
    help="The configuration whose agreements are meant.",
)
@click.option("--agreement", "only", help="Only in this agreement.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def explain(provision: str, config: Path, only: str | None, as_json: bool) -> int:
    """Explain PROVISION, a number or an id: where it came from and why it stands there.

    Prints the packs and files that had a hand in it, the conditions with the values that made them true, its notes, the
    law it rests on, what it refers to and what refers to it, and what the clause's other variants would have said.

    \b
    Examples:
      agreementkit explain 7.2 -c examples/suffolk-ccgs.yaml
      agreementkit explain time-off -c agreement.yaml --agreement recognition
    """
    from agreementkit.agreement import assemble
    from agreementkit.cli.show import print_json
    from agreementkit.config import Config

    found = assemble(Config.load(config)).explain(provision, only)
    if as_json:
        print_json([one.as_data() for one in found])
    else:
        click.echo("\n\n".join(str(one) for one in found))
    return DONE
