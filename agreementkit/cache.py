"""What is kept on this machine between runs: small records of plain data, each under a key that says all it depends on.

Nothing here is needed: whatever cannot be read, or is not exactly as it was written, counts as not there and is made
anew. A record is JSON, or lines of JSON before plain text, with a checksum over its key and its contents; nothing in
it is opened by its name, and nothing could be run. The folder belongs to the user alone. `AGREEMENTKIT_CACHE` names
another folder, or is `off`.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from agreementkit.diagnostics import Diagnostic, Place

_VERSION: str = sys.modules[__name__.partition(".")[0]].__version__  # no import: all that it types is above this
VARIABLE = "AGREEMENTKIT_CACHE"
"""Environment variable: `off`, or the folder to use."""
MAX_RECORD = 8_000_000
"""How many bytes one record may have."""
MAX_BYTES = 200_000_000
"""How many bytes all records may have; when there are more, those not used for longest go."""
MAX_RECORDS = 60_000
_FORMAT = b"agreementkit 1 "
_HEAD = len(_FORMAT) + 64 + 1
"""How many bytes stand before the contents: the format, the checksum, the end of the line."""
_ENDING = ".record"
_DAY = 86_400
_A_WHILE = 600
_CODE = ("assemble", "bank", "config", "reader", "source", "tree")
"""Folders whose code decides what a record says."""


@dataclass(slots=True)
class Cache:
    """A folder of records.

    Attributes:
        folder: Where they are.
        unusable: Why the folder cannot be used, or "" when it can; it need not be there yet.
        found: How many records were found since the folder was opened.
        made: How many were written.
    """

    folder: Path
    unusable: str = ""
    found: int = 0
    made: int = 0
    _pruned: bool = field(default=False, repr=False)
    _base: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._base = f"{self.folder}{os.sep}"

    def read(self, key: str) -> Any:
        """Return the contents of a record, or None when there is none that is sound.

        Args:
            key: What `key_of` returned.
        """
        payload = self.read_bytes(key)
        if payload is None:
            return None
        try:
            return json.loads(payload)
        except (ValueError, RecursionError):
            self.found -= 1
            return None

    def read_bytes(self, key: str) -> bytes | None:
        """Return the contents of a record as they were written, or None when there is none that is sound.

        Args:
            key: What `key_of` returned.
        """
        if self.unusable:
            return None
        head, payload = _own_file(f"{self._base}{key}{_ENDING}")
        if head != _FORMAT + _checksum(key, payload) + b"\n":
            return None
        self.found += 1
        return payload

    def write(self, key: str, contents: Any) -> None:
        """Keep contents under a key; where that cannot be done, do nothing.

        Args:
            key: What `key_of` returned.
            contents: Plain data, ready for JSON.
        """
        said = json.dumps(contents, ensure_ascii=False, separators=(",", ":"))
        self.write_bytes(key, said.encode("utf-8", "surrogatepass"))

    def write_bytes(self, key: str, payload: bytes) -> None:
        """Keep contents under a key as they are; where that cannot be done, do nothing.

        Args:
            key: What `key_of` returned.
            payload: Plain data: whoever reads it again reads it strictly.
        """
        data = _FORMAT + _checksum(key, payload) + b"\n" + payload
        if len(data) > MAX_RECORD or not self._opened_for_writing():
            return
        try:
            handle, temporary = tempfile.mkstemp(prefix=".new-", dir=self.folder)
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.write(data)
                Path(temporary).replace(self.folder / f"{key}{_ENDING}")
            except BaseException:
                Path(temporary).unlink(missing_ok=True)
                raise
        except OSError:
            self.unusable = "it cannot be written to"  # a full disk, say: this run goes on without
        else:
            self.made += 1

    def _opened_for_writing(self) -> bool:
        if not self.unusable and not self._pruned:
            try:
                self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as error:
                self.unusable = f"it cannot be made: {(error.strerror or str(error)).lower()}"
            else:
                self.unusable = _why_not(self.folder)
            if not self.unusable:
                self._pruned = True
                if self._due():
                    self.prune()
        return not self.unusable

    def _due(self) -> bool:
        """Whether nobody has looked for what can go for a while: to look at all records takes longer than a build."""
        mark = self.folder / ".looked"
        try:
            if 0 <= time.time() - mark.lstat().st_mtime < _A_WHILE:
                return False
        except OSError:
            pass  # nobody ever has
        with contextlib.suppress(OSError):
            mark.unlink(missing_ok=True)
            mark.touch(mode=0o600, exist_ok=False)
        return True

    def records(self) -> list[tuple[float, int, str]]:
        """Return when each record was last used, its size in bytes and its name, those not used for longest first."""
        if self.unusable:
            return []
        found = []
        with contextlib.suppress(OSError), os.scandir(self.folder) as listing:
            for entry in listing:
                with contextlib.suppress(OSError):
                    if entry.name.endswith(_ENDING) or entry.name.startswith(".new-"):
                        status = entry.stat(follow_symlinks=False)
                        found.append((status.st_mtime, status.st_size, entry.name))
        return sorted(found)

    def prune(self, most: int = MAX_BYTES, number: int = MAX_RECORDS) -> int:
        """Remove the records not used for longest, until there is room to spare, and what killed runs left behind.

        Args:
            most: How many bytes there may be.
            number: How many records there may be.

        Returns:
            How many were removed.
        """
        records = self.records()
        yesterday = time.time() - _DAY
        left = [one for one in records if one[2].startswith(".new-") and one[0] < yesterday]
        sizes, count = sum(size for _, size, _ in records), len(records)
        if sizes > most or count > number:
            for one in records:
                if sizes <= most * 3 // 4 and count <= number * 3 // 4:
                    break
                left.append(one)
                sizes, count = sizes - one[1], count - 1
        for _, _, name in left:
            with contextlib.suppress(OSError):
                (self.folder / name).unlink(missing_ok=True)
        return len(left)

    @property
    def fault(self) -> Diagnostic | None:
        """Why the folder cannot be used, as a finding (AK790)."""
        if not self.unusable:
            return None
        hints = (f"mend the folder, or name another one with {VARIABLE}; {VARIABLE}=off does without",)
        what = f"nothing can be kept between runs: {self.unusable}"
        return Diagnostic("AK790", what, place=Place(str(self.folder)), hints=hints)


def kept() -> Cache | None:
    """Return the folder of this user, or the one that `AGREEMENTKIT_CACHE` names; None when that is `off`."""
    said = os.environ.get(VARIABLE, "")
    if said.lower() in ("off", "0", "no"):
        return None
    if said:
        return _opened(said)
    folder = _users_folder()
    return _opened(str(folder)) if folder.is_absolute() else None


@lru_cache(maxsize=8)
def _opened(name: str) -> Cache:
    folder = Path(name)
    return Cache(folder, _why_not(folder) if os.path.lexists(folder) else "")


def _users_folder() -> Path:
    """Return where programs keep what they can make again: as XDG, Apple and Microsoft say."""
    home = Path("~").expanduser()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        given = Path(os.environ.get("XDG_CACHE_HOME", ""))
        base = given if given.is_absolute() else home / ".cache"
    return base / "agreementkit"


def _why_not(folder: Path) -> str:
    """Return why a folder cannot be trusted, or ""."""
    try:
        status = folder.lstat()
    except OSError as error:
        return f"it cannot be looked at: {(error.strerror or str(error)).lower()}"
    if not stat.S_ISDIR(status.st_mode):
        return "it is no folder"
    return _not_ours(status) or ("" if os.access(folder, os.W_OK | os.X_OK) else "it cannot be written to")


def _not_ours(status: os.stat_result) -> str:
    if not hasattr(os, "getuid"):  # on Windows a user's own folders are the user's alone
        return ""
    if status.st_uid != os.getuid():
        return "it belongs to another user"
    return "other users may write to it" if status.st_mode & 0o022 else ""


def _own_file(path: str) -> tuple[bytes, bytes]:
    """Return the first line and the rest of a record that only this user can have written; else nothing.

    The two are read apart: a record may have megabytes, which to copy takes as long as to read.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags)
    except OSError:
        return b"", b""
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_RECORD or _not_ours(status):
            return b"", b""
        if status.st_mtime < time.time() - _DAY:
            with contextlib.suppress(OSError):
                os.utime(path)  # so that what is in use is not what is pruned
        head, data = os.read(handle, _HEAD), b""
        while piece := os.read(handle, status.st_size + 1):
            data += piece
            if len(data) > MAX_RECORD:
                return b"", b""
        return head, data
    except OSError:
        return b"", b""
    finally:
        os.close(handle)


