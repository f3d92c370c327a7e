"""Reads running text: our own marks first, with their places, then emphasis through Python-Markdown.

Our marks (`{{ … }}`, `{term}`, `@reference`, `[words]{…}`, `[words][^note]`) are taken out before Markdown
sees the text and put back afterwards, each as one private-use character. So a mark can stand inside emphasis,
its place stays exact, and nothing that is filled in later can ever become markup.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from agreementkit.diagnostics import Diagnostic
from agreementkit.reader.attributes import parse_attributes
from agreementkit.reader.cursor import Passage
from agreementkit.reader.template import SpanTemplate, TemplateInline
from agreementkit.tree.nodes import CrossReference, Emphasis, Field, Inline, Strong, TermUse, Text

if TYPE_CHECKING:
    import markdown

_FIRST, _LAST = 0xE000, 0xF8FF  # the private-use area; input is refused if it contains any of it
_REFERENCE = re.compile(
    r"@(?:[a-z][a-z0-9-]*:)?(?:[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*|(?:/[a-z0-9]+(?:-[a-z0-9]+)*)+)"
)
_TERM = re.compile(r"\{([A-Za-z][^{}|\n]*?)(\(s\))?(?:\|([^{}]+))?\}")
_MARKER = re.compile(r"\[\^([a-z0-9][a-z0-9-]*)\]")
MAX_NESTING = 20
"""How deep brackets may stand in one another; far beyond what anybody could still read."""

MAX_LENGTH = 20_000
"""How many characters one paragraph may have; some of its readings take time that grows with the square of it."""

_HTML = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|<!--")
_Put = Callable[[TemplateInline], None]
_SPAN_KEYS = frozenset({"when"})
_KEPT = ("em_strong", "escape", "backtick")
"""What is used of Markdown, the last first. Its other patterns put marks of their own in place of `&amp;` and such."""
_MARKUP = re.compile(r"[*_\\`\x02\x03]")
"""What a text has where Markdown changes anything in it; the last two are Markdown's own marks."""


