"""pandoc, from Markdown to Word: one process a document, notes as footnotes, cross-references as links."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from functools import cache
from pathlib import Path


@cache
def pandoc() -> str:
    """Return where pandoc is: on the path, else the one that comes with pypandoc; "" where there is none."""
    found = shutil.which("pandoc")
    if found:
        return found
    try:
        import pypandoc  # type: ignore[import-untyped, unused-ignore]

        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError):
        return ""


def conversions(folder: Path, houses: Sequence[bytes], texts: Sequence[bytes]) -> list[list[str | Path]]:
    """Write what pandoc needs to a folder, and return its commands; each writes `N.docx` there.

    Args:
        folder: Where to write.
        houses: Word files whose styles are used.
        texts: The Markdown files.
    """
    commands: list[list[str | Path]] = []
    for number, (house, text) in enumerate(zip(houses, texts, strict=True)):
        (folder / f"{number}-house.docx").write_bytes(house)
        (folder / f"{number}.md").write_bytes(text)
        reference = f"--reference-doc={folder / f'{number}-house.docx'}"
        commands.append(
            [
                pandoc(),
                "-f",
                "markdown",
                "-t",
                "docx",
                reference,
                "-o",
                folder / f"{number}.docx",
                folder / f"{number}.md",
            ]
        )
    return commands
