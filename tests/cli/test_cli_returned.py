"""The command `returned`: what it prints, as what, and with which exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commented import returned
from edited import edited, paragraph, put_in
from small import configured, small_bank

import agreementkit as ak
from agreementkit.cli.app import run
from agreementkit.writers import WRITERS, WriteOptions


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("returned")
    agreements = ak.assemble(configured(), small_bank())
    for one in agreements:
        (folder / f"{one.precedent}.json").write_bytes(WRITERS["json"].write(one.document, WriteOptions()))
    content = returned(agreements["recognition"].document, ("What is reasonable", "C. Member", "Which case?"))

    def change(root: object) -> None:
        put_in(paragraph(root, "A Dispute is"), " is", " always")  # type: ignore[arg-type]

    (folder / "back.docx").write_bytes(edited(content, change))
    return folder


def test_edits_and_comments_stand_under_their_clause(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["returned", str(folder / "back.docx"), "--agreement", str(folder / "recognition.json")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith("back.docx: 1 edit, 1 comment")
    assert lines[2] == "3.2 Time off [time-off/amount]"
    assert lines[3].startswith("  comment on 'What is reasonable depends on the case.': 'Which case?' (C. Member")
    assert lines[5] == "4.1 Disputes [disputes/start]"
    assert lines[6] == "  inserted 'always' (B. Officer, 2026-11-27)"


def test_json_and_views(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    back = str(folder / "back.docx")
    assert run(["returned", back, "--agreement", str(folder / "recognition.json"), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [(one["id"], one["after"]) for one in data["edits"]] == [("disputes/start", " always")]
    assert [one["after"] for one in data["comments"] if not one["own"]] == ["Which case?"]
    assert run(["returned", back, "--as", "marked"]) == 0
    assert "{+ always+}" in capsys.readouterr().out
    assert run(["returned", back, "--as", "marked", "--json"]) == 2


def test_another_agreement_and_no_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["returned", str(folder / "back.docx"), "--agreement", str(folder / "partnership.json")]) == 1
    assert "AK803" in capsys.readouterr().err
    assert run(["returned", str(folder / "missing.docx")]) == 1
    assert "AK740" in capsys.readouterr().err


def test_a_configuration_that_does_not_make_the_agreement(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = folder / "agreement.yaml"
    employer = "{name: Anytown Trust, short: the Trust, kind: trust}"
    config.write_text(f"agreements: [partnership]\nemployers: [{employer}]\nunions: [unison]\n")
    assert run(["returned", str(folder / "back.docx"), "--agreement", str(config)]) == 1
    assert "AK803" in capsys.readouterr().err
