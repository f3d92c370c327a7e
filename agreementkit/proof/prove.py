"""Proof that a bank is sound for every configuration, or a small configuration for which it is not.

Clause files are looked at piece by piece and references one by one, each in every world that its conditions tell
apart: exactly where there are few enough, else in rows that cover every pair, with more at random. Worlds in which all
expressions answer the same come to the same end and are looked at once (`kinds.py`). Whole sets are then made of rows
over all settings. What is exact and what is a search is said.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from agreementkit.assemble.compile import CompiledClause, compile_clause
from agreementkit.assemble.values import Names
from agreementkit.bank import Bank
from agreementkit.config import Config
from agreementkit.config.options import with_options
from agreementkit.diagnostics import Diagnostic
from agreementkit.proof import links as linking
from agreementkit.proof import sets
from agreementkit.proof.covering import covered, pairwise
from agreementkit.proof.expressions import expressions, used
from agreementkit.proof.kinds import Asking, Kind, Kinds, filled, truth
from agreementkit.proof.links import Guard, Link, Targets
from agreementkit.proof.minimise import as_yaml, minimised
from agreementkit.proof.report import Claim, Counterexample, Proof
from agreementkit.proof.units import Unit, units
from agreementkit.proof.variables import Variables, count, homes, key_of, usual_sets, variables, with_presence
from agreementkit.proof.worlds import PRECEDENT, SET, Assignment, Worlds, reachable, settled

EXACT, SEARCH = "exact", "search"
RANDOM_WORLDS = 300
"""Worlds at random, besides the rows, for a piece that has too many worlds to look at all."""
TRIES = 12
"""Worlds in which an alarm is tried on the whole set before it counts as false."""
TRUE = TRIES + 1
MOST_VALUES = 6
"""Values of a setting that the rows over all settings take in."""

Progress = Callable[[str, int, int], None]
"""Told what is being looked at, how many are done, and how many there are."""


def prove(
    bank: Bank, *, exact_up_to: int = 20_000, whole_sets: int = 60, seed: int = 0, progress: Progress | None = None
) -> Proof:
    """Prove a bank sound for every configuration, or find configurations for which it is not.

    Args:
        bank: The bank, with any packs laid over the core.
        exact_up_to: Worlds up to which a piece is looked at in all of them.
        whole_sets: Whole sets to make; 0 for none.
        seed: For what is drawn at random.
        progress: Told how far it is.

    Raises:
        BankError: A clause file has a fault that shows without any configuration.
    """
    run = _Run(bank, exact_up_to, random.Random(seed), progress or (lambda *_: None))  # noqa: S311 - no secret
    run.pieces()
    run.references()
    if whole_sets:
        run.whole_sets(whole_sets, seed)
    run.proof.false_alarms = run.false_alarms
    return run.proof


class _Run:
    """One run of the proof."""

    def __init__(self, bank: Bank, exact_up_to: int, rng: random.Random, progress: Progress) -> None:
        self.bank, self.exact_up_to, self.rng, self.progress = bank, exact_up_to, rng, progress
        self.compiled = {key_of(s): compile_clause(s) for s in (*bank.clauses.values(), *bank.terms.values())}
        self.homes = homes(bank)
        self.sets = usual_sets(bank)
        self.proof = Proof()
        self.root = with_options(bank.options)
        self.worlds = Worlds(next(iter(bank.precedents), ""), self.root)
        self.asking = Asking(self.worlds)
        self._alarms: dict[tuple[str, ...], int] = {}
        self._when: dict[str, tuple[Guard, ...]] = {}

    # --------------------------------------------------------------------------------------------- pieces

    def pieces(self) -> None:
        """Look at every piece of every clause file."""
        exact = Claim("pieces of clauses and definitions", EXACT)
        search = Claim("pieces with too many worlds", SEARCH, remark="every pair of values, and more at random")
        for number, clause in enumerate(self.compiled.values()):
            self.progress("clauses", number, len(self.compiled))
            for unit in units(clause):
                found = with_presence(
                    variables(unit.asked, self.homes[key_of(clause.source)], self.sets, self.root), unit.mentions
                )
                claim = exact if count(found) <= self.exact_up_to else search
                start = time.perf_counter()
                claim.pieces += 1
                kinds = self.asking.kinds(unit.answering, found, found, filled)
                claim.worlds += self._look(unit, kinds)
                claim.seconds += time.perf_counter() - start
        self.proof.claims += [exact, search]

    def _worlds(self, kinds: Kinds) -> Iterator[tuple[Kind, tuple[Any, ...]]]:
        if count(kinds.found) <= self.exact_up_to:
            return kinds.every()
        return kinds.of(self._rows(kinds.found))

    def _rows(self, found: Variables) -> Iterator[dict[str, Any]]:
        yield from pairwise(found)
        for _ in range(RANDOM_WORLDS):
            yield {name: self.rng.choice(values) for name, values in found.items()}

    def _look(self, unit: Unit, kinds: Kinds) -> int:
        """Look at a piece in worlds, at one of each kind as long as nothing is wrong; return how many worlds there are.

        In a kind of world in which something is wrong each world is looked at: one may be reached where another cannot.
        """
        heads, looked = unit.heads, 0
        for kind, values in self._worlds(kinds):
            looked += 1
            if kinds.is_sound(kind):
                continue
            assignment = dict(zip(kinds.found, values, strict=True))
            names = self.worlds.names(assignment, heads)
            faults = unit.look(names) if names is not None else []
            if not faults:
                kinds.found_sound(kind)
            for fault in faults:
                self._alarm(fault, unit.clause, unit.name, assignment)
        return looked

    # ----------------------------------------------------------------------------------------- references

    def references(self) -> None:
        """Look at every reference and every use of a term."""
        targets = Targets(self.bank, self.compiled, self.homes)
        exact = Claim("references and terms", EXACT)
        search = Claim("references with too many worlds", SEARCH, remark="every pair of values, and more at random")
        every_link = [link for clause in self.compiled.values() for link in linking.links(clause)]
        distinct = {(link.clause, link.target, link.guard): link for link in every_link}
        for number, link in enumerate(distinct.values()):
            self.progress("references", number, len(distinct))
            if targets.guards(link) is None:
                continue
            start = time.perf_counter()
            claim, worlds = self._link(link, targets, exact, search)
            claim.pieces += 1
            claim.worlds += worlds
            claim.seconds += time.perf_counter() - start
        self.proof.claims += [exact, search]

    def _link(self, link: Link, targets: Targets, exact: Claim, search: Claim) -> tuple[Claim, int]:
        guards = (link.guard, *(targets.guards(link) or ()))
        present = linking.mentions(guards)
        guards = (*guards, *(guard for id_ in present for guard in self._chosen_when(id_)))
        asked = linking.asked(guards)
        found = variables(asked, self.homes[link.clause], self.sets, self.root)
        for name in (PRECEDENT, SET):
            found.pop(name, None)  # the sets are gone through below
        heads = frozenset(path.split(".")[0] for path in used(asked).settings)
        made_of = [made for made in self.sets if set(made) & set(self.homes[link.clause])]
        claim = exact if count(found) <= self.exact_up_to else search
        among = {**with_presence(found, present), PRECEDENT: tuple(self.bank.precedents), SET: tuple(made_of)}
        kinds = self.asking.kinds(asked, found, among, truth)
        looked = 0
        for kind, values in self._worlds(kinds):
            looked += len(made_of)
            if kinds.is_sound(kind):
                continue
            assignment = dict(zip(found, values, strict=True))
            wrong = list(self._dangling_in(link, targets, assignment, made_of, heads, present))
            if not wrong:
                kinds.found_sound(kind)
            for world in wrong:
                self._alarm(_dangling(link), self.compiled[link.clause], f"line {link.line}", world)
        return claim, looked

    def _dangling_in(
        self,
        link: Link,
        targets: Targets,
        assignment: Assignment,
        made_of: Sequence[Sequence[str]],
        heads: Collection[str],
        present: Iterable[str],
    ) -> Iterator[Assignment]:
        """Yield the worlds in which a link leads nowhere, once for each agreement: the settings with each set."""
        config = self.worlds.configuration(assignment)
        if config is None:
            return
        for made in made_of:
            world = {**assignment, SET: made}
            names = self._names_in(made, config, world, heads, present)
            for precedent in set(names) & set(self.homes[link.clause]):
                inside = linking.holds(link.guard, names[precedent])
                if inside and not targets.resolves(link, precedent, made, names):
                    yield world

    def _names_in(
        self,
        made: Sequence[str],
        config: Config,
        assignment: Assignment,
        heads: Collection[str],
        present: Iterable[str],
    ) -> dict[str, Names]:
        found = {one: self.worlds.seen(config, {**assignment, PRECEDENT: one}, heads) for one in made}
        chosen = frozenset(id_ for id_ in present if self._is_chosen(id_, found))
        return {precedent: names.choosing(chosen) for precedent, names in found.items()}

    def _chosen_when(self, id_: str) -> tuple[Guard, ...]:
        if id_ not in self._when:
            self._when[id_] = linking.standing(self.compiled[id_])[""] if id_ in self.compiled else ()
        return self._when[id_]

    def _is_chosen(self, id_: str, names: Mapping[str, Names]) -> bool:
        """Whether a clause is in one of the agreements of a set."""
        guards = self._chosen_when(id_)
        return any(
            one in self.homes.get(id_, ()) and any(linking.holds(guard, inside) for guard in guards)
            for one, inside in names.items()
        )

    # ----------------------------------------------------------------------------------------- whole sets

    def whole_sets(self, most: int, seed: int) -> None:
        """Make whole sets of rows over all settings, and look at them as a reader would."""
        asked = [one for clause in self.compiled.values() for one in expressions(clause) if one.decides]
        whole = variables(asked, tuple(self.bank.precedents), self.sets, self.root)
        found: dict[str, Sequence[Any]] = {name: values[:MOST_VALUES] for name, values in whole.items()}
        found.pop(PRECEDENT, None)
        found[SET] = self.sets
        claim = Claim("whole sets over all settings", SEARCH)
        start = time.perf_counter()
        made: list[Mapping[str, Any]] = []
        for row in pairwise(found, seed):
            if len(made) >= most:
                break
            self.progress("whole sets", len(made), most)
            fitting = settled(row, self.root)
            config = reachable(fitting, self.root)
            if config is None:
                continue
            made.append(fitting)
            for fault in sets.faults(config, self.bank):
                self._told(fault, "whole set", fitting)
        claim.pieces, claim.worlds = len(found), len(made)
        claim.seconds = time.perf_counter() - start
        met, pairs = covered(found, made)
        claim.remark = f"{met:,} of {pairs:,} pairs of values"
        self.proof.claims.append(claim)

    # --------------------------------------------------------------------------------------------- faults

    @property
    def false_alarms(self) -> int:
        """How many alarms no whole set bore out."""
        return sum(tried < TRUE for tried in self._alarms.values())

    def _alarm(self, fault: Diagnostic, clause: CompiledClause, where: str, assignment: Assignment) -> None:
        """Try an alarm on whole sets; it counts only where one has the fault."""
        key = (fault.code, key_of(clause.source), where, fault.message)
        tried = self._alarms.get(key, 0)
        if tried >= TRIES:  # borne out, or tried often enough
            return
        self._alarms[key] = tried + 1
        in_ = assignment.get(PRECEDENT) or next(iter(self.homes[key_of(clause.source)]), "")
        made = tuple(assignment.get(SET) or ((in_,) if in_ else ()))
        whole = {**assignment, SET: made}
        config = reachable(whole, self.root)
        if config is None or not made:
            self._alarms.pop(key)  # no configuration makes such a world
            return
        seen = sets.faults(config, self.bank)
        same = [one for one in seen if _alike(one, fault)]
        if same:
            self._alarms[key] = TRUE
            self._told(same[0], f"{clause.source.id}, {where}", whole)

    def _told(self, fault: Diagnostic, where: str, assignment: Assignment) -> None:
        if any(_alike(one.finding, fault) and one.finding.path == fault.path for one in self.proof.counterexamples):
            return

        def still(other: Mapping[str, Any]) -> bool:
            config = reachable(other, self.root)
            return config is not None and any(_alike(one, fault) for one in sets.faults(config, self.bank))

        small = minimised(assignment, still)
        self.proof.counterexamples.append(Counterexample(fault, as_yaml(small), where))


def _alike(one: Diagnostic, other: Diagnostic) -> bool:
    return one.code == other.code and (one.message == other.message or (bool(one.path) and one.path == other.path))


def _dangling(link: Link) -> Diagnostic:
    code = "AK401" if link.target.startswith("{") else "AK404"
    return Diagnostic(code, f"{link.target} in {link.clause!r} leads nowhere", path=link.target.lstrip("{"))
