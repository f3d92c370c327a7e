"""YAML read with the place of every value, and less of YAML than YAML allows.

No tags, no anchors, no merge keys, no second document, every key once. Plain words follow the core rules of
YAML 1.2, by which only `true` and `false` are booleans, so that a union called `NO` stays a name. Dates stay
text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import yaml

from agreementkit.diagnostics import Diagnostic
from agreementkit.errors import SourceError
from agreementkit.source.positions import Loc, Positions, Span
from agreementkit.source.text import UNPRINTABLE, SourceText

MAX_DEPTH = 40
MAX_VALUES = 100_000
MAX_DIGITS = 18
MAX_FAULTS = 100
"""After so many faults the rest of a text is not read."""

_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_CONSTANTS: Mapping[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Parsed:
    """What was read from a YAML text: the value as far as it could be read, the places, and all faults.

    `complete` says whether the text was read to its end.
    """

    value: object
    positions: Positions
    complete: bool = False
    diagnostics: list[Diagnostic] = field(default_factory=list)


def load_yaml(source: SourceText | str, first_line: int = 1) -> tuple[object, Positions]:
    """Read YAML and the place of every value in it.

    Args:
        source: The text; a plain string gets the name `<text>`.
        first_line: Number of its first line in the whole file, for front matter.

    Raises:
        SourceError: With every fault found.
    """
    if isinstance(source, str):
        source = SourceText.of(source)
    reading = source.reading
    if reading is not None and reading.data is not None:
        return reading.given(source, first_line)
    parsed = parse_yaml(source, first_line)
    parsed.diagnostics += islice(_hidden(parsed.positions), MAX_FAULTS)
    if parsed.diagnostics:
        raise SourceError(*parsed.diagnostics)
    if reading is not None:
        reading.note(parsed.value, parsed.positions)
    return parsed.value, parsed.positions


def _hidden(positions: Positions) -> Iterator[Diagnostic]:
    """Yield a fault for each quoted value with an unprintable character that was written as an escape."""
    for loc in sorted(positions.quoted, key=lambda loc: (positions.values[loc].line, positions.values[loc].column)):
        bad = UNPRINTABLE.search(positions.written[loc])
        if bad:
            message = f"the character U+{ord(bad.group()):04X} cannot be printed"
            yield Diagnostic("AK103", message, place=positions.place(loc), hints=("leave the escape out",))


def parse_yaml(source: SourceText | str, first_line: int = 1) -> Parsed:
    """Read YAML as `load_yaml` does, but return the faults beside what could be read."""
    if isinstance(source, str):
        source = SourceText.of(source)
    return _Reader(source, first_line).read()


@dataclass(slots=True)
class _Open:
    """A mapping or sequence that is being read."""

    loc: Loc
    value: dict[str, Any] | list[Any]
    key: str | None = None
    refused: bool = False


class _Stop(Exception):  # noqa: N818  # not an error: the end of what can be read
    """A bound was reached; reading on would serve nobody."""


class _Reader:
    """Builds values from the parser's events, so that bounds hold before anything is built."""

    def __init__(self, source: SourceText, first_line: int) -> None:
        self.positions = Positions(source, first_line)
        self.parsed = Parsed(None, self.positions)
        self.stack: list[_Open] = []
        self.count = self.documents = 0

    def read(self) -> Parsed:
        loader = _LOADER(self.positions.source.text)
        try:
            while loader.check_event():
                self.event(loader.get_event())
            self.parsed.complete = True
        except _Stop:
            pass
        except yaml.MarkedYAMLError as error:
            with suppress(_Stop):
                self.syntax(error)
        finally:
            loader.dispose()
        return self.parsed

    def syntax(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        span = Span(mark.line, mark.column, 1) if mark else Span(0, 0, 1)
        lines = self.positions.source.lines
        shown = lines[span.line] if span.line < len(lines) else ""
        if "nesting depth" in (error.problem or ""):  # newer parsers have a bound of their own, and look ahead
            self.too_deep(span)
            return
        if "\t" in shown[: len(shown) - len(shown.lstrip())]:
            self.fault("AK110", "this line is indented with a tab", span, "indent with spaces")
            return
        self.fault(
            "AK104", f"this is not sound YAML: {error.problem or error.context}", span,
            "check the indentation of this line and the one before",
            "put text that contains ': ' or ' #', or starts with a sign, in quotes",
        )  # fmt: skip

    def too_deep(self, span: Span) -> None:
        self.fault(
            "AK107", f"values are nested more than {MAX_DEPTH} deep", span, "check the indentation and the brackets"
        )

    def fault(self, code: str, message: str, span: Span, *hints: str) -> None:
        self.parsed.diagnostics.append(Diagnostic(code, message, place=self.positions.at(span), hints=hints))
        if len(self.parsed.diagnostics) >= MAX_FAULTS:
            raise _Stop

    def event(self, event: Any) -> None:
        if type(event) is yaml.ScalarEvent:  # three events of four
            if event.tag is not None or event.anchor is not None:
                self.marks(event)
            self.scalar(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.fault(
                    "AK113",
                    "the file has a second document",
                    self.span(event),
                    "keep one document and leave out the line '---'",
                )
                raise _Stop
        elif isinstance(event, yaml.AliasEvent):
            self.fault("AK106", f"the alias *{event.anchor} is not allowed", self.span(event), "write the value out")
            if self.expects_key():
                raise _Stop
            self.put(None, self.span(event))
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self.marks(event)
            self.open(event)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self.stack.pop()

    def span(self, event: Any) -> Span:
        start, end = event.start_mark, event.end_mark
        line, column = start.line, start.column
        if end.line == line:
            return Span(line, column, end.column - column)
        lines = self.positions.source.lines
        return Span(line, column, len(lines[line].rstrip()) - column if line < len(lines) else 1)

    def marks(self, event: Any) -> None:
        """Complain of a tag or an anchor on a value."""
        if event.tag is not None:
            shown = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.fault(
                "AK105",
                f"the tag {shown} is not allowed",
                self.span(event),
                "leave the tag out; put text in quotes",
            )
        if event.anchor is not None:
            self.fault(
                "AK106",
                f"the anchor &{event.anchor} is not allowed",
                self.span(event),
                "write the value out where it is needed",
            )

    def expects_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].value, dict) and self.stack[-1].key is None

    def scalar(self, event: Any) -> None:
        span, plain = self.span(event), not event.style
        if self.expects_key():
            self.key(event.value, span, plain)
        else:
            self.put(
                self.resolve(event.value, span) if plain else event.value,
                span,
                plain=plain,
                written=event.value,
            )

    def key(self, name: str, span: Span, plain: bool) -> None:
        top = self.stack[-1]
        loc = (*top.loc, name)
        top.key, top.refused = name, False
        if plain and name == "<<":
            self.fault("AK106", "the merge key << is not allowed", span, "write the values out")
            top.refused = True
        elif plain and name in ("", "~"):
            self.fault("AK109", "a key is missing here", span, "write a name before the colon")
            top.refused = True
        elif loc in self.positions.keys:
            first = self.positions.at(self.positions.keys[loc]).line
            self.fault(
                "AK108",
                f"the key {name!r} is given twice",
                span,
                f"it stands already in line {first}; keep one of the two",
            )
            top.refused = True
        else:
            self.positions.keys[loc] = span

    def open(self, event: Any) -> None:
        span = self.span(event)
        if len(self.stack) >= MAX_DEPTH:
            self.too_deep(span)
            raise _Stop
        value: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        if self.expects_key():
            self.fault("AK109", "a key must be a plain name", span, "put a text that starts with [ or { in quotes")
            raise _Stop
        loc = self.put(value, Span(span.line, span.column, 1))
        self.stack.append(_Open(loc, value))

    def put(self, value: Any, span: Span, *, plain: bool | None = None, written: str | None = None) -> Loc:
        """Put a value where it belongs and note its place."""
        self.count += 1
        if self.count > MAX_VALUES:
            self.fault("AK114", f"there are more than {MAX_VALUES} values", span, "split the file")
            raise _Stop
        loc: Loc = ()
        kept = True
        if self.stack:
            loc, kept = self.place_in(self.stack[-1], value)
        else:
            self.parsed.value = value
        if kept:
            self.positions.values[loc] = span
            if written is not None:
                self.positions.written[loc] = written
            if plain is False:
                self.positions.quoted.add(loc)
        return loc

    def place_in(self, top: _Open, value: Any) -> tuple[Loc, bool]:
        if isinstance(top.value, list):
            top.value.append(value)
            return (*top.loc, len(top.value) - 1), True
        key, top.key = top.key or "", None
        if top.refused:
            # A path of its own keeps what is below a refused key from being taken for the first one.
            return (*top.loc, key, -self.count), False
        top.value[key] = value
        return (*top.loc, key), True

    def resolve(self, text: str, span: Span) -> Any:
        """Return what a plain word means by the core rules of YAML 1.2."""
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        if _INTEGER.fullmatch(text):
            if len(text) > MAX_DIGITS:
                self.fault("AK111", "this number is too long", span, "put it in quotes if it is meant as text")
                return text
            base = {"0o": 8, "0x": 16}.get(text[:2], 10)
            return int(text, base)
        if _FLOAT.fullmatch(text):
            if len(text) > MAX_DIGITS:
                self.fault("AK111", "this number is too long", span, "put it in quotes if it is meant as text")
                return text
            return float(text)
        return text
