"""A clause file in pieces, each under its permanent name: settings, paragraphs and notes, as they are written.

The file is cut by what its lines begin with. It is not read: a wording that was kept may be in an older format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from agreementkit.source import SourceText

BOOKKEEPING = frozenset(
    {"id", "version", "replaces", "base_hash", "over", "because", "sources", "status", "approved", "review_by"}
)
"""Settings that say who and when, not what a clause says."""
_RULE = re.compile(r"---\s*\Z")
_KEY = re.compile(r"([A-Za-z_]+):")
_START = re.compile(r"(?P<indent> *)\d{1,3}\.(?: |\Z)|(?P<heading>#{1,3})\s|\[\^(?P<note>[^\]\s]+)\]:")
_ID = re.compile(r"\{#([a-z0-9][a-z0-9-]*)")
_NUMBER = re.compile(r"^( *)\d{1,3}\. +", re.M)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a clause file.

    Attributes:
        name: `#stages` or `^why`, with ` of pool` in the wording of a variant; `title:` and its like for settings;
            `words …` for what has no id.
        first: Number of its first line in the file.
        last: Number of its last line.
        text: Its lines, what belongs to it included: a paragraph has the items below it.
    """

    name: str
    first: int
    last: int
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A piece that two wordings have differently.

    Attributes:
        at: Its name.
        before: How it was; empty when it was not there.
        after: How it is; empty when it is gone.
    """

    at: str
    before: str
    after: str


def changes(before: Mapping[str, Piece], after: Mapping[str, Piece]) -> tuple[Change, ...]:
    """Return what differs between two wordings, in the order of the later one, then what is gone."""
    names = [*after, *(name for name in before if name not in after)]
    pairs = [(name, text_of(before, name), text_of(after, name)) for name in names]
    return tuple(Change(name, old, new) for name, old, new in pairs if not same(old, new))


def text_of(pieces: Mapping[str, Piece], name: str) -> str:
    """Return the text of a piece, or nothing when it is not there."""
    return pieces[name].text if name in pieces else ""


def same(one: str, other: str) -> bool:
    """Return whether two pieces say the same; neither the number of an item nor where a line breaks says anything."""
    return _plain(one) == _plain(other)


def pieces_of(source: SourceText) -> dict[str, Piece]:
    """Return the pieces of a clause file by name, in its order."""
    lines = source.text.split("\n")
    end = next((number for number, line in enumerate(lines[1:], 1) if _RULE.match(line)), 0)
    found = [*_settings(lines[:end]), *_body(lines, end + 1)]
    out: dict[str, Piece] = {}
    for piece in found:
        out.setdefault(piece.name, piece)
    return out


def _settings(lines: Sequence[str]) -> Iterator[Piece]:
    starts = [(number, match[1]) for number, line in enumerate(lines) if (match := _KEY.match(line))]
    for (start, key), (stop, _) in zip(starts, [*starts[1:], (len(lines), "")], strict=False):
        if key not in BOOKKEEPING:
            yield _piece(f"{key}:", lines, start, stop)


def _body(lines: Sequence[str], begin: int) -> Iterator[Piece]:
    starts: list[tuple[int, int, re.Match[str]]] = []
    for number in range(begin, len(lines)):
        match = _START.match(lines[number])
        if match:
            depth = len(match["indent"]) if match["indent"] is not None else -1
            starts.append((number, depth, match))
    within = ""
    first = starts[0][0] if starts else len(lines)
    if any(line.strip() for line in lines[begin:first]):
        yield _piece("opening words", lines, begin, first)
    for index, (start, depth, match) in enumerate(starts):
        after = starts[index + 1][0] if index + 1 < len(starts) else len(lines)
        if match["heading"] == "##":
            name = lines[start][2:].strip()
            within = "" if name == "every variant" else f" of {name}"
            if any(line.strip() for line in lines[start + 1 : after]):
                yield _piece(f"opening words{within}", lines, start + 1, after)
        elif match["note"]:
            yield _piece(f"^{match['note']}{within}", lines, start, after)
        else:
            own = "\n".join(lines[start:after])
            ids = _ID.findall(own)
            stop = next((at for at, other, _ in starts[index + 1 :] if other <= depth), len(lines))
            if ids:
                yield _piece(f"#{ids[-1]}{within}", lines, start, after if depth < 0 else stop)
            elif depth <= 0:  # an item below another is in that one's piece
                yield _piece(f"words “{_plain(lines[start])[:40]}”{within}", lines, start, after if depth < 0 else stop)


def _piece(name: str, lines: Sequence[str], start: int, stop: int) -> Piece:
    while stop > start + 1 and not lines[stop - 1].strip():
        stop -= 1
    return Piece(name, start + 1, stop, "\n".join(lines[start:stop]))


def _plain(text: str) -> str:
    return " ".join(_NUMBER.sub(r"\1#. ", text).split())
