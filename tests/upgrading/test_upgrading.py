"""What moves with the pack below it, what clashes, and what is published and kept; on a small core."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from upgraded import clause, corrected, states, written

import agreementkit as ak
from agreementkit.authoring import publish_pack, revise
from agreementkit.upgrading import State, apply_upgrade, upgrade

SMALL = Path(__file__).parents[1] / "banks" / "small"
REVIEW = """---
id: review
version: "1.0"
title: Review
---
1.  The {employer} will review this agreement within [a year][^first]. {#first-review}
2.  The parties will prepare each review. {#prepared}
3.  A review changes nothing by itself. {#changes}

[^first]: {voice=joint} The first year shows much.
"""
LEARNING = """---
id: learning
version: "1.0"
title: Learning
---
1.  People learn. {#x}
"""
DEFINITION = """---
id: learning
kind: definition
version: "1.0"
term: Learning
---
means to learn.
"""


@pytest.fixture
def core(tmp_path: Path) -> Path:
    folder = tmp_path / "core"
    shutil.copytree(SMALL, folder)
    (folder / "body" / "review.md").write_text(REVIEW, encoding="utf-8")
    (folder / "definitions" / "learning.md").write_text(DEFINITION, encoding="utf-8")
    (folder / "body" / "learning.md").write_text(LEARNING, encoding="utf-8")
    publish_pack(folder)
    return folder


def test_a_clause_that_was_replaced_takes_what_only_the_core_has_changed(tmp_path: Path, core: Path) -> None:
    pack = tmp_path / "own"
    written(pack, core)
    source = ak.Bank.load(core=core)["review"]
    text = (
        clause(core, "review")
        .read_text(encoding="utf-8")
        .replace('version: "1.0"', f'version: "1.0"\nreplaces: "1.0"\nbase_hash: {source.digest[:16]}', 1)
    )
    ours = text.replace("3.  A review changes nothing by itself.", "3.  A review alone changes nothing.")
    (pack / "review.md").write_text(ours, encoding="utf-8")
    corrected(core, "review", "2.  The parties will prepare", "2.  Together the parties will prepare")
    corrected(core, "review", "title: Review", "title: Reviews")
    found, paths = apply_upgrade(pack, core=core)
    assert states(found) == {"review": State.CLEAN}
    assert paths == (pack / "review.md",)
    merged = (pack / "review.md").read_text(encoding="utf-8")
    assert "Together the parties" in merged
    assert "A review alone changes nothing." in merged
    assert "title: Reviews\n" in merged
    assert ak.Bank.load([pack], core=core)["review"].front.title == "Reviews"

    corrected(core, "review", "A review changes nothing by itself.", "No review changes anything.")
    found, _ = apply_upgrade(pack, core=core)
    assert [(one.at, "alone" in one.ours, "by itself" in one.base) for one in found.conflicts[0].clashes] == [
        ("#changes", True, True)
    ]
    assert "<<<<<<< own 1.0" in (pack / "review.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("body", "id_", "old", "new", "at"),
    [
        ("## remove #changes\n", "review", "A review changes nothing", "No review changes a thing", "#changes"),
        ("## remove ^first\n", "review", "The first year", "The second year", "^first"),
        ("## after #changes\n\n1.  Ours. {#own}\n", "review", "{#changes}", "{#changes-made}", "#changes"),
        ("## after #changes\n\n1.  Ours. {#own}\n", "review", "{#changes}", "{#changes}\n5.  Theirs. {#own}", "#own"),
        ("## after #changes\n\n1.  Ours. {#own}\n", "review", "A review changes", "No review changes", ""),
    ],
)
def test_what_clashes(tmp_path: Path, core: Path, body: str, id_: str, old: str, new: str, at: str) -> None:
    written(tmp_path / "own", core, **{id_: body})
    corrected(core, id_, old, new)
    (move,) = upgrade(tmp_path / "own", core=core).moves
    assert [clash.at for clash in move.clashes] == ([at] if at else [])
    assert move.state is (State.CONFLICT if at else State.CLEAN)


def test_what_is_not_sound_any_more_does_not_move(tmp_path: Path, core: Path) -> None:
    """The paragraph is as it was, but the note that our words carry has another owner now."""
    written(
        tmp_path / "own",
        core,
        review="## after #first-review\n\n1.  See [it][^seen]. {#own}\n\n[^seen]: {voice=joint} So.\n",
    )
    corrected(
        core, "review", "{#prepared}\n", "{#prepared}\n9.  [More][^seen]. {#more}\n\n[^seen]: {voice=joint} No.\n\n"
    )
    found, _ = apply_upgrade(tmp_path / "own", core=core)
    assert [clash.at for clash in found.moves[0].clashes] == ["^seen"]


def test_a_pack_that_would_refer_to_what_is_gone_does_not_move(tmp_path: Path, core: Path) -> None:
    written(tmp_path / "own", core, review="## remove #prepared\n")
    corrected(core, "review", "{#changes}", "{#changes}\n4.  See @/prepared. {#more}")
    found = upgrade(tmp_path / "own", core=core)
    assert [one.code for one in found.left] == ["AK255"]  # the fault stands in the core's file, for the pack to answer
    assert "which pack 'own' removes" in found.left[0].message


def test_a_wording_that_was_not_kept_is_a_conflict_and_nothing_is_written(tmp_path: Path, core: Path) -> None:
    written(tmp_path / "own", core, review="## remove #changes\n")
    corrected(core, "review", "A review changes", "No review changes")
    shutil.rmtree(core / "history")
    found, paths = apply_upgrade(tmp_path / "own", core=core)
    assert not paths
    assert found.moves[0].theirs is None
    assert "was not kept" in found.moves[0].clashes[0].why


def test_clauses_that_are_gone(tmp_path: Path, core: Path) -> None:
    written(tmp_path / "own", core, learning="## remove #x\n")
    (tmp_path / "own" / "withdrawn.yaml").write_text(
        'withdrawn:\n  - {clause: lessons, base: "1.0", because: Not ours.}\n', encoding="utf-8"
    )
    text = (tmp_path / "own" / "learning.md").read_text(encoding="utf-8")
    (tmp_path / "own" / "learning.md").write_text(text.replace("learning", "learnings"), encoding="utf-8")
    found, paths = apply_upgrade(tmp_path / "own", core=core)
    assert {move.what: move.state for move in found.moves} == {
        "clause learnings": State.CONFLICT,
        "clause lessons": State.CONFLICT,
    }
    assert "did you mean 'learning'" in found.moves[0].clashes[0].why
    assert not paths


def test_a_zip_file_is_not_changed_in_place(tmp_path: Path, core: Path) -> None:
    written(tmp_path / "own", core, review="## remove #changes\n")
    shutil.make_archive(str(tmp_path / "zipped"), "zip", tmp_path / "own")
    assert upgrade(tmp_path / "zipped.zip", core=core).moves[0].state is State.UNCHANGED
    with pytest.raises(ak.OutputError, match="AK262"):
        apply_upgrade(tmp_path / "zipped.zip", core=core)


def test_published_wordings_do_not_change(tmp_path: Path, core: Path) -> None:
    path = clause(core, "review")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("A review changes", "No review changes"), encoding="utf-8")
    with pytest.raises(ak.OutputError, match=r"has changed since its version 1\.0 was published"):
        publish_pack(core)
    with pytest.raises(ak.OutputError, match="has changed since it was published"):
        revise(core, ["review"])
    path.write_text(text.replace('version: "1.0"', 'version: "1.1"', 1), encoding="utf-8")
    with pytest.raises(ak.OutputError, match="its wording is not kept"):
        publish_pack(core)
    path.write_text(text, encoding="utf-8")
    assert publish_pack(core) == ()
    with pytest.raises(ak.OutputError) as refused:
        revise(core, ["review", "revue", "learning"])
    said = [one.message for one in refused.value.diagnostics]
    assert said == ["'revue' means nothing in this pack", "'learning' means a clause and a definition"]
    assert not (core / "history" / "clauses").exists()
    kept, file = revise(core, ["review"])
    assert kept.read_text(encoding="utf-8") == text
    assert 'version: "1.1"' in file.read_text(encoding="utf-8")
    with pytest.raises(ak.OutputError, match="was never published"):
        revise(core, ["review"])


def test_a_list_of_published_wordings_that_is_none(tmp_path: Path, core: Path) -> None:
    written(tmp_path / "own", core, review="## remove #changes\n")
    corrected(core, "review", "A review changes", "No review changes")
    (core / "history" / "published.yaml").write_text("published:\n  - {shelf: clauses, id: X}\n", encoding="utf-8")
    for refused in (lambda: upgrade(tmp_path / "own", core=core), lambda: publish_pack(core)):
        with pytest.raises((ak.BankError, ak.OutputError)) as error:
            refused()
        assert {one.code for one in error.value.diagnostics} == {"AK261"}
