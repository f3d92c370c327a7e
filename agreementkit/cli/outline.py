"""Commands that print: the numbered outline, and a clause as it lies in the bank or as a configuration makes it."""

from __future__ import annotations

from pathlib import Path

import click

from agreementkit.cli.asked import assembled, config_argument
from agreementkit.cli.doctor import clause_ids
from agreementkit.cli.exits import DONE, FINDINGS


@click.command()
@config_argument
@click.option("--agreement", "only", help="Only this agreement.")
@click.option("--json", "as_json", is_flag=True, help="Print number, id and heading of each as JSON.")
def outline(config: Path, only: str | None, as_json: bool) -> int:
    """Print the numbered outline of the agreements of CONFIG.

    \b
    Examples:
      agreementkit outline agreement.yaml
      agreementkit outline agreement.yaml --agreement recognition --json
    """
    from agreementkit.cli.show import choose_agreements, print_json

    chosen = list(choose_agreements(assembled(config), only))
    if as_json:
        keys = ("agreement", "number", "id", "heading")
        print_json([{key: row[key] for key in keys} for one in chosen for row in one.table() if row["heading"]])
        return DONE
    for number, agreement in enumerate(chosen):
        click.echo(("\n" if number else "") + click.style(agreement.title, bold=True))
        click.echo(agreement.outline())
    return DONE


@click.command()
@click.argument("clause", required=False, shell_complete=clause_ids)
@click.option("-c", "--config", type=click.Path(path_type=Path), help="Show the clause as this configuration makes it.")
@click.option("--agreement", "only", help="With --config: only in this agreement.")
@click.option("--from", "file", type=click.Path(path_type=Path), help="Show what this .docx or .json was made from.")
@click.option("--json", "as_json", is_flag=True, help="With --from: print it as JSON.")
def show(clause: str | None, config: Path | None, only: str | None, file: Path | None, as_json: bool) -> int:
    """Show CLAUSE: from the bank with all its variants and notes, or as a configuration makes it.

    With --from, show instead which packs, configuration and house template a file was made from; with --config too,
    whether they are the same here. Exit code 1 when they are not.

    \b
    Examples:
      agreementkit show time-off
      agreementkit show time-off --config examples/suffolk-ccgs.yaml
      agreementkit show 7.2 -c examples/suffolk-ccgs.yaml --agreement recognition
      agreementkit show --from recognition-agreement.docx -c agreement.yaml
    """
    from agreementkit.cli.provenance import show_provenance
    from agreementkit.cli.show import show_clause, show_provision

    if (clause is None) == (file is None):
        raise click.UsageError("name a clause, or a file with --from, and not both")
    if file is not None:
        if only is not None:
            raise click.UsageError("--agreement goes with a clause")
        return DONE if show_provenance(file, config, as_json=as_json) else FINDINGS
    if as_json:
        raise click.UsageError("--json goes with --from")
    assert clause is not None  # noqa: S101 - told to the type checker; one of the two is given
    if config is None:
        from agreementkit.bank import Bank

        show_clause(Bank.load(), clause)
    else:
        show_provision(assembled(config), clause, only)
    return DONE
