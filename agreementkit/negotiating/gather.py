"""The points in the files that came back: comments, proposed wordings, changes; each as one of its own.

Review files of HTML copies and returned Word files are told apart by what is in them. Our own notes, and our own
answers that come back in the threads we sent, are no points.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from agreementkit.agreement import Agreement
from agreementkit.diagnostics import Diagnostic, Place, Report, Severity
from agreementkit.errors import AgreementKitError, SourceError
from agreementkit.negotiating.model import Point, PointKind, Received, Spot
from agreementkit.negotiating.places import Places
from agreementkit.negotiating.wants import flat
from agreementkit.returned import Edit, Location, Returned, ReturnedComment
from agreementkit.returned.parts import Parts, read_file
from agreementkit.reviewing.collect import WORD
from agreementkit.reviewing.comment import ReviewComment
from agreementkit.reviewing.saved import read_saved
from agreementkit.writers.identity import Identity, identity_of

_SHOWN = 80
_HOMELESS = re.compile(r"^\[On [^\]]*\] ")


@dataclass(frozen=True, slots=True)
class Gathered:
    """What came back in some files.

    Attributes:
        received: The files.
        points: Their points, each once.
        report: Warnings: other versions, files that do not say what they are of, points without a place.
    """

    received: tuple[Received, ...]
    points: tuple[Point, ...]
    report: Report


def gather(
    files: Sequence[str | Path], agreements: Sequence[Agreement] = (), round_: int = 1, ours: Iterable[str] = ()
) -> Gathered:
    """Read the points in files that came back.

    Args:
        files: Review files (JSON) and returned Word files.
        agreements: The agreements as they were sent, the newest version of each first; without them places are
            bookmarks.
        round_: Number of the round they came back in.
        ours: Answers of ours, which come back in the threads that we sent.

    Raises:
        SourceError: AK740 to AK744 and AK800 to AK809, files that cannot be read, with every fault of every file.
    """
    reader = _Reader(agreements, round_, ours)
    faults: list[Diagnostic] = []
    for file in files:
        try:
            reader.read(Path(file))
        except AgreementKitError as error:
            faults += error.diagnostics
    if faults:
        raise SourceError(*faults)
    return Gathered(tuple(reader.received), tuple(reader.points.values()), reader.report)


class _Reader:
    """Reads files one by one."""

    def __init__(self, agreements: Sequence[Agreement], round_: int, ours: Iterable[str]) -> None:
        self.agreements = tuple(agreements)
        self.places = Places(agreements)
        self.round = round_
        self.ours = frozenset(map(flat, ours))
        self.points: dict[str, Point] = {}
        self.received: list[Received] = []
        self.report = Report()

    def read(self, path: Path) -> None:
        """Read one file."""
        content = read_file(path)
        name = path.name
        if content.startswith(WORD):
            precedent, found = self._word(content, path)
        else:
            saved = read_saved(content, str(path))
            precedent = saved.identity.precedent if saved.identity else ""
            self._look_at(saved.identity, str(path))
            found = [self._comment(one, precedent, name) for one in saved.comments]
        kept = []
        for point in found:
            before = self.points.get(point.id)
            if before:
                point = replace(_newer(before, point), files=tuple(dict.fromkeys((*before.files, *point.files))))
            self.points[point.id] = point
            kept.append(point)
            if self.places and not point.place.paragraph and not before:
                self._warn(
                    "AK747",
                    f"what {point.author or 'somebody'} said on {point.place.number or 'a place that is not known'}"
                    " has no place in the agreement",
                    str(path),
                    "it is listed as not placed; the provision may have been taken out or renamed",
                )
        people = tuple(dict.fromkeys(point.author for point in kept if point.author))
        self.received.append(Received(name, precedent, people, len(kept)))

    def _look_at(self, identity: Identity | None, file: str) -> None:
        """Warn of a file that is not of the agreements as they were sent."""
        if identity is None or not identity.precedent:
            self._warn(
                "AK746",
                "the file does not say which agreement it is of",
                file,
                "what is in it is listed as not placed; use the file with its properties, as it was sent",
            )
            return
        agreement = self.places.agreements.get(identity.precedent)
        if self.places and agreement is None:
            self._warn(
                "AK746",
                f"the file is of an agreement {identity.precedent!r}, which is not among those given",
                file,
                "what is in it is listed as not placed; give the agreement that was sent",
            )
        elif agreement and (identity.words or identity.digest) and identity.differs(identity_of(agreement.document)):
            self._warn(
                "AK745",
                f"the file is of another version of the {agreement.title}",
                file,
                "read it against the version it was made on: words and numbers may have changed since",
            )

    def _warn(self, code: str, message: str, file: str, hint: str) -> None:
        self.report.add(Diagnostic(code, message, Severity.WARNING, Place(file), (hint,)))

    def _comment(self, one: ReviewComment, precedent: str, name: str) -> Point:
        """Return the point that a comment of a review copy is."""
        place = self.places.spot(precedent, one.paragraph, one.term, one.clause, one.number)
        old = self.places.words(place)
        kind: PointKind = "wording" if one.proposed else _kind(one.kind)
        return Point(
            one.id, self.round, kind, one.name, place, "", one.side, one.when, one.text, one.quote,
            old=old or (one.quote if one.proposed else ""), new=one.proposed, files=(name,),
        )  # fmt: skip

    def _word(self, content: bytes, path: Path) -> tuple[str, list[Point]]:
        """Return which agreement a Word file is of, and its points."""
        identity = Parts.open(content, str(path)).identity()
        precedent = identity.precedent if identity else ""
        agreement = self._version(identity) if identity else None
        back = Returned.read(content, agreement, str(path))
        self.report.extend(back.report)
        edits = back.edits
        if identity is None or agreement is None:
            self._look_at(identity, str(path))
        elif identity.differs(identity_of(agreement.document)):
            # Compared with another version, what we have changed since looks as if the reviewer had changed it back.
            edits = tuple(one for one in edits if one.tracked)
            if len(edits) < len(back.edits):
                self._warn(
                    "AK828",
                    f"differences that nobody tracked are left out ({len(back.edits) - len(edits)}), for the file is of"
                    f" another version of the {agreement.title}",
                    str(path),
                    "give the version that it is of as well: `--agreement` with the .json that was built with it",
                )
        points = [self._edit(one, precedent, path.name) for one in edits]
        return precedent, [*self._threads(back.comments, precedent, path.name), *points]

    def _version(self, identity: Identity) -> Agreement | None:
        """Return the agreement that a file is of: the very version where it was given, else the one of the round."""
        listed = [one for one in self.agreements if one.precedent == identity.precedent]
        same = [one for one in listed if not identity.differs(identity_of(one.document))]
        return next(iter((*same, *listed)), None)

    def _threads(self, comments: Sequence[ReturnedComment], precedent: str, name: str) -> list[Point]:
        by_id = {one.comment.id: one for one in comments}
        points: dict[str, Point] = {}
        for one in by_id.values():
            said = one.comment
            text = _HOMELESS.sub("", said.text)
            if one.own or not text or (said.parent and flat(text) in self.ours):
                continue
            parent = by_id.get(said.parent)
            beneath = f"{parent.comment.author}: {_short(parent.comment.text)}" if parent else ""
            place = self._place(one.place, precedent)
            points[said.id] = Point(
                comment_id(said.author, said.when, text, place), self.round, "comment", said.author, place,
                said.initials, "", said.when, text, said.quote or said.paragraph, old=self.places.words(place),
                answers=said.parent, beneath=beneath, resolved=said.done, files=(name,),
            )  # fmt: skip
        return [
            replace(point, answers=points[point.answers].id if point.answers in points else "")
            for point in points.values()
        ]

    def _edit(self, one: Edit, precedent: str, name: str) -> Point:
        place = self._place(one.place, precedent)
        old = one.old or self.places.words(place)
        said = "\0".join((one.kind, one.author, one.when, *place.key, one.before, one.after, one.path, one.detail))
        return Point(
            f"e{_digest(said)}", self.round, one.kind, one.author, place, "", "", one.when, one.detail,
            before=one.before, after=one.after, old=old, new=one.new, path=one.path, tracked=one.tracked, files=(name,),
        )  # fmt: skip

    def _place(self, place: Location, precedent: str) -> Spot:
        if not place.placed:
            return Spot(precedent if precedent in self.places.agreements else "", number=place.number)
        return self.places.spot(precedent, place.id, place.term, place.clause, place.number)


def comment_id(author: str, when: str, text: str, place: Spot) -> str:
    """Return the id of a comment of a Word file: that of the same comment in another file is the same."""
    return f"w{_digest(chr(0).join((author, when, text, place.paragraph, place.term)))}"


def _digest(said: str) -> str:
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:23]


def _kind(kind: str) -> PointKind:
    return kind if kind in ("question", "objection", "agreement") else "comment"  # type: ignore[return-value]


def _newer(before: Point, after: Point) -> Point:
    return before if before.when > after.when else after


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[: text.rfind(" ", 0, _SHOWN)].rstrip() + " …"
