"""What stands beside the text of a written file: comments, footnotes, values in a store; and that both sides agree."""

from __future__ import annotations

from collections.abc import Iterator

from agreementkit.writers.word.markup import W14, W15, W16CEX, W16CID, W, w
from agreementkit.writers.word.notes import footnotes as footnote_part
from agreementkit.writers.word.values.controls import LONGEST, controls
from agreementkit.writers.word.values.item import DATA
from agreementkit.writers.word.values.store import NAMESPACE, VALUES
from agreementkit.writers.word.verify.parts import MAIN, Part, Parts

_NAMESPACES = (NAMESPACE, DATA, W)
"""Those of the parts that have to do with values: store, store properties, glossary."""
_MARKS = (w("commentRangeStart"), w("commentRangeEnd"), w("commentReference"))
_PARAGRAPH_ID = f"{{{W14}}}paraId"
_ID, _DURABLE = w("id"), f"{{{W16CID}}}durableId"


def comments(parts: Parts) -> Iterator[str]:
    """Comments and their marks match, have words, and the parts for threads agree about them."""
    marks: dict[str, list[str]] = {tag: [] for tag in _MARKS}
    for mark in parts[MAIN].root.iter(*_MARKS):
        marks[mark.tag].append(str(mark.get(_ID)))
    if "word/comments.xml" not in parts:
        if any(marks.values()):
            yield "the body has comment marks but there are no comments"
        yield from (f"{n} is there without comments" for n in parts if "comments" in n or n == "word/people.xml")
        return
    said = list(parts["word/comments.xml"].root.iter(w("comment")))
    ids = sorted(str(comment.get(_ID)) for comment in said)
    for tag, found in marks.items():
        if sorted(found) != ids:
            yield f"comments and their marks ({tag.removeprefix(w(''))}) do not match"
    last = set()
    for comment in said:
        paragraph = next(comment.iterchildren(w("p"), reversed=True), None)
        if paragraph is None or not any((text.text or "").strip() for text in comment.iter(w("t"))):
            yield f"comment {comment.get(_ID)} is empty"
            continue
        last.add(paragraph.get(_PARAGRAPH_ID))
    keyed = _told(parts["word/commentsExtended.xml"], f"{{{W15}}}paraId")
    durable = {row.get(f"{{{W16CID}}}paraId"): row.get(_DURABLE) for row in parts["word/commentsIds.xml"].root}
    dated = _told(parts["word/commentsExtensible.xml"], f"{{{W16CEX}}}durableId")
    if not last == set(keyed) == set(durable) or set(durable.values()) != set(dated):
        yield "the comment parts do not agree about the ids of the comments"
    authors = {comment.get(w("author")) for comment in said}
    if authors != set(_told(parts["word/people.xml"], f"{{{W15}}}author")):
        yield "the list of people does not match the authors of the comments"


def _told(part: Part, name: str) -> list[str | None]:
    """Return what each row of a part says in an attribute."""
    return [row.get(name) for row in part.root]


def values(parts: Parts, *, draft: bool) -> Iterator[str]:
    """Follow every content control of ours to the store and back; a final copy has neither."""
    roots = [part.root for part in parts.values() if part.is_xml and part.may_use(*_NAMESPACES)]
    stores = [root for root in roots if root.tag == VALUES]
    values = {row.get("key"): row.text or "" for root in stores for row in root}
    ours = list(controls(parts[MAIN].root))
    if not draft:
        if ours or stores:
            yield "a final copy still has content controls for values in it"
        return
    if len(stores) > 1:
        yield "there is more than one store of values"
    known = {root.get(f"{{{DATA}}}itemID") for root in roots if root.tag == f"{{{DATA}}}datastoreItem"}
    blocks = {
        name.get(w("val"))
        for root in roots
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


def footnotes(parts: Parts) -> Iterator[str]:
    """Footnotes and their marks match, have words, and the separators are there."""
    marks = [e.get(_ID) for e in parts[MAIN].root.iter(w("footnoteReference"))]
    if footnote_part.PART not in parts:
        if marks:
            yield "the body has footnote marks but there are no footnotes"
        return
    root = parts[footnote_part.PART].root
    notes = [one for one in root.iter(w("footnote")) if one.get(w("type")) in (None, "normal")]
    if sorted(map(str, marks)) != sorted(str(one.get(_ID)) for one in notes):
        yield "footnotes and their marks do not match"
    for one in notes:
        if not "".join(t.text or "" for t in one.iter(w("t"))).strip():
            yield f"footnote {one.get(w('id'))} is empty"
    kinds = {one.get(w("type")) for one in root.iter(w("footnote"))}
    if not {"separator", "continuationSeparator"} <= kinds:
        yield "the footnotes have no separators"
