"""Search over the bank: what is found, where, in which order, and which queries are refused."""

from __future__ import annotations

import html
from pathlib import Path

import pytest
from small import LEAST, small_bank, write_bank

import agreementkit as ak
from agreementkit.searching import Hit
from agreementkit.testing.packs import clause_text


@pytest.fixture(scope="module")
def bank() -> ak.Bank:
    return small_bank()


def of_clauses(folder: Path, clauses: dict[str, str], **kinds: str) -> ak.Bank:
    return ak.Bank.load(core=write_bank(folder, clauses, **kinds))


def places(result: ak.SearchResult) -> list[tuple[str, str]]:
    return [(hit.id, hit.label) for hit in result]


def codes(bank: ak.Bank, text: str, **filters: str) -> list[str]:
    with pytest.raises(ak.BankError) as caught:
        ak.search(bank, text, **filters)
    for fault in caught.value.diagnostics:
        assert fault.hints, fault.render()
        assert fault.place is not None
        assert fault.place.column + fault.place.length - 1 <= max(1, len(fault.place.source)), fault.render()
    return [fault.code for fault in caught.value.diagnostics]


# ------------------------------------------------------------------------------------------------- where it looks


def test_it_looks_in_every_part_of_a_file(bank: ak.Bank) -> None:
    assert ("time-off", "title") in places(ak.search(bank, "time off"))
    assert places(ak.search(bank, "depends")) == [("time-off", "#amount, variant reasonable")]
    assert places(ak.search(bank, "locks")) == [("disputes", "item 3.2")]
    assert places(ak.search(bank, "wholly")) == [("disputes", "item 3.2.1")]
    assert places(ak.search(bank, "statutory")) == [("time-off", "note paid (law)")]
    assert places(ak.search(bank, "predictable")) == [("time-off", "note pool (employer), variant pool")]
    assert places(ak.search(bank, "board room")) == [("facilities", "item 1")], "the rest is in the clause"
    assert places(ak.search(bank, "difference terms")) == [("dispute", "definition")]
    assert ("staff-party", "term") in places(ak.search(bank, "staff party"))
    assert ("staff-party", "plural") in places(ak.search(bank, "parties old"))
    assert ("time-off", "variant pool") in places(ak.search(bank, "pool basis"))
    assert ("pair", "when") in places(ak.search(bank, "representation agreements"))
    assert ("facilities", "text") in places(ak.search(bank, "provide"))


def test_a_hit_says_where_it_is(bank: ak.Bank) -> None:
    (hit,) = ak.search(bank, "predictable")
    assert hit == Hit(
        id="time-off",
        kind="clause",
        title="Time off",
        pack="small",
        version="1.0",
        where=hit.where,
        key="pool",
        voice="employer",
        variant="pool",
        file="small/body/time-off.md",
        line=23,
        words="A pool makes the cost predictable.",
        marks=((22, 33),),
        why="the word",
    )
    assert hit.excerpt == "A pool makes the cost **predictable**."
    assert hit.where == "note"


@pytest.mark.parametrize(
    "query",
    ["depends", "predictable", "wholly", "provide", "voice:law", "option:unions", "agreements", "old"],
)
def test_file_and_line_are_those_of_the_words(bank: ak.Bank, query: str) -> None:
    found = ak.search(bank, query)
    assert found
    for hit in found:
        path = Path(__file__).parents[1] / "banks" / hit.file
        lines = path.read_text(encoding="utf-8").split("\n")
        first = next(word for word in hit.words.replace("…", " ").split() if word.isalpha())
        assert first in " ".join(lines[hit.line - 1 : hit.line + 2]), (hit, lines[hit.line - 1])


def test_text_of_a_variant_after_notes_has_its_own_line(tmp_path: Path) -> None:
    body = (
        "Common words.\n\n[^a]: {voice=law on=all} First.\n\n    More of it.\n\n"
        "## one\n\n[^b]: {voice=law on=all} Second.\n\n## two\n\nWords of two.\n"
    )
    front = "variants: {one: several_unions, two: not several_unions}\n"
    bank = of_clauses(tmp_path, {"x": clause_text("x", body, front=front)})
    (hit,) = ak.search(bank, '"words of two"')
    lines = (tmp_path / "x.md").read_text(encoding="utf-8").split("\n")
    assert lines[hit.line - 1] == "Words of two."


