"""Every page with commands can be followed: what it says to run, runs."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
from docx import Document
from followed import ROOT, commands, follow, is_followed

from agreementkit.cli.app import app
from agreementkit.proof import Proof

SHOWN = ROOT / "docs" / "reference" / "command-line.md"
DOCUMENTS = [*sorted((ROOT / "docs").rglob("*.md")), *sorted(ROOT.glob("examples/packs/*/README.md"))]
ELSEWHERE = {"customise-a-clause.md", "first-agreement.md"}  # followed by tests that also look at what comes out
PAGES = [page for page in DOCUMENTS if page != SHOWN and page.name not in ELSEWHERE and is_followed(page)]


@pytest.fixture(autouse=True)
def _somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    # The proof takes minutes, and tests/proof looks at it; here it is only asked for.
    monkeypatch.setattr("agreementkit.proof.prove", lambda *_, **__: Proof())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_page_can_be_followed(page: Path, tmp_path: Path) -> None:
    assert follow(page, tmp_path)


def test_the_tutorial_ends_with_what_it_promises(tmp_path: Path) -> None:
    ran = follow(ROOT / "docs" / "tutorial" / "first-agreement.md", tmp_path)
    refused = next(one for one in ran if one.code == 1)
    assert refused.err.count("AK720") == 2
    assert "2 values are still blank" in ran[0].err
    draft, final = (
        "".join(Document(str(tmp_path / folder / "recognition-agreement.docx")).element.itertext()).replace("\xa0", " ")
        for folder in ("out", "signed")
    )
    assert "300 hours a year" in draft
    assert "300 hours a year" in final
    assert "[●]" not in final
    assert "24 November 2026" in final
    assert sorted(path.name for path in (tmp_path / "signed").iterdir()) == [
        "partnership-agreement.docx",
        "recognition-agreement.docx",
    ]


@pytest.mark.parametrize("line", commands(SHOWN))
def test_the_examples_of_the_help_are_commands_that_there_are(line: str) -> None:
    _, *words = shlex.split(re.split(r" >>? ", line)[0])
    command: click.Command = app
    while isinstance(command, click.Group):
        command, words = command.commands[words[0]], words[1:]
    command.make_context(command.name, words)  # raises where an option or an argument is wrong
