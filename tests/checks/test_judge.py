"""Severities of one's own, and acceptances: in the configuration, in a clause, unused, and against the law."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from small import clause_text, configured, write_bank

import agreementkit as ak
from agreementkit.diagnostics import Diagnostic, Severity

BANK = ak.Bank.load()
SHORT: dict[str, Any] = {"consultation": {"redundancy_days_large": 20}}


def found(**changes: Any) -> dict[str, Diagnostic]:
    return {one.code: one for one in ak.assemble(configured(**changes), BANK).report}


def accept(code: str = "AK560", reason: str = "the text is a training exercise", **more: str) -> dict[str, Any]:
    return {"checks": {"accept": [{"code": code, "reason": reason, **more}]}}


def test_an_error_of_law_is_an_error() -> None:
    assert found(**SHORT)["AK560"].severity is Severity.ERROR


def test_an_error_of_law_is_accepted_only_with_its_reason_in_print() -> None:
    codes = found(**SHORT, **accept(at="consultation.redundancy_days_large"))
    assert "AK560" not in codes
    told = codes["AK591"]
    assert told.severity is Severity.INFO
    assert told.message.startswith("accepted, because the text is a training exercise: ")
    assert told.cites


@pytest.mark.parametrize("severity", ["info", "warning"])
def test_an_error_of_law_is_made_no_less(severity: str) -> None:
    codes = found(**SHORT, checks={"adjust": [{"code": "AK560", "severity": severity}]})
    assert codes["AK560"].severity is Severity.ERROR
    assert codes["AK592"].severity is Severity.WARNING


def test_an_acceptance_at_another_place_hides_nothing() -> None:
    codes = found(**SHORT, **accept(at="consultation.redundancy_days_small"))
    assert codes["AK560"].severity is Severity.ERROR
    assert "AK590" in codes


def test_an_acceptance_that_fits_nothing_is_reported() -> None:
    codes = found(**accept("AK523", at="time-off"))
    assert codes["AK590"].severity is Severity.WARNING
    assert codes["AK590"].path == "checks.accept[0]"


@pytest.mark.parametrize("section", ["accept", "adjust"])
def test_a_check_that_does_not_exist_cannot_be_judged(section: str) -> None:
    entry = {"code": "AK599", "reason": "no reason"} if section == "accept" else {"code": "AK599", "severity": "info"}
    codes = found(checks={section: [entry]})
    assert codes["AK592"].path == f"checks.{section}[0]"


def test_a_severity_of_ones_own() -> None:
    assert found()["AK501"].severity is Severity.INFO
    codes = found(checks={"adjust": [{"code": "AK501", "severity": "error"}]})
    assert codes["AK501"].severity is Severity.ERROR


def test_a_clause_accepts_for_itself_and_nobody_else(tmp_path: Path) -> None:
    body = "1.  The parties mean it and/or say it.\n2.  They sign it."
    clauses = {
        "x": clause_text("x", body, front="accepts: [{code: AK521, reason: a quotation}]\n"),
        "y": clause_text("y", body),
    }
    report = ak.assemble(configured(agreements=["only"]), ak.Bank.load(core=write_bank(tmp_path / "b", clauses))).report
    andor = [one for one in report if "and/or" in one.message]
    assert [one.division.split("/")[0] for one in andor] == ["y"], [one.render() for one in report]


def test_an_acceptance_of_a_clause_that_fits_nothing_names_the_file(tmp_path: Path) -> None:
    clauses = {"x": clause_text("x", "1.  One.\n2.  Two.", front="accepts: [{code: AK521, reason: no longer}]\n")}
    report = ak.assemble(configured(agreements=["only"]), ak.Bank.load(core=write_bank(tmp_path / "b", clauses))).report
    (unused,) = [one for one in report if one.code == "AK590"]
    assert unused.place is not None
    assert unused.place.file.endswith("x.md")
