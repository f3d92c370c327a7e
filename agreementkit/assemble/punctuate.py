"""Puts list punctuation right after pruning: "; and" before the last item, a full stop after it.

A list written `…; … ; and … .` may lose its last item, or all but one, when conditions prune it. What the list
is like is read from the template, where nothing is missing yet. Lists whose items are sentences of their own are
left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from agreementkit.reader.template import ItemTemplate, SpanTemplate, TemplateInline
from agreementkit.tree.nodes import Block, Division, Emphasis, Inline, Para, Phrase, Strong, Text
from agreementkit.tree.remake import holding, with_children, with_text

D = TypeVar("D", bound=Division)
_END = re.compile(r"(?:[;,.]|;\s+(?P<word>and|or)|,\s+(?P<word2>and|or))\s*\Z")


@dataclass(frozen=True, slots=True)
class ListStyle:
    """How a run of items was written.

    Attributes:
        joined: Whether the items make one sentence, with semicolons between them.
        word: `and` or `or` before the last item, or "".
    """

    joined: bool
    word: str


def list_style(items: Sequence[ItemTemplate], *, sentences: bool) -> ListStyle:
    """Return how the items were written, by their endings.

    Args:
        items: The items.
        sentences: Whether they are sub-clauses: each is a sentence, and a list below one ends with it.
    """
    ends = ["" if sentences and item.children else _end_of(item) for item in items]
    # The last item's own "; and" belongs to the list outside it, unless it stands for many.
    inner = [end for item, end in zip(items, ends, strict=True) if item is not items[-1] or item.each]
    word = next((end for end in inner if end in ("and", "or")), "")
    return ListStyle(any(end in (";", "and", "or") for end in ends), word)


def punctuate(items: list[Division], style: ListStyle) -> list[Division]:
    """Return sibling items with the punctuation of a list, where they were written as one."""
    if not style.joined:
        return items
    last = len(items) - 1
    out: list[Division] = []
    for index, item in enumerate(items):
        mark = "." if index == last else f"; {style.word}" if style.word and index == last - 1 else ";"
        out.append(_with_ending(item, mark))
    return out


def _end_of(item: ItemTemplate) -> str:
    """Return how an item ends as it was written, with everything below it: `;`, `and`, `or`, `.` or ""."""
    while item.children:
        item = item.children[-1]
    last = item.blocks[-1] if item.blocks else None
    text = _last_text(last.inlines) if isinstance(last, Para) else ""
    match = _END.search(text)
    return (match["word"] or match["word2"] or match[0].strip()) if match else ""


def _last_text(inlines: tuple[TemplateInline, ...]) -> str:
    while inlines and isinstance(inlines[-1], Emphasis | Strong | SpanTemplate):
        inlines = inlines[-1].inlines
    return inlines[-1].text if inlines and isinstance(inlines[-1], Text) else ""


def _with_ending(item: D, mark: str) -> D:
    if item.children:  # its own list ends here too, and carries the mark, unless it is made of sentences
        if len(item.children) > 1 and not _ends_in(item.children[-2], (";", "and", "or")):
            return item
        last = _with_ending(item.children[-1], mark)
        return item if last is item.children[-1] else with_children(item, (*item.children[:-1], last))
    if not item.blocks or not isinstance(item.blocks[-1], Para):
        return item
    inlines = item.blocks[-1].inlines
    changed = _change_end(inlines, lambda text: _END.sub("", text) + mark, mark)
    if changed is inlines:
        return item
    blocks: tuple[Block, ...] = (*item.blocks[:-1], Para(changed))
    return with_text(item, item.heading, blocks)


def _ends_in(item: Division, endings: Sequence[str]) -> bool:
    while item.children:
        item = item.children[-1]
    leaf = item.blocks[-1].inlines if item.blocks and isinstance(item.blocks[-1], Para) else ()
    while leaf and isinstance(leaf[-1], Emphasis | Strong | Phrase):
        leaf = leaf[-1].inlines
    text = leaf[-1].text if leaf and isinstance(leaf[-1], Text) else ""
    return text.endswith(tuple(endings))


def _change_end(inlines: tuple[Inline, ...], change: Callable[[str], str], mark: str) -> tuple[Inline, ...]:
    if not inlines:
        return inlines
    last = inlines[-1]
    if isinstance(last, Text):
        text = change(last.text)
        return inlines if text == last.text else (*inlines[:-1], Text(text))  # nothing was pruned: as it was written
    if isinstance(last, Emphasis | Strong | Phrase) and _ends_in_mark(last.inlines):
        changed = holding(last, _change_end(last.inlines, change, mark))
        return inlines if changed is last else (*inlines[:-1], changed)
    return (*inlines, Text(mark))


def _ends_in_mark(inlines: tuple[Inline, ...]) -> bool:
    while inlines and isinstance(inlines[-1], Emphasis | Strong | Phrase):
        inlines = inlines[-1].inlines
    return bool(inlines and isinstance(inlines[-1], Text) and _END.search(inlines[-1].text))


def opens_list(blocks: Sequence[Block]) -> bool:
    """Whether the text ends in a colon, so that it says nothing without what follows."""
    last = blocks[-1] if blocks else None
    inlines = last.inlines if isinstance(last, Para) else ()
    while inlines and isinstance(inlines[-1], Emphasis | Strong | Phrase):
        inlines = inlines[-1].inlines
    return not inlines or (isinstance(inlines[-1], Text) and inlines[-1].text.rstrip().endswith(":"))
