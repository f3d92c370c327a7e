"""A reviewer's comment, the file it came in, and the place in the log where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from agreementkit.writers.identity import Identity

SIDES = {"employer": "Employer side", "staff-side": "Staff side", "other": "Other"}
"""Sides a reviewer may be on, and their names in print."""

KINDS = {"comment": "Comment", "question": "Question", "objection": "Objection", "agreement": "Agreed"}
"""Kinds of comment, and their names in print."""


@dataclass(frozen=True, slots=True)
class ReviewComment:
    """One comment of a reviewer.

    Attributes:
        id: The same in every file that holds this comment.
        name: Who wrote it.
        side: `employer`, `staff-side`, `other`, or "" where nobody said.
        kind: `comment`, `question`, `objection` or `agreement`.
        when: Date and time in ISO form as the file has it, or "".
        text: What it says; may be empty where it proposes a wording.
        proposed: The wording it proposes, or "".
        quote: The words it is about.
        clause: Id of the clause, or "".
        paragraph: Id of the paragraph; the name of its bookmark where only that is known; "" where it stands nowhere.
        term: Id of the definition it is about, or "".
        number: Number of the paragraph as the file printed it, or "".
        reply_to: Beginning of the note or comment that it answers, or "".
        resolved: Whether it is marked as resolved.
        files: Names of the files that hold it.
    """

    id: str
    name: str
    side: str
    kind: str
    when: str
    text: str
    proposed: str
    quote: str
    clause: str
    paragraph: str
    term: str = ""
    number: str = ""
    reply_to: str = ""
    resolved: bool = False
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewFile:
    """A file of comments that was read.

    Attributes:
        file: Its name.
        identity: Which agreement it is of; None where the file does not say.
        comments: The comments in it.
        own_notes: How many notes of the agreement itself it holds, which are no comments of a reviewer.
    """

    file: str
    identity: Identity | None
    comments: tuple[ReviewComment, ...]
    own_notes: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the log with the comments on it.

    Attributes:
        precedent: Precedent id of the agreement; "" where no file said.
        title: Title of the agreement.
        clause: Id of the clause or schedule it stands in.
        paragraph: Id of the paragraph; "" for what could not be placed.
        number: Its number in print: `7.2(a)`, or that of a definition with its term.
        heading: Heading of the clause.
        comments: The comments in the order in which they were written.
    """

    precedent: str
    title: str
    clause: str
    paragraph: str
    number: str
    heading: str
    comments: tuple[ReviewComment, ...]

    @property
    def placed(self) -> bool:
        """Whether the comments stand on a provision of the agreement."""
        return bool(self.paragraph)
