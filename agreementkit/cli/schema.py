"""Commands that print JSON Schemas for editors. Imports of the library happen inside the commands."""

from __future__ import annotations

import click

from agreementkit.cli.exits import DONE


@click.group()
def schema() -> None:
    """Print JSON Schemas, with which an editor completes and checks YAML."""


@schema.command("config")
def schema_config() -> int:
    """Print the JSON Schema of the configuration file."""
    from agreementkit.cli.show import print_json
    from agreementkit.config import Config

    print_json(Config.json_schema())
    return DONE
