"""What was found: hits in the order of their rank, as a table in a notebook and as plain data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, overload

from agreementkit.searching.excerpt import Span
from agreementkit.searching.passages import Where
from agreementkit.table import Table

_MARK = ("**", "**")


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where something was found.

    Attributes:
        id: Id of the clause or definition.
        kind: Its kind.
        title: Its title, or the defined term.
        pack: Pack that the words come from: that of the clause, or one that changes it.
        version: Version of the wording in that pack.
        where: What part of it: title, text, item, definition, note, variant, condition, law.
        key: Id (`#duties`) or position (`2.1`) of an item, key of a note, name of a variant.
        voice: Voice of a note; empty for anything else.
        variant: Variant that the place belongs to; empty for all of them.
        file: The file.
        line: Its line, from 1.
        words: The words around the hit.
        marks: Where in `words` the hits are.
        why: Why it was found, in words.
    """

    id: str
    kind: str
    title: str
    pack: str
    version: str
    where: Where
    key: str
    voice: str
    variant: str
    file: str
    line: int
    words: str
    marks: tuple[Span, ...]
    why: str

    @property
    def label(self) -> str:
        """Where it is, in words: `title`, `#duties`, `item 2.1`, `note paid (law)`, `when`."""
        match self.where:
            case Where.ITEM:
                name = self.key if self.key.startswith("#") else f"item {self.key}"
            case Where.NOTE:
                name = f"note {self.key} ({self.voice})"
            case Where.VARIANT:
                return f"variant {self.key}"
            case Where.CONDITION | Where.LAW:
                name = self.key
            case _:
                name = self.key or self.where.value
        return f"{name}, variant {self.variant}" if self.variant else name

    @property
    def excerpt(self) -> str:
        """The words around the hit, with the hit between two asterisks on each side."""
        return self.marked(str, *_MARK)

    def marked(self, text: Callable[[str], str], start: str, end: str) -> str:
        """Return the words around the hit with the hits marked.

        Args:
            text: What is done to the words between the marks, such as escaping.
            start: What stands before a hit.
            end: What stands after it.
        """
        out: list[str] = []
        at = 0
        for first, last in self.marks:
            out += (text(self.words[at:first]), start, text(self.words[first:last]), end)
            at = last
        return "".join((*out, text(self.words[at:])))

    def as_data(self) -> dict[str, Any]:
        """Return the hit as plain data, ready for JSON."""
        return {
            "id": self.id,
            "kind": self.kind,
            "title": self.title,
            "pack": self.pack,
            "version": self.version,
            "where": self.where.value,
            "key": self.key,
            "voice": self.voice,
            "variant": self.variant,
            "file": self.file,
            "line": self.line,
            "excerpt": self.excerpt,
            "why": self.why,
        }


@dataclass(frozen=True, repr=False)
class SearchResult(Sequence[Hit]):
    """Everything that a search found: a sequence of hits, the best first.

    Attributes:
        query: What was searched for, filters included.
        hits: The hits.
    """

    query: str
    hits: tuple[Hit, ...]

    @property
    def clauses(self) -> tuple[str, ...]:
        """Ids of the clauses and definitions in which something was found, in order, each once."""
        return tuple(dict.fromkeys(hit.id for hit in self.hits))

    @property
    def summary(self) -> str:
        """How much was found, in a sentence."""
        if not self.hits:
            return f"Nothing was found for {self.query}."
        places, clauses = len(self.hits), len(self.clauses)
        return (
            f"{places} {'place' if places == 1 else 'places'} in {clauses} {'clause' if clauses == 1 else 'clauses'} "
            f"for {self.query}."
        )

    def as_data(self) -> list[dict[str, Any]]:
        """Return the hits as plain data, ready for JSON."""
        return [hit.as_data() for hit in self.hits]

    def table(self) -> Table:
        """Return a row for each hit."""
        return Table(self.as_data(), self.query)

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> SearchResult: ...
    def __getitem__(self, index: int | slice) -> Hit | SearchResult:
        """Return a hit, or a result with some of the hits."""
        if isinstance(index, slice):
            return SearchResult(self.query, self.hits[index])
        return self.hits[index]

    def __len__(self) -> int:
        return len(self.hits)

    def __repr__(self) -> str:
        return f"<SearchResult: {self.summary}>"

    def _repr_html_(self) -> str:
        out = [f"<p>{escape(self.summary)}</p>"]
        if self.hits:
            out.append("<table><tr><th>Clause</th><th>Where</th><th>Words</th><th>Why</th></tr>")
        for hit in self.hits:
            facts = f"{hit.id}, {hit.kind}, {hit.pack} {hit.version}"
            clause = f"<strong>{escape(hit.title)}</strong><br>{escape(facts)}"
            where = f"{escape(hit.label)}<br><code>{escape(f'{hit.file}:{hit.line}')}</code>"
            cells = (clause, where, hit.marked(escape, "<mark>", "</mark>"), escape(hit.why))
            out.append("<tr>" + "".join(f'<td style="text-align:left">{cell}</td>' for cell in cells) + "</tr>")
        if self.hits:
            out.append("</table>")
        return "\n".join(out)
