"""Commands about what reviewers send back. Imports of the library happen inside the commands, for a quick `--help`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from agreementkit.cli.exits import DONE
from agreementkit.cli.giving import give, quiet_option
from agreementkit.cli.rounds import issues, round_, update

FORMS = ("md", "json", "html", "csv")


@click.group()
def review() -> None:
    """Collect what reviewers send back."""


review.add_command(issues)
review.add_command(update)
review.add_command(round_)


@review.command("collect")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-c",
    "--config",
    type=click.Path(path_type=Path),
    help="Configuration of the agreements: gives order, numbers and headings.",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="File for the log.  [default: printed]"
)
@click.option(
    "--format", "form", type=click.Choice(FORMS), help="Form of the log.  [default: by the name of the file, else md]"
)
@quiet_option
def review_collect(files: Sequence[Path], config: Path | None, output: Path | None, form: str | None) -> int:
    """Merge the comments in FILES into one log by clause.

    FILES are comments saved from review copies (.json), and returned Word files (.docx). A comment that stands in two
    files is listed once. What cannot be placed is listed as not placed.

    \b
    Examples:
      agreementkit review collect returned/*.json -c agreement.yaml
      agreementkit review collect returned/*.json returned/*.docx -c agreement.yaml -o log.csv
    """
    from agreementkit.agreement import assemble
    from agreementkit.cli.show import print_diagnostics
    from agreementkit.config import Config
    from agreementkit.reviewing import collect

    ending = output.suffix.lstrip(".").lower() if output else ""
    form = form or (ending if ending in FORMS else "md")
    log = collect(files, assemble(Config.load(config)) if config else None)
    text = log.write(form)
    print_diagnostics(log.report)
    give(text, output)
    return DONE
