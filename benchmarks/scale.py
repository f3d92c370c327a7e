"""How much is measured: in full, quickly, or only whether everything runs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

EXAMPLES = Path(__file__).parents[1] / "examples"


@dataclass(frozen=True, slots=True)
class Scale:
    """Sizes and rounds.

    Attributes:
        name: What the scale is called in the page.
        rounds: Rounds of each comparison, contenders in turn.
        budget: Seconds on the clock after which a comparison begins no further round.
        clauses: Clauses of one agreement, for growth.
        long: Clauses of the agreement on which docxtpl is compared once more.
        comments_on: Clauses of the agreement whose comments grow.
        comments: Comments of that agreement, the first none.
        banks: Files in a bank of which the same clauses are chosen.
        compiled: Files in the bank that is compiled again after one was changed.
        packs: Packs over a core.
        returned: Clauses of the returned file; 230 make about a hundred pages.
        documents: Documents made one after another in one process, for memory.
        organisations: Configurations of a batch.
        proof: Whether the core is proved, which takes minutes.
        example: The configuration whose agreements are built.
    """

    name: str
    rounds: int
    budget: float
    clauses: tuple[int, ...]
    long: int
    comments_on: int
    comments: tuple[int, ...]
    banks: tuple[int, ...]
    compiled: int
    packs: tuple[int, ...]
    returned: int
    documents: tuple[int, int]
    organisations: int
    proof: bool = False
    example: Path = EXAMPLES / "suffolk-ccgs.yaml"


FULL = Scale(
    "full",
    rounds=7,
    budget=40,
    clauses=(70, 700, 7_000),
    long=2_100,
    comments_on=700,
    comments=(0, 70, 700, 7_000),
    banks=(300, 3_000, 30_000),
    compiled=3_000,
    packs=(1, 5, 20),
    returned=230,
    documents=(10, 100),
    organisations=100,
    proof=True,
)
QUICK = Scale(
    "quick",
    rounds=5,
    budget=8,
    clauses=(7, 70, 350),
    long=210,
    comments_on=70,
    comments=(0, 7, 70, 700),
    banks=(30, 300, 3_000),
    compiled=300,
    packs=(1, 5),
    returned=60,
    documents=(5, 25),
    organisations=2,
)
TINY = Scale(
    "tiny",
    rounds=1,
    budget=0,
    clauses=(2, 4, 8),
    long=6,
    comments_on=4,
    comments=(0, 4, 8, 16),
    banks=(6, 12),
    compiled=6,
    packs=(1, 2),
    returned=6,
    documents=(1, 2),
    organisations=1,
    example=EXAMPLES / "small-company.yaml",
)
"""Only for the test that everything runs: its figures say nothing."""
SCALES = {one.name: one for one in (FULL, QUICK, TINY)}
