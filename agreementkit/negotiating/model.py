"""What a negotiation is made of: rounds, the points that came back in each, and the issues that they belong to.

A *point* is one thing that one reviewer said or did: a comment, a proposed wording, a change in the text. It is never
changed once it is there. An *issue* is what has to be decided: all points, of all rounds, on the same words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

NEGOTIATION_FORMAT = "agreementkit-negotiation/1"
"""Name and version of the file that keeps a negotiation."""

Status = Literal["open", "agreed", "accepted", "rejected", "deferred", "resolved"]
STATUSES: Mapping[Status, str] = {
    "open": "Open",
    "agreed": "Agreed",
    "accepted": "Accepted",
    "rejected": "Rejected",
    "deferred": "Deferred",
    "resolved": "Resolved",
}
"""What an issue can be, and how it is printed."""

DECIDED = frozenset({"agreed", "accepted", "rejected", "resolved"})
"""What an issue is when nothing is left to decide."""

Stage = Literal["", "forum", "members"]
STAGES: Mapping[Stage, str] = {
    "": "",
    "forum": "Stage one, in the forum",
    "members": "Stage two, with members",
}
"""Stages of a consultation in two stages, and their names in print."""

PointKind = Literal[
    "comment", "question", "objection", "agreement", "wording",
    "inserted", "deleted", "replaced", "moved", "split", "merged", "formatted", "value",
]  # fmt: skip
POINT_KINDS: Mapping[PointKind, str] = {
    "comment": "Comment",
    "question": "Question",
    "objection": "Objection",
    "agreement": "Agrees",
    "wording": "Proposed wording",
    "inserted": "Words added",
    "deleted": "Words taken out",
    "replaced": "Words changed",
    "moved": "Moved",
    "split": "Paragraph split",
    "merged": "Paragraphs joined",
    "formatted": "Look changed",
    "value": "Value changed",
}
"""Kinds of point, and how they are printed. Those from `wording` on ask for another text."""

REMARKS = frozenset({"comment", "question", "objection", "agreement"})
"""Kinds that ask for no particular text."""

EventKind = Literal["raised", "added", "repeated", "decided", "reopened"]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in an agreement.

    Attributes:
        agreement: Precedent id; "" where no file said.
        clause: Id of the clause or schedule.
        paragraph: Id of the paragraph; "" for what could not be placed.
        term: Id of the definition, where it is one.
        number: Its number in print when the point was made.
        heading: Heading of the clause.
    """

    agreement: str = ""
    clause: str = ""
    paragraph: str = ""
    term: str = ""
    number: str = ""
    heading: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes two places the same, whatever their numbers are."""
        return self.agreement, self.paragraph, self.term


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that one reviewer said or did.

    Attributes:
        id: Unique in the negotiation.
        round: Round in which it came first, from 1.
        kind: What it is.
        author: Whose it is; "" where nobody said.
        place: Where it stands.
        initials: Short form of the author, as Word has it.
        side: `employer`, `staff-side`, `other`, or "".
        when: Date and time as the file has it, or "".
        text: What was said.
        quote: The words a remark is about.
        before: The words that were to go.
        after: The words that were to come.
        old: The whole paragraph as it was sent, as far as it is known.
        new: The whole paragraph as it was asked for; "" where none was.
        path: Path of a changed value in the configuration.
        answers: Id of the point that it answers, or "".
        beneath: Beginning of the note or comment that it answers, or "".
        resolved: Whether its own file says that it is resolved.
        tracked: Whether a change was tracked; what was not was found by comparing.
        files: Names of the files that it came in.
    """

    id: str
    round: int
    kind: PointKind
    author: str
    place: Spot
    initials: str = ""
    side: str = ""
    when: str = ""
    text: str = ""
    quote: str = ""
    before: str = ""
    after: str = ""
    old: str = ""
    new: str = ""
    path: str = ""
    answers: str = ""
    beneath: str = ""
    resolved: bool = False
    tracked: bool = True
    files: tuple[str, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether it asks for another text."""
        return self.kind not in REMARKS


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to an issue.

    Attributes:
        round: In which round.
        kind: What happened.
        date: On which day, in ISO form, or "".
        status: What the issue was afterwards.
        response: The response that was given then, or "".
        points: The points it is about.
    """

    round: int
    kind: EventKind
    date: str = ""
    status: Status = "open"
    response: str = ""
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Issue:
    """What has to be decided.

    Attributes:
        id: Permanent: `1-03` is the third issue of round one.
        place: Where it stands; its number is that of the newest round.
        points: Ids of its points, in the order in which they came.
        status: What has been decided.
        owner: Who takes care of it.
        due: By when, in ISO form, or "".
        response: The response to its points.
        history: What happened to it, in order.
    """

    id: str
    place: Spot
    points: tuple[str, ...]
    status: Status = "open"
    owner: str = ""
    due: str = ""
    response: str = ""
    history: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Sent:
    """An agreement that was sent out: what tells this version from others."""

    precedent: str
    title: str = ""
    bank: str = ""
    digest: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """A file that came back.

    Attributes:
        file: Its name.
        agreement: Precedent id of the agreement it is of, or "".
        reviewers: Names of those who said something in it.
        points: How many points it holds.
    """

    file: str
    agreement: str = ""
    reviewers: tuple[str, ...] = ()
    points: int = 0


@dataclass(frozen=True, slots=True)
class Round:
    """One round: what was sent, and what came back.

    Attributes:
        number: From 1.
        stage: Stage of a consultation in two stages, or "".
        started: Day it began, in ISO form, or "".
        closed: Day it was closed, in ISO form; "" while it is open.
        sent: The agreements that were sent.
        received: The files that came back.
        points: The points that came first in this round.
        again: Ids of points of earlier rounds that came back in this one.
    """

    number: int
    stage: Stage = ""
    started: str = ""
    closed: str = ""
    sent: tuple[Sent, ...] = ()
    received: tuple[Received, ...] = ()
    points: tuple[Point, ...] = ()
    again: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its name in print."""
        stage = STAGES[self.stage]
        return f"Round {self.number}" + (f" ({stage[0].lower()}{stage[1:]})" if stage else "")


@dataclass(frozen=True)
class Negotiation:
    """All rounds of a negotiation with their issues.

    Attributes:
        rounds: The rounds, in order.
        issues: The issues, in the order in which they came up.
        answers_by: In whose name responses are written.
        format: Name and version of the form it is kept in.
    """

    rounds: tuple[Round, ...] = ()
    issues: tuple[Issue, ...] = ()
    answers_by: str = "Joint secretaries"
    format: str = field(default=NEGOTIATION_FORMAT)

    @cached_property
    def points(self) -> Mapping[str, Point]:
        """Every point of every round, by id, in the order in which they came."""
        return {point.id: point for one in self.rounds for point in one.points}

    @cached_property
    def issue_of(self) -> Mapping[str, Issue]:
        """The issue of each point, by the id of the point."""
        return {point: issue for issue in self.issues for point in issue.points}

    @property
    def round(self) -> Round | None:
        """The newest round; None before the first."""
        return self.rounds[-1] if self.rounds else None

    def points_of(self, issue: Issue) -> tuple[Point, ...]:
        """Return the points of an issue."""
        return tuple(self.points[one] for one in issue.points)
