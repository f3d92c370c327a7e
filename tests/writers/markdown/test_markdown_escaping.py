"""Text to Markdown and back through three independent readers gives the same text, character for character."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_readers import READERS

from agreementkit.errors import OutputError
from agreementkit.testing.trees import AWKWARD, texts
from agreementkit.tree import nodes as n
from agreementkit.writers.markdown import MarkdownOptions, write_markdown
from agreementkit.writers.markdown.escape import require_fit

READER = [pytest.param(name, marks=[pytest.mark.pandoc] if name != "python-markdown" else []) for name in READERS]


def rows(*runs: tuple[Any, ...]) -> n.Document:
    """A document whose paragraphs are `runs`, each behind a mark that keeps it apart."""
    opening = tuple(n.Para(run) for run in runs)
    return n.Document("p", "Title", "P", "p", opening=opening, stage=n.Stage.RESOLVED)


def read(name: str, markdown: str) -> list[str]:
    return READERS[name](markdown)


def check(name: str, expected: list[str], markdown: str) -> None:
    """Compare lines; a line feed may come back as one wherever it is one."""
    kept = [one for one in expected if one]
    found = READERS[name](markdown)
    assert found == kept, markdown


@pytest.mark.parametrize("name", READER)
@pytest.mark.parametrize("text", [text for text in AWKWARD if text])
def test_awkward_text_survives_everywhere(name: str, text: str) -> None:
    heading = n.Clause(id="c", heading=(n.Text(text),), number=n.Number((1,), "1", "1."))
    document = n.Document(
        "p",
        text,
        "P",
        "p",
        opening=(
            n.Para((n.Text(text),)),
            n.Para((n.Text("x"), n.Value("a.b", text), n.Text("y"))),
            n.Para((n.Text("x "), n.Strong((n.Text(text),)), n.Text(" y"))),
            n.List(((n.Text(text),), (n.Text("z" + text),))),
            n.Table(((n.Text(text),), (n.Text("h"),)), (((n.Text("r"),), (n.Value("c", text),)),)),
        ),
        body=(heading,),
        headings=n.Headings(agreed=""),
        stage=n.Stage.RESOLVED,
    )
    # A heading takes no part in the escaping of its own number, so the number stays one word.
    expected = [text, text, f"x{text}y", f"x {text} y", text, f"z{text}", text, "h", "r", text, f"1. {text}"]
    check(name, expected, write_markdown(document))


@pytest.mark.parametrize("name", READER)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(lines=st.lists(texts, min_size=1, max_size=12))
def test_any_text_survives(name: str, lines: list[str]) -> None:
    """Many paragraphs a run, since every run of pandoc is a process."""
    check(name, ["Title", *lines], write_markdown(rows(*[(n.Text(line),) for line in lines])))


inline_kinds = st.one_of(
    st.builds(n.Text, texts),
    st.builds(n.Value, st.just("a.b"), texts),
    st.builds(n.Emphasis, st.tuples(st.builds(n.Text, texts))),
    st.builds(
        n.Strong, st.tuples(st.builds(n.Text, texts), st.builds(n.Emphasis, st.tuples(st.builds(n.Text, texts))))
    ),
    st.builds(n.Reference, st.just("x"), st.tuples(st.builds(n.ReferencePart, texts)), st.just("other")),
    st.builds(n.Phrase, st.just("p1"), st.tuples(st.builds(n.Text, texts))),
)


def shown(inlines: tuple[Any, ...]) -> str:
    return "".join(one.text if hasattr(one, "text") else shown(one.inlines) for one in inlines)


@pytest.mark.parametrize("name", READER)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(runs=st.lists(st.lists(inline_kinds, max_size=5).map(tuple), min_size=1, max_size=8))
def test_text_survives_next_to_any_markup(name: str, runs: list[tuple[Any, ...]]) -> None:
    made = write_markdown(rows(*runs), MarkdownOptions(files={"other": "other file (1).md"}))
    check(name, ["Title", *map(shown, runs)], made)


@pytest.mark.parametrize("name", READER)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cells=st.lists(st.lists(inline_kinds, max_size=3).map(tuple), min_size=4, max_size=4))
def test_text_survives_in_headings_lists_and_cells(name: str, cells: list[tuple[Any, ...]]) -> None:
    runs = tuple(cells)
    document = n.Document(
        "p",
        "Title",
        "P",
        "p",
        opening=(
            n.List(runs),
            n.Para((n.Text("between"),)),
            n.Table((*runs, (n.Text("h"),)), ((*runs, (n.Text("r"),)),)),
        ),
        body=tuple(n.Part(id=f"part{i}", heading=(n.Text("x"), *run, n.Text("y"))) for i, run in enumerate(runs)),
        headings=n.Headings(agreed=""),
        stage=n.Stage.RESOLVED,
    )
    each = [shown(run) for run in runs]
    expected = ["Title", *each, "between", *each, "h", *each, "r", *(f"x{one}y" for one in each)]
    check(name, expected, write_markdown(document, MarkdownOptions(files={"other": "o.md"})))


def test_prose_stays_prose() -> None:
    prose = (
        "The Employer’s “Staff Side” (see 7.2) meets at 10:30, 4 times a year - at least; R & D? Yes: 50%/year. 1+1=2"
    )
    assert f"\n\n{prose}\n" in write_markdown(rows((n.Text(prose),)))


def test_the_union_with_the_awkward_name() -> None:
    made = write_markdown(rows((n.Value("unions[0].name", 'A*B & C <Ltd> "x"'),)))
    assert "A\\*B & C &lt;Ltd&gt; &quot;x&quot;\n" in made


@pytest.mark.parametrize("char", ["\x00", "\x01", "\x02", "\x1b", "\x7f", "\x85", "\ud800", "\uffff"])
def test_what_no_output_can_carry_is_refused(char: str) -> None:
    with pytest.raises(OutputError, match=rf"AK700.*U\+{ord(char):04X}"):
        write_markdown(rows((n.Text(f"a{char}b"),)))


@given(st.text())
def test_refusal_is_only_for_those(text: str) -> None:
    unfit = re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", text)
    if unfit:
        with pytest.raises(OutputError):
            require_fit(text, "Markdown")
    else:
        require_fit(text, "Markdown")
