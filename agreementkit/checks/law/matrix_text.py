"""The matrix of compliance as Markdown for people and as CSV for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from agreementkit.checks.law.matrix import MatrixRow

_HEAD = "| What is asked | Asked by | Dealt with in |\n| --- | --- | --- |"
_KINDS = {"law": "Law", "code": "Statutory code", "policy": "Policy", "good-practice": "Good practice"}
COLUMNS = ("id", "kind", "requires", "citation", "applies", "met", "agreement", "provision", "settings")
"""Columns of the CSV."""


def matrix_markdown(rows: Sequence[MatrixRow]) -> str:
    """Return the matrix as Markdown: a table for each kind, what does not apply left to a list at the end.

    Args:
        rows: Rows made by `matrix`.
    """
    applying = [row for row in rows if row.applies]
    missing = [row for row in applying if row.missing]
    out = [
        "# Matrix of compliance",
        f"{len(applying)} requirements concern this set; it deals with {len(applying) - len(missing)} of them. The "
        "matrix says where a subject is dealt with, not that the words are enough. It is not legal advice.",
    ]
    for kind, title in _KINDS.items():
        table = [_line(row) for row in applying if row.kind == kind]
        if table:
            out += [f"## {title}", "\n".join((_HEAD, *table))]
    left = [row for row in rows if not row.applies]
    if left:
        out += ["## Not concerned", "\n".join(f"- {_plain(row.requires)} ({_plain(row.citation)})" for row in left)]
    return "\n\n".join(out) + "\n"


def matrix_csv(rows: Iterable[MatrixRow]) -> str:
    """Return the matrix as CSV: a line for each requirement and each provision that meets it.

    Args:
        rows: Rows made by `matrix`.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        start = (row.id, row.kind, row.requires, row.citation, _yes(row.applies), _yes(row.met))
        for provided in row.by or (None,):
            place = (provided.title, provided.label) if provided else ("", "")
            writer.writerow((*start, *place, " ".join(row.settings)))
    return text.getvalue()


def _line(row: MatrixRow) -> str:
    by: dict[str, list[str]] = {}
    for provided in row.by:
        by.setdefault(provided.title, []).append(provided.label)
    where = "; ".join(f"{', '.join(labels)} of the {title}" for title, labels in by.items())
    if not where:
        where = ", ".join(f"`{path}`" for path in row.settings) if row.met else "**nothing**"
    return f"| {_cell(row.requires)} | {_cell(row.citation)} | {_cell(where)} |"


def _plain(text: str) -> str:
    return " ".join(text.split())


def _cell(text: str) -> str:
    return _plain(text).replace("|", "\\|")


def _yes(value: bool) -> str:
    return "yes" if value else "no"
