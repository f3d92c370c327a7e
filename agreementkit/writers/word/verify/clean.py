"""What must not be read in a written file: fields not filled, places not taken, blanks in a final copy, notes.

The words of every part are searched, attributes included, whatever the part is for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from functools import cache

from lxml import etree

from agreementkit.tree.nodes import Document
from agreementkit.tree.walk import BLANK, block_inlines, divisions, plain_text
from agreementkit.writers.word.verify.parts import Parts

GROUP = 6
"""Words in a row that mark a text as coming from a note."""
SHORTEST = 3
"""Words of the shortest note that is looked for; one or two words stand anywhere by chance."""
_PEOPLE = (
    "{http://purl.org/dc/elements/1.1/}creator",
    "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}lastModifiedBy",
)
_REMARKS = ("word/comments.xml", "word/people.xml")
_PLACE = "AK_"
"""How the places of a house file begin, which are looked for in one go."""
TOKENS = ("AK_BODY", "AK_COVER", "AK_CONTENTS", "AK_HELP")


def words(parts: Parts, document: Document, *, notes: str, draft: bool, threads: bool = False) -> Iterator[str]:
    """Look for what must not be read: fields not filled, places not taken, blanks in a final copy, notes."""
    said = _REMARKS if threads else ()  # a reviewer may write anything, and quote a note
    read = {n: part for n, part in parts.items() if part.is_xml and not n.endswith(".rels") and n not in said}
    own = cache(lambda: "\n".join(_own_words(document)))  # asked only where something was found
    places = TOKENS if any(part.may_say(_PLACE) for part in read.values()) else ()
    for tag in ("{{", "{%", *places):
        found = _saying(read, tag)
        if found and tag not in own():
            yield from (f"{name} still holds {tag!r}" for name in found)
    if not draft:
        yield from (f"{name} of a final copy still has a blank in it" for name in _saying(read, BLANK))
    if notes == "none" and not threads:
        yield from (f"{n} is left though notes are off" for n in parts if "comments" in n or "people" in n)
    if notes == "none":
        yield from _notes_left(read, own, document)


def _saying(parts: Parts, text: str) -> list[str]:
    return [name for name, part in parts.items() if part.may_say(text) and text in part.words]


def properties(parts: Parts, document: Document) -> Iterator[str]:
    """Yield what programs write into a file of themselves and of the people who used them."""
    owner = document.meta.organisation or "agreementkit"
    for tag in _PEOPLE:
        said = parts["docProps/core.xml"].root.findtext(tag) or ""
        if said != owner:
            yield f"docProps/core.xml names {said!r}"
    tags = {etree.QName(one).localname for one in parts["docProps/app.xml"].root}
    yield from (f"docProps/app.xml still says something under {tag}" for tag in sorted(tags - {"Application"}))


def _notes_left(parts: Parts, own: Callable[[], str], document: Document) -> Iterator[str]:
    """Find notes in a package that should have none.

    A sentence of a note can also be a sentence of the agreement; only what the agreement does not say counts.
    The beginnings of all notes are looked up together among the word groups of a part, so that the search stays
    proportional to the length of the file.
    """
    said = [
        (note.id, plain_text(inlines).split())
        for note in document.notes
        for block in note.blocks
        for inlines in block_inlines(block)
    ]
    starts = {tuple(words[:GROUP]) for _, words in said if len(words) >= GROUP}
    wholes = {f" {' '.join(words)} " for _, words in said if SHORTEST <= len(words) < GROUP}
    found: dict[str, Set[object]] = {}
    for name, part in parts.items():
        words = part.words.split()
        flat = f" {' '.join(words)} " if wholes else ""
        found[name] = starts.intersection(_groups(words)) | {whole for whole in wholes if whole in flat}
    if not any(found.values()):
        return
    own_words = own().split()
    own_groups, own_flat = set(_groups(own_words)), f" {' '.join(own_words)} "
    for id_, words in said:
        start, whole = tuple(words[:GROUP]), f" {' '.join(words)} "
        if len(words) >= GROUP and start not in own_groups:
            yield from (f"{name} still holds the note {id_!r}" for name, looked in found.items() if start in looked)
        elif SHORTEST <= len(words) < GROUP and whole not in own_flat:
            yield from (f"{name} still holds the note {id_!r}" for name, looked in found.items() if whole in looked)


def _groups(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[shift:] for shift in range(GROUP)), strict=False)


def _own_words(document: Document) -> Iterator[str]:
    """Yield every text of the agreement itself."""
    meta = document.meta
    yield from (
        document.title,
        document.short,
        meta.organisation,
        meta.reference,
        meta.version,
        meta.status,
        meta.bank,
    )
    yield from (plain_text(line) for line in document.subtitle)
    for block in (*document.opening, *document.summary):
        yield from (plain_text(inlines) for inlines in block_inlines(block))
    for division in divisions(document):
        yield plain_text(division.heading)
        for block in division.blocks:
            yield from (plain_text(inlines) for inlines in block_inlines(block))
    if any(tag in note_words for note_words in _note_words(document) for tag in ("{{", "{%")):
        yield "{{ {%"


def _note_words(document: Document) -> Iterator[str]:
    for note in document.notes:
        for block in note.blocks:
            yield from (plain_text(inlines) for inlines in block_inlines(block))
