"""The command that only looks: what was found in the agreements of a configuration, in the form asked for."""

from __future__ import annotations

from pathlib import Path

import click

from agreementkit.cli.asked import assembled, config_argument, demands
from agreementkit.cli.exits import DONE, FINDINGS, WARNINGS

FINDINGS_ONLY, MATRIX_ONLY = ("sarif", "github"), ("md", "csv")
CHECK_FORMATS = ("text", "json", *FINDINGS_ONLY, *MATRIX_ONLY)


@click.command()
@config_argument
@click.option(
    "--matrix", is_flag=True, help="What law and policy ask for and which clauses answer it, instead of findings."
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option(
    "--format",
    "form",
    type=click.Choice(CHECK_FORMATS),
    default="text",
    show_default=True,
    help="text is for people, json for programs; findings also as sarif (2.1.0, for code hosts and editors) and "
    "github (Actions), the matrix also as md and csv.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning"]),
    default="error",
    show_default=True,
    help="Least severity that makes the exit code differ from 0.",
)
@demands
def check(config: Path, matrix: bool, as_json: bool, form: str, fail_on: str, locked: bool, agreed_only: bool) -> int:
    """Assemble the agreements of CONFIG and report what was found, writing nothing.

    \b
    Examples:
      agreementkit check agreement.yaml
      agreementkit check agreement.yaml --fail-on warning --format github
      agreementkit check agreement.yaml --agreed-only --locked
      agreementkit check agreement.yaml --matrix --format csv > matrix.csv
    """
    from agreementkit.cli.show import print_diagnostics, print_json, print_matrix, print_summary
    from agreementkit.diagnostics import Report
    from agreementkit.reporting import github_lines, sarif

    form = "json" if as_json else form
    if form in (MATRIX_ONLY if not matrix else FINDINGS_ONLY):
        raise click.UsageError(f"--format {form} is for {'findings; leave --matrix out' if matrix else '--matrix'}")
    agreements = assembled(config, locked=locked)
    report = Report([*agreements.report, *(agreements.not_agreed if agreed_only else ())])
    if matrix:
        print_matrix(agreements.matrix, form)
    elif form == "json":
        print_json([d.as_dict() for d in report])
    elif form == "sarif":
        print_json(sarif(report))
    elif form == "github":
        for line in github_lines(report):
            click.echo(line)
    else:
        print_diagnostics(report)
        print_summary(agreements)
    if not report.ok:
        return FINDINGS
    return WARNINGS if fail_on == "warning" and report.warnings else DONE
