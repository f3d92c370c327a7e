"""Ids of before: everything that was written against one goes on working, in packs, settings and questions."""

from __future__ import annotations

from pathlib import Path

import pytest
from small import configured, outline_text, write_bank

import agreementkit as ak
from agreementkit.authoring import preview
from agreementkit.cli.app import run
from agreementkit.proof import prove
from agreementkit.testing.packs import clause_text

NEW = clause_text("new", "1.  First. {#first}\n2.  Second.", front="formerly: [old]\n")
USER = clause_text("user", "1.  See @old/first. {#see}")


def write_pack(folder: Path, **files: str) -> Path:
    folder.mkdir()
    (folder / "pack.yaml").write_text('id: top\ntitle: A pack\nversion: "1.0"\n')
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_yaml", ".yaml").replace("_md", ".md")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return folder


@pytest.fixture
def core(tmp_path: Path) -> Path:
    return write_bank(tmp_path / "core", {"new": NEW, "user": USER})


def test_questions_by_an_old_id(core: Path) -> None:
    bank = ak.Bank.load(core=core)
    assert bank["old"] is bank["new"]
    assert "old" in bank
    assert "older" not in bank
    assert bank.source("old") is bank["new"]
    agreements = ak.assemble(configured(agreements=["only"]), bank)
    only = agreements["only"]
    assert only["old"] is only["new"]
    assert only["old/first"].number == "1.1"
    assert "old/first" in only
    assert "old/nothing" not in only
    assert [one.provision.id for one in agreements.explain("old/first")] == ["new/first"]
    assert only["user"].text.endswith("See clause\u00a01.1.") or "clause 1.1" in only["user"].text
    assert preview("old", bank).clause == "new"
    with pytest.raises(KeyError):
        only["older"]


def test_the_command_line_shows_it(
    core: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bank = ak.Bank.load(core=core)
    monkeypatch.setattr(ak.Bank, "load", lambda *_, **__: bank)
    assert run(["show", "old"]) == 0
    assert "Title of new" in capsys.readouterr().out


def test_a_pack_that_withdraws_it(core: Path, tmp_path: Path) -> None:
    pack = write_pack(
        tmp_path / "top",
        withdrawn_yaml='withdrawn: [{clause: old, base: "1.0", because: Not here.}]\n',
        x_md='---\namends: user\nversion: "1.0"\nbase: "1.0"\n---\n## replace #see\n\n1.  Nothing.\n',
    )
    bank = ak.Bank.load([pack], core=core)
    assert list(bank.withdrawn) == ["new"]
    assert "old" not in bank
    assert len(ak.assemble(configured(agreements=["only"]), bank)["only"].document.body) == 1


def test_a_pack_that_replaces_it(core: Path, tmp_path: Path) -> None:
    text = clause_text("old", "1.  Replaced. {#first}", front='replaces: "1.0"\n')
    pack = write_pack(tmp_path / "top", x_md=text)
    only = ak.assemble(configured(agreements=["only"]), ak.Bank.load([pack], core=core))["only"]
    assert "Replaced." in only["new"].text
    assert only["old"] is only["new"]


def test_a_pack_with_an_outline_of_its_own(core: Path, tmp_path: Path) -> None:
    outline = outline_text({"body": ["user", "old"]}, "own")
    bank = ak.Bank.load([write_pack(tmp_path / "top", precedents__own_yaml=outline)], core=core)
    assert ak.assemble(configured(agreements=["own"]), bank)["own"]["old"].number == "2"


def test_requirements_and_acceptances(core: Path, tmp_path: Path) -> None:
    law = next(iter(ak.Bank.load(core=core).law)).id
    (core / "new.md").write_text(NEW.replace("First.", f"The words {'and more words ' * 20}go on."))
    pack = write_pack(
        tmp_path / "top",
        requirements_yaml=f"""requirements:
  - {{id: x, requires: Something, kind: policy, cites: [{law}], agreements: [only], met_by: [old/first]}}
""",
    )
    bank = ak.Bank.load([pack], core=core)
    assert bank.requirements["x"].requirement.met_by == ("new/first",)
    base = ak.assemble(configured(agreements=["only"]), bank).report
    found = next(one for one in base if one.division.startswith("new"))
    accept = {"accept": [{"code": found.code, "at": "old", "reason": "Looked at."}]}
    after = ak.assemble(configured(agreements=["only"], checks=accept), bank).report
    assert found not in list(after)
    assert not any(one.code == "AK590" for one in after)


def test_a_bank_with_former_ids_is_proved_as_any_other(core: Path) -> None:
    assert prove(ak.Bank.load(core=core), whole_sets=1).ok
    body = "1.  [See @old/first.]{when=\"'old' is present\"} Or not."
    (core / "user.md").write_text(clause_text("user", body))
    assert prove(ak.Bank.load(core=core), whole_sets=1).ok


def test_an_id_in_use_is_no_former_id(core: Path, tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "top", x_md=clause_text("old", "1.  Words."))
    with pytest.raises(ak.BankError) as error:
        ak.Bank.load([pack], core=core)
    (found,) = error.value.diagnostics
    assert found.code == "AK294"
    assert "top/x.md" in found.message
