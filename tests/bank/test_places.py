"""Where packs come from: folders, zip files, git checkouts and installed distributions."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from small import SMALL, clause_text

import agreementkit as ak
from agreementkit.bank.places import Named

MANIFEST = 'id: anytown\ntitle: Anytown\nversion: "2.0"\n'
MINIMAL = "employers: [{name: Anytown Integrated Care Board, short: the ICB, kind: icb}]\nunions: [unison, rcn]\n"


def write_pack(folder: Path) -> Path:
    """Write a pack with one clause of its own."""
    (folder / "body").mkdir(parents=True)
    (folder / "pack.yaml").write_text(MANIFEST, encoding="utf-8")
    (folder / "body" / "own.md").write_text(clause_text("own", "Words of Anytown."), encoding="utf-8")
    return folder


def zip_of(folder: Path, target: Path, under: str = "") -> Path:
    """Zip a folder; with `under` below a folder of that name."""
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, under + path.relative_to(folder).as_posix())
    return target


def install(
    site: Path, value: str = "anytown_pack.clauses", *, name: str = "anytown", dist: str = "anytown-pack"
) -> Path:
    """Write what an installer leaves behind, with a package that fails when imported; return the folder of the pack."""
    package = site / "anytown_pack"
    pack = package / "clauses"
    if not package.exists():
        write_pack(pack)
        (package / "__init__.py").write_text("raise SystemExit('the pack was imported')", encoding="utf-8")
    info = site / f"{dist.replace('-', '_')}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {dist}\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[agreementkit.packs]\n{name} = {value}\n", encoding="utf-8")
    listed = [path.relative_to(site).as_posix() for path in sorted(site.rglob("*")) if path.is_file()]
    (info / "RECORD").write_text("".join(f"{path},,\n" for path in listed), encoding="utf-8")
    return pack


def faults(*packs: str | Path | Named) -> list[ak.Diagnostic]:
    with pytest.raises(ak.BankError) as caught:
        ak.Bank.load(packs, core=SMALL)
    return list(caught.value.diagnostics)


def loaded(*packs: str | Path | Named) -> ak.Bank:
    bank = ak.Bank.load(packs, core=SMALL)
    assert bank.version == "small 0.1.0 + anytown 2.0"
    assert bank["own"].pack == "anytown"
    return bank


def test_a_folder_and_a_zip_file_of_it_are_the_same_pack(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "anytown")
    at_root = zip_of(folder, tmp_path / "root.zip")
    below = zip_of(folder, tmp_path / "BELOW.ZIP", "anytown/")
    digests = {loaded(place)["own"].digest for place in (folder, at_root, below, str(folder))}
    assert len(digests) == 1
    assert loaded(below)["own"].file == "BELOW.ZIP/body/own.md"


def test_what_machines_leave_in_folders_and_zip_files_is_not_looked_at(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "anytown")
    for name in (
        ".github/tool.py",
        "__MACOSX/._own.md",
        "body/.own.md.swp",
        "body/__pycache__/x.pyc",
        ".venv/bin/python",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"\x7fELF")
    (folder / ".hidden").symlink_to("/etc")
    (folder / "logo.png").write_bytes(b"\x89PNG")
    (folder / "README.md").write_text("Not a clause.", encoding="utf-8")
    loaded(folder)
    (folder / ".hidden").unlink()
    loaded(zip_of(folder, tmp_path / "a.zip"))


def test_a_git_checkout_is_a_folder(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "anytown")
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    (folder / ".git" / "hooks" / "post-checkout.py").write_text("raise SystemExit", encoding="utf-8")
    loaded(folder)


def test_an_installed_pack_is_found_by_name_and_never_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path / "site")
    monkeypatch.syspath_prepend(tmp_path / "site")
    monkeypatch.chdir(tmp_path)
    for name in ("installed:anytown", "anytown", Path("anytown")):
        assert loaded(name)["own"].file == "installed:anytown/body/own.md"
    assert "anytown_pack" not in sys.modules


def test_an_editable_installation_is_found_without_its_list_of_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path / "source")
    install(tmp_path / "site")
    (tmp_path / "site" / "anytown_pack").rename(tmp_path / "gone")
    for path in (tmp_path / "source").glob("*.dist-info/*"):
        path.unlink()
    monkeypatch.syspath_prepend(tmp_path / "source")
    monkeypatch.syspath_prepend(tmp_path / "site")
    loaded("installed:anytown")
    assert "anytown_pack" not in sys.modules


def test_a_path_comes_before_an_installed_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path / "site")
    monkeypatch.syspath_prepend(tmp_path / "site")
    monkeypatch.chdir(tmp_path)
    write_pack(tmp_path / "anytown")
    assert loaded("anytown")["own"].file == "anytown/body/own.md"


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("anytown_pack", "there is no pack.yaml"),
        ("anytown_pack.elsewhere", "there is no pack.yaml"),
        ("no_such_package", "there is no pack.yaml"),
        ("anytown_pack.clauses:folder", "which is no package"),
        ("../anytown_pack", "which is no package"),
    ],
)
def test_an_entry_point_that_leads_nowhere(
    value: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path / "site", value)
    monkeypatch.syspath_prepend(tmp_path / "site")
    (found,) = faults("installed:anytown")
    assert found.code == "AK245"
    assert says in found.message
    assert "anytown-pack" in found.hints[0]
    assert "anytown_pack" not in sys.modules


def test_a_name_that_two_distributions_offer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path / "site")
    install(tmp_path / "site", dist="other-pack")
    monkeypatch.syspath_prepend(tmp_path / "site")
    (found,) = faults("anytown")
    assert (found.code, "anytown-pack and other-pack" in found.message) == ("AK245", True)


def test_a_package_with_python_beside_its_clauses_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = install(tmp_path / "site")
    (pack / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path / "site")
    assert [(d.code, str(d.place)) for d in faults("anytown")] == [("AK204", "installed:anytown/__init__.py")]


def test_what_is_not_there_gets_the_nearest_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path / "site")
    monkeypatch.syspath_prepend(tmp_path / "site")
    write_pack(tmp_path / "packs" / "northtown")
    for name in ("packs/northtwn", "packs/northtown/", "anytwon", "installed:anytwon"):
        named = Named(name, tmp_path)
        if name == "packs/northtown/":
            loaded(named)
            continue
        (found,) = faults(named)
        assert found.code == "AK245"
        assert "did you mean 'northtown'?" in found.hints or "did you mean 'anytown'?" in found.hints


def test_a_file_that_is_no_pack(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text(MANIFEST, encoding="utf-8")
    (found,) = faults(tmp_path / "pack.yaml")
    assert (found.code, found.hints) == ("AK245", ("name the folder that holds pack.yaml, or a .zip file of it",))


def test_a_folder_without_a_manifest(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (found,) = faults(tmp_path / "empty")
    assert (found.code, str(found.place)) == ("AK204", "empty")


def test_every_pack_that_is_wrong_is_reported_at_once(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    codes = [d.code for d in faults(tmp_path / "a", tmp_path / "b", "installed:nobody")]
    assert sorted(codes) == ["AK204", "AK245", "AK245"]


def test_packs_of_a_configuration_are_relative_to_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_pack(tmp_path / "project" / "packs" / "anytown")
    file = tmp_path / "project" / "agreement.yaml"
    file.write_text(MINIMAL + "packs: [packs/anytown]\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    config = ak.Config.load("project/agreement.yaml")
    monkeypatch.chdir("/")  # where the file was stays known
    assert ak.assemble(config).bank.version.endswith(" + anytown 2.0")


def test_a_pack_that_is_not_there_is_reported_where_the_configuration_names_it(tmp_path: Path) -> None:
    file = tmp_path / "agreement.yaml"
    file.write_text(MINIMAL + "packs:\n  - packs/anytown\n", encoding="utf-8")
    with pytest.raises(ak.BankError) as caught:
        ak.assemble(ak.Config.load(file))
    (found,) = caught.value.diagnostics
    assert (found.code, str(found.place)) == ("AK245", f"{file}:4:5")


def test_packs_of_a_configuration_without_a_file_are_relative_to_where_the_program_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pack(tmp_path / "anytown")
    monkeypatch.chdir(tmp_path)
    config = ak.Config.from_yaml(MINIMAL + "packs: [anytown]\n")
    assert ak.assemble(config).bank.version.endswith(" + anytown 2.0")
