"""Where in a house file the agreement goes, and how wide it may be there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from agreementkit.writers.word.house.filling import BODY_TOKEN, CONTENTS_TOKEN, COVER_TOKEN
from agreementkit.writers.word.house.tags import called
from agreementkit.writers.word.markup import WP, w
from agreementkit.writers.word.package.intake import Package, parse
from agreementkit.writers.word.styles.stylesheet import is_on, number_of, value_of

TOKENS = (BODY_TOKEN, COVER_TOKEN, CONTENTS_TOKEN)
HELP_START, HELP_END = "AK_HELP", "AK_HELP_END"
"""Paragraphs around instructions for whoever looks after the house file; nothing between them is printed."""
_DECORATIVE = 'decorative val="1"'
_TITLE_FIELD = re.compile(r"\{\{[^{}]*\btitle\b")
_MEASURE = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)(mm|cm|in|pt|pc|pi)?")
_TWIPS = {"": 1.0, "mm": 1440 / 25.4, "cm": 1440 / 2.54, "in": 1440.0, "pt": 20.0, "pc": 240.0, "pi": 240.0}
_PAPERS = {(11906, 16838): "A4", (12240, 15840): "Letter", (12240, 20160): "Legal", (16838, 23811): "A3"}
_A4, _MARGIN = (11906, 16838), 1440
_NEARLY = 60  # twips: programs round paper sizes differently


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the section that the agreement stands in; all in twips."""

    width: int = _A4[0]
    height: int = _A4[1]
    text_width: int = _A4[0] - 2 * _MARGIN

    @property
    def paper(self) -> str:
        """Name of the paper, or its measures in millimetres."""
        size = sorted((self.width, self.height))
        for known, name in _PAPERS.items():
            if all(abs(one - other) <= _NEARLY for one, other in zip(size, known, strict=True)):
                return name if self.width < self.height else f"{name} landscape"
        return f"{round(self.width / _TWIPS['mm'])} × {round(self.height / _TWIPS['mm'])} mm"


def words_of(paragraph: etree._Element) -> str:
    """Return the words of a paragraph."""
    return "".join(text.text or "" for text in paragraph.iter(w("t"))).strip()


def drop_help(document: etree._Element) -> bool:
    """Take the instructions out of a house file, and return whether they had an end.

    Without one they reach to the next place, so that no fault is found in what they say.
    """
    body = document.find(w("body"))
    start = next((p for p in (body if body is not None else ()) if p.tag == w("p") and words_of(p) == HELP_START), None)
    if body is None or start is None:
        return True
    inside, ended = [start], False
    for block in start.itersiblings():
        words = words_of(block) if block.tag == w("p") else ""
        if block.tag == w("sectPr") or words in TOKENS:
            break
        inside.append(block)
        if words == HELP_END:
            ended = True
            break
    for one in inside:
        body.remove(one)
    return ended


def keep_sections(document: etree._Element) -> None:
    """Take the end of a section out of the paragraphs that are places, for those are replaced as a whole."""
    for paragraph in list(document.iter(w("p"))):
        section = paragraph.find(f"{w('pPr')}/{w('sectPr')}")
        if section is not None and words_of(paragraph) in TOKENS:
            after = etree.Element(w("p"))
            etree.SubElement(after, w("pPr")).append(section)
            paragraph.addnext(after)


def ensure_section(document: etree._Element) -> None:
    """Give the main part a page where it says none."""
    body = document.find(w("body"))
    if body is not None and body.find(w("sectPr")) is None:
        section = etree.SubElement(body, w("sectPr"))
        size = etree.SubElement(section, w("pgSz"))
        size.set(w("w"), str(_A4[0]))
        size.set(w("h"), str(_A4[1]))
        margins = etree.SubElement(section, w("pgMar"))
        for side in ("top", "right", "bottom", "left"):
            margins.set(w(side), str(_MARGIN))
        for other, room in (("header", 708), ("footer", 708), ("gutter", 0)):
            margins.set(w(other), str(room))


