"""Reading a house file that somebody else made, without trusting it.

Gives the parts of the package as bytes, or refuses the file: not a Word file, locked with a password, with
macros, with links that fetch something from elsewhere, or far larger unpacked than packed. Nothing in a part
is run, and no external entity is followed.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from agreementkit.diagnostics import Diagnostic, Place
from agreementkit.errors import TemplateError
from agreementkit.writers.word.markup import CONTENT_TYPES, RELATIONSHIPS
from agreementkit.writers.word.package.archive import Relationship

MOST_PARTS = 2_000
MOST_BYTES = 100 * 1024 * 1024
MOST_RATIO = 200
RATIO_FROM = 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAFE_LINKS = ("http://", "https://", "mailto:")
MAIN_TYPES = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)


class UnsoundXmlError(ValueError):
    """A part is not XML that we are willing to read."""


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a house file with its content types and relationships read."""

    file: str
    parts: Mapping[str, bytes]
    defaults: Mapping[str, str]
    overrides: Mapping[str, str]
    main: str

    def type_of(self, name: str) -> str:
        """Return the content type of a part."""
        return self.overrides.get(name) or self.defaults.get(name.rsplit(".", 1)[-1].lower(), "")

    def relationships(self, part: str) -> tuple[Relationship, ...]:
        """Return the relationships of a part; of the package itself for an empty name."""
        folder, name = posixpath.split(part)
        found = self.parts.get(posixpath.join(folder, "_rels", f"{name}.rels"))
        return read_relationships(found) if found else ()

    def target(self, part: str, relationship: Relationship) -> str:
        """Return the part name a relationship of `part` leads to."""
        return resolve(part, relationship.target)


def refuse(file: str, code: str, message: str, *hints: str) -> TemplateError:
    """Return the error for a house file that cannot be used."""
    return TemplateError(Diagnostic(code, message, place=Place(file), hints=hints))


def resolve(part: str, target: str) -> str:
    """Return the part name behind a relationship target, seen from `part`."""
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def parse(content: bytes) -> etree._Element:
    """Parse XML with entities, network and document types switched off."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, collect_ids=False
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as fault:
        raise UnsoundXmlError(fault.msg or "not well formed") from fault
    info: Any = root.getroottree().docinfo
    if info.doctype:
        raise UnsoundXmlError("a document type is not allowed in a Word file")
    return root


def read_relationships(content: bytes) -> tuple[Relationship, ...]:
    """Return the rows of a relationships part."""
    return tuple(
        Relationship(row.get("Id", ""), row.get("Type", ""), row.get("Target", ""), row.get("TargetMode") == "External")
        for row in parse(content).iter(f"{{{RELATIONSHIPS}}}Relationship")
    )


def open_package(content: bytes, file: str, *, outside: bool = False) -> Package:
    """Return the parts of a house file.

    Args:
        content: The file.
        file: Its name in messages.
        outside: Whether it may name what Word would fetch: only for a file of which nothing but words is taken.

    Raises:
        TemplateError: The file is broken, locked, has macros or fetches something from outside, or is unfit.
    """
    parts = unpack(content, file)
    faults: list[Diagnostic] = []
    for name, data in parts.items():
        if name.endswith((".xml", ".rels")):
            try:
                parse(data)
            except UnsoundXmlError as fault:
                faults.append(
                    Diagnostic(
                        "AK600",
                        f"The part {name} of the template is not sound XML: {fault}.",
                        place=Place(file),
                        hints=("open the file in Word, let it repair the file, and save it again",),
                    )
                )
    if faults:
        raise TemplateError(*faults)
    package = _read_types(parts, file)
    _refuse_macros(package)
    if not outside:
        _refuse_outside(package)
    return package


def unpack(content: bytes, file: str) -> dict[str, bytes]:
    """Return the parts of a file that is neither locked nor far too large unpacked, whatever they hold.

    Raises:
        TemplateError: The file cannot be unpacked, or should not be.
    """
    if content.startswith(_OLE):
        raise refuse(
            file,
            "AK601",
            "The template is locked with a password or is an old .doc file.",
            "open it in Word, take the password off and save it as .docx",
        )
    broken = refuse(
        file, "AK600", "The template is not a sound .docx file.", "open it in Word and save it again as .docx"
    )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            total = sum(entry.file_size for entry in entries)
            swollen = any(
                entry.file_size > RATIO_FROM and entry.file_size > MOST_RATIO * max(1, entry.compress_size)
                for entry in entries
            )
            if len(entries) > MOST_PARTS or total > MOST_BYTES or swollen:
                raise refuse(
                    file,
                    "AK602",
                    f"The template unpacks to {total:,} bytes in {len(entries)} parts: too much for a Word file.",
                    "make large pictures smaller, or check where the file comes from",
                )
            if any(entry.flag_bits & 1 for entry in entries):
                raise refuse(file, "AK601", "The template is encrypted.", "save it without a password")
            return {entry.filename: archive.read(entry) for entry in entries if not entry.is_dir()}
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, zipfile.zlib.error) as fault:  # type: ignore[attr-defined]
        raise broken from fault


def _read_types(parts: Mapping[str, bytes], file: str) -> Package:
    types = parts.get("[Content_Types].xml")
    links = parts.get("_rels/.rels")
    if types is None or links is None:
        raise refuse(file, "AK600", "The template is a zip file but not a Word file.", "save it from Word as .docx")
    defaults, overrides = {}, {}
    for row in parse(types):
        if row.tag == f"{{{CONTENT_TYPES}}}Default":
            defaults[(row.get("Extension") or "").lower()] = row.get("ContentType") or ""
        elif row.tag == f"{{{CONTENT_TYPES}}}Override":
            overrides[(row.get("PartName") or "").lstrip("/")] = row.get("ContentType") or ""
    main = next(
        (resolve("", link.target) for link in read_relationships(links) if link.type.endswith("/officeDocument")),
        "",
    )
    package = Package(file, parts, defaults, overrides, main)
    if main not in parts:
        raise refuse(file, "AK600", "The template has no main document.", "save it from Word as .docx")
    return package


def _refuse_macros(package: Package) -> None:
    kinds = {package.type_of(name) for name in package.parts}
    if any("vbaproject" in name.lower() for name in package.parts) or any("macroEnabled" in kind for kind in kinds):
        raise refuse(
            package.file,
            "AK603",
            "The template holds macros.",
            "save it from Word as a .docx without macros",
        )
    if package.type_of(package.main) not in MAIN_TYPES:
        raise refuse(
            package.file,
            "AK600",
            f"The template is not a Word document (type {package.type_of(package.main) or 'unknown'}).",
            "save it from Word as .docx",
        )


def _refuse_outside(package: Package) -> None:
    """Refuse whatever Word would fetch or run on opening; a link that a reader may click is text."""
    faults = []
    for name, content in package.parts.items():
        if not name.endswith(".rels"):
            continue
        for link in read_relationships(content):
            harmless = link.type.endswith("/hyperlink") and link.target.lower().startswith(_SAFE_LINKS)
            if link.external and not harmless:
                kind = link.type.rsplit("/", 1)[-1]
                faults.append(
                    Diagnostic(
                        "AK604",
                        f"The template fetches something from outside: {kind} {link.target} (in {name}).",
                        place=Place(package.file),
                        hints=("embed the picture or take the link out, then save the file again",),
                    )
                )
    if faults:
        raise TemplateError(*faults)
