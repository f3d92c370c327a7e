"""The matrix of compliance as Markdown, CSV, plain data and HTML: the same rows everywhere, and nothing breaks out."""

from __future__ import annotations

import csv
import io

from agreementkit.checks.law import MatrixRow, Provided
from agreementkit.reporting.matrix import COLUMNS, Matrix

ROWS = Matrix((
    MatrixRow(
        "one", "A | B, with\nlines.", "law", True, True,
        (Provided("a", "A Agreement", "x", "clause 7"), Provided("a", "A Agreement", "y", "clause 8.2")),
        (), 'The "Act" s.1', ("act",), True,
    ),
    MatrixRow("two", "Second.", "policy", True, False, (), (), "Policy", ("policy",), True),
    MatrixRow("three", "Third.", "good-practice", True, True, (), ("forum.chair",), "Code", ("code",), True),
    MatrixRow("four", "Fourth.", "law", False, False, (), (), "Old Act", ("old",), True),
))  # fmt: skip


def test_as_markdown() -> None:
    text = ROWS.markdown()
    assert "3 requirements concern this set; it deals with 2 of them" in text
    assert '| A \\| B, with lines. | The "Act" s.1 | clause 7 and clause 8.2 of the A Agreement |' in text
    assert "| Second. | Policy | **nothing** |" in text
    assert "| Third. | Code | `forum.chair` |" in text
    assert text.index("## Law") < text.index("## Policy") < text.index("## Good practice") < text.index("- Fourth.")
    assert Matrix(()).markdown().startswith("# Matrix of compliance")


def test_as_csv() -> None:
    header, *lines = csv.reader(io.StringIO(ROWS.csv()))
    assert tuple(header) == COLUMNS
    assert [line[0] for line in lines] == ["one", "one", "two", "three", "four"]
    start = ["one", "law", "A | B, with\nlines.", 'The "Act" s.1', "yes", "yes"]
    assert lines[0] == [*start, "A Agreement", "clause 7", ""]
    assert lines[2][4:] == ["yes", "no", "", "", ""]
    assert lines[3][-1] == "forum.chair"
    assert lines[4][4] == "no"


def test_a_cell_is_no_formula_of_a_spreadsheet() -> None:
    row = MatrixRow("x", '=HYPERLINK("http://x")', "law", True, True, (), (), "@Act", (), True)
    (line,) = list(csv.reader(io.StringIO(Matrix((row,)).csv())))[1:]
    assert line[2:4] == ['\'=HYPERLINK("http://x")', "'@Act"]


def test_as_data() -> None:
    first, second, *_ = ROWS.as_data()
    assert first["by"][1] == {"agreement": "a", "division": "y", "label": "clause 8.2"}
    assert (second["applies"], second["met"], second["cites"]) == (True, False, ["policy"])


def test_in_a_notebook() -> None:
    row = MatrixRow("x", "<script>alert(1)</script> & more", "law", True, False, (), (), "Act <b>", (), True)
    html = Matrix((row,))._repr_html_()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in html
    assert "<strong>nothing</strong>" in html
    assert "<script" not in html
    assert "<b>" not in html


def test_as_a_sequence() -> None:
    assert (len(ROWS), ROWS[1].id, [row.id for row in ROWS.missing]) == (4, "two", ["two"])
