"""Puts new words into a paragraph of a clause file and keeps what has not changed: values, terms, references.

The paragraph as it is printed is laid over the paragraph as it is written, piece by piece. Then the old words are held
against the new ones. A value, a term or a reference stays what it is where its words are still there; where they are
not, plain words take its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby

from agreementkit.assemble.values import Evaluator
from agreementkit.comparing.words import tokens_of
from agreementkit.proposing.tracing import Run
from agreementkit.proposing.writing import readable
from agreementkit.reader.template import SpanTemplate, TemplateInline
from agreementkit.tree.nodes import (
    Blank,
    CrossReference,
    Emphasis,
    Field,
    Inline,
    Reference,
    Strong,
    Term,
    TermUse,
    Text,
    Value,
)
from agreementkit.tree.walk import BLANK, flatten

_END = re.compile(r"(?:;\s+(?:and|or)|,\s+(?:and|or)|[;,.])\s*\Z")
_TAIL = r"((?:[;,] (?:and|or)|[;,.])?)"
_SPACES = re.compile(r"([ \n]+)")
_MOST = 4_000_000

Path = tuple[int, ...]
"""The containers (emphasis, conditions) that words stand in, from the outside in, by number."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A piece of a paragraph.

    Attributes:
        path: What it stands in.
        mark: The value, term or reference that is written; None for words. A condition that is not met is one too.
        written: The words as they are written.
        shown: The words as they are printed.
        value: Path of the configuration that the words come from, if they do.
    """

    path: Path
    mark: TemplateInline | None
    written: str
    shown: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Laid:
    """A paragraph, printed over written.

    Attributes:
        leaves: Its pieces in order; what they show, put together, is the printed paragraph.
        containers: What pieces stand in, by number.
    """

    leaves: tuple[Leaf, ...]
    containers: Mapping[int, TemplateInline]

    @property
    def text(self) -> str:
        """The paragraph as it is printed."""
        return "".join(leaf.shown for leaf in self.leaves)


def lay(run: Run, printed: str, inlines: Iterable[Inline] = ()) -> Laid | None:
    """Lay the printed words of a paragraph over its written words.

    Args:
        run: The paragraph as it is written.
        printed: The paragraph as it is printed.
        inlines: The same with its terms and references, as the agreement has them.

    Returns:
        The pieces; None where the words cannot have come from there.
    """
    evaluator = Evaluator([])
    containers: dict[int, TemplateInline] = {}
    leaves: list[Leaf] = []
    patterns: list[str] = []
    known = list(flatten(inlines))
    terms = _any_of(one.text for one in known if isinstance(one, Term))
    references = _any_of(one.text for one in known if isinstance(one, Reference))

    def add(path: Path, mark: TemplateInline | None, written: str, pattern: str, value: str = "") -> None:
        leaves.append(Leaf(path, mark, written, "", value))
        patterns.append(f"({pattern})")

    def walk(run_: Iterable[TemplateInline], path: Path) -> None:
        for inline in run_:
            match inline:
                case Text(text):
                    add(path, None, text, _words(text))
                case Field(expression, place):
                    filled = evaluator.fill(expression, run.names, place)
                    value = next((one.path for one in filled if isinstance(one, Value | Blank)), "")
                    add(path, inline, "", "".join(_filled(one, terms) for one in filled), value)
                case TermUse():
                    add(path, inline, "", terms)
                case CrossReference():
                    add(path, inline, "", references)
                case SpanTemplate(_, when) if not evaluator.holds(when, run.names):
                    add(path, inline, "", "")
                case Emphasis() | Strong() | SpanTemplate():
                    number = len(containers)
                    containers[number] = inline
                    walk(inline.inlines, (*path, number))

    walk(run.inlines, ())
    _part_the_end(leaves, patterns)
    found = re.fullmatch("".join(patterns), printed, re.DOTALL)
    if found is None:
        return None
    return Laid(tuple(replace(leaf, shown=found[n]) for n, leaf in enumerate(leaves, 1)), containers)


def _any_of(texts: Iterable[str]) -> str:
    ordered = sorted(dict.fromkeys(texts), key=lambda text: -len(text))
    return "|".join([*(re.escape(text) for text in ordered), ".+?"])


def _words(text: str) -> str:
    """Return a pattern for written words: pruning takes spaces out, and lists are punctuated anew."""
    return "".join(" *" if part[:1] in (" ", "\n") else re.escape(part) for part in _SPACES.split(text) if part)


def _filled(inline: Inline, terms: str) -> str:
    match inline:
        case Value(_, text) | Text(text):
            return re.escape(text)
        case Blank():
            return re.escape(BLANK)
        case TermUse():
            return f"(?:{terms})"
    return ".*?"


def _part_the_end(leaves: list[Leaf], patterns: list[str]) -> None:
    """Make the last mark of a paragraph a piece of its own: lists that lost items end otherwise than written."""
    for number in range(len(leaves) - 1, -1, -1):
        leaf = leaves[number]
        if leaf.mark is None:
            end = _END.search(leaf.written)
            if end is None:
                break
            words = leaf.written[: end.start()]
            leaves[number] = replace(leaf, written=words)
            patterns[number] = f"({_words(words)})"
            leaves.insert(number + 1, Leaf(leaf.path, None, end[0], ""))
            patterns.insert(number + 1, _TAIL)
            return
        if not isinstance(leaf.mark, SpanTemplate):
            break
    leaves.append(Leaf((), None, "", ""))
    patterns.append(_TAIL)


# ----------------------------------------------------------------------------------------------- new words


@dataclass(frozen=True, slots=True)
class Swap:
    """Old words `start` to `stop`, counted in characters, and the words in their place."""

    start: int
    stop: int
    words: str


def swaps(old: str, new: str) -> list[Swap]:
    """Return what has to be changed in the old words to get the new ones, word by word."""
    one, other = list(tokens_of(old)), list(tokens_of(new))
    if len(one) * len(other) > _MOST:
        return [Swap(0, len(old), new)]
    at = [0]
    for token in one:
        at.append(at[-1] + len(token.text))
    out: list[Swap] = []
    keys, others = [token.key for token in one], [token.key for token in other]
    for what, i1, i2, j1, j2 in SequenceMatcher(None, keys, others, autojunk=False).get_opcodes():
        if what != "equal":
            out.append(Swap(at[i1], at[i2], "".join(token.text for token in other[j1:j2])))
            continue
        for i, j in zip(range(i1, i2), range(j1, j2), strict=True):
            was, now = one[i].text, other[j].text
            if was != now:  # the same word with other space behind it
                out.append(Swap(at[i] + len(one[i].key), at[i + 1], now[len(other[j].key) :]))
    return list(_trimmed(old, out))


def _trimmed(old: str, found: Iterable[Swap]) -> Iterator[Swap]:
    """Yield the changes without the spaces that both have at the end, so that a value before a space stays whole."""
    for swap in found:
        start, stop, words = swap.start, swap.stop, swap.words
        while stop > start and words and old[stop - 1] == words[-1] == " ":
            stop, words = stop - 1, words[:-1]
        yield Swap(start, stop, words)


def reword(laid: Laid, new: str) -> tuple[TemplateInline, ...]:
    """Return a paragraph with new words, as it is to be written.

    Args:
        laid: The paragraph as it is, printed over written.
        new: The words that it is to print.
    """
    old, new = laid.text, readable(new)
    return _joined(_rebuilt(_pieces(laid, swaps(old, new)), laid.containers, 0))


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands in the new paragraph: a mark or words that stay, or new words; and where the old ones began."""

    at: int
    path: Path
    inline: TemplateInline
    kept: bool = True


