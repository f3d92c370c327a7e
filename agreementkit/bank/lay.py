"""Lays packs over one another: what a pack adds, and what it puts in the place of something below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from agreementkit.bank.clause import ClauseSource, Kind
from agreementkit.bank.law import LawRegister
from agreementkit.bank.pack import Pack
from agreementkit.bank.precedent import PlacedPrecedent
from agreementkit.bank.requirement import PlacedRequirement
from agreementkit.diagnostics import Diagnostic


@dataclass(slots=True)
class Laid:
    """What lies there after every pack was laid; see `Bank`."""

    clauses: dict[str, ClauseSource] = field(default_factory=dict)
    terms: dict[str, ClauseSource] = field(default_factory=dict)
    precedents: dict[str, PlacedPrecedent] = field(default_factory=dict)
    requirements: dict[str, PlacedRequirement] = field(default_factory=dict)
    law: LawRegister = field(default_factory=LawRegister.empty)


def lay(packs: Sequence[Pack], found: list[Diagnostic]) -> Laid:
    """Lay the packs over one another.

    Args:
        packs: The packs, the core first.
        found: Takes faults.

    Returns:
        What lies there then.
    """
    laid = Laid()
    for pack in packs:
        for clause in pack.clauses:
            shelf = laid.terms if clause.front.kind is Kind.DEFINITION else laid.clauses
            found.extend(_replacing(clause, shelf.get(clause.id)))
            shelf[clause.id] = clause
        for placed in pack.precedents:
            found.extend(_replacing_precedent(placed, laid.precedents.get(placed.outline.id)))
            laid.precedents[placed.outline.id] = placed
        if pack.law is not None:
            laid.law = laid.law.merged(pack.law)
        laid.requirements |= {placed.requirement.id: placed for placed in pack.requirements}
    return laid


def _replacing_precedent(placed: PlacedPrecedent, below: PlacedPrecedent | None) -> Iterator[Diagnostic]:
    outline = placed.outline
    if below and outline.replaces != below.outline.version:
        yield Diagnostic(
            "AK206",
            f"precedent {outline.id!r} is already in {below.pack}",
            place=placed.positions.place(("id",)),
            hints=(f'add `replaces: "{below.outline.version}"` if it is to take its place',),
        )


def _replacing(clause: ClauseSource, below: ClauseSource | None) -> Iterator[Diagnostic]:
    replaces = clause.front.replaces
    if below is None:
        if replaces is not None:
            yield Diagnostic(
                "AK206",
                f"{clause.id!r} replaces a clause that is not there",
                place=clause.place("replaces"),
                hints=("remove `replaces:`, or correct the id",),
            )
    elif below.pack == clause.pack:
        yield Diagnostic(
            "AK206",
            f"id {clause.id!r} is used twice, here and in {below.file}",
            place=clause.place("id"),
            hints=("ids are permanent names; choose another for the newer clause",),
        )
    elif replaces != below.front.version:
        yield Diagnostic(
            "AK206",
            f"clause {clause.id!r} is already in pack {below.pack}, version {below.front.version}",
            place=clause.place("id"),
            hints=(f'add `replaces: "{below.front.version}"` if this file is to take its place',),
        )
