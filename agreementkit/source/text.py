"""Text files read safely: bounded in size, UTF-8 only, without characters that cannot be printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from agreementkit.diagnostics import Diagnostic, Place
from agreementkit.errors import SourceError

if TYPE_CHECKING:
    from agreementkit.source.reading import Reading

MAX_BYTES = 2_000_000

# Word cannot hold these characters, and YAML counts some of them as line ends where an editor does not.
# The two overrides, U+202D and U+202E, make a text read otherwise than it is stored.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u2029\u202d\u202e\ufeff\ud800-\udfff\ufffe\uffff]")
_MOST = 20
"""How many of them are reported in one file."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of one file.

    Attributes:
        file: Name shown in messages.
        text: The whole text, with newlines as line ends.
        lines: The same, line by line, without line ends.
        reading: What reading it as YAML gave, or takes it, where that is kept.
    """

    file: str
    text: str
    lines: tuple[str, ...]
    reading: Reading | None = field(default=None, repr=False, compare=False)

    @classmethod
    def of(cls, text: str, file: str = "<text>") -> SourceText:
        """Return `text` as a source, refusing characters that cannot be printed.

        Raises:
            SourceError: With the first such characters, at most twenty.
        """
        text = text.removeprefix("\ufeff").replace("\r\n", "\n")
        source = cls.known(text, file)
        # One look at the whole text first: line by line only where there is something to tell the place of.
        if UNPRINTABLE.search(text):
            raise SourceError(*islice(_unprintable(source), _MOST))
        return source

    @classmethod
    def known(cls, text: str, file: str, reading: Reading | None = None) -> SourceText:
        """Return a text that was found printable before.

        Args:
            text: The text, with newlines as line ends.
            file: Name shown in messages.
            reading: What reading it as YAML gave.
        """
        return cls(file, text, tuple(text.split("\n")), reading)

    @classmethod
    def decode(cls, data: bytes, file: str) -> SourceText:
        """Return the contents of a file, which must be in UTF-8, as a source.

        Raises:
            SourceError: If it is too large, not UTF-8, or has characters that cannot be printed.
        """
        if len(data) > MAX_BYTES:
            message = f"the file is larger than {MAX_BYTES // 1_000_000} MB"
            raise SourceError(
                Diagnostic("AK101", message, place=Place(file), hints=("split it, or check that it is the right file",))
            )
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            byte = f"byte {error.start + 1} (0x{data[error.start]:02x}), in line {line}"
            message = f"the file is not UTF-8: {byte}, is not a character"
            hints = ("save the file again with the encoding UTF-8",)
            raise SourceError(Diagnostic("AK102", message, place=Place(file, line), hints=hints)) from error
        return cls.of(text, file)

    def place(self, line: int, column: int = 1, length: int = 1) -> Place:
        """Return the place at `line` and `column`, both counted from 1, with its line of source."""
        shown = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return Place(self.file, line, column, length, shown)


def read_text(path: str | Path, display: str | None = None) -> SourceText:
    """Read a text file in UTF-8.

    Args:
        path: The file.
        display: Name shown in messages; the path if not given.

    Raises:
        SourceError: If it cannot be read, is too large, not UTF-8, or has unprintable characters.
    """
    path, name = Path(path), display or str(path)
    try:
        with path.open("rb") as handle:
            data = handle.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        hint = "give a file, not a folder" if path.is_dir() else "check the path and the file's permissions"
        raise SourceError(
            Diagnostic("AK100", f"the file cannot be read: {reason}", place=Place(name), hints=(hint,))
        ) from error
    return SourceText.decode(data, name)


def _unprintable(source: SourceText) -> Iterator[Diagnostic]:
    for number, line in enumerate(source.lines, start=1):
        for found in UNPRINTABLE.finditer(line):
            code = f"U+{ord(found.group()):04X}"
            # The line itself is not shown: its invisible characters would reach the terminal.
            place = Place(source.file, number, found.start() + 1)
            yield Diagnostic(
                "AK103",
                f"the character {code} cannot be printed",
                place=place,
                hints=("delete the character",),
            )
