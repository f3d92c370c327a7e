"""For people who write packs: begin one, publish it, and begin new versions of what is in it."""

from agreementkit.authoring.release import publish_pack, revise
from agreementkit.authoring.starter import new_pack

__all__ = ["new_pack", "publish_pack", "revise"]
