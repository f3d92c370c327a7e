"""Word files as people send them back: words of ours struck out and put in as Word tracks it."""

from __future__ import annotations

from copy import deepcopy
from typing import NamedTuple

from commented import changed
from lxml import etree

from agreementkit.writers.word.markup import w
from agreementkit.writers.word.package.intake import parse


class Change(NamedTuple):
    """A change of one run: how its paragraph begins, the words that go, the words that come."""

    start: str
    before: str
    after: str


def tracked(content: bytes, author: str, *changes: Change, when: str = "2026-11-27T10:00:00Z") -> bytes:
    """Return a Word file with tracked changes of one author; words that come where none go stand at the end."""

    def edit(name: str, part: bytes) -> bytes:
        if name != "word/document.xml":
            return part
        root = parse(part)
        for number, change in enumerate(changes, start=9_000 + 100 * len(author)):
            _make(root, change, {w("id"): str(number), w("author"): author, w("date"): when})
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    return changed(content, edit)


def _make(root: etree._Element, change: Change, stamp: dict[str, str]) -> None:
    paragraph = next(
        one for one in root.iter(w("p")) if "".join(t.text or "" for t in one.iter(w("t"))).startswith(change.start)
    )
    text = next(t for t in paragraph.iter(w("t")) if change.before in (t.text or "")) if change.before else None
    last = list(paragraph.iter(w("r")))[-1] if text is None else text.getparent()
    assert last is not None
    words = (
        last
        if text is not None
        else next(r for r in reversed(list(paragraph.iter(w("r")))) if r.find(w("t")) is not None)
    )
    parent = words.getparent()
    assert parent is not None
    at = parent.index(words)
    made: list[etree._Element] = []
    if text is not None:
        head, _, tail = (text.text or "").partition(change.before)
        gone = etree.Element(w("del"), stamp)
        gone.append(_run(words, change.before, "delText"))
        made = [*([_run(words, head)] if head else []), gone]
        parent.remove(words)
    else:
        tail, at = "", at + 1
    if change.after:
        come = etree.Element(w("ins"), stamp)
        come.append(_run(words, change.after))
        made.append(come)
    if tail:
        made.append(_run(words, tail))
    for one in reversed(made):
        parent.insert(at, one)


def _run(like: etree._Element, text: str, tag: str = "t") -> etree._Element:
    run = etree.Element(w("r"))
    look = like.find(w("rPr"))
    if look is not None:
        run.append(deepcopy(look))
    words = etree.SubElement(run, w(tag))
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return run
