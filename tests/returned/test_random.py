"""Random edits of a Word file: every word that was put in or struck out is in an edit at the right clause."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from test_returned import agreement, sent

from agreementkit.returned import Returned
from agreementkit.returned.parts import Parts
from agreementkit.returned.story import VIEWS, Story
from agreementkit.testing import edits
from agreementkit.testing.script import Made, Script
from agreementkit.writers import WRITERS, WriteOptions

FILES = 60


@pytest.mark.parametrize("precedent", ["recognition", "partnership"])
def test_no_edit_is_lost(precedent: str) -> None:
    kinds: set[str] = set()
    missed = []
    for seed in range(FILES // 2):
        script = Script(sent(precedent), agreement(precedent).document, seed)
        found = Returned.read(script.run(6), agreement(precedent)).edits
        kinds |= {one.what for one in script.made}
        missed += [f"seed {seed}: {said}" for one in script.made if (said := edits.lost(one, found))]
    assert missed == []
    assert len(kinds) > 15


def test_an_edit_that_is_not_found_is_told() -> None:
    script = Script(sent(), agreement().document, 1)
    found = Returned.read(script.run(6), agreement()).edits
    made = next(one for one in script.made if one.inserted)
    assert edits.lost(made, found) == ""
    assert "zq" in edits.lost(made, [])
    elsewhere = Made(made.what, "no-such-clause", made.inserted)
    assert edits.lost(elsewhere, found)
    assert "no merged" in edits.lost(Made("merge", made.division, kinds=("merged",)), [])


def test_the_same_seed_makes_the_same_file() -> None:
    one, other = (Script(sent(), agreement().document, 5) for _ in range(2))
    assert one.run(4)[-200:] == other.run(4)[-200:]
    assert one.made == other.made


def test_the_long_run_prints_its_table(tmp_path: Path) -> None:
    word, data = tmp_path / "sent.docx", tmp_path / "sent.json"
    word.write_bytes(sent())
    data.write_bytes(WRITERS["json"].write(agreement().document, WriteOptions()))
    done = CliRunner().invoke(edits.main, [str(word), str(data), "--count", "2"])
    assert done.exit_code == 0, done.output
    assert "| Edit | made | found at its clause |" in done.output


def test_what_the_walk_notes_of_a_paragraph_is_true_of_its_pieces() -> None:
    seen = set()
    for seed in range(6):
        content = Script(sent(), agreement().document, seed).run(12)
        for one in Story.read(Parts.open(content, "a file").document()).paragraphs:
            assert one.touched == any(it.ins or it.gone or it.look for it in one.pieces)
            assert one.numbered == any(it.target for it in one.pieces)
            assert all(one.text(view) == "".join(it.text for it in one.pieces if it.seen(view)) for view in VIEWS)
            seen.add((one.touched, one.numbered))
    assert len(seen) == 4
