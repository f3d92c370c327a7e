"""Commands and options. Imports of the library happen inside the commands, so that `--help` is quick."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from agreementkit import __version__
from agreementkit.cli.building import batch_options, build_batch, build_one
from agreementkit.cli.compare import compare
from agreementkit.cli.doctor import clause_ids, completion, doctor
from agreementkit.cli.exits import BUG, DONE, FINDINGS, WARNINGS
from agreementkit.cli.explain import explain
from agreementkit.cli.giving import quiet_option
from agreementkit.cli.init import init
from agreementkit.cli.lock import lock
from agreementkit.cli.packs import pack
from agreementkit.cli.proposals import proposals
from agreementkit.cli.returned import returned
from agreementkit.cli.review import review
from agreementkit.cli.schema import schema
from agreementkit.cli.search import search
from agreementkit.cli.templates import template
from agreementkit.cli.terms import calendar, key_terms

if TYPE_CHECKING:
    from agreementkit.agreement import AgreementSet, NotesAs

NOTES = ("comments", "footnotes", "inline", "companion", "none")
FINDINGS_ONLY, MATRIX_ONLY = ("sarif", "github"), ("md", "csv")
CHECK_FORMATS = ("text", "json", *FINDINGS_ONLY, *MATRIX_ONLY)
FORMATS = ("docx", "pdf", "md", "json", "html")
VOICES = ("drafter", "employer", "staff-side", "joint", "law")
AUDIENCES = ("employer", "staff-side", "drafter")
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(context_settings=CONTEXT)
@click.version_option(__version__, prog_name="agreementkit")
def app() -> None:
    """Make annotated Partnership and Trade Union Recognition Agreements.

    \b
    Start here:
      agreementkit build examples/suffolk-ccgs.yaml -o out

    Exit codes: 0 done, 1 findings that are errors, 2 wrong command line, 3 warnings with --fail-on warning,
    70 a fault of agreementkit itself.
    """


def _config_argument(function: Any) -> Any:
    return click.argument("config", type=click.Path(path_type=Path))(function)


def _demands(function: Any) -> Any:
    """Add the options that demand more than a sound set."""
    only = "Refuse texts that no body has agreed, or that are superseded."
    function = click.option("--agreed-only", is_flag=True, help=only)(function)
    same = "Refuse when anything is not as CONFIG's lock file has it."
    return click.option("--locked", is_flag=True, help=same)(function)


def _assemble(config: Path, *, locked: bool = False) -> AgreementSet:
    from agreementkit.agreement import assemble
    from agreementkit.config import Config

    return assemble(Config.load(config), locked=locked)


@app.command()
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
@_demands
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


@app.command()
@_config_argument
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
@_demands
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
    agreements = _assemble(config, locked=locked)
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


@app.command()
@_config_argument
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

    chosen = list(choose_agreements(_assemble(config), only))
    if as_json:
        keys = ("agreement", "number", "id", "heading")
        print_json([{key: row[key] for key in keys} for one in chosen for row in one.table() if row["heading"]])
        return DONE
    for number, agreement in enumerate(chosen):
        click.echo(("\n" if number else "") + click.style(agreement.title, bold=True))
        click.echo(agreement.outline())
    return DONE


@app.command()
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
        show_provision(_assemble(config), clause, only)
    return DONE


app.add_command(template)
app.add_command(compare)
app.add_command(calendar)
app.add_command(key_terms)
app.add_command(explain)
app.add_command(init)
app.add_command(lock)
app.add_command(pack)
app.add_command(proposals)
app.add_command(returned)
app.add_command(review)
app.add_command(schema)
app.add_command(doctor)
app.add_command(completion)
app.add_command(search)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    gc.set_threshold(50_000, 20, 20)  # trees hold no circles; looking for them takes a tenth of a short run
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    from agreementkit.errors import AgreementKitError

    try:
        result = app.main(args=arguments, prog_name="agreementkit", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.Abort:
        click.echo("Stopped.", err=True)
        return 130
    except AgreementKitError as error:
        from agreementkit.cli.show import print_errors, print_json

        if "--json" in (sys.argv[1:] if arguments is None else arguments):
            print_json({"faults": [one.as_dict() for one in error.diagnostics]})
        else:
            print_errors(error.diagnostics)
        return FINDINGS
    except BrokenPipeError:
        return DONE
    except Exception as error:  # noqa: BLE001 - the last line of defence says so and keeps the details
        import traceback

        traceback.print_exc()
        click.echo(
            f"\nThis is a fault of agreementkit ({type(error).__name__}), not of your files. Please report "
            "it with the lines above.",
            err=True,
        )
        return BUG
    return result if isinstance(result, int) else DONE
