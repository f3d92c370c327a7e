"""Comments of reviewers on their way back into a draft, each with the answers to it and its place.

These are no notes: a note is the bank's or the house's and explains the text, a thread is somebody's remark on it. No
word and no number of an agreement depends on a thread. Only Word can show them; the other formats leave them out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_WHEN = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::(\d\d))?)?")
_MIDNIGHT = "00:00"


@dataclass(frozen=True, slots=True)
class Remark:
    """What one person says.

    Attributes:
        author: Who says it.
        text: The words; lines are paragraphs.
        when: Date, or date and time, in ISO form; "" where nobody knows.
        initials: Short form of the author; "" to make one from the name.
    """

    author: str
    text: str
    when: str = ""
    initials: str = ""

    @property
    def stamp(self) -> str:
        """Date and time as Word wants them, or "" where they cannot be told."""
        found = _WHEN.match(self.when)
        return f"{found[1]}T{found[2] or _MIDNIGHT}:{found[3] or '00'}Z" if found else ""


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with its answers.

    Attributes:
        division: Id of the division it stands on; one that is not there means the first of the agreement.
        remark: The comment.
        replies: The answers, in order.
        quote: The words it is on; "" for the whole paragraph.
        opening: How the paragraph begins, where the division has several: the term of a definition.
        done: Whether it is resolved.
    """

    division: str
    remark: Remark
    replies: tuple[Remark, ...] = ()
    quote: str = ""
    opening: str = ""
    done: bool = False