# -------------------------------------------------------------------------------------------------------- the words


def test_a_reader_sees_no_marks(tmp_path: Path) -> None:
    body = (
        "1.  The **{employer}** gives [*ample* notice][^n] of {{ time_off.notice_days | days }} and {{ employers | "
        "plural('keeps', 'keep') }} to @/two[ or not]{when=\"several_unions\"}[ or so]{when=\"not several_unions\"}. "
        "{#one}\n"
        '2.  Each:\n\n    1.  {{ union.name }}; {#two each="union in unions"}\n\n[^n]: {voice=law} Why.\n'
    )
    definition = clause_text("employer", "means somebody.", kind="definition", front="term: Employer\n")
    bank = of_clauses(tmp_path, {"x": clause_text("x", body), "employer": definition}, employer="definition")
    (hit,) = ak.search(bank, "ample")
    assert hit.words == (
        "The employer gives ample notice of time_off.notice_days and keeps/keep to @/two or not or so."
    )
    (hit,) = ak.search(bank, "unions name")
    assert (hit.words, hit.label) == ("unions.name;", "#two"), "the name that `each` binds is written out"


def test_endings_and_small_words_do_not_matter(tmp_path: Path) -> None:
    bank = of_clauses(
        tmp_path, {"x": clause_text("x", "The unions may ballot their members; policies are negotiated.")}
    )
    for query in ("ballots", "balloted", "balloting of the members", "policy", "negotiation", "Union's", "BALLOT"):
        assert ak.search(bank, query), query
    for query in ("ball", "polic", "member ballot employer"):
        assert not ak.search(bank, query), query


def test_a_phrase_is_found_in_its_order_only(tmp_path: Path) -> None:
    clauses = {
        "a": clause_text("a", "They keep the status quo."),
        "b": clause_text("b", "The quo has no status."),
        "c": clause_text("c", "- what is the status\n- quo vadis"),
        "d": clause_text("d", 'A [status]{when="several_unions"} quo, and more.'),
    }
    bank = of_clauses(tmp_path, clauses)
    assert [hit.id for hit in ak.search(bank, '"status quo"')] == ["a", "d"]
    assert [hit.id for hit in ak.search(bank, "“status quo”")] == ["a", "d"], "curly quotes are quotes"
    assert [hit.id for hit in ak.search(bank, "status quo")] == ["a", "d", "b", "c"]
    assert [hit.id for hit in ak.search(bank, '"of the"')] == [], "small words count in a phrase"
    assert [hit.excerpt for hit in ak.search(bank, '"the status quo"')] == ["They keep **the status quo**."]


def test_words_in_different_places_of_a_clause_are_found_last(tmp_path: Path) -> None:
    clauses = {
        "apart": clause_text("apart", "1.  Apples are here, and plums. {#one}\n2.  Pears are there. {#two}"),
        "near": clause_text("near", "1.  Apples, plums and pears. {#one}\n2.  Pears again. {#two}"),
        "half": clause_text("half", "Apples only."),
    }
    found = ak.search(of_clauses(tmp_path, clauses), "apples plums pears")
    assert places(found) == [("near", "#one"), ("apart", "#one")]
    assert found[1].why == "has a part of it, the clause has the rest"


def test_the_order_is_title_text_note_and_then_the_front_matter(tmp_path: Path) -> None:
    clauses = {
        "d": clause_text("d", "Nothing.", front="when: labels.staff_side\n"),
        "c": clause_text("c", "Nothing.\n\n[^n]: {voice=joint on=all} The staff and their side."),
        "b": clause_text("b", "The side of the staff side."),
        "a": clause_text("a", "The side of the staff."),
        "z": clause_text("z", "Nothing.").replace("Title of z", "The staff side"),
    }
    found = ak.search(of_clauses(tmp_path, clauses), "staff side")
    assert places(found) == [
        ("z", "title"),
        ("b", "text"),
        ("a", "text"),
        ("c", "note n (joint)"),
        ("d", "when"),
    ]
    assert [hit.why for hit in found[:3]] == ["the words together", "the words together", "all the words"]


