"""Runs every folder of tests/cases: one folder, one situation. See tests/README.md."""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml
from plainly import agreement_text
from small import DEFAULT_CONFIG, GROUPS, PACK, SMALL, outline_text

import agreementkit as ak
from agreementkit.checks.registry import CODES

CASES = Path(__file__).parent / "cases"
FOLDERS = sorted(path.name for path in CASES.iterdir() if path.is_dir())
EXPECT = re.compile(r"\s*(?:<!--|#) expect: (?P<codes>[^>]+?)\s*(?:-->)?\s*\Z")

Fault = tuple[str, int, str]  # file, line, "AK210 3-8"


@dataclass
class Case:
    """A situation laid out in a temporary folder, its expectations taken out of the files."""

    bank: Path
    config: Path
    packs: list[Path]
    expected: set[Fault] = field(default_factory=set)


def take_out(text: str, file: str) -> tuple[str, set[Fault]]:
    """Return the text without its expectations, and each of them with the line below it."""
    kept: list[str] = []
    faults: set[Fault] = set()
    for line in text.split("\n"):
        match = EXPECT.match(line)
        if match:
            faults.update((file, len(kept) + 1, code.strip()) for code in match["codes"].split(","))
        else:
            kept.append(line)
    return "\n".join(kept), faults


def put_in(text: str, faults: list[tuple[int, str]], *, yaml_file: bool) -> str:
    """Return the text with the faults as expectations above their lines."""
    lines = text.split("\n")
    by_line: dict[int, list[str]] = defaultdict(list)
    for line, fault in faults:
        by_line[line].append(fault)
    fences = [i for i, line in enumerate(lines, 1) if line.rstrip() == "---"]
    in_front = range(fences[0] + 1, fences[1]) if lines[0].rstrip() == "---" and len(fences) > 1 else range(0)
    out: list[str] = []
    for number, line in enumerate(lines, 1):
        if number in by_line:
            said = ", ".join(sorted(set(by_line[number])))
            hash_mark = yaml_file or number in in_front
            out.append(f"# expect: {said}" if hash_mark else f"<!-- expect: {said} -->")
        out.append(line)
    return "\n".join(out)


def lay_out(name: str, tmp: Path) -> Case:
    """Copy a case: its own bank, or the small bank where it brings none; expectations taken out."""
    folder = CASES / name
    bank, config = tmp / "bank", tmp / "agreement.yaml"
    expected: set[Fault] = set()
    shutil.copy(DEFAULT_CONFIG, config)
    own = [p for p in sorted(folder.rglob("*")) if p.is_file() and p.name not in ("agreement.yaml", "expected.txt")]
    own = [p for p in own if p.name != "faults.txt"]
    laid_over = [p for p in own if p.relative_to(folder).parts[0] == "packs"]
    own = [p for p in own if p not in laid_over]
    if not own or (folder / "over-small").exists():
        shutil.copytree(SMALL, bank)
    bank.mkdir(exist_ok=True)
    for path in [*own, *laid_over, *folder.glob("agreement.yaml")]:
        relative = path.relative_to(folder).as_posix()
        target = config if relative == "agreement.yaml" else (tmp if path in laid_over else bank) / relative
        target.parent.mkdir(parents=True, exist_ok=True)
        text, faults = take_out(path.read_text(encoding="utf-8"), relative)
        target.write_text(text, encoding="utf-8")
        expected |= faults
    _complete(bank, config, own)
    packs = sorted((tmp / "packs").glob("*"))
    for pack in packs:
        if not (pack / "pack.yaml").exists():
            (pack / "pack.yaml").write_text(PACK.replace("id: test", f"id: {pack.name}"), encoding="utf-8")
    if (folder / "faults.txt").exists():
        expected |= {("", 0, line) for line in (folder / "faults.txt").read_text().split("\n") if line}
    return Case(bank, config, packs, expected)


def _complete(bank: Path, config: Path, own: list[Path]) -> None:
    """Add what a case leaves out: pack.yaml, law.yaml, and a precedent that holds all its clauses."""
    if not (bank / "pack.yaml").exists():
        (bank / "pack.yaml").write_text(PACK)
    if not (bank / "law.yaml").exists():
        shutil.copy(SMALL / "law.yaml", bank)
    if own and not (bank / "precedents").exists():
        groups: dict[str, list[str]] = {}
        for path in sorted(bank.rglob("*.md")):
            kind = re.search(r"^kind: (\S+)$", path.read_text(encoding="utf-8"), re.M)
            group = GROUPS.get(kind[1] if kind else "clause")
            if group:
                groups.setdefault(group, []).append(path.stem)
        (bank / "precedents").mkdir()
        (bank / "precedents" / "only.yaml").write_text(outline_text(groups))
        data = yaml.safe_load(config.read_text(encoding="utf-8"))
        if "agreements" not in data:
            text = config.read_text(encoding="utf-8")
            config.write_text(text.rstrip("\n") + "\nagreements: [only]\n", encoding="utf-8")


