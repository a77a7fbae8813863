"""What a site may know of somebody: what it says of each purpose, and what the recipient said themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from app.engine.signals import Purpose
from app.recipients.person import Person

Need = Literal["not_needed", "given", "asked"]
"""The consent that a purpose needs: none, that nobody said no, or a yes."""


@dataclass(frozen=True, slots=True)
class Permits:
    """What a site reads and keeps: by purpose the consent it needs, and whether single opens are measured."""

    needs: Mapping[Purpose, Need] = field(default_factory=dict)
    measures_opens: bool = False

    def allow(self, purpose: Purpose, person: Person | None) -> bool:
        """Whether what serves the purpose may be known of somebody; None of whom nobody ever heard."""
        if purpose is Purpose.NONE:
            return True
        said = None if person is None else person.consent.get(purpose.value)
        return said is True if self.needs[purpose] == "asked" else said is not False
