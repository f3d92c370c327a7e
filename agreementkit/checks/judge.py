"""Judging findings: severities of one's own, and findings that somebody has looked at and accepts.

An error of law is never made less, and never accepted without its reason being printed. An acceptance that fits
nothing is reported, for it would hide the next finding of its kind.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from agreementkit.checks.scene import Scene
from agreementkit.diagnostics import Diagnostic, Place, Severity, suggest

JUDGING = {
    "AK590": "an acceptance that fits no finding",
    "AK591": "an accepted error of law, with its reason",
    "AK592": "an acceptance or severity that cannot be",
}
"""Codes of what is said about the judging itself."""


@dataclass(frozen=True, slots=True)
class _Acceptance:
    """One acceptance, wherever it was written."""

    code: str
    at: str
    reason: str
    path: str = ""
    place: Place | None = None

    def fits(self, found: Diagnostic) -> bool:
        return found.code == self.code and (not self.at or _stands(found, self.at))


def judge(
    scene: Scene, findings: Iterable[Diagnostic], codes: Collection[str], law: Collection[str]
) -> list[Diagnostic]:
    """Return the findings as they are reported.

    Args:
        scene: The set they are about.
        findings: What the checks found.
        codes: Codes that can be judged.
        law: Those of them that are about the law.
    """
    out: list[Diagnostic] = []
    wishes = {one.code: Severity(one.severity) for one in scene.config.checks.adjust}
    acceptances = list(_acceptances(scene))
    used: set[_Acceptance] = set()
    for found in findings:
        wish = wishes.get(found.code)
        if wish and not (found.code in law and found.severity is Severity.ERROR):
            found = replace(found, severity=wish)
        fitting = [one for one in acceptances if one.fits(found)]
        used.update(fitting)
        if not fitting:
            out.append(found)
        elif found.code in law and found.severity is Severity.ERROR:
            out.append(
                replace(
                    found,
                    code="AK591",
                    severity=Severity.INFO,
                    message=f"accepted, because {fitting[0].reason}: {found.message}",
                )
            )
    out += _unused(acceptances, used, codes)
    out += _impossible(scene, codes, law)
    return out


def _acceptances(scene: Scene) -> Iterator[_Acceptance]:
    for index, one in enumerate(scene.config.checks.accept):
        yield _Acceptance(one.code, scene.bank.former.division(one.at or ""), one.reason, f"checks.accept[{index}]")
    there = {id_.split("/")[0] for ids in scene.ids.values() for id_ in ids}
    for source in scene.bank:
        if source.id not in there:  # known without reading the clause, of which a bank may have many thousands
            continue
        for index, own in enumerate(source.front.accepts):
            at = f"{source.id}/{own.at}" if own.at else source.id
            yield _Acceptance(own.code, at, own.reason, source.id, source.place("accepts", index))


def _stands(found: Diagnostic, at: str) -> bool:
    """Whether a finding is about a place: a division and what is below it, in one agreement or any, or a setting."""
    agreement, colon, division = at.rpartition(":")
    if colon and found.agreement != agreement:
        return False
    below = found.division == division or found.division.startswith((f"{division}/", f"{division}-"))
    setting = found.path == at or found.path.startswith((f"{at}.", f"{at}["))
    return (bool(found.division) and below) or (not colon and bool(found.path) and setting)


def _unused(
    acceptances: Iterable[_Acceptance], used: Collection[_Acceptance], codes: Collection[str]
) -> Iterator[Diagnostic]:
    for one in acceptances:
        if one not in used and one.code in codes:
            where = f" at {one.at}" if one.at else ""
            yield Diagnostic(
                "AK590",
                f"nothing is found any more that {one.code}{where} accepts",
                Severity.WARNING,
                place=one.place,
                path=one.path,
                hints=("remove the acceptance; it would hide the next finding of its kind",),
            )


def _impossible(scene: Scene, codes: Collection[str], law: Collection[str]) -> Iterator[Diagnostic]:
    asked = [(f"checks.accept[{n}]", one.code) for n, one in enumerate(scene.config.checks.accept)]
    asked += [(f"checks.adjust[{n}]", one.code) for n, one in enumerate(scene.config.checks.adjust)]
    for path, code in asked:
        if code not in codes:
            yield Diagnostic(
                "AK592",
                f"there is no check {code}",
                path=path,
                hints=suggest(code, codes, "check") or ("see the list",),
            )
    for number, one in enumerate(scene.config.checks.adjust):
        if one.code in law and one.severity != "error":
            yield Diagnostic(
                "AK592",
                f"errors of {one.code} are errors of law and stay errors",
                Severity.WARNING,
                path=f"checks.adjust[{number}]",
                hints=("accept a single finding with a reason instead; the reason is printed",),
            )