def test_an_excerpt_is_cut_between_words_where_most_hits_are(tmp_path: Path) -> None:
    text = f"apple {'word ' * 60}plum apple pear {'word ' * 60}".strip()
    (hit,) = ak.search(of_clauses(tmp_path, {"x": clause_text("x", text)}), "pear plum apple")
    assert "**plum** **apple** **pear**" in hit.excerpt
    assert hit.words.startswith("… word ")
    assert hit.words.endswith("word …")
    assert len(hit.words) < 200
    long = "x" * 400
    (hit,) = ak.search(of_clauses(tmp_path / "long", {"x": clause_text("x", f"{long} end")}), long)
    assert hit.excerpt.startswith("**xxx")


# ------------------------------------------------------------------------------------------------------ the filters


def test_topics(tmp_path: Path) -> None:
    clauses = {
        "a": clause_text("a", "Words.", front='topic: "6.1 duties"\n'),
        "b": clause_text("b", "Words.", front='topic: "6.3 training for duties"\n'),
        "c": clause_text("c", "Words.", front='topic: "16 duty"\n'),
        "d": clause_text("d", "Words."),
    }
    bank = of_clauses(tmp_path, clauses)

    def ids(topic: str) -> list[str]:
        return [hit.id for hit in ak.search(bank, topic=topic)]

    assert ids("6.1") == ["a"]
    assert ids("6") == ["a", "b"]
    assert ids("6.3 training") == ["b"]
    assert ids("duties") == ["a", "b", "c"]
    assert ids("training-for-duties") == ["b"]
    assert [hit.id for hit in ak.search(bank, "words topic:6.1 topic:16")] == ["a", "c"], "one of several is enough"


def test_law_is_cited_by_a_clause_or_a_note(bank: ak.Bank) -> None:
    whole, part = ak.search(bank, law="paid-time-act"), ak.search(bank, "law:paid-time")
    assert places(whole) == [
        ("dispute", "note difference (law)"),
        ("purpose", "note aim (employer)"),
        ("purpose", "note law (law)"),
        ("time-off", "note paid (law)"),
        ("time-off", "cites"),
    ]
    assert places(part) == places(whole)
    assert {hit.why for hit in whole} == {"cites paid-time-act"}
    assert {hit.id for hit in ak.search(bank, law="good-practice-code")} == {"purpose"}
    assert codes(bank, "law:paid-tim") == ["AK282"], "a beginning ends where a part of the id ends"


def test_an_option_is_used_in_any_expression(bank: ak.Bank) -> None:
    assert places(ak.search(bank, option="time_off.pool_hours")) == [("time-off", "#pool, variant pool")]
    (hit,) = ak.search(bank, option="time_off.pool_hours")
    assert hit.excerpt == "The pool is **time_off.pool_hours** a year."
    section = places(ak.search(bank, option="time_off"))
    assert {("time-off", "#notice"), ("time-off", "variant reasonable")} <= set(section)
    assert ("values", "#value") in places(ak.search(bank, option="values.meaning")), (
        "in a condition, under another name"
    )
    assert ("disputes", "note talk (joint)") in places(ak.search(bank, option="disputes.informal_first"))
    assert not ak.search(bank, option="document"), "a setting that no clause uses"
    assert codes(bank, "option:time_of") == ["AK283"]


def test_kind_pack_and_voice(bank: ak.Bank) -> None:
    assert [hit.id for hit in ak.search(bank, kind="schedule")] == ["constitution", "facilities"]
    assert {hit.kind for hit in ak.search(bank, "kind:party kind:recital")} == {"party", "recital"}
    assert len(ak.search(bank, pack=bank.packs[0].id).clauses) == len({*bank.clauses, *bank.terms})
    assert {hit.voice for hit in ak.search(bank, voice="law")} == {"law"}
    assert places(ak.search(bank, "statutory voice:law")) == [("time-off", "note paid (law)")]
    assert not ak.search(bank, "statutory voice:joint")


