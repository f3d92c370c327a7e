"""Reading a written .docx in tests: parts as trees, paragraphs as plain records."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def tree(content: bytes, part: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(parts(content)[part])


@dataclass(frozen=True)
class Line:
    """A paragraph: style id and the words it shows, field results included."""

    style: str
    text: str
    element: etree._Element


def words(element: etree._Element) -> str:
    out = []
    for one in element.iter(f"{W}t", f"{W}tab", f"{W}br"):
        if one.tag == f"{W}t":
            out.append(one.text or "")
        elif one.getparent().tag == f"{W}r":
            out.append("\t" if one.tag == f"{W}tab" else "\n")
    return "".join(out)


def lines(content: bytes, part: str = "word/document.xml") -> list[Line]:
    found = []
    for paragraph in tree(content, part).iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        found.append(Line(style.get(f"{W}val") if style is not None else "", words(paragraph), paragraph))
    return found


def body_lines(content: bytes) -> list[Line]:
    """Everything after the contents."""
    found = lines(content)
    last = max(
        n for n, line in enumerate(found) if any(a.tag == f"{W}sdtContent" for a in line.element.iterancestors())
    )
    return found[last + 1 :]


def line(content: bytes, start: str) -> Line:
    return next(one for one in body_lines(content) if one.text.startswith(start))


def fields(element: etree._Element) -> list[tuple[str, str]]:
    """Return each complex field of a paragraph as its instruction and its cached result."""
    found, code, result, state = [], "", "", ""
    for one in element.iter(f"{W}fldChar", f"{W}instrText", f"{W}t"):
        if one.tag == f"{W}fldChar":
            state = one.get(f"{W}fldCharType")
            if state == "begin":
                code, result = "", ""
            elif state == "end":
                found.append((code.strip(), result))
        elif one.tag == f"{W}instrText":
            code += one.text or ""
        elif state == "separate":
            result += one.text or ""
    return found


def commented(content: bytes) -> dict[str, str]:
    """Return the words each comment stands on, by comment id, paragraphs joined with a bar."""
    open_ids: list[str] = []
    found: dict[str, str] = {}
    for one in tree(content).iter(f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}t", f"{W}p"):
        if one.tag == f"{W}commentRangeStart":
            open_ids.append(one.get(f"{W}id"))
            found[one.get(f"{W}id")] = ""
        elif one.tag == f"{W}commentRangeEnd":
            open_ids.remove(one.get(f"{W}id"))
        else:
            for key in open_ids:
                found[key] += "|" if one.tag == f"{W}p" else (one.text or "")
    return found
