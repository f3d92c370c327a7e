"""The passes: pure functions that take a filled document to a resolved one, in one fixed order.

`PASSES` is the order. Selecting and pruning came before (`assemble/`), so numbers have no gaps; numbers come
before references, so that a reference finds them; notes come last and change neither.
"""

from agreementkit.passes.annotate import annotate
from agreementkit.passes.context import Context
from agreementkit.passes.define import define
from agreementkit.passes.identify import identify
from agreementkit.passes.number import number
from agreementkit.passes.refer import refer
from agreementkit.passes.run import PASSES, resolve

__all__ = ["PASSES", "Context", "annotate", "define", "identify", "number", "refer", "resolve"]
