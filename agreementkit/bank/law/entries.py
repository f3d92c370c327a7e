"""The entries and floors of the law register, typed, and how each stands on a date."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from agreementkit.bank.opening import Expression

Nation = Literal["england", "scotland", "wales", "northern-ireland"]
NATIONS: tuple[str, ...] = ("england", "scotland", "wales", "northern-ireland")


class Standing(StrEnum):
    """How an entry stands on a date in a nation."""

    IN_FORCE = "in-force"
    PENDING = "pending"
    NOT_YET = "not-yet"
    ENDED = "ended"
    UNKNOWN = "unknown"
    ELSEWHERE = "elsewhere"


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)


class Source(_Model):
    """Where a fact was read.

    Attributes:
        address: Public address, or the name of the publication.
        dated: Date of the text or page, in words.
    """

    address: str = Field(min_length=1)
    dated: str = Field(min_length=1)


class LawEntry(_Model):
    """One provision, code, policy, guidance document or case.

    Attributes:
        id: Stable id, such as `tulrca-1992-s168`.
        fact: Key of the researched fact behind it.
        cite: How it prints in a citation.
        short: Short form of the citation.
        kind: What sort of authority it is.
        status: `confirmed`, `general-knowledge`, `pending` or `repealed`.
        extent: Nations where it applies.
        start: First day in force; None when not recorded. `from` in the file.
        end: First day no longer in force; None while it stands. `to` in the file.
        known_from: Only where the start is not recorded: the earliest day the register speaks for.
        summary: What it says, in plain words.
        note: What is not confirmed, and plans.
        sources: Keys of the sources it was read in.
        changes: Ids of entries that it changes, brings in or takes the place of, or would once it is in force.
        checked: Day it was last checked.
    """

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    fact: str = Field(min_length=1)
    cite: str = Field(min_length=1)
    short: str = Field(min_length=1)
    kind: Literal["law", "code", "policy", "guidance", "case"]
    status: Literal["confirmed", "general-knowledge", "pending", "repealed"]
    extent: tuple[Nation, ...] = Field(min_length=1)
    start: dt.date | None = Field(alias="from")
    end: dt.date | None = Field(alias="to")
    known_from: dt.date | None = None
    summary: str = Field(min_length=1)
    note: str = ""
    sources: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    checked: dt.date

    def standing(self, on: dt.date, nation: str) -> Standing:
        """Return how this entry stands on a date in a nation.

        Args:
            on: The date that matters, usually that of the agreement.
            nation: One of `NATIONS`.
        """
        if nation not in self.extent:
            return Standing.ELSEWHERE
        if self.status == "pending":
            return Standing.PENDING
        if self.end and on >= self.end:
            return Standing.ENDED
        if self.start and on < self.start:
            return Standing.NOT_YET
        if self.known_from and on < self.known_from:
            return Standing.UNKNOWN
        return Standing.IN_FORCE


class Floor(_Model):
    """A limit in machine form. An agreed value is acceptable when `agreed comparator value` holds.

    Attributes:
        id: Stable id, such as `fl_cr_days_100`.
        entry: Id of the entry it comes from.
        also: Ids of further entries it rests on.
        quantity: What is limited, in words.
        comparator: `==`, `<=`, `>=`, `includes_all` or `implies`.
        value: The limit; None where no value is fixed.
        least: Lower bound that goes with the value.
        most: Upper bound that goes with the value.
        unit: Unit of the value.
        applies_when: When it applies, in words.
        kind: `law` (breach is an error), `policy` or `guidance` (a warning), `info` (only for notes).
        status: `in_force`, `repealed` (the old duty is gone and must not be claimed) or `pending`.
        start: First day it applies; None when not recorded. `from` in the file.
        end: First day it no longer applies. `to` in the file.
        basis: What the dates are compared with.
        agreed: Expression over the configuration for the agreed value; a list for `includes_all`. Without it, or where
            it gives none, agreements say nothing about the quantity and there is nothing to check.
        when: Expression that says for which configurations and sets the floor matters; always without it. It may ask
            `'clause' is present` and `'clause/paragraph' is present`.
        says: What would do, in short words, where `agreed` is more than one setting.
        note: Anything to know when using it.
    """

    id: str = Field(pattern=r"^fl_[a-z0-9_]+$")
    entry: str
    also: tuple[str, ...] = ()
    quantity: str = Field(min_length=1)
    comparator: Literal["==", "<=", ">=", "includes_all", "implies"]
    value: bool | int | float | str | tuple[str, ...] | None
    least: int | None = None
    most: int | None = None
    unit: str = Field(min_length=1)
    applies_when: str = Field(min_length=1)
    kind: Literal["law", "policy", "info", "guidance"]
    status: Literal["in_force", "repealed", "pending"]
    start: dt.date | None = Field(alias="from")
    end: dt.date | None = Field(alias="to")
    basis: Literal["agreement", "dismissal", "transfer", "ballot", "relevant-period"] = "agreement"
    agreed: Expression | None = None
    when: Expression | None = None
    says: str = ""
    note: str = ""

    def applies(self, on: dt.date) -> bool:
        """Return whether the floor's own dates cover `on`; a pending floor never applies."""
        if self.status == "pending":
            return False
        return (self.start is None or on >= self.start) and (self.end is None or on < self.end)
