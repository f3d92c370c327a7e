"""The report of a batch: what became of each configuration, as an object, a table, a page, and plain data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from agreementkit import __version__
from agreementkit.batch.outcome import Outcome, State
from agreementkit.diagnostics import Diagnostic, suggest
from agreementkit.saving import save_all
from agreementkit.table import Table

_SHOWN = 20
"""How many configurations that failed are named in one line."""


@dataclass(frozen=True, slots=True, eq=False)
class BatchReport:
    """What became of each configuration of a batch, in the order in which they were given.

    Index it by name (`report["anytown"]`).

    Attributes:
        folder: The output folder.
        outcomes: What became of each.
        seconds: How long the run took.
        remarks: What has to be said about the run as a whole.
    """

    folder: Path
    outcomes: tuple[Outcome, ...]
    seconds: float = 0.0
    remarks: tuple[Diagnostic, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether every configuration was built or kept, and no error was found in any agreement."""
        return all(one.ok for one in self.outcomes)

    @property
    def built(self) -> tuple[Outcome, ...]:
        """Those that this run has built."""
        return self._of(State.BUILT)

    @property
    def kept(self) -> tuple[Outcome, ...]:
        """Those whose files of an earlier run are still right."""
        return self._of(State.KEPT)

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """Those that could not be built."""
        return self._of(State.FAILED)

    @property
    def hashes(self) -> dict[str, str]:
        """SHA-256 of every file, by its path below the output folder: the same for the same batch, whoever runs it."""
        return {
            Path(file.path).relative_to(self.folder).as_posix(): file.sha256
            for one in self.outcomes
            for file in one.files
        }

    @property
    def summary(self) -> str:
        """The report in one sentence."""
        counts = [(len(self.built), "built"), (len(self.kept), "kept, since nothing has changed")]
        said = ", ".join(f"{count:,} {what}" for count, what in counts if count) or "none built"
        failed = self.failed
        if failed:
            names = ", ".join(one.name for one in failed[:_SHOWN])
            said += f", {len(failed):,} failed: {names}{', …' if len(failed) > _SHOWN else ''}"
        errors = sum(one.errors > 0 for one in self.outcomes)
        if errors:
            said += f"; errors were found in {errors:,} of them"
        word = "configuration" if len(self.outcomes) == 1 else "configurations"
        return f"{len(self.outcomes):,} {word}: {said}"

    def table(self) -> Table:
        """Return a row for each configuration: what was done, how many files, errors and warnings, the first fault."""
        return Table((one.row() for one in self.outcomes), self.summary)

    def files(self) -> Table:
        """Return a row for each file: its configuration, agreement, format, path, size and SHA-256."""
        rows = ({"name": one.name, **file.as_dict()} for one in self.outcomes for file in one.files)
        return Table(rows, self.summary)

    def as_dict(self) -> dict[str, object]:
        """Return it as plain data, with every finding of every configuration.

        Raises:
            SourceError: AK784 when a record of this run is not there any more.
        """
        return {**self._head(), "configurations": [one.as_dict() for one in self.outcomes]}

    def write(self, path: str | Path) -> Path:
        """Write it as JSON, whole or not at all.

        Raises:
            OutputError: AK723 when it cannot be written.
            SourceError: AK784 when a record of this run is not there any more.
        """
        path = Path(path)
        # One configuration after the other: of thousands, only their text is in memory at once.
        rows = ",\n".join(f"    {json.dumps(one.as_dict(), ensure_ascii=False)}" for one in self.outcomes)
        head = json.dumps(self._head(), ensure_ascii=False, indent=2).removesuffix("\n}")
        text = f'{head},\n  "configurations": [\n{rows}\n  ]\n}}\n'
        (saved,) = save_all(path.parent, [(path.name, text.encode(errors="backslashreplace"))])
        return saved

    def _head(self) -> dict[str, object]:
        return {
            "format": 1,
            "agreementkit": __version__,
            "folder": str(self.folder),
            "ok": self.ok,
            "seconds": round(self.seconds, 1),
            **{state.value: len(self._of(state)) for state in State},
            "remarks": [one.as_dict() for one in self.remarks],
        }

    def _of(self, state: State) -> tuple[Outcome, ...]:
        return tuple(one for one in self.outcomes if one.state is state)

    def __getitem__(self, name: str) -> Outcome:
        for one in self.outcomes:
            if one.name == name:
                return one
        hints = suggest(name, [one.name for one in self.outcomes], "configuration")
        raise KeyError(f"the batch has no configuration {name!r}; {' '.join(hints)}")

    def __iter__(self) -> Iterator[Outcome]:
        return iter(self.outcomes)

    def __len__(self) -> int:
        return len(self.outcomes)

    def _ipython_key_completions_(self) -> list[str]:
        return [one.name for one in self.outcomes]

    def __repr__(self) -> str:
        return f"<BatchReport: {self.summary}>"

    def _repr_html_(self) -> str:
        remarks = "".join(f"<p>{escape(one.message)}</p>" for one in self.remarks)
        return remarks + self.table()._repr_html_()
