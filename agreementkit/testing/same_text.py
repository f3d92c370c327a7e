"""Do the Word file, the Markdown file and the review copy of one agreement say the same, numbers and all?

Each file is read by itself: Word's numbers are counted from its lists, the Markdown goes through python-markdown, of
the page only the agreement counts. What come out are lines, one for each paragraph, heading, item and cell, and they
have to be equal.
"""

from __future__ import annotations

import difflib
import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree, html

from agreementkit.writers.word.markup import w
from agreementkit.writers.word.package.intake import parse
from agreementkit.writers.word.styles.numbering import Counter, Lists, Place, read_lists
from agreementkit.writers.word.styles.stylesheet import StyleSheet, number_of, value_of

_BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th"}
_SPACE = re.compile(r"\s+")
_TEXT, _TAB, _BREAK = w("t"), w("tab"), w("br")


def same_text(word: bytes, markdown: str) -> list[str]:
    """Return how the two files differ, line by line; nothing when they say the same.

    Args:
        word: The Word file, written without notes or with comments.
        markdown: The Markdown file, written without notes or with footnotes.
    """
    ours, theirs = word_lines(word), markdown_lines(markdown)
    if ours == theirs:
        return []
    return list(difflib.unified_diff(ours, theirs, "word", "markdown", lineterm="", n=0))[2:]


def word_lines(content: bytes) -> list[str]:
    """Return the lines of a Word file, without contents, each with the number that Word prints."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    document, styles = parse(parts["word/document.xml"]), parse(parts["word/styles.xml"])
    numbering = parse(parts["word/numbering.xml"]) if "word/numbering.xml" in parts else None
    sheet, lists = StyleSheet(styles), read_lists(numbering, styles)
    counter, out = Counter(lists), []
    for paragraph in document.iter(w("p")):
        if any(one.find(f"{w('sdtPr')}/{w('docPartObj')}") is not None for one in paragraph.iterancestors(w("sdt"))):
            continue  # the contents say the headings again
        place = _place(paragraph, sheet, lists)
        level = lists.level(place) if place else None
        label = counter.next(place) if place and level and level.format != "bullet" else ""
        out.append(_plain(f"{label} {_words(paragraph)}"))
    return [line for line in out if line]


def markdown_lines(text: str) -> list[str]:
    """Return the lines of a Markdown file, footnotes left out."""
    import markdown

    made = markdown.markdown(text, extensions=["extra", "sane_lists"])
    root = html.fragment_fromstring(made, create_parent="div")
    for mark in root.xpath("//sup | //div[@class='footnote']"):
        mark.drop_tree()
    return _leaves(root)


def html_lines(page: str) -> list[str]:
    """Return the lines of the agreement in a review copy, without its notes."""
    article = next(html.document_fromstring(page).iter("article"))
    for note in list(article.iter("aside")):
        note.clear()
    return _leaves(article)


def _leaves(root: html.HtmlElement) -> list[str]:
    for line in root.iter("br"):
        line.tail = f" {line.tail or ''}"
    leaves = [one for one in root.iter(*_BLOCKS) if not any(True for _ in one.iterdescendants(*_BLOCKS))]
    return [line for one in leaves if (line := _plain(str(one.text_content())))]


def _words(paragraph: etree._Element) -> str:
    return "".join(_pieces(paragraph))


def _pieces(paragraph: etree._Element) -> Iterator[str]:
    for one in paragraph.iter(_TEXT, _TAB, _BREAK):
        parent = one.getparent()
        if one.tag == _TEXT:
            yield one.text or ""
        elif parent is not None and parent.tag == w("r"):
            yield " "


def _place(paragraph: etree._Element, sheet: StyleSheet, lists: Lists) -> Place | None:
    """Return where a paragraph counts: as it says itself, else as its style or what that is based on says."""
    own = paragraph.find(f"{w('pPr')}/{w('numPr')}")
    if own is not None:
        list_id = value_of(own, "numId")
        return Place(list_id, number_of(value_of(own, "ilvl"))) if list_id != "0" else None
    style = sheet.by_id(value_of(paragraph.find(w("pPr")), "pStyle"))
    for one in sheet.line(style) if style else ():
        asked = one.element.find(f"{w('pPr')}/{w('numPr')}")
        if asked is not None and value_of(asked, "numId"):
            return lists.places.get(one.id) if value_of(asked, "numId") != "0" else None
    return None


def _plain(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