def _checksum(key: str, payload: bytes) -> bytes:
    return hashlib.blake2b(payload, digest_size=32, key=key.encode()[:64]).hexdigest().encode()


def key_of(*parts: Any) -> str:
    """Return the key of what is made from `parts` by this version of the code.

    Args:
        parts: Plain data, ready for JSON: all that the record depends on.
    """
    said = json.dumps([code_stamp(), *parts], separators=(",", ":"))
    return hashlib.blake2b(said.encode(), digest_size=32).hexdigest()


@cache
def code_stamp(*folders: str) -> str:
    """Return what tells this version of the code from others: its number, and sizes and times of its files.

    A checkout changes without changing its number.

    Args:
        folders: Where the code is; that which decides what bank and configuration say, if none is named.
    """
    said = hashlib.blake2b(f"{_VERSION} {sys.version_info[:2]}".encode(), digest_size=16)
    here = Path(__file__).parent
    for name in folders or _CODE:
        for path, status in sorted(_modules(here / name)):
            said.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return said.hexdigest()


def _modules(folder: Path) -> Iterable[tuple[str, os.stat_result]]:
    with contextlib.suppress(OSError), os.scandir(folder) as listing:
        for entry in listing:
            if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("_"):
                yield from _modules(Path(entry.path))
            elif entry.name.endswith(".py"):
                yield entry.path, entry.stat()
