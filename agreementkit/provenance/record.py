"""The provenance of a file: which agreementkit, configuration, packs and house template it was made from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agreementkit import __version__
from agreementkit.bank.opening import ID_PATTERN
from agreementkit.errors import ProvenanceError
from agreementkit.provenance.reading import read_facts, refuse
from agreementkit.tree.nodes import PackStamp
from agreementkit.writers.stamp import FORMAT, PACK, PREFIX

if TYPE_CHECKING:
    from agreementkit.bank import Bank
    from agreementkit.config import Config

_ID = re.compile(ID_PATTERN)
_VERSION = re.compile(r"[0-9]+(\.[0-9A-Za-z+-]{1,20}){0,5}")
_SHORT, _LONG = re.compile(r"[0-9a-f]{32}"), re.compile(r"[0-9a-f]{64}")
_SHOWN = 12
_MOST_PACKS = 21


@dataclass(frozen=True, slots=True)
class Comparison:
    """One fact of a file beside the same fact here.

    Attributes:
        what: `agreementkit`, `configuration`, `house template` or `pack anytown`.
        file: What the file says; empty when it has none.
        here: What is here; empty when there is none.
    """

    what: str
    file: str
    here: str

    @property
    def same(self) -> bool:
        """Whether the two are the same."""
        return self.file == self.here

    def __str__(self) -> str:
        if self.same:
            return f"{self.what}: the same ({_shown(self.file)})"
        return f"{self.what}: the file {_has(self.file)}, here {_has(self.here)}"


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a file was made from. Of the configuration only a hash is known.

    Attributes:
        precedent: Precedent id of the agreement in it; empty for a whole set.
        agreementkit: Version of agreementkit.
        configuration: Hash of the configuration (`Config.digest`).
        packs: The core and the packs over it, each with version and hash.
        house: Hash of the house template; empty when it is not known.
    """

    precedent: str
    agreementkit: str
    configuration: str
    packs: tuple[PackStamp, ...]
    house: str = ""

    @classmethod
    def read(cls, path: str | Path) -> Provenance:
        """Read it from a Word or JSON file. The file is not trusted, and is not changed.

        Raises:
            ProvenanceError: AK278, with every fault: it cannot be read, is no such file, or says nothing sound.
        """
        path = Path(path)
        facts = read_facts(path)
        faults = [refuse(path, message, hint) for message, hint in _faults(facts)]
        if faults:
            raise ProvenanceError(*(one.diagnostics[0] for one in faults))
        packs = (PackStamp(*facts[name].split(" ")) for name in _pack_names(facts))
        precedent, version, configuration, house = (
            facts.get(f"{PREFIX}{name}", "") for name in ("precedent", "version", "configuration", "house")
        )
        return cls(precedent, version, configuration, tuple(packs), house)

    @classmethod
    def here(cls, config: Config, bank: Bank | None = None) -> Provenance:
        """Return what a file would say that was made here and now.

        Args:
            config: The configuration.
            bank: The bank; None for the core with the packs that the configuration names.

        Raises:
            BankError: The bank or a pack is not sound.
            OutputError: The configuration names a house template that is not there.
        """
        from agreementkit.agreement import bank_of
        from agreementkit.publish import house_digest, house_of

        bank = bank if bank is not None else bank_of(config)
        stamps = tuple(one.stamp for one in bank.contents)
        return cls("", __version__, config.digest, stamps, house_digest(house_of(config, bank.houses)))

    def compare(self, here: Provenance) -> tuple[Comparison, ...]:
        """Return each fact beside the same fact elsewhere; the precedent is none of them."""
        own, other = ({one.id: f"{one.version} {one.digest}" for one in side.packs} for side in (self, here))
        turned = set(own) == set(other) and list(own) != list(other)
        packs = (Comparison(f"pack {id_}", own.get(id_, ""), other.get(id_, "")) for id_ in {**own, **other})
        return (
            Comparison("agreementkit", self.agreementkit, here.agreementkit),
            Comparison("configuration", self.configuration, here.configuration),
            Comparison("house template", self.house, here.house),
            *packs,
            *([Comparison("order of packs", ", ".join(own), ", ".join(other))] if turned else []),
        )

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data, for programs."""
        return {
            "format": int(FORMAT),
            "precedent": self.precedent,
            "agreementkit": self.agreementkit,
            "configuration": self.configuration,
            "packs": [{"id": one.id, "version": one.version, "digest": one.digest} for one in self.packs],
            "house": self.house or None,
        }

    def __str__(self) -> str:
        lines = [
            f"{self.precedent} agreement, made by agreementkit {self.agreementkit}",
            f"  configuration   {self.configuration}",
            f"  house template  {self.house or 'not known'}",
        ]
        return "\n".join([*lines, *(f"  pack            {one.id} {one.version}  {one.digest}" for one in self.packs)])


def _pack_names(facts: Mapping[str, str]) -> list[str]:
    """Return the names of the packs in order."""
    names = [name for name in facts if name.startswith(PACK)]
    return sorted(names, key=lambda name: (len(name), name))


def _faults(facts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the facts of a file, each with a next step; nothing of them is printed as it stands."""
    form = facts.get(f"{PREFIX}provenance")
    if form is None:
        yield "the file was made by agreementkit and does not say from what", "build it again"
        return
    if form != FORMAT:
        yield "the file says it in a newer form than this agreementkit knows", "install a newer agreementkit"
        return
    hint = "ask for the file as it was sent"
    for name, pattern, needed in (
        ("precedent", _ID, True), ("version", _VERSION, True), ("configuration", _SHORT, True), ("house", _LONG, False),
    ):  # fmt: skip
        value = facts.get(f"{PREFIX}{name}")
        if (value is None and needed) or (value is not None and not pattern.fullmatch(value)):
            yield f"the property {PREFIX}{name} is not what agreementkit writes", hint
    names = _pack_names(facts)
    if names != [f"{PACK}{number}" for number in range(1, len(names) + 1)] or not 0 < len(names) <= _MOST_PACKS:
        yield "the packs are not numbered as agreementkit numbers them", hint
        return
    for name in names:
        id_, _, rest = facts[name].partition(" ")
        version, _, digest = rest.partition(" ")
        if not (_ID.fullmatch(id_) and _VERSION.fullmatch(version) and _LONG.fullmatch(digest)):
            yield f"the property {name} is not what agreementkit writes", hint


def _shown(fact: str) -> str:
    """Return a fact with its hash cut short."""
    return " ".join(word[:_SHOWN] if _SHORT.fullmatch(word) or _LONG.fullmatch(word) else word for word in fact.split())


def _has(fact: str) -> str:
    return f"has {_shown(fact)}" if fact else "has none"
