"""Finds a small configuration under which a clause stands, in the variant wanted, with example values in its blanks."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from agreementkit.agreement import AgreementSet, assemble
from agreementkit.assemble.compile import CompiledClause, compile_clause
from agreementkit.assemble.select import choose
from agreementkit.assemble.values import Evaluator, Names
from agreementkit.authoring.excerpt import blanks, cut, is_there
from agreementkit.bank import Bank, ClauseSource, Kind
from agreementkit.config import Config
from agreementkit.config.options import with_options
from agreementkit.config.paths import in_file, members, resolve_type
from agreementkit.diagnostics import Diagnostic
from agreementkit.errors import AssemblyError
from agreementkit.proof.domains import domain
from agreementkit.proof.expressions import Asked, Used, used
from agreementkit.proof.minimise import as_yaml
from agreementkit.proof.variables import Variables, homes, key_of, usual_sets, variables
from agreementkit.proof.worlds import PRECEDENT, SET, Worlds, reachable, settled

MOST_WORLDS = 20_000
"""Combinations of settings that are looked at, those with the fewest changes first."""
MOST_FURTHER = 2_000
"""Combinations of further settings that are tried where those that choose the clause do not fit together."""
MOST_UNREACHED = 40
"""Combinations that choose the clause, of which it is asked whether their settings fit together."""
TRIES = 6
"""Whole sets that are made in order to find one in which the clause stands."""
_PASSING = frozenset({"AK304", "AK305", "AK308"})
"""Faults that another configuration may not have: a clause or a value is missing, or nothing is left."""
_LISTS = {Kind.PARTY: "parties", Kind.RECITAL: "background", Kind.CLAUSE: "body", Kind.SCHEDULE: "schedules"}


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """A bank in which a clause can be shown.

    Attributes:
        bank: The bank.
        source: The clause or definition.
        homes: Precedents in which it can be shown, those of the usual set first.
        guest: What is put at the end of an agreement for the preview only: the clause itself where no precedent holds
            it, a clause that uses a definition, or nothing.
    """

    bank: Bank
    source: ClauseSource
    homes: tuple[str, ...]
    guest: ClauseSource | None = None

    def bank_for(self, precedent: str) -> Bank:
        """Return the bank with which the clause is shown in an agreement."""
        if self.guest is None:
            return self.bank
        name = _LISTS.get(self.guest.front.kind, "execution")
        placed = self.bank.precedents[precedent]
        ids = {name: (*getattr(placed.outline, name), self.guest.id)}
        placed = replace(placed, outline=placed.outline.model_copy(update=ids))
        return replace(
            self.bank,
            clauses={**self.bank.clauses, self.guest.id: self.guest},
            precedents={**self.bank.precedents, precedent: placed},
        )


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A set in which the clause stands.

    Attributes:
        agreements: The set.
        precedent: The agreement in which it stands.
        values: The settings that were chosen for it, by their path in a configuration file.
        configuration: The whole configuration, as a file.
    """

    agreements: AgreementSet
    precedent: str
    values: Mapping[str, Any]
    configuration: str


def stage(bank: Bank, source: ClauseSource) -> Stage:
    """Return a bank in which a clause or a definition is sure to be asked for."""
    order = dict.fromkeys(id_ for made in usual_sets(bank) for id_ in made)
    if source.front.kind is Kind.DEFINITION:  # printed only where it is used, so a clause is added that uses it
        front = source.front.model_copy(
            update={"id": "preview", "kind": Kind.CLAUSE, "title": "Preview", "term": "", "when": None, "variants": {}}
        )
        user = replace(source, front=front, body=(f"{{{source.id}}}",), amendments=(), below=None, written=None)
        return Stage(bank, source, tuple(order), user)
    found = homes(bank)[key_of(source)]
    if found:
        return Stage(bank, source, tuple(id_ for id_ in order if id_ in found))
    return Stage(bank, source, tuple(order), source)


def find_example(here: Stage, variant: str) -> Example:
    """Return a set in which the clause stands in a variant, made from as few settings as can be.

    Args:
        here: The bank and the clause.
        variant: Name of the variant; empty for a clause without variants.

    Raises:
        AssemblyError: Of each set that was tried something is wrong; or AK285, no configuration was found.
    """
    root = with_options(here.bank.options)
    clause = compile_clause(here.source)
    first: AssemblyError | None = None
    tries = 0
    for precedent in here.homes:
        worlds = _worlds(clause, here, precedent, variant, root)
        reached = (one for world in itertools.islice(worlds, MOST_UNREACHED) for one in _reached(world, root))
        for world in itertools.islice(reached, TRIES):
            tries += 1
            try:
                made = _made(here, clause, precedent, variant, world, root)
            except AssemblyError as error:
                if not {one.code for one in error.diagnostics} <= _PASSING:
                    raise
                first = first or error
            else:
                if made is not None:
                    return _filled(made, here, clause, variant, world, root)
            if tries >= TRIES:
                break
    raise first or AssemblyError(_nothing(here.source, variant))