def _pieces(laid: Laid, changes: Sequence[Swap]) -> list[_Piece]:
    """Return the new paragraph in pieces, in order."""
    kept = [piece for start, leaf in _placed(laid) for piece in _kept(leaf, start, laid, changes)]
    out: list[_Piece] = []
    at = 0
    for change in changes:
        while at < len(kept) and kept[at].at < change.start:
            out.append(kept[at])
            at += 1
        if change.words:
            before = out[-1].path if out else ()
            after = kept[at].path if at < len(kept) else ()
            path = _home(change, laid, before, after, kept)
            out.append(_Piece(change.start, path, Text(change.words), kept=False))
    return [*out, *kept[at:]]


def _placed(laid: Laid) -> Iterator[tuple[int, Leaf]]:
    at = 0
    for leaf in laid.leaves:
        yield at, leaf
        at += len(leaf.shown)


def _kept(leaf: Leaf, start: int, laid: Laid, changes: Sequence[Swap]) -> Iterator[_Piece]:
    """Yield what stays of a piece: all of it as it is written, or some of its words."""
    stop = start + len(leaf.shown)
    if start == stop:
        gone = any(one.start < start < one.stop for one in changes)
        if not gone and (leaf.mark is not None or leaf.written):
            yield _Piece(start, leaf.path, leaf.mark if leaf.mark is not None else Text(leaf.written))
        return
    parts: list[tuple[int, int]] = []
    at = start
    for one in changes:
        if one.start < stop and one.stop >= start and (one.stop > start or one.start > start):
            if one.start > at:
                parts.append((at, one.start))
            at = max(at, min(one.stop, stop))
    if at < stop:
        parts.append((at, stop))
    if parts == [(start, stop)]:
        end = leaf is laid.leaves[-1] and leaf.mark is None and any(one.start >= stop and one.words for one in changes)
        words = leaf.shown if end else leaf.written
        if leaf.mark is not None or words:
            yield _Piece(start, leaf.path, leaf.mark if leaf.mark is not None else Text(words))
        return
    lead, trail = _spaces_around(leaf) if leaf.mark is None else ("", "")
    for first, last in parts:
        words = laid.text[first:last]
        yield _Piece(first, leaf.path, Text((lead if first == start else "") + words + (trail if last == stop else "")))


