"""Words as search compares them: which forms are one word, and which stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreementkit.searching.words import SMALL_WORDS, stem, words_in

TOGETHER = [
    "ballot ballots balloted balloting",
    "negotiate negotiates negotiated negotiating negotiation negotiations",
    "consult consults consulted consulting consultation consultations",
    "union unions union's",
    "policy policies",
    "apply applies applied applying",
    "time times timed timing",
    "use uses used using",
    "agree agrees agreed agreeing",
    "control controls controlled controlling",
    "plan plans planned planning",
    "travel travelled travelling",
    "call calls called",
    "process processes processed",
    "notice notices noticed",
    "mediation mediate mediated",
]
APART = [
    "employer employment employee employ",
    "office officer",
    "informal information",
    "represent representative",
    "note not",
    "person personal",
    "status state",
]


@pytest.mark.parametrize("words", TOGETHER)
def test_forms_of_one_word_are_one(words: str) -> None:
    assert len({stem(word) for word in words.split()}) == 1, {word: stem(word) for word in words.split()}


@pytest.mark.parametrize("words", APART)
def test_words_of_other_meaning_stay_apart(words: str) -> None:
    assert len({stem(word) for word in words.split()}) == len(words.split()), {w: stem(w) for w in words.split()}


def test_words_are_cut_at_everything_else() -> None:
    found = words_in("Time-off: union’s time_off.pool_hours (s.168)")
    assert [word.plain for word in found] == ["time", "off", "union's", "time", "off", "pool", "hours", "s", "168"]


@given(st.text(max_size=80))
def test_every_word_is_where_it_says(text: str) -> None:
    for word in words_in(text):
        assert text[word.start : word.end].casefold().replace("’", "'") == word.plain
        assert word.stem
        assert word.small is (word.plain in SMALL_WORDS)
