"""The forms: each is printed when asked for and mentioned elsewhere; the summary of the law keeps to the register."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest

from agreementkit import AgreementSet, Bank, Config, assemble
from agreementkit.bank.law import LawEntry, Standing
from agreementkit.config.document import Form
from agreementkit.tree.nodes import Reference, Schedule, SignatureLines, Table
from agreementkit.tree.walk import division_inlines, flatten, plain_text, subtree, top_divisions

FORMS = get_args(Form)
DATES = ["1995-06-01", "2009-12-31", "2012-10-01", "2018-09-01", "2022-06-30", "2025-12-31", "2026-03-01", "2026-11-21"]


def made(**given: Any) -> AgreementSet:
    data = {"employers": [{"name": "Anytown Trust", "kind": "trust"}], "unions": ["unison", "gmb"], "forms": FORMS}
    return assemble(Config.model_validate(data | given))


@pytest.fixture(scope="module")
def everything() -> AgreementSet:
    return made(
        forum={"first_meeting": "2026-05-12"}, predecessors=[{"name": "Northtown Trust", "recognised": ["gmb"]}]
    )


def test_every_form_is_printed_once(everything: AgreementSet) -> None:
    ids = [schedule.id for agreement in everything for schedule in agreement.document.schedules]
    assert sorted(i for i in ids if i in FORMS) == sorted(FORMS)
    assert not [i for a in made(forms=[]) for s in a.document.schedules for i in [s.id] if i in FORMS]


def test_every_form_is_mentioned_by_a_clause_or_another_schedule(everything: AgreementSet) -> None:
    mentioned = {
        inline.target
        for agreement in everything
        for top in top_divisions(agreement.document)
        for division in subtree(top)
        for line in division_inlines(division)
        for inline in flatten((line,))
        if isinstance(inline, Reference) and top.id != inline.target
    }
    assert set(FORMS) <= mentioned


def legal_rows(agreements: AgreementSet) -> Iterator[tuple[str, list[str]]]:
    """Yield the subject and the sources of each row of the summary."""
    schedule = next(s for s in agreements["recognition"].document.schedules if s.id == "legal-summary")
    assert isinstance(schedule, Schedule)
    for division in subtree(schedule):
        for block in division.blocks:
            if isinstance(block, Table) and plain_text(block.header[-1]) == "Source":
                for row in block.rows:
                    yield plain_text(row[0]), sources(plain_text(row[-1]))


def sources(text: str) -> list[str]:
    """Return the sources of a cell in full: an instrument is named once for several of its sections."""
    found: list[str] = []
    act = ""
    for part in text.split("; "):
        match = re.match(r"(.*?)(?: (?:s\.|regs? |Sch )|$)", part)
        named = match[1] if match and not part.startswith(("s.", "reg", "Sch ")) else ""
        found.append(part if named else f"{act} {part}")
        act = named or act
    return found


@pytest.mark.parametrize("nation", ["england", "scotland", "wales"])
@pytest.mark.parametrize("date", DATES)
def test_the_summary_of_the_law_is_right_for_its_date(date: str, nation: str) -> None:
    by_short: dict[str, LawEntry] = {entry.short: entry for entry in Bank.load().law}
    rows = list(legal_rows(made(nation=nation, dates={"agreement": date}, forms=["legal-summary"])))
    assert len(rows) > 30
    wrong = [
        (subject, short, standing)
        for subject, shorts in rows
        for short in shorts
        if (standing := by_short[short].standing(dt.date.fromisoformat(date), nation)) is not Standing.IN_FORCE
    ]
    assert not wrong
    for subject, shorts in rows:
        general = any(by_short[short].status == "general-knowledge" for short in shorts)
        assert subject.endswith("*") == general, subject


def test_the_summary_without_a_date_shows_the_law_of_the_register(everything: AgreementSet) -> None:
    dated = made(dates={"agreement": "2026-11-21"}, forms=["legal-summary"])
    assert list(legal_rows(everything)) == list(legal_rows(dated))


@pytest.mark.parametrize(("form", "witness_lines"), [("under-hand", 0), ("deed", 4)])
def test_a_deed_has_lines_for_a_witness(form: str, witness_lines: int) -> None:
    agreements = made(signatories={"form": form, "staff_side_chair": True}, forms=[])
    for agreement in agreements:
        blocks = [block for division in agreement.document.execution for block in division.blocks]
        signatures = [block for block in blocks if isinstance(block, SignatureLines)]
        assert len(signatures) == 4  # one employer, two unions, the chair of the staff side
        for signature in signatures:
            assert ("deed" in plain_text(signature.lead)) == (form == "deed")
            assert sum("witness" in line.label for line in signature.lines) == witness_lines
