"""The quick way to escape looks at few characters; it says the same as asking for each of them."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreementkit.errors import OutputError
from agreementkit.testing.trees import texts
from agreementkit.tree import nodes as n
from agreementkit.writers.markdown.escape import _ORDINARY, BREAK, Escaping, require_fit
from agreementkit.writers.markdown.inlines import Row

PIECES = (
    "Mr. ", "Co. x", "xCo. ", "e.g. ", "No.\xa05", "words. ", "(a) ", "iv) ", "1. ", "A) ", "J.\n", "= ", ": ", "- ",
    "...", "www.", " www. ", "--", ":smile:", "http://", "mailto:", "XMPP:", "xmpp\n:", "R & D", "&#42;", "&x", "!",
    "  ", " ", "\n", "\n\n", "e\u0301", "é", "“x”", "\u2028", "\u3000", "\xad", "\u1100\u1161", "ﬁ", "👩‍⚖️", "●€",
)  # fmt: skip
PLAIN = st.one_of(texts, st.lists(st.sampled_from(PIECES), max_size=6).map("".join))


def asked(words: Escaping, at: int, place: int = -1) -> str:
    """What the plain form says of a character, with a place for a footnote mark before the character at `place`."""
    seam = place if 0 <= place <= at else 0
    touches = at + 1 in (place, len(words.plain))
    return words.escape(at, seam=seam, touches=touches, after_mark=at == place)


@given(plain=PLAIN, heading=st.booleans())
def test_what_is_not_looked_at_stays_as_it_is(plain: str, heading: bool) -> None:
    words = Escaping(plain, heading=heading)
    found = {at: asked(words, at) for at, char in enumerate(plain) if char != BREAK}
    assert words.written == {at: text for at, text in found.items() if text != plain[at]}


@given(plain=PLAIN.filter(bool), share=st.floats(0, 1))
def test_markup_makes_a_difference_only_beside_it(plain: str, share: float) -> None:
    words, place = Escaping(plain), round(share * len(plain))
    beside = words.beside([place])
    for at in range(len(plain)):
        if at not in beside and plain[at] != BREAK:
            assert asked(words, at, place) == words.written.get(at, plain[at]), at


def test_ordinary_characters_are_fit_and_never_composed() -> None:
    ordinary = [char for char in map(chr, range(0x10000)) if re.match(f"[{_ORDINARY}]", char)]
    assert len(ordinary) > 600
    for char in ordinary:
        require_fit(char, "Markdown")
        assert not char.isspace() or char == " "
        assert not unicodedata.combining(char)
        assert all(unicodedata.is_normalized("NFC", base + char) for base in ("", "a", "é", "\u1100"))


def test_signs_of_our_own_are_told_from_those_in_a_text() -> None:
    reference = n.Reference("x", (n.ReferencePart("clause 1"),))

    def made(text: str) -> str:
        row = Row(lambda _: "#x", lambda *_: "")
        row.inlines((n.Text("See "), reference, n.LineBreak(), n.Text(text)))
        return row.markdown()

    assert made("now") == "See [clause 1](#x)  \nnow"
    for sign in "\x01\x02":
        with pytest.raises(OutputError, match="AK700"):
            made(sign)