class _Reader:
    """One passage being read; `at` moves forward through its text."""

    def __init__(self, passage: Passage, found: list[Diagnostic]) -> None:
        self.passage = passage
        self.text = passage.text
        self.found = found
        self.faults_before = len(found)

    def fault(self, code: str, message: str, at: int, length: int = 1, *hints: str) -> None:
        self.found.append(Diagnostic(code, message, place=self.passage.place(at, length), hints=hints))

    def read(self, at: int, end: str) -> tuple[tuple[TemplateInline, ...], int]:
        """Read from `at` to the bracket `end`, or to the end of the text when `end` is empty."""
        text = self.text
        raw: list[str] = []
        marks: list[TemplateInline] = []

        def put(mark: TemplateInline) -> None:
            if len(marks) > _LAST - _FIRST:
                if len(self.found) == self.faults_before:
                    self.fault("AK211", "this paragraph has too many marks", at, 1, "split it into several")
                return
            raw.append(chr(_FIRST + len(marks)))
            marks.append(mark)

        while at < len(text):
            char = text[at]
            if char == "\\" and at + 1 < len(text):
                raw.append(text[at : at + 2] if text[at + 1] in "\\`*_{}[]()>#+-.!" else text[at + 1])
                at += 2
            elif text.startswith("{{", at):
                at = self._field(at, put)
            elif char == "{":
                at = self._term(at, put, raw)
            elif char == "@" and not text[at - 1 : at].isalnum() and (match := _REFERENCE.match(text, at)):
                put(CrossReference(match[0][1:], self.passage.place(at, len(match[0]))))
                at = match.end()
            elif char == "[" and (match := _MARKER.match(text, at)):
                self._bare_note(match, raw, marks, put)
                at = match.end()
            elif char == "[":
                at = self._span(at, put)
            elif char == "]" and end:
                return _emphasis("".join(raw), marks), at + 1
            else:
                if char == "<" and (match := _HTML.match(text, at)):
                    self.fault(
                        "AK211",
                        "HTML is not allowed in a clause",
                        at,
                        len(match[0]),
                        "write a backslash before `<` if the words are meant as they stand",
                    )
                raw.append(char)
                at += 1
        if end:
            self.fault(
                "AK211",
                "this bracket is never closed",
                len(text) - 1 if text else 0,
                1,
                "close it with `]`, or write `\\[` for a plain bracket",
            )
        return _emphasis("".join(raw), marks), at

    def _field(self, at: int, put: _Put) -> int:
        close = self.text.find("}}", at)
        if close < 0:
            self.fault("AK211", "this value is never closed", at, 2, "close it with `}}`")
            return len(self.text)
        expression = " ".join(self.text[at + 2 : close].split())
        put(Field(expression, self.passage.place(at, close + 2 - at)))
        return close + 2

    def _term(self, at: int, put: _Put, raw: list[str]) -> int:
        match = _TERM.match(self.text, at)
        if not match:
            self.fault(
                "AK211",
                "this brace opens neither a value, a term nor attributes",
                at,
                1,
                "write `{{ path }}` for a value, `{term}` for a term, or `\\{` for a plain brace",
            )
            raw.append("\\{")
            return at + 1
        key = " ".join(match[1].split())
        put(
            TermUse(
                key,
                " ".join((match[3] or "").split()),
                bool(match[2]),
                self.passage.place(at, match.end() - at),
            )
        )
        return match.end()

    def _span(self, at: int, put: _Put) -> int:
        inlines, after = self.read(at + 1, "]")
        attributes = None
        keys: list[str] = []
        while after < len(self.text):  # the condition and the notes of a span may come in either order
            if match := _MARKER.match(self.text, after):
                keys.append(match[1])
                after = match.end()
                continue
            opens = self.text[after] == "{" and not self.text.startswith("{{", after)
            if attributes is not None or not opens:
                break
            parsed = parse_attributes(self.text, after, self.passage.place, _SPAN_KEYS, self.found)
            if not parsed:
                break
            attributes, after = parsed
        when = attributes.condition() if attributes else None
        if when is None and not keys:
            self.fault(
                "AK211",
                "brackets here must carry a condition or a note",
                at,
                1,
                'write `[words]{when="…"}` or `[words][^note]`, or `\\[` for a plain bracket',
            )
        put(SpanTemplate(inlines, when, tuple(keys), self.passage.place(at)))
        return after

    def _bare_note(self, match: re.Match[str], raw: list[str], marks: list[TemplateInline], put: _Put) -> None:
        """Anchor a note that has no brackets on the word, value or term just before it."""
        word: list[str] = []
        while raw and not raw[-1].isspace():
            word.insert(0, raw.pop())
        if not word:
            self.fault(
                "AK216",
                f"note [^{match[1]}] stands after no word",
                match.start(),
                len(match[0]),
                "put it directly after a word, or bracket the words: `[these words][^note]`",
            )
            return
        if len(word) == 1 and len(word[0]) == 1 and _FIRST <= ord(word[0]) <= _LAST:
            last = marks[ord(word[0]) - _FIRST]
            if isinstance(last, SpanTemplate):  # a further note on bracketed words that carried a space before it
                put(SpanTemplate(last.inlines, last.when, (*last.notes, match[1]), last.place))
                return
        if "".join(word).replace("\\*", "").count("*") % 2:
            self.fault(
                "AK216",
                f"note [^{match[1]}] would stand on a part of the emphasised words",
                match.start(),
                len(match[0]),
                "bracket the words it is for: `[*these words*][^note]`",
            )
        inner = _emphasis("".join(word), marks)
        put(SpanTemplate(inner, None, (match[1],), self.passage.place(match.start(), len(match[0]))))


