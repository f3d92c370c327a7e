"""What comes home from a returned file: a value for the configuration, a wording for a pack, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from agreementkit.bank.opening import content_hash
from agreementkit.diagnostics import Diagnostic
from agreementkit.proposing.trying import Wanted
from agreementkit.returned.edit import Edit, Location

Status = Literal["open", "accepted", "rejected", "deferred"]
STATUSES: tuple[Status, ...] = ("open", "accepted", "rejected", "deferred")


@dataclass(frozen=True, slots=True)
class Given:
    """An edit with what is known of the file that it stood in.

    Attributes:
        precedent: Id of the agreement.
        edit: The edit.
        file: Name of the file.
        reason: What its author said in comments beside it.
    """

    precedent: str
    edit: Edit
    file: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about a proposal.

    Attributes:
        status: What it is.
        by: Who decided, by role or body.
        note: What was said about it.
        on: ISO date of the decision, or "".
    """

    status: Status = "open"
    by: str = ""
    note: str = ""
    on: str = ""


OPEN = Decision()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What both kinds of proposals have.

    Attributes:
        id: The same whenever the same change is read.
        precedent: Id of the agreement.
        place: Where it was made.
        author: Who proposes it; several after each other.
        when: Date and time as the file has it, or "".
        reason: What its author said in comments beside it.
        why: Why it cannot be accepted; empty when it can.
        done: Whether the agreement says so already.
        decision: What was decided.
        given: The edits that it was made of.
    """

    id: str
    precedent: str
    place: Location
    author: str = ""
    when: str = ""
    reason: str = ""
    why: str = ""
    done: bool = False
    decision: Decision = OPEN
    given: tuple[Given, ...] = ()

    @property
    def status(self) -> Status:
        """Whether it is open, accepted, rejected or deferred."""
        return self.decision.status

    @property
    def fits(self) -> bool:
        """Whether accepting it was tried, and gives exactly what is proposed."""
        return not self.why and not self.done

    @property
    def where(self) -> str:
        """The place in words: `clause 7.3`."""
        number = self.place.number
        if not number:
            return self.place.heading or self.place.id
        return number if not number[:1].isdigit() else f"clause {number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueProposal(Proposal):
    """Another value for a setting.

    Attributes:
        path: Path in the configuration: `time_off.notice_days`.
        before: Its value, as plain data.
        after: The value that is proposed; None where the words give none.
        words: The words that were written.
        places: How many paragraphs print it.
        changed: In how many of them it was changed.
        reads: What the paragraph says with it, where that is more than the words that were written.
        findings: What the checks find with it that they did not find before.
    """

    path: str
    before: Any
    after: Any
    words: str
    places: int = 1
    changed: int = 1
    reads: str = ""
    findings: tuple[Diagnostic, ...] = ()

    @property
    def said(self) -> str:
        """The proposal in a line: `time_off.notice_days: 28 → 42`."""
        after = self.words if self.after is None else self.after
        return f"{self.path}: {shown(self.before)} → {shown(after)}"

    @property
    def remarks(self) -> tuple[str, ...]:
        """What there is to know before it is decided."""
        out = [self.why] if self.why else []
        if self.places > self.changed:
            out.append(f"stands in {self.places} places; changed in {self.changed}")
        if self.reads:
            out.append(f"the paragraph would then read: “{self.reads}”")
        return (*out, *(f"{one.severity.value} {one.code}: {one.message}" for one in self.findings))


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingProposal(Proposal):
    """Another wording, a new paragraph, one that goes, or one that moves.

    Attributes:
        kind: `changed`, `added`, `removed` or `moved`.
        old: The paragraph as it is; "" of a new one.
        new: The paragraph as proposed, with the values as they are; "" of one that goes.
        also: What there is to know of values in it.
        wanted: What it does, as it is tried; None where nothing can do it.
    """

    kind: Literal["changed", "added", "removed", "moved"]
    old: str
    new: str
    also: tuple[str, ...] = ()
    wanted: Wanted | None = field(default=None, repr=False)

    @property
    def said(self) -> str:
        """The proposal in a line, with what is struck out in [-…-] and what is put in in {+…+}."""
        from agreementkit.comparing.words import tokens_of, word_pieces

        if self.kind == "moved":
            return f"moved: {self.old}"
        pieces = word_pieces(tuple(tokens_of(self.old)), tuple(tokens_of(self.new)))
        marks = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
        out = []
        for piece in pieces:
            before, after = marks[piece.kind]
            words = piece.text.rstrip() if before else piece.text
            out.append(f"{before}{words}{after}{piece.text[len(words) :]}")
        return "".join(out).strip()

    @property
    def remarks(self) -> tuple[str, ...]:
        """What there is to know before it is decided."""
        return (*([self.why] if self.why else []), *self.also)


@dataclass(frozen=True, slots=True)
class Left:
    """An edit that no proposal can be made of.

    Attributes:
        given: The edit.
        why: Why.
    """

    given: Given
    why: str


def shown(value: Any) -> str:
    """Return a value in words, as a message has it."""
    if isinstance(value, list | tuple):
        return ", ".join(shown(one) for one in value) or "nothing"
    if value is None:
        return "not given"
    return str(value).lower() if isinstance(value, bool) else str(value)


def id_of(kind: str, *parts: object) -> str:
    """Return the id of a proposal: the same for the same change."""
    return f"{kind}-{content_hash(repr(parts))[:8]}"


def authors(given: Iterable[Given]) -> str:
    """Return who made edits, each once."""
    return ", ".join(dict.fromkeys(one.edit.author for one in given if one.edit.author))


def reasons(given: Iterable[Given]) -> str:
    """Return what was said about edits, each remark once."""
    return " ".join(dict.fromkeys(one.reason for one in given if one.reason))
