"""Tracked changes of form in words: what is bold now, which style a paragraph has, and what it had before."""

from __future__ import annotations

from lxml import etree

from agreementkit.writers.word.markup import w

_RUN = {
    "b": "bold", "i": "italic", "u": "underlined", "strike": "struck through", "dstrike": "struck through twice",
    "vanish": "hidden", "caps": "capitals", "smallCaps": "small capitals", "highlight": "highlight",
    "color": "colour", "sz": "size", "rFonts": "font", "rStyle": "style", "vertAlign": "raised or lowered",
    "shd": "shading", "lang": "language",
}  # fmt: skip
_PARAGRAPH = {
    "pStyle": "style", "numPr": "numbering", "jc": "alignment", "ind": "indent", "spacing": "spacing",
    "keepNext": "kept with the next", "pageBreakBefore": "page break before", "outlineLvl": "outline level",
    "tabs": "tab stops",
}  # fmt: skip
_SWITCHES = frozenset({"b", "i", "strike", "dstrike", "vanish", "caps", "smallCaps", "keepNext", "pageBreakBefore"})
_OFF = frozenset({"0", "false", "off", "none"})
_LONGEST = 60


def look_of_run(now: etree._Element, change: etree._Element) -> str:
    """Return what a tracked change did to the look of a run: `bold`, `not italic`, `size 24`.

    Args:
        now: The properties the run has.
        change: The change inside them, which holds the properties of before.
    """
    return _told(_RUN, now, change.find(w("rPr")))


def look_of_paragraph(now: etree._Element, change: etree._Element) -> str:
    """Return what a tracked change did to the look of a paragraph: `style Heading2`."""
    return _told(_PARAGRAPH, now, change.find(w("pPr")))


def _told(names: dict[str, str], now: etree._Element, before: etree._Element | None) -> str:
    said: list[str] = []
    for tag, name in names.items():
        one, other = (_value(tag, it.find(w(tag)) if it is not None else None) for it in (now, before))
        if one == other:
            continue
        if tag in _SWITCHES or tag == "u":
            said.append(name if one else f"not {name}")
        else:
            said.append(f"{name} {one}".rstrip() if one and "=" not in one else name if one else f"no {name}")
    return ", ".join(said) or "look"


def _value(tag: str, element: etree._Element | None) -> str:
    """Return a property as text; "" where it is not there or says no."""
    if element is None:
        return ""
    value = element.get(w("val"))
    if tag in _SWITCHES or tag == "u":
        return "" if value in _OFF else "yes"
    if value is not None:
        return value[:_LONGEST]
    said = sorted((str(key).rpartition("}")[2], str(text)) for key, text in element.attrib.items())
    return " ".join(f"{key}={text}" for key, text in said) or (etree.tostring(element).decode()[:400] + "=")
