"""What stands beside the text of a written file: comments, footnotes, values in a store; and that both sides agree."""

from __future__ import annotations

from collections.abc import Iterator

from agreementkit.writers.word.markup import W14, W15, W16CEX, W16CID, w
from agreementkit.writers.word.notes import footnotes as footnote_part
from agreementkit.writers.word.values.controls import LONGEST, controls
from agreementkit.writers.word.values.item import DATA
from agreementkit.writers.word.values.store import VALUES
from agreementkit.writers.word.verify.parts import MAIN, Parts, Trees


def comments(parts: Parts, trees: Trees) -> Iterator[str]:
    """Comments and their marks match, have words, and the parts for threads agree about them."""
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


def values(trees: Trees, *, draft: bool) -> Iterator[str]:
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


def footnotes(trees: Trees) -> Iterator[str]:
    """Footnotes and their marks match, have words, and the separators are there."""
    marks = [e.get(w("id")) for root in (trees[MAIN],) for e in root.iter(w("footnoteReference"))]
    root = trees.get(footnote_part.PART)
    if root is None:
        if marks:
            yield "the body has footnote marks but there are no footnotes"
        return
    notes = [one for one in root.iter(w("footnote")) if one.get(w("type")) in (None, "normal")]
    if sorted(map(str, marks)) != sorted(str(one.get(w("id"))) for one in notes):
        yield "footnotes and their marks do not match"
    for one in notes:
        if not "".join(t.text or "" for t in one.iter(w("t"))).strip():
            yield f"footnote {one.get(w('id'))} is empty"
    kinds = {one.get(w("type")) for one in root.iter(w("footnote"))}
    if not {"separator", "continuationSeparator"} <= kinds:
        yield "the footnotes have no separators"
