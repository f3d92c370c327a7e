"""Clause files that are known again: nothing of them is laid out before somebody asks for it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from agreementkit.bank.clause import ClauseSource, Links, read_clause
from agreementkit.bank.index import Index
from agreementkit.bank.lifecycle import life_of
from agreementkit.bank.manifest import Manifest
from agreementkit.bank.opening import open_file
from agreementkit.diagnostics import Diagnostic
from agreementkit.errors import BankError
from agreementkit.source import Positions, SourceText


@dataclass(frozen=True, slots=True)
class Home:
    """What the clauses of a pack have in common.

    Attributes:
        index: What was kept of the pack.
        manifest: Who the pack is.
        positions: Places in its `pack.yaml`.
        shown: Name of the pack in messages.
    """

    index: Index
    manifest: Manifest
    positions: Positions
    shown: str

    def text(self, number: int) -> SourceText:
        """Return a file of the pack."""
        return self.index.text(number, f"{self.shown}/{self.index.names[number]}")


class KeptClause(ClauseSource):
    """A clause file of which an index says enough to lay it among the others; the rest is made on first use.

    What `dataclasses.replace` makes of one is an ordinary clause.
    """

    __slots__ = ("_home", "_number")

    def __new__(cls, *given: Any, **named: Any) -> Any:
        return ClauseSource(*given, **named) if given or named else object.__new__(cls)

    def __init__(self) -> None:  # the fields stay empty
        pass

    @classmethod
    def of(cls, home: Home, number: int) -> ClauseSource:
        """Return the clause in one file of a pack.

        Args:
            home: The pack.
            number: Number of the file in its index.
        """
        made: ClauseSource = object.__new__(cls)
        _SET_HOME(made, home)  # the slots themselves: a frozen class takes nothing else, and there may be thousands
        _SET_NUMBER(made, number)
        return made

    def __getattr__(self, name: str) -> Any:
        if name not in _FIELDS:  # a field that is empty is made now; anything else is a mistake of the caller
            raise AttributeError(name)
        made = self._made()
        for field in _FIELDS:
            object.__setattr__(self, field, getattr(made, field))
        return getattr(made, name)

    def _made(self) -> ClauseSource:
        home, found = self._home, list[Diagnostic]()
        opened = open_file(home.text(self._number), found)
        clause = read_clause(opened, home.manifest.id, found) if opened else None
        if clause is None:
            raise BankError(*found)
        return clause.living(life_of(clause.front, clause.positions, home.manifest, home.positions))

    def __reduce__(self) -> Any:
        """Let a copy, or what is sent to another process, be an ordinary clause."""
        return ClauseSource, tuple(getattr(self, field) for field in _FIELDS)

    @property
    def id(self) -> str:
        """The clause's permanent id."""
        return self._home.index.ids[self._number]

    @property
    def is_definition(self) -> bool:
        """Whether it is a definition."""
        return self._number in self._home.index.definitions

    @property
    def replaces(self) -> str | None:
        """The version of the clause below that it says it replaces."""
        return self._home.index.replaces.get(self._number)

    @property
    def formerly(self) -> tuple[str, ...]:
        """Ids that the clause had before."""
        return tuple(self._home.index.formerly.get(self._number, ()))

    @property
    def links(self) -> Links:
        """What it leads to."""
        return Links(*self._home.index.links.get(self._number, ()))


_SET_HOME: Any = KeptClause._home.__set__  # type: ignore[attr-defined]
_SET_NUMBER: Any = KeptClause._number.__set__  # type: ignore[attr-defined]
_FIELDS = tuple(field.name for field in fields(ClauseSource))
