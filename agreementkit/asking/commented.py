"""Writes settings as a YAML file that explains itself: a comment for every setting, and what else could be set.

Reading the file gives exactly the settings that were written. What is written out of caution in quotes is everything
that some reader of YAML might take for something else than text.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel

from agreementkit.asking.plan import Plan
from agreementkit.asking.question import plain
from agreementkit.config import Config, shipped_unions
from agreementkit.config.paths import Resolved, members

WIDTH = 110
_SAFE = re.compile(r"[A-Za-z](?:[A-Za-z0-9_./()&'’£%+-]| (?! ))*[A-Za-z0-9_.)’]|[A-Za-z]")
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\u202d\u202e\ufeff\ufffe\uffff]")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def given(config: Config) -> dict[str, Any]:
    """Return the settings that a configuration was given, as plain data: no defaults, listed unions by their id."""
    data: dict[str, Any] = config.model_dump(mode="json", round_trip=True, exclude_unset=True)
    data["unions"] = [_short_union(union) for union in data["unions"]]
    return data


def _short_union(union: dict[str, Any]) -> Any:
    """Return a union without what the shipped list says of it anyway."""
    listed = shipped_unions().get(union["id"])
    if listed is None:
        return union
    known = listed.model_dump(mode="json", include={"name", "short", "article", "parents"})
    # With a short name of its own, the article is no longer that of the list, so both are kept.
    whole = any(union.get(key) != value for key, value in known.items())
    kept = {key: value for key, value in union.items() if whole or key not in known}
    return kept["id"] if set(kept) == {"id"} else kept


def commented_yaml(
    data: Mapping[str, Any], *, head: Sequence[str] = (), remarks: Mapping[str, Sequence[str]] | None = None,
    plan: Plan | None = None,
) -> str:  # fmt: skip
    """Return settings as a commented YAML file.

    Args:
        data: The settings, as in a configuration file; they may be unfinished.
        head: Lines at the top, as comments.
        remarks: Further comment lines, by path.
        plan: Says which settings matter that are not given; they are shown with their defaults, as comments.
    """
    writer = _Writer(remarks or {}, plan)
    lines = [f"# {line}".rstrip() for line in head]
    for name, found in members(Config).items():
        if found.computed:
            continue
        block = list(writer.setting(name, name, found, data[name], 0)) if name in data else []
        block = block or list(writer.proposed(name, name, found, 0))
        if block:
            lines += ["", *block]
    return "\n".join(lines).lstrip("\n") + "\n"


class _Writer:
    def __init__(self, remarks: Mapping[str, Sequence[str]], plan: Plan | None) -> None:
        self.remarks = remarks
        self.plan = plan

    def setting(self, path: str, name: str, found: Resolved, value: Any, depth: int) -> Iterator[str]:
        """Yield the lines of one setting that is given."""
        pad = "  " * depth
        model = found.model
        section = isinstance(value, dict) and model is not None and not found.is_list
        yield from self.comment(path, found, pad, section=section)
        if section and model is not None and value:
            yield f"{pad}{name}:"
            yield from self.section(path, model, value, depth + 1)
        elif isinstance(value, dict) and value:
            yield f"{pad}{name}:"
            yield from _tree(value, depth + 1)
        elif isinstance(value, list) and value and not _fits(value, len(pad) + len(name) + 2):
            yield f"{pad}{name}:"
            yield from _entries(value, depth + 1)
        else:
            yield f"{pad}{name}: {flow(value)}"

    def section(self, path: str, model: type[BaseModel], data: Mapping[str, Any], depth: int) -> Iterator[str]:
        """Yield the settings of a section: those that are given, then those that could be."""
        for name, found in members(model).items():
            if name in data and not found.computed:
                yield from self.setting(f"{path}.{name}", name, found, data[name], depth)
        rest: list[str] = []
        for name, found in members(model).items():
            if name not in data and not found.computed:
                rest += self.proposed(f"{path}.{name}", name, found, depth, inside=True)
        if rest:
            yield f"{'  ' * depth}# Not changed. Take the # and the space after it away to change one:"
            yield from rest

    def comment(self, path: str, found: Resolved, pad: str, *, section: bool) -> Iterator[str]:
        """Yield what a setting means, with its choices and its unit."""
        words = found.description if section else _meaning(found)
        yield from _comment(words, pad)
        for remark in self.remarks.get(path, ()):
            yield from _comment(remark, pad)

    def proposed(self, path: str, name: str, found: Resolved, depth: int, *, inside: bool = False) -> Iterator[str]:
        """Yield a setting that is not given and matters, as a comment with its default."""
        pad = "  " * depth
        if found.model is not None and not found.is_list:
            below: list[str] = []
            for inner, one in members(found.model).items():
                if not one.computed:
                    below += self.proposed(f"{path}.{inner}", inner, one, depth + 1, inside=True)
            if below:
                if not inside:
                    yield f"{pad}# {found.description}"
                yield f"{pad}# {name}:"
                yield from below
            return
        remarks = self.remarks.get(path, ())
        for remark in remarks:
            yield from _comment(remark, pad)
        if not remarks and not self._matters(path, found):
            return
        default = plain(self.plan.relevance.value(path) if self.plan else found.default)
        nothing = "null" if found.unit else ""  # a number may be left out on purpose; what else is missing is a blank
        line = f"{pad}# {name}: {nothing if default is None else flow(default)}".rstrip()
        meaning = _meaning(found) if default is not None or found.unit else f"{_meaning(found)} Still open."
        if len(line) + len(meaning) + 4 <= WIDTH:
            yield f"{line}  # {meaning}"
            return
        yield from _comment(meaning, pad, "#   ")
        if len(line) <= WIDTH or not isinstance(default, list):
            yield line
        else:
            yield f"{pad}# {name}:"
            yield from (f"{pad}# {entry[len(pad) :]}" for entry in _entries(default, depth + 1))

    def _matters(self, path: str, found: Resolved) -> bool:
        if self.plan is None or not found.question or not self.plan.relevance.what(path):
            return False
        return not found.required and self.plan.asked(path)


def _meaning(found: Resolved) -> str:
    words = found.description.rstrip(".")
    if found.choices:
        several = "any of " if found.is_list else ""
        return f"{words}: {several}{_or(found.choices)}."
    return f"{words} ({found.unit})." if found.unit else f"{words}."


def _or(choices: Sequence[str]) -> str:
    return f"{', '.join(choices[:-1])} or {choices[-1]}" if len(choices) > 1 else "".join(choices)


def _comment(words: str, pad: str, sign: str = "# ") -> Iterator[str]:
    begin = f"{pad}{sign}"
    yield from textwrap.wrap(
        words, WIDTH, initial_indent=begin, subsequent_indent=begin, break_long_words=False, break_on_hyphens=False
    )


# ------------------------------------------------------------------------------------------------ values


def flow(value: Any) -> str:
    """Return a value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(str(key))}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(one) for one in value) + "]"
    return scalar(value)


