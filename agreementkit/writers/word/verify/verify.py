"""Verification of a written package, read back from its bytes before anybody gets it."""

from __future__ import annotations

from collections.abc import Sequence

from agreementkit.diagnostics import Diagnostic
from agreementkit.errors import OutputError
from agreementkit.tree.nodes import Document
from agreementkit.writers.word.package.intake import UnsoundXmlError
from agreementkit.writers.word.verify import access, beside, clean, links
from agreementkit.writers.word.verify.parts import Parts, read_parts

_LINKS = (links.package, links.stories, links.fields, links.bookmarks, links.styles, links.numbering)


def verify(content: bytes, document: Document, *, notes: str, draft: bool, threads: bool = False) -> None:
    """Refuse a package that does not hang together, says what it must not, or shuts readers out.

    Raises:
        OutputError: AK710, with every fault found.
    """
    parts, faults = _read(content)
    if not faults:
        for check in _LINKS:
            faults += check(parts)
        faults += beside.comments(parts)
        faults += beside.footnotes(parts)
        faults += beside.values(parts, draft=draft)
        faults += access.readable(parts, document)
        faults += clean.words(parts, document, notes=notes, draft=draft, threads=threads)
        faults += clean.properties(parts, document)
    _refuse(faults)


def verify_redline(content: bytes) -> None:
    """Refuse a package with tracked changes that does not hang together.

    What is read in it is that of two versions, so neither its words nor the order of its headings are judged.

    Raises:
        OutputError: AK710, with every fault found.
    """
    parts, faults = _read(content)
    if not faults:
        for check in (*_LINKS, links.changes):
            faults += check(parts)
        faults += beside.comments(parts)
    _refuse(faults)


def _read(content: bytes) -> tuple[Parts, list[str]]:
    """Return the parts of a package, those in XML as trees, and what is wrong with them."""
    parts, faults = read_parts(content)
    for name, part in parts.items():
        if part.is_xml:
            try:
                part.require_sound()
            except UnsoundXmlError as fault:
                faults.append(f"the part {name} is not sound XML: {fault}")
    return parts, faults


def _refuse(faults: Sequence[str]) -> None:
    if faults:
        raise OutputError(
            *(
                Diagnostic(
                    "AK710",
                    f"The Word file was not written, for it would be faulty: {fault}.",
                    hints=("if the house file is not at fault, please report this",),
                )
                for fault in dict.fromkeys(faults)
            )
        )
