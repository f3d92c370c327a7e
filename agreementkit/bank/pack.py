"""A pack as it was read: clause files, amendments, precedents, requirements, and in the core the law register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from agreementkit.bank.adopt import NAME as ADOPTED
from agreementkit.bank.adopt import PlacedAdoption, read_adoptions
from agreementkit.bank.amend import Amendment, is_amendment, read_amendment
from agreementkit.bank.clause import ClauseSource, read_clause
from agreementkit.bank.files import PackFiles
from agreementkit.bank.index import Entry, keep, known_in, text_in
from agreementkit.bank.kept import Home, KeptClause
from agreementkit.bank.law import LawRegister
from agreementkit.bank.lifecycle import life_of
from agreementkit.bank.manifest import NAME as MANIFEST
from agreementkit.bank.manifest import Manifest, read_manifest
from agreementkit.bank.opening import open_file
from agreementkit.bank.option import Option, read_options
from agreementkit.bank.precedent import PlacedPrecedent, PlacedPrecedentAmendment, read_precedent
from agreementkit.bank.requirement import PlacedRequirement, read_requirements
from agreementkit.bank.withdraw import PlacedWithdrawal, read_withdrawals
from agreementkit.diagnostics import Diagnostic
from agreementkit.errors import AgreementKitError
from agreementkit.source import Positions, SourceText, load_yaml
from agreementkit.source.reading import Reading

MAX_FAULTS = 200
"""After so many faults the rest of a pack is not read: it would help nobody, and its list would have no bound."""
CONFLICT = "<<<<<<< "
"""How a line begins that opens a conflict: the mark of `diff3` and of git."""
_NOT_CLAUSES = frozenset({"README.md", "CHANGELOG.md", "LICENSE.md"})


@dataclass(slots=True)
class Pack:
    """A pack that was read.

    Attributes:
        manifest: Who it is.
        positions: Places in its `pack.yaml`.
        files: Its files, wherever it is kept.
        clauses: Its clause files, definitions included.
        precedents: Its precedents.
        law: Its law register, if it has one.
        requirements: What it asks agreements to deal with.
        amendments: What it changes in clauses below it.
        outline_changes: What it changes in precedents below it.
        withdrawals: Clauses below it that it does without.
        options: Options that it declares, by name.
        adoptions: Texts below it that a body has agreed as they are.
    """

    manifest: Manifest
    positions: Positions
    files: PackFiles
    clauses: list[ClauseSource] = field(default_factory=list)
    precedents: list[PlacedPrecedent] = field(default_factory=list)
    law: LawRegister | None = None
    requirements: list[PlacedRequirement] = field(default_factory=list)
    amendments: list[Amendment] = field(default_factory=list)
    outline_changes: list[PlacedPrecedentAmendment] = field(default_factory=list)
    withdrawals: list[PlacedWithdrawal] = field(default_factory=list)
    options: dict[str, Option] = field(default_factory=dict)
    adoptions: list[PlacedAdoption] = field(default_factory=list)


def read_packs(opened: Sequence[PackFiles], found: list[Diagnostic]) -> list[Pack]:
    """Read packs, the core first; two packs of one id are a fault (AK246).

    Args:
        opened: The files of each.
        found: Takes every fault.

    Returns:
        Those that have a usable `pack.yaml`.
    """
    packs: dict[str, Pack] = {}
    for files in opened:
        pack = read_pack(files, found)
        if pack is None:
            continue
        other = packs.setdefault(pack.manifest.id, pack)
        if other is not pack:
            found.append(
                Diagnostic(
                    "AK246",
                    f"the packs {other.files.shown} and {files.shown} both have the id {pack.manifest.id!r}",
                    place=pack.positions.place(("id",)),
                    hints=("name one of them only; a pack of your own needs an id of its own",),
                )
            )
    return list(packs.values())


def read_pack(files: PackFiles, found: list[Diagnostic]) -> Pack | None:
    """Read every file of a pack. Nothing in it runs.

    Args:
        files: Its files.
        found: Takes every fault; after many of them the rest of the pack is not read (AK248).

    Returns:
        The pack, or None when it has no usable `pack.yaml`.
    """
    read = read_manifest(files, found)
    if read is None:
        return None
    manifest, positions = read
    pack = Pack(manifest, positions, files)
    if files.index is not None:
        home = Home(files.index, manifest, positions, files.shown)
        pack.clauses = [KeptClause.of(home, number) for number in files.index.clauses]
        for number in files.index.others:
            _read_file(files.index.names[number], home.text(number), pack, found)
        return pack
    before = len(found)
    entries = _read_files(pack, found)
    if len(found) == before and files.seen is not None:
        keep(files, entries)
    return pack


def _read_files(pack: Pack, found: list[Diagnostic]) -> dict[str, Entry]:
    """Read every file of a pack into it, and return what is to be kept of those without a fault."""
    files, before, entries = pack.files, len(found), dict[str, Entry]()
    home = Home(files.before, pack.manifest, pack.positions, files.shown) if files.before else None
    for name in files.files:
        if len(found) - before > MAX_FAULTS:
            found.append(
                Diagnostic(
                    "AK248",
                    f"the pack has more than {MAX_FAULTS} faults; the rest of it was not read",
                    place=files.place(name),
                    hints=("mend those above first",),
                )
            )
            break
        known = known_in(files, name)
        if home and known and home.index.ids[known[1]]:  # a clause whose words are those that were kept
            pack.clauses.append(KeptClause.of(home, known[1]))
            entries[name] = _entry(home.index.reading(known[1]), pack.clauses[-1])
            continue
        try:
            source = pack.positions.source if name == MANIFEST else text_in(files, name)
        except AgreementKitError as error:
            found.extend(error.diagnostics)
            continue
        if _unresolved(source, found):
            continue
        clause = _read_file(name, source, pack, found)
        entries[name] = _entry(source.reading, clause)
    return entries


def _entry(reading: Reading | None, clause: ClauseSource | None) -> Entry:
    """Return what is to be kept of a file, and of the clause in it if it holds one."""
    if clause is None:
        return Entry(reading or Reading())
    facts = (
        clause.id,
        clause.kind.value,
        clause.replaces,
        clause.formerly,
        clause.links,
        (clause.digest, clause.stated),
    )
    return Entry(reading or Reading(), *facts)


def _read_file(name: str, source: SourceText, pack: Pack, found: list[Diagnostic]) -> ClauseSource | None:
    """Read one file into the pack, and return the clause that it holds, if it holds one."""
    path, id_ = PurePosixPath(name), pack.manifest.id
    if path.suffix == ".md" and path.name not in _NOT_CLAUSES:
        return _read_markdown(source, pack, found)
    if path.suffix == ".yaml" and name.startswith("precedents/"):
        precedent = read_precedent(source, id_, found)
        if isinstance(precedent, PlacedPrecedent):
            pack.precedents.append(precedent)
        elif precedent:
            pack.outline_changes.append(precedent)
    elif name == "law.yaml":
        try:
            values, _ = load_yaml(source)
            pack.law = LawRegister.from_data(values, source.file)
        except AgreementKitError as error:
            found.extend(error.diagnostics)
    elif name == "requirements.yaml":
        pack.requirements = read_requirements(source, id_, found)
    elif name == "options.yaml":
        pack.options = read_options(source, id_, found)
    elif name == "withdrawn.yaml":
        pack.withdrawals = read_withdrawals(source, id_, found)
    elif name == ADOPTED:
        pack.adoptions = read_adoptions(source, id_, found)
    return None


def _unresolved(source: SourceText, found: list[Diagnostic]) -> bool:
    """Report (AK260) the marks that an upgrade, or git, leaves where a person has to choose; True if there are any."""
    marks = [number for number, line in enumerate(source.lines, 1) if line.startswith(CONFLICT)]
    found.extend(
        Diagnostic(
            "AK260",
            "here two wordings wait for a choice",
            place=source.place(number, 1, len(source.lines[number - 1])),
            hints=("keep what is to stand, and remove the other lines with the marks `<<<<<<<` to `>>>>>>>`",),
        )
        for number in marks
    )
    return bool(marks)


def _read_markdown(source: SourceText, pack: Pack, found: list[Diagnostic]) -> ClauseSource | None:
    """Read a clause, or an amendment of one, into the pack, and return the clause."""
    opened = open_file(source, found)
    if opened is None:
        return None
    if is_amendment(opened):
        amendment = read_amendment(opened, pack.manifest.id, found)
        if amendment:
            life = life_of(amendment.front, amendment.positions, pack.manifest, pack.positions)
            pack.amendments.append(replace(amendment, life=life))
    else:
        clause = read_clause(opened, pack.manifest.id, found)
        if clause:
            pack.clauses.append(clause.living(life_of(clause.front, clause.positions, pack.manifest, pack.positions)))
            return pack.clauses[-1]
    return None
