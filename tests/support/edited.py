"""Word files as somebody edited them: what we wrote, with its XML changed as Word changes it."""

from __future__ import annotations

import copy
from collections.abc import Callable

from commented import changed
from lxml import etree

from agreementkit.testing.markup import (
    all_runs,
    deleted,
    mark_end,
    parent_of,
    plain_run,
    plain_runs,
    remove,
    set_text,
    text_of,
)
from agreementkit.writers.word.markup import w
from agreementkit.writers.word.values.carried import NAMESPACE

MAIN = "word/document.xml"
WHEN = "2026-11-27T10:00:00Z"


def edited(content: bytes, change: Callable[[etree._Element], None], part: str = MAIN) -> bytes:
    """Return a file with the tree of one part changed."""

    def one(name: str, data: bytes) -> bytes:
        if name != part:
            return data
        root = etree.fromstring(data)
        change(root)
        return etree.tostring(root)

    return changed(content, one)


def without_carried(content: bytes) -> bytes:
    """Return a file without the agreement that it carries, as an editor leaves it that drops what it does not know."""
    return changed(content, lambda _, data: None if NAMESPACE.encode() in data else data)


def mark(kind: str, author: str = "B. Officer", **more: str) -> etree._Element:
    """Return the element of a tracked change."""
    out = etree.Element(w(kind))
    for key, value in {"id": "990", "author": author, "date": WHEN, **more}.items():
        out.set(w(key), value)
    return out


def text(element: etree._Element) -> str:
    """Return all words of an element."""
    return "".join(one.text or "" for one in element.iter(w("t"), w("delText")))


def paragraph(root: etree._Element, start: str) -> etree._Element:
    """Return the one paragraph outside the contents that begins with some words."""
    found = [one for one in root.iter(w("p")) if text(one).startswith(start) and one.find(w("hyperlink")) is None]
    assert found, start
    return found[-1]


def run_with(element: etree._Element, words: str) -> etree._Element:
    """Return a run of exactly these words, cut out of the run that has them."""
    for run in element.iter(w("r")):
        found = text_of(run)
        if words in found:
            before, _, after = found.partition(words)
            made = copy.deepcopy(run)
            set_text(made, words)
            run.addnext(made)
            if after:
                rest = copy.deepcopy(run)
                set_text(rest, after)
                made.addnext(rest)
            set_text(run, before)
            if not before:
                remove(run)
            return made
    raise AssertionError(words)


def put_in(
    element: etree._Element, behind: str, words: str, author: str = "B. Officer", *, tracked: bool = True
) -> None:
    """Put in words behind others, tracked or not."""
    run = run_with(element, behind)
    new = plain_run(words)
    if tracked:
        box = mark("ins", author)
        box.append(new)
        new = box
    run.addnext(new)


def strike(element: etree._Element, words: str, author: str = "B. Officer", *, tracked: bool = True) -> None:
    """Strike out words, tracked or not."""
    run = run_with(element, words)
    if not tracked:
        remove(run)
        return
    box = mark("del", author)
    run.addprevious(box)
    box.append(deleted(run))


def strike_all(element: etree._Element, author: str = "B. Officer") -> None:
    """Strike out a whole paragraph with its end."""
    for run in all_runs(element):
        box = mark("del", author)
        run.addprevious(box)
        box.append(deleted(run))
    mark_end(element, mark("del", author))


def new_paragraph(words: str, like: etree._Element | None = None, author: str = "") -> etree._Element:
    """Return a paragraph, its words tracked where there is an author."""
    made = etree.Element(w("p"))
    properties = like.find(w("pPr")) if like is not None else None
    if properties is not None:
        made.append(copy.deepcopy(properties))
    run = plain_run(words)
    if author:
        box = mark("ins", author)
        box.append(run)
        run = box
    made.append(run)
    return made


def without_bookmarks(element: etree._Element) -> None:
    """Take out the bookmarks of an element."""
    for one in [*element.iter(w("bookmarkStart"), w("bookmarkEnd"))]:
        remove(one)


__all__ = [
    "MAIN", "copy", "edited", "mark", "mark_end", "new_paragraph", "paragraph", "parent_of", "plain_run", "plain_runs",
    "put_in", "remove", "run_with", "strike", "strike_all", "text", "without_bookmarks",
]  # fmt: skip
