"""The commands `key-terms` and `calendar`. Imports of the library happen inside them, so that `--help` is quick."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from agreementkit.cli.exits import DONE
from agreementkit.cli.giving import give, quiet_option

if TYPE_CHECKING:
    from agreementkit.agreement import AgreementSet


@click.command("key-terms")
@click.argument("config", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "md", "html", "json"]), default="text", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write it to this file.")
@quiet_option
def key_terms(config: Path, form: str, output: Path | None) -> int:
    """Show what the agreements of CONFIG settle, on one page, with the clause that says each.

    `build --key-terms` puts that page before the contents of the agreements.

    \b
    Examples:
      agreementkit key-terms agreement.yaml
      agreementkit key-terms agreement.yaml --format md -o key-terms.md
    """
    found = _assemble(config).key_terms
    made = {"text": found.text, "md": found.markdown, "html": found.html}
    give(_json(found.as_dict()) if form == "json" else made[form](), output)
    return DONE


@click.command("calendar")
@click.argument("config", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "ics", "md", "csv", "json"]),
    help="How it is written.  [default: by the ending of --output, else text]",
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write it to this file.")
@click.option(
    "--years",
    type=click.IntRange(1, 30),
    default=5,
    show_default=True,
    help="How many years after the start to go on with what comes back.",
)
@quiet_option
def calendar(config: Path, form: str | None, output: Path | None, years: int) -> int:
    """List the dated duties of the agreements of CONFIG: meetings, papers, reviews, notices, ends.

    An .ics file can be opened by any calendar. Only dates that the configuration gives are there.

    \b
    Examples:
      agreementkit calendar agreement.yaml
      agreementkit calendar agreement.yaml -o duties.ics
      agreementkit calendar agreement.yaml --format csv > duties.csv
    """
    found = _assemble(config).calendar(years)
    ending = output.suffix.lower().removeprefix(".") if output else ""
    form = form or (ending if ending in ("ics", "md", "csv", "json") else "text")
    if form == "ics":
        give(found.ics().decode(), output)
    else:
        made = {"text": found.text, "md": found.markdown, "csv": found.csv}
        give(_json(found.as_dict()) if form == "json" else made[form](), output)
    return DONE


def _assemble(config: Path) -> AgreementSet:
    from agreementkit.agreement import assemble
    from agreementkit.config import Config

    return assemble(Config.load(config))


def _json(data: object) -> str:
    import json

    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
