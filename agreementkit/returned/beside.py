"""What came back laid beside what was sent: which paragraph of the file is which paragraph of the agreement.

First by bookmark, which names where a provision begins; then, within a provision, in order; then by equal words
anywhere; last by rare words in common. Every step takes time in proportion to the file, however little it is like
the agreement: paragraphs are looked up, never each compared with each.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from agreementkit.comparing.units import align
from agreementkit.comparing.words import Token
from agreementkit.returned.edit import By
from agreementkit.returned.sent import Masked, SentParagraph, masked_tokens
from agreementkit.returned.story import Paragraph, Story

_Said = tuple[str, tuple[Masked, ...]]
"""What a paragraph says: its words, and which of them are masked."""

_RARE = 12
"""In how many paragraphs a word may stand to be one by which they are found."""
_LIKE = 0.5
_SHORT = 6
_SEVERAL = 60
"""Paragraphs of one provision up to which their other versions are looked for by comparing each with each."""


@dataclass(slots=True, eq=False)
class Group:
    """A paragraph as it was before the tracked changes: one or several of the file.

    Attributes:
        numbers: Numbers of the paragraphs of the file.
        text: Its words.
        masked: Numbers of cross-references in it; None where the words of several groups were put together.
        bookmarks: Our bookmarks that begin in it, in small letters.
        cell: Table, row and cell it stands in.
        sent: Number of the paragraph that was sent, or -1.
        by: How that was found.
        confidence: How sure it is, from 0 to 1.
    """

    numbers: list[int]
    text: str
    masked: tuple[Masked, ...] | None
    bookmarks: tuple[str, ...]
    cell: tuple[int, int, int] | None
    sent: int = -1
    by: By = ""
    confidence: float = 0.0

    def tokens(self) -> list[Token]:
        """Return its words by which it is compared; of the values none is masked."""
        return masked_tokens(self.text, self.masked or ())


def groups_of(story: Story) -> list[Group]:
    """Return the paragraphs of a story as they were before its tracked changes, without its lists of contents."""
    out: list[Group] = []
    for numbers in story.chains("original"):
        several = [story.paragraphs[at] for at in numbers]
        first = several[0]
        if first.contents or first.box or first.note == "-" or all(one.row_ins for one in several):
            continue
        text = first.text("original") if len(several) == 1 else "".join(one.text("original") for one in several)
        names = tuple([name.lower() for one in several for name in one.bookmarks])
        blank = not names and first.cell is None and not text.strip()
        if blank and any(one.text("final").strip() or one.ins for one in several):
            continue  # it was added
        masked = tuple(spans_of(several)) if any(one.numbered for one in several) else ()
        out.append(Group(numbers, text, masked, names, first.cell))
    return out


def spans_of(paragraphs: Iterable[Paragraph], tags: frozenset[str] = frozenset()) -> list[Masked]:
    """Return the masked words of the original view: numbers of cross-references, and controls of these keys."""
    spans: list[tuple[int, int, str, int]] = []
    at = 0
    for one in paragraphs:
        for piece in one.pieces:
            if not piece.seen("original"):
                continue
            end = at + len(piece.text)
            tag = f"\0v:{piece.tag}"
            key, number = (tag, piece.control) if tag in tags else (f"\0r:{piece.target}" if piece.target else "", 0)
            if key and spans and spans[-1][1] == at and spans[-1][2:] == (key, number):
                spans[-1] = (spans[-1][0], end, key, number)
            elif key:
                spans.append((at, end, key, number))
            at = end
    return _chained([(start, end, key) for start, end, key, _ in spans])


def _chained(spans: list[Masked]) -> list[Masked]:
    """Make one of the fields that print the parts of a number: it is known by the last."""
    out: list[Masked] = []
    for start, end, key in spans:
        if out and out[-1][1] == start and key.startswith("\0r:") and out[-1][2].startswith("\0r:"):
            out[-1] = (out[-1][0], end, key)
        else:
            out.append((start, end, key))
    return out


def match(sent: Sequence[SentParagraph], groups: Sequence[Group]) -> None:
    """Find for each group which paragraph that was sent it is, and note it in the group."""
    _Match(sent, groups).run()


class _Match:
    """Finds them. Most paragraphs say what was sent, letter by letter: only the words of others become tokens."""

    def __init__(self, sent: Sequence[SentParagraph], groups: Sequence[Group]) -> None:
        self.bags: dict[tuple[bool, int], Counter[str]] = {}
        self.sent = sent
        self.groups = groups
        self.said = [(one.text, one.masked()) for one in sent]
        self.came = [(one.text, one.masked or ()) for one in groups]
        self.mate: dict[int, int] = {}
        self._keys: dict[_Said, tuple[str, ...]] = {}

    def _key(self, said: _Said) -> tuple[str, ...]:
        """Return the keys of the tokens of a paragraph."""
        found = self._keys.get(said)
        if found is None:
            found = self._keys[said] = tuple(token.key for token in masked_tokens(*said) if token.key)
        return found

    @cached_property
    def _sent_keys(self) -> frozenset[tuple[str, ...]]:
        return frozenset(map(self._key, self.said))

    def run(self) -> None:
        starts = self._bookmarks()
        self._provisions(starts)
        self._equal()
        self._alike()
        self._leftover()

    def _pair(self, at: int, number: int, by: By, confidence: float) -> None:
        self.mate[at] = number
        one = self.groups[number]
        one.sent, one.by, one.confidence = at, by, confidence

    # ---------------------------------------------------------------------------------------- by bookmark

    def _bookmarks(self) -> dict[int, int]:
        """Pair the first paragraphs of provisions; return where in the file each begins."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for number, group in enumerate(self.groups):
            for name in group.bookmarks:
                places[name].append(number)
        starts: dict[int, int] = {}
        for at, one in enumerate(self.sent):
            found = [number for number in places.get(one.bookmark, ()) if self.groups[number].sent < 0]
            if one.bookmark and found:
                number = found[0]
                if len(found) > 1:
                    number = max(found, key=lambda number: (self._fits(at, number), -number))
                self._pair(at, number, "bookmark", 1.0)
                starts[at] = number
        return starts

    def _fits(self, at: int, number: int) -> int:
        """Return how well a paragraph fits its place: a copy has the words, and other neighbours."""
        fit = 4 * self._same(at, number)
        return fit + sum(
            2 if self._same(at + step, number + step) else 0
            for step in (-1, 1)
            if 0 <= at + step < len(self.sent) and 0 <= number + step < len(self.groups)
        )

    def _same(self, at: int, number: int) -> bool:
        said, came = self.said[at], self.came[number]
        return said == came or self._key(said) == self._key(came)

    def _provisions(self, starts: dict[int, int]) -> None:
        """Pair what stands between one bookmark and the next."""
        begins = {number: at for at, number in starts.items()}
        files: dict[int, list[int]] = {-1: []}
        here = -1
        for number in range(len(self.groups)):
            if number in begins:
                here = begins[number]
                files[here] = []
            elif self.groups[number].sent < 0:
                files[here].append(number)
        sents: dict[int, list[int]] = {-1: []}
        here = -1
        for at, one in enumerate(self.sent):
            if at in starts:
                here = at
                sents[here] = []
            elif one.bookmark:
                here = -2  # its bookmark is lost
            if here == -2:
                continue
            if at not in starts:
                sents[here].append(at)
        for here, ats in sents.items():
            self._in_order(ats, files.get(here, []))

    def _in_order(self, ats: list[int], numbers: list[int]) -> None:
        """Pair two stretches in order: paragraphs, and tables row by row."""
        if not ats or not numbers:  # most provisions have one paragraph, which has its bookmark
            return
        left, right = self._rows_of(ats), self._rows_of_file(numbers)
        if self._alike_throughout(left, right):
            for (_, some), (_, others) in zip(left, right, strict=True):
                self._cells(some, others)
            return
        small = len(left) * len(right) <= _SEVERAL * _SEVERAL

        def key(one: tuple[bool, list[int]]) -> object:
            side, many = one
            return (len(many) > 1, tuple(self._key(self.said[at] if side else self.came[at]) for at in many))

        def like(one: tuple[bool, list[int]], other: tuple[bool, list[int]]) -> float:
            return shared(self._bag_of(one), self._bag_of(other)) if small else 0.0

        pairs = align(left, right, key, like)
        stretch: list[tuple[list[int], list[int]]] = []
        lost: list[list[int]] = []
        added: list[list[int]] = []
        for one, other in [*pairs, ((True, []), (False, []))]:
            if one is not None and other is not None:
                stretch += self._positions(lost, added)
                lost, added = [], []
                stretch.append((one[1], other[1]))
            elif one is not None:
                lost.append(one[1])
            elif other is not None:
                added.append(other[1])
        for some, others in stretch:
            self._cells(some, others)

    def _alike_throughout(self, left: list[tuple[bool, list[int]]], right: list[tuple[bool, list[int]]]) -> bool:
        """Whether two stretches say the same letter by letter: nearly all do, and need no search for pairs."""
        return len(left) == len(right) and all(
            len(some) == len(others)
            and all(self.said[at] == self.came[number] for at, number in zip(some, others, strict=True))
            for (_, some), (_, others) in zip(left, right, strict=True)
        )

    def _bag_of(self, one: tuple[bool, list[int]]) -> Counter[str]:
        key = one[0], one[1][0]
        if key not in self.bags:
            self.bags[key] = _bag(self._tokens(one))
        return self.bags[key]

    def _tokens(self, one: tuple[bool, list[int]]) -> list[Token]:
        side, many = one
        return [token for at in many for token in masked_tokens(*(self.said[at] if side else self.came[at]))]

    def _positions(self, lost: list[list[int]], added: list[list[int]]) -> list[tuple[list[int], list[int]]]:
        """Pair what is left between two pairs where as many were lost as came and each is short: `10` and `42`."""
        lost = [one for one in lost if not self.sent[one[0]].optional]
        if len(lost) != len(added):
            return []
        out = []
        for one, other in zip(lost, added, strict=True):
            in_table = self.sent[one[0]].row > 0
            if in_table != (self.groups[other[0]].cell is not None):
                continue
            if not in_table and self._key(self.came[other[0]]) in self._sent_keys:
                return []  # it says what was sent somewhere else
            short = max(len(self._tokens((True, one))), len(self._tokens((False, other)))) <= _SHORT
            if short or (in_table and len(one) == len(other)):
                out.append((one, other))
        return out

    def _cells(self, ats: list[int], numbers: list[int]) -> None:
        """Pair two paragraphs, or the cells of two rows by their columns."""
        if not ats or not numbers:
            return
        if len(ats) == 1 and len(numbers) == 1:
            self._confirm(ats[0], numbers[0])
            return
        columns: dict[int, int] = {}
        for number in numbers:
            cell = self.groups[number].cell
            columns.setdefault(cell[2] if cell else len(columns), number)
        if len(columns) == len(ats):
            for at, number in zip(ats, (columns[key] for key in sorted(columns)), strict=True):
                self._confirm(at, number)
            return
        for at in ats:
            if self.sent[at].column in columns:
                self._confirm(at, columns[self.sent[at].column])

    def _confirm(self, at: int, number: int) -> None:
        alike = 1.0 if self._same(at, number) else shared(*self._counted(at, number))
        self._pair(at, number, "bookmark", round(max(alike, 0.5), 2))

    def _counted(self, at: int, number: int) -> tuple[Counter[str], Counter[str]]:
        return Counter(self._key(self.said[at])), Counter(self._key(self.came[number]))

    def _rows_of(self, ats: list[int]) -> list[tuple[bool, list[int]]]:
        return _by(ats, lambda at: self.sent[at].row or None, side=True)

    def _rows_of_file(self, numbers: list[int]) -> list[tuple[bool, list[int]]]:
        def row(number: int) -> object:
            cell = self.groups[number].cell
            return cell[:2] if cell else None

        kept = [number for number in numbers if self.groups[number].cell or self.groups[number].text.strip()]
        return _by(kept, row, side=False)

    # ------------------------------------------------------------------------------------------- by words

    def _free(self) -> tuple[list[int], list[int]]:
        ats = [at for at in range(len(self.sent)) if at not in self.mate]
        return ats, [number for number, one in enumerate(self.groups) if one.sent < 0 and one.text.strip()]

    def _equal(self) -> None:
        """Pair what says the same, wherever it stands; of several that do, in order."""
        ats, numbers = self._free()
        found: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        for number in reversed(numbers):
            found[self._key(self.came[number])].append(number)
        if not found:
            return
        for at in ats:
            key = self._key(self.said[at])
            same = found.get(key)
            if same and key:
                self._pair(at, same.pop(), "text", 1.0)

    def _alike(self) -> None:
        """Pair what has the most rare words in common."""
        ats, numbers = self._free()
        if not ats or not numbers:
            return
        counts: Counter[str] = Counter()
        for at in ats:
            counts.update(set(self._key(self.said[at])))
        holds: defaultdict[str, list[int]] = defaultdict(list)
        for at in ats:
            for key in set(self._key(self.said[at])):
                if counts[key] <= _RARE:
                    holds[key].append(at)
        wanted: list[tuple[float, int, int]] = []
        for number in numbers:
            votes: Counter[int] = Counter()
            for key in set(self._key(self.came[number])):
                votes.update(holds.get(key, ()))
            for at, _ in votes.most_common(3):
                alike = shared(*self._counted(at, number))
                if alike >= _LIKE:
                    wanted.append((-alike, at, number))
        for less, at, number in sorted(wanted):
            if at not in self.mate and self.groups[number].sent < 0:
                self._pair(at, number, "text", round(-less, 2))

    def _leftover(self) -> None:
        """Pair what is left alone between the same two neighbours, with half a confidence."""
        free = set(self._free()[1])
        for number in sorted(free):
            if number == 0 or number + 1 >= len(self.groups):
                continue
            before, after = self.groups[number - 1].sent, self.groups[number + 1].sent
            if before >= 0 and after == before + 2 and before + 1 not in self.mate:
                at = before + 1
                alike = shared(_words(self._key(self.said[at])), _words(self._key(self.came[number])))
                if alike >= _LIKE / 2 and (self.sent[at].row > 0) == (self.groups[number].cell is not None):
                    self._pair(at, number, "neighbour", round(alike, 2))


def shared(one: Counter[str], other: Counter[str]) -> float:
    """Return which share of their words two texts have in common, from 0 to 1, whatever their order."""
    total = sum(one.values()) + sum(other.values())
    return 2 * sum((one & other).values()) / total if total else 1.0


def _bag(tokens: Iterable[Token]) -> Counter[str]:
    return Counter(token.key for token in tokens if token.key)


def _words(keys: Iterable[str]) -> Counter[str]:
    """Return the words without the marks, which all paragraphs share."""
    return Counter(key for key in keys if key[:1].isalnum())


def _by(numbers: list[int], row: Callable[[int], object], *, side: bool) -> list[tuple[bool, list[int]]]:
    """Put numbers of one row of a table together."""
    out: list[tuple[bool, list[int]]] = []
    last: object = None
    for number in numbers:
        here = row(number)
        if here is not None and here == last:
            out[-1][1].append(number)
        else:
            out.append((side, [number]))
        last = here
    return out
