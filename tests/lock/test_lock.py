"""A locked set is made again byte for byte, and every kind of drift is refused with what differs."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from small import SMALL

import agreementkit as ak
from agreementkit.cli.app import run

CONFIG = """employers: [{name: Anytown Integrated Care Board, short: the ICB, kind: icb}]
unions: [unison, rcn]
agreements: [recognition, partnership]
packs: [anytown]
house_style: {template: house.yaml}
"""
FILES = {
    "agreement.yaml": CONFIG,
    "house.yaml": "template: house.docx\n",
    "anytown/pack.yaml": 'id: anytown\ntitle: Anytown\nversion: "1.0"\n',
    "anytown/README.md": "# Anytown\n",
    "anytown/scope.md": '---\namends: scope\nversion: "1.0"\nbase: "1.0"\n---\n## notes\n\n[^x]: {voice=law} Words.\n',
}
HOUSE = Path(ak.__file__).parents[1] / "templates" / "word" / "neutral.docx"
FORMATS = ("docx", "md", "json", "html")


@dataclass
class Desk:
    """A folder with a configuration, a pack, a house template, and a core of its own."""

    folder: Path

    @property
    def config(self) -> ak.Config:
        return ak.Config.load(self.folder / "agreement.yaml")

    def change(self, name: str, text: str | None) -> None:
        path = self.folder / name
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def lock(self) -> Path:
        return ak.Lock.of(self.config).write(ak.Lock.path_of(self.config))

    def locked(self) -> ak.AgreementSet:
        return ak.assemble(self.config, locked=True)

    def refused(self) -> list[ak.Diagnostic]:
        with pytest.raises(ak.LockError) as caught:
            self.locked()
        return list(caught.value.diagnostics)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    made = Desk(tmp_path / "desk")
    shutil.copytree(SMALL, made.folder / "clauses" / "core")
    monkeypatch.setattr("agreementkit.bank.bank.data_path", lambda _: made.folder / "clauses")
    for name, text in FILES.items():
        made.change(name, text)
    shutil.copy(HOUSE, made.folder / "house.docx")
    return made


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_a_locked_set_is_made_again_byte_for_byte(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    ak.assemble(desk.config).write(desk.folder / "signed", FORMATS, pages="off", with_findings=True)
    desk.lock()
    signed = contents(desk.folder / "signed")
    assert len(signed) == 8
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "2114380800")  # 2037: what is found then must not get in
    desk.locked().write(desk.folder / "again", FORMATS, pages="off", with_findings=True)
    assert contents(desk.folder / "again") == signed
    ak.assemble(desk.config).write(desk.folder / "free", FORMATS, pages="off", with_findings=True)
    assert contents(desk.folder / "free") != signed, "the day has no part in what is written, so nothing was tried"


def test_a_lock_is_written_alike_and_read_back_equal(desk: Desk) -> None:
    path = desk.lock()
    assert path == desk.folder / "agreement.lock.yaml"
    first = path.read_bytes()
    lock = ak.Lock.read(path)
    assert lock == ak.Lock.of(desk.config)
    assert [pack.id for pack in lock.packs] == ["small", "anytown"]
    assert set(lock.packs[1].files) == {"README.md", "pack.yaml", "scope.md"}
    assert set(lock.house.files) == {"house.yaml", "house.docx"}
    assert desk.lock().read_bytes() == first
    assert desk.locked().lock == lock


def test_line_ends_are_no_drift(desk: Desk) -> None:
    desk.lock()
    path = desk.folder / "anytown" / "scope.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert desk.locked()


MORE = '---\nid: more\nversion: "1.0"\ntitle: More\n---\n1.  Words.\n'


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("anytown/README.md", "# Other\n"), "the pack 'anytown' has changed: README.md changed"),
        (("anytown/more.md", MORE), "the pack 'anytown' has changed: more.md new"),
        (("anytown/scope.md", None), "the pack 'anytown' has changed: scope.md gone"),
        (
            ("anytown/pack.yaml", 'id: anytown\ntitle: Anytown\nversion: "1.1"\n'),
            "the pack 'anytown' has changed: version 1.0 was locked, here is 1.1; pack.yaml changed",
        ),
        (("clauses/core/body/more.md", MORE), "the pack 'small' has changed: body/more.md new"),
        (("agreement.yaml", CONFIG + "title: Another\n"), "the configuration is not the one that was locked"),
        (
            ("house.yaml", "template: house.docx\nstyles: {}\n"),
            "house.yaml is not the one that was locked: house.yaml changed",
        ),
        (
            ("house.docx", "no Word file"),
            "the house template house.yaml is not the one that was locked: house.docx changed",
        ),
        (("house.docx", None), "house.yaml is not the one that was locked: house.yaml, house.docx gone"),
    ],
)
def test_every_kind_of_drift_is_refused_with_what_differs(
    desk: Desk, change: tuple[str, str | None], says: str
) -> None:
    desk.lock()
    assert desk.locked()
    desk.change(*change)
    found = desk.refused()
    assert [one.code for one in found] == ["AK276"]
    assert says in found[0].message
    assert len(found[0].hints) == 2
    assert found[0].place
    assert found[0].place.file.endswith("agreement.lock.yaml")
    assert found[0].place.line > 2


def test_another_version_of_agreementkit_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.lock()
    monkeypatch.setattr("agreementkit.lock.__version__", "9.9.9")
    (found,) = desk.refused()
    assert "locked with agreementkit 0.1.0; this is 9.9.9" in found.message
    assert "agreementkit==0.1.0" in found.hints[0]


def test_a_pack_more_a_pack_less_and_another_order_are_refused(desk: Desk) -> None:
    desk.change("second/pack.yaml", 'id: second\ntitle: Second\nversion: "1.0"\n')
    desk.lock()
    desk.change("agreement.yaml", CONFIG.replace("[anytown]", "[anytown, second]"))
    found = [one.message for one in desk.refused()]
    assert found[1:] == ["the pack 'second', version 1.0, is not locked"]
    desk.lock()
    desk.change("agreement.yaml", CONFIG.replace("[anytown]", "[second, anytown]"))
    found = [one.message for one in desk.refused()]
    assert found[1:] == ["the packs lie in another order than was locked: small, second, anytown"]
    desk.change("agreement.yaml", CONFIG)
    found = [one.message for one in desk.refused()]
    assert found[1:] == ["the pack 'second', version 1.0, is locked and not here"]


def test_all_differences_come_at_once(desk: Desk) -> None:
    desk.lock()
    desk.change("agreement.yaml", CONFIG + "title: Another\n")
    desk.change("anytown/README.md", "# Other\n")
    desk.change("house.yaml", "template: house.docx\nstyles: {}\n")
    assert len(desk.refused()) == 3


def test_a_pack_that_broke_is_told_as_drift_first(desk: Desk) -> None:
    desk.lock()
    desk.change("anytown/more.md", "no front matter")
    assert [one.code for one in desk.refused()] == ["AK276", "AK201"]


def test_a_pack_that_is_gone_is_told_as_drift_first(desk: Desk) -> None:
    desk.lock()
    shutil.rmtree(desk.folder / "anytown")
    assert [one.code for one in desk.refused()] == ["AK276", "AK245"]


def test_a_pack_that_was_broken_when_it_was_locked_is_a_broken_pack(desk: Desk) -> None:
    lock = ak.Lock.of(desk.config)
    desk.change("anytown/more.md", "no front matter")
    files = ak.Bank.contents_of([desk.folder / "anytown"])[1]
    broken = lock.packs[1].model_copy(update={"digest": files.stamp.digest, "files": dict(files.files)})
    lock = lock.model_copy(update={"packs": (lock.packs[0], broken)})
    with pytest.raises(ak.BankError, match="AK201"):
        ak.assemble(desk.config, locked=lock)


def test_the_same_pack_from_elsewhere_is_told(desk: Desk) -> None:
    desk.lock()
    bank = ak.Bank.load([shutil.copytree(desk.folder / "anytown", desk.folder / "elsewhere")])
    with pytest.raises(ak.LockError, match="was locked as anytown and is read from elsewhere"):
        ak.assemble(desk.config, bank, locked=True)


def test_another_template_by_hand_is_refused_and_nothing_is_written(desk: Desk) -> None:
    desk.lock()
    with pytest.raises(ak.LockError, match="leave `--template` out"):
        desk.locked().write(desk.folder / "out", template="nhs")
    assert not (desk.folder / "out").exists()
    assert desk.locked().write(desk.folder / "out", ["md"], template=desk.folder / "house.yaml")


def test_recorded_files_have_to_come_out_the_same(desk: Desk) -> None:
    agreements = ak.assemble(desk.config)
    agreements.write(desk.folder / "signed", FORMATS, notes="companion", pages="off")
    lock = ak.Lock.of(desk.config).with_outputs(agreements, desk.folder / "signed")
    assert set(lock.outputs) == set(contents(desk.folder / "signed"))
    assert "recognition-agreement-guide.docx" in lock.outputs
    lock.write(ak.Lock.path_of(desk.config))
    desk.locked().write(desk.folder / "again", FORMATS, notes="companion", pages="off")
    with pytest.raises(ak.LockError) as caught:
        desk.locked().write(desk.folder / "other", ["md"])
    assert {one.code for one in caught.value.diagnostics} == {"AK277"}
    assert len(caught.value.diagnostics) == 2
    assert not (desk.folder / "other").exists()


def test_files_of_another_set_are_not_recorded(desk: Desk) -> None:
    ak.assemble(desk.config).write(desk.folder / "old", ["docx", "json"], pages="off")
    desk.change("agreement.yaml", CONFIG + "title: Another\n")
    agreements = ak.assemble(desk.config)
    with pytest.raises(ak.LockError) as caught:
        ak.Lock.of(desk.config).with_outputs(agreements, desk.folder / "old")
    assert len(caught.value.diagnostics) == 4
    assert all("made from something else: configuration" in one.message for one in caught.value.diagnostics)
    with pytest.raises(ak.LockError, match="AK275"):
        ak.Lock.of(desk.config).with_outputs(agreements, desk.folder)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda text: text.replace("format: 1", "format: 2"), "format"),
        (lambda text: text.replace("small", "Small Bank", 1), "packs.0.id"),
        (lambda text: text + "more: 1\n", "unknown key 'more'"),
        (lambda text: text.replace("configuration:", "configuration: x #"), "'configuration' is not written"),
        (lambda _: "", "the key 'agreementkit' is missing"),
        (lambda _: "[1, 2]\n", "valid dictionary"),
        (lambda text: text + "  - }", "AK1"),
    ],
)
def test_a_spoilt_lock_is_refused_with_a_next_step(desk: Desk, spoil: Callable[[str], str], says: str) -> None:
    path = desk.lock()
    path.write_text(spoil(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(ak.LockError) as caught:
        ak.Lock.read(path)
    assert any(says in one.render() for one in caught.value.diagnostics), caught.value
    assert all(one.hints for one in caught.value.diagnostics)


def test_a_lock_cannot_bring_control_characters_to_the_terminal(desk: Desk) -> None:
    path = desk.lock()
    text = path.read_text(encoding="utf-8").replace("    scope.md:", '    "\\e]0;x\\a":')
    path.write_text(text, encoding="utf-8")
    desk.change("anytown/README.md", "# Other\n")
    (found,) = desk.refused()
    assert "x\\x07' gone" in found.message
    assert found.message.isprintable()


def test_without_a_lock_file_nothing_is_locked(desk: Desk) -> None:
    (found,) = desk.refused()
    assert (found.code, found.hints) == ("AK275", ("write it with `agreementkit lock CONFIG`",))
    with pytest.raises(ak.LockError, match="read from no file"):
        ak.assemble(ak.Config.from_yaml(CONFIG), locked=True)


def test_the_commands(desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk.folder)
    assert run(["build", "agreement.yaml", "--locked", "-q"]) == 1
    assert "AK275" in capsys.readouterr().err
    assert run(["lock", "agreement.yaml"]) == 0
    assert capsys.readouterr().out.startswith("agreement.lock.yaml  (small 0.1.0, anytown 1.0: ")
    assert run(["build", "agreement.yaml", "--locked", "-q", "--format", "md"]) == 0
    assert run(["lock", "agreement.yaml", "--outputs", "out", "-q"]) == 0
    assert set(ak.Lock.read("agreement.lock.yaml").outputs) == set(contents(desk.folder / "out"))
    assert run(["check", "agreement.yaml", "--locked"]) == 0
    capsys.readouterr()
    desk.change("anytown/README.md", "# Other\n")
    assert run(["check", "agreement.yaml", "--locked"]) == 1
    assert "README.md changed" in capsys.readouterr().err
    assert run(["lock", "agreement.yaml"]) == 0
    assert "until now: the pack 'anytown' has changed: README.md changed" in capsys.readouterr().out
    assert run(["check", "agreement.yaml", "--locked", "--agreed-only"]) == 1
    assert "AK272" in capsys.readouterr().err
    assert run(["build", "agreement.yaml", "--agreed-only", "-o", "none", "-q"]) == 1
    assert not (desk.folder / "none").exists()
