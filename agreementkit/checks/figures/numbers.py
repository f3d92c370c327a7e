"""Numbers that say nothing certain: written twice and differently, or without what they count."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agreementkit.checks.figures.quantities import IN_WORDS, number
from agreementkit.checks.kinds import Found, at
from agreementkit.checks.scene import Scene
from agreementkit.checks.typed import Typed, typed

# Not after the name of a provision: "section one (2)" names a part of it.
_PROVISIONS = ("clause", "section", "paragraph", "regulation", "article", "schedule", "part", "rule", "step", "stage",
               "option", "note", "form")  # fmt: skip
_TWICE = re.compile(
    rf"{''.join(f'(?<!{name} )' for name in _PROVISIONS)}"
    rf"\b(?:(?P<words>{IN_WORDS})[ \u00a0]\((?P<figures>\d+)\)|(?P<digits>\d+)[ \u00a0]\((?P<spelt>{IN_WORDS})\))",
    re.IGNORECASE,
)
_EVENT = r"(?:date|day|receipt|request|notice|meeting|hearing|decision|answer|end|start)"
_BARE = re.compile(
    rf"\bwithin \d+ (?:after|from|of (?:receipt|receiving|being|(?:the|a|an|that|its|each) {_EVENT}))\b", re.IGNORECASE
)
"""A limit of time without its unit. In no other place is a number without a unit certain to be one."""


def numbers_without_meaning(scene: Scene) -> Iterator[Found]:
    """Yield each number whose words and figures differ, as in "six (3) months", and each limit without a unit."""
    for one in typed(scene):
        words = one.passage.words
        for match in _TWICE.finditer(words) if "(" in words else ():
            first, second = match["words"] or match["digits"], match["figures"] or match["spelt"]
            if number(first) != number(second):
                yield _found(one, match, "which is two numbers", "write the number once, in figures")
        for match in _BARE.finditer(words) if "ithin " in words else ():
            yield _found(one, match, "and not of what", "say whether days, Working Days, weeks or months are meant")


def _found(one: Typed, match: re.Match[str], what: str, hint: str) -> Found:
    value = next(one.values(*match.span()), None)
    setting = f"; the setting `{value.path}` gives the number" if value else ""
    return at(one.passage, f"says “{match[0]}”, {what}", f"{hint}{setting}", path=value.path if value else "")
