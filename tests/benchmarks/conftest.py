"""The benchmarks are no part of the package; they stand beside it in the checkout."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
