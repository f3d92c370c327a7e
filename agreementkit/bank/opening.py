"""Opens the Markdown files of a pack: front matter with places, and the lines below it; and what ids look like."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import StringConstraints

from agreementkit.diagnostics import Diagnostic, Place
from agreementkit.errors import AgreementKitError
from agreementkit.source import Positions, SourceText, load_yaml

ID_PATTERN = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
HASH = r"^([0-9a-f]{12,32})?$"
"""Beginning of a content hash, or nothing."""
Identifier = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=60)]
Expression = Annotated[str, StringConstraints(min_length=1, max_length=500)]
_RULE = re.compile(r"---\s*\Z")


def slug(text: str) -> str:
    """Return a key of a definition in the form in which keys are compared."""
    return "-".join(text.lower().split())


def content_hash(text: str) -> str:
    """Return the hash by which a wording is known: 128 bits of BLAKE2b over its UTF-8, in hexadecimal."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Opened:
    """A Markdown file of a pack, opened: its front matter as data, and the lines below it.

    Attributes:
        data: The front matter.
        positions: Places of its values.
        body: Lines below it.
        body_line: Line number of the first of them.
        digest: Hash of the whole file.
        file: Path for diagnostics.
    """

    data: object
    positions: Positions
    body: tuple[str, ...]
    body_line: int
    digest: str
    file: str


def open_file(source: SourceText, found: list[Diagnostic]) -> Opened | None:
    """Open a Markdown file of a pack; None, with faults in `found`, when that cannot be done.

    Diagnostics: AK201 for a missing or open front matter, and those of YAML.
    """
    lines = source.text.split("\n")
    if not lines or not _RULE.match(lines[0]):
        found.append(
            Diagnostic(
                "AK201",
                "the file has no front matter",
                place=Place(source.file, 1, 1, 1, lines[0]),
                hints=("begin the file with `---`, then `id:`, `version:`, `title:`, then `---`",),
            )
        )
        return None
    end = next((i for i, line in enumerate(lines[1:], 1) if _RULE.match(line)), None)
    if end is None:
        found.append(
            Diagnostic(
                "AK201",
                "the front matter is never closed",
                place=Place(source.file, 1, 1, 3, lines[0]),
                hints=("close it with a line `---`",),
            )
        )
        return None
    head = SourceText(source.file, "\n".join(lines[1:end]) + "\n", tuple(lines[1:end]), source.reading)
    try:
        data, positions = load_yaml(head, first_line=2)
    except AgreementKitError as error:
        found.extend(error.diagnostics)
        return None
    return Opened(data, positions, tuple(lines[end + 1 :]), end + 2, content_hash(source.text), source.file)
