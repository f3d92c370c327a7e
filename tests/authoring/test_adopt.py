"""`pack adopt`: what a body agreed is recorded with its exact words, and counts from then on."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from small import SMALL

import agreementkit as ak
from agreementkit.authoring.adopt import adopt
from agreementkit.cli.app import run

CONFIG = """employers: [{name: Anytown Integrated Care Board, short: the ICB, kind: icb}]
unions: [unison, rcn]
agreements: [recognition]
packs: [region, anytown]
"""
DAY = dt.date(2026, 5, 1)
NOTICE = '---\namends: disputes\nversion: "1.0"\nbase: "1.0"\n{more}---\n## after #start\n\n1.  Words. {{#{id}}}\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    core = tmp_path / "clauses" / "core"
    shutil.copytree(SMALL, core)
    monkeypatch.setattr("agreementkit.bank.bank.data_path", lambda _: core.parent)
    (tmp_path / "agreement.yaml").write_text(CONFIG, encoding="utf-8")
    for pack in ("region", "anytown"):
        (tmp_path / pack).mkdir()
        (tmp_path / pack / "pack.yaml").write_text(f'id: {pack}\ntitle: P\nversion: "1.0"\n', encoding="utf-8")
    return tmp_path


def assembled(folder: Path) -> ak.AgreementSet:
    return ak.assemble(ak.Config.load(folder / "agreement.yaml"))


def test_what_is_recorded_counts_as_agreed(folder: Path) -> None:
    agreements = assembled(folder)
    before = len(agreements.not_agreed)
    done = adopt(agreements, folder / "anytown", body="Joint Forum", date=DAY, reference='JF: "14"', review_by=DAY)
    assert len(done.clauses) + len(done.definitions) == before > 5
    assert done.definitions
    assert done.left == ()
    after = assembled(folder)
    assert after.not_agreed == ()
    life = after.bank[done.clauses[0]].life
    assert (life.approved[0].reference, life.review_by, life.adopted_by) == ('JF: "14"', DAY, "anytown")
    written = done.path.read_bytes()
    again = adopt(after, folder / "anytown", body="Joint Forum", date=DAY)
    assert (again.clauses, again.definitions) == ((), ())
    assert done.path.read_bytes() == written


def test_a_second_decision_is_added_below_the_first(folder: Path) -> None:
    first, second = assembled(folder).not_agreed[:2]
    ids = [one.message.split("'")[1] for one in (first, second)]
    adopt(assembled(folder), folder / "anytown", body="Joint Forum", date=DAY, only=ids[:1])
    path = folder / "anytown" / "adopted.yaml"
    path.write_text("# Kept by hand.\n" + path.read_text(encoding="utf-8") + "\n\n", encoding="utf-8")
    adopt(assembled(folder), folder / "anytown", body="Board", date=DAY, only=ids[1:])
    assert path.read_text(encoding="utf-8").startswith("# Kept by hand.\n")
    bank = assembled(folder).bank
    assert [bank[id_].life.approved[0].body for id_ in ids] == ["Joint Forum", "Board"]


def test_own_changes_and_those_above_are_not_adopted(folder: Path) -> None:
    (folder / "region" / "disputes.md").write_text(NOTICE.format(id="region", more=""), encoding="utf-8")
    own = NOTICE.format(id="own", more="over: [region]\n")
    (folder / "anytown" / "disputes.md").write_text(own, encoding="utf-8")
    done = adopt(assembled(folder), folder / "anytown", body="Joint Forum", date=DAY)
    assert "disputes" in done.clauses
    after = assembled(folder)
    assert [one.life.is_agreed for one in after.bank["disputes"].amendments] == [True, False]
    (fault,) = after.not_agreed
    assert fault.message.startswith("the change that 'anytown' makes to clause 'disputes', ")
    done.path.unlink()
    adopt(assembled(folder), folder / "region", body="Joint Forum", date=DAY)  # below both changes
    assert [one.message.split(" makes")[0] for one in assembled(folder).not_agreed] == [
        "the change that 'region'",
        "the change that 'anytown'",
    ]


def test_texts_of_the_pack_itself_are_left_to_their_own_files(folder: Path) -> None:
    own = '---\nid: scope\nversion: "1.0"\nreplaces: "1.0"\ntitle: Scope\n---\n1.  Words.\n2.  More.\n'
    (folder / "anytown" / "scope.md").write_text(own, encoding="utf-8")
    done = adopt(assembled(folder), folder / "anytown", body="Joint Forum", date=DAY)
    assert done.left == ("scope",)
    (fault,) = assembled(folder).not_agreed
    assert "clause 'scope' of anytown" in fault.message


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"body": "Joint\nForum"}, "short texts on one line"),
        ({"body": "x" * 400}, "short texts on one line"),
        ({"only": ["scop"]}, "the set has no text 'scop'"),
    ],
)
def test_what_cannot_be_recorded_is_refused(folder: Path, arguments: dict[str, object], says: str) -> None:
    given = {"body": "Joint Forum", "date": DAY, **arguments}
    with pytest.raises(ak.OutputError, match=says) as caught:
        adopt(assembled(folder), folder / "anytown", **given)  # type: ignore[arg-type]
    assert all(one.code == "AK279" and one.hints for one in caught.value.diagnostics)
    assert not (folder / "anytown" / "adopted.yaml").exists()


def test_a_pack_that_the_set_does_not_use_is_refused(folder: Path) -> None:
    agreements = assembled(folder)
    other = shutil.copytree(folder / "anytown", folder / "other")
    (other / "pack.yaml").write_text('id: other\ntitle: P\nversion: "1.0"\n', encoding="utf-8")
    with pytest.raises(ak.OutputError, match="does not use the pack 'other'"):
        adopt(agreements, other, body="Joint Forum", date=DAY)
    with pytest.raises(ak.BankError, match="AK245"):
        adopt(agreements, folder / "nowhere", body="Joint Forum", date=DAY)


def test_a_file_of_another_form_is_left_alone(folder: Path) -> None:
    path = folder / "anytown" / "adopted.yaml"
    text = (
        "adopted: [{approved: [{body: F, date: 2026-01-01}], clauses: "
        '{scope: {base: "0.1", base_hash: "000000000000"}}}]\n'
    )
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ak.OutputError, match="nothing can be added at its end") as caught:
        adopt(assembled(folder), folder / "anytown", body="Joint Forum", date=DAY)
    assert 'body: "Joint Forum"' in caught.value.diagnostics[0].hints[0]
    assert path.read_text(encoding="utf-8") == text


def test_the_command(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    arguments = ["pack", "adopt", "anytown", "-c", "agreement.yaml", "--body", "Joint Forum", "--date", "2026-05-01"]
    assert run(arguments) == 0
    assert "adopted.yaml  (" in capsys.readouterr().out
    assert run(["check", "agreement.yaml", "--agreed-only"]) == 0
    assert run(["build", "agreement.yaml", "--agreed-only", "--format", "md", "-q"]) == 0
    assert run(arguments) == 0
    assert "Nothing to record" in capsys.readouterr().err
    assert run([*arguments[:-1], "in May"]) == 2
