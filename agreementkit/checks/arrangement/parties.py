"""Parties: numbers of people and places that add up, and a signature for each."""

from __future__ import annotations

from collections.abc import Iterator

from agreementkit.checks.arrangement.ground import listed, plain, standing
from agreementkit.checks.kinds import Check, Family, Found, at
from agreementkit.checks.scene import Scene
from agreementkit.config import Config
from agreementkit.diagnostics import Severity
from agreementkit.tree.nodes import Document
from agreementkit.tree.walk import subtree

_ABOUT = 0.05  # headcounts are printed with "about"


def do_not_add_up(scene: Scene) -> Iterator[Found]:
    """Yield numbers of people, places or employers that contradict each other or the text."""
    config = scene.config
    counts = [employer.headcount for employer in config.employers]
    known = [number for number in counts if number is not None]
    passage = standing(scene, "recital-workforce")
    total = config.headcount
    if total is not None and known and passage:
        more = sum(known) > total
        off = len(known) == len(counts) and abs(sum(known) - total) > _ABOUT * total
        if (more and sum(known) - total > _ABOUT * total) or off:
            yield at(
                passage,
                f"gives all employers together {total} people, and their own numbers add up to {sum(known)}",
                "correct headcount, or leave it out: it is added up from employers",
                path="headcount",
            )
    for index, employer in enumerate(config.employers):
        passage = standing(scene, f"recital-employers-{index + 1}")
        sites = employer.number_of_sites
        if passage and employer.headcount and sites and 1 < sites < len(employer.sites):
            yield at(
                passage,
                f"gives {employer.short} {sites} places of work and names {len(employer.sites)}",
                f"set employers[{index}].number_of_sites to {len(employer.sites)} or more",
                path=f"employers[{index}].number_of_sites",
            )
    passage = standing(scene, "recital-shared-team")
    if passage and config.hosting and len(config.employers) == 1:
        yield at(
            passage,
            f"says that {config.employers[0].short} employs a team on behalf of several employers, and it is the only "
            "employer",
            "add the other employers, or leave hosting out",
            path="hosting",
        )
    passage = standing(scene, "recital-unions")
    for index, union in enumerate(config.unions):
        if passage and union.members == 0:
            yield at(
                passage,
                f"says that {union.called} has members among the staff, and its number of members is 0",
                f"correct unions[{index}].members, or leave the union out",
                path=f"unions[{index}].members",
            )


def signs_nothing(scene: Scene) -> Iterator[Found]:
    """Yield parties of an agreement that have no place to sign in it, and people who sign for both sides."""
    config = scene.config
    for document in scene.documents:
        if document.parties and document.execution:
            yield from _unsigned(scene, document)
    employer_side = {plain(one.name): one.employer for one in config.signatories.employer if one.name}
    for index, signer in enumerate(config.signatories.staff_side):
        if signer.name and plain(signer.name) in employer_side and standing(scene, "execution-unions-1"):
            yield Found(
                f"'{signer.name}' signs for {employer_side[plain(signer.name)]} and for a union",
                ("give one of the two another signatory",),
                path=f"signatories.staff_side[{index}].name",
            )


def _unsigned(scene: Scene, document: Document) -> Iterator[Found]:
    config = scene.config
    parties = {division.id for top in document.parties for division in subtree(top)}
    signing = {division.id for top in document.execution for division in subtree(top)}
    words = {"parties": "", "execution": ""}
    for passage in scene.passages_of(document.precedent):
        if passage.division in parties:
            words["parties"] += f" {passage.words}"
        elif passage.division in signing:
            words["execution"] += f" {passage.words}"
    for path, names in _names(config):
        missing = [name for name in names if name in words["parties"] and name not in words["execution"]]
        if missing:
            yield Found(
                f"the {document.short or document.title} names {listed(missing)} among its parties and has no place "
                f"for {'its signature' if len(missing) == 1 else 'their signatures'}",
                _hints(config, path),
                agreement=document.precedent,
                division=document.parties[0].id,
                path=path,
            )


def _names(config: Config) -> Iterator[tuple[str, list[str]]]:
    yield "signatories.employer", [one.name for one in config.employers]
    yield "signatories.unions", [one.name for one in config.unions]
    yield "supporting_parties", [one.name for one in config.supporting_parties]


def _hints(config: Config, path: str) -> tuple[str, ...]:
    if path == "signatories.unions" and config.signatories.unions == "staff-side-chair":
        return ("set signatories.unions to 'each-union'",)
    return ("add a block for their signatures to the `execution` of the precedent, or take them out of the parties",)


CHECKS = (
    Check(
        "AK552",
        "numbers that do not add up",
        "A reader who finds two totals for one workforce doubts the other numbers too.",
        Family.ARRANGEMENT,
        Severity.WARNING,
        do_not_add_up,
    ),
    Check(
        "AK553",
        "a party that signs nothing",
        "Whoever is named as a party and does not sign can say later that they never agreed; whoever signs for both "
        "sides agrees with themselves.",
        Family.ARRANGEMENT,
        Severity.WARNING,
        signs_nothing,
    ),
)
