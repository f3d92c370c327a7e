"""A finished Word file taken apart: what the other contenders are made from, and what their files have to say."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from agreementkit.testing.same_text import word_lines
from agreementkit.writers.word.markup import w
from agreementkit.writers.word.package.intake import parse
from agreementkit.writers.word.styles.stylesheet import StyleSheet, value_of

MAIN, COMMENTS, FOOTNOTES = "word/document.xml", "word/comments.xml", "word/footnotes.xml"


@dataclass(frozen=True, slots=True)
class Words:
    """Words of one look.

    Attributes:
        text: The words; a tab is a tab, a line break is a line feed.
        bold: Whether they are bold.
        field: Name of the bookmark that they refer to, or "".
    """

    text: str
    bold: bool = False
    field: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a bookmark or a comment begins or ends.

    Attributes:
        kind: What begins or ends.
        name: Name of the bookmark, or id of the comment.
        begins: Whether it begins here.
    """

    kind: str
    name: str
    begins: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph.

    Attributes:
        style: Name of its style.
        pieces: What is in it, in order.
        keep_next: Whether it stays with the next one.
        new_page: Whether a page begins with it.
        list_: Number and level of the list that it says itself; its style may say another.
    """

    style: str
    pieces: tuple[Words | Mark, ...]
    keep_next: bool = False
    new_page: bool = False
    list_: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        style: Name of its style.
        rows: The cells of each row; each holds paragraphs.
    """

    style: str
    rows: tuple[tuple[tuple[Paragraph, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment.

    Attributes:
        author: Whose it is.
        initials: Short form of that.
        text: What it says; paragraphs are lines.
    """

    author: str
    initials: str
    text: str


@dataclass(frozen=True, slots=True)
class Content:
    """The content of a document without its contents list.

    Attributes:
        blocks: Paragraphs and tables in order.
        comments: Comments by id.
    """

    blocks: tuple[Paragraph | Table, ...]
    comments: Mapping[str, Comment] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Said:
    """What a Word file says.

    Attributes:
        lines: Its lines with their numbers; see `agreementkit.testing.same_text`.
        notes: The words of its comments or footnotes, in order.
        fields: How many cross-references are fields.
    """

    lines: tuple[str, ...]
    notes: tuple[str, ...]
    fields: int


def said(content: bytes) -> Said:
    """Return what a Word file says."""
    parts = read_parts(content)
    fields = sum((one.text or "").split()[:1] == ["REF"] for one in parse(parts[MAIN]).iter(w("instrText")))
    notes = [_plain(one) for name in (COMMENTS, FOOTNOTES) if name in parts for one in _notes(parse(parts[name]))]
    return Said(tuple(word_lines(content)), tuple(note for note in notes if note), fields)


def read_parts(content: bytes) -> dict[str, bytes]:
    """Return the parts of a package by name, in its order."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Return a package of parts, deflated by `zipfile` at level 6."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def content_of(content: bytes) -> Content:
    """Take a finished Word file apart."""
    parts = read_parts(content)
    sheet = StyleSheet(parse(parts["word/styles.xml"]))
    (body,) = parse(parts[MAIN])
    blocks: list[Paragraph | Table] = []
    for one in body:
        if one.tag == w("p"):
            blocks.append(_paragraph(one, sheet))
        elif one.tag == w("tbl"):
            rows = (tuple(tuple(_paragraph(p, sheet) for p in c.iter(w("p"))) for c in r) for r in one.iter(w("tr")))
            style = value_of(one.find(w("tblPr")), "tblStyle")
            blocks.append(Table(_name(sheet, style), tuple(tuple(c for c in row if c) for row in rows)))
    comments: dict[str, Comment] = {}
    if COMMENTS in parts:
        for one in parse(parts[COMMENTS]).iter(w("comment")):
            text = "\n".join("".join(map(str, p.itertext(w("t")))) for p in one.iter(w("p")))
            comments[one.get(w("id"), "")] = Comment(one.get(w("author"), ""), one.get(w("initials"), ""), text)
    return Content(tuple(blocks), comments)


def without_body(content: bytes) -> bytes:
    """Return a finished Word file with an empty body: its styles, lists, headers and page stay."""
    parts = read_parts(content)
    root = parse(parts[MAIN])
    (body,) = root
    page = [one for one in body if one.tag == w("sectPr")]
    body[:] = page
    return pack({**parts, MAIN: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)})


def _notes(root: etree._Element) -> Iterable[etree._Element]:
    return (one for one in root if one.get(w("type"), "normal") == "normal")


def _plain(note: etree._Element) -> str:
    """Return the words of a note; the mark of a bullet is a character here and a list there."""
    said = " ".join("".join(map(str, p.itertext(w("t")))) for p in note.iter(w("p")))
    return " ".join(said.replace("•", " ").split())


def _name(sheet: StyleSheet, id_: str) -> str:
    found = sheet.by_id(id_)
    return found.name if found else ""


def _paragraph(paragraph: etree._Element, sheet: StyleSheet) -> Paragraph:
    look = paragraph.find(w("pPr"))
    pieces = tuple(_pieces(paragraph))
    style = _name(sheet, value_of(look, "pStyle"))
    if look is None:
        return Paragraph(style, pieces)
    keep, new = look.find(w("keepNext")) is not None, look.find(w("pageBreakBefore")) is not None
    counted = look.find(w("numPr"))
    list_ = (value_of(counted, "numId"), value_of(counted, "ilvl") or "0") if counted is not None else None
    return Paragraph(style, pieces, keep, new, list_)


def _pieces(paragraph: etree._Element) -> list[Words | Mark]:
    pieces: list[Words | Mark] = []
    names: dict[str, str] = {}
    target, shown = "", ""
    state = ""
    for one in paragraph.iter():
        if one.tag in (w("bookmarkStart"), w("bookmarkEnd")):
            begins = one.tag == w("bookmarkStart")
            name = names.setdefault(one.get(w("id"), ""), one.get(w("name"), ""))
            pieces.append(Mark("bookmark", name, begins))
        elif one.tag in (w("commentRangeStart"), w("commentRangeEnd")):
            pieces.append(Mark("comment", one.get(w("id"), ""), one.tag == w("commentRangeStart")))
        elif one.tag == w("fldChar"):
            state = one.get(w("fldCharType"), "")
            if state == "end":
                pieces.append(Words(shown, field=target))
                shown = ""
        elif one.tag == w("instrText"):
            target = (one.text or "").split()[1]
        elif one.tag == w("t") and state == "separate":
            shown += one.text or ""
        elif one.tag == w("t") or (one.tag in (w("tab"), w("br")) and _parent(one) == w("r")):
            text = {w("tab"): "\t", w("br"): "\n"}.get(str(one.tag), one.text or "")
            pieces.append(Words(text, bold=_is_bold(one)))
    return pieces


def _parent(element: etree._Element) -> str:
    parent = element.getparent()
    return str(parent.tag) if parent is not None else ""


def _is_bold(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.find(f"{w('rPr')}/{w('b')}") is not None


def require_same(name: str, ours: Sequence[bytes], theirs: Sequence[bytes]) -> None:
    """Refuse a contender whose files do not say what ours say: its ratio would be no ratio.

    Args:
        name: The contender.
        ours: Our files.
        theirs: Its files.

    Raises:
        ValueError: A file says something else, or lacks a note.
    """
    found = same([said(one) for one in ours], [said(one) for one in theirs])
    if found:
        raise ValueError(f"{name} does not write the same: {'; '.join(found)}")


def same(ours: Sequence[Said], theirs: Sequence[Said]) -> list[str]:
    """Return in what the files of a contender differ from ours; nothing when the words and the notes are the same."""
    found: list[str] = []
    for number, (one, other) in enumerate(zip(ours, theirs, strict=True)):
        if one.lines != other.lines:
            pair = next((p for p in zip(one.lines, other.lines, strict=False) if p[0] != p[1]), ("", ""))
            found.append(f"file {number}: {len(one.lines)} and {len(other.lines)} lines; {pair[0]!r} is {pair[1]!r}")
        whole = "\n".join(other.notes)  # footnotes that touch are one, and say first whose they are
        missing = [note for note, times in Counter(one.notes).items() if whole.count(note) < times]
        found += [f"file {number}: {len(missing)} notes are not there, first {note!r}" for note in missing[:1]]
    return found
