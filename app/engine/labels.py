"""What the names that a site declares are called in plain words, for readers who know nothing of how it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from app.engine.languages import spoken_for
from app.engine.words import ANY_LANGUAGE

ATTRIBUTE: Final = "attribute"
EVENT: Final = "event"
COLLECTION: Final = "collection"
PARAM: Final = "param"
LIST: Final = "list"

Label = Mapping[str, str]
"""A name by language, in the order in which it was written; the key `""` serves every language."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of a site by what is declared: (`attribute`, its name), (`event`, its name), (`event`, its name, a
    field), (`collection`, its name), (`param`, the placeholder, its name), (`list`, the campaign, its name).

    `languages` are those to tell them in, the best first.
    """

    written: Mapping[tuple[str, ...], Label] = field(default_factory=dict)
    languages: tuple[str, ...] = ()

    def spoken(self, *languages: str) -> Labels:
        """The same for who reads one of these languages."""
        return replace(self, languages=languages)

    def of(self, *declared: str) -> str:
        """What it is called; without a label its own name, as words."""
        label = self.written.get(declared, {})
        found = (spoken_for(one, tuple(label)) for one in self.languages)
        language = ANY_LANGUAGE if ANY_LANGUAGE in label else next(filter(None, found), next(iter(label), None))
        return as_words(declared[-1]) if language is None else label[language]


def as_words(name: str) -> str:
    """A declared name as words: `signed_up` as `signed up`."""
    return name.replace("_", " ")
