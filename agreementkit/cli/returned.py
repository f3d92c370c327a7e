"""The command `returned`. Imports of the library happen inside it, so that `--help` is quick."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from agreementkit.cli.exits import DONE, FINDINGS

if TYPE_CHECKING:
    from agreementkit.returned import Edit, Location, Returned, ReturnedComment

_VIEWS = ("original", "final", "marked")
_MARKS = str.maketrans({"\n": " ", "\t": " "})


@click.command("returned")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--agreement",
    "source",
    type=click.Path(path_type=Path),
    metavar="SENT",
    help="The agreement as it was sent: a .json that was built, or the configuration.",
)
@click.option("--as", "view", type=click.Choice(_VIEWS), help="Print the words of the file in this view instead.")
@click.option("--json", "as_json", is_flag=True, help="Print edits, comments and findings as JSON.")
def returned(file: Path, source: Path | None, view: str | None, as_json: bool) -> int:
    """Show what was done to FILE, a Word file that came back: edits and comments, clause by clause.

    Tracked changes are told with their author; what nobody tracked is found by comparing with what was sent. The file
    is not changed, nothing in it is run, and nothing is fetched. Exit code 1 when it is of another agreement.

    \b
    Examples:
      agreementkit returned back.docx --agreement out/recognition-agreement.json
      agreementkit returned back.docx --agreement agreement.yaml --json
      agreementkit returned back.docx --as marked
    """
    from agreementkit.cli.show import print_diagnostics, print_json, working
    from agreementkit.returned import Returned, sent_agreement

    if view and as_json:
        raise click.UsageError("--as prints words and --json data; choose one")
    with working("Reading", quiet=as_json):
        back = Returned.load(file, sent_agreement(file, source) if source else None)
    if as_json:
        print_json(back.as_dict())
        return DONE if back.report.ok else FINDINGS
    print_diagnostics(back.report)
    if view:
        click.echo(back.text(view), nl=False)  # type: ignore[arg-type]
    else:
        for line in _lines(back):
            click.echo(line)
    return DONE if back.report.ok else FINDINGS


def _lines(back: Returned) -> Iterator[str]:
    """Yield edits and comments by place, in the order of the file."""
    said = [one for one in back.comments if not one.own]
    yield f"{back.file}: {_many(len(back.edits), 'edit')}, {_many(len(said), 'comment')}"
    by_place: dict[tuple[int, str], list[str]] = {}
    for edit in back.edits:
        by_place.setdefault((back.position(edit.place), _named(edit.place)), []).append(_edit(edit))
    for comment in said:
        by_place.setdefault((back.position(comment.place), _named(comment.place)), []).append(_comment(comment))
    for (_, place), found in sorted(by_place.items()):
        yield f"\n{click.style(place, bold=True)}"
        yield from (f"  {line}" for line in found)


def _named(place: Location) -> str:
    if not place.placed:
        return f"Not placed ({place.heading})" if place.heading else "Not placed"
    return " ".join(filter(None, (place.number, place.heading, f"[{place.id}]")))


def _edit(edit: Edit) -> str:
    who = (
        f" ({edit.author or 'somebody'}{', ' + edit.when[:10] if edit.when else ''})"
        if edit.tracked
        else " (not tracked)"
    )
    name = f"{edit.path}: " if edit.path else ""
    before, after = _short(edit.before), _short(edit.after)
    if edit.kind == "moved":
        said = f"{before!r} to {_named(edit.to) if edit.to else 'another place'}"
    elif edit.kind == "formatted":
        said = f"{before!r}: {edit.detail}"
    elif edit.kind in ("split", "merged"):
        said = repr(_short(edit.new))
    else:
        said = " -> ".join(repr(one) for one in (before, after) if one) or "''"
    whole = " paragraph" if edit.whole else ""
    sure = (
        "" if edit.place.confidence >= 1 or not edit.place.by else f" [by {edit.place.by}, {edit.place.confidence:.0%}]"
    )
    return f"{edit.kind}{whole} {name}{said}{who}{sure}"


def _comment(one: ReturnedComment) -> str:
    comment = one.comment
    what = "reply" if comment.parent else "comment"
    on = f" on {_short(comment.quote)!r}" if comment.quote else ""
    done = ", resolved" if comment.done else ""
    return f"{what}{on}: {_short(comment.text, 200)!r} ({comment.author or 'somebody'}{done})"


def _short(text: str, most: int = 70) -> str:
    text = " ".join(text.translate(_MARKS).split())
    return text if len(text) <= most else f"{text[: most - 2].rstrip()} …"


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
