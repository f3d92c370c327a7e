"""Ids that clauses and definitions had before: what a pack says of an old id, it says of the clause under its new one.

Front matter, outlines, withdrawals and requirements are rewritten before packs are laid; the words of clauses are when
they are compiled (`assemble.compile`), for the bank does not read them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from agreementkit.bank.clause import ClauseSource, Kind
from agreementkit.bank.pack import Pack
from agreementkit.bank.precedent import Insertion, PartOutline, Precedent, PrecedentAmendment
from agreementkit.diagnostics import Diagnostic

_LISTS = ("parties", "background", "schedules", "execution")


@dataclass(frozen=True, slots=True)
class Former:
    """Old ids with the ids that took their place; clauses and definitions have ids of their own."""

    clauses: dict[str, str] = field(default_factory=dict)
    terms: dict[str, str] = field(default_factory=dict)

    def clause(self, id_: str) -> str:
        """Return the present id of a clause."""
        return self.clauses.get(id_, id_)

    def division(self, path: str) -> str:
        """Return the path of a clause or paragraph, such as `recognition:disputes/stages`, with the present id."""
        agreement, colon, path = path.rpartition(":")
        head, slash, rest = path.partition("/")
        return f"{agreement}{colon}{self.clause(head)}{slash}{rest}"

    def clauses_of(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return the present ids of clauses."""
        return tuple(self.clause(id_) for id_ in ids)

    def __bool__(self) -> bool:
        return bool(self.clauses or self.terms)


def former_ids(packs: Sequence[Pack], found: list[Diagnostic]) -> Former:
    """Return every old id with its present one.

    Args:
        packs: The packs as they were read.
        found: Takes a fault (AK294) for each old id that is in use, or that two clauses claim; it then stands for none.
    """
    former = Former()
    sources = [source for pack in packs for source in pack.clauses]
    for source in [source for source in sources if source.formerly]:
        shelf = former.terms if source.is_definition else former.clauses
        for index, old in enumerate(source.formerly):
            # a file that replaces the clause below under its old id is one of those that land on the new one
            user = next((s for s in sources if s.id == old and _alike(s, source) and s.front.replaces is None), None)
            claim = shelf.get(old, source.id)
            if user is not None or claim != source.id:
                holder = f"{old!r} is the id of {user.file}" if user else f"{claim!r} was formerly {old!r} too"
                hint = "an id that was used once is never used again; choose another for the newer one"
                what, place = f"{source.id!r} was not {old!r}: {holder}", source.place("formerly", index)
                found.append(Diagnostic("AK294", what, place=place, hints=(hint,)))
            else:
                shelf[old] = source.id
    return former


def _alike(one: ClauseSource, other: ClauseSource) -> bool:
    return (one.front.kind is Kind.DEFINITION) == (other.front.kind is Kind.DEFINITION)


def with_present_ids(pack: Pack, former: Former) -> Pack:
    """Return a pack as if it had been written with the present ids."""
    return replace(
        pack,
        clauses=[_clause(source, former) for source in pack.clauses],
        amendments=[
            replace(one, front=one.front.model_copy(update={
                "amends": former.clause(one.front.amends), "requires": former.clauses_of(one.front.requires),
            }))
            for one in pack.amendments
        ],
        adoptions=[
            replace(one, adoption=one.adoption.model_copy(update={
                "clauses": {former.clause(id_): text for id_, text in one.adoption.clauses.items()},
                "definitions": {former.terms.get(id_, id_): text for id_, text in one.adoption.definitions.items()},
            }))
            for one in pack.adoptions
        ],
        withdrawals=[
            replace(one, withdrawal=one.withdrawal.model_copy(update={"clause": former.clause(one.withdrawal.clause)}))
            for one in pack.withdrawals
        ],
        precedents=[
            replace(one, outline=_outline(one.outline, former)) for one in pack.precedents
        ],
        outline_changes=[
            replace(one, change=_change(one.change, former)) for one in pack.outline_changes
        ],
        requirements=[
            replace(one, requirement=one.requirement.model_copy(update={
                "met_by": tuple(former.division(way) for way in one.requirement.met_by),
            }))
            for one in pack.requirements
        ],
    )  # fmt: skip


def _clause(source: ClauseSource, former: Former) -> ClauseSource:
    front = source.front
    ids = former.terms if front.kind is Kind.DEFINITION else former.clauses
    id_ = ids.get(front.id, front.id) if front.replaces is not None else front.id
    update: dict[str, Any] = {"id": id_, "requires": former.clauses_of(front.requires)}
    if front.kind is Kind.DEFINITION:  # an old id is a further key by which the term is used
        update["also"] = tuple(dict.fromkeys((*front.also, *(old for old, new in ids.items() if new == id_))))
    return replace(source, front=front.model_copy(update=update))


def _outline(outline: Precedent, former: Former) -> Precedent:
    update: dict[str, Any] = {name: former.clauses_of(getattr(outline, name)) for name in _LISTS}
    update["body"] = tuple(
        entry.model_copy(update={"clauses": former.clauses_of(entry.clauses)})
        if isinstance(entry, PartOutline)
        else former.clause(entry)
        for entry in outline.body
    )
    if outline.definition:
        update["definition"] = former.terms.get(outline.definition, outline.definition)
    return outline.model_copy(update=update)


def _change(change: PrecedentAmendment, former: Former) -> PrecedentAmendment:
    insert = tuple(_insertion(one, former) for one in change.insert)
    return change.model_copy(update={"insert": insert, "remove": former.clauses_of(change.remove)})


def _insertion(one: Insertion, former: Former) -> Insertion:
    update: dict[str, Any] = {"ids": former.clauses_of(one.ids)}
    for key in ("after", "before"):
        if getattr(one, key):
            update[key] = former.clause(getattr(one, key))
    return one.model_copy(update=update)
