"""Follows docs/how-to/customise-a-clause.md step by step: writes what it says to write, runs what it says to run."""

from __future__ import annotations

from pathlib import Path

import pytest
from followed import follow

import agreementkit as ak
from agreementkit.cli.app import run
from agreementkit.proof import Proof

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "customise-a-clause.md"


def test_the_page_can_be_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    proven: list[ak.Bank] = []  # the proof takes minutes, and tests/proof looks at it; here it is only asked for

    def prove(bank: ak.Bank, **_: object) -> Proof:
        proven.append(bank)
        return Proof()

    monkeypatch.setattr("agreementkit.proof.prove", prove)
    said = {one.line: one.out for one in follow(PAGE, tmp_path)}
    assert [bank.version for bank in proven] == [f"{ak.Bank.load().version} + anytown 0.1"]
    begun = next(out for line, out in said.items() if line.startswith("agreementkit pack new"))
    assert "clauses/status-quo.md" in begun
    explained = next(out for line, out in said.items() if "explain" in line)
    assert "anytown changed the clause, version 1.0, anytown/clauses/status-quo.md:9  (these words)" in explained
    markdown = (tmp_path / "out" / "recognition-agreement.md").read_text(encoding="utf-8")
    assert "when a change that was in Dispute" in markdown
    assert "ends the quarrel about when the new rota began" in markdown


def test_a_begun_pack_changes_nothing_but_its_note(tmp_path: Path) -> None:
    config = ak.Config.model_validate(
        {"employers": [{"name": "Anytown ICB", "short": "the ICB", "kind": "icb"}], "unions": ["unison"]}
    )
    assert run(["pack", "new", str(tmp_path / "own"), "--id", "own", "--title", "Own", "--clause", "status-quo"]) == 0
    plain = ak.assemble(config, ak.Bank.load())
    begun = ak.assemble(config, ak.Bank.load([tmp_path / "own"]))
    for one, other in zip(plain, begun, strict=True):
        assert [p.text for p in one] == [p.text for p in other]
        assert len(other.notes) - len(one.notes) == ("status-quo" in other)
    assert ak.Bank.load([tmp_path / "own"])["status-quo"].amendments[0].front.base_hash


def test_a_pack_is_begun_in_an_empty_folder_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "mine.txt").write_text("mine", encoding="utf-8")
    assert run(["pack", "new", str(tmp_path / "own"), "--id", "Own Pack", "--title", "Own"]) == 1
    said = capsys.readouterr().err
    assert said.count("AK257") == 2
    assert [path.name for path in (tmp_path / "own").iterdir()] == ["mine.txt"]
    assert run(["pack", "new", str(tmp_path / "new"), "--id", "own", "--title", "Own", "--clause", "statusquo"]) == 1
    assert "status-quo" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()
