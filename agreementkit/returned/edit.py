"""What somebody did to a file before it came back: one edit, and the place in the agreement where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

EditKind = Literal["inserted", "deleted", "replaced", "moved", "split", "merged", "formatted", "value"]
"""What was done. A `value` is a value of the configuration that was written over."""

By = Literal["bookmark", "control", "text", "neighbour", ""]
"""How a place was recognised: a bookmark, the tag of a content control, its words, what stands around it."""


@dataclass(frozen=True, slots=True)
class Location:
    """A place in the agreement as it was sent.

    Attributes:
        id: Id of the division, clause or paragraph; "" where it could not be placed.
        clause: Id of the clause, schedule or other division at the top that it belongs to.
        number: Its number in the agreement as it was sent.
        heading: Heading of the clause.
        term: Id of the definition, where it is one.
        block: Which block of the division, from 0; -1 for the heading.
        row: Which item, row or line of the block, from 0.
        by: How it was recognised.
        confidence: How sure that is, from 0 to 1; 1 for a bookmark or a control.
    """

    id: str = ""
    clause: str = ""
    number: str = ""
    heading: str = ""
    term: str = ""
    block: int = -1
    row: int = 0
    by: By = ""
    confidence: float = 0.0

    @property
    def placed(self) -> bool:
        """Whether it is a place in the agreement."""
        return bool(self.id)


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing that was done to the file.

    Attributes:
        id: The same whenever the same file is read.
        kind: What was done.
        tracked: Whether the file says so itself; what it does not say was found by comparing.
        author: Who did it; "" where nobody tracked it.
        when: Date and time as the file has it, or "".
        place: Where it stands. Of something new: behind which paragraph of ours.
        before: The words that were there.
        after: The words that are there now.
        old: The whole paragraph as it was sent; "" of a new one.
        new: The whole paragraph as it came back, with every tracked change accepted; "" of one that is gone.
        whole: Whether a whole paragraph was added, taken out or moved.
        to: Where it was moved to.
        path: Path of the value in the configuration: `time_off.notice_days`.
        detail: What was done to the look: `bold`, `style Heading 2`.
    """

    id: str
    kind: EditKind
    tracked: bool
    author: str
    when: str
    place: Location
    before: str = ""
    after: str = ""
    old: str = ""
    new: str = ""
    whole: bool = False
    to: Location | None = None
    path: str = ""
    detail: str = ""
