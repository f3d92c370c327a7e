"""Clause files that are known again: nothing of them is laid out before somebody asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from agreementkit.bank.clause import ClauseSource, Kind, Links, read_clause
from agreementkit.bank.index import Index
from agreementkit.bank.lifecycle import life_of
from agreementkit.bank.manifest import Manifest
from agreementkit.bank.opening import open_file
from agreementkit.bank.option import Options
from agreementkit.diagnostics import Diagnostic
from agreementkit.errors import BankError
from agreementkit.source import Positions, SourceText

_NONE: Mapping[str, Any] = {}


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

    __slots__ = ("_home", "_number", "_options")
    _home: Home
    _number: int
    _options: Mapping[str, Options]
    # What packs lay over a clause makes an ordinary one of it, so that of these fields nothing has to be made.
    amendments = ()
    below = None
    written = None
    former: Mapping[str, str] = _NONE

    def __new__(cls, *given: Any, **named: Any) -> Any:
        """Return an empty clause, or an ordinary one where something is said of it."""
        return ClauseSource(*given, **named) if given or named else object.__new__(cls)

    def __init__(self) -> None:  # the fields stay empty
        pass

    @classmethod
    def of(cls, home: Home, number: int, options: Mapping[str, Options] = _NONE) -> ClauseSource:
        """Return the clause in one file of a pack.

        Args:
            home: The pack.
            number: Number of the file in its index.
            options: Options that it may ask for.
        """
        made: ClauseSource = object.__new__(cls)
        _SET_HOME(made, home)  # the slots themselves: a frozen class takes nothing else, and there may be thousands
        _SET_NUMBER(made, number)
        _SET_OPTIONS(made, options)
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
        return ClauseSource, tuple(getattr(self, field.name) for field in fields(ClauseSource))

    @property
    def id(self) -> str:
        """The clause's permanent id."""
        return self._home.index.ids[self._number]

    @property
    def options(self) -> Mapping[str, Options]:
        """Options that it may ask for: those of its packs and of the packs below, by pack and by name."""
        return self._options

    def seeing(self, options: Mapping[str, Options]) -> ClauseSource:
        """Return the clause with the options that it may ask for."""
        return KeptClause.of(self._home, self._number, options)

    @property
    def pack(self) -> str:
        """Id of the pack it came from."""
        return self._home.manifest.id

    @property
    def file(self) -> str:
        """Path for diagnostics."""
        return f"{self._home.shown}/{self._home.index.names[self._number]}"

    @property
    def digest(self) -> str:
        """Hash of the whole file, for caches and manifests."""
        return self._home.index.hashes[self._number][0]

    @property
    def stated(self) -> str:
        """Hash of what its front matter says of its words."""
        return self._home.index.hashes[self._number][1]

    @property
    def kind(self) -> Kind:
        """What it makes."""
        kinds = self._home.index.kinds
        return Kind(kinds[self._number]) if self._number in kinds else Kind.CLAUSE

    @property
    def is_definition(self) -> bool:
        """Whether it is a definition."""
        return self._home.index.kinds.get(self._number) == "definition"

    @property
    def replaces(self) -> str | None:
        """The version of the clause below that it says it replaces."""
        return self._home.index.replaces.get(self._number)

    @property
    def formerly(self) -> tuple[str, ...]:
        """Ids that the clause had before."""
        return self._home.index.formerly.get(self._number, ())

    @property
    def links(self) -> Links:
        """What it leads to."""
        return Links(*self._home.index.links.get(self._number, ()))


_SET_HOME, _SET_NUMBER, _SET_OPTIONS = (vars(KeptClause)[name].__set__ for name in KeptClause.__slots__)
_FIELDS = tuple(one.name for one in fields(ClauseSource) if one.name not in (*vars(KeptClause), "options"))
"""The fields that are made on first use."""
