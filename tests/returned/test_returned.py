"""What was done to a returned file, each kind of edit at its place: tracked, untracked, and where marks were lost."""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import cache

import pytest
from commented import on, words
from edited import (
    edited,
    mark,
    mark_end,
    new_paragraph,
    paragraph,
    plain_run,
    put_in,
    remove,
    run_with,
    strike,
    strike_all,
    text,
    without_bookmarks,
    without_carried,
)
from lxml import etree
from small import configured, small_bank

import agreementkit as ak
from agreementkit.returned import Edit, Returned
from agreementkit.testing.markup import all_runs, deleted
from agreementkit.writers import WRITERS, WriteOptions
from agreementkit.writers.word.markup import W, w

Change = Callable[[etree._Element], None]


@cache
def agreement(precedent: str = "recognition") -> ak.Agreement:
    return ak.assemble(configured(), small_bank())[precedent]


@cache
def sent(precedent: str = "recognition", notes: str = "comments") -> bytes:
    return WRITERS["docx"].write(agreement(precedent).document, WriteOptions(notes=notes))  # type: ignore[arg-type]


def back(change: Change, precedent: str = "recognition", *, known: bool = True) -> Returned:
    content = edited(sent(precedent), change)
    if known:
        return Returned.read(content, agreement(precedent), "back.docx")
    return Returned.read(without_carried(content), None, "back.docx")


def only(change: Change, precedent: str = "recognition") -> Edit:
    (edit,) = back(change, precedent).edits
    return edit


def said(edit: Edit) -> tuple[str, bool, str, str, str]:
    return edit.kind, edit.tracked, edit.place.id, edit.before, edit.after


# ------------------------------------------------------------------------------------------------ nothing


@pytest.mark.parametrize("precedent", ["recognition", "partnership"])
@pytest.mark.parametrize("notes", ["comments", "footnotes", "inline", "none"])
def test_what_comes_back_as_it_was_sent_has_no_edits(precedent: str, notes: str) -> None:
    found = Returned.read(sent(precedent, notes), agreement(precedent))
    assert found.edits == ()
    assert all(one.own for one in found.comments)
    assert found.unplaced == ()
    assert len(found.report) == 0
    assert "may take reasonable time off" in found.text() or precedent == "partnership"


def test_numbers_that_word_computes_and_runs_that_it_cuts_are_no_edits() -> None:
    def change(root: etree._Element) -> None:
        result = False
        for one in root.iter(w("fldChar"), w("t")):
            if one.tag == w("fldChar"):
                result = one.get(w("fldCharType")) == "separate"
            elif result and (one.text or "")[:1].isdigit():
                one.text = "9.9"
        run_with(paragraph(root, "What is reasonable"), "reasonable depends")
        row = next(one for one in root.iter(w("p")) if one.find(w("hyperlink")) is not None)
        strike(row, "Parties")  # a list of contents that was made anew while changes were tracked
        for name in ("numberingChange", "proofErr", "lastRenderedPageBreak"):
            paragraph(root, "What is reasonable").append(etree.Element(w(name)))

    assert back(change).edits == ()


# ------------------------------------------------------------------------------------------------- words


def test_words_put_in_struck_out_and_replaced_are_found_tracked_and_not() -> None:
    def change(root: etree._Element, *, tracked: bool) -> None:
        put_in(paragraph(root, "What is reasonable"), "the case", " and the day", tracked=tracked)
        strike(paragraph(root, "A Dispute is talked"), " first", tracked=tracked)
        two = paragraph(root, "Headings do not")
        put_in(two, "affect", "change", tracked=tracked)
        strike(two, "affect", tracked=tracked)

    for tracked in (True, False):
        found = back(lambda root, tracked=tracked: change(root, tracked=tracked))  # type: ignore[misc]
        assert [(one.kind, one.tracked, one.place.id, one.place.number) for one in found.edits] == [
            ("replaced", tracked, "meaning/headings", "1.2"),
            ("inserted", tracked, "time-off/amount", "3.2"),
            ("deleted", tracked, "disputes/start", "4.1"),
        ]
        assert [(one.before.strip(), one.after.strip()) for one in found.edits] == [
            ("affect", "change"), ("", "and the day"), ("first", ""),
        ]  # fmt: skip
        assert {one.author for one in found.edits} == ({"B. Officer"} if tracked else {""})
        assert all(one.place.by == "bookmark" for one in found.edits)
        edit = found.edits[1]
        assert edit.old == "What is reasonable depends on the case."
        assert edit.new == "What is reasonable depends on the case and the day."
        assert edit.place.heading == "Time off"
        assert edit.place.clause == "time-off"


