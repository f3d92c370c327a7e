"""LibreOffice, where the machine has it: Word files in, PDF files out.

All files are laid out in one call, as copies, in a profile folder of their own and never longer than a time limit.
A LibreOffice that fails or hangs leaves no PDF behind, and no process.
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

Key = TypeVar("Key", bound=Hashable)

TIMEOUT = 120.0
"""Seconds for all files of one call together."""
_PROGRAMS = ("soffice", "libreoffice")


def find_libreoffice() -> str | None:
    """Return the path of LibreOffice, or None."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def convert(
    files: Mapping[Key, bytes], choices: Mapping[str, bool], *, program: str, timeout: float = TIMEOUT
) -> dict[Key, bytes]:
    """Return the PDF of each Word file that LibreOffice could lay out.

    Args:
        files: Word files by any key.
        choices: Settings of LibreOffice's PDF export by name.
        program: LibreOffice.
        timeout: Seconds for all files together.
    """
    with tempfile.TemporaryDirectory(prefix="agreementkit-", ignore_cleanup_errors=True) as folder:
        work = Path(folder)
        sources = {key: work / f"{number}.docx" for number, key in enumerate(files)}
        for key, source in sources.items():
            source.write_bytes(files[key])
        _run(program, list(sources.values()), work, choices, timeout)
        made = {key: source.with_suffix(".pdf") for key, source in sources.items()}
        return {key: pdf.read_bytes() for key, pdf in made.items() if pdf.is_file() and pdf.stat().st_size}


def _run(program: str, sources: list[Path], work: Path, choices: Mapping[str, bool], timeout: float) -> None:
    settings = {name: {"type": "boolean", "value": str(choice).lower()} for name, choice in choices.items()}
    command = [
        program,
        f"-env:UserInstallation={(work / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        f"pdf:writer_pdf_Export:{json.dumps(settings)}",
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
