"""What of a campaign is withdrawn after it went out: a rule, or one field that a rule fills.

People call it a recall. In the code that word is taken: a store recalls what it remembers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

_WRITTEN: Final = re.compile(r"(?P<campaign>[\w-]+)/(?P<rule>[\w-]+)(?:\.(?P<field>\w[\w-]*))?")


@dataclass(frozen=True, slots=True, order=True)
class Withdrawal:
    """A rule of a campaign, or one field of it; `rule` may be `otherwise` or `unknown` where there is a field."""

    campaign: str
    rule: str
    field: str = ""

    @classmethod
    def of(cls, written: str) -> Self:
        """`CAMPAIGN/RULE` or `CAMPAIGN/RULE.FIELD`; raises ValueError for anything else."""
        found = _WRITTEN.fullmatch(written)
        if found is None:
            raise ValueError(f"“{written}” is not written as CAMPAIGN/RULE or CAMPAIGN/RULE.FIELD")
        return cls(found["campaign"], found["rule"], found["field"] or "")

    def __str__(self) -> str:
        return f"{self.campaign}/{self.rule}{'.' if self.field else ''}{self.field}"


Withdrawn = Mapping[Withdrawal, float]
"""What is withdrawn, and since when, in epoch seconds."""
