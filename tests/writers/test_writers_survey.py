"""The one walk before writing finds what a plain look at every node finds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from agreementkit.testing.trees import documents
from agreementkit.tree import nodes as n
from agreementkit.tree.walk import block_inlines, division_inlines, divisions, flatten, plain_text
from agreementkit.writers.survey import survey, worded

A = n.ReferencePart("A")


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(document=documents())
def test_a_survey_finds_everything(document: n.Document) -> None:
    every = list(divisions(document))
    said = [(division.id, inline) for division in every for inline in division_inlines(division)]
    cover = (*document.opening, *document.summary)
    said += [("", inline) for block in cover for run in block_inlines(block) for inline in flatten(run)]
    found = survey(document)
    assert found.divisions == {one.id for one in every}
    assert found.numbered == {one.id for one in every if one.number}
    assert found.targets == {one.target for _, one in said if isinstance(one, n.Reference) and not one.agreement}
    assert found.phrases == {
        (id_, one.id) for id_, one in said if id_ and isinstance(one, n.Phrase) and plain_text(one.inlines).strip()
    }


def test_what_notes_and_the_cover_refer_to_makes_no_difference() -> None:
    reference = (n.Strong((n.Reference("x", (A,)),)),)
    note = n.Note("n", n.Anchor("c"), n.Voice.LAW, (n.Para(reference),))
    document = n.Document("p", "T", "T", "t", (reference,), notes=(note,), stage=n.Stage.RESOLVED)
    assert not survey(document).targets
    assert survey(replace(document, opening=(n.List((reference,)),))).targets == {"x"}


@pytest.mark.parametrize(
    "inlines",
    [
        (),
        (n.Text(""), n.Value("a", " \n")),
        (n.LineBreak(), n.Strong((n.Term("t", "\xa0"),))),
        (n.Reference("x", (n.ReferencePart(" "),)),),
        (n.Text(" "), n.Blank("a")),
        (n.Emphasis(()), n.Phrase("p", (n.Text(" x"),))),
        (n.LineBreak(), n.Reference("x", (A,))),
    ],
)
def test_worded_is_what_plain_text_says(inlines: tuple[n.Inline, ...]) -> None:
    assert worded(inlines) == bool(plain_text(inlines).strip())
