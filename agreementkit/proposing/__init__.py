"""Values come home, wording comes home: what was changed in returned files, as proposals that can be decided."""

from agreementkit.proposing.proposal import Decision, Given, Left, Proposal, ValueProposal, WordingProposal
from agreementkit.proposing.proposals import Proposals, proposals_of
from agreementkit.proposing.saved import read_decisions

__all__ = [
    "Decision",
    "Given",
    "Left",
    "Proposal",
    "Proposals",
    "ValueProposal",
    "WordingProposal",
    "proposals_of",
    "read_decisions",
]
