"""Questionnaires as files: written for both sides, and read back into the answers."""

from __future__ import annotations

from pathlib import Path

from agreementkit.asking.answers import Answers
from agreementkit.asking.paper.agreed import Settled, settle
from agreementkit.asking.paper.markdown import sheet_markdown
from agreementkit.asking.paper.returned import read_questionnaire, wrong_ending
from agreementkit.asking.paper.sheet import make_sheet
from agreementkit.asking.paper.word import sheet_word
from agreementkit.asking.plan import Plan
from agreementkit.bank import Bank
from agreementkit.publish import find_house
from agreementkit.saving import save_all


def write_questionnaire(
    path: Path,
    answers: Answers,
    bank: Bank,
    *,
    everything: bool = False,
    short: bool = False,
    template: str = "neutral",
) -> int:
    """Write the questions as a paper for both sides.

    Args:
        path: The file, `.docx` or `.md`.
        answers: What has been answered already; it is filled in as agreed.
        bank: The bank.
        everything: Whether the small points stand on it as well.
        short: Whether only the essential questions stand on it.
        template: House style of a Word file: a shipped name, or a file.

    Returns:
        How many questions it has.

    Raises:
        ConfigError: AK767 for a file of another kind.
        OutputError: AK725 for an unknown house style, AK723 where the file cannot be written.
        TemplateError: The house template cannot be used.
    """
    ending = path.suffix.lower()
    if ending not in (".docx", ".md"):
        raise wrong_ending(path)
    sheet = make_sheet(Plan.of(answers, bank), everything=everything, short=short)
    content = sheet_word(sheet, find_house(template)) if ending == ".docx" else sheet_markdown(sheet).encode()
    save_all(path.parent, [(path.name, content)])
    return sum(len(part.entries) for part in sheet.parts)


def read_into(path: Path, answers: Answers, bank: Bank) -> Settled:
    """Read a questionnaire that was filled in, and put what both sides agree into the answers.

    Args:
        path: The file, `.docx` or `.md`.
        answers: The answers so far; what has been agreed is added to them.
        bank: The bank.

    Returns:
        What was settled, where the sides differ, and what cannot be used.

    Raises:
        ConfigError: The file is no questionnaire (AK763, AK767), or cannot be opened safely (AK768).
    """
    return settle(answers, bank, read_questionnaire(path))
