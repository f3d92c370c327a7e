"""What need not be asked: the kind of an employer, its nation and a short name, as far as its full name tells them."""

from __future__ import annotations

import re

_WORKED_OUT_KINDS: tuple[tuple[str, str], ...] = (
    (r"clinical commissioning group|\bccg\b", "ccg"),
    (r"integrated care board|\bicb\b", "icb"),
    (r"foundation trust", "foundation-trust"),
    (r"\bnhs trust\b|\bhospitals? (nhs )?trust\b|ambulance service.*trust", "trust"),
    (r"health board", "health-board"),
    (r"academy|multi-academy", "academy-trust"),
    (r"university|universities", "university"),
    (r"\bcollege\b", "college"),
    (r"fire (and|&) rescue|fire authority|fire service", "fire-service"),
    (r"\bpolice\b|constabulary", "police"),
    (r"\bcouncil\b|\bcity of\b|borough of", "council"),
    (r"\b(ltd|limited|plc|llp)\b", "company"),
)
_LEGAL_NAME = re.compile(r"^(?:the )?(?:NHS )?", re.IGNORECASE)
_SHORT_OF_KIND = {
    "ccg": "the CCG", "icb": "the ICB", "trust": "the Trust", "foundation-trust": "the Trust", "council": "the Council",
    "university": "the University", "college": "the College", "health-board": "the Health Board",
    "company": "the Company", "charity": "the Charity", "academy-trust": "the Trust", "fire-service": "the Service",
}  # fmt: skip


def kind_of(name: str) -> str | None:
    """Return the kind of body that the name of an employer tells, or None."""
    return next((kind for words, kind in _WORKED_OUT_KINDS if re.search(words, name, re.IGNORECASE)), None)


def nation_of(name: str) -> str | None:
    """Return the nation that the name of an employer tells, or None."""
    for words, nation in (
        (r"\bscot|nhs lothian|highland|lanarkshire", "scotland"),
        (r"\bwales|\bwelsh|cymru", "wales"),
    ):
        if re.search(words, name, re.IGNORECASE):
            return nation
    return "wales" if re.search(r"university health board", name, re.IGNORECASE) else None


def short_of(name: str, kind: str) -> str:
    """Return a short name for an employer: by its kind, or its legal name without its first words."""
    return _SHORT_OF_KIND.get(kind_of(name) or kind, name)


def without_nhs(name: str) -> str:
    """Return a legal name without the words in front of it that all have."""
    return _LEGAL_NAME.sub("", name)
