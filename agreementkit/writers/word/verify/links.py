"""Whatever points at something in a written file: parts, relationships, styles, lists, bookmarks, fields.

A file can satisfy the schema and still make Word repair it or lose text; so everything is followed, both ways.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import cast

from lxml import etree

from agreementkit.writers.word.markup import CONTENT_TYPES, W14, WP, R, W, w
from agreementkit.writers.word.notes import footnotes
from agreementkit.writers.word.notes.comments import PARTS
from agreementkit.writers.word.styles.roles import Role
from agreementkit.writers.word.styles.stylesheet import number_of, value_of
from agreementkit.writers.word.verify.parts import MAIN, STORY, STYLES, Part, Parts

_FIELD_TARGET = re.compile(r"^\s*(?:REF|PAGEREF)\s+(\S+)")
_BOOKMARK = re.compile(r"^[A-Za-z_]\w{0,39}$")
_HIGHEST_ID = 0x80000000
_OUR_FIELDS = (["REF"], ["PAGEREF"], ["TOC"])
_control_ids = etree.XPath("//w:sdtPr/w:id", namespaces={"w": W})
_authored = etree.XPath("//*[@w:author]", namespaces={"w": W})
_STRAY = {
    "delText": etree.XPath("//w:delText[not(ancestor::w:del)]", namespaces={"w": W}),
    "t": etree.XPath("//w:t[ancestor::w:del]", namespaces={"w": W}),
}
_relationships = etree.XPath("//@r:*", namespaces={"r": R}, smart_strings=False)
_MARK, _KIND, _CODE, _TEXT = w("fldChar"), w("fldCharType"), w("instrText"), w("t")
_OF_FIELDS = (_MARK, _CODE, _TEXT)
_STYLED = (w("pStyle"), w("rStyle"), w("tblStyle"))
_ID, _NAME, _VALUE = w("id"), w("name"), w("val")
_PARAGRAPH_ID = f"{{{W14}}}paraId"
OURS = (MAIN, "docProps/core.xml", "docProps/custom.xml", "docProps/app.xml", footnotes.PART, *PARTS)
"""Parts that something must lead to; what a house file leaves lying about is its own business."""


def package(parts: Parts) -> Iterator[str]:
    """Content types and relationships fit the parts, both ways."""
    endings, listed = _kinds(parts["[Content_Types].xml"])
    for name in parts:
        if name != "[Content_Types].xml" and name not in listed and name.rsplit(".", 1)[-1].lower() not in endings:
            yield f"{name} has no content type"
    yield from (f"{name} has a content type but is missing" for name in sorted(listed - set(parts)))
    reached: set[str] = set()
    for name, part in parts.items():
        if not name.endswith(".rels"):
            continue
        ids = [link.id for link in part.links]
        yield from (f"{name} has the id {one} twice" for one in _twice(ids))
        reached.update(part.targets)
        yield from (f"{name} leads to {target}, which is missing" for target in part.targets if target not in parts)
        source = parts.get(part.source)
        if source is not None and source.is_xml and source.may_use(R):
            used = cast("list[str]", _relationships(source.root))
            yield from (
                f"{source.name} uses the relationship {one!r}, which is missing" for one in used if one not in ids
            )
    yield from (f"nothing leads to {name}" for name in OURS if name in parts and name not in reached)


@lru_cache(maxsize=8)  # a part that is kept is the same object in the next file
def _kinds(part: Part) -> tuple[frozenset[str], frozenset[str]]:
    """Return the file endings and the names of the parts that have a content type."""
    rows = {
        tag: frozenset(row.get(said) or "" for row in part.root.iter(f"{{{CONTENT_TYPES}}}{tag}"))
        for tag, said in (("Default", "Extension"), ("Override", "PartName"))
    }
    endings = frozenset(ending.lower() for ending in rows["Default"])
    return endings, frozenset(name.lstrip("/") for name in rows["Override"])


def stories(parts: Parts) -> Iterator[str]:
    """Styles that text uses are there, cells end as Word wants, ids are unique."""
    styles = parts[STYLES].style_ids
    told = [name for name in parts if STORY.match(name)]
    for name in told:
        root = parts[name].root
        missing = {element.get(_VALUE) for element in root.iter(*_STYLED)} - styles
        for tag in _STYLED if missing else ():
            used = {element.get(_VALUE) for element in root.iter(tag)}
            yield from (
                f"{name} uses the style {style}, which is missing" for style in sorted(filter(None, used - styles))
            )
        for cell in root.iter(w("tc")):
            if len(cell) == 0 or cell[-1].tag != w("p"):
                yield f"{name} has a table cell that does not end with a paragraph"
        ids = [id_ for element in root.iter(w("p")) if (id_ := element.get(_PARAGRAPH_ID))]
        yield from (f"{name} has the paragraph id {one} twice" for one in _twice(ids))
        yield from (f"{name} has a paragraph id out of range" for i in ids if not 0 < int(i, 16) < _HIGHEST_ID)
        if name != MAIN and not len(root):
            yield f"{name} is empty"
    body = parts[MAIN].root.find(w("body"))
    blocks = [e for e in body if e.tag != w("sectPr")] if body is not None else []
    if not blocks or blocks[-1].tag != w("p"):
        yield "the body does not end with a paragraph"
    for what, found in (
        ("content control", [one.get(_VALUE) for one in _elements(_control_ids, parts[MAIN].root)]),
        ("drawing", [e.get("id") for name in told for e in parts[name].root.iter(f"{{{WP}}}docPr")]),
    ):
        yield from (f"the {what} id {one} is used twice" for one in _twice(found))


def _elements(find: etree.XPath, root: etree._Element) -> list[etree._Element]:
    return cast("list[etree._Element]", find(root))


def _twice(values: Sequence[str | None]) -> list[str | None]:
    """Return what is there more than once. There rarely is any, which a set tells at a third of the price."""
    return [] if len(set(values)) == len(values) else [one for one, n in Counter(values).items() if n > 1]


def fields(parts: Parts) -> Iterator[str]:
    """Every field is closed and shows a result: Word repairs the one, other programs print nothing for the other."""
    for name in filter(STORY.match, parts):
        root = parts[name].root
        # What stands in paragraphs without a piece of a field could only add to what a field shows: if all is well
        # without it, all is well, and few paragraphs have one.
        if any(_field_faults(_near_fields(root), name)):
            yield from _field_faults(root.iter(*_OF_FIELDS), name)


def _near_fields(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the pieces of fields, and the words in the paragraphs where they stand."""
    seen: dict[etree._Element, None] = {}
    for piece in root.iter(_MARK, _CODE):
        *_, outermost = (piece, *piece.iterancestors(w("p")))  # text may stand in text
        seen.setdefault(outermost)
    for one in seen:
        yield from one.iter(*_OF_FIELDS)


