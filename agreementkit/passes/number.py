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
from agreementkit.tree.remake import with_children, with_number

D = TypeVar("D", bound=Division)
_BELOW = (SubClause, Paragraph, SubParagraph)


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
        parties=tuple([_numbered(d, Number((i,), f"({i})", f"({i})")) for i, d in enumerate(document.parties, 1)]),
        background=tuple(
            _numbered(d, Number((i,), f"({letters(i).upper()})", f"({letters(i).upper()})"))
            for i, d in enumerate(document.background, 1)
        ),
        body=_body(document.body),
        schedules=tuple(
            with_number(d, Number((i,), f"Schedule {i}", f"Schedule {i}"), _schedule(d.children, (i,)))
            for i, d in enumerate(document.schedules, 1)
        ),
        stage=Stage.NUMBERED,
    )


def _numbered(division: D, given: Number) -> D:
    return with_number(division, given, division.children)


def _body(tops: Sequence[Part | Clause]) -> tuple[Part | Clause, ...]:
    count = 0
    out: list[Part | Clause] = []
    for top in tops:
        if isinstance(top, Part):
            children = []
            for child in top.children:
                count += 1
                children.append(_clause(child, (count,)))
            out.append(with_children(top, tuple(children)))
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
            out.append(with_children(division, tuple(children)))
        else:
            count += 1
            out.append(_clause(division, (*above, count)))
    return tuple(out)


def _clause(clause: D, path: tuple[int, ...]) -> D:
    label = str(path[-1])
    given = Number(path, label, f"{label}.")
    return with_number(clause, given, _below(clause.children, given))


def _below(divisions: Sequence[Division], above: Number) -> tuple[Division, ...]:
    # One item is no list. An item that has items of its own keeps its letter, for theirs count below it.
    lone = len(divisions) == 1 and (isinstance(divisions[0], SubClause) or not divisions[0].children)
    out: list[Division] = []
    for count, division in enumerate(divisions, 1):
        path = (*above.path, count)
        kind = type(division)
        if kind not in _BELOW:
            raise TypeError(f"{kind.__name__} cannot stand below a clause")
        if lone:
            given = Number(path, above.label, "")
        elif kind is SubClause:
            label = f"{above.label}.{count}"
            given = Number(path, label, label)
        else:
            own = f"({letters(count) if kind is Paragraph else roman(count)})"
            given = Number(path, f"{above.label}{own}", own)
        children = division.children
        out.append(with_number(division, given, _below(children, given) if children else children))
    return tuple(out)
