"""How a folder looks from outside: one hash over the listing of all that is in it, by which it is known again.

No file is opened for it. See decision 19 for what of a listing can be trusted, and when.
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass

from agreementkit.bank.files import HISTORY, MAX_DEPTH, MAX_ENTRIES, is_hidden

YOUNG = 2_000_000_000
"""Nanoseconds: a file that changed so shortly before the folder was looked at may change again unseen."""
_SURE = os.name == "posix"
"""Whether the system says when a file was changed, which nobody can set back. Windows only says when it was made."""


@dataclass(frozen=True, slots=True)
class Seen:
    """How a folder looked at a moment.

    Attributes:
        listing: One hash over names, kinds, sizes, times of change and numbers of its files.
        settled: Whether all of them had been left alone for long enough.
    """

    listing: str
    settled: bool

    @classmethod
    def of(cls, folder: str) -> Seen | None:
        """Look at a folder; None where that cannot be done, or where it holds more than a pack may hold."""
        before, said, newest = time.time_ns(), [], 0
        try:
            for line, changed in _lines(folder, "", 0, [MAX_ENTRIES]):
                said.append(line)
                newest = max(newest, changed)
        except (OSError, _TooMuch):
            return None
        listing = hashlib.blake2b("\n".join(said).encode("utf-8", "surrogateescape"), digest_size=32).hexdigest()
        return cls(listing, _SURE and newest < before - YOUNG)


class _TooMuch(Exception):  # noqa: N818 - no fault of ours: whoever reads the folder says what is wrong
    """A folder holds more than a pack may hold."""


def _lines(folder: str, under: str, depth: int, left: list[int]) -> Iterator[tuple[str, int]]:
    """Yield what one folder holds as a text with the newest time of change in it, then the folders in it."""
    said: list[str] = []
    inner: list[tuple[str, str]] = []
    newest = 0
    with os.scandir(folder) as listing:
        for entry in listing:
            name = entry.name
            if is_hidden(name):
                continue
            at = entry.stat(follow_symlinks=False)
            mode, changed = at.st_mode, at.st_ctime_ns
            if stat.S_ISDIR(mode):
                if name == HISTORY and not under:
                    continue
                inner.append((f"{under}{name}/", entry.path))
            said.append(f"{name}/{mode} {at.st_size} {at.st_mtime_ns} {changed} {at.st_ino}")
            if changed > newest:
                newest = changed
    left[0] -= len(said)
    if left[0] < 0 or depth > MAX_DEPTH:
        raise _TooMuch
    said.sort()  # the order in which a folder lists its files is nobody's promise
    yield "\n".join((under, *said)), newest
    for name, path in sorted(inner):
        yield from _lines(path, name, depth + 1, left)
