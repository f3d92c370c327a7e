"""The bank: all clauses after packs are laid one over another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from agreementkit._garbage import no_collections
from agreementkit._resources import data_path
from agreementkit.bank.clause import ClauseSource
from agreementkit.bank.contents import PackContents
from agreementkit.bank.formerly import Former
from agreementkit.bank.law import LawRegister
from agreementkit.bank.lay import lay
from agreementkit.bank.manifest import Manifest, read_manifest
from agreementkit.bank.opening import slug
from agreementkit.bank.option import Options, in_sight
from agreementkit.bank.pack import Pack, read_packs
from agreementkit.bank.places import Named, open_places
from agreementkit.bank.precedent import PlacedPrecedent
from agreementkit.bank.requirement import PlacedRequirement
from agreementkit.bank.sound import bank_faults
from agreementkit.bank.withdraw import PlacedWithdrawal
from agreementkit.cache import kept, key_of
from agreementkit.diagnostics import Diagnostic, suggest
from agreementkit.errors import BankError
from agreementkit.table import Table


def core_folder() -> Path:
    """Return the folder of the core that ships."""
    return data_path("clauses") / "core"


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
        withdrawn: Clauses that a pack has taken out, by id.
        options: Options that packs declare, by id of the pack and by name.
        contents: What the packs were made of, file by file, the core first.
        former: Present ids of clauses and definitions by the ids they had before.
        houses: House styles that packs bring, and their Word files, by id of the pack and by name; not looked into.
    """

    clauses: Mapping[str, ClauseSource]
    terms: Mapping[str, ClauseSource]
    precedents: Mapping[str, PlacedPrecedent]
    law: LawRegister
    packs: tuple[Manifest, ...]
    requirements: Mapping[str, PlacedRequirement] = field(default_factory=dict)
    withdrawn: Mapping[str, PlacedWithdrawal] = field(default_factory=dict)
    options: Mapping[str, Options] = field(default_factory=dict)
    contents: tuple[PackContents, ...] = ()
    houses: Mapping[str, Mapping[str, bytes]] = field(default_factory=dict)
    former: Former = field(default_factory=Former)

    @classmethod
    def load(cls, packs: Sequence[str | Path | Named] = (), *, core: Path | None = None) -> Bank:
        """Read the core bank and lay `packs` over it in the order given.

        A file of a pack with the id of one below it must say `replaces: "<version>"`; nothing is replaced
        because two files happen to share a name.

        Args:
            packs: Folders, zip files or names of installed packs; see `docs/reference/packs.md`.
            core: Folder of another core, for tests; None for the one that ships.

        Returns:
            The bank.

        Raises:
            BankError: With every fault of every file, each with its place.
        """
        found: list[Diagnostic] = []
        with no_collections():  # to walk a bank that only grows takes a third of reading it
            opened = open_places(core if core is not None else core_folder(), packs, found)
            read = read_packs(opened, found)
            cache = kept()
            # The same files in the same order were sound before: what is only asked of the whole is not asked again.
            key = key_of("sound", [pack.files.digest for pack in read]) if cache and not found else ""
            sound = bool(cache and key and cache.read(key) is True)
            bank = cls.of_packs(read, found, sound=sound)
        if found:
            raise BankError(*found)
        if cache and not sound:
            cache.write(key, True)
        return bank

    @classmethod
    def of_packs(cls, read: Sequence[Pack], found: list[Diagnostic], *, sound: bool = False) -> Bank:
        """Lay packs that were read over one another.

        Args:
            read: The packs, the core first.
            found: Faults of reading; takes those of laying.
            sound: Whether the whole was found sound before, so that only laying can have faults.

        Returns:
            The bank, sound when `found` stayed empty.
        """
        whole = not found  # if a file cannot be read, an id that leads nowhere may be in that file
        laid = lay(read, found)
        manifests = tuple(pack.manifest for pack in read)
        options = {pack.manifest.id: pack.options for pack in read if pack.options}
        for shelf in (laid.clauses, laid.terms) if options else ():
            order = [manifest.id for manifest in manifests]
            shelf.update({id_: _seeing(source, options, order) for id_, source in shelf.items()})
        for shelf in (laid.clauses, laid.terms) if laid.former.clauses else ():
            shelf.update({id_: _knowing(source, laid.former.clauses) for id_, source in shelf.items()})
        bank = cls(
            laid.clauses,
            laid.terms,
            laid.precedents,
            laid.law,
            manifests,
            laid.requirements,
            laid.withdrawn,
            options,
            tuple(PackContents.of(pack.manifest, pack.files) for pack in read),
            {pack.manifest.id: pack.files.houses for pack in read if pack.files.houses},
            laid.former,
        )
        if whole and not sound:
            found.extend(bank_faults(bank))
        return bank

    @classmethod
    def contents_of(
        cls, packs: Sequence[str | Path | Named] = (), *, core: Path | None = None
    ) -> tuple[PackContents, ...]:
        """Return what packs are made of as far as they can be read, sound or not, the core first.

        Args:
            packs: The packs, as for `load`.
            core: Folder of another core, for tests; None for the one that ships.
        """
        ignored: list[Diagnostic] = []
        opened = open_places(core if core is not None else data_path("clauses") / "core", packs, ignored)
        read = ((files, read_manifest(files, ignored)) for files in opened)
        return tuple(PackContents.of(found[0], files) for files, found in read if found)

    @property
    def version(self) -> str:
        """Names and versions of the packs: `core 0.1` or `core 0.1 + anytown 2.0`."""
        return " + ".join(f"{pack.id} {pack.version}" for pack in self.packs)

    def table(self) -> Table:
        """Return a row for each clause and definition: what it is, its variants, the packs that had a hand in it."""
        return Table((source.as_row() for source in (*self, *self.terms.values())), self.version)

    def __repr__(self) -> str:
        return f"<Bank {self.version}: {len(self.clauses)} clauses, {len(self.terms)} definitions>"

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()

    def _ipython_key_completions_(self) -> list[str]:
        return [*self.clauses]

    def __getitem__(self, id: str) -> ClauseSource:  # noqa: A002 - the glossary's word
        try:
            return self.clauses[self.former.clause(id)]
        except KeyError:
            raise BankError(
                Diagnostic("AK205", f"the bank has no clause {id!r}", hints=suggest(id, self.clauses, "clause"))
            ) from None

    def __contains__(self, id: object) -> bool:  # noqa: A002
        return isinstance(id, str) and self.former.clause(id) in self.clauses

    def source(self, id: str) -> ClauseSource:  # noqa: A002
        """Return a clause, or else a definition, by its id or one it had before.

        Raises:
            BankError: There is neither (AK205).
        """
        term = self.terms.get(self.former.terms.get(id, id))
        return self[id] if term is None or id in self else term

    def __iter__(self) -> Iterator[ClauseSource]:
        return iter(self.clauses.values())

    def __len__(self) -> int:
        return len(self.clauses)

    def term_keys(self) -> dict[str, str]:
        """Return every key by which a definition may be used, with the definition's id."""
        keys: dict[str, str] = {}
        for id_, source in self.terms.items():
            for key in (id_, *source.front.also):
                keys[slug(key)] = id_
        return keys


def _knowing(source: ClauseSource, former: Mapping[str, str]) -> ClauseSource:
    """Return a clause file, and those whose place it took, with the former ids that its words may say."""
    lines = [source.front.title, *source.body, *(line for one in source.amendments for line in one.body)]
    said = {old: new for old, new in former.items() if any(old in line for line in lines)}
    below = _knowing(source.below, former) if source.below else None
    return replace(source, former=said, below=below) if said or below is not source.below else source


def _seeing(source: ClauseSource, options: Mapping[str, Options], order: Sequence[str]) -> ClauseSource:
    """Return a clause file, and those whose place it took, with the options that they may ask for."""
    made_by = (source.pack, *(amendment.pack for amendment in source.amendments))
    below = _seeing(source.below, options, order) if source.below else None
    sees = in_sight(options, order, made_by)
    return source.seeing(sees) if below is None else replace(source, options=sees, below=below)
