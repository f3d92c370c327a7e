"""The files of a pack as names and bytes: what a pack may not hold, and how a folder is read.

Packs are untrusted. Nothing in one is run, followed or written; what is read is bounded in number, size and depth,
whether the pack is a folder or a zip file (`archive.py`).
"""

from __future__ import annotations

import hashlib
import io
import os
import stat
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from agreementkit.diagnostics import Diagnostic, Place
from agreementkit.source import MAX_BYTES

if TYPE_CHECKING:
    from agreementkit.bank.index import Index
    from agreementkit.bank.listing import Seen

MAX_ENTRIES = 5_000
"""How many files and folders a pack may hold, those that are not read included."""
MAX_TOTAL = 5_000_000
"""How many bytes its texts may have in sum."""
MAX_MARKDOWN = 200_000
"""How many bytes one Markdown file may have; YAML may have what any file of ours may have."""
MAX_HOUSE = 5_000_000
"""How many bytes a Word file of `house-style/` may have."""
MAX_HOUSES = 20_000_000
"""How many bytes those may have in sum."""
MAX_DEPTH = 20
"""How deep its folders may stand in one another."""
MAX_NAME = 200
HISTORY = "history"
"""Folder of the wordings that are kept for upgrades (`history.py`). It is not read with the rest of a pack."""
MAX_HISTORY = 50_000_000
"""How many bytes the kept wordings of a pack may have in sum."""

