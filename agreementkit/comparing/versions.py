"""`compare`: two versions of agreements, or two banks, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import overload

from agreementkit.agreement import Agreement, AgreementSet
from agreementkit.bank import Bank
from agreementkit.comparing.banks import BankComparison, compare_banks
from agreementkit.comparing.comparison import AgreementChanges, Change, Comparison
from agreementkit.comparing.match import Pair, pairs
from agreementkit.comparing.settings import SettingChange, of_configurations, of_documents
from agreementkit.comparing.units import Line, Unit, align, line, note_unit, side_by_side, units
from agreementkit.comparing.words import same_words, tokens, tokens_of
from agreementkit.diagnostics import Diagnostic
from agreementkit.errors import AssemblyError
from agreementkit.tree.nodes import Division, Document, Note
from agreementkit.tree.walk import block_inlines

Agreements = AgreementSet | Agreement | Iterable[Agreement]
"""A set of agreements, one agreement, or several of them that were read from files."""


@overload
def compare(old: Bank, new: Bank, *, notes: bool = ..., names: tuple[str, str] = ...) -> BankComparison: ...
@overload
def compare(old: Agreements, new: Agreements, *, notes: bool = ..., names: tuple[str, str] = ...) -> Comparison: ...
def compare(
    old: Agreements | Bank,
    new: Agreements | Bank,
    *,
    notes: bool = False,
    names: tuple[str, str] = ("Old", "New"),
) -> Comparison | BankComparison:
    """Compare two versions of agreements, provision by provision and word by word.

    Provisions are known by their ids, so that a clause that has moved or has another number is still the same clause. A
    cross-reference is known by what it refers to: another number alone is no other text.

    Args:
        old: A set of agreements, or one; also one read from JSON with `Agreement.load`, or several of them. A bank is
            compared with a bank: the wording of its files.
        new: Another. Where one side is a single agreement, only that one of the other side is looked at.
        notes: Whether notes are compared, too.
        names: What the two are called.

    Returns:
        The comparison; it is shown richly in a notebook.

    Raises:
        AssemblyError: AK772 where the two have no agreement in common, or a bank is to be compared with agreements.
    """
    if isinstance(old, Bank) and isinstance(new, Bank):
        return compare_banks(old, new, notes=notes, names=names)
    if isinstance(old, Bank) or isinstance(new, Bank):
        raise _unlike("a bank and agreements", "compare two banks, or the agreements that are made from them")
    before, now = _documents(old), _documents(new)
    if isinstance(old, Agreement):
        now = tuple(one for one in now if one.precedent == old.precedent)
    if isinstance(new, Agreement):
        before = tuple(one for one in before if one.precedent == new.precedent)
    shelf = {document.precedent: document for document in now}
    if not any(document.precedent in shelf for document in before):
        raise _unlike("agreements of different kinds", "compare two versions of the same kind of agreement")
    compared = [_agreement(one, shelf.pop(one.precedent, None), notes=notes) for one in before]
    compared += [_agreement(None, one, notes=notes) for one in shelf.values()]
    made = new if isinstance(new, AgreementSet) else None
    return Comparison(names, tuple(compared), tuple(_settings(old, new, before, now)), (), made)


def _unlike(what: str, hint: str) -> AssemblyError:
    return AssemblyError(Diagnostic("AK772", f"{what} have nothing in common to compare", hints=(hint,)))


def _documents(found: Agreements) -> tuple[Document, ...]:
    if isinstance(found, Agreement):
        return (found.document,)
    return tuple(agreement.document for agreement in found)


def _settings(
    old: Agreements, new: Agreements, before: Sequence[Document], now: Sequence[Document]
) -> list[SettingChange]:
    if isinstance(old, AgreementSet) and isinstance(new, AgreementSet):
        return of_configurations(old.config, new.config, before, now)
    return of_documents(before, now)


def _agreement(old: Document | None, new: Document | None, *, notes: bool) -> AgreementChanges:
    if old is None or new is None:
        return AgreementChanges(old, new, (), ())
    before, now = (_notes(document) if notes else {} for document in (old, new))
    return AgreementChanges(
        old,
        new,
        side_by_side(tuple(_cover(old)), tuple(_cover(new))),
        tuple(_change(pair, before, now) for pair in pairs(old, new)),
    )


def _cover(document: Document) -> Iterator[Unit]:
    yield Unit("heading", tuple(tokens_of(document.title)))
    for row, words in enumerate(document.subtitle):
        yield Unit("text", tokens(words), row=row, cells=(words,))
    for number, block in enumerate(document.opening):
        for words in block_inlines(block):
            yield Unit("text", tokens(words), block=number, cells=(words,))


def _change(pair: Pair, before: dict[str, list[Unit]], now: dict[str, list[Unit]]) -> Change:
    old, new = (tuple(units(one)) if one else () for one in (pair.old, pair.new))
    lines = side_by_side(old, new)
    noted = tuple(_noted(before.get(_id(pair.old), []), now.get(_id(pair.new), [])))
    found = {
        "added": pair.old is None,
        "removed": pair.new is None,
        "moved": pair.moved,
        "renumbered": pair.renumbered,
    }
    if pair.old and pair.new:
        found["changed"] = any(one.changed for one in lines)
        found["notes"] = any(one.changed for one in noted)
    how = tuple(name for name, true in found.items() if true)
    return Change(pair.old, pair.new, how, pair.whole, pair.top, lines, noted)


def _id(division: Division | None) -> str:
    return division.id if division else ""


def _notes(document: Document) -> dict[str, list[Unit]]:
    """Return the notes of a document by the id of the division they stand at."""
    found: dict[str, list[Note]] = {}
    for note in document.notes:
        found.setdefault(note.anchor.division, []).append(note)
    return {id_: [note_unit(note) for note in notes] for id_, notes in found.items()}


def _noted(before: list[Unit], now: list[Unit]) -> Iterator[Line]:
    """Yield the notes on a division in two versions; a note is known by its id."""
    for one, other in align(before, now, lambda unit: unit.key, lambda a, b: float(same_words(a.tokens, b.tokens))):
        yield line(one, other)
