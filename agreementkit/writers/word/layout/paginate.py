"""Page numbers for the contents, from LibreOffice where the machine has it.

All files are laid out in one call, as copies, in a profile folder of their own and never longer than a time
limit. The PDFs carry each bookmark of the contents as a named destination, which says on what page it stands.
Without LibreOffice there are no page numbers, and that is no fault.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import TypeVar

from agreementkit.tree.nodes import Document
from agreementkit.writers.word.body.contents import toc_bookmarks

Key = TypeVar("Key", bound=Hashable)

TIMEOUT = 120.0
_PROGRAMS = ("soffice", "libreoffice")
_PDF = "pdf:writer_pdf_Export:" + json.dumps(
    {
        "ExportBookmarksToPDFDestination": {"type": "boolean", "value": "true"},
        "ExportNotes": {"type": "boolean", "value": "false"},
    }
)


def find_libreoffice() -> str | None:
    """Return the path of LibreOffice, or None."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


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
    with tempfile.TemporaryDirectory(prefix="agreementkit-pages-", ignore_cleanup_errors=True) as folder:
        work = Path(folder)
        sources = {}
        for number, (key, content) in enumerate(files.items()):
            sources[key] = work / f"{number}.docx"
            sources[key].write_bytes(content)
        _convert(program, list(sources.values()), work, timeout)
        found = {}
        for key, source in sources.items():
            laid_out = source.with_suffix(".pdf")
            if laid_out.is_file():
                pages = _pages(laid_out, toc_bookmarks(documents[key]))
                if pages:
                    found[key] = pages
        return found


def _convert(program: str, sources: list[Path], work: Path, timeout: float) -> None:
    """Lay out all files; a LibreOffice that fails or hangs leaves no PDF behind, and no process."""
    command = [
        program,
        f"-env:UserInstallation={(work / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        _PDF,
        "--outdir",
        str(work),
        *map(str, sources),
    ]
    with contextlib.suppress(OSError):
        process = subprocess.Popen(  # noqa: S603  the program was found on the path; the arguments are ours
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            process.wait(timeout)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _pages(pdf: Path, bookmarks: Mapping[str, str]) -> dict[str, int]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(pdf)
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
