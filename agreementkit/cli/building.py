"""What `build` does: one configuration, or a batch of several, and what is printed about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from agreementkit.cli.exits import DONE, FINDINGS
from agreementkit.cli.giving import is_quiet, say, wrote

if TYPE_CHECKING:
    from agreementkit.batch import BatchReport
    from agreementkit.negotiating.model import Negotiation

_LOCKS = ".lock.yaml"


def batch_options(function: Any) -> Any:
    """Add the options that make `build` a batch."""
    jobs = "Build so many configurations at a time, each in a process of its own."
    again = "Build everything again, also what has not changed since it was built here."
    report = "Write a report on all configurations to FILE, as JSON."
    function = click.option("--report", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help=report)(
        function
    )
    function = click.option("--again", is_flag=True, help=again)(function)
    return click.option("-j", "--jobs", type=click.IntRange(1, 256), metavar="N", help=f"{jobs}  [default: 1]")(
        function
    )


def build_one(
    config: Path,
    output: Path,
    formats: Sequence[str],
    options: Mapping[str, Any],
    *,
    replies: Path | None,
    as_json: bool,
) -> int:
    """Build one configuration into the output folder itself; return the exit code.

    Args:
        config: The file.
        output: Output folder.
        formats: Formats.
        options: Options of `AgreementSet.write`, and `locked`.
        replies: File of a negotiation whose comments and responses stand in the Word files.
        as_json: Print what was written and found as JSON.
    """
    from agreementkit.agreement import assemble
    from agreementkit.cli.show import print_diagnostics, print_json, print_written, working
    from agreementkit.config import Config

    options = dict(options)
    with working("Assembling the agreements", quiet=as_json):
        agreements = assemble(Config.load(config), locked=options.pop("locked"))
    answers = _negotiation(replies) if replies else None
    with working("Writing the files", quiet=as_json):
        written = agreements.write(output, formats, replies=answers, **options)
    if as_json:
        files = [
            {"path": str(one.path), "agreement": one.precedent, "format": one.format, "size": one.size}
            for one in written
        ]
        print_json({"written": files, "findings": [one.as_dict() for one in agreements.report]})
        return DONE if agreements.report.ok else FINDINGS
    print_diagnostics(agreements.report, blanks_as_one=True)
    if answers:
        from agreementkit.negotiating.replies import left_out

        print_diagnostics(left_out(answers, agreements))
    if not is_quiet():
        print_written(written)
    return DONE if agreements.report.ok else FINDINGS


def _negotiation(file: Path) -> Negotiation:
    from agreementkit.negotiating.kept import read_kept

    return read_kept(file)


def build_batch(
    configs: Sequence[Path],
    output: Path,
    formats: Sequence[str],
    options: Mapping[str, Any],
    *,
    jobs: int | None,
    again: bool,
    report: Path | None,
    as_json: bool,
) -> int:
    """Build configurations, each into a folder of its own; return the exit code.

    Args:
        configs: Files; lock files among them, which a pattern such as `*.yaml` catches too, are left out.
        output: Output folder.
        formats: Formats.
        options: Options of `AgreementSet.write`, and `locked`.
        jobs: Processes; None or 1 for this one.
        again: Build also what has not changed.
        report: Where a report is written; None for nowhere.
        as_json: Print the report as JSON.
    """
    from agreementkit.batch import build_many
    from agreementkit.cli.show import counting, print_json

    chosen = [one for one in configs if not one.name.endswith(_LOCKS)]
    with counting(quiet=as_json) as progress:
        made = build_many(
            chosen,
            output,
            formats,
            executor=jobs if jobs and jobs > 1 else None,
            resume=not again,
            progress=progress,
            **options,
        )
    if report is not None:
        made.write(report)
    if as_json:
        print_json(made.as_dict())
    else:
        _print(made, output)
        if report is not None:
            wrote([report])
    return DONE if made.ok else FINDINGS


def _print(made: BatchReport, output: Path) -> None:
    """Print why which configuration failed, what was found to be an error, and how many were built."""
    from agreementkit.cli.show import print_diagnostics

    for one in made.failed:
        click.secho(f"{one.name}: not built", err=True, bold=True)
        print_diagnostics(one.faults)
    for one in made:
        if one.errors:
            click.secho(f"{one.name}: built, with errors", err=True, bold=True)
            print_diagnostics(one.findings.errors)
    print_diagnostics(made.remarks)
    say(f"{made.summary}. In {output}{'/' if str(output) != '/' else ''}")
    if not is_quiet() and not made.failed:
        warnings = sum(one.warnings for one in made)
        if warnings:
            word = "warning" if warnings == 1 else "warnings"
            say(f"{warnings:,} {word}; `--report FILE` lists them.")
