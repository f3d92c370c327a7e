"""The forum: whether its quorum can be reached, its seats hold its members, its sides share the chair."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agreementkit.checks.arrangement.ground import count, given, plain, says, standing, stands
from agreementkit.checks.kinds import Check, Family, Found, at
from agreementkit.checks.scene import Passage, Scene
from agreementkit.config import Config
from agreementkit.diagnostics import Severity

# ---------------------------------------------------------------------------------------------------- quorum


def _further_members(config: Config) -> int:
    """Return how many members the staff side has beside those of its seats."""
    forum = config.forum
    medical = forum.medical_committee == "seat" or (
        forum.medical_committee == "separate" and config.lnc.in_forum == "seat"
    )
    officers = len(config.unions) if forum.full_time_officers == "member" else 0
    return officers + (forum.staff_director == "member") + medical


def _staff_seats(config: Config) -> int:
    """Return the most seats that the unions can have together."""
    forum = config.forum
    if forum.seats_basis == "per-union":
        return sum(forum.seats_per_union if union.seats is None else union.seats for union in config.unions)
    if forum.seats_basis == "all-unions":
        return forum.seats_per_union * len(config.unions)
    if forum.seats_basis == "proportional":  # each union has one at least, even if the total is then higher
        return forum.staff_side_seats + len(config.unions) - 1
    return forum.staff_side_seats


def quorum_never(scene: Scene) -> Iterator[Found]:
    """Yield a quorum for which there are not enough members."""
    forum = scene.config.forum
    shadow = forum.shadow
    rule = standing(scene, "forum-constitution/count")
    if rule is None:
        return
    staff = _staff_seats(scene.config)
    yield from _never(scene.config, rule, "asks for", forum.employer_seats, staff, "forum")
    if shadow and (rule := standing(scene, "shadow-forum/rules")):
        yield from _never(
            scene.config,
            rule,
            f"gives the {shadow.name} a quorum of",
            shadow.employer_seats or forum.employer_seats,
            shadow.staff_side_seats or staff,
            "forum.shadow",
        )


def _never(config: Config, rule: Passage, asks: str, employer: int, seats: int, where: str) -> Iterator[Found]:
    forum = config.forum
    if where != "forum" and employer >= forum.employer_seats and seats >= _staff_seats(config):
        return  # no worse than the rule itself
    staff = seats + _further_members(config)
    sides = (config.labels.employer_side, config.labels.staff_side)
    setting = "forum.quorum_{}" if where == "forum" else "forum.shadow.{}_seats"
    if forum.quorum_basis in ("per-side", "per-union") and forum.quorum_employer > employer:
        yield at(
            rule,
            f"{asks} {count(forum.quorum_employer, 'member')} of the {sides[0]}, which has only "
            f"{count(employer, 'seat')}",
            f"set forum.quorum_employer to {employer} or less, or give that side more seats",
            path=setting.format("employer"),
        )
    if forum.quorum_basis == "per-side" and forum.quorum_staff_side > staff:
        yield at(
            rule,
            f"{asks} {count(forum.quorum_staff_side, 'member')} of the {sides[1]}, which can have only "
            f"{count(staff, 'member')}",
            f"set forum.quorum_staff_side to {staff} or less, or give that side more seats",
            path=setting.format("staff_side"),
        )
    if forum.quorum_basis == "total" and forum.quorum_total > employer + staff:
        yield at(
            rule,
            f"{asks} {forum.quorum_total} members in all, while both sides together can have only {employer + staff}",
            f"set forum.quorum_total to {employer + staff} or less, or give the sides more seats",
            path="forum.quorum_total" if where == "forum" else "forum.shadow",
        )
    if forum.quorum_basis == "per-union" and forum.full_time_officers != "member":
        yield from _without_seat(config, rule, asks, seats, where)


def _without_seat(config: Config, rule: Passage, asks: str, seats: int, where: str) -> Iterator[Found]:
    """Yield a quorum with somebody of every union, where a union has no seat to send anybody to."""
    forum, unions = config.forum, config.unions
    if where == "forum" and forum.seats_basis == "per-union":
        for index, union in enumerate(unions):
            if union.seats == 0:
                yield at(
                    rule,
                    f"{asks} a representative of each union, and {union.called} has no seat",
                    f"give {union.called} a seat, or set forum.quorum_basis to 'per-side'",
                    path=f"unions[{index}].seats",
                )
    fixed = where != "forum" or forum.seats_basis == "equal-sides"
    if fixed and len(unions) > seats + _further_members(config):
        yield at(
            rule,
            f"{asks} a representative of each of the {len(unions)} unions, and the {config.labels.staff_side} has "
            f"only {count(seats, 'seat')}",
            f"give that side at least {len(unions)} seats, or set forum.quorum_basis to 'per-side'",
            path="forum.staff_side_seats" if where == "forum" else "forum.shadow.staff_side_seats",
        )


def quorum_everybody(scene: Scene) -> Iterator[Found]:
    """Yield a quorum that needs every member of a side, who may not send a deputy."""
    config = scene.config
    forum = config.forum
    rule = standing(scene, "forum-constitution/count")
    if rule is None or forum.deputies != "none" or not stands(scene, "forum-constitution/no-deputies"):
        return
    fixed = forum.seats_basis in ("equal-sides", "per-union") and not _further_members(config)
    staff = _staff_seats(config)
    full: list[tuple[str, int, str]] = []
    if forum.quorum_basis in ("per-side", "per-union") and forum.quorum_employer == forum.employer_seats:
        full.append((f"of the {config.labels.employer_side}", forum.employer_seats, "forum.quorum_employer"))
    if forum.quorum_basis == "per-side" and fixed and forum.quorum_staff_side == staff:
        full.append((f"of the {config.labels.staff_side}", staff, "forum.quorum_staff_side"))
    if forum.quorum_basis == "total" and fixed and forum.quorum_total == forum.employer_seats + staff:
        full.append(("of both sides", forum.quorum_total, "forum.quorum_total"))
    for whose, number, path in full:
        who = "the only member" if number == 1 else f"all {number} members"
        yield at(
            rule,
            f"asks for {who} {whose}, and members may not send deputies, so one absence stops a meeting",
            f"lower {path}" if number > 1 else "give that side more seats",
            "or allow deputies with forum.deputies",
            path=path,
        )


# ----------------------------------------------------------------------------------------------------- seats


def posts_over_seats(scene: Scene) -> Iterator[Found]:
    """Yield a side that has to include more posts than it has seats."""
    config = scene.config
    for id_, section, posts, seats in (
        ("forum-constitution/management-side", "forum", config.forum.employer_posts, config.forum.employer_seats),
        ("lnc-constitution/appointed", "lnc", config.lnc.employer_posts, config.lnc.employer_seats),
    ):
        if len(posts) > seats and (passage := standing(scene, id_)):
            yield at(
                passage,
                f"gives the employer side {count(seats, 'seat')} and names {len(posts)} posts that have to be on it",
                f"set {section}.employer_seats to {len(posts)} or more, or name fewer posts",
                path=f"{section}.employer_posts",
            )


# ----------------------------------------------------------------------------------------------------- chair

_CHOOSES = re.compile(r"\s+(?:will\s+|may\s+)?(?:appoint|elect|choose|name|nominate|provide|suppl(?:y|ies)|fill)", re.I)
_CHOSEN_BY = re.compile(
    r"\b(?:appointed|elected|chosen|named|nominated|provided|drawn|come|comes)\s+(?:both\s+)?"
    r"(?:by|from|among)(?:\s+(?:the|among|members|of))*\s*$",
    re.I,
)
_VICE = re.compile(r"\b(?:vice|deputy)[- ]?chairs?\b", re.I)
_CHAIR = re.compile(r"(?<![-\w])(?<!vice )(?<!deputy )(?<!joint )chairs?(?![-\w])(?! of\b)", re.I)
_TURNS = re.compile(r"\b(?:in turn|alternat\w+|other side|rotat\w+|each side)\b", re.I)


def one_side_chairs(scene: Scene) -> Iterator[Found]:
    """Yield a clause in which one side fills the chair and the vice-chair."""
    labels = scene.config.labels
    names = {labels.employer_side: 0, labels.staff_side: 1, "Employer side": 0, "Management side": 0, "Staff side": 1}
    side = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in names), re.I)
    which = {name.casefold(): number for name, number in names.items()}
    taken: dict[tuple[str, str, str], dict[int, Passage]] = {}
    for passage in scene.passages:
        if "chair" not in passage.words or passage.kind == "signature":
            continue
        for sentence in passage.sentences:
            if _TURNS.search(sentence):
                continue
            for offices, name in _appointments(sentence, side):
                for office in offices:
                    key = (passage.agreement, passage.division.split("/")[0], office)
                    taken.setdefault(key, {}).setdefault(which[name.casefold()], passage)
    for (agreement, clause, office), sides in taken.items():
        chair = taken.get((agreement, clause, "chair"), {})
        if office == "vice-chair" and len(sides) == 1 and sides.keys() == chair.keys():
            ((number, passage),) = sides.items()
            yield at(
                passage,
                f"leaves both the chair and the vice-chair to the "
                f"{(labels.employer_side, labels.staff_side)[number]}, so the other side never takes the chair",
                "let the other side fill one of the two, as forum.chair 'employer-with-staff-vice' does",
                path="forum.chair",
            )


def _appointments(sentence: str, side: re.Pattern[str]) -> Iterator[tuple[list[str], str]]:
    """Yield which offices a sentence lets a side fill: "… appoints the chair", "the chair is appointed by …"."""
    found = list(side.finditer(sentence))
    for number, match in enumerate(found):
        after = sentence[match.end() : found[number + 1].start() if number + 1 < len(found) else None]
        before = sentence[found[number - 1].end() if number else 0 : match.start()]
        words = after if _CHOOSES.match(after) else before if _CHOSEN_BY.search(before) else ""
        offices = [office for office, word in (("vice-chair", _VICE), ("chair", _CHAIR)) if word.search(words)]
        if offices:
            yield offices, match.group()


# ------------------------------------------------------------------------------------------------------ name


def name_promises(scene: Scene) -> Iterator[Found]:
    """Yield a forum that is called a negotiating body, or is named as one, and does not negotiate."""
    config = scene.config
    forum = config.forum
    framework = forum.negotiates and config.recognition.degree == "full-bargaining" and stands(scene, "framework-forum")
    passage = standing(scene, "forum/no-negotiation", "forum/maintain", "framework-forum/functions")
    if passage is None or framework or stands(scene, "forum/negotiates"):
        return
    if "negotiat" in forum.name.casefold():
        hint = "set forum.negotiates to true" if not forum.negotiates else "set recognition.degree to 'full-bargaining'"
        yield at(
            passage,
            f"leaves no negotiation to a body that is called '{forum.name}'",
            hint,
            "or give the body another name with forum.name",
            path="forum.name" if given(config, "forum.name") else "forum.negotiates",
        )
    body = forum.negotiating_body
    if not forum.negotiates and body and plain(body) in (plain(forum.name), plain(forum.short)):
        yield says(
            standing(scene, "forum/no-negotiation", "negotiating-machinery/separate"),
            f"says that the forum does not negotiate, and names '{body}', the forum itself, as the body that does",
            "set forum.negotiates to true, or name another body in forum.negotiating_body",
            path="forum.negotiating_body",
        )


CHECKS = (
    Check(
        "AK530",
        "a quorum that can never be reached",
        "Without a quorum nothing is agreed: a forum whose quorum needs more members than it has, or somebody of a "
        "union without a seat, cannot work for a single day.",
        Family.ARRANGEMENT,
        Severity.ERROR,
        quorum_never,
    ),
    Check(
        "AK531",
        "a quorum of everybody, and no deputies",
        "If every member of a side has to be there and nobody may be sent instead, one illness stops the meeting.",
        Family.ARRANGEMENT,
        Severity.WARNING,
        quorum_everybody,
    ),
    Check(
        "AK532",
        "more posts than seats",
        "A side with two seats cannot include three named posts; at the first meeting somebody is sent away.",
        Family.ARRANGEMENT,
        Severity.WARNING,
        posts_over_seats,
    ),
    Check(
        "AK533",
        "chair and vice-chair of one side",
        "The vice-chair is there so that both sides lead the forum; when one side has both, the other never does.",
        Family.ARRANGEMENT,
        Severity.WARNING,
        one_side_chairs,
    ),
    Check(
        "AK534",
        "a negotiating body that does not negotiate",
        "A name is read as a promise. If the text keeps negotiation away from a body with that name, both sides will "
        "argue about which of the two counts.",
        Family.ARRANGEMENT,
        Severity.WARNING,
        name_promises,
    ),
)
