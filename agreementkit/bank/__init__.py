"""The clause bank: clause files, precedents, definitions, the law register and the requirements, read from packs.

The bank holds sources and what their front matter says. It does not read clause bodies and does not know the
configuration: `assemble/` joins the three.
"""

from agreementkit.bank.bank import Bank
from agreementkit.bank.clause import ClauseSource, Kind
from agreementkit.bank.law import Floor, LawEntry, LawRegister
from agreementkit.bank.precedent import Precedent
from agreementkit.bank.requirement import Requirement

__all__ = ["Bank", "ClauseSource", "Floor", "Kind", "LawEntry", "LawRegister", "Precedent", "Requirement"]
