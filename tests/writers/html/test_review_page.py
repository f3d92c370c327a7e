"""The review copy as a file: whole, valid, closed to the network, escaped, the same words, the same bytes."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import html

import agreementkit as ak
from agreementkit.errors import OutputError
from agreementkit.testing.same_text import html_lines, markdown_lines
from agreementkit.testing.trees import documents
from agreementkit.tree import nodes as n
from agreementkit.tree.walk import divisions
from agreementkit.writers import WRITERS, WriteOptions
from agreementkit.writers.html import write_html_page
from agreementkit.writers.identity import identity_of

HOSTILE = "</script><script>alert(1)</script>\"'<img src=x onerror=alert(1)>&amp; @@ARTICLE@@"
VOID = {"meta", "br", "input", "link", "img", "hr"}


@pytest.fixture(scope="module")
def agreements() -> ak.AgreementSet:
    return ak.assemble(ak.Config.from_yaml("employers: [{name: Anytown ICB, kind: icb}]\nunions: [unison, rcn]\n"))


@pytest.fixture(scope="module")
def page(agreements: ak.AgreementSet) -> str:
    return write_html_page(agreements["recognition"].document, files={"partnership": "partnership-agreement.html"})


def one(text: str = "Words", **fields: Any) -> n.Document:
    """A document of one clause with a note on a phrase, one on the clause, a term, a value and a blank."""
    made = n.Document(
        "recognition",
        f"Title {text}",
        "Short",
        "stem",
        body=(
            n.Clause(
                id="c",
                heading=(n.Text(f"Heading {text}"),),
                number=n.Number((1,), "1", "1."),
                children=(
                    n.SubClause(
                        id="c/a",
                        number=n.Number((1, 1), "1.1", "1.1"),
                        blocks=(
                            n.Para((n.Phrase("p", (n.Text(text),)), n.Term("t", "Term"), n.Value("a.b", text))),
                            n.DefinitionEntry("t", f"Term {text}", (n.Text("means "), n.Blank("x.y", text))),
                        ),
                    ),
                ),
            ),
        ),
        notes=(
            n.Note("n1", n.Anchor("c"), n.Voice.LAW, (n.Para((n.Text(text),)),), author=f"Law {text}"),
            n.Note("n2", n.Anchor("c/a", "p"), n.Voice.EMPLOYER, (n.Para((n.Text("Why."),)),), author="Employer"),
        ),
        meta=n.Meta(organisation=text, bank=text, digest="0123456789abcdefXYZ"),
        stage=n.Stage.RESOLVED,
    )
    return replace(made, **fields)


def parsed(document: n.Document, **options: Any) -> Any:
    return html.document_fromstring(write_html_page(document, **options))


# ------------------------------------------------------------------------------------------ a closed file


def test_the_policy_lets_run_what_is_in_the_page_and_nothing_else(page: str) -> None:
    tree = html.document_fromstring(page)
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    rules = {rule.split()[0]: rule.split()[1:] for rule in policy.split(";")}
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == ["'none'"]
    for kind, pattern in (("style-src", r"<style>(.*?)</style>"), ("script-src", r"<script>(.*?)</script>")):
        (source,) = re.findall(pattern, page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
        assert rules[kind] == [f"'sha256-{digest}'"]
    assert set(rules) == {"default-src", "style-src", "script-src", "base-uri", "form-action"}


def test_nothing_in_the_page_reaches_outside(page: str) -> None:
    tree = html.document_fromstring(page)
    outside = [*tree.xpath("//@src"), *tree.xpath("//link"), *tree.xpath("//@style"), *tree.xpath("//base")]
    assert not outside
    assert not [one for one in tree.xpath("//@href") if ":" in one.split("#")[0]]
    assert not [name for tag in tree.iter() for name in tag.attrib if name.startswith("on")]
    source = "".join(re.findall(r"<(?:style|script)>(.*?)</(?:style|script)>", page, re.DOTALL))
    assert set(re.findall(r"https?://[^\"'\s]+", source)) <= {"http://www.w3.org/2000/svg"}
    assert not re.search(r"@import|url\(|fetch\(|XMLHttpRequest|innerHTML|outerHTML|insertAdjacent|\beval\b", source)
    assert not re.search(r"document\.write|new Function|setAttribute\(\"style", source)


class _Nesting(HTMLParser):
    """Follows start and end tags: every element that is opened is closed in its turn, and no id comes twice."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.wrong.append(f"<{tag}> has an attribute twice, line {self.getpos()[0]}")
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag in ("p", "div", "table", "ul", "h1", "h2", "h3", "h4", "aside") and "p" in self.open:
            self.wrong.append(f"<{tag}> in a <p>, line {self.getpos()[0]}")
        if tag == "a" and "a" in self.open:
            self.wrong.append(f"a link in a link, line {self.getpos()[0]}")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}>, line {self.getpos()[0]}")