def scalar(value: Any) -> str:
    """Return a single value; a text in quotes unless no reader of YAML can take it for anything else."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    text = value.isoformat() if isinstance(value, date) else str(value)
    if _DAY.fullmatch(text):
        return text
    if _SAFE.fullmatch(text) and text.casefold() not in _WORDS:
        return text
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", json.dumps(text, ensure_ascii=False))


def _fits(values: Iterable[Any], used: int) -> bool:
    """Return whether a list may stand on one line: short, and of single values."""
    single = not any(isinstance(one, dict | list) for one in values)
    return single and used + len(flow(list(values))) <= WIDTH


def _entries(values: Iterable[Any], depth: int) -> Iterator[str]:
    pad = "  " * depth
    for value in values:
        if isinstance(value, Mapping) and value:
            lines = list(_tree(value, depth + 1))
            yield f"{pad}- {lines[0].lstrip()}"
            yield from lines[1:]
        else:
            yield f"{pad}- {flow(value)}"


def _tree(data: Mapping[str, Any], depth: int) -> Iterator[str]:
    pad = "  " * depth
    for key, value in data.items():
        name = scalar(str(key))
        if isinstance(value, Mapping) and value:
            yield f"{pad}{name}:"
            yield from _tree(value, depth + 1)
        elif isinstance(value, list) and value and not _fits(value, len(pad) + len(name) + 2):
            yield f"{pad}{name}:"
            yield from _entries(value, depth + 1)
        else:
            yield f"{pad}{name}: {flow(value)}"
