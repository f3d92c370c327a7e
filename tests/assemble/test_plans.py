"""Plans of expressions give what Jinja's sandbox gives, or no answer at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import agreementkit as ak
from agreementkit.assemble.compile import compile_clause
from agreementkit.assemble.expressions import Expression, Unworkable, grammar_faults, in_sandbox, parse
from agreementkit.assemble.filters import FILTERS
from agreementkit.assemble.plan import NoAnswer, plan_from_data, work_out
from agreementkit.assemble.values import Names
from agreementkit.proof.expressions import expressions
from agreementkit.testing.configurations import random_configuration

BANK = ak.Bank.load()
ASKED = sorted({one.text for source in (*BANK, *BANK.terms.values()) for one in expressions(compile_clause(source))})


def names_of(seed: int) -> dict[str, Any]:
    """Return what expressions may name with a random configuration, and what repetitions bind."""
    config = random_configuration(seed, BANK)
    names = Names.of(config, "recognition", BANK.options).values
    bound = {"union": config.unions[0], "employer": config.employers[0]} if config.unions else {}
    return {**names, **bound, "_chosen": frozenset(list(BANK.clauses)[::2])}


def readable(text: str) -> Expression:
    expression = parse(text)
    assert isinstance(expression, Expression), text
    return expression


def outcome(work: Callable[[], Any]) -> tuple[str, Any]:
    try:
        return "gives", work()
    except (Unworkable, TypeError, ValueError, AttributeError) as error:
        return "fails", str(error)


def sandbox(text: str, names: dict[str, Any]) -> tuple[str, Any]:
    return outcome(lambda: in_sandbox(text, names))


def check_same(text: str, names: dict[str, Any]) -> bool:
    """Compare both ways; return whether the plan had an answer."""
    plan = readable(text).plan
    assert plan is not None, text
    try:
        value = work_out(plan, names)
    except NoAnswer:
        return False
    said, other = sandbox(text, names)
    assert (said, other, type(other)) == ("gives", value, type(value)), text
    return True


def test_every_expression_of_the_core_has_a_plan() -> None:
    assert len(ASKED) > 1000
    assert [text for text in ASKED if readable(text).plan is None] == []


@pytest.mark.parametrize("seed", range(4))
def test_plans_and_jinja_agree_on_the_core(seed: int) -> None:
    names = names_of(seed)
    answered = [text for text in ASKED if check_same(text, names)]
    assert len(answered) > 0.8 * len(ASKED), "the plans answer hardly anything, so nothing was compared"


ATOMS = st.sampled_from((
    "precedent", "'a'", "0", "1", "-3", "true", "none", "dates.agreement", "document.version", "employers",
    "unions", "parties", "'2013-10-01'", "unions | map(attribute='name')", "employers | selectattr('short')",
    "time_off.duties", "missing", "dates.missing", "2.5", "[1, 2]", "('a', 'b')", "employers | first",
))  # fmt: skip


def _joined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    operators = ("==", "!=", "<", "<=", ">", ">=", "in", "not in", "and", "or")
    filters = sorted(set(FILTERS) - {"plural"})
    return st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from(operators), inner),
        st.builds("({} {} {} {} {})".format, inner, st.just("<"), inner, st.just("<="), inner),
        st.builds("(not {})".format, inner),
        st.builds("(-{})".format, inner),
        st.builds("({} if {} else {})".format, inner, inner, inner),
        st.builds("({} if {})".format, inner, inner),
        st.builds("({} | {})".format, inner, st.sampled_from(filters)),
        st.builds("({} | plural('one', 'many'))".format, inner),
        st.builds("({}).name".format, inner),
        st.builds("('time-off' is present and {})".format, inner),
    )


@settings(max_examples=300, deadline=None)
@given(text=st.recursive(ATOMS, _joined, max_leaves=6), seed=st.integers(0, 3))
def test_plans_and_jinja_agree_on_anything(text: str, seed: int) -> None:
    expression, faults = grammar_faults(text, None)
    if expression and not faults and expression.plan is not None:
        names = NAMES[seed]
        check_same(text, names)
        said, value = outcome(lambda: expression.evaluate(names))
        other = sandbox(text, names)
        assert (said, type(value)) == (other[0], type(other[1]))
        assert said == "gives" or value == other[1]


NAMES = [names_of(seed) for seed in range(4)]


@pytest.mark.parametrize(
    "text",
    [
        "precedent()", "employers[0]", "precedent ~ 'a'", "1 + 2", "precedent is defined", "precedent | upper",
        "employers | map('upper')", "employers | map(attribute='a.b')", "employers | selectattr('name', 'eq', 'a')",
        "precedent.__class__", "self", "loop.index", "employers | map(attribute='__class__')", "{'a': 1}",
        "precedent if true", "9**9", "1e999", "employers | plural(one='a', one='b')", "result",
    ],
)  # fmt: skip
def test_what_plans_do_not_know_is_left_to_jinja(text: str) -> None:
    parsed = parse(text)
    assert isinstance(parsed, str) or parsed.plan is None


def test_plans_reach_nothing_but_settings() -> None:
    names = NAMES[0]
    for name in ("model_fields", "model_dump", "__class__", "copy", "digest", "folder"):
        plan = ("attr", ("name", "employers"), name)
        with pytest.raises(NoAnswer):
            work_out(plan, {**names, "employers": names["employers"][0]})


def test_plans_are_kept_as_json_and_come_back() -> None:
    for text in ASKED:
        plan = readable(text).plan
        assert plan_from_data(json.loads(json.dumps(plan))) == plan


@pytest.mark.parametrize(
    "data",
    [
        [], {}, None, "name", ["name"], ["name", 3], ["name", "_chosen"], ["attr", ["name", "a"], "__class__"],
        ["call", ["name", "a"]], ["filter", "eval", ["const", 1], [], []], ["filter", "map", ["const", 1], [], []],
        ["entries", "date", ["const", 1], "a"], ["entries", "map", ["const", 1], "__class__"],
        ["compare", ["const", 1], [["pow", ["const", 2]]]], ["const", [1]], ["const", {}], ["and", ["const", 1]],
        ["if", ["const", 1], ["const", 1]],
    ],
)  # fmt: skip
def test_what_is_no_plan_is_refused(data: Any) -> None:
    with pytest.raises(ValueError, match="no plan"):
        plan_from_data(data)


def test_a_deep_plan_is_refused_and_no_crash() -> None:
    deep: Any = ["const", 1]
    for _ in range(5_000):
        deep = ["not", deep]
    with pytest.raises(ValueError, match="no plan"):
        plan_from_data(deep)
