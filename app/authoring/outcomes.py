"""What a rule says, for one placeholder: its fields, link and alt, and the parts it takes over.

An outcome fills the fields that this placeholder has; what only its siblings in the campaign have is left to them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from app.authoring.documents.common import Outcome as Written
from app.authoring.documents.placeholder import FieldWritten, Slots
from app.authoring.laid import Tile
from app.authoring.liquid import Text
from app.authoring.lists import Listed
from app.authoring.origins import FEED, Origins
from app.authoring.speech import Speaker
from app.authoring.suggest import did_you_mean
from app.authoring.tags import Styles
from app.authoring.tiles import of_item
from app.authoring.vocabulary import SLOT
from app.authoring.yamlsource import Path
from app.engine.lists import entries_of, entry_in_slot
from app.engine.personal import PersonalList
from app.engine.rules import Outcome
from app.engine.words import Bound, Words, fixed


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Reads the outcomes of one campaign: `own` are the placeholder's fields, `everywhere` the siblings' too.

    `styles` tells those that a field of this placeholder may use; `lists` are those of the campaign, by the signal that
    holds their items. Where the placeholder has `slots`, links and alts may read the item of the slot by these
    `item_names`.
    """

    speaker: Speaker
    own: Mapping[str, FieldWritten]
    everywhere: frozenset[str]
    styles: Callable[[str], Styles]
    lists: Mapping[str, Listed]
    origins: Origins
    slots: Slots | None = None
    item_names: frozenset[str] = frozenset()

    def read(
        self, written: Written, path: Path, *, assured: frozenset[str] = frozenset(), moving: bool = False
    ) -> Outcome:
        """An outcome; `assured` are the signals that are known wherever it is shown, `moving` what time ends."""
        nothing = written.show == "nothing"
        speaker, fields = self.speaker, frozenset(name for name, one in self.own.items() if one.type != "list")
        shown = {} if nothing else self.shown(written.show, (*path, "show"), assured=assured, moving=moving)
        link = speaker.link(written.link, (*path, "link"), fields=fields | self.item_names)
        alt = speaker.text(written.alt, (*path, "alt"), fields=fields | self.item_names)
        if self.slots is not None:
            link, alt = (of_item(said, Tile(self.slots.list, 0)) for said in (link, alt))
        return Outcome(shown, link, alt, written.takes, nothing)

    def shown(
        self, show: object, path: Path, *, assured: frozenset[str] = frozenset(), moving: bool = False
    ) -> dict[str, Words]:
        """The words of the fields that are shown; a field that no placeholder has is a mistake."""
        words: dict[str, Words] = {}
        speaker = replace(self.speaker, assured=assured, moving=moving)
        for name, written in show.items() if isinstance(show, dict) else ():
            if name in self.own:
                said = self._field(name, written, (*path, name), speaker)
                words[name] = said if said.by_language else fixed("")
            elif name not in self.everywhere:
                self.refuse(name, (*path, name), key=True)
        return words

    def _field(self, name: str, written: Any, path: Path, speaker: Speaker) -> Words:
        field = self.own[name]
        if field.type == "list":
            in_slots = self.slots is not None and self.own.get(self.slots.list) is field
            return speaker.words(written, path, partial(self._list, field=field, in_slots=in_slots))
        return speaker.field(field, written, path, styles=self.styles(name))

    def _list(self, name: str, path: Path, _language: str, *, field: FieldWritten, in_slots: bool) -> Text | None:
        """A list by its signal, worded for its reader, or of it the item of the slot; an empty one gives way."""
        source, problems, unread = self.speaker.source, self.speaker.problems, self.speaker.unread
        found = self.lists.get(name)
        if found is None:
            if not unread.may_have_signal(name) and name not in self.speaker.catalogue:
                remedy = did_you_mean(name, self.lists, else_say="lists are") or "declare it under lists:"
                source.complain(problems, path, "unknown-signal", f"there is no list “{name}”", remedy=remedy)
            return None
        if (field.join or field.of) not in (None, *found.sources):
            self._tell_others(name, path, found, field)
            return None
        slot = f"param.{SLOT}"
        read = {name, *found.signals} | ({slot} if in_slots else set())
        produce = partial(entry_in_slot, name, slot) if in_slots else partial(entries_of, name)
        return Text(Bound(tuple(one for one in self.speaker.catalogue if one in read), produce, name))

    def _tell_others(self, name: str, path: Path, found: Listed, field: FieldWritten) -> None:
        """Tell that a list has other items than the field shows."""
        if self.origins.of(field) is None:
            return  # what it shows is not there, which was told where it is named
        shows = field.join or field.of
        message = f"{name} has items of {found.sources[-1]}, and the field shows those of {shows}"
        joins = found.feed is None and isinstance(found.made, PersonalList) and str(shows).startswith(FEED)
        remedy = f"add join: {shows} to the list" if joins else "change of: in one of the two"
        self.speaker.source.complain(self.speaker.problems, path, "option-mismatch", message, remedy=remedy)

    def refuse(self, name: str, path: Path, *, key: bool) -> None:
        """Tell that no placeholder has a field of this name, unless it may stand in what could not be read."""
        if self.speaker.unread.may_have("fields", name):
            return
        remedy = did_you_mean(name, sorted(self.everywhere), else_say="fields are") or "declare it in the placeholder"
        message = f"the placeholder has no field “{name}”"
        self.speaker.source.complain(self.speaker.problems, path, "unknown-field", message, remedy=remedy, key=key)
