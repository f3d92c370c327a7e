"""The wheel, not the checkout: it ships the clauses and templates byte for byte, and works on its own."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.packaging


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)],
        check=True,
        capture_output=True,
    )
    return next(out.glob("*.whl"))


@pytest.mark.parametrize("folder", ["clauses", "templates", "examples"])
def test_data_is_shipped_byte_for_byte(wheel: Path, folder: str) -> None:
    tracked = subprocess.run(["git", "ls-files", folder], cwd=ROOT, capture_output=True, text=True, check=False)
    names = tracked.stdout.split() or [
        p.relative_to(ROOT).as_posix() for p in (ROOT / folder).rglob("*") if p.is_file()
    ]
    if folder == "examples":  # the cases to start from, and nothing of what lies beside them
        names = [name for name in names if name.count("/") == 1 and name.endswith(".yaml")]
    with zipfile.ZipFile(wheel) as archive:
        shipped = {n for n in archive.namelist() if n.startswith(f"agreementkit/_data/{folder}/")}
        assert shipped == {f"agreementkit/_data/{name}" for name in names}
        for name in names:
            assert archive.read(f"agreementkit/_data/{name}") == (ROOT / name).read_bytes(), name


def test_the_wheel_carries_types_and_licences(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert "agreementkit/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert any(name.endswith("licenses/clauses/LICENSE") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "docs/", "examples/"))]


def test_the_installed_wheel_builds_an_agreement_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    """Dependencies come from this environment; the package itself only from the wheel."""
    home = tmp_path / "venv"
    venv.create(home, with_pip=False, system_site_packages=False)
    site = next((home / "lib").glob("python3*")) / "site-packages"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    here = [p for p in sys.path if p.endswith("site-packages")]
    (site / "dependencies.pth").write_text("\n".join(here), encoding="utf-8")
    config = tmp_path / "agreement.yaml"
    config.write_text("employers: [{name: Anytown Council, kind: council}]\nunions: [unison]\n", encoding="utf-8")
    command = "import agreementkit, sys; print(agreementkit.__file__); from agreementkit.cli import main; main()"
    done = subprocess.run(
        [str(home / "bin" / "python"), "-c", command, "build", str(config), "-o", "made", "--pages", "off"],
        cwd=tmp_path,
        env={key: value for key, value in os.environ.items() if key != "PYTHONPATH"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert str(site) in done.stdout
    assert sorted(p.name for p in (tmp_path / "made").iterdir()) == [
        "partnership-agreement.docx",
        "partnership-agreement.md",
        "recognition-agreement.docx",
        "recognition-agreement.md",
    ]
