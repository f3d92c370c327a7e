"""Lays packs over one another: what a pack adds, replaces, amends and withdraws."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from agreementkit.bank.adopt import adopt
from agreementkit.bank.amend import Amendment
from agreementkit.bank.clause import ClauseSource, Kind
from agreementkit.bank.formerly import Former, former_ids, with_present_ids
from agreementkit.bank.law import LawRegister
from agreementkit.bank.outline import amend_outline, without
from agreementkit.bank.pack import Pack
from agreementkit.bank.precedent import PlacedPrecedent
from agreementkit.bank.requirement import PlacedRequirement
from agreementkit.bank.withdraw import PlacedWithdrawal
from agreementkit.diagnostics import Diagnostic, Place, suggest


@dataclass(slots=True)
class Laid:
    """What lies there after every pack was laid; see `Bank`."""

    clauses: dict[str, ClauseSource] = field(default_factory=dict)
    terms: dict[str, ClauseSource] = field(default_factory=dict)
    precedents: dict[str, PlacedPrecedent] = field(default_factory=dict)
    requirements: dict[str, PlacedRequirement] = field(default_factory=dict)
    withdrawn: dict[str, PlacedWithdrawal] = field(default_factory=dict)
    law: LawRegister = field(default_factory=LawRegister.empty)
    former: Former = field(default_factory=Former)


def lay(packs: Sequence[Pack], found: list[Diagnostic]) -> Laid:
    """Lay the packs over one another.

    Args:
        packs: The packs, the core first.
        found: Takes faults: AK206 for names used twice, AK252 to AK255 for changes to what lies below, AK270 for
            adoptions of what is not there, AK294 for former ids that cannot be.

    Returns:
        What lies there then.
    """
    laid = Laid(former=former_ids(packs, found))
    for pack in (with_present_ids(pack, laid.former) for pack in packs) if laid.former else packs:
        adopt(pack.adoptions, laid.clauses, laid.terms, found)  # what lies below it, before its own words are laid
        for clause in pack.clauses:
            id_, shelf = clause.id, laid.terms if clause.is_definition else laid.clauses
            below = shelf.get(id_)
            if below is not None or clause.replaces is not None:
                found.extend(_replacing(clause, below))
            if laid.withdrawn:
                laid.withdrawn.pop(id_, None)
            shelf[id_] = clause if below is None else replace(clause, below=below)
        for amendment in pack.amendments:
            _amend(amendment, laid, found)
        for placed in pack.withdrawals:
            _withdraw(placed, laid, found)
        for outline in pack.precedents:
            found.extend(_replacing_precedent(outline, laid.precedents.get(outline.outline.id)))
            laid.precedents[outline.outline.id] = outline
        for change in pack.outline_changes:
            amend_outline(change, laid.precedents, laid.clauses, found)
        if pack.law is not None:
            laid.law = laid.law.merged(pack.law)
        laid.requirements |= {placed.requirement.id: placed for placed in pack.requirements}
    return laid


def base_faults(
    base: str, base_hash: str, below: ClauseSource, version_place: Place, hash_place: Place
) -> Iterator[Diagnostic]:
    """Yield a fault (AK253) when the clause below is not the one that a pack was written against."""
    hint = "read what has changed, correct the pack where it is needed, then name what lies below now: "
    if base != below.front.version:
        yield Diagnostic(
            "AK253",
            f"this was written against version {base} of {below.id!r}; below it lies {below.front.version}",
            place=version_place,
            hints=(f'{hint}"{below.front.version}"',),
        )
    elif base_hash and not below.digest.startswith(base_hash):
        yield Diagnostic(
            "AK253",
            f"the wording of {below.id!r} below is not the one this was written against, though its version is",
            place=hash_place,
            hints=(f"{hint}`base_hash: {below.digest[:12]}`",),
        )


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
    elif replaces is None:
        yield Diagnostic(
            "AK206",
            f"clause {clause.id!r} is already in pack {below.pack}, version {below.front.version}",
            place=clause.place("id"),
            hints=(f'add `replaces: "{below.front.version}"` if this file is to take its place',),
        )
    else:
        front = clause.front
        yield from base_faults(replaces, front.base_hash, below, clause.place("replaces"), clause.place("base_hash"))
        yield from _unsaid(_hands(below), front.over, clause.id, clause.place("replaces"))


def _amend(amendment: Amendment, laid: Laid, found: list[Diagnostic]) -> None:
    front = amendment.front
    below = laid.clauses.get(front.amends) or laid.terms.get(front.amends)
    if below is None or below.front.kind is Kind.DEFINITION:
        found.append(_nothing_there(front.amends, "amends", amendment.place("amends"), laid))
        return
    if below.pack == amendment.pack:
        hint = "change the clause itself; an amendment is for clauses of packs below"
        what = f"{front.amends!r} is a clause of this pack"
        found.append(Diagnostic("AK252", what, place=amendment.place("amends"), hints=(hint,)))
        return
    found.extend(base_faults(front.base, front.base_hash, below, amendment.place("base"), amendment.place("base_hash")))
    if below.below is not None:  # the whole clause below is another pack's already
        found.extend(_unsaid({below.pack}, front.over, front.amends, amendment.place("amends")))
    for other in below.amendments:
        if other.pack == amendment.pack or other.pack not in front.over:
            both = [target for target in amendment.touched if target in other.touched]
            found.extend(_both(amendment, other, target) for target in both)
    for name in front.variants:
        if name in below.front.variants:
            what = f"{front.amends!r} has a variant {name!r} already"
            hint = "give the further wording a name of its own"
            found.append(Diagnostic("AK252", what, place=amendment.place("variants", name), hints=(hint,)))
    laid.clauses[front.amends] = below.amended(amendment)


def _both(amendment: Amendment, other: Amendment, target: str) -> Diagnostic:
    place = amendment.touched[target].place
    words = f"paragraph #{target} of {amendment.front.amends!r} is changed by {other.pack!r} too, in {other.file}"
    if other.pack == amendment.pack:
        return Diagnostic("AK254", words, place=place, hints=("let one file of the pack make both changes",))
    hint = f"add `over: [{other.pack}]` if this pack knows of that change and lies over it"
    return Diagnostic("AK254", words, place=place, hints=(hint,))


def _withdraw(placed: PlacedWithdrawal, laid: Laid, found: list[Diagnostic]) -> None:
    withdrawal = placed.withdrawal
    below = laid.clauses.get(withdrawal.clause)
    if below is None:
        found.append(_nothing_there(withdrawal.clause, "withdraws", placed.place("clause"), laid))
        return
    found.extend(
        base_faults(withdrawal.base, withdrawal.base_hash, below, placed.place("base"), placed.place("base_hash"))
    )
    found.extend(_unsaid(_hands(below), withdrawal.over, below.id, placed.place("clause")))
    del laid.clauses[below.id]
    laid.withdrawn[below.id] = replace(placed, below=below)
    laid.precedents.update({id_: without(one, {below.id}) for id_, one in laid.precedents.items()})


def _nothing_there(id_: str, does: str, place: Place, laid: Laid) -> Diagnostic:
    gone = laid.withdrawn.get(id_)
    if gone:
        hint = f"pack {gone.pack!r} has withdrawn it: {gone.withdrawal.because}"
        return Diagnostic("AK252", f"this pack {does} {id_!r}, which is withdrawn", place=place, hints=(hint,))
    if id_ in laid.terms:
        hint = "write the definition anew, with `replaces:`"
        return Diagnostic("AK252", f"{id_!r} is a definition", place=place, hints=(hint,))
    hints = suggest(id_, laid.clauses, "clause")
    return Diagnostic("AK252", f"this pack {does} {id_!r}, which is not there", place=place, hints=hints)


def _hands(below: ClauseSource) -> set[str]:
    """Return the packs that have changed a clause since the pack that it came from."""
    return {one.pack for one in below.amendments} | ({below.pack} if below.below is not None else set())


def _unsaid(packs: Iterable[str], over: Iterable[str], id_: str, place: Place) -> Iterator[Diagnostic]:
    for pack in sorted(set(packs) - set(over)):
        yield Diagnostic(
            "AK254",
            f"clause {id_!r} was changed by pack {pack!r} already",
            place=place,
            hints=(f"add `over: [{pack}]` if this pack knows of that change and lies over it",),
        )
