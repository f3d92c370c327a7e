"""The matrix of compliance for people and for spreadsheets: Markdown, CSV, plain data, and a table in a notebook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from agreementkit.checks.law import MatrixRow, matrix
from agreementkit.checks.scene import Scene

KINDS = {"law": "Law", "code": "Statutory code", "policy": "Policy", "good-practice": "Good practice"}
"""Kinds of requirement in the order in which they are shown, with their names in print."""
COLUMNS = ("id", "kind", "requires", "citation", "applies", "met", "agreement", "provision", "settings")
"""Columns of the CSV."""
_CAVEAT = "The matrix says where a subject is dealt with, not that the words are enough. It is not legal advice."
_FORMULA = tuple("=+-@\t\r")


@dataclass(frozen=True)
class Matrix(Sequence[MatrixRow]):
    """What law, codes, policy and good practice ask a set of agreements to deal with, and where it does.

    A sequence of rows, one for each requirement of the bank, in the order of its files.
    """

    rows: tuple[MatrixRow, ...]

    @classmethod
    def of(cls, scene: Scene) -> Matrix:
        """Return the matrix of the set that a scene shows."""
        return cls(matrix(scene))

    @property
    def applying(self) -> tuple[MatrixRow, ...]:
        """The requirements that concern the set, on its date and in its nation."""
        return tuple(row for row in self.rows if row.applies)

    @property
    def missing(self) -> tuple[MatrixRow, ...]:
        """The requirements that concern the set and that nothing in it meets."""
        return tuple(row for row in self.rows if row.missing)

    @property
    def summary(self) -> str:
        """How many requirements concern the set, and how many it deals with, in a sentence."""
        met = len(self.applying) - len(self.missing)
        return f"{len(self.applying)} requirements concern this set; it deals with {met} of them."

    def markdown(self) -> str:
        """Return the matrix as Markdown: a table for each kind, and a list of what does not concern the set."""
        out = ["# Matrix of compliance", f"{self.summary} {_CAVEAT}"]
        for title, rows in self.tables():
            lines = [
                f"| {_cell(r.requires)} | {_cell(r.citation)} | {_cell(answer(r) or '**nothing**')} |" for r in rows
            ]
            head = "| What is asked | Asked by | Dealt with in |\n| --- | --- | --- |"
            out += [f"## {title}", "\n".join((head, *lines))]
        left = [row for row in self.rows if not row.applies]
        if left:
            out += ["## Not concerned", "\n".join(f"- {_plain(row.requires)} ({_plain(row.citation)})" for row in left)]
        return "\n\n".join(out) + "\n"

    def csv(self) -> str:
        """Return the matrix as CSV (RFC 4180, lines ended by LF): a line for each requirement and each answer to it.

        A cell that a spreadsheet would take for a formula begins with an apostrophe.
        """
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in self.rows:
            start = (row.id, row.kind, row.requires, row.citation, _yes(row.applies), _yes(row.met))
            for provided in row.by or (None,):
                place = (provided.title, provided.label) if provided else ("", "")
                cells = (*start, *place, " ".join(row.settings))
                writer.writerow(f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells)
        return text.getvalue()

    def as_data(self) -> list[dict[str, Any]]:
        """Return the matrix as plain data, ready for JSON."""
        return [
            {
                "id": row.id,
                "kind": row.kind,
                "requires": row.requires,
                "citation": row.citation,
                "cites": list(row.cites),
                "confirmed": row.confirmed,
                "applies": row.applies,
                "met": row.met,
                "by": [{"agreement": p.agreement, "division": p.division, "label": p.label} for p in row.by],
                "settings": list(row.settings),
            }
            for row in self.rows
        ]

    def tables(self) -> Iterator[tuple[str, list[MatrixRow]]]:
        """Yield the name of each kind and its rows that concern the set."""
        for kind, title in KINDS.items():
            rows = [row for row in self.applying if row.kind == kind]
            if rows:
                yield title, rows

    def __getitem__(self, index: Any) -> Any:
        return self.rows[index]

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        return f"<Matrix: {self.summary}>"

    def _repr_html_(self) -> str:
        out = [f"<p>{escape(self.summary)} {_CAVEAT}</p>"]
        for title, rows in self.tables():
            out.append(f"<table><caption>{title}</caption>")
            out.append("<tr><th>What is asked</th><th>Asked by</th><th>Dealt with in</th></tr>")
            for row in rows:
                cells = (escape(row.requires), escape(row.citation), escape(answer(row)) or "<strong>nothing</strong>")
                out.append("<tr>" + "".join(f'<td style="text-align:left">{cell}</td>' for cell in cells) + "</tr>")
            out.append("</table>")
        return "\n".join(out)


def answer(row: MatrixRow) -> str:
    """Return where a requirement is dealt with, in words: "clauses 4.1 and 4.9 of the …"; empty when nowhere."""
    by: dict[str, list[str]] = {}
    for provided in row.by:
        by.setdefault(provided.title, []).append(provided.label)
    if by:
        return "; ".join(f"{_all(labels)} of the {title}" for title, labels in by.items())
    return ", ".join(f"`{path}`" for path in row.settings) if row.met else ""


def _all(labels: Sequence[str]) -> str:
    *most, last = labels
    return f"{', '.join(most)} and {last}" if most else last


def _plain(text: str) -> str:
    return " ".join(text.split())


def _cell(text: str) -> str:
    return _plain(text).replace("|", "\\|")


def _yes(value: bool) -> str:
    return "yes" if value else "no"
