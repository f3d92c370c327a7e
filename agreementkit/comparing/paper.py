"""What a comparison shows, on one sheet, whatever it compares; and the sheet as plain text, Markdown and HTML.

What was removed stands between `[-` and `-]`, what was added between `{+` and `+}` in plain text. Markdown and HTML
mark it with `del` and `ins`; HTML prints the signs too, so that nothing hangs on a colour.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from agreementkit.comparing.words import Kind, Piece
from agreementkit.writers.markdown.escape import require_fit
from agreementkit.writers.markdown.inlines import Row as MarkdownRow

Words = tuple[Piece, ...]

SIGNS: Mapping[Kind, tuple[str, str]] = {"removed": ("[-", "-]"), "added": ("{+", "+}"), "same": ("", "")}
"""What stands on both sides of words in plain text."""

_TAGS = {"removed": "del", "added": "ins"}
_STYLE = """
.ak-compare { color: #1b1b1b; background: #fff; padding: 1em; line-height: 1.5; max-width: 60em; }
.ak-compare del { color: #7a1620; background: #fbeaea; text-decoration: line-through; }
.ak-compare ins { color: #1c5128; background: #e8f4ea; text-decoration: underline; }
.ak-compare .ak-sign { font-family: monospace; display: inline-block; }
.ak-compare .ak-label { font-weight: 600; }
.ak-compare .ak-how { font-style: italic; }
.ak-compare table { border-collapse: collapse; margin: .5em 0; }
.ak-compare th, .ak-compare td { border: 1px solid #8a8a8a; padding: .25em .6em; }
.ak-compare th, .ak-compare td { text-align: left; vertical-align: top; }
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph of a group: its number or name, what became of it, its words."""

    label: str
    how: str
    words: Words = ()


@dataclass(frozen=True, slots=True)
class Group:
    """What belongs to one clause: its heading, what became of it, its rows."""

    heading: str
    remark: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; a cell is a tuple of paragraphs."""

    header: tuple[str, ...]
    rows: tuple[tuple[tuple[Words, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of the sheet: words, groups, and a table."""

    title: str
    remarks: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    grid: Grid | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything that is shown."""

    title: str
    summary: str
    sections: tuple[Section, ...]

    def text(self) -> str:
        """Return the sheet as plain text, each group and each row of a table as lines of its own."""
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        yield from (self.title, self.summary)
        for section in self.sections:
            yield from ("", section.title)
            yield from (f"  {remark}" for remark in section.remarks)
            for group in section.groups:
                yield from ("", f"  {_joined(group.heading, _bracketed(group.remark))}")
                for row in group.rows:
                    yield f"    {_joined(row.label, _bracketed(row.how), marked(row.words))}"
            for cells in section.grid.rows if section.grid else ():
                yield ""
                for name, cell in zip(section.grid.header if section.grid else (), cells, strict=True):
                    first, *rest = [marked(words) for words in cell] or [""]
                    yield f"  {name}: {first}".rstrip()
                    yield from (f"    {words}" for words in rest)

    def markdown(self) -> str:
        """Return the sheet as Markdown, for GitHub, pandoc and python-markdown alike."""
        out = [f"# {_md(self.title, heading=True)}", _md(self.summary)]
        for section in self.sections:
            out.append(f"## {_md(section.title, heading=True)}")
            out += [_md(remark) for remark in section.remarks]
            for group in section.groups:
                out.append(f"### {_md(_joined(group.heading, _bracketed(group.remark)), heading=True)}")
                for row in group.rows:
                    label = f"**{_md(row.label)}**" if row.label else ""
                    how = f"*{_md(row.how)}*" if row.how else ""
                    out.append("- " + _joined(label, how and f"({how})", _md_words(row.words)))
            if section.grid:
                out.append("\n".join(_md_table(section.grid)))
        return "\n\n".join(out) + "\n"

    def html(self) -> str:
        """Return the sheet as a page of HTML that fetches nothing and runs nothing."""
        return (
            '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{_text(self.title)}</title>\n</head>\n<body>\n<main>\n{self.fragment(1)}\n</main>\n</body>\n</html>\n"
        )

    def fragment(self, level: int = 3) -> str:
        """Return the sheet as a fragment of HTML for a notebook; `level` is that of its heading."""
        one, two, three = (f"h{level + below}" for below in range(3))
        out = [f'<article class="ak-compare" lang="en-GB">\n<style>{_STYLE}</style>']
        out += [f"<{one}>{_text(self.title)}</{one}>", f"<p>{_text(self.summary)}</p>"]
        for section in self.sections:
            out.append(f"<{two}>{_text(section.title)}</{two}>")
            out += [f"<p>{_text(remark)}</p>" for remark in section.remarks]
            for group in section.groups:
                remark = f' <span class="ak-how">({_text(group.remark)})</span>' if group.remark else ""
                out.append(f"<{three}>{_text(group.heading)}{remark}</{three}>\n<ul>")
                for row in group.rows:
                    label = f'<span class="ak-label">{_text(row.label)}</span>' if row.label else ""
                    how = f'<span class="ak-how">({_text(row.how)})</span>' if row.how else ""
                    out.append(f"<li>{_joined(label, how, _html_words(row.words))}</li>")
                out.append("</ul>")
            if section.grid:
                out.append(_html_table(section.title, section.grid))
        return "\n".join([*out, "</article>"])


def marked(words: Words) -> str:
    """Return words as plain text, with signs around what was removed and added."""
    return "".join(text for _, text in signed(words)).strip()


def signed(words: Words) -> Iterator[tuple[Kind, str]]:
    """Yield words with their signs, each stretch with what became of it; white space between them is the same."""
    for one, body, gap in _apart(words):
        start, end = SIGNS[one.kind]
        yield one.kind, f"{start}{body}{end}"
        if gap:
            yield "same", gap


def plainly(text: str) -> Words:
    """Return plain text as words that are the same."""
    return (Piece("same", text, text),) if text else ()


def _apart(words: Words) -> Iterator[tuple[Piece, str, str]]:
    """Yield each piece with its words and the white space behind them, which belongs outside the signs."""
    for one in words:
        body = one.text.rstrip()
        gap = one.text[len(body) :] or one.old[len(one.old.rstrip()) :]
        yield one, body or one.text, gap if body else ""


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _bracketed(words: str) -> str:
    return f"({words})" if words else ""


def _md(text: str, *, heading: bool = False) -> str:
    row = MarkdownRow(lambda _: "", lambda *_: "")
    row.text(text)
    return row.markdown(flat=True, heading=heading)


def _md_words(words: Words) -> str:
    row = MarkdownRow(lambda _: "", lambda *_: "")
    for one, body, gap in _apart(words):
        tag = _TAGS.get(one.kind)
        if tag:
            row.raw(f"<{tag}>")
        row.text(body)
        if tag:
            row.raw(f"</{tag}>")
        row.text(gap)
    return row.markdown(flat=True)


def _md_table(grid: Grid) -> Iterator[str]:
    yield "| " + " | ".join(_md(name) for name in grid.header) + " |"
    yield "| " + " | ".join("---" for _ in grid.header) + " |"
    for row in grid.rows:
        yield "| " + " | ".join("<br>".join(map(_md_words, cell)) for cell in row) + " |"


def _text(text: str) -> str:
    require_fit(text, "HTML")
    return html.escape(text)


def _html_words(words: Words) -> str:
    out: list[str] = []
    for one, body, gap in _apart(words):
        tag = _TAGS.get(one.kind)
        if tag:
            start, end = (f'<span class="ak-sign">{_text(sign)}</span>' for sign in SIGNS[one.kind])
            out.append(f"<{tag}>{start}{_text(body)}{end}</{tag}>{_text(gap)}")
        else:
            out.append(_text(body + gap))
    return "".join(out)


def _html_table(title: str, grid: Grid) -> str:
    out = [f'<table aria-label="{_text(title)}"><thead><tr>']
    out.append("".join(f'<th scope="col">{_text(name)}</th>' for name in grid.header) + "</tr></thead><tbody>")
    for row in grid.rows:
        cells = ["<br>".join(map(_html_words, cell)) for cell in row]
        out.append(f'<tr><th scope="row">{cells[0]}</th>' + "".join(f"<td>{cell}</td>" for cell in cells[1:]) + "</tr>")
    return "\n".join([*out, "</tbody></table>"])