def test_filters_given_apart_and_in_the_text_are_the_same(bank: ak.Bank) -> None:
    apart = ak.search(bank, "pay", law="paid-time-act", kind="clause", voice="law")
    assert apart == ak.search(bank, "pay law:paid-time-act kind:clause voice:law")
    assert apart.query == "pay law:paid-time-act kind:clause voice:law"
    assert ak.search(bank, topic="time off").query == 'topic:"time off"'


def test_a_pack_laid_over_is_found_with_its_name(tmp_path: Path) -> None:
    core = write_bank(tmp_path / "core", {"x": clause_text("x", "Old words."), "y": clause_text("y", "Other words.")})
    pack = tmp_path / "own"
    pack.mkdir()
    (pack / "pack.yaml").write_text('id: own\ntitle: Own\nversion: "1.0"\n', encoding="utf-8")
    (pack / "x.md").write_text(clause_text("x", "New words.", front='replaces: "1.0"\n'), encoding="utf-8")
    bank = ak.Bank.load([pack], core=core)
    assert [(hit.pack, hit.words) for hit in ak.search(bank, "words")] == [
        ("own", "New words."),
        ("test", "Other words."),
    ]
    assert [hit.id for hit in ak.search(bank, "words pack:own")] == ["x"]
    assert [hit.id for hit in ak.search(bank, pack="test")] == ["y"]


def test_what_a_pack_changes_in_a_clause_is_its_own(tmp_path: Path) -> None:
    body = "Words that lead.\n\n1.  Old words. {#one}\n2.  More words. {#two}\n\n[^n]: {voice=law on=#one} Old note."
    core = write_bank(tmp_path / "core", {"x": clause_text("x", body)})
    pack = tmp_path / "own"
    pack.mkdir()
    (pack / "pack.yaml").write_text('id: own\ntitle: Own\nversion: "3.0"\n', encoding="utf-8")
    (pack / "options.yaml").write_text("options: [{name: days, type: integer, default: 3}]\n", encoding="utf-8")
    change = 'amends: x\nversion: "2.0"\nbase: "1.0"\ntitle: New title\ncites: [paid-time-act]\n'
    change += "variants: {short: several_unions}"
    new = "## after #two\n\n3.  New words within {{ options.own.days | days }}. {#three}\n"
    note = "## notes\n\n[^m]: {voice=joint on=#two} New note.\n"
    short = "## variant short\n\nShort words.\n"
    (pack / "x.md").write_text(f"---\n{change}\n---\n{new}\n{note}\n{short}", encoding="utf-8")
    bank = ak.Bank.load([pack], core=core)

    def made_by(query: str) -> list[tuple[str, str, str]]:
        return [(f"{hit.pack} {hit.version}", hit.label, hit.file) for hit in ak.search(bank, query)]

    own, old = "own/x.md", "core/x.md"
    assert made_by('"new title"') == [("own 2.0", "title", own)]
    assert made_by("old words") == [("test 1.0", "#one, variant core", old)]
    assert made_by("words lead") == [("test 1.0", "text, variant core", old)]
    assert made_by("new note") == [("own 2.0", "note m (joint)", own)]
    assert made_by("short words") == [("own 2.0", "text, variant short", own)]
    assert made_by("law:paid-time-act") == [("own 2.0", "cites", own)]
    assert [row[0] for row in made_by("option:options.own.days")] == ["own 2.0"]
    assert {row[0] for row in made_by("words pack:own")} == {"own 2.0"}
    assert codes(bank, "option:options.own.day") == ["AK283"]
    (hit,) = ak.search(bank, "words lead")
    assert (tmp_path / old).read_text(encoding="utf-8").split("\n")[hit.line - 1] == "Words that lead."


# ------------------------------------------------------------------------------------------------------- the faults


@pytest.mark.parametrize(
    "query", ["", "   ", "the of", '"status quo', "lwa:paid-time-act", "law:", 'topic:""', '""', "at 9:30am", "?!"]
)
def test_a_query_that_asks_nothing_or_cannot_be_read_is_refused(bank: ak.Bank, query: str) -> None:
    if query == "at 9:30am":
        assert not ak.search(bank, query), "a time is no filter"
    else:
        assert codes(bank, query) == ["AK280"]


