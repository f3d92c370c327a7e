"""Three reviewers of one small agreement: an HR lead, a union officer and a member, each with a Word file."""

from __future__ import annotations

from pathlib import Path

import pytest
from commented import returned
from small import configured, small_bank
from tracked import Change, tracked

import agreementkit as ak


@pytest.fixture(scope="session")
def agreements() -> ak.AgreementSet:
    return ak.assemble(configured(), small_bank())


@pytest.fixture(scope="session")
def agreement(agreements: ak.AgreementSet) -> ak.Agreement:
    return agreements["recognition"]


@pytest.fixture(scope="session")
def three(agreement: ak.Agreement, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The files of three reviewers: they agree in one place, conflict in two, and remark on two more."""
    document = agreement.document
    folder = tmp_path_factory.mktemp("returned")
    lead = tracked(
        returned(document, ("What is reasonable", "H. Lead", "Who decides this?")),
        "H. Lead",
        Change("Notice is", "28 days", "42 days"),
        Change("An Accredited", "reasonable ", ""),
    )
    officer = tracked(
        returned(document, ("Headings", "U. Officer", "Fine with us")),
        "U. Officer",
        Change("Notice is", "28 days", "14 days"),
        Change("An Accredited", "reasonable ", ""),
        Change("a room", "room", "room with a telephone"),
    )
    member = tracked(
        returned(document),
        "M. Member",
        Change("Notice is", "28 days", "42 days"),
        Change("a room", "room", "quiet room"),
    )
    for name, content in (("lead", lead), ("officer", officer), ("member", member)):
        (folder / f"{name}.docx").write_bytes(content)
    return [folder / f"{name}.docx" for name in ("lead", "officer", "member")]
