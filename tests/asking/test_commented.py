"""The commented file: it loads back to exactly the settings that were written, whatever they are."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from built import EXAMPLES, hard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agreementkit import Config, ConfigError
from agreementkit.asking import Plan, commented_yaml
from agreementkit.asking import given as settings_of
from agreementkit.asking.commented import scalar
from agreementkit.errors import SourceError
from agreementkit.source import load_yaml
from agreementkit.source.text import UNPRINTABLE
from agreementkit.testing import random_configuration
from agreementkit.testing.configurations import odd_inputs

MakePlan = Callable[..., Plan]


def same_again(config: Config) -> str:
    text = commented_yaml(settings_of(config))
    again = Config.from_yaml(text)
    assert again == config
    assert again.model_fields_set == config.model_fields_set
    assert commented_yaml(settings_of(again)) == text
    return text


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_come_back(path: Path) -> None:
    same_again(Config.load(path))


def test_hard_names_come_back() -> None:
    same_again(hard())


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_random_configurations_come_back(seed: int) -> None:
    same_again(random_configuration(seed))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(odd_inputs())
def test_odd_texts_come_back(data: dict[str, Any]) -> None:
    try:
        config = Config.model_validate(data)
    except ValueError:
        return
    same_again(config)


TRICKY = (
    "no", "Yes", "null", "~", "12", "1e5", "0o17", "0x1F", "1_000", "2026-01-01", "12:30", "- a", "a: b", "a #b", "#",
    "'", '"', "&a", "*a", "!a", "%a", "@a", "`a", "{a}", "[a]", "a, b", "?", "=", "<<", " ", "\u00a0", "é", "🤝",
    "a\\b", "true ", ".5",
)  # fmt: skip


@pytest.mark.parametrize("text", TRICKY)
def test_no_text_is_taken_for_something_else(text: str) -> None:
    written = f"a: {scalar(text)}\nb: [{scalar(text)}, x]\n"
    for found in (load_yaml(written)[0], yaml.load(written, yaml.BaseLoader)):  # noqa: S506 - our own words
        assert found == {"a": text, "b": [text, "x"]}


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]), min_size=1))
def test_any_text_on_one_line_comes_back(text: str) -> None:
    try:
        found = load_yaml(f"- {scalar(text)}\n")[0]
    except SourceError:  # what may not stand in a file at all is refused, and never changed
        assert UNPRINTABLE.search(text)
    else:
        assert found == [text]


def test_every_setting_has_its_meaning_and_what_matters_stands_beside_it(plan: MakePlan) -> None:
    made = plan(time_off={"basis": "pool"})
    text = commented_yaml(made.answers.whole(), head=["Head"], plan=made)
    assert text.startswith("# Head\n")
    assert "  # How the amount of time is set: reasonable, pool, release or allowance.\n  basis: pool\n" in text
    assert "  # notice_days: 5  # Notice of time off for duties, where practicable (working days).\n" in text
    assert "  # pool_hours: null" in text
    assert "status_quo_days" not in text  # it would matter only for a status quo of limited length
    assert max(map(len, text.splitlines())) <= 120
    assert Config.from_yaml(text) == Config.model_validate(made.answers.whole())


def test_what_stands_as_a_remark_is_the_default(plan: MakePlan) -> None:
    """Taking every `# ` away changes nothing in the agreements but what is said to be open."""
    made = plan()
    lines = commented_yaml(made.answers.whole(), plan=made).splitlines()
    opened = []
    for line in lines:
        meant = re.match(r"\s*# +(- )?[a-z_]+:(\s|$)", line) and "Still open" not in line
        opened.append(line.replace("# ", "", 1) if meant else line)
    whole = Config.from_yaml("\n".join(opened))
    assert whole.time_off.model_fields_set > {"notice_days", "cover"}
    assert whole == Config.model_validate(made.answers.whole())


def test_remarks_stand_at_their_setting() -> None:
    data = {"employers": [{"name": "A"}], "unions": ["unison"], "forum": {"name": "F"}}
    remarks = {
        "forum.name": ["Not agreed: x."],
        "consultation.days": ["Not agreed: 28, 42."],
        "dates.agreement": ["Y."],
    }
    text = commented_yaml(data, remarks=remarks)
    assert "  # Not agreed: x.\n  name: F\n" in text
    assert "# consultation:\n  # Not agreed: 28, 42.\n  # days: 30" in text
    assert "  # Y.\n  # agreement:" in text
    assert Config.from_yaml(text) == Config.model_validate(data)


def test_an_unfinished_file_says_what_is_missing() -> None:
    with pytest.raises(ConfigError, match="unions has to be given"):
        Config.from_yaml(commented_yaml({"employers": [{"name": "A"}]}))