def test_what_one_put_in_and_another_struck_out_is_two_edits() -> None:
    def change(root: etree._Element) -> None:
        one = paragraph(root, "What is reasonable")
        put_in(one, "the case", " and also the day", "A")
        run = run_with(one, "also ")
        gone = mark("del", "B")
        run.addprevious(gone)
        gone.append(deleted(run))

    found = back(change)
    assert [(one.kind, one.author, one.before, one.after) for one in found.edits] == [
        ("inserted", "A", "", " and also the day"),
        ("deleted", "B", "also ", ""),
    ]
    assert found.edits[0].new == "What is reasonable depends on the case and the day."
    assert "also" not in found.text("original")
    assert "also" not in found.text("final")


def test_every_edit_has_an_id_of_its_own_that_stays() -> None:
    def change(root: etree._Element) -> None:
        for words_ in ("What", "depends"):
            put_in(paragraph(root, "What"), words_, " same")

    one, other = back(change), back(change)
    assert [edit.id for edit in one.edits] == [edit.id for edit in other.edits]
    assert len({edit.id for edit in one.edits}) == len(one.edits) == 2


# ------------------------------------------------------------------------------------------ paragraphs


def test_a_paragraph_put_in_stands_behind_the_one_before() -> None:
    def tracked(root: etree._Element) -> None:
        one = paragraph(root, "What is reasonable")
        one.addnext(new_paragraph("It is paid.", one, "B. Officer"))
        mark_end(one, mark("ins"))

    def as_redlines_do(root: etree._Element) -> None:
        one = paragraph(root, "What is reasonable")
        new = new_paragraph("It is paid.", one, "B. Officer")
        mark_end(new, mark("ins"))
        one.addnext(new)

    def untracked(root: etree._Element) -> None:
        one = paragraph(root, "What is reasonable")
        one.addnext(new_paragraph("It is paid.", one))

    for change in (tracked, as_redlines_do, untracked):
        edit = only(change)
        assert said(edit) == ("inserted", change is not untracked, "time-off/amount", "", "It is paid.")
        assert (edit.whole, edit.place.by, edit.old, edit.new) == (True, "neighbour", "", "It is paid.")


def test_a_paragraph_and_a_whole_clause_taken_out() -> None:
    whole = "What is reasonable depends on the case."
    edit = only(lambda root: strike_all(paragraph(root, whole)))
    assert said(edit) == ("deleted", True, "time-off/amount", whole, "")
    assert (edit.whole, edit.old, edit.new) == (True, whole, "")
    edit = only(lambda root: remove(paragraph(root, whole)))
    assert said(edit) == ("deleted", False, "time-off/amount", whole, "")
    assert (edit.whole, edit.old, edit.new) == (True, whole, "")

    def clause(root: etree._Element) -> None:
        for start in ("Time off", "An Accredited Representative may", "What is reasonable", "Notice is", "Refusals go"):
            remove(paragraph(root, start))

    found = back(clause)
    assert {(one.kind, one.place.clause, one.whole) for one in found.edits} == {("deleted", "time-off", True)}
    assert [one.place.number for one in found.edits] == ["3", "3.1", "3.2", "3.3", "3.4"]


def test_a_paragraph_moved_by_name_by_words_and_by_nobody() -> None:
    start = "What is reasonable"

    def moved(root: etree._Element, kind: str, *, named: bool = True) -> None:
        one = paragraph(root, start)
        new = copy.deepcopy(one)
        without_bookmarks(new)
        for it, name in ((one, f"{kind}From" if kind else "del"), (new, f"{kind}To" if kind else "ins")):
            for run in all_runs(it):
                box = mark(name)
                run.addprevious(box)
                box.append(deleted(run) if name == "del" else run)
            mark_end(it, mark(name))
            if kind and named:
                it.insert(1, mark(f"{name}RangeStart", name="move1"))
                it.append(mark(f"{name}RangeEnd"))
        paragraph(root, "Headings do not").addnext(new)

    def untracked(root: etree._Element) -> None:
        paragraph(root, "Headings do not").addnext(paragraph(root, start))

    changes: dict[str, Change] = {
        "named": lambda root: moved(root, "move"),
        "without a name": lambda root: moved(root, "move", named=False),
        "struck out and put in": lambda root: moved(root, ""),
        "untracked": untracked,
    }
    for name, change in changes.items():
        edit = only(change)
        assert (edit.kind, edit.place.id, edit.whole) == ("moved", "time-off/amount", True), name
        assert edit.to is not None
        assert edit.to.id == "meaning/headings", name
        assert edit.before == edit.after == "What is reasonable depends on the case.", name
        assert edit.tracked == (name != "untracked")


