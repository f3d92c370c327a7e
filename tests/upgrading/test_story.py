"""The life of a pack: core 1, an organisation adapts it, core 2 corrects it, the pack moves on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from built import ROOT
from upgraded import corrected, states, written

import agreementkit as ak
from agreementkit.authoring import publish_pack
from agreementkit.cli.app import run
from agreementkit.upgrading import State, apply_upgrade, upgrade

SMALL = {"employers": [{"name": "Anytown ICB", "short": "the ICB", "kind": "icb"}], "unions": ["unison", "rcn"]}


@pytest.fixture
def core(tmp_path: Path) -> Path:
    folder = tmp_path / "core"
    shutil.copytree(ROOT / "clauses" / "core", folder)
    publish_pack(folder)
    return folder


def test_adapted_corrected_upgraded_and_resolved(
    tmp_path: Path, core: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack, config = tmp_path / "own", ak.Config.model_validate(SMALL)
    written(
        pack,
        core,
        access="## replace #principle\n\n1.  Access is a right of all {staff}. {#principle}\n",
        time_off="## after #duties\n\n1.  The form is short. {#form}\n",
        review="## notes\n\n[^own]: {voice=joint} We look at it each spring.\n",
    )
    adapted = ak.assemble(config, ak.Bank.load([pack], core=core))
    assert "Access is a right" in adapted["recognition"]["access"].text
    assert set(states(upgrade(pack, core=core)).values()) == {State.UNCHANGED}

    corrected(core, "access", "may meet, inform and recruit {staff}", "may meet, inform, advise and recruit {staff}")
    corrected(core, "time-off", "during working hours", "in working hours")
    before = sorted((path, path.read_bytes()) for path in pack.rglob("*.md"))
    with pytest.raises(ak.BankError, match="AK253"):
        ak.Bank.load([pack], core=core)

    found = upgrade(pack, core=core)
    assert states(found) == {"access": State.CONFLICT, "time-off": State.CLEAN, "review": State.UNCHANGED}
    assert sorted((path, path.read_bytes()) for path in pack.rglob("*.md")) == before  # nothing was written
    (clash,) = found.conflicts[0].clashes
    assert clash.at == "#principle"
    assert "inform and recruit" in clash.base
    assert "a right of all" in clash.ours
    assert "advise" in clash.now

    apply_upgrade(pack, core=core)
    with pytest.raises(ak.BankError) as refused:
        ak.Bank.load([pack], core=core)
    assert [(one.code, one.place and one.place.file) for one in refused.value.diagnostics] == [
        ("AK260", "own/access.md")
    ]
    text = (pack / "access.md").read_text(encoding="utf-8")
    ours = text.index("<<<<<<< own 1.0\n1.  Access is a right of all {staff}. {#principle}\n||||||| core 1.0")
    assert text.index("=======\n1.  The {recognised union(s)} may meet, inform, advise") > ours

    # a person decides: our wording, with the word that the core has added
    head = text[: text.index("<<<<<<<")]
    (pack / "access.md").write_text(f"{head}1.  Access and advice are a right of all {{staff}}. {{#principle}}\n")
    assert set(states(upgrade(pack, core=core)).values()) == {State.UNCHANGED}
    moved = ak.assemble(config, ak.Bank.load([pack], core=core))
    assert "Access and advice are a right" in moved["recognition"]["access"].text
    assert "The form is short" in moved["recognition"]["time-off"].text

    # signed under a lock, it is built again byte for byte, and no longer when anything has changed
    lock = ak.Lock.of(config, moved.bank)
    formats = ("docx", "md", "html", "json")
    signed = moved.write(tmp_path / "signed", formats, pages="off")
    again = ak.assemble(config, ak.Bank.load([pack], core=core), locked=lock)
    for one, other in zip(signed, again.write(tmp_path / "again", formats, pages="off"), strict=True):
        assert one.path.read_bytes() == other.path.read_bytes(), one.path.name
    corrected(core, "variation", "title: ", "title: Any ")
    with pytest.raises(ak.LockError, match="variation"):
        ak.assemble(config, ak.Bank.load([pack], core=core), locked=lock)


def test_the_command_line_says_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The commands work on the core that ships, against which the example packs were written."""
    pack = tmp_path / "anyshire-icb"
    shutil.copytree(ROOT / "examples" / "packs" / "anyshire-icb", pack)
    assert run(["pack", "upgrade", str(pack)]) == 0
    said = capsys.readouterr().out
    assert "0 to move, 0 in conflict" in said
    assert run(["pack", "diff", str(pack), "--clause", "learning"]) == 0
    said = capsys.readouterr().out
    assert "changes clause learning" in said
    assert "access" not in said


def test_the_core_that_ships_is_published() -> None:
    """Whoever changes a published clause of the core begins a new version first: `pack revise`, then `pack publish`."""
    from agreementkit.bank.bank import core_folder

    assert publish_pack(core_folder()) == ()
