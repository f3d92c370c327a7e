"""The key terms of a set of agreements: each subject, what is agreed on it, and the clauses that say so."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from agreementkit.config import Config
from agreementkit.keyterms.catalogue import catalogue
from agreementkit.keyterms.places import Places
from agreementkit.keyterms.said import Statement
from agreementkit.table import Table as Rows
from agreementkit.tree.nodes import (
    Blank,
    Block,
    Document,
    Emphasis,
    Inline,
    LineBreak,
    Para,
    Reference,
    Table,
    Text,
    Value,
)
from agreementkit.writers.markdown.inlines import Row

CAVEAT = "This summary is not part of the agreement. The clauses to which it refers apply."
"""What stands below the key terms in an agreement."""

CAPTION = "Key terms of the agreement and the clauses that say them"
HEADER = ("Subject", "What is agreed")
_WIDTHS = (3, 10)


@dataclass(frozen=True, slots=True)
class Point:
    """One statement, and where it is said.

    Attributes:
        statement: The words.
        where: A reference for each agreement that says it, by precedent id; none for what all of them say.
    """

    statement: Statement
    where: Mapping[str, Reference]

    @property
    def text(self) -> str:
        """The words without any markup."""
        return self.statement.text


@dataclass(frozen=True, slots=True)
class KeyTerm:
    """A subject with what is agreed on it."""

    subject: str
    points: tuple[Point, ...]

    @property
    def text(self) -> str:
        """The statements, a line for each."""
        return "\n".join(point.text for point in self.points)


@dataclass(frozen=True, eq=False, repr=False)
class KeyTerms(Sequence[KeyTerm]):
    """The key terms of a set of agreements, worked out from its configuration.

    A sequence of subjects in the order in which they are printed. Only what an agreement of the set says is there.

    Attributes:
        terms: The subjects.
        titles: What each agreement is called, by precedent id.
    """

    terms: tuple[KeyTerm, ...]
    titles: Mapping[str, str]

    @classmethod
    def of(cls, config: Config, documents: Sequence[Document]) -> KeyTerms:
        """Return the key terms of the agreements that were made from a configuration."""
        places = {document.precedent: Places(document) for document in documents}
        terms: list[KeyTerm] = []
        for subject, statements in catalogue(config):
            points = [
                Point(one, {id_: found for id_, known in places.items() if (found := known.find(one.ids, one.paths))})
                for one in statements
            ]
            kept = tuple(point for point in points if point.where or not point.statement.ids)
            if kept:
                terms.append(KeyTerm(subject, kept))
        return cls(tuple(terms), {document.precedent: document.short for document in documents})

    def blocks(self, precedent: str) -> tuple[Block, ...]:
        """Return the page that stands before the contents of an agreement: a table, and what it is worth.

        Args:
            precedent: The agreement. Only what it says itself is on its page, so that the page stays one.
        """
        rows = []
        for term in self.terms:
            said = [point for point in term.points if precedent in point.where or not point.statement.ids]
            if said:
                rows.append(((Text(term.subject),), tuple(_cell(said, precedent))))
        header = tuple((Text(name),) for name in HEADER)
        return (Table(header, tuple(rows), CAPTION, _WIDTHS), Para((Emphasis((Text(CAVEAT),)),)))

    def table(self) -> Rows:
        """Return a row for each statement."""
        return Rows(
            [
                {"subject": term.subject, "agreed": point.text, "where": self.places(point)}
                for term in self.terms
                for point in term.points
            ]
        )

    def as_dict(self) -> list[dict[str, Any]]:
        """Return the subjects as plain data, ready for JSON."""
        return [
            {
                "subject": term.subject,
                "points": [
                    {
                        "agreed": point.text,
                        "values": {
                            one.path: one.text if isinstance(one, Value) else None
                            for one in point.statement.inlines
                            if isinstance(one, Value | Blank)
                        },
                        "where": [
                            {"agreement": id_, "id": one.target, "reference": one.text}
                            for id_, one in point.where.items()
                        ],
                    }
                    for point in term.points
                ],
            }
            for term in self.terms
        ]

    def places(self, point: Point) -> str:
        """Return where a statement is said, in words: "clause 28.1 of the Partnership Agreement"."""
        several = len(self.titles) > 1
        of = (f" of the {self.titles[id_]}" if several else "" for id_ in point.where)
        return "; ".join(f"{one.text}{tail}" for one, tail in zip(point.where.values(), of, strict=True))

    def markdown(self) -> str:
        """Return the key terms as Markdown: a table with the places in a column of their own."""
        lines = ["| Subject | What is agreed | Where |", "| --- | --- | --- |"]
        lines += ["| " + " | ".join(_markdown(cell) for cell in row) + " |" for row in self._rows()]
        return "# Key terms\n\n" + "\n".join(lines) + "\n"

    def text(self) -> str:
        """Return the key terms as plain text."""
        out = ["Key terms"]
        for term in self.terms:
            out += ["", term.subject]
            for point in term.points:
                places = self.places(point)
                out.append(f"  {point.text}" + (f" ({places})" if places else ""))
        return "\n".join(out) + "\n"

    def html(self) -> str:
        """Return the key terms as a page of HTML that stands on its own."""
        return (
            '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n<title>Key terms</title>\n</head>\n'
            f"<body>\n<main>\n<h1>Key terms</h1>\n{self._repr_html_()}\n</main>\n</body>\n</html>\n"
        )

    def _rows(self) -> Iterator[tuple[str, str, str]]:
        for term in self.terms:
            for number, point in enumerate(term.points):
                yield ("" if number else term.subject, point.text, self.places(point))

    def __getitem__(self, index: Any) -> Any:
        """Return a subject by its position or by its name."""
        if isinstance(index, str):
            return next(term for term in self.terms if term.subject == index)
        return self.terms[index]

    def __len__(self) -> int:
        return len(self.terms)

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"<KeyTerms: {', '.join(term.subject for term in self.terms)}>"

    def _repr_html_(self) -> str:
        out = ['<table aria-label="Key terms"><thead><tr><th scope="col">Subject</th>']
        out.append('<th scope="col">What is agreed</th><th scope="col">Where</th></tr></thead><tbody>')
        for term in self.terms:
            for number, point in enumerate(term.points):
                span = f' rowspan="{len(term.points)}"' if len(term.points) > 1 else ""
                head = f'<th scope="row"{span}>{html.escape(term.subject)}</th>' if number == 0 else ""
                cells = "".join(f"<td>{html.escape(cell)}</td>" for cell in (point.text, self.places(point)))
                out.append(f"<tr>{head}{cells}</tr>")
        return "\n".join([*out, "</tbody></table>"])


def with_key_terms(document: Document, terms: KeyTerms) -> Document:
    """Return an agreement with the page of its key terms."""
    return replace(document, summary=terms.blocks(document.precedent))


def _cell(points: Sequence[Point], precedent: str) -> Iterator[Inline]:
    """Yield the statements of a subject, a line for each, with the clause that says it."""
    for number, point in enumerate(points):
        if number:
            yield LineBreak()
        yield from point.statement.inlines
        if precedent in point.where:
            yield from (Text(" ("), point.where[precedent], Text(")"))


def _markdown(text: str) -> str:
    row = Row(lambda _: "", lambda *_: "")
    row.text(text)
    return row.markdown(flat=True)
