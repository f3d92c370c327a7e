"""Inlines as one piece of Markdown.

First everything becomes a row of atoms (characters, breaks, ends of emphasis and of links, places for footnote
marks), then the row is written with the whole paragraph in view: whether a character needs escaping, or whether
`**` would work, depends on what stands around it. Nothing written depends on whether a footnote mark is printed,
so a file without notes is the file with notes less the marks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum, auto

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
from agreementkit.writers.markdown.escape import BREAK, CLOSE, OPEN, Escaping, require_fit

_BEFORE = frozenset(" \n(“‘")
_AFTER = frozenset(" \n.,;:)”’")
_LAST = frozenset(".,;:)”’%")


class Kind(Enum):
    """What an atom is."""

    CHAR = auto()  # or words of plain letters and digits, which nothing can make into markup
    BREAK = auto()
    BEGIN = auto()  # of emphasis; the text is its delimiter
    END = auto()
    LINK = auto()
    LINK_END = auto()  # the text is the destination
    MARK = auto()  # the place for footnote marks; the text is the marks, if any are printed
    RAW = auto()


Atom = tuple[Kind, str]
_PIECE = re.compile(r"[A-Za-z0-9]+(?:,? [A-Za-z0-9]+)*|.", re.DOTALL)
_TAGS = {"*": "em", "**": "strong"}
_SIGNS = {Kind.BREAK.value: BREAK, Kind.LINK.value: OPEN, Kind.LINK_END.value: CLOSE}


@dataclass(slots=True)
class Row:
    """A row of atoms being gathered.

    Attributes:
        link: Gives the destination of a reference, or "" when it cannot be a link.
        mark: Gives the footnote mark that follows a phrase; told whether another mark stands right before it.
        atoms: What has been gathered.
    """

    link: Callable[[Reference], str]
    mark: Callable[[str, bool], str]
    atoms: list[Atom] = field(default_factory=list)

    def raw(self, markup: str) -> None:
        """Add finished markup."""
        self.atoms.append((Kind.RAW, markup))

    def marks(self, marks: str) -> None:
        """Add a place for footnote marks."""
        self.atoms.append((Kind.MARK, marks))

    @property
    def marked(self) -> bool:
        """Whether a footnote mark is the last that was added."""
        for kind, text in reversed(self.atoms):
            if kind is Kind.MARK and text:
                return True
            if kind not in (Kind.MARK, Kind.END):
                return False
        return False

    def text(self, text: str) -> None:
        """Add characters."""
        require_fit(text, "Markdown")
        self.atoms.extend((Kind.CHAR, piece) for piece in _PIECE.findall(text))

    def inlines(self, inlines: Iterable[Inline]) -> None:
        """Add inlines."""
        for inline in inlines:
            match inline:
                case Text(text) | Value(_, text) | Term(_, text):
                    self.text(text)
                case Blank():
                    self.text(BLANK)
                case Emphasis(inner):
                    self._around("*", inner)
                case Strong(inner):
                    self._around("**", inner)
                case Reference():
                    self._reference(inline)
                case LineBreak():
                    self.atoms.append((Kind.BREAK, ""))
                case Phrase(id_, inner):
                    self.inlines(inner)
                    self.marks(self.mark(id_, self.marked))

    def _around(self, delimiter: str, inner: tuple[Inline, ...]) -> None:
        self.atoms.append((Kind.BEGIN, delimiter))
        self.inlines(inner)
        self.atoms.append((Kind.END, delimiter))

    def _reference(self, reference: Reference) -> None:
        destination = self.link(reference)
        if not (destination and reference.text):
            self.text(reference.text)
            return
        self.atoms.append((Kind.LINK, ""))
        self.text(reference.text)
        self.atoms.append((Kind.LINK_END, destination))

    def plain(self) -> str:
        """Return the words as the escaping sees them: one character for each atom that can be seen."""
        return "".join([text if kind is Kind.CHAR else _SIGNS.get(kind.value, "") for kind, text in self.atoms])

    def markdown(self, *, flat: bool = False, heading: bool = False) -> str:
        """Return the row as Markdown.

        Args:
            flat: Whether it must stay on one line, as in a heading or a cell.
            heading: Whether it stands in a heading, where no block can begin.
        """
        plain = self.plain()
        escaping = Escaping(plain, heading=heading)
        delimiters = self._delimiters(plain)
        first, last = _worded(plain)
        out: list[str] = []
        at = seam = 0
        for index, (kind, text) in enumerate(self.atoms):
            if kind is Kind.CHAR and len(text) > 1:
                out.append(text)
                at += len(text)
                continue
            seam = seam if kind is Kind.CHAR else at
            match kind:
                case Kind.CHAR if text != "\n":
                    following = self.atoms[index + 1 : index + 2]
                    out.append(
                        escaping.escape(
                            at,
                            seam=seam,
                            touches=not following or following[0][0] is not Kind.CHAR,
                            after_mark=index > 0 and self.atoms[index - 1][0] is Kind.MARK,
                        )
                    )
                case Kind.CHAR | Kind.BREAK:
                    typed = "&#10;" if kind is Kind.CHAR else ""
                    out.append(_break(typed, inside=first < at < last, more=plain[at + 1 : at + 2] == "\n", flat=flat))
                case Kind.LINK:
                    out.append("[")
                case Kind.LINK_END:
                    out.append(f"]({text})")
                case Kind.MARK | Kind.RAW:
                    out.append(text)
                case Kind.BEGIN | Kind.END:
                    out.append(delimiters[index])
            at += _width(kind, text)
        return "".join(out)

    def _delimiters(self, plain: str) -> dict[int, str]:
        """Return how each end of an emphasis is written: nothing, `*` or `**`, or an HTML tag.

        Asterisks work only between certain neighbours, and each reader has its own rules for nested ones; where
        they are not sure to work for all of them, the tag does.
        """
        out: dict[int, str] = {}
        if not any(kind is Kind.BEGIN for kind, _ in self.atoms):
            return out
        open_: list[tuple[int, int]] = []
        at = 0
        for index, (kind, text) in enumerate(self.atoms):
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
            at += _width(kind, text)
        return out

    def _sure(self, begin: int, end: int) -> bool:
        """Return whether the emphasis between two atoms begins and ends with characters."""
        inside = [kind for kind, _ in self.atoms[begin + 1 : end] if kind is not Kind.MARK]
        return inside[0] is Kind.CHAR and inside[-1] is Kind.CHAR


def _width(kind: Kind, text: str) -> int:
    """Return how many characters of the plain words an atom is."""
    return len(text) if kind is Kind.CHAR else int(kind in (Kind.BREAK, Kind.LINK, Kind.LINK_END))


def _sure(plain: str, start: int, end: int) -> bool:
    """Return whether asterisks around `plain[start:end]` are read as emphasis by everybody."""
    first, last = plain[start], plain[end - 1]
    return (
        (start == 0 or plain[start - 1] in _BEFORE)
        and first.isalnum()
        and (last.isalnum() or last in _LAST)
        and (end == len(plain) or plain[end] in _AFTER)
    )


def _worded(plain: str) -> tuple[int, int]:
    """Return the places of the first and of the last character that is no line break; (0, 0) without any."""
    words = plain.lstrip("\n")
    return (len(plain) - len(words), len(plain.rstrip("\n")) - 1) if words else (0, 0)


def _break(typed: str, *, inside: bool, more: bool, flat: bool) -> str:
    """Return a line break, given or typed as a line feed.

    A paragraph cannot begin or end with one, and two in a row would end it.
    """
    if not inside:
        return typed
    if flat:
        return f"<br>{typed or ' '}"
    return f"<br>{typed}" if more else "  \n"
