"""Findings as annotations of GitHub Actions: one workflow command a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from agreementkit.diagnostics import Diagnostic, Severity

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def github_lines(findings: Iterable[Diagnostic]) -> Iterator[str]:
    """Yield one line a finding. What a command must not hold is written as GitHub asks: `%25`, `%0A`, `%3A`, `%2C`."""
    for one in findings:
        properties = []
        if one.place:
            properties.append(f"file={_property(one.place.file)}")
            if one.place.line:
                properties.append(f"line={one.place.line}")
                if one.place.column:
                    properties.append(f"col={one.place.column}")
        properties.append(f"title={_property(one.code)}")
        lines = [one.message, *(f"law: {cite}" for cite in one.cites), *(f"hint: {hint}" for hint in one.hints)]
        yield f"::{_COMMANDS[one.severity]} {','.join(properties)}::{_data(chr(10).join(lines))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
