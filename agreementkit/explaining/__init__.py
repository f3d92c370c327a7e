"""Explains a provision: its origin, why it stands, what it rests on, what leads to it, and what else it could say."""

from agreementkit.explaining.explain import Explanation, explain

__all__ = ["Explanation", "explain"]