def nesting(page: str) -> _Nesting:
    follower = _Nesting()
    follower.feed(page)
    follower.close()
    return follower


def test_the_page_is_well_formed(page: str, agreements: ak.AgreementSet) -> None:
    found = nesting(page)
    assert (found.wrong, found.open) == ([], [])
    assert len(found.ids) == len(set(found.ids))
    tree = html.document_fromstring(page)
    inner = {href[1:] for href in tree.xpath("//a/@href") if href.startswith("#")}
    assert inner <= set(found.ids)
    assert set(tree.xpath("//@aria-controls")) | set(tree.xpath("//label/@for")) <= set(found.ids)
    headings = [int(one.tag[1]) for one in tree.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4]")]
    assert headings[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(headings))


def test_the_same_document_gives_the_same_bytes(agreements: ak.AgreementSet, page: str) -> None:
    again = write_html_page(agreements["recognition"].document, files={"partnership": "partnership-agreement.html"})
    assert again == page
    assert "\r" not in page


def test_it_says_the_words_of_the_other_formats(agreements: ak.AgreementSet) -> None:
    for agreement in agreements:
        markdown = WRITERS["md"].write(agreement.document, WriteOptions()).decode()
        for notes in (True, False):
            assert html_lines(write_html_page(agreement.document, notes=notes)) == markdown_lines(markdown)


# ------------------------------------------------------------------------------------------ hostile text


def test_hostile_text_stays_text() -> None:
    page = write_html_page(one(HOSTILE))
    found = nesting(page)
    assert (found.wrong, found.open) == ([], [])
    tree = html.document_fromstring(page)
    assert len(tree.xpath("//script")) == 2
    assert not tree.xpath("//img")
    assert len(tree.xpath("//article")) == 1
    assert HOSTILE in tree.xpath("//h1")[0].text_content()
    assert tree.xpath("//*[@data-path='a.b']")[0].text_content() == HOSTILE
    assert tree.xpath("//mark[@data-path='x.y']/@data-label") == [HOSTILE]
    data = json.loads(tree.get_element_by_id("agreement-data").text_content())
    assert data["document"]["bank"] == HOSTILE


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(documents())
def test_any_agreement_makes_a_sound_page(document: n.Document) -> None:
    found = nesting(write_html_page(document))
    assert (found.wrong, found.open) == ([], [])
    assert len(found.ids) == len(set(found.ids))
    tree = parsed(document)
    assert len(tree.xpath("//article//aside")) == len(document.notes)
    assert sorted(tree.xpath("//a[contains(@class, 'mark')]/@href")) == sorted(
        f"#{id_}" for id_ in tree.xpath("//aside/@id")
    )
    assert set(tree.xpath("//aside//a[@class='back']/@href")) <= {f"#{id_}" for id_ in found.ids}
    assert len(tree.xpath("//*[@data-paragraph]")) == len(list(divisions(document)))


def test_control_characters_are_refused() -> None:
    with pytest.raises(OutputError, match=r"AK700.*HTML"):
        write_html_page(replace(one(), title="a\x00b"))


# --------------------------------------------------------------------------------------- what is marked


def test_notes_stand_beside_the_words_they_are_about() -> None:
    tree = parsed(one())
    first, second = tree.xpath("//aside")
    assert [first.get("data-voice"), second.get("data-voice")] == ["law", "employer"]
    assert first.xpath("ancestor::div[contains(@class, 'unit')]//h4 | ancestor::div[contains(@class, 'unit')]//h3")
    unit = second.xpath("ancestor::div[contains(@class, 'unit')]")[0]
    assert "Words" in unit.xpath("div[@class='text']")[0].text_content()
    (phrase,) = unit.xpath(".//span[@class='phrase']")
    (mark,) = unit.xpath(".//a[contains(@class, 'mark')]")
    assert (phrase.get("data-notes"), phrase.text_content(), mark.get("href")) == ("2", "Words", "#n2")
    assert mark.text_content() == ""  # a mark adds no word to the agreement
    assert mark.get("aria-label") == "Note 2, Employer"
    assert second.xpath(".//a[@class='back']/@href") == [f"#{mark.get('id')}"]


