"""The set as a whole: the nation it is made for, and agreements that can stand beside each other."""

from __future__ import annotations

from collections.abc import Iterator

from agreementkit.checks.arrangement.ground import standing, stands
from agreementkit.checks.kinds import Check, Family, Found, at
from agreementkit.checks.scene import Scene
from agreementkit.diagnostics import Severity

_HOMES = {
    "ccg": ("england",),
    "icb": ("england",),
    "foundation-trust": ("england",),
    "health-board": ("scotland", "wales"),
}
"""Nations that have a kind of body, for kinds that not every nation has."""

_OVERLAPPING = (
    ("combined", "partnership"),
    ("combined", "recognition"),
    ("combined", "framework"),
    ("framework", "partnership"),
    ("framework", "recognition"),
)


def other_nation(scene: Scene) -> Iterator[Found]:
    """Yield an employer or a national arrangement that the nation does not have."""
    config = scene.config
    for index, employer in enumerate(config.employers):
        homes = _HOMES.get(employer.kind, (config.nation,))
        if config.nation not in homes:
            yield Found(
                f"{employer.short} is of a kind ({employer.kind_name}) that is known in "
                f"{' and '.join(home.title() for home in homes)}, and the agreements are made for "
                f"{config.nation.title()}",
                (f"set nation to '{homes[0]}', or correct employers[{index}].kind",),
                path="nation",
            )
    for id_, name, home, of in (
        ("legal-basis/staff-governance", "staff-governance", "scotland", "the NHS in Scotland"),
        ("legal-basis/social-partnership", "social-partnership-wales", "wales", "public bodies in Wales"),
    ):
        passage = standing(scene, id_) if config.nation != home else None
        if passage:
            yield at(
                passage,
                f"ties the agreement to an arrangement of {of}, and the agreements are made for "
                f"{config.nation.title()}",
                f"take '{name}' out of document.national_framework, or set nation to '{home}'",
                path="document.national_framework",
            )


def overlapping(scene: Scene) -> Iterator[Found]:
    """Yield agreements that settle one thing twice, and a constitution of a body that does not exist."""
    config = scene.config
    made = {document.precedent: document for document in scene.documents}
    for one, other in _OVERLAPPING:
        if one in made and other in made:
            yield Found(
                f"the {made[one].title} and the {made[other].title} settle the same matters in different words",
                (f"take '{one}' or '{other}' out of agreements",),
                agreement=one,
                path="agreements",
            )
    committee = config.forum.medical_committee
    if "lnc" in made and committee != "separate" and stands(scene, "forum-constitution", "negotiating-machinery"):
        yield Found(
            f"the {made['lnc'].title} is made, and the other agreements know no such committee: "
            f"forum.medical_committee is '{committee}'",
            ("set forum.medical_committee to 'separate'", "or take 'lnc' out of agreements"),
            agreement="lnc",
            path="forum.medical_committee",
        )


CHECKS = (
    Check(
        "AK556",
        "a body or an arrangement of another nation",
        "The nation decides which national arrangements, holidays and law the text follows; a wrong one runs through "
        "all of it.",
        Family.ARRANGEMENT,
        Severity.WARNING,
        other_nation,
    ),
    Check(
        "AK557",
        "agreements that settle one thing twice",
        "Two texts on one subject, made on one day, are two answers to every question about it.",
        Family.ARRANGEMENT,
        Severity.WARNING,
        overlapping,
    ),
)
