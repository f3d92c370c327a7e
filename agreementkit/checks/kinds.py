"""What a check is, and what it finds. A check looks at a scene and changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from agreementkit.checks.scene import Passage, Scene
from agreementkit.diagnostics import Diagnostic, Place, Severity


class Family(StrEnum):
    """What a check looks at."""

    DRAFTING = "drafting"
    ARRANGEMENT = "arrangement"
    LAW = "law"


@dataclass(frozen=True, slots=True)
class Found:
    """One finding of a check, which gives it code and severity.

    Attributes:
        message: One sentence that says what is wrong, with the words or values concerned.
        hints: Next steps, most useful first.
        agreement: Precedent id of the agreement it is about.
        division: Id of the division it is about.
        path: Configuration path that would change it.
        place: Where in which source file, if it has a place.
        cites: Ids of the law register it rests on.
        severity: Only where it differs from the check's.
    """

    message: str
    hints: tuple[str, ...] = ()
    agreement: str = ""
    division: str = ""
    path: str = ""
    place: Place | None = None
    cites: tuple[str, ...] = ()
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    Attributes:
        code: Stable code: `AK5` and two digits, or one of the bank's where it is about the texts themselves.
        name: What it finds, in a few words.
        why: Why that matters, in a sentence or two.
        family: What it looks at.
        severity: How serious its findings usually are.
        look: Finds.
    """

    code: str
    name: str
    why: str
    family: Family
    severity: Severity
    look: Callable[[Scene], Iterable[Found]]

    def findings(self, scene: Scene) -> Iterable[Diagnostic]:
        """Yield what this check finds, as diagnostics."""
        for found in self.look(scene):
            yield Diagnostic(
                self.code,
                found.message,
                found.severity or self.severity,
                place=found.place,
                hints=found.hints,
                path=found.path,
                agreement=found.agreement,
                division=found.division,
                cites=tuple(scene.cited(id_) for id_ in found.cites),
            )


def at(passage: Passage, message: str, *hints: str, path: str = "", cites: tuple[str, ...] = ()) -> Found:
    """Return a finding about a passage; the message begins where it stands: "clause 7.2 of the … says …"."""
    return Found(
        f"{passage.where} {message}",
        hints,
        agreement=passage.agreement,
        division=passage.division,
        path=path,
        place=passage.place,
        cites=cites,
    )