def test_a_paragraph_cut_in_two() -> None:
    def cut(root: etree._Element, *, tracked: bool, bookmark: bool = True) -> None:
        one = paragraph(root, "An Accredited Representative may")
        run = run_with(one, "time off with pay")
        new = new_paragraph("", one)
        for child in new.findall(w("r")):
            new.remove(child)
        rest = [run, *run.itersiblings(w("r"))]
        if not bookmark:  # some programs leave the bookmark with the second half
            rest = [*one.iterchildren(w("bookmarkStart")), *rest]
        for it in rest:
            new.append(it)
        one.addnext(new)
        if tracked:
            mark_end(one, mark("ins"))

    for tracked, bookmark in ((True, True), (False, True), (False, False)):
        edit = only(lambda root, t=tracked, b=bookmark: cut(root, tracked=t, bookmark=b))  # type: ignore[misc]
        assert (edit.kind, edit.tracked, edit.place.id) == ("split", tracked, "time-off/duties")
        assert edit.old == "An Accredited Representative may take reasonable time off with pay."
        assert edit.new == "An Accredited Representative may take reasonable\ntime off with pay."


def test_two_paragraphs_put_together() -> None:
    def merge(root: etree._Element, *, tracked: bool) -> None:
        one, other = paragraph(root, "An Accredited Representative may"), paragraph(root, "What is reasonable")
        if tracked:
            mark_end(one, mark("del"))
            return
        one.append(plain_run(" "))
        for run in all_runs(other):
            one.append(run)
        remove(other)

    for tracked in (True, False):
        edit = only(lambda root, t=tracked: merge(root, tracked=t))  # type: ignore[misc]
        assert (edit.kind, edit.tracked, edit.place.id) == ("merged", tracked, "time-off/duties")
        assert edit.old.split("\n") == [
            "An Accredited Representative may take reasonable time off with pay.",
            "What is reasonable depends on the case.",
        ]
        assert edit.new.replace(". ", ".").endswith("pay.What is reasonable depends on the case.")


# ------------------------------------------------------------------------------------------------- values


def test_a_value_in_its_control_is_a_value_tracked_and_not() -> None:
    def change(root: etree._Element, *, tracked: bool) -> None:
        one = paragraph(root, "Notice is")
        put_in(one, "5", "42", tracked=tracked)
        strike(one, "5", tracked=tracked)

    for tracked in (True, False):
        edit = only(lambda root, t=tracked: change(root, tracked=t))  # type: ignore[misc]
        assert said(edit) == ("value", tracked, "time-off/notice", "5", "42")
        assert edit.path == "time_off.notice_days"
        assert edit.new.replace("\xa0", " ") == "Notice is 42 Working Days, or 28 days for training."


def test_a_value_without_a_control_is_known_by_the_words_that_were_sent() -> None:
    final = WRITERS["docx"].write(agreement().document, WriteOptions(notes="none"))

    def plain(root: etree._Element) -> None:
        for one in [*root.iter(w("sdt"))]:
            content = one.find(w("sdtContent"))
            if content is not None and content.find(w("r")) is not None:
                for run in content:
                    one.addprevious(run)
                remove(one)

    def change(root: etree._Element, old: str, new: str, *, tracked: bool) -> None:
        plain(root)
        one = paragraph(root, "Notice is")
        put_in(one, old, new, tracked=tracked)
        strike(one, old, tracked=tracked)

    for tracked in (True, False):
        content = edited(final, lambda root, t=tracked: change(root, "5", "42", tracked=t))  # type: ignore[misc]
        (edit,) = Returned.read(content, agreement()).edits
        assert (edit.kind, edit.path, edit.before, edit.after) == ("value", "time_off.notice_days", "5", "42")


