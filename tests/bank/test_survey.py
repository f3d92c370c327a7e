"""What `pack show` says that packs do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small import SMALL

import agreementkit as ak
from agreementkit.bank.survey import deeds
from agreementkit.cli.app import run

FILES = {
    "pack.yaml": 'id: anytown\ntitle: Anytown\nversion: "1.0"\n',
    "new.md": '---\nid: new\nversion: "1.0"\ntitle: New\n---\n1.  Words.\n',
    "single.md": '---\nid: single\nversion: "2.0"\nreplaces: "1.0"\nbecause: Too short.\ntitle: End\n---\n1.  Ends.\n',
    "scope.md": '---\namends: scope\nversion: "1.0"\nbase: "1.0"\n---\n## notes\n\n[^x]: {voice=joint} Words.\n',
    "disputes.md": '---\namends: disputes\nversion: "1.0"\nbase: "1.0"\ntitle: Quarrels\n---\n## remove ^talk\n',
    "withdrawn.yaml": 'withdrawn:\n  - {clause: facilities, base: "1.0", because: Not needed.}\n',
    "precedents/r.yaml": 'amends: recognition\nbase: "1.0"\ninsert: [{after: scope, ids: [new]}]\nremove: [pair]\n',
}


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / "anytown" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "anytown"


def test_every_deed_is_listed_with_its_kind_its_way_and_its_place(pack: Path) -> None:
    found = deeds(ak.Bank.load([pack], core=SMALL))
    assert {(one.did, one.what, one.detail) for one in found} == {
        ("adds", "clause new", "New"),
        ("replaces", "clause single", "version 1.0"),
        ("annotates", "clause scope", "notes"),
        ("changes", "clause disputes", "title “Quarrels”; remove ^talk"),
        ("withdraws", "schedule facilities", ""),
        ("outlines", "precedent recognition", "puts in new; takes out pair"),
    }
    assert {one.because for one in found if one.because} == {"Too short.", "Not needed."}
    assert all(one.place and one.place.file.startswith("anytown/") and one.place.line for one in found)


def test_the_lowest_pack_does_nothing_unless_it_is_asked_for(pack: Path) -> None:
    bank = ak.Bank.load([pack], core=SMALL)
    assert {one.pack for one in deeds(bank)} == {"anytown"}
    own = deeds(bank, "small")
    assert {one.did for one in own} == {"adds"}
    assert "clause single" in {one.what for one in own}


def test_the_command(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("single.md", "scope.md", "disputes.md", "withdrawn.yaml"):
        (pack / name).unlink()  # these change the small bank
    (pack / "precedents" / "r.yaml").write_text(
        'amends: recognition\nbase: "1.0"\ninsert: [{after: disputes, ids: [new]}]\n', encoding="utf-8"
    )
    assert run(["pack", "show", str(pack), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [(one["did"], one["what"]) for one in data] == [
        ("adds", "clause new"),
        ("outlines", "precedent recognition"),
    ]
    assert run(["pack", "show", str(pack)]) == 0
    assert "puts in new" in capsys.readouterr().out
