"""What `check` sees beyond mistakes: rules that can never fire, outcomes no example covers, doubts left unanswered."""

from __future__ import annotations

from app.authoring.compiled import CompiledSite
from app.authoring.problems import Problems
from app.authoring.toolbox import Studio


def look_into(site: CompiledSite, studio: Studio, problems: Problems) -> None:
    """Everything that is worth a second look in a site without mistakes."""
