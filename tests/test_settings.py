"""Every setting does something: a clause asks for it, or the code does."""

from __future__ import annotations

import re
from pathlib import Path

from agreementkit.config.paths import all_paths

ROOT = Path(__file__).parent.parent
# Settings that act through something worked out from them, which clauses then use.
BEHIND_SOMETHING = {
    "employers.nhs": "is_nhs",
    "employers.governing_body": "board",
    "hosting.host": "host_employer",
    "unions.article": "called",
    "unions.parents": "parent_names",
    "notes.authors.drafter": "the label of a voice, looked up by the voice's name",
}


def test_every_setting_is_used() -> None:
    words = "\n".join(
        path.read_text("utf-8")
        for path in (ROOT / "clauses" / "core").rglob("*")
        if path.suffix in (".md", ".yaml") and path.name not in ("law.yaml", "unions.yaml", "requirements.yaml")
    )
    code = "\n".join(
        path.read_text("utf-8") for path in (ROOT / "agreementkit").rglob("*.py") if "config" not in path.parts
    )
    unused = []
    for path, found in all_paths():
        if found.computed or found.model is not None or path in BEHIND_SOMETHING:
            continue
        leaf = path.split(".")[-1]
        in_words = re.search(rf"\b{re.escape(path)}\b|\.{leaf}\b|'{leaf}'", words)
        if not in_words and not re.search(rf"\.{leaf}\b", code):
            unused.append(path)
    assert not unused
