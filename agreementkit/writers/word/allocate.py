"""One allocator of ids for one document: bookmarks, comments, content controls, paragraph ids.

Word wants each family of ids unique across the whole document. Asking one object for the next id keeps that
true whichever module asks, and makes the ids the same on every run.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

LONGEST_BOOKMARK = 40
FIRST_CONTROL = 1_000_000
_OTHER = re.compile(r"[^A-Za-z0-9]")


class Allocator:
    """Hands out ids, never the same one twice."""

    def __init__(self) -> None:
        self._last: defaultdict[str, int] = defaultdict(int)
        self._names: dict[str, str] = {}
        self._taken: set[str] = set()
        self._controls: set[int] = set()

    def next(self, family: str) -> int:
        """Return the next number of a family such as `bookmark`, `comment` or `sdt`, from 1."""
        self._last[family] += 1
        return self._last[family]

    def keep_controls(self, ids: Iterable[int]) -> None:
        """Leave these ids to the content controls that the house file brings."""
        self._controls.update(ids)

    def control(self) -> int:
        """Return the id of the next content control."""
        while (number := FIRST_CONTROL + self.next("sdt")) in self._controls:
            pass
        return number

    def paragraph_id(self) -> str:
        """Return the next `w14:paraId`: eight hexadecimal digits, above 0 and below 80000000.

        Word gives ids outside that range a new value when it opens the file, and comment threads, which
        are keyed by them, fall apart (MS-DOCX 2.6.2.3).
        """
        return f"{0x10000000 + self.next('paragraph'):08X}"

    def durable_id(self) -> str:
        """Return the next durable comment id, under the same bounds as a paragraph id."""
        return f"{0x20000000 + self.next('durable'):08X}"

    def bookmark(self, division: str) -> str:
        """Return the bookmark name of a division, the same each time it is asked for.

        `ak_` and the id with everything but letters and digits as `_`. A short hash takes the end when the
        name is longer than Word keeps or belongs to another division already.
        """
        known = self._names.get(division)
        if known:
            return known
        name = _plain_name(division)
        if len(name) > LONGEST_BOOKMARK or name.lower() in self._taken:
            mark = hashlib.blake2s(division.encode(), digest_size=4).hexdigest()
            name = f"{name[: LONGEST_BOOKMARK - len(mark) - 1]}_{mark}"
        self._names[division] = name
        self._taken.add(name.lower())
        return name


@lru_cache(maxsize=8192)
def _plain_name(division: str) -> str:
    """Return the name that the id of a division asks for; most ids are those of the bank."""
    return "ak_" + _OTHER.sub("_", division)
