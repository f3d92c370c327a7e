"""Puts list punctuation right after pruning: "; and" before the last item, a full stop after it.

A list written `…; … ; and … .` may lose its last item, or all but one, when conditions prune it. Lists whose
items are sentences of their own are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from agreementkit.tree.nodes import Block, Division, Emphasis, Inline, Para, Phrase, Strong, Text

D = TypeVar("D", bound=Division)
_END = re.compile(r"(?:[;,.]|;\s+(?P<word>and|or)|,\s+(?P<word2>and|or))\s*\Z")


def punctuate(items: tuple[Division, ...]) -> tuple[Division, ...]:
    """Return sibling items with the punctuation of a list, where they are written as one."""
    ends = [_ending(item) for item in items]
    if len(items) < 1 or not any(end == ";" or end in ("and", "or") for end in ends):
        return items
    word = next((end for end in ends if end in ("and", "or")), "")
    last = len(items) - 1
    out: list[Division] = []
    for index, item in enumerate(items):
        if item.children:  # its own list carries the punctuation
            out.append(item)
            continue
        mark = "." if index == last else f"; {word}" if word and index == last - 1 else ";"
        out.append(_with_ending(item, mark))
    return tuple(out)


def _ending(item: Division) -> str:
    """Return how an item's text ends: `;`, `and`, `or`, `.` or ""."""
    text = _last_text(item)
    match = _END.search(text)
    if not match:
        return ""
    return match["word"] or match["word2"] or match[0].strip()


def _last_text(item: Division) -> str:
    if item.children or not item.blocks or not isinstance(item.blocks[-1], Para):
        return ""
    leaf = item.blocks[-1].inlines
    while leaf and isinstance(leaf[-1], Emphasis | Strong | Phrase):
        leaf = leaf[-1].inlines
    return leaf[-1].text if leaf and isinstance(leaf[-1], Text) else ""


def _with_ending(item: D, mark: str) -> D:
    if not item.blocks or not isinstance(item.blocks[-1], Para):
        return item
    changed = _change_end(item.blocks[-1].inlines, lambda text: _END.sub("", text) + mark, mark)
    blocks: tuple[Block, ...] = (*item.blocks[:-1], Para(changed))
    return replace(item, blocks=blocks)


def _change_end(inlines: tuple[Inline, ...], change: Callable[[str], str], mark: str) -> tuple[Inline, ...]:
    if not inlines:
        return inlines
    last = inlines[-1]
    if isinstance(last, Text):
        return (*inlines[:-1], Text(change(last.text)))
    if isinstance(last, Emphasis | Strong | Phrase) and _ends_in_mark(last.inlines):
        return (*inlines[:-1], replace(last, inlines=_change_end(last.inlines, change, mark)))
    return (*inlines, Text(mark))


def _ends_in_mark(inlines: tuple[Inline, ...]) -> bool:
    while inlines and isinstance(inlines[-1], Emphasis | Strong | Phrase):
        inlines = inlines[-1].inlines
    return bool(inlines and isinstance(inlines[-1], Text) and _END.search(inlines[-1].text))
