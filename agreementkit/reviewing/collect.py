"""Merges the comments of many files into one log by clause: each comment once, in the order of the agreement.

Nothing is dropped. A comment on another version of the agreement is kept with a warning, and one that finds no place
is listed as not placed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from agreementkit.agreement import Agreement, AgreementSet
from agreementkit.diagnostics import Diagnostic, Place, Report, Severity
from agreementkit.errors import AgreementKitError, SourceError
from agreementkit.returned import read_comments
from agreementkit.returned.parts import read_file
from agreementkit.reviewing.comment import Entry, ReviewComment, ReviewFile
from agreementkit.reviewing.saved import read_saved
from agreementkit.reviewing.word import as_review
from agreementkit.tree.nodes import DefinitionEntry, Division, Part, Schedule, SchedulePart
from agreementkit.tree.walk import divisions, plain_text, subtree, top_divisions
from agreementkit.writers.html.text import number_in_print
from agreementkit.writers.identity import identity_of

WORD = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How Word files begin: as a zip, or locked."""
_FIGURES = re.compile(r"(\d+)")


@dataclass(frozen=True)
class ReviewLog:
    """All comments on a set of agreements, by clause.

    Attributes:
        entries: One for each place that has comments, in the order of the agreements; those of comments that could
            not be placed stand after the others of their agreement.
        files: The files that were read.
        report: Warnings: other versions, agreements that are not there, comments without a place.
    """

    entries: tuple[Entry, ...]
    files: tuple[ReviewFile, ...]
    report: Report = field(default_factory=Report)

    @property
    def comments(self) -> tuple[ReviewComment, ...]:
        """Every comment once, in the order of the log."""
        return tuple(comment for entry in self.entries for comment in entry.comments)

    @property
    def own_notes(self) -> int:
        """How many notes of the agreements themselves stand in the Word files; they are no comments."""
        return sum(file.own_notes for file in self.files)

    def write(self, form: str) -> str:
        """Return the log as text.

        Args:
            form: `md`, `json`, `html` or `csv`.

        Raises:
            ValueError: There is no such form.
        """
        from agreementkit.reviewing.log import FORMS

        if form not in FORMS:
            raise ValueError(f"there is no form {form!r}; known: {', '.join(FORMS)}")
        return FORMS[form](self)

    def __repr__(self) -> str:
        return f"<ReviewLog: {len(self.comments)} comments from {len(self.files)} files>"


def collect(files: Sequence[str | Path], agreements: AgreementSet | None = None) -> ReviewLog:
    """Collect the comments of reviewers into one log.

    Args:
        files: Files that review copies saved (JSON), and returned Word files; told apart by what is in them.
        agreements: The agreements that were reviewed, which give order, numbers and headings. Without them comments
            are in the order of the numbers that the files name.

    Raises:
        SourceError: AK740 to AK744, files that cannot be read, with every fault of every file.
    """
    faults: list[Diagnostic] = []
    read: list[ReviewFile] = []
    for file in files:
        try:
            read.append(_read(Path(file), agreements))
        except AgreementKitError as error:
            faults += error.diagnostics
    if faults:
        raise SourceError(*faults)
    return _Collector(read, agreements).log()


def _read(path: Path, agreements: AgreementSet | None) -> ReviewFile:
    name = str(path)
    content = read_file(path)
    if not content.startswith(WORD):
        return read_saved(content, name)
    returned = read_comments(content, name)
    return as_review(returned, _agreement(agreements, returned.identity.precedent if returned.identity else ""))


def _agreement(agreements: AgreementSet | None, precedent: str) -> Agreement | None:
    return next((one for one in agreements or () if one.precedent == precedent), None)


