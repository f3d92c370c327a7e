"""Word by word: every difference is shown, what is shown can be put together again, and it stays readable."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from agreementkit.comparing.paper import marked
from agreementkit.comparing.words import Token, same_words, text_of, tokens, tokens_of, word_pieces
from agreementkit.testing.trees import inlines
from agreementkit.tree.nodes import Blank, Reference, ReferencePart, Text
from agreementkit.tree.walk import plain_text

SOME = st.lists(
    st.sampled_from(["the", "a", "notice", "of", "six", "three", "months", "[●]", ",", ".", "will", "not"]), max_size=30
).map(" ".join)


def said(old: str, new: str) -> str:
    return marked(word_pieces(tuple(tokens_of(old)), tuple(tokens_of(new))))


@given(SOME, SOME)
def test_the_pieces_are_both_texts_and_mark_every_difference(old: str, new: str) -> None:
    before, now = tuple(tokens_of(old)), tuple(tokens_of(new))
    pieces = word_pieces(before, now)
    assert "".join(piece.old for piece in pieces) == old
    assert "".join(piece.new for piece in pieces) == new
    assert all(piece.old.split() == piece.new.split() for piece in pieces if piece.kind == "same")
    assert any(piece.kind != "same" for piece in pieces) == (old.split() != new.split())


@given(SOME, SOME)
def test_the_other_way_round_removed_and_added_change_places(old: str, new: str) -> None:
    there = word_pieces(tuple(tokens_of(old)), tuple(tokens_of(new)))
    back = word_pieces(tuple(tokens_of(new)), tuple(tokens_of(old)))
    assert {p.kind for p in there if p.kind != "same"} == {
        {"added": "removed", "removed": "added"}[p.kind] for p in back if p.kind != "same"
    }


@given(inlines())
def test_tokens_are_the_text(run: tuple[object, ...]) -> None:
    assert text_of(tokens(run)) == plain_text(run)  # type: ignore[arg-type]


def test_a_changed_figure_is_one_word() -> None:
    old, new = "Notice of at least 6 months is given.", "Notice of at least 12 months is given."
    assert said(old, new) == "Notice of at least [-6-] {+12+} months is given."
    assert said("It costs 1,000 pounds.", "It costs 1,500 pounds.") == "It costs [-1,000-] {+1,500+} pounds."


def test_a_word_between_two_changes_is_shown_with_them() -> None:
    old = "The manager answers the request in writing within five days of getting it."
    new = "The director decides the matter in writing within five days of getting it."
    assert said(old, new).startswith("The [-manager answers the request-] {+director decides the matter+} in writing")


def test_texts_with_little_in_common_are_shown_whole() -> None:
    old, new = "The forum meets six times a year.", "Representatives may use e-mail, at no cost."
    assert said(old, new) == f"[-{old}-]{{+{new}+}}"


def test_a_sentence_that_went_leaves_its_space_behind() -> None:
    assert said("It stays. It ends. It goes on.", "It stays.") == "It stays. [-It ends. It goes on.-]"


def reference(number: str, target: str = "disputes") -> Reference:
    return Reference(target, (ReferencePart("clause "), ReferencePart(number, target)))


def test_a_reference_to_the_same_clause_is_the_same_under_another_number() -> None:
    old, new = (tokens((Text("See "), reference(number), Text("."))) for number in ("7", "8"))
    assert same_words(old, new)
    (piece,) = word_pieces(old, new)
    assert (piece.kind, piece.old, piece.new) == ("same", "See clause 7.", "See clause 8.")


def test_a_reference_to_another_clause_is_another_word() -> None:
    old, new = (tokens((Text("See "), reference("7", target), Text("."))) for target in ("disputes", "status-quo"))
    assert [piece.kind for piece in word_pieces(old, new)] == ["same", "removed", "added", "same"]


def test_a_blank_that_was_filled_is_shown() -> None:
    old, new = tokens((Text("From "), Blank("dates.commencement"))), tokens((Text("From 1 May 2027"),))
    assert marked(word_pieces(old, new)) == "From [-[●]-]{+1 May 2027+}"


def test_far_too_long_texts_are_compared_at_their_ends_only() -> None:
    middle = tuple(Token(str(number), f"{number} ") for number in range(2000))
    other = tuple(Token(f"x{number}", f"x{number} ") for number in range(2000))
    first, last = tuple(tokens_of("It begins here ")), tuple(tokens_of("and ends there."))
    pieces = word_pieces((*first * 900, *middle, *last), (*first * 900, *other, *last))
    assert [piece.kind for piece in pieces] == ["same", "removed", "added", "same"]


ODD = st.text(alphabet="ab1_ .,’'-[]● \t\n\x1c\x85\u2028é٣²½\ud800\u0301\u2011", max_size=20)


@given(ODD)
def test_tokens_found_in_one_search_are_those_found_one_by_one(text: str) -> None:
    word, blanks = re.compile(r"\[●\]|\d+(?:[.,]\d+)*|\w+(?:[’'-]\w+)*|[^\w\s]|_"), re.compile(r"\s*")
    lead = blanks.match(text)
    at = lead.end() if lead else 0
    plain = [Token("", text[:at])] if at else []
    while at < len(text):
        found = word.match(text, at)
        end = found.end() if found else at + 1
        behind = blanks.match(text, end)
        after = behind.end() if behind else end
        plain.append(Token(text[at:end], text[at:after]))
        at = after
    assert tokens_of(text) == plain
    assert text_of(plain) == text