def _field_faults(elements: Iterable[etree._Element], name: str) -> Iterator[str]:
    open_: list[list[str]] = []  # one entry a field: its code, whether its result has begun, the words of it
    for element in elements:
        tag = element.tag
        kind = element.get(_KIND) if tag == _MARK else None
        if kind == "begin":
            open_.append(["", "", ""])
        elif not open_:
            if kind:
                yield f"{name} has a field that ends without a beginning"
        elif kind == "separate":
            open_[-1][1] = "yes"
        elif kind == "end":
            code, begun, shown = open_.pop()
            if open_:
                open_[-1][2] += shown
            if code.split()[:1] in _OUR_FIELDS and not (begun and shown):
                yield f"{name} has a field that shows nothing: {code.strip()}"
        elif tag == _CODE:
            open_[-1][0] += element.text or ""
        elif tag == _TEXT and open_[-1][1]:
            open_[-1][2] += element.text or ""
    if open_:
        yield f"{name} has a field that is not closed"


def styles(parts: Parts) -> Iterator[str]:
    """Style ids and names are unique, and what a style is based on, leads to or goes with is there."""
    yield from _style_faults(parts[STYLES])


@lru_cache(maxsize=8)  # as above
def _style_faults(part: Part) -> tuple[str, ...]:
    found = list(part.root.iter(w("style")))
    ids = Counter(one.get(w("styleId")) for one in found)
    ours = {role.value.lower() for role in Role}
    named = Counter((one.get(w("type")), name) for one in found if (name := value_of(one, "name").lower()) in ours)
    faults = [f"the style id {one} is there twice" for one, n in ids.items() if n > 1]
    faults += [f"the style name {one[1]!r} is there twice" for one, n in named.items() if n > 1]
    for style in found:
        for tag in ("basedOn", "next", "link"):
            other = value_of(style, tag)
            if other and other not in ids:
                faults.append(f"the style {style.get(w('styleId'))} leads to {other} ({tag}), which is missing")
    return tuple(faults)


