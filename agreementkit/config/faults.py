"""From pydantic's errors to diagnostics: a code, a sentence, the place in the file and a next step.

Everything is keyed on pydantic's error *type*; its English sentences may change from one version to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ValidationError

from agreementkit.config.cross import TOGETHER
from agreementkit.config.paths import Resolved, known_names, resolve_type
from agreementkit.diagnostics import Diagnostic, nearest, suggest
from agreementkit.source import Loc, Positions

_OWN_CODES: Mapping[str, str] = {
    "unknown_union": "AK127",
    "repeated_union": "AK128",
    "repeated_employer": "AK128",
    "unknown_party": "AK129",
    "date_order": "AK133",
    "quorum_over_seats": "AK134",
    "union_unnamed": "AK137",
    "nothing_of_its_own": "AK138",
}
_SHOWN = 60
_BOOLEAN_WORDS = frozenset({"yes", "no", "on", "off", "y", "n"})


@dataclass(frozen=True, slots=True)
class _Fault:
    """One pydantic error with what is known about its place; `under` is where its model stands in the file."""

    kind: str
    under: Loc
    loc: Loc
    given: Any
    context: Mapping[str, Any]
    resolved: Resolved | None
    model: type[BaseModel]
    written: str | None

    @property
    def path(self) -> str:
        return dotted((*self.under, *self.loc))

    @property
    def shown(self) -> str:
        """The faulty value as it was written, shortened to what helps to find it."""
        if self.written is not None:
            text = self.written
        elif isinstance(self.given, bool):  # asked first: 0 and 1 are equal to false and true
            text = str(self.given).lower()
        elif _plain(self.given):
            text = "nothing" if self.given is None else str(self.given)
        else:
            text = "this"
        return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


@dataclass(frozen=True, slots=True)
class _Answer:
    code: str
    message: str
    hints: tuple[str, ...] = ()
    of: Literal["value", "key"] = "value"


def dotted(loc: Loc) -> str:
    """Return a path as people write it: `employers[0].name`."""
    text = ""
    for part in loc:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def diagnose(
    error: ValidationError, model: type[BaseModel], positions: Positions | None, under: Loc = ()
) -> list[Diagnostic]:
    """Return a diagnostic for every fault in `error`.

    Args:
        error: What pydantic found.
        model: The model that was validated.
        positions: Where the values of the file stand; None when they came from no file.
        under: Path in the file of what was validated, where that is not the whole file.
    """
    errors = error.errors(include_url=False)
    locs = [tuple(each["loc"]) for each in errors]
    found = []
    for each, loc in zip(errors, locs, strict=True):
        # A list whose entries are all faulty counts as too short; they have been complained of already.
        if each["type"] == "too_short" and any(len(other) > len(loc) and other[: len(loc)] == loc for other in locs):
            continue
        context: Mapping[str, Any] = each.get("ctx") or {}
        if each["type"] == TOGETHER:
            found += [_own(part.type, part.context or {}, (*under, *loc), positions) for part in context["faults"]]
        elif "at" in context:
            found.append(_own(each["type"], context, (*under, *loc), positions))
        else:
            resolved = resolve_type([str(part) for part in loc], model)
            whole = (*under, *loc)
            written = positions.written.get(whole) if positions and whole not in positions.quoted else None
            found.append(
                _ordinary(_Fault(each["type"], under, loc, each["input"], context, resolved, model, written), positions)
            )
    return found


def _own(kind: str, context: Mapping[str, Any], loc: Loc, positions: Positions | None) -> Diagnostic:
    where = (*loc, *context["at"])
    hints = (context["hint"],) if context["hint"] else ()
    return Diagnostic(
        _OWN_CODES.get(kind, "AK149"),
        context["message"],
        place=positions.place(where) if positions else None,
        hints=hints,
        path=dotted(where),
    )


def _ordinary(fault: _Fault, positions: Positions | None) -> Diagnostic:
    answer = _ANSWERS.get(fault.kind, _other)(fault)
    return Diagnostic(
        answer.code,
        answer.message,
        place=positions.place((*fault.under, *fault.loc), answer.of) if positions else None,
        hints=answer.hints,
        path=fault.path,
    )


def _plain(value: object) -> bool:
    return value is None or isinstance(value, (str, int, float, bool))


def _unit(fault: _Fault) -> str:
    return f" {fault.resolved.unit}" if fault.resolved and fault.resolved.unit else ""


def _unknown_key(fault: _Fault) -> _Answer:
    *parent, key = (str(part) for part in fault.loc)
    known = known_names(parent, fault.model)
    settable = [name for name in known if not getattr(resolve_type([*parent, name], fault.model), "computed", False)]
    if key in known:
        return _Answer("AK120", f"{key!r} is worked out and cannot be set", ("leave it out",), "key")
    elsewhere = [name for name in known_names([], fault.model) if key in known_names([name], fault.model)]
    longer = [name for name in settable if len(key) > 2 and key in name]
    hints = suggest(key, settable, "setting")
    if nearest(key, settable) is None and longer:
        hints = (f"did you mean {' or '.join(longer[:3])}?",)
    if elsewhere and not parent:
        hints = tuple(f"there is a setting {name}.{key}" for name in elsewhere[:3])
    above = dotted((*fault.under, *fault.loc[:-1]))
    where = f" in {above}" if above else ""
    return _Answer("AK120", f"there is no setting {key!r}{where}", hints, "key")


def _missing(fault: _Fault) -> _Answer:
    what = f": {fault.resolved.description}" if fault.resolved and fault.resolved.description else ""
    return _Answer("AK121", f"{fault.path} has to be given", (f"add {fault.loc[-1]}:{what[1:]}",), "key")


def _choice(fault: _Fault) -> _Answer:
    choices = fault.resolved.choices if fault.resolved else ()
    near = nearest(fault.shown, choices)
    hints = ((f"did you mean {near!r}?",) if near else ()) + (f"choices: {', '.join(choices)}",)
    return _Answer("AK122", f"{fault.path} cannot be {fault.shown!r}", hints)


def _bound(word: str, key: str) -> Callable[[_Fault], _Answer]:
    def answer(fault: _Fault) -> _Answer:
        limit = fault.context[key]
        message = f"{fault.path} is {fault.shown}; it must be {word} {limit}{_unit(fault)}"
        return _Answer("AK123", message, (f"give a number that is {word} {limit}",))

    return answer


def _text_expected(fault: _Fault) -> _Answer:
    if isinstance(fault.given, (bool, int, float)):
        kind = "true or false" if isinstance(fault.given, bool) else "a number"
        message = f"{fault.path} must be text, but YAML reads {fault.shown} as {kind}"
        return _Answer("AK124", message, (f"put it in quotes: '{fault.shown}'",))
    if fault.given is None:
        return _Answer("AK124", f"{fault.path} has no value", ("give a text, or leave the line out",))
    return _Answer("AK125", f"{fault.path} must be text", ("write it as one value, in quotes if it has a colon",))


def _flag_expected(fault: _Fault) -> _Answer:
    word = str(fault.given).casefold()
    hint = "write true or false"
    if word in _BOOLEAN_WORDS:
        hint = f"write {'true' if word in ('yes', 'on', 'y') else 'false'}"
    return _Answer("AK125", f"{fault.path} must be true or false, not {fault.shown}", (hint,))


def _number_expected(fault: _Fault) -> _Answer:
    bare = isinstance(fault.given, str) and fault.given.strip().isdecimal()
    hint = "leave out the quotes" if bare else f"give a whole number{' of' if _unit(fault) else ''}{_unit(fault)}"
    return _Answer("AK125", f"{fault.path} must be a whole number, not {fault.shown}", (hint,))


def _list_expected(fault: _Fault) -> _Answer:
    return _Answer("AK125", f"{fault.path} must be a list", ("write each entry on a line of its own after '- '",))


def _section_expected(fault: _Fault) -> _Answer:
    names = known_names([str(part) for part in fault.loc], fault.model)
    hint = f"settings: {', '.join(names[:8])}{', …' if len(names) > 8 else ''}" if names else ""
    return _Answer("AK125", f"{fault.path} must have settings below it", (hint,) if hint else ())


def _date_expected(fault: _Fault) -> _Answer:
    return _Answer("AK126", f"{fault.path} is not a date: {fault.shown}", ("write year-month-day, such as 2013-04-01",))


def _too_long(fault: _Fault) -> _Answer:
    limit = fault.context["max_length"]
    return _Answer("AK130", f"{fault.path} has more than {limit} characters", (f"shorten it to {limit} characters",))


def _empty(fault: _Fault) -> _Answer:
    return _Answer("AK130", f"{fault.path} is empty", ("give a text, or leave the line out",))


def _count(fault: _Fault) -> _Answer:
    least, most = fault.context.get("min_length"), fault.context.get("max_length")
    bound = f"at least {least}" if least is not None else f"at most {most}"
    return _Answer("AK131", f"{fault.path} must have {bound} {'entry' if (least or most) == 1 else 'entries'}")


def _line_break(fault: _Fault) -> _Answer:
    return _Answer("AK130", f"{fault.path} must stay on one line", ("take out line breaks and tabs",))


def _identifier(fault: _Fault) -> _Answer:
    hints = ("use small letters, digits and hyphens, and start with a letter",)
    return _Answer("AK135", f"{fault.path} is not a good id: {fault.shown!r}", hints)


def _unprintable(fault: _Fault) -> _Answer:
    return _Answer(
        "AK136",
        f"{fault.path} contains a character that cannot be printed: {fault.context['code']}",
        ("delete it",),
    )


def _other(fault: _Fault) -> _Answer:
    what = fault.resolved.description if fault.resolved else ""
    return _Answer(
        "AK149", f"{fault.path or 'the configuration'} has a value that does not fit", (what,) if what else ()
    )


_ANSWERS: Mapping[str, Callable[[_Fault], _Answer]] = {
    "extra_forbidden": _unknown_key,
    "missing": _missing,
    "literal_error": _choice,
    "enum": _choice,
    "greater_than_equal": _bound("at least", "ge"),
    "less_than_equal": _bound("at most", "le"),
    "string_type": _text_expected,
    "string_too_long": _too_long,
    "string_too_short": _empty,
    "string_pattern_mismatch": _identifier,
    "bool_type": _flag_expected,
    "bool_parsing": _flag_expected,
    "int_type": _number_expected,
    "int_parsing": _number_expected,
    "int_from_float": _number_expected,
    "tuple_type": _list_expected,
    "list_type": _list_expected,
    "model_type": _section_expected,
    "model_attributes_type": _section_expected,
    "dict_type": _section_expected,
    "date_expected": _date_expected,
    "date_type": _date_expected,
    "date_parsing": _date_expected,
    "date_from_datetime_parsing": _date_expected,
    "date_from_datetime_inexact": _date_expected,
    "too_short": _count,
    "too_long": _count,
    "line_break": _line_break,
    "unprintable": _unprintable,
}