def run(case: Case) -> tuple[str, list[ak.Diagnostic]]:
    """Return the assembled text ("" when it cannot be assembled), and all that was found."""
    try:
        bank = ak.Bank.load(case.packs, core=case.bank)
        agreements = ak.assemble(ak.Config.load(case.config), bank)
    except ak.AgreementKitError as error:
        return "", list(error.diagnostics)
    # What the checks find in the set is shown, and tried, in docs/checks; here it is in the way.
    found = [d for d in agreements.report if d.code not in CODES]
    return "\n".join(agreement_text(agreement.document) for agreement in agreements), found


def place_of(diagnostic: ak.Diagnostic, case: Case) -> Fault:
    """Return a finding as it is written in an expectation."""
    place = diagnostic.place
    if place is None or not place.line:
        return ("", 0, f"{diagnostic.code} {place.file if place else '-'}".replace(f"{case.bank.parent}/", ""))
    file = place.file.removeprefix(f"{case.bank.name}/").replace(f"{case.config.parent}/", "")
    if file.split("/")[0] in {pack.name for pack in case.packs}:
        file = f"packs/{file}"
    columns = f" {place.column}-{place.column + place.length - 1}" if place.column else ""
    return (file, place.line, f"{diagnostic.code}{columns}")


@pytest.mark.parametrize("name", FOLDERS)
def test_case(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    case = lay_out(name, tmp_path)
    text, found = run(case)
    faults = {place_of(d, case) for d in found}
    if request.config.getoption("--update-cases"):
        update(name, text, faults)
        return
    assert faults == case.expected, "\n\n".join(d.render() for d in found)
    assert len(found) == len({(d.code, d.place, d.message) for d in found}), "a finding was reported twice"
    for diagnostic in found:
        assert diagnostic.message
        assert diagnostic.hints, f"no next step: {diagnostic.render()}"
        if diagnostic.place and diagnostic.place.source:
            within = len(diagnostic.place.source) + 1
            assert diagnostic.place.column <= within, f"the caret is beyond its line: {diagnostic.render()}"
    expected = CASES / name / "expected.txt"
    assert text == (expected.read_text(encoding="utf-8") if expected.exists() else "")


def update(name: str, text: str, faults: set[Fault]) -> None:
    """Rewrite what a case expects."""
    folder = CASES / name
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.name in ("expected.txt", "faults.txt"):
            continue
        relative = path.relative_to(folder).as_posix()
        plain, _ = take_out(path.read_text(encoding="utf-8"), relative)
        here = [(line, fault) for file, line, fault in faults if file == relative]
        path.write_text(put_in(plain, here, yaml_file=path.suffix == ".yaml"), encoding="utf-8")
    placeless = sorted(fault for file, _, fault in faults if not file)
    for file, content in (("expected.txt", text), ("faults.txt", "\n".join(placeless) + "\n" if placeless else "")):
        if content:
            (folder / file).write_text(content, encoding="utf-8")
        else:
            (folder / file).unlink(missing_ok=True)


def test_every_case_expects_something() -> None:
    for name in FOLDERS:
        files = [p for p in (CASES / name).rglob("*") if p.is_file()]
        said = any(EXPECT.match(line) for p in files for line in p.read_text(encoding="utf-8").split("\n"))
        assert said or {"expected.txt", "faults.txt"} & {p.name for p in files}, f"case {name} expects nothing"


# Codes that no clause file can cause, or none that one would want to read, with the test that shows them.
ELSEWHERE = {
    "AK245": "bank/test_places.py: a pack that is not there",
    "AK246": "bank/test_attacks.py: a pack named twice, two packs of one id",
    "AK247": "bank/test_attacks.py: zip files that are refused",
    "AK248": "bank/test_attacks.py: more than a pack may hold",
    "AK261": "upgrading/test_upgrading.py: a list of published wordings that is none",
    "AK408": "test_passes.py: a note whose words are missing",
}


def test_every_code_of_the_core_has_a_case() -> None:
    """A code that the bank, the reader, assembly or a pass can give is shown by a case."""
    package = Path(ak.__file__).parent
    used: set[str] = set()
    for folder in ("bank", "reader", "assemble", "passes"):
        for path in (package / folder).rglob("*.py"):
            if "law" not in path.parts:  # tests/bank/test_law.py
                used.update(re.findall(r'"(AK[234]\d\d)"', path.read_text(encoding="utf-8")))
    shown: set[str] = set()
    for path in CASES.rglob("*"):
        if path.is_file():
            shown.update(re.findall(r"\bAK[234]\d\d\b", path.read_text(encoding="utf-8")))
    assert used - shown - set(ELSEWHERE) == set()
