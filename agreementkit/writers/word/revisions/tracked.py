"""The marks of tracked changes: on runs, on the ends of paragraphs, on rows of tables, on properties.

Inserted and deleted text stands in `w:ins` and `w:del`, moved text in `w:moveFrom` and `w:moveTo`; the end of a
paragraph has its own mark among the paragraph's properties, for without it the paragraph would stay when its words go.
What a paragraph, a cell or a table was before stands in a `...PrChange`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from agreementkit.writers.word.allocate import Allocator
from agreementkit.writers.word.markup import escape

Change = Literal["ins", "del", "moveFrom", "moveTo"]
"""What was done to a stretch of text; the names of the elements."""

TIME, WHOLE_TIME = "T09:00:00Z", "T09:05:00Z"
"""Times of day that stand for "when"; the clock is never asked. Changes of whole paragraphs are a little later: where a
change ends a paragraph and the next paragraph is new, LibreOffice takes changes of one author and minute for one, and
with it the end of the paragraph that stays."""

_LEAVES = ("del", "moveFrom")
_DELETED = (
    ("<w:t>", "<w:delText>"),
    ("<w:t ", "<w:delText "),
    ("</w:t>", "</w:delText>"),
    ("<w:instrText ", "<w:delInstrText "),
    ("</w:instrText>", "</w:delInstrText>"),
)


@dataclass(slots=True)
class Tracked:
    """Writes the marks of one revision: one author, one date, ids of its own.

    Attributes:
        author: In whose name the changes are shown.
        date: When they were made, as ISO date.
        allocator: Ids of the document.
    """

    author: str
    date: str
    allocator: Allocator
    _author: str = field(init=False)

    def __post_init__(self) -> None:
        self._author = f'w:author="{escape(self.author)}"'

    def facts(self, *, whole: bool = False) -> str:
        """Return the attributes of the next change; `whole` for one of a whole paragraph or row."""
        return f'w:id="{self.allocator.next("revision")}" {self._who(whole=whole)}'

    def _who(self, *, whole: bool) -> str:
        return f'{self._author} w:date="{self.date}{WHOLE_TIME if whole else TIME}"'

    def runs(self, change: Change | None, runs: str, *, whole: bool = False) -> str:
        """Return runs with their mark; as they are where nothing was done to them.

        Args:
            change: What was done to them.
            runs: The runs.
            whole: Whether their whole paragraph goes or comes.
        """
        if change is None or not runs:
            return runs
        if change == "del":  # text that moved keeps its elements
            for old, new in _DELETED:
                runs = runs.replace(old, new)
        return f"<w:{change} {self.facts(whole=whole)}>{runs}</w:{change}>"

    def end(self, change: Change | None) -> str:
        """Return the mark of a paragraph's end, to stand among its properties."""
        return f"<w:rPr><w:{change} {self.facts(whole=True)}/></w:rPr>" if change else ""

    def was(self, kind: str, old: str) -> str:
        """Return what properties were before; `kind` is `pPr`, `tcPr`, `trPr` or `tblPr`."""
        return f"<w:{kind}Change {self.facts()}><w:{kind}>{old}</w:{kind}></w:{kind}Change>"

    def row(self, change: Change) -> str:
        """Return the mark of a row of a table; a row cannot be moved, so it goes and comes."""
        return f"<w:{'del' if change in _LEAVES else 'ins'} {self.facts(whole=True)}/>"

    def range(self, change: Change, name: str) -> tuple[str, str]:
        """Return what stands before and behind text that was moved; both places have the same name."""
        number = self.allocator.next("bookmark")  # one family with bookmarks: both are ranges
        start = f'<w:{change}RangeStart w:id="{number}" w:name="{escape(name)}" {self._who(whole=True)}/>'
        return start, f'<w:{change}RangeEnd w:id="{number}"/>'


def inside(element: str, tag: str, more: Sequence[str]) -> str:
    """Return XML with `more` put before the last end of `tag`."""
    head, end, tail = element.rpartition(f"</w:{tag}>")
    return f"{head}{''.join(more)}{end}{tail}" if end else element
