"""Reads expressions with Jinja: their grammar, what of it clauses may use, the sandbox, and the plans made from it.

An expression is Jinja without statements. Only the constructs listed in `_ALLOWED` are let through, so there is
no call, no import and no way to an attribute that is not a configuration path; Jinja's sandbox stands behind
that. This is the one module that needs Jinja to assemble an agreement, and it is loaded only when an expression has
to be read, or one that has no plan has to be worked out.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, lru_cache
from typing import Any

from jinja2 import StrictUndefined, TemplateError, nodes, pass_context
from jinja2.parser import Parser
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from agreementkit.assemble.filters import FILTERS, IsoDate
from agreementkit.assemble.plan import COMPARISONS, MAX_KEPT, OF_ENTRIES, Plan

MAX_LENGTH = 500
MAX_NESTING = 30
"""How many brackets, signs, dots or filters one expression may have: they are read by recursion."""

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
_JINJAS_OWN = frozenset({"self", "super", "loop", "caller", "varargs", "kwargs", "result", "context", "environment"})
"""Names that mean something to Jinja itself; an expression with one of them has no plan."""


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
    builtin = {name: _as_list(env.filters[name]) for name in OF_ENTRIES}
    env.filters = {name: _none_safe(function) for name, function in FILTERS.items()} | builtin
    env.tests = {"present": _present}
    env.globals.clear()
    return env


@lru_cache(maxsize=MAX_KEPT)
def compiled(text: str) -> Callable[..., Any]:
    """Return an expression as a function of the names in it, run by the sandbox.

    Raises:
        TemplateError: It cannot be compiled.
        RecursionError: It is nested too deeply.
    """
    return environment().compile_expression(text, undefined_to_none=False)


def read(text: str) -> nodes.Expr | str:
    """Return Jinja's tree of an expression, or what is wrong with its grammar in words."""
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
    except TemplateError as error:
        return str(error.message or error)
    except RecursionError:
        return "it is nested too deeply"
    return node


def is_wording(node: nodes.Node | None) -> bool:
    """Return whether an expression prints words of the clause itself, chosen by a value, and not the value."""
    if isinstance(node, nodes.Filter):
        return node.name == "plural" or (node.name in ("cap", "lower", "title") and is_wording(node.node))
    if isinstance(node, nodes.CondExpr):
        return is_wording(node.expr1) and is_wording(node.expr2)
    return isinstance(node, nodes.Const)


def chains(node: nodes.Node) -> Iterator[tuple[str, ...]]:
    """Yield each dotted path of an expression in the order written, conditions of `if` last."""
    chain = _chain(node)
    if chain:
        yield chain
        return
    children = list(node.iter_child_nodes())
    if isinstance(node, nodes.CondExpr):
        children = [child for child in (node.expr1, node.expr2, node.test) if child is not None]
    for child in children:
        yield from chains(child)


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


def every(node: nodes.Node, kind: type[Any]) -> Iterator[Any]:
    """Yield every node of a kind in an expression, itself first."""
    if isinstance(node, kind):
        yield node
    yield from node.find_all(kind)


# ------------------------------------------------------------------------------------------------------ plans


def plan_of(node: nodes.Node | None) -> Plan | None:
    """Return the plan of an expression, or None when it has something that plans do not know."""
    try:
        return _plan(node)
    except (_NoPlan, RecursionError):
        return None


class _NoPlan(Exception):  # noqa: N818 - no fault: such an expression is worked out by Jinja
    """An expression has something that plans do not know."""


def _identifier(name: str) -> str:
    if name.startswith("_") or not name.isascii() or name in _JINJAS_OWN:
        raise _NoPlan
    return name


def _plan(node: nodes.Node | None) -> Plan:
    match node:
        case nodes.Name():
            return ("name", _identifier(node.name))
        case nodes.Getattr():
            return ("attr", _plan(node.node), _identifier(node.attr))
        case nodes.Const(value=value):
            if not isinstance(value, str | int | float | None) or (isinstance(value, float) and math.isinf(value)):
                raise _NoPlan
            return ("const", value)
        case nodes.List() | nodes.Tuple():
            return ("list" if isinstance(node, nodes.List) else "tuple", tuple(_plan(one) for one in node.items))
        case nodes.Compare():
            if any(one.op not in COMPARISONS for one in node.ops):
                raise _NoPlan
            return ("compare", _plan(node.expr), tuple((one.op, _plan(one.expr)) for one in node.ops))
        case nodes.And() | nodes.Or():
            return ("and" if isinstance(node, nodes.And) else "or", _plan(node.left), _plan(node.right))
        case nodes.Not():
            return ("not", _plan(node.node))
        case nodes.Neg():
            return ("neg", _plan(node.node))
        case nodes.CondExpr():
            return ("if", _plan(node.test), _plan(node.expr1), _plan(node.expr2))
        case nodes.Filter():
            return _filter(node)
        case nodes.Test(name="present") if not (node.args or node.kwargs or node.dyn_args or node.dyn_kwargs):
            return ("present", _plan(node.node))
    raise _NoPlan


def _filter(node: nodes.Filter) -> Plan:
    named: dict[str, nodes.Node] = {str(one.key): one.value for one in node.kwargs}
    if node.dyn_args or node.dyn_kwargs or len(named) < len(node.kwargs):
        raise _NoPlan
    if node.name in FILTERS:
        given = tuple(_plan(one) for one in node.args)
        return ("filter", node.name, _plan(node.node), given, tuple((k, _plan(v)) for k, v in named.items()))
    attribute: nodes.Node | None = None
    if node.name == "map" and not node.args and list(named) == ["attribute"]:
        attribute = named["attribute"]
    elif node.name in ("selectattr", "rejectattr") and len(node.args) == 1 and not named:
        attribute = node.args[0]
    if isinstance(attribute, nodes.Const) and isinstance(attribute.value, str) and attribute.value.isidentifier():
        return ("entries", node.name, _plan(node.node), _identifier(attribute.value))
    raise _NoPlan