def test_a_change_that_goes_beyond_a_value_stays_plain_and_names_its_path() -> None:
    def change(root: etree._Element) -> None:
        one = paragraph(root, "Notice is")
        box = mark("del")
        runs = [run for run in all_runs(one) if text(run).strip() in ("5", "Working Days") or text(run) == " "]
        runs[0].addprevious(box)
        for control in [*one.iter(w("sdt"))][:1]:
            remove(control)
        one.insert(3, new := mark("ins"))
        new.append(plain_run("six weeks’ "))
        for run in runs:
            if text(run).strip() != "5":
                gone = mark("del")
                run.addprevious(gone)
                gone.append(deleted(run))

    found = back(change)
    assert all("time_off.notice_days" in (one.path, "time_off.notice_days") for one in found.edits)
    assert any(one.path == "time_off.notice_days" for one in found.edits)
    came = " ".join(one.after for one in found.edits)
    assert "six weeks" in came


# ---------------------------------------------------------------------------------- kinds of paragraphs


def test_a_definition_a_schedule_paragraph_and_a_signature_have_their_places() -> None:
    def change(root: etree._Element) -> None:
        put_in(paragraph(root, "Accredited Representative means"), "elected", " or appointed")
        put_in(paragraph(root, "a board; and"), "a board", " and a wall", tracked=False)
        put_in(paragraph(root, "Signed for UNISON"), "UNISON", " and its branch")
        cell = [one for one in root.iter(w("p")) if text(one) == "Signature"][-1]
        put_in(cell, "Signature", " in ink", tracked=False)

    found = {one.place.id: one for one in back(change).edits}
    assert list(found) == ["meaning/terms", "facilities/board", "sign-union-1", "sign-union-2"]
    assert found["meaning/terms"].place.term == "accredited-representative"
    assert found["facilities/board"].place.number == "Schedule 1, 2"
    assert found["facilities/board"].place.clause == "facilities"
    assert found["sign-union-1"].tracked
    assert not found["sign-union-2"].tracked
    assert found["sign-union-2"].after.strip() == "in ink"


def table_row(root: etree._Element, start: str) -> etree._Element:
    return next(one for one in root.iter(w("tr")) if text(one).startswith(start))


def test_cells_and_rows_of_a_table() -> None:
    def cells(root: etree._Element) -> None:
        row = table_row(root, "Any other")
        put_in([*row.iter(w("p"))][1], "with members", " here")
        put_in(next(row.iter(w("p"))), "Any other", " union", tracked=False)

    found = back(cells).edits
    assert [(one.place.id, one.place.row, one.tracked, one.after.strip()) for one in found] == [
        ("scope/~1", 3, False, "union"),
        ("scope/~1", 3, True, "here"),
    ]

    def out(root: etree._Element, *, tracked: bool) -> None:
        row = table_row(root, "Royal College")
        if not tracked:
            remove(row)
            return
        for one in row.iter(w("p")):
            for run in all_runs(one):
                box = mark("del")
                run.addprevious(box)
                box.append(deleted(run))
        properties = row.find(w("trPr"))
        assert properties is not None
        properties.append(mark("del"))

    for tracked in (True, False):
        edit = only(lambda root, t=tracked: out(root, tracked=t))  # type: ignore[misc]
        assert said(edit) == ("deleted", tracked, "scope/~1", "Royal College of Nursing | RCN", "")
        assert edit.whole

    def come(root: etree._Element, *, tracked: bool) -> None:
        row = table_row(root, "Royal College")
        new = copy.deepcopy(row)
        for one, words_ in zip(new.iter(w("p")), ("Unite", "Unite the Union"), strict=True):
            for run in all_runs(one):
                remove(run)
            box = mark("ins") if tracked else one
            box.append(plain_run(words_))
            if tracked:
                one.append(box)
        if tracked:
            properties = new.find(w("trPr"))
            assert properties is not None
            properties.append(mark("ins"))
        row.addnext(new)

    edit = only(lambda root: come(root, tracked=True))
    assert said(edit) == ("inserted", True, "scope/~1", "", "Unite | Unite the Union")
    found = back(lambda root: come(root, tracked=False)).edits
    assert {(one.kind, one.place.id) for one in found} == {("inserted", "scope/~1")}
    assert " ".join(one.after for one in found) == "Unite Unite the Union"


