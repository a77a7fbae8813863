"""What a rule says, for one placeholder: its fields, link and alt, and the parts it takes over.

An outcome fills the fields that this placeholder has; what only its siblings in the campaign have is left to them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from app.authoring.documents.common import Outcome as Written
from app.authoring.documents.placeholder import FieldWritten
from app.authoring.speech import Speaker
from app.authoring.suggest import did_you_mean
from app.authoring.tags import Styles
from app.authoring.yamlsource import Path
from app.engine.rules import Outcome
from app.engine.words import NOTHING_SAID, Words, fixed


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Reads the outcomes of one campaign: `own` are the placeholder's fields, `everywhere` the siblings' too.

    `styles` tells those that a field of this placeholder may use.
    """

    speaker: Speaker
    own: Mapping[str, FieldWritten]
    everywhere: frozenset[str]
    styles: Callable[[str], Styles]

    def read(self, written: Written, path: Path, *, assured: frozenset[str] = frozenset()) -> Outcome:
        """An outcome; `assured` are the signals that are known wherever it is shown."""
        nothing = written.show == "nothing"
        speaker, fields = self.speaker, frozenset(self.own)
        shown = {} if nothing else self.shown(written.show, (*path, "show"), assured=assured)
        link = speaker.link(written.link, (*path, "link"), fields=fields)
        alt = speaker.text(written.alt, (*path, "alt"), fields=fields) if written.alt is not None else NOTHING_SAID
        return Outcome(shown, link, alt, written.takes, nothing)

    def shown(self, show: object, path: Path, *, assured: frozenset[str] = frozenset()) -> dict[str, Words]:
        """The words of the fields that are shown; a field that no placeholder has is a mistake."""
        words: dict[str, Words] = {}
        speaker = replace(self.speaker, assured=assured)
        for name, written in show.items() if isinstance(show, dict) else ():
            if name in self.own:
                said = speaker.field(self.own[name], written, (*path, name), styles=self.styles(name))
                words[name] = said if said.by_language else fixed("")
            elif name not in self.everywhere:
                self.refuse(name, (*path, name), key=True)
        return words

    def refuse(self, name: str, path: Path, *, key: bool) -> None:
        """Tell that no placeholder has a field of this name, unless it may stand in what could not be read."""
        if self.speaker.unread.may_have("fields", name):
            return
        remedy = did_you_mean(name, sorted(self.everywhere), else_say="fields are") or "declare it in the placeholder"
        message = f"the placeholder has no field “{name}”"
        self.speaker.source.complain(self.speaker.problems, path, "unknown-field", message, remedy=remedy, key=key)
