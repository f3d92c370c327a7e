"""Days: how they are counted, and whether the agreement says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from agreementkit.checks.figures.quantities import IN_WORDS
from agreementkit.checks.kinds import Found, at
from agreementkit.checks.scene import Passage, Scene
from agreementkit.checks.typed import once

_DAY = re.compile(r"\bdays?\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"\b(?:in|are|is|be|means?|as|every|each|all|include[sd]?) (?:calendar|clear|consecutive) days?\b"
    r"|\bdays?\b[^.]*\b(?:is|are) (?:counted|calculated|reckoned)\b"
    r"|\b(?:exclud|includ|count)\w*\b[^.]*\b(?:weekends?|Saturdays?|(?:bank|public) holidays?)\b"
    r"|\b(?:weekends?|Saturdays?|(?:bank|public) holidays?)\b[^.]*\b(?:exclud|includ|count)\w*\b",
    re.IGNORECASE,
)
"""Words that say how days are counted."""

_EVENT = "(?:that|the|receipt|receiving|being)"
_DAYS = re.compile(
    r"\b(?P<before>(?:within|at least|not? (?:less|later|fewer|earlier|more) than|period of|notice of|after) )?"
    rf"(?P<days>(?:\d+|{IN_WORDS})[ \u00a0]days?)\b"
    rf"(?! (?:off|a|each|in a|every|for|paid|of (?!{_EVENT}))\b)"
    rf"(?P<after>[’']? (?:written )?notice\b| (?:before|after|beforehand|in advance|from|of {_EVENT})\b)?",
    re.IGNORECASE,
)
"""Days that are a limit of time. Days of leave, training or work are amounts, and are counted as they are worked."""

_WORKING_DAY = re.compile(r"\bworking days?\b", re.IGNORECASE)
_MEANING = re.compile(r"\bworking days?”? (?:is|are|means?|has|have) ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Said:
    """What one passage says of days."""

    limits: tuple[str, ...]
    working: tuple[str, ...]
    counted: bool
    defined: bool


@dataclass(slots=True)
class _Days:
    """What one agreement says of days."""

    limits: list[tuple[Passage, str]] = field(default_factory=list)
    working: list[tuple[Passage, str]] = field(default_factory=list)
    counted: bool = False
    defined: bool = False


def days_of_no_kind(scene: Scene) -> Iterator[Found]:
    """Yield, once for each agreement, that it sets limits in days and does not say how days are counted."""
    for days in _by_agreement(scene):
        if days.limits and not days.counted:
            passage, words = days.limits[0]
            yield at(
                passage,
                f"sets a limit of “{words}”{_and_others(days.limits)}, and the agreement does not say whether such "
                "days are calendar days or Working Days",
                "say once, among the rules of interpretation, that a period given in days is in calendar days",
                "or give the period in Working Days",
            )


def working_days_without_meaning(scene: Scene) -> Iterator[Found]:
    """Yield, once for each agreement, that it speaks of working days and does not say which days these are."""
    for days in _by_agreement(scene):
        if days.working and not days.defined:
            passage, words = days.working[0]
            yield at(
                passage,
                f"speaks of “{words}”{_and_others(days.working)}, and the agreement does not say which days these are",
                "write `{working day}` in the clause, so that the definition of Working Day is printed",
                "or say in the agreement which days count, such as Monday to Friday without public holidays",
            )


@once
def _by_agreement(scene: Scene) -> tuple[_Days, ...]:
    found: dict[str, _Days] = {}
    for passage in scene.passages:
        days = found.setdefault(passage.agreement, _Days())
        if passage.term.lower() in ("working day", "working days"):
            days.defined = True
        elif passage.term.lower() in ("day", "days"):
            days.counted = True
        said = _said(passage.words)
        if said is not None:
            days.limits += [(passage, words) for words in said.limits]
            days.working += [(passage, words) for words in said.working]
            days.counted = days.counted or said.counted
            days.defined = days.defined or said.defined
    return tuple(found.values())


@lru_cache(maxsize=4000)
def _said(words: str) -> _Said | None:
    """Return what some words say of days, if they speak of any.

    Most passages are the bank's own words and come again in every set, so those of the last few sets are kept.
    """
    if "day" not in words.lower() or not _DAY.search(words):  # the letters alone are sooner looked for
        return None
    return _Said(
        tuple([m["days"].replace("\u00a0", " ") for m in _DAYS.finditer(words) if m["before"] or m["after"]]),
        tuple(_WORKING_DAY.findall(words)),
        _COUNTED.search(words) is not None,
        _MEANING.search(words) is not None,
    )


def _and_others(places: list[tuple[Passage, str]]) -> str:
    more = len({passage.division for passage, _ in places}) - 1
    return f" (and so do {more} other places)" if more > 1 else " (and so does another place)" if more else ""