def test_form_is_told_in_words() -> None:
    def change(root: etree._Element) -> None:
        one = paragraph(root, "What is reasonable")
        run = run_with(one, "reasonable")
        properties = etree.Element(w("rPr"))
        run.insert(0, properties)
        properties.append(etree.Element(w("b")))
        changed = mark("rPrChange")
        changed.append(etree.Element(w("rPr")))
        properties.append(changed)
        other = paragraph(root, "A Dispute is talked").find(w("pPr"))
        assert other is not None
        style = other.find(w("pStyle"))
        assert style is not None
        old = mark("pPrChange")
        old.append(before := etree.Element(w("pPr")))
        before.append(copy.deepcopy(style))
        style.set(w("val"), "Heading2")
        other.append(old)

    found = back(change).edits
    assert [(one.kind, one.place.id, one.before, one.detail) for one in found] == [
        ("formatted", "time-off/amount", "reasonable", "bold"),
        ("formatted", "disputes/start", "A Dispute is talked through first.", "style Heading2"),
    ]


# ---------------------------------------------------------------------------------------- marks that are lost


def test_without_any_bookmark_paragraphs_are_known_by_their_words() -> None:
    def change(root: etree._Element) -> None:
        without_bookmarks(root)
        put_in(paragraph(root, "What is reasonable"), "the case", " and the day")
        strike(paragraph(root, "A Dispute is talked"), " first", tracked=False)

    found = back(change)
    assert [(one.kind, one.place.id, one.place.by) for one in found.edits] == [
        ("inserted", "time-off/amount", "text"),
        ("deleted", "disputes/start", "text"),
    ]
    assert 0.5 <= found.edits[1].place.confidence < 1
    assert [one.code for one in found.report] == ["AK806"]


def test_a_bookmark_that_stands_twice_is_the_original_where_its_neighbours_are() -> None:
    def change(root: etree._Element) -> None:
        one = paragraph(root, "What is reasonable")
        copied = copy.deepcopy(one)
        put_in(copied, "the case", " of each", tracked=False)
        paragraph(root, "Headings do not").addnext(copied)

    edit = only(change)
    assert said(edit) == ("inserted", False, "meaning/headings", "", "What is reasonable depends on the case of each.")


def test_pasted_paragraphs_are_new_each() -> None:
    def change(root: etree._Element) -> None:
        one = paragraph(root, "Headings do not")
        for number in (3, 2, 1):
            one.addnext(new_paragraph(f"Pasted from elsewhere, number {number}."))

    found = back(change).edits
    assert [one.after[-2:] for one in found] == ["1.", "2.", "3."]
    assert {(one.kind, one.whole, one.place.id) for one in found} == {("inserted", True, "meaning/headings")}


# ------------------------------------------------------------------------------------- beside the running text


def test_headers_footers_and_footnotes() -> None:
    content = sent(notes="footnotes")

    def head(root: etree._Element) -> None:
        put_in(next(one for one in root.iter(w("p")) if text(one)), text(next(root.iter(w("t")))), " (amended)")

    def foot(root: etree._Element) -> None:
        one = next(one for one in root.iter(w("p")) if len(text(one)) > 20)
        put_in(one, text(one)[1:4] if False else next(it.text or "" for it in one.iter(w("t"))), " (amended)")

    content = edited(edited(content, head, "word/header1.xml"), foot, "word/footnotes.xml")
    found = Returned.read(content, agreement())
    assert {(one.kind, one.after) for one in found.edits} == {("inserted", " (amended)")}
    by_heading = {one.place.heading: one for one in found.edits}
    assert not by_heading["Header"].place.placed
    assert any(one.place.placed for one in found.edits)  # a footnote stands where its mark stands
    assert {id(one) for one in found.unplaced} == {id(by_heading["Header"])}
    assert "AK807" in [one.code for one in found.report]


