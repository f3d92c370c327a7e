"""Names: no two things with one name, and no post with two."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agreementkit.checks.arrangement.ground import plain, printed
from agreementkit.checks.kinds import Check, Family, Found
from agreementkit.checks.scene import Scene
from agreementkit.config import Config, Employer, Union
from agreementkit.config.document import Labels
from agreementkit.diagnostics import Severity

_MAY_BE_ONE = (
    {"forum.name", "forum.short"},
    {"labels.chief_executive", "labels.hr_lead"},  # in a small organisation one person is both
)

# Settings in which somebody writes the name of a post or a side.
_ROLES = re.compile(
    r"(?:disputes\.stages|forum\.(?:employer_posts|quorum_post)|lnc\.employer_posts|signing_employers|document\.owner|"
    r"time_off\.release_posts|time_off\.allowances|review\.checks|document\.monitoring)\b"
)


def one_name_for_two(scene: Scene) -> Iterator[Found]:
    """Yield two things that the text cannot tell apart, because they have one name."""
    config = scene.config
    seen: dict[str, str] = {}
    for path, name in _names(config):
        before = seen.setdefault(plain(name), path)
        if before != path and {before, path} not in _MAY_BE_ONE:
            yield Found(
                f"{_called(config, before)} and {_called(config, path)} have one name, '{name}', so the text "
                "cannot tell them apart",
                (f"give another name in {path}, or in {before}",),
                path=path,
            )
    yield from _two_names(scene)


def _names(config: Config) -> Iterator[tuple[str, str]]:
    """Yield every name that the text uses for one thing only, with its setting."""
    labels = config.labels
    for name in ("staff_side", "employer_side", "staff", "representative", "full_time_officer", "chief_executive",
                 "hr_lead"):  # fmt: skip
        yield f"labels.{name}", getattr(labels, name)
    # A single employer is called by its label and its short name alike, so only a side's name can collide with it.
    sides = (plain(labels.employer_side), plain(labels.staff_side))
    if labels.employer and (len(config.employers) > 1 or plain(labels.employer) in sides):
        yield "labels.employer", labels.employer
    if labels.unions and len(config.unions) > 1:
        yield "labels.unions", labels.unions
    yield "forum.name", config.forum.name
    yield "forum.short", config.forum.short
    if config.forum.shadow:
        yield "forum.shadow.name", config.forum.shadow.name
    if config.forum.medical_committee == "separate" or "lnc" in config.agreements:
        yield "lnc.name", config.lnc.name
    for index, union in enumerate(config.unions):
        yield f"unions[{index}].short", union.short
    for index, employer in enumerate(config.employers):
        yield f"employers[{index}].short", employer.short


def _called(config: Config, path: str) -> str:
    """Return what a setting names, for a message."""
    kind, _, rest = path.partition("[")
    if kind in ("unions", "employers"):
        parties: tuple[Union | Employer, ...] = config.unions if kind == "unions" else config.employers
        return parties[int(rest.split("]")[0])].name
    what = {
        "labels.staff_side": "the unions' side",
        "labels.employer_side": "the employer's side",
        "labels.staff": "the staff",
        "labels.representative": "a representative",
        "labels.full_time_officer": "an officer of a union",
        "labels.chief_executive": "the most senior manager",
        "labels.hr_lead": "the most senior manager for people",
        "labels.employer": "an employer",
        "labels.unions": "a union",
        "forum.name": "the forum",
        "forum.short": "the forum",
        "forum.shadow.name": "the shadow forum",
        "lnc.name": "the committee of doctors and dentists",
    }
    return what[path]


def _two_names(scene: Scene) -> Iterator[Found]:
    """Yield a post or side that has a name of its own in the labels and the usual one in another setting."""
    labels = scene.config.labels
    renamed = []
    for name in ("chief_executive", "hr_lead", "full_time_officer", "staff_side", "employer_side"):
        usual, own = str(Labels.model_fields[name].default), getattr(labels, name)
        if plain(usual) not in plain(own):
            renamed.append((name, own, re.compile(rf"\b{re.escape(usual)}s?\b", re.I)))
    if not renamed:
        return
    roles = [found for path, found in printed(scene).items() if _ROLES.match(path)]
    for name, own, usual_words in renamed:
        for passage, value in roles:
            match = usual_words.search(value.text)
            if match:
                path = value.path.replace("signing_employers", "signatories.employer")
                what = _called(scene.config, f"labels.{name}")
                # A signature block has no number by which it could be named.
                where = f"a signature block of the {passage.title}" if passage.kind == "signature" else passage.where
                yield Found(
                    f"{where} says '{match.group()}', and elsewhere the text calls {what} '{own}'",
                    (f"write '{own}' in {path}, or the other name in labels.{name}",),
                    agreement=passage.agreement,
                    division=passage.division,
                    path=path,
                    place=passage.place,
                )


CHECKS = (
    Check(
        "AK558",
        "one name for two things, or two names for one",
        "Defined words work because each means one thing. Two sides, bodies or unions with one name, or one post "
        "with two, make every sentence about them uncertain.",
        Family.ARRANGEMENT,
        Severity.WARNING,
        one_name_for_two,
    ),
)
