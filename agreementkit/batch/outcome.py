"""What became of one configuration of a batch. Plain and small: it travels from a worker, and thousands are kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from agreementkit.batch.records import BatchFile, read_record
from agreementkit.diagnostics import MAX_SHOWN, Diagnostic, Place, Report, Severity
from agreementkit.errors import SourceError

MOST_FAULTS = 50
"""Faults of one configuration that are carried about; `agreementkit check` lists them all."""


class State(StrEnum):
    """What was done. `kept` means that the files of an earlier run are still what would be made now."""

    BUILT = "built"
    KEPT = "kept"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one configuration.

    Attributes:
        name: Its name, and that of its folder.
        configuration: The file, as it was named; empty for one that came from no file.
        state: What was done.
        files: What is there now; empty when it failed.
        errors: How many errors were found in the agreements. A draft is written all the same.
        warnings: How many warnings.
        infos: How many that only tell.
        faults: Why it failed; empty otherwise. Long lists are cut, and say so.
        attempts: How often it was begun; more than once when a worker was lost.
        seconds: How long the last attempt took.
        record: The file in which its findings stand; empty when it failed.
        key: What its files were made from, as one hash; empty when it failed.
    """

    name: str
    configuration: str
    state: State
    files: tuple[BatchFile, ...] = ()
    errors: int = 0
    warnings: int = 0
    infos: int = 0
    faults: tuple[Diagnostic, ...] = ()
    attempts: int = 1
    seconds: float = 0.0
    record: str = ""
    key: str = ""

    @classmethod
    def failed(cls, name: str, configuration: str, faults: Sequence[Diagnostic], attempts: int = 1) -> Outcome:
        """Return the outcome of a configuration that could not be built; its list of faults is bounded."""
        kept = tuple(_slim(one) for one in faults[:MOST_FAULTS])
        if len(faults) > MOST_FAULTS:
            hint = "mend these first; `agreementkit check` lists all of one configuration"
            kept += (Diagnostic("AK789", f"and {len(faults) - MOST_FAULTS:,} more faults", hints=(hint,)),)
        return cls(name, configuration, State.FAILED, faults=kept, attempts=attempts)

    @property
    def ok(self) -> bool:
        """Whether the files are there and nothing in them is an error."""
        return self.state is not State.FAILED and not self.errors

    @property
    def findings(self) -> Report:
        """What was found in the agreements, read from the record of this run; the faults, when it failed.

        Raises:
            SourceError: AK784 when the record is not there any more, or is that of a later run.
        """
        if self.state is State.FAILED:
            return Report(list(self.faults))
        found = read_record(Path(self.record))
        if found is None or found.key != self.key:
            raise SourceError(no_record(self.record))
        return Report(list(found.findings))

    def at(self, places: Collection[tuple[str, Place]]) -> Outcome:
        """Return the same with places for the faults of settings, by the path of the setting."""
        known = dict(places)
        return replace(self, faults=tuple(one if one.place else one.at(known.get(one.path)) for one in self.faults))

    def row(self) -> dict[str, object]:
        """Return it as a row of a table."""
        first = next((one for one in self.faults if one.severity is Severity.ERROR), None)
        return {
            "name": self.name,
            "state": self.state.value,
            "files": len(self.files),
            "bytes": sum(one.size for one in self.files),
            "errors": self.errors + len(self.faults),
            "warnings": self.warnings,
            "attempts": self.attempts,
            "configuration": self.configuration,
            "first fault": f"{first.code}: {first.message}" if first else "",
        }

    def as_dict(self) -> dict[str, object]:
        """Return it as plain data, with every finding; how long it took is left out, so that reports compare."""
        failed = self.state is State.FAILED
        return {
            "name": self.name,
            "configuration": self.configuration or None,
            "state": self.state.value,
            "attempts": self.attempts,
            "files": [one.as_dict() for one in self.files],
            "faults": [one.as_dict() for one in self.faults],
            "findings": [] if failed else [one.as_dict() for one in self.findings],
        }


def no_record(path: str) -> Diagnostic:
    """Return what is said when the record of a configuration cannot be used."""
    return Diagnostic(
        "AK784",
        "the record of an earlier run cannot be used",
        Severity.INFO,
        Place(path),
        ("nothing has to be done: the configuration is built again and its record written anew",),
    )


def _slim(one: Diagnostic) -> Diagnostic:
    """Return a finding without a source line that is too long to carry about."""
    if one.place and len(one.place.source) > 10 * MAX_SHOWN:
        return one.at(replace(one.place, source=""))
    return one
