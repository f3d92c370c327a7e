"""The log of comments in print: Markdown, HTML, CSV for a spreadsheet, JSON for programs.

Everything in it was written by somebody else. It is escaped in each form, and a cell that a spreadsheet would take
for a formula begins with an apostrophe.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from itertools import groupby

from agreementkit.reviewing.collect import ReviewLog
from agreementkit.reviewing.comment import KINDS, SIDES, Entry, ReviewComment
from agreementkit.writers.html.words import escaped
from agreementkit.writers.markdown.escape import Escaping

LOG_FORMAT = "agreementkit-review-log/1"
"""Name and version of the log as JSON."""

COLUMNS = (
    "agreement", "clause", "number", "heading", "quote", "name", "side", "kind", "when", "comment", "proposed",
    "reply_to", "resolved", "placed", "files", "paragraph", "id",
)  # fmt: skip
"""Columns of the CSV."""

NOT_PLACED = "Not placed"
_FORMULA = tuple("=+-@\t\r")
_UNTITLED = "Agreement that is not known"
_STYLE = """
:root { color-scheme: light dark; }
body { max-width: 48rem; margin: 2rem auto; padding: 0 1.25rem; font: 1rem/1.5 "Segoe UI", Arial, sans-serif; }
h2 { margin-top: 2.5rem; border-bottom: 1px solid; padding-bottom: .3rem; } h3 { margin: 1.75rem 0 .25rem; }
blockquote { margin: .25rem 0 .75rem; padding-left: .9rem; border-left: 3px solid; font-style: italic; }
.comment { margin: .75rem 0; } .comment p { margin: .2rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
"""


def _summary(log: ReviewLog) -> str:
    comments = log.comments
    people = {one.name for one in comments}
    parts = [_count(len(comments), "comment"), f"by {_count(len(people), 'person', 'people')}"]
    parts.append(f"from {_count(len(log.files), 'file')}")
    notes = f" {_count(log.own_notes, 'note')} of the agreement itself left out." if log.own_notes else ""
    return f"{' '.join(parts)}.{notes}"


def _count(number: int, word: str, words: str = "") -> str:
    return f"{number} {word if number == 1 else words or word + 's'}"


def _groups(log: ReviewLog) -> Iterator[tuple[str, str, list[Entry]]]:
    """Yield the entries of each clause with the title of its agreement and its heading."""
    for (title, placed, heading, clause), entries in groupby(
        log.entries, key=lambda one: (one.title, one.placed, one.heading, one.clause)
    ):
        yield title or _UNTITLED, (heading or clause) if placed else NOT_PLACED, list(entries)


def _about(comment: ReviewComment) -> str:
    parts = [SIDES.get(comment.side, ""), comment.when[:10], KINDS.get(comment.kind, "")]
    parts.append("resolved" if comment.resolved else "")
    return ", ".join(part for part in parts if part)


def _head(entry: Entry, comment: ReviewComment) -> str:
    return entry.number or comment.number or comment.paragraph or "Without a place"


# ----------------------------------------------------------------------------------------------- Markdown


def _markdown(log: ReviewLog) -> str:
    out = ["# Review comments", _summary(log)]
    title = ""
    for agreement, heading, entries in _groups(log):
        if agreement != title:
            title = agreement
            out.append(f"## {_escape(title, heading=True)}")
        out.append(f"### {_escape(heading, heading=True)}")
        for entry in entries:
            for number, comment in enumerate(entry.comments):
                head = _head(entry, comment)
                if number == 0 or not entry.placed:
                    out.append(f"**{_escape(head)}**")
                if comment.quote:
                    out.append("\n".join(f"> {line}" for line in _escape(comment.quote).split("\n")))
                out.append("\n".join(_item(comment)))
    return "\n\n".join(out) + "\n"


def _item(comment: ReviewComment) -> Iterator[str]:
    yield f"- **{_escape(comment.name or 'Somebody')}** ({_escape(_about(comment))})"
    for label, text in (("In reply to", comment.reply_to), ("", comment.text), ("Proposed", comment.proposed)):
        if text:
            first, *rest = _escape(f"{label}: {text}" if label else text).split("\n")
            yield ""
            yield f"  {first}" + "".join(f"\\\n  {line}" if line.strip() else "\\\n  &nbsp;" for line in rest)


def _escape(text: str, *, heading: bool = False) -> str:
    text = " ".join(text.split()) if heading else "\n".join(" ".join(line.split()) for line in text.split("\n"))
    words = Escaping(text, heading=heading)
    last = len(text) - 1
    return "".join(
        char if char == "\n" else words.escape(at, seam=0, touches=at == last, after_mark=False)
        for at, char in enumerate(text)
    )


# --------------------------------------------------------------------------------------------------- HTML


def _html(log: ReviewLog) -> str:
    out = [
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>Review comments</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>Review comments</h1>",
        f"<p>{escaped(_summary(log))}</p>",
    ]
    title = ""
    for agreement, heading, entries in _groups(log):
        if agreement != title:
            title = agreement
            out.append(f"<h2>{escaped(title)}</h2>")
        out.append(f"<h3>{escaped(heading)}</h3>")
        for entry in entries:
            for number, comment in enumerate(entry.comments):
                if number == 0 or not entry.placed:
                    out.append(f"<h4>{escaped(_head(entry, comment))}</h4>")
                out.append(_card(comment))
    out.append("</main>\n</body>\n</html>\n")
    return "\n".join(out)


def _card(comment: ReviewComment) -> str:
    lines = ['<div class="comment">']
    if comment.quote:
        lines.append(f"<blockquote>{escaped(comment.quote)}</blockquote>")
    lines.append(f"<p><strong>{escaped(comment.name or 'Somebody')}</strong> ({escaped(_about(comment))})</p>")
    for label, text in (("In reply to: ", comment.reply_to), ("", comment.text), ("Proposed: ", comment.proposed)):
        if text:
            lines.append(f"<p>{f'<strong>{label}</strong>' if label else ''}{escaped(text)}</p>")
    return "\n".join((*lines, "</div>"))


# -------------------------------------------------------------------------------------------- CSV and JSON


def _csv(log: ReviewLog) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for entry in log.entries:
        for one in entry.comments:
            cells = (
                entry.title, entry.clause, entry.number or one.number, entry.heading, one.quote, one.name,
                SIDES.get(one.side, ""), KINDS.get(one.kind, ""), one.when, one.text, one.proposed, one.reply_to,
                "yes" if one.resolved else "no", "yes" if entry.placed else "no", ", ".join(one.files),
                one.paragraph, one.id,
            )  # fmt: skip
            writer.writerow(f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells)
    return text.getvalue()


def _json(log: ReviewLog) -> str:
    data = {
        "format": LOG_FORMAT,
        "files": [
            {
                "file": one.file,
                "document": one.identity.as_dict() if one.identity else None,
                "comments": len(one.comments),
                "own_notes": one.own_notes,
            }
            for one in log.files
        ],
        "entries": [
            {
                "agreement": entry.precedent,
                "title": entry.title,
                "placed": entry.placed,
                "clause": entry.clause,
                "paragraph": entry.paragraph,
                "number": entry.number,
                "heading": entry.heading,
                "comments": [asdict(one) for one in entry.comments],
            }
            for entry in log.entries
        ],
        "warnings": [one.as_dict() for one in log.report],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


FORMS: Mapping[str, Callable[[ReviewLog], str]] = {"md": _markdown, "json": _json, "html": _html, "csv": _csv}
"""Every form of the log by its name."""
