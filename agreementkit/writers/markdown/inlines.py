"""Inlines as one piece of Markdown.

First everything becomes plain words, with markup beside them: what stands at which place (breaks, ends of emphasis
and of links, places for footnote marks). Then the words are written with the whole paragraph in view: whether a
character needs escaping, or whether `**` would work, depends on what stands around it. Nothing written depends on
whether a footnote mark is printed, so a file without notes is the file with notes less the marks.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum, auto
from operator import itemgetter

from agreementkit.tree.nodes import (
    Blank,
    Emphasis,
    Inline,
    LineBreak,
    Phrase,
    Reference,
    Strong,
    Term,
    Text,
    Value,
)
from agreementkit.tree.walk import BLANK
from agreementkit.writers.markdown.escape import BREAK, CLOSE, OPEN, Escaping, escaping, require_fit

_BEFORE = frozenset(" \n(“‘")
_AFTER = frozenset(" \n.,;:)”’")
_LAST = frozenset(".,;:)”’%")


class Kind(Enum):
    """What a piece of markup is."""

    BREAK = auto()
    BEGIN = auto()  # of emphasis; the text is its delimiter
    END = auto()
    LINK = auto()
    LINK_END = auto()  # the text is the destination
    MARK = auto()  # the place for footnote marks; the text is the marks, if any are printed
    RAW = auto()


Markup = tuple[int, Kind, str]
"""The place in the words before which it stands, its kind, its text."""
Edit = tuple[int, int, str]
"""From where to where in the words, and what is written there instead."""

_TEXTS = (Text, Value, Term)
_TAGS = {"*": "em", "**": "strong"}
_WIDE = (Kind.BREAK, Kind.LINK, Kind.LINK_END)
"""Kinds that have a sign among the words, for what stands beside them counts. A tuple: kinds are slow to hash."""


@dataclass(slots=True)
class Row:
    """A row of words being gathered.

    Attributes:
        link: Gives the destination of a reference, or "" when it cannot be a link.
        mark: Gives the footnote mark that follows a phrase; told whether another mark stands right before it.
        words: The words so far, with signs for breaks and links.
        markup: What stands beside them, in order.
        length: How many characters the words have.
    """

    link: Callable[[Reference], str]
    mark: Callable[[str, bool], str]
    words: list[str] = field(default_factory=list)
    markup: list[Markup] = field(default_factory=list)
    length: int = 0

    def raw(self, markup: str) -> None:
        """Add finished markup."""
        self.markup.append((self.length, Kind.RAW, markup))

    def marks(self, marks: str) -> None:
        """Add a place for footnote marks."""
        self.markup.append((self.length, Kind.MARK, marks))

    @property
    def marked(self) -> bool:
        """Whether a footnote mark is the last that was added."""
        for at, kind, text in reversed(self.markup):
            if at != self.length or kind not in (Kind.MARK, Kind.END):
                return False
            if kind is Kind.MARK and text:
                return True
        return False

    def text(self, text: str) -> None:
        """Add characters."""
        if text:
            self.words.append(text)
            self.length += len(text)

    def inlines(self, inlines: Iterable[Inline]) -> None:
        """Add inlines."""
        for inline in inlines:
            if isinstance(inline, _TEXTS):  # as most are; so it is asked first, and written out
                text = inline.text
                if text:
                    self.words.append(text)
                    self.length += len(text)
                continue
            match inline:
                case Blank():
                    self.text(BLANK)
                case Emphasis(inner):
                    self._around("*", inner)
                case Strong(inner):
                    self._around("**", inner)
                case Reference():
                    self._reference(inline)
                case LineBreak():
                    self._sign(BREAK, Kind.BREAK)
                case Phrase(id_, inner):
                    self.inlines(inner)
                    self.marks(self.mark(id_, self.marked))

    def _sign(self, sign: str, kind: Kind, text: str = "") -> None:
        self.markup.append((self.length, kind, text))
        self.text(sign)

    def _around(self, delimiter: str, inner: tuple[Inline, ...]) -> None:
        self.markup.append((self.length, Kind.BEGIN, delimiter))
        self.inlines(inner)
        self.markup.append((self.length, Kind.END, delimiter))

    def _reference(self, reference: Reference) -> None:
        destination, words = self.link(reference), reference.text
        if not (destination and words):
            self.text(words)
            return
        self._sign(OPEN, Kind.LINK)
        self.text(words)
        self._sign(CLOSE, Kind.LINK_END, destination)

    # ------------------------------------------------------------------------------------------- written

    def markdown(self, *, flat: bool = False, heading: bool = False) -> str:
        """Return the row as Markdown.

        Args:
            flat: Whether it must stay on one line, as in a heading or a cell.
            heading: Whether it stands in a heading, where no block can begin.

        Raises:
            OutputError: AK700, a text holds a control character.
        """
        plain = "".join(self.words)
        characters = escaping(plain, heading)
        if characters.odd:
            self._require_fit()  # a control character is odd
        elif not (characters.written or self.markup):
            return plain
        inside = _worded(plain) if BREAK in plain else range(0)
        edits = self._escapes(characters, inside, flat=flat)
        if self.markup:
            edits = [*self._written(plain, inside, flat=flat), *edits]
        edits.sort(key=itemgetter(0))  # a stable sort: markup stays before the character at its place
        out: list[str] = []
        done = 0
        for start, end, text in edits:
            out += (plain[done:start], text)
            done = end
        out.append(plain[done:])
        return "".join(out)

    def _escapes(self, characters: Escaping, inside: range, *, flat: bool) -> list[Edit]:
        """Return what is written for each character that cannot stay as it is."""
        plain, written = characters.plain, characters.written
        before = {at: kind for at, kind, _ in self.markup}  # the last that stands directly before each place
        beside = characters.beside(before)
        if beside:
            places, last = list(before), len(plain) - 1
            written = dict(written)
            for at in beside:
                seam = bisect_right(places, at)
                written[at] = characters.escape(
                    at,
                    seam=places[seam - 1] if seam else 0,
                    touches=at == last or at + 1 in before,
                    after_mark=before.get(at) is Kind.MARK,
                )
        edits = [(at, at + 1, text) for at, text in written.items()]
        if BREAK in plain:
            feeds = [at for at, char in enumerate(plain) if char == BREAK and before.get(at) not in _WIDE]
            edits += [(at, at + 1, _break("&#10;", plain, at, inside, flat=flat)) for at in feeds]
        return edits

    def _require_fit(self) -> None:
        """Refuse each text with a character that Markdown cannot carry; our own signs are no text."""
        signs = {at for at, kind, _ in self.markup if kind in _WIDE}
        at = 0
        for words in self.words:
            if at not in signs:
                require_fit(words, "Markdown")
            at += len(words)

    def _written(self, plain: str, inside: range, *, flat: bool) -> list[Edit]:
        """Return what is written for each piece of markup."""
        delimiters = self._delimiters(plain)
        out: list[Edit] = []
        for index, (at, kind, text) in enumerate(self.markup):
            if index in delimiters:
                out.append((at, at, delimiters[index]))
            elif kind is Kind.LINK:
                out.append((at, at + 1, "["))
            elif kind is Kind.LINK_END:
                out.append((at, at + 1, f"]({text})"))
            elif kind is Kind.BREAK:
                out.append((at, at + 1, _break("", plain, at, inside, flat=flat)))
            elif text:  # an empty mark is only a place
                out.append((at, at, text))
        return out

    def _delimiters(self, plain: str) -> dict[int, str]:
        """Return how each end of an emphasis is written: nothing, `*` or `**`, or an HTML tag.

        Asterisks work only between certain neighbours, and each reader has its own rules for nested ones; where
        they are not sure to work for all of them, the tag does.
        """
        out: dict[int, str] = {}
        open_: list[tuple[int, int]] = []
        for index, (at, kind, text) in enumerate(self.markup):
            if kind is Kind.BEGIN:
                open_.append((index, at))
            elif kind is Kind.END:
                begin, start = open_.pop()
                if start == at:
                    out[begin] = out[index] = ""
                elif not open_ and self._sure(begin, index) and _sure(plain, start, at):
                    out[begin] = out[index] = text
                else:
                    out[begin], out[index] = f"<{_TAGS[text]}>", f"</{_TAGS[text]}>"
        return out

    def _sure(self, begin: int, end: int) -> bool:
        """Return whether the emphasis between two pieces of markup begins and ends with characters."""
        start, stop = self.markup[begin][0], self.markup[end][0]
        inside = [(at, at + (kind in _WIDE)) for at, kind, _ in self.markup[begin + 1 : end] if kind is not Kind.MARK]
        return not inside or (inside[0][0] > start and inside[-1][1] < stop)


def _sure(plain: str, start: int, end: int) -> bool:
    """Return whether asterisks around `plain[start:end]` are read as emphasis by everybody."""
    first, last = plain[start], plain[end - 1]
    return (
        (start == 0 or plain[start - 1] in _BEFORE)
        and first.isalnum()
        and (last.isalnum() or last in _LAST)
        and (end == len(plain) or plain[end] in _AFTER)
    )


def _worded(plain: str) -> range:
    """Return the places between the first and the last character that is no line break."""
    words = plain.lstrip(BREAK)
    return range(len(plain) - len(words) + 1, len(plain.rstrip(BREAK)) - 1)


def _break(typed: str, plain: str, at: int, inside: range, *, flat: bool) -> str:
    """Return the line break at a place in the plain words, given or typed as a line feed.

    A paragraph cannot begin or end with one, and two in a row would end it.
    """
    if at not in inside:
        return typed
    if flat:
        return f"<br>{typed or ' '}"
    return f"<br>{typed}" if plain.startswith(BREAK, at + 1) else "  \n"
