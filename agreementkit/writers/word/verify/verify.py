"""Verification of a written package, read back from its bytes before anybody gets it.

A file can satisfy the schema and still make Word repair it or lose text. Everything that points at something
is followed, in both directions; with notes switched off, the package is searched for them.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping

from lxml import etree

from agreementkit.diagnostics import Diagnostic
from agreementkit.errors import OutputError
from agreementkit.tree.nodes import Document
from agreementkit.tree.walk import BLANK, block_inlines, divisions, plain_text
from agreementkit.writers.word.markup import CONTENT_TYPES, W14, W15, W16CEX, W16CID, R, w
from agreementkit.writers.word.notes.comments import PARTS
from agreementkit.writers.word.package.intake import UnsoundXmlError, parse, read_relationships, resolve
from agreementkit.writers.word.values.controls import LONGEST, controls
from agreementkit.writers.word.values.store import DATA, VALUES

_STORY = re.compile(r"^word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml$")
_FIELD_TARGET = re.compile(r"^\s*(?:REF|PAGEREF)\s+(\S+)")
_BOOKMARK = re.compile(r"^[A-Za-z_]\w{0,39}$")
_HIGHEST_ID = 0x80000000
MAIN = "word/document.xml"
OURS = (MAIN, "docProps/core.xml", "docProps/custom.xml", *PARTS)
"""Parts that something must lead to; what a house file leaves lying about is its own business."""

GROUP = 6
"""Words in a row that mark a text as coming from a note."""
TOKENS = ("AK_BODY", "AK_COVER", "AK_CONTENTS", "AK_HELP")


def verify(content: bytes, document: Document, *, notes: str, draft: bool) -> None:
    """Refuse a package that does not hang together.

    Raises:
        OutputError: With every fault found.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        parts = {name: archive.read(name) for name in names}
    faults = [f"the part {name} is in the package twice" for name, n in Counter(names).items() if n > 1]
    trees: dict[str, etree._Element] = {}
    for name, data in parts.items():
        if name.endswith((".xml", ".rels")):
            try:
                trees[name] = parse(data)
            except UnsoundXmlError as fault:
                faults.append(f"the part {name} is not sound XML: {fault}")
    if not faults:
        for check in (_package, _stories, _bookmarks, _comments, _numbering):
            faults += check(parts, trees)
        faults += _controls(trees, draft=draft)
        faults += _words(trees, document, notes=notes, draft=draft)
    if faults:
        raise OutputError(
            *(
                Diagnostic(
                    "AK710",
                    f"The Word file was not written, for it would be faulty: {fault}.",
                    hints=("if the house file is not at fault, please report this",),
                )
                for fault in dict.fromkeys(faults)
            )
        )


Parts = Mapping[str, bytes]
Trees = Mapping[str, etree._Element]


def _package(parts: Parts, trees: Trees) -> Iterator[str]:
    types = trees["[Content_Types].xml"]
    endings = {(row.get("Extension") or "").lower() for row in types.iter(f"{{{CONTENT_TYPES}}}Default")}
    listed = {(row.get("PartName") or "").lstrip("/") for row in types.iter(f"{{{CONTENT_TYPES}}}Override")}
    for name in parts:
        if name != "[Content_Types].xml" and name not in listed and name.rsplit(".", 1)[-1].lower() not in endings:
            yield f"{name} has no content type"
    yield from (f"{name} has a content type but is missing" for name in sorted(listed - set(parts)))
    reached = set()
    for name, data in parts.items():
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        source = posixpath.join(folder, posixpath.basename(name)[:-5]) if name != "_rels/.rels" else ""
        links = read_relationships(data)
        yield from (f"{name} has the id {i} twice" for i, n in Counter(x.id for x in links).items() if n > 1)
        for link in links:
            if not link.external:
                target = resolve(source, link.target)
                reached.add(target)
                if target not in parts:
                    yield f"{name} leads to {target}, which is missing"
        if source in trees:
            known = {link.id for link in links}
            for element in trees[source].iter():
                for key, value in element.attrib.items():
                    if etree.QName(key).namespace == R and value not in known:
                        yield f"{source} uses the relationship {value!r}, which is missing"
    yield from (f"nothing leads to {name}" for name in OURS if name in parts and name not in reached)


