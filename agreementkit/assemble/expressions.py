"""Expressions of clauses: read once, checked against the typed configuration, then evaluated.

What an expression is made of says `grammar.py`, which asks Jinja. What was read is kept as plain data, a plan, from
which it is worked out many times (`plan.py`); what no plan has an answer for is worked out in Jinja's sandbox.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from agreementkit.assemble.filters import FILTERS
from agreementkit.assemble.plan import MAX_KEPT, OF_ENTRIES, NoAnswer, Plan, plan_from_data, work_out
from agreementkit.diagnostics import Diagnostic, Place, suggest

if TYPE_CHECKING:
    from jinja2 import nodes


class Unworkable(ValueError):  # noqa: N818 - reported as a finding
    """An expression fails with these values; the text says why."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A readable expression.

    Attributes:
        text: As written.
        primary: The first configuration path in it, which stands for where the value comes from.
        is_wording: Whether it prints words of the clause itself, chosen by a value, and not the value.
        present: Ids of the clauses that it tests with `is present`.
        plan: How it is worked out, or None when only Jinja can do that.
    """

    text: str
    primary: tuple[str, ...] = ()
    is_wording: bool = False
    present: tuple[str, ...] = ()
    plan: Plan | None = None

    @property
    def node(self) -> nodes.Expr:
        """Jinja's tree of it."""
        return _tree(self.text)

    def as_data(self) -> list[Any]:
        """Return what was read as plain data, for `learn`."""
        return [self.primary, self.is_wording, self.present, self.plan]

    @classmethod
    def from_data(cls, text: str, data: Any) -> Expression:
        """Return the expression that was kept.

        Raises:
            ValueError: The data is none.
        """
        primary, is_wording, present, plan = data
        names, ids = tuple(primary), tuple(present)
        if not all(type(one) is str for one in (*names, *ids)):
            raise ValueError("this is no expression")
        return cls(text, names, is_wording is True, ids, plan_from_data(plan))

    def evaluate(self, names: Mapping[str, Any]) -> Any:
        """Return its value. `names` holds the configuration's top level and what `each` binds.

        Raises:
            Unworkable: It fails with these values.
        """
        if self.plan is not None:
            try:
                return work_out(self.plan, names)
            except NoAnswer:
                pass
        return in_sandbox(self.text, names)


def in_sandbox(text: str, names: Mapping[str, Any]) -> Any:
    """Return the value of an expression as Jinja's sandbox gives it; that may be its own `Undefined`.

    Raises:
        Unworkable: It fails with these values.
    """
    from jinja2 import TemplateError

    from agreementkit.assemble.grammar import compiled

    try:
        return compiled(text)(**names)
    except TemplateError as error:
        raise Unworkable(str(error)) from error


def is_undefined(value: object) -> bool:
    """Return whether a value is what Jinja gives for a name that is not there."""
    jinja = sys.modules.get("jinja2")  # where it was not loaded, nothing is
    return jinja is not None and isinstance(value, jinja.Undefined)


@lru_cache(maxsize=MAX_KEPT)
def _tree(text: str) -> nodes.Expr:
    from agreementkit.assemble.grammar import read

    node = read(text)
    if isinstance(node, str):
        raise AssertionError(f"unchecked expression: {node}")
    return node


_READ: dict[str, Expression | str] = {}
_LEARNT: dict[str, Any] = {}


def learn(expressions: Mapping[str, Any]) -> None:
    """Take in expressions that were read in another run, so that they need not be read again.

    Args:
        expressions: By text, what `Expression.as_data` returned.
    """
    if len(_LEARNT) > MAX_KEPT:
        _LEARNT.clear()
    _LEARNT.update(expressions)


def is_known(text: str) -> bool:
    """Whether an expression was read already, in this run or in one that `learn` was told of."""
    return text in _READ or text in _LEARNT


def parse(text: str) -> Expression | str:
    """Return the expression, or what is wrong with its grammar in words."""
    found = _READ.get(text)
    if found is None:
        if len(_READ) > MAX_KEPT:
            _READ.clear()
        found = _READ[text] = _learnt(text) or _read(text)
    return found


def _learnt(text: str) -> Expression | None:
    data = _LEARNT.pop(text, None)
    try:
        return None if data is None else Expression.from_data(text, data)
    except (ValueError, TypeError):
        return None


def _read(text: str) -> Expression | str:
    """Return the expression, or what is wrong with its grammar in words."""
    from jinja2 import nodes

    from agreementkit.assemble.grammar import chains, every, is_wording, plan_of, read

    node = read(text)
    if isinstance(node, str):
        return node
    try:
        primary = next(iter(chains(node)), ())
        present = tuple(
            str(test.node.value)
            for test in every(node, nodes.Test)
            if test.name == "present" and isinstance(test.node, nodes.Const)
        )
        return Expression(text, primary, is_wording(node), present, plan_of(node))
    except RecursionError:
        return "it is nested too deeply"


def grammar_faults(text: str, place: Place | None) -> tuple[Expression | None, list[Diagnostic]]:
    """Read an expression and return it with every fault of grammar or vocabulary (AK301, AK303)."""
    parsed = parse(text)
    if isinstance(parsed, str):
        return None, [
            Diagnostic(
                "AK301",
                f"the expression cannot be read: {parsed}",
                place=place,
                hints=("write a path, a filter or a comparison: `time_off.notice_days | days`",),
            )
        ]
    if parsed.plan is not None:  # a plan has nothing in it but what is allowed
        return parsed, []
    from jinja2 import TemplateError, nodes

    from agreementkit.assemble.grammar import compiled, every, forbidden

    faults = [
        Diagnostic(
            "AK303",
            f"{word} is not allowed in an expression",
            place=place,
            hints=("use paths, filters, comparisons, `and`, `or`, `not`, `if … else`",),
        )
        for word in dict.fromkeys(forbidden(parsed.node))
    ]
    known = (*FILTERS, *OF_ENTRIES)
    faults += [
        Diagnostic(
            "AK303",
            f"there is no filter {node.name!r}",
            place=place,
            hints=suggest(node.name, known, "filter"),
        )
        for node in every(parsed.node, nodes.Filter)
        if node.name not in known
    ]
    faults += [
        Diagnostic("AK303", f"there is no test {node.name!r}", place=place, hints=("the only test is `is present`",))
        for node in every(parsed.node, nodes.Test)
        if node.name != "present"
    ]
    if not faults:
        # Only now: while compiling, Jinja works out constants, and `9**9**9` would take for ever.
        try:
            compiled(text)
        except (TemplateError, RecursionError) as error:
            faults.append(
                Diagnostic(
                    "AK301",
                    f"the expression cannot be read: {str(error) or 'it is nested too deeply'}",
                    place=place,
                    hints=("write it in a simpler way",),
                )
            )
    return parsed, faults


def paths_in(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the paths that an expression reads, each once, in the order in which they are written."""
    from agreementkit.assemble.grammar import chains

    parsed = parse(text)
    return () if isinstance(parsed, str) else tuple(dict.fromkeys(chains(parsed.node)))


def present_ids(text: str) -> tuple[str, ...]:
    """Return the clause ids that an expression tests with `is present`."""
    parsed = parse(text)
    return () if isinstance(parsed, str) else parsed.present
