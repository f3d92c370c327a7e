"""Whole processes: the command line against the least that its packages cost, and `--version` against bare Python."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from agreementkit import Bank, Config
from benchmarks.contenders.templated import template_of
from benchmarks.measure import Cost, in_turn, python, started
from benchmarks.pair import Finished
from benchmarks.rows import Row
from benchmarks.scale import Scale

GROUP = "Cold: whole processes, CPU"
FLOOR = """
from pydantic import BaseModel, ConfigDict
import jinja2

class Employer(BaseModel):
    model_config = ConfigDict(frozen=True)
    name: str
    headcount: int = 0

class Agreement(BaseModel):
    employers: tuple[Employer, ...]
    title: str = ""

Agreement.model_validate({"employers": [{"name": "Anytown"}]})
jinja2.Environment().from_string("{{ title }}").render(title="x")
"""
"""The floor: bare Python, pydantic with two models that are used, and jinja2."""
DOCXTPL = """
import json, sys
from docxtpl import DocxTemplate
for name in sys.argv[1:]:
    template = DocxTemplate(f"{name}.docx")
    with open(f"{name}.json") as context:
        template.render(json.load(context), autoescape=True)
    template.save(f"{name}-made.docx")
"""


def rows(scale: Scale, work: Path) -> Iterator[Row]:
    """Measure whole processes.

    Args:
        scale: How much.
        work: A folder for files.
    """
    kit = [sys.executable, "-m", "agreementkit"]
    contenders: dict[str, Cost] = {
        "bare": started(python("pass"), times=5 if scale.rounds > 1 else 1),
        "floor": started(python(FLOOR)),
        "version": started([*kit, "--version"], times=3 if scale.rounds > 1 else 1),
        "help": started([*kit, "--help"], times=3 if scale.rounds > 1 else 1),
        "build": started([*kit, "build", scale.example, "-o", work / "out", "--pages", "off", "--quiet"]),
        "docxtpl": started(python(DOCXTPL, *_templates(scale.example, work))),
    }
    times = in_turn(contenders, scale.rounds, scale.budget)
    yield Row(
        GROUP,
        "build a pair and check it / floor",
        times.ratio("build", "floor"),
        "×",
        times.behind("build", "floor"),
        "3",
    )
    yield Row(
        GROUP,
        "docxtpl script, same text / floor",
        times.ratio("docxtpl", "floor"),
        "×",
        times.behind("docxtpl", "floor"),
    )
    for name, goal in (("version", "3b"), ("help", "3c")):
        yield Row(GROUP, f"`--{name}` / bare Python", times.ratio(name, "bare"), "×", times.behind(name, "bare"), goal)


def _templates(example: Path, work: Path) -> list[Path]:
    names: list[Path] = []
    for number, word in enumerate(Finished.of(Config.load(example), Bank.load()).word):
        template = template_of(word)
        names.append(work / f"template-{number}")
        names[-1].with_suffix(".docx").write_bytes(template.content)
        names[-1].with_suffix(".json").write_text(json.dumps(template.context), encoding="utf-8")
    return names
