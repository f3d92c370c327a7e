"""Text without any mark of Markdown is not given to Markdown, which would change nothing in it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from agreementkit.reader import inlines
from agreementkit.tree.nodes import Emphasis, Strong, Text


@settings(max_examples=500, deadline=None)
@given(st.text(st.sampled_from("ab .,;:&<>!#|~[](){}=+-1\t’“é\ue000\ue001@^$/%\"'"), max_size=30))
def test_markdown_would_change_nothing(typed: str) -> None:
    marks = [Text("first"), Text("second")]
    text = inlines.smarten(typed)
    assert inlines._emphasis(typed, list(marks)) == inlines._with_markdown(text, list(marks))
    assert not inlines._MARKUP.search(text)


def test_markdown_is_asked_where_it_matters() -> None:
    assert inlines._emphasis("a *b* **c** \\* `d`", []) == (
        Text("a "), Emphasis((Text("b"),)), Text(" "), Strong((Text("c"),)), Text(" * "), Text("d"),
    )  # fmt: skip
