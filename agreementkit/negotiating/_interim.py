from __future__ import annotations
from dataclasses import dataclass
from pathlib import Path
from agreementkit.diagnostics import Report
from agreementkit.returned import read_comments
from agreementkit.returned.comments import WordComment
from agreementkit.returned.edit import Edit, Location
from agreementkit.returned.known import Known, is_own

@dataclass(frozen=True)
class ReturnedComment:
    comment: WordComment
    place: Location
    own: bool

class Returned:
    @classmethod
    def load(cls, path, agreement=None):
        self = cls()
        found = read_comments(Path(path).read_bytes(), str(path))
        self.identity = found.identity
        self.report = Report()
        self.edits = ()
        self.unplaced = ()
        known = Known(agreement) if agreement else None
        out = []
        for c in found.comments:
            p = known.division(c.bookmark) if known and c.bookmark else c.bookmark
            out.append(ReturnedComment(c, Location(p, p.split("/")[0], term=known.term(p, c.paragraph) if known else ""), is_own(c, known)))
        self.comments = tuple(out)
        return self
