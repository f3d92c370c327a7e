"""Puts values into the text of a configuration file and leaves all else as it is, comments included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from agreementkit.asking.change import current, steps
from agreementkit.asking.commented import commented_yaml, flow, given, scalar
from agreementkit.config import Config
from agreementkit.config.paths import in_file

Steps = Sequence[str | int]


def text_of(config: Config) -> str:
    """Return the text of a configuration: that of its file, or one made of its settings where it is not as its file."""
    positions = config.positions
    return positions.source.text if positions and is_as_its_file(config) else commented_yaml(given(config))


def is_as_its_file(config: Config) -> bool:
    """Whether a configuration is what its file says; it may have come from none, or have been changed since."""
    positions = config.positions
    return positions is not None and Config.from_yaml(positions.source.text).digest == config.digest


def with_values(config: Config, values: Mapping[str, Any], text: str | None = None) -> str | None:
    """Return the text of a configuration with other values.

    Args:
        config: The configuration.
        values: The new values, as plain data, by path.
        text: The text to change; None for that of its file.

    Returns:
        The text; None when a value comes from somewhere else than the file, such as the name of a listed union.
    """
    out: str | None = text_of(config) if text is None else text
    for path, value in values.items():
        out = _with_value(out, config, steps(in_file(path)), value) if out is not None else None
    return out


def _with_value(text: str, config: Config, way: Steps, value: Any) -> str | None:
    node, rest = yaml.compose(text, Loader=yaml.SafeLoader), list(way)
    while rest:
        below = _below(node, rest[0])
        if below is None:
            break
        node = below
        rest.pop(0)
    if not rest:
        return _replaced(text, node, value)
    for number, step in enumerate(rest):
        if isinstance(step, int):  # an entry of a list that the file leaves to its default: write the list
            if number == 0 and not isinstance(node, yaml.MappingNode):
                return None
            whole = [*way[: len(way) - len(rest) + number]]
            return _with_value(text, config, whole, _list(config, whole, rest[number:], value))
    if isinstance(node, yaml.MappingNode):
        return _inserted(text, node, [str(step) for step in rest], value)
    if isinstance(node, yaml.ScalarNode) and node.tag.endswith(":null"):
        return _replaced(text, node, _nested([str(step) for step in rest], value))
    return None


def _below(node: Any, step: str | int) -> Any:
    if isinstance(step, int) and isinstance(node, yaml.SequenceNode):
        return node.value[step] if step < len(node.value) else None
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    return None


def _list(config: Config, way: Steps, rest: Steps, value: Any) -> list[Any]:
    """Return a list as it is with one of its values another."""
    dotted = ".".join(str(step) for step in way)
    entries = [
        one.model_dump(mode="json", exclude_unset=True) if hasattr(one, "model_dump") else one
        for one in current(config, dotted) or ()
    ]
    first, *further = rest
    assert isinstance(first, int)  # noqa: S101 - told to the type checker
    if further:
        entry = entries[first]
        for step in further[:-1]:
            entry = entry[step]
        entry[further[-1]] = value
    else:
        entries[first] = value
    return entries


def _nested(rest: Sequence[str], value: Any) -> Any:
    for step in reversed(rest):
        value = {step: value}
    return value


def _replaced(text: str, node: Any, value: Any) -> str:
    start, stop = node.start_mark.index, node.end_mark.index
    entries = node.value if isinstance(node, yaml.SequenceNode) and isinstance(value, list | tuple) else []
    if entries and len(entries) == len(value) and all(isinstance(one, yaml.ScalarNode) for one in entries):
        for one, new in reversed(list(zip(entries, value, strict=True))):  # one by one, so that comments stay
            if text[one.start_mark.index : one.end_mark.index] != flow(new):
                text = _replaced(text, one, new)
        return text
    old = text[start:stop]
    stop = start + len(old.rstrip())
    before = " " if start == stop and text[start - 1 : start] == ":" else ""
    return f"{text[:start]}{before}{flow(value)}{text[stop:]}"


def _inserted(text: str, node: Any, rest: Sequence[str], value: Any) -> str:
    """Put a setting into a section, as its last one."""
    if node.flow_style or not node.value:
        start = node.start_mark.index
        comma = ", " if node.value else ""
        first, *further = rest
        return f"{text[: start + 1]}{scalar(first)}: {flow(_nested(further, value))}{comma}{text[start + 1 :]}"
    column = node.value[0][0].start_mark.column
    last = node.value[-1][1]
    stop = last.start_mark.index + len(text[last.start_mark.index : last.end_mark.index].rstrip())
    end = text.find("\n", stop)
    end = len(text) if end < 0 else end
    lines = [f"{' ' * (column + 2 * depth)}{scalar(step)}:" for depth, step in enumerate(rest)]
    lines[-1] += f" {flow(value)}"
    return text[:end] + "\n" + "\n".join(lines) + (text[end:] or "\n")
