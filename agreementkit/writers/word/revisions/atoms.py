"""Runs taken apart: words, and what cannot be divided, so that two versions can be compared and put together again.

Only runs that our own writer made are read here (`text/inlines`, `text/fields`), so their form is known; anything else
is refused. A word keeps the space behind it. A field is one piece, for half a field is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import unescape

from agreementkit.writers.word.markup import run

AtomKind = Literal["words", "whole", "mark"]

_RUN = re.compile(r"<w:r>(?:<w:rPr>(?P<look>.*?)</w:rPr>)?(?P<content>.*?)</w:r>", re.DOTALL)
_MARK = re.compile(r"<w:comment[^>]*/>")
_INSIDE = re.compile(
    r"<w:t(?: xml:space=\"preserve\")?>(?P<text>[^<]*)</w:t>"
    r"|<w:fldChar w:fldCharType=\"(?P<field>\w+)\"/>"
    r"|<w:instrText xml:space=\"preserve\">(?P<code>[^<]*)</w:instrText>"
    r"|(?P<note><w:(?:commentReference|footnoteReference) [^>]*/>)"
    r"|(?P<break><w:(?:tab|br)/>)"
)
_ENTITIES = {"&quot;": '"', "&#13;": "\r"}


@dataclass(frozen=True, slots=True)
class Atom:
    """The smallest piece of a paragraph.

    Attributes:
        kind: `words`; `whole` for a field or a break; `mark` for the ends of a comment, which are no text.
        text: The words it prints.
        look: Run properties of words, as XML.
        xml: The whole of what is no words, as XML.
    """

    kind: AtomKind
    text: str = ""
    look: str = ""
    xml: str = ""

    @property
    def key(self) -> str:
        """What makes two of them the same: look and words without the space behind them, or all there is."""
        return f"{self.look}\0{self.text.rstrip()}" if self.kind == "words" else self.xml


Split = Callable[[str], Iterable[str]]


def atoms(runs: str, split: Split) -> list[Atom]:
    """Take runs apart.

    Args:
        runs: Runs as our writer makes them.
        split: Divides a text into words; put together they are the text.

    Raises:
        ValueError: There is something else among the runs.
    """
    out: list[Atom] = []
    field: list[str] = []  # the runs of a field that is open
    shown = ""
    for found in _pieces(runs):
        if not isinstance(found, str) and found["field"] == "begin":
            field, shown = [_whole(found)], ""
        elif field:
            if isinstance(found, str):
                raise ValueError(f"a field has {found!r} in it")
            field.append(_whole(found))
            shown += unescape(found["text"] or "", _ENTITIES)
            if found["field"] == "end":
                out.append(Atom("whole", shown, xml="".join(field)))
                field = []
        elif isinstance(found, str):
            out.append(Atom("mark", xml=found))
        elif found["note"]:
            out.append(Atom("mark", xml=_whole(found)))
        elif found["break"]:
            out.append(Atom("whole", " ", xml=_whole(found)))
        else:
            text = unescape(found["text"] or "", _ENTITIES)
            out += [Atom("words", word, found["look"] or "") for word in split(text)]
    if field:
        raise ValueError("a field is not closed")
    return out


def _pieces(runs: str) -> Iterator[dict[str, str | None] | str]:
    """Yield each thing inside the runs with the look of its run; a mark between runs as it is."""
    at = 0
    while at < len(runs):
        mark = _MARK.match(runs, at)
        found = None if mark else _RUN.match(runs, at)
        if mark:
            yield mark[0]
            at = mark.end()
        elif found:
            yield from _inside(found["content"], found["look"])
            at = found.end()
        else:
            raise ValueError(f"no run: {runs[at : at + 80]!r}")


def _inside(content: str, look: str | None) -> Iterator[dict[str, str | None]]:
    at = 0
    while at < len(content):
        found = _INSIDE.match(content, at)
        if not found:
            raise ValueError(f"not known in a run: {content[at : at + 80]!r}")
        yield {**found.groupdict(), "look": look, "xml": found[0]}
        at = found.end()


def _whole(found: dict[str, str | None]) -> str:
    look = f"<w:rPr>{found['look']}</w:rPr>" if found["look"] else ""
    return f"<w:r>{look}{found['xml']}</w:r>"


def joined(found: Iterable[Atom]) -> str:
    """Return atoms as runs again; words of one look that stand together are one run."""
    out: list[str] = []
    waiting: list[str] = []
    look = ""

    def say() -> None:
        out.append(run("".join(waiting), look))
        waiting.clear()

    for atom in found:
        if atom.kind == "words" and (not waiting or atom.look == look):
            look = atom.look
            waiting.append(atom.text)
            continue
        say()
        if atom.kind == "words":
            look = atom.look
            waiting.append(atom.text)
        else:
            out.append(atom.xml)
    say()
    return "".join(out)
