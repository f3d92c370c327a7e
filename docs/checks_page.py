"""The page on the checks: the table, and a section for each check with the cases that the tests run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from agreementkit.checks import CHECKS, Family

CASES = Path(__file__).parent / "checks"
HEAD = """# Checks

Generated from the checks and their cases by `python docs/generate.py`. Every case below is run by the tests: the check
finds something in the first text and nothing in the second. Cases say only what differs from a small complete set.

A finding is an **error** (a final copy is refused), a **warning** (somebody should look) or **info**. In the
configuration, `checks.adjust` makes findings of a code more or less serious and `checks.accept` takes note of one that
stays, with a reason; a clause may do the same in its front matter (`accepts`). Errors of law stay errors; when one is
accepted, its reason is printed (AK591).
"""
_TITLES = {
    Family.DRAFTING: "Drafting",
    Family.ARRANGEMENT: "The arrangement",
    Family.LAW: "Law and policy",
}


def page() -> str:
    """Return the page."""
    out = [HEAD]
    for family, title in _TITLES.items():
        rows = [c for c in CHECKS if c.family is family]
        out.append(f"## {title}\n\n| Code | Finds | Severity |\n| --- | --- | --- |")
        out[-1] += "".join(f"\n| [{c.code}](#{c.code.lower()}) | {c.name} | {c.severity} |" for c in rows)
    out.append("## Each check")
    for check in CHECKS:
        out.append(f"### {check.code}\n\n**{check.name[:1].upper()}{check.name[1:]}** ({check.severity}). {check.why}")
        cases = yaml.safe_load((CASES / f"{check.code}.yaml").read_text("utf-8"))
        out += [f"Found in:\n\n{_shown(case['bad'])}\n\nNot in:\n\n{_shown(case['good'])}" for case in cases]
    return "\n\n".join(out) + "\n"


def _shown(side: dict[str, Any]) -> str:
    class Dumper(yaml.SafeDumper):
        pass

    def text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)

    Dumper.add_representer(str, text)
    return f"```yaml\n{yaml.dump(side, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=110)}```"
