"""What the other variants of a clause would have said: the set is made again with each of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from agreementkit.agreement import AgreementSet, assemble
from agreementkit.assemble.values import Names
from agreementkit.bank import Bank, ClauseSource
from agreementkit.errors import AgreementKitError
from agreementkit.explaining.trail import Reason, values
from agreementkit.tree.nodes import Note

_YES, _NO = "1 == 1", "1 == 2"


@dataclass(frozen=True, slots=True)
class Wording:
    """A variant that was not chosen.

    Attributes:
        variant: Its name.
        reason: The condition that would choose it.
        text: What the clause would say with everything else as it is; empty when it cannot be made so.
        fault: Why it cannot.
        notes: The notes on it, as the configuration prints them.
    """

    variant: str
    reason: Reason
    text: str
    fault: str = ""
    notes: tuple[Note, ...] = ()


def other_wordings(agreements: AgreementSet, precedent: str, clause: str, chosen: str) -> Iterator[Wording]:
    """Yield what each variant that was not chosen would say in an agreement."""
    source = agreements.bank.clauses[clause]
    for name, condition in source.front.variants.items():
        if name == chosen:
            continue
        names = Names.of(agreements.config, precedent, agreements.bank.options)
        found = tuple(values(names, condition))
        reason = Reason(f"variant {name}", condition, found, source.place_of("variants", name))
        conditions = {other: _YES if other == name else _NO for other in source.front.variants}
        forced = replace(source, front=source.front.model_copy(update={"variants": conditions}))
        try:
            made = assemble(agreements.config, _with(agreements.bank, forced))
            provision = made[precedent][clause]
        except AgreementKitError as error:
            yield Wording(name, reason, "", error.diagnostics[0].message)
        else:
            yield Wording(name, reason, provision.text, notes=provision.notes)


def _with(bank: Bank, source: ClauseSource) -> Bank:
    return replace(bank, clauses={**bank.clauses, source.id: source})
