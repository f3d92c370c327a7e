"""Tidies words after pruning: neighbouring text is joined, and no space is left over where a span was dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from agreementkit.tree.nodes import Inline, Text

_SPACES = re.compile(r"[ \n]{2,}")
_BEFORE_SIGNS = re.compile(r" +([,.;:)])")
_UNTIDY = re.compile(r"[ \n]{2}| [,.;:)]")


def _spaced(text: str) -> str:
    """Return text without doubled spaces and spaces before signs; the very same when it has none."""
    return _BEFORE_SIGNS.sub(r"\1", _SPACES.sub(" ", text)) if _UNTIDY.search(text) else text


_spaced_before = lru_cache(maxsize=10_000)(_spaced)
"""The same, kept by the string: it is the words of clauses that come here, the same ones in every agreement."""
MAX_KEPT = 1_000
"""Length of the longest text that is kept so."""


def _tidied(text: str) -> str:
    return _spaced_before(text) if len(text) <= MAX_KEPT else _spaced(text)


def tidy(inlines: Sequence[Inline], *, ends: bool = True) -> tuple[Inline, ...]:
    """Join neighbouring text, and take out the spaces that a dropped span leaves behind; with `ends` at both ends."""
    out: list[Inline] = []
    for inline in inlines:
        if type(inline) is Text and out and type(out[-1]) is Text:
            out[-1] = Text(out[-1].text + inline.text)
        else:
            out.append(inline)
    for at, inline in enumerate(out):
        if type(inline) is Text and (text := _tidied(inline.text)) != inline.text:
            out[at] = Text(text)
    if ends and out and isinstance(out[0], Text) and out[0].text[:1].isspace():
        out[0] = Text(out[0].text.lstrip())
    if ends and out and isinstance(out[-1], Text) and out[-1].text[-1:].isspace():
        out[-1] = Text(out[-1].text.rstrip())
    return tuple([i for i in out if type(i) is not Text or i.text])
