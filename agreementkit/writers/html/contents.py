"""What stands beside the text of a page: contents, the topics to choose from, values and blanks with their settings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from agreementkit.tree.nodes import Clause, Division, Document, Voice
from agreementkit.tree.walk import BLANK
from agreementkit.writers.html.text import heading_of, is_group, section_id
from agreementkit.writers.html.units import Units
from agreementkit.writers.html.words import address, escaped
from agreementkit.writers.outline import author_of


def contents(document: Document) -> Iterator[str]:
    """Yield the list of contents: the fixed parts, their groups, clauses and schedules."""
    heads = document.headings
    yield "<ol>"
    for key, heading, tops in (
        ("parties", heads.parties, document.parties),
        ("background", heads.background, document.background),
        ("agreed", heads.agreed, document.body),
        ("", "", document.schedules),
        ("execution", heads.execution, document.execution),
    ):
        if not tops:
            continue
        inner = list(_entries(document, tops)) if key in ("agreed", "") else []
        if heading:
            link = f'<a href="#{section_id(document.precedent, key)}">{escaped(heading)}</a>'
            inner = [f"<li>{link}", *(["<ol>", *inner, "</ol>"] if inner else []), "</li>"]
        yield from inner
    yield "</ol>"


def _entries(document: Document, divisions: tuple[Division, ...]) -> Iterator[str]:
    for division in divisions:
        words = heading_of(division)
        below = list(_entries(document, division.children)) if is_group(division) else []
        if not words:
            yield from below
            continue
        number, _, rest = words.partition(" ") if isinstance(division, Clause) else ("", "", words)
        shown = f'<span class="num">{escaped(number)}</span> {escaped(rest)}' if number and rest else escaped(words)
        kind = ' class="group"' if is_group(division) else ""
        yield f'<li{kind}><a href="#{address(document.precedent, division.id)}">{shown}</a>'
        if below:
            yield "<ol>"
            yield from below
            yield "</ol>"
        yield "</li>"


def topics(document: Document) -> Iterator[str]:
    """Yield the choices of the filter by topic: groups of clauses under their headings, each with its clauses."""
    yield '<option value="">Everything</option>'
    for division in document.body:
        words, inner = escaped(heading_of(division)), [one for one in division.children if heading_of(one)]
        if not is_group(division):
            inner = []
        if words and not inner:
            yield f'<option value="{address(document.precedent, division.id)}">{words}</option>'
        elif words:
            yield f'<optgroup label="{words}">'
            yield f'<option value="{address(document.precedent, division.id)}">All on {_lower(words)}</option>'
            for one in inner:
                yield f'<option value="{address(document.precedent, one.id)}">{escaped(heading_of(one))}</option>'
            yield "</optgroup>"
    for schedule in document.schedules:
        yield f'<option value="{address(document.precedent, schedule.id)}">{escaped(heading_of(schedule))}</option>'


def _lower(words: str) -> str:
    """Return words as they stand inside a sentence; those that begin with capitals throughout stay."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def voices(document: Document) -> Iterator[str]:
    """Yield a check box for each voice that speaks in the notes, with how many notes it has."""
    counts = Counter(note.voice for note in document.notes)
    labels = {note.voice: author_of(note) for note in reversed(document.notes)}
    for voice in sorted(counts, key=list(Voice).index):
        yield (
            f'<label class="choice v-{voice.value}"><input type="checkbox" name="voice" value="{voice.value}" checked> '
            f'<span class="swatch" aria-hidden="true"></span>{escaped(labels[voice])} '
            f'<span class="count">{counts[voice]}</span></label>'
        )


def values(units: Units) -> Iterator[str]:
    """Yield the list of values and blanks, each with its setting and a link to the place that prints it first."""
    if units.blanks:
        yield f"<h3>Still blank ({len(units.blanks)})</h3>\n<ul>"
        for (path, label), division in units.blanks.items():
            said = f"<span>{escaped(label)}</span> " if label else ""
            link = f'<a href="#{units.address(division)}">{BLANK} {said or escaped(path)}</a>' if division else said
            yield f"<li>{link}{_path(path)}</li>"
        yield "</ul>"
    if units.values:
        yield f"<h3>Values ({len(units.values)})</h3>\n<ul>"
        for path, texts in units.values.items():
            links = ", ".join(
                f'<a href="#{units.address(division)}">{escaped(text)}</a>' if division else escaped(text)
                for text, division in texts.items()
            )
            yield f"<li>{links}{_path(path)}</li>"
        yield "</ul>"


def _path(path: str) -> str:
    return f' <code class="path">{escaped(path)}</code>' if path else ""
