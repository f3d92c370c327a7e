"""The register itself: entries and floors by id, asked for a date and a nation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from agreementkit.bank.law.entries import NATIONS, Floor, LawEntry, Source, Standing
from agreementkit.bank.law.reading import (
    KEYS,
    entry_faults,
    fault_in,
    floor_faults,
    items_of,
    read_model,
    read_models,
)
from agreementkit.diagnostics import Diagnostic, Place, suggest
from agreementkit.errors import BankError


class LawRegister:
    """All entries, floors and sources of one register file. Made by `LawRegister.from_data`.

    Args:
        entries: Entries in file order.
        floors: Floors in file order.
        sources: Sources by key.
        checked: Day the register as a whole was last checked; None for an empty one.
        version: Version of the register.
        file: File it was read from, for diagnostics.
    """

    def __init__(
        self,
        entries: tuple[LawEntry, ...],
        floors: tuple[Floor, ...],
        sources: Mapping[str, Source],
        checked: dt.date | None,
        version: int,
        file: str,
    ) -> None:
        self.entries: Mapping[str, LawEntry] = MappingProxyType({e.id: e for e in entries})
        self.floors: Mapping[str, Floor] = MappingProxyType({f.id: f for f in floors})
        self.sources: Mapping[str, Source] = MappingProxyType(dict(sources))
        self.checked = checked
        self.version = version
        self.file = file

    @classmethod
    def from_data(cls, data: object, file: str = "law.yaml") -> LawRegister:
        """Make a register from parsed YAML. A file stands alone: it names only its own entries and sources.

        Args:
            data: The parsed file: a mapping with `version`, `checked`, `entries`, `floors` and `sources`.
            file: Name of the file, for diagnostics.

        Returns:
            The register.

        Raises:
            BankError: With every fault found, if there is any.
        """
        found: list[Diagnostic] = []
        if not isinstance(data, dict):
            raise BankError(fault_in("AK230", "the law register is not a mapping", file))
        found.extend(
            fault_in("AK230", f"the law register has no part {key!r}", file, *suggest(key, KEYS))
            for key in sorted(str(k) for k in data if k not in KEYS)
        )
        version, checked = data.get("version"), data.get("checked")
        if not isinstance(version, int) or isinstance(version, bool):
            found.append(fault_in("AK230", "`version` is not a whole number", file, path="version"))
        if isinstance(checked, str):
            try:
                checked = dt.date.fromisoformat(checked)
            except ValueError:
                checked = None
        if not isinstance(checked, dt.date):
            found.append(fault_in("AK230", "`checked` is not a date such as 2026-11-21", file, path="checked"))
        raw = data.get("sources", {})
        if not isinstance(raw, dict):
            found.append(fault_in("AK230", "`sources` is not a mapping", file, path="sources"))
            raw = {}
        sources = {
            str(key): model for key, item in raw.items() if (model := read_model(Source, item, str(key), file, found))
        }
        entries = read_models(LawEntry, data.get("entries"), "entries", file, found)
        floors = read_models(Floor, data.get("floors", []), "floors", file, found)
        # Whatever names an entry which is itself faulty would only repeat the first fault.
        named = {str(item.get("id")) for item in items_of(data.get("entries")) if isinstance(item, dict)}
        found += entry_faults(entries, named, set(map(str, raw)), file)
        found += floor_faults(floors, {e.id: e for e in entries}, named, file)
        if found or not isinstance(checked, dt.date) or not isinstance(version, int):
            raise BankError(*found)
        return cls(entries, floors, sources, checked, version, file)

    @classmethod
    def empty(cls) -> LawRegister:
        """Return a register with nothing in it, to merge others into."""
        return cls((), (), {}, None, 0, "law.yaml")

    def merged(self, other: LawRegister) -> LawRegister:
        """Return a register in which `other` lies over this one: its entries and floors win by id.

        The day checked is the earlier of the two, so that it holds for everything in the result.

        Args:
            other: The register to lay on top.
        """
        days = [day for day in (self.checked, other.checked) if day]
        return LawRegister(
            tuple({**self.entries, **other.entries}.values()),
            tuple({**self.floors, **other.floors}.values()),
            {**self.sources, **other.sources},
            min(days, default=None),
            self.version or other.version,
            self.file if self.entries else other.file,
        )

    def __getitem__(self, entry_id: str) -> LawEntry:
        """Return an entry.

        Raises:
            BankError: If there is none of that id; the nearest id is suggested.
        """
        entry = self.entries.get(entry_id)
        if entry is None:
            raise BankError(self.unknown(entry_id))
        return entry

    def __contains__(self, entry_id: object) -> bool:
        return entry_id in self.entries

    def __iter__(self) -> Iterator[LawEntry]:
        return iter(self.entries.values())

    def __len__(self) -> int:
        return len(self.entries)

    def unknown(self, entry_id: str, place: Place | None = None) -> Diagnostic:
        """Return the finding for an id that is not in the register, with the nearest id as a hint.

        Args:
            entry_id: The id that was asked for.
            place: Where it was asked for; the register file when not given.
        """
        return Diagnostic(
            "AK235",
            f"the law register has no entry {entry_id!r}",
            place=place or Place(self.file),
            hints=suggest(entry_id, self.entries, "law entry"),
            path=entry_id,
        )

    def floor(self, floor_id: str) -> Floor:
        """Return a floor.

        Raises:
            BankError: If there is none of that id; the nearest id is suggested.
        """
        floor = self.floors.get(floor_id)
        if floor is None:
            hints = suggest(floor_id, self.floors, "floor")
            raise BankError(
                fault_in("AK235", f"the law register has no floor {floor_id!r}", self.file, *hints, path=floor_id)
            )
        return floor

    def status_on(self, entry_id: str, on: dt.date, nation: str) -> Standing:
        """Return how an entry stands on a date in a nation.

        Args:
            entry_id: Id of the entry.
            on: The date that matters, usually that of the agreement.
            nation: One of `NATIONS`.

        Raises:
            BankError: If the entry or the nation is not known.
        """
        self._known(nation)
        return self[entry_id].standing(on, nation)

    def in_force(self, entry_id: str, on: dt.date, nation: str) -> bool:
        """Return whether the register vouches for an entry on a date in a nation.

        Args:
            entry_id: Id of the entry.
            on: The date that matters, usually that of the agreement.
            nation: One of `NATIONS`.

        Raises:
            BankError: If the entry or the nation is not known.
        """
        return self.status_on(entry_id, on, nation) is Standing.IN_FORCE

    def floors_for(self, on: dt.date, nation: str) -> tuple[Floor, ...]:
        """Return the floors that apply on a date in a nation, in file order; pending ones never do.

        A floor whose `basis` is not the agreement goes by another date, such as that of a dismissal; ask
        again with that date where it is known.

        Args:
            on: The date that matters.
            nation: One of `NATIONS`.

        Raises:
            BankError: If the nation is not known.
        """
        self._known(nation)
        return tuple(
            f
            for f in self.floors.values()
            if f.applies(on) and self.entries[f.entry].standing(on, nation) is Standing.IN_FORCE
        )

    def replaced_by(self, entry_id: str) -> tuple[LawEntry, ...]:
        """Return the entries that took the place of one that has ended, by their `changes` and dates; none if unknown.

        Args:
            entry_id: Id of the entry that has ended.
        """
        end = self[entry_id].end
        return tuple(e for e in self if entry_id in e.changes and e.start and end and e.start >= end)

    def _known(self, nation: str) -> None:
        if nation not in NATIONS:
            hints = suggest(nation, NATIONS, "nation")
            raise BankError(fault_in("AK236", f"there is no nation {nation!r}", self.file, *hints, path=nation))