def test_a_text_box_and_a_document_put_in_whole_are_listed_without_a_place() -> None:
    def change(root: etree._Element) -> None:
        one = paragraph(root, "What is reasonable")
        box = etree.fromstring(
            f'<w:r xmlns:w="{W}"><w:pict><w:txbxContent><w:p><w:r><w:t>Said in a box</w:t></w:r></w:p>'
            "</w:txbxContent></w:pict></w:r>"
        )
        one.append(box)
        one.addnext(etree.Element(w("altChunk")))

    found = back(change)
    listed = [one for one in found.unplaced if isinstance(one, Edit)]
    assert {(one.place.heading, one.after) for one in listed} == {
        ("Text box", "Said in a box"),
        ("Document put in whole", "[document]"),
    }
    assert ("inserted", "time-off/amount", "[picture]") in [(one.kind, one.place.id, one.after) for one in found.edits]


def test_words_hidden_in_the_list_of_contents_are_listed() -> None:
    def change(root: etree._Element) -> None:
        row = next(one for one in root.iter(w("p")) if one.find(w("hyperlink")) is not None)
        row.addnext(new_paragraph("No notice is needed."))

    edit = only(change)
    assert (edit.kind, edit.place.heading, edit.after) == ("inserted", "Contents", "No notice is needed.")


# --------------------------------------------------------------------------------------------- comments


def test_comments_replies_and_resolved_threads_have_places() -> None:
    from commented import by_hand
    from commented import said as comment

    extended = '<w15:commentEx w15:paraId="0A" w15:done="1"/><w15:commentEx w15:paraId="0B" w15:paraIdParent="0A"/>'
    start = '<w:bookmarkStart w:id="9" w:name="ak_time_off_amount"/><w:bookmarkEnd w:id="9"/>'
    gone = f'<w:del w:author="B">{words("What is").replace("w:t", "w:delText")}</w:del>'
    body = f"<w:p>{start}{on('0', gone)}{words(' reasonable depends on the case.')}</w:p>"
    comments = comment("0", "asks", paragraph="0A") + comment("1", "answers", "B", paragraph="0B")
    found = Returned.read(by_hand(body, comments, extended), agreement())
    first, second = found.comments
    assert (first.comment.done, first.place.id, first.own) == (True, "time-off/amount", False)
    assert (second.comment.parent, second.place.id) == ("0", "time-off/amount")
    rows = [row for row in found.table() if row["what"] in ("comment", "reply")]
    assert [(row["what"], row["number"], row["after"]) for row in rows] == [
        ("comment", "3.2", "asks"),
        ("reply", "3.2", "answers"),
    ]


# ------------------------------------------------------------------------------------------- which file


def test_a_file_of_another_agreement_is_said_to_be_one() -> None:
    found = Returned.read(sent("partnership"), agreement())
    assert [one.code for one in found.report.errors] == ["AK803"]
    assert found.edits


def test_a_file_of_another_version_and_one_that_is_nothing_of_it() -> None:
    other = ak.assemble(configured(time_off={"notice_days": 9}), small_bank())["recognition"]
    found = Returned.read(sent(), other)
    assert [one.code for one in found.report] == ["AK804"]
    assert [(one.kind, one.path, one.before, one.after) for one in found.edits] == [
        ("value", "time_off.notice_days", "9", "5")
    ]

    def replace(root: etree._Element) -> None:
        for one in [*root.iter(w("p"))][1:]:
            for it in one.iter(w("t")):
                it.text = "Something else"
            without_bookmarks(one)

    codes = [one.code for one in back(replace).report.errors]
    assert codes == ["AK805"]


def test_without_the_agreement_places_are_bookmarks() -> None:
    found = back(lambda root: put_in(paragraph(root, "What is reasonable"), "the case", " and the day"), known=False)
    (edit,) = found.edits
    assert (edit.kind, edit.place.id) == ("inserted", "ak_time_off_amount")
    assert [one.code for one in found.report] == ["AK809"]
    assert found.agreement is None
    assert found.identity is not None


def test_views_tables_and_plain_data() -> None:
    def change(root: etree._Element) -> None:
        put_in(paragraph(root, "What is reasonable"), "the case", " and the day")

    found = back(change)
    assert "the case and the day." in found.text("final")
    assert "the case." in found.text("original")
    assert "the case{+ and the day+}." in found.text("marked")
    assert found.table()[0]["number"] == "3.2"
    assert found.as_dict()["edits"][0]["after"] == " and the day"
    assert "and the day" in found._repr_html_()
    place = next(one for one in found.paragraphs if one.place.id == "time-off/amount")
    assert place.marked() == "What is reasonable depends on the case{+ and the day+}."
