"""A name is text, whatever it looks like: it comes out of every format exactly as it went in."""

from __future__ import annotations

import html
import json
import re
import zipfile
from pathlib import Path

import markdown
import pytest
from built import HARD_NAMES, Built
from built import hard as hard_config
from lxml import etree

from agreementkit import AgreementSet, assemble

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Built:
    agreements: AgreementSet = assemble(hard_config())
    folder = tmp_path_factory.mktemp("hard")
    agreements.write(folder, ["docx", "md", "json", "html"], pages="off")
    return Built(agreements, folder)


def word_text(file: Path) -> str:
    with zipfile.ZipFile(file) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    return "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in root.iter(f"{W}p"))


@pytest.mark.parametrize("name", HARD_NAMES)
def test_a_hard_name_survives_in_every_format(hard: Built, name: str) -> None:
    for agreement in hard.agreements:
        assert name in word_text(hard.file(agreement, "docx"))
        rendered = markdown.markdown(hard.file(agreement, "md").read_text("utf-8"), extensions=["tables", "footnotes"])
        assert name in html.unescape(re.sub(r"<[^>]+>", "", rendered))
        assert json.dumps(name, ensure_ascii=False) in hard.file(agreement, "json").read_text("utf-8")
        page = hard.file(agreement, "html").read_text("utf-8")
        assert name in html.unescape(re.sub(r"<[^>]+>", "", page))


def test_same_input_same_bytes(hard: Built, tmp_path: Path) -> None:
    assemble(hard_config()).write(tmp_path, ["docx", "md", "json", "html"], pages="off")
    for made in sorted(tmp_path.iterdir()):
        assert made.read_bytes() == (hard.folder / made.name).read_bytes(), made.name
