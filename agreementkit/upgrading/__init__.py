"""Packs and what lies below them: what has changed there since they were written, and how they move on."""

from agreementkit.upgrading.move import Clash, Move, State, Upgrade
from agreementkit.upgrading.pieces import Change
from agreementkit.upgrading.upgrade import apply_upgrade, upgrade

__all__ = ["Change", "Clash", "Move", "State", "Upgrade", "apply_upgrade", "upgrade"]
