"""For people who write packs: begin one, look at a clause while it is written, publish it, begin new versions."""

from agreementkit.authoring.preview import Excerpt, Preview, preview
from agreementkit.authoring.release import publish_pack, revise
from agreementkit.authoring.starter import new_pack

__all__ = ["Excerpt", "Preview", "new_pack", "preview", "publish_pack", "revise"]
