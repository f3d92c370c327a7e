"""Judges what a pack puts in the place of whole clauses, terms and outlines below it, and what it takes out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from agreementkit.bank import ClauseSource
from agreementkit.bank.precedent import PlacedPrecedentAmendment
from agreementkit.bank.withdraw import PlacedWithdrawal
from agreementkit.diagnostics import suggest
from agreementkit.source import SourceText
from agreementkit.upgrading import edits
from agreementkit.upgrading.below import Below, hash_of, is_definition
from agreementkit.upgrading.merge import marked, merge
from agreementkit.upgrading.move import Clash, Move, State
from agreementkit.upgrading.pieces import Change, Piece, changes, pieces_of, same, text_of

_NAME = re.compile(r"\{(#[a-z0-9][a-z0-9-]*)|^\[(\^[^\]\s]+)\]:", re.M)
_NOT_KEPT = "the wording that it was written against was not kept, so nobody can say what has changed"
_GONE = "it is not there any more"


def judge_replacement(clause: ClauseSource, file: SourceText, name: str, below: Below) -> Move:
    """Return what becomes of a clause or a definition that takes the place of one below.

    What one side alone changed since is taken, setting by setting and line by line.
    """
    front = clause.front
    against = front.replaces or ""
    what = f"{front.kind.value} {clause.id}"
    place = clause.place("replaces")
    source = below.source(clause.id, definition=is_definition(clause))
    if source is None:
        near = "; ".join(suggest(clause.id, below.bank.clauses, "clause"))
        gone = Clash(clause.id, f"{_GONE}; {near}" if near else _GONE)
        return Move("replaces", what, name, place, "", against, "", State.CONFLICT, (), None, (gone,))
    now = below.now(source)
    base = below.then(source, against, front.base_hash)
    ours = pieces_of(file)
    against_now = against == source.front.version and source.digest.startswith(front.base_hash)
    theirs = None if base is None else changes(pieces_of(base), pieces_of(now))
    clashes: tuple[Clash, ...] = ()
    text: str | None = None
    state = State.UNCHANGED
    if not against_now and base is None:
        state, clashes = State.CONFLICT, (Clash(clause.id, _NOT_KEPT),)
    elif not against_now and base is not None:
        names = (
            f"{clause.pack} {front.version}",
            f"{source.pack} {against}: what it was written against",
            f"{source.pack} {source.front.version}: what lies below now",
        )
        text, clashes = _merged(clause, file, base, now, names)
        state = State.CONFLICT if clashes else State.CLEAN
    before = pieces_of(base if base is not None else now)
    return Move(
        "replaces", what, name, place, source.pack, against, source.front.version, state,
        changes(before, ours), theirs, clashes, text,
    )  # fmt: skip


def judge_withdrawal(placed: PlacedWithdrawal, file: SourceText, name: str, below: Below) -> Move:
    """Return what becomes of a withdrawal. It moves cleanly: a clause that is not wanted may change as it likes."""
    withdrawal = placed.withdrawal
    what, place = f"clause {withdrawal.clause}", placed.place("clause")
    source = below.source(withdrawal.clause, definition=False)
    if source is None:
        clash = Clash(withdrawal.clause, f"{_GONE}; remove the entry")
        return Move("withdraws", what, name, place, "", withdrawal.base, "", State.CONFLICT, (), None, (clash,))
    now = below.now(source)
    base = below.then(source, withdrawal.base, withdrawal.base_hash)
    unchanged = withdrawal.base == source.front.version and source.digest.startswith(withdrawal.base_hash)
    return Move(
        "withdraws",
        f"{source.front.kind.value} {source.id}",
        name,
        place,
        source.pack,
        withdrawal.base,
        source.front.version,
        State.UNCHANGED if unchanged else State.CLEAN,
        (),
        None if base is None else changes(pieces_of(base), pieces_of(now)),
        (),
        None if unchanged else file.text,
    )


def withdrawal_edits(placed: PlacedWithdrawal, file: SourceText, below: Below) -> Iterator[edits.Edit]:
    """Yield the edits that name what lies below now; one file holds many withdrawals."""
    source = below.source(placed.withdrawal.clause, definition=False)
    if source is None:
        return
    at = ("withdrawn", placed.number)
    written = placed.withdrawal.base_hash
    for edit in (
        edits.value(file.text, placed.positions, (*at, "base"), source.front.version),
        edits.value(file.text, placed.positions, (*at, "base_hash"), hash_of(below.now(source), written))
        if written
        else None,
    ):
        if edit:
            yield edit


def judge_outline(placed: PlacedPrecedentAmendment, file: SourceText, name: str, below: Below) -> Move:
    """Return what becomes of a change to an outline: it names ids, so it moves where these are still there."""
    change = placed.change
    what, place = f"precedent {change.amends}", placed.positions.place(("amends",))
    outline = below.bank.precedents.get(change.amends)
    now = below.outline_now(change.amends)
    if outline is None or now is None:
        clash = Clash(change.amends, _GONE)
        return Move("outlines", what, name, place, "", change.base, "", State.CONFLICT, (), None, (clash,))
    version = outline.outline.version
    base = below.outline_then(change.amends, change.base)
    clashes: list[Clash] = []
    if base is not None and change.base != version:
        old, new = _keys(base), _keys(now)
        for key in ("title", "subtitle"):
            if getattr(change, key) and not same(old.get(key, ""), new.get(key, "")):
                said = str(getattr(change, key))
                clashes.append(Clash(f"{key}:", "both have changed it", old.get(key, ""), said, new.get(key, "")))
    edit = edits.value(file.text, placed.positions, ("base",), version)
    unchanged = change.base == version
    return Move(
        "outlines",
        what,
        name,
        place,
        outline.pack,
        change.base,
        version,
        State.UNCHANGED if unchanged else State.CONFLICT if clashes else State.CLEAN,
        (),
        None if base is None else _outline_changes(base, now),
        tuple(clashes),
        None if unchanged or not edit else edits.apply(file.text, [edit]),
    )


def _merged(
    clause: ClauseSource, file: SourceText, base: SourceText, now: SourceText, names: tuple[str, str, str]
) -> tuple[str, tuple[Clash, ...]]:
    clashes: list[Clash] = []
    head, body = _halves(file)
    settings = _merged_settings(pieces_of(file), pieces_of(base), pieces_of(now), head, names, clashes)
    out: list[str] = []
    for stretch in merge(_halves(base)[1], body, _halves(now)[1]):
        merged = stretch.merged
        if merged is not None:
            out += merged
            continue
        open_ = stretch.narrowed
        before, ours, after = ("\n".join(lines).strip("\n") for lines in (open_.base, open_.ours, open_.now))
        found = _NAME.search(before) or _NAME.search(after) or _NAME.search(ours)
        at = (found[1] or found[2]) if found else "words"
        clashes.append(Clash(at, "both have changed it", before, ours, after))
        out += marked(open_.ours, open_.base, open_.now, names)
    text = "\n".join([*settings, *out]).rstrip("\n") + "\n"
    if clause.front.base_hash:
        text = re.sub(
            r"^base_hash:.*$", f'base_hash: "{hash_of(now, clause.front.base_hash)}"', text, count=1, flags=re.M
        )
    version = _version(now)
    return re.sub(r"^replaces:.*$", f'replaces: "{version}"', text, count=1, flags=re.M), tuple(clashes)


def _merged_settings(
    ours: Mapping[str, Piece],
    base: Mapping[str, Piece],
    now: Mapping[str, Piece],
    head: list[str],
    names: tuple[str, str, str],
    clashes: list[Clash],
) -> list[str]:
    """Return the lines of the front matter with what changed below; clashes are marked."""
    text = "\n".join(head) + "\n"
    done: list[edits.Edit] = []
    keys = [name for name in {**ours, **base, **now} if name.endswith(":")]
    for key in keys:
        before, mine, after = (text_of(shelf, key) for shelf in (base, ours, now))
        if same(before, after) or same(mine, after):
            continue
        # what the pack does not have goes to the end, before the rule that closes the settings
        at = (ours[key].first, ours[key].last) if key in ours else (len(head), len(head) - 1)
        if not same(mine, before):
            clashes.append(Clash(key, "both have changed it", before, mine, after))
            sides = [part.split("\n") if part else [] for part in (mine, before, after)]
            block = marked(sides[0], sides[1], sides[2], names)
            done.append(edits.lines(text, *at, block))
        else:
            done.append(edits.lines(text, *at, after.split("\n") if after else []))
    return edits.apply(text, done).rstrip("\n").split("\n")


def _halves(source: SourceText) -> tuple[list[str], list[str]]:
    """Return the lines of the front matter with its rules, and those of the body."""
    lines = source.text.split("\n")
    end = next((number for number, line in enumerate(lines[1:], 1) if re.match(r"---\s*\Z", line)), 0)
    return lines[: end + 1], lines[end + 1 :]


def _version(source: SourceText) -> str:
    found = re.search(r"^version:\s*[\"']?(\d+\.\d+)", source.text, re.M)
    return found[1] if found else ""


def _keys(source: SourceText) -> dict[str, str]:
    out: dict[str, list[str]] = {}
    key = ""
    for line in source.lines:
        match = re.match(r"([a-z_]+):", line)
        key = match[1] if match else key
        if key:
            out.setdefault(key, []).append(line)
    return {name: "\n".join(lines).rstrip() for name, lines in out.items()}


def _outline_changes(before: SourceText, after: SourceText) -> tuple[Change, ...]:
    old, new = _keys(before), _keys(after)
    names = [name for name in {**new, **old} if name != "version"]
    pairs = [(f"{name}:", old.get(name, ""), new.get(name, "")) for name in names]
    return tuple(Change(name, one, other) for name, one, other in pairs if not same(one, other))
