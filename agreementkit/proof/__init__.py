"""Proof over configurations: that a bank is sound whatever is configured."""

from agreementkit.proof.prove import Claim, Counterexample, Proof, prove

__all__ = ["Claim", "Counterexample", "Proof", "prove"]
