"""Pieces of WordprocessingML for tests: runs cut, struck out, put in boxes of tracked changes, as Word does it."""

from __future__ import annotations

import copy
from collections.abc import Callable

from lxml import etree

from agreementkit.writers.word.markup import w

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def text_of(run: etree._Element) -> str:
    """Return the words of the first text of a run."""
    found = run.find(w("t"))
    return (found.text or "") if found is not None else ""


def set_text(run: etree._Element, text: str) -> None:
    """Give the first text of a run other words, with their outer spaces."""
    found = run.find(w("t"))
    if found is not None:
        found.text = text
        found.set(_SPACE, "preserve")


def plain_run(text: str) -> etree._Element:
    """Return a run of plain words."""
    made = etree.Element(w("r"))
    etree.SubElement(made, w("t"))
    set_text(made, text)
    return made


def with_text(run: etree._Element, text: str) -> etree._Element:
    """Return a copy of a run with other words."""
    new = copy.deepcopy(run)
    set_text(new, text)
    return new


def cut_run(run: etree._Element, before: str, middle: str, after: str) -> etree._Element:
    """Put runs with the parts of its words in the place of a run, and return the middle one."""
    parts = [with_text(run, text) for text in (before, middle, after)]
    around = parent_of(run)
    at = around.index(run)
    around[at : at + 1] = [one for one in parts if text_of(one)]
    return parts[1]


def parent_of(element: etree._Element) -> etree._Element:
    """Return the element around another."""
    found = element.getparent()
    assert found is not None  # noqa: S101 - told to the type checker
    return found


def remove(element: etree._Element) -> None:
    """Take an element out."""
    parent_of(element).remove(element)


def inside(box: etree._Element, run: etree._Element | None) -> etree._Element:
    """Return a tracked change with a run in it."""
    if run is not None:
        box.append(run)
    return box


def deleted(run: etree._Element | None) -> etree._Element:
    """Make the words of a run words that were struck out, and return the run."""
    assert run is not None  # noqa: S101 - told to the type checker
    for one in [*run.iter(w("t"))]:
        one.tag = w("delText")
    for one in [*run.iter(w("instrText"))]:
        one.tag = w("delInstrText")
    return run


def strike(paragraph: etree._Element, mark: Callable[[], etree._Element]) -> None:
    """Strike out every run of a paragraph, each in a mark of its own."""
    for run in all_runs(paragraph):
        run.addprevious(gone := mark())
        gone.append(deleted(run))


def mark_end(paragraph: etree._Element, mark: etree._Element) -> None:
    """Say in the properties of a paragraph what became of its end."""
    properties = paragraph.find(w("pPr"))
    if properties is None:
        properties = etree.Element(w("pPr"))
        paragraph.insert(0, properties)
    look = properties.find(w("rPr"))
    if look is None:
        look = etree.SubElement(properties, w("rPr"))
    look.insert(0, mark)


def mark_row(row: etree._Element, mark: etree._Element) -> None:
    """Say in the properties of a row what became of it."""
    properties = row.find(w("trPr"))
    if properties is None:
        properties = etree.Element(w("trPr"))
        row.insert(0, properties)
    properties.append(mark)


def above(element: etree._Element, name: str) -> etree._Element | None:
    """Return the nearest element of a name above another."""
    return next(element.iterancestors(w(name)), None)


def plain_runs(paragraph: etree._Element) -> list[etree._Element]:
    """Return the runs of a paragraph that are words and nothing else, outside controls and fields."""
    out, depth = [], 0
    for run in paragraph.iterchildren(w("r")):
        for char in run.iterchildren(w("fldChar")):
            depth += {"begin": 1, "end": -1}.get(char.get(w("fldCharType"), ""), 0)
        texts = run.findall(w("t"))
        others = [one for one in run if one.tag not in (w("t"), w("rPr"))]
        if not depth and len(texts) == 1 and not others and len((texts[0].text or "").split()) > 0:
            out.append(run)
    return out


def is_long(paragraph: etree._Element) -> bool:
    """Whether a paragraph has more than three words."""
    return len(words_of(paragraph).split()) > 3


def all_runs(paragraph: etree._Element) -> list[etree._Element]:
    """Return every run of a paragraph but those that only hold a comment."""
    return [one for one in paragraph.iter(w("r")) if one.find(w("commentReference")) is None]


def words_of(paragraph: etree._Element) -> str:
    """Return the words of a paragraph without the numbers that fields print."""
    out, result = [], False
    for one in paragraph.iter(w("fldChar"), w("t"), w("tab"), w("br")):
        if one.tag == w("fldChar"):
            result = one.get(w("fldCharType")) != "end"
        elif one.tag == w("t"):
            out.append(" " if result else one.text or "")
        else:
            out.append(" ")
    return "".join(out)
