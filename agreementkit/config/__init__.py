"""The typed configuration: what people type to make their agreements. It knows nothing of clauses."""

from agreementkit.config.change import Change, Harmonisation, PolicyItem
from agreementkit.config.closing import (
    Dates,
    EmployerSignatory,
    Review,
    Signatories,
    Termination,
    UnionSignatory,
    Variation,
)
from agreementkit.config.consultation import Consultation, Information, Policies
from agreementkit.config.disputes import Disputes, Stage
from agreementkit.config.document import (
    Document,
    Equality,
    HouseStyle,
    Labels,
    NoteAuthors,
    Notes,
    Principle,
    Principles,
    Value,
)
from agreementkit.config.facilities import Access, Facilities
from agreementkit.config.forum import Forum, ShadowForum, SubGroup
from agreementkit.config.lnc import Lnc, LncSeats
from agreementkit.config.model import Config
from agreementkit.config.parties import Employer, Establishment, Hosting, Predecessor, Shadow
from agreementkit.config.paths import FieldDoc, Resolved, all_paths, describe, known_names, resolve_type
from agreementkit.config.recognition import BargainingGroup, Recognition, Scope
from agreementkit.config.representatives import Constituency, Representatives
from agreementkit.config.time_off import ReleasePost, TimeOff
from agreementkit.config.unions import Independence, ListedUnion, Union, shipped_unions

__all__ = [
    "Access",
    "BargainingGroup",
    "Change",
    "Config",
    "Constituency",
    "Consultation",
    "Dates",
    "Disputes",
    "Document",
    "Employer",
    "EmployerSignatory",
    "Equality",
    "Establishment",
    "Facilities",
    "FieldDoc",
    "Forum",
    "Harmonisation",
    "Hosting",
    "HouseStyle",
    "Independence",
    "Information",
    "Labels",
    "ListedUnion",
    "Lnc",
    "LncSeats",
    "NoteAuthors",
    "Notes",
    "Policies",
    "PolicyItem",
    "Predecessor",
    "Principle",
    "Principles",
    "Recognition",
    "ReleasePost",
    "Representatives",
    "Resolved",
    "Review",
    "Scope",
    "Shadow",
    "ShadowForum",
    "Signatories",
    "Stage",
    "SubGroup",
    "Termination",
    "TimeOff",
    "Union",
    "UnionSignatory",
    "Value",
    "Variation",
    "all_paths",
    "describe",
    "known_names",
    "resolve_type",
    "shipped_unions",
]
