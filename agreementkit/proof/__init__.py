"""Proof over configurations: that a bank is sound whatever is configured."""

from agreementkit.proof.prove import prove
from agreementkit.proof.report import Claim, Counterexample, Proof

__all__ = ["Claim", "Counterexample", "Proof", "prove"]
