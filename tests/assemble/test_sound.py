"""The quick look at an expression's plan never says that all is well where the close look finds a fault."""

import pytest

from agreementkit.assemble.expressions import parse
from agreementkit.assemble.scope import Scope

GOOD = (
    "forum.name",
    "forum.name | title",
    "employers | map(attribute='name') | and_list",
    "(employers | first).name",
    "labels.unions or 'x'",
    "'a' if forum.shadow else 'b'",
    "document.definitions == 'none'",
    "document.definitions in ['none']",
    "not ('a' is present and time_off.notice_days > 3)",
    "unions | selectattr('short') | map(attribute='name') | and_list",
)
BAD = (
    "nothing",
    "forum.nothing",
    "forum.nothing | title",
    "employers.name",
    "(employers | first).nothing",
    "(forum.name | title).nothing",
    "employers | map(attribute='nothing') | and_list",
    "forum.name | map(attribute='name') | and_list",
    "labels.unions or nothing",
    "'a' if nothing else 'b'",
    "'a' if forum.shadow else nothing",
    "document.definitions == 'never'",
    "document.definitions in ['none', 'never']",
    "document.definitions == nothing",
    "not nothing",
    "[forum.name, nothing] | and_list",
    "nothing is present",
    "forum.name | default(nothing)",
    "time_off.notice_days > -nothing",
)


@pytest.mark.parametrize("text", GOOD + BAD)
def test_the_quick_look_finds_what_the_close_look_finds(text: str) -> None:
    expression, found = parse(text), []
    assert not isinstance(expression, str)
    scope = Scope()
    scope._infer(expression.node, None, found)
    sound = scope._is_sound(expression.plan)
    assert sound is (text in GOOD)
    assert bool(found) is (text in BAD)


@pytest.mark.parametrize("text", BAD)
def test_what_is_not_there_is_reported(text: str) -> None:
    found = []
    Scope().check(text, None, found)
    assert found