def _stories(parts: Parts, trees: Trees) -> Iterator[str]:
    styles = {style.get(w("styleId")) for style in trees["word/styles.xml"].iter(w("style"))}
    for name in filter(_STORY.match, parts):
        root = trees[name]
        for tag in ("pStyle", "rStyle", "tblStyle"):
            used = {element.get(w("val")) for element in root.iter(w(tag))}
            yield from (
                f"{name} uses the style {style}, which is missing" for style in sorted(filter(None, used - styles))
            )
        depth = 0
        for mark in root.iter(w("fldChar")):
            depth += {"begin": 1, "end": -1}.get(mark.get(w("fldCharType")) or "", 0)
            if depth < 0:
                break
        if depth:
            yield f"{name} has a field that is not closed"
        for cell in root.iter(w("tc")):
            if len(cell) == 0 or cell[-1].tag != w("p"):
                yield f"{name} has a table cell that does not end with a paragraph"
        ids = [element.get(f"{{{W14}}}paraId") for element in root.iter(w("p")) if element.get(f"{{{W14}}}paraId")]
        yield from (f"{name} has the paragraph id {i} twice" for i, n in Counter(ids).items() if n > 1)
        yield from (f"{name} has a paragraph id out of range" for i in ids if i and not 0 < int(i, 16) < _HIGHEST_ID)
        if name != MAIN and not len(root):
            yield f"{name} is empty"
    body = trees[MAIN].find(w("body"))
    blocks = [e for e in body if e.tag != w("sectPr")] if body is not None else []
    if not blocks or blocks[-1].tag != w("p"):
        yield "the body does not end with a paragraph"
    controls = [element.get(w("val")) for element in trees[MAIN].iterfind(f".//{w('sdtPr')}/{w('id')}")]
    yield from (f"the content control id {i} is used twice" for i, n in Counter(controls).items() if n > 1)


def _bookmarks(parts: Parts, trees: Trees) -> Iterator[str]:
    del parts
    root = trees[MAIN]
    starts = {e.get(w("id")): e.get(w("name")) or "" for e in root.iter(w("bookmarkStart"))}
    ends = [e.get(w("id")) for e in root.iter(w("bookmarkEnd"))]
    if sorted(filter(None, starts)) != sorted(filter(None, ends)):
        yield "bookmarks do not open and close in pairs"
    names = Counter(e.get(w("name"), "").lower() for e in root.iter(w("bookmarkStart")))
    yield from (f"the bookmark {name} is there twice" for name, n in names.items() if n > 1)
    yield from (f"{name!r} is no bookmark name Word keeps" for name in starts.values() if not _BOOKMARK.match(name))
    for code in root.iter(w("instrText")):
        target = _FIELD_TARGET.match(code.text or "")
        if target and target.group(1).lower() not in names:
            yield f"a field points at the bookmark {target.group(1)}, which is missing"
    for link in root.iter(w("hyperlink")):
        anchor = link.get(w("anchor"))
        if anchor and anchor.lower() not in names:
            yield f"a link points at the bookmark {anchor}, which is missing"


def _comments(parts: Parts, trees: Trees) -> Iterator[str]:
    marks = {
        tag: [e.get(w("id")) for e in trees[MAIN].iter(w(tag))]
        for tag in ("commentRangeStart", "commentRangeEnd", "commentReference")
    }
    root = trees.get("word/comments.xml")
    if root is None:
        if any(marks.values()):
            yield "the body has comment marks but there are no comments"
        yield from (f"{n} is there without comments" for n in parts if "comments" in n or n == "word/people.xml")
        return
    ids = [comment.get(w("id")) for comment in root.iter(w("comment"))]
    for tag, found in marks.items():
        if sorted(map(str, found)) != sorted(map(str, ids)):
            yield f"comments and their marks ({tag}) do not match"
    last = set()
    for comment in root.iter(w("comment")):
        paragraphs = comment.findall(w("p"))
        if not paragraphs or not "".join(t.text or "" for t in comment.iter(w("t"))).strip():
            yield f"comment {comment.get(w('id'))} is empty"
            continue
        last.add(paragraphs[-1].get(f"{{{W14}}}paraId"))
    keyed = {e.get(f"{{{W15}}}paraId") for e in trees["word/commentsExtended.xml"]}
    durable = {e.get(f"{{{W16CID}}}paraId"): e.get(f"{{{W16CID}}}durableId") for e in trees["word/commentsIds.xml"]}
    dated = {e.get(f"{{{W16CEX}}}durableId") for e in trees["word/commentsExtensible.xml"]}
    if not last == keyed == set(durable) or set(durable.values()) != dated:
        yield "the comment parts do not agree about the ids of the comments"
    authors = {comment.get(w("author")) for comment in root.iter(w("comment"))}
    if authors != {e.get(f"{{{W15}}}author") for e in trees["word/people.xml"]}:
        yield "the list of people does not match the authors of the comments"


