"""Saves a comparison as files: redlines in Word, one for each agreement, or the comparison itself as text."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from agreementkit.diagnostics import Diagnostic, Place
from agreementkit.errors import OutputError
from agreementkit.publish import find_house, house_of
from agreementkit.saving import save_all

if TYPE_CHECKING:
    from agreementkit.comparing.comparison import Comparison
    from agreementkit.writers.word.house.mapping import HouseStyle

TEXTS: Mapping[str, Callable[[Comparison], str]] = {
    ".md": lambda comparison: comparison.markdown(),
    ".html": lambda comparison: comparison.html(),
    ".json": lambda comparison: json.dumps(comparison.as_dict(), indent=2, ensure_ascii=False) + "\n",
    ".txt": lambda comparison: comparison.text(),
}
"""The comparison itself, by the ending of its file."""

REDLINE = ".docx"


def save(
    comparison: Comparison,
    path: Path,
    *,
    author: str | None = None,
    date: str | None = None,
    notes: Literal["comments", "none"] = "none",
    template: str | Path | None = None,
) -> tuple[Path, ...]:
    """Save a comparison; see `Comparison.write`."""
    ending = path.suffix.lower()
    if ending in TEXTS:
        return save_all(path.parent, [(path.name, TEXTS[ending](comparison).encode())])
    if ending != REDLINE:
        raise OutputError(
            Diagnostic(
                "AK830",
                f"a comparison cannot be written as {path.name}",
                place=Place(str(path)),
                hints=(f"end its name with {REDLINE} for a redline in Word, or with {', '.join(TEXTS)}",),
            )
        )
    return save_all(path.parent, _redlines(comparison, path, author, date, notes, template))


def _redlines(
    comparison: Comparison,
    path: Path,
    author: str | None,
    date: str | None,
    notes: Literal["comments", "none"],
    template: str | Path | None,
) -> list[tuple[str, bytes]]:
    """Return the name and the contents of each redline."""
    from agreementkit.comparing.redlining.redline import redline
    from agreementkit.writers.word.options import WordOptions

    if date is not None:
        _require_date(date)
    options = WordOptions(notes=notes, template=_house(comparison, template))
    named = " ".join((author or comparison.names[1]).split()) or "New"
    several = len(comparison.agreements) > 1
    return [
        (
            f"{path.stem}-{one.document.stem}{path.suffix}" if several else path.name,
            redline(one, author=named, date=date, options=options),
        )
        for one in comparison.agreements
    ]


def _house(comparison: Comparison, template: str | Path | None) -> Path | HouseStyle | None:
    made = comparison.made
    houses = made.bank.houses if made else None
    if template is not None:
        return find_house(str(template), houses)
    return house_of(made.config, houses or {}) if made else None


def _require_date(date: str) -> None:
    try:
        dt.date.fromisoformat(date)
    except ValueError as fault:
        raise OutputError(
            Diagnostic("AK831", f"the date of the changes, {date!r}, is not a date", hints=("write it as 2027-03-01",))
        ) from fault
