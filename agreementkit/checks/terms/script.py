"""The words of an agreement as one text in which defined terms, values and references are masked; and its definitions.

Searching one long text is many times faster than searching a thousand short ones. What is masked was not typed in the
clause, so that a name from the configuration or a marked use of a term is never taken for typed words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from weakref import WeakKeyDictionary

from agreementkit.assemble.definitions import plural_of
from agreementkit.checks.scene import Passage, Scene
from agreementkit.tree.nodes import Blank, DefinitionEntry, Document, Inline, LineBreak, Reference, Term, Text, Value
from agreementkit.tree.walk import BLANK, divisions

TERM, VALUE, REFERENCE, BLANKED, QUOTED = "\x01\x02\x03\x04\x05"
"""What stands for each character of something that was not typed, or that was typed in quotation marks."""

_MASKS: Mapping[type[Inline], str] = {Term: TERM, Value: VALUE, Reference: REFERENCE, Blank: BLANKED}

_RUNNING = ("text", "item", "definition")
"""Passages that are read as sentences; headings and cells of tables have capitals and short forms of their own."""

_QUOTE = re.compile(r"“[^”\n]*”")
_BARE = re.compile(rf"{TERM}+[;,.]?(?: and| or)?")
_WORD = r"[A-Z]\w*(?:-\w+)*"
_SEQUENCE = rf"{_WORD}(?: {_WORD})*"
_CAPITALS = re.compile(rf"\b{_SEQUENCE}(?: (?:of the|for the|of|for|and|on) {_SEQUENCE})*")
_JOINS = re.compile(r" (?:of the|for the|of|for|and|on) ")
_OPENING = re.compile(
    r"(?:The|An?|Each|Every|Any|No|All|Both|Neither|Either|Some|Most|Only|Such|This|That|These|Those|Its|Their|Other|"
    r"Another|If|When|Where|While|Once|Unless|Until|After|Before|During|Since|Because|Although|In|At|For|By|From|With|"
    r"Without|Under|Within|To|Of|On|As|And|Or|But|So|Then)(?: |$)"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A printed definition: its id, the term, the meaning, and the passage that prints it."""

    id: str
    term: str
    meaning: tuple[Inline, ...]
    passage: Passage


@dataclass(frozen=True, slots=True)
class Use:
    """A marked use of a term; `bare` when the passage only names it, as an item of a list does."""

    passage: Passage
    text: str
    bare: bool


@dataclass(frozen=True, slots=True)
class Capitals:
    """Words with capitals that somebody typed side by side.

    Attributes:
        text: The words.
        passage: Where they stand.
        opens: Whether they begin a sentence, so that the first capital says nothing. An article or a conjunction that
            begins it is none of the words.
        named: Whether they go on as the name of something does: over "of" or "and", a value, a number.
        before: Defined term that stands directly before them, if one does.
        after: Defined term that stands directly after them, if one does.
    """

    text: str
    passage: Passage
    opens: bool
    named: bool
    before: str
    after: str