def test_terms_lead_to_their_definition_and_are_one_tab_stop_a_clause() -> None:
    twice = n.Para((n.Term("t", "Term"), n.Text(" and "), n.Term("t", "Terms"), n.Term("not-here", "Other")))
    document = one()
    clause = document.body[0]
    sub = replace(clause.children[0], blocks=(twice, clause.children[0].blocks[1]))
    tree = parsed(replace(document, body=(replace(clause, children=(sub,)),)))
    terms = tree.xpath("//article//a[@class='term']")
    assert [(term.text_content(), term.get("tabindex")) for term in terms] == [("Term", None), ("Terms", "-1")]
    assert tree.get_element_by_id(terms[0].get("href")[1:]).xpath(".//dfn")


def test_the_list_of_values_names_settings_and_blanks() -> None:
    (details,) = parsed(one()).xpath("//details[@class='values']")
    text = " ".join(details.text_content().split())
    assert "Still blank (1) [●] Words x.y" in text
    assert "Values (1) Words a.b" in text


def test_a_final_copy_has_no_settings_no_comments_and_no_notes(agreements: ak.AgreementSet) -> None:
    document = replace(one(), meta=n.Meta(status="Final"))
    page = write_html_page(document, notes=False, final=True)
    tree = html.document_fromstring(page)
    assert not tree.xpath("//*[@id='comments-panel' or @id='notes-panel' or @class='values']")
    assert not tree.xpath("//article//*[@class='value' or @class='phrase'] | //aside")
    assert "a.b" not in page
    assert "Why." not in page
    assert "review" not in tree.xpath("//body/@class")[0]


def test_without_notes_nothing_tells_that_there_were_any() -> None:
    tree = parsed(one(), notes=False)
    assert not tree.xpath("//article//aside | //article//*[@class='phrase'] | //*[@id='notes-panel']")
    assert tree.xpath("//*[@id='comments-panel']")


def test_the_filters_know_voices_and_topics(page: str, agreements: ak.AgreementSet) -> None:
    tree = html.document_fromstring(page)
    counts = {
        box.get("value"): int(box.getparent().xpath("span[@class='count']")[0].text_content())
        for box in tree.xpath("//input[@name='voice']")
    }
    notes = agreements["recognition"].notes
    assert counts == {voice: sum(note.voice == voice for note in notes) for voice in counts}
    assert sum(counts.values()) == len(notes)
    chosen = [value for value in tree.xpath("//select[@id='topic']//option/@value") if value]
    assert chosen
    assert set(chosen) <= set(tree.xpath("//article//@id"))


def test_a_further_note_and_its_audience_can_be_seen() -> None:
    note = replace(one().notes[1], detail="more", audience="employer", purpose="warns")
    tree = parsed(replace(one(), notes=(note,)))
    (aside,) = tree.xpath("//aside")
    assert aside.get("data-detail") == "more"
    assert aside.xpath(".//span[@class='about']")[0].text_content() == "Warning, for the employer"


def test_references_lead_within_the_page_and_to_the_other_file() -> None:
    words = (n.ReferencePart("clause 1"),)
    block = n.Para((n.Reference("c", words), n.Reference("x", words, "partnership"), n.Reference("gone", words)))
    document = replace(one(), opening=(block,))
    links = parsed(document, files={"partnership": "a b.html"}).xpath("//a[contains(@class, 'ref')]/@href")
    assert links == ["#ak-recognition_3a_c", "a%20b.html#ak-partnership_3a_x"]
    assert parsed(document).xpath("//a[contains(@class, 'ref')]/@href") == ["#ak-recognition_3a_c"]


# ------------------------------------------------------------------------------------------ identity


def test_the_page_carries_the_identity_of_its_document() -> None:
    document = one()
    data = json.loads(parsed(document).get_element_by_id("agreement-data").text_content())
    assert data["format"] == "agreementkit-review/1"
    assert data["document"] == identity_of(document).as_dict()
    assert data["document"]["digest"] == "0123456789abcdef"


def test_notes_make_no_difference_to_the_identity_but_words_do() -> None:
    before = identity_of(one())
    assert identity_of(replace(one(), notes=())) == before
    assert not identity_of(replace(one(), notes=())).differs(before)
    changed = identity_of(one("Other words"))
    assert changed.differs(before)
    assert replace(changed, words="", bank="Words").differs(replace(before, words="")) is False
    assert replace(before, words="", digest="x").differs(before)
