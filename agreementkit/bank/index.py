"""The index of a pack: what reading its files gave, kept between runs, so that only what has changed is read again.

A folder is known again by its listing: names, sizes, times of change and numbers of all its files in one hash. Where
the listing is the same, no file is opened; where it is not, the files are read, and what was kept is used for those
whose bytes are the same. Only packs without a fault are kept. See decision 19.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any

from agreementkit.bank.files import PackFiles, read_folder
from agreementkit.bank.listing import Seen
from agreementkit.cache import kept, key_of
from agreementkit.diagnostics import Diagnostic
from agreementkit.source import SourceText
from agreementkit.source.reading import Reading


@dataclass(frozen=True, eq=False)
class Index:
    """What was kept of a pack. Files are numbered in the order of their names.

    Attributes:
        seen: How the folder looked when it was read.
        digest: The one hash of all files, as `listing_digest` gives it.
        names: Names of the files.
        ids: Id of the clause or definition in each; empty for other files.
        kinds: Kinds of clauses by number; a file that is not here is a plain clause.
        replaces: Versions that files say they replace, by number.
        formerly: Ids that clauses had before, by number.
    """

    seen: Seen
    digest: str
    names: Sequence[str]
    ids: Sequence[str]
    kinds: Mapping[int, str]
    replaces: Mapping[int, str]
    formerly: Mapping[int, tuple[str, ...]]
    _payload: bytes
    _details: tuple[int, int]
    _starts: Sequence[int]

    @classmethod
    def read(cls, payload: bytes) -> Index | None:
        """Return the index that `written` made into bytes; None for what is none."""
        try:
            first = payload.index(b"\n")
            second = payload.index(b"\n", first + 1)
            head = json.loads(payload[:first])
            starts = [*accumulate(head["sizes"], initial=second + 1)]
            names, ids = head["names"], head["ids"]
            if len(names) != len(ids) or len(starts) != 2 * len(names) + 1 or starts[-1] != len(payload):
                return None
            if {*map(type, names), *map(type, ids)} != {str}:
                return None
            return cls(
                Seen(*head["seen"]),
                head["digest"],
                names,
                ids,
                _numbered(head["kinds"], str),
                _numbered(head["replaces"], str),
                {number: tuple(old) for number, old in _numbered(head["formerly"], list).items()},
                payload,
                (first, second),
                starts,
            )
        except (ValueError, TypeError, LookupError, RecursionError):
            return None

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Number of each file by its name."""
        return {name: number for number, name in enumerate(self.names)}

    @cached_property
    def clauses(self) -> Sequence[int]:
        """Numbers of the files that hold a clause or a definition."""
        return [number for number, id_ in enumerate(self.ids) if id_]

    @cached_property
    def others(self) -> Sequence[int]:
        """Numbers of the other files."""
        return [number for number, id_ in enumerate(self.ids) if not id_]

    def data(self, number: int) -> bytes:
        """Return the contents of a file as they were read."""
        return self._payload[self._starts[2 * number] : self._starts[2 * number + 1]]

    def text(self, number: int, file: str) -> SourceText:
        """Return a file as a source that knows what reading its YAML gave.

        Args:
            number: Number of the file.
            file: Name shown in messages.
        """
        text = self.data(number).decode().removeprefix("\ufeff").replace("\r\n", "\n")
        return SourceText.known(text, file, self.reading(number))

    def reading(self, number: int) -> Reading:
        """Return what reading the YAML of a file gave."""
        return Reading(self._payload[self._starts[2 * number + 1] : self._starts[2 * number + 2]] or None)

    @cached_property
    def _late(self) -> Any:
        first, second = self._details
        return json.loads(self._payload[first:second])

    @property
    def digests(self) -> dict[str, str]:
        """SHA-256 of each file by name."""
        return dict(zip(self.names, self._late["digests"], strict=True))

    @cached_property
    def hashes(self) -> Sequence[tuple[str, str]]:
        """Hash of each clause file, and of what its front matter says of its words; empty for other files."""
        hashes: Sequence[tuple[str, str]] = self._late["hashes"]
        return hashes

    @cached_property
    def links(self) -> Mapping[int, tuple[tuple[str, ...], ...]]:
        """What clauses require and cite, and the further keys of definitions, by number; none for most."""
        return {number: tuple(map(tuple, links)) for number, *links in self._late["links"]}


def _numbered(data: Any, kind: type[Any]) -> dict[int, Any]:
    """Return what was kept of some of the files by their numbers."""
    if not all(type(number) is int and type(value) is kind for number, value in data):
        raise ValueError("this is no index of a pack")
    return dict(data)


