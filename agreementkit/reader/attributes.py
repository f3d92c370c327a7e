"""Reads attribute groups: `{#id when="…" each="x in y"}`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from agreementkit.diagnostics import Diagnostic, Place, suggest
from agreementkit.reader.template import Condition, Repetition

PlaceAt = Callable[[int, int], Place]

ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z")
_ATTRIBUTE = re.compile(r'\s*(?:#(?P<id>[^\s}"]+)|(?P<key>[a-z][a-z-]*)=(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s}"]+)))')
_EACH = re.compile(r"\s*([a-z][a-z0-9_]*)\s+in\s+([a-z][a-z0-9_.]*)\s*\Z")


@dataclass(slots=True)
class Attributes:
    """The attributes of one group, with the place of each value."""

    id: str = ""
    values: dict[str, str] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)

    def condition(self) -> Condition | None:
        """Return the `when` attribute, if there is one."""
        text = self.values.get("when")
        return None if text is None else Condition(text, self.places["when"])

    def repetition(self, found: list[Diagnostic]) -> Repetition | None:
        """Return the `each` attribute, if there is one; report one that is not `name in path`."""
        text = self.values.get("each")
        if text is None:
            return None
        repetition = parse_each(text, self.places["each"])
        if repetition is None:
            found.append(each_fault(self.places["each"]))
        return repetition


def parse_each(text: str, place: Place) -> Repetition | None:
    """Return the repetition that `name in path` asks for, or None when it does not read like that."""
    match = _EACH.match(text)
    return Repetition(match[1], match[2], place) if match else None


def each_fault(place: Place) -> Diagnostic:
    """Return the diagnostic for an `each` that cannot be read."""
    return Diagnostic(
        "AK214", "`each` must read `name in path`", place=place, hints=('for example each="union in unions"',)
    )


def parse_attributes(
    text: str, offset: int, place: PlaceAt, known: frozenset[str], found: list[Diagnostic]
) -> tuple[Attributes, int] | None:
    """Read the group that opens with `{` at `offset` of `text`.

    Args:
        text: The passage.
        offset: Index of the opening brace.
        place: Gives the place of an offset and length.
        known: Keys allowed here.
        found: Takes faults.

    Returns:
        The attributes and the index after the closing brace, or None when this is no attribute group.
    """
    attributes = Attributes()
    at = offset + 1
    while True:
        match = _ATTRIBUTE.match(text, at)
        if not match:
            break
        if match["id"] is not None:
            if not ID.match(match["id"]):
                found.append(
                    Diagnostic(
                        "AK212",
                        f"{match['id']!r} is not an id",
                        place=place(match.start("id"), len(match["id"])),
                        hints=("use lower-case letters, digits and hyphens, beginning with a letter",),
                    )
                )
            attributes.id = match["id"]
            attributes.places["id"] = place(match.start("id"), len(match["id"]))
        else:
            group = "quoted" if match["quoted"] is not None else "bare"
            key, value = match["key"], match[group]
            if key not in known:
                found.append(
                    Diagnostic(
                        "AK213",
                        f"unknown attribute {key!r}",
                        place=place(match.start("key"), len(key)),
                        hints=suggest(key, known, "attribute"),
                    )
                )
            attributes.values[key] = value
            attributes.places[key] = place(match.start(group), max(1, len(value)))
        at = match.end()
    closing = re.compile(r"\s*\}").match(text, at)
    if not closing or at == offset + 1:
        return None
    return attributes, closing.end()
