"""Comments of returned Word files as comments of reviewers: our own notes told apart, bookmarks turned into ids.

A comment is one of our own notes when the agreement has a note with the same words, or when it bears the initials of
a voice and the time of day that our files give to notes. A note that somebody has changed is a comment again, where
the agreement is known. An answer to a note is a comment.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from agreementkit.agreement import INITIALS, Agreement
from agreementkit.returned import ReturnedFile, WordComment
from agreementkit.reviewing.comment import ReviewComment, ReviewFile
from agreementkit.tree.nodes import DefinitionEntry, Division, Note
from agreementkit.tree.walk import block_inlines, divisions, plain_text
from agreementkit.writers.outline import sources_of
from agreementkit.writers.word.allocate import Allocator
from agreementkit.writers.word.package.properties import TIME

FINDINGS = "CHK"
"""Initials of findings that were printed as comments."""

_OURS = frozenset({*INITIALS.values(), FINDINGS})
_SHOWN = 80
_ODD = re.compile(r"[\W_]+")


def as_review(returned: ReturnedFile, agreement: Agreement | None) -> ReviewFile:
    """Return the comments of reviewers in a returned Word file.

    Args:
        returned: The file.
        agreement: The agreement it is of; None where it is not known, and bookmarks stand for ids then.
    """
    known = Known(agreement) if agreement is not None else None
    by_id = {one.id: one for one in returned.comments}
    comments: list[ReviewComment] = []
    own = 0
    for one in returned.comments:
        if not one.text:
            continue
        if _is_ours(one, known):
            own += 1
            continue
        comments.append(_comment(one, by_id.get(one.parent), known, returned.file))
    return ReviewFile(returned.file, returned.identity, tuple(comments), own)


class Known:
    """What is known of an agreement when its file comes back: bookmarks, definitions, the words of its notes."""

    def __init__(self, agreement: Agreement) -> None:
        self.divisions: dict[str, Division] = {}
        self.notes = frozenset(_squeezed("".join(_note_words(note))) for note in agreement.document.notes)
        self._bookmarks: dict[str, str] = {}
        allocator = Allocator()
        for division in divisions(agreement.document):
            self.divisions[division.id] = division
            self._bookmarks[allocator.bookmark(division.id).lower()] = division.id

    def division(self, bookmark: str) -> str:
        """Return the id of the division behind a bookmark; the bookmark itself where there is none."""
        return self._bookmarks.get(bookmark.lower(), bookmark)

    def term(self, division: str, paragraph: str) -> str:
        """Return the id of the definition that a paragraph of a division is, or ""."""
        found = self.divisions.get(division)
        words = _squeezed(paragraph)
        entries = [block for block in found.blocks if isinstance(block, DefinitionEntry)] if found else []
        fitting = [one for one in entries if words.startswith(_squeezed(one.term))]
        return max(fitting, key=lambda one: len(one.term)).id if fitting else ""


def _is_ours(one: WordComment, known: Known | None) -> bool:
    if one.parent:
        return False
    if known is not None and _squeezed(one.text) in known.notes:
        return True
    stamped = one.initials in _OURS and TIME[:-1] in one.when
    return stamped and (known is None or one.initials == FINDINGS)


def _comment(one: WordComment, parent: WordComment | None, known: Known | None, file: str) -> ReviewComment:
    paragraph = known.division(one.bookmark) if known and one.bookmark else one.bookmark
    term = known.term(paragraph, one.paragraph) if known else ""
    said = "\0".join((one.author, one.when, one.text, paragraph, term))
    reply = f"{parent.author}: {_short(parent.text)}" if parent else ""
    return ReviewComment(
        "w" + hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:23],
        one.author,
        "",
        "comment",
        one.when,
        one.text,
        "",
        one.quote or one.paragraph,
        paragraph.split("/")[0],
        paragraph,
        term,
        reply_to=reply,
        resolved=one.done,
        files=(file,),
    )


def _note_words(note: Note) -> Iterator[str]:
    for block in note.blocks:
        if isinstance(block, DefinitionEntry):
            yield block.term
        for run in block_inlines(block):
            yield plain_text(run)
    if note.cites:
        yield sources_of(note)


def _squeezed(text: str) -> str:
    """Return the letters and figures of a text: editors change spaces, points and quotation marks."""
    return _ODD.sub("", text).casefold()


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[: text.rfind(" ", 0, _SHOWN)].rstrip() + " …"
