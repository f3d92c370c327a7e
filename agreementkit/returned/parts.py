"""The parts of a Word file that came back, opened without trusting it and without asking that it be valid.

What editors save is often no valid file, so it is read tolerantly: by relationships where they are there, else by the
usual names. A zip bomb, a document type or a part that is no XML is refused all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from agreementkit.diagnostics import Diagnostic, Place
from agreementkit.errors import SourceError, TemplateError
from agreementkit.writers.identity import Identity
from agreementkit.writers.word.package.intake import UnsoundXmlError, parse, read_relationships, resolve, unpack

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
            raise _refuse(file, _WHY.get(error.diagnostics[0].code, "it is not a sound Word file")) from error
        main = _linked(parts, "_rels/.rels", "officeDocument", file)
        if not main:
            raise _refuse(file, "it has no main document")
        return cls(file, parts, main)

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


def _linked(parts: Mapping[str, bytes], links: str, kind: str, file: str, base: str = "", usual: str = "") -> str:
    """Return the name of the part that a relationship of a kind leads to, or "" where there is none."""
    if links in parts:
        try:
            found = read_relationships(parts[links])
        except UnsoundXmlError as fault:
            raise _refuse(file, f"its part {links} cannot be read: {fault}") from fault
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
        raise _refuse(file, f"its part {name} cannot be read: {fault}") from fault


def _refuse(file: str, why: str) -> SourceError:
    return SourceError(
        Diagnostic(
            "AK744",
            f"the Word file cannot be read: {why}",
            place=Place(file),
            hints=("open it in Word, save it as .docx without a password, and give that file",),
        )
    )
