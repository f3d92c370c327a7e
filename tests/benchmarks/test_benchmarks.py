"""The benchmarks run, their contenders write what we write, and their page is well-formed. Nothing here is timed."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from pathlib import Path

import pyperf
import pytest
from lxml import etree
from small import DEFAULT_CONFIG, small_bank

import agreementkit as ak
from agreementkit.returned import read_comments
from agreementkit.writers.word.markup import w
from benchmarks.__main__ import main, parser
from benchmarks.contenders.converted import pandoc
from benchmarks.contenders.finished import MAIN, Said, read_parts, require_same, said, same
from benchmarks.contenders.limit import limit
from benchmarks.contenders.paragraphs import paragraph_by_paragraph
from benchmarks.contenders.templated import render, template_of
from benchmarks.marked import mark_up
from benchmarks.measure import Times, exponent, here, in_turn, process, python
from benchmarks.measured import MEASURED
from benchmarks.measured.batch import digest
from benchmarks.measured.warm import others
from benchmarks.page import PAGE, missed, page, table
from benchmarks.pair import Finished
from benchmarks.profiles import profile
from benchmarks.raw import Raw
from benchmarks.rows import GOALS, Row
from benchmarks.scale import TINY
from benchmarks.synthetic import A_PACK, Plan, configuration, write_bank, write_packs

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def finished() -> Finished:
    """The pair of the small bank, which has every construct of the clause format."""
    return Finished.of(ak.Config.load(DEFAULT_CONFIG), small_bank())


@pytest.mark.parametrize("part", MEASURED)
def test_each_part_runs_and_gives_rows(part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AGREEMENTKIT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("benchmarks.measured.batch.random_configuration", lambda _: ak.Config.load(TINY.example))
    (tmp_path / "work").mkdir()
    rows = list(MEASURED[part](TINY, tmp_path / "work"))
    assert rows or part == "batch"
    known = {goal.number for goal in GOALS}
    assert {row.goal for row in rows if row.goal} <= known
    assert all(row.name and row.group and row.detail for row in rows)


def test_each_goal_has_one_row() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "benchmarks" / "measured").glob("*.py"))
    assert [goal.number for goal in GOALS if f'"{goal.number}"' not in sources] == []


def test_every_contender_says_what_we_say(finished: Finished, tmp_path: Path) -> None:
    ours = [said(one) for one in finished.word]
    assert all(len(one.lines) > 20 and one.notes and one.fields for one in ours)
    found = others(finished, tmp_path)  # refuses a contender that says something else
    assert set(found) == {"docxtpl", "python-docx", *(["pandoc"] if pandoc() else [])}
    assert [said(one) for one in limit(finished.word)()] == ours
    built = paragraph_by_paragraph(finished.clean, finished.word)()
    assert [said(one).fields for one in built] == [one.fields for one in ours]


def test_the_template_of_docxtpl_has_tags_and_conditions(finished: Finished) -> None:
    template = template_of(finished.word[0])
    text = read_parts(template.content)[MAIN].decode()
    assert text.count("{{ value[") == len(template.context["value"]) > 5
    assert text.count("{%p if when[") == text.count("{%p endif %}") == len(template.context["when"]) > 1


@pytest.mark.parametrize("key", ["value", "when"])
def test_a_contender_that_says_something_else_is_refused(key: str, finished: Finished) -> None:
    template = template_of(finished.word[0])
    context = {**template.context, key: ["", *template.context[key][1:]]}
    with pytest.raises(ValueError, match="docxtpl does not write the same"):
        require_same("docxtpl", finished.word[:1], [render(dataclasses.replace(template, context=context))])


def test_a_note_that_is_missing_is_noticed() -> None:
    ours = Said(("1. One",), ("Twice", "Twice", "Once"), 0)
    assert same([ours], [Said(("1. One",), ("Once, and Law: Twice", "Twice"), 0)]) == []
    assert same([ours], [Said(("1. One",), ("Once", "Twice"), 0)]) == ["file 0: 1 notes are not there, first 'Twice'"]


def test_contenders_run_in_turn_and_the_first_round_does_not_count() -> None:
    ran: list[str] = []

    def contender(name: str, seconds: float) -> Callable[[], float]:
        def run() -> float:
            ran.append(name)
            return seconds * len(ran)  # the machine slows down all the time

        return run

    times = in_turn({"a": contender("a", 1), "b": contender("b", 3)}, 5)
    assert "".join(ran) == "ab" * 6
    assert times.rounds == 5
    assert times.seconds["a"][0] == 3
    assert 3 < times.ratio("b", "a") < 4
    ran.clear()
    assert in_turn({"a": contender("a", 1)}, 5, budget=0).rounds == 1


def test_ratios_are_those_of_rounds() -> None:
    times = Times({"a": [1, 2, 10, 1, 1], "b": [2, 4, 20, 2, 9]})
    assert times.ratio("b", "a") == 2
    assert times.median("b") == 4
    assert times.spread("b", "a") > 0
    assert times.behind("b", "a").startswith("4.00 s / 1.00 s, 5 rounds, ±")
    assert Times({"700": [3.1], "7000": [31]}).each == "700: 3.10 s, 7,000: 31 s; 1 round"


def test_exponents() -> None:
    assert exponent([1, 10, 100], [3, 30, 300]) == pytest.approx(1)
    assert exponent([70, 700], [2, 200]) == pytest.approx(2)


def test_a_short_call_is_made_several_times() -> None:
    calls: list[int] = []
    cost = here(lambda: calls.append(1))
    cost()
    assert len(calls) == 1
    cost()
    assert len(calls) > 100


def test_the_cpu_of_a_process_is_told_with_what_it_printed() -> None:
    ended = process(python("import sys; sum(range(10**6)); print(sys.argv[1:])", "one", 2))
    assert ended.out.split() == ["['one',", "'2']"]
    assert ended.cpu > 0


def test_made_up_banks_are_as_planned(tmp_path: Path) -> None:
    plan = Plan(30, 20, notes=2.5)
    first, second = (write_bank(tmp_path / name, plan) for name in ("first", "second"))
    assert [one.read_bytes() for one in first.clauses] == [one.read_bytes() for one in second.clauses]
    bank = first.load()
    assert len(bank) == 31  # and the words and meanings
    made = ak.assemble(configuration(), bank)
    assert made.report.ok
    assert len(made.documents[0].body) == 21
    assert len(made.documents[0].notes) == 50


def test_a_large_bank_is_a_core_with_packs(tmp_path: Path) -> None:
    assert [len(write_packs(tmp_path / str(n), n).packs) for n in (1, 3)] == [1, 3]
    bank = write_bank(tmp_path / "large", Plan(A_PACK + 1, 3))
    assert len(bank.packs) == 2
    assert len(list(bank.packs[0].rglob("clause-*.md"))) <= A_PACK
    assert len(bank.clauses) == A_PACK + 1


def test_a_marked_file_has_the_marks_that_it_claims(tmp_path: Path) -> None:
    bank = write_bank(tmp_path, Plan(20, 20)).load()
    marked = mark_up(Finished.of(configuration(), bank).word[0])
    root = etree.fromstring(read_parts(marked.content)[MAIN])
    assert len(list(root.iter(w("ins"), w("del")))) == marked.changes > 30
    comments = read_comments(marked.content).comments
    assert len(comments) == marked.comments > marked.replies
    assert sum(bool(one.parent) for one in comments) == marked.replies > 3
    assert all(one.bookmark and one.quote for one in comments if one.author.startswith("Reviewer"))


def test_a_batch_is_compared_by_what_is_to_be_read(tmp_path: Path) -> None:
    for name, noted in (("first", "1"), ("second", "2")):
        (tmp_path / name / ".notes").mkdir(parents=True)
        (tmp_path / name / ".notes" / "one.json").write_text(noted, encoding="utf-8")
        (tmp_path / name / "one.md").write_text("text", encoding="utf-8")
    assert digest(tmp_path / "first") == digest(tmp_path / "second")
    (tmp_path / "second" / "one.md").write_text("other", encoding="utf-8")
    assert digest(tmp_path / "first") != digest(tmp_path / "second")


def _rows(text: str) -> list[list[str]]:
    return [re.split(r"(?<!\\)\|", line)[1:-1] for line in text.splitlines() if line.startswith("|")]


def _is_well_formed(text: str) -> None:
    widths = [len(row) for row in _rows(text)]
    assert set(widths) <= {3, 6}
    goals = [row[0].strip() for row in _rows(text) if len(row) == 6][2:]
    assert goals == [goal.number for goal in GOALS]
    assert re.search(r"^Run of \d{4}-\d\d-\d\d \(\w+\): agreementkit \S+, ", text, re.MULTILINE)
    assert "## Results" in text
    assert not re.search(r"/(root|home|tmp|Users|work|usr|opt)\b", text), "a path of a machine"
    assert text.count("```") % 2 == 0


def test_the_page_that_is_kept_is_well_formed() -> None:
    _is_well_formed(PAGE.read_text(encoding="utf-8"))


def test_the_page_says_what_was_met_and_what_was_missed() -> None:
    rows = [
        Row("Warm", "build / limit", 1.4, "×", "14 ms / 10 ms, 7 rounds", "1"),
        Row("Warm", "build with checks / limit", 5, "×", "50 ms / 10 ms, 7 rounds", "1b"),
        Row("Warm", "docxtpl / build", 0.7, "×", "7 ms / 10 ms, 7 rounds", "2"),
        Row("Proof", "proof", None, "s", "not in a quick run", "9"),
    ]
    text = page(rows, "quick", [("Warm build", "  1.0% code.py:run")])
    _is_well_formed(text)
    lines = {row[0].strip(): row for row in _rows(text) if len(row) == 6}
    verdicts = {number: lines[number][-1].strip() for number in ("1", "1b", "2", "9", "3")}
    assert verdicts == {
        "1": "goal met",
        "1b": "met, goal missed",
        "2": "**missed**",
        "9": "not measured",
        "3": "not measured",
    }
    assert missed(rows) == ["2"]
    assert "1.4 ×" in table(rows)
    assert "–" in table(rows)


def test_a_profile_names_functions_without_folders_of_the_machine(finished: Finished) -> None:
    text = profile(limit(finished.word))
    assert "contenders/finished.py:pack" in text or "zipfile.py:" in text
    assert str(ROOT) not in text


def test_the_command_prints_a_table_and_writes_a_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AGREEMENTKIT_CACHE", "off")  # the command says another, and this is put back
    monkeypatch.setattr("benchmarks.__main__.profiles", lambda *_: [])
    assert main(["--scale", "tiny", "--only", "proof", "--page", str(tmp_path / "page.md")]) == 0
    assert "not in a tiny run" in capsys.readouterr().out
    _is_well_formed((tmp_path / "page.md").read_text(encoding="utf-8"))


def test_a_run_is_full_unless_it_is_asked_to_be_quick() -> None:
    assert [parser().parse_args(line).scale for line in ([], ["--quick"])] == ["full", "quick"]


def test_every_single_time_is_kept_for_pyperf(tmp_path: Path) -> None:
    raw = Raw()
    raw.add("warm 1", Times({"ours": [0.2, 0.3], "limit": [0.1, 0.1], "no time at all": [0.0, 0.0]}))
    raw.save(tmp_path / "raw.json")
    kept = pyperf.BenchmarkSuite.load(str(tmp_path / "raw.json"))
    assert {one.get_name(): one.get_values() for one in kept} == {
        "warm 1: limit": (0.1, 0.1),
        "warm 1: ours": (0.2, 0.3),
    }
    assert not {"hostname", "cpu_model_name"} & set(kept.get_metadata())
