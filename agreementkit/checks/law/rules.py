"""Works out the expressions that the law register and the requirements carry, against one set.

They are written by packs, as clauses are, so they are read by the same grammar, checked against the typed
configuration, and evaluated in the same sandbox. Here `is present` knows clauses and their paragraphs.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from agreementkit.assemble.expressions import Expression, is_undefined, parse, present_ids
from agreementkit.assemble.learnt import make_known
from agreementkit.assemble.scope import Scope
from agreementkit.assemble.values import Names
from agreementkit.checks.scene import Scene
from agreementkit.checks.typed import once
from agreementkit.config import Config
from agreementkit.config.options import with_options
from agreementkit.diagnostics import Diagnostic


class RuleFault(Exception):  # noqa: N818 - a fault of whoever wrote the rule, reported as a finding
    """An expression that cannot be worked out.

    Args:
        reason: What is wrong, in words.
        hints: Next steps.
    """

    def __init__(self, reason: str, hints: tuple[str, ...]) -> None:
        super().__init__(reason)
        self.reason = reason
        self.hints = hints


class Rules:
    """Answers expressions for one set.

    Args:
        scene: The set that is looked at.
    """

    def __init__(self, scene: Scene) -> None:
        self._model = with_options(scene.bank.options)
        self._names = _names(scene)
        _make_known(scene)

    def ask(self, text: str) -> Any:
        """Return the value of an expression.

        Raises:
            RuleFault: If it cannot be read, names something that is not there, or fails with this configuration.
        """
        faults = _faults(text, self._model)
        if faults:
            raise RuleFault(faults[0].message, faults[0].hints)
        try:
            value = _readable(text).evaluate(self._names)
        except (TypeError, ValueError, AttributeError) as error:
            raise RuleFault(
                f"`{text}` fails with this configuration: {error}",
                ("a value that is not given is `none`: test it first, as in `not x or x > 3`",),
            ) from error
        if is_undefined(value):
            raise RuleFault(f"`{text}` has no value with this configuration", ("test first that it is there",))
        return value

    def holds(self, text: str | None) -> bool:
        """Return whether a condition is true; no condition is.

        Raises:
            RuleFault: As `ask`.
        """
        return text is None or bool(self.ask(text))


def setting(text: str | None) -> str:
    """Return the first configuration path in an expression, or "" when it does not begin with one."""
    expression = parse(text) if text else None
    path = ".".join(expression.primary) if isinstance(expression, Expression) else ""
    return "" if path == "precedent" else path


def is_setting(text: str | None) -> bool:
    """Whether an expression is one configuration path and nothing else."""
    return bool(text) and setting(text) == text


def asked_for(*texts: str | None) -> tuple[str, ...]:
    """Return the clauses and paragraphs that expressions ask for with `is present`, each once."""
    return tuple(dict.fromkeys(id_ for text in texts if text for id_ in present_ids(text)))


@once
def _make_known(scene: Scene) -> None:
    """Have all expressions read at once, which are then kept together."""
    floors = [text for floor in scene.law.floors.values() for text in (floor.agreed, floor.when)]
    asked = [
        text for one in scene.bank.requirements.values() for text in (one.requirement.when, one.requirement.met_when)
    ]
    make_known(text for text in (*floors, *asked) if text)


@once
def _names(scene: Scene) -> Mapping[str, Any]:
    """Return what expressions see."""
    present = {id_ for ids in scene.ids.values() for id_ in ids}
    return {
        **Names.of(scene.config, "", scene.bank.options).values,
        "_chosen": frozenset(present | {id_.split("/")[0] for id_ in present}),
    }


@cache
def _faults(text: str, model: type[Config]) -> tuple[Diagnostic, ...]:
    found: list[Diagnostic] = []
    Scope(model=model).check(text, None, found)
    return tuple(found)


def _readable(text: str) -> Expression:
    expression = parse(text)
    if isinstance(expression, str):
        raise AssertionError(f"unchecked expression: {expression}")
    return expression
