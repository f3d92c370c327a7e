"""What must not be read in a written file: fields not filled, places not taken, blanks in a final copy, notes.

The words of every part are searched, attributes included, whatever the part is for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from lxml import etree

from agreementkit.tree.nodes import Document
from agreementkit.tree.walk import BLANK, block_inlines, divisions, plain_text
from agreementkit.writers.word.markup import w
from agreementkit.writers.word.verify.parts import Trees

_attributes = etree.XPath(f"//@*[contains(., ' ') or contains(., '{BLANK}')]", smart_strings=False)
GROUP = 6
"""Words in a row that mark a text as coming from a note."""
SHORTEST = 3
"""Words of the shortest note that is looked for; one or two words stand anywhere by chance."""
_WORD = w("")
_PEOPLE = (
    "{http://purl.org/dc/elements/1.1/}creator",
    "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}lastModifiedBy",
)
_REMARKS = ("word/comments.xml", "word/people.xml")
TOKENS = ("AK_BODY", "AK_COVER", "AK_CONTENTS", "AK_HELP")


def words(trees: Trees, document: Document, *, notes: str, draft: bool, threads: bool = False) -> Iterator[str]:
    """Look for what must not be read: fields not filled, places not taken, blanks in a final copy, notes."""
    own = "\n".join(_own_words(document))
    said = _REMARKS if threads else ()  # a reviewer may write anything, and quote a note
    texts = {name: _text(root) for name, root in trees.items() if not name.endswith(".rels") and name not in said}
    for tag in ("{{", "{%", *TOKENS):
        if tag not in own:
            yield from (f"{name} still holds {tag!r}" for name, text in texts.items() if tag in text)
    if not draft:
        yield from (f"{n} of a final copy still has a blank in it" for n, text in texts.items() if BLANK in text)
    if notes == "none" and not threads:
        yield from (f"{n} is left though notes are off" for n in trees if "comments" in n or "people" in n)
    if notes == "none":
        yield from _notes_left(texts, own, document)


def properties(trees: Trees, document: Document) -> Iterator[str]:
    """Yield what programs write into a file of themselves and of the people who used them."""
    owner = document.meta.organisation or "agreementkit"
    for tag in _PEOPLE:
        said = trees["docProps/core.xml"].findtext(tag) or ""
        if said != owner:
            yield f"docProps/core.xml names {said!r}"
    tags = {etree.QName(one).localname for one in trees["docProps/app.xml"]}
    yield from (f"docProps/app.xml still says something under {tag}" for tag in sorted(tags - {"Application"}))


def _text(root: etree._Element) -> str:
    """Return the words of a part: paragraphs and properties apart, runs of a paragraph together, then attributes."""
    pieces: list[str] = []
    between: dict[object, str] = {}  # what stands before the words of an element, by its tag
    for element in root.iter():
        tag = element.tag
        before = between.get(tag)
        if before is None:
            before = between[tag] = _before(tag)
        if before:
            pieces.append(before)
        if isinstance(tag, str):
            pieces += (element.text or "", element.tail or "")  # a tail is text where none should be
    pieces += [f"\n{value}" for value in cast("list[str]", _attributes(root))]
    return "".join(pieces)


def _before(tag: object) -> str:
    if tag == w("p") or not str(tag).startswith(_WORD):
        return "\n"
    return " " if tag in (w("tab"), w("br")) else ""


def _notes_left(texts: Mapping[str, str], own: str, document: Document) -> Iterator[str]:
    """Find notes in a package that should have none.

    A sentence of a note can also be a sentence of the agreement; only what the agreement does not say counts.
    The beginnings of all notes are looked up in one set of word groups, so that the search stays proportional
    to the length of the file.
    """
    groups = {name: _groups(text) for name, text in texts.items()}
    said = _groups(own)
    flat = {name: f" {' '.join(text.split())} " for name, text in texts.items()}
    spoken = f" {' '.join(own.split())} "
    for note in document.notes:
        for words in (plain_text(inlines).split() for block in note.blocks for inlines in block_inlines(block)):
            start = tuple(words[:GROUP])
            if len(words) >= GROUP and start not in said:
                yield from (f"{n} still holds the note {note.id!r}" for n, found in groups.items() if start in found)
            elif SHORTEST <= len(words) < GROUP and (whole := f" {' '.join(words)} ") not in spoken:
                yield from (f"{n} still holds the note {note.id!r}" for n, text in flat.items() if whole in text)


def _groups(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return set(zip(*(words[shift:] for shift in range(GROUP)), strict=False))


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
