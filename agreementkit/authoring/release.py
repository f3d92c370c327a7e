"""For those on whose pack others build: publishes its wordings, and keeps an old one when a new version is begun."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from agreementkit.bank.files import read_folder
from agreementkit.bank.history import PUBLISHED, Key, Shelf, kept_as, read_history, shelf_of
from agreementkit.bank.opening import content_hash
from agreementkit.bank.pack import Pack, read_packs
from agreementkit.diagnostics import Diagnostic, Place, suggest
from agreementkit.errors import BankError, OutputError
from agreementkit.saving import save_all
from agreementkit.source import SourceText

_VERSION = re.compile(r"^(version:\s*[\"']?)(\d+)\.(\d+)", re.M)
_HEAD = """# Every wording that was published, with its hash. Written by `agreementkit pack publish`; not to be edited.
published:
"""
_UNKEPT = "put its old wording back (version control has it), then `agreementkit pack revise`, then change it again"


def publish_pack(folder: str | Path) -> tuple[Path, ...]:
    """Record the present wordings of a pack as published: packs over it may now be written against them.

    Args:
        folder: Folder of the pack.

    Returns:
        The list that was written; nothing when every wording was published before.

    Raises:
        BankError: The pack cannot be read.
        OutputError: A wording has changed under a version that was published, or the one before it was not kept
            (AK263); or the folder cannot be written to. Nothing is written then.
    """
    pack, wordings = _open(folder)
    found: list[Diagnostic] = []
    history = read_history(pack.files, found)
    listed = dict(history.published)
    for key, (name, text) in wordings.items():
        shelf, id_, version = key
        place = pack.files.place(name)
        hash_ = content_hash(text)
        if listed.setdefault(key, hash_) != hash_:
            what = f"{_kind(shelf)} {id_!r} has changed since its version {version} was published"
            found.append(Diagnostic("AK263", what, place=place, hints=(_UNKEPT,)))
    for key, hash_ in history.published.items():
        if key not in wordings and history.wording(key, hash_) is None:
            shelf, id_, version = key
            what = f"version {version} of {_kind(shelf)} {id_!r} was published, and its wording is not kept"
            found.append(Diagnostic("AK263", what, place=pack.files.place(kept_as(key)), hints=(_UNKEPT,)))
    if found:
        raise OutputError(*found)
    if listed == history.published:
        return ()
    rows = "".join(
        f'  - {{shelf: {shelf}, id: {id_}, version: "{version}", hash: "{hash_}"}}\n'
        for (shelf, id_, version), hash_ in sorted(listed.items(), key=_order)
    )
    return save_all(Path(folder), [(PUBLISHED, (_HEAD + rows).encode())])


def revise(folder: str | Path, names: Sequence[str]) -> tuple[Path, ...]:
    """Begin new versions of clauses, definitions or precedents: keep the present wordings, and raise the versions.

    Args:
        folder: Folder of the pack.
        names: Ids, or names of files in the pack where an id means a clause and a definition.

    Returns:
        What was written: the kept wordings and the files with a new version.

    Raises:
        BankError: The pack cannot be read.
        OutputError: A name means nothing or two things, or has not been published (AK263); nothing is written then.
    """
    pack, wordings = _open(folder)
    found: list[Diagnostic] = []
    history = read_history(pack.files, found)
    files: list[tuple[str, bytes]] = []
    for wanted in dict.fromkeys(names):
        hits = [key for key, (name, _) in wordings.items() if wanted in (key[1], name)]
        if len(hits) != 1:
            said = "means nothing in this pack" if not hits else "means a clause and a definition"
            known = {key[1] for key in wordings}
            which = f"name the file: {', '.join(wordings[hit][0] for hit in hits)}"
            hints = (which,) if hits else suggest(wanted, known, "id")
            found.append(Diagnostic("AK263", f"{wanted!r} {said}", place=Place(pack.files.shown), hints=hints))
            continue
        (key,) = hits
        name, text = wordings[key]
        if history.published.get(key) != content_hash(text):
            published = key in history.published
            what = f"version {key[2]} of {wanted!r} " + (
                "has changed since it was published" if published else "was never published"
            )
            hint = _UNKEPT if published else "change it as it is; nobody has written against it yet"
            found.append(Diagnostic("AK263", what, place=pack.files.place(name), hints=(hint,)))
            continue
        files.append((kept_as(key), text.encode()))
        files.append((name, _VERSION.sub(_raised, text, count=1).encode()))
    if found:
        raise OutputError(*found)
    return save_all(Path(folder), files)


def _open(folder: str | Path) -> tuple[Pack, dict[Key, tuple[str, str]]]:
    """Return a pack in a folder, and its wordings: name of the file and text of each."""
    found: list[Diagnostic] = []
    if not Path(folder).is_dir():
        hint = "name the folder that holds pack.yaml"
        raise BankError(Diagnostic("AK245", f"{str(folder)!r} is not a folder", hints=(hint,)))
    read = read_packs([read_folder(Path(folder), Path(folder).resolve().name, found)], found)
    if found or not read:
        raise BankError(*found)
    return read[0], dict(_wordings(read[0]))


def _wordings(pack: Pack) -> Iterator[tuple[Key, tuple[str, str]]]:
    def of(file: str) -> tuple[str, str]:
        name = file.removeprefix(f"{pack.files.shown}/")
        return name, SourceText.decode(pack.files.files[name], file).text

    for clause in pack.clauses:
        yield (shelf_of(clause), clause.id, clause.front.version), of(clause.file)
    for placed in pack.precedents:
        key = (Shelf.PRECEDENTS, placed.outline.id, placed.outline.version)
        yield key, of(placed.positions.source.file)


def _raised(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2]}.{int(match[3]) + 1}"


def _kind(shelf: Shelf) -> str:
    return shelf.value.removesuffix("s")


def _order(row: tuple[Key, str]) -> tuple[str, str, tuple[int, ...]]:
    (shelf, id_, version), _ = row
    return shelf.value, id_, tuple(map(int, version.split(".")))
