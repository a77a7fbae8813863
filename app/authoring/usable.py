"""Whether a picture can be painted: told where its path is written."""

from __future__ import annotations

from app.authoring.problems import Problems
from app.authoring.toolbox import Examined
from app.authoring.yamlsource import Path, Source


def is_usable(found: Examined, source: Source, path: Path, problems: Problems) -> bool:
    """A problem says why it cannot be painted, a warning that less of it will be than the file has."""
    if not found.ok:
        source.complain(problems, path, "asset", found.problem, remedy=found.remedy)
    elif found.moves:
        message = "this picture moves, and only the first of its frames is drawn"
        remedy = "export the frame that is meant; what moves in a mail is a countdown"
        source.complain(problems, path, "first-frame", message, remedy=remedy, severity="warning")
    return found.ok
