"""What was looked at goes when nobody looks at it any longer, so that a batch of thousands does not grow."""

from __future__ import annotations

import weakref

from small import DEFAULT_CONFIG, small_bank

import agreementkit as ak
from agreementkit._garbage import no_collections


def test_a_scene_that_was_checked_is_held_by_nothing() -> None:
    with no_collections():  # it has to go by itself, without a search for circles
        made = ak.assemble(ak.Config.load(DEFAULT_CONFIG), small_bank())
        assert isinstance(made.report, ak.Report)
        scene = weakref.ref(made.scene)
        del made
        assert scene() is None
