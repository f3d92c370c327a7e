"""The lifecycle of a text of the bank: draft, agreed or superseded, who agreed it, and when it is looked at again.

The same three keys stand in the front matter of a clause or an amendment and, for a whole pack, in `pack.yaml`. What
they come to for one text is a `Life`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from agreementkit.diagnostics import Place
from agreementkit.source import Positions
from agreementkit.source.typed import Day, Line


class Status(StrEnum):
    """How far a text has come."""

    DRAFT = "draft"
    AGREED = "agreed"
    SUPERSEDED = "superseded"


class Approval(BaseModel):
    """One body that agreed a text.

    Attributes:
        body: The body, such as `Joint Forum`; never a person.
        date: Day of its decision.
        reference: Where the decision is recorded, such as the number of a minute.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    body: Line
    date: Day
    reference: Line | None = None

    def __str__(self) -> str:
        reference = f" ({self.reference})" if self.reference else ""
        return f"{self.body} on {self.date.isoformat()}{reference}"


class LifecycleKeys(BaseModel):
    """The keys of the lifecycle, for models of files that have them. A key that is not there is None."""

    # Deferred, as are all models of files: no schema is made for a kind of file that is not read.
    model_config = ConfigDict(defer_build=True)

    status: Status | None = Field(default=None, description="How far the text has come: draft, agreed or superseded")
    approved: tuple[Approval, ...] | None = Field(
        default=None, max_length=20, description="The bodies that agreed it, each with the date"
    )
    review_by: Day | None = Field(default=None, description="Day by which it is looked at again")

    @model_validator(mode="after")
    def _agreed_by_somebody(self) -> Any:
        if self.status is Status.AGREED and not self.approved:
            raise ValueError("a text with `status: agreed` needs `approved:`, a body and the date of its decision")
        return self


@dataclass(frozen=True, slots=True)
class Life:
    """The lifecycle of one text, with what it takes from its pack and from a pack that adopts it.

    Attributes:
        status: How far it has come.
        approved: The bodies that agreed it.
        review_by: Day by which it is looked at again.
        place: Where that is said, if it is said anywhere.
        adopted_by: Id of the pack over it that adopts it; empty when its own pack speaks.
        lapsed: An adoption of other words than these, if there is one.
    """

    status: Status = Status.DRAFT
    approved: tuple[Approval, ...] = ()
    review_by: date | None = None
    place: Place | None = None
    adopted_by: str = ""
    lapsed: Lapsed | None = None

    @property
    def is_agreed(self) -> bool:
        """Whether it may stand where only agreed texts may."""
        return self.status is Status.AGREED

    def __str__(self) -> str:
        approved = f", approved by {' and '.join(str(one) for one in self.approved)}" if self.approved else ""
        adopted = f", adopted in {self.adopted_by}" if self.adopted_by else ""
        review = f", review by {self.review_by.isoformat()}" if self.review_by else ""
        return f"{self.status.value}{approved}{adopted}{review}"

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data, for programs."""
        return {
            "status": self.status.value,
            "approved": [
                {"body": one.body, "date": one.date.isoformat(), "reference": one.reference} for one in self.approved
            ],
            "review_by": self.review_by.isoformat() if self.review_by else None,
            "adopted_by": self.adopted_by or None,
        }


@dataclass(frozen=True, slots=True)
class Lapsed:
    """An adoption that is about other words than those that lie there now.

    Attributes:
        approved: The bodies that agreed those words.
        base: Version that they agreed.
        pack: Id of the pack that says so.
        place: Where.
    """

    approved: tuple[Approval, ...]
    base: str
    pack: str
    place: Place


def life_of_pack(pack: LifecycleKeys) -> Life:
    """Return the life of the texts of a pack that say nothing themselves."""
    return Life(pack.status or Status.DRAFT, pack.approved or (), pack.review_by)


UNSAID = Life()
"""The life of a text of which nothing is said: a draft."""


def life_of(own: LifecycleKeys, at: Positions, pack: LifecycleKeys, pack_at: Positions) -> Life:
    """Return the life of a text from its own keys and those of its pack.

    A text that gives its own `status` takes no approval from its pack: whoever agreed the pack did not agree what is
    marked as a draft in it. Otherwise each key that it leaves out is taken from the pack.

    Args:
        own: Keys of the file.
        at: Places of the file.
        pack: Keys of `pack.yaml`.
        pack_at: Places of `pack.yaml`.
    """
    life = replace(life_of_pack(pack), place=pack_at.place(("status",)) if pack.status is not None else None)
    if own.review_by is not None:
        life = replace(life, review_by=own.review_by)
    if own.status is not None:
        return replace(life, status=own.status, approved=own.approved or (), place=at.place(("status",)))
    return replace(life, approved=own.approved, place=at.place(("approved",))) if own.approved else life
