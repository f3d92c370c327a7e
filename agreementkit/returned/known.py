"""What is known of an agreement when its file comes back: bookmarks, tags of values, definitions, its own notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from agreementkit.agreement import INITIALS, Agreement
from agreementkit.returned.comments import WordComment
from agreementkit.tree.nodes import Blank, DefinitionEntry, Division, Note, Value
from agreementkit.tree.walk import block_inlines, division_inlines, divisions, plain_text
from agreementkit.writers.outline import sources_of
from agreementkit.writers.word.allocate import Allocator
from agreementkit.writers.word.package.properties import TIME
from agreementkit.writers.word.values.controls import MARK, tag

FINDINGS = "CHK"
"""Initials of findings that were printed as comments."""

_OURS = frozenset({*INITIALS.values(), FINDINGS})
_ODD = re.compile(r"[\W_]+")


class Known:
    """What is known of an agreement when its file comes back: bookmarks, definitions, the words of its notes."""

    def __init__(self, agreement: Agreement) -> None:
        self.divisions: dict[str, Division] = {}
        self.bookmarks: dict[str, str] = {}
        self.notes = frozenset(squeezed("".join(note_words(note))) for note in agreement.document.notes)
        self._ids: dict[str, str] = {}
        allocator = Allocator()
        for division in divisions(agreement.document):
            self.divisions[division.id] = division
            name = self.bookmarks[division.id] = allocator.bookmark(division.id).lower()
            self._ids[name] = division.id

    @cached_property
    def _paths(self) -> dict[str, str]:
        """The paths of values by the tags of their controls; most files come back with no value written over."""
        found = (one for division in self.divisions.values() for one in division_inlines(division))
        return {tag(one.path): one.path for one in found if isinstance(one, (Value, Blank)) and one.path}

    def division(self, bookmark: str) -> str:
        """Return the id of the division behind a bookmark; the bookmark itself where there is none."""
        return self._ids.get(bookmark.lower(), bookmark)

    def path(self, control: str) -> str:
        """Return the path of the value behind the tag of a control; what the tag says where there is none."""
        return self._paths.get(control, control.removeprefix(MARK))

    def term(self, division: str, paragraph: str) -> str:
        """Return the id of the definition that a paragraph of a division is, or ""."""
        found = self.divisions.get(division)
        words = squeezed(paragraph)
        entries = [block for block in found.blocks if isinstance(block, DefinitionEntry)] if found else []
        fitting = [one for one in entries if words.startswith(squeezed(one.term))]
        return max(fitting, key=lambda one: len(one.term)).id if fitting else ""


def is_own(comment: WordComment, known: Known | None) -> bool:
    """Whether a comment is one of our own notes, with nothing changed in it.

    It is one when the agreement has a note with the same words. Where its notes are not known, it is one when it bears
    the initials of a voice and the time of day that our files give to notes. An answer to a note is no note.
    """
    if comment.parent:
        return False
    if known is not None and known.notes and squeezed(comment.text) in known.notes:
        return True
    stamped = comment.initials in _OURS and TIME[:-1] in comment.when
    return stamped and (known is None or not known.notes or comment.initials == FINDINGS)


def note_words(note: Note) -> Iterator[str]:
    """Yield what a note says, as Word prints it."""
    for block in note.blocks:
        if isinstance(block, DefinitionEntry):
            yield block.term
        for run in block_inlines(block):
            yield plain_text(run)
    if note.cites:
        yield sources_of(note)


def squeezed(text: str) -> str:
    """Return the letters and figures of a text: editors change spaces, points and quotation marks."""
    return _ODD.sub("", text).casefold()
