"""The review copy in Chromium: filters, search, popovers, comments, printing, and reading without script."""

from __future__ import annotations

import base64
import io
import json
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdf
import pytest
from chromium import MIDDLE, NARROW, WIDE, Driver, Open, one, start
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from agreementkit import AgreementSet
from agreementkit.reviewing import collect

pytestmark = pytest.mark.chromium

CLAUSE = "ak-recognition_3a_time-off"
PARAGRAPH = "ak-recognition_3a_time-off.duties"


def shown(driver: Driver, selector: str) -> list[Any]:
    found: list[Any] = driver.execute_script(
        "return [...document.querySelectorAll(arguments[0])]"
        ".filter((one) => one.checkVisibility({visibilityProperty: true}))",
        selector,
    )
    return found


def until(holds: Callable[[], Any], what: str) -> Any:
    """Wait until something holds; the browser takes a moment to lay out, to type and to save."""
    for _ in range(200):
        found = holds()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"did not come: {what}")


def press(driver: Driver, *keys: str) -> None:
    driver.switch_to.active_element.send_keys(*keys)


def comment(driver: Driver, division: str, text: str, *, name: str = "A. Reviewer", proposed: str = "") -> None:
    """Write a comment by keyboard on the first unit of a division."""
    one(driver, f"[id='{division}'] > .unit .bubble").send_keys(Keys.ENTER)
    form = one(driver, ".comment-form")
    names, text_box = form.find_element(By.CSS_SELECTOR, "input"), form.find_elements(By.CSS_SELECTOR, "textarea")
    if not names.get_attribute("value"):
        names.send_keys(name)
        form.find_elements(By.CSS_SELECTOR, "select")[0].send_keys("Staff side")
    text_box[0].send_keys(text)
    text_box[1].send_keys(proposed)
    form.find_element(By.CSS_SELECTOR, "button[type=submit]").send_keys(Keys.ENTER)


def in_pages(driver: Driver) -> str:
    made = driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    pages = pypdf.PdfReader(io.BytesIO(base64.b64decode(made["data"]))).pages
    assert [round(float(size)) for size in pages[0].mediabox[2:]] == [595, 842]
    return " ".join(" ".join(page.extract_text() for page in pages).split())


# -------------------------------------------------------------------------------------------- the margin


def test_notes_stand_in_the_margin_without_overlap_and_below_the_text_where_it_is_narrow(page: Open) -> None:
    places = """return [...document.querySelectorAll("article .beside")].map((side) => {
      const text = side.parentElement.querySelector(".text").getBoundingClientRect();
      const box = side.getBoundingClientRect();
      return [text.left, text.right, text.top, text.bottom, box.left, box.top, box.bottom];
    })"""
    wide = page(WIDE).execute_script(places)
    assert len(wide) > 50
    assert all(left >= right for _, right, _, _, left, _, _ in wide)
    assert all(top >= text_top - 1 for _, _, text_top, _, _, top, _ in wide)
    assert all(after[5] >= before[6] for before, after in pairwise(wide))
    for width in (MIDDLE, NARROW):
        narrow = page(width).execute_script(places)
        assert all(top >= bottom for _, _, _, bottom, _, top, _ in narrow)


@pytest.mark.parametrize("width", [WIDE, MIDDLE, NARROW])
def test_nothing_is_wider_than_the_window(page: Open, width: int) -> None:
    assert page(width).execute_script("return document.documentElement.scrollWidth") <= width


def test_words_and_notes_light_up_together(page: Open) -> None:
    driver = page()
    mark = one(driver, f"[id='{PARAGRAPH}'] .mark")
    driver.execute_script("arguments[0].focus()", mark)
    number = mark.get_attribute("data-note")
    assert "lit" in one(driver, f"#n{number}").get_attribute("class")
    assert "lit" in one(driver, f"[data-notes~='{number}']").get_attribute("class")
    press(driver, Keys.ENTER)
    assert driver.current_url.endswith(f"#n{number}")


def test_the_contents_mark_where_one_is(page: Open) -> None:
    driver = page()
    one(driver, f"#contents a[href='#{CLAUSE}']").click()
    until(lambda: shown(driver, f"#contents a[href='#{CLAUSE}'][aria-current='location']"), "the mark in the contents")
    one(driver, "#contents-button").click()
    until(lambda: not shown(driver, "#contents"), "what is shown")
    narrow = page(NARROW)
    until(lambda: not shown(narrow, "#contents"), "what is shown")
    one(narrow, "#contents-button").send_keys(Keys.ENTER)
    until(lambda: shown(narrow, "#contents"), "the drawer")
    press(narrow, Keys.ESCAPE)
    assert narrow.switch_to.active_element.get_attribute("id") == "contents-button"
    until(lambda: not shown(narrow, "#contents"), "the drawer to close")


