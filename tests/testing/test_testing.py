"""The tools for tests: they see a difference where there is one, and give what they promise."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from small import configured, small_bank

import agreementkit as ak
from agreementkit.testing import configurations, fuzz, random_configuration, same_text
from agreementkit.testing.same_text import html_lines, markdown_lines, word_lines
from agreementkit.tree.nodes import Clause, Document, Number, Text
from agreementkit.tree.walk import map_document
from agreementkit.writers import WRITERS, WriteOptions


@pytest.fixture(scope="module")
def document() -> Document:
    return ak.assemble(configured(), small_bank())["recognition"].document


def written(document: Document, name: str) -> bytes:
    return WRITERS[name].write(document, WriteOptions())


def test_word_and_markdown_of_one_agreement_say_the_same(document: Document) -> None:
    word, markdown = written(document, "docx"), written(document, "md").decode()
    assert same_text(word, markdown) == []
    lines = word_lines(word)
    assert lines == markdown_lines(markdown)
    assert lines == html_lines(written(document, "html").decode())
    assert any(line.startswith("1. ") for line in lines)
    assert any(line.startswith("(a) ") for line in lines)


def test_another_word_and_another_number_are_seen(document: Document) -> None:
    def shout(division: object) -> object:
        if isinstance(division, Clause) and division.heading:
            return replace(division, heading=(*division.heading, Text(" indeed")))
        return division

    word = written(document, "docx")
    other = written(map_document(document, shout), "md").decode()  # type: ignore[arg-type]
    found = same_text(word, other)
    assert any("indeed" in line for line in found)

    def renumber(division: object) -> object:
        if isinstance(division, Clause) and division.number:
            label = str(division.number.path[-1] + 1)
            return replace(division, number=Number(division.number.path, label, f"{label}."))
        return division

    page = written(map_document(document, renumber), "html").decode()  # type: ignore[arg-type]
    assert html_lines(page) != word_lines(word)

    moved = written(map_document(document, renumber), "md").decode()  # type: ignore[arg-type]
    assert same_text(word, moved)


def test_a_run_over_random_configurations_finds_nothing() -> None:
    *_, last = fuzz(12, seed=5_000, workers=2)
    assert last.configurations == 12
    assert last.files >= 24
    assert last.faults == {}


@settings(max_examples=15, deadline=None)
@given(configurations)
def test_configurations_are_valid(config: ak.Config) -> None:
    assert ak.Config.model_validate(config.as_input()) == config


def test_a_seed_gives_the_same_configuration() -> None:
    assert random_configuration(7) == random_configuration(7) != random_configuration(8)
