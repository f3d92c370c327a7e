"""Reads what a person typed or wrote as an answer, and shows an answer in the way in which it is typed.

Everybody writes dates and numbers a little differently, and a paper that was filled in by hand is no program. What
cannot be read is said in plain words, with a next step. Whether the value fits is for the model to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from agreementkit.asking.answers import names_of
from agreementkit.asking.question import Kind, Question
from agreementkit.asking.working_out import kind_of
from agreementkit.config import shipped_unions
from agreementkit.config.paths import members
from agreementkit.config.unions import own_id
from agreementkit.diagnostics import nearest

NOTHING = "none"
"""What is typed for an empty list, or for no number where there may be none."""

_YES = frozenset({"yes", "y", "true", "1"})
_NO = frozenset({"no", "n", "false", "0"})
_DATES = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y")
_NUMBER = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\s+[a-z ,£]+)?", re.IGNORECASE)
_ORDINAL = re.compile(r"\b([0-9]{1,2})(?:st|nd|rd|th)\b")


class MisreadError(ValueError):
    """An answer that cannot be read.

    Attributes:
        message: What is wrong.
        hint: What to write instead.
    """

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(f"{message}; {hint}")
        self.message = message
        self.hint = hint


def read_answer(question: Question, text: str) -> Any:
    """Return the value that a person wrote, as plain data.

    Args:
        question: The question.
        text: What was written; not empty.

    Raises:
        MisreadError: It cannot be read as an answer to this question.
    """
    return _READERS[question.kind](question, " ".join(text.split()))


def show_answer(question: Question, value: Any) -> str:
    """Return a value as it is typed in answer to a question; "" for none."""
    if value is None or value == []:
        return ""
    match question.kind:
        case Kind.YES_NO:
            return "yes" if value else "no"
        case Kind.UNIONS:
            return ", ".join(names_of(value))
        case Kind.EMPLOYERS:
            return "; ".join(str(one.get("name", "")) for one in value)
        case Kind.ROWS:
            return "; ".join(_show_row(question, one) for one in value)
        case Kind.SEVERAL:
            return ", ".join(str(one) for one in value)
        case Kind.TEXTS:
            return "; ".join(str(one) for one in value)
    return str(value)


def _show_row(question: Question, entry: Any) -> str:
    if not isinstance(entry, Mapping):
        return str(entry)
    cells = [str(entry.get(name, "") if entry.get(name) is not None else "") for name in question.columns]
    while cells and not cells[-1]:
        cells.pop()
    return " | ".join(cells)


# ------------------------------------------------------------------------------------------------ reading


def read_choice(question: Question, text: str) -> str:
    """Return the one choice that is meant: by its number, its name or its words, or the beginning of them."""
    names = list(question.choices)
    if text.isdecimal() and 0 < int(text) <= len(names):
        return names[int(text) - 1]
    plain = text.casefold().strip(" .")
    same = [n for n, words in question.choices.items() if plain in (n.casefold(), words.casefold())]
    begins = [
        n
        for n, words in question.choices.items()
        if n.casefold().startswith(plain) or words.casefold().startswith(plain)
    ]
    found = same or begins
    if len(found) == 1:
        return found[0]
    if found:
        raise MisreadError(f"“{text}” may mean {_or(found)}", "write one of them in full, or its number")
    near = nearest(plain, names)
    hint = f"did you mean {near}?" if near else f"write a number from 1 to {len(names)}, or one of {', '.join(names)}"
    raise MisreadError(f"“{text}” is none of the choices", hint)


def _several(question: Question, text: str) -> list[str]:
    if text.casefold() == NOTHING:
        return []
    return list(dict.fromkeys(read_choice(question, part) for part in _parts(text, ",;")))


def _yes_no(_: Question, text: str) -> bool:
    plain = text.casefold().strip(" .")
    if plain in _YES or plain in _NO:
        return plain in _YES
    raise MisreadError(f"“{text}” is neither yes nor no", "write yes or no")


def _number(question: Question, text: str) -> int | None:
    if text.casefold() == NOTHING and question.optional:
        return None
    found = _NUMBER.fullmatch(text)
    if found is None:
        unit = f" of {question.unit}" if question.unit else ""
        raise MisreadError(f"“{text}” is not a whole number", f"write a number{unit}, in digits")
    return int(found[1].replace(",", "")[:18])


def _date(_: Question, text: str) -> str:
    plain = _ORDINAL.sub(r"\1", text).replace(" of ", " ")
    for form in _DATES:
        try:
            return datetime.strptime(plain, form).date().isoformat()
        except ValueError:
            continue
    raise MisreadError(f"“{text}” is not a date", "write it as 2026-12-01, 1 December 2026 or 01/12/2026")


def _text(_: Question, text: str) -> str:
    return text[1:-1] if len(text) > 2 and text[0] == text[-1] == '"' else text


def _texts(_: Question, text: str) -> list[str]:
    return [] if text.casefold() == NOTHING else _parts(text, ";")


def _rows(question: Question, text: str) -> list[dict[str, Any]]:
    if text.casefold() == NOTHING:
        return []
    return [_row(question, part) for part in _parts(text, ";")]


def _row(question: Question, text: str) -> dict[str, Any]:
    cells = [cell.strip() for cell in text.split("|")]
    if len(cells) > len(question.columns):
        raise MisreadError(f"“{text}” has more than {len(question.columns)} parts", _row_hint(question))
    known = members(question.entry) if question.entry else {}
    out: dict[str, Any] = {}
    for name, cell in zip(question.columns, cells, strict=False):
        if not cell:
            continue
        if known and known[name].annotation is int:
            out[name] = _number(question, cell)
        elif known and known[name].annotation is date:
            out[name] = _date(question, cell)
        else:
            out[name] = cell
    missing = [name for name in question.columns if known and known[name].required and name not in out]
    if missing:
        raise MisreadError(f"“{text}” has no {_words(missing[0])}", _row_hint(question))
    return out


def _row_hint(question: Question) -> str:
    return f"write each entry as {row_form(question)}, and entries apart by semicolons"


def row_form(question: Question) -> str:
    """Return how an entry is written: `role | hours a week`."""
    return " | ".join(_words(name) for name in question.columns)


def _unions(question: Question, text: str) -> list[Any]:
    return [_union(question, part) for part in _parts(text, ",;")]


def _union(question: Question, text: str) -> Any:
    if text.startswith("+"):
        name = text[1:].strip()
        if not name:
            raise MisreadError("a plus sign alone names no union", "write + and the full name")
        return {"id": own_id(name), "name": name}
    listed = shipped_unions()
    plain = text.casefold().removeprefix("the ")
    if plain.isdecimal() and 0 < int(plain) <= len(question.choices):
        return list(question.choices)[int(plain) - 1]
    same = [u.id for u in listed.values() if plain in (u.id, u.short.casefold(), u.name.casefold())]
    if len(same) == 1:
        return same[0]
    if same:
        raise MisreadError(f"“{text}” may mean {_or([f'{id_} ({listed[id_].name})' for id_ in same])}", "write its id")
    names = [name for u in listed.values() for name in (u.id, u.short.casefold(), u.name.casefold())]
    near = nearest(plain, names)
    meant = f"did you mean {near}? " if near else ""
    raise MisreadError(
        f"“{text}” is not in the list of unions", f"{meant}a union of your own is written with a plus: +{text}"
    )


def _employers(_: Question, text: str) -> list[dict[str, Any]]:
    out = []
    for name in _parts(text, ";"):
        kind = kind_of(name)
        out.append({"name": name, **({"kind": kind} if kind else {})})
    return out


def _parts(text: str, signs: str) -> list[str]:
    return [part.strip() for part in re.split(f"[{signs}]", text) if part.strip()]


def _words(name: str) -> str:
    return name.replace("_", " ")


def _or(names: Sequence[str]) -> str:
    return " or ".join((", ".join(names[:-1]), names[-1])) if len(names) > 2 else " or ".join(names)


_READERS: Mapping[Kind, Callable[[Question, str], Any]] = {
    Kind.CHOICE: read_choice,
    Kind.SEVERAL: _several,
    Kind.YES_NO: _yes_no,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.TEXT: _text,
    Kind.TEXTS: _texts,
    Kind.ROWS: _rows,
    Kind.UNIONS: _unions,
    Kind.EMPLOYERS: _employers,
}
