"""Unions: each named once, counted once, and with rules for as many as there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from agreementkit.checks.arrangement.ground import is_printed, listed, plain, standing
from agreementkit.checks.kinds import Check, Family, Found, at
from agreementkit.checks.scene import Scene
from agreementkit.config import Config, Union
from agreementkit.diagnostics import Severity

# Lists in which an entry that stands twice is a slip, with the key of their entries if they have one.
_LISTS = (
    ("forum.employer_posts", ""), ("forum.sub_groups", "name"), ("forum.local_forums", ""),
    ("values", "name"), ("principles.own", "name"),
    ("recognition.negotiated", ""), ("recognition.consulted", ""), ("recognition.informed", ""),
    ("recognition.reserved_nationally", ""), ("recognition.contract_terms", ""),
    ("recognition.scope.frameworks", ""), ("recognition.scope.groups", ""), ("recognition.scope.exclusions", ""),
    ("recognition.groups", "group"), ("recognition.limited_groups", "group"),
    ("representatives.constituencies", "name"), ("change.harmonisation.policies", "name"),
    ("time_off.allowances", "role"), ("disputes.stages", "name"), ("disputes.excludes", ""),
    ("access.channels", ""), ("dates.superseded", ""), ("document.approved_by", ""),
    ("lnc.seats", "group"), ("lnc.matters", ""), ("lnc.employer_posts", ""),
    ("predecessors", "name"), ("supporting_parties", "name"),
)  # fmt: skip
_STANDING = {
    "policy": ("policy", "policies"),
    "equality": ("equality",),
    "job-evaluation": ("job evaluation",),
    "change": ("change", "organisational change"),
}


def named_twice(scene: Scene) -> Iterator[Found]:
    """Yield a union, a party or an entry of a list that stands twice under one name."""
    config = scene.config
    for index, union in enumerate(config.unions):
        for other in config.unions[:index]:
            same = plain(union.name) in (plain(other.name), plain(other.short))
            if same or plain(other.name) == plain(union.short):
                yield Found(
                    f"'{union.name}' ({union.id}) and '{other.name}' ({other.id}) are one union under two ids",
                    (f"leave out the second entry, unions[{index}]",),
                    path=f"unions[{index}]",
                )
    for index, employer in enumerate(config.employers):
        if plain(employer.name) in [plain(other.name) for other in config.employers[:index]]:
            yield Found(
                f"the employer '{employer.name}' is a party twice, under two short names",
                (f"leave out the second entry, employers[{index}]",),
                path=f"employers[{index}].name",
            )
    parties = {plain(one.name): "an employer" for one in config.employers}
    parties |= {plain(one.name): "a union" for one in config.unions}
    for index, body in enumerate(config.supporting_parties):
        if plain(body.name) in parties:
            yield Found(
                f"'{body.name}' is a supporting party and {parties[plain(body.name)]} at the same time",
                ("leave it out of supporting_parties",),
                path=f"supporting_parties[{index}].name",
            )
    yield from _entries(scene)


def _entries(scene: Scene) -> Iterator[Found]:
    """Yield entries that stand twice in a list that is printed."""
    for path, key in _LISTS:
        section: Any = scene.config
        for name in path.split("."):
            section = getattr(section, name)
        names = [getattr(entry, key) if key else entry for entry in section]
        if len({plain(name) for name in names}) == len(names) or not is_printed(scene, path):
            continue
        for index in _repeated(names):
            yield Found(
                f"'{names[index]}' stands twice in {path}",
                (f"leave out {path}[{index}], or say how the two differ",),
                path=f"{path}[{index}]",
            )
    forum = scene.config.forum
    taken = {word for name in forum.standing_groups for word in _STANDING[name]}
    passage = standing(scene, "sub-groups/standing")
    for index, group in enumerate(forum.sub_groups):
        short = plain(group.name).removesuffix(" group").removesuffix(" sub").removesuffix(" subgroup")
        if passage and short in taken:
            yield at(
                passage,
                f"lists a standing sub-group of its own text and '{group.name}' for the same subject",
                "leave it out of forum.sub_groups, or out of forum.standing_groups",
                path=f"forum.sub_groups[{index}]",
            )


def _repeated(names: Sequence[str]) -> Iterator[int]:
    seen: set[str] = set()
    for index, name in enumerate(names):
        if plain(name) in seen:
            yield index
        seen.add(plain(name))


def beside_its_parent(scene: Scene) -> Iterator[Found]:
    """Yield a joint union beside one of its parents, where numbers of members decide something."""
    config = scene.config
    pairs = [
        (union, parent)
        for union in config.unions
        for parent in config.unions
        if parent.id in union.parents and parent is not union
    ]
    if not pairs:
        return
    for what, ids in _counted(config):
        passage = standing(scene, *ids)
        if passage:
            joint = pairs[0][0]
            parents = [parent.called for union, parent in pairs if union is joint]
            yield at(
                passage,
                f"goes by numbers of members ({what}), and members of {joint.called} may also be counted by "
                f"{listed(parents)}, of which it is a joint section",
                "agree for which union such a member counts, and say so in the text",
                path=f"unions[{config.unions.index(joint)}]",
            )
            return  # one is enough to settle it for all


def _counted(config: Config) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what goes by numbers of members, and where that stands."""
    time_off = config.time_off
    if config.forum.seats_basis == "proportional":
        yield "seats in the forum", ("forum-constitution/proportional",)
    if config.forum.union_votes == "by-membership":
        yield "votes of the unions", ("forum-constitution/union-votes",)
    if time_off.pool_hours_per_member or time_off.pool_shared_by == "membership":
        yield "hours of the pool", ("time-off/pool-formula", "time-off/pool-share")
    if config.representatives.numbers_basis == "ratio":
        yield "numbers of representatives", ("representative-numbers/count",)


