"""Page numbers for the contents, from LibreOffice where the machine has it.

The PDFs carry each bookmark of the contents as a named destination, which says on what page it stands. Without
LibreOffice there are no page numbers, and that is no fault.
"""

from __future__ import annotations

import io
from collections.abc import Mapping

from agreementkit.tree.nodes import Document
from agreementkit.writers.word.body.contents import toc_bookmarks
from agreementkit.writers.word.layout.libreoffice import TIMEOUT, Key, convert, find_libreoffice

_CHOICES = {"ExportBookmarksToPDFDestination": True, "ExportNotes": False}


def page_numbers(
    files: Mapping[Key, bytes],
    documents: Mapping[Key, Document],
    *,
    program: str | None = None,
    timeout: float = TIMEOUT,
) -> dict[Key, dict[str, int]]:
    """Return the page of each heading of the contents, by division id, for each file.

    Args:
        files: Written Word files; without page numbers in their contents is good enough.
        documents: The documents they were written from, under the same keys.
        program: LibreOffice to use, or None to look for it.
        timeout: Seconds for all files together.

    Returns:
        Page numbers by key and division id. Files that could not be laid out are left out; nothing at all is
        returned where there is no LibreOffice.
    """
    program = program or find_libreoffice()
    if not program or not files:
        return {}
    laid_out = convert(files, _CHOICES, program=program, timeout=timeout)
    found = {key: _pages(pdf, toc_bookmarks(documents[key])) for key, pdf in laid_out.items()}
    return {key: pages for key, pages in found.items() if pages}


def _pages(pdf: bytes, bookmarks: Mapping[str, str]) -> dict[str, int]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(pdf))
        # LibreOffice spells the underscore of `_Toc` in its own way, so only what follows it is compared.
        destinations = {name.rpartition("Toc")[2]: found for name, found in reader.named_destinations.items()}
        pages = {}
        for division, bookmark in bookmarks.items():
            destination = destinations.get(bookmark.rpartition("Toc")[2])
            page = reader.get_destination_page_number(destination) if destination is not None else None
            if page is not None:
                pages[division] = page + 1
    except (PyPdfError, OSError, KeyError, ValueError):
        return {}
    return pages
