"""`geo.*`: where the recipient is, as the first source says that knows, or why nobody can tell.

The sources are asked in the order of the site's `place:`, and the first that knows a place wins as a whole: the city of
a template is never joined with the postal code of an address. One that knows nothing but the country gives way to a
later one that knows more of the same country. Total: no input raises. Answers rest on the request alone, so they hold
for ever; they are kept for a minute, which is how old `as_of` may be.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from app.engine.opens import Open
from app.engine.readings import Reading, Why
from app.sources.geo.address import AddressBook
from app.sources.geo.cities import Cities
from app.sources.geo.country import Countries
from app.sources.geo.declared import WORDS, DeclaredPlaces
from app.sources.geo.hinted import HintedPlaces
from app.sources.geo.place import Place
from app.sources.geo.postcodes import Postcodes
from app.sources.geo.swap import Dated, Swapped
from app.sources.geo.telling import PlaceReadings

ORDER: Final = ("param", "recipient", "edge", "ip")
KEPT_SECONDS: Final = 60.0
KEPT_ANSWERS: Final = 2_048
LONGEST_KEY: Final = 400
"""Characters of a request under which its answer may be kept; a longer one is worked out each time."""

_Pairs = tuple[tuple[str, str], ...]
_Asked = tuple[str, bool, _Pairs, _Pairs, _Pairs]
"""Via, whether nobody looked, what the URL declares, what the profile says, what the CDN says."""
_Key = tuple[int, _Asked] | None
_Kept = dict[_Key, tuple[float, Mapping[str, Reading], Place | Why]]


class GeoSource:
    """Answers all of `geo.*` for one site; bounded, and for one thread."""

    def __init__(
        self,
        *,
        addresses: AddressBook,
        cities: Cities,
        countries: Countries,
        postcodes: Swapped[Postcodes] | None = None,
        order: Sequence[str] = ORDER,
        home: str | None = None,
        language: str = "en",
    ) -> None:
        """`order` is the site's `place:`, `home` its country (it decides between namesakes), `language` its first."""
        self._addresses = addresses
        self._postcodes = postcodes
        self._declared = DeclaredPlaces(cities=cities, countries=countries, home=home)
        self._hinted = HintedPlaces(cities=cities, countries=countries, language=language)
        self._readings = PlaceReadings(cities=cities, countries=countries, language=language)
        self._language = language
        ask: Mapping[str, Callable[[str | None, _Asked], Place | Why]] = {
            "param": self._ask_url,
            "recipient": self._ask_profile,
            "edge": self._ask_edge,
            "ip": self._ask_address,
        }
        self._order = tuple(ask[source] for source in order)
        self._kept: _Kept = {}
        self._since = 0.0
        self._contents: list[object] = [None for _ in self.files]
        self._watched = tuple(enumerate(self.files))

    def read(
        self,
        opening: Open,
        *,
        via: str,
        prefetch: bool,
        machine: bool,
        declared: frozenset[str] = frozenset(),
        recipient: Mapping[str, str] | None = None,
        location_allowed: bool = True,
    ) -> Mapping[str, Reading]:
        """All signals of `geo.*`.

        `via`, `prefetch` and `machine` are the values of `open.*`; `declared` are the parameters that the placeholder
        declares (others in the URL are not looked at); `recipient` holds the profile's words for a place.
        """
        for number, file in self._watched:
            if file.current is not self._contents[number]:
                self._forget()
        now = opening.now
        asked: _Asked | None = None
        key: _Key = None
        if location_allowed:
            words = _words(declared)
            said = _said(opening.params, words) if words and opening.params else ()
            profile = tuple(recipient.items()) if recipient else ()
            hints = tuple(opening.place.items()) if opening.place else ()
            asked = (via, prefetch or machine, said, profile, hints)
            key = (hash(opening.address), asked)  # the address itself is not kept beyond its request
        answer = self._kept.get(key)
        if answer is not None and 0 <= now - answer[0] < KEPT_SECONDS:
            return answer[1]
        if now - self._since >= KEPT_SECONDS or now < self._since:  # nobody's place is known for longer
            self._kept, self._since = {}, now
        found = answer[2] if answer else self._find(opening.address, asked) if asked else Why.NOT_PERMITTED
        readings = self._readings.of(found, now)
        if asked is None or _length(asked) <= LONGEST_KEY:
            if len(self._kept) >= KEPT_ANSWERS:
                self._kept.clear()
            self._kept[key] = (now, readings, found)
        return readings

    @property
    def files(self) -> tuple[Swapped[Dated], ...]:
        """The operator's files, each with its name, age and problem, for metrics and health."""
        return (*self._addresses.files, *((self._postcodes,) if self._postcodes else ()))

    def _forget(self) -> None:
        """Answers from a file that was replaced are worth nothing, whoever replaced it."""
        self._contents = [file.current for file in self.files]
        self._kept = {}

    def _find(self, address: str | None, asked: _Asked) -> Place | Why:
        """The first place; of one that is only a country, the first later place within that country."""
        country: Place | None = None
        why = Why.NOT_LOCATED
        for ask in self._order:
            found = ask(address, asked)
            if isinstance(found, Why):
                why = found
            elif country is None and not found.only_country:
                return found
            elif country is None:
                country = found
            elif found.country == country.country and not found.only_country:
                return found
        return country or why

    def _ask_url(self, _: str | None, asked: _Asked) -> Place | Why:
        return self._ask_words(asked[2], "param") or Why.NOT_IN_URL

    def _ask_profile(self, _: str | None, asked: _Asked) -> Place | Why:
        return self._ask_words(asked[3], "recipient") or Why.NOT_REMEMBERED

    def _ask_words(self, words: _Pairs, source: str) -> Place | None:
        postcodes = self._postcodes.current if self._postcodes is not None else None
        return self._declared.find(dict(words), source, postcodes) if words else None

    def _ask_edge(self, address: str | None, asked: _Asked) -> Place | Why:
        via, unseen, _, _, hints = asked
        if unseen or not hints:
            return Why.PREFETCHED if unseen else Why.NOT_LOCATED
        if self._addresses.judge(address, via) is not None:
            return Why.HIDDEN_BY_PROXY
        return self._hinted.find(dict(hints)) or Why.NOT_LOCATED

    def _ask_address(self, address: str | None, asked: _Asked) -> Place | Why:
        via, unseen, *_ = asked
        if unseen:
            return Why.PREFETCHED
        judged = self._addresses.judge(address, via)
        return judged or self._addresses.place(address, self._language) or Why.NOT_LOCATED


@lru_cache(maxsize=256)
def _words(declared: frozenset[str]) -> tuple[str, ...]:
    return tuple(word for word in WORDS if word in declared)


def _said(params: Mapping[str, str], words: Sequence[str]) -> _Pairs:
    return tuple((word, params[word]) for word in words if params.get(word))


def _length(asked: _Asked) -> int:
    via, _, *said = asked
    return len(via) + sum(len(name) + len(text) for pairs in said for name, text in pairs)
