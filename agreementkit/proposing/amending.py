"""Writes changes to clauses as files of a pack: amendments by paragraph, or the whole clause where that cannot be.

An amendment names paragraphs by their ids. Words without an id, such as those of a definition, a recital or a clause
that has no numbered paragraphs, are changed by a file that takes the place of the whole one.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from agreementkit.assemble.compile import compile_clause
from agreementkit.bank import Bank, ClauseSource
from agreementkit.bank.adopt import SHORT
from agreementkit.proposing.changes import Change, Plan, changed_item, changed_section, source_of
from agreementkit.proposing.tracing import ItemPath
from agreementkit.proposing.writing import inline_text, item_lines, section_lines
from agreementkit.reader.body import EVERY
from agreementkit.reader.template import ItemTemplate
from agreementkit.reader.visit import items_in

_NOTE = re.compile(r"\[\^[^\]\s]+\]:")
_VARIANT = re.compile(r"##\s+(.*?)\s*\Z")
_OWN_KEYS = frozenset(
    {"version", "replaces", "base_hash", "over", "because", "status", "approved", "review_by", "formerly"}
)
_LONGEST_REASON = 500


class CannotBeWritten(Exception):  # noqa: N818 - it is caught here and in `trying`, and told in words
    """Changes that no file of a pack can make, with the reason."""


@dataclass(frozen=True, slots=True)
class PackText:
    """A file for a pack.

    Attributes:
        source: Id of the clause or definition that it changes.
        definition: Whether that is a definition.
        text: The file.
        targets: Ids of the paragraphs that it names; empty where it takes the place of the whole clause.
    """

    source: str
    definition: bool
    text: str
    targets: tuple[str, ...] = ()


def pack_texts(
    bank: Bank, changes: Sequence[Change], reasons: Mapping[tuple[bool, str], Sequence[str]] | None = None
) -> tuple[PackText, ...]:
    """Return the files that make the changes, one for each clause or definition.

    Args:
        bank: What the pack lies over.
        changes: The changes.
        reasons: Why each is changed, by whether it is a definition and by its id.

    Raises:
        CannotBeWritten: A change that no file can make.
    """
    by_source: dict[tuple[bool, str], list[Change]] = {}
    for change in changes:
        by_source.setdefault(source_of(change), []).append(change)
    out: list[PackText] = []
    for (definition, id_), own in by_source.items():
        source = (bank.terms if definition else bank.clauses)[id_]
        why = " ".join(dict.fromkeys((reasons or {}).get((definition, id_), ()))) or "Agreed in negotiation."
        because = why if len(why) <= _LONGEST_REASON else f"{why[: _LONGEST_REASON - 1]}…"
        plan = Plan.of(compile_clause(source).body, own)
        out.append(_pack_text(source, definition, plan, because))
    return tuple(out)


def _pack_text(source: ClauseSource, definition: bool, plan: Plan, because: str) -> PackText:
    if not definition:
        try:
            operations = dict(_Operations(source, plan).all())
        except _NoIdError:
            pass
        else:
            return PackText(source.id, False, _amendment(source, plan, operations, because), tuple(operations))
    return PackText(source.id, definition, _whole(source, plan, because))


# ----------------------------------------------------------------------------------------------- amendments


class _NoIdError(Exception):
    """A paragraph that has no id of its own."""


class _Operations:
    """The headings of an amendment with the paragraphs below each."""

    def __init__(self, source: ClauseSource, plan: Plan) -> None:
        self.body = compile_clause(source).body
        self.plan = plan
        self.counts = Counter(item.id for section in self.body.sections for item in items_in(section.items))

    def all(self) -> Iterator[tuple[str, tuple[ItemTemplate, ...]]]:
        """Yield every heading with what stands below it.

        Raises:
            _NoIdError: Something is changed that has no id.
        """
        for number, section in enumerate(self.body.sections):
            if (number,) in self.plan.words:
                raise _NoIdError
            yield from self._of(section.items, (number,))

    def _of(self, items: Sequence[ItemTemplate], above: ItemPath) -> Iterator[tuple[str, tuple[ItemTemplate, ...]]]:
        for number, item in enumerate(items):
            path = (*above, number)
            before, after = (tuple(where.get(path, ())) for where in (self.plan.before, self.plan.after))
            if path in self.plan.removed:
                self._named(item)
                beside = (*before, *after)
                yield (f"replace #{item.id}", beside) if beside else (f"remove #{item.id}", ())
                continue
            below: list[tuple[str, tuple[ItemTemplate, ...]]] = []
            whole = path in self.plan.words
            if not whole and self.plan.touches(path):
                try:
                    below = list(self._of(item.children, path))
                except _NoIdError:
                    whole = True
            if whole:
                self._named(item)
                yield f"replace #{item.id}", (*before, changed_item(item, path, self.plan), *after)
                continue
            if before or after:
                self._named(item)
            if before:
                yield f"before #{item.id}", before
            yield from below
            if after:
                yield f"after #{item.id}", after

    def _named(self, item: ItemTemplate) -> None:
        if not item.id or self.counts[item.id] > 1:
            raise _NoIdError


def _amendment(
    source: ClauseSource, plan: Plan, operations: Mapping[str, tuple[ItemTemplate, ...]], because: str
) -> str:
    over = list(dict.fromkeys(one.pack for one in source.amendments))
    if source.below is not None:
        over.insert(0, source.pack)
    lines = [
        "---",
        f"amends: {source.id}",
        'version: "1.0"',
        f'base: "{source.front.version}"',
        f'base_hash: "{source.digest[:SHORT]}"',
        *([f"over: [{', '.join(dict.fromkeys(over))}]"] if over else []),
        f"because: {json.dumps(because, ensure_ascii=False)}",
        *([f"title: {json.dumps(inline_text(plan.title), ensure_ascii=False)}"] if plan.title is not None else []),
        "---",
    ]
    for heading, items in operations.items():
        lines += [f"## {heading}", ""]
        if items:
            lines += [*item_lines(items), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


# ---------------------------------------------------------------------------------------------- whole clauses


def _whole(source: ClauseSource, plan: Plan, because: str) -> str:
    """Return a file that takes the place of a clause, with the notes of the clause."""
    if source.amendments:
        packs = ", ".join(dict.fromkeys(one.pack for one in source.amendments))
        what = "words without an id of their own can be changed only in the whole file"
        raise CannotBeWritten(f"{what}, and {packs} has changed {source.id!r} paragraph by paragraph")
    body = compile_clause(source).body
    title = json.dumps(inline_text(plan.title), ensure_ascii=False) if plan.title is not None else ""
    lines = ["---", *_front(source, title)]
    lines += [
        'version: "1.0"' if source.below is None else f'version: "{_next(source.front.version)}"',
        f'replaces: "{source.front.version}"',
        f'base_hash: "{source.digest[:SHORT]}"',
        *([f"over: [{source.pack}]"] if source.below is not None else []),
        f"because: {json.dumps(because, ensure_ascii=False)}",
        "---",
    ]
    numbers = iter(range(len(body.sections)))
    for heading, text, notes in _stretches(source.body):
        lines += [f"## {heading}"] if heading else []
        if any(line.strip() for line in text):
            number = next(numbers)
            changed = changed_section(body.sections[number], number, plan)
            if changed != body.sections[number]:
                text = ["", *section_lines(changed), ""]
        lines += [*text, *notes]
    return "\n".join(lines).rstrip("\n") + "\n"


def _next(version: str) -> str:
    first, _, second = version.partition(".")
    return f"{first}.{int(second) + 1}"


def _front(source: ClauseSource, title: str) -> Iterator[str]:
    """Yield the front matter without the settings that a replacement says for itself."""
    positions = source.positions
    starts = {span.line: str(loc[0]) for loc, span in positions.keys.items() if len(loc) == 1}
    key = ""
    for number, line in enumerate(positions.source.lines):
        key = starts.get(number, key)
        if key == "title" and title:
            if number in starts:
                yield f"title: {title}"
        elif key not in _OWN_KEYS:
            yield line


def _stretches(lines: Sequence[str]) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield the variants of a body in order: its heading, the lines of its text, the lines of its notes."""
    heading, text, notes, in_note = "", list[str](), list[str](), False
    for line in lines:
        variant = None if line.startswith("###") else _VARIANT.match(line)
        if variant:
            yield heading, text, notes
            heading, text, notes, in_note = variant[1] or EVERY, [], [], False
        elif _NOTE.match(line):
            in_note = True
            notes.append(line)
        elif in_note and (not line.strip() or line.startswith("    ")):
            notes.append(line)
        else:
            in_note = False
            text.append(line)
    yield heading, text, notes
