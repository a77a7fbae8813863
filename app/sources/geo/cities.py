"""The table of cities in the wheel: where a city lies that a mail template or a CDN names in any language.

It knows the larger towns of the world (GeoNames, CC BY 4.0), no villages, and answers one question: which city is meant
by a name. Accents, case and punctuation do not matter. The table is read at the first question, or by `warm`;
`tests/support/build_cities.py` makes it.
"""

from __future__ import annotations

import lzma
import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Final

from app.engine.geodesy import distance_km

TABLE: Final = Path(__file__).parent / "tables" / "cities.xz"
LONGEST_NAME: Final = 80
OWN_NAME: Final = 8  # times its people: enough for Islamabad, not so much that Geneva would be in Illinois

_LETTERS: Final = (
    ("ø", "o"),
    ("ł", "l"),
    ("đ", "d"),
    ("\u0131", "i"),
    ("æ", "ae"),
    ("œ", "oe"),
    ("þ", "th"),
    ("ð", "d"),
)
_MARKS: Final = re.compile(r"['`\u2018\u2019\u02bb-\u02bf\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u3099\u309a]+")
_GAPS: Final = re.compile(r"\W+")
_SPELLING: Final = re.compile(rb"[^|\n]*")
_DIGRAPH: Final = re.compile(r"([aou])e")
_CUT: Final = re.compile(r"[,(/]| - ")
_SHORT: Final = (
    (" a m", " am main"),
    (" a rh", " am rhein"),
    (" v d h", " vor der hohe"),
    (" i br", " im breisgau"),
    (" ob d t", " ob der tauber"),
)


def fold_name(text: str) -> str:
    """A name as it is compared: without case, accents and punctuation."""
    text = text.casefold()
    for letter, plain in _LETTERS:
        text = text.replace(letter, plain)
    return _GAPS.sub(" ", _MARKS.sub("", unicodedata.normalize("NFKD", text))).strip()


@dataclass(frozen=True, slots=True)
class City:
    """A city: its name at home, all spellings, ISO 3166 codes (`region` "" where unknown), degrees, people, zone."""

    name: str
    spellings: tuple[str, ...]
    country: str
    region: str
    latitude: float
    longitude: float
    population: int
    time_zone: str


class Cities:
    """Finds cities by name; a few megabytes once it is read."""

    def __init__(self, table: Path = TABLE) -> None:
        """`table` is a file that `build_cities` made; it is opened at the first question."""
        self._table = table

    def warm(self) -> None:
        """Read the table now (0.1 s)."""
        self._read  # noqa: B018 - reading is what a cached property does when it is named

    def find(self, name: str, *, country: str | None = None, near: tuple[float, float] | None = None) -> City | None:
        """The city of that name: in that country if one is given, else anywhere; None if there is no such city.

        Of several, the one nearest to `near` (degrees north and east), else the one with most people, where a name of
        its own counts more than another spelling: Islamabad is the capital, not what Chattogram was once called.
        """
        if not name or len(name) > LONGEST_NAME:
            return None
        for key in _readings_of(name):
            found = [city for city in self._called(key) if country is None or city.country == country]
            if found and near is not None:
                return min(found, key=lambda city: distance_km(*near, city.latitude, city.longitude))
            if found:
                return max(found, key=lambda city: city.population * (OWN_NAME if _is(city.name, key) else 1))
        return None

    @cached_property
    def _read(self) -> _Rows:
        return _Rows(lzma.decompress(self._table.read_bytes()))

    def _called(self, key: str) -> Iterator[City]:
        rows = self._read
        for row in rows.candidates(key):
            yield _city(rows.place(row), rows.names(row).split("|"))


def _readings_of(name: str) -> Iterator[str]:
    """The keys to try: as written, ae for ä and so on, abbreviations in full; then without what stands in brackets."""
    name = name.replace("|", " ").replace("\n", " ")
    for written in (name, _CUT.split(name, maxsplit=1)[0]):
        key = fold_name(written)
        yield key
        yield _DIGRAPH.sub(r"\1", key)
        yield from (key.removesuffix(short) + full for short, full in _SHORT if key.endswith(short))
        if key.startswith("st "):
            yield f"sankt {key[3:]}"
            yield f"saint {key[3:]}"


def _is(spelling: str, key: str) -> bool:
    return fold_name(spelling) == key


def _city(place: str, spellings: Iterable[str]) -> City:
    country, region, latitude, longitude, hundreds, zone = place.split("\t")
    name, *others = spellings
    code = f"{country}-{region}" if region else ""
    return City(name, (name, *others), country, code, float(latitude), float(longitude), int(hundreds) * 100, zone)


class _Rows:
    """The table in memory: blocks of text with the offset of each line, and where every spelling begins, in order."""

    def __init__(self, table: bytes) -> None:
        self._places, self._names, index = table.split(b"\n\n", 2)
        self._place_at, self._name_at = _offsets(self._places), _offsets(self._names)
        self._index = array("I", map(int, index.split()))

    def candidates(self, key: str) -> Iterator[int]:
        """The rows that have a spelling of this key."""
        for at in range(bisect_left(self._index, key, key=self._key), len(self._index)):
            if self._key(self._index[at]) != key:
                break
            yield bisect_right(self._name_at, self._index[at]) - 1

    def _key(self, start: int) -> str:
        """The spelling that begins there, as it is compared."""
        found = _SPELLING.match(self._names, start)
        return fold_name(found[0].decode()) if found else ""

    def place(self, row: int) -> str:
        """The fields of a row, separated by tabs."""
        return self._places[self._place_at[row] : self._place_at[row + 1] - 1].decode()

    def names(self, row: int) -> str:
        """The spellings of a row, separated by bars."""
        return self._names[self._name_at[row] : self._name_at[row + 1] - 1].decode()


def _offsets(block: bytes) -> array[int]:
    return array("I", accumulate((len(line) + 1 for line in block.split(b"\n")), initial=0))
