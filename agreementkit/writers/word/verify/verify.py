"""Verification of a written package, read back from its bytes before anybody gets it."""

from __future__ import annotations

import io
import zipfile
from collections import Counter

from lxml import etree

from agreementkit.diagnostics import Diagnostic
from agreementkit.errors import OutputError
from agreementkit.tree.nodes import Document
from agreementkit.writers.word.package.intake import UnsoundXmlError, parse
from agreementkit.writers.word.verify import access, beside, clean, links


def verify(content: bytes, document: Document, *, notes: str, draft: bool, threads: bool = False) -> None:
    """Refuse a package that does not hang together, says what it must not, or shuts readers out.

    Raises:
        OutputError: AK710, with every fault found.
    """
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
    if not faults:
        for check in (links.package, links.stories, links.fields, links.bookmarks, links.styles, links.numbering):
            faults += check(parts, trees)
        faults += beside.comments(parts, trees)
        faults += beside.footnotes(trees)
        faults += beside.values(trees, draft=draft)
        faults += access.readable(trees, document)
        faults += clean.words(trees, document, notes=notes, draft=draft, threads=threads)
        faults += clean.properties(trees, document)
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
