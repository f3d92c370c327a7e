"""House style files: which Word file is the house, and which of its styles play which roles.

A house style is YAML of two keys, `template` and `styles`. It is read with the places of its values, so that
every fault names its line; nothing in it is run, and the template must stand in its folder.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath, PureWindowsPath

from agreementkit._resources import data_path
from agreementkit.diagnostics import Diagnostic, suggest
from agreementkit.errors import SourceError, TemplateError
from agreementkit.source import Parsed, SourceText, parse_yaml, read_text
from agreementkit.writers.word.house.casting import Asked
from agreementkit.writers.word.styles.purposes import ROLES
from agreementkit.writers.word.styles.roles import Role

ENDINGS = (".yaml", ".yml")
"""File endings of a house style."""
WORD_ENDINGS = (".docx", ".dotx")
"""File endings of a template."""
_KEYS = ("template", "styles")


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """A Word file as house, with the styles that are asked for by name.

    Attributes:
        template: The Word file.
        styles: The styles that are asked for.
        content: The Word file itself, where it does not stand on the disk: in a pack.
    """

    template: Path
    styles: Mapping[Role, Asked] = field(default_factory=dict)
    content: bytes | None = None


def read_house_style(path: Path) -> HouseStyle:
    """Return the house style in a file: YAML, or a Word file that is taken as it is.

    Raises:
        TemplateError: With every fault of the file.
    """
    if path.suffix.lower() not in ENDINGS:
        return HouseStyle(path)
    try:
        source = read_text(path)
    except SourceError as fault:
        raise TemplateError(*fault.diagnostics) from fault
    return _read_style(source, path.parent)


def packed_house_style(name: str, files: Mapping[str, bytes], shown: str) -> HouseStyle | None:
    """Return a house style that a pack brings: a mapping with its Word file, or a Word file that is taken as it is.

    Args:
        name: Its name without an ending.
        files: The files of the pack's folder `house-style`, by name.
        shown: The folder in messages, such as `anyshire-icb/house-style`.

    Returns:
        The style with the bytes of its Word file; None when the pack has none of that name.

    Raises:
        TemplateError: With every fault of the mapping; AK632 when its Word file is not in that folder of the pack.
    """
    for ending in WORD_ENDINGS if f"{name}.yaml" not in files else ():
        if f"{name}{ending}" in files:
            return HouseStyle(Path(shown) / f"{name}{ending}", content=files[f"{name}{ending}"])
    if f"{name}.yaml" not in files:
        return None
    try:
        source = SourceText.decode(files[f"{name}.yaml"], f"{shown}/{name}.yaml")
    except SourceError as fault:
        raise TemplateError(*fault.diagnostics) from fault
    style = _read_style(source, Path(shown))
    inside = posixpath.relpath(style.template.as_posix(), shown)
    content = files.get(inside)
    if content is None:
        hints = suggest(inside, [one for one in files if one.endswith(WORD_ENDINGS)], "Word file")
        message, place = f"The pack has no {shown}/{inside}.", parse_yaml(source).positions.place(("template",))
        raise TemplateError(Diagnostic("AK632", message, place=place, hints=hints, path="template"))
    return replace(style, content=content)


def _read_style(source: SourceText, folder: Path) -> HouseStyle:
    parsed = parse_yaml(source)
    found = list(parsed.diagnostics)
    if parsed.complete:
        found += _shape(parsed)
    if found:
        raise TemplateError(*found)
    values: dict[str, dict[str, str]] = parsed.value  # type: ignore[assignment]  # `_shape` has looked
    styles = {
        ROLES[key]: Asked(name, parsed.positions.place(("styles", key)))
        for key, name in (values.get("styles") or {}).items()
    }
    return HouseStyle(folder / str(values["template"]), styles)


def _shape(parsed: Parsed) -> Iterator[Diagnostic]:
    """Yield what is wrong with the form of a house style."""
    values, at = parsed.value, parsed.positions
    if not isinstance(values, dict):
        yield Diagnostic(
            "AK630",
            "A house style is a file with the key `template`, and `styles` where the names of styles differ.",
            place=at.place(()),
            hints=("write `template: letterhead.docx` as its first line",),
        )
        return
    for key in values:
        if key not in _KEYS:
            yield Diagnostic(
                "AK630",
                f"A house style has no key {key!r}.",
                place=at.place((key,), "key"),
                hints=suggest(key, _KEYS, "key"),
                path=key,
            )
    yield from _template(parsed, values)
    styles = values.get("styles")
    if styles is None:
        return
    if not isinstance(styles, dict):
        yield Diagnostic(
            "AK630",
            "`styles` lists roles, each with the name of a style.",
            place=at.place(("styles",)),
            hints=("write `clause-heading: Level 1 Heading`, one role a line, indented by two spaces",),
            path="styles",
        )
        return
    for key, name in styles.items():
        if key not in ROLES:
            yield Diagnostic(
                "AK631",
                f"There is no role {key!r}.",
                place=at.place(("styles", key), "key"),
                hints=(*suggest(key, ROLES, "role"), "`agreementkit template check` lists all roles"),
                path=f"styles.{key}",
            )
        if not isinstance(name, str) or not name.strip():
            yield Diagnostic(
                "AK630",
                f"{key!r} needs the name of a style, not {_said(name)}.",
                place=at.place(("styles", key)),
                hints=("write the name as Word shows it; in quotes if it is a number",),
                path=f"styles.{key}",
            )


def _template(parsed: Parsed, values: Mapping[str, object]) -> Iterator[Diagnostic]:
    name, at = values.get("template"), parsed.positions
    if not isinstance(name, str) or not name.strip():
        yield Diagnostic(
            "AK630",
            "A house style names its Word file under `template`.",
            place=at.place(("template",)),
            hints=("write `template: letterhead.docx`",),
            path="template",
        )
        return
    folder = Path(at.source.file).parent
    fixed = PurePosixPath(name).is_absolute() or PureWindowsPath(name).drive
    if fixed or not name.isprintable() or not _inside(folder, folder / name):
        yield Diagnostic(
            "AK632",
            f"The template {name!r} does not stand in the folder of the house style.",
            place=at.place(("template",)),
            hints=("put the Word file beside the house style, or in a folder below, and name it from there",),
            path="template",
        )
    elif not name.lower().endswith(WORD_ENDINGS):
        yield Diagnostic(
            "AK632",
            f"The template {name!r} is not a .docx or .dotx file.",
            place=at.place(("template",)),
            hints=("open it in Word and save it as .docx",),
            path="template",
        )


def _inside(folder: Path, file: Path) -> bool:
    """Whether a file stands in a folder or below; what we ship may reach over within its own folder."""
    shipped = data_path("templates").resolve()
    root = folder.resolve()
    return file.resolve().is_relative_to(shipped if root.is_relative_to(shipped) else root)


def _said(value: object) -> str:
    kinds = {dict: "a group of keys", list: "a list", type(None): "nothing", str: "nothing"}
    return kinds.get(type(value), repr(value))
