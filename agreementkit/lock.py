"""The lock file: what a set was made from, file by file, so that the same set can be made again byte for byte.

It stands beside the configuration and pins the packs with a hash of every file, the configuration, the house template,
the version of agreementkit and the day. It may also hold the hashes of the files that were signed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from agreementkit import __version__
from agreementkit.agreement import _today, bank_of, packs_of
from agreementkit.bank import Bank
from agreementkit.bank.contents import PackContents
from agreementkit.bank.faults import model_faults
from agreementkit.bank.files import listing_digest
from agreementkit.bank.opening import Identifier
from agreementkit.diagnostics import Diagnostic, Place
from agreementkit.errors import BankError, LockError, ProvenanceError, SourceError
from agreementkit.publish import house_of
from agreementkit.saving import save_all
from agreementkit.source import Positions, load_yaml, read_text
from agreementkit.source.typed import Day, Line

if TYPE_CHECKING:
    from agreementkit.agreement import AgreementSet
    from agreementkit.config import Config
    from agreementkit.writers.word.house.mapping import HouseStyle

FORMAT: Literal[1] = 1
ENDING = ".lock.yaml"
_HEAD = (
    "# What this set was made from. Written by `agreementkit lock`: keep it with the configuration, do not edit it.\n"
    "# `agreementkit build CONFIG --locked` refuses to build when anything differs.\n"
)
_OUTPUTS = (".docx", ".html", ".json", ".md")
_SHOWN = 12
_READ_FROM = "_read_from"
Sha = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LockedPack(_Part):
    """A pack as it was.

    Attributes:
        id: Id of the pack.
        version: Its version.
        shown: What it was read from: a folder, a zip file or an installed pack, by its last name.
        digest: One hash of all its files.
        files: SHA-256 of each file by name, line ends as on Linux.
    """

    id: Identifier
    version: Line
    shown: str
    digest: Sha
    files: dict[str, Sha]


class LockedHouse(_Part):
    """The house template as it was.

    Attributes:
        name: As the configuration names it.
        files: SHA-256 of the house style and of its Word file, by name.
    """

    name: Line
    files: dict[str, Sha]


class Lock(_Part):
    """What a set was made from.

    Attributes:
        format: Version of the file's form.
        agreementkit: Version of agreementkit.
        day: The day on which it was locked; findings that are printed under the lock are those of this day.
        configuration: Hash of the configuration (`Config.digest`).
        house: The house template.
        packs: The core and the packs over it, in order.
        outputs: SHA-256 of files that were made from it, by name; may be empty.
    """

    format: Literal[1] = FORMAT
    agreementkit: Line
    day: Day
    configuration: str = Field(pattern=r"^[0-9a-f]{32}$")
    house: LockedHouse
    packs: tuple[LockedPack, ...] = Field(min_length=1, max_length=21)
    outputs: dict[str, Sha] = Field(default_factory=dict)

    @property
    def positions(self) -> Positions | None:
        """Where each value stands in the lock file; None for a lock that was read from no file."""
        found: Positions | None = self.__dict__.get(_READ_FROM)
        return found

    @classmethod
    def of(cls, config: Config, bank: Bank | None = None) -> Lock:
        """Return a lock on what is here now.

        Args:
            config: The configuration.
            bank: The bank; None for the core with the packs that the configuration names.

        Raises:
            BankError: The bank or a pack is not sound.
            OutputError: The configuration names a house template that is not there.
            TemplateError: The house template cannot be used.
        """
        from agreementkit.writers.word.house.contents import house_files

        bank = bank if bank is not None else bank_of(config)
        return cls._made(config, bank.contents, house_files(house_of(config, bank.houses)))

    @classmethod
    def _made(cls, config: Config, contents: Sequence[PackContents], house: Mapping[str, str]) -> Lock:
        packs = tuple(
            LockedPack(
                id=one.stamp.id,
                version=one.stamp.version,
                shown=one.shown,
                digest=one.stamp.digest,
                files=dict(one.files),
            )
            for one in contents
        )
        return cls(
            agreementkit=__version__,
            day=_today(),
            configuration=config.digest,
            house=LockedHouse(name=config.house_style.template, files=dict(house)),
            packs=packs,
        )

    @staticmethod
    def path_of(config: Config) -> Path:
        """Return where the lock file of a configuration stands: `agreement.lock.yaml` beside `agreement.yaml`.

        Raises:
            LockError: AK275 when the configuration was read from no file.
        """
        if config.folder is None or config.positions is None:
            hint = "load it with `Config.load`, or hand over a lock"
            raise LockError(Diagnostic("AK275", "the configuration was read from no file", hints=(hint,)))
        file = Path(config.positions.source.file)
        path = file.with_name(f"{file.stem}{ENDING}")
        return path if path.absolute().parent == config.folder else config.folder / path.name  # as it was named

    @classmethod
    def read(cls, path: str | Path) -> Lock:
        """Read a lock file.

        Raises:
            LockError: AK275, with every fault; the file may also be missing.
        """
        path = Path(path)
        again = "write it with `agreementkit lock CONFIG`"
        if not path.is_file():
            raise LockError(Diagnostic("AK275", "there is no lock file", place=Place(str(path)), hints=(again,)))
        try:
            data, positions = load_yaml(read_text(path))
            lock = cls.model_validate(data if data is not None else {})
        except SourceError as error:
            raise LockError(*error.diagnostics) from error
        except ValidationError as error:
            found = model_faults(error, positions, "AK275", cls)
            raise LockError(*(replace(one, hints=(*one.hints, again)) for one in found)) from error
        lock.__dict__[_READ_FROM] = positions  # no field: two locks are equal wherever they were read
        return lock

    def write(self, path: str | Path) -> Path:
        """Write the lock file: whole, or not at all.

        Raises:
            OutputError: AK723 when it cannot be written.
        """
        text = yaml.safe_dump(self.model_dump(mode="json"), sort_keys=False, allow_unicode=True, width=120)
        (saved,) = save_all(Path(path).parent, [(Path(path).name, (_HEAD + text).encode())])
        return saved

    def with_outputs(self, agreements: AgreementSet, folder: str | Path) -> Lock:
        """Return the lock with the hashes of the files of the set that stand in a folder; PDFs are left out.

        Raises:
            LockError: AK275 when there is none, AK276 when a Word or JSON file was made from something else.
        """
        folder = Path(folder)
        stems = {f"{one.document.stem}{more}" for one in agreements for more in ("", "-guide")}
        found = [folder / f"{stem}{ending}" for stem in sorted(stems) for ending in _OUTPUTS]
        found = [path for path in found if path.is_file()]
        if not found:
            hint = "build the set there first, with `agreementkit build CONFIG -o DIR`"
            what = "no file of the set stands in this folder"
            raise LockError(Diagnostic("AK275", what, place=Place(str(folder)), hints=(hint,)))
        faults = [fault for path in found if path.suffix in (".docx", ".json") for fault in self._made_otherwise(path)]
        if faults:
            raise LockError(*faults)
        return self.model_copy(update={"outputs": {path.name: _sha(path.read_bytes()) for path in found}})

    def _made_otherwise(self, path: Path) -> Iterator[Diagnostic]:
        from agreementkit.provenance import Provenance
        from agreementkit.tree.nodes import PackStamp

        try:
            made = Provenance.read(path)
        except ProvenanceError as error:
            yield from error.diagnostics
            return
        packs = tuple(PackStamp(one.id, one.version, one.digest) for one in self.packs)
        here = Provenance("", self.agreementkit, self.configuration, packs, listing_digest(self.house.files))
        for one in made.compare(here):
            if not one.same:
                hint = "build the set again, or name the folder in which the right files are"
                yield Diagnostic(
                    "AK276", f"it was made from something else: {one}", place=Place(str(path)), hints=(hint,)
                )

    def bank(self, config: Config, bank: Bank | None = None) -> Bank:
        """Return the bank of a configuration, and refuse whatever is not as the lock pins it.

        Raises:
            LockError: AK276, with every difference; where a pack is not sound any more, with its faults too.
            BankError: A pack is not sound, and was not when it was locked.
        """
        from agreementkit.writers.word.house.contents import house_files_or_none

        try:
            bank = bank if bank is not None else bank_of(config)
        except BankError as error:
            contents = Bank.contents_of(packs_of(config))
            # the house may be in the very pack that cannot be read, so nothing is said of it
            drift = self.drift(self._made(config, contents, self.house.files)) if contents else ()
            if drift:
                raise LockError(*drift, *error.diagnostics) from error
            raise
        house = house_files_or_none(house_of(config, bank.houses))
        drift = self.drift(self._made(config, bank.contents, house))
        if drift:
            raise LockError(*drift)
        return bank

    def drift(self, now: Lock) -> tuple[Diagnostic, ...]:
        """Return every difference (AK276) between this lock and what is here now; the day is none."""
        return tuple(self._drift(now))

    def _drift(self, now: Lock) -> Iterator[Diagnostic]:
        again = "or, if it is meant, look at what changed and run `agreementkit lock` again"
        if self.agreementkit != now.agreementkit:
            what = f"the set was locked with agreementkit {self.agreementkit}; this is {now.agreementkit}"
            hint = f"install it: pip install agreementkit=={self.agreementkit}"
            yield self._differs(what, ("agreementkit",), hint, again)
        if self.configuration != now.configuration:
            hint = "take the change of the configuration back"
            yield self._differs("the configuration is not the one that was locked", ("configuration",), hint, again)
        if self.house.files != now.house.files:
            what = f"the house template {self.house.name} is not the one that was locked"
            what = f"{what}: {_files(self.house.files, now.house.files)}"
            yield self._differs(what, ("house", "files"), "put the template back as it was", again)
        here = {one.id: one for one in now.packs}
        for number, pack in enumerate(self.packs):
            if pack.id not in here:
                what = f"the pack {pack.id!r}, version {pack.version}, is locked and not here"
                yield self._differs(what, ("packs", number), "name it under `packs:` and see that it is there", again)
                continue
            found = here[pack.id]
            hint = f"put version {pack.version} back as it was"
            if found.digest != pack.digest:
                moved = f"version {pack.version} was locked, here is {found.version}; "
                moved = moved if found.version != pack.version else ""
                what = f"the pack {pack.id!r} has changed: {moved}{_files(pack.files, found.files)}"
                yield self._differs(what, ("packs", number, "digest"), hint, again)
            elif found.shown != pack.shown:
                what = f"the pack {pack.id!r} was locked as {pack.shown} and is read from {found.shown}"
                yield self._differs(what, ("packs", number, "shown"), f"put it back as {pack.shown}", again)
        for id_ in here:
            if id_ not in {one.id for one in self.packs}:
                what = f"the pack {id_!r}, version {here[id_].version}, is not locked"
                yield self._differs(what, ("packs",), "take it out of `packs:`", again)
        order = [one.id for one in self.packs]
        if set(order) == set(here) and order != list(here):
            what = f"the packs lie in another order than was locked: {', '.join(here)}"
            yield self._differs(what, ("packs",), f"name them in this order: {', '.join(order[1:])}", again)

    def require_house(self, house: Path | HouseStyle) -> None:
        """Refuse a house template that is not the locked one.

        Raises:
            LockError: AK276.
        """
        from agreementkit.writers.word.house.contents import house_files_or_none

        files = house_files_or_none(house)
        if files != self.house.files:
            what = f"the house template is not the locked one, {self.house.name}: {_files(self.house.files, files)}"
            hint = "leave `--template` out; to build with another, name it in the configuration and lock again"
            raise LockError(self._differs(what, ("house", "files"), hint))

    def require_outputs(self, files: Mapping[str, bytes]) -> None:
        """Refuse files that are to be written and differ from those that the lock records.

        Raises:
            LockError: AK277, with every such file.
        """
        hints = (
            "build with the options of the first time: `--final`, `--notes`, `--voice`, `--audience`, `--pages`",
            "page numbers come from LibreOffice: use the same version, or `--pages off` both times",
        )
        faults = [
            self._differs(f"{name} is not the file that was locked", ("outputs", name), *hints, code="AK277")
            for name, content in files.items()
            if name in self.outputs and self.outputs[name] != _sha(content)
        ]
        if faults:
            raise LockError(*faults)

    def _differs(self, what: str, loc: tuple[str | int, ...], *hints: str, code: str = "AK276") -> Diagnostic:
        return Diagnostic(code, what, place=self.positions.place(loc) if self.positions else None, hints=hints)


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _files(old: Mapping[str, str], new: Mapping[str, str]) -> str:
    """Return which files differ, in words."""
    groups = {
        "changed": [name for name in old if name in new and old[name] != new[name]],
        "new": [name for name in new if name not in old],
        "gone": [name for name in old if name not in new],
    }
    said = []
    for what, names in groups.items():
        more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        # a lock file may come from anybody, and a key of YAML may hold what moves a terminal
        shown = ", ".join(name if name.isprintable() else ascii(name) for name in names[:_SHOWN])
        said += [f"{shown}{more} {what}"] if names else []
    return "; ".join(said)
