"""Commands that print JSON Schemas for editors. Imports of the library happen inside the commands."""

from __future__ import annotations

from collections.abc import Sequence

import click

from agreementkit.cli.exits import DONE


@click.group()
def schema() -> None:
    """Print JSON Schemas, with which an editor completes and checks YAML."""


@schema.command("config")
@click.option("--pack", "packs", multiple=True, help="A pack whose options the schema is to have (several allowed).")
def schema_config(packs: Sequence[str]) -> int:
    """Print the JSON Schema of the configuration file."""
    from agreementkit.bank import Bank
    from agreementkit.cli.show import print_json
    from agreementkit.config import Config

    print_json(Config.json_schema(Bank.load(packs) if packs else None))
    return DONE


def _of_file(name: str, what: str) -> click.Command:
    """Return the command that prints the schema of one kind of file of a pack."""

    def command() -> int:
        from agreementkit.bank.schemas import json_schema
        from agreementkit.cli.show import print_json

        print_json(json_schema(name))
        return DONE

    return click.Command(name, callback=command, help=f"Print the JSON Schema of {what}.")


for _name, _what in {
    "pack": "pack.yaml",
    "clause": "the front matter of a clause file",
    "precedent": "an outline, precedents/<id>.yaml",
    "law": "the law register, law.yaml",
    "requirements": "requirements.yaml",
    "options": "options.yaml, the settings that a pack declares",
    "withdrawn": "withdrawn.yaml",
    "adopted": "adopted.yaml, decisions about texts of packs below",
}.items():
    schema.add_command(_of_file(_name, _what))
