"""The page on Python: the public names, their signatures, and what their docstrings say."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

MODULES = ["agreementkit", "agreementkit.authoring", "agreementkit.upgrading"]
"""Modules whose public names are described: all of `__all__`, in the order of the alphabet."""

HEAD = """# Python

Generated from the docstrings by `python docs/generate.py`. Everything is typed. Names are loaded on first use, so
`import agreementkit` costs next to nothing. Settings of a configuration are in [configuration](configuration.md).

Every exception that is raised on purpose is an [`AgreementKitError`](#agreementkiterror) and holds all faults at once,
each with its code, its place and a next step.
"""
_SECTION = re.compile(r"^(Args|Attributes|Returns|Yields|Raises|Example|Examples):$")
_ENTRY = re.compile(r"^(\*{0,2}[\w.]+)(?: \(.*?\))?: (.*)$")
_LISTED = ("Args", "Attributes", "Raises")


def page() -> str:
    """Return the page."""
    out = [HEAD.rstrip()]
    for name in MODULES:
        module = importlib.import_module(name)
        public = [(one, getattr(module, one)) for one in sorted(module.__all__, key=str.casefold)]
        groups = {
            "functions": [pair for pair in public if inspect.isfunction(pair[1])],
            "classes": [p for p in public if inspect.isclass(p[1]) and not issubclass(p[1], Exception)],
            "exceptions": [p for p in public if inspect.isclass(p[1]) and issubclass(p[1], Exception)],
        }
        for title, names in groups.items():
            if not names:
                continue
            out.append(f"## {title.capitalize() if name == MODULES[0] else f'{name}: {title}'}")
            for one, thing in names:
                out += _class(one, thing) if inspect.isclass(thing) else _function(one, thing, "###")
    return "\n\n".join(out) + "\n"


def _class(name: str, kind: type) -> Iterator[str]:
    doc = inspect.getdoc(kind) or ""
    above = [base.__name__ for base in kind.__bases__ if base.__module__.startswith("agreementkit")]
    yield f"### {name}"
    yield from _prose(doc)
    if issubclass(kind, Exception) and above:
        yield f"A kind of [`{above[0]}`](#{above[0].lower()})."
    fields = dict(_fields(kind))
    described = dict(_entries(doc, "Attributes"))
    members = [(n, m) for n, m in vars(kind).items() if not n.startswith("_")]
    for one, member in members:
        if isinstance(member, property | cached_property):
            getter = member.fget if isinstance(member, property) else member.func
            fields[one] = _type(inspect.signature(getter).return_annotation)
            described[one] = " ".join(next(iter(_prose(inspect.getdoc(member) or "")), "").split())
        elif isinstance(member, kind):
            fields[one], described[one] = "", f"`{member.value!r}`" if hasattr(member, "value") else ""
    if fields:
        rows = [
            f"| `{one}` | {f'`{_cell(typed)}`' if typed else ''} | {_cell(described.get(one, ''))} |"
            for one, typed in fields.items()
        ]
        yield "\n".join(("| Attribute | Type | Meaning |", "| --- | --- | --- |", *rows))
    for one, member in members:
        if isinstance(member, classmethod | staticmethod):
            yield from _function(f"{name}.{one}", member.__func__, "####")
        elif inspect.isfunction(member):
            yield from _function(f"{name}.{one}", member, "####")


def _function(name: str, function: Callable[..., Any], heading: str) -> Iterator[str]:
    doc = inspect.getdoc(function) or ""
    yield f"{heading} {name}"
    yield f"```text\n{_signature(name, function)}\n```"
    yield from _prose(doc)
    for section in ("Args", "Returns", "Yields", "Raises"):
        entries = list(_entries(doc, section))
        if entries:
            lines = [f"- `{one}`: {meaning}" if one else f"- {meaning}" for one, meaning in entries]
            title = {"Args": "Arguments"}.get(section, section)
            yield f"{title}:\n\n" + "\n".join(lines)


def _signature(name: str, function: Callable[..., Any]) -> str:
    """Return a signature on one line, or a line an argument when it is long."""
    signature = inspect.signature(function)
    parts: list[str] = []
    starred = False
    for one in signature.parameters.values():
        if one.name in ("self", "cls") and not parts:
            continue
        if one.kind is one.KEYWORD_ONLY and not starred:
            parts.append("*")
            starred = True
        starred = starred or one.kind is one.VAR_POSITIONAL
        mark = {one.VAR_POSITIONAL: "*", one.VAR_KEYWORD: "**"}.get(one.kind, "")
        typed = "" if one.annotation is one.empty else f": {_type(one.annotation)}"
        default = "" if one.default is one.empty else (f" = {_value(one.default)}" if typed else f"={one.default!r}")
        parts.append(f"{mark}{one.name}{typed}{default}")
    returned = signature.return_annotation
    end = ")" if returned is signature.empty else f") -> {_type(returned)}"
    line = f"{name}({', '.join(parts)}{end}"
    return line if len(line) <= 100 else f"{name}(\n    " + ",\n    ".join(parts) + f",\n{end}"


def _value(default: object) -> str:
    shown = repr(default)
    return "…" if " at 0x" in shown else shown


def _type(annotation: Any) -> str:
    if annotation is inspect.Signature.empty:
        return ""
    return annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)


def _fields(kind: type) -> Iterator[tuple[str, str]]:
    for name, field in getattr(kind, "__dataclass_fields__", {}).items():
        if not name.startswith("_"):
            yield name, _type(field.type)


def _prose(doc: str) -> Iterator[str]:
    """Yield the paragraphs before the first section of a docstring."""
    lines: list[str] = []
    for line in doc.splitlines():
        if _SECTION.match(line):
            break
        lines.append(line)
    for part in "\n".join(lines).split("\n\n"):
        if part.strip():
            yield f"```python\n{inspect.cleandoc(part)}\n```" if part.startswith("    ") else part.strip()


def _entries(doc: str, section: str) -> Iterator[tuple[str, str]]:
    """Yield the entries of a section with their names; what is returned or yielded has none."""
    found: list[tuple[str, str]] = []
    inside = False
    for line in doc.splitlines():
        if _SECTION.match(line):
            inside = line == f"{section}:"
        elif inside and line.strip():
            entry = _ENTRY.match(line[4:]) if section in _LISTED else None
            if entry:
                found.append((entry[1], entry[2]))
            else:
                name, meaning = found.pop() if found else ("", "")
                found.append((name, f"{meaning} {line.strip()}".strip()))
    yield from found


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
