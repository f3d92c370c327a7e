"""Recognition: given in one way, on matters that stand in one list, to every union that should have it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agreementkit.checks.arrangement.ground import given, listed, negotiates, plain, standing, stands
from agreementkit.checks.kinds import Check, Family, Found, at
from agreementkit.checks.scene import Scene
from agreementkit.config import shipped_unions
from agreementkit.diagnostics import Severity

# The list, the setting, and the division that prints it.
_LISTS = (
    ("recognition.reserved_nationally", "bargaining-scope/reserved", "reserves to national bodies"),
    ("recognition.negotiated", "bargaining-scope/negotiated", "makes a matter for negotiation"),
    ("recognition.consulted", "bargaining-scope/consulted", "makes a matter for consultation"),
    ("recognition.informed", "bargaining-scope/informed", "makes a matter for information"),
)
_PAY = re.compile(
    r"(?:(?:basic|annual|national)\s+)?(?:pay|salar(?:y|ies)|wages?)(?=$|,| and | rates| scales| awards?| increases?)",
    re.I,
)
_NATIONAL_PAY = re.compile(r"\b(?:pay|salar(?:y|ies)|wages?)\b(?! protection)", re.I)
_POLICIES = re.compile(r"\b(?:policies|employment policy)\b", re.I)


def list_and_reference(scene: Scene) -> Iterator[Found]:
    """Yield recognition by list for which the conditions of recognition by reference were given too."""
    config = scene.config
    if config.recognition.basis != "list":
        return
    for name in ("national_list", "members_needed"):
        path = f"recognition.{name}"
        passage = (
            standing(scene, "recognition/others", "framework-recognition/recognised") if given(config, path) else None
        )
        if passage:
            value = f" ('{config.recognition.national_list}')" if name == "national_list" else ""
            yield at(
                passage,
                f"recognises the unions on the list and no others, and {path}{value} was set, which is for recognition "
                "of every union that is recognised nationally",
                "set recognition.basis to 'national-reference', if unions that are not on the list may claim it",
                f"or leave {path} out",
                path=path,
            )


def voluntary_and_statutory(scene: Scene) -> Iterator[Found]:
    """Yield a text that calls recognition voluntary in one place and statutory in another."""
    config = scene.config
    passage = standing(scene, "recognition/voluntary")
    if config.termination.statutory_recognition and passage and stands(scene, "termination/statutory"):
        yield at(
            passage,
            "says that recognition is voluntary and not under the statutory procedure, and the clause on ending the "
            "agreement says that it came about under that procedure",
            "set recognition.voluntary to false, or termination.statutory_recognition to false",
            path="recognition.voluntary",
        )


def two_lists(scene: Scene) -> Iterator[Found]:
    """Yield a matter or group that stands in two lists which treat it differently."""
    config = scene.config
    recognition = config.recognition
    seen: dict[str, tuple[str, str]] = {}
    for path, id_, does in _LISTS:
        passage = standing(scene, id_)
        if passage is None:
            continue
        for index, matter in enumerate(getattr(recognition, path.removeprefix("recognition."))):
            before = seen.setdefault(plain(matter), (path, does))
            if before[0] != path:
                yield at(
                    passage,
                    f"{does} what the agreement also {before[1]}: '{matter}'",
                    f"take it out of {before[0]} or out of {path}",
                    path=f"{path}[{index}]",
                )
    yield from _pay(scene)
    exclusions = {plain(one) for one in recognition.scope.exclusions}
    passage = standing(scene, "scope/exclusions")
    groups = [(f"recognition.scope.groups[{n}]", name, "scope/who") for n, name in enumerate(recognition.scope.groups)]
    groups += [
        (f"recognition.groups[{n}].group", one.group, "bargaining-groups/groups")
        for n, one in enumerate(recognition.groups)
    ]
    groups += [
        (f"recognition.limited_groups[{n}].group", one.group, "recognition-degree/limited")
        for n, one in enumerate(recognition.limited_groups)
    ]
    for path, name, id_ in groups:
        if plain(name) in exclusions and passage and stands(scene, id_):
            yield at(
                passage,
                f"leaves out '{name}', and the agreement covers the same group elsewhere",
                f"take it out of recognition.scope.exclusions, or out of {path.split('[')[0]}",
                path=path,
            )


def _pay(scene: Scene) -> Iterator[Found]:
    """Yield pay that is negotiated here by one list and settled nationally by another sentence, or the reverse."""
    recognition = scene.config.recognition
    passage = standing(scene, "bargaining-scope/pay")
    if passage is None:
        return
    if recognition.pay == "national" and stands(scene, "bargaining-scope/negotiated"):
        for index, matter in enumerate(recognition.negotiated):
            if _PAY.match(matter):
                yield at(
                    passage,
                    f"says that pay settled nationally is not negotiated here, and the list has '{matter}'",
                    "set recognition.pay to 'local' or 'mixed', or say in the list which pay is left to local talks",
                    path=f"recognition.negotiated[{index}]",
                )
    if recognition.pay == "local" and stands(scene, "bargaining-scope/reserved"):
        for index, matter in enumerate(recognition.reserved_nationally):
            if _NATIONAL_PAY.search(matter):
                yield at(
                    passage,
                    f"says that pay is settled here, and '{matter}' is reserved to national bargaining",
                    "set recognition.pay to 'mixed' or 'national', or take the line out of "
                    "recognition.reserved_nationally",
                    path=f"recognition.reserved_nationally[{index}]",
                )


def policies_settled(scene: Scene) -> Iterator[Found]:
    """Yield policies that are settled in one way here and in another way there."""
    config = scene.config
    recognition, status = config.recognition, config.policies.status
    passage = standing(scene, "policy-development/status")
    if passage is None:
        return
    if status == "negotiated" and not negotiates(config):
        yield at(
            passage,
            "says that employment policies are settled by negotiation, and recognition does not extend to bargaining",
            "set policies.status to 'agreed-jointly' or 'consulted', or recognition.degree to 'full-bargaining'",
            path="policies.status",
        )
        return
    for wrong, name, ids, does in (
        ("negotiated", "consulted", ("bargaining-scope/consulted", "consultation/listed"), "settled by negotiation"),
        ("consulted", "negotiated", ("bargaining-scope/negotiated",), "decided by the employer after consultation"),
    ):
        matters: tuple[str, ...] = getattr(recognition, name)
        lines = [matter for matter in matters if _POLICIES.search(matter)]
        if status == wrong and lines and stands(scene, *ids):
            yield at(
                passage,
                f"says that employment policies are {does}, and the matters for "
                f"{'consultation' if name == 'consulted' else 'negotiation'} include '{lines[0]}'",
                f"write recognition.{name} without that line, or set policies.status to "
                f"'{'consulted' if name == 'consulted' else 'negotiated'}'",
                path="policies.status",
            )


def left_out(scene: Scene) -> Iterator[Found]:
    """Yield a union for which nothing is said: in no bargaining group, or recognised before and not here."""
    config = scene.config
    recognition = config.recognition
    passage = standing(scene, "bargaining-groups/groups")
    if passage and recognition.bargaining_unit == "by-group" and all(group.unions for group in recognition.groups):
        speaking = {id_ for group in recognition.groups for id_ in group.unions}
        silent = [union for union in config.unions if union.id not in speaking]
        if silent:
            yield at(
                passage,
                f"lists the groups with the unions that act for them, and {listed(u.called for u in silent)} "
                f"{'acts' if len(silent) == 1 else 'act'} for none",
                "name the union under one of recognition.groups, or leave it out of unions",
                path="recognition.groups",
            )
    passage = standing(scene, "commencement/carry-over", "shadow-period/carry-over")
    if passage is None or recognition.basis != "list":
        return
    here = {plain(word) for union in config.unions for word in (union.id, union.name, union.short, *union.parents)}
    known = shipped_unions()
    for index, body in enumerate(config.predecessors):
        for number, given_as in enumerate(body.recognised):
            listed_union = known.get(given_as)
            names = (listed_union.id, listed_union.name, listed_union.short) if listed_union else (given_as,)
            if not here & {plain(name) for name in names}:
                yield at(
                    passage,
                    f"carries recognition over from the bodies that came before, and "
                    f"{listed_union.short if listed_union else given_as}, which {body.name} recognised, is not among "
                    "the unions",
                    "add it to unions, or set establishment.carry_over to false and say what becomes of its members",
                    path=f"predecessors[{index}].recognised[{number}]",
                )


CHECKS = (
    Check(
        "AK544",
        "recognition by list and by reference together",
        "Either the list says who is recognised, or the conditions do. With both, a union that is not on the list "
        "and meets the conditions is recognised and is not.",
        Family.ARRANGEMENT,
        Severity.WARNING,
        list_and_reference,
    ),
    Check(
        "AK545",
        "recognition both voluntary and statutory",
        "Whether recognition came about under the statutory procedure decides who may end it and when; the text "
        "cannot say both.",
        Family.ARRANGEMENT,
        Severity.ERROR,
        voluntary_and_statutory,
    ),
    Check(
        "AK546",
        "one entry in two lists that exclude each other",
        "The list in which a matter or a group stands decides how it is dealt with. In two lists it is dealt with "
        "in two ways.",
        Family.ARRANGEMENT,
        Severity.WARNING,
        two_lists,
    ),
    Check(
        "AK547",
        "policies settled in two ways",
        "Whether policies are negotiated or consulted on is one of the most argued points of an agreement; the text "
        "should give one answer.",
        Family.ARRANGEMENT,
        Severity.WARNING,
        policies_settled,
    ),
    Check(
        "AK548",
        "a union that is left out",
        "A union that is recognised and acts for nobody, or was recognised by a predecessor and is forgotten, finds "
        "out at the first dispute.",
        Family.ARRANGEMENT,
        Severity.WARNING,
        left_out,
    ),
)
