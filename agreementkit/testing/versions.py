"""Agreements edited at random, as two sides would: words, paragraphs, tables, whole clauses, their order.

What comes out is a sound resolved agreement: numbered afresh, with every reference saying the new number of its target.
"""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from agreementkit.comparing.redlining.renumber import renumbered
from agreementkit.tree.nodes import (
    Block,
    Clause,
    DefinitionEntry,
    Division,
    Document,
    Inline,
    List,
    Para,
    Part,
    Reference,
    SubClause,
    Table,
    Text,
)
from agreementkit.tree.walk import (
    block_inlines,
    division_inlines,
    divisions,
    flatten,
    map_block,
    map_document,
    map_inlines,
    subtree,
)

_WORDS = ("promptly", "in writing", "the parties", "fourteen days", "Joint & Several", "may", "where needed", "<also>")
_SHARES = (0.01, 0.05, 0.2)


def edited(document: Document, seed: int) -> Document:
    """Return a resolved agreement with random edits, the same for the same seed."""
    rng = random.Random(seed)  # noqa: S311 - nothing secret about it
    share = rng.choice(_SHARES)
    pinned = _referred_to(document)

    def change(division: Division) -> Division:
        if rng.random() > share:
            return division
        if rng.random() < 0.3 and division.number is not None:
            division = replace(division, heading=_worded(division.heading, rng))
        blocks = list(division.blocks)
        for at, block in enumerate(blocks):
            if rng.random() < 0.7:
                blocks[at] = _block(block, rng)
        if len(blocks) > 1 and rng.random() < 0.2:
            del blocks[rng.randrange(1, len(blocks))]
        if blocks and rng.random() < 0.15:
            blocks.append(Para((Text("A paragraph that nobody had before."),)))
        return replace(division, blocks=tuple(blocks), children=_children(division.children, rng, pinned))

    made = map_document(document, change)
    body = _children(made.body, rng, pinned) if rng.random() < 0.6 else made.body
    schedules = list(made.schedules)
    if len(schedules) > 1 and rng.random() < 0.3:
        schedules.append(schedules.pop(rng.randrange(len(schedules))))
    made = replace(made, body=body, schedules=tuple(schedules), meta=replace(made.meta, date="2027-04-05"))
    if rng.random() < 0.2:
        made = replace(made, title=f"{made.title} (Revised)")
    return renumbered(document, made)


def _referred_to(document: Document) -> frozenset[str]:
    """Return the ids that a reference prints, and of what stands above them."""
    found = {
        part.target
        for division in divisions(document)
        for inline in division_inlines(division)
        if isinstance(inline, Reference)
        for part in inline.parts
    }
    for runs in (*document.subtitle, *(run for block in document.summary for run in block_inlines(block))):
        found |= {p.target for inline in flatten(runs) if isinstance(inline, Reference) for p in inline.parts}
    found |= {note.anchor.division for note in document.notes}
    return frozenset(one.id for one in divisions(document) if any(below.id in found for below in subtree(one)))


def _children(children: tuple[Any, ...], rng: random.Random, pinned: frozenset[str]) -> tuple[Any, ...]:
    """Return divisions of one level with one moved, one left out, one put in, or as they are."""
    out = list(children)
    loose = [one for one in out if one.id not in pinned and not isinstance(one, Part)]
    roll = rng.random()
    if roll < 0.35 and len(out) > 1:
        out.insert(rng.randrange(len(out)), out.pop(rng.randrange(len(out))))
    elif roll < 0.6 and loose and len(out) > 1:
        out.remove(rng.choice(loose))
    elif roll < 0.8 and out and isinstance(out[0], Clause | SubClause):
        kind = type(out[0])
        id_ = f"{out[0].id}-new-{rng.randrange(10**6)}"
        new = kind(id=id_, blocks=(Para((Text(f"A new provision of {rng.choice(_WORDS)}."),)),))
        if kind is Clause:
            below = (SubClause(id=f"{id_}/one", blocks=new.blocks), SubClause(id=f"{id_}/two", blocks=new.blocks))
            new = replace(new, heading=(Text("New matters"),), blocks=(), children=below)
        out.insert(rng.randrange(len(out) + 1), new)
    return tuple(out)


def _block(block: Block, rng: random.Random) -> Block:
    match block:
        case Table(header, rows, caption, widths) if rng.random() < 0.6:
            roll, grown = rng.random(), list(rows)
            if roll < 0.3:
                grown.insert(
                    rng.randrange(len(grown) + 1), tuple((Text(f"New cell {at}"),) for at in range(len(header)))
                )
            elif roll < 0.6 and len(grown) > 1:
                del grown[rng.randrange(len(grown))]
            elif roll < 0.8:
                head = (*header, (Text("More"),))
                return Table(head, tuple((*row, (Text("more"),)) for row in rows), caption)
            return Table(header, tuple(grown), caption, widths)
        case List(items) if rng.random() < 0.5:
            kept = list(items)
            kept.insert(rng.randrange(len(kept) + 1), (Text("another item;"),))
            return List(tuple(kept))
        case DefinitionEntry(id_, term, inlines):
            return DefinitionEntry(id_, term, _worded(inlines, rng))
        case _:
            return map_block(block, lambda inlines: _worded(inlines, rng))


def _worded(inlines: tuple[Inline, ...], rng: random.Random) -> tuple[Inline, ...]:
    def change(inline: Inline) -> Inline:
        if not isinstance(inline, Text) or rng.random() < 0.3:
            return inline
        words = inline.text.split(" ")
        at, roll = rng.randrange(len(words)), rng.random()
        if roll < 0.3:
            words.insert(at, rng.choice(_WORDS))
        elif roll < 0.6 and len(words) > 3:
            del words[at]
        elif roll < 0.8:
            words[at] = rng.choice(_WORDS)
        elif roll < 0.85:
            words = ["Another", "text", "altogether,", "of", "which", "nothing", "was", "there."]
        return Text(" ".join(words))

    return map_inlines(inlines, change)
