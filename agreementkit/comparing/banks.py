"""Two banks side by side, without any configuration: which clauses each has, and how their wordings differ.

The words are those of the files, with the changes of all packs laid in: a value stands as its path, a cross-reference
as the id it leads to, and conditions are shown as they are written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from agreementkit.bank import Bank, ClauseSource
from agreementkit.comparing.paper import Group, Paper, Row, Section, marked
from agreementkit.comparing.units import Line, Unit, align, line
from agreementkit.comparing.words import likeness, tokens_of
from agreementkit.searching.passages import Where, passages_of
from agreementkit.table import Table

_FACTS = (Where.TITLE, Where.CONDITION, Where.VARIANT, Where.LAW)
_NAMES = {"": "text", Where.TITLE.value: "title", Where.LAW.value: "cites"}


@dataclass(frozen=True, slots=True, eq=False)
class SourceChange:
    """A clause or definition in two banks.

    Attributes:
        id: Its id.
        kind: `clause`, `schedule`, `definition` and so on.
        title: Its title, or the term.
        how: `added`, `removed`, `changed`.
        remark: Versions and packs on both sides, in words.
        lines: Its pieces in two versions: title, conditions, items, notes.
    """

    id: str
    kind: str
    title: str
    how: str
    remark: str
    lines: tuple[tuple[str, Line], ...]

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data, for programs."""
        lines = [
            {"part": label, "pieces": [{"kind": p.kind, "old": p.old, "new": p.new} for p in one.pieces]}
            for label, one in self.lines
            if one.changed
        ]
        return {"id": self.id, "kind": self.kind, "title": self.title, "how": self.how, "lines": lines}


