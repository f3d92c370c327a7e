"""Withdrawals: the clauses below it that a pack does without, read from `withdrawn.yaml`."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agreementkit.bank.clause import ClauseSource
from agreementkit.bank.entries import read_entries
from agreementkit.bank.faults import model_faults
from agreementkit.bank.opening import HASH, Identifier
from agreementkit.diagnostics import Diagnostic, Place
from agreementkit.source import Positions, SourceText

_KEY = "withdrawn"


class Withdrawal(BaseModel):
    """One clause that is taken out."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    clause: Identifier = Field(description="Id of the clause")
    base: str = Field(pattern=r"^\d+\.\d+$", description="Version of the clause below, quoted")
    base_hash: str = Field(default="", pattern=HASH, description="Content hash of that clause")
    over: tuple[Identifier, ...] = Field(default=(), description="Packs whose changes to the clause this one knows of")
    because: str = Field(min_length=1, max_length=500, description="Why the clause is not wanted")


@dataclass(frozen=True, slots=True, eq=False)
class PlacedWithdrawal:
    """A withdrawal with the places of its values.

    Attributes:
        withdrawal: The withdrawal.
        positions: Places of the file.
        number: Which of the file's withdrawals it is, from 0.
        pack: Id of the pack it came from.
        below: The clause that is taken out, once the pack is laid.
    """

    withdrawal: Withdrawal
    positions: Positions
    number: int
    pack: str
    below: ClauseSource | None = None

    def place(self, *path: str | int) -> Place:
        """Return where a value of the withdrawal stands."""
        return self.positions.place((_KEY, self.number, *path))


def read_withdrawals(source: SourceText, pack: str, found: list[Diagnostic]) -> list[PlacedWithdrawal]:
    """Read a `withdrawn.yaml`; faults (AK250) go to `found`."""
    items, positions = read_entries(source, _KEY, "AK250", "a clause, `- clause: …`", found)
    if positions is None:
        return []
    placed: list[PlacedWithdrawal] = []
    for number, item in enumerate(items):
        try:
            withdrawal = Withdrawal.model_validate(item)
        except ValidationError as error:
            found.extend(model_faults(error, positions, "AK250", Withdrawal, under=(_KEY, number), page="packs.md"))
            continue
        placed.append(PlacedWithdrawal(withdrawal, positions, number, pack))
    return placed
