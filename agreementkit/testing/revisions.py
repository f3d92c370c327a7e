"""Accepts and rejects the tracked changes of a Word file as ISO/IEC 29500-1, 17.13.5 says; tells what is then there.

It shares nothing with what writes redlines: it reads the file alone. `content_of` says what a main part holds in a form
in which two files can be compared: ids and names of bookmarks do not count, what they mark does; nor does what only
keeps paragraphs on one page.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any, Literal

from lxml import etree

from agreementkit.writers.word.markup import w
from agreementkit.writers.word.package.intake import parse

Way = Literal["accept", "reject"]

_COMES, _GOES = ("ins", "moveTo"), ("del", "moveFrom")
_RANGES = tuple(w(f"{kind}Range{end}") for kind in ("moveFrom", "moveTo") for end in ("Start", "End"))
_PROPERTIES = ("pPr", "rPr", "tblPr", "trPr", "tcPr", "tblGrid", "sectPr")
_MARKS = (w("bookmarkStart"), w("bookmarkEnd"))
_BLANK = "[●]"
_FIELD = re.compile(r"\s*(REF|PAGEREF)\s+(\S+)\s*(.*)")


def main_part(content: bytes) -> etree._Element:
    """Return the main part of a Word file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return parse(archive.read("word/document.xml"))


def resolved(content: bytes, way: Way) -> etree._Element:
    """Return the main part with all tracked changes accepted or rejected."""
    root = main_part(content)
    gone, kept = (_GOES, _COMES) if way == "accept" else (_COMES, _GOES)
    _properties(root, way)
    for row in list(root.iter(w("tr"))):
        if any(row.find(f"{w('trPr')}/{w(kind)}") is not None for kind in gone):
            _remove(row)
        else:
            for kind in kept:
                for mark in row.findall(f"{w('trPr')}/{w(kind)}"):
                    _remove(mark)
    for table in list(root.iter(w("tbl"))):
        if table.find(w("tr")) is None:
            _remove(table)
    for kind in gone:
        for one in list(root.iter(w(kind))):
            if not _of_paragraph(one):
                _remove(one)
    for kind in kept:
        for one in list(root.iter(w(kind))):
            if not _of_paragraph(one):
                _unwrap(one)
    for one in list(root.iter(*_RANGES)):
        _remove(one)
    for paragraph in list(root.iter(w("p"))):
        _end(paragraph, gone, kept)
    for one in root.iter(w("delText"), w("delInstrText")):
        one.tag = w("t") if one.tag == w("delText") else w("instrText")
    return root


