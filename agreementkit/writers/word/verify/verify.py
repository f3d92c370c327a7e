"""Verification of a written package, read back from its bytes before anybody gets it."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Sequence

from lxml import etree

from agreementkit.diagnostics import Diagnostic
from agreementkit.errors import OutputError
from agreementkit.tree.nodes import Document
from agreementkit.writers.word.package.intake import UnsoundXmlError, parse
from agreementkit.writers.word.verify import access, beside, clean, links

_LINKS = (links.package, links.stories, links.fields, links.bookmarks, links.styles, links.numbering)


def verify(content: bytes, document: Document, *, notes: str, draft: bool, threads: bool = False) -> None:
    """Refuse a package that does not hang together, says what it must not, or shuts readers out.

    Raises:
        OutputError: AK710, with every fault found.
    """
    parts, trees, faults = _read(content)
    if not faults:
        for check in _LINKS:
            faults += check(parts, trees)
        faults += beside.comments(parts, trees)
        faults += beside.footnotes(trees)
        faults += beside.values(trees, draft=draft)
        faults += access.readable(trees, document)
        faults += clean.words(trees, document, notes=notes, draft=draft, threads=threads)
        faults += clean.properties(trees, document)
    _refuse(faults)


def verify_redline(content: bytes) -> None:
    """Refuse a package with tracked changes that does not hang together.

    What is read in it is that of two versions, so neither its words nor the order of its headings are judged.

    Raises:
        OutputError: AK710, with every fault found.
    """
    parts, trees, faults = _read(content)
    if not faults:
        for check in (*_LINKS, links.changes):
            faults += check(parts, trees)
        faults += beside.comments(parts, trees)
    _refuse(faults)


def _read(content: bytes) -> tuple[dict[str, bytes], dict[str, etree._Element], list[str]]:
    """Return the parts of a package, those in XML as trees, and what is wrong with them."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        parts = {name: archive.read(name) for name in names}
    faults = [f"the part {name} is in the package twice" for name, n in Counter(names).items() if n > 1]
    trees: dict[str, etree._Element] = {}
    for name, data in parts.items():
        if name.endswith((".xml", ".rels")):
            try:
                trees[name] = parse(data)
            except UnsoundXmlError as fault:
                faults.append(f"the part {name} is not sound XML: {fault}")
    return parts, trees, faults


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
