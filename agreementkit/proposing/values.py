"""Turns words that were written over a value back into the value.

What a value may be is guessed from the words by its type, and each guess is put into the configuration and printed.
Only a guess that prints exactly the words that came back is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from agreementkit.agreement import AgreementSet, assemble
from agreementkit.asking.change import current, steps
from agreementkit.assemble.filters import MONTHS, ordinal, times, words
from agreementkit.config import Config
from agreementkit.config.options import with_options
from agreementkit.config.paths import Resolved, resolve_type
from agreementkit.diagnostics import Diagnostic
from agreementkit.errors import AgreementKitError
from agreementkit.proposing.settings import with_values

_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TEENS = ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_DAY = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({'|'.join(MONTHS)}),?\s+(\d{{4}})", re.IGNORECASE)
_FIGURES_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[./](\d{1,2})[./](\d{4})")
_MOST = 12
_LONGEST = 2_000

NUMBERS = {
    **{words(number): number for number in range(13)},
    **{word: number for number, word in enumerate(_TEENS, 13)},
    **{word: 10 * number for number, word in enumerate(_TENS, 2)},
    **{f"{ten}-{one}": 10 * t + o for t, ten in enumerate(_TENS, 2) for o, one in enumerate(_ONES, 1)},
    **{ordinal(number): number for number in range(1, 13)},
    **{times(number): number for number in (1, 2)},
    "fortnight": 14,
}
"""Numbers by the words for them."""
_NUMBER = re.compile(
    rf"\b(?:{'|'.join(sorted(map(re.escape, NUMBERS), key=lambda word: -len(word)))})\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Fit:
    """A value that prints the words.

    Attributes:
        value: The value, as a configuration file has it.
        config: The configuration with it.
        agreements: What it makes.
    """

    value: Any
    config: Config
    agreements: AgreementSet


@dataclass(frozen=True, slots=True)
class NoFit:
    """Words that no value prints, or several.

    Attributes:
        why: What is in the way.
        faults: What the configuration says to the value that was meant.
    """

    why: str
    faults: tuple[Diagnostic, ...] = ()


def setting(agreements: AgreementSet, path: str) -> Resolved | None:
    """Return what a path of the configuration leads to, options of packs included."""
    names = [str(step) for step in steps(path)]
    if names[:1] == ["options"]:
        return resolve_type(names, with_options(agreements.bank.options))
    return resolve_type(names)


def fit(agreements: AgreementSet, path: str, after: str, prints: Any) -> Fit | NoFit:
    """Return the value that prints words, or why there is none.

    Args:
        agreements: The agreements as they are.
        path: Path of the value.
        after: The words that were written over it.
        prints: Says of other agreements whether they print the words where they were written.
    """
    found = setting(agreements, path)
    if found is None or found.computed or found.model is not None:
        return NoFit("it is put together from several settings, or worked out")
    now = current(agreements.config, path)
    fits: list[Fit] = []
    faults: list[Diagnostic] = []
    tried = 0
    for value in candidates(after, found, now):
        if value == (now.isoformat() if isinstance(now, date) else now):
            continue
        tried += 1
        text = with_values(agreements.config, {path: value})
        if text is None:
            return NoFit("it does not come from the configuration file itself")
        try:
            file = agreements.config.positions.source.file if agreements.config.positions else "agreement.yaml"
            config = Config.from_yaml(text, file)
            made = assemble(config, agreements.bank)
        except AgreementKitError as error:
            faults += error.diagnostics
            continue
        if prints(made):
            fits.append(Fit(value, config, made))
            if isinstance(value, int | bool):
                break  # numbers print in one way only
    if len(fits) > 1 and not _by_case(fits):
        return NoFit("several values print these words: " + ", ".join(repr(one.value) for one in fits))
    if fits:
        return fits[0]
    if faults:
        return NoFit(faults[0].message, tuple(faults))
    return NoFit("no value prints these words" if tried else "no value can be read in these words")


def _by_case(fits: Iterable[Fit]) -> bool:
    """Whether values differ only in their first letter, so that the first, which is as printed, will do."""
    return len({str(one.value)[:1].casefold() + str(one.value)[1:] for one in fits}) == 1


def candidates(after: str, found: Resolved, now: Any) -> list[Any]:
    """Return what the words may mean, the likeliest first.

    Args:
        after: The words.
        found: What the setting is.
        now: Its present value.
    """
    after = after.strip()[:_LONGEST]
    return list(_unique(_candidates(after, found, now)))[:_MOST] if after else []


def _candidates(after: str, found: Resolved, now: Any) -> Iterator[Any]:
    if found.is_list:
        parts = re.split(r",\s+(?:and\s+|or\s+)?|\s+(?:and|or)\s+", after)
        yield [part.strip() for part in parts if part.strip()]
    elif found.choices:
        yield from found.choices
    elif found.annotation is bool:
        yield not now
    elif found.annotation is int:
        yield from (int(figure[0].replace(",", "")) for figure in _FIGURE.finditer(after) if len(figure[0]) < 13)
        yield from (NUMBERS[word[0].lower()] for word in _NUMBER.finditer(after))
    elif found.annotation is date:
        yield from _days(after)
    else:
        yield from _texts(after, now)


def _days(after: str) -> Iterator[str]:
    months = [month.lower() for month in MONTHS]
    for match in _DAY.finditer(after):
        yield from _day(int(match[3]), months.index(match[2].lower()) + 1, int(match[1]))
    for match in _FIGURES_DAY.finditer(after):
        if match[1]:
            yield from _day(int(match[1]), int(match[2]), int(match[3]))
        else:
            yield from _day(int(match[6]), int(match[5]), int(match[4]))


def _day(year: int, month: int, day: int) -> Iterator[str]:
    try:
        yield date(year, month, day).isoformat()
    except ValueError:
        return


def _texts(after: str, now: Any) -> Iterator[str]:
    """Yield the words, and what they were before a filter: without the article, the possessive, the capital."""
    bare = [after]
    bare += [after.removesuffix("’s")] if after.endswith("’s") else []
    bare += [after.removesuffix("’")] if after.endswith("’") else []
    for article in ("a ", "an "):
        bare += [after[len(article) :]] if after.lower().startswith(article) else []
    small = isinstance(now, str) and now[:1].islower()
    for text in bare:
        first = text[:1].lower() if small else text[:1].upper()
        yield first + text[1:]
        yield text
        yield text[:1].swapcase() + text[1:]


def _unique(values: Iterable[Any]) -> Iterator[Any]:
    seen: list[Any] = []
    for value in values:
        if value not in seen:
            seen.append(value)
            yield value
