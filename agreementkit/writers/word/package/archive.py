"""The written .docx as a package: parts in a fixed order with fixed dates, so equal parts give equal bytes.

A part that does not change from document to document can be handed over already deflated. This module knows
zip, content types and relationships; it must not know what is in a part.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from agreementkit.writers.word.markup import CONTENT_TYPES, DECLARATION, RELATIONSHIPS, escape

_STAMP_DATE = (0 << 9) | (1 << 5) | 1  # 1 January 1980, the earliest a zip can say
_FIRST = ("[Content_Types].xml", "_rels/.rels", "word/document.xml")
_UTF8 = 0x800
_DEFLATED = 8
_VERSION = 20


@dataclass(frozen=True, slots=True)
class Stored:
    """A part already deflated."""

    data: bytes
    crc: int
    size: int

    def content(self) -> bytes:
        """Return the part as it was."""
        return zlib.decompress(self.data, -15)


@dataclass(frozen=True, slots=True)
class Relationship:
    """One relationship of a part."""

    id: str
    type: str
    target: str
    external: bool = False


def deflate(content: bytes, level: int = 6) -> Stored:
    """Return `content` as a zip stores it."""
    packer = zlib.compressobj(level, zlib.DEFLATED, -15)
    return Stored(packer.compress(content) + packer.flush(), zlib.crc32(content), len(content))


def write_package(parts: Mapping[str, bytes | Stored]) -> bytes:
    """Return the parts as one zip file.

    Content types come first, as readers of streams expect, then the package relationships and the main
    document, then everything else by name.
    """
    out: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for name in sorted(parts, key=lambda n: (_FIRST.index(n) if n in _FIRST else len(_FIRST), n)):
        part = parts[name]
        stored = part if isinstance(part, Stored) else deflate(part)
        raw = name.encode()
        common = struct.pack(
            "<HHHHHIIIHH",
            _VERSION, _UTF8, _DEFLATED, 0, _STAMP_DATE,
            stored.crc, len(stored.data), stored.size, len(raw), 0,
        )  # fmt: skip
        out += (b"PK\x03\x04", common, raw, stored.data)
        directory.append(
            b"PK\x01\x02" + struct.pack("<H", _VERSION) + common + struct.pack("<HHHII", 0, 0, 0, 0, offset) + raw
        )
        offset += 4 + len(common) + len(raw) + len(stored.data)
    listing = b"".join(directory)
    end = struct.pack("<HHHHIIH", 0, 0, len(directory), len(directory), len(listing), offset, 0)
    return b"".join((*out, listing, b"PK\x05\x06", end))


def relationships_xml(relationships: Iterable[Relationship]) -> bytes:
    """Return a relationships part."""
    rows = "".join(
        f'<Relationship Id="{escape(one.id)}" Type="{escape(one.type)}" Target="{escape(one.target)}"'
        + (' TargetMode="External"' if one.external else "")
        + "/>"
        for one in relationships
    )
    return f'{DECLARATION}<Relationships xmlns="{RELATIONSHIPS}">{rows}</Relationships>'.encode()


def content_types_xml(defaults: Mapping[str, str], overrides: Mapping[str, str]) -> bytes:
    """Return the content types part: types by file ending, then types by part name."""
    rows = "".join(
        f'<Default Extension="{escape(ending)}" ContentType="{escape(kind)}"/>'
        for ending, kind in sorted(defaults.items())
    )
    rows += "".join(
        f'<Override PartName="/{escape(name)}" ContentType="{escape(kind)}"/>'
        for name, kind in sorted(overrides.items())
    )
    return f'{DECLARATION}<Types xmlns="{CONTENT_TYPES}">{rows}</Types>'.encode()
