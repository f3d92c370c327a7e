"""What the documents say is true: their Python runs, their YAML is valid, their links lead somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


def _blocks(language: str) -> list[tuple[str, str]]:
    found = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for number, match in enumerate(FENCE.finditer(text)):
            if match[1] == language:
                found.append((f"{page.relative_to(ROOT)}#{number}", match[2]))
    return found


@pytest.mark.parametrize(("name", "code"), _blocks("python"), ids=[n for n, _ in _blocks("python")])
def test_python_in_the_documents_runs(name: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    exec(compile(code, name, "exec"), {})  # noqa: S102 - our own documents


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"`[^`\n]*`", "", text)
    missing = [link for link in LINK.findall(text) if not (page.parent / link).exists()]
    assert not missing


def test_the_ten_line_configuration_of_the_readme_is_complete() -> None:
    from agreementkit import Config, assemble

    (_, text) = next(block for block in _blocks("yaml") if block[0].startswith("README"))
    agreements = assemble(Config.from_yaml(text))
    assert agreements.report.ok
    assert len(text.strip().splitlines()) <= 10


def test_every_diagnostic_code_is_documented_and_every_documented_code_exists() -> None:
    page = (ROOT / "docs" / "reference" / "diagnostics.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| (AK\d{3}) ", page, re.MULTILINE))
    checks = (ROOT / "docs" / "reference" / "checks.md").read_text(encoding="utf-8")
    documented |= set(re.findall(r"^### (AK\d{3})$", checks, re.MULTILINE))
    used: set[str] = set()
    for path in (ROOT / "agreementkit").rglob("*.py"):
        used |= set(re.findall(r"\"(AK\d{3})\"", path.read_text(encoding="utf-8")))
    assert used == documented


def test_the_generated_pages_are_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "generate.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
