"""A Word file that came back, as one object: what was done to it, what was said about it, clause by clause.

Nothing in the file is run, fetched or trusted. What cannot be placed is listed, and never dropped.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from html import escape
from operator import attrgetter
from pathlib import Path
from typing import Any, Literal

from agreementkit._garbage import no_collections
from agreementkit.agreement import Agreement
from agreementkit.comparing.paper import marked
from agreementkit.comparing.words import Piece
from agreementkit.diagnostics import Diagnostic, Place, Report, Severity
from agreementkit.errors import SourceError
from agreementkit.returned.comments import WordComment, comments_in
from agreementkit.returned.edit import Edit, Location
from agreementkit.returned.known import Known, is_own, squeezed
from agreementkit.returned.outside import outside_edits
from agreementkit.returned.parts import Parts, read_file, refuse
from agreementkit.returned.remarks import remarks
from agreementkit.returned.scene import Scene
from agreementkit.returned.sent import sent_paragraphs
from agreementkit.returned.story import Paragraph, Story
from agreementkit.returned.tracked import Found, tracked_edits
from agreementkit.returned.untracked import untracked_edits
from agreementkit.table import Table
from agreementkit.tree.walk import divisions
from agreementkit.writers.identity import Identity
from agreementkit.writers.word.values.carried import carried_by

MOST_CHANGES = 50_000
"""Tracked changes that a file may hold."""

_TOLD = 2_000
_WITHOUT_ID = attrgetter(*(one.name for one in fields(Edit) if one.name != "id"))
TextAs = Literal["original", "final", "marked"]


@dataclass(frozen=True, slots=True)
class ReturnedComment:
    """A comment of a returned file with its place in the agreement.

    Attributes:
        comment: The comment: author, time, words, the words it stands on, what it answers, whether it is resolved.
        place: Where it stands.
        own: Whether it is one of our own notes, with nothing changed in it.
    """

    comment: WordComment
    place: Location
    own: bool


@dataclass(frozen=True, slots=True)
class ReturnedParagraph:
    """A paragraph of a returned file, as it stands in the file.

    Attributes:
        place: Where it stands in the agreement.
        original: Its words before the tracked changes.
        final: Its words with all tracked changes accepted.
        pieces: Its words with what is the same, removed and added by tracked changes.
    """

    place: Location
    original: str
    final: str
    pieces: tuple[Piece, ...]

    def marked(self) -> str:
        """Return its words with `[-` and `-]` around what was struck out, `{+` and `+}` around what was put in."""
        return marked(self.pieces)


@dataclass(frozen=True, eq=False)
class Returned:
    """A Word file that came back.

    An edit of words that were a value of the configuration when they were sent is of the kind `value`, and stands
    instead of the plain edit; where a change went beyond the value, it stays a plain edit that names the value's path.

    Attributes:
        file: Name of the file.
        identity: Which agreement the file says it is of; None where it does not say.
        agreement: The agreement as it was sent: the one that was given, else the one that the file carries. None
            where there is neither; places are bookmarks then, and what nobody tracked cannot be seen.
        edits: Everything that was done to the words, in the order of the file.
        comments: Every comment, ours too, in the order of the file.
        paragraphs: Every paragraph that says something, in the order of the file.
        report: What has to be known about the file: another version, lost bookmarks, things without a place.
    """

    file: str
    identity: Identity | None
    agreement: Agreement | None
    edits: tuple[Edit, ...]
    comments: tuple[ReturnedComment, ...]
    paragraphs: tuple[ReturnedParagraph, ...]
    report: Report = field(default_factory=Report)

    @classmethod
    def load(cls, path: str | Path, agreement: Agreement | None = None) -> Returned:
        """Read a Word file that came back. The file is not trusted, and is not changed.

        Args:
            path: The file.
            agreement: The agreement as it was sent; None for the one that the file carries, whoever may have changed
                it on the way.

        Raises:
            SourceError: AK740, the file cannot be read; AK744, it is no sound Word file, locked, or far too large.
        """
        return cls.read(read_file(Path(path)), agreement, str(path))

    @classmethod
    def read(cls, content: bytes, agreement: Agreement | None = None, file: str = "the file") -> Returned:
        """Read a Word file that is in memory already.

        Args:
            content: The file.
            agreement: The agreement as it was sent; None for the one that the file carries.
            file: Its name in messages.

        Raises:
            SourceError: AK744, it is no sound Word file, locked, or far too large.
        """
        with no_collections():  # thousands of small objects that hold no cycles, and stay
            return cls._read(content, agreement, file)

    @classmethod
    def _read(cls, content: bytes, agreement: Agreement | None, file: str) -> Returned:
        parts = Parts.open(content, file)
        story = Story.read(parts.document())
        touched = (it for it in story.paragraphs if it.touched)
        changes = sum(one.ins is not None or one.gone is not None for it in touched for one in it.pieces)
        if changes > MOST_CHANGES:
            raise refuse(file, f"it holds {changes:,} tracked changes, {MOST_CHANGES:,} are the most")
        carried = Report()
        if agreement is None:
            agreement, carried = _carried(parts)
        known = Known(agreement) if agreement is not None else None
        sent = sent_paragraphs(agreement, known) if agreement is not None and known is not None else []
        scene = Scene(story, known, sent)
        found, strange = untracked_edits(scene) if sent else ([], [])
        found += tracked_edits(scene)
        found += outside_edits(parts, scene)
        comments = _comments(comments_in(parts, story), scene)
        edits = _in_order(found)
        identity = parts.identity()
        paragraphs = tuple(_paragraphs(scene))
        report = remarks(
            parts, scene, identity, agreement, edits, [one.place for one in comments if not one.own], strange
        )
        report.extend(carried)
        return cls(file, identity, agreement, edits, comments, paragraphs, report)

    @property
    def unplaced(self) -> tuple[Edit | ReturnedComment, ...]:
        """The edits, and the comments of others, that could not be placed; they stand among the others too."""
        edits = [one for one in self.edits if not one.place.placed]
        return (*edits, *(one for one in self.comments if not one.place.placed and not one.own))

    def text(self, view: TextAs = "final") -> str:
        """Return the words of the file, each paragraph a line.

        Args:
            view: `original` before the tracked changes, `final` with all of them accepted, `marked` with both.
        """
        lines = (one.marked() if view == "marked" else getattr(one, view) for one in self.paragraphs)
        return "\n".join(line for line in lines if line) + "\n"

    def table(self) -> Table:
        """Return a row for each edit, and for each comment that is none of our own notes, in the order of the file."""
        rows: list[tuple[int, dict[str, Any]]] = [(self.position(one.place), _edit_row(one)) for one in self.edits]
        rows += [(self.position(one.place), _comment_row(one)) for one in self.comments if not one.own]
        return Table((row for _, row in sorted(rows, key=lambda it: it[0])), self.file)

    def position(self, place: Location) -> int:
        """Return where a place stands among the provisions, from 0; what has no place comes last."""
        return self._positions.get(place.id, len(self._positions))

    @cached_property
    def _positions(self) -> dict[str, int]:
        if self.agreement is not None:
            ids = [one.id for one in divisions(self.agreement.document)]
        else:
            ids = [one.place.id for one in self.paragraphs if one.place.id]
        return {id_: at for at, id_ in enumerate(dict.fromkeys(ids))}

    def as_dict(self) -> dict[str, Any]:
        """Return everything as plain data, for programs."""
        return {
            "file": self.file,
            "agreement": self.identity.as_dict() if self.identity else None,
            "edits": [_edit_row(one) for one in self.edits],
            "comments": [{**_comment_row(one), "own": one.own} for one in self.comments],
            "findings": [one.as_dict() for one in self.report],
        }

    def __repr__(self) -> str:
        said = sum(not one.own for one in self.comments)
        return f"<Returned {self.file!r}: {len(self.edits)} edits, {said} comments>"

    def _repr_html_(self) -> str:
        said = sum(not one.own for one in self.comments)
        head = f"<p>{escape(self.file)}: {len(self.edits)} edits, {said} comments</p>"
        return head + (self.report._repr_html_() if len(self.report) else "") + self.table()._repr_html_()


def _carried(parts: Parts) -> tuple[Agreement | None, Report]:
    """Return the agreement that a file carries, if it does, and what has to be known about that."""
    place = Place(parts.file)
    hints = ("give the agreement as it was sent, if it is at hand: the .json, or the configuration",)
    try:
        document = carried_by(parts.parts, parts.file)
    except SourceError as error:
        reason = error.diagnostics[0].message
        message = f"the agreement that the file carries cannot be read: {reason}"
        return None, Report([Diagnostic("AK819", message, Severity.WARNING, place, hints)])
    if document is None:
        return None, Report()
    message = "the file is read beside the agreement that it carries itself, which others could have changed"
    return Agreement(document, Report), Report([Diagnostic("AK819", message, Severity.INFO, place, hints)])


def _comments(comments: Sequence[WordComment], scene: Scene) -> tuple[ReturnedComment, ...]:
    by_id: dict[str, Location] = {}
    out: list[ReturnedComment] = []
    for one in comments:
        spot = scene.story.spots.get(one.id)
        inside = spot is not None and 0 <= spot.paragraph < len(scene.places)
        by_id[one.id] = scene.places[spot.paragraph] if spot is not None and inside else Location()
    for one in comments:
        place = by_id[one.id]
        if not place.placed and one.parent in by_id:
            place = by_id[one.parent]
        out.append(ReturnedComment(one, place, is_own(one, scene.known)))
    return tuple(out)


def _in_order(found: Sequence[Found]) -> tuple[Edit, ...]:
    """Return edits in the order of the file, each with an id that is the same whenever the file is read."""
    out: list[Edit] = []
    seen: Counter[str] = Counter()
    for _, one in sorted(found, key=lambda it: it[0]):
        old, new = one.old[:_TOLD], one.new[:_TOLD]
        said = "\0".join(
            (one.kind, str(one.tracked), one.author, one.when, one.place.id, str(one.place.block), one.before,
             one.after, old, new, one.detail, one.path)
        )  # fmt: skip
        seen[said] += 1
        mark = hashlib.sha256(f"{said}\0{seen[said]}".encode("utf-8", "replace")).hexdigest()[:16]
        out.append(Edit(f"e{mark}", *_WITHOUT_ID(one)))  # half the time of `replace`, for every edit
    return tuple(out)


def _paragraphs(scene: Scene) -> Iterator[ReturnedParagraph]:
    for one, place in zip(scene.story.paragraphs, scene.places, strict=True):
        original, final = one.text("original"), one.text("final")
        if (original.strip() or final.strip() or squeezed("".join(it.text for it in one.pieces))) and not one.contents:
            yield ReturnedParagraph(place, original.strip(), final.strip(), tuple(_pieces(one)))


def _pieces(one: Paragraph) -> list[Piece]:
    if not one.touched:
        return [Piece("same", piece.text, piece.text) for piece in one.pieces]
    out: list[Piece] = []
    for piece in one.pieces:
        if piece.ins is None and piece.gone is None:
            out.append(Piece("same", piece.text, piece.text))
        elif piece.gone is None:
            out.append(Piece("added", "", piece.text))
        elif piece.ins is None:
            out.append(Piece("removed", piece.text, ""))
    return out


def _place_row(place: Location) -> dict[str, Any]:
    return {"number": place.number, "id": place.id, "heading": place.heading, "term": place.term}


def _edit_row(one: Edit) -> dict[str, Any]:
    return {
        **_place_row(one.place),
        "what": one.kind,
        "author": one.author,
        "when": one.when,
        "tracked": one.tracked,
        "before": one.before,
        "after": one.after,
        "path": one.path,
        "detail": one.detail,
        "to": one.to.number or one.to.id if one.to else "",
        "by": one.place.by,
        "confidence": one.place.confidence,
    }


def _comment_row(one: ReturnedComment) -> dict[str, Any]:
    comment = one.comment
    return {
        **_place_row(one.place),
        "what": "reply" if comment.parent else "comment",
        "author": comment.author,
        "when": comment.when,
        "tracked": True,
        "before": comment.quote,
        "after": comment.text,
        "path": "",
        "detail": "resolved" if comment.done else "",
        "to": "",
        "by": one.place.by,
        "confidence": one.place.confidence,
    }
