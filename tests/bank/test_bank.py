"""The bank as a whole: what it holds, and that its checks look at every clause once."""

from __future__ import annotations

from pathlib import Path

import pytest
from small import SMALL, clause_text, small_bank, write_bank

import agreementkit as ak


def test_the_small_bank_holds_every_kind() -> None:
    bank = small_bank()
    assert {source.front.kind.value for source in bank} == {"clause", "party", "recital", "schedule", "execution"}
    assert bank.term_keys()["rep"] == "accredited-representative"
    assert set(bank.precedents) == {"partnership", "recognition"}
    assert bank.version == "small 0.1.0"


def test_a_clause_that_is_not_there() -> None:
    with pytest.raises(ak.BankError, match="the bank has no clause 'disptes'") as caught:
        small_bank()["disptes"]
    assert [(d.code, d.hints) for d in caught.value.diagnostics] == [("AK205", ("did you mean 'disputes'?",))]


def test_a_tall_ladder_of_requirements_is_climbed_once(tmp_path: Path) -> None:
    # Followed step by step this has 2 ** 60 ways through it.
    clauses = {}
    for step in range(60):
        front = f"requires: [a{step + 1}, b{step + 1}]\n" if step < 59 else ""
        for side in "ab":
            clauses[f"{side}{step}"] = clause_text(f"{side}{step}", "Text.", front=front)
    assert len(ak.Bank.load(core=write_bank(tmp_path / "bank", clauses))) == 120


def test_links_and_programs_are_refused_and_nothing_else_is_read(tmp_path: Path) -> None:
    core = write_bank(tmp_path / "bank", {"x": clause_text("x", "Text.")})
    (core / "README.md").write_text("No front matter here.", encoding="utf-8")
    (core / "picture.png").write_bytes(b"\x89PNG")
    assert len(ak.Bank.load(core=core)) == 1
    (core / "link.md").symlink_to(SMALL / "body" / "scope.md")
    (core / "tool.py").write_text("", encoding="utf-8")
    with pytest.raises(ak.BankError) as caught:
        ak.Bank.load(core=core)
    assert [(d.code, str(d.place)) for d in caught.value.diagnostics] == [
        ("AK204", "bank/link.md"),
        ("AK204", "bank/tool.py"),
    ]


def test_a_folder_that_is_no_pack(tmp_path: Path) -> None:
    with pytest.raises(ak.BankError) as caught:
        ak.Bank.load([tmp_path / "nothing"], core=SMALL)
    assert [d.code for d in caught.value.diagnostics] == ["AK245"]


def test_a_pack_replaces_only_what_it_names_with_its_version(tmp_path: Path) -> None:
    text = (SMALL / "body" / "single.md").read_text(encoding="utf-8").replace("Notice of ending", "Ending")
    pack = tmp_path / "own"
    pack.mkdir()
    (pack / "pack.yaml").write_text('id: own\ntitle: Own\nversion: "2.0"\n', encoding="utf-8")
    codes = {}
    for version in ("", 'replaces: "0.9"\n', 'replaces: "1.0"\n'):
        (pack / "single.md").write_text(text.replace("title:", f"{version}title:"), encoding="utf-8")
        try:
            bank = ak.Bank.load([pack], core=SMALL)
        except ak.BankError as error:
            codes[version] = [d.code for d in error.diagnostics]
        else:
            codes[version] = [bank["single"].front.title, bank.version]
    assert codes == {
        "": ["AK206"],
        'replaces: "0.9"\n': ["AK253"],
        'replaces: "1.0"\n': ["Ending", "small 0.1.0 + own 2.0"],
    }
