"""The calendar of duties: only dates that the configuration gives, each with the clause that asks for it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import pytest
from built import EXAMPLES
from icalendar import Calendar

import agreementkit as ak
from agreementkit.testing.configurations import random_configuration

ROOT = Path(__file__).parents[2]
LEAST: dict[str, Any] = {
    "employers": [{"name": "Anytown Integrated Care Board", "short": "the ICB", "kind": "icb"}],
    "unions": ["unison", "rcn"],
}


@pytest.fixture(scope="module")
def bank() -> ak.Bank:
    return ak.Bank.load()


def duties(bank: ak.Bank, years: int = 5, **changes: Any) -> dict[str, str]:
    """What is due, with its date."""
    made = ak.assemble(ak.Config.model_validate({**LEAST, **changes}), bank)
    return {duty.summary: duty.date.isoformat() for duty in made.calendar(years)}


def test_without_a_date_nothing_is_due(bank: ak.Bank) -> None:
    made = ak.assemble(ak.Config.model_validate(LEAST), bank).calendar()
    assert not len(made)
    with pytest.raises(ak.OutputError, match="AK774"):
        made.ics()


def test_the_start_brings_reviews_and_yearly_lists(bank: ak.Bank) -> None:
    found = duties(
        bank, dates={"commencement": "2027-01-31"}, review={"first_review_months": 13, "interval_months": 24}
    )
    assert found["The agreements take effect"] == "2027-01-31"
    assert found["Latest date of the first review"] == "2028-02-29", "the month has no 31st"
    assert found["Latest date of the second review"] == "2030-02-28"
    assert "Latest date of the third review" not in found, "that is after five years"
    assert found["Last day for the unions’ yearly lists of representatives"] == "2032-01-30"


def test_a_start_on_signature_has_no_date(bank: ak.Bank) -> None:
    assert not duties(bank, dates={"commencement_mode": "on-signature", "commencement": "2027-01-31"})


def test_meetings_and_their_papers_come_from_the_first_meeting(bank: ak.Bank) -> None:
    forum = {
        "first_meeting": "2027-03-02",
        "meetings_a_year": 2,
        "agenda_days": 10,
        "papers_days": 5,
        "minutes_days": 3,
    }
    made = ak.assemble(ak.Config.model_validate({**LEAST, "forum": forum}), bank).calendar()
    assert [(duty.date.isoformat(), duty.kind) for duty in made][:4] == [
        ("2027-02-16", "paper"), ("2027-02-23", "paper"), ("2027-03-02", "meeting"), ("2027-03-05", "paper"),
    ]  # fmt: skip
    assert len(made) == 8
    assert all("Schedule 1 of the Partnership Agreement" in duty.where for duty in made)
    assert "Joint Secretaries at least 10\N{NO-BREAK SPACE}Working Days before" in made[0].text


def test_an_end_after_a_missed_review_has_its_reminder(bank: ak.Bank) -> None:
    found = duties(
        bank,
        dates={"commencement": "2027-04-01"},
        review={"first_review_months": 12, "stays_in_force": False, "archive_months": 6},
    )
    assert found["The agreement is archived and ends"] == "2028-10-01"
    assert found["Reminder of the missed review"] == "2028-07-01"


def test_protected_recognition_has_its_first_day_for_notice(bank: ak.Bank) -> None:
    dates = {"commencement": "2027-04-01"}
    protected = {"statutory_recognition": True, "notice_months": 6}
    found = duties(bank, dates=dates, termination=protected, recognition={"voluntary": False})
    assert found["First day on which the employer may end recognition"] == "2030-04-01"
    assert found["First day for notice by the employer to end recognition"] == "2029-10-01"
    assert "First day on which the employer may end recognition" not in duties(bank, dates=dates)


def test_totals_are_published_on_the_day_that_was_named(bank: ak.Bank) -> None:
    time_off = {"publish_yearly": True, "publish_by": "31 July"}
    dates = {"commencement": "2027-04-01"}
    assert duties(bank, 2, dates=dates, time_off=time_off)["Yearly totals of time off are published"] == "2028-07-31"
    vague = {"publish_yearly": True, "publish_by": "the end of July"}
    assert "Yearly totals of time off are published" not in duties(bank, 2, dates=dates, time_off=vague)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_file_is_a_calendar_that_says_the_same(path: Path, bank: ak.Bank) -> None:
    made = ak.assemble(ak.Config.load(path), bank)
    found = made.calendar(3)
    if not len(found):
        return
    content = found.ics()
    assert content == made.calendar(3).ics(), "the same agreements give the same bytes"
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n")), "RFC 5545, 3.1"
    assert b"\n" not in content.replace(b"\r\n", b"")
    calendar = Calendar.from_ical(content)
    events = calendar.walk("VEVENT")
    assert [(e.decoded("dtstart"), str(e["summary"])) for e in events] == [(d.date, d.summary) for d in found]
    assert len({str(event["uid"]) for event in events}) == len(events)
    for event, duty in zip(events, found, strict=True):
        assert type(event.decoded("dtstart")) is dt.date
        where, *_ = str(event["description"]).split("\n")
        assert where.casefold() == f"{duty.where}.".casefold()
        assert event.decoded("dtstamp").date().isoformat() == made.documents[0].meta.date


def test_a_duty_keeps_its_identity_when_its_date_changes(bank: ak.Bank) -> None:
    def uids(**forum: Any) -> dict[str, str]:
        made = ak.assemble(ak.Config.model_validate({**LEAST, "forum": {"meetings_a_year": 2, **forum}}), bank)
        return {f"{duty.summary} {number}": duty.uid for number, duty in enumerate(made.calendar())}

    assert uids(first_meeting="2027-03-02") == uids(first_meeting="2027-03-09")
    assert not set(uids(first_meeting="2027-03-02").values()) & set(uids(first_meeting="2028-03-07").values())


@pytest.mark.parametrize("seed", range(6))
def test_any_configuration_has_a_calendar(seed: int, bank: ak.Bank) -> None:
    made = ak.assemble(random_configuration(seed, bank), bank)
    found = made.calendar()
    assert [duty.date for duty in found] == sorted(duty.date for duty in found)
    assert all(duty.where for duty in found)
    if len(found):
        assert len(Calendar.from_ical(found.ics()).walk("VEVENT")) == len(found)


def test_the_ways_to_look_agree(bank: ak.Bank) -> None:
    forum = {"name": "=HYPERLINK()", "first_meeting": "2027-03-02"}
    found = ak.assemble(ak.Config.model_validate({**LEAST, "forum": forum}), bank).calendar()
    rows = list(csv.DictReader(io.StringIO(found.csv())))
    assert [row["date"] for row in rows] == [row["date"] for row in found.table()]
    assert len(json.loads(json.dumps(found.as_dict()))["duties"]) == len(found)
    assert found.markdown().count("\n| ") == len(found) + 2
    assert found._repr_html_().count("<tr>") == len(found) + 1
    assert found.text().count("\n") == len(found) + 1
    assert repr(found) == f"<DutyCalendar: {len(found)} duties>"
