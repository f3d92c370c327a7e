"""Issues as a spreadsheet in which people fill in status, owner, due date and response; and what they filled in.

Every cell that holds words is written as text, so nothing that a reviewer wrote is ever taken for a formula. A hidden
column says what stood in the four columns when the sheet was made: a row that nobody touched changes nothing, and two
people can fill in two copies.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agreementkit.comparing.paper import marked
from agreementkit.diagnostics import Diagnostic, Place, suggest
from agreementkit.errors import SourceError, TemplateError
from agreementkit.negotiating.fates import OUTCOMES, fates
from agreementkit.negotiating.model import STATUSES, Issue, Negotiation, Status
from agreementkit.negotiating.papers import asked, in_order, title_of, view_lines, where
from agreementkit.negotiating.places import Places
from agreementkit.negotiating.rounds import Filled
from agreementkit.negotiating.wants import STANDS, stand, views
from agreementkit.returned.comments import clean
from agreementkit.writers.word.package.archive import write_package
from agreementkit.writers.word.package.intake import UnsoundXmlError, parse, unpack

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

COLUMNS = (
    ("Issue", 9), ("Agreement", 20), ("Clause", 24), ("What is wanted, and by whom", 70), ("Views", 13),
    ("Status", 13), ("Owner", 20), ("Due", 13), ("Response", 50), ("As written", 10),
)  # fmt: skip
"""Columns of the sheet with their widths in characters."""

FILLED = ("Status", "Owner", "Due", "Response")
"""The columns that are read back."""

POINT_COLUMNS = (
    ("Issue", 9), ("Round", 8), ("Agreement", 20), ("Clause", 24), ("Who", 22), ("Side", 14), ("When", 18),
    ("What was asked", 70), ("What became of it", 26), ("Response", 50), ("Files", 24),
)  # fmt: skip

MAX_BYTES = 20_000_000
MAX_ROWS = 20_000
_LONGEST = 30_000  # characters; a cell holds 32,767
_MOST_FAULTS = 50
_DAY = re.compile(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})")
_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
_STATUS_OF = {words.casefold(): status for status, words in STATUSES.items()}


def to_sheet(kept: Negotiation, places: Places | None = None) -> bytes:
    """Return the issues as a spreadsheet (.xlsx), with every point on a second sheet. Equal issues give equal bytes.

    Args:
        kept: The negotiation.
        places: The agreements as they are now, which give order and titles.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.worksheet.datavalidation import DataValidation

    places = places or Places()
    book = Workbook()
    book.properties.title, book.properties.creator, book.properties.language = "Issues", "agreementkit", "en-GB"
    sheet = book.worksheets[0]
    sheet.title = "Issues"
    rows = [list(_issue_cells(kept, issue, places)) for issue in in_order(kept.issues, places)]
    _fill(sheet, COLUMNS, rows)
    last = max(2, len(rows) + 1)
    letters = {name: chr(ord("A") + number) for number, (name, _) in enumerate(COLUMNS)}
    choice = DataValidation("list", formula1=f'"{",".join(STATUSES.values())}"', allow_blank=False)
    choice.showErrorMessage, choice.errorTitle = True, "Status"
    choice.error = f"Choose one of: {', '.join(STATUSES.values())}."
    choice.add(f"{letters['Status']}2:{letters['Status']}{last}")
    day = DataValidation("date", operator="greaterThan", formula1="36526", allow_blank=True)
    day.showErrorMessage, day.errorTitle, day.error = True, "Due", "Write a date, such as 31/03/2027."
    day.add(f"{letters['Due']}2:{letters['Due']}{last}")
    sheet.add_data_validation(choice)
    sheet.add_data_validation(day)
    sheet.column_dimensions[letters["As written"]].hidden = True
    for name in FILLED:
        sheet[f"{letters[name]}1"].font = Font(bold=True, color="7A3E00")
        for number in range(2, last + 1):
            sheet[f"{letters[name]}{number}"].fill = _colour("FFF8E7")
        if name == "Due":
            for number in range(2, last + 1):
                sheet[f"{letters[name]}{number}"].number_format = "dd/mm/yyyy"
    points = book.create_sheet("Points")
    _fill(points, POINT_COLUMNS, [list(row) for row in _point_cells(kept, places)])
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["docProps/core.xml"] = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z\g<2>", parts["docProps/core.xml"])
    return write_package(parts)