class Script:
    """One agreement as its checks of terms read it.

    Args:
        scene: The set.
        document: The agreement.
    """

    def __init__(self, scene: Scene, document: Document) -> None:
        self.document = document
        self.passages = tuple(scene.passages_of(document.precedent))
        entries = [b for d in divisions(document) for b in d.blocks if isinstance(b, DefinitionEntry)]
        printed = [p for p in self.passages if p.kind == "definition"]
        self.entries = tuple(
            Entry(block.id, block.term, block.inlines, passage) for block, passage in zip(entries, printed, strict=True)
        )
        self.printed: Mapping[str, Entry] = {entry.id: entry for entry in self.entries}
        uses: dict[str, list[Use]] = {}
        running: list[Passage] = []
        masked: list[str] = []
        for passage in self.passages:
            typed = _typed(passage)
            if TERM in typed:
                bare = _BARE.fullmatch(typed) is not None
                for _, piece in passage.pieces:
                    if type(piece) is Term:
                        uses.setdefault(piece.id, []).append(Use(passage, piece.text, bare))
            if passage.kind in _RUNNING:
                running.append(passage)
                masked.append(_QUOTE.sub(lambda m: QUOTED * len(m[0]), typed) if "“" in typed else typed)
        self.uses: Mapping[str, Sequence[Use]] = uses
        self.typed = "\n".join(masked)
        self._running = running
        self._starts = [0]
        for text in masked:
            self._starts.append(self._starts[-1] + len(text) + 1)

    def at(self, position: int) -> tuple[Passage, int]:
        """Return the passage that a position of `typed` stands in, and the position in its words."""
        index = bisect_right(self._starts, position) - 1
        return self._running[index], position - self._starts[index]

    def sentence(self, position: int) -> str:
        """Return the masked sentence around a position of `typed`."""
        start = max(self.typed.rfind(mark, 0, position) for mark in (". ", "? ", "\n"))
        ends = [end for mark in (". ", "? ", "\n") if (end := self.typed.find(mark, position)) >= 0]
        return self.typed[start + 1 : min(ends, default=len(self.typed))]

    def lines_saying(self, words: Iterable[str]) -> list[tuple[int, int]]:
        """Return where each passage that says one of some words begins and ends in `typed`, in order."""
        numbers: set[int] = set()
        for one in words:
            place = self.typed.find(one)
            while place >= 0:
                number = bisect_right(self._starts, place) - 1
                numbers.add(number)
                place = self.typed.find(one, self._starts[number + 1])
        return self._lines(sorted(numbers))

    def lines_printing(self, words: Iterable[str]) -> list[tuple[int, int]]:
        """Return where each passage that prints one of some words, typed or not, begins and ends in `typed`."""
        either = tuple(words)
        return self._lines(n for n, one in enumerate(self._running) if any(word in one.words for word in either))

    def _lines(self, numbers: Iterable[int]) -> list[tuple[int, int]]:
        return [(self._starts[number], self._starts[number + 1] - 1) for number in numbers]

    @cached_property
    def capitals(self) -> tuple[Capitals, ...]:
        """Return all words with capitals that were typed in running text, in order."""
        return tuple(self._capitals())

    def _capitals(self) -> Iterator[Capitals]:
        typed = self.typed
        for match in _CAPITALS.finditer(typed):
            start, end = match.span()
            if _OPENING.fullmatch(match[0]):
                continue
            passage, offset = self.at(start)
            before = typed[max(0, start - 2) : start]
            after = typed[end : end + 2]
            opens = not before.strip() or before[-1:] not in " -" or _opens(typed[max(0, start - 2)])
            named = (
                before[:1] in (VALUE, BLANKED)
                or after[1:] in (VALUE, BLANKED)
                or (after[:1] == " " and after[1:].isdigit())
                or before[-1:] in ("-", "’")
            )
            pieces = _JOINS.split(match[0])
            words = passage.words
            for number, piece in enumerate(pieces):
                first, last = number == 0, number == len(pieces) - 1
                opening = _OPENING.match(piece) if opens and first else None
                piece = piece[opening.end() :] if opening else piece
                if not piece:
                    continue
                yield Capitals(
                    piece,
                    passage,
                    opens and first and not opening,
                    named or len(pieces) > 1,
                    _term_before(typed, start, words, offset) if first and before == f"{TERM} " else "",
                    _term_after(typed, end, words, offset + end - start) if last and after == f" {TERM}" else "",
                )


_SCRIPTS: WeakKeyDictionary[Scene, tuple[Script, ...]] = WeakKeyDictionary()


def scripts(scene: Scene) -> tuple[Script, ...]:
    """Return the scripts of a set, made once."""
    made = _SCRIPTS.get(scene)
    if made is None:
        made = _SCRIPTS[scene] = tuple(Script(scene, document) for document in scene.documents)
    return made


def defines(scene: Scene) -> bool:
    """Whether the set defines its terms; if not, they are plain words and nothing can be marked or missing."""
    return scene.config.document.definitions != "none"


def singular_of(term: str) -> str:
    """Return the singular of a term by its last word, as far as spelling tells."""
    if term.endswith("ies"):
        return f"{term[:-3]}y"
    if term.endswith(("xes", "ches", "shes", "sses")):
        return term[:-2]
    return term[:-1] if term.endswith("s") and not term.endswith(("ss", "us")) else term


@lru_cache(maxsize=4000)
def key_of(term: str) -> str:
    """Return what terms have in common that are the same but for capitals and number."""
    return singular_of(" ".join(term.casefold().split()))


@lru_cache(maxsize=1000)
def forms_of(term: str) -> tuple[str, ...]:
    """Return a term in the singular and the plural, the longer first."""
    return tuple(sorted({term, plural_of(singular_of(term)), singular_of(term)}, key=len, reverse=True))


def _typed(passage: Passage) -> str:
    words, pieces = passage.words, passage.pieces
    if len(pieces) == 1 and type(pieces[0][1]) is Text:  # every other passage
        return words.replace("\u00a0", " ")
    out: list[str] = []
    for _, piece in pieces:
        kind = type(piece)
        if kind is Text:
            out.append(piece.text.replace("\u00a0", " "))  # type: ignore[union-attr]  # asked by `type`
        elif kind is LineBreak:
            out.append(" ")
        else:
            out.append(_MASKS[kind] * (len(BLANK) if kind is Blank else len(piece.text)))  # type: ignore[union-attr]
    return "".join(out)


def _opens(mark: str) -> bool:
    """Whether a sentence, or something that may be one, begins after this character and a space."""
    return not (mark.isalnum() or mark in ",’)" or mark in (TERM, VALUE, REFERENCE, BLANKED, QUOTED))


def _term_before(typed: str, start: int, words: str, offset: int) -> str:
    length = 0
    while typed[start - 2 - length] == TERM and length < offset - 1:
        length += 1
    return words[offset - 1 - length : offset - 1]


def _term_after(typed: str, end: int, words: str, offset: int) -> str:
    length = 0
    while end + 1 + length < len(typed) and typed[end + 1 + length] == TERM:
        length += 1
    return words[offset + 1 : offset + 1 + length]