def _spaces_around(leaf: Leaf) -> tuple[str, str]:
    """Return the spaces at both ends that are written and, because what stood beside them is gone, not printed."""
    words = leaf.written
    lead, trail = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    return (
        lead if lead and not leaf.shown[:1].isspace() else "",
        trail if trail and not leaf.shown[-1:].isspace() else "",
    )


def _home(change: Swap, laid: Laid, before: Path, after: Path, kept: Sequence[_Piece]) -> Path:
    """Return what new words stand in: where they take the place of words, what those stood in, as far as that holds."""
    both = _common(before, after)
    touched = [
        leaf.path
        for start, leaf in _placed(laid)
        if start < change.stop and start + len(leaf.shown) > change.start and leaf.shown
    ]
    if not touched:
        return both
    wanted = touched[0]
    for path in touched[1:]:
        wanted = _common(wanted, path)
    for depth in range(len(wanted), len(both), -1):
        inner = wanted[:depth]
        beside = before[:depth] == inner or after[:depth] == inner
        if beside or not any(piece.path[:depth] == inner for piece in kept):
            return inner
    return both


def _common(one: Path, other: Path) -> Path:
    count = 0
    while count < min(len(one), len(other)) and one[count] == other[count]:
        count += 1
    return one[:count]


def _rebuilt(pieces: Sequence[_Piece], containers: Mapping[int, TemplateInline], depth: int) -> list[TemplateInline]:
    """Return pieces in their containers again. Notes on words of which none is left go with them."""
    out: list[TemplateInline] = []
    for number, group in groupby(pieces, key=lambda one: one.path[depth] if len(one.path) > depth else -1):
        if number < 0:
            out += [piece.inline for piece in group]
            continue
        within = list(group)
        inner = tuple(_rebuilt(within, containers, depth + 1))
        container = containers[number]
        if isinstance(container, SpanTemplate):
            notes = container.notes if any(piece.kept for piece in within) else ()
            if container.when is None and not notes:
                out += inner
            else:
                out.append(replace(container, inlines=inner, notes=notes))
        elif isinstance(container, Emphasis | Strong):
            out.append(replace(container, inlines=inner))  # type: ignore[arg-type]  # templates hold template inlines
    return out


def _joined(inlines: Iterable[TemplateInline]) -> tuple[TemplateInline, ...]:
    """Return a run with neighbouring words put together."""
    out: list[TemplateInline] = []
    for inline in inlines:
        if isinstance(inline, Text) and out and isinstance(out[-1], Text):
            out[-1] = Text(out[-1].text + inline.text)
        elif isinstance(inline, Emphasis | Strong | SpanTemplate):
            out.append(replace(inline, inlines=_joined(inline.inlines)))  # type: ignore[arg-type]
        else:
            out.append(inline)
    return tuple(out)
