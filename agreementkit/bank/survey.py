"""What the packs of a bank do to what lies below them, as a list: what is added, changed, adopted, withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from agreementkit.bank.amend import Amendment, Verb
from agreementkit.bank.bank import Bank
from agreementkit.bank.clause import ClauseSource
from agreementkit.bank.lifecycle import Life
from agreementkit.diagnostics import Place


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that a pack does.

    Attributes:
        pack: Id of the pack.
        did: `adds`, `replaces`, `changes`, `annotates`, `adopts`, `withdraws`, or `outlines` for a precedent.
        what: Kind and id of what it does it to, such as `clause disputes`.
        detail: The operations, in words.
        because: The reason it gives.
        place: Where.
        life: How far its words have come; None for what has no words.
    """

    pack: str
    did: str
    what: str
    detail: str
    because: str
    place: Place | None
    life: Life | None = None

    @property
    def status(self) -> str:
        """How far its words have come, in words."""
        return str(self.life) if self.life else ""

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data, for programs."""
        data: dict[str, Any] = {
            "pack": self.pack,
            "did": self.did,
            "what": self.what,
            "how": self.detail,
            "because": self.because,
        }
        data |= self.life.as_dict() if self.life else {}
        return {**data, "file": self.place.file, "line": self.place.line} if self.place else data


def deeds(bank: Bank, pack: str | None = None) -> tuple[Deed, ...]:
    """Return what the packs over the lowest one do, in the order of packs, then of files.

    Args:
        bank: The bank.
        pack: Only of this pack; of the lowest, too, if it is named.
    """
    wanted = [one.id for one in bank.packs[1:]] if pack is None else [pack]
    found = [*_of_clauses(bank), *_of_outlines(bank)]
    order = {id_: number for number, id_ in enumerate(wanted)}
    kept = [deed for deed in found if deed.pack in order]
    return tuple(sorted(kept, key=lambda deed: (order[deed.pack], deed.place.file if deed.place else "", deed.what)))


def _of_clauses(bank: Bank) -> Iterator[Deed]:
    for top in (*bank.clauses.values(), *bank.terms.values()):
        one: ClauseSource | None = top
        while one is not None:
            front = one.written or one.front
            what = f"{front.kind.value} {front.id}"
            did, detail = (
                ("replaces", f"version {front.replaces}") if one.below else ("adds", front.title or front.term)
            )
            yield Deed(one.pack, did, what, detail, front.because, one.place("id"), one.life)
            yield from _adoptions(one, what)
            for change in one.amendments:
                notes_only = all(operation.verb is Verb.NOTES for operation in change.operations)
                did = "annotates" if notes_only and not change.front.title else "changes"
                detail, place = _operations(change), change.place("amends")
                yield Deed(change.pack, did, what, detail, change.front.because, place, change.life)
            one = one.below
    for placed in bank.withdrawn.values():
        gone = placed.withdrawal
        kind = placed.below.front.kind.value if placed.below else "clause"
        yield Deed(placed.pack, "withdraws", f"{kind} {gone.clause}", "", gone.because, placed.place("clause"))


def _adoptions(source: ClauseSource, what: str) -> Iterator[Deed]:
    """Yield the adoption of a text, and one of other words than it has now."""
    life = source.life
    if life.adopted_by:
        yield Deed(life.adopted_by, "adopts", what, "as it is", "", life.place, life)
    if life.lapsed:
        detail = f"other words than these: version {life.lapsed.base}"
        yield Deed(life.lapsed.pack, "adopts", what, detail, "", life.lapsed.place, life)


def _of_outlines(bank: Bank) -> Iterator[Deed]:
    for precedent in bank.precedents.values():
        for change in precedent.amended_by:
            went_in = [f"puts in {', '.join(one.ids)}" for one in change.change.insert]
            out = [f"takes out {', '.join(change.change.remove)}"] if change.change.remove else []
            title = [f"title “{change.change.title}”"] if change.change.title else []
            detail = "; ".join((*title, *went_in, *out))
            what = f"precedent {precedent.outline.id}"
            place = change.positions.place(("amends",))
            yield Deed(change.pack, "outlines", what, detail, change.change.because, place)


def _operations(change: Amendment) -> str:
    words = [operation.heading for operation in change.operations]
    return "; ".join(([f"title “{change.front.title}”"] if change.front.title else []) + words)
