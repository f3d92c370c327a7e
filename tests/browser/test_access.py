"""axe-core in Chromium finds nothing in a review copy: three widths, light and dark, with everything open."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from chromium import MIDDLE, NARROW, WIDE, Driver, Open, one
from selenium.webdriver.common.keys import Keys

pytestmark = pytest.mark.chromium


@cache
def axe() -> str:
    """axe-core as a package for Python brings it; only its script is used."""
    found = find_spec("selenium_axe_python")
    if found is None or not found.origin:
        pytest.skip("selenium-axe-python is not installed")
    return next(Path(found.origin).parent.rglob("axe.min.js")).read_text("utf-8")


def violations(driver: Driver) -> list[str]:
    driver.execute_script(axe())
    found = driver.execute_async_script(
        "const done = arguments[0]; axe.run(document, {resultTypes: ['violations']}).then((all) => done("
        "all.violations.map((one) => [one.id, one.nodes.slice(0, 3).map((node) => node.html.slice(0, 120))])))"
    )
    return [f"{rule}: {nodes}" for rule, nodes in found]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [WIDE, MIDDLE, NARROW])
def test_axe_finds_nothing(page: Open, width: int, dark: bool) -> None:
    driver = page(width, dark=dark)
    one(driver, ".clause .unit:not(.headed) .bubble").send_keys(Keys.ENTER)
    one(driver, ".comment-form button[type=submit]").send_keys(Keys.ENTER)  # with a message about what is missing
    one(driver, "#notes-button").send_keys(Keys.ENTER)
    assert violations(driver) == []
    one(driver, "#comments-button").send_keys(Keys.ENTER)
    one(driver, "#ak-recognition_3a_time-off a.term").send_keys(Keys.ENTER)
    one(driver, ".values summary" if width == WIDE else "#contents-button").send_keys(Keys.ENTER)
    assert violations(driver) == []


def test_axe_sees_a_fault_where_there_is_one(page: Open) -> None:
    driver = page()
    driver.execute_script(
        "document.querySelector('#theme').textContent = ''; document.querySelector('#theme').title = ''"
    )
    assert [found.split(":")[0] for found in violations(driver)] == ["button-name"]


def test_everything_is_reached_by_tab_and_seen(page: Open) -> None:
    """Tab goes through the bar into the page in the order of the page, and each stop has a visible outline."""
    driver = page()
    driver.execute_script("document.body.focus()")
    seen = []
    for _ in range(12):
        driver.switch_to.active_element.send_keys(Keys.TAB)
        stop = driver.switch_to.active_element
        seen.append(stop.get_attribute("id") or stop.get_attribute("class") or stop.text)
        assert driver.execute_script("return getComputedStyle(document.activeElement).outlineStyle") != "none"
    assert seen[:7] == ["skip", "contents-button", "query", "notes-button", "comments-button", "theme", "Parties"]
