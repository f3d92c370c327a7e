"""Accessibility of a written file: what a screen reader or a keyboard needs to find its way.

Only what we write is judged here; a picture of the house without a description is told by `template check`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from agreementkit.tree.nodes import Document
from agreementkit.writers.word.markup import w
from agreementkit.writers.word.styles.stylesheet import BODY_LEVEL, StyleSheet, number_of, value_of
from agreementkit.writers.word.verify.parts import MAIN, STYLES, Part, Parts

_OURS = ("_Toc", "ak_")
_VALUE = w("val")
_LEVEL = w("outlineLvl")
_DC = "{http://purl.org/dc/elements/1.1/}"


def readable(parts: Parts, document: Document) -> Iterator[str]:
    """Yield what would shut readers out."""
    core, main, styles = parts["docProps/core.xml"].root, parts[MAIN].root, parts[STYLES]
    for tag, wanted in (("title", document.title), ("language", document.meta.language)):
        if (core.findtext(f"{_DC}{tag}") or "") != wanted:
            yield f"the {tag} of the file is not {wanted!r}"
    yield from _headings(main, styles)
    yield from _tables(main)
    for link in main.iter(w("hyperlink")):
        if not _words(link):
            yield "a link has no words"
    language = styles.root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('lang')}")
    if language is None or language.get(w("val")) != document.meta.language:
        yield f"the language of the text is not {document.meta.language!r}"


def _headings(main: etree._Element, styles: Part) -> Iterator[str]:
    """Heading levels of the agreement begin at the first and skip none on the way down; all its headings are marked."""
    last = -1
    for paragraph, level in _in_outline(main, styles.outlines):
        if not any((mark.get(w("name")) or "").startswith(_OURS) for mark in paragraph.iter(w("bookmarkStart"))):
            continue
        words = _words(paragraph)
        if not words and not paragraph.findall(f"{w('pPr')}/{w('numPr')}") and not _counts(paragraph, styles.sheet):
            yield "a heading has no words"
        if level > last + 1:
            yield f"the heading {words!r} is of level {level + 1}, and the one above it of level {last + 1}"
        last = level


def _in_outline(main: etree._Element, outlines: Mapping[str, int]) -> Iterator[tuple[etree._Element, int]]:
    """Yield each paragraph that is a heading, with its level."""
    plain = outlines[""]
    for paragraph in _may_be_headings(main, outlines):
        properties = paragraph.find(w("pPr"))
        own = value_of(properties, "outlineLvl")
        level = number_of(own) if own else outlines.get(value_of(properties, "pStyle"), plain)
        if level < BODY_LEVEL:
            yield paragraph, level


def _may_be_headings(main: etree._Element, outlines: Mapping[str, int]) -> Iterable[etree._Element]:
    """Return every heading, and no more paragraphs than need be."""
    if outlines[""] < BODY_LEVEL:
        return main.iter(w("p"))
    # Most paragraphs are running text by their style and say no level: they are not even looked at.
    asked = (
        said
        for said in main.iter(w("pStyle"), _LEVEL)
        if said.tag == _LEVEL or outlines.get(said.get(_VALUE) or "", BODY_LEVEL) < BODY_LEVEL
    )
    return dict.fromkeys(holder for said in asked if (holder := _holder(said)) is not None)


def _holder(said: etree._Element) -> etree._Element | None:
    """Return the paragraph whose properties say this, unless it is what the paragraph was before a tracked change."""
    properties = said.getparent()
    paragraph = properties.getparent() if properties is not None else None
    return paragraph if paragraph is not None and paragraph.tag == w("p") else None


def _counts(paragraph: etree._Element, sheet: StyleSheet) -> bool:
    style = sheet.by_id(value_of(paragraph.find(w("pPr")), "pStyle")) or sheet.default("paragraph")
    return style is not None and bool(sheet.list_of(style))


def _words(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(w("t"))).strip()


def _tables(root: etree._Element) -> Iterator[str]:
    """Tables of ours have a description and a marked first row with words, and no row breaks over pages."""
    for table in root.iter(w("tbl")):
        caption = table.find(f"{w('tblPr')}/{w('tblCaption')}")
        if caption is None:
            continue  # one of the house's own
        shown = caption.get(w("val")) or ""
        if not shown.strip():
            yield "a table has no description"
        rows = table.findall(w("tr"))
        head = rows[0] if rows else table
        if head.find(f"{w('trPr')}/{w('tblHeader')}") is None:
            yield f"the first row of the table {shown!r} is not marked as its head"
        for row in rows:
            if row.find(f"{w('trPr')}/{w('cantSplit')}") is None:
                yield f"a row of the table {shown!r} may break over two pages"
