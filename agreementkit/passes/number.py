"""Second pass: numbers. Nothing in a source file is a number; everything is counted here, after pruning.

Levels as in UK practice: parties `(1)`, recitals `(A)`, clauses `1.`, sub-clauses `1.1`, paragraphs `(a)`,
sub-paragraphs `(i)`, schedules `Schedule 1` with paragraphs that restart. A lone sub-clause has no number of its
own: it is the clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from agreementkit.passes.context import Context
from agreementkit.tree.nodes import (
    Clause,
    Division,
    Document,
    Number,
    Paragraph,
    Part,
    SchedulePart,
    Stage,
    SubClause,
    SubParagraph,
)

D = TypeVar("D", bound=Division)


def letters(count: int, alphabet: str = "abcdefghijklmnopqrstuvwxyz") -> str:
    """Return a, b … z, aa, bb … as Word counts: after z each letter is repeated, not combined."""
    turn, index = divmod(count - 1, len(alphabet))
    return alphabet[index] * (turn + 1)


def roman(count: int) -> str:
    """Return i, ii, iii … in lower case."""
    out = ""
    for value, sign in (
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ):
        times, count = divmod(count, value)
        out += sign * times
    return out


def number(document: Document, context: Context) -> Document:  # noqa: ARG001 - all passes have one shape
    """Number every division that has a number."""
    return replace(
        document,
        parties=tuple(_numbered(d, Number((i,), f"({i})", f"({i})")) for i, d in enumerate(document.parties, 1)),
        background=tuple(
            _numbered(d, Number((i,), f"({letters(i).upper()})", f"({letters(i).upper()})"))
            for i, d in enumerate(document.background, 1)
        ),
        body=_body(document.body),
        schedules=tuple(
            replace(d, number=Number((i,), f"Schedule {i}", f"Schedule {i}"), children=_schedule(d.children, (i,)))
            for i, d in enumerate(document.schedules, 1)
        ),
        stage=Stage.NUMBERED,
    )


def _numbered(division: D, given: Number) -> D:
    return replace(division, number=given)


def _body(tops: Sequence[Part | Clause]) -> tuple[Part | Clause, ...]:
    count = 0
    out: list[Part | Clause] = []
    for top in tops:
        if isinstance(top, Part):
            children = []
            for child in top.children:
                count += 1
                children.append(_clause(child, (count,)))
            out.append(replace(top, children=tuple(children)))
        else:
            count += 1
            out.append(_clause(top, (count,)))
    return tuple(out)


def _schedule(divisions: Sequence[Division], above: tuple[int, ...]) -> tuple[Division, ...]:
    """Number the paragraphs of a schedule on through its parts."""
    count = 0
    out: list[Division] = []
    for division in divisions:
        if isinstance(division, SchedulePart):
            children = []
            for child in division.children:
                count += 1
                children.append(_clause(child, (*above, count)))
            out.append(replace(division, children=tuple(children)))
        else:
            count += 1
            out.append(_clause(division, (*above, count)))
    return tuple(out)


def _clause(clause: D, path: tuple[int, ...]) -> D:
    label = str(path[-1])
    given = Number(path, label, f"{label}.")
    return replace(clause, number=given, children=_below(clause.children, given))


def _below(divisions: Sequence[Division], above: Number) -> tuple[Division, ...]:
    # One item is no list. An item that has items of its own keeps its letter, for theirs count below it.
    lone = len(divisions) == 1 and (isinstance(divisions[0], SubClause) or not divisions[0].children)
    out: list[Division] = []
    for count, division in enumerate(divisions, 1):
        path = (*above.path, count)
        match division:
            case SubClause() | Paragraph() | SubParagraph() if lone:
                given = Number(path, above.label, "")
            case SubClause():
                given = Number(path, f"{above.label}.{count}", f"{above.label}.{count}")
            case Paragraph():
                own = f"({letters(count)})"
                given = Number(path, f"{above.label}{own}", own)
            case SubParagraph():
                own = f"({roman(count)})"
                given = Number(path, f"{above.label}{own}", own)
            case _:
                raise TypeError(f"{type(division).__name__} cannot stand below a clause")
        out.append(replace(division, number=given, children=_below(division.children, given)))
    return tuple(out)