def claim_empty_body(document: etree._Element) -> bool:
    """Make a body without any words the place of the agreement, and return whether it is.

    Pictures stay. A body of several sections is left alone: nobody can say which of them is meant.
    """
    body = document.find(w("body"))
    if body is None or any(words_of(p) for p in body.iter(w("p"))):
        return False
    if next(body.iter(etree.Comment), None) is not None or body.find(f".//{w('pPr')}/{w('sectPr')}") is not None:
        return False
    for paragraph in body.findall(w("p")):
        if not any(paragraph.iter(w("drawing"), w("pict"), w("object"))):
            body.remove(paragraph)
    end = body.find(w("sectPr"))
    marker = etree.Comment(BODY_TOKEN)
    if end is not None:
        end.addprevious(marker)
    else:
        body.append(marker)
    return True


def markers(document: etree._Element) -> dict[str, etree._Element]:
    """Return what stands for each place after the places were marked."""
    return {(one.text or ""): one for one in document.iter(etree.Comment) if one.text in TOKENS}


def is_boxed(marker: etree._Element) -> bool:
    """Whether a place stands in a table or a text box, where no agreement can stand."""
    return any(one.tag in (w("tc"), w("txbxContent")) for one in marker.iterancestors())


def is_fresh(marker: etree._Element) -> bool:
    """Whether a place begins a page already: a page break or a section stands right before it."""
    before = marker.getprevious()
    if before is None or before.tag != w("p"):
        return False
    if before.find(f"{w('pPr')}/{w('sectPr')}") is not None:
        return _starts_page(section_of(marker))
    content = list(before.iter(w("t"), w("br"), w("drawing")))
    return bool(content) and content[-1].tag == w("br") and content[-1].get(w("type")) == "page"


def _starts_page(section: etree._Element | None) -> bool:
    return section is None or value_of(section, "type") not in ("continuous", "nextColumn")


def section_of(marker: etree._Element) -> etree._Element | None:
    """Return the properties of the section that a place stands in: the next that follow."""
    top = next((one for one in (marker, *marker.iterancestors()) if _in_body(one)), None)
    for block in top.itersiblings() if top is not None else ():
        found = block if block.tag == w("sectPr") else block.find(f"{w('pPr')}/{w('sectPr')}")
        if found is not None:
            return found
    return None


def _in_body(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == w("body")


def measure(document: etree._Element, settings: etree._Element | None) -> Page:
    """Return the page that the agreement is written on."""
    marker = markers(document).get(BODY_TOKEN)
    section = section_of(marker) if marker is not None else document.find(f"{w('body')}/{w('sectPr')}")
    if section is None:
        return Page()
    size, margins, columns = (section.find(w(tag)) for tag in ("pgSz", "pgMar", "cols"))
    width, height = (_twips(size, side, usual) for side, usual in zip("wh", _A4, strict=True))
    top = settings is not None and is_on(value_of(settings, "gutterAtTop") or "1")
    top = top and settings is not None and settings.find(w("gutterAtTop")) is not None
    sides = _twips(margins, "left", _MARGIN) + _twips(margins, "right", _MARGIN)
    text = width - sides - (0 if top else _twips(margins, "gutter", 0))
    number = number_of(columns.get(w("num")), 1) if columns is not None else 1
    if number > 1:
        text = (text - (number - 1) * _twips(columns, "space", 720)) // number
    return Page(width, height, text)


def _twips(element: etree._Element | None, attribute: str, usual: int) -> int:
    said = _MEASURE.fullmatch((element.get(w(attribute)) or "") if element is not None else "")
    return round(float(said.group(1)) * _TWIPS[said.group(2) or ""]) if said else usual


def undescribed_pictures(package: Package, document: etree._Element) -> tuple[str, ...]:
    """Return where a house file has pictures that nobody who cannot see them is told about."""
    found = []
    for name, where in called(package, document).items():
        root = document if name == package.main else parse(package.parts[name]) if name in package.parts else None
        drawn = root.iter(f"{{{WP}}}docPr") if root is not None else ()
        found += [where for one in drawn if not (one.get("descr") or "").strip() and _DECORATIVE not in _inner(one)]
    return tuple(dict.fromkeys(found))


def _inner(element: etree._Element) -> str:
    return etree.tostring(element, encoding="unicode")


def shows_title(document: etree._Element, style: str) -> bool:
    """Whether a house file shows a title in its text: the field, or words in the style of titles."""
    for paragraph in document.iter(w("p")):
        words = words_of(paragraph)
        if _TITLE_FIELD.search(words) or (words and value_of(paragraph.find(w("pPr")), "pStyle") == style):
            return True
    return False
