"""Edits made by LibreOffice in an agreement of the small bank, and which of them are found at their clause.

`python tests/support/round_trip.py` prints the table.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from libreoffice import edited_by_libreoffice
from small import configured, small_bank

import agreementkit as ak
from agreementkit.returned import Edit, Returned
from agreementkit.writers import WRITERS, WriteOptions


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is done in LibreOffice.

    Attributes:
        what: What it is, in words.
        basic: The line of Basic that does it.
        kind: Kind of the edit that has to be found.
        tracked: Whether it is tracked when the file is saved.
        division: Where it has to be found.
        words: Words that it has to have, before or after.
    """

    what: str
    basic: str
    kind: str
    tracked: bool
    division: str
    words: str


STEPS = (
    Step("words struck out, not tracked", 'Strike " first."', "deleted", False, "disputes/start", "first."),
    Step("a value, not tracked", 'Overwrite "6 months", "9 months"', "value", False, "single/only", "9 months"),
    Step("a paragraph, untracked", 'Below "wholly", "by agency; or"', "inserted", False, "disputes/~3/~2/~1", "agency"),
    Step("words put in, accepted since", 'PutIn "locks out", " or in"', "inserted", False, "disputes/~3/~2", "or in"),
    Step("words put in", 'PutIn "the case", " and the day"', "inserted", True, "time-off/amount", "and the day"),
    Step("words struck out", 'Strike "affect "', "deleted", True, "meaning/headings", "affect"),
    Step("a value", 'Overwrite "28 days", "42 days"', "value", True, "time-off/notice", "42 days"),
    Step("a paragraph cut in two", 'CutIn "reasonable time off"', "split", True, "time-off/duties", "with pay."),
    Step("a paragraph taken out", 'TakeOut "strikes; or"', "deleted", True, "disputes/~3/~1", "strikes; or"),
    Step("a paragraph moved", 'MoveDown "Local stage"', "moved", True, "disputes/stage-1", "Local stage"),
    Step("bold", 'Embolden "Employer recognises"', "formatted", True, "meaning/terms", "Employer recognises"),
    Step("words in a table", 'PutIn "with members", " here"', "inserted", True, "scope/~1", "here"),
    Step("a definition", 'PutIn "an employee elected", " or named"', "inserted", True, "meaning/terms", "or named"),
    Step("a schedule", 'PutIn "a board", " and a wall"', "inserted", True, "facilities/board", "and a wall"),
    Step("a signature block", 'PutIn "Signed for ", "and by "', "inserted", True, "sign-employer-1", "and by"),
    Step("a comment", 'Remark "Refusals go", "Why?"', "comment", True, "time-off/refusal", "Why?"),
)  # fmt: skip
ACCEPTED = 4
"""Of the steps, how many were done before all changes were accepted; from the last of them on, changes are tracked."""


def agreement() -> ak.Agreement:
    """Return the agreement that is edited."""
    return ak.assemble(configured(), small_bank())["recognition"]


def edit(folder: Path, sent: ak.Agreement) -> bytes:
    """Return the agreement's Word file with all steps done in LibreOffice."""
    lines = ["Track False", *(one.basic for one in STEPS[: ACCEPTED - 1]), "Track True", STEPS[ACCEPTED - 1].basic]
    lines += ['Do_ "AcceptAllTrackedChanges"', *(one.basic for one in STEPS[ACCEPTED:])]
    return edited_by_libreoffice(WRITERS["docx"].write(sent.document, WriteOptions()), "\n".join(lines), folder)


def found(step: Step, back: Returned) -> bool:
    """Whether a step is among what was found, as what it is and where it was done."""
    if step.kind == "comment":
        return any(one.place.id == step.division and one.comment.text == step.words for one in back.comments)
    return any(_is(step, one) for one in back.edits)


def _is(step: Step, one: Edit) -> bool:
    said = f"{one.before} {one.after} {one.new}"
    return (one.kind, one.tracked, one.place.id) == (step.kind, step.tracked, step.division) and step.words in said


def table(back: Returned) -> str:
    """Return the table of steps and what became of them, in Markdown."""
    rows = [f"| {one.what} | {one.division} | {'yes' if found(one, back) else 'NO'} |" for one in STEPS]
    return "\n".join(["| Edit in LibreOffice | in | found there |", "| --- | --- | --- |", *rows])


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        made = agreement()
        read = Returned.read(edit(Path(name), made), made)
    print(table(read))
    for other in read.edits:
        if not any(_is(step, other) for step in STEPS):
            print("besides:", other)
