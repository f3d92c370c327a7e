"""Commands about issues and rounds of a negotiation; the library is imported inside them, for a quick `--help`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

import click

from agreementkit.cli.exits import DONE
from agreementkit.cli.giving import give, quiet_option, say, wrote

if TYPE_CHECKING:
    from agreementkit.agreement import Agreement
    from agreementkit.negotiating.files import Form
    from agreementkit.negotiating.model import Stage

ISSUE_FORMS = ("md", "html", "json", "docx", "xlsx")
STAGES = ("forum", "members")
_BYTES = ("docx", "xlsx")


def _agreements(function: Any) -> Any:
    """Add the options that say which agreements it is about."""
    sent = "Agreement as it was sent, built with --format json; several allowed, earlier versions, too."
    function = click.option("--agreement", "sent", multiple=True, type=click.Path(path_type=Path), help=sent)(function)
    given = "Configuration of the agreements."
    return click.option("-c", "--config", type=click.Path(path_type=Path), help=given)(function)


def _output(function: Any) -> Any:
    """Add the options that say where to and in which form."""
    form = "Form.  [default: by the name of the file, else md]"
    function = click.option("--format", "form", type=click.Choice(ISSUE_FORMS), help=form)(function)
    into = "File to write.  [default: printed]"
    path = click.Path(path_type=Path, dir_okay=False)
    return click.option("-o", "--output", type=path, help=into)(function)


def _date(function: Any) -> Any:
    return click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="The day.  [default: today]")(function)


@click.command("issues")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@_agreements
@_output
@_date
@quiet_option
def issues(
    files: Sequence[Path],
    config: Path | None,
    sent: Sequence[Path],
    output: Path | None,
    form: str | None,
    date: dt.datetime | None,
) -> int:
    """Make one table of issues from the FILES that came back.

    FILES are returned Word files, with comments and changes, and comments saved from review copies (.json). The JSON
    can be kept: `review update` takes in what people fill in in the spreadsheet.

    \b
    Examples:
      agreementkit review issues returned/*.docx returned/*.json -c agreement.yaml -o issues.xlsx
      agreementkit review issues returned/*.docx --agreement sent/recognition-agreement.json -o issues.docx
    """
    from agreementkit.cli.show import print_diagnostics
    from agreementkit.negotiating.files import write_issues
    from agreementkit.negotiating.places import Places
    from agreementkit.negotiating.rounds import issues_of

    agreements = _load(config, sent)
    kept, report = issues_of(files, agreements, _day(date))
    print_diagnostics(report)
    _write(output, form, lambda wanted: write_issues(kept, wanted, Places(agreements)))
    return DONE


@click.command("update")
@click.argument("negotiation", type=click.Path(path_type=Path))
@click.argument("filled", nargs=-1, required=True, type=click.Path(path_type=Path))
@_date
@quiet_option
def update(negotiation: Path, filled: Sequence[Path], date: dt.datetime | None) -> int:
    """Take into NEGOTIATION what people filled in in spreadsheets or JSON of its issues.

    Status, owner, due date and response are read; rows that nobody touched change nothing.

    \b
    Example:
      agreementkit review update issues.json issues.xlsx
    """
    from agreementkit.negotiating import rounds
    from agreementkit.negotiating.files import read_filled
    from agreementkit.negotiating.kept import read_kept

    kept = read_kept(negotiation)
    after, changed = rounds.update(kept, read_filled(filled, kept), date=_day(date))
    _keep(negotiation, after)
    say(f"Changed: {', '.join(changed)}" if changed else "Nothing was filled in.")
    return DONE


@click.group("round")
def round_() -> None:
    """Keep the rounds of a negotiation in one file."""


@round_.command("start")
@click.argument("negotiation", type=click.Path(path_type=Path))
@_agreements
@click.option("--stage", type=click.Choice(STAGES), help="Stage of a consultation in two stages.")
@click.option("--answers-by", help="In whose name responses are written.  [default: Joint secretaries]")
@_date
@quiet_option
def start(
    negotiation: Path,
    config: Path | None,
    sent: Sequence[Path],
    stage: str | None,
    answers_by: str | None,
    date: dt.datetime | None,
) -> int:
    """Begin a round in NEGOTIATION, which is made if it is not there, with what is sent out.

    \b
    Examples:
      agreementkit review round start negotiation.json -c agreement.yaml --stage forum
      agreementkit review round start negotiation.json -c agreement.yaml --stage members
    """
    from dataclasses import replace

    from agreementkit.negotiating import rounds
    from agreementkit.negotiating.kept import read_kept
    from agreementkit.negotiating.model import Negotiation

    kept = read_kept(negotiation) if negotiation.exists() else Negotiation()
    if answers_by:
        kept = replace(kept, answers_by=" ".join(answers_by.split()))
    before = kept.round
    chosen = cast("Stage", stage or (before.stage if before else ""))
    after = rounds.begin(kept, _load(config, sent), stage=chosen, date=_day(date))
    _keep(negotiation, after)
    say(f"{after.rounds[-1].name} has begun.")
    return DONE


@round_.command("add")
@click.argument("negotiation", type=click.Path(path_type=Path))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@_agreements
@_date
@quiet_option
def add(
    negotiation: Path, files: Sequence[Path], config: Path | None, sent: Sequence[Path], date: dt.datetime | None
) -> int:
    """Add FILES that came back to the newest round of NEGOTIATION.

    What came back in an earlier round already is recognised and not counted again.

    \b
    Example:
      agreementkit review round add negotiation.json returned/*.docx returned/*.json -c agreement.yaml
    """
    from agreementkit.cli.show import print_diagnostics
    from agreementkit.negotiating import rounds
    from agreementkit.negotiating.kept import read_kept

    kept = read_kept(negotiation)
    after, report = rounds.add(kept, files, _load(config, sent), date=_day(date))
    _keep(negotiation, after)
    print_diagnostics(report)
    fresh = len(after.points) - len(kept.points)
    again = len(after.rounds[-1].again) - len(kept.rounds[-1].again)
    points = "1 new point" if fresh == 1 else f"{fresh} new points"
    total = "1 issue" if len(after.issues) == 1 else f"{len(after.issues)} issues"
    say(f"{after.rounds[-1].name}: {points}, {again} known; {total} in all.")
    return DONE


@round_.command("report")
@click.argument("negotiation", type=click.Path(path_type=Path))
@_agreements
@click.option(
    "--show",
    type=click.Choice(["report", "issues", "responses"]),
    default="report",
    show_default=True,
    help="What became of every point, the table of issues, or the response to every point.",
)
@click.option("--stage", type=click.Choice(STAGES), help="Responses only: points of this stage.")
@_output
@quiet_option
def report(
    negotiation: Path,
    config: Path | None,
    sent: Sequence[Path],
    show: Literal["report", "issues", "responses"],
    stage: str | None,
    output: Path | None,
    form: str | None,
) -> int:
    """Report on NEGOTIATION: what became of every point of every round.

    With the agreements as they are now it also says which points the text already answers.

    \b
    Examples:
      agreementkit review round report negotiation.json -c agreement.yaml -o report.docx
      agreementkit review round report negotiation.json --show issues -o issues.xlsx
      agreementkit review round report negotiation.json --show responses --stage members -o responses.docx
    """
    from agreementkit.negotiating.files import write_issues, write_report, write_responses
    from agreementkit.negotiating.kept import read_kept
    from agreementkit.negotiating.places import Places

    kept = read_kept(negotiation)
    places = Places(_load(config, sent))
    if show == "responses":
        if (form or (output.suffix if output else "")).lstrip(".").lower() == "xlsx":
            raise click.UsageError(
                "responses are written as md, html, json or docx; for a spreadsheet use --show issues"
            )
        _write(output, form, lambda wanted: write_responses(kept, wanted, places, cast("Stage | None", stage)))
    elif show == "issues":
        _write(output, form, lambda wanted: write_issues(kept, wanted, places))
    else:
        _write(output, form, lambda wanted: write_report(kept, wanted, places))
    return DONE


@round_.command("close")
@click.argument("negotiation", type=click.Path(path_type=Path))
@click.option("--anyway", is_flag=True, help="Close it although points have no response.")
@_date
@quiet_option
def close(negotiation: Path, anyway: bool, date: dt.datetime | None) -> int:
    """Close the newest round of NEGOTIATION; refused while a point of its stage has no response.

    \b
    Example:
      agreementkit review round close negotiation.json
    """
    from agreementkit.negotiating import rounds
    from agreementkit.negotiating.kept import read_kept

    after = rounds.close(read_kept(negotiation), date=_day(date), anyway=anyway)
    _keep(negotiation, after)
    say(f"{after.rounds[-1].name} is closed.")
    return DONE


def _load(config: Path | None, sent: Sequence[Path]) -> list[Agreement]:
    from agreementkit.agreement import Agreement, assemble
    from agreementkit.config import Config

    made = list(assemble(Config.load(config))) if config else []
    return [*made, *(Agreement.load(path) for path in sent)]


def _day(date: dt.datetime | None) -> str:
    from agreementkit.agreement import _today

    return (date.date() if date else _today()).isoformat()


def _keep(path: Path, kept: Any) -> None:
    from agreementkit.negotiating.kept import to_json
    from agreementkit.saving import save_all

    save_all(path.parent, [(path.name, to_json(kept).encode())])


def _write(output: Path | None, form: str | None, made: Callable[[Form], bytes]) -> None:
    from agreementkit.saving import save_all

    ending = output.suffix.lstrip(".").lower() if output else ""
    chosen = cast("Form", form or (ending if ending in ISSUE_FORMS else "md"))
    if output is None:
        if chosen in _BYTES:
            raise click.UsageError(f"a {chosen} file cannot be printed; name it with -o")
        give(made(chosen).decode(), None)
        return
    wrote(save_all(output.parent, [(output.name, made(chosen))]))
