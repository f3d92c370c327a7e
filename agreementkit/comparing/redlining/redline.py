"""Writes a redline: both versions through the one Word writer, merged with tracked changes, as one file.

Three things that Word needs make the order of the work. Bookmarks are unique in a file, and a reference of either
version has to find its target whether the changes are accepted or rejected: so a division that stands twice, since it
has moved or is another paragraph now, has a bookmark of its own in the old version. Which divisions stand twice is
known only after a first merge; the old version is then written again. And values are plain words: a content control
shows what is stored for it, and would put the new value into words that are struck out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import count

from agreementkit.comparing.comparison import AgreementChanges
from agreementkit.comparing.redlining.house import house_fields
from agreementkit.comparing.redlining.items import segments
from agreementkit.comparing.redlining.merge import Merger
from agreementkit.tree.nodes import Document, Part
from agreementkit.tree.walk import plain_text
from agreementkit.writers.word.allocate import Allocator
from agreementkit.writers.word.body import contents
from agreementkit.writers.word.body.divisions import BodyWriter
from agreementkit.writers.word.house.house import House
from agreementkit.writers.word.house.load import load_house
from agreementkit.writers.word.notes.anchors import Anchors
from agreementkit.writers.word.notes.comments import comment_parts
from agreementkit.writers.word.options import WordOptions
from agreementkit.writers.word.revisions.tracked import Tracked
from agreementkit.writers.word.styles.roles import Role
from agreementkit.writers.word.text.sheet import Paragraph as Sheet
from agreementkit.writers.word.text.sheet import Piece
from agreementkit.writers.word.verify.verify import verify_redline
from agreementkit.writers.word.writer import NOTE_WRITER, field_values, packed, require_resolved, splice

_WAS = "~was"
"""Ends the name under which a division of the old version has a bookmark of its own."""
_END = "#end"
_TOC_WAS = 500_000_000


@dataclass(frozen=True, slots=True)
class Written:
    """The four parts of a version, as the Word writer gives them."""

    cover: list[Piece]
    summary: list[Piece]
    contents: list[Piece]
    body: list[Piece]


class _Names(Allocator):
    """The ids of the old version: its bookmarks are those of the new one where both stand on one paragraph."""

    def __init__(self, shared: Allocator, mates: Mapping[str, str]) -> None:
        super().__init__()
        self.shared, self.mates = shared, mates

    def next(self, family: str) -> int:
        """Return the next number of a family; those of both versions are one row."""
        return self.shared.next(family)

    def bookmark(self, division: str) -> str:
        """Return the bookmark name of a division of the old version."""
        mate = self.mates.get(division)
        return self.shared.bookmark(division + _WAS if mate is None else mate)


def redline(
    changes: AgreementChanges, *, author: str, date: str | None = None, options: WordOptions | None = None
) -> bytes:
    """Return two versions of an agreement as one Word file with tracked changes.

    Accepting all changes gives the new version, rejecting all gives the old one: words, numbers, styles, references and
    tables. Header, footer and the properties of the file are those of the new version. The contents have no page
    numbers, since the pages of the two versions differ.

    Args:
        changes: The agreement in two versions; one that only one side has is inserted or deleted as a whole.
        author: In whose name the changes are.
        date: ISO date of the changes; None for that of the new version.
        options: House file, and whether the notes of the new version stand in it as comments.

    Raises:
        TemplateError: The house file cannot be used.
        OutputError: A version cannot be written, or the written file did not pass its checks.
    """
    options = options or WordOptions(notes="none")
    document = changes.document
    old, new = (one or _empty(document) for one in (changes.old, changes.new))
    require_resolved(old)
    require_resolved(new)
    house = load_house(options.template)
    allocator = Allocator()
    tracked = Tracked(author, date or new.meta.date, allocator)
    said, says = (field_values(one, draft=options.draft) for one in (old, new))
    main, fresh = house_fields(house, said, says, tracked)
    bullets = house.cast[Role.BULLET].place
    anchors = Anchors(new.notes, options.notes, house.styles, allocator, NOTE_WRITER, bullets)
    mates = {change.old.id: change.new.id for change in changes.all if change.old and change.new}
    fixed = (contents.SUMMARY, contents.PARTIES, contents.BACKGROUND, contents.AGREED, contents.EXECUTION, _END, "")
    mates |= {one: one for one in fixed}
    mates |= _parts(old, new, mates)

    after = _written(BodyWriter(new, house, allocator, anchors))
    toc = contents.toc_bookmarks(new)
    trial = Merger(Tracked("", "", Allocator()))
    names, old_toc = Allocator(), contents.toc_bookmarks(old)
    _body(trial, _written(BodyWriter(old, house, names, _no_notes(house, names))), after, mates)
    same = {
        one: other
        for one, other in mates.items()
        if one and allocator.bookmark(other) in trial.together.get(names.bookmark(one), ())
    }
    listed = {
        one: mates[one]
        for one, name in old_toc.items()
        if mates.get(one) in toc and toc[mates[one]] in trial.together.get(name, ())
    }
    own = count(_TOC_WAS)
    old_toc = {one: toc[listed[one]] if one in listed else f"_Toc{next(own)}" for one in old_toc}
    shared = _Names(allocator, same)
    before = _written(BodyWriter(old, house, shared, _no_notes(house, shared), toc=old_toc))

    merger = Merger(tracked)
    cover = merger.merged(segments(before.cover), segments(after.cover), mates)
    summary = merger.merged(segments(before.summary), segments(after.summary), mates)
    listing = _contents(merger, before.contents, after.contents, {"": "", **listed})
    body = _body(merger, before, after, mates)
    if merger.open_end:  # the end of the last paragraph of a file can neither go nor come
        body += Sheet(house.styles[Role.TABLE_SPACE], text=False).xml()
    fresh[house.main] = splice(main, cover, summary + listing, body, house).encode()
    if options.notes == "comments":
        fresh |= comment_parts(anchors.placed, new.meta.date, house.styles, allocator)
    content = packed(new, house, fresh, draft=options.draft)
    verify_redline(content)
    return content


def _written(writer: BodyWriter) -> Written:
    return Written(writer.cover(), writer.summary(), writer.contents(), writer.body())


def _no_notes(house: House, allocator: Allocator) -> Anchors:
    return Anchors((), "none", house.styles, allocator, NOTE_WRITER)


def _body(merger: Merger, before: Written, after: Written, mates: Mapping[str, str]) -> str:
    one, other = before.body[-1], after.body[-1]
    if isinstance(one, Sheet) and isinstance(other, Sheet) and not one.text and not other.text:
        one.of = other.of = _END  # the space at the very end belongs to neither version's last division: it stays
    return merger.merged(segments(before.body), segments(after.body), mates)


def _contents(merger: Merger, old: list[Piece], new: list[Piece], listed: Mapping[str, str]) -> str:
    """Return the list of contents of both versions, in the control that holds the new one.

    The field of the list begins in its first row and ends in its last. Where both versions do not begin and end with
    the same rows, the whole list of the old one goes and that of the new one comes.
    """
    walls = [piece for piece in new or old if isinstance(piece, str)]
    if not walls:
        return ""
    one, other = (segments([piece for piece in pieces if not isinstance(piece, str)]) for pieces in (old, new))
    ends = [(one[at], other[at]) for at in (1, -1)] if len(one) > 1 and len(other) > 1 else []
    if not ends or any(listed.get(a.of) != b.of for a, b in ends):
        listed = {"": ""}
    return walls[0] + merger.merged(one, other, listed, moves=False) + walls[-1]


def _parts(old: Document, new: Document, mates: Mapping[str, str]) -> dict[str, str]:
    """Return the mates of groups of clauses that have the same heading, whatever clauses stand in them."""
    one, other = (
        {plain_text(part.heading): part.id for part in document.body if isinstance(part, Part)}
        for document in (old, new)
    )
    taken = set(mates.values())
    return {
        id_: other[heading]
        for heading, id_ in one.items()
        if heading in other and id_ not in mates and other[heading] not in taken
    }


def _empty(document: Document) -> Document:
    """Return an agreement that says nothing, as the other version of one that only one side has."""
    return replace(
        document, subtitle=(), opening=(), summary=(), parties=(), background=(), body=(), schedules=(), execution=(),
        notes=(),
    )  # fmt: skip
