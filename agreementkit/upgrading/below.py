"""What lies below a pack: the wordings there now, and those that are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from agreementkit.bank import Bank, ClauseSource
from agreementkit.bank.clause import Kind
from agreementkit.bank.history import History, Shelf, read_history, shelf_of
from agreementkit.bank.opening import content_hash
from agreementkit.bank.pack import Pack
from agreementkit.diagnostics import Diagnostic
from agreementkit.source import SourceText


@dataclass(frozen=True, slots=True)
class Below:
    """The packs below one, laid over one another, with what they have kept.

    Attributes:
        bank: What lies there now.
        packs: The packs, by id.
        found: Takes faults of what they have kept.
    """

    bank: Bank
    packs: Mapping[str, Pack]
    found: list[Diagnostic]
    _histories: dict[str, History] = field(default_factory=dict)

    @classmethod
    def of(cls, read: Sequence[Pack], found: list[Diagnostic]) -> Below:
        """Lay the packs that were read; faults go to `found`."""
        return cls(Bank.of_packs(read, found), {pack.manifest.id: pack for pack in read}, found)

    def source(self, id_: str, *, definition: bool) -> ClauseSource | None:
        """Return a clause or a definition as it lies there."""
        if definition:
            return self.bank.terms.get(self.bank.former.terms.get(id_, id_))
        return self.bank.clauses.get(self.bank.former.clause(id_))

    def now(self, source: ClauseSource) -> SourceText:
        """Return the file of a clause that lies there."""
        files = self.packs[source.pack].files
        return SourceText.decode(files.files[source.file.removeprefix(f"{files.shown}/")], source.file)

    def then(self, source: ClauseSource, version: str, beginning: str) -> SourceText | None:
        """Return the wording of a version of a clause, the present one or one that is kept.

        Args:
            source: The clause as it lies there.
            version: The version wanted.
            beginning: How its content hash begins; empty when that is not known.

        Returns:
            The wording; None when it was not kept.
        """
        if version == source.front.version and source.digest.startswith(beginning):
            return self.now(source)
        history, shelf = self._history(source.pack), shelf_of(source)
        kept = (history.wording((shelf, id_, version), beginning) for id_ in (source.id, *source.front.formerly))
        return next((text for text in kept if text is not None), None)

    def outline_now(self, id_: str) -> SourceText | None:
        """Return the file of a precedent that lies there."""
        placed = self.bank.precedents.get(id_)
        return placed.positions.source if placed else None

    def outline_then(self, id_: str, version: str) -> SourceText | None:
        """Return the wording of a version of a precedent; None when it was not kept."""
        placed = self.bank.precedents[id_]
        if placed.outline.version == version:
            return placed.positions.source
        return self._history(placed.pack).wording((Shelf.PRECEDENTS, id_, version))

    def _history(self, pack: str) -> History:
        if pack not in self._histories:
            self._histories[pack] = read_history(self.packs[pack].files, self.found)
        return self._histories[pack]


def is_definition(source: ClauseSource) -> bool:
    """Return whether a file defines a term."""
    return source.front.kind is Kind.DEFINITION


def hash_of(text: SourceText, like: str) -> str:
    """Return the content hash of a wording, as long as another one was written."""
    return content_hash(text.text)[: len(like) or None]
