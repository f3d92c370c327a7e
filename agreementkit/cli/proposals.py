"""Commands that take changes home from returned files. Imports of the library happen inside, for a quick `--help`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from agreementkit.cli.exits import DONE, FINDINGS
from agreementkit.cli.giving import give, is_quiet, quiet_option, say, wrote

if TYPE_CHECKING:
    from collections.abc import Callable

    from agreementkit.agreement import AgreementSet
    from agreementkit.proposing import Proposals
    from agreementkit.proposing.proposal import Status

FORMS = ("text", "md", "json")
_COLOURS = {"open": "yellow", "accepted": "green", "rejected": "red", "deferred": "cyan", "done": "white"}

_decisions_option = click.option(
    "--decisions",
    "decisions",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="File that keeps the proposals and what was decided; .json or .yaml.",
)
_config_option = click.option(
    "-c",
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Configuration of the agreements.  [default: the one that the decisions were listed with]",
)


@click.group("proposals")
def proposals() -> None:
    """Take changes home: values into the configuration, wordings into a pack."""


@proposals.command("list")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@_config_option
@click.option(
    "--agreement",
    "sent",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="SENT",
    help="An agreement as it was sent, built as .json, where it is not what the configuration makes now.",
)
@click.option(
    "--decisions",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File that keeps the proposals and what is decided; .json or .yaml. Those of FILES are added to it.",
)
@click.option(
    "--format", "form", type=click.Choice(FORMS), default="text", show_default=True, help="How to print them."
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@quiet_option
def proposals_list(
    files: Sequence[Path], config: Path | None, sent: Sequence[Path], decisions: Path | None, form: str, as_json: bool
) -> int:
    """List what was changed in FILES, Word files that came back, as proposals.

    A value that was written over becomes another value for its setting, checked at once. Every other change of words
    becomes an amendment for a pack. Each is tried: accepting it gives exactly what it says, or it says why not.
    Without FILES the proposals of the file of decisions are listed.

    \b
    Examples:
      agreementkit proposals list back.docx -c agreement.yaml --decisions round-1.yaml
      agreementkit proposals list --decisions round-1.yaml --format md > round-1.md
    """
    from agreementkit.cli.show import print_diagnostics, print_json, working
    from agreementkit.proposing import proposals_of
    from agreementkit.proposing.files import returned_files
    from agreementkit.proposing.proposals import given_of
    from agreementkit.proposing.saved import read_file

    if not files and decisions is None:
        raise click.UsageError("name returned files, or a file of decisions with --decisions")
    given, decided, known = read_file(decisions) if decisions and decisions.exists() else ([], {}, None)
    agreements = _agreements(config, known)
    with working("Trying the proposals", quiet=is_quiet() or as_json):
        new = [one for back in returned_files(files, agreements, sent) for one in given_of(back)]
        made = proposals_of(list(dict.fromkeys([*given, *new])), agreements, decisions=decided)
    form = "json" if as_json else form
    if decisions and files:
        path = made.save(decisions)
        if form == "text":
            wrote([path])
    if form == "json":
        print_json(made.as_dict())
    elif form == "md":
        give(made.write("md"), None)
    else:
        print_diagnostics(made.report)
        _print(made)
    return DONE


def _deciding(status: Status, name: str, words: str) -> Callable[..., int]:
    @click.argument("ids", nargs=-1, required=True)
    @_decisions_option
    @_config_option
    @click.option("--by", default="", help="Who decides: a role or a body, such as `Joint Forum`.")
    @click.option("--note", default="", help="What was said about it.")
    @click.option("--on", default="", help="Day of the decision, such as 2026-05-01.")
    @quiet_option
    def decide(ids: Sequence[str], decisions: Path, config: Path | None, by: str, note: str, on: str) -> int:
        from agreementkit.proposing.saved import read_decisions, read_file

        known = read_file(decisions)[2]
        made = read_decisions(decisions, _agreements(config, known)).decide(ids, status, by=by, note=note, on=on)
        made.save(decisions)
        for id_ in ids:
            say(f"{id_} {words}")
        return DONE

    shown = "taken back to open" if status == "open" else words
    decide.__doc__ = f"""Record that the proposals IDS are {shown}.

    \b
    Example:
      agreementkit proposals {name} w-1f3c9a02 v-88ab03de --decisions round-1.yaml --by "Joint Forum"
    """
    return proposals.command(name)(decide)


_deciding("accepted", "accept", "accepted")
_deciding("rejected", "reject", "rejected")
_deciding("deferred", "defer", "deferred")
_deciding("open", "reopen", "open again")


@proposals.command("apply")
@_decisions_option
@click.option(
    "-c",
    "--config",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Configuration; it is changed.",
)
@click.option(
    "--into",
    "pack",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the pack for wordings, new or not.",
)
@click.option("--id", "pack_id", default="", help="Id of a new pack.  [default: the name of its folder]")
@click.option("--title", default="", help="Title of a new pack.")
@quiet_option
def proposals_apply(decisions: Path, config: Path, pack: Path | None, pack_id: str, title: str) -> int:
    """Write what was accepted: wordings into the pack, values into the configuration, which then names the pack.

    The agreements are assembled first, and have to say what was accepted. All is written, or nothing.

    \b
    Example:
      agreementkit proposals apply --decisions round-1.yaml -c agreement.yaml --into packs/agreed
    """
    from agreementkit.agreement import assemble
    from agreementkit.cli.show import print_diagnostics
    from agreementkit.config import Config
    from agreementkit.proposing.saved import read_decisions

    made = read_decisions(decisions, assemble(Config.load(config)))
    if made.wordings and any(one in made.accepted for one in made.wordings) and pack is None:
        raise click.UsageError("wordings were accepted; name the folder of a pack for them with --into")
    written = made.write_all(pack, config, pack_id=pack_id, title=title) if pack else made.write_config(config)
    wrote(written)
    if not written:
        say("Nothing was accepted that is not in the agreement already; nothing was written.")
        return DONE
    after = assemble(Config.load(config))
    print_diagnostics(after.report, blanks_as_one=True)
    return DONE if after.report.ok else FINDINGS


def _agreements(config: Path | None, known: Path | None) -> AgreementSet:
    from agreementkit.agreement import assemble
    from agreementkit.config import Config

    config = config or known
    if config is None:
        raise click.UsageError("name the configuration with -c")
    return assemble(Config.load(config))


def _print(made: Proposals) -> None:
    for row in made.table():
        head = click.style(row["id"], bold=True)
        state = click.style(row["status"], fg=_COLOURS[row["status"]])
        who = f", proposed by {row['author']}" if row["author"] else ""
        say(f"{head}  {state}  {row['agreement']}, {row['where']}{who}")
        say(f"    {row['proposal']}")
        for name in ("reason", "remarks", "note"):
            if row[name]:
                say(f"    {name}: {row[name]}")
    counts = repr(made)[1:-1]
    say(counts)
