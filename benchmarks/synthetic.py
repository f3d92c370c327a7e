"""A made-up clause bank of any size, written to a folder: for growth over clauses, comments, bank size and packs.

The clauses are as long and as busy as those of the core: numbered paragraphs, every fifth with a list below it, values,
conditions, defined terms, cross-references, and notes in every voice. A seed decides the words, so that two runs
measure the same. A pack may hold only so many files and characters, so a large bank is a core with packs over it.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agreementkit import Bank, Config

A_PACK = 2_000
"""Clauses that stand in one pack."""
PRECEDENT = "made-up"
VOICES = ("drafter", "employer", "staff-side", "joint", "law")
TERMS = {
    "employer": ("Employer", "means the body that employs the staff to whom this agreement applies."),
    "branch": ("Branch", "means the local part of a trade union that is a party to this agreement."),
    "forum": ("Forum", "means the meeting of the {employer} and the {branch}."),
    "delegate": ("Delegate", "means a person whom the {branch} has named to the {employer}."),
}
_ACTORS = ("The {employer}", "The {branch}", "The {forum}", "A {delegate}", "Each side", "The person in the chair")
_VERBS = (
    "give", "send", "keep", "record", "discuss", "publish", "review", "explain", "prepare", "agree", "offer", "share",
    "collect", "report", "arrange", "confirm", "consider", "announce", "settle", "support",
)  # fmt: skip
_THINGS = (
    "papers", "dates", "rooms", "minutes", "reasons", "figures", "proposals", "questions", "training", "cover",
    "notices", "ballots", "rotas", "budgets", "grades", "policies", "complaints", "appointments", "accounts", "files",
    "registers", "timetables", "workloads", "surveys", "leaflets", "answers", "requests", "duties", "transfers", "pay",
)  # fmt: skip
_QUALITIES = (
    "full", "early", "written", "plain", "joint", "further", "yearly", "local", "urgent", "separate", "final",
    "personal", "general", "monthly", "earlier", "public", "draft", "agreed",
)  # fmt: skip
_MANNERS = (
    "without delay", "in good time", "before a decision is made", "when either side asks", "at each meeting",
    "with reasons", "in confidence", "as far as the law allows", "on paper or by e-mail", "during working hours",
    "at no cost to the other side", "unless both sides agree otherwise", "once a quarter", "to everyone concerned",
)  # fmt: skip
_VALUES = (
    "{{ time_off.notice_days | working_days }}", "{{ forum.meetings_a_year | times }} a year", "{{ labels.hr_lead }}",
    "{{ termination.notice_months | months }}", "{{ forum.name }}",
    "{{ employers | map(attribute='name') | and_list }}",
)  # fmt: skip
_WHENS = ("several_unions", "not several_unions", "forum.meetings_a_year > 2", "time_off.notice_days < 60")
LAW = """version: 1
checked: 2026-01-01
entries:
  - {id: made-up-act, fact: MADE-001, cite: "Made-up Act 1999, section 1", short: MUA 1999 s.1, kind: law,
     status: confirmed, extent: [england, scotland, wales], from: null, to: null, summary: Time is paid.,
     sources: [M-1], checked: 2026-01-01}
sources:
  M-1: {address: a made-up shelf, dated: "2026"}
