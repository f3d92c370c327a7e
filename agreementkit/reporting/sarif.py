"""Findings as SARIF 2.1.0 (OASIS), which code hosts and editors read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from agreementkit import __version__
from agreementkit.checks import CHECKS
from agreementkit.diagnostics import Diagnostic, Severity

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def sarif(findings: Iterable[Diagnostic]) -> dict[str, Any]:
    """Return findings as a SARIF log, ready for JSON.

    A finding about an agreement also has a logical location: `recognition:disputes/stages`.
    """
    found = list(findings)
    known = {check.code: check for check in CHECKS}
    codes = sorted({one.code for one in found})
    rules = [
        {"id": code}
        | (
            {
                "name": known[code].name,
                "shortDescription": {"text": known[code].name},
                "fullDescription": {"text": known[code].why},
                "defaultConfiguration": {"level": _LEVELS[known[code].severity]},
            }
            if code in known
            else {}
        )
        for code in codes
    ]
    driver = {"name": "agreementkit", "version": __version__, "rules": rules}
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "results": [_result(one, codes) for one in found],
                "columnKind": "unicodeCodePoints",
            }
        ],
    }


def _result(one: Diagnostic, codes: list[str]) -> Mapping[str, Any]:
    text = ". ".join([one.message, *(f"Law: {cite}" for cite in one.cites), *(f"Next: {hint}" for hint in one.hints)])
    result: dict[str, Any] = {
        "ruleId": one.code,
        "ruleIndex": codes.index(one.code),
        "level": _LEVELS[one.severity],
        "message": {"text": text},
    }
    location: dict[str, Any] = {}
    if one.place:
        physical: dict[str, Any] = {"artifactLocation": {"uri": one.place.file.replace("\\", "/")}}
        if one.place.line:
            region: dict[str, Any] = {"startLine": one.place.line}
            if one.place.column:
                region |= {"startColumn": one.place.column, "endColumn": one.place.column + max(1, one.place.length)}
            physical["region"] = region
        location["physicalLocation"] = physical
    name = f"{one.agreement}:{one.division}" if one.division else one.agreement or one.path
    if name:
        location["logicalLocations"] = [{"fullyQualifiedName": name}]
    if location:
        result["locations"] = [location]
    return result