TEXTS = (".md", ".yaml")
HOUSES = "house-style/"
"""Folder of a pack whose Word files are read too: as bytes, which nothing opens before somebody names the style."""
_WORD = (".docx", ".dotx")
PROGRAMS = frozenset({
    "py", "pyc", "pyo", "pyd", "pyw", "pyx", "pyi", "pyz", "pth", "whl", "egg", "so", "dll", "dylib", "exe", "com",
    "scr", "msi", "bat", "cmd", "ps1", "psm1", "vbs", "vbe", "wsf", "hta", "lnk", "sh", "bash", "zsh", "fish",
    "csh", "js", "mjs", "cjs", "ts", "jar", "class", "wasm", "php", "pl", "rb", "lua", "o", "a", "lib", "obj", "ko",
    "app", "apk", "deb", "rpm", "desktop", "docm", "dotm", "xlsm", "xltm", "pptm",
})  # fmt: skip
"""Endings of programs, of what programs are made of, and of Office files with macros."""
_BEGINNINGS = (
    b"\x7fELF", b"MZ", b"#!", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe", b"\x00asm",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PackFiles:
    """The texts of a pack, wherever it is kept.

    Attributes:
        shown: Name of the pack in messages: `anytown`, `anytown.zip`, `installed:anytown`.
        where: The one place on this machine where it is kept, to know it again.
        files: Contents of its Markdown and YAML files by name, such as `body/notice.md`, in the order of the names.
        word: Contents of the Word files of its folder `house-style`, by name.
        refused: Names of files that were not read because of a fault, which was reported.
        index: What was kept of these very files, when the folder is known again.
        before: What was kept of the same folder when it held other files, or may have held them.
        seen: How the folder looked before it was read.
    """

    shown: str
    where: Path
    files: Mapping[str, bytes]
    refused: frozenset[str] = frozenset()
    word: Mapping[str, bytes] = field(default_factory=dict)
    index: Index | None = None
    before: Index | None = None
    seen: Seen | None = None

    @property
    def houses(self) -> dict[str, bytes]:
        """The house styles and their Word files, by name below `house-style/`."""
        texts = {name: self.files[name] for name in self.files if name.startswith(HOUSES)}
        return {name.removeprefix(HOUSES): data for name, data in (*texts.items(), *self.word.items())}

    def place(self, name: str) -> Place:
        """Return the place of one of its files."""
        return Place(f"{self.shown}/{name}")

    @property
    def digests(self) -> dict[str, str]:
        """SHA-256 of each of its files by name; with line ends as on Linux, for git changes them on other machines."""
        if self.index is not None:
            return self.index.digests
        return {name: hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest() for name, data in self.files.items()}

    @property
    def digest(self) -> str:
        """The one hash of all its files."""
        return self.index.digest if self.index is not None else listing_digest(self.digests)


def listing_digest(digests: Mapping[str, str]) -> str:
    """Return the one hash of several files: SHA-256 of their list as `sha256sum` prints it, sorted by name."""
    listing = "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items()))
    return hashlib.sha256(listing.encode()).hexdigest()


class Intake:
    """Takes the files of a pack one by one and refuses what a pack may not hold.

    Args:
        shown: Name of the pack in messages.
        found: Takes every fault.
        most: How many bytes its texts may have in sum.
    """

    def __init__(self, shown: str, found: list[Diagnostic], most: int = MAX_TOTAL) -> None:
        self.shown = shown
        self.found = found
        self._most = most
        self.files: dict[str, bytes] = {}
        self.word: dict[str, bytes] = {}
        self.refused: set[str] = set()
        self._names: dict[str, str] = {}
        self._entries = self._total = 0
        self.full = False

    def fault(self, code: str, message: str, name: str, *hints: str) -> None:
        """Report a fault of the file `name`, or of the whole pack when it is empty."""
        safe = name if name.isprintable() else name.encode("unicode_escape", "backslashreplace").decode("ascii")
        place = Place(f"{self.shown}/{safe[:MAX_NAME]}" if name else self.shown)
        self.found.append(Diagnostic(code, message, place=place, hints=hints))
        self.refused.add(name)

    def admits(self, name: str) -> bool:
        """Return whether a file or folder of this name may be in the pack; a fault is reported.

        After the last entry a pack may have, `full` is true and nothing is admitted.
        """
        if self.full:
            return False
        self._entries += 1
        if self._entries > MAX_ENTRIES:
            self._fill(f"the pack holds more than {MAX_ENTRIES:,} files and folders", "split it into several packs")
            return False
        if len(name) > MAX_NAME or not name.isprintable():
            self.fault("AK204", "the name of this file cannot be used", name, "give it a short name of plain letters")
            return False
        if not self._is_distinct(name):
            return False
        if name.count("/") >= MAX_DEPTH:
            self.fault("AK248", f"folders stand more than {MAX_DEPTH} deep in one another", name, "make them fewer")
            return False
        return True

    def _is_distinct(self, name: str) -> bool:
        """Report a file or folder that a machine which does not tell `A` from `a` would take for another one."""
        parts = name.split("/")
        for path in ("/".join(parts[:end]) for end in range(1, len(parts) + 1)):
            if path in self.refused:
                return False
            other = self._names.setdefault(unicodedata.normalize("NFC", path).casefold(), path)
            if other != path:
                hint = "on many machines the two are one; give one of them another name"
                message = f"the name differs from {other} only in how its letters are written"
                self.fault("AK204", message, path, hint)
                return False
        return True

    def take(self, name: str, data: bytes) -> None:
        """Take one file of the pack.

        Args:
            name: Its name.
            data: Its first bytes, one more than it may have (`most_of`).
        """
        ending = PurePosixPath(name).suffix.lower().lstrip(".")
        if ending in PROGRAMS or data.startswith(_BEGINNINGS):
            self.fault("AK204", "a pack may not hold programs", name, "remove it; a pack is clauses and data only")
        elif not is_read(name):
            return
        elif len(data) > most_of(name):
            self.too_large(name)
        elif not name.endswith(TEXTS):
            if sum(map(len, self.word.values())) + len(data) > MAX_HOUSES:
                message = f"the Word files of the pack have more than {MAX_HOUSES // 1_000_000} MB in sum"
                self._fill(message, "make their pictures smaller")
            else:
                self.word[name] = data
        elif self._total + len(data) > self._most:
            message = f"the texts of the pack have more than {self._most // 1_000_000} MB in sum"
            self._fill(message, "split it into several packs")
        else:
            self._total += len(data)
            self.files[name] = data

    def too_large(self, name: str) -> None:
        """Report a file that is larger than any may be."""
        message = f"the file is larger than {most_of(name) // 1_000:,} kB"
        self.fault("AK101", message, name, "split it, or check that it is the right file")

    def done(self, where: Path) -> PackFiles:
        """Return what was taken."""
        files, word = dict(sorted(self.files.items())), dict(sorted(self.word.items()))
        return PackFiles(self.shown, where, files, frozenset(self.refused), word)

    def _fill(self, message: str, hint: str) -> None:
        self.full = True
        self.fault("AK248", message, "", hint)


def is_read(name: str) -> bool:
    """Return whether a file of this name is read: a text, or the Word file of a house style."""
    return name.endswith(TEXTS) or (name.startswith(HOUSES) and name.endswith(_WORD))


def most_of(name: str) -> int:
    """Return how many bytes a file of this name may have; of a file that is not read, how many tell what it is."""
    if name.endswith(".md"):
        return MAX_MARKDOWN
    if is_read(name) and not name.endswith(TEXTS):
        return MAX_HOUSE
    return MAX_BYTES if name.endswith(TEXTS) else max(map(len, _BEGINNINGS))


def is_hidden(name: str) -> bool:
    """Return whether a file or folder of this name is not looked at: `.git`, `.github`, what machines leave behind."""
    return name.startswith(".") or name in ("__pycache__", "__MACOSX")


def intake_for(shown: str, found: list[Diagnostic], *, history: bool) -> Intake:
    """Return what takes the files of a pack, or those of its history."""
    return Intake(shown, found, MAX_HISTORY if history else MAX_TOTAL)


def is_history(name: str) -> bool:
    """Return whether a file is one of the wordings kept for upgrades."""
    return name.startswith(f"{HISTORY}/")


def read_folder(folder: Path, shown: str, found: list[Diagnostic], *, history: bool = False) -> PackFiles:
    """Read the texts of a folder, without those of its history, or those of its history only.

    Hidden files and folders, so also `.git`, are not looked at. Symbolic links are refused and not followed;
    what is no file is refused and not opened.

    Args:
        folder: The folder.
        shown: Name of the pack in messages.
        found: Takes every fault: AK100, AK101, AK204, AK248.
        history: Read the wordings that are kept for upgrades, and nothing else.

    Returns:
        What could be read.
    """
    intake = intake_for(shown, found, history=history)
    start = folder / HISTORY if history else folder
    if history and (start.is_symlink() or not start.is_dir()):
        return intake.done(Path(os.path.realpath(folder)))
    for name, entry in _walk(start, f"{HISTORY}/" if history else "", intake):
        data = _beginning(entry.path, intake, name)
        if data is not None:
            intake.take(name, data)
        if intake.full:
            break
    return intake.done(Path(os.path.realpath(folder)))


def _walk(folder: Path, under: str, intake: Intake) -> Iterator[tuple[str, os.DirEntry[str]]]:
    try:
        with os.scandir(folder) as listing:
            # One more than may be there is enough to see that there are too many.
            entries = sorted((entry for entry, _ in zip(listing, range(MAX_ENTRIES + 1), strict=False)), key=_name)
    except OSError as error:
        message = f"the folder cannot be read: {error.strerror}"
        intake.fault("AK100", message, under.rstrip("/"), "check its permissions")
        return
    for entry in entries:
        name = under + entry.name
        if is_hidden(entry.name) or (name == HISTORY and entry.is_dir(follow_symlinks=False)):
            continue
        if not intake.admits(name):
            if intake.full:
                return
        elif entry.is_symlink():
            intake.fault("AK204", "a pack may not hold symbolic links", name, "put the file itself into the pack")
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), f"{name}/", intake)
        else:
            yield name, entry


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name


def _beginning(path: str, intake: Intake, name: str) -> bytes | None:
    """Return the first bytes of a file, of a text all of it; None, with a fault, for what is no file."""
    # The file may be another one than a moment ago: a link is not followed, and a pipe does not make us wait.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):  # a device does something when it is merely opened
            intake.fault("AK204", "this is neither a file nor a folder", name, "remove it from the pack")
            return None
        with io.BufferedReader(io.FileIO(os.open(path, flags))) as handle:
            return handle.read(most_of(name) + 1)
    except OSError as error:
        intake.fault("AK100", f"the file cannot be read: {error.strerror}", name, "check its permissions")
        return None