def test_a_long_note_can_be_read_in_full(page: Open) -> None:
    driver = page()
    note = one(driver, ".note.clamped:has(.more)")
    before = note.size["height"]
    note.find_element(By.CSS_SELECTOR, ".more").send_keys(Keys.ENTER)
    until(lambda: note.size["height"] > before, "the whole note")
    assert note.find_element(By.CSS_SELECTOR, ".more").get_attribute("aria-expanded") == "true"


# ------------------------------------------------------------------------------------- filters and search


def test_filters_by_voice_and_topic(page: Open) -> None:
    driver = page()
    one(driver, "#notes-button").send_keys(Keys.ENTER)
    box = one(driver, "input[value='law']")
    count = int(one(driver, ".v-law .count").text)
    until(lambda: len(shown(driver, ".note.v-law")) == count, "what is shown")
    box.send_keys(Keys.SPACE)
    until(lambda: not shown(driver, ".note.v-law"), "notes on law to go")
    until(lambda: not shown(driver, ".mark.v-law"), "what is shown")
    until(lambda: shown(driver, ".note.v-employer"), "what is shown")
    assert "notes are shown" in one(driver, "#said").text
    box.send_keys(Keys.SPACE)
    until(lambda: len(shown(driver, ".note.v-law")) == count, "notes on law to come back")

    driver.execute_script(
        "const s = document.querySelector('#topic'); s.value = arguments[0]; s.dispatchEvent(new Event('change'))",
        CLAUSE,
    )
    until(
        lambda: [clause.get_attribute("id") for clause in shown(driver, "article .clause")] == [CLAUSE], "what is shown"
    )
    assert "Time off for union duties" in one(driver, "#narrowed").text
    press(driver, Keys.ESCAPE)
    one(driver, "#contents a[href$='_disputes']").click()  # a link to what is hidden shows everything again
    until(lambda: len(shown(driver, "article .clause")) > 30, "what is shown")


def test_search_counts_steps_and_lets_go(page: Open) -> None:
    driver = page()
    press(driver, "/")
    query = driver.switch_to.active_element
    assert query.get_attribute("id") == "query"
    query.send_keys("notice  OF")
    until(lambda: " of " in one(driver, "#found").text, "matches")
    first, total = (int(number) for number in one(driver, "#found").text.split(" of "))
    text = one(driver, "article").get_attribute("textContent")
    assert (first, total) == (1, " ".join(text.split()).lower().count("notice of"))
    assert driver.execute_script("return CSS.highlights.get('ak-found').size") == total
    query.send_keys(Keys.ENTER)
    assert one(driver, "#found").text == f"2 of {total}"
    query.send_keys(Keys.SHIFT, Keys.ENTER)
    assert one(driver, "#found").text == f"1 of {total}"
    query.send_keys(Keys.ESCAPE)
    assert one(driver, "#query").get_attribute("value") == ""
    assert driver.execute_script("return CSS.highlights.get('ak-found').size") == 0
    one(driver, "#query").send_keys("no such words")
    until(lambda: one(driver, "#found").text == "none", "the word none")


def test_search_finds_words_across_marks(page: Open) -> None:
    driver = page()
    one(driver, "#query").send_keys("an accredited representative may take time off with pay during")
    until(lambda: one(driver, "#found").text == "1 of 1", "the sentence with a term, a phrase and a mark in it")


# ------------------------------------------------------------------------------------------- popovers


def test_a_term_by_keyboard(page: Open) -> None:
    driver = page()
    term = one(driver, f"[id='{PARAGRAPH}'] a.term")
    driver.execute_script("arguments[0].focus({focusVisible: true})", term)
    popover = one(driver, "#popover")
    until(popover.is_displayed, "the definition")
    assert popover.get_attribute("role") == "tooltip"
    assert term.get_attribute("aria-describedby") == "popover"
    assert popover.text.startswith("Accredited Representative means an employee")
    term.send_keys(Keys.ENTER)
    assert popover.get_attribute("role") == "dialog"
    assert driver.switch_to.active_element.text == "Go to the definition"
    press(driver, Keys.ESCAPE)
    until(lambda: not popover.is_displayed(), "what is shown")
    assert driver.switch_to.active_element == term
    term.send_keys(Keys.ENTER)
    press(driver, Keys.ENTER)
    assert driver.current_url.endswith("#def-accredited-representative")


