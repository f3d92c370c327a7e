"""What an upgrade finds out about each thing that a pack does to what lies below it."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from agreementkit.diagnostics import Diagnostic, Place
from agreementkit.upgrading.pieces import Change


class State(StrEnum):
    """What has to be done about it."""

    UNCHANGED = "unchanged"
    CLEAN = "moves cleanly"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Clash:
    """A place that a person has to decide.

    Attributes:
        at: The piece: `#stages`, `^why`, `title:`.
        why: What clashes, in words.
        base: The wording that the pack was written against; empty when there was none.
        ours: The pack's wording; empty when it takes the piece out.
        now: The wording that lies below now; empty when it is gone.
    """

    at: str
    why: str
    base: str = ""
    ours: str = ""
    now: str = ""

    def as_dict(self) -> dict[str, str]:
        """Return it as plain data, for programs."""
        return {"at": self.at, "why": self.why, "base": self.base, "ours": self.ours, "now": self.now}


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that a pack does to what lies below it, and what becomes of it.

    Attributes:
        did: `changes`, `replaces`, `withdraws` or `outlines`.
        what: Kind and id of what it does it to, such as `clause disputes`.
        file: File of the pack, by its name in the pack.
        place: Where the pack says it.
        below: Id of the pack whose wording it is written against.
        base: Version that it was written against.
        now: Version that lies below now; empty when nothing does.
        state: What has to be done.
        ours: What the pack does to its base, piece by piece.
        theirs: What has changed below since, piece by piece; None when the base was not kept.
        clashes: What a person has to decide.
        text: What the file has to hold: moved, or with the conflicts marked; None when nothing can be written.
    """

    did: str
    what: str
    file: str
    place: Place
    below: str
    base: str
    now: str
    state: State
    ours: tuple[Change, ...] = ()
    theirs: tuple[Change, ...] | None = ()
    clashes: tuple[Clash, ...] = ()
    text: str | None = field(default=None, repr=False)

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data, for programs."""
        return {
            "did": self.did,
            "what": self.what,
            "file": self.file,
            "line": self.place.line,
            "below": self.below,
            "base": self.base,
            "now": self.now,
            "state": self.state.value,
            "ours": [_change(one) for one in self.ours],
            "theirs": None if self.theirs is None else [_change(one) for one in self.theirs],
            "clashes": [one.as_dict() for one in self.clashes],
        }


@dataclass(frozen=True, slots=True)
class Upgrade:
    """A pack against what lies below it now.

    Attributes:
        pack: Id and version of the pack.
        below: Ids and versions of what lies below it.
        moves: All that it does to what lies below, in the order of its files.
        left: Faults that stay when everything that moves cleanly has moved; those of the conflicts are not among them.
    """

    pack: str
    below: str
    moves: tuple[Move, ...]
    left: tuple[Diagnostic, ...] = ()

    @property
    def conflicts(self) -> tuple[Move, ...]:
        """What a person has to decide."""
        return tuple(move for move in self.moves if move.state is State.CONFLICT)

    @property
    def clean(self) -> tuple[Move, ...]:
        """What moves by itself."""
        return tuple(move for move in self.moves if move.state is State.CLEAN)

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data, for programs."""
        moves = [move.as_dict() for move in self.moves]
        return {"pack": self.pack, "below": self.below, "moves": moves, "left": [one.as_dict() for one in self.left]}

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{html.escape(move.state.value)}</td><td>{html.escape(f'{move.did} {move.what}')}</td>"
            f"<td>{html.escape(move.base)}</td><td>{html.escape(move.now)}</td><td>{html.escape(move.file)}</td></tr>"
            for move in self.moves
        )
        clashes = "".join(part for move in self.conflicts for part in _three_ways(move))
        head = (
            "<tr><th>State</th><th>What the pack does</th><th>Written against</th><th>Below now</th><th>File</th></tr>"
        )
        caption = html.escape(f"{self.pack} over {self.below}")
        return f"<table><caption>{caption}</caption>{head}{rows}</table>{clashes}"


def _change(change: Change) -> dict[str, str]:
    return {"at": change.at, "before": change.before, "after": change.after}


def _three_ways(move: Move) -> Iterator[str]:
    for clash in move.clashes:
        cells = "".join(f"<td><pre>{html.escape(text)}</pre></td>" for text in (clash.base, clash.ours, clash.now))
        yield (
            f"<h4>{html.escape(f'{move.what}, {clash.at}: {clash.why}')}</h4>"
            f"<table><tr><th>written against</th><th>the pack</th><th>below now</th></tr><tr>{cells}</tr></table>"
        )
