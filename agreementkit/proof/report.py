"""What a proof reports: what was looked at and how, and the configurations for which a bank is not sound."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from agreementkit.diagnostics import Diagnostic


@dataclass(slots=True)
class Claim:
    """One part of the proof.

    Attributes:
        name: What was looked at.
        how: `exact` or `search`.
        pieces: How many pieces.
        worlds: In how many worlds, all pieces together.
        seconds: How long it took.
        remark: What else is to be known.
    """

    name: str
    how: str
    pieces: int = 0
    worlds: int = 0
    seconds: float = 0.0
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A configuration for which the bank is not sound.

    Attributes:
        finding: What is wrong with it.
        configuration: The configuration, as small as it could be made, as a file.
        where: The piece in which it showed.
    """

    finding: Diagnostic
    configuration: str
    where: str


@dataclass(slots=True)
class Proof:
    """What was looked at, and what was found."""

    claims: list[Claim] = field(default_factory=list)
    counterexamples: list[Counterexample] = field(default_factory=list)
    false_alarms: int = 0

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.counterexamples

    def as_dict(self) -> dict[str, Any]:
        """Return the proof as plain data for JSON output."""
        return {
            "sound": self.ok,
            "claims": [asdict(claim) for claim in self.claims],
            "false_alarms": self.false_alarms,
            "counterexamples": [
                {"finding": one.finding.as_dict(), "configuration": one.configuration, "where": one.where}
                for one in self.counterexamples
            ],
        }
