"""Reads a questionnaire that was filled in: what stands in each column of each question, unjudged.

The file comes from somebody else and is not trusted: its size, parts, questions and answers are bounded, no entity is
followed, nothing in it is run. Answers are found by the tags of their fields, and by their place in the table where an
editor has thrown the fields away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from agreementkit.asking.paper.sheet import COLUMNS
from agreementkit.asking.paper.word import WRITE_HERE
from agreementkit.diagnostics import Diagnostic, Place
from agreementkit.errors import ConfigError, SourceError, TemplateError
from agreementkit.source import read_text
from agreementkit.writers.word.markup import W14, w
from agreementkit.writers.word.package.intake import UnsoundXmlError, open_package, parse

MOST_BYTES = 20 * 1024 * 1024
MOST_QUESTIONS = 1_000
MOST_CHARACTERS = 4_000
"""Of one answer; what is longer is cut, and then no longer fits."""

_PATH = re.compile(r"[a-z][a-z_]*(?:\[[0-9]{1,2}\])?(?:\.[a-z][a-z0-9_-]*(?:\[[0-9]{1,2}\])?)*")
_BOX = re.compile(r"\[\s*([xX✓✔☒☑]?)\s*\]|([☐☒☑✓✔])")
_TICKS = frozenset("xX✓✔☒☑")
_ROW = re.compile(r"(?<!\\)\|")


@dataclass(slots=True)
class Filled:
    """What stands in the columns of one question.

    Attributes:
        path: The setting.
        written: Text of each column.
        ticked: Words of the rows that are ticked, by column.
        boxes: Whether the question has boxes.
        place: Where it stands, as far as that is known.
    """

    path: str
    place: Place
    written: list[str] = field(default_factory=lambda: [""] * len(COLUMNS))
    ticked: list[list[str]] = field(default_factory=lambda: [[] for _ in COLUMNS])
    boxes: bool = False


def read_questionnaire(path: Path) -> tuple[Filled, ...]:
    """Return what was filled in, question by question.

    Raises:
        ConfigError: AK763 for a file without any question, AK767 for a file of another kind, AK768 for a Word file that
            cannot be opened safely; or the file cannot be read.
    """
    ending = path.suffix.lower()
    if ending not in (".docx", ".md"):
        raise wrong_ending(path)
    found = tuple(_from_word(path) if ending == ".docx" else _from_markdown(path))
    if not found:
        hints = ("read the file that was written by `agreementkit init --questionnaire`, filled in",)
        message = "the file holds no question of a questionnaire"
        raise ConfigError(Diagnostic("AK763", message, place=Place(str(path)), hints=hints))
    return found


def wrong_ending(path: Path) -> ConfigError:
    """Return the fault for a questionnaire that is neither Word nor Markdown."""
    hints = (f"name it {path.stem}.docx or {path.stem}.md",)
    message = f"{path.name} is no name of a questionnaire: it is a Word file (.docx) or Markdown (.md)"
    return ConfigError(Diagnostic("AK767", message, place=Place(str(path)), hints=hints))


# ------------------------------------------------------------------------------------------------ Markdown


def _from_markdown(path: Path) -> Iterator[Filled]:
    try:
        source = read_text(path)
    except SourceError as error:
        raise ConfigError(*error.diagnostics) from error
    current: Filled | None = None
    count = 0
    for number, line in enumerate(source.lines, 1):
        cells = _cells(line)
        if not cells:
            if current is not None:
                yield current
            current = None
            continue
        named = _PATH.fullmatch(cells[0].strip("`"))
        if current is None and named and cells[0].startswith("`"):
            count += 1
            if count > MOST_QUESTIONS:
                return
            current = Filled(named.group(), source.place(number))
        elif current is not None and not set("".join(cells)) <= set("-: "):
            _take(current, cells[0], cells[1:])
    if current is not None:
        yield current


def _cells(line: str) -> list[str]:
    line = line.strip()
    if not line.startswith("|"):
        return []
    parts = _ROW.split(line.strip("|") if not line.endswith("\\|") else line[1:])
    return [part.replace("\\|", "|").strip() for part in parts]


def _take(filled: Filled, words: str, cells: list[str]) -> None:
    """Note one row: boxes or written answers."""
    boxes = [_BOX.fullmatch(cell) for cell in cells]
    if any(boxes):
        filled.boxes = True
    for column, cell in enumerate(cells[: len(COLUMNS)]):
        cell = cell[:MOST_CHARACTERS]
        if cell.casefold() == WRITE_HERE.casefold():
            continue
        box = _BOX.fullmatch(cell)
        if box is not None:
            if (box[1] or box[2]) in _TICKS:
                filled.ticked[column].append(words)
        elif filled.boxes and len(cell) == 1 and cell in _TICKS:
            filled.ticked[column].append(words)
        elif cell:
            filled.written[column] = cell


# ------------------------------------------------------------------------------------------------ Word


def _from_word(path: Path) -> Iterator[Filled]:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"the questionnaire cannot be read: {reason}"
        raise ConfigError(
            Diagnostic("AK768", message, place=Place(str(path)), hints=("check the path and the file's permissions",))
        ) from error
    if len(content) > MOST_BYTES:
        message = f"the questionnaire is larger than {MOST_BYTES // 1024 // 1024} MB"
        hints = ("take pictures out of it, or check that it is the right file",)
        raise ConfigError(Diagnostic("AK768", message, place=Place(str(path)), hints=hints))
    try:
        package = open_package(content, str(path))
        root = parse(package.parts[package.main])
    except (TemplateError, UnsoundXmlError) as error:
        raise ConfigError(*_refused(path, error)) from error
    tables = 0
    for table in root.iter(w("tbl")):
        filled = _table(table, path)
        if filled is not None:
            tables += 1
            if tables > MOST_QUESTIONS:
                return
            yield filled


def _refused(path: Path, error: TemplateError | UnsoundXmlError) -> Iterator[Diagnostic]:
    """Yield what is wrong with the package, said of a questionnaire and not of a template."""
    if isinstance(error, UnsoundXmlError):
        yield Diagnostic("AK768", f"the questionnaire is not sound XML: {error}", place=Place(str(path)))
        return
    for one in error.diagnostics:
        said = one.message.replace("of the template ", "").replace("The template", "the questionnaire").rstrip(".")
        yield Diagnostic("AK768", said[:1].lower() + said[1:], place=Place(str(path)), hints=one.hints)


def _table(table: etree._Element, path: Path) -> Filled | None:
    rows = list(table.iter(w("tr")))
    heads = _row_cells(rows[0]) if rows else []
    if len(heads) != len(COLUMNS) + 1:
        return None
    name = "".join(_text(heads[0]).split())
    if not _PATH.fullmatch(name):
        return None
    filled = Filled(name, Place(str(path)))
    for row in rows[1:]:
        cells = _row_cells(row)
        if len(cells) != len(COLUMNS) + 1:
            continue
        words = _first_line(cells[0])
        _take(filled, words, [_answer(cell) for cell in cells[1:]])
    return filled


def _row_cells(row: etree._Element) -> list[etree._Element]:
    """Return the cells of a row, those that an editor has put into a control as well."""
    return [cell for cell in row.iter(w("tc")) if next(cell.iterancestors(w("tr")), None) is row]


def _first_line(cell: etree._Element) -> str:
    paragraph = next(cell.iter(w("p")), None)
    return " ".join(_text(paragraph).split()) if paragraph is not None else ""


def _answer(cell: etree._Element) -> str:
    """Return what stands in a cell; of a box, whether it is ticked; nothing where a field still waits."""
    for control in cell.iter(w("sdt")):
        checked = control.find(f"{w('sdtPr')}/{{{W14}}}checkbox/{{{W14}}}checked")
        if checked is not None and _text(cell).strip() in ("☐", "☒", "☑"):
            ticked = checked.get(f"{{{W14}}}val") in ("1", "true", "on")
            return "☒" if ticked or _text(cell).strip() != "☐" else "☐"
        if control.find(f"{w('sdtPr')}/{w('showingPlcHdr')}") is not None:
            return ""
    return " ".join(_text(cell).split())


def _text(element: etree._Element) -> str:
    """Return the words of an element; not those that are struck out as tracked changes."""
    out: list[str] = []
    for one in element.iter(w("t"), w("tab"), w("br"), w("p")):
        if one.tag == w("t"):
            moved = next(one.iterancestors(w("moveFrom")), None)
            out.append((one.text or "") if moved is None else "")
        else:
            out.append(" ")
    return "".join(out)
