"""Writes words of a Word file as running text of a clause file: escaped, with emphasis, comments as marks of notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agreementkit.authoring.importing.paragraphs import Run
from agreementkit.diagnostics import Diagnostic
from agreementkit.reader.cursor import Line, Passage
from agreementkit.reader.inlines import read_inlines
from agreementkit.reader.template import SpanTemplate, TemplateInline
from agreementkit.source.text import UNPRINTABLE
from agreementkit.tree.nodes import Emphasis, Strong, Text

_MEANING = frozenset("\\*_`{}[]@<")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_STARTS = re.compile(r"(?:[-#|+]|\d{1,3}\.)(?=\s|\Z|[|#])|\|")
_CURLY = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})


@dataclass(frozen=True, slots=True)
class _Char:
    char: str
    bold: bool
    italic: bool
    comments: frozenset[str]


@dataclass(frozen=True, slots=True)
class Written:
    """Running text of a clause file.

    Attributes:
        text: The text.
        marked: Comments whose words are marked in it.
        unmarked: Comments that are on the paragraph, but on no words of it that can be marked.
        plain: Whether its emphasis had to be left out.
    """

    text: str
    marked: tuple[str, ...] = ()
    unmarked: tuple[str, ...] = ()
    plain: bool = False


def plain(runs: Iterable[Run]) -> str:
    """Return words on one line, without what no clause file may hold."""
    return "".join(one.char for one in _chars(runs))


def escape(text: str) -> str:
    """Return words so that a clause file has them as they stand."""
    return "".join(f"\\{char}" if char in _MEANING else char for char in text)


def write_words(runs: Sequence[Run], keys: dict[str, str], across: frozenset[str], *, cell: bool = False) -> Written:
    """Write words of one paragraph.

    Args:
        runs: The words.
        keys: Key of the note that each comment becomes.
        across: Comments that are on several paragraphs, and so on no words of one.
        cell: Whether they stand in a cell of a table.
    """
    chars = _chars(runs)
    here = [one for one in dict.fromkeys(key for run in runs for key in run.comments) if one in keys]
    spans = _spans(chars, [one for one in here if one not in across])
    marked = tuple(one for span in spans for one in span[2])
    unmarked = tuple(one for one in here if one not in marked)
    for bold, italic in ((True, True), (True, False), (False, False)):
        look = [_Char(one.char, one.bold and bold, one.italic and italic, one.comments) for one in chars]
        text = _write(look, 0, len(look), spans, keys)
        if cell:
            text = text.replace("|", "\\|")
        elif start := _STARTS.match(text):
            at = start.end() - 1 if start[0][0].isdigit() else 0
            text = f"{text[:at]}\\{text[at:]}"
        if _says(text) == "".join(one.char for one in chars).translate(_CURLY):
            return Written(text, marked, unmarked, plain=not italic)
    return Written(escape("".join(one.char for one in chars)), (), tuple(here), plain=True)


def _chars(runs: Iterable[Run]) -> list[_Char]:
    """Return every character with its look; spaces are single, and none stands at either end."""
    out: list[_Char] = []
    for run in runs:
        for raw in run.text:
            char = " " if raw.isspace() else raw
            if (char != " " and UNPRINTABLE.match(char)) or _PRIVATE.match(char) or char == "\u00ad":
                continue
            if char == " " and (not out or out[-1].char == " "):
                continue
            out.append(_Char(char, run.bold, run.italic, frozenset(run.comments)))
    while out and out[-1].char == " ":
        out.pop()
    return out


def _spans(chars: Sequence[_Char], comments: Sequence[str]) -> list[tuple[int, int, tuple[str, ...]]]:
    """Return the stretches to be marked, the outer ones first; those that cross another are left out."""
    stretches: dict[tuple[int, int], list[str]] = {}
    for comment in comments:
        at = [n for n, one in enumerate(chars) if comment in one.comments and one.char != " "]
        if at:
            stretches.setdefault((at[0], at[-1] + 1), []).append(comment)
    kept: list[tuple[int, int, tuple[str, ...]]] = []
    for (start, end), those in sorted(stretches.items(), key=lambda one: (one[0][0], -one[0][1])):
        if all(end <= s or start >= e or (s <= start and end <= e) for s, e, _ in kept):
            kept.append((start, end, tuple(those)))
    return kept


def _write(
    chars: Sequence[_Char], start: int, end: int, spans: Sequence[tuple[int, int, tuple[str, ...]]],
    keys: dict[str, str],
) -> str:  # fmt: skip
    out: list[str] = []
    at = start
    for n, (first, last, those) in enumerate(spans):
        if first < at or last > end:
            continue
        out.append(_emphasised(chars[at:first]))
        inside = [one for one in spans[n + 1 :] if first <= one[0] and one[1] <= last]
        marks = "".join(f"[^{keys[one]}]" for one in those)
        out.append(f"[{_write(chars, first, last, inside, keys)}]{marks}")
        at = last
    out.append(_emphasised(chars[at:end]))
    return "".join(out)


def _emphasised(chars: Sequence[_Char]) -> str:
    """Return words with their emphasis; the spaces at its ends stand outside."""
    out = ""
    at = 0
    while at < len(chars):
        end = at
        while end < len(chars) and _look(chars[end]) == _look(chars[at]):
            end += 1
        words = "".join(one.char for one in chars[at:end])
        sign = _look(chars[at]) if words.strip() else ""
        inner = words.strip()
        lead = words[: len(words) - len(words.lstrip())]
        out += f"{lead}{sign}{escape(inner)}{sign}{words[len(lead) + len(inner) :]}"
        at = end
    return out


def _look(one: _Char) -> str:
    return "*" * (2 * one.bold + one.italic)


def _says(text: str) -> str | None:
    """Return the words that a reader finds in running text, with straight quotation marks; None if it finds a fault."""
    found: list[Diagnostic] = []
    inlines = read_inlines(Passage("", [Line(1, 0, text, text)]), found)
    words = [_said(one) for one in inlines]
    return None if found or None in words else "".join(filter(None, words)).translate(_CURLY)


def _said(inline: TemplateInline) -> str | None:
    match inline:
        case Text(text):
            return text
        case Emphasis(inner) | Strong(inner):
            words = [_said(one) for one in inner]
        case SpanTemplate():
            words = [_said(one) for one in inline.inlines]
        case _:
            return None
    return None if None in words else "".join(filter(None, words))
