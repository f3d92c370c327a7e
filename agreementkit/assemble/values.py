"""Evaluates expressions against one configuration: conditions, repetitions and values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from agreementkit.assemble.budget import Budget
from agreementkit.assemble.expressions import Expression, parse
from agreementkit.assemble.filters import IsoDate, Quantity, format_date
from agreementkit.config import Config
from agreementkit.config.options import Declarations, option_values
from agreementkit.config.paths import resolve_type
from agreementkit.diagnostics import Diagnostic, Place
from agreementkit.reader.template import Condition, Repetition
from agreementkit.tree.nodes import Blank, Inline, TermUse, Text, Value

_OWN = ("precedent", "present")
"""Words of which one is in every expression that may come to something else in another agreement of the set."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names an expression sees, and the configuration paths that bound names stand for.

    Attributes:
        values: Top level of the configuration, `precedent`, and what `each` binds.
        paths: Path of each bound name, such as `unions[2]`.
        chosen: Ids of the clauses chosen for the agreements of the set, for `is present`.
        budget: What is left for the agreement, however deep the repetition.
        seen: All that an expression sees: `values`, and `chosen` by the name that `is present` knows.
        known: What expressions came to with these names: clauses ask the same things again and again.
    """

    values: Mapping[str, Any]
    paths: Mapping[str, str]
    chosen: frozenset[str] = frozenset()
    budget: Budget = field(default_factory=Budget)
    seen: Mapping[str, Any] = field(init=False, repr=False, compare=False)
    known: dict[str, Any] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "seen", {**self.values, "_chosen": self.chosen})

    @classmethod
    def of(cls, config: Config, precedent: str, declared: Declarations) -> Names:
        """Return the names at the top of an agreement.

        Args:
            config: The configuration; its options have no fault.
            precedent: Id of the agreement.
            declared: Options that the packs of the bank declare.
        """
        fields = (*type(config).model_fields, *type(config).model_computed_fields)
        values = {name: getattr(config, name) for name in fields}
        return cls({**values, "options": option_values(config, declared), "precedent": precedent}, {})

    def choosing(self, chosen: frozenset[str]) -> Names:
        """Return the same names, knowing which clauses were chosen."""
        return replace(self, chosen=chosen)

    def knowing(self, other: Names) -> Names:
        """Take over what expressions came to in another agreement of the set; return the names themselves.

        Args:
            other: The names at the top of an agreement of the same configuration, with the same options declared.
        """
        for text, value in other.known.items():
            if not any(word in text for word in _OWN):
                self.known[text] = value
        return self

    def bind(self, name: str, value: Any, path: str) -> Names:
        """Return the names inside a repetition."""
        return replace(self, values={**self.values, name: value}, paths={**self.paths, name: path})

    def origin(self, primary: Sequence[str]) -> str:
        """Return the configuration path that a chain of names stands for, or "" when it is not one."""
        if not primary or primary[0] == "precedent":
            return ""
        return ".".join((self.paths.get(primary[0], primary[0]), *primary[1:]))


class Evaluator:
    """Evaluates expressions and collects what goes wrong."""

    def __init__(self, found: list[Diagnostic]) -> None:
        self.found = found

    def evaluate(self, text: str, names: Names, place: Place | None) -> tuple[Any, Expression | None]:
        """Return an expression's value; a fault gives None and AK305."""
        expression = parse(text)
        if isinstance(expression, str):
            raise AssertionError(f"unchecked expression: {expression}")
        known = names.known
        if text in known:
            return known[text], expression
        try:
            value = known[text] = expression.evaluate(names.seen)
            return value, expression
        except (TypeError, ValueError, AttributeError) as error:
            self.found.append(
                Diagnostic(
                    "AK305",
                    f"the expression `{text}` fails with this configuration: {error}",
                    place=place,
                    hints=("a value that is not given is `none`: test it first, as in `not x or x > 3`",),
                )
            )
            return None, expression

    def holds(self, condition: Condition | None, names: Names) -> bool:
        """Return whether a condition is true; no condition is."""
        if condition is None:
            return True
        text, known = condition.expression, names.known
        if text in known:  # asked before, mostly
            return bool(known[text])
        return bool(self.evaluate(text, names, condition.place)[0])

    def repeat(self, repetition: Repetition | None, names: Names) -> list[Names]:
        """Return the names for each turn of a repetition; without one, the names themselves."""
        if repetition is None:
            return [names]
        values, _ = self.evaluate(repetition.path, names, repetition.place)
        values = tuple(values or ())
        if not names.budget.allows(len(values), 0, repetition.place, self.found):
            return []
        path = names.origin(repetition.path.split("."))
        return [names.bind(repetition.name, value, f"{path}[{i}]") for i, value in enumerate(values)]

    def fill(self, text: str, names: Names, place: Place | None) -> tuple[Inline, ...]:
        """Return the inlines that an expression in the text prints as."""
        value, expression = self.evaluate(text, names, place)
        primary = expression.primary if expression else ()
        path = names.origin(primary)
        if value is None:
            return (Blank(path, _label(primary, names)),)
        if isinstance(value, Quantity):
            term = f"{value.term}s" if value.plural else value.term
            return (Value(path, value.number), Text("\u00a0"), TermUse(term, place=place))
        if isinstance(value, IsoDate):
            value = format_date(value)
        elif isinstance(value, int) and not isinstance(value, bool):
            value = f"{value:,}"
        if not isinstance(value, str):
            self.found.append(
                Diagnostic(
                    "AK306",
                    f"`{text}` is not text but {'yes or no' if isinstance(value, bool) else 'a list'}",
                    place=place,
                    hints=("use it in a condition, or join a list with `| and_list`",),
                )
            )
            return ()
        if not value:
            return ()
        is_value = path and not (expression and expression.is_wording)
        return (Value(path, value) if is_value else Text(value),)


def outcomes(expressions: Sequence[str], names: Names) -> tuple[bool, ...] | None:
    """Return how conditions turn out; None when one of them fails, which is reported only where its turn comes."""
    found: list[Diagnostic] = []
    evaluator, known = Evaluator(found), names.known
    try:
        # `known` is asked here as well: most conditions were asked before, and it saves a call for each.
        answers = tuple([bool(known[e] if e in known else evaluator.evaluate(e, names, None)[0]) for e in expressions])
    except Exception:  # noqa: BLE001 - whatever it is: a condition that guards this one may keep it from being asked
        return None
    return None if found else answers


def _label(primary: Sequence[str], names: Names) -> str:
    """Return in words what belongs into a blank."""
    if not primary:
        return ""
    head = names.paths.get(primary[0])
    start = [part.split("[")[0] for part in head.split(".")] if head else [primary[0]]
    path = (*start, *primary[1:])
    below = "options" if path[0] == "options" else ""  # what these are, the packs say, and the values know
    resolved = resolve_type(path[1:], type(names.values[below])) if below else resolve_type(path)
    if resolved is None:
        return ""
    # The label of a blank is short; only packs, which need not describe an option, have it from their question.
    return ((resolved.question if below else "") or resolved.description).rstrip(".")