def read_inlines(passage: Passage, found: list[Diagnostic]) -> tuple[TemplateInline, ...]:
    """Read a passage of running text into inlines; faults go to `found`."""
    if len(passage.text) > MAX_LENGTH:
        found.append(
            Diagnostic(
                "AK211",
                f"this paragraph has more than {MAX_LENGTH:,} characters",
                place=passage.place(0),
                hints=("split it into several",),
            )
        )
        return ()
    deep = _too_deep(passage.text)
    if deep is not None:
        found.append(
            Diagnostic(
                "AK211",
                f"more than {MAX_NESTING} brackets stand in one another",
                place=passage.place(deep),
                hints=("split the words into sentences of their own",),
            )
        )
        return (Text(passage.text),)
    _refuse_private(passage, found)
    reader = _Reader(passage, found)
    inlines, _ = reader.read(0, "")
    return inlines


def _too_deep(text: str) -> int | None:
    """Return where brackets go too deep to be read, or None."""
    depth = at = 0
    while at < len(text):
        char = text[at]
        depth = max(0, depth + (char == "[") - (char == "]"))
        if depth > MAX_NESTING:
            return at
        at += 2 if char == "\\" else 1
    return None


def _refuse_private(passage: Passage, found: list[Diagnostic]) -> None:
    """Report private-use characters, and take them out: they would be taken for marks."""
    for at, char in enumerate(passage.text):
        if _FIRST <= ord(char) <= _LAST:
            found.append(
                Diagnostic(
                    "AK210",
                    f"the private-use character U+{ord(char):04X} is not allowed",
                    place=passage.place(at),
                    hints=("delete it",),
                )
            )
    passage.text = "".join("\ufffd" if _FIRST <= ord(c) <= _LAST else c for c in passage.text)


# ------------------------------------------------------------------------------------------ Python-Markdown


@cache
def _engine() -> markdown.Markdown:
    """Return Markdown with emphasis, escapes and plain words between backticks: no HTML, links, images or entities."""
    import markdown
    from markdown.inlinepatterns import build_inlinepatterns
    from markdown.util import Registry

    md = markdown.Markdown()
    inline: Any = md.treeprocessors["inline"]  # it keeps the patterns that it was made with
    usual = build_inlinepatterns(md)
    patterns: Any = Registry()
    for priority, name in enumerate(_KEPT):
        patterns.register(usual[name], name, priority)
    inline.inlinePatterns = patterns
    return md


def _emphasis(raw: str, marks: list[TemplateInline]) -> tuple[TemplateInline, ...]:
    text = smarten(raw.replace("\n", " "))
    return _with_markdown(text, marks) if _MARKUP.search(text) else tuple(_from_text(text, marks))


def _with_markdown(text: str, marks: list[TemplateInline]) -> tuple[TemplateInline, ...]:
    md = _engine()
    md.reset()
    root = ET.Element("div")
    paragraph = ET.SubElement(root, "p")
    paragraph.text = text
    md.treeprocessors["inline"].run(root)
    md.treeprocessors["unescape"].run(root)
    return _from_element(paragraph, marks)


def _from_element(element: ET.Element, marks: list[TemplateInline]) -> tuple[TemplateInline, ...]:
    out: list[TemplateInline] = list(_from_text(element.text or "", marks))
    for child in element:
        inner = cast(tuple[Inline, ...], _from_element(child, marks))
        if child.tag == "strong":
            out.append(Strong(inner))
        elif child.tag == "em":
            out.append(Emphasis(inner))
        else:  # pragma: no cover - the engine keeps no other pattern
            out.extend(inner)
        out.extend(_from_text(child.tail or "", marks))
    return tuple(out)


def _from_text(text: str, marks: list[TemplateInline]) -> list[TemplateInline]:
    out: list[TemplateInline] = []
    plain = ""
    for char in text:
        if _FIRST <= ord(char) <= _LAST:
            if plain:
                out.append(Text(plain))
                plain = ""
            out.append(marks[ord(char) - _FIRST])
        else:
            plain += char
    if plain:
        out.append(Text(plain))
    return out


def smarten(text: str) -> str:
    """Return `text` with typographic quotes and apostrophes. Authors may also type them."""
    text = re.sub(r"(^|[\s(\[–—])(\**)\"", r"\1\2“", text)  # emphasis may open before the quotation does
    text = text.replace('"', "”")
    text = re.sub(r"(^|[\s(\[–—“])(\**)'", r"\1\2‘", text)
    return text.replace("'", "’")