def _numbering(parts: Parts, trees: Trees) -> Iterator[str]:
    root = trees.get("word/numbering.xml")
    abstract = {e.get(w("abstractNumId")) for e in root.iter(w("abstractNum"))} if root is not None else set()
    lists = {}
    if root is not None:
        for number in root.findall(w("num")):
            behind = number.find(w("abstractNumId"))
            lists[number.get(w("numId"))] = behind.get(w("val")) if behind is not None else None
        yield from (f"the list {n} has no definition" for n, a in lists.items() if a not in abstract)
    for name in [n for n in parts if _STORY.match(n) or n == "word/styles.xml"]:
        for element in trees[name].iterfind(f".//{w('numPr')}/{w('numId')}"):
            if element.get(w("val")) not in {*lists, "0"}:
                yield f"{name} uses the list {element.get(w('val'))}, which is missing"


def _controls(trees: Trees, *, draft: bool) -> Iterator[str]:
    """Follow every content control of ours to the store and back; a final copy has neither."""
    stores = [root for root in trees.values() if root.tag == VALUES]
    values = {row.get("key"): row.text or "" for root in stores for row in root}
    ours = list(controls(trees[MAIN]))
    if not draft:
        if ours or stores:
            yield "a final copy still has content controls for values in it"
        return
    if len(stores) > 1:
        yield "there is more than one store of values"
    known = {root.get(f"{{{DATA}}}itemID") for root in trees.values() if root.tag == f"{{{DATA}}}datastoreItem"}
    blocks = {
        name.get(w("val"))
        for root in trees.values()
        if root.tag == w("glossaryDocument")
        for name in root.iterfind(f".//{w('docPartPr')}/{w('name')}")
    }
    used = set()
    for control in ours:
        if len(control.tag) > LONGEST:
            yield f"the tag {control.tag!r} is longer than Word keeps"
        if control.block and control.block not in blocks:
            yield f"a content control shows the building block {control.block!r}, which is missing"
        if control.key:
            used.add(control.key)
            shown = "" if control.block else control.text
            if control.item not in known or values.get(control.key) != shown:
                yield f"the content control {control.tag!r} and the value it is bound to differ"
    yield from (f"the store holds {values[key]!r}, which nothing shows" for key in values if key not in used)


def _words(trees: Trees, document: Document, *, notes: str, draft: bool) -> Iterator[str]:
    """Look for what must not be read: fields not filled, places not taken, blanks in a final copy, notes."""
    own = "\n".join(_own_words(document))
    texts = {name: _text(root) for name, root in trees.items() if not name.endswith(".rels")}
    for tag in ("{{", "{%", *TOKENS):
        if tag not in own:
            yield from (f"{name} still holds {tag!r}" for name, text in texts.items() if tag in text)
    if not draft and BLANK in texts[MAIN]:
        yield "a final copy still has a blank in it"
    if notes == "none":
        yield from (f"{n} is left though notes are off" for n in trees if "comments" in n or "people" in n)
        yield from _notes_left(texts, own, document)


def _text(root: etree._Element) -> str:
    """Return the words of a part: paragraphs apart, the runs of one paragraph together."""
    pieces = []
    for element in root.iter():
        if element.tag == w("p"):
            pieces.append("\n")
        elif element.tag in (w("tab"), w("br")):
            pieces.append(" ")
        if isinstance(element.tag, str):
            pieces += [element.text or "", element.tail or ""]  # a tail is text where none should be
    return "".join(pieces)


def _notes_left(texts: Mapping[str, str], own: str, document: Document) -> Iterator[str]:
    """Find notes in a package that should have none.

    A sentence of a note can also be a sentence of the agreement; only what the agreement does not say counts.
    The beginnings of all notes are looked up in one set of word groups, so that the search stays proportional
    to the length of the file.
    """
    groups = {name: _groups(text) for name, text in texts.items()}
    said = _groups(own)
    for note in document.notes:
        for words in (plain_text(inlines).split() for block in note.blocks for inlines in block_inlines(block)):
            start = tuple(words[:GROUP])
            if len(words) >= GROUP and start not in said:
                yield from (f"{n} still holds the note {note.id!r}" for n, found in groups.items() if start in found)


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
    for block in document.opening:
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
