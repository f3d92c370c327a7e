"""What names an expression may use where it stands, by type: checked before anybody's values exist."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from agreementkit.assemble.expressions import Expression, grammar_faults
from agreementkit.assemble.plan import Plan
from agreementkit.config import Config
from agreementkit.config.paths import Resolved, known_names, members, resolve_type
from agreementkit.diagnostics import Diagnostic, Place, suggest
from agreementkit.reader.template import Condition, Repetition

if TYPE_CHECKING:
    from jinja2 import nodes

SPECIAL = {"precedent": Resolved(annotation=str, description="Id of the agreement being made")}
_TEXT = Resolved(annotation=str)


@dataclass(frozen=True, slots=True)
class Scope:
    """What may be named at a place.

    Attributes:
        bound: The names bound by `each` around it, with what each stands for.
        model: The configuration, with the options that the place may ask for; see `with_options`.
    """

    bound: Mapping[str, Resolved] = field(default_factory=dict)
    model: type[Config] = Config

    def root(self, name: str) -> Resolved | None:
        """Return what a first name stands for, or None when there is none."""
        return self.bound.get(name) or SPECIAL.get(name) or resolve_type((name,), self.model)

    def names(self) -> list[str]:
        """Return every first name that may be used."""
        return [*self.bound, *SPECIAL, *known_names((), self.model)]

    def bind(self, repetition: Repetition, found: list[Diagnostic]) -> Scope:
        """Return the scope inside a repetition; a path that is no list is reported (AK302)."""
        path = repetition.path.split(".")
        resolved = self._follow(path)
        if resolved is None:
            found.append(self._unknown(path, repetition.place))
            return self
        if not resolved.is_list:
            found.append(
                Diagnostic(
                    "AK302",
                    f"{repetition.path!r} is not a list",
                    place=repetition.place,
                    hints=("`each` repeats for the entries of a list, such as `unions`",),
                )
            )
        if repetition.name in self.names():
            found.append(
                Diagnostic(
                    "AK302",
                    f"the name {repetition.name!r} is already taken",
                    place=repetition.place,
                    hints=("choose another name for the entry",),
                )
            )
        return replace(self, bound={**self.bound, repetition.name: _entry(resolved)})

    def check(self, text: str, place: Place | None, found: list[Diagnostic]) -> Expression | None:
        """Read an expression and check every path in it; faults are AK301 to AK303."""
        expression, faults = grammar_faults(text, place)
        if expression and not faults and not self._is_sound(expression.plan):
            self._infer(expression.node, place, faults)
        found.extend(faults)
        return expression

    def check_condition(self, condition: Condition | None, found: list[Diagnostic]) -> None:
        """Check a condition, if there is one."""
        if condition:
            self.check(condition.expression, condition.place, found)

    def _follow(self, path: list[str]) -> Resolved | None:
        found = self.root(path[0])
        for name in path[1:]:
            found = None if found is None or found.is_list or found.model is None else members(found.model).get(name)
        return found

    def _unknown(self, path: list[str], place: Place | None) -> Diagnostic:
        for end in range(1, len(path) + 1):
            if self._follow(path[:end]) is None:
                before = self._follow(path[: end - 1]) if end > 1 else None
                if before is not None and before.is_list:
                    return Diagnostic(
                        "AK302",
                        f"{'.'.join(path[: end - 1])!r} is a list",
                        place=place,
                        hints=(f"repeat with each=\"x in {'.'.join(path[: end - 1])}\" or use `| map(attribute='…')`",),
                    )
                known = self.names() if end == 1 else list(members(before.model)) if before and before.model else []
                hints = suggest(path[end - 1], known, "setting")
                if path[0] == "options" and end > 1:
                    hints = suggest(path[end - 1], known, "option" if end > 2 else "pack with options")
                    hints = (*hints, "options are declared in `options.yaml` of this pack or of one below it")
                return Diagnostic(
                    "AK302",
                    f"there is no configuration path {'.'.join(path[:end])!r}",
                    place=place,
                    hints=hints,
                )
        raise AssertionError(path)

    def _is_sound(self, plan: Plan | None) -> bool:
        """Whether every path of a plan is certain to be there; if so, Jinja's tree need not be made and searched."""
        try:
            if plan is not None:
                self._stands_for(plan)
        except _Doubtful:
            return False
        return plan is not None

    def _stands_for(self, plan: Plan) -> Resolved | None:
        """Return what a plan stands for as far as that is known, as `_infer` does with nodes.

        Raises:
            _Doubtful: Something may be wrong with it; what that is `_infer` says.
        """
        match plan:
            case ("name", name):
                return _certain(self.root(name))
            case ("attr", inner, name):
                owner = self._stands_for(inner)
                return _certain(members(owner.model).get(name) if owner and owner.model and not owner.is_list else None)
            case ("const", _):
                return _TEXT
            case ("compare", left, comparisons):
                resolved = self._stands_for(left)
                operands = [operand for _, operand in comparisons]
                if resolved and resolved.choices and not all(_is_among(resolved.choices, one) for one in operands):
                    raise _Doubtful
                self._all_stand(operands)
            case ("filter", name, inner, given, named):
                resolved = self._stands_for(inner)
                self._all_stand((*given, *(one for _, one in named)))
                return _entry(resolved) if name == "first" and resolved else _TEXT
            case ("entries", kind, inner, attribute):
                resolved = self._stands_for(inner)
                if resolved is None or resolved.model is None or attribute not in members(resolved.model):
                    raise _Doubtful
                return Resolved(annotation=str, is_list=True) if kind == "map" else resolved
            case ("list" | "tuple", inner):
                self._all_stand(inner)
            case (_, *inner):
                self._all_stand(inner)
        return None

    def _all_stand(self, plans: Iterable[Plan]) -> None:
        for plan in plans:
            self._stands_for(plan)

    def _infer(self, node: nodes.Node, place: Place | None, found: list[Diagnostic]) -> Resolved | None:
        """Return what a node stands for as far as that is known, reporting unknown paths on the way."""
        from jinja2 import nodes

        if isinstance(node, nodes.Name):
            resolved = self.root(node.name)
            if resolved is None:
                found.append(self._unknown([node.name], place))
            return resolved
        if isinstance(node, nodes.Getattr):
            return self._infer_member(node, place, found)
        if isinstance(node, nodes.Filter):
            return self._infer_filter(node, place, found)
        if isinstance(node, nodes.Compare):
            self._check_choice(node, place, found)
        for child in node.iter_child_nodes():
            self._infer(child, place, found)
        return _TEXT if isinstance(node, nodes.Const) else None

    def _infer_member(self, node: nodes.Getattr, place: Place | None, found: list[Diagnostic]) -> Resolved | None:
        before = len(found)
        owner = self._infer(node.node, place, found)
        if len(found) > before:
            return None
        inner = members(owner.model).get(node.attr) if owner and owner.model and not owner.is_list else None
        if inner is None:
            path = _path(node)
            if path:
                found.append(self._unknown(path, place))
            else:
                known = members(owner.model) if owner and owner.model else ()
                found.append(
                    Diagnostic(
                        "AK302",
                        f"there is no {node.attr!r} here",
                        place=place,
                        hints=suggest(node.attr, known, "setting"),
                    )
                )
        return inner

    def _infer_filter(self, node: nodes.Filter, place: Place | None, found: list[Diagnostic]) -> Resolved | None:
        from jinja2 import nodes

        inner = self._infer(node.node, place, found) if node.node is not None else None
        for child in (*node.args, *node.kwargs):
            self._infer(child, place, found)
        if node.name in ("map", "selectattr", "rejectattr"):
            given = [a for a in node.args if isinstance(a, nodes.Const)]
            given += [k.value for k in node.kwargs if k.key == "attribute" and isinstance(k.value, nodes.Const)]
            name = str(given[0].value) if given else ""
            if inner is None or inner.model is None or name not in members(inner.model):
                known = members(inner.model) if inner and inner.model else ()
                found.append(
                    Diagnostic(
                        "AK302",
                        f"entries of this list have no {name!r}",
                        place=place,
                        hints=suggest(name, known, "setting"),
                    )
                )
                return None
            return Resolved(annotation=str, is_list=True) if node.name == "map" else inner
        if node.name == "first" and inner is not None:
            return _entry(inner)
        return _TEXT

    def _check_choice(self, node: nodes.Compare, place: Place | None, found: list[Diagnostic]) -> None:
        """Report a comparison of a path with something that is none of its choices: it is never true."""
        from jinja2 import nodes

        path = _path(node.expr)
        resolved = self._follow(path) if path else None
        if resolved is None or not resolved.choices:
            return
        for operand in node.ops:
            values = operand.expr.items if isinstance(operand.expr, nodes.List | nodes.Tuple) else [operand.expr]
            found.extend(
                Diagnostic(
                    "AK302",
                    f"{'.'.join(path)!r} is never {value.value!r}",
                    place=place,
                    hints=suggest(str(value.value), resolved.choices, "choice"),
                )
                for value in values
                if isinstance(value, nodes.Const) and value.value not in resolved.choices
            )


class _Doubtful(Exception):  # noqa: N818 - no fault: such an expression is looked at more closely
    """An expression may have a fault."""


def _certain(resolved: Resolved | None) -> Resolved:
    if resolved is None:
        raise _Doubtful
    return resolved


def _is_among(choices: Collection[str], plan: Plan) -> bool:
    """Whether a comparison with `plan` can be true of one of the choices, as far as that is seen at a glance."""
    if plan[0] in ("list", "tuple"):
        return all(_is_among(choices, one) for one in plan[1])
    return plan[0] != "const" or plan[1] in choices


def _entry(resolved: Resolved) -> Resolved:
    return Resolved(
        annotation=resolved.annotation,
        model=resolved.model,
        description=resolved.description,
        unit=resolved.unit,
        choices=resolved.choices,
    )


def _path(node: nodes.Node) -> list[str]:
    from jinja2 import nodes

    names: list[str] = []
    while isinstance(node, nodes.Getattr):
        names.insert(0, node.attr)
        node = node.node
    return [node.name, *names] if isinstance(node, nodes.Name) else []
