"""Puts the paragraphs of a clause into one another by number and indent: sub-clauses, paragraphs, sub-paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from agreementkit.authoring.importing.labels import Mark, Rank
from agreementkit.authoring.importing.paragraphs import Grid, Paragraph, Run
from agreementkit.authoring.importing.sections import Line, is_bullet
from agreementkit.reader.items import MAX_DEPTH

_HEADING = Mark("", -1, "heading")


@dataclass(slots=True)
class Block:
    """Something that stands in an item: words, a bullet, or a table."""

    content: list[Run] | Grid
    bullet: bool = False


@dataclass(slots=True)
class Item:
    """A numbered item with everything below it.

    Attributes:
        mark: Its number in Word.
        indent: Where its text begins there, in twips.
        blocks: What stands in it.
        children: The items below it.
        id: Its id, when a note has to stand on it.
    """

    mark: Mark
    indent: int = 0
    blocks: list[Block] = field(default_factory=list)
    children: list[Item] = field(default_factory=list)
    id: str = ""


@dataclass(slots=True)
class Nested:
    """The text of a clause: what stands before its first number, its items, and what is to be known about them."""

    lead: list[Block] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    remarks: dict[str, None] = field(default_factory=dict)


def nested(lines: Sequence[Line]) -> Nested:
    """Return the items of a clause in one another.

    A kind of number that is met for the first time goes below the item before it; one that is open already closes what
    is below. Words without a number go on with the item above, unless they are indented less.
    """
    out = Nested()
    stack: list[Item] = []
    for line in lines:
        piece = line.piece
        if isinstance(piece, Grid):
            (stack[-1].blocks if stack else out.lead).append(Block(piece))
        elif not line.text:
            continue
        elif is_bullet(line):
            (stack[-1].blocks if stack else out.lead).append(Block(line.runs, bullet=True))
        elif line.mark is not None or line.heading:
            mark = line.mark or _HEADING
            runs = [Run(r.text, True, r.italic, r.comments) for r in line.runs] if line.heading else line.runs
            _close(stack, mark, piece.indent)
            _add(out, stack, Item(mark, piece.indent, [Block(runs)]))
        else:
            _words(out, stack, line, piece)
    if not out.items and sum(isinstance(one.content, list) and not one.bullet for one in out.lead) > 1:
        out.remarks["Its paragraphs had no numbers; each has become a sub-clause."] = None
        out.items = _numbered(out.lead)
        out.lead = []
    return out


def _words(out: Nested, stack: list[Item], line: Line, piece: Paragraph) -> None:
    """Put words without a number where they belong."""
    if not stack:
        out.lead.append(Block(line.runs))
        return
    goes_on = piece.indent >= stack[-1].indent and (len(stack) == 1 or piece.indent > 0)
    while not goes_on and len(stack) > 1 and (stack[-1].indent > piece.indent or not piece.indent):
        stack.pop()
    if stack[-1].children:  # words after a list belong to none of its entries
        start = " ".join(line.text.split()[:6])
        out.remarks[f"“{start} …” stood after a list without a number; it has become an item of its own."] = None
        last = stack.pop()
        _add(out, stack, Item(last.mark, last.indent, [Block(line.runs)]))
    else:
        stack[-1].blocks.append(Block(line.runs))


def _close(stack: list[Item], mark: Mark, indent: int) -> None:
    """Close the open items below which a number does not go."""
    if mark is _HEADING:
        stack.clear()
    if any(item.mark.family == mark.family for item in stack):
        while any(item.mark.family == mark.family and item.mark.rank >= mark.rank for item in stack):
            stack.pop()
        return
    while stack and _kind(stack[-1].mark) >= _kind(mark) and indent <= stack[-1].indent:
        stack.pop()


def _kind(mark: Mark) -> int:
    """Return the kind of a number: decimal numbers of different lists are of one kind, whatever their level."""
    return 0 if 0 <= mark.rank < Rank.UPPER else mark.rank


def _add(out: Nested, stack: list[Item], item: Item) -> None:
    while len(stack) >= MAX_DEPTH:
        out.remarks[f"Numbers stood more than {MAX_DEPTH} deep; the deepest were raised by a level."] = None
        stack.pop()
    (stack[-1].children if stack else out.items).append(item)
    stack.append(item)


def _numbered(blocks: Sequence[Block]) -> list[Item]:
    """Return an item for each paragraph; bullets and tables stay with the one above them."""
    items: list[Item] = []
    for block in blocks:
        if not items or not (block.bullet or isinstance(block.content, Grid)):
            items.append(Item(_HEADING, 0, []))
        items[-1].blocks.append(block)
    return items
