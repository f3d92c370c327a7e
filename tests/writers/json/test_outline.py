"""Outlines, addresses and plain words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreementkit.tree import nodes as n
from agreementkit.writers.outline import outline_lines, slug, text_lines, write_outline

T = n.Text


def number(label: str) -> n.Number:
    return n.Number((1,), label, label)


DOCUMENT = n.Document(
    "p",
    "T",
    "S",
    "s",
    parties=(n.PartyEntry(id="a", number=number("(1)"), blocks=(n.Para((T("Trust"),)),)),),
    body=(
        n.Part(
            id="part",
            heading=(T("General"),),
            children=(n.Clause(id="c", heading=(T("Meaning"),), number=number("1.")),),
        ),
        n.Clause(
            id="d",
            heading=(T("Peace"),),
            number=number("2."),
            blocks=(n.List(((T("x"),), (T("y"),))),),
            children=(
                n.SubClause(
                    id="d/1",
                    number=number("2.1"),
                    blocks=(
                        n.Para((T("Words."),)),
                        n.DefinitionEntry("s", "Staff", (T("means all."),)),
                        n.DefinitionEntry("t", "Team", (T(": some."),)),
                        n.Table(((T("A"),), (T("B"),)), (((T("1"),), (T("2"),)),)),
                        n.SignatureLines(
                            (T("Signed"),), (n.SignatureLine("Name"), n.SignatureLine("Role", (T("Chair"),)))
                        ),
                    ),
                ),
                n.SubClause(id="d/2", number=number("2.2"), blocks=(n.List(((T("z"),),)),)),
            ),
        ),
    ),
    schedules=(
        n.Schedule(
            id="s",
            number=number("Schedule 1"),
            heading=(T("Time"),),
            children=(
                n.SchedulePart(
                    id="sp",
                    heading=(T("Part"),),
                    children=(n.Clause(id="sc", heading=(T("Deep"),), number=number("1.")),),
                ),
            ),
        ),
    ),
    stage=n.Stage.RESOLVED,
)


def test_outline() -> None:
    assert write_outline(DOCUMENT) == [
        (1, "", "Parties"),
        (1, "", "Agreed terms"),
        (2, "", "General"),
        (3, "1.", "Meaning"),
        (2, "2.", "Peace"),
        (1, "Schedule 1", "Time"),
        (2, "", "Part"),
        (3, "1.", "Deep"),
    ]
    assert list(outline_lines(DOCUMENT))[3:6] == ["    1. Meaning", "  2. Peace", "Schedule 1 Time"]


def test_words_of_a_division() -> None:
    assert list(text_lines(DOCUMENT.body[1])) == [
        "2. Peace",
        "• x",
        "• y",
        "2.1 Words.",
        "Staff means all.",
        "Team: some.",
        "A | B",
        "1 | 2",
        "Signed",
        "Name:",
        "Role: Chair",
        "2.2",
        "• z",
    ]


def test_definitions_to_come_have_no_words() -> None:
    with pytest.raises(TypeError, match="DefinitionsHere is a stand-in"):
        list(text_lines(n.Clause(id="c", blocks=(n.DefinitionsHere(),))))


def test_addresses_read_like_the_ids() -> None:
    assert slug("disputes/informal") == "ak-disputes.informal"
    assert slug("disputes/~2") == "ak-disputes.__2"
    assert slug("a_b.c") == "ak-a_5f_b_2e_c"


@given(st.text(st.sampled_from("ab2e/~_.-5f é")), st.text(st.sampled_from("ab2e/~_.-5f é")))
def test_two_ids_never_share_an_address(one: str, other: str) -> None:
    assert (slug(one) == slug(other)) == (one == other)