def bookmarks(parts: Parts) -> Iterator[str]:
    """Bookmarks open and close, have names Word keeps, and are there for every field and link."""
    root = parts[MAIN].root
    marks = [(e.get(_ID), e.get(_NAME) or "") for e in root.iter(w("bookmarkStart"))]
    starts = dict(marks)
    ends = [e.get(_ID) for e in root.iter(w("bookmarkEnd"))]
    if sorted(filter(None, starts)) != sorted(filter(None, ends)):
        yield "bookmarks do not open and close in pairs"
    named = [name.lower() for _, name in marks]
    names = set(named)
    yield from (f"the bookmark {name} is there twice" for name in _twice(named))
    yield from (f"{name!r} is no bookmark name Word keeps" for name in starts.values() if not _BOOKMARK.match(name))
    for code in root.iter(_CODE, w("delInstrText")):
        target = _FIELD_TARGET.match(code.text or "")
        if target and target.group(1).lower() not in names:
            yield f"a field points at the bookmark {target.group(1)}, which is missing"
    for link in root.iter(w("hyperlink")):
        anchor = link.get(w("anchor"))
        if anchor and anchor.lower() not in names:
            yield f"a link points at the bookmark {anchor}, which is missing"


def numbering(parts: Parts) -> Iterator[str]:
    """Lists that styles and text use are there, and their definitions."""
    part = parts.get("word/numbering.xml")
    lists = {"0", *(number.get(w("numId")) for number in part.root.findall(w("num")))} if part is not None else {"0"}
    if part is not None:
        yield from _list_faults(part, parts[STYLES])
    for name in [n for n in parts if STORY.match(n) or n == STYLES]:
        for element in parts[name].root.iter(w("numId")):
            holder = element.getparent()
            if element.get(_VALUE) not in lists and holder is not None and holder.tag == w("numPr"):
                yield f"{name} uses the list {element.get(_VALUE)}, which is missing"


@lru_cache(maxsize=8)  # as above
def _list_faults(part: Part, styles: Part) -> tuple[str, ...]:
    root = part.root
    abstract = {e.get(w("abstractNumId")) for e in root.iter(w("abstractNum"))}
    lists = {}
    for number in root.findall(w("num")):
        behind = number.find(w("abstractNumId"))
        lists[number.get(w("numId"))] = behind.get(_VALUE) if behind is not None else None
    faults = [f"the list {n} has no definition" for n, a in lists.items() if a not in abstract]
    kinds = [one.tag for one in root if one.tag in (w("abstractNum"), w("num"))]
    if kinds != sorted(kinds, key=(w("abstractNum"), w("num")).index):
        faults.append("a definition of a list stands after a list, where Word does not look for it")
    return (*faults, *_levels(root, styles.root))


def changes(parts: Parts) -> Iterator[str]:
    """Tracked changes have ids of their own, deleted text is marked as such, and moves have both their places."""
    root = parts[MAIN].root
    made = [one for one in _elements(_authored, root) if one.get(w("author")) and not one.tag.endswith("RangeStart")]
    ids = Counter(one.get(w("id")) for one in made)
    yield from (f"the id {one} of a tracked change is used twice" for one, n in ids.items() if n > 1)
    for tag, find in _STRAY.items():
        yield from (f"deleted text and its mark ({tag}) do not match" for _ in _elements(find, root))
    places = {
        kind: sorted(one.get(w("name")) or "" for one in root.iter(w(f"{kind}RangeStart")))
        for kind in ("moveFrom", "moveTo")
    }
    if places["moveFrom"] != places["moveTo"] or len(set(places["moveTo"])) != len(places["moveTo"]):
        yield "what was moved does not have a place where it was and one where it is"
    for kind in places:
        starts, ends = ({one.get(w("id")) for one in root.iter(w(f"{kind}Range{end}"))} for end in ("Start", "End"))
        if starts != ends:
            yield "what was moved does not open and close in pairs"


def _levels(numbering: etree._Element, styles: etree._Element) -> Iterator[str]:
    """Yield each list level that names a style which does not name the list back, by its number or its family."""
    family = {one.get(w("numId")): value_of(one, "abstractNumId") for one in numbering.findall(w("num"))}
    bound = {
        one.get(w("styleId")): (family.get(value_of(asked, "numId"), ""), number_of(value_of(asked, "ilvl")))
        for one in styles.iter(w("style"))
        if (asked := one.find(f"{w('pPr')}/{w('numPr')}")) is not None
    }
    known = {one.get(w("styleId")) for one in styles.iter(w("style"))}
    named = {
        (one.get(w("abstractNumId")) or "", number_of(level.get(w("ilvl")))): value_of(level, "pStyle")
        for one in numbering.findall(w("abstractNum"))
        for level in one.findall(w("lvl"))
    }
    for (key, at), style in named.items():
        if style and style not in known:
            yield f"level {at + 1} of the list definition {key} names the style {style}, which is missing"
        elif style.startswith("AK") and bound.get(style) != (key, at):
            yield f"the style {style} and level {at + 1} of the list definition {key} are not bound to each other"
    for said, (key, at) in bound.items():
        if (said or "").startswith("AK") and key and named.get((key, at)) != said:
            yield f"the style {said} says level {at + 1} of the list definition {key}, which does not name it"