class Texts(Mapping[str, bytes]):
    """The files of a pack that is known again: nothing was read but the index."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def __getitem__(self, name: str) -> bytes:
        return self._index.data(self._index.numbers[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._index.names)

    def __len__(self) -> int:
        return len(self._index.names)


class Digests(Mapping[str, str]):
    """SHA-256 of each file of a pack that is known again."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def __getitem__(self, name: str) -> str:
        return self._index.digests[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._index.names)

    def __len__(self) -> int:
        return len(self._index.names)

    def __repr__(self) -> str:
        return repr(self._index.digests)


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be kept of one file.

    Attributes:
        reading: What reading its YAML gave.
        id: Id of the clause or definition in it, if one is.
        kind: What it makes.
        replaces: The version that it says it replaces.
        formerly: Ids that the clause had before.
        links: What it requires and cites, and its further keys.
        hashes: Hash of the file of a clause, and of what its front matter says of its words.
    """

    reading: Reading
    id: str = ""
    kind: str = ""
    replaces: str | None = None
    formerly: Sequence[str] = ()
    links: tuple[Sequence[str], ...] = ()
    hashes: tuple[str, str] = ("", "")


def read_indexed(folder: Path, shown: str, found: list[Diagnostic]) -> PackFiles:
    """Read the texts of a folder as `read_folder` does, or know them again.

    Args:
        folder: The folder.
        shown: Name of the pack in messages.
        found: Takes every fault: AK100, AK101, AK204, AK248.
    """
    cache = kept()
    if cache is None:
        return read_folder(folder, shown, found)
    where = os.path.realpath(folder)
    payload = cache.read_bytes(_key(where))
    index = Index.read(payload) if payload is not None else None
    seen = Seen.of(where)
    if index and seen and seen.settled and index.seen == seen:
        return PackFiles(shown, Path(where), Texts(index), index=index)
    read = read_folder(folder, shown, found)
    return PackFiles(shown, read.where, read.files, read.refused, read.word, before=index, seen=seen)


def known_in(files: PackFiles, name: str) -> tuple[Index, int] | None:
    """Return the index that knows a file of a pack, with the number that the file has in it.

    Args:
        files: The files of the pack.
        name: Name of the file.
    """
    index = files.index or files.before
    number = index.numbers.get(name) if index else None
    if index is None or number is None:
        return None
    return (index, number) if index is files.index or index.data(number) == files.files[name] else None


def text_in(files: PackFiles, name: str) -> SourceText:
    """Return a file of a pack as a source: what reading it gives is known, or is noted to be kept.

    Args:
        files: The files of the pack.
        name: Name of the file.

    Raises:
        SourceError: If it is too large, not UTF-8, or has characters that cannot be printed.
    """
    known, file = known_in(files, name), files.place(name).file
    if known is not None:
        return known[0].text(known[1], file)
    source = SourceText.decode(files.files[name], file)
    return source if files.seen is None else replace(source, reading=Reading())


def keep(files: PackFiles, entries: Mapping[str, Entry]) -> None:
    """Keep what reading a pack without a fault gave.

    Args:
        files: Its files.
        entries: What is to be kept of each.
    """
    cache = kept()
    # The bytes of Word files are not kept, so such a pack is read each time; what was kept of its texts is used.
    seen = Seen(files.seen.listing, files.seen.settled and not files.word) if files.seen else None
    if cache is None or seen is None or files.refused:
        return
    if files.before and (not seen.settled or files.before.seen == seen) and _same(files.files, files.before):
        return
    cache.write_bytes(_key(str(files.where)), _written(files, entries, seen))


def _key(where: str) -> str:
    return key_of("pack", os.fsencode(where).hex())


def _same(files: Mapping[str, bytes], index: Index) -> bool:
    """Whether an index is about these very files."""
    return [*files] == [*index.names] and all(data == index.data(n) for n, data in enumerate(files.values()))


def _written(files: PackFiles, entries: Mapping[str, Entry], seen: Seen) -> bytes:
    names = [*files.files]
    read = [entries[name] for name in names]
    texts: list[bytes] = []
    for data, one in zip(files.files.values(), read, strict=True):
        texts += (data, one.reading.as_data())
    digests = files.digests
    head = {
        "seen": [seen.listing, seen.settled],
        "digest": files.digest,
        "names": names,
        "sizes": [*map(len, texts)],
        "ids": [one.id for one in read],
        "kinds": [[number, one.kind] for number, one in enumerate(read) if one.kind not in ("", "clause")],
        "replaces": [[number, one.replaces] for number, one in enumerate(read) if one.replaces is not None],
        "formerly": [[number, one.formerly] for number, one in enumerate(read) if one.formerly],
    }
    details = {
        "digests": [digests[name] for name in names],
        "hashes": [one.hashes for one in read],
        "links": [[number, *one.links] for number, one in enumerate(read) if any(one.links)],
    }
    lines = (json.dumps(one, ensure_ascii=False, separators=(",", ":")).encode() for one in (head, details))
    return b"\n".join((*lines, b"".join(texts)))