def rules_for_several(scene: Scene) -> Iterator[Found]:
    """Yield rules about how unions share something, where there is only one."""
    config = scene.config
    if len(config.unions) != 1:
        return
    union: Union = config.unions[0]
    open_list = config.recognition.basis == "national-reference"
    for id_, path, what, hint, more in (
        ("forum-constitution/proportional", "forum.seats_basis",
         "shares the seats among the unions in proportion to their members", "'equal-sides'", open_list),
        ("forum-constitution/all-unions", "forum.seats_basis",
         "lets every union take part with some members each", "'equal-sides'", open_list),
        ("bargaining-groups/table", "recognition.bargaining_unit",
         "has the unions speak together at one table", "'whole-workforce'", False),
        ("recognition/staff-side-party", "recognition.staff_side_is_party",
         "makes the unions acting together a party beside each union", "false", False),
    ):  # fmt: skip
        passage = None if more else standing(scene, id_)
        if passage:
            yield at(
                passage,
                f"{what}, and {union.called} is the only union",
                f"set {path} to {hint}",
                path=path,
            )


CHECKS = (
    Check(
        "AK549",
        "the same union, party or entry twice",
        "Whoever is named twice seems to have two seats, two signatures or two rules.",
        Family.ARRANGEMENT,
        Severity.WARNING,
        named_twice,
    ),
    Check(
        "AK550",
        "a joint union beside its parent, where members are counted",
        "Members of a joint union belong to its parents too. Seats, hours and representatives that go by numbers are "
        "then claimed twice for one person, unless it is agreed who counts them.",
        Family.ARRANGEMENT,
        Severity.INFO,
        beside_its_parent,
    ),
    Check(
        "AK551",
        "one union with rules for several",
        "Rules about sharing among unions mean nothing when there is one, and leave open what holds instead.",
        Family.ARRANGEMENT,
        Severity.WARNING,
        rules_for_several,
    ),
)
