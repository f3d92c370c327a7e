"""House styles that a pack brings: named by `pack-id:style`, read as bytes from wherever the pack is kept."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import pytest

import agreementkit as ak
from agreementkit.bank.files import MAX_HOUSE
from agreementkit.cli.app import run

EXAMPLE = Path("examples/packs/anyshire-icb")
CONFIG = """employers: [{name: Body of Anytown}]
unions: [rcn]
packs: [PACK]
agreements: [partnership]
house_style: {template: "own:letter"}
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "anytown"
    (folder / "house-style").mkdir(parents=True)
    (folder / "pack.yaml").write_text('id: own\ntitle: A pack\nversion: "1.0"\n')
    shutil.copy(EXAMPLE / "house-style" / "anyshire.docx", folder / "house-style" / "file.docx")
    (folder / "house-style" / "letter.yaml").write_text("template: file.docx\n")
    return folder


_LOOK = re.compile(r"word/(styles|numbering|header|footer|theme)")


def zipped(folder: Path) -> Path:
    path = folder.parent / "anytown.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(folder.rglob("*")):
            archive.write(file, file.relative_to(folder.parent))
    return path


def written(pack: Path, template: str = "own:letter") -> dict[str, bytes]:
    """Return the parts of the agreement that say how it looks."""
    file = pack.parent / "agreement.yaml"
    file.write_text(CONFIG.replace("PACK", pack.name).replace("own:letter", template))
    agreements = ak.assemble(ak.Config.load(file))
    (one,) = agreements.write(pack.parent / "out", formats=["docx"], pages="off")
    with zipfile.ZipFile(one.path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if _LOOK.match(name)}


def fault(pack: Path, template: str = "own:letter") -> ak.Diagnostic:
    with pytest.raises(ak.AgreementKitError) as error:
        written(pack, template)
    assert not (pack.parent / "out").exists()
    (found,) = error.value.diagnostics
    assert found.hints
    return found


def test_a_folder_a_zip_file_and_a_path_give_the_same_file(pack: Path) -> None:
    by_path = written(pack, "anytown/house-style/letter.yaml")
    assert written(pack) == by_path
    assert written(pack, "own:file") == by_path, "the Word file alone, taken as it is"
    assert written(zipped(pack)) == by_path
    assert written(pack, "neutral") != by_path


def test_on_the_command_line(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(pack)
    out = pack.parent / "again"
    file = str(pack.parent / "agreement.yaml")
    assert run(["build", file, "--template", "own:file", "-o", str(out), "--format", "docx", "--pages", "off"]) == 0
    assert run(["template", "check", "own:letter", "--pack", str(pack)]) == 0
    assert "own/house-style/file.docx can be used" in capsys.readouterr().out


def test_names_that_lead_nowhere(pack: Path) -> None:
    found = fault(pack, "own:leter")
    assert found.code == "AK725"
    assert "letter" in found.hints[0]
    assert found.place is not None
    assert found.place.line == 5
    found = fault(pack, "owm:letter")
    assert (found.code, found.hints[0]) == ("AK725", "did you mean 'own'?")
    found = fault(pack, "lettre")
    assert found.code == "AK725"


def test_a_mapping_without_its_word_file(pack: Path) -> None:
    (pack / "house-style" / "letter.yaml").write_text("template: fil.docx\n")
    found = fault(pack)
    assert found.code == "AK632"
    assert found.hints == ("did you mean 'file.docx'?",)
    assert found.place is not None
    assert (found.place.file, found.place.line) == ("own/house-style/letter.yaml", 1)


@pytest.mark.parametrize("name", ["../../secret.docx", "/etc/secret.docx", "C:/secret.docx", "../pack.yaml"])
def test_a_mapping_that_leads_out(pack: Path, name: str) -> None:
    shutil.copy(pack / "house-style" / "file.docx", pack.parent / "secret.docx")
    (pack / "house-style" / "letter.yaml").write_text(f"template: {name}\n")
    assert fault(pack).code == "AK632"


def test_a_broken_mapping_and_a_broken_word_file(pack: Path) -> None:
    (pack / "house-style" / "letter.yaml").write_text("template: file.docx\nstyle: {}\n")
    assert fault(pack).code == "AK630"
    (pack / "house-style" / "letter.yaml").write_text("template: file.docx\n")
    (pack / "house-style" / "file.docx").write_bytes(b"PK nothing")
    assert fault(pack).code == "AK600"


def test_word_files_elsewhere_in_a_pack_are_not_read(pack: Path) -> None:
    (pack / "other.docx").write_bytes(b"\0" * (MAX_HOUSE + 1))
    bank = ak.Bank.load([pack])
    assert set(bank.houses["own"]) == {"letter.yaml", "file.docx"}


def test_a_word_file_that_is_too_large(pack: Path) -> None:
    (pack / "house-style" / "file.docx").write_bytes(b"\0" * (MAX_HOUSE + 1))
    found = fault(pack)
    assert (found.code, "larger than 5,000 kB" in found.message) == ("AK101", True)
