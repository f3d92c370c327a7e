"""Writes the reference pages that come from the code. `--check` only says whether they are up to date."""

from __future__ import annotations

import sys
from pathlib import Path
from types import NoneType

import checks_page
import command_line_page
import coverage_map
import decisions_page
import examples_page
import language
import python_page
import requirements_page
import start_page

from agreementkit.config.paths import Resolved, all_paths

DOCS = Path(__file__).parent
HEAD = """# Configuration

Generated from the typed configuration by `python docs/generate.py`. Only `employers` and `unions` have to be given.
A setting without a value prints as a blank `[●]` where the text needs it.

| Setting | Kind | Default | Unit | Meaning |
| --- | --- | --- | --- | --- |
"""


def kind(found: Resolved) -> str:
    """Return the kind of a setting in words."""
    if found.choices:
        return "one of " + ", ".join(f"`{choice}`" for choice in found.choices)
    if found.model is not None:
        return "list of sections" if found.is_list else "section"
    name = {"str": "text", "int": "number", "bool": "true or false", "date": "date", "dict": "section"}.get(
        getattr(found.annotation, "__name__", ""), "text"
    )
    return f"list of {name}s" if found.is_list else name


def default(found: Resolved) -> str:
    """Return a setting's default as it is written in YAML."""
    value = found.default
    if found.required:
        return "**needed**"
    if value is None or isinstance(value, NoneType):
        return "" if found.model is not None and not found.optional else "none"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"{len(value)} entries" if len(value) > 3 else ", ".join(str(v) for v in value) or "none"
    return f"`{value}`"


def configuration() -> str:
    """Return the page on the configuration."""
    rows = [
        f"| `{path}` | {kind(found)} | {default(found)} | {found.unit} | {found.description} |"
        for path, found in all_paths()
        if not found.computed
    ]
    computed = [f"| `{path}` | {found.description} |" for path, found in all_paths() if found.computed]
    return (
        HEAD
        + "\n".join(rows)
        + "\n\n## Worked out\n\nThese cannot be set; clauses may use them.\n\n| Path | Meaning |\n| --- | --- |\n"
        + "\n".join(computed)
        + "\n"
    )


PAGES = {
    DOCS / "decisions" / "README.md": decisions_page.page,
    DOCS / "examples" / "bad-drafts.md": examples_page.bad_drafts,
    DOCS / "examples" / "reports.md": examples_page.reports,
    DOCS / "how-to" / "start.md": start_page.page,
    DOCS / "reference" / "checks.md": checks_page.page,
    DOCS / "reference" / "command-line.md": command_line_page.page,
    DOCS / "reference" / "configuration.md": configuration,
    DOCS / "reference" / "coverage.md": coverage_map.page,
    DOCS / "reference" / "language.md": language.page,
    DOCS / "reference" / "python.md": python_page.page,
    DOCS / "reference" / "requirements.md": requirements_page.page,
}


def main() -> int:
    """Write the pages, or check them."""
    stale = [page for page, make in PAGES.items() if not page.exists() or page.read_text(encoding="utf-8") != make()]
    if "--check" in sys.argv:
        for page in stale:
            sys.stdout.write(f"{page.name} is out of date; run `python docs/generate.py`\n")
        return 1 if stale else 0
    for page in stale:
        page.write_text(PAGES[page](), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
