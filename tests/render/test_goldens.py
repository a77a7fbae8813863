"""The look of whole pictures: a fingerprint of each, and golden pictures that people have looked at."""

from __future__ import annotations

import imagehash
import pytest
from PIL import Image, ImageChops, ImageStat

from app.render.paint import Painter
from tests.render.pictures import samples
from tests.render.proof import golden, on_grey
from tests.render.renew_goldens import COMMAND
from tests.support.reading import read

LOOK = "look at build/goldens.html, which `python -m tests.render.proof` writes"
MEAN_OFF = 1.0
"""Levels out of 255 by which a picture may differ on average: other versions of FreeType and zlib stay below."""
HASH_OFF = 4
"""Bits out of 256."""
FINGERPRINTS = {
    "hero": "a950af572d558950377fe99052af54a952aa56ad5aa836aec2a97ea036fec901",
    "forms": "96ee01f2cb0cfa1dc9533b0ca051c619e1555e3b16eea373568c8c671de233e6",
    "words": "b3ff724c96f98d758d748db3d483b4824b12c953d90856a9e04c63dc26dfd054",
    "scripts": "ecce50abcd4e399df3910e4a91128735a8776e6ef3a068da9725b113931f6e80",
    "effects": "a2016b9c951697126acce02115ef1efece6369ed916b96db2ef4f123e112e01e",
    "spans": "e8dd9db2e904391ff42034ccc746c36b0f9de6e000fbcb4fc72134cc92f206ed",
    "codes": "e4a76cb6632166a8535898cd3f2f67321b49994a0cef703319ef9b5904f36171",
    "badge": "d17673e60e88841978477b6665ba949932f17b0dc784617a32539ac1cf0fe58e",
    "maps": "ce6cf44c962dd8a5c3e18b03e1d17c0ac91f2af15c1ee5d2e44692bdd4a1b28f",
    "cards": "afbf852ad0c07a95c411876b916c708e4c3f4ec17ad0917e2fea0ec1b13f709d",
    "flaps": "faaa7a3a85d5a5c5932ad045c0756c3a952a5a6d2fc42d7a5a957acdc07ba512",
    "line": "853b2d267ac4d2d98d3b2d2ef00fc6d12fe4b1de851b4f21708d92d80ee0e93e",
    "data": "beeb1cdc6f5d8e1796eb7963f000c624c61769c3b9a839ab91518555e562c486",
}


def look(painter: Painter, name: str) -> Image.Image:
    return on_grey(read(samples()[name].drawn(painter)))


@pytest.mark.parametrize("name", FINGERPRINTS)
def test_a_picture_looks_like_its_golden(painter: Painter, name: str) -> None:
    file = golden(name, samples()[name])
    assert file.exists(), f"there is no {file.name}: paint it with `{COMMAND}`, look at it, commit it"
    kept, new = on_grey(Image.open(file)), look(painter, name)
    assert new.size == kept.size, f"another size than {file.name}; {LOOK}; if that is meant: `{COMMAND}`, commit"
    off = max(ImageStat.Stat(ImageChops.difference(kept, new)).mean)
    assert off <= MEAN_OFF, (
        f"{off:.2f} levels from {file.name} on average; {LOOK}; if that is meant: `{COMMAND}`, commit"
    )


@pytest.mark.parametrize("name", FINGERPRINTS)
def test_a_picture_keeps_its_fingerprint(painter: Painter, name: str) -> None:
    found = imagehash.phash(look(painter, name), hash_size=16)
    assert found - imagehash.hex_to_hash(FINGERPRINTS[name]) <= HASH_OFF, (
        f"{name} looks different; {LOOK}; its fingerprint is {found}"
    )