class _Collector:
    """Merges files that were read."""

    def __init__(self, files: Sequence[ReviewFile], agreements: AgreementSet | None) -> None:
        self.files = files
        self.agreements = agreements
        self.report = Report()
        self._titles: dict[str, str] = {}

    def log(self) -> ReviewLog:
        """Return the log."""
        merged: defaultdict[str, dict[str, ReviewComment]] = defaultdict(dict)
        for file in self.files:
            precedent = file.identity.precedent if file.identity else ""
            self._look_at(file, precedent)
            for comment in file.comments:
                before = merged[precedent].get(comment.id)
                merged[precedent][comment.id] = _newer(before, comment) if before else comment
        known = [one.precedent for one in self.agreements or ()]
        order = [*known, *(one for one in merged if one not in known)]
        entries = [entry for one in order for entry in self._entries(one, merged.get(one, {}).values())]
        return ReviewLog(tuple(entries), tuple(self.files), self.report)

    def _look_at(self, file: ReviewFile, precedent: str) -> None:
        """Warn of a file that is not of the agreements as they are."""
        place = Place(file.file)
        if file.identity is None:
            self._warn(
                "AK746",
                "the file does not say which agreement it is of",
                place,
                "its comments are listed as not placed; use the file with its properties, as it was sent",
            )
            return
        self._titles.setdefault(precedent, file.identity.title)
        if self.agreements is None:
            return
        agreement = _agreement(self.agreements, precedent)
        if agreement is None:
            self._warn(
                "AK746",
                f"the file is of an agreement {precedent!r}, which the configuration does not make",
                place,
                "its comments are listed as not placed; give the configuration that made the agreement",
            )
        elif file.identity.differs(identity_of(agreement.document)):
            self._warn(
                "AK745",
                f"the comments were made on another version of the {agreement.title}",
                place,
                "read them against the version they were made on: words and numbers may have changed since",
            )

    def _warn(self, code: str, message: str, place: Place, hint: str) -> None:
        self.report.add(Diagnostic(code, message, Severity.WARNING, place, (hint,)))

    # ---------------------------------------------------------------------------------------- the order

    def _entries(self, precedent: str, comments: Iterable[ReviewComment]) -> list[Entry]:
        agreement = _agreement(self.agreements, precedent)
        by_place: defaultdict[tuple[str, str], list[ReviewComment]] = defaultdict(list)
        if agreement is None:
            lost = self.agreements is not None or not precedent
            for comment in comments:
                by_place["" if lost else comment.paragraph, "" if lost else comment.term].append(comment)
            found = [self._plain(precedent, key, listed) for key, listed in by_place.items()]
            return sorted(found, key=lambda entry: (not entry.placed, _natural(entry.number)))
        outline = Outline(agreement)
        for comment in comments:
            key = outline.find(comment)
            if not key[0]:
                self._warn(
                    "AK747",
                    f"the comment of {comment.name or 'somebody'} on {_where(comment)} has no place in the"
                    f" {agreement.title}",
                    Place(comment.files[0]),
                    "it is listed as not placed; the provision may have been taken out or renamed",
                )
            by_place[key].append(comment)
        return [outline.entry(key, tuple(_in_time(by_place[key]))) for key in sorted(by_place, key=outline.order)]

    def _plain(self, precedent: str, key: tuple[str, str], comments: list[ReviewComment]) -> Entry:
        """Return an entry of an agreement that is not there, from what its files say."""
        number = next((one.number for one in comments if one.number), "") if key[0] else ""
        clause = next((one.clause for one in comments if one.clause), "") if key[0] else ""
        return Entry(precedent, self._titles.get(precedent, ""), clause, key[0], number, "", tuple(_in_time(comments)))


class Outline:
    """The provisions of an agreement, in order, as the places of comments."""

    def __init__(self, agreement: Agreement) -> None:
        self.agreement = agreement
        self._order: dict[str, int] = {}
        self._divisions: dict[str, Division] = {}
        self._tops: dict[str, Division] = {}
        for number, division in enumerate(divisions(agreement.document)):
            self._order[division.id] = number
            self._divisions[division.id] = division
        for top in top_divisions(agreement.document):
            self._take(top)

    def _take(self, top: Division) -> None:
        if isinstance(top, Part | SchedulePart):
            self._tops[top.id] = top
            for child in top.children:
                self._take(child)
            return
        for division in subtree(top):
            self._tops[division.id] = top

    def find(self, comment: ReviewComment) -> tuple[str, str]:
        """Return the place of a comment: paragraph and definition; its clause where the paragraph is gone."""
        if comment.paragraph in self._divisions:
            entries = self._definitions(comment.paragraph)
            return comment.paragraph, comment.term if comment.term in entries else ""
        return (comment.clause if comment.clause in self._divisions else ""), ""

    def order(self, key: tuple[str, str]) -> tuple[int, int]:
        """Return where a place stands; what has none comes last."""
        entries = list(self._definitions(key[0])) if key[1] else []
        return self._order.get(key[0], len(self._order)), entries.index(key[1]) + 1 if entries else 0

    def entry(self, key: tuple[str, str], comments: tuple[ReviewComment, ...]) -> Entry:
        """Return the entry of a place."""
        agreement = self.agreement
        division = self._divisions.get(key[0])
        if division is None:
            return Entry(agreement.precedent, agreement.title, "", "", "", "", comments)
        top = self._tops[division.id]
        number = self._number(division)
        if key[1]:
            number = f"{number} “{self._definitions(division.id)[key[1]]}”".strip()
        return Entry(agreement.precedent, agreement.title, top.id, division.id, number, _heading(top), comments)

    def _number(self, division: Division) -> str:
        top = self._tops[division.id]
        schedule = top.number.label if isinstance(top, Schedule) and top.number else ""
        return number_in_print(division, schedule) or plain_text(division.heading)

    def _definitions(self, division: str) -> dict[str, str]:
        found = self._divisions.get(division)
        return {block.id: block.term for block in found.blocks if isinstance(block, DefinitionEntry)} if found else {}


def _heading(top: Division) -> str:
    words = plain_text(top.heading)
    return f"{top.number.own} {words}".strip() if top.number else words


def _newer(before: ReviewComment, after: ReviewComment) -> ReviewComment:
    """Return the later state of a comment that two files hold, with the names of both."""
    kept = before if before.when > after.when else after
    return replace(kept, files=tuple(dict.fromkeys((*before.files, *after.files))))


def _in_time(comments: Iterable[ReviewComment]) -> list[ReviewComment]:
    return sorted(comments, key=lambda one: (one.when, one.name, one.id))


def _where(comment: ReviewComment) -> str:
    return comment.number or comment.paragraph or "nothing"


def _natural(number: str) -> tuple[bool, list[tuple[bool, int, str]]]:
    """Return a key by which 7.2 stands before 7.10, and what has no number last."""
    pieces = [one for one in _FIGURES.split(number) if one]
    return not number, [(not one.isdigit(), int(one) if one.isdecimal() else 0, one) for one in pieces]
