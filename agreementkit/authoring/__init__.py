"""For people who write packs: begin one, look at one clause of it, and watch it while it is written."""

from agreementkit.authoring.preview import Excerpt, Preview, preview
from agreementkit.authoring.starter import new_pack

__all__ = ["Excerpt", "Preview", "new_pack", "preview"]