def _nothing(source: ClauseSource, variant: str) -> Diagnostic:
    what = f"the variant {variant!r} of {source.id!r}" if variant else repr(source.id)
    place = source.place_of("variants", variant) if variant else source.place("when")
    return Diagnostic(
        "AK285",
        f"no example configuration was found that chooses {what}",
        place=place,
        path=source.id,
        hints=("name a configuration that does with `-c`", "see whether the condition can be true at all"),
    )


def _worlds(
    clause: CompiledClause, here: Stage, precedent: str, variant: str, root: type[Config]
) -> Iterator[dict[str, Any]]:
    """Yield settings under which the variant is chosen in an agreement, those with the fewest changes first."""
    front = clause.source.front
    asked = [Asked(text, {}) for text in (front.when, *front.variants.values()) if text]
    asked += [Asked(clause.each.path, {})] if clause.each else []
    sets = [made for made in usual_sets(here.bank) if precedent in made]
    usual = sets[0]
    found = variables(asked, (precedent,), sets, root)
    worlds = Worlds(precedent, root)
    heads = {path.split(".")[0] for path in used(asked).settings} | {PRECEDENT}
    for world in itertools.islice(_nearest_first(found), MOST_WORLDS):
        whole = {SET: usual, **world}
        names = worlds.names(whole, heads)
        if names is None or precedent not in whole[SET]:
            continue
        chosen = choose(clause.source, names, Evaluator([]))
        if chosen is not None and chosen.variant == variant:
            yield whole


def _nearest_first(found: Variables) -> Iterator[dict[str, Any]]:
    """Yield every combination of values: first the usual one, then those with one change, with two, and so on."""
    usual = {name: values[0] for name, values in found.items()}
    yield {}
    for count in range(1, len(usual) + 1):
        for names in itertools.combinations(usual, count):
            for values in itertools.product(*(found[name][1:] for name in names)):
                yield dict(zip(names, values, strict=True))


def _reached(world: Mapping[str, Any], root: type[Config]) -> Iterator[dict[str, Any]]:
    """Yield a world whose settings fit together; if they do not, with a further setting of their sections, or two."""
    if reachable(world, root) is not None:
        yield dict(world)
        return
    sections = dict.fromkeys(path.rpartition(".")[0] for path in world if "." in path)
    found = {
        path: values
        for section in sections
        if (model := resolve_type(section.split("."), root)) and model.model
        for name in members(model.model)
        if (path := f"{section}.{name}") not in world and len(values := domain(path, (), Used(), root)) > 1
    }
    for more in itertools.islice(_nearest_first(found), 1, MOST_FURTHER):
        if reachable({**world, **more}, root) is not None:
            yield {**world, **more}
            return


def _made(
    here: Stage, clause: CompiledClause, precedent: str, variant: str, world: Mapping[str, Any], root: type[Config]
) -> Example | None:
    """Return the set that a world makes; None when there is no such world, or the clause is not in it."""
    config = reachable(world, root)
    if config is None:
        return None
    notes = config.notes.model_copy(update={"detail": "full"})  # whoever writes a clause wants to see all of its notes
    config = config.model_copy(update={"notes": notes})
    chosen = choose(clause.source, Names.of(config, precedent, here.bank.options), Evaluator([]))
    if chosen is None or chosen.variant != variant:
        return None
    agreements = assemble(config, here.bank_for(precedent))
    if not is_there(agreements[precedent].document, here.source):
        return None
    values = {in_file(path): value for path, value in world.items() if path != SET}
    return Example(agreements, precedent, values, as_yaml(world))


def _filled(
    made: Example, here: Stage, clause: CompiledClause, variant: str, world: Mapping[str, Any], root: type[Config]
) -> Example:
    """Return the set with example values where the clause has blanks; what cannot be filled stays blank."""
    paths = blanks(cut(made.agreements[made.precedent].document, here.source))
    values = {path: value for path in paths if (value := _value(path, root)) is not None}
    if not values:
        return made
    try:
        return _made(here, clause, made.precedent, variant, settled({**world, **values}, root), root) or made
    except AssemblyError:
        return made


def _value(path: str, root: type[Config]) -> Any:
    """Return an example of a setting; None for what is no setting of its own."""
    values: Sequence[Any] = () if "[" in path else domain(path, (), Used(), root)
    given = [one for one in values if one is not None]
    return given[-1] if given else None
