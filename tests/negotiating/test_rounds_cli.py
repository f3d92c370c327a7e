"""The commands: what they print and write, and what they refuse without leaving anything half done."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commented import returned
from tracked import Change, tracked

import agreementkit as ak
from agreementkit.cli.app import run
from agreementkit.negotiating import read_kept
from agreementkit.writers.json import write_json


@pytest.fixture
def sent(agreement: ak.Agreement, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a command needs to know the agreement, in a folder with a returned file `back.docx`."""
    monkeypatch.chdir(tmp_path)
    Path("sent.json").write_text(write_json(agreement.document), encoding="utf-8")
    back = tracked(
        returned(agreement.document, ("Headings", "U. Officer", "Why?")), "H. Lead", Change("a room", "room", "hall")
    )
    Path("back.docx").write_bytes(back)
    return ["--agreement", "sent.json"]


def test_issues_in_every_form(sent: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["review", "issues", "back.docx", *sent]) == 0
    assert "U. Officer: Why?" in capsys.readouterr().out
    for form in ("md", "html", "json", "docx", "xlsx"):
        assert run(["review", "issues", "back.docx", *sent, "-o", f"out/issues.{form}"]) == 0
        assert Path(f"out/issues.{form}").stat().st_size > 300
    assert len(read_kept("out/issues.json").points) == 2
    assert run(["review", "issues", "back.docx", *sent, "--format", "docx"]) == 2


def test_a_round_from_start_to_close(sent: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["review", "round", "add", "n.json", "back.docx", *sent]) == 1
    assert run(["review", "round", "start", "n.json", *sent, "--stage", "forum", "--answers-by", "The  panel"]) == 0
    assert run(["review", "round", "add", "n.json", "back.docx", *sent]) == 0
    assert "2 new points, 0 known; 2 issues in all." in capsys.readouterr().out
    before = Path("n.json").read_bytes()
    assert run(["review", "round", "close", "n.json"]) == 1
    assert run(["review", "round", "start", "n.json", *sent, "--stage", "members"]) == 1
    assert Path("n.json").read_bytes() == before, "what was refused has changed nothing"
    data = json.loads(before)
    for issue in data["issues"]:
        issue |= {"status": "accepted", "response": "Yes."}
    Path("filled.json").write_text(json.dumps(data), encoding="utf-8")
    assert run(["review", "update", "n.json", "filled.json"]) == 0
    assert "Changed: 1-01, 1-02" in capsys.readouterr().out
    assert run(["review", "round", "close", "n.json"]) == 0
    kept = read_kept("n.json")
    assert (kept.answers_by, kept.rounds[0].stage, bool(kept.rounds[0].closed)) == ("The panel", "forum", True)
    for form in ("md", "html", "json", "docx", "xlsx"):
        assert run(["review", "round", "report", "n.json", *sent, "-o", f"report.{form}"]) == 0
    for form in ("md", "html", "json", "docx"):
        assert (
            run(["review", "round", "report", "n.json", *sent, "--show", "responses", "-o", f"responses.{form}"]) == 0
        )
    assert run(["review", "round", "report", "n.json", "--show", "responses", "-o", "responses.xlsx"]) == 2
    found = json.loads(Path("report.json").read_text(encoding="utf-8"))
    assert [point["outcome"] for point in found["points"]] == ["accepted", "accepted"]
    assert found["without_response"] == []
    assert "Every point has a response." in Path("responses.md").read_text(encoding="utf-8")


def test_a_fault_leaves_the_file_as_it_was(sent: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["review", "round", "start", "n.json", *sent]) == 0
    before = Path("n.json").read_bytes()
    Path("broken.docx").write_bytes(b"PK\x03\x04")
    assert run(["review", "round", "add", "n.json", "back.docx", "broken.docx", "none.json", *sent]) == 1
    said = capsys.readouterr().err
    assert "AK744" in said
    assert "AK740" in said
    assert Path("n.json").read_bytes() == before
    Path("n.json").write_text("{", encoding="utf-8")
    assert run(["review", "round", "report", "n.json"]) == 1
    assert "AK820" in capsys.readouterr().err
