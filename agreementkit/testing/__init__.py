"""For tests of packs and of agreementkit itself: strategies, random configurations, and a long run over many.

Needs Hypothesis, which comes with `pip install agreementkit[test]`.

- `configurations`: a strategy for valid configurations; `configurations_for(bank)` draws the options of packs too.
- `odd_inputs`: a strategy for inputs with odd texts.
- `packs`: a strategy for sound packs, with what must come out of them.
- `documents`: a strategy for resolved agreements with every kind of node.
- `random_configuration`: one valid configuration for a seed.
- `same_text`: how a Word file and a Markdown file of one agreement differ.
- `faults_of_the_bank`: errors in a set of agreements for which its configuration cannot be blamed.
- `fuzz`: many random configurations, built and compared.
"""

from agreementkit.testing.configurations import configurations, configurations_for, odd_inputs, random_configuration
from agreementkit.testing.fuzz import Fuzzed, faults_of_the_bank, fuzz
from agreementkit.testing.packs import DrawnPack, packs
from agreementkit.testing.same_text import same_text
from agreementkit.testing.trees import documents

__all__ = [
    "DrawnPack",
    "Fuzzed",
    "configurations",
    "configurations_for",
    "documents",
    "faults_of_the_bank",
    "fuzz",
    "odd_inputs",
    "packs",
    "random_configuration",
    "same_text",
]
