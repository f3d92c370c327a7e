"""The file of a negotiation and the spreadsheet: whole on the way back, and never trusted."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from commented import changed

import agreementkit as ak
from agreementkit.errors import SourceError
from agreementkit.negotiating.files import read_filled
from agreementkit.negotiating.issues import join
from agreementkit.negotiating.kept import from_json, read_kept, to_json
from agreementkit.negotiating.model import Negotiation, Point, Round, Spot
from agreementkit.negotiating.places import Places
from agreementkit.negotiating.rounds import Filled, issues_of, update
from agreementkit.negotiating.sheet import read_sheet, to_sheet

HOSTILE = '=HYPERLINK("http://example.org")'


@pytest.fixture
def kept(agreement: ak.Agreement, three: list[Path]) -> Negotiation:
    return issues_of(three, [agreement], "2026-11-28")[0]


def codes(error: SourceError) -> list[str]:
    return [one.code for one in error.diagnostics]


# ------------------------------------------------------------------------------------------------- JSON


def test_what_nobody_tracked_is_kept_too() -> None:
    place = Spot("framework", "disputes", "disputes/start")
    point = Point("p1", 1, "inserted", "", place, after="and papers", tracked=False)
    one = Round(1, "", "2026-11-28", points=(point,))
    before = Negotiation(rounds=(one,))
    data = json.loads(to_json(before))
    assert data["rounds"][0]["points"][0]["author"] == ""
    assert "initials" not in data["rounds"][0]["points"][0]
    issues = [{"id": "1-01", "place": {"agreement": "framework"}, "points": ["p1"]}]
    after = from_json(json.dumps({**data, "issues": issues}).encode())
    assert after.rounds == before.rounds


def spoilt(kept: Negotiation, **changes: Any) -> bytes:
    return json.dumps({**json.loads(to_json(kept)), **changes}).encode()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "AK820"),
        (b"\xff\xfe", "AK820"),
        (b'{"format": ', "AK820"),
        (b'{"a":' * 40 + b"1" + b"}" * 40, "AK820"),
        (b"[]", "AK821"),
        (b'{"format": "agreementkit-negotiation/2"}', "AK821"),
        (b'{"format": "agreementkit-negotiation/1", "rounds": 3}', "AK821"),
        (b'{"format": "agreementkit-negotiation/1", "rounds": [{"number": "one"}]}', "AK821"),
        (b'{"format": "agreementkit-negotiation/1", "rounds": [{"number": 2}]}', "AK821"),
        (b'{"format": "agreementkit-negotiation/1", "rounds": [{"number": 1, "again": ["x"]}]}', "AK821"),
        (b'{"format": "agreementkit-negotiation/1", "answers_by": "a\\u0007"}', "AK821"),
        (b'{"format": "agreementkit-negotiation/1", "answers_by": "' + b"a" * 60_000 + b'"}', "AK821"),
    ],
)
def test_what_is_no_negotiation_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(SourceError) as caught:
        from_json(content, "n.json")
    assert set(codes(caught.value)) == {code}
    assert all(one.hints and one.place and one.place.file == "n.json" for one in caught.value.diagnostics)


def test_what_does_not_hang_together_is_refused_with_every_fault(kept: Negotiation) -> None:
    data = json.loads(to_json(kept))
    data["issues"][0]["points"].append("nobody")
    data["issues"][1]["id"] = data["issues"][0]["id"]
    data["issues"][2]["points"] = data["issues"][3]["points"]
    with pytest.raises(SourceError) as caught:
        from_json(json.dumps(data).encode())
    assert len(caught.value.diagnostics) >= 4


def test_a_status_that_there_is_not_is_named_with_its_place(kept: Negotiation) -> None:
    data = json.loads(to_json(kept))
    data["issues"][2]["status"] = "won"
    with pytest.raises(SourceError, match=r"issues\.2\.status"):
        from_json(json.dumps(data).encode())


def test_a_file_that_is_not_there_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="review round start"):
        read_kept(tmp_path / "none.json")


def test_keys_of_later_versions_are_left_alone(kept: Negotiation) -> None:
    assert from_json(spoilt(kept, colour="blue")) == kept


# ------------------------------------------------------------------------------------------- spreadsheet


def opened(kept: Negotiation, agreement: ak.Agreement) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(to_sheet(kept, Places([agreement]))))


def test_the_sheet_is_made_for_filling_in(kept: Negotiation, agreement: ak.Agreement) -> None:
    book = opened(kept, agreement)
    sheet = book["Issues"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.column_dimensions["J"].hidden) == ("D2", "A1:J6", True)
    kinds = {one.type: (one.formula1, str(one.sqref)) for one in sheet.data_validations.dataValidation}
    assert kinds["list"] == ('"Open,Agreed,Accepted,Rejected,Deferred,Resolved"', "F2:F6")
    assert kinds["date"][1] == "H2:H6"
    assert [cell.value for cell in sheet["C"]][1:] == [
        "1.2\n1. Meaning of words", "3.1\n3. Time off", "3.2\n3. Time off", "3.3\n3. Time off",
        "Schedule 1, 1\nSchedule 1 Facilities",
    ]  # fmt: skip
    assert book["Points"].max_row == 1 + len(kept.points)
    assert to_sheet(kept, Places([agreement])) == to_sheet(kept, Places([agreement]))


def test_nothing_in_a_sheet_is_ever_a_formula() -> None:
    point = Point(
        "p", 1, "comment", HOSTILE, Spot("x", "c", "c/p", number="=1+1", heading="@SUM"), text="=cmd|'/c calc'!A0\x07"
    )
    kept = Negotiation((Round(1, points=(point,)),))
    kept = Negotiation(kept.rounds, join(kept, [point], Places(), 1, ""))
    kept, _ = update(kept, [Filled("1-01", response=HOSTILE, owner="-2+3")])
    book = openpyxl.load_workbook(io.BytesIO(to_sheet(kept)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(to_sheet(kept))).read("xl/worksheets/sheet1.xml")
    assert HOSTILE in {cell.value for cell in cells}
    assert all(cell.quotePrefix for cell in cells if str(cell.value).startswith(("=", "@")) and cell.row > 1)


def filled_in(kept: Negotiation, agreement: ak.Agreement, path: Path, cells: dict[str, Any]) -> Path:
    book = opened(kept, agreement)
    for name, value in cells.items():
        book["Issues"][name] = value
    book.save(path)
    return path


def test_what_people_fill_in_comes_back(kept: Negotiation, agreement: ak.Agreement, tmp_path: Path) -> None:
    cells = {"F3": "accepted", "G3": "A. Owner", "H3": dt.datetime(2027, 3, 31), "I3": "We will.\nAt once.", "H4": "1/4/2027", "I4": "See 3."}  # noqa: E501  # fmt: skip
    path = filled_in(kept, agreement, tmp_path / "a.xlsx", cells)
    after, changed_ = update(kept, read_filled([path], kept), date="2026-12-01")
    assert changed_ == ("1-02", "1-03")
    second, third = after.issues[1], after.issues[2]
    assert (second.status, second.owner, second.due, second.response) == (
        "accepted",
        "A. Owner",
        "2027-03-31",
        "We will.\nAt once.",
    )
    assert (third.status, third.due, third.response) == ("open", "2027-04-01", "See 3.")
    assert read_filled([path], after) == read_filled([path], kept)
    assert update(after, read_filled([path], after))[1] == (), "the same sheet twice changes nothing more"


def test_two_copies_can_be_filled_in(kept: Negotiation, agreement: ak.Agreement, tmp_path: Path) -> None:
    one = filled_in(kept, agreement, tmp_path / "a.xlsx", {"I3": "Yes."})
    other = filled_in(kept, agreement, tmp_path / "b.xlsx", {"I4": "No."})
    after, changed_ = update(kept, read_filled([one, other], kept))
    assert (changed_, after.issues[1].response, after.issues[2].response) == (("1-02", "1-03"), "Yes.", "No.")
    third = filled_in(kept, agreement, tmp_path / "c.xlsx", {"I3": "Never."})
    with pytest.raises(SourceError, match=r"issue 1-02 is not filled in as in"):
        read_filled([one, third], kept)


def test_json_can_be_filled_in_as_well(kept: Negotiation, tmp_path: Path) -> None:
    data = json.loads(to_json(kept))
    data["issues"][0]["response"] = "Thank you."
    path = tmp_path / "filled.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    after, changed_ = update(kept, read_filled([path], kept))
    assert (changed_, after.issues[0].response) == (("1-01",), "Thank you.")


def test_every_cell_that_cannot_be_used_is_told(kept: Negotiation, agreement: ak.Agreement, tmp_path: Path) -> None:
    cells = {"F2": "Opened", "H3": "soon", "A4": "1-02", "A5": None, "I5": "lost"}
    path = filled_in(kept, agreement, tmp_path / "a.xlsx", cells)
    with pytest.raises(SourceError) as caught:
        read_sheet(path)
    assert [one.message.split(":")[0] for one in caught.value.diagnostics] == [
        "row 2, column Status", "row 3, column Due", "row 4, column Issue", "row 5, column Issue",
    ]  # fmt: skip
    assert set(codes(caught.value)) == {"AK824"}
    assert "known: " in caught.value.diagnostics[0].hints[0] or "Open" in caught.value.diagnostics[0].hints[0]


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 30_000_000)
    return out.getvalue()


def _entity(name: str, part: bytes) -> bytes:
    if name != "xl/worksheets/sheet1.xml":
        return part
    return b'<!DOCTYPE x [<!ENTITY a "b">]>' + part.split(b"?>", 1)[-1]


@pytest.mark.parametrize(
    "case", ["nothing", "no zip", "bomb", "entity", "a Word file", "no sheet", "broken part", "folder"]
)
def test_hostile_spreadsheets_are_refused(case: str, kept: Negotiation, three: list[Path], tmp_path: Path) -> None:
    sound = to_sheet(kept)
    content = {
        "nothing": lambda: b"",
        "no zip": lambda: b"PK\x03\x04 nothing",
        "bomb": _bomb,
        "entity": lambda: changed(sound, _entity),
        "a Word file": three[0].read_bytes,
        "no sheet": lambda: changed(sound, lambda name, part: None if name.startswith("xl/worksheets") else part),
        "broken part": lambda: changed(sound, lambda name, part: part[: len(part) // 2] if "sheet1" in name else part),
        "folder": lambda: b"",
    }[case]()
    path = tmp_path / "x.xlsx"
    path.mkdir() if case == "folder" else path.write_bytes(content)
    with pytest.raises(SourceError) as caught:
        read_sheet(path)
    assert codes(caught.value) == ["AK823"]
