"""Expressions of clauses: read once, checked against the typed configuration, then evaluated in a sandbox.

An expression is Jinja without statements. Only the constructs listed in `_ALLOWED` are let through, so there is
no call, no import and no way to an attribute that is not a configuration path; Jinja's sandbox stands behind
that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from jinja2 import StrictUndefined, TemplateError, nodes, pass_context
from jinja2.parser import Parser
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from agreementkit.assemble.filters import FILTERS, IsoDate
from agreementkit.diagnostics import Diagnostic, Place, suggest

MAX_LENGTH = 500
MAX_NESTING = 30
"""How many brackets, signs, dots or filters one expression may have: they are read by recursion."""

_LIST_FILTERS = ("map", "selectattr", "rejectattr")
_ALLOWED = (
    nodes.Name,
    nodes.Getattr,
    nodes.Const,
    nodes.List,
    nodes.Tuple,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.CondExpr,
    nodes.Filter,
    nodes.Test,
    nodes.Keyword,
    nodes.Neg,
)


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox with our filters; dates are seen as `IsoDate`."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        value = super().getattr(obj, attribute)
        return IsoDate(value.isoformat()) if isinstance(value, date) else value


def _none_safe(function: Callable[..., Any]) -> Callable[..., Any]:
    def safe(value: Any, *args: Any, **kwargs: Any) -> Any:
        return None if value is None else function(value, *args, **kwargs)

    return safe


def _as_list(function: Callable[..., Any]) -> Callable[..., Any]:
    # Jinja hands `map` and its kin over as generators, which have no length; and marks them to get a context.
    def listed(*args: Any, **kwargs: Any) -> list[Any]:
        return [IsoDate(v.isoformat()) if isinstance(v, date) else v for v in function(*args, **kwargs)]

    listed.jinja_pass_arg = getattr(function, "jinja_pass_arg", None)  # type: ignore[attr-defined]
    return listed


@pass_context
def _present(context: Context, id_: str) -> bool:
    """Whether a clause was chosen; the chosen ids travel in the context as `_chosen`."""
    return id_ in context["_chosen"]


@cache
def environment() -> _Sandbox:
    """Return the one environment in which expressions are read and evaluated."""
    env = _Sandbox(undefined=StrictUndefined, autoescape=False, cache_size=0)
    builtin = {name: _as_list(env.filters[name]) for name in _LIST_FILTERS}
    env.filters = {name: _none_safe(function) for name, function in FILTERS.items()} | builtin
    env.tests = {"present": _present}
    env.globals.clear()
    return env


@dataclass(frozen=True, slots=True)
class Expression:
    """A readable expression.

    Attributes:
        text: As written.
        node: Jinja's tree of it.
        primary: The first configuration path in it, which stands for where the value comes from.
    """

    text: str
    node: nodes.Expr
    primary: tuple[str, ...]

    @property
    def is_wording(self) -> bool:
        """Whether it prints words of the clause itself, chosen by a value, and not the value."""
        return _is_wording(self.node)

    def evaluate(self, names: Mapping[str, Any]) -> Any:
        """Return its value. `names` holds the configuration's top level and what `each` binds."""
        return _compiled(self.text)(**names)


@cache
def _compiled(text: str) -> Callable[..., Any]:
    return environment().compile_expression(text, undefined_to_none=False)


@cache
def parse(text: str) -> Expression | str:
    """Return the expression, or what is wrong with its grammar in words."""
    if len(text) > MAX_LENGTH:
        return f"it is longer than {MAX_LENGTH} characters"
    if not text.strip():
        return "it is empty"
    if max(text.count(sign) for sign in ("(", "[", "{", "not", "-", "+", ".", "|")) > MAX_NESTING:
        return "it is nested too deeply"
    try:
        parser = Parser(environment(), text, state="variable")
        node = parser.parse_expression()
        if not parser.stream.eos:
            return f"{str(parser.stream.current.value)!r} does not fit after what stands before it"
        primary = next(iter(_chains(node)), ())
    except TemplateError as error:
        return str(error.message or error)
    except RecursionError:
        return "it is nested too deeply"
    return Expression(text, node, primary)


def _is_wording(node: nodes.Node | None) -> bool:
    if isinstance(node, nodes.Filter):
        return node.name == "plural" or (node.name in ("cap", "lower", "title") and _is_wording(node.node))
    if isinstance(node, nodes.CondExpr):
        return _is_wording(node.expr1) and _is_wording(node.expr2)
    return isinstance(node, nodes.Const)


def _chains(node: nodes.Node) -> Iterator[tuple[str, ...]]:
    """Yield each dotted path of an expression in the order written, conditions of `if` last."""
    chain = _chain(node)
    if chain:
        yield chain
        return
    children = list(node.iter_child_nodes())
    if isinstance(node, nodes.CondExpr):
        children = [child for child in (node.expr1, node.expr2, node.test) if child is not None]
    for child in children:
        yield from _chains(child)


def _chain(node: nodes.Node) -> tuple[str, ...]:
    names: list[str] = []
    while isinstance(node, nodes.Getattr):
        names.insert(0, node.attr)
        node = node.node
    return (node.name, *names) if isinstance(node, nodes.Name) else ()


def forbidden(node: nodes.Node) -> Iterator[str]:
    """Yield a word for every construct in the expression that clauses may not use."""
    if not isinstance(node, _ALLOWED):
        yield {"Call": "a call", "Getitem": "an index", "Filter": "a filter"}.get(
            type(node).__name__, f"the construct {type(node).__name__!r}"
        )
    for child in node.iter_child_nodes():
        yield from forbidden(child)


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
    faults = [
        Diagnostic(
            "AK303",
            f"{word} is not allowed in an expression",
            place=place,
            hints=("use paths, filters, comparisons, `and`, `or`, `not`, `if … else`",),
        )
        for word in dict.fromkeys(forbidden(parsed.node))
    ]
    known = (*FILTERS, *_LIST_FILTERS)
    faults += [
        Diagnostic(
            "AK303",
            f"there is no filter {node.name!r}",
            place=place,
            hints=suggest(node.name, known, "filter"),
        )
        for node in _all(parsed.node, nodes.Filter)
        if node.name not in known
    ]
    faults += [
        Diagnostic("AK303", f"there is no test {node.name!r}", place=place, hints=("the only test is `is present`",))
        for node in _all(parsed.node, nodes.Test)
        if node.name != "present"
    ]
    if not faults:
        # Only now: while compiling, Jinja works out constants, and `9**9**9` would take for ever.
        try:
            _compiled(text)
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
    parsed = parse(text)
    return () if isinstance(parsed, str) else tuple(dict.fromkeys(_chains(parsed.node)))


@cache
def present_ids(text: str) -> tuple[str, ...]:
    """Return the clause ids that an expression tests with `is present`."""
    parsed = parse(text)
    if isinstance(parsed, str):
        return ()
    return tuple(
        str(test.node.value)
        for test in _all(parsed.node, nodes.Test)
        if test.name == "present" and isinstance(test.node, nodes.Const)
    )


def _all(node: nodes.Node, kind: type[Any]) -> Iterator[Any]:
    if isinstance(node, kind):
        yield node
    yield from node.find_all(kind)
