"""The fields of a house file: what they may say, and where one stands that says anything else.

A field prints one of a few finished strings; words around it may stand only when there is one, or once for each
entry of a list. That is all of the template language that is allowed: no attribute, no call, no arithmetic, so that
a house file from anybody can neither run code nor make a machine busy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import jinja2
import jinja2.meta
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from agreementkit.diagnostics import Diagnostic, Place, suggest
from agreementkit.writers.word.house.filling import FIELDS, Filling, Piece
from agreementkit.writers.word.markup import DECLARATION, R, w
from agreementkit.writers.word.package.intake import Package, UnsoundXmlError, parse

LISTS = ("parties", "facts")
FILTERS = ("join", "upper", "lower", "title", "capitalize", "trim", "default", "first", "last", "length", "escape", "e")
_LOOP = ("first", "last", "index")
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.If, nodes.CondExpr, nodes.Not,
    nodes.And, nodes.Or, nodes.Compare, nodes.Operand, nodes.Keyword,
)  # fmt: skip
_STARTS = re.compile(r"(?=<w:p[ >])")
_MARKUP = re.compile(r"<[^>]*>")
_PLAIN = re.compile(r"\{\{-?\s*([A-Za-z_]\w*)\s*(?=[|}])")
_LONGEST = 60
_HINT = "write fields as {{ title }} or {{ facts | join(' · ') }}, in one go and without formatting inside the braces"


@dataclass(frozen=True, slots=True)
class Source:
    """A part with fields, after docxtpl has put split tags together.

    Attributes:
        part: Its name.
        called: What people call it, such as "the header of the first page".
        text: Its XML with the tags in it.
    """

    part: str
    called: str
    text: str


def called(package: Package, document: etree._Element) -> dict[str, str]:
    """Return what people call the parts that can have fields."""
    found = {package.main: "the text"}
    kinds = {"first": " of the first page", "even": " of even pages"}
    links = {link.id: package.target(package.main, link) for link in package.relationships(package.main)}
    for tag in ("header", "footer"):
        for element in document.iter(w(f"{tag}Reference")):
            name = links.get(element.get(f"{{{R}}}id") or "", "")
            found.setdefault(name, f"the {tag}{kinds.get(element.get(w('type')) or '', '')}")
    for link in package.relationships(package.main):
        if link.type.endswith(("/footnotes", "/endnotes")):
            found.setdefault(package.target(package.main, link), f"the {link.type.rsplit('/', 1)[-1]}")
    return found


def compile_source(source: Source, file: str) -> tuple[Filling | None, set[str], list[Diagnostic]]:
    """Return a part compiled, the fields it asks for, and what is wrong with them.

    A part with faults is not compiled.
    """
    # One paragraph a line: the line of a fault then says which paragraph it is in.
    lines = _STARTS.sub("\n", source.text)
    found: list[Diagnostic] = []

    def complain(code: str, line: int, message: str, *hints: str) -> None:
        quote = _quoted(lines, line)
        where = f"In {source.called}" + (f", where it says “{quote}”," if quote else "")
        found.append(Diagnostic(code, f"{where} {message}.", place=Place(file), hints=hints, path=source.part))

    def unknown(line: int, name: str) -> None:
        if name not in FIELDS:
            words = f"the template asks for a field {name!r}, which agreementkit does not have"
            complain("AK607", line, words, *suggest(name, FIELDS, "field"))

    try:
        tree = _environment().parse(lines)
    except jinja2.TemplateSyntaxError as fault:
        complain("AK606", fault.lineno, f"a field cannot be read: {(fault.message or '').rstrip('.')}", _HINT)
        for line, words in enumerate(lines.split("\n"), start=1):
            for name in _PLAIN.findall(_MARKUP.sub("", words)):
                unknown(line, name)
        return None, set(), found
    names = jinja2.meta.find_undeclared_variables(tree)
    for node in tree.find_all(nodes.Name):
        if node.name in names:
            unknown(node.lineno, node.name)
    for line, what in dict.fromkeys(_refused(tree)):
        complain("AK606", line, f"a field may not use {what}", _HINT, f"fields may use: {', '.join(FIELDS)}")
    if found:
        return None, names & set(FIELDS), found
    text = DECLARATION + source.text
    found += _trial(compiled(text), source, file)
    return Filling(text, _pieces_of(text)), names, found


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(autoescape=True, undefined=jinja2.StrictUndefined, keep_trailing_newline=True)


@lru_cache(maxsize=64)
def compiled(text: str) -> jinja2.Template:
    """Return a part with fields, compiled in the sandbox.

    Args:
        text: Its XML with the fields in it.
    """
    return _environment().from_string(text)


class _NoPieces(Exception):  # noqa: N818 - no fault: such a part is filled by Jinja
    """A part says more than pieces can."""


def _pieces_of(text: str) -> tuple[Piece, ...] | None:
    try:
        return _pieces(_environment().parse(text).body)
    except _NoPieces:
        return None


def _pieces(body: Sequence[nodes.Node]) -> tuple[Piece, ...]:
    out: list[Piece] = []
    for node in body:
        match node:
            case nodes.Output():
                out += map(_piece, node.nodes)
            case nodes.If(test=nodes.Name(name=name), elif_=[]):
                out.append(("if", name, _pieces(node.body), _pieces(node.else_)))
            case _:
                raise _NoPieces
    return tuple(out)


def _piece(node: nodes.Node) -> Piece:
    match node:
        case nodes.TemplateData(data=str(text)):
            return text
        case nodes.Name(name=name) if name not in LISTS:
            return ("field", name)
        case nodes.Filter(
            node=nodes.Name(name=name), name="join", args=[nodes.Const(value=str(between))], kwargs=[], dyn_args=None,
            dyn_kwargs=None,
        ) if name in LISTS:  # fmt: skip
            return ("join", name, between)
    raise _NoPieces


def _refused(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """Yield what a part must not say, with its line."""
    for node in tree.find_all(nodes.Node):
        match node:
            case nodes.For():
                over = node.iter
                if not (isinstance(over, nodes.Name) and over.name in LISTS) or node.recursive:
                    yield node.lineno, f"a loop over anything but {' or '.join(LISTS)}"
            case nodes.Getattr():
                if not (isinstance(node.node, nodes.Name) and node.node.name == "loop" and node.attr in _LOOP):
                    yield node.lineno, f"the attribute {node.attr!r}"
            case nodes.Filter():
                if node.name not in FILTERS:
                    yield node.lineno, f"the filter {node.name!r}"
            case nodes.Test():
                if node.name not in ("defined", "none"):
                    yield node.lineno, f"the test {node.name!r}"
            case nodes.Call():
                yield node.lineno, "a call"
            case nodes.Getitem():
                yield node.lineno, "an entry in brackets"
            case _ if not isinstance(node, _ALLOWED):
                yield node.lineno, f"{type(node).__name__.lower()}"


def _trial(template: jinja2.Template, source: Source, file: str) -> Iterator[Diagnostic]:
    """Fill a part twice, with everything and with nothing: the result must be sound both times."""
    full: Mapping[str, object] = {name: ["x", "y"] if name in LISTS else "x" for name in FIELDS}
    empty: Mapping[str, object] = {name: [] if name in LISTS else "" for name in FIELDS}
    for values, when in ((full, "when every field has a value"), (empty, "when fields have no value")):
        fault = ""
        try:
            parse(template.render(values).encode())
        except UnsoundXmlError:
            fault = "a condition or a loop takes a paragraph or a row apart"
        except (jinja2.TemplateError, ArithmeticError, TypeError, ValueError, LookupError) as error:
            fault = f"a field cannot be filled: {str(error).rstrip('.')}"
        if fault:
            yield Diagnostic(
                "AK606",
                f"In {source.called} {fault} {when}.",
                place=Place(file),
                hints=(
                    "put {%p if … %} and {%p endif %} into paragraphs of their own, or both into one paragraph",
                    "for rows of a table write {%tr … %}",
                ),
                path=source.part,
            )
            return


def _quoted(lines: str, line: int) -> str:
    """Return the words of a line, shortened."""
    rows = lines.split("\n")
    words = " ".join(_MARKUP.sub("", rows[line - 1]).split()) if 0 < line <= len(rows) else ""
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