def with_main(content: bytes, root: etree._Element) -> bytes:
    """Return a Word file with another main part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            main = name == "word/document.xml"
            target.writestr(name, etree.tostring(root, xml_declaration=True) if main else source.read(name))
    return out.getvalue()


def _of_paragraph(mark: etree._Element) -> bool:
    parent = mark.getparent()
    return parent is not None and parent.tag == w("rPr")


def _properties(root: etree._Element, way: Way) -> None:
    """Let properties be what they are, or what they were."""
    for kind in _PROPERTIES:
        for change in list(root.iter(w(f"{kind}Change"))):
            holder = change.getparent()
            if holder is None:
                continue
            holder.remove(change)
            if way == "reject":
                before = change[0]
                for one in list(holder):
                    if kind != "pPr" or one.tag not in (w("rPr"), w("sectPr")):
                        holder.remove(one)
                for at, one in enumerate(list(before)):
                    holder.insert(at, one)


def _end(paragraph: etree._Element, gone: tuple[str, ...], kept: tuple[str, ...]) -> None:
    """Join a paragraph whose end goes with the next one, whose properties stay."""
    look = paragraph.find(f"{w('pPr')}/{w('rPr')}")
    if look is None:
        return
    goes = any(look.find(w(kind)) is not None for kind in gone)
    for kind in (*gone, *kept):
        for mark in look.findall(w(kind)):
            look.remove(mark)
    if not len(look):
        _remove(look)
    if not goes:
        return
    rest = [one for one in paragraph if one.tag != w("pPr")]
    empty = all(one.tag in _MARKS or (one.tag == w("hyperlink") and not len(one)) for one in rest)
    after, parent = paragraph.getnext(), paragraph.getparent()
    if not empty:
        if after is None or after.tag != w("p"):
            raise ValueError("the end of a paragraph goes that has words and no paragraph behind it")
        at = 1 if after.find(w("pPr")) is not None else 0
        for number, one in enumerate(rest):
            after.insert(at + number, one)
    elif parent is not None and parent.tag == w("sdtContent"):
        pass  # the next paragraph stands behind the control
    elif after is None or after.tag == w("sectPr"):
        raise ValueError("the end of the last paragraph goes")
    _remove(paragraph)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None  # noqa: S101 - the root is no change
    at = parent.index(element)
    for one in reversed(list(element)):
        parent.insert(at, one)
    parent.remove(element)


# ---------------------------------------------------------------------------------------------- what is there


def content_of(root: etree._Element) -> list[Any]:
    """Return the paragraphs and tables of a main part: properties, words with their looks, fields with their targets.

    Args:
        root: A main part without tracked changes.
    """
    root = copy.deepcopy(root)
    for control in list(root.iter(w("sdt"))):
        inner = control.find(w("sdtContent"))
        parent = control.getparent()
        if inner is not None and parent is not None:
            at = parent.index(control)
            for one in reversed(list(inner)):
                parent.insert(at, one)
            parent.remove(control)
    numbers = {paragraph: at for at, paragraph in enumerate(root.iter(w("p")))}
    targets: dict[str, int] = {}
    for paragraph, at in numbers.items():
        for mark in paragraph.iter(w("bookmarkStart")):
            targets.setdefault(mark.get(w("name")) or "", at)
    body = root.find(w("body"))
    return [_block(one, targets) for one in (body if body is not None else ())]


def _block(element: etree._Element, targets: dict[str, int]) -> Any:
    if element.tag == w("p"):
        marked = sum(1 for mark in element.iter(w("bookmarkStart")) if (mark.get(w("name")) or "").startswith("ak_"))
        return ("p", _plain(element.find(w("pPr"))), list(_words(element, targets)), bool(marked))
    if element.tag in (w("tbl"), w("tr"), w("tc")):
        return (etree.QName(element).localname, *(_block(one, targets) for one in element))
    return _plain(element)


def _plain(element: etree._Element | None) -> Any:
    """Return properties as plain data; empty ones of runs are none."""
    if element is None:
        return None
    inner = [_plain(one) for one in element if one.tag != w("keepNext") and not (one.tag == w("rPr") and not len(one))]
    return (etree.QName(element).localname, sorted(element.attrib.items()), inner)


def _words(paragraph: etree._Element, targets: dict[str, int]) -> Iterator[Any]:
    """Yield stretches of one look, and fields with what they point at."""
    text, look = "", ""
    for run in paragraph.iter(w("r")):
        of = _look(run)
        link = next(run.iterancestors(w("hyperlink")), None)
        if link is not None:
            of += f" to {targets.get(link.get(w('anchor')) or '', 'nowhere')}"
        for one in run:
            if one.tag == w("rPr"):
                continue
            if one.tag == w("t"):
                said = one.text or ""
                now = "" if said == _BLANK else of
                if text and now != look:
                    yield look, text
                    text = ""
                look, text = now, text + said
                continue
            if text:
                yield look, text
                text = ""
            if one.tag == w("instrText"):
                found = _FIELD.match(one.text or "")
                yield (
                    (found[1], targets.get(found[2], "nowhere"), found[3].strip())
                    if found
                    else (one.text or "").strip()
                )
            else:
                yield etree.QName(one).localname, one.get(w("fldCharType"))
    if text:
        yield look, text


def _look(run: etree._Element) -> str:
    found = run.find(w("rPr"))
    return " ".join(sorted(etree.QName(one).localname for one in found)) if found is not None else ""
