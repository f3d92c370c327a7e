"""What is written in a quick form says what its plain form would, on odd input too."""

from __future__ import annotations

import re
from collections import Counter as Counted

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agreementkit.errors import OutputError
from agreementkit.testing.trees import documents, runs
from agreementkit.tree.nodes import Blank, Document, Emphasis, Inline, Phrase, Strong, Text, Value
from agreementkit.tree.walk import block_inlines, division_inlines, divisions, flatten, plain_text, top_divisions
from agreementkit.writers.word.allocate import Allocator
from agreementkit.writers.word.markup import escape, run
from agreementkit.writers.word.styles.numbering import Counter, Level, Lists, Place, format_number
from agreementkit.writers.word.text.fields import References
from agreementkit.writers.word.text.wording import leads_on, shows_words
from agreementkit.writers.word.values.store import Store

UNFIT = "".join(map(chr, (*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0xD800, 0xDFFF, 0xFFFE, 0xFFFF)))
ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"}

space = st.sampled_from(("", " ", "\n", "\xa0 ", ":", ": ", "a:", " : \u2003"))
holders = st.sampled_from((Strong, Emphasis, lambda held: Phrase("p", held)))
spaced = st.recursive(
    st.builds(Text, space) | st.builds(Value, st.just("a.b"), space),
    lambda inner: st.builds(lambda holder, *held: holder(held), holders, inner, inner),
    max_leaves=4,
)


@pytest.mark.parametrize("odd", UNFIT)
def test_every_character_that_no_xml_carries_is_found_wherever_it_stands(odd: str) -> None:
    for text in (odd, f"{odd}words", f"words & <more>{odd}"):
        for _ in range(2):  # what is kept of a run is never kept of a fault
            with pytest.raises(OutputError, match=f"U\\+{ord(odd):04X}"):
                run(text)


@settings(deadline=None)
@given(st.text(st.sampled_from('ab &<>"\r\n\t\x7f\x85\ue000\ufffd\U0001f600')))
def test_all_other_characters_are_kept_or_spelt(text: str) -> None:
    assert escape(text) == "".join(ENTITIES.get(one, one) for one in text)


@settings(deadline=None)
@given(runs | st.lists(spaced, max_size=3).map(tuple))
def test_questions_about_words_are_answered_as_the_joined_words_would(inlines: tuple[Inline, ...]) -> None:
    words = plain_text(inlines)
    assert shows_words(inlines) == bool(words.strip())
    assert leads_on(inlines) == words.rstrip().endswith(":")


class PlainCounter:
    """Counts as `Counter` does, and reads the text of a label for each paragraph."""

    def __init__(self, lists: Lists) -> None:
        self.lists = lists
        self.counts: dict[str, list[int]] = {}

    def next(self, place: Place) -> str:
        """Return the next label."""
        levels = self.lists.levels.get(place.list_id, {})
        counts = self.counts.setdefault(self.lists.family.get(place.list_id, place.list_id), [0] * 9)
        level = levels.get(place.level, Level("decimal", ""))
        counts[place.level] = counts[place.level] + 1 if counts[place.level] else level.start
        counts[place.level + 1 :] = [0] * (8 - place.level)

        def shown(found: re.Match[str]) -> str:
            part = levels.get(int(found[1]) - 1, level)
            return format_number(counts[int(found[1]) - 1] or part.start, part.format)

        return re.sub("%([1-9])", shown, level.text)


labels = st.lists(st.sampled_from(("%1", "%2", "%3", "%9", ".", "(", "%", "Schedule ", "0")), max_size=5).map("".join)
formats = st.sampled_from(("decimal", "lowerLetter", "upperRoman", "none", "bullet"))
levels = st.dictionaries(st.integers(0, 8), st.builds(Level, formats, labels, st.integers(0, 3)), max_size=4)
places = st.builds(Place, st.sampled_from("1239"), st.integers(0, 8))


@settings(deadline=None)
@given(levels, levels, st.lists(places, max_size=20))
def test_labels_are_those_that_their_texts_ask_for(
    one: dict[int, Level], other: dict[int, Level], counted: list[Place]
) -> None:
    lists = Lists({"1": one, "2": one, "3": other}, {"1": "a", "2": "a", "3": "b"}, {})
    quick, plain = Counter(lists), PlainCounter(lists)
    assert [quick.next(place) for place in counted] == [plain.next(place) for place in counted]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(documents())
def test_a_store_knows_of_the_values_of_every_place(document: Document) -> None:
    everywhere = [inline for line in document.subtitle for inline in flatten(line)]
    for block in (*document.opening, *document.summary):
        everywhere += (inline for line in block_inlines(block) for inline in flatten(line))
    for division in divisions(document):
        everywhere += division_inlines(division)
    found = Counted(
        (one.path, "" if isinstance(one, Blank) else one.text) for one in everywhere if isinstance(one, Value | Blank)
    )
    wanted = {one for one, count in found.items() if count > 1 and not re.search("[\t\n\r&<]", one[1])}
    assert Store.of(document).shared == wanted


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(documents())
def test_a_chain_leads_from_the_top_to_the_division(document: Document) -> None:
    references = References(document, Allocator())

    def follow(division, above) -> None:
        chain = [*above, division]
        assert references._chain(division.id) == chain
        for child in division.children:
            follow(child, chain)

    for top in top_divisions(document):
        follow(top, [])
    assert references._chain("nowhere") == []
