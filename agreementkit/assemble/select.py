"""Chooses what goes into an agreement: which clauses, and which variant of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from agreementkit.assemble.compile import CompiledClause, compile_clause
from agreementkit.assemble.values import Evaluator, Names
from agreementkit.bank import Bank, ClauseSource
from agreementkit.bank.precedent import PartOutline, Precedent
from agreementkit.diagnostics import Diagnostic, suggest
from agreementkit.errors import BankError


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """A clause that was chosen, with the variant that was."""

    clause: CompiledClause
    variant: str

    @property
    def id(self) -> str:
        """The clause's id."""
        return self.clause.source.id


@dataclass(frozen=True, slots=True, eq=False)
class ChosenPart:
    """A headed group with at least one chosen clause."""

    heading: str
    clauses: tuple[Chosen, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """Everything chosen for one agreement, in order."""

    precedent: Precedent
    parties: tuple[Chosen, ...]
    background: tuple[Chosen, ...]
    body: tuple[Chosen | ChosenPart, ...]
    schedules: tuple[Chosen, ...]
    execution: tuple[Chosen, ...]

    @property
    def ids(self) -> frozenset[str]:
        """Ids of all chosen clauses."""
        return frozenset(chosen.id for chosen in self)

    def __iter__(self) -> Iterator[Chosen]:
        yield from self.parties
        yield from self.background
        for entry in self.body:
            yield from entry.clauses if isinstance(entry, ChosenPart) else (entry,)
        yield from self.schedules
        yield from self.execution


def choose(source: ClauseSource, names: Names, evaluator: Evaluator) -> Chosen | None:
    """Return the clause with its variant, or None when its condition is false.

    Faults: AK307 when no variant or more than one fits, and those of the file itself.
    """
    try:
        clause = compile_clause(source)
    except BankError as error:
        evaluator.found.extend(error.diagnostics)
        return None
    front = source.front
    if front.when and not evaluator.evaluate(front.when, names, source.place("when"))[0]:
        return None
    if not front.variants:
        return Chosen(clause, "")
    fitting = [
        name
        for name, expression in front.variants.items()
        if evaluator.evaluate(expression, names, source.place_of("variants", name))[0]
    ]
    if len(fitting) != 1:
        what = f"the variants {', '.join(fitting)} fit at once" if fitting else "no variant fits this configuration"
        evaluator.found.append(
            Diagnostic(
                "AK307",
                f"clause {source.id!r}: {what}",
                place=source.place("variants"),
                path=source.id,
                hints=("the conditions of variants must leave exactly one true, whatever is configured",),
            )
        )
        return None
    return Chosen(clause, fitting[0])


def select(bank: Bank, precedent: Precedent, names: Names, found: list[Diagnostic]) -> Selection:
    """Choose everything for one agreement; faults go to `found`."""
    evaluator = Evaluator(found)

    def pick(ids: Iterable[str]) -> tuple[Chosen, ...]:
        return tuple(chosen for id_ in ids if (chosen := choose(bank[id_], names, evaluator)))

    body: list[Chosen | ChosenPart] = []
    for entry in precedent.body:
        if isinstance(entry, PartOutline):
            clauses = pick(entry.clauses)
            if clauses:
                body.append(ChosenPart(entry.part, clauses))
        else:
            body.extend(pick((entry,)))
    selection = Selection(
        precedent,
        pick(precedent.parties),
        pick(precedent.background),
        tuple(body),
        pick(precedent.schedules),
        pick(precedent.execution),
    )
    found.extend(_missing(selection))
    for chosen in selection:
        found.extend(unknown_mentions(chosen, bank))
    return selection


def unknown_mentions(chosen: Chosen, bank: Bank) -> Iterator[Diagnostic]:
    """Yield a fault for each `is present` that names no clause of the bank: it would never be true."""
    for id_, place in chosen.clause.mentions:
        if id_ not in bank and id_ not in bank.withdrawn:
            yield Diagnostic(
                "AK304",
                f"the condition asks for the clause {id_!r}, which is not in the bank",
                place=place,
                path=chosen.id,
                hints=suggest(id_, bank.clauses, "clause"),
            )


def _missing(selection: Selection) -> Iterator[Diagnostic]:
    ids = selection.ids
    for chosen in selection:
        source = chosen.clause.source
        for needed in source.front.requires:
            if needed not in ids:
                yield Diagnostic(
                    "AK304",
                    f"clause {source.id!r} requires {needed!r}, which is not in the {selection.precedent.title}",
                    place=source.place_of("requires", needed),
                    path=source.id,
                    hints=(f"change the configuration so that {needed!r} applies, or leave {source.id!r} out",),
                )
