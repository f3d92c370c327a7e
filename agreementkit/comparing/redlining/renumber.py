"""Numbers an agreement afresh after divisions have come, gone or moved, and lets its references say the new numbers.

An agreement that was resolved has no stand-ins any more, from which the passes could make its references again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from agreementkit.passes.number import number
from agreementkit.tree.nodes import Block, Division, Document, Inline, Reference, ReferencePart, Stage, Text
from agreementkit.tree.walk import (
    map_block,
    map_document,
    map_inlines,
    plain_text,
    rewrite_inlines,
    top_divisions,
)


def renumbered(old: Document, document: Document) -> Document:
    """Return an agreement numbered afresh, its references saying the numbers that their targets have now.

    Args:
        old: The agreement as it was, whose numbers the references say.
        document: The agreement whose divisions have been moved, left out or put in. A reference to one that is gone
            becomes the words it said.
    """
    made = replace(number(document, None), stage=Stage.RESOLVED)  # type: ignore[arg-type]  # the pass asks for nothing
    before, after = _forms(old), _forms(made)

    def part(one: ReferencePart) -> ReferencePart:
        forms = before.get(one.target, ())
        if one.text not in forms:
            return one
        return replace(one, text=after[one.target][forms.index(one.text)])

    def change(inline: Inline) -> Inline:
        if isinstance(inline, Reference) and any(one.target and one.target not in after for one in inline.parts):
            return inline if inline.agreement not in ("", document.precedent) else Text(inline.text)
        if isinstance(inline, Reference) and inline.agreement in ("", document.precedent):
            return replace(inline, parts=tuple(part(one) for one in inline.parts))
        return inline

    def run(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return map_inlines(inlines, change)

    made = map_document(made, lambda division: rewrite_inlines(division, run))

    def block(one: Block) -> Block:
        return map_block(one, run)

    return replace(
        made,
        subtitle=tuple(run(line) for line in made.subtitle),
        summary=tuple(block(one) for one in made.summary),
        opening=tuple(block(one) for one in made.opening),
    )


def _forms(document: Document) -> Mapping[str, tuple[str, ...]]:
    """Return the ways in which each division can be referred to: its whole number, and the ends of it."""
    out: dict[str, tuple[str, ...]] = {}

    def follow(division: Division, above: tuple[str, ...]) -> None:
        own = (*above, division.number.own.rstrip(".")) if division.number else above
        said = [own[at:] for at in range(len(own) - 1, -1, -1)]
        forms = [division.number.label.rstrip(".")] if division.number else [plain_text(division.heading)]
        out[division.id] = (*forms, *("".join(_short(one)) for one in said if division.number))
        for child in division.children:
            follow(child, own)

    for top in top_divisions(document):
        follow(top, ())
    return out


def _short(chain: tuple[str, ...]) -> list[str]:
    return [one for at, one in enumerate(chain) if at + 1 == len(chain) or not chain[at + 1].startswith(f"{one}.")]
