"""The command that builds: its options and what they may be together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from agreementkit.cli.asked import demands
from agreementkit.cli.building import batch_options, build_batch, build_one
from agreementkit.cli.giving import quiet_option

if TYPE_CHECKING:
    from agreementkit.agreement import NotesAs

NOTES = ("comments", "footnotes", "inline", "companion", "none")
FORMATS = ("docx", "pdf", "md", "json", "html")
VOICES = ("drafter", "employer", "staff-side", "joint", "law")
AUDIENCES = ("employer", "staff-side", "drafter")


@click.command()
@click.argument("configs", metavar="CONFIG...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("out"),
    show_default=True,
    help="Folder for the files.",
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(FORMATS),
    help="Formats; several allowed.  [default: docx and md]",
)
@click.option(
    "--notes",
    type=click.Choice(NOTES),
    help="How notes are printed; a companion is a guide of its own.  [default: comments in Word, footnotes elsewhere]",
)
@click.option(
    "--voice", "voices", multiple=True, type=click.Choice(VOICES), help="Only notes in this voice; several allowed."
)
@click.option(
    "--audience",
    "audiences",
    multiple=True,
    type=click.Choice(AUDIENCES),
    help="Only notes for everyone and for this audience; several allowed.",
)
@click.option("--with-findings", is_flag=True, help="Print what the checks found as further notes.")
@click.option("--final", is_flag=True, help="Clean copy for signing: no notes, and no blank or error allowed.")
@demands
@click.option(
    "--template",
    type=str,
    help="House style for Word: a shipped name, PACK:NAME, a .docx or .dotx file, or a .yaml file.",
)
@click.option(
    "--pages",
    type=click.Choice(["auto", "off"]),
    default="auto",
    show_default=True,
    help="Page numbers in the contents, from LibreOffice when it is on the machine.",
)
@click.option("--key-terms", is_flag=True, help="Put a page of key terms before the contents.")
@click.option(
    "--replies",
    type=click.Path(path_type=Path),
    help="File of a negotiation: comments of reviewers, with the responses in their threads, in Word.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was written and what was found as JSON.")
@batch_options
@quiet_option
def build(
    configs: Sequence[Path],
    output: Path,
    formats: Sequence[str],
    notes: NotesAs | None,
    voices: Sequence[str],
    audiences: Sequence[str],
    with_findings: bool,
    final: bool,
    locked: bool,
    agreed_only: bool,
    template: str | None,
    pages: Literal["auto", "off"],
    key_terms: bool,
    replies: Path | None,
    as_json: bool,
    jobs: int | None,
    again: bool,
    report: Path | None,
) -> int:
    """Build the agreements of CONFIG.

    Several go each into a folder of their own, with the name of their file; so does one with -j, --again or --report.
    One that fails does not concern the others, and the same command builds only what is missing or has changed.
    Exit code 1 when one fails, or when an error is found in an agreement.

    \b
    Examples:
      agreementkit build examples/suffolk-ccgs.yaml -o out
      agreementkit build agreement.yaml --format md --notes inline
      agreementkit build agreement.yaml -o signed --final --format docx --format pdf
      agreementkit build agreement.yaml --notes companion --audience staff-side
      agreementkit build agreement.yaml -o signed --final --agreed-only --locked
      agreementkit build agreement.yaml -o round-2 --replies negotiation.json
      agreementkit build region/*.yaml -o out -j 4 --report report.json
    """
    options: dict[str, Any] = {
        "notes": notes,
        "voices": voices or None,
        "audiences": audiences or None,
        "with_findings": with_findings,
        "final": final,
        "agreed_only": agreed_only,
        "template": template,
        "pages": pages,
        "key_terms": key_terms,
        "locked": locked,
    }
    formats = formats or ("docx", "md")
    several = len(configs) > 1 or jobs is not None or again or report is not None
    if replies is not None and several:
        raise click.UsageError("--replies is of the negotiation of one configuration; build it alone")
    if several:
        return build_batch(configs, output, formats, options, jobs=jobs, again=again, report=report, as_json=as_json)
    return build_one(configs[0], output, formats, options, replies=replies, as_json=as_json)