def test_references_values_and_the_other_agreement_by_pointing(page: Open) -> None:
    driver = page()
    said = {}
    for kind in ("a.ref:not(.other)", "a.ref.other", ".value"):
        element = one(driver, f"article .clause {kind}")
        driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        driver.execute_script("arguments[0].dispatchEvent(new MouseEvent('mouseover', {bubbles: true}))", element)
        said[kind] = until(lambda: one(driver, "#popover").text, kind)
        driver.execute_script("arguments[0].dispatchEvent(new MouseEvent('mouseout', {bubbles: true}))", element)
        until(lambda: not one(driver, "#popover").is_displayed(), "the popover to go")
    assert said["a.ref:not(.other)"].startswith("15. Accreditation of representatives")
    assert said["a.ref.other"].endswith("Opens partnership-agreement.html")
    assert said[".value"].startswith("Setting: ")


def test_the_theme_can_be_chosen_and_is_kept(page: Open) -> None:
    driver = page(dark=False)
    background = "return getComputedStyle(document.body).backgroundColor"
    light = driver.execute_script(background)
    one(driver, "#theme").click()
    dark = driver.execute_script(background)
    assert dark != light
    assert page(forget=False).execute_script(background) == dark
    assert page(dark=True).execute_script(background) == dark


# -------------------------------------------------------------------------------------------- comments

HOSTILE = '<img src=x onerror="document.title=1"></script> & "quoted"'


def test_comments_are_written_kept_saved_loaded_and_collected(
    page: Open, browser: tuple[Driver, Path], agreements: AgreementSet, tmp_path: Path
) -> None:
    driver, downloads = page(), browser[1]
    comment(driver, PARAGRAPH, HOSTILE, name="A. <b>Reviewer</b>", proposed="21.1 Other words")
    comment(driver, CLAUSE, "On the whole clause")
    card = one(driver, f"[id='{PARAGRAPH}'] .comment")
    assert HOSTILE in card.text
    assert "A. <b>Reviewer</b>" in card.text
    assert not driver.find_elements(By.CSS_SELECTOR, ".comment img, .comment b, .comment script")
    assert one(driver, "#comment-count").text == "2"

    card.find_element(By.CSS_SELECTOR, "[aria-label^='Change']").send_keys(Keys.ENTER)
    one(driver, ".comment-form textarea").send_keys(" and more")
    one(driver, ".comment-form button[type=submit]").send_keys(Keys.ENTER)
    assert "and more" in one(driver, f"[id='{PARAGRAPH}'] .comment").text

    one(driver, "#comments-button").send_keys(Keys.ENTER)
    one(driver, "#save-comments").send_keys(Keys.ENTER)
    saved = downloads / "recognition-agreement-a-b-reviewer-b.json"
    until(saved.exists, "the saved file")
    data = json.loads(until(lambda: saved.read_text("utf-8"), "its words"))
    assert data["format"] == "agreementkit-review/1"
    assert data["reviewer"] == {"name": "A. <b>Reviewer</b>", "side": "staff-side"}
    assert {one["number"] for one in data["comments"]} == {"21", "21.1"}
    assert data["comments"][0]["paragraph"] == "time-off/duties"
    assert data["comments"][0]["quote"].startswith("An Accredited Representative may take time off with pay")

    driver = page(forget=False)  # kept in the browser
    until(lambda: len(shown(driver, ".comment")) == 2, "what is shown")
    driver = page()  # forgotten, and loaded from the file
    until(lambda: not shown(driver, ".comment"), "what is shown")
    one(driver, "#comment-file").send_keys(str(saved))
    until(lambda: len(shown(driver, ".comment")) == 2, "the loaded comments")
    assert "2 comments were loaded" in one(driver, "#said").get_attribute("textContent")

    log = collect([saved], agreements)
    assert not list(log.report)
    assert [(entry.number, entry.heading) for entry in log.entries] == [
        ("21", "21. Time off for union duties"),
        ("21.1", "21. Time off for union duties"),
    ]
    assert log.comments[1].text == f"{HOSTILE} and more"
    assert log.comments[1].proposed == "21.1 Other words"
    saved.unlink()


