"""How a site writes numbers, amounts and times, and for whom: its languages, its zone, its currency.

The formats of an opening follow `open.language`, among the languages of the site alone: each language that Babel loads
costs a megabyte, and what a URL says must not choose how many.
"""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from app.authoring.liquid.formats import Reader, zone_of
from app.locales import locale_of


@dataclass(frozen=True, slots=True)
class Conventions:
    """The conventions under which one text is said.

    `languages` are those of the site, the first one for everybody else; `time_zone` is where moments are shown if the
    reader's zone is unknown; `currency` (ISO 4217) belongs to amounts that name none. A text that stands under a
    language of its own is `written_in` it, and keeps its formats.
    """

    languages: tuple[str, ...] = ("en",)
    time_zone: str = "UTC"
    currency: str = ""
    written_in: str = ""

    @property
    def language_varies(self) -> bool:
        """Whether the reader's language can make a difference."""
        return not self.written_in and len(self.languages) > 1

    def language(self, wanted: object) -> str:
        """The language of the site for somebody who reads this one: itself, a near one, or the first."""
        if self.written_in or not isinstance(wanted, str):
            return self.written_in or self.languages[0]
        folded = wanted.replace("_", "-").casefold()
        near = [language for language in self.languages if _root(language) == _root(folded)]
        return next((one for one in near if one.casefold() == folded), (near or self.languages)[0])

    def reader(self, language: object, zone: object) -> Reader:
        """Who reads, by the values of `open.language` and `geo.time_zone`, of which any may be unknown."""
        found = zone_of(zone) if isinstance(zone, str) and zone else None
        return Reader(locale_of(self.language(language)), found or zone_of(self.time_zone) or ZoneInfo("UTC"))


def _root(language: str) -> str:
    return language.replace("_", "-").split("-")[0].casefold()
