"""The order of the questions, and the few conditions that no clause states because no clause can know them.

Words, choices, bounds and defaults of a question are those of the configuration model; whether it matters, the bank
says. A test holds every path here against the model.
"""

from __future__ import annotations

from collections.abc import Mapping

from agreementkit.asking.question import Topic

EMPLOYERS = ("employers", "employers.short", "employers.kind")
"""Asked first: the names of the employers, then of each a short name and its kind."""

ESSENTIALS = (
    "unions", "agreements", "nation", "hosting.host", "hosting.team", "recognition.degree", "forum.name",
    "forum.medical_committee", "lnc.unions", "time_off.basis", "time_off.pool_hours", "time_off.release_posts",
    "time_off.allowances", "disputes.status_quo", "disputes.status_quo_days", "dates.commencement",
)  # fmt: skip
"""Asked of everybody for whom they matter, after the employers: they change the documents most."""

TOPICS = (
    Topic("Where the employer comes from", ("employers", "headcount", "establishment", "predecessors", "shadow")),
    Topic("Recognition and what it covers", ("recognition",)),
    Topic("The joint forum", ("forum",)),
    Topic("The committee of doctors and dentists", ("lnc",)),
    Topic("Consultation, information and policies", ("consultation", "information", "policies")),
    Topic("Representatives", ("representatives",)),
    Topic("Time off", ("time_off",)),
    Topic("Facilities and access to staff", ("facilities", "access")),
    Topic("Principles, values and equality", ("principles", "values", "equality")),
    Topic("Organisational change", ("change",)),
    Topic("Disputes", ("disputes",)),
    Topic("Review, change and end of the agreements", ("review", "variation", "termination", "legal_status")),
    Topic("Dates and signatures", ("dates", "signatories")),
    Topic("Words and papers", ("labels", "forms", "document", "notes.detail", "house_style.template", "title")),
)

CONDITIONS: Mapping[str, str] = {
    "hosting.host": "several_employers",
    "hosting.team": "hosting",
    "hosting.staff_named": "hosting",
    "shadow.starts": "establishment.mode != 'existing'",
    "shadow.ends": "establishment.mode != 'existing'",
    "shadow.body": "establishment.mode != 'existing'",
    "establishment.date": "establishment.mode != 'existing'",
    "predecessors": "establishment.mode != 'existing'",
    "headcount": "several_employers",
    "disputes.nhs_help_first": "is_nhs",
    "document.national_framework": "is_nhs",
    "dates.commencement": "dates.commencement_mode == 'fixed'",
}
"""What no clause states. A setting with a condition here is asked when it is true, whatever the bank says."""

ONLY_IF: Mapping[str, str] = {
    "forum.medical_committee": (
        "'trust' in (employers | map(attribute='kind')) or 'foundation-trust' in (employers | map(attribute='kind'))"
        " or 'health-board' in (employers | map(attribute='kind')) or 'bma' in (unions | map(attribute='id'))"
        " or 'hcsa' in (unions | map(attribute='id'))"
    ),
}
"""Conditions beside what the bank says, for questions that would only puzzle others."""

BY_CODE = frozenset(
    {"document.version", "document.reference", "document.status", "notes.detail", "house_style.template", "title"}
)
"""Settings that act through the code and not through a clause; they always matter."""

NOT_ASKED = frozenset({
    "employers", "employers.name", "employers.short", "employers.kind", "employers.nhs", "employers.sites",
    "employers.predecessors", "signatories.employer", "signatories.staff_side",
})  # fmt: skip
"""Asked apart, worked out, or too large for a question."""
