"""What is looked for in one text of the whole set is found in the passages that have it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from agreementkit import Config, assemble
from agreementkit.checks import Scene
from agreementkit.checks.typed import all_words, having, typed
from agreementkit.tree.nodes import Blank, Reference, Value
from agreementkit.tree.walk import division_inlines, divisions

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def scene() -> Scene:
    return assemble(Config.load(EXAMPLES / "small-company.yaml")).scene


@pytest.mark.parametrize("sign", ["(", "day", "“", re.compile(r"[,;:.?][,;:.]"), re.compile(r"\d"), "nowhere at all"])
def test_the_same_passages_as_one_by_one(scene: Scene, sign: re.Pattern[str] | str) -> None:
    pattern = re.compile(re.escape(sign)) if isinstance(sign, str) else sign
    for small in (False, True):
        expected = {
            number
            for number, one in enumerate(scene.passages)
            if pattern.search(one.words.lower() if small else one.words)
        }
        assert set(having(scene, sign, small=small)) == expected


def test_a_letter_without_a_small_twin_leaves_nothing_out(scene: Scene) -> None:
    odd = Scene(scene.config, scene.bank, scene.documents, scene.today)
    first, *rest = scene.passages
    odd.passages = (replace(first, words=f"{first.words} İ"), *rest)  # type: ignore[misc]  # a cached property
    assert len(having(odd, "nowhere at all", small=True)) == len(scene.passages)


def test_words_and_what_is_given_are_gathered_whole(scene: Scene) -> None:
    assert all_words(scene) == {word for one in typed(scene) for word in one.words}
    for document in scene.documents:
        plain = [
            (division.id, inline)
            for division in divisions(document)
            for inline in division_inlines(division)
            if isinstance(inline, Value | Blank | Reference)
        ]
        assert [one for one in scene.given[document.precedent] if one[0]] == plain
