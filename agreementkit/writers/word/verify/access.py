"""Accessibility of a written file: what a screen reader or a keyboard needs to find its way.

Only what we write is judged here; a picture of the house without a description is told by `template check`.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from agreementkit.tree.nodes import Document
from agreementkit.writers.word.markup import w
from agreementkit.writers.word.styles.stylesheet import BODY_LEVEL, StyleSheet, number_of, value_of
from agreementkit.writers.word.verify.parts import MAIN, Trees

_OURS = ("_Toc", "ak_")
_DC = "{http://purl.org/dc/elements/1.1/}"


def readable(trees: Trees, document: Document) -> Iterator[str]:
    """Yield what would shut readers out."""
    core = trees["docProps/core.xml"]
    for tag, wanted in (("title", document.title), ("language", document.meta.language)):
        if (core.findtext(f"{_DC}{tag}") or "") != wanted:
            yield f"the {tag} of the file is not {wanted!r}"
    sheet = StyleSheet(trees["word/styles.xml"])
    yield from _headings(trees[MAIN], sheet)
    yield from _tables(trees[MAIN])
    for link in trees[MAIN].iter(w("hyperlink")):
        if not "".join(text.text or "" for text in link.iter(w("t"))).strip():
            yield "a link has no words"
    language = trees["word/styles.xml"].find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('lang')}")
    if language is None or language.get(w("val")) != document.meta.language:
        yield f"the language of the text is not {document.meta.language!r}"


def _headings(root: etree._Element, sheet: StyleSheet) -> Iterator[str]:
    """Heading levels of the agreement begin at the first and skip none on the way down; all its headings are marked."""
    last = -1
    levels: dict[str, int] = {}  # by style
    for paragraph in root.iter(w("p")):
        if not any((mark.get(w("name")) or "").startswith(_OURS) for mark in paragraph.iter(w("bookmarkStart"))):
            continue
        properties = paragraph.find(w("pPr"))
        name, said = value_of(properties, "pStyle"), value_of(properties, "outlineLvl")
        style = sheet.by_id(name) or sheet.default("paragraph")
        if name not in levels:
            levels[name] = sheet.outline(style) if style else BODY_LEVEL
        level = number_of(said) if said else levels[name]
        if level >= BODY_LEVEL:
            continue
        words = "".join(text.text or "" for text in paragraph.iter(w("t"))).strip()
        if not words and not paragraph.findall(f"{w('pPr')}/{w('numPr')}") and not (style and sheet.list_of(style)):
            yield "a heading has no words"
        if level > last + 1:
            yield f"the heading {words!r} is of level {level + 1}, and the one above it of level {last + 1}"
        last = level


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
