"""The questionnaire as Markdown: readable in any editor, and filled in with an x between brackets."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from agreementkit.asking.explained import SAYS, in_quotes
from agreementkit.asking.paper.sheet import COLUMNS, HOW_TO, TITLE, Entry, Sheet
from agreementkit.asking.reasons import Reason

WIDTH = 118


def sheet_markdown(sheet: Sheet) -> str:
    """Return a questionnaire as Markdown."""
    return "\n".join(_lines(sheet)) + "\n"


def _lines(sheet: Sheet) -> Iterator[str]:
    yield f"# {TITLE}"
    if sheet.parties:
        yield ""
        yield from _wrapped(f"For {', '.join(sheet.parties)}.")
    for paragraph in HOW_TO:
        yield ""
        yield from _wrapped(paragraph)
    for part in sheet.parts:
        yield ""
        yield f"## {part.title}"
        for entry in part.entries:
            yield from _entry(entry)


def _entry(entry: Entry) -> Iterator[str]:
    yield ""
    yield f"### {entry.number}. {entry.question.text}"
    yield ""
    yield from _wrapped(entry.help)
    for option in entry.options:
        if option.reasons:
            yield ""
            yield f"> **{option.words}**"
            yield from _reasons(option.reasons)
    if entry.reasons:
        yield ""
        yield from list(_reasons(entry.reasons))[1:]
    yield ""
    yield f"| `{entry.question.path}` | {' | '.join(COLUMNS)} |"
    yield f"| --- |{' --- |' * len(COLUMNS)}"
    if not entry.options:
        unit = f" ({entry.question.unit})" if entry.question.unit else ""
        yield f"| Answer{unit} |  |  | {_cell(entry.agreed)} |"
    settled = set(entry.agreed.split(", ")) if entry.agreed else set()
    for option in entry.options:
        ticked = "[x]" if {str(option.value), option.words} & settled else "[ ]"
        yield f"| {_cell(option.words)} | [ ] | [ ] | {ticked} |"


def _reasons(reasons: tuple[Reason, ...]) -> Iterator[str]:
    for one in reasons:
        yield ">"
        yield from (
            f"> {line}" for line in _wrapped(f"{SAYS[one.voice]}: {in_quotes(one.text)} ({one.clause})", WIDTH - 2)
        )


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _wrapped(text: str, width: int = WIDTH) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
