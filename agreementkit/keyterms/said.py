"""One statement of the key terms: its words, with the values of the configuration in them, and where it is said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from agreementkit.assemble.filters import format_date
from agreementkit.config.paths import resolve_type
from agreementkit.tree.nodes import Blank, Inline, Text, Value
from agreementkit.tree.walk import plain_text


@dataclass(frozen=True, slots=True)
class Statement:
    """What is agreed on a point, before it is known where.

    Attributes:
        inlines: The words.
        ids: Divisions that say it, the best first; the first that an agreement has, and that prints a value of it
            where it has values, is referred to. Without any it is said in every agreement.
    """

    inlines: tuple[Inline, ...]
    ids: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The words without any markup."""
        return plain_text(self.inlines)

    @property
    def paths(self) -> frozenset[str]:
        """The settings whose values are in it."""
        return frozenset(one.path for one in self.inlines if isinstance(one, Value | Blank))


def statement(*words: str | Inline, ids: Iterable[str] = ()) -> Statement:
    """Return a statement of words and values."""
    return Statement(tuple(Text(word) if isinstance(word, str) else word for word in words if word != ""), tuple(ids))


def value(path: str, found: object, shown: str = "") -> Inline:
    """Return the value of a setting as the agreement prints it, or a blank where there is none.

    Args:
        path: Path of the setting.
        found: Its value.
        shown: What is printed, where that is not the value itself.
    """
    if found is None:
        asked = resolve_type(path.split("."))
        return Blank(path, (asked.question or asked.description).rstrip(".") if asked else "")
    if isinstance(found, dt.date):
        return Value(path, format_date(found))
    return Value(path, shown or (f"{found:,}" if isinstance(found, int) else str(found)))


def counted(path: str, found: int | None, one: str, many: str = "") -> tuple[Inline, ...]:
    """Return a number with what it counts: the value alone is printed as a value, as in the agreement."""
    return (value(path, found), Text(f" {one if found == 1 else many or f'{one}s'}"))


def period(path: str, found: int | None, one: str) -> Inline:
    """Return a period as one value, as `12 months` stands in an agreement."""
    return value(path, found, "" if found is None else f"{found:,} {one if found == 1 else f'{one}s'}")
