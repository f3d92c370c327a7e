"""What a notebook shows: tables, objects as HTML, and what the completion of keys offers."""

from __future__ import annotations

import pytest
from built import ROOT

import agreementkit as ak
from agreementkit.table import Table

CONFIG = ak.Config.load(ROOT / "examples" / "minimal.yaml")
SET = ak.assemble(CONFIG)


def test_a_table_is_a_list_of_rows_that_shows_itself() -> None:
    table = Table([{"a": "<b>", "c": None}, {"a": True, "d": ["x", "y"]}], "A & B")
    assert table == [{"a": "<b>", "c": None}, {"a": True, "d": ["x", "y"]}]
    assert table.columns == ("a", "c", "d")
    shown = table._repr_html_()
    assert "<caption>A &amp; B</caption>" in shown
    assert "&lt;b&gt;" in shown
    assert ">yes<" in shown
    assert ">x, y<" in shown
    assert table.markdown().split("\n") == [
        "| a | c | d |",
        "| --- | --- | --- |",
        "| <b> |  |  |",
        "| yes |  | x, y |",
    ]


def test_a_table_becomes_a_data_frame() -> None:
    pandas = pytest.importorskip("pandas")
    table = SET["recognition"].table()
    frame = table.frame()
    assert list(frame.columns) == list(table.columns)
    assert len(frame) == len(table) == len(pandas.DataFrame(table))
    assert frame.set_index("id").loc["time-off", "number"] == SET["recognition"]["time-off"].number


def test_the_table_of_an_agreement_has_every_number_once() -> None:
    table = SET["recognition"].table()
    numbers = [row["number"] for row in table if not row["id"].startswith("schedule")]
    assert len({row["id"] for row in table}) == len(table)
    assert SET["recognition"]["access"].number in numbers
    assert {row["agreement"] for row in SET.table()} == {"partnership", "recognition"}


def test_a_configuration_shows_what_it_says_itself() -> None:
    rows = {row["setting"]: row for row in CONFIG.table()}
    assert rows["employers[0].name"]["given"]
    assert not rows["time_off.basis"]["given"]
    assert rows["time_off.basis"]["value"] == CONFIG.time_off.basis
    assert all(row["meaning"] for row in rows.values())
    shown = CONFIG._repr_html_()
    assert "employers[0].name" in shown
    assert "time_off.basis" not in shown


@pytest.mark.parametrize(
    ("thing", "words"),
    [
        (SET.bank, "time-off"),
        (SET.bank["time-off"], "Time off for union duties"),
        (SET["recognition"]["time-off"], SET["recognition"]["time-off"].number),
        (SET.report, "AK"),
        (ak.search(SET.bank, "status quo").table(), "status-quo"),
    ],
)
def test_things_show_themselves(thing: object, words: str) -> None:
    assert words in thing._repr_html_()  # type: ignore[attr-defined]


def test_nothing_that_is_shown_is_markup_of_the_file() -> None:
    config = CONFIG.model_copy(update={"title": "<script>alert(1)</script>"})
    assert "<script>" not in config._repr_html_()


def test_keys_are_completed() -> None:
    assert "recognition" in SET._ipython_key_completions_()
    assert {"time-off", "7"} <= set(SET["recognition"]._ipython_key_completions_())
    assert "access" in SET.bank._ipython_key_completions_()
    assert repr(SET.bank).startswith("<Bank core")
