"""Loading: from a YAML file to a configuration, or to every fault in it at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from agreementkit.config.fields import FOLDER, READ_FROM
from agreementkit.diagnostics import Diagnostic, Place, Report
from agreementkit.errors import ConfigError, SourceError
from agreementkit.source import Parsed, SourceText, parse_yaml, read_text

ModelT = TypeVar("ModelT", bound=BaseModel)

# A broken party list makes everything that names a party look wrong, and those complaints would mislead.
_PARTIES = frozenset({"employers", "unions"})


def load_file(model: type[ModelT], path: Path, display: str | None = None) -> ModelT:
    """Read a configuration file.

    Args:
        model: What it is a configuration of.
        path: The file.
        display: Its name in messages; None for the path.

    Raises:
        ConfigError: With every fault found.
    """
    try:
        source = read_text(path, display)
    except SourceError as error:
        raise ConfigError(*error.diagnostics) from error
    made = load_source(model, source)
    made.__dict__[FOLDER] = path.absolute().parent
    return made


def load_partly(model: type[BaseModel], path: Path, missing: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings of a file that need not be finished, as plain data.

    Args:
        model: What they are settings of.
        path: The file; an empty one has no settings.
        missing: Settings that may be missing, and what stands in for them when the others are looked at.

    Raises:
        ConfigError: With every fault of what is there.
    """
    try:
        source = read_text(path)
    except SourceError as error:
        raise ConfigError(*error.diagnostics) from error
    parsed = parse_yaml(source)
    report = Report(list(parsed.diagnostics))
    data = {} if parsed.value is None else parsed.value
    if parsed.complete and not isinstance(data, dict):
        report.add(_not_a_mapping(parsed, source))
    elif parsed.complete and isinstance(data, dict):
        report.extend(_validate(model, {**missing, **data}, parsed)[1])
    if not report.ok or not isinstance(data, dict):
        raise ConfigError(*report)
    return data


def load_text(model: type[ModelT], text: str, file: str) -> ModelT:
    """Read a configuration from text.

    Raises:
        ConfigError: With every fault found.
    """
    try:
        source = SourceText.of(text, file)
    except SourceError as error:
        raise ConfigError(*error.diagnostics) from error
    return load_source(model, source)


def load_source(model: type[ModelT], source: SourceText) -> ModelT:
    """Read a configuration from a source whose text is sound.

    Raises:
        ConfigError: With every fault found.
    """
    parsed = parse_yaml(source)
    report = Report(list(parsed.diagnostics))
    # Once the YAML itself is broken off, everything after that point would be reported as missing.
    if parsed.complete:
        if not isinstance(parsed.value, dict):
            report.add(_not_a_mapping(parsed, source))
        else:
            made, found = _validate(model, parsed.value, parsed)
            report.extend(found)
            if made is not None and report.ok:
                made.__dict__[READ_FROM] = parsed.positions
                return made
    found_all = sorted(report, key=lambda d: (d.place.line, d.place.column) if d.place else (0, 0))
    raise ConfigError(*found_all)


def _validate(model: type[ModelT], data: dict[str, Any], parsed: Parsed) -> tuple[ModelT | None, list[Diagnostic]]:
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        first = error
    from agreementkit.config.faults import diagnose  # nobody waits for the words of faults where there is none

    found = diagnose(first, model, parsed.positions)
    # What must fit together is only looked at when every field is sound. Faulty sections are set aside and
    # the rest is looked at too, so that nobody has to repair one thing to hear of the next.
    faulty = {str(each["loc"][0]) for each in first.errors(include_url=False) if each["loc"]}
    if faulty and not faulty & _PARTIES and "" not in faulty:
        try:
            model.model_validate({key: value for key, value in data.items() if key not in faulty})
        except ValidationError as error:
            found += diagnose(error, model, parsed.positions)
    return None, found


def _not_a_mapping(parsed: Parsed, source: SourceText) -> Diagnostic:
    if parsed.value is None:
        message = "the file is empty"
        place = Place(source.file)
    else:
        message = "a configuration is made of names and values, such as 'employers:' and 'unions:'"
        place = parsed.positions.place(())
    return Diagnostic("AK132", message, place=place, hints=("start with employers: and unions:",))