def _colour(code: str) -> Any:
    from openpyxl.styles import PatternFill

    return PatternFill("solid", start_color=code)


def _fill(sheet: Worksheet, columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[Any]]) -> None:
    """Write a sheet: a first row that stays in sight, filters, widths, words that wrap."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    wrap = Alignment(wrap_text=True, vertical="top")
    for number, (name, width) in enumerate(columns, start=1):
        head: Any = sheet.cell(1, number, name)
        head.font, head.fill, head.alignment = Font(bold=True, color="1F3A5F"), _colour("E4EAF2"), wrap
        sheet.column_dimensions[get_column_letter(number)].width = width
    for at, row in enumerate(rows, start=2):
        for number, value in enumerate(row, start=1):
            cell: Any = sheet.cell(at, number)
            cell.alignment = wrap
            if isinstance(value, str):
                cell.value = clean(value, _LONGEST) or None
                cell.data_type = "s"  # never a formula, whatever it begins with
                cell.quotePrefix = int(value.startswith(("=", "+", "-", "@")))  # stays text when somebody edits it
            else:
                cell.value = value
    sheet.freeze_panes = "D2" if columns is COLUMNS else "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{max(2, len(rows) + 1)}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "landscape", 9, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _issue_cells(kept: Negotiation, issue: Issue, places: Places) -> Iterator[Any]:
    points = kept.points_of(issue)
    yield issue.id
    yield title_of(kept, issue.place.agreement, places)
    yield "\n".join(marked(line) for line in where(issue.place, Places()))
    yield "\n".join(marked(line) for view in views(points) for line in view_lines(view))
    yield STANDS[stand(points)]
    yield STATUSES[issue.status]
    yield issue.owner
    yield dt.date.fromisoformat(issue.due) if _is_day(issue.due) else issue.due
    yield issue.response
    yield _mark(STATUSES[issue.status], issue.owner, issue.due, issue.response)


def _point_cells(kept: Negotiation, places: Places) -> Iterator[tuple[Any, ...]]:
    for fate in fates(kept, places):
        point = fate.point
        yield (
            fate.issue.id, point.round, title_of(kept, point.place.agreement, places),
            "\n".join(marked(line) for line in where(point.place, places)), point.author, point.side, point.when,
            "\n".join(marked(line) for line in asked(point)), f"{OUTCOMES[fate.outcome]}. {fate.remark}".rstrip(" ."),
            fate.response, ", ".join(point.files),
        )  # fmt: skip


def _mark(*cells: str) -> str:
    return hashlib.sha256("\0".join(" ".join(one.split()) for one in cells).encode()).hexdigest()[:12]


# ----------------------------------------------------------------------------------------------------- back


def read_sheet(path: str | Path) -> tuple[Filled, ...]:
    """Return what was filled in in a spreadsheet of issues; rows that nobody touched are left out.

    Raises:
        SourceError: AK823 for a file that cannot be read or is no sheet of issues, AK824 for each cell that cannot be
            used, with every fault.
    """
    file = str(path)
    rows = _rows(Path(path))
    header = [_text(cell) for cell in next(rows, ())]
    missing = [name for name in ("Issue", *FILLED) if name not in header]
    if missing:
        message = f"it is no sheet of issues: the column {missing[0]!r} is missing from its first row"
        raise _refuse(message, file, "give the .xlsx that `agreementkit review` wrote, filled in")
    at = {name: header.index(name) for name in (*(name for name, _ in COLUMNS), *FILLED) if name in header}
    faults: list[Diagnostic] = []
    out: dict[str, Filled] = {}
    for number, row in enumerate(rows, start=2):
        cells = {name: row[column] if column < len(row) else None for name, column in at.items()}
        id_ = _text(cells["Issue"])
        if not id_:
            if any(_text(cells[name]) for name in FILLED):
                faults.append(
                    _fault(file, number, "Issue", "it is empty, though the row was filled in", "write its id")
                )
            continue
        if id_ in out:
            faults.append(_fault(file, number, "Issue", f"{id_!r} stands in two rows", "take one of them out"))
            continue
        status, wrong = _status(cells["Status"])
        due, odd = _due(cells["Due"])
        if wrong:
            faults.append(
                _fault(file, number, "Status", wrong, *suggest(_text(cells["Status"]), STATUSES.values(), "status"))
            )
        if odd:
            faults.append(_fault(file, number, "Due", odd, "write a date, such as 31/03/2027"))
        owner, response = _text(cells["Owner"]), _text(cells["Response"])
        out[id_] = Filled(id_, status, owner, due, response)
        if _text(cells.get("As written")) == _mark(STATUSES[status or "open"], owner, due, response):
            out[id_] = Filled(id_)
    if faults:
        raise SourceError(*faults[:_MOST_FAULTS])
    return tuple(one for one in out.values() if one != Filled(one.id))


def _rows(path: Path) -> Iterator[tuple[object, ...]]:
    from openpyxl import load_workbook

    file = str(path)
    try:
        with path.open("rb") as handle:
            content = handle.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise _refuse(f"the spreadsheet cannot be read: {reason}", file, "check the path") from error
    if len(content) > MAX_BYTES:
        raise _refuse(f"it is larger than {MAX_BYTES // 1_000_000} MB", file, "check that it is the right file")
    try:
        for name, part in unpack(content, file).items():  # bounded in size and number before anything reads it
            if name.endswith((".xml", ".rels")):
                parse(part)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book["Issues"] if "Issues" in book.sheetnames else book.worksheets[0]
        for number, row in enumerate(sheet.iter_rows(values_only=True, max_row=MAX_ROWS + 1, max_col=50)):
            if number >= MAX_ROWS:
                raise _refuse(f"it has more than {MAX_ROWS:,} rows", file, "check that it is the right file")
            yield row
    except SourceError:
        raise
    except (TemplateError, UnsoundXmlError) as error:
        raise _refuse("it is not a sound spreadsheet, or is locked", file, "save it again as .xlsx") from error
    except Exception as error:
        raise _refuse("it is not a sound spreadsheet", file, "save it again as .xlsx") from error


def _text(cell: object) -> str:
    return clean(str(cell), _LONGEST) if cell is not None else ""


def _status(cell: object) -> tuple[Status | None, str]:
    words = _text(cell)
    status = _STATUS_OF.get(words.casefold())
    return status, "" if status else f"{words!r} is no status" if words else "it is empty"


def _due(cell: object) -> tuple[str, str]:
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat(), ""
    if isinstance(cell, dt.date):
        return cell.isoformat(), ""
    words = _text(cell)
    if not words or _is_day(words):
        return words, ""
    found = _DAY.fullmatch(words)
    if found:
        try:
            return dt.date(int(found[3]), int(found[2]), int(found[1])).isoformat(), ""
        except ValueError:
            pass
    return "", f"{words[:40]!r} is no date"


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _fault(file: str, row: int, column: str, message: str, *hints: str) -> Diagnostic:
    return Diagnostic("AK824", f"row {row}, column {column}: {message}", place=Place(file), hints=hints)


def _refuse(message: str, file: str, hint: str) -> SourceError:
    return SourceError(Diagnostic("AK823", message, place=Place(file), hints=(hint,)))