@dataclass(frozen=True, eq=False, repr=False)
class BankComparison:
    """Two banks side by side.

    Attributes:
        names: What the two are called.
        changes: The clauses and definitions that are not the same, in the order of their ids.
        outlines: The precedents that are not the same: id, and the ids of its clauses in two versions.
    """

    names: tuple[str, str]
    changes: tuple[SourceChange, ...]
    outlines: tuple[tuple[str, Line], ...]

    @property
    def same(self) -> bool:
        """Whether both banks say the same."""
        return not (self.changes or self.outlines)

    @property
    def summary(self) -> str:
        """What differs, counted, in a sentence."""
        if self.same:
            return "Nothing differs."
        counts = {how: sum(one.how == how for one in self.changes) for how in ("added", "removed", "changed")}
        found = [f"{count} {how}" for how, count in counts.items() if count]
        if self.outlines:
            found.append(f"{len(self.outlines)} {'outline' if len(self.outlines) == 1 else 'outlines'} changed")
        return f"{'; '.join(found)}."

    def table(self) -> Table:
        """Return a row for each clause and definition that is not the same."""
        return Table(
            [
                {
                    "id": one.id,
                    "kind": one.kind,
                    "title": one.title,
                    "how": one.how,
                    "text": "\n".join(f"{label}: {marked(it.pieces)}" for label, it in one.lines if it.changed),
                }
                for one in self.changes
            ]
        )

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data, for programs."""
        return {
            "old": self.names[0],
            "new": self.names[1],
            "same": self.same,
            "clauses": [one.as_dict() for one in self.changes],
            "outlines": [{"precedent": id_, "ids": marked(one.pieces)} for id_, one in self.outlines],
        }

    @cached_property
    def paper(self) -> Paper:
        """What is shown, before it is written in a format."""
        groups = tuple(Group(f"{one.title} [{one.id}]", one.remark, tuple(_rows(one))) for one in self.changes)
        sections = [Section("Clauses and definitions", (), groups)] if groups else []
        if self.outlines:
            rows = tuple(Group(f"Outline {id_}", "", (Row("", "", one.pieces),)) for id_, one in self.outlines)
            sections.append(Section("Outlines of agreements", (), rows))
        return Paper(f"{self.names[0]} and {self.names[1]} compared", self.summary, tuple(sections))

    def text(self) -> str:
        """Return it as plain text: `[-removed-]`, `{+added+}`."""
        return self.paper.text()

    def markdown(self) -> str:
        """Return it as Markdown, with `del` and `ins` on what was removed and added."""
        return self.paper.markdown()

    def html(self) -> str:
        """Return it as a page of HTML that stands on its own."""
        return self.paper.html()

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"<BankComparison of {self.names[0]} and {self.names[1]}: {self.summary}>"

    def _repr_html_(self) -> str:
        return self.paper.fragment()


def compare_banks(old: Bank, new: Bank, *, notes: bool, names: tuple[str, str]) -> BankComparison:
    """Compare two banks; see `compare`."""
    before, now = ({**bank.clauses, **bank.terms} for bank in (old, new))
    changes = [
        change
        for id_ in sorted({*before, *now})
        if (change := _change(id_, before.get(id_), now.get(id_), new, notes=notes))
    ]
    return BankComparison(names, tuple(changes), tuple(_outlines(old, new)))


def _rows(change: SourceChange) -> Iterator[Row]:
    for label, one in change.lines:
        if one.changed:
            yield Row(label, "", one.pieces)


def _change(
    id_: str, old: ClauseSource | None, new: ClauseSource | None, bank: Bank, *, notes: bool
) -> SourceChange | None:
    if old is not None and new is not None and _alike(old, new):
        return None
    before, now = (_passages(one, notes=notes) if one else {} for one in (old, new))
    pairs = align(list(before), list(now), lambda one: (one.key, one.text), _likeness)
    lines = tuple(
        (now[b] if b is not None else before[a] if a is not None else "", line(a, b)) for a, b in pairs
    )  # fmt: skip
    if old is not None and new is not None and not any(one.changed for _, one in lines):
        return None
    found = new or old
    assert found is not None  # noqa: S101 - an id comes from one of the two
    title = found.front.title or found.front.term or id_
    how = "added" if old is None else "removed" if new is None else "changed"
    gone = bank.withdrawn.get(id_) if new is None else None
    remark = f"withdrawn by {gone.pack}: {gone.withdrawal.because}" if gone else _remark(how, old, new)
    return SourceChange(id_, found.front.kind.value, title, how, remark, lines)


def _alike(old: ClauseSource, new: ClauseSource) -> bool:
    """Whether nothing can differ, so that neither file has to be read."""
    return (old.front, old.body) == (new.front, new.body) and not (old.amendments or new.amendments)


def _remark(how: str, old: ClauseSource | None, new: ClauseSource | None) -> str:
    if how != "changed":
        return f"{how}, {_made_by(new or old)}"
    return f"changed, {_made_by(old)} and {_made_by(new)}"


def _made_by(source: ClauseSource | None) -> str:
    if source is None:
        return ""
    front = source.written or source.front
    changed = [f"{one.pack} {one.front.version}" for one in source.amendments]
    return " with ".join((f"{source.pack} {front.version}", *changed))


def _passages(source: ClauseSource, *, notes: bool) -> Mapping[Unit, str]:
    """Return the pieces of a file as paragraphs, each with what it is called."""
    found: dict[Unit, str] = {}
    for number, one in enumerate(passages_of(source)):
        if one.where is Where.NOTE and not notes:
            continue
        named = one.where in _FACTS or one.where is Where.NOTE or one.key.startswith("#")
        key = f"{one.where.value} {one.key} {one.variant}" if named else f"{one.where.value} {one.variant}"
        label = one.key or _NAMES.get(one.where.value, one.where.value)
        label = f"note {one.key} ({one.voice})" if one.where is Where.NOTE else label
        if one.variant and one.where is not Where.VARIANT:
            label = f"{label}, variant {one.variant}"
        found[Unit("text", tuple(tokens_of(one.text)), key, number)] = label
    return found


def _likeness(old: Unit, new: Unit) -> float:
    if old.key != new.key:
        return 0.0
    named = "#" in old.key or not old.key.startswith((Where.ITEM.value, Where.TEXT.value))
    return 1.0 if named else likeness(old.tokens, new.tokens)


def _outlines(old: Bank, new: Bank) -> Iterator[tuple[str, Line]]:
    for id_ in sorted({*old.precedents, *new.precedents}):
        one, other = (_outline(bank, id_) for bank in (old, new))
        made = line(one, other)
        if made.changed:
            yield id_, made


def _outline(bank: Bank, id_: str) -> Unit | None:
    placed = bank.precedents.get(id_)
    if placed is None:
        return None
    outline = placed.outline
    ids = (*outline.parties, *outline.background, *outline.clauses, *outline.schedules, *outline.execution)
    return Unit("text", tuple(tokens_of(" ".join(ids))))