@pytest.mark.parametrize(
    ("query", "code", "hint"),
    [
        ("topic:time-of", "AK281", "'time-off'"),
        ("law:paid-time-at", "AK282", "'paid-time-act'"),
        ("option:time_off.pool_hour", "AK283", "'time_off.pool_hours'"),
        ("kind:schedul", "AK284", "'schedule'"),
        ("voice:laws", "AK284", "'law'"),
        ("pack:other", "AK284", "known: small"),
        ("lwa:paid-time-act", "AK280", "'law'"),
    ],
)
def test_an_unknown_name_is_a_fault_with_the_nearest_one(bank: ak.Bank, query: str, code: str, hint: str) -> None:
    with pytest.raises(ak.BankError) as caught:
        ak.search(bank, f"words {query}")
    (fault,) = caught.value.diagnostics
    assert fault.code == code
    assert hint in fault.hints[0]
    assert fault.place is not None
    assert fault.place.source[fault.place.column - 1 :][: fault.place.length] == query


def test_all_faults_come_at_once(bank: ak.Bank) -> None:
    assert codes(bank, "topic:zzz law:zzz option:zzz kind:zzz pack:zzz voice:zzz") == [
        "AK281", "AK282", "AK283", "AK284", "AK284", "AK284",
    ]  # fmt: skip
    assert codes(bank, 'zzz:x law: "open') == ["AK280", "AK280", "AK280"]


def test_the_topic_of_a_clause_is_named_to_those_who_ask_for_the_clause(tmp_path: Path) -> None:
    bank = of_clauses(tmp_path, {"x-y": clause_text("x-y", "Words.", front='topic: "6.1 duties"\n')})
    with pytest.raises(ak.BankError) as caught:
        ak.search(bank, topic="x-y")
    assert caught.value.diagnostics[0].hints == ("the topic of 'x-y' is '6.1 duties'",)


def test_every_fault_of_the_clauses_is_reported(tmp_path: Path) -> None:
    bank = of_clauses(tmp_path, {"x": clause_text("x", "{{ nowhere }}"), "y": clause_text("y", "{{ no.where }}")})
    assert codes(bank, "word") == ["AK302", "AK302"]


# ------------------------------------------------------------------------------------------------------ the result


def test_a_result_is_a_sequence(bank: ak.Bank) -> None:
    found = ak.search(bank, "pay")
    assert isinstance(found[0], Hit)
    assert list(found) == [found[number] for number in range(len(found))]
    assert isinstance(found[:1], ak.SearchResult)
    assert found[:1].query == found.query
    assert repr(found).startswith(f"<SearchResult: {len(found)} places in ")
    assert found.summary.endswith(" for pay.")
    assert ak.search(bank, "zebra").summary == "Nothing was found for zebra."


def test_a_result_is_plain_data(bank: ak.Bank) -> None:
    (row,) = ak.search(bank, "predictable").as_data()
    assert row == {
        "id": "time-off", "kind": "clause", "title": "Time off", "pack": "small", "version": "1.0", "where": "note",
        "key": "pool", "voice": "employer", "variant": "pool", "file": "small/body/time-off.md", "line": 23,
        "excerpt": "A pool makes the cost **predictable**.", "why": "the word",
    }  # fmt: skip
    assert type(row["where"]) is str


def test_a_notebook_shows_a_table_with_everything_escaped(tmp_path: Path) -> None:
    bank = of_clauses(tmp_path, {"x": clause_text("x", "Five \\< 6 & seven.").replace("Title of x", "'A & B'")})
    shown = ak.search(bank, "seven kind:clause")._repr_html_()
    assert "Five &lt; 6 &amp; <mark>seven</mark>." in shown
    assert "A &amp; B" in shown
    assert shown.count("<tr>") == 2
    nothing = ak.search(bank, "<script>zebra")._repr_html_()
    assert nothing == f"<p>Nothing was found for {html.escape('<script>zebra')}.</p>"


def test_searching_changes_nothing_in_what_is_assembled(bank: ak.Bank) -> None:
    before = ak.assemble(ak.Config.model_validate(LEAST), bank)
    ak.search(bank, "pay")
    after = ak.assemble(ak.Config.model_validate(LEAST), bank)
    assert [a.document for a in before] == [a.document for a in after]
