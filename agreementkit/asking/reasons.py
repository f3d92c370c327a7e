"""What each side says about a setting: the notes of the bank on the words that hang on it.

Nothing is written for the questions alone. A reason is a note of the employer's or the staff side's voice that stands,
or speaks differently, when one choice is made and not another, so that a pack that adds a wording brings its reasons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from agreementkit.asking.change import alternatives, changed, current, steps
from agreementkit.asking.relevance import Relevance
from agreementkit.asking.uses import Placed, notes_in, value_of
from agreementkit.assemble.compile import compile_clause
from agreementkit.assemble.filters import IsoDate, Quantity, format_date
from agreementkit.assemble.values import Names
from agreementkit.bank import Bank
from agreementkit.bank.clause import Kind
from agreementkit.bank.opening import slug
from agreementkit.reader.template import SpanTemplate, TemplateInline
from agreementkit.reader.visit import block_runs
from agreementkit.tree.nodes import CrossReference, Emphasis, Field, Phrase, Strong, TermUse, Text, Voice
from agreementkit.tree.walk import BLANK

SIDES = (Voice.EMPLOYER, Voice.STAFF_SIDE)
LONGEST = 260
"""Characters after which a quoted reason ends, with the sentence."""

_UNTITLED = {Kind.RECITAL: "Background", Kind.PARTY: "Parties", Kind.EXECUTION: "Signatures"}
_SENTENCE = re.compile(r"(?<=[.?!”])\s+")


@dataclass(frozen=True, slots=True)
class Reason:
    """What one side says.

    Attributes:
        voice: Which side.
        text: Its words, shortened at the end of a sentence.
        clause: Title of the clause whose note it is.
        id: Id of that clause.
    """

    voice: Voice
    text: str
    clause: str
    id: str


def reasons_for(relevance: Relevance, path: str, value: Any, others: Sequence[Any]) -> tuple[Reason, ...]:
    """Return what both sides say about one value of a choice, at most one reason a side.

    Args:
        relevance: The configuration and the bank.
        path: The setting.
        value: The value.
        others: The other values that might be chosen.
    """
    found: dict[Voice, tuple[tuple[int, ...], Reason]] = {}
    for agreement in relevance.agreements:
        own = relevance.names(changed(relevance.config, path, value), agreement)
        rest = [relevance.names(changed(relevance.config, path, other), agreement) for other in others]
        for order, placed in enumerate(notes_in(relevance.bank, (agreement,))):
            if placed.note.voice not in SIDES or relevance.as_read(path) not in placed.asks:
                continue
            if not placed.stands(own, unless=path):
                continue
            text = note_text(placed, own, relevance.bank)
            gone = sum(not placed.stands(other, unless=path) for other in rest)
            differs = sum(
                note_text(placed, other, relevance.bank) != text for other in rest if placed.stands(other, unless=path)
            )
            if not text or not gone + differs:
                continue
            home = any(path in condition for condition in placed.clause.source.front.variants.values())
            named = _names_value(placed, path, value)
            waits = not placed.stands(own)
            rank = (-home, -named, waits, -gone - differs, -placed.close, placed.note.detail != "main", order)
            known = found.get(placed.note.voice)
            if known is None or rank < known[0]:
                found[placed.note.voice] = (rank, _reason(placed, text, own, relevance.bank))
    return tuple(found[voice][1] for voice in SIDES if voice in found)


def reasons_about(relevance: Relevance, path: str) -> tuple[Reason, ...]:
    """Return what both sides say about a setting whatever its value, at most one reason a side."""
    plain = ".".join(str(step) for step in steps(relevance.as_read(path)) if not isinstance(step, int))
    found: dict[Voice, tuple[tuple[int, ...], Reason]] = {}
    config = relevance.config
    what = relevance.what(path)
    if what is not None and not current(config, path):  # the words stand only where there is a value
        config = changed(config, path, next((value for value in alternatives(what, None) if value), None))
    for agreement in relevance.agreements:
        names = relevance.names(config, agreement)
        for order, placed in enumerate(notes_in(relevance.bank, (agreement,))):
            about = plain in placed.settings
            if placed.note.voice not in SIDES or not about or not placed.stands(names):
                continue
            text = note_text(placed, names, relevance.bank)
            rank = (-placed.close, len(placed.settings), placed.note.detail != "main", order)
            known = found.get(placed.note.voice)
            if text and (known is None or rank < known[0]):
                found[placed.note.voice] = (rank, _reason(placed, text, names, relevance.bank))
    return tuple(found[voice][1] for voice in SIDES if voice in found)


def _names_value(placed: Placed, path: str, value: Any) -> bool:
    """Return whether a condition around a note names the very value: `time_off.basis == 'pool'`."""
    said = f"'{value}'" if isinstance(value, str) else ""
    conditions = [getattr(guard, "expression", "") for guard in placed.guards]
    return any(path in one and (said in one if said else True) for one in conditions)


def _reason(placed: Placed, text: str, names: Names, bank: Bank) -> Reason:
    front = placed.clause.source.front
    title = plain_words(placed.clause.title, names, bank) or _UNTITLED.get(front.kind, front.id)
    return Reason(placed.note.voice, shortened(text), title, front.id)


def shortened(text: str, longest: int = LONGEST) -> str:
    """Return as many whole sentences of a text as fit, at least one."""
    kept, *rest = _SENTENCE.split(text)
    for sentence in rest:
        if len(kept) + len(sentence) >= longest:
            break
        kept = f"{kept} {sentence}"
    return kept


# ------------------------------------------------------------------------------------------------ notes in words


def note_text(placed: Placed, names: Names, bank: Bank) -> str:
    """Return the words of a note, its values filled in; a clause that it refers to is named by its title."""
    runs = (run for block in placed.note.blocks for run in block_runs(block))
    return " ".join(" ".join(plain_words(run, names, bank) for run in runs).split())


def plain_words(inlines: Iterable[TemplateInline], names: Names, bank: Bank) -> str:
    """Return running text of a clause file in plain words."""
    return "".join(_words(inlines, names, bank))


def _words(inlines: Iterable[TemplateInline], names: Names, bank: Bank) -> Iterator[str]:
    for inline in inlines:
        match inline:
            case Text(text):
                yield text
            case Field(expression):
                yield _value(value_of(expression, names))
            case TermUse(key, shown, by_number):
                yield shown or key + ("s" if by_number and _several(key, names, bank) else "")
            case CrossReference(target):
                yield _title(target, names, bank)
            case SpanTemplate(inner, when):
                if when is None or value_of(when.expression, names):
                    yield from _words(inner, names, bank)
            case Emphasis(inner) | Strong(inner) | Phrase(inlines=inner):
                yield from _words(inner, names, bank)


def _value(value: Any) -> str:
    if isinstance(value, Quantity):
        return f"{value.number} {value.term}{'s' if value.plural else ''}"
    if isinstance(value, IsoDate):
        return format_date(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return BLANK if value is None else str(value)


def _several(key: str, names: Names, bank: Bank) -> bool:
    id_ = bank.term_keys().get(slug(key), "")
    counted = bank.terms[id_].front.number if id_ else None
    found = value_of(counted, names) if counted else ()
    return isinstance(found, list | tuple) and len(found) > 1


def _title(target: str, names: Names, bank: Bank) -> str:
    id_ = target.split(":")[-1].split("/")[0]
    if id_ not in bank.clauses:
        return "the other agreement"
    return f"“{plain_words(compile_clause(bank[id_]).title, names, bank)}”"
