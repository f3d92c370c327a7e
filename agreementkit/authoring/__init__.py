"""For people who write packs: begin one, and see what it does."""

from agreementkit.authoring.starter import new_pack

__all__ = ["new_pack"]