def test_a_comment_needs_a_name_a_side_and_words(page: Open) -> None:
    driver = page()
    one(driver, f"[id='{PARAGRAPH}'] > .unit .bubble").send_keys(Keys.ENTER)
    assert driver.switch_to.active_element.tag_name == "input"
    one(driver, ".comment-form button[type=submit]").send_keys(Keys.ENTER)
    assert one(driver, ".comment-form [role=alert]").text == (
        "Please give your name and your side and a comment or a proposed wording."
    )
    press(driver, Keys.ESCAPE)
    until(lambda: not shown(driver, ".comment-form"), "what is shown")
    assert driver.switch_to.active_element.get_attribute("aria-label") == "Comment on 21.1"


def test_a_comment_on_a_definition_names_its_term_and_can_be_deleted(page: Open) -> None:
    driver = page()
    one(driver, "#def-employer .bubble").send_keys(Keys.ENTER)
    assert one(driver, ".comment-form .who").text == "Comment on 1.1 “Employers”"
    press(driver, Keys.ESCAPE)
    comment(driver, PARAGRAPH, "To be deleted")
    one(driver, "[aria-label^='Delete']").send_keys(Keys.ENTER)
    driver.switch_to.alert.accept()
    until(lambda: not shown(driver, ".comment"), "what is shown")
    assert one(driver, "#comment-count").text == "0"


def test_comments_of_somebody_else_cannot_be_changed_and_other_files_are_refused(page: Open, tmp_path: Path) -> None:
    driver = page()
    comment(driver, PARAGRAPH, "Mine")
    document = json.loads(one(driver, "#agreement-data").get_attribute("textContent"))["document"]
    listed = [
        {"id": "x1", "paragraph": "time-off", "name": "Another", "side": "employer", "text": "Theirs", "when": "z"}
    ]
    theirs = tmp_path / "theirs.json"
    theirs.write_text(
        json.dumps({"format": "agreementkit-review/1", "document": document, "comments": [*listed, 7, {}]})
    )
    one(driver, "#comment-file").send_keys(str(theirs))
    card = until(lambda: shown(driver, "#c-x1"), "their comment")[0]
    assert not card.find_elements(By.CSS_SELECTOR, "button")
    for text in ("{", '{"format": "other"}', json.dumps({"format": "agreementkit-review/1", "comments": []})):
        theirs.write_text(text)
        driver.execute_script("document.querySelector('#said').textContent = ''")
        one(driver, "#comment-file").send_keys(str(theirs))
        said = until(lambda: one(driver, "#said").get_attribute("textContent"), "why not")
        assert "no file of comments" in said or "another agreement" in said
    assert one(driver, "#comment-count").text == "2"


def test_leaving_with_unsaved_comments_asks_first(page: Open, browser: tuple[Driver, Path]) -> None:
    driver = page()
    asks = """const leaving = new Event("beforeunload", {cancelable: true});
    dispatchEvent(leaving); return leaving.defaultPrevented"""  # the driver answers the question before anybody sees it
    assert not driver.execute_script(asks)
    comment(driver, PARAGRAPH, "Not saved", name="Z")
    assert driver.execute_script(asks)
    one(driver, "#comments-button").send_keys(Keys.ENTER)
    one(driver, "#save-comments").send_keys(Keys.ENTER)
    saved = browser[1] / "recognition-agreement-z.json"
    until(saved.exists, "the saved file")
    assert not driver.execute_script(asks)
    saved.unlink()


# ------------------------------------------------------------------------------- on paper, without script


def test_on_paper_there_are_notes_and_no_tools(page: Open) -> None:
    text = in_pages(page())
    assert "Trade Union Recognition Agreement" in text
    assert "An employee who is an official of a recognised independent union has a right to paid time off" in text
    assert "It is the statutory position and not a concession." in text  # a note that is cut on the screen
    assert "Load comments" not in text
    assert "Show all" not in text


def test_without_script_everything_can_be_read(copies: Path, tmp_path: Path) -> None:
    driver = start(tmp_path, script=False)
    try:
        driver.get((copies / "recognition-agreement.html").as_uri())
        assert len(shown(driver, ".note")) == len(driver.find_elements(By.CSS_SELECTOR, ".note")) > 100
        assert shown(driver, "#contents a")
        assert not shown(driver, ".tools")
        assert not driver.find_elements(By.CSS_SELECTOR, ".bubble")
    finally:
        driver.quit()


def test_the_page_asks_for_nothing(page: Open) -> None:
    driver = page()
    assert driver.execute_script("return performance.getEntriesByType('resource').map((one) => one.name)") == []
