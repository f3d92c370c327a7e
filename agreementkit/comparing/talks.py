"""`positions`: what the two sides of talks propose, compared setting by setting.

The text that a position implies is made, not guessed: the agreements are assembled with this one setting at each side's
value and everything else as it is agreed so far, and the two are compared. Where a value means nothing by itself (the
hours of a pool, while nobody has agreed to a pool), it is tried in the text of the side that proposes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from agreementkit.agreement import AgreementSet, assemble, bank_of
from agreementkit.bank import Bank
from agreementkit.comparing.comparison import Comparison
from agreementkit.comparing.paper import plainly
from agreementkit.comparing.position import Difference, Implied, Positions, State
from agreementkit.comparing.settings import differing, question, said
from agreementkit.comparing.versions import compare
from agreementkit.config import Config
from agreementkit.config.faults import diagnose
from agreementkit.config.fields import FOLDER
from agreementkit.config.paths import all_paths, known_names, resolve_type
from agreementkit.diagnostics import Diagnostic, suggest
from agreementkit.errors import AgreementKitError, ConfigError

Position = Config | Mapping[str, Any]
"""What a side proposes: a whole configuration, or the settings it cares about, by path (`time_off.basis`)."""

_MISSING = object()


def positions(
    base: Config, employer: Position, staff_side: Position, agreed: Position | None = None, *, bank: Bank | None = None
) -> Positions:
    """Return the settings in which two sides differ, what each implies in the text, and what is agreed.

    Args:
        base: What both start from; it stands for every setting that a side given by path does not mention.
        employer: The employer's position: a configuration, or settings by path.
        staff_side: The staff side's position.
        agreed: What is agreed. A setting that it does not give is open.
        bank: The clause bank; None for the core with the packs that the configurations name.

    Returns:
        The positions; they are shown richly in a notebook.

    Raises:
        ConfigError: AK773 for a setting that there is not, or a position that is no valid configuration.
        BankError: The bank or a pack is not sound.
        AssemblyError: A position does not give whole agreements.
    """
    one, other = with_settings(base, employer), with_settings(base, staff_side)
    settled = base if agreed is None else with_settings(base, agreed)
    given = _nested(agreed) if isinstance(agreed, Mapping) else _given(agreed) if agreed is not None else {}
    talks = _Talks(settled, one, other, bank)
    talks.make(one), talks.make(other)  # a position that gives no agreements is said at once
    wanted = {path: (a, b) for path, a, b in differing(one, other)}
    for path, agreed_value, proposed in differing(settled, one):
        if path not in wanted and _get(given, path) is not _MISSING and agreed_value != proposed:
            wanted[path] = (proposed, proposed)  # both proposed one thing and agreed another
    values = {path: a for path, a, _ in differing(settled, one)}
    return Positions(
        tuple(
            _difference(
                talks,
                path,
                a,
                b,
                values.get(path, a) if _get(given, path) is not _MISSING else _MISSING,
            )
            for path, (a, b) in wanted.items()
        )
    )


def _difference(talks: _Talks, path: str, employer: object, staff_side: object, agreed: object) -> Difference:
    state: State = "another"
    if agreed is _MISSING:
        state = "open"
    elif agreed == employer:
        state = "employer"
    elif agreed == staff_side:
        state = "staff-side"
    implied, remark = talks.implied(path) if employer != staff_side else ((), "")
    return Difference(
        path,
        question(path),
        said(path, employer),
        said(path, staff_side),
        "" if agreed is _MISSING else said(path, agreed),
        state,
        implied,
        remark,
    )


@dataclass(slots=True, eq=False)
class _Talks:
    """The configurations of talks, and the agreements that have been made from them."""

    start: Config
    employer: Config
    staff_side: Config
    bank: Bank | None
    _made: dict[str, AgreementSet] = field(default_factory=dict)

    def make(self, config: Config) -> AgreementSet:
        """Return the agreements of a configuration, each made once."""
        key = config.model_dump_json()
        if key not in self._made:
            if self.bank is None or config.packs != self.start.packs:
                bank = bank_of(config)
                self.bank = bank if config.packs == self.start.packs else self.bank
            else:
                bank = self.bank
            self._made[key] = assemble(config, bank)
        return self._made[key]

    def implied(self, path: str) -> tuple[tuple[Implied, ...], str]:
        """Return the words that hang on a setting, and what should be known about how they were found."""
        tries = (
            ("", self.start),
            (
                "This is how it reads in the staff side's text; what is agreed so far gives it no place.",
                self.staff_side,
            ),
            ("This is how it reads in the employer's text; what is agreed so far gives it no place.", self.employer),
        )
        fault = ""
        for remark, config in tries:
            try:
                sides = [self.make(_with(config, path, _given(side))) for side in (self.employer, self.staff_side)]
            except AgreementKitError as error:
                fault = fault or error.diagnostics[0].message
                continue
            found = tuple(_implied(compare(sides[0], sides[1])))
            if found:
                return found, remark
        if fault:
            return (), f"It cannot be tried by itself: {fault}."
        return (), "No words of the agreements hang on it."


def _implied(comparison: Comparison) -> Iterator[Implied]:
    for agreement in comparison.agreements:
        title = agreement.document.short
        if agreement.old is None or agreement.new is None:
            side = "the staff side" if agreement.old is None else "the employer"
            yield Implied(title, "", "", "", "", plainly(f"Only {side} proposes this agreement."))
            continue
        for line in agreement.cover:
            if line.changed:
                yield Implied(title, "cover", "Cover", "", "", line.pieces)
        for change in agreement.all:
            changed = [line for line in change.lines if line.changed]
            if changed:
                words = tuple(piece for line in changed for piece in (*line.pieces, *plainly(" ")))[:-1]
                yield Implied(title, change.id, change.clause, change.old_number, change.new_number, words)


# ------------------------------------------------------------------------------------------------- settings


def with_settings(base: Config, position: Position) -> Config:
    """Return a configuration with other settings; a whole configuration is returned as it is.

    Raises:
        ConfigError: AK773 for each setting that there is not; the faults of values that are not valid.
    """
    if not isinstance(position, Mapping):
        return position
    data = _given(base)
    found: list[Diagnostic] = []
    for path, value in _leaves(_nested(position)):
        if path.split(".")[0] != "options" and resolve_type(path.split(".")) is None:
            *above, last = path.split(".")
            hints = suggest(last, known_names(above) or [known for known, _ in all_paths()], "setting")
            found.append(Diagnostic("AK773", f"there is no setting {path!r}", hints=hints, path=path))
        _set(data, path, value)
    if found:
        raise ConfigError(*found)
    return _made(data, base)


def _with(config: Config, path: str, given: Mapping[str, Any]) -> Config:
    """Return a configuration with one setting as another has it: its value, or left to the default."""
    data = _given(config)
    _set(data, path, _get(given, path))
    return _made(data, config)


def _made(data: Mapping[str, Any], like: Config) -> Config:
    try:
        made = type(like).model_validate(data)
    except ValidationError as error:
        raise ConfigError(*diagnose(error, type(like), None)) from error
    made.__dict__[FOLDER] = like.folder
    return made


def _given(config: Config) -> dict[str, Any]:
    """Return the settings that somebody gave, as plain data; defaults are left out, and may give way again."""
    return config.model_dump(mode="json", exclude_unset=True, round_trip=True)


def _nested(position: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings by path as nested mappings."""
    data: dict[str, Any] = {}
    for path, value in _leaves(position):
        _set(data, path, value)
    return data


def _leaves(data: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield each setting of nested mappings by its path."""
    for key, value in data.items():
        path = f"{prefix}{key}"
        found = resolve_type(path.split("."))
        section = found is None or (found.model is not None and not found.is_list)
        if isinstance(value, Mapping) and section:
            yield from _leaves(value, f"{path}.")
        else:
            yield path, value


def _get(data: Mapping[str, Any], path: str) -> Any:
    at: Any = data
    for key in path.split("."):
        if not isinstance(at, Mapping) or key not in at:
            return _MISSING
        at = at[key]
    return at


def _set(data: dict[str, Any], path: str, value: Any) -> None:
    """Put a value at a path, or take away what is there."""
    *above, last = path.split(".")
    at = data
    for key in above:
        if not isinstance(at.get(key), dict):
            at[key] = {}
        at = at[key]
    if value is _MISSING:
        at.pop(last, None)
    else:
        at[last] = value
