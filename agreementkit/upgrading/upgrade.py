"""Holds a pack against its base and against what lies below it now, and moves it there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from agreementkit.assemble.compile import check_source
from agreementkit.assemble.removed import overlay_faults
from agreementkit.bank import Bank
from agreementkit.bank.bank import core_folder
from agreementkit.bank.pack import Pack, read_pack, read_packs
from agreementkit.bank.places import Named, open_places
from agreementkit.diagnostics import Diagnostic, Place, Severity
from agreementkit.errors import BankError, OutputError
from agreementkit.saving import save_all
from agreementkit.source import SourceText
from agreementkit.upgrading import edits
from agreementkit.upgrading.amendments import judge_amendment
from agreementkit.upgrading.below import Below
from agreementkit.upgrading.move import Clash, Move, State, Upgrade
from agreementkit.upgrading.replacements import (
    judge_outline,
    judge_replacement,
    judge_withdrawal,
    withdrawal_edits,
)


def upgrade(pack: str | Path, *, over: Sequence[str | Path | Named] = (), core: Path | None = None) -> Upgrade:
    """Hold a pack against what it was written against and what lies below it now. Nothing is written.

    Args:
        pack: Folder, zip file or name of the pack.
        over: Packs below it, in order; the core lies under all of them.
        core: Folder of another core; None for the one that ships.

    Returns:
        What it does, thing by thing, and what becomes of each.

    Raises:
        BankError: A pack cannot be read, or those below are not sound.
    """
    return _upgrade(*_open(pack, over, core))


def apply_upgrade(
    pack: str | Path, *, over: Sequence[str | Path | Named] = (), core: Path | None = None
) -> tuple[Upgrade, tuple[Path, ...]]:
    """Move a pack in a folder to what lies below it now.

    What moves cleanly is written. Where a person has to decide, all three wordings are put into the file between marks;
    until they are gone, the pack is refused (AK260).

    Args:
        pack: Folder of the pack.
        over: Packs below it, in order.
        core: Folder of another core; None for the one that ships.

    Returns:
        What `upgrade` returns, and the files that were written.

    Raises:
        BankError: A pack cannot be read, or those below are not sound.
        OutputError: The pack is no folder (AK262), or cannot be written to; then nothing was.
    """
    ours, below = _open(pack, over, core)
    if not ours.files.where.is_dir():
        hint = "unpack it, or take the checkout that it was made from; then name that folder"
        message = f"{ours.files.shown} is no folder, so it cannot be changed in place"
        raise OutputError(Diagnostic("AK262", message, place=Place(ours.files.shown), hints=(hint,)))
    found = _upgrade(ours, below)
    texts = _texts(ours, below, found.moves)
    paths = save_all(ours.files.where, [(name, text.encode()) for name, text in sorted(texts.items())])
    return found, paths


def _open(pack: str | Path, over: Sequence[str | Path | Named], core: Path | None) -> tuple[Pack, Below]:
    found: list[Diagnostic] = []
    opened = open_places(core or core_folder(), [*over, pack], found)
    read = read_packs(opened, found)
    if found or len(read) < 2:
        raise BankError(*found)
    below = Below.of(read[:-1], found)
    if found:
        raise BankError(*found)
    return read[-1], below


def _upgrade(ours: Pack, below: Below) -> Upgrade:
    moves = sorted(_moves(ours, below), key=lambda move: (move.file, move.place.line))
    moves, left = _verified(ours, below, moves)
    if below.found:  # a kept wording could not be read
        raise BankError(*below.found)
    return Upgrade(f"{ours.manifest.id} {ours.manifest.version}", below.bank.version, tuple(moves), tuple(left))


def _moves(ours: Pack, below: Below) -> Iterator[Move]:
    for amendment in ours.amendments:
        name = _name(ours, amendment.file)
        yield judge_amendment(amendment, _text(ours, name), name, below)
    for clause in ours.clauses:
        if clause.front.replaces is not None:
            name = _name(ours, clause.file)
            yield judge_replacement(clause, _text(ours, name), name, below)
    for withdrawal in ours.withdrawals:
        name = _name(ours, withdrawal.positions.source.file)
        yield judge_withdrawal(withdrawal, _text(ours, name), name, below)
    for outline in ours.outline_changes:
        name = _name(ours, outline.positions.source.file)
        yield judge_outline(outline, _text(ours, name), name, below)


def _texts(ours: Pack, below: Below, moves: Sequence[Move]) -> dict[str, str]:
    """Return the files that have to be written, by name."""
    texts = {move.file: move.text for move in moves if move.text is not None and move.did != "withdraws"}
    entries = [one for one in ours.withdrawals if any(m.did == "withdraws" and m.text is not None for m in moves)]
    for name in dict.fromkeys(_name(ours, one.positions.source.file) for one in entries):
        file = _text(ours, name)
        texts[name] = edits.apply(file.text, [edit for one in entries for edit in withdrawal_edits(one, file, below)])
    return {name: text for name, text in texts.items() if text != _text(ours, name).text}


def _verified(ours: Pack, below: Below, moves: list[Move]) -> tuple[list[Move], list[Diagnostic]]:
    """Lay the pack as it would be written; what is not sound there does not move cleanly.

    Returns:
        The moves, and the faults that belong to none of them.
    """
    clean = [move for move in moves if move.state is not State.CONFLICT]
    texts = _texts(ours, below, clean)
    files = replace(ours.files, files={**ours.files.files, **{name: text.encode() for name, text in texts.items()}})
    found: list[Diagnostic] = []
    moved = read_pack(files, found)
    if moved is not None:
        bank = Bank.of_packs([*below.packs.values(), moved], found)
        found = [one for one in found if one.code != "AK253"]  # what has not moved is said already
        if not found:
            found.extend(overlay_faults(bank))
            own = (*bank, *bank.terms.values())
            found.extend(fault for source in own if source.pack == ours.manifest.id for fault in check_source(source))
    errors = list(dict.fromkeys(one for one in found if one.severity is Severity.ERROR))
    by_file: dict[str, list[Diagnostic]] = {}
    for one in errors:
        by_file.setdefault(one.place.file if one.place else "", []).append(one)
    out: list[Move] = []
    for move in moves:
        faults = by_file.pop(ours.files.place(move.file).file, [])
        if faults and move.state is not State.CONFLICT:
            clashes = tuple(_clash(fault) for fault in faults)
            move = replace(move, state=State.CONFLICT, clashes=(*move.clashes, *clashes))
        out.append(move)
    conflicts = any(move.state is State.CONFLICT for move in out)
    # as long as something waits for a person, what others miss may be there
    return out, [] if conflicts else [fault for faults in by_file.values() for fault in faults]


def _clash(fault: Diagnostic) -> Clash:
    where = f"line {fault.place.line}" if fault.place and fault.place.line else "the file"
    return Clash(where, "; ".join((fault.message, *fault.hints)))


def _name(pack: Pack, file: str) -> str:
    return file.removeprefix(f"{pack.files.shown}/")


def _text(pack: Pack, name: str) -> SourceText:
    files: Mapping[str, bytes] = pack.files.files
    return SourceText.decode(files[name], pack.files.place(name).file)
