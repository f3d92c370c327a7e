"""Finds what a bank gets wrong as a whole: ids that lead nowhere, circles, names that mean two things."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from agreementkit.bank.clause import ClauseSource, Kind
from agreementkit.bank.opening import slug
from agreementkit.bank.precedent import PlacedPrecedent
from agreementkit.bank.requirement import unknown_names
from agreementkit.diagnostics import Diagnostic, suggest

if TYPE_CHECKING:
    from agreementkit.bank.bank import Bank


def bank_faults(bank: Bank) -> Iterator[Diagnostic]:
    """Yield a fault for every id that a precedent, a requirement, a `requires` or a `cites` gets wrong."""
    for placed in bank.precedents.values():
        outline = placed.outline
        fields = {
            "parties": (Kind.PARTY, outline.parties),
            "background": (Kind.RECITAL, outline.background),
            "body": (Kind.CLAUSE, outline.clauses),
            "schedules": (Kind.SCHEDULE, outline.schedules),
            "execution": (Kind.EXECUTION, outline.execution),
        }
        seen: set[str] = set()
        for name, (kind, ids) in fields.items():
            for index, id_ in enumerate(ids):
                clause = bank.clauses.get(id_)
                if clause is not None and clause.kind is kind and id_ not in seen:
                    seen.add(id_)
                    continue
                place = placed.positions.place((name, index) if name != "body" else _body_path(placed, id_))
                if clause is None:
                    yield Diagnostic(
                        "AK205",
                        f"precedent {outline.id!r} names {id_!r}, which is not in the bank",
                        place=place,
                        hints=suggest(id_, bank.clauses, "clause"),
                    )
                elif clause.kind is not kind:
                    yield Diagnostic(
                        "AK205",
                        f"{id_!r} is a {clause.kind}, not a {kind}",
                        place=place,
                        hints=(f"move it to the list for its kind, or correct `kind:` in {clause.file}",),
                    )
                if id_ in seen:
                    yield Diagnostic(
                        "AK205",
                        f"precedent {outline.id!r} names {id_!r} twice",
                        place=place,
                        hints=("keep one of the two",),
                    )
                seen.add(id_)
        if outline.definition and outline.definition not in bank.terms:
            yield Diagnostic(
                "AK205",
                f"there is no definition {outline.definition!r}",
                place=placed.positions.place(("definition",)),
                hints=suggest(outline.definition, bank.terms, "definition"),
            )
    for clause in (*bank.clauses.values(), *bank.terms.values()):
        links = clause.links
        for cite in links.cites:
            if cite not in bank.law:
                yield bank.law.unknown(cite, clause.place_of("cites", cite))
        for needed in links.requires:
            if needed not in bank.clauses and needed not in bank.withdrawn:  # `assemble.removed` lists these
                yield Diagnostic(
                    "AK207",
                    f"{clause.id!r} requires {needed!r}, which is not in the bank",
                    place=clause.place_of("requires", needed),
                    hints=suggest(needed, bank.clauses, "clause"),
                )
    there = {**bank.clauses, **bank.withdrawn}
    for required in bank.requirements.values():
        for index, cite in enumerate(required.requirement.cites):
            if cite not in bank.law:
                yield bank.law.unknown(cite, required.place("cites", index))
        yield from unknown_names(required, bank.precedents, there)
    yield from _cycles(bank)
    yield from _shared_names(bank)


def _body_path(placed: PlacedPrecedent, id_: str) -> tuple[str | int, ...]:
    for index, entry in enumerate(placed.outline.body):
        if entry == id_:
            return ("body", index)
        if not isinstance(entry, str) and id_ in entry.clauses:
            return ("body", index, "clauses", entry.clauses.index(id_))
    return ("body",)


def _cycles(bank: Bank) -> Iterator[Diagnostic]:
    """Report each circle in `requires` once, where following it comes back; every clause is looked at once."""
    done: set[str] = set()
    for start in sorted(bank.clauses):
        trail: list[str] = []
        stack: list[tuple[str, int]] = [(start, 0)]
        while stack:
            id_, depth = stack.pop()
            done.update(trail[depth:])
            del trail[depth:]
            if id_ in trail:
                circle = trail[trail.index(id_) :]
                yield Diagnostic(
                    "AK207",
                    f"clauses require each other in a circle: {' → '.join([*circle, id_])}",
                    place=bank.clauses[circle[0]].place("requires"),
                    hints=("remove one `requires:` of the circle",),
                )
            elif id_ not in done:
                trail.append(id_)
                needed = bank.clauses[id_].links.requires
                stack.extend((n, len(trail)) for n in needed if n in bank.clauses)
        done.update(trail)


def _shared_names(bank: Bank) -> Iterator[Diagnostic]:
    """Report a key that means two definitions, and a file name that two agreements would be written to."""
    keys: dict[str, ClauseSource] = {}
    for source in bank.terms.values():
        for index, key in enumerate((source.id, *source.links.also)):
            other = keys.setdefault(slug(key), source)
            if other is not source:
                yield Diagnostic(
                    "AK206",
                    f"the key {key!r} means two definitions, this one and {other.id!r} in {other.file}",
                    place=source.place("also", index - 1) if index else source.place("id"),
                    hints=("let each key mean one definition",),
                )
    stems: dict[str, str] = {}
    for placed in bank.precedents.values():
        first = stems.setdefault(placed.outline.stem, placed.outline.id)
        if first != placed.outline.id:
            yield Diagnostic(
                "AK205",
                f"the precedents {first!r} and {placed.outline.id!r} would be written to files of one name",
                place=placed.positions.place(("stem",)),
                hints=("give one of them another `stem`",),
            )
