"""The parts of a Word file that came back, opened without trusting it and without asking that it be valid.

What editors save is often no valid file, so it is read tolerantly: by relationships where they are there, else by the
usual names. A zip bomb, a document type or a part that is no XML is refused all the same.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from agreementkit.diagnostics import Diagnostic, Place
from agreementkit.errors import SourceError, TemplateError
from agreementkit.writers.identity import Identity
from agreementkit.writers.word.markup import w
from agreementkit.writers.word.package.intake import UnsoundXmlError, parse, read_relationships, resolve, unpack

MAX_FILE = 30_000_000
"""Bytes of the largest file that is read."""

_SAFE = ("http://", "https://", "mailto:")
_USUAL = {"officeDocument": "word/document.xml", "custom-properties": "docProps/custom.xml"}
_WHY = {
    "AK601": "it is locked with a password, or is an old .doc file",
    "AK602": "unpacked it is far too large for a Word file",
}


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a returned file.

    Attributes:
        file: Name of the file in messages.
        parts: The parts by name, as bytes.
        main: Name of the main part.
    """

    file: str
    parts: Mapping[str, bytes]
    main: str

    @classmethod
    def open(cls, content: bytes, file: str) -> Parts:
        """Return the parts of a Word file.

        Raises:
            SourceError: AK744, it is no sound Word file, locked, or far too large unpacked.
        """
        try:
            parts = unpack(content, file)
        except TemplateError as error:
            raise refuse(file, _WHY.get(error.diagnostics[0].code, "it is not a sound Word file")) from error
        twice = _twice(content)
        if twice:
            raise refuse(file, f"it holds the part {twice!r} twice, and programs differ in which of them they show")
        main = _linked(parts, "_rels/.rels", "officeDocument", file)
        if not main:
            raise refuse(file, "it has no main document")
        found = cls(file, parts, main)
        if len(set(found._main_documents())) > 1:
            raise refuse(file, "it has two main documents, and programs differ in which of them they show")
        return found

    def _main_documents(self) -> list[str]:
        links = read_relationships(self.parts["_rels/.rels"]) if "_rels/.rels" in self.parts else ()
        names = (resolve("", one.target) for one in links if one.type.endswith("/officeDocument") and not one.external)
        return [name for name in names if name in self.parts]

    def document(self) -> etree._Element:
        """Return the main document.

        Raises:
            SourceError: AK744, it is not XML that can be read safely, or no Word document.
        """
        root = self.tree(self.main)
        if root is None or root.tag != w("document"):
            raise refuse(self.file, f"its main document {self.main!r} is no Word document")
        return root

    def outside(self) -> list[tuple[str, str]]:
        """Return what Word would fetch for the file, as kind and address; a link that a reader may click is text."""
        out: dict[tuple[str, str], None] = {}
        for name, content in self.parts.items():
            if not name.endswith(".rels"):
                continue
            try:
                links = read_relationships(content)
            except UnsoundXmlError as fault:
                raise refuse(self.file, f"its part {name} cannot be read: {fault}") from fault
            for link in links:
                if link.external and not (link.type.endswith("/hyperlink") and link.target.lower().startswith(_SAFE)):
                    out.setdefault((link.type.rsplit("/", 1)[-1], link.target))
        return list(out)

    def tree(self, name: str) -> etree._Element | None:
        """Return a part as a tree, or None where it is not there.

        Raises:
            SourceError: AK744, the part is not XML that can be read safely.
        """
        return _tree(self.parts, name, self.file)

    def beside(self, kind: str) -> etree._Element | None:
        """Return the part to which the main part leads by a relationship of this kind, such as `comments`."""
        folder, _, name = self.main.rpartition("/")
        usual = f"{folder}/{kind}.xml" if folder else f"{kind}.xml"
        found = _linked(self.parts, f"{folder}/_rels/{name}.rels".lstrip("/"), kind, self.file, self.main, usual)
        return self.tree(found) if found else None

    def identity(self) -> Identity | None:
        """Return which agreement the file is of, by its properties; None where an editor has taken them away."""
        name = _linked(self.parts, "_rels/.rels", "custom-properties", self.file)
        root = self.tree(name) if name else None
        said: dict[str, str] = {}
        for row in root if root is not None else ():
            key = row.get("name", "") if isinstance(row.tag, str) else ""
            if key.startswith("agreementkit."):
                said[key.removeprefix("agreementkit.")] = "".join(str(text) for text in row.itertext()).strip()[:300]
        if not said.get("precedent"):
            return None
        return Identity(said["precedent"], "", said.get("bank", ""), said.get("digest", ""))


def read_file(path: Path) -> bytes:
    """Return the bytes of a file that came back.

    Raises:
        SourceError: AK740, it cannot be read, or is larger than anything that is sent back.
    """
    try:
        with path.open("rb") as handle:
            content = handle.read(MAX_FILE + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        hint = "give a file, not a folder" if path.is_dir() else "check the path and the file's permissions"
        raise SourceError(
            Diagnostic("AK740", f"the file cannot be read: {reason}", place=Place(str(path)), hints=(hint,))
        ) from error
    if len(content) > MAX_FILE:
        message = f"the file is larger than {MAX_FILE // 1_000_000} MB"
        hint = "check that it is the right file"
        raise SourceError(Diagnostic("AK740", message, place=Place(str(path)), hints=(hint,)))
    return content


def _twice(content: bytes) -> str:
    """Return the name of a part that the package holds twice, whatever the size of its letters; else ""."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        counts = Counter(name.lower() for name in archive.namelist())
    return next((name for name, count in counts.items() if count > 1), "")


def _linked(parts: Mapping[str, bytes], links: str, kind: str, file: str, base: str = "", usual: str = "") -> str:
    """Return the name of the part that a relationship of a kind leads to, or "" where there is none."""
    if links in parts:
        try:
            found = read_relationships(parts[links])
        except UnsoundXmlError as fault:
            raise refuse(file, f"its part {links} cannot be read: {fault}") from fault
        names = [resolve(base, one.target) for one in found if one.type.endswith(f"/{kind}") and not one.external]
        if names and names[0] in parts:
            return names[0]
    usual = usual or _USUAL.get(kind, "")
    return usual if usual in parts else ""


def _tree(parts: Mapping[str, bytes], name: str, file: str) -> etree._Element | None:
    if name not in parts:
        return None
    try:
        return parse(parts[name])
    except UnsoundXmlError as fault:
        raise refuse(file, f"its part {name} cannot be read: {fault}") from fault


def refuse(file: str, why: str) -> SourceError:
    """Return the error for a file that cannot be read."""
    return SourceError(
        Diagnostic(
            "AK744",
            f"the Word file cannot be read: {why}",
            place=Place(file),
            hints=("open it in Word, save it as .docx without a password, and give that file",),
        )
    )
