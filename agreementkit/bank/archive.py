"""Reads a pack from a zip file, in memory: nothing is ever unpacked to the disk."""

from __future__ import annotations

import io
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

from agreementkit.bank.files import (
    MAX_ENTRIES,
    Intake,
    PackFiles,
    intake_for,
    is_hidden,
    is_history,
    is_read,
    most_of,
)
from agreementkit.diagnostics import Diagnostic

MAX_ZIP = 20_000_000
"""How many bytes the zip file itself may have."""
MAX_RATIO = 100
"""How many times smaller a file may have become; text becomes three to ten times smaller."""
_SMALL = 10_000
"""Below this size the ratio says nothing: a short file of blank lines packs well too."""
_ENTRY = b"PK\x01\x02"
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, NotImplementedError)
_DRIVE = re.compile(r"[A-Za-z]:")
_AGAIN = "make the zip file again from the pack's folder, and ask where this one comes from"
_ENCRYPTED = 0x1 | 0x40 | 0x2000


def read_archive(path: Path, shown: str, found: list[Diagnostic], *, history: bool = False) -> PackFiles | None:
    """Read the texts of a zip file that holds a pack at its root or in its one top folder, without its history.

    Nobody makes an encrypted entry, a name that leads out of the folder or a link for an honest pack. So one of them is
    enough to read nothing at all.

    Args:
        path: The zip file.
        shown: Name of the pack in messages.
        found: Takes every fault: AK100, AK101, AK204, AK247, AK248.
        history: Read the wordings that are kept for upgrades, and nothing else.

    Returns:
        What could be read; None when the zip file itself is refused.
    """
    intake = intake_for(shown, found, history=history)
    data = _bytes(path, intake)
    if data is None:
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if _sound(entry, intake)]
            _refuse_doubles(entries, intake)
            if intake.refused:
                return None
            top = _top_folder(entries)
            for entry in entries:
                name = entry.filename.removeprefix(top)
                if name and is_history(name) is history and not any(is_hidden(part) for part in name.split("/")):
                    _read(archive, entry, name, intake)
    except _BROKEN as error:
        intake.fault("AK247", f"the zip file is damaged: {error}", "", "make it again")
        return None
    return intake.done(Path(os.path.realpath(path)))


def _bytes(path: Path, intake: Intake) -> bytes | None:
    try:
        with path.open("rb") as handle:
            data = handle.read(MAX_ZIP + 1)
    except OSError as error:
        intake.fault("AK100", f"the file cannot be read: {error.strerror}", "", "check its permissions")
        return None
    if len(data) > MAX_ZIP:
        intake.fault(
            "AK248", f"the zip file is larger than {MAX_ZIP // 1_000_000} MB", "", "split it into several packs"
        )
    elif not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        # Python would also read a zip file that hangs behind a program or a picture.
        intake.fault("AK247", "this is not a zip file", "", "make it again with any program that makes zip files")
    elif data.count(_ENTRY) > MAX_ENTRIES:  # before Python makes an object of each of them
        intake.fault("AK248", f"the zip file holds more than {MAX_ENTRIES:,} files", "", "split it into several packs")
    else:
        return data
    return None


def _sound(entry: zipfile.ZipInfo, intake: Intake) -> bool:
    """Report what no honest zip file of a pack has; the name is looked at as it is written, before Python mends it."""
    name = entry.orig_filename
    parts = name.rstrip("/").split("/")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    ratio = entry.file_size / max(1, entry.compress_size)
    plain = name.isprintable() and "\\" not in name and not _DRIVE.match(name)
    if not plain or {"", ".", ".."} & set(parts):  # an empty part: the name begins with a slash, or has two in a row
        intake.fault("AK247", "this name leads out of the pack, or is no plain name", name, _AGAIN)
    elif entry.flag_bits & _ENCRYPTED:
        intake.fault("AK247", "this file is encrypted", name, "make the zip file again without a password")
    elif kind == stat.S_IFLNK:
        intake.fault("AK204", "a pack may not hold symbolic links", name, "put the file itself into the pack")
    elif kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        intake.fault("AK204", "this is neither a file nor a folder", name, "remove it from the pack")
    elif entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        intake.fault("AK247", "this file is compressed in an unusual way", name, "make it again with `deflate`")
    elif entry.file_size > _SMALL and ratio > MAX_RATIO:
        intake.fault("AK247", f"this file unpacks to {ratio:,.0f} times its size", name, _AGAIN)
    else:
        return True
    return False


def _refuse_doubles(entries: Sequence[zipfile.ZipInfo], intake: Intake) -> None:
    seen: set[str] = set()
    for entry in entries:
        if entry.filename in seen:
            intake.fault("AK247", "the zip file holds two files of this name", entry.filename, _AGAIN)
        seen.add(entry.filename)


def _top_folder(entries: Sequence[zipfile.ZipInfo]) -> str:
    """Return the one top folder with a slash, or nothing when the pack lies at the root or there are several."""
    tops = {entry.filename.split("/")[0] for entry in entries if not is_hidden(entry.filename.split("/")[0])}
    names = {entry.filename for entry in entries}
    top = next(iter(tops)) if len(tops) == 1 else ""
    return f"{top}/" if top and top not in names and "pack.yaml" not in names else ""


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, intake: Intake) -> None:
    if not intake.admits(name.rstrip("/")) or entry.is_dir():
        return
    if is_read(name) and entry.file_size > most_of(name):
        intake.too_large(name)
        return
    with archive.open(entry) as handle:
        intake.take(name, handle.read(most_of(name) + 1))
