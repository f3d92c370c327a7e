"""`build` with several configurations."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from small import SMALL

from agreementkit.cli.app import run

TEXT = "employers:\n  - {{name: {name} Council, kind: council}}\nunions: [unison]\nagreements: [partnership]\n"
QUICK = ["--format", "md", "--pages", "off"]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Go to a folder with three configurations, the second of them bad, and lay the small bank for the core."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("agreementkit.bank.bank.core_folder", lambda: SMALL)
    for name in ("a", "c"):
        Path(f"{name}.yaml").write_text(TEXT.format(name=name), encoding="utf-8")
    Path("b.yaml").write_text("unions: [unison]\n", encoding="utf-8")


def test_each_goes_into_a_folder_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", "a.yaml", "c.yaml", "-o", "made", *QUICK]) == 0
    assert sorted(str(path) for path in Path("made").rglob("*.md")) == [
        "made/a/partnership-agreement.md",
        "made/c/partnership-agreement.md",
    ]
    said = capsys.readouterr()
    assert said.out.startswith("2 configurations: 2 built. In made/\n")
    assert run(["build", "a.yaml", "c.yaml", "-o", "made", *QUICK]) == 0
    assert "2 kept" in capsys.readouterr().out
    assert run(["build", "a.yaml", "c.yaml", "-o", "made", "--again", *QUICK]) == 0
    assert "2 built" in capsys.readouterr().out


def test_one_alone_is_built_as_always() -> None:
    assert run(["build", "a.yaml", "-o", "made", *QUICK]) == 0
    assert [str(path) for path in Path("made").rglob("*.*")] == ["made/partnership-agreement.md"]
    assert run(["build", "a.yaml", "-o", "batch", "-j", "1", *QUICK]) == 0
    assert Path("batch/a/partnership-agreement.md").read_bytes() == Path("made/partnership-agreement.md").read_bytes()


def test_one_that_fails_is_said_and_the_others_are_there(capsys: pytest.CaptureFixture[str]) -> None:
    files = ["a.yaml", "b.yaml", "c.yaml", "a.lock.yaml"]
    assert run(["build", *files, "-o", "made", "--report", "reports/all.json", *QUICK]) == 1
    said = capsys.readouterr()
    assert "b: not built" in said.err
    assert "b.yaml:1:1: error[AK121]" in said.err
    assert "3 configurations: 2 built, 1 failed: b. In made/" in said.out
    assert "Wrote reports/all.json" in said.out
    report = json.loads(Path("reports/all.json").read_text(encoding="utf-8"))
    assert [one["state"] for one in report["configurations"]] == ["built", "failed", "built"]
    assert Path("made/c/partnership-agreement.md").is_file()
    assert not Path("made/b").exists()


def test_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", "a.yaml", "b.yaml", "-o", "made", "--json", *QUICK]) == 1
    said = capsys.readouterr()
    assert said.err == ""
    report = json.loads(said.out)
    assert (report["built"], report["failed"]) == (1, 1)
    assert report["configurations"][1]["faults"][0]["file"] == "b.yaml"


def test_quiet_says_errors_only(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", "a.yaml", "c.yaml", "-o", "made", "-q", *QUICK]) == 0
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "")
    assert run(["build", "a.yaml", "b.yaml", "-o", "made", "-q", *QUICK]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "AK1" in said.err


def test_the_same_folder_twice_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    Path("other").mkdir()
    shutil.copy("a.yaml", "other/a.yaml")
    assert run(["build", "a.yaml", "other/a.yaml", "-o", "made", *QUICK]) == 1
    assert "a.yaml and other/a.yaml would all write" in capsys.readouterr().err
    assert not Path("made").exists()


def test_wrong_numbers_of_jobs_are_a_wrong_command_line() -> None:
    assert run(["build", "a.yaml", "-j", "0"]) == 2
    assert run(["build"]) == 2
