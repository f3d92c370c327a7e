"""Every check finds what its cases show, finds nothing in their mended twins, and has a case at all."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from check_cases import cases, made

from agreementkit.checks import CHECKS
from agreementkit.diagnostics import Severity

ALL = cases()
CODES = {check.code: check for check in CHECKS}


@pytest.mark.parametrize(("code", "number", "case"), ALL, ids=[f"{code}-{number}" for code, number, _ in ALL])
def test_a_check_finds_the_bad_and_leaves_the_good(
    code: str, number: int, case: dict[str, Any], tmp_path: Path
) -> None:
    bad = [one for one in made(case["bad"], tmp_path / "bad").report if one.code == code]
    assert bad, "nothing was found"
    assert any(re.search(case["says"], one.message) for one in bad), [one.message for one in bad]
    for one in bad:
        assert one.hints, "a finding needs a next step"
        assert one.agreement or one.path or one.place, "a finding needs a place"
        assert one.message.endswith((".", "]")) is False, "a message has no full stop"
    good = [one.message for one in made(case["good"], tmp_path / "good").report if one.code == code]
    assert not good


def test_every_check_has_a_case_and_every_case_a_check() -> None:
    assert {code for code, _, _ in ALL} == set(CODES)


def test_codes_are_unique_and_in_order() -> None:
    codes = [check.code for check in CHECKS]
    assert codes == sorted(set(codes))
    for check in CHECKS:
        assert re.fullmatch(r"AK(5\d\d|27\d)", check.code)
        assert check.name[0].islower() or check.name[0] == "“"
        assert check.why.endswith(".")
        assert check.severity in Severity
