"""`doctor` and the completion of shells."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from agreementkit.cli.app import run
from agreementkit.doctor import Finding, Health, _kept, examine


def test_a_sound_installation(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "--json"]) == 0
    found = {one["what"]: one for one in json.loads(capsys.readouterr().out)}
    assert found["clause bank"]["detail"].startswith("core ")
    assert found["house style nhs"]["health"] == "good"
    assert found["pydantic"]["health"] == "good"
    assert found["LibreOffice"]["health"] == ("good" if shutil.which("soffice") else "absent")
    assert found["distributed"]["detail"].endswith("for batches on a Dask cluster")


def test_a_libreoffice_that_does_not_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 3\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    found = {one.what: one for one in examine()}
    assert found["LibreOffice"].health is Health.BROKEN
    assert found["LibreOffice"].advice


def test_what_is_broken_is_said_and_fails(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    broken = [Finding("one", Health.GOOD, "1.0"), Finding("other", Health.BROKEN, "torn", "mend it")]
    monkeypatch.setattr("agreementkit.doctor.examine", lambda: broken)
    assert run(["doctor"]) == 1
    said = capsys.readouterr().out
    assert "broken  other  torn" in said
    assert "hint: mend it" in said
    monkeypatch.setattr("agreementkit.doctor.examine", lambda: [Finding("one", Health.ABSENT, "", "get it")])
    assert run(["doctor"]) == 0


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", shell]) == 0
    assert "_AGREEMENTKIT_COMPLETE" in capsys.readouterr().out


def test_a_shell_completes_commands_and_clauses() -> None:
    def completed(line: str) -> set[str]:
        env = {"_AGREEMENTKIT_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(line.count(" "))}
        made = subprocess.run(
            [sys.executable, "-m", "agreementkit"], env=env, capture_output=True, text=True, check=False
        )
        return {one.split(",")[-1] for one in made.stdout.split()}

    assert {"build", "check"} <= completed("agreementkit ")
    assert "status-quo" in completed("agreementkit show stat")


def test_what_is_kept_between_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def said(folder: str) -> Finding:
        monkeypatch.setenv("AGREEMENTKIT_CACHE", folder)
        return _kept()

    assert said("off").health is Health.ABSENT
    good = said(str(tmp_path / "kept"))
    assert good.health is Health.GOOD
    assert good.detail == f"0 kept, 0.0 MB, in {tmp_path / 'kept'}"
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    bad = said(str(tmp_path / "file"))
    assert bad.health is Health.BROKEN
    assert "it is no folder" in bad.detail
    assert "AGREEMENTKIT_CACHE=off" in bad.advice
