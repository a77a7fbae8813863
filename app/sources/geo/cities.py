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
from bisect import bisect_left
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
_GAPS: Final = re.compile(r"[^\w|\n]+")
_DIGRAPH: Final = re.compile(r"([aou])e")
_CUT: Final = re.compile(r"[,(/]| - ")
_SHORT: Final = (
    (" a m", " am main"),
    (" a rh", " am rhein"),
    (" v d h", " vor der hohe"),
    (" i br", " im breisgau"),
    (" ob d t", " ob der tauber"),
)
_ROW_BITS: Final = 20


def fold_name(text: str) -> str:
    """A name as it is compared: without case, accents and punctuation. `|` and line ends stay what they are."""
    text = text.casefold()
    for letter, plain in _LETTERS:
        text = text.replace(letter, plain)
    return _GAPS.sub(" ", _MARKS.sub("", unicodedata.normalize("NFKD", text)))


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
        """Read the table now (0.2 s)."""
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
            spellings = rows.names(row).split("|")
            if any(_is(spelling, key) for spelling in spellings):
                yield _city(rows.place(row), spellings)


def _readings_of(name: str) -> Iterator[str]:
    """The keys to try: as written, ae for ä and so on, abbreviations in full; then without what stands in brackets."""
    name = name.replace("|", " ").replace("\n", " ")
    for written in (name, _CUT.split(name, maxsplit=1)[0]):
        key = fold_name(written).strip()
        yield key
        yield _DIGRAPH.sub(r"\1", key)
        yield from (key.removesuffix(short) + full for short, full in _SHORT if key.endswith(short))
        if key.startswith("st "):
            yield f"sankt {key[3:]}"
            yield f"saint {key[3:]}"


def _is(spelling: str, key: str) -> bool:
    return fold_name(spelling).strip() == key


def _city(place: str, spellings: Iterable[str]) -> City:
    country, region, latitude, longitude, hundreds, zone = place.split("\t")
    name, *others = spellings
    code = f"{country}-{region}" if region else ""
    return City(name, (name, *others), country, code, float(latitude), float(longitude), int(hundreds) * 100, zone)


class _Rows:
    """The table in memory: two blocks of text with the offset of each line, and an index of hashed names."""

    def __init__(self, table: bytes) -> None:
        self._places, self._names = table.split(b"\n\n", 1)
        self._place_at, self._name_at = _offsets(self._places), _offsets(self._names)
        folded = fold_name(self._names.decode()).split("\n")
        keys = {_slot(key.strip()) | row for row, line in enumerate(folded) for key in line.split("|")}
        self._index = array("q", sorted(keys))

    def candidates(self, key: str) -> Iterator[int]:
        """The rows that have a name of this hash, and so perhaps this name."""
        slot = _slot(key)
        at = bisect_left(self._index, slot)
        while at < len(self._index) and self._index[at] >> _ROW_BITS == slot >> _ROW_BITS:
            yield self._index[at] - slot
            at += 1

    def place(self, row: int) -> str:
        """The fields of a row, separated by tabs."""
        return self._places[self._place_at[row] : self._place_at[row + 1] - 1].decode()

    def names(self, row: int) -> str:
        """The spellings of a row, separated by bars."""
        return self._names[self._name_at[row] : self._name_at[row + 1] - 1].decode()


def _slot(key: str) -> int:
    return (hash(key) & 0x7FF_FFFF_FFFF) << _ROW_BITS


def _offsets(block: bytes) -> array[int]:
    return array("I", accumulate((len(line) + 1 for line in block.split(b"\n")), initial=0))
