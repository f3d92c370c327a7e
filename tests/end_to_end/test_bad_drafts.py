"""The three drafts that are bad on purpose: what has to be found in each, and that none of them can be signed."""

from __future__ import annotations

from pathlib import Path

import pytest
from built import ROOT

from agreementkit import AgreementSet, Config, OutputError, assemble

BAD = ROOT / "examples" / "bad"
FOUND = {
    "employer-draft": "508 511 515 518 519 520 521 522 523 525 526 530 531 532 534 535 538 539 540 541 543 545 552 554 "
    "559 560 561 563 566 567 570",
    "union-draft": "501 503 505 506 508 509 511 515 524 535 536 541 542 550 556 558 559 560 562 566 567",
    "out-of-date": "519 522 541 559 560 561 562 565 567",
}
ERRORS = {
    "employer-draft": {"AK518", "AK530", "AK545", "AK560"},
    "union-draft": {"AK505", "AK560"},
    "out-of-date": {"AK560"},
}


def made(name: str) -> AgreementSet:
    return assemble(Config.load(BAD / name / "agreement.yaml"))


@pytest.mark.parametrize("name", FOUND)
def test_what_is_wrong_is_found(name: str) -> None:
    report = made(name).report
    assert {one.code for one in report} == {f"AK{number}" for number in FOUND[name].split()}
    assert {one.code for one in report.errors} == ERRORS[name]
    assert all(one.hints for one in report)


def test_every_finding_of_the_drafters_own_words_names_the_line() -> None:
    """A replaced clause has a file of its own, and every fault in it has its line there."""
    found = [one for one in made("employer-draft").report if one.division.split("/")[0] == "mutual-responsibilities"]
    places = [one.place for one in found if one.place]
    lines = (BAD / "employer-draft" / "clauses" / "mutual-responsibilities.md").read_text().splitlines()
    assert len(places) == len(found)
    assert {lines[place.line - 1].split(".")[0] for place in places} == {"1", "2", "3", "4"}


@pytest.mark.parametrize("name", FOUND)
def test_it_cannot_be_signed(name: str, tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        made(name).write(tmp_path, ["md"], final=True)
    assert not list(tmp_path.iterdir())
