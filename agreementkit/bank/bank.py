"""The bank: all clauses after packs are laid one over another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from agreementkit._resources import data_path
from agreementkit.bank.clause import ClauseSource, Kind
from agreementkit.bank.law import LawRegister
from agreementkit.bank.pack import Manifest, Pack, read_pack
from agreementkit.bank.precedent import PlacedPrecedent
from agreementkit.bank.requirement import PlacedRequirement, unknown_names
from agreementkit.diagnostics import Diagnostic, suggest
from agreementkit.errors import BankError


@dataclass(frozen=True, slots=True, eq=False)
class Bank:
    """All clauses, definitions and precedents that an agreement can be made of.

    Attributes:
        clauses: Clause files by id: clauses, parties, recitals, schedules and execution blocks.
        terms: Definition files by id.
        precedents: Precedents by id.
        law: The register of law and policy.
        packs: Manifests of the packs, the core first.
        requirements: What agreements are asked to deal with, by id.
    """

    clauses: Mapping[str, ClauseSource]
    terms: Mapping[str, ClauseSource]
    precedents: Mapping[str, PlacedPrecedent]
    law: LawRegister
    packs: tuple[Manifest, ...]
    requirements: Mapping[str, PlacedRequirement] = field(default_factory=dict)

    @classmethod
    def load(cls, packs: Sequence[str | Path] = (), *, core: Path | None = None) -> Bank:
        """Read the core bank and lay `packs` over it in the order given.

        A file of a pack with the id of one below it must say `replaces: "<version>"`; nothing is replaced
        because two files happen to share a name.

        Args:
            packs: Folders of packs.
            core: Folder of another core, for tests; None for the one that ships.

        Returns:
            The bank.

        Raises:
            BankError: With every fault of every file, each with its place.
        """
        found: list[Diagnostic] = []
        folders = [core if core is not None else data_path("clauses") / "core", *(Path(p) for p in packs)]
        read = [pack for folder in folders if (pack := read_pack(folder, found))]
        bank = _lay(read, found, whole=not found)
        if found:
            raise BankError(*found)
        return bank

    @property
    def version(self) -> str:
        """Names and versions of the packs: `core 0.1` or `core 0.1 + anytown 2.0`."""
        return " + ".join(f"{pack.id} {pack.version}" for pack in self.packs)

    def __getitem__(self, id: str) -> ClauseSource:  # noqa: A002 - the glossary's word
        try:
            return self.clauses[id]
        except KeyError:
            raise BankError(
                Diagnostic("AK205", f"the bank has no clause {id!r}", hints=suggest(id, self.clauses, "clause"))
            ) from None

    def __contains__(self, id: object) -> bool:  # noqa: A002
        return id in self.clauses

    def __iter__(self) -> Iterator[ClauseSource]:
        return iter(self.clauses.values())

    def __len__(self) -> int:
        return len(self.clauses)

    def term_keys(self) -> dict[str, str]:
        """Return every key by which a definition may be used, with the definition's id."""
        keys: dict[str, str] = {}
        for id_, source in self.terms.items():
            for key in (id_, *source.front.also):
                keys[_slug(key)] = id_
        return keys


def _slug(text: str) -> str:
    return "-".join(text.lower().split())


def _lay(packs: Sequence[Pack], found: list[Diagnostic], *, whole: bool) -> Bank:
    """Lay the packs over one another.

    Args:
        packs: The packs, the core first.
        found: Takes faults.
        whole: Whether every file could be read. If not, ids that lead nowhere are no finding: what they name
            may be in a file that has a fault of its own.
    """
    clauses: dict[str, ClauseSource] = {}
    terms: dict[str, ClauseSource] = {}
    precedents: dict[str, PlacedPrecedent] = {}
    requirements: dict[str, PlacedRequirement] = {}
    law = LawRegister.empty()
    for pack in packs:
        for clause in pack.clauses:
            shelf = terms if clause.front.kind is Kind.DEFINITION else clauses
            below = shelf.get(clause.id)
            found.extend(_replacing(clause, below))
            shelf[clause.id] = clause
        for placed in pack.precedents:
            outline, below_outline = placed.outline, precedents.get(placed.outline.id)
            if below_outline and outline.replaces != below_outline.outline.version:
                found.append(
                    Diagnostic(
                        "AK206",
                        f"precedent {outline.id!r} is already in {below_outline.pack}",
                        place=placed.positions.place(("id",)),
                        hints=(f'add `replaces: "{below_outline.outline.version}"` if it is to take its place',),
                    )
                )
            precedents[outline.id] = placed
        if pack.law is not None:
            law = law.merged(pack.law)
        requirements |= {placed.requirement.id: placed for placed in pack.requirements}
    bank = Bank(clauses, terms, precedents, law, tuple(pack.manifest for pack in packs), requirements)
    if whole:
        found.extend(_outline_faults(bank))
    return bank


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


def _outline_faults(bank: Bank) -> Iterator[Diagnostic]:
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
                place = placed.positions.place((name, index) if name != "body" else _body_path(placed, id_))
                clause = bank.clauses.get(id_)
                if clause is None:
                    yield Diagnostic(
                        "AK205",
                        f"precedent {outline.id!r} names {id_!r}, which is not in the bank",
                        place=place,
                        hints=suggest(id_, bank.clauses, "clause"),
                    )
                elif clause.front.kind is not kind:
                    yield Diagnostic(
                        "AK205",
                        f"{id_!r} is a {clause.front.kind}, not a {kind}",
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
        for index, cite in enumerate(clause.front.cites):
            if cite not in bank.law:
                yield bank.law.unknown(cite, clause.place("cites", index))
        for index, needed in enumerate(clause.front.requires):
            if needed not in bank.clauses:
                yield Diagnostic(
                    "AK207",
                    f"{clause.id!r} requires {needed!r}, which is not in the bank",
                    place=clause.place("requires", index),
                    hints=suggest(needed, bank.clauses, "clause"),
                )
    for required in bank.requirements.values():
        for index, cite in enumerate(required.requirement.cites):
            if cite not in bank.law:
                yield bank.law.unknown(cite, required.place("cites", index))
        yield from unknown_names(required, bank.precedents, bank.clauses)
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
                needed = bank.clauses[id_].front.requires
                stack.extend((n, len(trail)) for n in needed if n in bank.clauses)
        done.update(trail)


def _shared_names(bank: Bank) -> Iterator[Diagnostic]:
    """Report a key that means two definitions, and a file name that two agreements would be written to."""
    keys: dict[str, ClauseSource] = {}
    for source in bank.terms.values():
        for index, key in enumerate((source.id, *source.front.also)):
            other = keys.setdefault(_slug(key), source)
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
