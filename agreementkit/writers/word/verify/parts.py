"""The parts of a written file as the checks see them: read back from its bytes, each with what is asked of it.

Most parts of a file are those of the house, the same in every agreement. What was found out about such a part is kept
under its stored bytes, so that in the next file only those bytes are compared.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import cast
from xml.parsers import expat

from lxml import etree

from agreementkit.tree.walk import BLANK
from agreementkit.writers.word.markup import w
from agreementkit.writers.word.package.archive import Relationship
from agreementkit.writers.word.package.intake import parse, read_relationships, resolve
from agreementkit.writers.word.styles.stylesheet import BODY_LEVEL, StyleSheet

MAIN = "word/document.xml"
STYLES = "word/styles.xml"
STORY = re.compile(r"^word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml$")
"""Parts that hold text a reader sees."""
_OF_ONE_FILE = re.compile(r"word/(document|comments\w*|footnotes)\.xml|customXml/item\d+\.xml|docProps/c\w+\.xml")
"""Parts that are new in every agreement: nothing is gained by keeping them."""
_LARGEST_KEPT = 512 * 1024
_LONGEST_TEXT = 5_000_000
"""Bytes; half of what lxml takes in one piece."""
_LOCAL = struct.Struct("<4s22xHH")
_MAGIC = b"PK\x03\x04"
_IN_UTF_8 = re.compile(rb"<\?xml [^>]*encoding=['\"]utf-8['\"]|<[^?\0]", re.IGNORECASE)
"""How a part begins that says so, or that says nothing."""
_attributes = etree.XPath(f"//@*[contains(., ' ') or contains(., '{BLANK}')]", smart_strings=False)
_BETWEEN = {w("tab"): " ", w("br"): " "}


class Part:
    """One part of a file. What the checks ask of it is worked out once, when it is first asked.

    Args:
        name: Its name in the package.
        data: What it holds.
    """

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self.data = data
        self.is_xml = name.endswith((".xml", ".rels"))

    def require_sound(self) -> None:
        """Refuse what is not XML that we are willing to read.

        Raises:
            UnsoundXmlError: It is not.
        """
        if not (self._is_one_text and len(self.data) < _LONGEST_TEXT and _is_well_formed(self.data)):
            _ = self.root

    @cached_property
    def root(self) -> etree._Element:
        """The part as a tree.

        Raises:
            UnsoundXmlError: It is not XML that we are willing to read.
        """
        return parse(self.data)

    @cached_property
    def _is_one_text(self) -> bool:
        """Whether the part is a declaration and one element with nothing but words in it, as what a draft carries."""
        pieces = self.data.split(b"<", 4)
        return len(pieces) == 4 and pieces[1].startswith(b"?xml ") and not pieces[2].startswith((b"!", b"?"))

    @cached_property
    def links(self) -> tuple[Relationship, ...]:
        """The rows of a relationships part."""
        return read_relationships(self.data)

    @cached_property
    def targets(self) -> tuple[str, ...]:
        """The names of the parts that a relationships part leads to."""
        return tuple(resolve(self.source, link.target) for link in self.links if not link.external)

    @property
    def source(self) -> str:
        """The name of the part whose relationships these are; of the package itself it is empty."""
        folder = posixpath.dirname(posixpath.dirname(self.name))
        return posixpath.join(folder, posixpath.basename(self.name)[:-5]) if self.name != "_rels/.rels" else ""

    @cached_property
    def sheet(self) -> StyleSheet:
        """The styles of a styles part."""
        return StyleSheet(self.root)

    @cached_property
    def style_ids(self) -> frozenset[str | None]:
        """The ids of the styles of a styles part."""
        return frozenset(style.get(w("styleId")) for style in self.root.iter(w("style")))

    @cached_property
    def outlines(self) -> Mapping[str, int]:
        """The outline level of each style of a styles part, by its id; under "" that of a paragraph that names none."""
        plain = self.sheet.default("paragraph")
        named = (style for id_ in self.style_ids if (style := self.sheet.by_id(id_ or "")))
        return {
            "": self.sheet.outline(plain) if plain else BODY_LEVEL,
            **{style.id: self.sheet.outline(style) for style in named},
        }

    @cached_property
    def words(self) -> str:
        """The words of the part: paragraphs and properties apart, runs together, then the attributes."""
        return _words(self.root)

    def may_say(self, text: str) -> bool:
        """Return whether `words` may hold `text`, which has no white space in it; False is certain.

        Asked before `words`, since walking over every element costs twenty times as much: a text that stands in one
        piece stands in the bytes as well, and one in pieces in the words without anything between them.
        """
        said = text.encode()
        if not self._is_plain:
            return True
        # A single byte is found, or not, at a hundredth of the price of two.
        return said[-1:] in self.data and (said in self.data or said in self._run_together)

    def may_use(self, *namespaces: str) -> bool:
        """Return whether a name in the part may be of one of these namespaces; False is certain, and needs no tree."""
        if not (self._is_plain and self._is_one_text):
            return True
        element = self.data.split(b">", 2)[1]
        cut = b"'" in element or element.count(b'"') % 2  # a value may hold a `>`
        return bool(cut) or any(one.encode() in element for one in namespaces)

    @cached_property
    def _run_together(self) -> bytes:
        if self._is_one_text:
            return b""  # no words in pieces
        return etree.tostring(self.root, method="text", encoding="utf-8")

    @cached_property
    def _is_plain(self) -> bool:
        """Whether each character stands for itself in the bytes, save those that XML has names for."""
        referred = b"#" in self.data and b"&#" in self.data
        return not referred and bool(_IN_UTF_8.match(self.data))


Parts = Mapping[str, Part]


def read_parts(content: bytes) -> tuple[dict[str, Part], list[str]]:
    """Return the parts of a package by name, and what is wrong with the package as such.

    Raises:
        zipfile.BadZipFile: It is no package, or a part does not come out as it was put in.
    """
    parts: dict[str, Part] = {}
    faults: dict[str, None] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            if entry.filename in parts:
                faults.setdefault(f"the part {entry.filename} is in the package twice")
            parts[entry.filename] = _part(archive, content, entry)
    return parts, list(faults)


def _part(archive: zipfile.ZipFile, content: bytes, entry: zipfile.ZipInfo) -> Part:
    """Return one part, as it comes out of the bytes that are stored."""
    magic, name_size, extra_size = _LOCAL.unpack_from(content, entry.header_offset)
    start = entry.header_offset + _LOCAL.size
    begins = start + name_size + extra_size
    stored = content[begins : begins + entry.compress_size]
    as_listed = magic == _MAGIC and content[start : start + name_size] == entry.filename.encode()
    if not as_listed or entry.compress_type != zipfile.ZIP_DEFLATED:
        return Part(entry.filename, archive.read(entry))  # which says what is wrong, if anything is
    own = entry.file_size > _LARGEST_KEPT or _OF_ONE_FILE.fullmatch(entry.filename)
    return (_inflated if own else _kept)(entry.filename, stored, entry.CRC, entry.file_size)


def _inflated(name: str, stored: bytes, crc: int, size: int) -> Part:
    data = zlib.decompress(stored, -15, max(size, 1))
    if len(data) != size or zlib.crc32(data) != crc:
        raise zipfile.BadZipFile(f"the part {name} is not whole")
    return Part(name, data)


_kept = lru_cache(maxsize=64)(_inflated)


def _is_well_formed(data: bytes) -> bool:
    """Return what `expat` says of a part: where it is content, it says so at a fifth of the price of a tree."""
    parser = expat.ParserCreate(namespace_separator=" ")
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        return False
    return True


def _words(root: etree._Element) -> str:
    pieces: list[str] = []
    between: dict[object, str] = {}  # what stands before the words of an element, by its tag
    for element in root.iter():
        tag = element.tag
        before = between.get(tag)
        if before is None:
            before = between[tag] = _before(tag)
        if before:
            pieces.append(before)
        if isinstance(tag, str):
            pieces += (element.text or "", element.tail or "")  # a tail is text where none should be
    pieces += [f"\n{value}" for value in cast("list[str]", _attributes(root))]
    return "".join(pieces)


def _before(tag: object) -> str:
    if tag == w("p") or not str(tag).startswith(w("")):
        return "\n"
    return _BETWEEN.get(str(tag), "")