floors: []
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a made-up bank holds.

    Attributes:
        files: Clause files.
        chosen: How many of them the precedent takes, from the first.
        notes: Notes a clause; a fraction spreads them.
        packs: Over how many packs the files are spread besides the core; None for as few as will hold them.
        seed: Decides the words.
    """

    files: int
    chosen: int
    notes: float = 1.3
    packs: int | None = None
    seed: int = 1


@dataclass(frozen=True, slots=True)
class MadeUp:
    """A bank on disk.

    Attributes:
        core: Folder of its core.
        packs: Folders of the packs over it.
        clauses: The clause files in order.
    """

    core: Path
    packs: tuple[Path, ...] = ()
    clauses: tuple[Path, ...] = field(default=(), repr=False)

    def load(self) -> Bank:
        """Read it."""
        return Bank.load(self.packs, core=self.core)


def configuration(**changes: Any) -> Config:
    """Return a configuration that asks for the precedent of a made-up bank."""
    least: dict[str, Any] = {
        "employers": [{"name": "Anytown Integrated Care Board", "short": "the ICB", "kind": "icb"}],
        "unions": ["unison", "rcn"],
        "agreements": [PRECEDENT],
        "notes": {"voices": list(VOICES)},
    }
    return Config.model_validate({**least, **changes})


def write_bank(folder: Path, plan: Plan) -> MadeUp:
    """Write a made-up bank and return where it is."""
    names = [f"clause-{number:05}" for number in range(plan.files)]
    core = folder / "core"
    _manifest(core, "made-up", "Made-up clauses")
    (core / "law.yaml").write_text(LAW, encoding="utf-8")
    _definitions(core / "definitions")
    (core / "precedents").mkdir()
    (core / "precedents" / f"{PRECEDENT}.yaml").write_text(_outline(names[: plan.chosen]), encoding="utf-8")
    homes = _homes(folder, core, plan)
    share = -(-plan.files // len(homes))
    files: list[Path] = []
    for number, name in enumerate(names):
        home = homes[number // share] / "clauses" / f"{number // 100:04}"
        home.mkdir(parents=True, exist_ok=True)
        files.append(home / f"{name}.md")
        files[-1].write_text(clause(number, plan), encoding="utf-8")
    return MadeUp(core, tuple(homes[1:] if homes[0] == core else homes), tuple(files))


def clause(number: int, plan: Plan) -> str:
    """Return the text of one clause file."""
    draw = random.Random(f"{plan.seed}/{number}")  # noqa: S311 - the words of a benchmark
    others = range(max(1, min(plan.chosen, plan.files)))
    lines: list[str] = []
    for position in range(draw.choice((3, 4, 4, 5))):
        words = f"{_sentence(draw)} {_sentence(draw)}"
        if position == 0:
            words += f" This does not limit @clause-{draw.choice(others):05}."
        if position == 1:
            words += f" The notice is {draw.choice(_VALUES)}, {draw.choice(_VALUES)}."
        when = f' when="{draw.choice(_WHENS)}"' if position == 2 and draw.random() < 0.3 else ""
        below = draw.randrange(2, 5) if position == 1 and number % 5 == 0 else 0
        marks = "".join(f"[^n{n}]" for n in range(_notes(number, plan)) if n % 2 == position)
        start = f"[{_phrase(draw)}]{marks} counts. " if marks else ""
        end = " The rules on this are:" if below else ""
        lines.append(f"{position + 1}.  {start}{words}{end} {{#p{position}{when}}}")
        lines += [f"    {n + 1}.  {_phrase(draw)}; {{#p{position}x{n}}}" for n in range(below)]
    notes = [
        f"[^n{n}]: {{voice={VOICES[(number + n) % len(VOICES)]}}} {_sentence(draw)} {_sentence(draw)}"
        for n in range(_notes(number, plan))
    ]
    title = f"{_phrase(draw).capitalize()}"
    head = f'---\nid: clause-{number:05}\nversion: "1.0"\ntitle: {title}\ntopic: made up\n---\n\n'
    return head + "\n".join([*lines, "", *notes]) + "\n"


def write_packs(folder: Path, count: int, files: int = 10) -> MadeUp:
    """Write a core with `count` packs over it, each of as many files, and return where they are."""
    return write_bank(folder, Plan(files * count, 70, packs=count))


def _notes(number: int, plan: Plan) -> int:
    """Return how many notes a clause has, so that the sum over all clauses comes out as planned."""
    return int((number + 1) * plan.notes) - int(number * plan.notes)


def _homes(folder: Path, core: Path, plan: Plan) -> list[Path]:
    """Make the packs, and return the folders over which the clauses are spread."""
    if plan.packs is None and plan.files <= A_PACK:
        return [core]
    homes = [folder / f"pack-{n:02}" for n in range(plan.packs or -(-plan.files // A_PACK))]
    for home in homes:
        _manifest(home, home.name, f"Made-up clauses, {home.name}")
    return homes


def _manifest(folder: Path, id_: str, title: str) -> None:
    folder.mkdir(parents=True)
    text = f'id: {id_}\ntitle: {title}\nversion: "1.0.0"\nlicence: CC-BY-4.0\n'
    (folder / "pack.yaml").write_text(text, encoding="utf-8")


def _definitions(folder: Path) -> None:
    folder.mkdir()
    (folder / "terms.md").write_text(
        '---\nid: terms\nversion: "1.0"\ntitle: Words and meanings\n---\n\n'
        "1.  In this agreement these words have the meanings given here: {#terms}\n\n    [[definitions]]\n",
        encoding="utf-8",
    )
    known = {**TERMS, "working-day": ("Working Day", "means a day other than a Saturday, a Sunday or a holiday.")}
    for id_, (term, meaning) in known.items():
        head = f'---\nid: {id_}\nkind: definition\nversion: "1.0"\nterm: {term}\n---\n\n'
        (folder / f"{id_}.md").write_text(f"{head}{meaning}\n", encoding="utf-8")


def _outline(names: Sequence[str]) -> str:
    listed = "\n".join(f"  - {name}" for name in ("terms", *names))
    return (
        f'id: {PRECEDENT}\nversion: "1.0"\ntitle: Made-up Agreement\nshort: Made-up Agreement\n'
        f"stem: {PRECEDENT}-agreement\nbody:\n{listed}\n"
    )


def _phrase(draw: random.Random) -> str:
    return f"{draw.choice(_QUALITIES)} {draw.choice(_THINGS)} and {draw.choice(_QUALITIES)} {draw.choice(_THINGS)}"


def _sentence(draw: random.Random) -> str:
    return f"{draw.choice(_ACTORS)} will {draw.choice(_VERBS)} {_phrase(draw)} {draw.choice(_MANNERS)}."
