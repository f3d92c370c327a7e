"""The law register: what the law, codes and policy say, where, and from when to when.

Notes cite entries by id; checks read floors. Everything is asked for a date and a nation, because an
agreement of 2018 is judged by the law of 2018. Anything pending is in the register so that it can be
watched, but it is never in force and its floors never apply.
"""

from agreementkit.bank.law.entries import NATIONS, Floor, LawEntry, Nation, Source, Standing
from agreementkit.bank.law.register import LawRegister

__all__ = ["NATIONS", "Floor", "LawEntry", "LawRegister", "Nation", "Source", "Standing"]
